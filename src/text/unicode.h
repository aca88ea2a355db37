/// Code points of valid UTF-8: stepping, classes, case. No locale anywhere.
///
/// Positions are byte offsets on code point boundaries. Functions that take a text REQUIRE valid
/// UTF-8 (what Normalise gives). All are pure and thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dateline::text {

/// A code point and how many bytes it takes.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};

/// The code point that begins at `at`. REQUIRES: at < text.size().
CodePoint CodePointAt(std::string_view text, std::size_t at);
/// The code point that ends just before `at`. REQUIRES: 0 < at <= text.size().
CodePoint CodePointBefore(std::string_view text, std::size_t at);
/// U+0000 when the text is empty.
char32_t FirstCodePoint(std::string_view text);
char32_t LastCodePoint(std::string_view text);
/// Appends `value` as UTF-8. REQUIRES: a scalar value (no surrogate, at most U+10FFFF).
void AppendUtf8(std::string& out, char32_t value);
/// How many code points `text` holds.
std::size_t CountCodePoints(std::string_view text);

bool IsLetter(char32_t c);  ///< categories L*
bool IsMark(char32_t c);    ///< categories M*: combining accents
bool IsDigit(char32_t c);   ///< category Nd
constexpr bool IsAsciiDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool IsUpper(char32_t c);         ///< Lu and Lt
bool IsLower(char32_t c);         ///< Ll
bool IsPunctuation(char32_t c);   ///< categories P*
bool IsSymbol(char32_t c);        ///< categories S*: currency, mathematics, emoji
bool IsSpace(char32_t c);         ///< white space, line ends and no-break spaces among it
bool IsOpeningQuote(char32_t c);  ///< “ ‘ « „ ‚ ‹ (straight quotes are neither)
bool IsClosingQuote(char32_t c);  ///< ” ’ » ›
bool IsQuote(char32_t c);         ///< both, and " '
bool IsDash(char32_t c);  ///< hyphen-minus, en and em dash, the other U+2010 … U+2015, minus

/// Whether the first code point is an upper case letter ("Moscow", "É"); false for "".
bool StartsUpper(std::string_view text);
/// Whether there is a letter and none of them is lower case ("U.S.", "G20").
bool IsAllUpper(std::string_view text);
bool HasLetter(std::string_view text);
bool HasLower(std::string_view text);
bool HasDigit(std::string_view text);
/// Whether there is at least one code point and all are decimal digits.
bool AllDigits(std::string_view text);

/// The lower case of one code point where it is one code point (all but U+0130), else itself.
char32_t SimpleLower(char32_t c);
std::string ToLower(std::string_view text);
std::string ToUpper(std::string_view text);
/// First letter upper, the others lower: "MOSCOW" → "Moscow".
std::string ToTitle(std::string_view text);
/// How words are compared: lower case, without accents ("é" → "e", "ø" → "o", "ß" → "ss"), curly
/// apostrophes straight. Words of plain ASCII cost one copy.
std::string Fold(std::string_view text);

}  // namespace dateline::text
