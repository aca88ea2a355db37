#include "html/facts.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "html/plain.h"

namespace dateline::html {
namespace {

/// The last part of "https://schema.org/NewsArticle".
std::string_view LastPart(std::string_view type) {
  type = TrimAscii(type);
  type = type.substr(0, type.find_first_of(" \t\n"));
  return type.substr(type.rfind('/') + 1);
}

class Gatherer {
 public:
  explicit Gatherer(const Tree& tree) : tree_(tree) {}

  Facts Gather() {
    const auto count = static_cast<NodeIndex>(tree_.nodes.size());
    for (NodeIndex at = 1; at < count; ++at) {
      if (!tree_.nodes[at].text) Element(at, tree_.nodes[at]);
    }
    facts_.stated = ReadJsonLd(scripts_);
    return std::move(facts_);
  }

 private:
  void Element(NodeIndex at, const Node& node) {
    while (!scopes_.empty() && scopes_.back().end <= at) scopes_.pop_back();
    switch (node.tag) {
      case Tag::kMeta:
        AddMeta(node);
        break;
      case Tag::kScript:
        AddScript(at, node);
        return;
      case Tag::kTitle:
        if (!facts_.title && !InSvg(node)) facts_.title = TitleOf(at, node);
        return;
      case Tag::kLink:
        AddLink(node);
        break;
      case Tag::kTime:
        facts_.times.push_back({at, tree_.Get(node, AttributeName::kDatetime)});
        break;
      case Tag::kHtml:
        if (const auto lang = tree_.Find(node, AttributeName::kLang))
          facts_.language = PlainLine(*lang);
        break;
      case Tag::kBody:
        facts_.body = at;
        break;
      default:
        if (Has(node.tag, Trait::kHeading)) facts_.headings.push_back(at);
    }
    Microdata(at, node);
  }

  [[nodiscard]] bool InSvg(const Node& node) const {
    const Tag around = tree_.nodes[node.parent].tag;
    return around == Tag::kSvg || (around == Tag::kOther && node.parent != 0);
  }

  [[nodiscard]] std::optional<std::string> TitleOf(NodeIndex at, const Node& node) const {
    if (node.end == at + 1) return std::nullopt;
    std::string line = PlainLine(tree_.TextOf(tree_.nodes[at + 1]));
    return line.empty() ? std::nullopt : std::optional(std::move(line));
  }

  void AddMeta(const Node& node) {
    const auto content = tree_.Find(node, AttributeName::kContent);
    if (!content) return;
    for (const AttributeName key : {AttributeName::kProperty, AttributeName::kName,
                                    AttributeName::kItemprop, AttributeName::kHttpEquiv}) {
      const std::string_view name = TrimAscii(tree_.Get(node, key));
      if (!name.empty() && key != AttributeName::kItemprop)
        facts_.meta.push_back({base::Lower(name), *content});
    }
  }

  void AddScript(NodeIndex at, const Node& node) {
    const std::string_view type = tree_.Get(node, AttributeName::kType);
    if (type.size() < 19 || base::Lower(TrimAscii(type)) != "application/ld+json") return;
    if (node.end > at + 1) scripts_.push_back(tree_.TextOf(tree_.nodes[at + 1]));
  }

  void AddLink(const Node& node) {
    if (facts_.canonical || base::Lower(tree_.Get(node, AttributeName::kRel)) != "canonical")
      return;
    std::string href = PlainLine(tree_.Get(node, AttributeName::kHref));
    if (!href.empty()) facts_.canonical = std::move(href);
  }

  void Microdata(NodeIndex at, const Node& node) {
    if (node.attributes == 0) return;
    if (const auto property = tree_.Find(node, AttributeName::kItemprop)) {
      const std::string_view scope = scopes_.empty() ? std::string_view() : scopes_.back().type;
      std::string_view names = TrimAscii(*property);
      while (!names.empty()) {
        const std::size_t end = std::min(names.find(' '), names.size());
        facts_.properties.push_back({at, names.substr(0, end), scope});
        names = TrimAscii(names.substr(end));
      }
    }
    if (tree_.Find(node, AttributeName::kItemscope) || tree_.Find(node, AttributeName::kItemtype))
      scopes_.push_back({node.end, LastPart(tree_.Get(node, AttributeName::kItemtype))});
  }

  struct Scope {
    NodeIndex end = 0;
    std::string_view type;
  };

  const Tree& tree_;
  Facts facts_;
  std::vector<std::string_view> scripts_;
  std::vector<Scope> scopes_;
};

}  // namespace

std::optional<std::string> Facts::First(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    for (const Meta& each : meta) {
      if (each.name != name) continue;
      std::string line = PlainLine(each.content);
      if (!line.empty()) return line;
    }
  }
  return std::nullopt;
}

Facts GatherFacts(const Tree& tree) { return Gatherer(tree).Gather(); }

}  // namespace dateline::html
