#include "tables/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace dateline::tables {
namespace {

struct TypeName {
  std::string_view name;
  ValueType type;
};
constexpr std::array<TypeName, 9> kTypes = {{
    {"text", ValueType::kText},
    {"date", ValueType::kDate},
    {"int", ValueType::kInt},
    {"number", ValueType::kNumber},
    {"bool", ValueType::kBool},
    {"span", ValueType::kSpan},
    {"latitude", ValueType::kLatitude},
    {"longitude", ValueType::kLongitude},
    {"name", ValueType::kName},
}};
constexpr std::string_view kTypeList =
    "text, date, int, number, bool, span, latitude, longitude, name";

/// The non-empty pieces of `text` between any of `separators`.
std::vector<std::string_view> Split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> words;
  for (std::size_t at = text.find_first_not_of(separators); at != std::string_view::npos;) {
    const std::size_t end = text.find_first_of(separators, at);
    words.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(separators, end);
  }
  return words;
}

class SchemaReader {
 public:
  SchemaReader(const Sheet& sheet, Problems& problems) : sheet_(sheet), problems_(problems) {
    schema_.types.assign(sheet.columns.size(), ValueType::kText);
  }

  Schema Read() && {
    for (const Directive& directive : sheet_.directives) ReadDirective(directive);
    if (schema_.sorted && schema_.key.empty()) {
      Complain("'#: sorted' without '#: key'; name the key columns");
    }
    if (schema_.distinct && schema_.phrases.empty()) {
      Complain("'#: distinct' without '#: phrases'; name the phrase columns");
    }
    return std::move(schema_);
  }

 private:
  using Handler = void (SchemaReader::*)(std::string_view value);
  struct Entry {
    std::string_view name;
    Handler handler;
  };

  void Complain(std::string message) { problems_.Add(sheet_.file, line_, std::move(message)); }

  void ReadDirective(const Directive& directive) {
    static constexpr std::array<Entry, 10> kHandlers = {{
        {"key", &SchemaReader::ReadKey},
        {"phrases", &SchemaReader::ReadPhrases},
        {"required", &SchemaReader::ReadRequired},
        {"type", &SchemaReader::ReadType},
        {"enum", &SchemaReader::ReadEnum},
        {"ref", &SchemaReader::ReadRef},
        {"order", &SchemaReader::ReadOrder},
        {"sorted", &SchemaReader::ReadSorted},
        {"alone", &SchemaReader::ReadAlone},
        {"distinct", &SchemaReader::ReadDistinct},
    }};
    line_ = directive.line;
    const std::size_t end = directive.text.find_first_of(" =");
    const std::string_view name = directive.text.substr(0, end);
    const auto* entry = std::ranges::find(kHandlers, name, &Entry::name);
    if (entry == kHandlers.end()) {
      Complain(
          fmt::format("unknown directive '{}'; known are key, phrases, required, type, enum, "
                      "ref, order, sorted, alone, distinct",
                      name));
      return;
    }
    const std::size_t rest = directive.text.find_first_not_of(' ', end);
    (this->*entry->handler)(rest == std::string_view::npos ? "" : directive.text.substr(rest));
  }

  std::optional<std::size_t> FindColumn(std::string_view name) {
    const auto found = std::ranges::find(sheet_.columns, name);
    if (found != sheet_.columns.end()) {
      return static_cast<std::size_t>(found - sheet_.columns.begin());
    }
    Complain(fmt::format("directive names column '{}', which the header does not have", name));
    return std::nullopt;
  }

  /// "= name|variants" to column numbers.
  std::vector<std::size_t> ReadColumns(std::string_view value) {
    std::vector<std::size_t> columns;
    if (!value.starts_with('=') || Split(value, "= |").empty()) {
      Complain("directive wants '= column …'");
      return columns;
    }
    for (const std::string_view name : Split(value.substr(1), " |")) {
      const auto column = FindColumn(name);
      if (!column) continue;
      if (std::ranges::find(columns, *column) != columns.end()) {
        Complain(fmt::format("directive names column '{}' twice; remove one", name));
        continue;
      }
      columns.push_back(*column);
    }
    return columns;
  }

  void ReadKey(std::string_view value) {
    if (!schema_.key.empty()) return Complain("second '#: key'; a table has one");
    schema_.key = ReadColumns(value);
  }
  void ReadPhrases(std::string_view value) {
    if (!schema_.phrases.empty()) return Complain("second '#: phrases'; name all columns in one");
    schema_.phrases = ReadColumns(value);
  }
  void ReadRequired(std::string_view value) {
    const auto columns = ReadColumns(value);
    schema_.required.insert(schema_.required.end(), columns.begin(), columns.end());
  }
  void ReadSorted(std::string_view value) {
    if (!value.empty()) return Complain("'#: sorted' takes no value; rows are sorted by their key");
    schema_.sorted = true;
  }

  /// "column = value" to the column's number and the value.
  std::optional<std::pair<std::size_t, std::string_view>> ReadPair(std::string_view text,
                                                                   std::string_view form) {
    const std::size_t equals = text.find('=');
    const auto names = Split(text.substr(0, equals), " ");
    const std::size_t rest =
        equals == std::string_view::npos ? equals : text.find_first_not_of(' ', equals + 1);
    if (names.size() != 1 || rest == std::string_view::npos) {
      Complain(fmt::format("directive wants '{}'", form));
      return std::nullopt;
    }
    const auto column = FindColumn(names.front());
    if (!column) return std::nullopt;
    return std::pair(*column, text.substr(rest));
  }

  void ReadType(std::string_view text) {
    const auto pair = ReadPair(text, "type column = date");
    if (!pair) return;
    const auto* type = std::ranges::find(kTypes, pair->second, &TypeName::name);
    if (type == kTypes.end()) {
      return Complain(fmt::format("unknown type '{}'; known are {}", pair->second, kTypeList));
    }
    schema_.types[pair->first] = type->type;
  }

  void ReadEnum(std::string_view text) {
    const auto pair = ReadPair(text, "enum column = a,b,c");
    if (!pair) return;
    schema_.enums.push_back({pair->first, Split(pair->second, ", ")});
  }

  void ReadRef(std::string_view text) {
    const auto pair = ReadPair(text, "ref column = folder/table.column");
    if (!pair) return;
    const std::size_t dot = pair->second.rfind('.');
    if (dot == std::string_view::npos)
      return Complain("directive wants 'ref column = folder/table.column'");
    schema_.refs.push_back(
        {pair->first, pair->second.substr(0, dot), pair->second.substr(dot + 1), line_});
  }

  void ReadOrder(std::string_view text) {
    const std::size_t sign = text.find("<=");
    const auto left = Split(text.substr(0, sign), " ");
    const auto right = sign == std::string_view::npos ? std::vector<std::string_view>()
                                                      : Split(text.substr(sign + 2), " ");
    if (left.size() != 1 || right.size() != 1)
      return Complain("directive wants 'order from <= to'");
    const auto from = FindColumn(left.front());
    const auto to = FindColumn(right.front());
    if (from && to) schema_.orders.push_back({*from, *to});
  }

  /// The columns of all names, or nothing when one is unknown.
  std::optional<std::vector<std::size_t>> FindColumns(const std::vector<std::string_view>& names) {
    std::vector<std::size_t> columns;
    for (const std::string_view name : names) {
      const auto column = FindColumn(name);
      if (!column) return std::nullopt;
      columns.push_back(*column);
    }
    return columns;
  }

  /// "country title = from to unless note".
  void ReadAlone(std::string_view text) {
    const std::size_t equals = text.find('=');
    const auto group = Split(text.substr(0, equals), " ");
    auto rest = equals == std::string_view::npos ? std::vector<std::string_view>()
                                                 : Split(text.substr(equals + 1), " ");
    if (group.empty() || rest.size() != 4 || rest[2] != "unless")
      return Complain("directive wants 'alone column … = from to unless note'");
    rest.erase(rest.begin() + 2);
    auto columns = FindColumns(group);
    const auto terms = FindColumns(rest);
    if (!columns || !terms) return;
    schema_.alone.push_back({.group = std::move(*columns),
                             .from = (*terms)[0],
                             .to = (*terms)[1],
                             .reason = (*terms)[2]});
  }

  /// "unless note".
  void ReadDistinct(std::string_view text) {
    const auto words = Split(text, " ");
    if (words.size() != 2 || words[0] != "unless")
      return Complain("directive wants 'distinct unless note'");
    schema_.distinct = FindColumn(words[1]);
  }

  const Sheet& sheet_;
  Problems& problems_;
  Schema schema_;
  std::size_t line_ = 0;
};

}  // namespace

Schema ReadSchema(const Sheet& sheet, Problems& problems) {
  return SchemaReader(sheet, problems).Read();
}

}  // namespace dateline::tables
