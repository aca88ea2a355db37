#include "text/normalise.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "text/charsets.h"
#include "text/unicode.h"

namespace dateline::text {
namespace {

using namespace std::string_view_literals;
using namespace std::string_literals;

struct Case {
  std::string_view name;
  std::string_view bytes;
  std::string_view text;
  std::string_view encoding = "utf-8";
  std::uint32_t replaced = 0;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class NormaliseCases : public testing::TestWithParam<Case> {};

TEST_P(NormaliseCases, GivesTheText) {
  const Case& c = GetParam();
  const auto normalised = Normalise(c.bytes);
  ASSERT_TRUE(normalised.has_value()) << normalised.error().Text();
  EXPECT_EQ(normalised->text, c.text);
  EXPECT_EQ(normalised->encoding, c.encoding);
  EXPECT_EQ(normalised->replaced, c.replaced);
}

INSTANTIATE_TEST_SUITE_P(
    WhiteSpace, NormaliseCases,
    testing::Values(
        Case{"Empty", "", ""},
        Case{"PlainStaysAsItIs", "Two  spaces,\n\nthree lines\n", "Two  spaces,\n\nthree lines\n"},
        Case{"CrLf", "one\r\ntwo\r\n", "one\ntwo\n"}, Case{"LoneCr", "one\rtwo\r", "one\ntwo\n"},
        Case{"MixedEnds", "a\r\nb\nc\rd\n\re", "a\nb\nc\nd\n\ne"},
        Case{"EntityCrBeforeLf", "a&#13;\nb&#xD;&#xA;c", "a\nb\nc"},
        Case{"NextLine", "a\u0085b", "a\nb"},
        Case{"LineAndParagraphSeparators", "a\u2028b\u2029c", "a\nb\nc"},
        Case{"FormFeedAndVerticalTab", "a\fb\vc", "a\nb\nc"}, Case{"Tab", "a\tb", "a b"},
        Case{"NoBreakSpaces", "5\u00A0000\u202Fkm\u00A0\u00A0", "5 000 km  "},
        Case{"ThinAndWideSpaces", "a\u2009b\u3000c\u2003d\u205Fe\u1680f", "a b c d e f"},
        Case{"EntityOfNoBreakSpace", "READ MORE:&nbsp;More", "READ MORE: More"}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Marks, NormaliseCases,
    testing::Values(
        Case{"ByteOrderMark", "\xEF\xBB\xBFText", "Text"},
        Case{"ByteOrderMarkInside", "one\n\xEF\xBB\xBFtwo", "one\ntwo"},
        Case{"SoftHyphen", "minis\u00ADter", "minister"},
        Case{"SoftHyphenEntity", "minis&shy;ter", "minister"},
        Case{"ZeroWidth", "a\u200Bb\u200Cc\u200Dd\u2060e\uFEFFf", "abcdef"},
        Case{"DirectionMarks", "\u200Eleft\u200F \u202Aright\u202C \u2066x\u2069", "left right x"},
        Case{"QuotesAndDashesStay", "“It’s” – ‘so’ — «oui»…", "“It’s” – ‘so’ — «oui»…"},
        Case{"EmojiStay", "ok 😀\uFE0F", "ok 😀\uFE0F"},
        Case{"ControlCharacters", "one\x01two three four five six\x7F end",
             "one two three four five six  end"},
        Case{"MisreadWindows1252", "Russia\u0092s \u0093plan\u0094", "Russia’s “plan”"}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Entities, NormaliseCases,
    testing::Values(Case{"Ampersand", "Tom &amp; Ann", "Tom & Ann"},
                    Case{"Twice", "A&amp;amp;B", "A&B"},
                    Case{"TwiceAtMost", "A&amp;amp;amp;B", "A&amp;B"},
                    Case{"TwiceAnyName", "&amp;quot;yes&amp;quot;", "\"yes\""},
                    Case{"TwiceNumbers", "it&amp;#8217;s it&#38;#39;s", "it’s it's"},
                    Case{"NoEntity", "AT&T and R&D; Q&A", "AT&T and R&D; Q&A"},
                    Case{"UrlParametersStay", "?a=1&lt=2&b=3", "?a=1&lt=2&b=3"},
                    Case{"Windows1252Numbers", "&#147;yes&#148;", "“yes”"},
                    Case{"ControlsAreSpaces", "&#1;&#x2;x", "  x"},
                    Case{"MadeByASoftHyphen", "&#\u00AD01;", "&#01;"},
                    Case{"NoCharacter", "x&#0;y", "x\uFFFDy", "utf-8", 1},
                    Case{"AtTheEnd", "A &amp", "A &"}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Encodings, NormaliseCases,
    testing::Values(
        Case{"Windows1252", "It\x92s \x93so\x94 \x96 caf\xE9", "It’s “so” – café", "windows-1252"},
        Case{"Latin1", "Fran\xE7ois Mitterrand", "François Mitterrand", "windows-1252"},
        Case{"Windows1252NoBreakSpace", "READ MORE:\xA0More", "READ MORE: More", "windows-1252"},
        Case{"Windows1252Undefined", "a long enough text with\x81one",
             "a long enough text with one", "windows-1252"},
        Case{"Utf8WithOneBrokenByte", "caf\xC3\xA9 and na\xC3\xAFve \xFF text",
             "café and naïve \uFFFD text", "utf-8", 1},
        Case{"Utf8CutShort", "the caf\xC3\xA9 was open \xE2\x80", "the café was open \uFFFD",
             "utf-8", 1},
        Case{"AsciiThenUtf8CutShort", "the end \xE2\x80", "the end \uFFFD", "utf-8", 1},
        Case{"OverlongAndSurrogates", "é é é é é é é é \xC0\xAF \xED\xA0\x80",
             "é é é é é é é é \uFFFD\uFFFD \uFFFD\uFFFD\uFFFD", "utf-8", 5},
        Case{"Utf16LeWithMark", "\xFF\xFEH\0i\0 \0\x19\x20\0\x20"sv, "Hi ’ ", "utf-16le"},
        Case{"Utf16BeWithMark", "\xFE\xFF\0H\0i\0\r\0\n\0!"sv, "Hi\n!", "utf-16be"},
        Case{"Utf16LeWithoutMark", "H\0e\0l\0l\0o\0"sv, "Hello", "utf-16le"},
        Case{"Utf16BeWithoutMark", "\0H\0e\0l\0l\0o"sv, "Hello", "utf-16be"},
        Case{"Utf16SurrogatePair", "\xFF\xFE\x3D\xD8\x00\xDE!\0"sv, "😀!", "utf-16le"},
        Case{"Utf16LoneSurrogate", "\xFF\xFE\x3D\xD8!\0"sv, "\uFFFD!", "utf-16le", 1},
        Case{"Utf16Truncated", "\xFF\xFEH\0i\0!"sv, "Hi\uFFFD", "utf-16le", 1},
        Case{"Utf16TruncatedWithoutMark", "H\0e\0l\0l\0o"sv, "Hell\uFFFD", "utf-16le", 1},
        Case{"Utf16Entity", "\xFF\xFE&\0l\0t\0;\0"sv, "<", "utf-16le"},
        Case{"Utf32", "\xFF\xFE\0\0A\0\0\0\xAC\x20\0\0"sv, "A€", "utf-32le"},
        Case{"Cyrillic",
             "\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xD0\xEE\xF1\xF1\xE8\xE8 "
             "\xE2\xFB\xF1\xF2\xF3\xEF\xE8\xEB "
             "\xF1 \xEE\xE1\xF0\xE0\xF9\xE5\xED\xE8\xE5\xEC \xEA \xED\xE0\xF0\xEE\xE4\xF3 \xE2 "
             "\xCC\xEE\xF1\xEA\xE2\xE5",
             "Президент России выступил с обращением к народу в Москве", "windows-1251"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(NormaliseTest, ANamedEncodingIsTakenAtItsWord) {
  const auto koi8 = Normalise("\xED\xEF\xF3\xEB\xF7\xE1", {.encoding = "KOI8-R"});
  ASSERT_TRUE(koi8.has_value());
  EXPECT_EQ(koi8->text, "МОСКВА");
  EXPECT_EQ(koi8->encoding, "koi8-r");
  const auto japanese = Normalise("\x93\x8C\x8B\x9E", {.encoding = "Shift_JIS"});
  ASSERT_TRUE(japanese.has_value());
  EXPECT_EQ(japanese->text, "東京");
  EXPECT_EQ(japanese->alignment.ToSource({3, 6}), (Span{2, 4}));
  const auto latin = Normalise("caf\xE9", {.encoding = "ISO-8859-1"});
  ASSERT_TRUE(latin.has_value());
  EXPECT_EQ(latin->text, "café");
}

TEST(NormaliseTest, AByteOrderMarkWinsOverTheName) {
  const auto normalised = Normalise("\xEF\xBB\xBF caf\xC3\xA9", {.encoding = "windows-1252"});
  ASSERT_TRUE(normalised.has_value());
  EXPECT_EQ(normalised->text, " café");
}

TEST(NormaliseTest, AnUnknownEncodingIsAnInvalidArgument) {
  const auto normalised = Normalise("text", {.encoding = "klingon"});
  ASSERT_FALSE(normalised.has_value());
  EXPECT_EQ(normalised.error().code, ErrorCode::kInvalidArgument);
}

TEST(NormaliseTest, BinaryIsMalformedAndSaysWhere) {
  for (const std::string_view bytes :
       {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x01"sv, "PK\x03\x04\x14\0\0\0\x08"sv, "\0"sv,
        "\x7F"
        "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01"sv,
        "ab\x01\x02\x03\x04"sv}) {
    const auto normalised = Normalise(bytes);
    ASSERT_FALSE(normalised.has_value());
    EXPECT_EQ(normalised.error().code, ErrorCode::kMalformed);
    EXPECT_EQ(normalised.error().where.substr(0, 1), "@");
  }
  EXPECT_EQ(Normalise(std::string(512, 'a') + std::string(8, '\0')).error().where, "@512");
}

TEST(NormaliseTest, AStrayNulInALongTextIsASpace) {
  const std::string half(2000, 'a');
  const auto normalised = Normalise(half + '\0' + half);
  ASSERT_TRUE(normalised.has_value());
  EXPECT_EQ(normalised->text, half + ' ' + half);
}

TEST(NormaliseTest, SpansAreShownInTheBytesAsGiven) {
  const std::string bytes = "\xEF\xBB\xBFTom &amp; A\u00ADnn\r\nsaid\u00A0so";
  const auto normalised = Normalise(bytes);
  ASSERT_TRUE(normalised.has_value());
  const auto source = [&](std::string_view part) {
    const std::size_t at = normalised->text.find(part);
    return std::string(normalised->alignment.ToSource(MakeSpan(at, at + part.size())).of(bytes));
  };
  EXPECT_EQ(source("Tom"), "Tom");
  EXPECT_EQ(source("&"), "&amp;");
  EXPECT_EQ(source("Ann"), "A\u00ADnn");
  EXPECT_EQ(source("Ann\nsaid"), "A\u00ADnn\r\nsaid");
  EXPECT_EQ(source("said so"), "said\u00A0so");
}

/// One character of a made-up text: how it is written and what it becomes.
struct Piece {
  std::string bytes;
  std::string text;
};

/// Builds text and bytes side by side and asks for each piece's place.
void ExpectEveryPieceFindsItsBytes(const std::vector<Piece>& pieces, std::string_view encoding,
                                   std::mt19937& random) {
  std::string bytes;
  std::string text;
  std::vector<std::pair<Span, Span>> places;
  for (int i = 0; i < 80; ++i) {
    const Piece& piece = pieces[random() % pieces.size()];
    const auto source = MakeSpan(bytes.size(), bytes.size() + piece.bytes.size());
    if (!piece.text.empty()) {
      places.emplace_back(MakeSpan(text.size(), text.size() + piece.text.size()), source);
    }
    bytes += piece.bytes;
    text += piece.text;
  }
  const auto normalised = Normalise(bytes, {.encoding = encoding});
  ASSERT_TRUE(normalised.has_value()) << normalised.error().Text();
  ASSERT_EQ(normalised->text, text);
  for (std::size_t i = 0; i < places.size(); ++i) {
    ASSERT_EQ(normalised->alignment.ToSource(places[i].first), places[i].second) << "piece " << i;
    const std::size_t j = i + random() % (places.size() - i);
    const Span whole{places[i].first.begin, places[j].first.end};
    ASSERT_EQ(normalised->alignment.Slice(whole).ToSource({0, whole.size()}),
              (Span{places[i].second.begin, places[j].second.end}));
  }
}

TEST(NormalisePropertyTest, EveryCharacterOfUtf8FindsItsBytes) {
  const std::vector<Piece> pieces = {
      {"a", "a"},           {"word ", "word "}, {"é", "é"},          {"’", "’"},
      {"😀", "😀"},         {"\u00A0", " "},    {"\u2009", " "},     {"\u2028", "\n"},
      {"\n", "\n"},         {"\t", " "},        {"\u00AD", ""},      {"\u200B", ""},
      {"\xEF\xBB\xBF", ""}, {"&lt;", "<"},      {"&nbsp;", " "},     {"&amp;quot;", "\""},
      {"&eacute;", "é"},    {"&#8217;", "’"},   {"&#x1F600;", "😀"}, {"\u0092", "’"},
      {"\u008C", "Œ"},      {"&shy;", ""},      {"x\xC3", "x\uFFFD"}};
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    ExpectEveryPieceFindsItsBytes(pieces, "utf-8", random);
  }
}

TEST(NormalisePropertyTest, EveryCharacterOfWindows1252FindsItsBytes) {
  const std::vector<Piece> pieces = {
      {"a", "a"},        {"\xE9", "é"},    {"\x92", "’"}, {"\xA0", " "},
      {"\n", "\n"},      {"\xAD", ""},     {"&lt;", "<"}, {"&amp;lt;", "<"},
      {"&eacute;", "é"}, {"&rsquo;", "’"}, {"\x8C", "Œ"}, {" words here ", " words here "}};
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    ExpectEveryPieceFindsItsBytes(pieces, "windows-1252", random);
  }
}

std::string Utf16(std::string_view utf8) {
  std::string out;
  const auto unit = [&](char32_t value) {
    out.push_back(static_cast<char>(value & 0xFFU));
    out.push_back(static_cast<char>(value >> 8U));
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const CodePoint c = CodePointAt(utf8, at);
    at += c.length;
    if (c.value < 0x10000) {
      unit(c.value);
    } else {
      unit(0xD800 + ((c.value - 0x10000) >> 10U));
      unit(0xDC00 + ((c.value - 0x10000) & 0x3FFU));
    }
  }
  return out;
}

TEST(NormalisePropertyTest, EveryCharacterOfUtf16FindsItsBytes) {
  std::vector<Piece> pieces = {
      {"a", "a"},        {"word ", "word "}, {"é", "é"},       {"’", "’"},     {"😀", "😀"},
      {"\u00A0", " "},   {"\u2028", "\n"},   {"\n", "\n"},     {"\u00AD", ""}, {"&lt;", "<"},
      {"&amp;lt;", "<"}, {"&eacute;", "é"},  {"&rsquo;", "’"}, {"\u0092", "’"}};
  for (Piece& piece : pieces) piece.bytes = Utf16(piece.bytes);
  pieces.push_back({"\x3D\xD8x"s + std::string(1, '\0'), "\uFFFDx"});
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    ExpectEveryPieceFindsItsBytes(pieces, "utf-16le", random);
  }
}

TEST(NormalisePropertyTest, RandomBytesGiveValidUtf8OrAnError) {
  for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
    std::mt19937 random(seed);
    std::string bytes(random() % 64, '\0');
    for (char& byte : bytes) byte = static_cast<char>(' ' + random() % 224);
    const auto normalised = Normalise(bytes);
    if (!normalised) continue;
    ASSERT_TRUE(IsValidUtf8(normalised->text)) << "seed " << seed;
  }
}

TEST(SqueezeTest, WhiteSpaceIsOneSpaceAndNoneAtTheEnds) {
  EXPECT_EQ(Squeeze(""), "");
  EXPECT_EQ(Squeeze(" \n "), "");
  EXPECT_EQ(Squeeze("  a  b\n\nc "), "a b c");
  EXPECT_EQ(Squeeze("é\u00A0 ’"), "é ’");
}

}  // namespace
}  // namespace dateline::text
