#include "readers/json_values.h"

#include <array>
#include <utility>

#include "readers/columns.h"
#include "readers/dates.h"
#include "readers/fragment.h"

namespace dateline::readers {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::optional<element> FindKey(const object& record, std::string_view key) {
  element value;
  if (record.at_key(key).get(value) == simdjson::SUCCESS && !value.is_null()) return value;
  return std::nullopt;
}

void AppendList(const object& record, std::string_view key, std::vector<std::string>& out) {
  const auto value = FindKey(record, key);
  if (!value) return;
  for (std::string& item : ListOf(*value)) out.push_back(std::move(item));
}

void SetPlainLine(std::optional<std::string>& field, const std::optional<std::string>& text) {
  if (text && !field) field = PlainLine(*text);
}

void SetPublished(const std::optional<std::string>& printed, Article& given) {
  if (!printed || given.date_text) return;
  given.date_text = printed;
  given.date_published = ParseStatedDate(*printed);
}

void SetHtml(std::string html, Page& page) {
  page.kind = PageKind::kHtml;
  page.fragment = !LooksLikeHtmlPage(html);
  page.owned = std::move(html);
}

/// ninjs 2 and 3 keep texts as {"role": …, "contentType": …, "value": …}, several of a kind.
struct RoleText {
  std::string role;
  std::string type;
  std::string value;
};

std::vector<RoleText> RoleTexts(const object& item, std::string_view key) {
  std::vector<RoleText> out;
  array list;
  if (item.at_key(key).get(list) != simdjson::SUCCESS) return out;
  for (const element each : list) {
    object entry;
    if (each.get(entry) != simdjson::SUCCESS) continue;
    auto value = FirstText(entry, {"value"});
    if (!value) continue;
    out.push_back({FirstText(entry, {"role"}).value_or(""),
                   FirstText(entry, {"contentType", "contenttype"}).value_or(""),
                   *std::move(value)});
  }
  return out;
}

bool IsHtmlType(std::string_view type) { return type.contains("html"); }

/// HTML before plain text, which has lost its paragraphs more often than not.
void SetNinjsBody(const object& item, Page& page) {
  for (const std::string_view key : {"body_html", "body_xhtml"}) {
    if (auto html = FirstText(item, {key})) return SetHtml(*std::move(html), page);
  }
  std::optional<std::string> plain = FirstText(item, {"body_text"});
  for (const RoleText& body : RoleTexts(item, "bodies")) {
    if (IsHtmlType(body.type) || body.role.contains("html")) return SetHtml(body.value, page);
    if (!plain) plain = body.value;
  }
  if (!plain) {
    for (const auto [key, value] : item) {
      std::string_view text;
      if (key.starts_with("body_") && value.get(text) == simdjson::SUCCESS && !text.empty())
        plain = std::string(text);
    }
  }
  if (!plain) return;
  if (LooksLikeFragment(*plain)) return SetHtml(*std::move(plain), page);
  page.owned = *std::move(plain);
}

void SetNinjsHeadlines(const object& item, Article& given) {
  SetPlainLine(given.headline, FirstText(item, {"headline", "title"}));
  for (const RoleText& headline : RoleTexts(item, "headlines")) {
    auto& field =
        given.headline && (headline.role.contains("sub") || headline.role == "alternative")
            ? given.alternative_headline
            : given.headline;
    SetPlainLine(field, headline.value);
  }
  SetPlainLine(given.description,
               FirstText(item, {"description_text", "description_html", "description_summary"}));
  for (const RoleText& text : RoleTexts(item, "descriptions"))
    SetPlainLine(given.description, text.value);
}

std::vector<std::string> NinjsAuthors(const object& item) {
  std::string by = FirstText(item, {"byline", "by"}).value_or("");
  if (by.starts_with("By ") || by.starts_with("by ")) by.erase(0, 3);
  std::vector<std::string> authors;
  for (std::string& part : SplitList(by, true)) {
    const std::size_t both = part.find(" and ");
    if (both == part.npos) {
      authors.push_back(std::move(part));
    } else {
      authors.push_back(part.substr(0, both));
      authors.push_back(part.substr(both + 5));
    }
  }
  return authors;
}

/// Notes to editors say many things.
bool IsCorrection(std::string_view note) {
  return note.contains("orrect") || note.contains("CORRECT") || note.contains("Clarif");
}

std::string Status(std::string status) {
  if (const std::size_t colon = status.rfind(':'); colon != status.npos) status.erase(0, colon + 1);
  return status == "cancelled" ? "canceled" : status;
}

/// Pictures of the story, with their captions.
void AddNinjsPicture(const object& item, Article& given) {
  if (FirstText(item, {"type"}).value_or("") != "picture") return;
  Article picture;
  SetNinjsHeadlines(item, picture);
  Image image;
  image.caption = picture.description ? picture.description : picture.headline;
  image.credit_text = FirstText(item, {"creditline", "creditLine", "byline", "by"});
  if (image.caption) given.image.push_back(std::move(image));
}

void AddNinjsPictures(const object& item, Article& given) {
  const auto associations = FindKey(item, "associations");
  if (!associations) return;
  object named;
  array list;
  object each;
  if (associations->get(named) == simdjson::SUCCESS) {
    for (const auto [key, value] : named) {
      if (value.get(each) == simdjson::SUCCESS) AddNinjsPicture(each, given);
    }
  } else if (associations->get(list) == simdjson::SUCCESS) {
    for (const element value : list) {
      if (value.get(each) == simdjson::SUCCESS) AddNinjsPicture(each, given);
    }
  }
}

void SetNinjsFields(const object& item, Page& page) {
  Article& given = page.given;
  page.id = FirstText(item, {"uri"});
  page.url = FirstText(item, {"url"});
  given.version = FirstText(item, {"version"});
  SetPublished(FirstText(item, {"firstCreated", "firstcreated", "contentCreated", "contentcreated",
                                "versionCreated", "versioncreated"}),
               given);
  if (const auto modified = FirstText(item, {"versionCreated", "versioncreated"}))
    given.date_modified = ParseStatedDate(*modified);
  if (const auto embargo = FirstText(item, {"embargoed"}))
    given.embargoed = ParseStatedDate(*embargo);
  if (auto status = FirstText(item, {"pubStatus", "pubstatus"}))
    given.creative_work_status = Status(*std::move(status));
  given.in_language = FirstText(item, {"language"});
  given.location_created = FirstText(item, {"located"});
  given.publisher = FirstText(item, {"copyrightHolder", "copyrightholder"});
  if (auto note = FirstText(item, {"edNote", "ednote"}); note && IsCorrection(*note))
    given.correction = *std::move(note);
  given.author = NinjsAuthors(item);
  for (const std::string_view key : {"subject", "subjects", "keywords"})
    AppendList(item, key, given.keywords);
  AddNinjsPictures(item, given);
}

void SetFeedAuthors(const object& item, Article& given) {
  AppendList(item, "authors", given.author);
  if (given.author.empty()) AppendList(item, "author", given.author);
}

}  // namespace

std::optional<std::string> TextOf(const element& value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  if (value.is_number()) return simdjson::minify(value);
  object inner;
  if (value.get(inner) != simdjson::SUCCESS) return std::nullopt;
  for (const char* name : {"name", "title", "rendered", "@id", "$oid"}) {
    if (inner.at_key(name).get(text) == simdjson::SUCCESS) return std::string(text);
  }
  return std::nullopt;
}

std::vector<std::string> ListOf(const element& value) {
  std::vector<std::string> out;
  array items;
  if (value.get(items) != simdjson::SUCCESS) {
    if (auto one = TextOf(value); one && !one->empty()) out.push_back(*std::move(one));
    return out;
  }
  for (const element item : items) {
    if (auto one = TextOf(item); one && !one->empty()) out.push_back(*std::move(one));
  }
  return out;
}

std::optional<element> FindPath(const object& record, std::string_view path) {
  if (auto value = FindKey(record, path)) return value;
  const std::size_t dot = path.find('.');
  if (dot == path.npos) return std::nullopt;
  const auto outer = FindKey(record, path.substr(0, dot));
  object inner;
  if (!outer || outer->get(inner) != simdjson::SUCCESS) return std::nullopt;
  return FindPath(inner, path.substr(dot + 1));
}

std::optional<std::string> FirstText(const object& record,
                                     std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    const auto value = FindKey(record, key);
    if (!value) continue;
    auto text = TextOf(*value);
    if (text && text->find_first_not_of(" \t\r\n") != text->npos) return text;
  }
  return std::nullopt;
}

bool IsJsonFeed(const object& record) {
  return FirstText(record, {"version"}).value_or("").contains("jsonfeed.org");
}

bool FillFeedItem(const object& feed, const object& item, Page& page) {
  Article& given = page.given;
  page.id = FirstText(item, {"id"});
  page.url = FirstText(item, {"url", "external_url"});
  given.url = page.url;
  SetPlainLine(given.headline, FirstText(item, {"title"}));
  SetPublished(FirstText(item, {"date_published"}), given);
  if (const auto modified = FirstText(item, {"date_modified"}))
    given.date_modified = ParseStatedDate(*modified);
  SetFeedAuthors(item, given);
  if (given.author.empty()) SetFeedAuthors(feed, given);
  AppendList(item, "tags", given.keywords);
  SetPlainLine(given.publisher, FirstText(feed, {"title"}));
  given.in_language = FirstText(item, {"language"});
  if (!given.in_language) given.in_language = FirstText(feed, {"language"});
  auto summary = FirstText(item, {"summary"});
  if (auto html = FirstText(item, {"content_html"})) {
    SetHtml(*std::move(html), page);
  } else if (auto text = FirstText(item, {"content_text"})) {
    page.owned = *std::move(text);
  } else if (summary) {
    page.owned = *std::exchange(summary, std::nullopt);
  }
  SetPlainLine(given.description, summary);
  return !page.owned.empty() || given.headline;
}

bool IsNinjs(const object& record) {
  if (!FindKey(record, "uri")) return false;
  static constexpr std::array<std::string_view, 14> kSigns = {
      "body_text",          "body_html",          "body_xhtml",       "bodies",      "headlines",
      "versioncreated",     "versionCreated",     "pubstatus",        "pubStatus",   "standard",
      "representationtype", "representationType", "description_text", "associations"};
  for (const std::string_view key : kSigns) {
    if (FindKey(record, key)) return true;
  }
  return false;
}

std::optional<std::string> FillNinjs(const object& item, Page& page) {
  SetNinjsFields(item, page);
  SetNinjsHeadlines(item, page.given);
  const std::string type = FirstText(item, {"type"}).value_or("text");
  SetNinjsBody(item, page);
  if (IsWithdrawn(page.given)) return std::nullopt;
  if (type != "text" && page.owned.empty()) return "an item of type " + type + ", without a text";
  if (page.owned.empty() && !page.given.headline) return "an item without text and headline";
  return std::nullopt;
}

}  // namespace dateline::readers
