/// What the tables know of a name on a day, with the row that says so: `dateline actors lookup`.
///
///   DATELINE_TRY(const Lookup lookup, Lookup::Load(tables));
///   lookup.Find("Li Shangfu", ParseDate("2023-04-16").value());
///     code CHNGOVMIL, by actors/office_holders row 211: defence minister, 2023-03-12 to 2023-10-24
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/dictionary.h"
#include "actors/terms.h"
#include "actors/world.h"
#include "dateline/date.h"
#include "dateline/result.h"
#include "tables/tables.h"

namespace dateline::actors {

/// One row that names what was asked for. Views live as long as the Lookup.
struct KnownRow {
  std::string_view table;      ///< "actors/office_holders"
  std::uint32_t row = 0;       ///< from 1, the first row below the header
  std::string_view name{};     ///< as the row has it
  std::string_view kind{};     ///< "office", "organization", "country", "role", "dictionary"
  std::string_view title{};    ///< of an office
  std::string_view country{};  ///< alpha-3, or an organisation's code
  std::string_view from{};
  std::string_view to{};
  std::string_view note{};
  std::string_view source{};
  Standing standing = Standing::kHolds;
  std::string code{};  ///< on the day; empty: nobody
};

struct Answer {
  /// Rows that hold come first, the most telling of them in front; a user's dictionary before all.
  std::vector<KnownRow> rows;
  /// The code on the day: that of the first row, where it holds or tells who held office before.
  std::optional<std::string> code;
  /// "Ruritanian forces": the row of the country and that of the role; the code is composed.
  bool composed = false;
  /// Codes of other rows that hold too, each once.
  std::vector<std::string> others;
  /// Where nothing has that name: names that are near, the nearest first.
  std::vector<std::string> near;
};

/// Immutable after Load; thread-safe.
class Lookup {
 public:
  static Result<Lookup> Load(const tables::Tables& tables);

  /// `date` absent: the last holder of an office counts, and states that exist today.
  [[nodiscard]] Answer Find(std::string_view name, std::optional<Date> date) const;

 private:
  struct Source {
    std::string_view table;
    std::string_view kind;
    tables::NamedTable rows;
  };
  using Words = std::vector<std::string_view>;

  [[nodiscard]] std::vector<KnownRow> RowsOf(const Words& words, const std::string& day) const;
  [[nodiscard]] KnownRow Read(const Source& source, std::uint32_t row,
                              const std::string& day) const;
  [[nodiscard]] bool Compose(const Words& words, const std::string& day, Answer& answer) const;
  [[nodiscard]] std::vector<std::string> Near(std::string_view name) const;

  tables::Tables tables_;  ///< keeps the tables alive
  World world_;
  std::vector<Source> sources_;
};

}  // namespace dateline::actors
