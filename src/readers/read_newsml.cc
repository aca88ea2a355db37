// The agencies' formats: NewsML-G2 (items of a message, or alone), NITF (alone, or inside either
// NewsML), NewsML 1 and the news items of Reuters' research corpora.
#include <algorithm>
#include <array>
#include <utility>

#include "readers/columns.h"
#include "readers/dates.h"
#include "readers/fragment.h"
#include "readers/xml_formats.h"

namespace dateline::readers {
namespace {

void SetDate(std::optional<DateTime>& field, std::string_view printed) {
  if (!field) field = ParseStatedDate(printed);
}

void SetText(std::optional<std::string>& field, std::string_view text) {
  if (!field && !text.empty()) field = std::string(text);
}

/// "stat:canceled" is "canceled".
std::string_view CodeOf(std::string_view qcode) {
  const std::size_t colon = qcode.rfind(':');
  return colon == qcode.npos ? qcode : qcode.substr(colon + 1);
}

std::string StatusOf(std::string_view status) {
  std::string out;
  for (const char c : status) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  if (out == "cancelled" || out == "killed") return "canceled";
  return out;
}

/// A concept's name: <name> inside, else the text, else what its literal or code says.
std::string ConceptName(const pugi::xml_node& node) {
  if (const pugi::xml_node name = Child(node, "name")) return LineOf(name);
  if (std::string text = LineOf(node); !text.empty()) return text;
  const std::string_view literal = Attribute(node, "literal");
  return std::string(literal.empty() ? CodeOf(Attribute(node, "qcode")) : literal);
}

void AddUnique(std::string text, std::vector<std::string>& list) {
  if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

/// Notes to editors say many things.
bool IsCorrection(std::string_view note) {
  return note.contains("orrect") || note.contains("CORRECT") || note.contains("Clarif");
}

/// What an element of a news item's metadata says.
struct MetaRule {
  std::string_view name;
  void (*take)(const pugi::xml_node& node, Article& given);
};

template <std::size_t N>
void TakeAll(const pugi::xml_node& meta, const std::array<MetaRule, N>& rules, Article& given) {
  for (const pugi::xml_node& node : meta.children()) {
    const auto* rule = std::ranges::find(rules, Local(node), &MetaRule::name);
    if (rule != rules.end()) rule->take(node, given);
  }
}

void TakeStatus(const pugi::xml_node& node, Article& given) {
  std::string_view code = CodeOf(Attribute(node, "qcode"));
  if (code.empty()) code = CodeOf(Attribute(node, "uri"));
  given.creative_work_status = StatusOf(code.substr(code.rfind('/') + 1));
}

constexpr std::array kItemMeta = std::to_array<MetaRule>({
    {"versionCreated",
     [](const auto& node, Article& given) { SetDate(given.date_modified, LineOf(node)); }},
    {"firstCreated", [](const auto& node, Article& given) { SetPublished(LineOf(node), given); }},
    {"embargoed", [](const auto& node, Article& given) { SetDate(given.embargoed, LineOf(node)); }},
    {"pubStatus", TakeStatus},
    {"provider", [](const auto& node,
                    Article& given) { AddUnique(ConceptName(node), given.source_organization); }},
    {"title", [](const auto& node, Article& given) { SetLine(given.headline, node); }},
});

/// Notes to editors are corrections where a signal or their words say so.
void ReadNotes(const pugi::xml_node& meta, Article& given) {
  bool corrects = false;
  for (const pugi::xml_node& node : meta.children()) {
    if (Local(node) == "signal" && CodeOf(Attribute(node, "qcode")) == "correction")
      corrects = true;
  }
  for (const pugi::xml_node& node : meta.children()) {
    if (Local(node) != "edNote") continue;
    const std::string note = LineOf(node);
    if (corrects || IsCorrection(note)) SetText(given.correction, note);
  }
}

void ReadItemMeta(const pugi::xml_node& meta, Page& page) {
  TakeAll(meta, kItemMeta, page.given);
  ReadNotes(meta, page.given);
}

void TakeBy(const pugi::xml_node& node, Article& given) {
  for (std::string& author : SplitByline(LineOf(node))) AddUnique(std::move(author), given.author);
}

void TakeSubject(const pugi::xml_node& node, Article& given) {
  if (Child(node, "name")) AddUnique(ConceptName(node), given.keywords);
}

constexpr std::array kContentMeta = std::to_array<MetaRule>({
    {"contentCreated", [](const auto& node, Article& given) { SetPublished(LineOf(node), given); }},
    {"contentModified",
     [](const auto& node, Article& given) { SetDate(given.date_modified, LineOf(node)); }},
    {"by", TakeBy},
    {"dateline", [](const auto& node, Article& given) { SetLine(given.dateline, node); }},
    {"located",
     [](const auto& node, Article& given) { SetText(given.location_created, ConceptName(node)); }},
    {"description", [](const auto& node, Article& given) { SetLine(given.description, node); }},
    {"language",
     [](const auto& node, Article& given) { SetText(given.in_language, Attribute(node, "tag")); }},
    {"infoSource", [](const auto& node,
                      Article& given) { AddUnique(ConceptName(node), given.source_organization); }},
    {"keyword", [](const auto& node, Article& given) { AddUnique(LineOf(node), given.keywords); }},
    {"subject", TakeSubject},
});

/// The first headline wins over the item's title; the second is another one.
void ReadHeadlines(const pugi::xml_node& meta, Article& given) {
  std::optional<std::string> headline;
  for (const pugi::xml_node& node : meta.children()) {
    if (Local(node) == "headline") SetLine(headline ? given.alternative_headline : headline, node);
  }
  if (headline) given.headline = std::move(headline);
}

void ReadContentMeta(const pugi::xml_node& meta, Page& page) {
  TakeAll(meta, kContentMeta, page.given);
  ReadHeadlines(meta, page.given);
  if (!page.given.author.empty()) return;
  for (const pugi::xml_node& node : meta.children()) {
    if (Local(node) == "creator" && Child(node, "name"))
      AddUnique(ConceptName(node), page.given.author);
  }
}

void ReadContentSet(const pugi::xml_node& set, Page& page) {
  for (const pugi::xml_node& node : set.children()) {
    const std::string_view name = Local(node);
    if (name == "inlineXML") {
      if (const pugi::xml_node nitf = Child(node, "nitf")) {
        AddNitf(nitf, page);
      } else if (const pugi::xml_node body = Descend(node, "html/body")) {
        SetHtml(HtmlOf(body), page);
      } else {
        SetHtml(HtmlOf(node), page);
      }
    } else if (name == "inlineData" && page.owned.empty()) {
      SetMarkup(RawText(node), page);
    }
    if (!page.owned.empty() && page.kind == PageKind::kHtml) return;
  }
}

pugi::xml_node BodyContent(const pugi::xml_node& nitf) {
  return Descend(nitf, "body/body.content");
}

void ReadDocdata(const pugi::xml_node& docdata, Page& page) {
  Article& given = page.given;
  if (const auto status = Attribute(docdata, "management-status"); !status.empty())
    given.creative_work_status = StatusOf(status);
  if (const auto id = Attribute(Child(docdata, "doc-id"), "id-string"); !id.empty())
    SetText(page.id, id);
  if (const auto issued = Attribute(Child(docdata, "date.issue"), "norm"); !issued.empty())
    SetPublished(issued, given);
  SetDate(given.embargoed, Attribute(Child(docdata, "date.release"), "norm"));
  if (const pugi::xml_node correction = Child(docdata, "correction"))
    SetText(given.correction, Attribute(correction, "info"));
  SetText(given.publisher, Attribute(Child(docdata, "doc.copyright"), "holder"));
  for (const pugi::xml_node& word : Child(docdata, "key-list").children())
    AddUnique(std::string(Attribute(word, "key")), given.keywords);
}

void ReadBodyHead(const pugi::xml_node& head, Article& given) {
  SetLine(given.headline, Descend(head, "hedline/hl1"));
  SetLine(given.alternative_headline, Descend(head, "hedline/hl2"));
  SetLine(given.description, Child(head, "abstract"));
  SetLine(given.dateline, Child(head, "dateline"));
  SetLine(given.location_created, Descend(head, "dateline/location"));
  if (const auto day = Attribute(Descend(head, "dateline/story.date"), "norm"); !day.empty())
    SetPublished(day, given);
  AddUnique(LineOf(Child(head, "distributor")), given.source_organization);
  if (!given.author.empty()) return;
  for (const pugi::xml_node& byline : head.children("byline")) {
    const pugi::xml_node person = Child(byline, "person");
    for (std::string& author : SplitByline(LineOf(person ? person : byline)))
      AddUnique(std::move(author), given.author);
  }
}

void AddNitfPictures(const pugi::xml_node& content, Article& given) {
  for (const pugi::xml_node& media : content.children("media")) {
    Image image{.caption = MaybeLine(Child(media, "media-caption")),
                .credit_text = MaybeLine(Child(media, "media-producer")),
                .span = {}};
    if (image.caption) given.image.push_back(std::move(image));
  }
}

/// Captions are given apart, and so are no part of the body.
std::string NitfBody(const pugi::xml_node& content) {
  std::string html;
  for (const pugi::xml_node& child : content.children()) {
    if (Local(child) == "media") continue;
    if (child.type() != pugi::node_element) {
      html += LineOf(child);
      continue;
    }
    pugi::xml_document one;
    one.append_copy(child);
    html += HtmlOf(one);
  }
  return html;
}

}  // namespace

void SetHtml(std::string html, Page& page) {
  if (html.find_first_not_of(" \t\r\n") == std::string::npos) return;
  page.kind = PageKind::kHtml;
  page.fragment = !LooksLikeHtmlPage(html);
  page.owned = std::move(html);
}

void SetMarkup(std::string text, Page& page) {
  if (LooksLikeHtmlPage(text) || LooksLikeFragment(text)) return SetHtml(std::move(text), page);
  page.owned = std::move(text);
}

void SetPublished(std::string_view printed, Article& given) {
  if (given.date_text || printed.empty()) return;
  given.date_text = std::string(printed);
  given.date_published = ParseStatedDate(printed);
}

std::vector<std::string> SplitByline(std::string_view by) {
  for (const std::string_view prefix : {"By ", "by ", "BY "}) {
    if (by.starts_with(prefix)) by.remove_prefix(prefix.size());
  }
  std::vector<std::string> names;
  for (const std::string& part : SplitList(by, true)) {
    std::string_view rest = part;
    for (std::size_t both = rest.find(" and "); both != rest.npos; both = rest.find(" and ")) {
      names.emplace_back(rest.substr(0, both));
      rest.remove_prefix(both + 5);
    }
    if (rest.starts_with("and ")) rest.remove_prefix(4);
    names.emplace_back(rest);
  }
  return names;
}

std::optional<std::string> FillNewsItem(const pugi::xml_node& item, Page& page) {
  page.format_name = "newsml-g2";
  page.id = std::string(Attribute(item, "guid"));
  if (page.id->empty()) page.id.reset();
  const std::string_view version = Attribute(item, "version");
  if (!version.empty()) page.given.version = std::string(version);
  ReadItemMeta(Child(item, "itemMeta"), page);
  if (const auto kind = Local(item); kind != "newsItem")
    return "a " + std::string(kind) + ", which is no story of its own";
  ReadContentMeta(Child(item, "contentMeta"), page);
  SetText(page.given.in_language, Attribute(item, "lang"));
  ReadContentSet(Child(item, "contentSet"), page);
  SetText(page.given.publisher, LineOf(Descend(item, "rightsInfo/copyrightHolder/name")));
  if (IsWithdrawn(page.given)) return std::nullopt;
  const std::string_view type = CodeOf(Attribute(Descend(item, "itemMeta/itemClass"), "qcode"));
  if (page.owned.empty() && !type.empty() && type != "text")
    return "an item of class " + std::string(type) + ", without a text";
  if (page.owned.empty() && !page.given.headline) return "an item without text and headline";
  return std::nullopt;
}

void AddNitf(const pugi::xml_node& nitf, Page& page) {
  const pugi::xml_node head = Child(nitf, "head");
  ReadDocdata(Child(head, "docdata"), page);
  ReadBodyHead(Descend(nitf, "body/body.head"), page.given);
  SetLine(page.given.headline, Child(head, "title"));
  const pugi::xml_node publication = Child(head, "pubdata");
  SetText(page.given.publisher, Attribute(publication, "name"));
  SetText(page.given.article_section, Attribute(publication, "position.section"));
  if (const auto day = Attribute(publication, "date.publication"); !day.empty())
    SetPublished(day, page.given);
  SetText(page.given.in_language, Attribute(nitf, "lang"));
  const pugi::xml_node content = BodyContent(nitf);
  AddNitfPictures(content, page.given);
  SetHtml(NitfBody(content), page);
}

std::optional<std::string> FillNitf(const pugi::xml_node& nitf, Page& page) {
  page.format_name = "nitf";
  AddNitf(nitf, page);
  if (IsWithdrawn(page.given)) return std::nullopt;
  if (page.owned.empty() && !page.given.headline) return "a document without text and headline";
  return std::nullopt;
}

namespace {

/// <newsitem> of Reuters' research corpora.
void ReadReuters(const pugi::xml_node& item, Page& page) {
  SetText(page.id, Attribute(item, "itemid"));
  SetPublished(Attribute(item, "date"), page.given);
  SetText(page.given.in_language, Attribute(item, "lang"));
  SetLine(page.given.headline, Child(item, "headline"));
  SetLine(page.given.location_created, Child(item, "dateline"));
  if (std::string by = LineOf(Child(item, "byline")); !by.empty())
    page.given.author = SplitByline(by);
  SetHtml(HtmlOf(Child(item, "text")), page);
}

pugi::xml_node FindContent(const pugi::xml_node& component, int depth) {
  if (const pugi::xml_node content = Descend(component, "ContentItem/DataContent")) return content;
  for (const pugi::xml_node& child : component.children()) {
    if (Local(child) != "NewsComponent" || depth >= 8) continue;
    if (const pugi::xml_node found = FindContent(child, depth + 1)) return found;
  }
  return {};
}

}  // namespace

std::optional<std::string> FillNewsMl1(const pugi::xml_node& item, Page& page) {
  page.format_name = "newsml1";
  if (Local(item) == "newsitem") {
    ReadReuters(item, page);
  } else {
    const pugi::xml_node identifier = Descend(item, "Identification/NewsIdentifier");
    SetLine(page.id, Child(identifier, "PublicIdentifier"));
    SetLine(page.given.version, Child(identifier, "RevisionId"));
    const pugi::xml_node management = Child(item, "NewsManagement");
    SetPublished(LineOf(Child(management, "FirstCreated")), page.given);
    SetDate(page.given.date_modified, LineOf(Child(management, "ThisRevisionCreated")));
    if (const auto status = Attribute(Child(management, "Status"), "FormalName"); !status.empty())
      page.given.creative_work_status = StatusOf(status);
    const pugi::xml_node component = Child(item, "NewsComponent");
    const pugi::xml_node lines = Child(component, "NewsLines");
    SetLine(page.given.headline, Child(lines, "HeadLine"));
    SetLine(page.given.alternative_headline, Child(lines, "SubHeadLine"));
    SetLine(page.given.dateline, Child(lines, "DateLine"));
    if (std::string by = LineOf(Child(lines, "ByLine")); !by.empty())
      page.given.author = SplitByline(by);
    const pugi::xml_node content = FindContent(component, 0);
    if (const pugi::xml_node nitf = Child(content, "nitf")) {
      AddNitf(nitf, page);
    } else if (content) {
      const bool markup = std::ranges::any_of(content.children(), [](const pugi::xml_node& node) {
        return node.type() == pugi::node_element;
      });
      markup ? SetHtml(HtmlOf(content), page) : SetMarkup(RawText(content), page);
    }
  }
  if (IsWithdrawn(page.given)) return std::nullopt;
  if (page.owned.empty() && !page.given.headline) return "an item without text and headline";
  return std::nullopt;
}

}  // namespace dateline::readers
