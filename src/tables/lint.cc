#include "tables/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dateline/date.h"
#include "tables/phrase_hash.h"
#include "tables/tables.h"

namespace dateline::tables {
namespace {

template <typename Number>
std::optional<Number> ParseNumber(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool IsDegrees(std::string_view text, double limit) {
  const auto degrees = ParseNumber<double>(text);
  return degrees && *degrees >= -limit && *degrees <= limit;
}

bool IsSpan(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return false;
  const auto begin = ParseNumber<std::uint32_t>(text.substr(0, dash));
  const auto end = ParseNumber<std::uint32_t>(text.substr(dash + 1));
  return begin && end && *begin <= *end;
}

/// Whether a person's name may open with the word, though it is not capitalised: "el-Sisi", "de".
bool IsSmallOpening(std::string_view word) {
  constexpr std::array<std::string_view, 24> kParticles{
      "al",  "el",  "an", "as", "at",  "ad",  "bin", "ibn", "ben", "de", "da",  "do",
      "dos", "del", "di", "du", "den", "der", "van", "von", "la",  "le", "ter", "d"};
  return std::ranges::find(kParticles, word) != kParticles.end();
}

/// Whether the value may be the whole name of a person: rows that were cut ("rew Holness") open in
/// the middle of a word or end in the middle of what stood in brackets.
bool IsPersonsName(std::string_view name) {
  if (name.find_first_of("0123456789()[]{}<>:;*?_/=+&|") != std::string_view::npos) return false;
  if (name.ends_with(',') || name.ends_with('-') || name.contains("  ")) return false;
  if (name.starts_with(' ') || name.ends_with(' ')) return false;
  const std::size_t word =
      std::min(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), name.size());
  return word == 0 || IsSmallOpening(name.substr(0, word));
}

/// What is wrong with a value of this type; empty: nothing.
std::string_view TypeFault(ValueType type, std::string_view value) {
  switch (type) {
    case ValueType::kText:
      return "";
    case ValueType::kDate:
      return ParseDate(value) ? ""
                              : "is no date; want YYYY, YYYY-MM or YYYY-MM-DD of a day that exists";
    case ValueType::kInt:
      return ParseNumber<std::int64_t>(value) ? "" : "is no whole number";
    case ValueType::kNumber:
      return ParseNumber<double>(value) ? "" : "is no number";
    case ValueType::kBool:
      return value == "0" || value == "1" ? "" : "is neither 0 nor 1";
    case ValueType::kSpan:
      return IsSpan(value) ? "" : "is no span; want begin-end with begin <= end";
    case ValueType::kLatitude:
      return IsDegrees(value, 90) ? "" : "is no latitude; want degrees from -90 to 90";
    case ValueType::kLongitude:
      return IsDegrees(value, 180) ? "" : "is no longitude; want degrees from -180 to 180";
    case ValueType::kName:
      return IsPersonsName(value) ? "" : "is no name; want it whole, without signs and numbers";
  }
  return "";
}

/// Compares dates at the coarser of their two precisions: 2001-05 is not after 2001.
bool DatesInOrder(std::string_view from, std::string_view to) {
  const std::size_t length = std::min(from.size(), to.size());
  return from.substr(0, length) <= to.substr(0, length);
}

bool InOrder(ValueType type, std::string_view from, std::string_view to) {
  if (type == ValueType::kDate) return DatesInOrder(from, to);
  const auto first = ParseNumber<double>(from);
  const auto last = ParseNumber<double>(to);
  return !first || !last || *first <= *last;
}

class Linter {
 public:
  Linter(const Sheet& sheet, const Schema& schema, Problems& problems)
      : sheet_(sheet), schema_(schema), problems_(problems) {}

  void Run() {
    for (const auto& order : schema_.orders) CheckOrderTypes(order);
    for (row_ = 0; row_ < sheet_.row_count(); ++row_) {
      for (const std::size_t column : schema_.required) CheckRequired(column);
      for (std::size_t column = 0; column < sheet_.columns.size(); ++column) CheckType(column);
      for (const auto& allowed : schema_.enums) CheckEnum(allowed);
      for (const auto& order : schema_.orders) CheckOrder(order);
      for (const std::size_t column : schema_.phrases) CheckPhrases(column);
      CheckKey();
    }
  }

 private:
  void Complain(std::string message) {
    problems_.Add(sheet_.file, sheet_.lines[row_], std::move(message));
  }

  void CheckRequired(std::size_t column) {
    if (!sheet_.Cell(row_, column).empty()) return;
    Complain(fmt::format("{} is empty; it is required", sheet_.columns[column]));
  }

  void CheckType(std::size_t column) {
    const ValueType type = schema_.types[column];
    if (type == ValueType::kText) return;
    for (const std::string_view value : Values(sheet_.Cell(row_, column))) {
      const std::string_view fault = TypeFault(type, value);
      if (!fault.empty()) Complain(fmt::format("{} '{}' {}", sheet_.columns[column], value, fault));
    }
  }

  void CheckEnum(const Schema::Enum& allowed) {
    for (const std::string_view value : Values(sheet_.Cell(row_, allowed.column))) {
      if (std::ranges::find(allowed.values, value) != allowed.values.end()) continue;
      Complain(fmt::format("{} '{}' is none of {}", sheet_.columns[allowed.column], value,
                           fmt::join(allowed.values, ", ")));
    }
  }

  void CheckOrderTypes(const Schema::Order& order) {
    const ValueType from = schema_.types[order.from];
    const bool comparable =
        from == ValueType::kDate || from == ValueType::kInt || from == ValueType::kNumber;
    if (comparable && schema_.types[order.to] == from) return;
    problems_.Add(
        sheet_.file, sheet_.header_line,
        fmt::format("'#: order {0} <= {1}' wants both columns of type date, int or number; "
                    "add '#: type {0} = date' and '#: type {1} = date'",
                    sheet_.columns[order.from], sheet_.columns[order.to]));
  }

  void CheckOrder(const Schema::Order& order) {
    const std::string_view from = sheet_.Cell(row_, order.from);
    const std::string_view to = sheet_.Cell(row_, order.to);
    if (from.empty() || to.empty() || InOrder(schema_.types[order.from], from, to)) return;
    Complain(fmt::format("{} '{}' is after {} '{}'", sheet_.columns[order.from], from,
                         sheet_.columns[order.to], to));
  }

  void CheckPhrases(std::size_t column) {
    for (const std::string_view value : Values(sheet_.Cell(row_, column))) {
      const std::size_t tokens = FoldPhrase(value).size();
      if (tokens == 0) {
        Complain(fmt::format("{} has an empty phrase; remove the '|' beside it",
                             sheet_.columns[column]));
      } else if (tokens > kMaxPhraseTokens) {
        Complain(fmt::format("{} '{}' has {} tokens; phrases have at most {}",
                             sheet_.columns[column], value, tokens, kMaxPhraseTokens));
      }
    }
  }

  void CheckKey() {
    if (schema_.key.empty()) return;
    std::string key;
    for (const std::size_t column : schema_.key) {
      if (!key.empty() || column != schema_.key.front()) key += '\t';
      key += sheet_.Cell(row_, column);
    }
    if (key.find_first_not_of('\t') == std::string::npos)
      return Complain("key is empty; fill it in");
    if (schema_.sorted && key < last_key_) {
      Complain(fmt::format("key '{}' stands after '{}'; sort the rows by key, byte by byte",
                           Printed(key), Printed(last_key_)));
    }
    const auto [known, added] = seen_.emplace(key, sheet_.lines[row_]);
    if (!added) {
      Complain(fmt::format("key '{}' is that of line {} too; remove one row", Printed(key),
                           known->second));
    }
    last_key_ = std::move(key);
  }

  static std::string Printed(std::string key) {
    std::ranges::replace(key, '\t', ' ');
    return key;
  }

  const Sheet& sheet_;
  const Schema& schema_;
  Problems& problems_;
  std::size_t row_ = 0;
  std::unordered_map<std::string, std::size_t> seen_;
  std::string last_key_;
};

/// Whether a term that ends on `to` reaches beyond the day `from`; compared as far as the coarser
/// of the two goes, so that an office may change hands within a day, a month or a year.
bool ReachesBeyond(std::string_view to, std::string_view from) {
  if (to.empty()) return true;
  const std::size_t length = std::min(from.size(), to.size());
  return to.substr(0, length) > from.substr(0, length);
}

/// The terms of one office in order of their beginning.
void LintTerms(const Sheet& sheet, const Schema::Alone& rule, std::vector<std::size_t>& rows,
               Problems& problems) {
  std::ranges::stable_sort(rows, {}, [&](std::size_t row) { return sheet.Cell(row, rule.from); });
  std::size_t last = rows.front();
  for (const std::size_t row : std::span(rows).subspan(1)) {
    const std::string_view from = sheet.Cell(row, rule.from);
    const std::string_view until = sheet.Cell(last, rule.to);
    if (ReachesBeyond(until, from) && sheet.Cell(row, rule.reason).empty()) {
      problems.Add(sheet.file, sheet.lines[row],
                   fmt::format("begins '{}' before line {} ends ('{}'); correct the dates, or say "
                               "why in {}",
                               from, sheet.lines[last], until, sheet.columns[rule.reason]));
    }
    const std::string_view to = sheet.Cell(row, rule.to);
    if (!until.empty() && ReachesBeyond(to, until)) last = row;
  }
}

void LintAlone(const Sheet& sheet, const Schema::Alone& rule, Problems& problems) {
  std::map<std::vector<std::string_view>, std::vector<std::size_t>> offices;
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    std::vector<std::string_view> office;
    office.reserve(rule.group.size());
    for (const std::size_t column : rule.group) office.push_back(sheet.Cell(row, column));
    offices[std::move(office)].push_back(row);
  }
  for (auto& [office, rows] : offices) LintTerms(sheet, rule, rows, problems);
}

void LintDistinct(const Sheet& sheet, const Schema& schema, Problems& problems) {
  std::unordered_map<std::string, std::size_t> first_row;
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    for (const std::size_t column : schema.phrases) {
      for (const std::string_view value : Values(sheet.Cell(row, column))) {
        std::string folded = fmt::format("{}", fmt::join(FoldPhrase(value), " "));
        const auto [known, added] = first_row.emplace(std::move(folded), row);
        if (added || known->second == row || !sheet.Cell(row, *schema.distinct).empty()) continue;
        problems.Add(
            sheet.file, sheet.lines[row],
            fmt::format("'{}' stands in line {} too; remove one, or say in {} which is "
                        "meant when",
                        value, sheet.lines[known->second], sheet.columns[*schema.distinct]));
      }
    }
  }
}

}  // namespace

void LintRows(const Sheet& sheet, const Schema& schema, Problems& problems) {
  Linter(sheet, schema, problems).Run();
  for (const auto& rule : schema.alone) LintAlone(sheet, rule, problems);
  if (schema.distinct) LintDistinct(sheet, schema, problems);
}

void LintRef(const Sheet& sheet, const Schema::Ref& ref, const ColumnValues& targets,
             Problems& problems) {
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    for (const std::string_view value : Values(sheet.Cell(row, ref.column))) {
      if (targets.contains(value)) continue;
      problems.Add(sheet.file, sheet.lines[row],
                   fmt::format("{} '{}' is not in {} of {}; add it there or correct it",
                               sheet.columns[ref.column], value, ref.target, ref.table));
    }
  }
}

}  // namespace dateline::tables
