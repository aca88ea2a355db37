/// Names that the tables know, found at a word: countries, organisations, regions, cities, leaders.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "names/names.h"
#include "names/reading.h"
#include "tables/tables.h"

namespace dateline::names {

enum class KnownKind : std::uint8_t {
  kCountry,    ///< "Peru"
  kCapital,    ///< "Lima", also as a seat of government
  kSeat,       ///< "Kremlin"
  kAdjective,  ///< "Peruvian" as adjective or demonym
  kOrganization,
  kRegion,
  kLeader,
  kCalled,  ///< a leader by the one name that news needs: "Putin"
  kCity,
};

struct Known {
  KnownKind kind = KnownKind::kCity;
  std::uint32_t length = 0;             ///< tokens
  std::span<const std::uint32_t> rows;  ///< of the table of that kind
};

/// Immutable after Load; thread-safe.
class KnownNames {
 public:
  static Result<KnownNames> Load(const tables::Tables& tables);

  /// The longest known name that begins at token `at` and ends before `end`, written as a name is
  /// ("US" is no "us", "Who" no "WHO"). Of equal length the country wins, then the organisation.
  [[nodiscard]] std::optional<Known> At(const Reading& reading, std::uint32_t at,
                                        std::uint32_t end) const;
  static NameType TypeOf(KnownKind kind);
  /// Whether one of the cities is large enough to be meant without any hint.
  [[nodiscard]] bool IsLargeCity(const Known& city) const;

 private:
  struct Source {
    const tables::Table* table = nullptr;
    std::vector<tables::Column> names{};  ///< columns whose phrases name the row
    KnownKind kind = KnownKind::kCity;
  };
  Result<void> AddSource(const tables::Tables& tables, std::string_view table,
                         std::span<const std::string_view> names, KnownKind kind);
  [[nodiscard]] bool WrittenSo(const Reading& reading, TokenRange range, const Source& source,
                               std::span<const std::uint32_t> rows) const;
  [[nodiscard]] KnownKind KindOfAlias(std::span<const std::uint32_t> rows) const;

  tables::Tables tables_;  ///< keeps the tables alive
  std::vector<Source> sources_;
  tables::Column alias_kind_{};
  tables::Column population_{};
};

}  // namespace dateline::names
