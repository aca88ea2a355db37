/// Actors that a user's dictionary names, with the codes it gives them by date. It overrules what
/// the tables of dateline say of the same name.
///
///   name              actor       from        to
///   Farid Osman       KYLREB                  1992-04-17
///   Farid Osman       KYLGOV      1992-04-18  1999-12-31
///   Farid Osman       KYLELI                                  holds when no dated row does
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dateline/result.h"
#include "names/reading.h"
#include "tables/named_table.h"
#include "tables/tables.h"

namespace dateline::actors {

struct Listed {
  std::uint32_t length = 0;    ///< tokens
  std::string_view actor;      ///< CAMEO code; empty: the dictionary says that it is no actor
  std::string_view country{};  ///< alpha-3 of the code's country; empty: it has none
};

/// Immutable after Load; thread-safe.
class Dictionary {
 public:
  static Result<Dictionary> Load(const tables::Tables& tables);

  /// The longest entry that begins at token `at` and has a code on the day. `day` is as FormatDate
  /// writes it; empty: rows of open end hold.
  [[nodiscard]] std::optional<Listed> At(const names::Reading& reading, std::uint32_t at,
                                         std::uint32_t end, std::string_view day) const;
  /// The entry of exactly this name; a leading "the" does not count.
  [[nodiscard]] std::optional<Listed> Named(std::string_view name, std::string_view day) const;
  [[nodiscard]] bool empty() const { return entries_.table->row_count() == 0; }

 private:
  [[nodiscard]] std::optional<Listed> Choose(const tables::PhraseMatch& match,
                                             std::string_view day) const;

  tables::Tables tables_;  ///< keeps the tables alive
  tables::NamedTable entries_;
  std::map<std::string_view, std::string_view, std::less<>> country_of_;  ///< by CAMEO's letters
};

}  // namespace dateline::actors
