#include "page.h"

#include <gtest/gtest.h>

namespace dateline::cli {
namespace {

std::string Wrapped(std::string_view text, std::size_t width, std::size_t first = 0,
                    std::size_t indent = 0) {
  Page page({.width = width});
  page.Begin(first, indent);
  page.Add(text);
  page.End();
  return page.Take();
}

TEST(Page, LinesEndBetweenWords) {
  EXPECT_EQ(Wrapped("one two three", 7), "one two\nthree\n");
  EXPECT_EQ(Wrapped("one two three", 8), "one two\nthree\n");
  EXPECT_EQ(Wrapped("one two three", 13), "one two three\n");
}

TEST(Page, FurtherLinesAreIndented) {
  EXPECT_EQ(Wrapped("one two three", 9, 2, 4), "  one two\n    three\n");
}

TEST(Page, RunsOfWhiteSpaceAreOneSpace) { EXPECT_EQ(Wrapped("  one \n\t two  ", 80), "one two\n"); }

TEST(Page, AWordWiderThanTheLineStandsAlone) {
  EXPECT_EQ(Wrapped("a incomprehensible b", 6), "a\nincomprehensible\nb\n");
}

TEST(Page, WidthIsOfColumns) { EXPECT_EQ(Wrapped("東京 東京", 8), "東京\n東京\n"); }

TEST(Page, StylesDoNotPartWordsOrCountForWidth) {
  Page page({.width = 10, .color = true});
  page.Begin(0, 0);
  page.Add("ab", Style::kBold);
  page.Add("cd efghi");
  page.End();
  EXPECT_EQ(page.Take(), "\x1b[0;1mab\x1b[0mcd efghi\n");
}

TEST(Page, AStyleEndsWithTheParagraph) {
  Page page({.width = 80, .color = true});
  page.Paragraph("Title", 0, Style::kBold);
  EXPECT_EQ(page.Take(), "\x1b[0;1mTitle\x1b[0m\n");
}

TEST(Page, WithoutColourThereAreNoCodes) {
  Page page({.width = 80, .color = false});
  page.Paragraph("Title", 2, Style::kBold);
  EXPECT_EQ(page.Take(), "  Title\n");
}

}  // namespace
}  // namespace dateline::cli
