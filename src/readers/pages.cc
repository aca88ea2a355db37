// A text piece is one page as it stands. JSON is cut into its records by a scanner of brackets, and
// each record parsed by itself, so that an error has the offset of its record and a page the bytes
// of its own.
#include "readers/pages.h"

#include <simdjson.h>

#include <array>
#include <span>
#include <utility>

#include "readers/json_records.h"

namespace dateline::readers {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

std::string At(std::size_t offset) { return "@" + std::to_string(offset); }

std::optional<element> FindKey(const object& record, std::span<const std::string_view> keys) {
  for (const std::string_view key : keys) {
    element value;
    if (record.at_key(key).get(value) == simdjson::SUCCESS && !value.is_null()) return value;
  }
  return std::nullopt;
}

/// A string, a number as printed, or what an object calls its name.
std::optional<std::string> TextOf(const element& value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  if (value.is_number()) return simdjson::minify(value);
  object inner;
  if (value.get(inner) != simdjson::SUCCESS) return std::nullopt;
  static constexpr std::array<std::string_view, 3> kNames = {"name", "title", "@id"};
  if (const auto name = FindKey(inner, kNames)) {
    if (name->get(text) == simdjson::SUCCESS) return std::string(text);
  }
  return std::nullopt;
}

std::vector<std::string> ListOf(const element& value) {
  std::vector<std::string> out;
  simdjson::dom::array items;
  if (value.get(items) != simdjson::SUCCESS) {
    if (auto one = TextOf(value); one && !one->empty()) out.push_back(*std::move(one));
    return out;
  }
  for (const element item : items) {
    if (auto one = TextOf(item); one && !one->empty()) out.push_back(*std::move(one));
  }
  return out;
}

template <std::size_t N>
std::optional<std::string> Field(const object& record,
                                 const std::array<std::string_view, N>& keys) {
  const auto value = FindKey(record, keys);
  if (!value) return std::nullopt;
  auto text = TextOf(*value);
  if (text && text->empty()) return std::nullopt;
  return text;
}

/// "2023-04-16", "2023-04-16T10:00:00Z", "2023-04-16 10:00", "20230416"; else only as printed.
void SetDate(const std::string& printed, Article& given) {
  given.date_text = printed;
  std::string iso = printed;
  if (iso.size() > 10 && iso[10] == ' ') iso[10] = 'T';
  if (iso.size() == 8 && iso.find_first_not_of("0123456789") == std::string::npos)
    iso = iso.substr(0, 4) + "-" + iso.substr(4, 2) + "-" + iso.substr(6, 2);
  if (auto value = ParseDateTime(iso)) {
    given.date_published = *value;
  } else if (auto day = ParseDateTime(iso.substr(0, 10)); day && iso.size() > 10) {
    given.date_published = *day;
  }
}

void SetGiven(const object& record, Page& page) {
  static constexpr std::array<std::string_view, 2> kHeadline = {"headline", "title"};
  static constexpr std::array<std::string_view, 3> kDescription = {"description", "standfirst",
                                                                   "summary"};
  static constexpr std::array<std::string_view, 3> kDate = {"date", "datePublished", "published"};
  static constexpr std::array<std::string_view, 1> kId = {"id"};
  static constexpr std::array<std::string_view, 1> kUrl = {"url"};
  static constexpr std::array<std::string_view, 1> kSection = {"section"};
  static constexpr std::array<std::string_view, 1> kAuthor = {"author"};
  static constexpr std::array<std::string_view, 2> kPublisher = {"source", "publisher"};
  static constexpr std::array<std::string_view, 1> kLanguage = {"language"};
  page.id = Field(record, kId);
  page.url = Field(record, kUrl);
  page.given.url = page.url;
  page.given.headline = Field(record, kHeadline);
  page.given.description = Field(record, kDescription);
  page.given.article_section = Field(record, kSection);
  page.given.publisher = Field(record, kPublisher);
  page.given.in_language = Field(record, kLanguage);
  if (const auto authors = FindKey(record, kAuthor)) page.given.author = ListOf(*authors);
  if (const auto date = Field(record, kDate)) SetDate(*date, page.given);
}

Result<Page> ReadRecord(std::string_view bytes, RecordRange range, simdjson::dom::parser& parser) {
  const std::string_view raw = bytes.substr(range.begin, range.end - range.begin);
  element root;
  if (const auto error = parser.parse(simdjson::padded_string(raw)).get(root))
    return Fail(
        ErrorCode::kMalformed,
        std::string("this record is no sound JSON (") + simdjson::error_message(error) + ")",
        At(range.begin));
  object record;
  if (root.get(record) != simdjson::SUCCESS)
    return Fail(ErrorCode::kMalformed, "a record is a JSON object, and this is none",
                At(range.begin));
  static constexpr std::array<std::string_view, 4> kText = {"text", "content", "body",
                                                            "articleBody"};
  const auto text = FindKey(record, kText);
  std::string_view value;
  if (!text || text->get(value) != simdjson::SUCCESS)
    return Fail(ErrorCode::kMalformed,
                "this record has no text: a string under the key text, content, body or "
                "articleBody is wanted",
                At(range.begin));
  Page page;
  page.format = Format::kJson;
  page.raw = raw;
  page.owned = std::string(value);
  page.one_story = true;
  SetGiven(record, page);
  return page;
}

Result<std::vector<Page>> ReadJson(std::string_view bytes) {
  std::vector<Page> pages;
  simdjson::dom::parser parser;
  for (const RecordRange range : FindRecords(bytes)) {
    DATELINE_TRY(Page page, ReadRecord(bytes, range, parser));
    pages.push_back(std::move(page));
  }
  // Only now does no page move any more: a short string moves with its page.
  for (Page& page : pages) page.text = page.owned;
  return pages;
}

}  // namespace

Result<std::vector<Page>> ReadPages(std::string_view bytes, Format format) {
  if (format == Format::kJson) return ReadJson(bytes);
  if (format == Format::kAuto && LooksLikeJson(bytes)) {
    if (auto pages = ReadJson(bytes)) return pages;
  }
  std::vector<Page> pages(1);
  pages[0].raw = bytes;
  pages[0].text = bytes;
  return pages;
}

}  // namespace dateline::readers
