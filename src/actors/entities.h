/// Mentions to entities: names, titles, pronouns; country, role and CAMEO actor code of each.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "dateline/date.h"
#include "dateline/result.h"
#include "dateline/story.h"
#include "names/names.h"
#include "tables/tables.h"

namespace dateline::actors {

class EntityResolver {
 public:
  static Result<EntityResolver> Load(const tables::Tables& tables);
  /// In order of first mention. Needs Story::places (a literal place is not a government).
  /// `date` chooses among dated actor codes. Thread-safe.
  [[nodiscard]] std::vector<Entity> Resolve(const names::Reading& reading,
                                            const std::vector<names::Name>& names,
                                            std::optional<Date> date) const;

  struct Impl;  ///< opaque

 private:
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::actors
