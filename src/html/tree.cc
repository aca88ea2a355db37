// One pass over the page. The tokeniser finds the next '<' and tells what begins there; the builder
// keeps the stack of open elements and decides what a tag opens and closes.
//
// A browser asks "is there such an element open in this scope?" by walking its stack, which on
// pages of thousands of nested elements costs the square of their number. Here each tag remembers
// the place of its last open element, and each opener of a scope the place of the one around it, so
// every such question is one comparison.
//
// Formatting elements that are closed while blocks are open inside them would be split in two by
// the standard's adoption agency. Here the element keeps its place and remembers at which node it
// was closed (Node::closed), which is all that the density of links depends on. A form closed
// inside another element is treated alike, as the standard has it.
#include "html/tree.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/ascii.h"

namespace dateline::html {
namespace {

using base::IsLetter;
using base::Lower;

constexpr std::uint32_t kNone = 0xFFFFFFFFU;

constexpr bool IsSpace(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

struct NamedAttribute {
  std::string_view name;
  AttributeName value;
};
constexpr auto kAttributes = std::to_array<NamedAttribute>({
    {"class", AttributeName::kClass},
    {"href", AttributeName::kHref},
    {"id", AttributeName::kId},
    {"style", AttributeName::kStyle},
    {"src", AttributeName::kSrc},
    {"rel", AttributeName::kRel},
    {"name", AttributeName::kName},
    {"content", AttributeName::kContent},
    {"property", AttributeName::kProperty},
    {"type", AttributeName::kType},
    {"alt", AttributeName::kAlt},
    {"title", AttributeName::kTitle},
    {"role", AttributeName::kRole},
    {"lang", AttributeName::kLang},
    {"xml:lang", AttributeName::kLang},
    {"hidden", AttributeName::kHidden},
    {"charset", AttributeName::kCharset},
    {"datetime", AttributeName::kDatetime},
    {"itemprop", AttributeName::kItemprop},
    {"itemtype", AttributeName::kItemtype},
    {"itemscope", AttributeName::kItemscope},
    {"http-equiv", AttributeName::kHttpEquiv},
    {"aria-hidden", AttributeName::kAriaHidden},
    {"data-qa", AttributeName::kData},
    {"data-role", AttributeName::kData},
    {"data-type", AttributeName::kData},
    {"data-module", AttributeName::kData},
    {"data-testid", AttributeName::kData},
    {"data-test-id", AttributeName::kData},
    {"data-component", AttributeName::kData},
});

AttributeName NameOf(std::string_view name) {
  for (const NamedAttribute& known : kAttributes) {
    if (SameName(name, known.name)) return known.value;
  }
  return AttributeName::kOther;
}

/// Finds `lower` (lower case) in any case, from `at` on; the end when it is not there.
std::size_t FindNoCase(std::string_view text, std::string_view lower, std::size_t at) {
  while (at + lower.size() <= text.size()) {
    const std::size_t found = text.find(lower.front(), at);
    if (found == text.npos || found + lower.size() > text.size()) break;
    if (SameName(text.substr(found, lower.size()), lower)) return found;
    at = found + 1;
  }
  return text.size();
}

struct StartTag {
  Tag tag = Tag::kOther;
  std::uint32_t attribute = 0;
  std::uint16_t attributes = 0;
  bool self_closing = false;
};

class Builder {
 public:
  Builder(std::string_view source, const TreeOptions& options) : options_(options) {
    tree_.source = source;
    last_.fill(kNone);
    tree_.nodes.reserve(source.size() / 24 + 16);
    tree_.attributes.reserve(source.size() / 48 + 16);
    tree_.nodes.emplace_back();
    open_.push_back({.node = 0, .tag = Tag::kOther, .before = kNone, .scope = 0, .list = 0});
  }

  Tree Build() {
    const std::string_view source = tree_.source;
    while (at_ < source.size()) {
      const std::size_t open = std::min(source.find('<', at_), source.size());
      if (open > at_) Text(at_, open);
      at_ = open;
      if (at_ < source.size()) Markup();
    }
    while (!open_.empty()) PopTop();
    return std::move(tree_);
  }

 private:
  struct Open {
    NodeIndex node = 0;
    Tag tag = Tag::kOther;
    std::uint32_t before = kNone;  ///< place on the stack of the same tag's open element below
    std::uint32_t scope = 0;       ///< place of the innermost opener of a scope, this one included
    std::uint32_t list = 0;        ///< the same of a list scope
    bool ended = false;            ///< its end tag was met while others were open inside it
    bool tip = false;              ///< it or one around it in a line is called a tip
  };

  // ------------------------------------------------------------------ the tokeniser

  void Text(std::size_t begin, std::size_t end) {
    if (InHead() && !AllSpace(begin, end)) PopThrough(last_[Index(Tag::kHead)]);
    AppendText(begin, end);
  }

  [[nodiscard]] bool AllSpace(std::size_t begin, std::size_t end) const {
    return std::ranges::all_of(tree_.source.substr(begin, end - begin), IsSpace);
  }

  void AppendText(std::size_t begin, std::size_t end) {
    // What a stray '<' cut apart is one stretch.
    Node& last = tree_.nodes.back();
    if (last.text && last.finish == begin && last.parent == open_.back().node) {
      last.finish = static_cast<std::uint32_t>(end);
      return;
    }
    Node node;
    node.text = true;
    Append(node, begin, end);
    tree_.nodes.back().end = static_cast<NodeIndex>(tree_.nodes.size());
    tree_.nodes.back().closed = tree_.nodes.back().end;
  }

  void Append(Node& node, std::size_t begin, std::size_t end) {
    node.parent = open_.back().node;
    node.begin = static_cast<std::uint32_t>(begin);
    node.finish = static_cast<std::uint32_t>(end);
    tree_.nodes.push_back(node);
  }

  [[nodiscard]] char CharAt(std::size_t at) const {
    return at < tree_.source.size() ? tree_.source[at] : '\0';
  }

  /// What begins with the '<' at at_.
  void Markup() {
    const char next = CharAt(at_ + 1);
    if (IsLetter(next)) return BeginTag();
    if (next == '/') {
      if (IsLetter(CharAt(at_ + 2))) return EndTag();
      return CharAt(at_ + 2) == '\0' ? LooseBracket() : Bogus();
    }
    if (next == '!') return Declaration();
    if (next == '?') return Bogus();
    LooseBracket();
  }

  void LooseBracket() {
    Text(at_, at_ + 1);
    ++at_;
  }

  void Bogus() { at_ = PastFirst('>', at_ + 2); }

  [[nodiscard]] std::size_t PastFirst(char c, std::size_t from) const {
    const std::size_t found = tree_.source.find(c, from);
    return found == std::string_view::npos ? tree_.source.size() : found + 1;
  }

  void Declaration() {
    const std::string_view rest = tree_.source.substr(at_);
    if (rest.starts_with("<!--")) return Comment();
    if (rest.starts_with("<![CDATA[") && (last_[Index(Tag::kSvg)] != kNone)) {
      const std::size_t end = rest.find("]]>");
      at_ = end == rest.npos ? tree_.source.size() : at_ + end + 3;
      return;
    }
    Bogus();
  }

  void Comment() {
    // "<!-->" and "<!--->" are whole; "--!>" ends one too.
    std::size_t at = at_ + 4;
    if (CharAt(at) == '>') {
      at_ = at + 1;
      return;
    }
    if (CharAt(at) == '-' && CharAt(at + 1) == '>') {
      at_ = at + 2;
      return;
    }
    for (;;) {
      at = tree_.source.find("--", at);
      if (at == std::string_view::npos) {
        at_ = tree_.source.size();
        return;
      }
      const std::size_t behind = at + 2 + (CharAt(at + 2) == '!' ? 1 : 0);
      if (CharAt(behind) == '>') {
        at_ = behind + 1;
        return;
      }
      ++at;
    }
  }

  /// The name that begins at `at`.
  [[nodiscard]] std::string_view NameAt(std::size_t at) const {
    std::size_t end = at;
    while (end < tree_.source.size() && !IsSpace(tree_.source[end]) && tree_.source[end] != '/' &&
           tree_.source[end] != '>') {
      ++end;
    }
    return tree_.source.substr(at, end - at);
  }

  void BeginTag() {
    const std::size_t begin = at_;
    const std::string_view name = NameAt(at_ + 1);
    StartTag start{.tag = TagOf(name)};
    start.attribute = static_cast<std::uint32_t>(tree_.attributes.size());
    if (!Attributes(at_ + 1 + name.size(), start)) {
      // The page ends within the tag: it is not one.
      tree_.attributes.resize(start.attribute);
      at_ = tree_.source.size();
      return;
    }
    start.attributes = static_cast<std::uint16_t>(
        std::min<std::size_t>(tree_.attributes.size() - start.attribute, 0xFFFF));
    if (options_.open_templates && IsTemplate(start)) start.tag = Tag::kDiv;
    Start(start, begin);
  }

  [[nodiscard]] bool IsTemplate(const StartTag& start) const {
    if (start.tag == Tag::kNoscript || start.tag == Tag::kTemplate) return true;
    if (start.tag != Tag::kScript) return false;
    for (std::size_t i = 0; i < start.attributes; ++i) {
      const Attribute& attribute = tree_.attributes[start.attribute + i];
      if (attribute.name == AttributeName::kType)
        return attribute.value.contains("template") || attribute.value.contains("html");
    }
    return false;
  }

  void EndTag() {
    const std::string_view name = NameAt(at_ + 2);
    StartTag ignored;
    const std::size_t kept = tree_.attributes.size();
    const bool whole = Attributes(at_ + 2 + name.size(), ignored);
    tree_.attributes.resize(kept);
    if (!whole) {
      at_ = tree_.source.size();
      return;
    }
    End(TagOf(name));
  }

  /// Reads attributes up to the '>' and steps behind it; false when there is none.
  bool Attributes(std::size_t at, StartTag& start) {
    const std::string_view source = tree_.source;
    for (;;) {
      while (at < source.size() && (IsSpace(source[at]) || source[at] == '/')) {
        start.self_closing = source[at] == '/';
        ++at;
      }
      if (at >= source.size()) return false;
      if (source[at] == '>') {
        at_ = at + 1;
        return true;
      }
      start.self_closing = false;
      at = OneAttribute(at, start.attribute);
    }
  }

  /// Reads one attribute; returns where what follows it begins.
  std::size_t OneAttribute(std::size_t at, std::uint32_t first) {
    const std::string_view source = tree_.source;
    const std::size_t begin = at++;  // a name may begin with any byte, even '='
    while (at < source.size() && !IsSpace(source[at]) && source[at] != '=' && source[at] != '>' &&
           source[at] != '/') {
      ++at;
    }
    const std::string_view name = source.substr(begin, at - begin);
    std::size_t equals = at;
    while (equals < source.size() && IsSpace(source[equals])) ++equals;
    std::string_view value;
    if (equals < source.size() && source[equals] == '=') {
      ++equals;
      while (equals < source.size() && IsSpace(source[equals])) ++equals;
      value = Value(equals);
      at = equals;
    }
    Keep(name, value, first);
    return at;
  }

  /// Reads the value that begins at `at` and steps behind it.
  [[nodiscard]] std::string_view Value(std::size_t& at) const {
    const std::string_view source = tree_.source;
    if (at >= source.size()) return {};
    const char quote = source[at];
    std::size_t end = at;
    if (quote == '"' || quote == '\'') {
      end = std::min(source.find(quote, at + 1), source.size());
      const std::string_view value = source.substr(at + 1, end - at - 1);
      at = std::min(end + 1, source.size());
      return value;
    }
    while (end < source.size() && !IsSpace(source[end]) && source[end] != '>') ++end;
    const std::string_view value = source.substr(at, end - at);
    at = end;
    return value;
  }

  /// The first attribute of a name counts.
  void Keep(std::string_view name, std::string_view value, std::uint32_t first) {
    const AttributeName known = NameOf(name);
    if (known == AttributeName::kOther) return;
    for (std::size_t i = first; i < tree_.attributes.size(); ++i) {
      if (tree_.attributes[i].name == known) return;
    }
    tree_.attributes.push_back({known, value});
  }

  // ------------------------------------------------------------------ the stack

  static std::size_t Index(Tag tag) { return static_cast<std::size_t>(tag); }

  [[nodiscard]] bool InHead() const { return open_.back().tag == Tag::kHead; }

  void Push(const StartTag& start, std::size_t begin) {
    Node node;
    node.tag = start.tag;
    node.attribute = start.attribute;
    node.attributes = start.attributes;
    const auto place = static_cast<std::uint32_t>(open_.size());
    const Open& top = open_.back();
    const bool named = NamesTip(node);
    node.tip = named && top.tip;
    Append(node, begin, at_);
    open_.push_back({.node = static_cast<NodeIndex>(tree_.nodes.size() - 1),
                     .tag = start.tag,
                     .before = last_[Index(start.tag)],
                     .scope = Has(start.tag, Trait::kScope) ? place : top.scope,
                     .list = Has(start.tag, Trait::kListScope) ? place : top.list,
                     .tip = top.tip || (named && start.tag == Tag::kSpan)});
    last_[Index(start.tag)] = place;
  }

  /// Whether an element in a line is called a tip. The word that the tip is for is often in an
  /// element called so too; the tip is the inner one of two.
  [[nodiscard]] bool NamesTip(const Node& node) const {
    if (node.attributes == 0 || (node.tag != Tag::kSpan && node.tag != Tag::kDiv)) return false;
    const std::string_view name = tree_.Get(node, AttributeName::kClass);
    static constexpr auto kNames = std::to_array<std::string_view>(
        {"tooltip", "popover", "rollover", "hovercard", "hover-card", "tippy"});
    return std::ranges::any_of(kNames, [&](std::string_view word) { return name.contains(word); });
  }

  void PopTop() {
    const Open top = open_.back();
    Node& node = tree_.nodes[top.node];
    node.end = static_cast<NodeIndex>(tree_.nodes.size());
    if (!top.ended) node.closed = node.end;
    if (!top.ended) last_[Index(top.tag)] = top.before;
    open_.pop_back();
  }

  /// Closes everything from the top down to the place, it included, and what below it has ended.
  void PopThrough(std::uint32_t place) {
    while (open_.size() > place) PopTop();
    while (open_.size() > 1 && open_.back().ended) PopTop();
  }

  /// Whether an element of the tag is open within the innermost scope.
  [[nodiscard]] bool InScope(Tag tag) const {
    const std::uint32_t place = last_[Index(tag)];
    return place != kNone && place >= open_.back().scope;
  }

  void CloseP() {
    if (InScope(Tag::kP)) PopThrough(last_[Index(Tag::kP)]);
  }

  void CloseItem(Tag tag) {
    const std::uint32_t place = last_[Index(tag)];
    if (place == kNone) return;
    // A description's parts open scopes of their own.
    const std::uint32_t list = open_.back().list;
    if (place >= list) PopThrough(place);
  }

  /// Closes the cells and rows that stand between the innermost table and the top.
  void CloseInTable(std::initializer_list<Tag> tags) {
    const std::uint32_t table = last_[Index(Tag::kTable)];
    const std::uint32_t floor = table == kNone ? 0 : table;
    std::uint32_t lowest = kNone;
    for (const Tag tag : tags) {
      const std::uint32_t place = last_[Index(tag)];
      if (place != kNone && place > floor) lowest = std::min(lowest, place);
    }
    if (lowest != kNone) PopThrough(lowest);
  }

  void Start(const StartTag& start, std::size_t begin) {
    if (Ignored(start.tag)) return;
    MakeRoom(start.tag);
    Push(start, begin);
    const bool closed_foreign = start.self_closing && last_[Index(Tag::kSvg)] != kNone;
    if (Has(start.tag, Trait::kRawText)) {
      RawText(start.tag);
    } else if (Has(start.tag, Trait::kVoid) || closed_foreign) {
      PopTop();
    }
  }

  /// A second html or body adds nothing.
  [[nodiscard]] bool Ignored(Tag tag) const {
    return (tag == Tag::kHtml || tag == Tag::kBody || tag == Tag::kHead) &&
           (last_[Index(tag)] != kNone || (tag == Tag::kHead && last_[Index(Tag::kBody)] != kNone));
  }

  /// Closes what cannot stay open when the tag begins.
  void MakeRoom(Tag tag) {
    using enum Tag;
    if (InHead() && !Has(tag, Trait::kHead)) PopThrough(last_[Index(kHead)]);
    if (Has(tag, Trait::kClosesP)) CloseP();
    switch (tag) {
      case kLi:
        return CloseItem(kLi);
      case kDd:
      case kDt:
        CloseDescription();
        return;
      case kOption:
      case kOptgroup:
        if (open_.back().tag == kOption) PopTop();
        if (tag == kOptgroup && open_.back().tag == kOptgroup) PopTop();
        return;
      case kTd:
      case kTh:
        return CloseInTable({kTd, kTh, kCaption});
      case kTr:
        return CloseInTable({kTr, kCaption, kColgroup});
      case kTbody:
      case kThead:
      case kTfoot:
        return CloseInTable({kTbody, kThead, kTfoot, kTr, kCaption, kColgroup});
      case kA:
        if (InScope(kA)) End(kA);
        return;
      default:
        if (Has(tag, Trait::kHeading) && Has(open_.back().tag, Trait::kHeading)) PopTop();
    }
  }

  void CloseDescription() {
    const Tag open = open_[open_.back().list].tag;
    if (open == Tag::kDd || open == Tag::kDt) PopThrough(open_.back().list);
  }

  void End(Tag tag) {
    using enum Tag;
    if (tag == kBr) {  // "</br>" is a line end
      Push({.tag = kBr, .attribute = static_cast<std::uint32_t>(tree_.attributes.size())}, at_);
      PopTop();
      return;
    }
    if (tag == kBody || tag == kHtml) return;  // what follows still belongs to the body
    if (Has(tag, Trait::kHeading)) return EndHeading();
    const std::uint32_t place = last_[Index(tag)];
    if (place == kNone || place == 0) return;
    if (OutOfScope(tag, place)) return;
    if (Has(tag, Trait::kFormatting) && !OnlyInlineAbove(place)) {
      MarkEnded(place);
      return;
    }
    if (Has(tag, Trait::kInline) && !OnlyInlineAbove(place)) return;
    PopThrough(place);
  }

  /// Whether the open element at the place is none that an end tag of its name can end here.
  [[nodiscard]] bool OutOfScope(Tag tag, std::uint32_t place) const {
    using enum Tag;
    const auto inside = [&](Tag other) {
      return last_[Index(other)] != kNone && last_[Index(other)] > place;
    };
    switch (tag) {
      case kTd:
      case kTh:
      case kTr:
      case kTbody:
      case kThead:
      case kTfoot:
      case kCaption:
        return inside(kTable);
      case kLi:
        return inside(kUl) || inside(kOl) || place < open_.back().scope;
      default:
        return place < open_.back().scope && !Has(tag, Trait::kScope);
    }
  }

  void MarkEnded(std::uint32_t place) {
    Open& open = open_[place];
    if (open.ended) return;
    open.ended = true;
    tree_.nodes[open.node].closed = static_cast<NodeIndex>(tree_.nodes.size());
    // The next start tag of its kind does not look for it any more.
    last_[Index(open.tag)] = open.before;
  }

  /// Looks at no more of the stack than a page ever nests inline elements.
  [[nodiscard]] bool OnlyInlineAbove(std::uint32_t place) const {
    constexpr std::size_t kFar = 64;
    if (open_.size() - place > kFar) return false;
    for (std::size_t i = place + 1; i < open_.size(); ++i) {
      if (Has(open_[i].tag, Trait::kBlock)) return false;
    }
    return true;
  }

  /// The end tag of any heading ends the one that is open.
  void EndHeading() {
    using enum Tag;
    std::uint32_t place = kNone;
    for (const Tag tag : {kH1, kH2, kH3, kH4, kH5, kH6}) {
      const std::uint32_t open = last_[Index(tag)];
      if (open != kNone && open >= open_.back().scope && (place == kNone || open > place))
        place = open;
    }
    if (place != kNone) PopThrough(place);
  }

  // ------------------------------------------------------------------ raw text

  void RawText(Tag tag) {
    std::string end = "</";
    end += TagName(tag);
    std::size_t at = at_;
    for (;;) {
      at = FindNoCase(tree_.source, end, at);
      const char behind = CharAt(at + end.size());
      if (at >= tree_.source.size() || IsSpace(behind) || behind == '/' || behind == '>') break;
      ++at;
    }
    if (at > at_) AppendText(at_, at);
    PopTop();
    at_ = at < tree_.source.size() ? PastFirst('>', at) : at;
  }

  TreeOptions options_;
  Tree tree_;
  std::vector<Open> open_;
  std::array<std::uint32_t, kTagCount>
      last_{};  ///< place on the stack of each tag's innermost element
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::string_view> Tree::Find(const Node& node, AttributeName name) const {
  for (std::size_t i = 0; i < node.attributes; ++i) {
    const Attribute& attribute = attributes[node.attribute + i];
    if (attribute.name == name) return attribute.value;
  }
  return std::nullopt;
}

Tree ParseTree(std::string_view utf8, const TreeOptions& options) {
  return Builder(utf8, options).Build();
}

}  // namespace dateline::html
