// JSON is cut into its records by a scanner of brackets, and each record parsed by itself, so that
// an error has the offset of its record and a page the bytes of its own. A record is, in this
// order: what --map says; an item of JSON Feed or ninjs; an object with a text; an object that
// holds a list of such ("articles": […]).
#include <simdjson.h>

#include <array>
#include <utility>

#include "readers/columns.h"
#include "readers/json_records.h"
#include "readers/json_values.h"
#include "readers/page_readers.h"

namespace dateline::readers {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::string_view kNoText =
    "this record has no text: a string under the key text, content, body or articleBody is wanted, "
    "or name its key with --map text=KEY";

/// The best value found for each field.
struct Chosen {
  struct Value {
    element value;
    std::size_t rank = 0;
  };
  std::array<std::optional<Value>, kFields> fields;

  std::optional<Value>& operator[](Field field) { return fields[static_cast<std::size_t>(field)]; }
};

/// A text is a string, a list of paragraphs, or what an object says it renders.
std::optional<std::string> BodyOf(const element& value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  object inner;
  if (value.get(inner) == simdjson::SUCCESS) {
    for (const char* key : {"rendered", "text", "value"}) {
      if (inner.at_key(key).get(text) == simdjson::SUCCESS) return std::string(text);
    }
    return std::nullopt;
  }
  simdjson::dom::array items;
  if (value.get(items) != simdjson::SUCCESS) return std::nullopt;
  std::string out;
  for (const element item : items) {
    if (item.get(text) != simdjson::SUCCESS) return std::nullopt;
    if (!out.empty()) out += "\n\n";
    out += text;
  }
  return out.empty() ? std::nullopt : std::optional(out);
}

bool IsBody(Field field) { return field == Field::kText || field == Field::kHtml; }

bool Fits(Field field, const element& value) {
  if (value.is_null()) return false;
  if (IsBody(field)) return BodyOf(value).has_value();
  return !ListOf(value).empty();
}

Chosen ChooseFields(const object& record, const ColumnMap* map) {
  Chosen chosen;
  for (const auto [key, value] : record) {
    const auto known = FindKnownColumn(key);
    if (!known || MappedColumn(map, known->field) || !Fits(known->field, value)) continue;
    auto& best = chosen[known->field];
    if (!best || known->rank < best->rank) best = {value, known->rank};
  }
  if (map == nullptr) return chosen;
  for (const auto& [field, path] : map->columns) {
    const auto value = FindPath(record, path);
    if (!path.empty() && value && Fits(field, *value)) chosen[field] = {*value, 0};
  }
  return chosen;
}

void SetList(Field field, const element& value, Page& page) {
  auto& list = field == Field::kAuthor ? page.given.author : page.given.keywords;
  if (value.is_array()) {
    for (std::string& item : ListOf(value)) list.push_back(std::move(item));
  } else if (field == Field::kAuthor) {
    if (auto name = TextOf(value)) list = SplitList(*name, false);
  } else if (auto words = TextOf(value)) {
    list = SplitList(*words, true);
  }
}

void SetChosen(Field field, const element& value, Page& page) {
  if (IsBody(field)) return SetField(field, BodyOf(value).value_or(""), page);
  if (field == Field::kAuthor || field == Field::kKeywords) return SetList(field, value, page);
  const auto texts = ListOf(value);
  if (!texts.empty()) SetField(field, texts.front(), page);
}

Page NewPage(std::string_view raw, std::string_view format_name) {
  Page page;
  page.format = Format::kJson;
  page.format_name = format_name;
  page.raw = raw;
  page.one_story = true;
  page.charset = "utf-8";
  return page;
}

/// Whether the record has a text or a headline; then `page` is filled.
bool FillRecord(const object& record, const ColumnMap* map, Page& page) {
  Chosen chosen = ChooseFields(record, map);
  const bool body = chosen[Field::kText] || chosen[Field::kHtml];
  if (!body && !(chosen[Field::kHeadline] && chosen[Field::kUrl])) return false;
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto field = static_cast<Field>(i);
    if (const auto& value = chosen[field]) SetChosen(field, value->value, page);
  }
  if (page.url) page.given.url = page.url;
  return true;
}

/// The list of objects that a record is the wrapper of.
std::optional<simdjson::dom::array> WrappedList(const object& record) {
  static constexpr std::array<std::string_view, 10> kLists = {
      "articles", "items",   "stories", "documents", "docs",
      "results",  "records", "news",    "data",      "hits"};
  for (const std::string_view key : kLists) {
    simdjson::dom::array list;
    if (record.at_key(key).get(list) != simdjson::SUCCESS || list.size() == 0) continue;
    if ((*list.begin()).is_object()) return list;
  }
  object inner;  // {"response": {"results": […]}}
  for (const std::string_view key : {"response", "result", "data"}) {
    if (record.at_key(key).get(inner) != simdjson::SUCCESS) continue;
    for (const std::string_view name : kLists) {
      simdjson::dom::array list;
      if (inner.at_key(name).get(list) == simdjson::SUCCESS && list.size() > 0 &&
          (*list.begin()).is_object())
        return list;
    }
  }
  return std::nullopt;
}

class JsonReader {
 public:
  JsonReader(const PageOptions& options, Pages& out) : options_(options), out_(out) {}

  void Read(std::string_view bytes, RecordRange range) {
    range_ = range;
    raw_ = bytes.substr(range.begin, range.end - range.begin);
    element root;
    if (const auto error = parser_.parse(simdjson::padded_string(raw_)).get(root))
      return Problem(std::string("this record is no sound JSON (") +
                     simdjson::error_message(error) + ")");
    object record;
    if (root.get(record) != simdjson::SUCCESS)
      return Problem("a record is a JSON object, and this is none");
    if (!ReadObject(record, raw_)) ReadWrapper(record);
  }

 private:
  void Problem(std::string message) {
    Refuse(ErrorCode::kMalformed, std::move(message), At(range_.begin), out_);
  }

  /// Whether the object was a story, or an item that says why it is none.
  bool ReadObject(const object& record, std::string_view raw) {
    const bool mapped = options_.columns != nullptr && !options_.columns->columns.empty();
    if (!mapped && IsNinjs(record)) {
      Page page = NewPage(raw, "ninjs");
      if (const auto reason = FillNinjs(record, page)) {
        Refuse(ErrorCode::kNoStory, *reason, At(range_.begin), out_);
      } else {
        out_.pages.push_back(std::move(page));
      }
      return true;
    }
    Page page = NewPage(raw, "json");
    if (!FillRecord(record, options_.columns, page)) return false;
    out_.pages.push_back(std::move(page));
    return true;
  }

  void ReadWrapper(const object& record) {
    const auto list = WrappedList(record);
    if (!list) return Problem(std::string(kNoText));
    const bool feed = IsJsonFeed(record);
    std::size_t number = 0;
    for (const element item : *list) {
      ++number;
      std::string raw = simdjson::minify(item);
      object inner;
      if (item.get(inner) == simdjson::SUCCESS && ReadItem(record, inner, feed)) {
        out_.pages.back().owned_raw = std::move(raw);
        continue;
      }
      Problem("item " + std::to_string(number) + ": " + std::string(kNoText));
    }
  }

  bool ReadItem(const object& head, const object& item, bool feed) {
    if (!feed) {
      const std::size_t before = out_.pages.size();
      return ReadObject(item, raw_) && out_.pages.size() > before;
    }
    Page page = NewPage(raw_, "jsonfeed");
    if (!FillFeedItem(head, item, page)) return false;
    out_.pages.push_back(std::move(page));
    return true;
  }

  const PageOptions& options_;
  Pages& out_;
  simdjson::dom::parser parser_;
  RecordRange range_;
  std::string_view raw_;
};

}  // namespace

void ReadJsonPages(std::string_view bytes, const PageOptions& options, Pages& out) {
  JsonReader reader(options, out);
  for (const RecordRange range : FindRecords(bytes)) reader.Read(bytes, range);
}

}  // namespace dateline::readers
