/// A page of HTML as a tree: what a browser would make of it, as far as text depends on it.
///
///   const Tree tree = ParseTree(utf8);
///   for (NodeIndex at = 0; at < tree.nodes.size(); ++at) Use(tree.nodes[at]);
///
/// Nodes stand in the order of the page, so the subtree of a node is the stretch [at, node.end) and
/// no walk needs recursion, however deep the nesting. The tree refers to the page by byte ranges
/// and copies nothing. Nothing is run, fetched or expanded.
///
/// The rules are those of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html):
/// elements without end tags, raw text, comments, end tags in the wrong order. What differs is
/// listed in README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "html/tag.h"

namespace dateline::html {

/// The attributes that are kept; all others are dropped while parsing.
enum class AttributeName : std::uint8_t {
  kAlt,
  kAriaHidden,
  kCharset,
  kClass,
  kContent,
  kData,  ///< data-component, data-testid and the like: what a part of the page is called
  kDatetime,
  kHidden,
  kHref,
  kHttpEquiv,
  kId,
  kItemprop,
  kItemscope,
  kItemtype,
  kLang,
  kName,
  kProperty,
  kRel,
  kRole,
  kSrc,
  kStyle,
  kTitle,
  kType,
  kOther,
};

/// `value` as written, its entities not decoded.
struct Attribute {
  AttributeName name = AttributeName::kOther;
  std::string_view value;
};

using NodeIndex = std::uint32_t;

struct Node {
  NodeIndex parent = 0;  ///< 0 also of the root, which is its own parent
  NodeIndex end = 0;     ///< behind the last node of its subtree
  /// Where its end tag stood in the order of nodes: `end` for most, earlier for an element that was
  /// closed while others were open inside it ("<a><div>x</a>y</div>").
  NodeIndex closed = 0;
  std::uint32_t begin = 0;   ///< bytes of the text, or of the start tag
  std::uint32_t finish = 0;  ///< behind them
  std::uint32_t attribute = 0;
  std::uint16_t attributes = 0;
  Tag tag = Tag::kOther;
  bool text = false;  ///< a stretch of text; `tag` is that of nothing
  bool tip = false;   ///< a tip in a line of text, which a browser shows when it is pointed at
};

/// Whether what stands in an element is no text of the page.
inline bool IsNoText(const Node& node) { return node.tip || Has(node.tag, Trait::kHidden); }

struct Tree {
  std::string_view source;
  std::vector<Node> nodes;  ///< nodes[0] is the root, which is no element of the page
  std::vector<Attribute> attributes;

  [[nodiscard]] std::string_view TextOf(const Node& node) const {
    return source.substr(node.begin, node.finish - node.begin);
  }
  /// The first attribute of that name; absent when there is none.
  [[nodiscard]] std::optional<std::string_view> Find(const Node& node, AttributeName name) const;
  /// The same, "" for none.
  [[nodiscard]] std::string_view Get(const Node& node, AttributeName name) const {
    return Find(node, name).value_or("");
  }
};

struct TreeOptions {
  /// Templates in scripts and what stands for readers without scripts are read as if they stood in
  /// the page.
  bool open_templates = false;
};

/// REQUIRES: valid UTF-8 below 4 GiB. Any bytes give a tree. Linear in time and memory.
Tree ParseTree(std::string_view utf8, const TreeOptions& options = {});

}  // namespace dateline::html
