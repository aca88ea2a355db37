/// Corrections that count now, as questions need them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "archive/sqlite.h"

namespace dateline::archive {

/// The bytes of an id; NULL where it has none yet. The view is of `id`.
inline std::optional<Blob> IdBytes(const std::string& id) {
  return id.empty() ? std::nullopt : std::optional(Blob{id});
}

/// What an event is instead.
struct CorrectedEvent {
  bool is_event = true;
  std::string cameo{};
  int quad = 0;
  double goldstein = 0;
};

/// What users say of events; mostly nothing.
class EventCorrections {
 public:
  /// Numbers of story and event, from 1.
  using Key = std::pair<std::int64_t, std::int64_t>;

  explicit EventCorrections(Database& database);

  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] const std::map<Key, CorrectedEvent>& all() const { return values_; }
  /// Null for an event that nobody has corrected.
  [[nodiscard]] const CorrectedEvent* Find(std::int64_t story, std::int64_t event) const;
  /// Whether the event is one, and its code, where it was corrected, begins with `code`.
  [[nodiscard]] bool Keeps(std::int64_t story, std::int64_t event, std::string_view code) const;

 private:
  std::map<Key, CorrectedEvent> values_;
};

}  // namespace dateline::archive
