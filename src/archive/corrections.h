/// Corrections that count now, as questions need them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "archive/sqlite.h"

namespace dateline::archive {

/// What users say of events; mostly nothing.
class EventCorrections {
 public:
  explicit EventCorrections(Database& database);

  [[nodiscard]] bool empty() const { return values_.empty(); }
  /// Whether the event is one, and its code, where it was corrected, begins with `code`.
  [[nodiscard]] bool Keeps(std::int64_t story, std::int64_t event, std::string_view code) const;

 private:
  /// By story and event: the code; empty: it is no event.
  std::map<std::pair<std::int64_t, std::int64_t>, std::string> values_;
};

}  // namespace dateline::archive
