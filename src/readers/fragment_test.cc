#include "readers/fragment.h"

#include <gtest/gtest.h>

#include <string>

namespace dateline::readers {
namespace {

struct Case {
  const char* html;
  const char* text;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.html; }

class Fragment : public testing::TestWithParam<Case> {};

TEST_P(Fragment, GivesItsText) { EXPECT_EQ(FragmentText(GetParam().html), GetParam().text); }

INSTANTIATE_TEST_SUITE_P(
    Fragments, Fragment,
    testing::Values(Case{"<p>One.</p>\n<p>Two <b>bold</b> <i>words</i>.</p>",
                         "One.\n\nTwo bold words."},
                    Case{"One<br>two<br/><br/>three", "One\ntwo\n\nthree"},
                    Case{"<ul><li>a<li>b</ul>c", "a\n\nb\n\nc"},
                    Case{"a<script>if (x < 3) y('</p>')</script>b", "ab"},
                    Case{"a<!-- <p> -->b<style>p{}</style>c", "abc"},
                    Case{"x < y and <3 and <Ann> <-", "x < y and <3 and <Ann> <-"},
                    Case{"<a href=\"x>y\" title='>'>link</a>.", "link."},
                    Case{"cut <a href=\"never closed", "cut <a href=\"never closed"},
                    Case{"<P CLASS=x>Loud</P>", "Loud"}, Case{"", ""}, Case{"<p></p>", ""}));

TEST(PlainLine, HasNoTagsEntitiesAndLineEnds) {
  EXPECT_EQ(PlainLine(" <b>Trade</b> &amp;amp; &#8216;ports&#8217;\n open "),
            "Trade & ‘ports’ open");
  EXPECT_EQ(PlainLine("AT&T; x &unknown; y"), "AT&T; x &unknown; y");
}

TEST(LooksLike, PagesFragmentsAndTextAreToldApart) {
  EXPECT_TRUE(LooksLikeHtmlPage("\xEF\xBB\xBF <!-- x -->\n<!DOCTYPE HTML PUBLIC \"x\"><p>"));
  EXPECT_TRUE(LooksLikeHtmlPage("<html lang=en><body>"));
  EXPECT_FALSE(LooksLikeHtmlPage("<p>x</p>"));
  EXPECT_TRUE(LooksLikeFragment(" <div><p>x</p></div>"));
  EXPECT_TRUE(LooksLikeFragment("Read <a href='x'>more</a>"));
  EXPECT_FALSE(LooksLikeFragment("<3 is a heart, and x < y"));
  EXPECT_FALSE(LooksLikeFragment("The dam opened."));
}

TEST(Fragments, AMillionOpenTagsTakeLinearTime) {
  std::string html;
  for (int i = 0; i < 1'000'000; ++i) html += "<a ";
  EXPECT_EQ(FragmentText(html).size(), html.size() - 1);
}

}  // namespace
}  // namespace dateline::readers
