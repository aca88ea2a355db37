/// Who said what: source, cue and content of direct, indirect and mixed speech.
#pragma once

#include <memory>
#include <vector>

#include "dateline/result.h"
#include "dateline/story.h"
#include "tables/tables.h"

namespace dateline::quotes {

class AttributionFinder {
 public:
  static Result<AttributionFinder> Load(const tables::Tables& tables);
  /// Sorted by content begin; contents may nest, never cross. Needs entities. Thread-safe.
  [[nodiscard]] std::vector<Attribution> Find(const Story& story) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::quotes
