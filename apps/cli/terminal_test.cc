#include "terminal.h"

#include <gtest/gtest.h>

namespace dateline::cli {
namespace {

struct PrintableCase {
  const char* name;
  std::string_view text;
  std::string_view shown;
};

class PrintableTest : public ::testing::TestWithParam<PrintableCase> {};

TEST_P(PrintableTest, IsShownAndNotObeyed) {
  EXPECT_EQ(Printable(GetParam().text), GetParam().shown);
}

using namespace std::string_view_literals;

INSTANTIATE_TEST_SUITE_P(
    Texts, PrintableTest,
    ::testing::Values(PrintableCase{"Plain", "The minister said", "The minister said"},
                      PrintableCase{"OtherScripts", "Zürich 東京 Київ", "Zürich 東京 Київ"},
                      PrintableCase{"LineEndsAndTabs", "a\r\nb\tc", "a  b c"},
                      PrintableCase{"EscapeSequence", "\x1b[31mred", "\\x1b[31mred"},
                      PrintableCase{"TitleSequence", "\x1b]0;owned\x07", "\\x1b]0;owned\\x07"},
                      PrintableCase{"NulAndDelete", "a\0b\x7f"sv, "a\\x00b\\x7f"},
                      PrintableCase{"EightBitControl", "a\u009b31m", "a\\x9b31m"},
                      PrintableCase{"RightToLeftOverride", "exe\u202etxt", "exe\\u202etxt"},
                      PrintableCase{"Isolates", "\u2066a\u2069", "\\u2066a\\u2069"},
                      PrintableCase{"LineSeparator", "a\u2028b", "a\\u2028b"},
                      PrintableCase{"NotUtf8", "caf\xe9", "caf\\xe9"},
                      PrintableCase{"CutUtf8", "a\xe2\x82", "a\\xe2\\x82"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth(""), 0U);
  EXPECT_EQ(DisplayWidth("Zürich"), 6U);
  EXPECT_EQ(DisplayWidth("東京"), 4U) << "wide characters take two columns";
  EXPECT_EQ(DisplayWidth("e\u0301"), 1U) << "a combining accent takes none";
}

}  // namespace
}  // namespace dateline::cli
