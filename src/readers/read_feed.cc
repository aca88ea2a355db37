// RSS 0.9x, 1.0 and 2.0, and Atom 0.3 and 1.0, with the modules that feeds of news use: content,
// Dublin Core, Media RSS. An element is known by its name and the usual prefix of its namespace.
#include <algorithm>
#include <array>
#include <utility>

#include "readers/columns.h"
#include "readers/dates.h"
#include "readers/fragment.h"
#include "readers/sniff.h"
#include "readers/xml_formats.h"

namespace dateline::readers {
namespace {

/// An item being read: texts wait until all of it is known.
struct Item {
  Page& page;
  std::string body;           ///< content:encoded, content
  bool body_is_text = false;  ///< stated to be plain
  std::string summary;
  std::string permalink;  ///< a guid that is an address
};

/// "mail@paper.example (Ann Lee)" is Ann Lee; an address alone is nobody.
std::string NameOf(std::string name) {
  if (!name.contains('@')) return name;
  const std::size_t open = name.find('(');
  const std::size_t close = name.rfind(')');
  if (open == name.npos || close == name.npos || close < open) return "";
  return name.substr(open + 1, close - open - 1);
}

void AddAuthor(const pugi::xml_node& node, Item& item) {
  const pugi::xml_node name = Child(node, "name");
  std::string author = NameOf(LineOf(name ? name : node));
  auto& authors = item.page.given.author;
  if (!author.empty() && std::ranges::find(authors, author) == authors.end())
    authors.push_back(std::move(author));
}

void AddCategory(const pugi::xml_node& node, Item& item) {
  std::string_view label = Attribute(node, "label");
  if (label.empty()) label = Attribute(node, "term");
  std::string word = label.empty() ? LineOf(node) : PlainLine(label);
  auto& keywords = item.page.given.keywords;
  if (!word.empty() && std::ranges::find(keywords, word) == keywords.end())
    keywords.push_back(std::move(word));
}

void AddKeywords(const pugi::xml_node& node, Item& item) {
  for (std::string& word : SplitList(LineOf(node), true))
    item.page.given.keywords.push_back(std::move(word));
}

void TakeLink(const pugi::xml_node& node, Item& item) {
  const std::string_view rel = Attribute(node, "rel");
  if (!rel.empty() && rel != "alternate") return;
  const std::string_view href = Attribute(node, "href");
  std::string url = href.empty() ? LineOf(node) : std::string(href);
  if (!url.empty() && !item.page.url) item.page.url = std::move(url);
}

void TakeGuid(const pugi::xml_node& node, Item& item) {
  std::string id = LineOf(node);
  if (id.empty()) return;
  if (Attribute(node, "isPermaLink") != "false" && id.starts_with("http")) item.permalink = id;
  item.page.id = std::move(id);
}

/// Atom's text constructs, and RSS's text with HTML in it.
std::string MarkupOf(const pugi::xml_node& node) {
  const std::string_view type = Attribute(node, "type");
  if (type != "xhtml" && Attribute(node, "mode") != "xml") return RawText(node);
  const pugi::xml_node div = Child(node, "div");
  return HtmlOf(div ? div : node);
}

void TakeBody(const pugi::xml_node& node, Item& item) {
  std::string body = MarkupOf(node);
  if (body.size() <= item.body.size()) return;
  item.body = std::move(body);
  item.body_is_text = Attribute(node, "type") == "text";
}

void TakeSummary(const pugi::xml_node& node, Item& item) {
  if (item.summary.empty()) item.summary = MarkupOf(node);
}

void TakePublished(const pugi::xml_node& node, Item& item) {
  SetPublished(LineOf(node), item.page.given);
}

void TakeModified(const pugi::xml_node& node, Item& item) {
  if (!item.page.given.date_modified) item.page.given.date_modified = ParseStatedDate(LineOf(node));
}

bool IsPicture(const pugi::xml_node& node) {
  const std::string_view medium = Attribute(node, "medium");
  return medium == "image" || Attribute(node, "type").starts_with("image/") ||
         Local(node) == "group" || (medium.empty() && Attribute(node, "type").empty());
}

/// media:content, media:group: the caption of a picture.
void TakeMedia(const pugi::xml_node& node, Item& item) {
  if (!IsPicture(node)) return;
  for (const pugi::xml_node& child : node.children()) {
    if (Local(child) == "content") TakeMedia(child, item);
  }
  Image image;
  SetLine(image.caption, Child(node, "description"));
  if (!image.caption) SetLine(image.caption, Child(node, "title"));
  SetLine(image.credit_text, Child(node, "credit"));
  auto& images = item.page.given.image;
  const auto same = [&](const Image& other) { return other.caption == image.caption; };
  if (image.caption && std::ranges::none_of(images, same)) images.push_back(std::move(image));
}

void TakeMediaDescription(const pugi::xml_node& node, Item& item) {
  Image image{.caption = MaybeLine(node), .credit_text = {}, .span = {}};
  if (image.caption && item.page.given.image.empty())
    item.page.given.image.push_back(std::move(image));
}

struct Rule {
  std::string_view name;  ///< with the usual prefix
  void (*take)(const pugi::xml_node& node, Item& item);
};

constexpr std::array kRules = std::to_array<Rule>({
    {"title", [](const auto& node, Item& item) { SetLine(item.page.given.headline, node); }},
    {"dc:title", [](const auto& node, Item& item) { SetLine(item.page.given.headline, node); }},
    {"link", TakeLink},
    {"guid", TakeGuid},
    {"id", TakeGuid},
    {"dc:identifier", [](const auto& node, Item& item) { SetLine(item.page.id, node); }},
    {"description", TakeSummary},
    {"summary", TakeSummary},
    {"dc:description", TakeSummary},
    {"content:encoded", TakeBody},
    {"content", TakeBody},
    {"body", TakeBody},
    {"xhtml:body", [](const auto& node, Item& item) { item.body = HtmlOf(node); }},
    {"yandex:full-text", TakeBody},
    {"pubDate", TakePublished},
    {"dc:date", TakePublished},
    {"dcterms:issued", TakePublished},
    {"dcterms:created", TakePublished},
    {"published", TakePublished},
    {"issued", TakePublished},
    {"updated", TakeModified},
    {"atom:updated", TakeModified},
    {"modified", TakeModified},
    {"dcterms:modified", TakeModified},
    {"author", AddAuthor},
    {"dc:creator", AddAuthor},
    {"atom:author", AddAuthor},
    {"category", AddCategory},
    {"dc:subject", AddCategory},
    {"media:keywords", AddKeywords},
    {"dc:publisher",
     [](const auto& node, Item& item) { SetLine(item.page.given.publisher, node); }},
    {"dc:language",
     [](const auto& node, Item& item) { SetLine(item.page.given.in_language, node); }},
    {"media:content", TakeMedia},
    {"media:group", TakeMedia},
    {"media:description", TakeMediaDescription},
});

void TakeSource(const pugi::xml_node& node, Item& item) {
  const pugi::xml_node title = Child(node, "title");
  if (auto name = MaybeLine(title ? title : node))
    item.page.given.source_organization.push_back(*std::move(name));
}

/// A summary that is the begin of the body says nothing of its own.
bool IsBeginOf(std::string_view summary, std::string_view body) {
  constexpr std::string_view kEllipsis = "…";
  for (;;) {
    if (summary.ends_with(kEllipsis)) {
      summary.remove_suffix(kEllipsis.size());
    } else if (!summary.empty() && std::string_view(". []").contains(summary.back())) {
      summary.remove_suffix(1);
    } else {
      return body.starts_with(summary.substr(0, 60));
    }
  }
}

void SetTexts(Item& item) {
  if (item.body.find_first_not_of(" \t\r\n") == std::string::npos)
    item.body = std::exchange(item.summary, {});
  std::string summary = PlainLine(item.summary);
  if (!summary.empty() && !IsBeginOf(summary, PlainLine(item.body)))
    item.page.given.description = std::move(summary);
  if (item.body_is_text) {
    item.page.owned = std::move(item.body);
  } else {
    SetMarkup(std::move(item.body), item.page);
  }
}

}  // namespace

FeedHead ReadFeedHead(const pugi::xml_document& head) {
  FeedHead out;
  const pugi::xml_node root = head.document_element();
  const bool atom = Local(root) == "feed" || Local(root) == "entry";
  out.format_name = atom ? "atom" : "rss";
  const pugi::xml_node channel = Child(root, "channel") ? Child(root, "channel") : root;
  out.title = MaybeLine(Child(channel, "title"));
  out.language = MaybeLine(Child(channel, "language"));
  for (const pugi::xml_node& node : {channel, root}) {
    if (const std::string_view lang = Attribute(node, "lang"); !out.language && !lang.empty())
      out.language = std::string(lang);
  }
  if (auto author = MaybeLine(Descend(channel, "author/name"))) out.author = {*std::move(author)};
  return out;
}

std::optional<std::string> FillFeedItem(const pugi::xml_node& node, const FeedHead& head,
                                        Page& page) {
  Item item{.page = page, .body = {}, .body_is_text = false, .summary = {}, .permalink = {}};
  page.format_name = head.format_name;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    const std::string_view name = child.name();
    if (name == "source") TakeSource(child, item);
    const auto* rule = std::ranges::find(kRules, name, &Rule::name);
    if (rule != kRules.end()) rule->take(child, item);
  }
  if (!page.url && !item.permalink.empty()) page.url = item.permalink;
  const std::string_view about = Attribute(node, "about");
  if (!page.id && !about.empty()) page.id = std::string(about);
  if (!page.url && about.starts_with("http")) page.url = std::string(about);
  page.given.url = page.url;
  SetTexts(item);
  if (!page.given.publisher) page.given.publisher = head.title;
  if (!page.given.in_language) page.given.in_language = head.language;
  if (const std::string_view lang = Attribute(node, "lang"); !lang.empty())
    page.given.in_language = std::string(lang);
  if (page.given.author.empty()) page.given.author = head.author;
  if (page.owned.empty() && !page.given.headline) return "an item without text and title";
  return std::nullopt;
}

}  // namespace dateline::readers
