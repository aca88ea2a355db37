#include "readers/columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "readers/dates.h"
#include "readers/fragment.h"

namespace dateline {
namespace {

using base::Trim;

constexpr std::array<std::string_view, kFields> kFieldNames = {
    "text", "html",    "headline", "description", "date",     "modified", "id",
    "url",  "section", "author",   "publisher",   "language", "keywords"};

std::optional<Field> ParseField(std::string_view name) {
  if (name == "datePublished") name = "date";
  if (name == "dateModified") name = "modified";
  const auto* found = std::ranges::find(kFieldNames, name);
  if (found == kFieldNames.end()) return std::nullopt;
  return static_cast<Field>(found - kFieldNames.begin());
}

/// Takes one pair off the front of `rest`, its escapes resolved in the column.
std::pair<std::string, std::string> TakePair(std::string_view& rest) {
  std::pair<std::string, std::string> pair;
  bool in_column = false;
  std::size_t at = 0;
  for (; at < rest.size() && rest[at] != ','; ++at) {
    if (!in_column && rest[at] == '=') {
      in_column = true;
      continue;
    }
    if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
    (in_column ? pair.second : pair.first) += rest[at];
  }
  if (!in_column) pair.second.assign(1, '\n');  // no column has that name
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return pair;
}

}  // namespace

std::string_view FieldName(Field field) { return kFieldNames[static_cast<std::size_t>(field)]; }

Result<ColumnMap> ParseColumnMap(std::string_view text) {
  ColumnMap map;
  while (!text.empty()) {
    const auto [name, column] = TakePair(text);
    const auto field = ParseField(Trim(name));
    if (!field)
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("'{}' is no field of a story; the fields are {}", name,
                              fmt::join(kFieldNames, ", ")));
    if (column == "\n")
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("'{0}' has no column; want {0}=COLUMN", name));
    const auto same = [&](const auto& pair) { return pair.first == *field; };
    if (std::ranges::any_of(map.columns, same))
      return Fail(ErrorCode::kInvalidArgument, fmt::format("the field {} is mapped twice", name));
    map.columns.emplace_back(*field, Trim(column));
  }
  return map;
}

}  // namespace dateline

namespace dateline::readers {
namespace {

using base::Trim;

struct KnownName {
  std::string_view name;
  Field field;
};

// Of each field the names in order of preference, without case, spaces and "_-.".
constexpr std::array kKnown = std::to_array<KnownName>({
    {"text", Field::kText},
    {"content", Field::kText},
    {"body", Field::kText},
    {"articlebody", Field::kText},
    {"maintext", Field::kText},
    {"fulltext", Field::kText},
    {"articletext", Field::kText},
    {"articlecontent", Field::kText},
    {"newstext", Field::kText},
    {"newscontent", Field::kText},
    {"storytext", Field::kText},
    {"bodytext", Field::kText},
    {"contenttext", Field::kText},
    {"contentplain", Field::kText},
    {"plaintext", Field::kText},
    {"cleanedtext", Field::kText},
    {"cleantext", Field::kText},
    {"rawcontent", Field::kText},
    {"article", Field::kText},
    {"story", Field::kText},
    {"document", Field::kText},
    {"contenthtml", Field::kHtml},
    {"bodyhtml", Field::kHtml},
    {"articlehtml", Field::kHtml},
    {"contentencoded", Field::kHtml},
    {"html", Field::kHtml},
    {"rawhtml", Field::kHtml},
    {"pagehtml", Field::kHtml},
    {"headline", Field::kHeadline},
    {"title", Field::kHeadline},
    {"articletitle", Field::kHeadline},
    {"newstitle", Field::kHeadline},
    {"headlinetext", Field::kHeadline},
    {"mainheadline", Field::kHeadline},
    {"pagetitle", Field::kHeadline},
    {"description", Field::kDescription},
    {"standfirst", Field::kDescription},
    {"summary", Field::kDescription},
    {"abstract", Field::kDescription},
    {"subtitle", Field::kDescription},
    {"subheadline", Field::kDescription},
    {"excerpt", Field::kDescription},
    {"trailtext", Field::kDescription},
    {"lead", Field::kDescription},
    {"dek", Field::kDescription},
    {"date", Field::kDate},
    {"datepublished", Field::kDate},
    {"published", Field::kDate},
    {"publishedat", Field::kDate},
    {"publisheddate", Field::kDate},
    {"publishdate", Field::kDate},
    {"datepublish", Field::kDate},
    {"publicationdate", Field::kDate},
    {"publicationtime", Field::kDate},
    {"publishedtime", Field::kDate},
    {"publishtime", Field::kDate},
    {"publishedon", Field::kDate},
    {"webpublicationdate", Field::kDate},
    {"pubdate", Field::kDate},
    {"releasedate", Field::kDate},
    {"articledate", Field::kDate},
    {"newsdate", Field::kDate},
    {"datetime", Field::kDate},
    {"timestamp", Field::kDate},
    {"createdat", Field::kDate},
    {"created", Field::kDate},
    {"datemodified", Field::kDateModified},
    {"modified", Field::kDateModified},
    {"modifieddate", Field::kDateModified},
    {"datemodify", Field::kDateModified},
    {"lastmodified", Field::kDateModified},
    {"updatedat", Field::kDateModified},
    {"updated", Field::kDateModified},
    {"dateupdated", Field::kDateModified},
    {"id", Field::kId},
    {"guid", Field::kId},
    {"uuid", Field::kId},
    {"articleid", Field::kId},
    {"newsid", Field::kId},
    {"storyid", Field::kId},
    {"docid", Field::kId},
    {"documentid", Field::kId},
    {"uid", Field::kId},
    {"url", Field::kUrl},
    {"link", Field::kUrl},
    {"weburl", Field::kUrl},
    {"articleurl", Field::kUrl},
    {"pageurl", Field::kUrl},
    {"newsurl", Field::kUrl},
    {"sourceurl", Field::kUrl},
    {"permalink", Field::kUrl},
    {"canonicalurl", Field::kUrl},
    {"canonicallink", Field::kUrl},
    {"section", Field::kSection},
    {"articlesection", Field::kSection},
    {"sectionname", Field::kSection},
    {"category", Field::kSection},
    {"desk", Field::kSection},
    {"author", Field::kAuthor},
    {"authors", Field::kAuthor},
    {"byline", Field::kAuthor},
    {"creator", Field::kAuthor},
    {"writer", Field::kAuthor},
    {"journalist", Field::kAuthor},
    {"source", Field::kPublisher},
    {"publisher", Field::kPublisher},
    {"publication", Field::kPublisher},
    {"sourcename", Field::kPublisher},
    {"sitename", Field::kPublisher},
    {"outlet", Field::kPublisher},
    {"newspaper", Field::kPublisher},
    {"sourcedomain", Field::kPublisher},
    {"domain", Field::kPublisher},
    {"language", Field::kLanguage},
    {"lang", Field::kLanguage},
    {"inlanguage", Field::kLanguage},
    {"languagecode", Field::kLanguage},
    {"keywords", Field::kKeywords},
    {"tags", Field::kKeywords},
    {"subjects", Field::kKeywords},
    {"categories", Field::kKeywords},
});

/// kKnown's places, sorted by name.
constexpr auto SortedNames() {
  std::array<std::uint8_t, kKnown.size()> places{};
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<std::uint8_t>(i);
  std::ranges::sort(places, {}, [](std::uint8_t i) { return kKnown[i].name; });
  return places;
}
constexpr auto kSorted = SortedNames();

std::string Folded(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c + ('a' - 'A'));
    } else if (c != ' ' && c != '_' && c != '-' && c != '.') {
      out += c;
    }
  }
  return out;
}

/// "'a', \"b\"" as list items; nothing when it is no such list.
std::vector<std::string> QuotedItems(std::string_view text) {
  std::vector<std::string> items;
  while (!(text = Trim(text)).empty()) {
    const char quote = text.front();
    if (quote != '\'' && quote != '"') return {};
    std::string item;
    std::size_t at = 1;
    for (; at < text.size() && text[at] != quote; ++at) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      item += text[at];
    }
    if (at >= text.size()) return {};
    items.push_back(std::move(item));
    text = Trim(text.substr(at + 1));
    if (text.starts_with(',')) text.remove_prefix(1);
  }
  return items;
}

void SetText(std::string value, bool html, Page& page) {
  if (!page.owned.empty()) return;
  const bool whole = LooksLikeHtmlPage(value);
  if (html || whole || LooksLikeFragment(value)) {
    page.kind = PageKind::kHtml;
    page.fragment = !whole;
  }
  page.owned = std::move(value);
}

/// The first value wins.
void SetOnce(std::optional<std::string>& field, std::string value) {
  if (!field) field = std::move(value);
}

void SetPublished(const std::string& printed, Article& given) {
  if (given.date_text) return;
  given.date_text = printed;
  given.date_published = ParseStatedDate(printed);
}

void SetList(std::vector<std::string>& field, const std::string& value, bool commas) {
  for (std::string& item : SplitList(value, commas)) field.push_back(std::move(item));
}

}  // namespace

std::optional<KnownColumn> FindKnownColumn(std::string_view name) {
  const std::string folded = Folded(name);
  const auto* found = std::ranges::lower_bound(kSorted, std::string_view(folded), {},
                                               [](std::uint8_t i) { return kKnown[i].name; });
  if (found == kSorted.end() || kKnown[*found].name != folded) return std::nullopt;
  return KnownColumn{kKnown[*found].field, *found};
}

std::optional<std::string_view> MappedColumn(const ColumnMap* map, Field field) {
  if (map == nullptr) return std::nullopt;
  for (const auto& [known, column] : map->columns) {
    if (known == field) return column;
  }
  return std::nullopt;
}

std::vector<std::string> SplitList(std::string_view text, bool commas) {
  text = Trim(text);
  if (text.starts_with('[') && text.ends_with(']')) {
    auto items = QuotedItems(text.substr(1, text.size() - 2));
    if (!items.empty() || text.size() <= 2) return items;
  }
  std::vector<std::string> items;
  const char* separators = commas ? ";|," : ";|";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (const auto item = Trim(text.substr(0, end)); !item.empty()) items.emplace_back(item);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return items;
}

void SetField(Field field, std::string value, Page& page) {
  if (Trim(value).empty() && field != Field::kText) return;
  switch (field) {
    case Field::kText:
    case Field::kHtml:
      return SetText(std::move(value), field == Field::kHtml, page);
    case Field::kHeadline:
      return SetOnce(page.given.headline, PlainLine(value));
    case Field::kDescription:
      return SetOnce(page.given.description, PlainLine(value));
    case Field::kDate:
      return SetPublished(value, page.given);
    case Field::kDateModified:
      if (!page.given.date_modified) page.given.date_modified = ParseStatedDate(value);
      return;
    case Field::kId:
      return SetOnce(page.id, std::move(value));
    case Field::kUrl:
      return SetOnce(page.url, std::string(Trim(value)));
    case Field::kSection:
      return SetOnce(page.given.article_section, PlainLine(value));
    case Field::kAuthor:
      return SetList(page.given.author, value, false);
    case Field::kPublisher:
      return SetOnce(page.given.publisher, PlainLine(value));
    case Field::kLanguage:
      return SetOnce(page.given.in_language, std::string(Trim(value)));
    case Field::kKeywords:
      return SetList(page.given.keywords, value, true);
  }
}

}  // namespace dateline::readers
