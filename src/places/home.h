/// Where the outlet of a story is at home: the Paris of theparisnews.com is in Texas.
#pragma once

#include <optional>

#include "dateline/result.h"
#include "dateline/story.h"
#include "places/gazetteer.h"
#include "tables/tables.h"

namespace dateline::places {

/// Immutable after Load; thread-safe.
class Outlets {
 public:
  static Result<Outlets> Load(const tables::Tables& tables);
  /// The town or country that the story's outlet writes for, by its address or printed name
  /// (data/places/outlets.tsv), else by the country of its address; absent where neither tells.
  [[nodiscard]] std::optional<Candidate> HomeOf(const Story& story,
                                                const Gazetteer& gazetteer) const;

 private:
  [[nodiscard]] std::optional<Candidate> Known(std::string_view outlet,
                                               const Gazetteer& gazetteer) const;
  [[nodiscard]] std::optional<Candidate> ByAddress(std::string_view host,
                                                   const Gazetteer& gazetteer) const;

  tables::Tables tables_;  ///< keeps the table alive
  tables::NamedTable outlets_;
};

}  // namespace dateline::places
