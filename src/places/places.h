/// Toponyms to places: gazetteer look-up, countries, metonyms.
#pragma once

#include <memory>
#include <vector>

#include "dateline/result.h"
#include "dateline/story.h"
#include "names/names.h"
#include "tables/tables.h"

namespace dateline::places {

class PlaceFinder {
 public:
  static Result<PlaceFinder> Load(const tables::Tables& tables);
  /// Sorted by begin. `literal` is false where a capital or country stands for its government
  /// ("Moscow denied") or modifies ("Russian" is no toponym at all). Thread-safe.
  [[nodiscard]] std::vector<Place> Find(const Story& story,
                                        const std::vector<names::Name>& names) const;

  struct Impl;  ///< opaque

 private:
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::places
