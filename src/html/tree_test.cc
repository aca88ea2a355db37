#include "html/tree.h"

#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <string>
#include <vector>

namespace dateline::html {
namespace {

/// "(p one (b two))": elements in brackets, text trimmed.
std::string Dump(const Tree& tree) {
  std::string out;
  std::vector<NodeIndex> ends;
  bool after_text = false;  // what markup that is nothing cut apart is shown as one
  for (NodeIndex at = 1; at < tree.nodes.size(); ++at) {
    while (!ends.empty() && ends.back() <= at) {
      out += ')';
      ends.pop_back();
      after_text = false;
    }
    const Node& node = tree.nodes[at];
    std::string text;
    if (node.text) {
      for (const char c : tree.TextOf(node)) {
        if (c != '\n') text += c;
      }
      if (text.empty()) continue;
    }
    if (!out.empty() && !(after_text && node.text)) out += ' ';
    after_text = node.text;
    if (node.text) {
      out += text;
    } else {
      out += '(';
      out += TagName(node.tag);
      ends.push_back(node.end);
    }
  }
  return out + std::string(ends.size(), ')');
}

struct Case {
  const char* name;
  const char* html;
  const char* tree;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class TreeOf : public testing::TestWithParam<Case> {};

TEST_P(TreeOf, IsThatOfABrowser) { EXPECT_EQ(Dump(ParseTree(GetParam().html)), GetParam().tree); }

INSTANTIATE_TEST_SUITE_P(
    Html, TreeOf,
    testing::Values(
        Case{"nesting", "<div><p>a<b>b</b></p></div>", "(div (p a (b b)))"},
        Case{"a paragraph ends where the next begins", "<p>a<p>b", "(p a) (p b)"},
        Case{"a block ends a paragraph", "<p>a<div>b</div>c", "(p a) (div b) c"},
        Case{"items end each other", "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>",
             "(ul (li a) (li b (ul (li c))) (li d))"},
        Case{"cells and rows end each other", "<table><tr><td>a<td>b<tr><th>c</table>d",
             "(table (tr (td a) (td b)) (tr (th c))) d"},
        Case{"an end tag inside a cell closes nothing outside of it",
             "<div><table><tr><td>a</div>b</table>c</div>d", "(div (table (tr (td ab))) c) d"},
        Case{"terms and descriptions", "<dl><dt>a<dd>b<dt>c</dl>", "(dl (dt a) (dd b) (dt c))"},
        Case{"void elements hold nothing", "<p>a<br>b<img src=x>c</p>", "(p a (br) b (img) c)"},
        Case{"the end tag of a line break is one", "a</br>b", "a (br) b"},
        Case{"an end tag without its start is nothing", "<div>a</span></p>b</div>", "(div ab)"},
        Case{"a start of an inline element inside blocks is not closed across them",
             "<span><div>a</span>b</div>c</span>d", "(span (div ab) c) d"},
        Case{"links do not nest", "<a href=1>a<a href=2>b</a>c", "(a a) (a b) c"},
        Case{"a form closed in between leaves the rest as it is", "<form><div>a</form>b</div>c",
             "(form (div ab)) c"},
        Case{"headings are ended by any heading's end", "<h2>a</h3>b", "(h2 a) b"},
        Case{"a heading begins behind an open one", "<h2>a<h3>b</h3>", "(h2 a) (h3 b)"},
        Case{"scripts are text up to their end", "<script>if (a < b) '<p>'</scripty></script >c",
             "(script if (a < b) '<p>'</scripty>) c"},
        Case{"a script without an end takes the rest", "a<script>b<p>c", "a (script b<p>c)"},
        Case{"titles hold no tags", "<title>a <b> c</title>", "(title a <b> c)"},
        Case{"comments", "a<!-- <p> -- > -->b<!-->c<!--->d<!-- x --!>e", "abcde"},
        Case{"a comment without an end takes the rest", "a<!-- b", "a"},
        Case{"declarations and instructions are nothing", "<!DOCTYPE html><?php x ?>a</ b>c", "ac"},
        Case{"a bracket that begins no tag is text", "1 < 2 <3 &lt; <", "1 < 2 <3 &lt; <"},
        Case{"a tag cut off by the end of the page is none", "a<p class='x", "a"},
        Case{"the head ends where text begins", "<head><meta name=x>a<p>b",
             "(head (meta)) a (p b)"},
        Case{"what follows the body belongs to it", "<body><p>a</body></html><p>b",
             "(body (p a) (p b))"},
        Case{"attributes may hold brackets", "<p title='a > b' class=\"<x>\">c", "(p c)"},
        Case{"a noscript is closed with what is open in it", "<noscript><div>a</noscript><p>b",
             "(noscript (div a)) (p b)"},
        Case{"other elements", "<my-app><foo>a</foo></my-app>", "(custom (other a))"},
        Case{"names in capitals", "<DIV><P>a</p></Div>", "(div (p a))"},
        Case{"NUL and control bytes are text", "<p>a\x01\x02</p>", "(p a\x01\x02)"}),
    [](const auto& each) {
      std::string name;
      for (const char c : std::string(each.param.name)) name += std::isalnum(c) != 0 ? c : '_';
      return name;
    });

TEST(Tree, KeepsTheAttributesThatMatterAndTheirFirstValue) {
  const Tree tree =
      ParseTree("<p CLASS=\"a b\" class=c data-x=1 id = 'd' hidden href=/e/f?g=1&h>x");
  const Node& p = tree.nodes[1];
  EXPECT_EQ(tree.Get(p, AttributeName::kClass), "a b");
  EXPECT_EQ(tree.Get(p, AttributeName::kId), "d");
  EXPECT_EQ(tree.Get(p, AttributeName::kHref), "/e/f?g=1&h");
  EXPECT_TRUE(tree.Find(p, AttributeName::kHidden));
  EXPECT_FALSE(tree.Find(p, AttributeName::kRel));
  EXPECT_EQ(p.attributes, 4);
}

TEST(Tree, ALinkClosedAcrossABlockRemembersWhereItEnded) {
  const Tree tree = ParseTree("<a><div>in</a>out</div>");
  ASSERT_EQ(tree.nodes.size(), 5U);  // the root, a, div and two texts
  EXPECT_EQ(tree.nodes[1].end, 5U);
  EXPECT_EQ(tree.nodes[1].closed, 4U);
  EXPECT_EQ(tree.TextOf(tree.nodes[4]), "out");
}

TEST(Tree, DeepNestingCostsNoMoreThanFlat) {
  std::string html;
  for (int i = 0; i < 200'000; ++i) html += "<div>";
  html += "x";
  for (int i = 0; i < 200'000; ++i) html += "</span></b></p></div>";
  const auto begin = std::chrono::steady_clock::now();
  const Tree tree = ParseTree(html);
  EXPECT_EQ(tree.nodes.size(), 200'002U);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Tree, SubtreesNestAndCoverTheirNodes) {
  const Tree tree = ParseTree("<div><ul><li>a<li><b>b</div>c<table><td>d<p>e</table>");
  for (NodeIndex at = 1; at < tree.nodes.size(); ++at) {
    const Node& node = tree.nodes[at];
    EXPECT_GT(node.end, at);
    EXPECT_LE(node.end, tree.nodes[node.parent].end);
    EXPECT_LE(node.closed, node.end);
    EXPECT_LT(node.parent, at);
  }
}

}  // namespace
}  // namespace dateline::html
