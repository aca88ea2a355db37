/// Who said what: source, cue and content of direct, indirect and mixed speech.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "dateline/result.h"
#include "dateline/story.h"
#include "quotes/words.h"
#include "tables/tables.h"

namespace dateline::quotes {

class AttributionFinder {
 public:
  /// Errors: those of AttributionModel::Load and of the tables.
  static Result<AttributionFinder> Load(const tables::Tables& tables,
                                        const std::filesystem::path& model);
  /// Sorted by content begin; contents nest or stand apart, never cross. Needs tokens with trees,
  /// and entities. `Attribution::confidence` is the probability, as measured on articles held out
  /// of training, that source and content are right. Thread-safe.
  [[nodiscard]] std::vector<Attribution> Find(const Story& story) const;
  /// Sets attributions and quoted phrases of the story. Gives its words as they were read, for the
  /// stages behind.
  std::shared_ptr<const Words> Annotate(Story& story) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::quotes
