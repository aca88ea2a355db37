#include "text/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace dateline::text {
namespace {

bool IsAscii(char32_t c) { return c < 0x80; }
bool IsAsciiUpper(char32_t c) { return c >= 'A' && c <= 'Z'; }
bool IsAsciiLower(char32_t c) { return c >= 'a' && c <= 'z'; }
bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

char32_t Lower(char32_t c) {
  if (IsAscii(c)) return IsAsciiUpper(c) ? c + 32 : c;
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}

char32_t Upper(char32_t c) {
  if (IsAscii(c)) return IsAsciiLower(c) ? c - 32 : c;
  return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
}

utf8proc_category_t Category(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

bool InRange(utf8proc_category_t category, utf8proc_category_t first, utf8proc_category_t last) {
  return category >= first && category <= last;
}

/// Calls `use` with each code point.
template <typename Use>
void ForEach(std::string_view text, Use use) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    use(c.value);
    at += c.length;
  }
}

template <typename Holds>
bool Any(std::string_view text, Holds holds) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    if (holds(c.value)) return true;
    at += c.length;
  }
  return false;
}

bool IsAllAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string AsciiLower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

/// Letters that Unicode does not decompose into a base and an accent.
std::string_view FoldedSpecially(char32_t lower) {
  switch (lower) {
    case U'ß':
      return "ss";
    case U'æ':
      return "ae";
    case U'œ':
      return "oe";
    case U'ø':
      return "o";
    case U'đ':
    case U'ð':
      return "d";
    case U'ł':
      return "l";
    case U'þ':
      return "th";
    case U'ħ':
      return "h";
    case U'ı':
      return "i";
    case U'ŋ':
      return "n";
    case U'ŧ':
      return "t";
    case U'‘':
    case U'’':
    case U'ʼ':
    case U'ʻ':
      return "'";
    default:
      return {};
  }
}

/// Appends the base letters of `lower`'s canonical decomposition.
void AppendWithoutAccents(std::string& out, char32_t lower) {
  std::array<utf8proc_int32_t, 8> parts{};
  int last_class = 0;
  const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(lower), parts.data(),
                                             static_cast<utf8proc_ssize_t>(parts.size()),
                                             UTF8PROC_DECOMPOSE, &last_class);
  if (count <= 0 || count > static_cast<utf8proc_ssize_t>(parts.size())) {
    AppendUtf8(out, lower);
    return;
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const auto part = static_cast<char32_t>(parts.at(i));
    if (!IsMark(part)) AppendUtf8(out, part);
  }
}

}  // namespace

CodePoint CodePointAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]));
  };
  const char32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t left = text.size() - at;
  if (first < 0xE0 && left >= 2) return {(first & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
  if (first < 0xF0 && left >= 3) {
    return {(first & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
  }
  if (left >= 4) {
    return {(first & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U |
                (byte(3) & 0x3FU),
            4};
  }
  return {0xFFFD, 1};
}

CodePoint CodePointBefore(std::string_view text, std::size_t at) {
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && IsContinuation(text[begin])) --begin;
  return {CodePointAt(text, begin).value, at - begin};
}

char32_t FirstCodePoint(std::string_view text) {
  return text.empty() ? 0 : CodePointAt(text, 0).value;
}

char32_t LastCodePoint(std::string_view text) {
  return text.empty() ? 0 : CodePointBefore(text, text.size()).value;
}

void AppendUtf8(std::string& out, char32_t value) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  const auto tail = [&](unsigned shift) { put(0x80U | (value >> shift & 0x3FU)); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0U | value >> 6U);
    tail(0);
  } else if (value < 0x10000) {
    put(0xE0U | value >> 12U);
    tail(6);
    tail(0);
  } else {
    put(0xF0U | value >> 18U);
    tail(12);
    tail(6);
    tail(0);
  }
}

std::size_t CountCodePoints(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

bool IsLetter(char32_t c) {
  if (IsAscii(c)) return IsAsciiLower(c) || IsAsciiUpper(c);
  return InRange(Category(c), UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LO);
}

bool IsMark(char32_t c) {
  return !IsAscii(c) && InRange(Category(c), UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_ME);
}

bool IsDigit(char32_t c) {
  return IsAscii(c) ? IsAsciiDigit(c) : Category(c) == UTF8PROC_CATEGORY_ND;
}

bool IsUpper(char32_t c) {
  if (IsAscii(c)) return IsAsciiUpper(c);
  const auto category = Category(c);
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool IsLower(char32_t c) {
  return IsAscii(c) ? IsAsciiLower(c) : Category(c) == UTF8PROC_CATEGORY_LL;
}

bool IsPunctuation(char32_t c) {
  return InRange(Category(c), UTF8PROC_CATEGORY_PC, UTF8PROC_CATEGORY_PO);
}

bool IsSymbol(char32_t c) {
  return InRange(Category(c), UTF8PROC_CATEGORY_SM, UTF8PROC_CATEGORY_SO);
}

bool IsSpace(char32_t c) {
  if (IsAscii(c)) return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0x85 || InRange(Category(c), UTF8PROC_CATEGORY_ZS, UTF8PROC_CATEGORY_ZP);
}

bool IsOpeningQuote(char32_t c) {
  return c == U'“' || c == U'‘' || c == U'«' || c == U'„' || c == U'‚' || c == U'‹';
}

bool IsClosingQuote(char32_t c) { return c == U'”' || c == U'’' || c == U'»' || c == U'›'; }

bool IsQuote(char32_t c) {
  return c == '"' || c == '\'' || (!IsAscii(c) && (IsOpeningQuote(c) || IsClosingQuote(c)));
}

bool IsDash(char32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

bool StartsUpper(std::string_view text) { return IsUpper(FirstCodePoint(text)); }

bool IsAllUpper(std::string_view text) { return HasLetter(text) && !HasLower(text); }

bool HasLetter(std::string_view text) { return Any(text, IsLetter); }

bool HasLower(std::string_view text) { return Any(text, IsLower); }

bool HasDigit(std::string_view text) { return Any(text, IsDigit); }

bool AllDigits(std::string_view text) {
  return !text.empty() && !Any(text, [](char32_t c) { return !IsDigit(c); });
}

char32_t SimpleLower(char32_t c) { return c == 0x130 ? c : Lower(c); }

std::string ToLower(std::string_view text) {
  if (IsAllAscii(text)) return AsciiLower(text);
  std::string out;
  out.reserve(text.size());
  ForEach(text, [&](char32_t c) { AppendUtf8(out, Lower(c)); });
  return out;
}

std::string ToUpper(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  ForEach(text, [&](char32_t c) { AppendUtf8(out, Upper(c)); });
  return out;
}

std::string ToTitle(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool first = true;
  ForEach(text, [&](char32_t c) {
    AppendUtf8(out, first ? Upper(c) : Lower(c));
    first = first && !IsLetter(c);
  });
  return out;
}

std::string Fold(std::string_view text) {
  if (IsAllAscii(text)) return AsciiLower(text);
  std::string out;
  out.reserve(text.size());
  ForEach(text, [&](char32_t c) {
    const char32_t lower = Lower(c);
    if (IsAscii(lower)) {
      out.push_back(static_cast<char>(lower));
    } else if (const auto special = FoldedSpecially(lower); !special.empty()) {
      out.append(special);
    } else {
      AppendWithoutAccents(out, lower);
    }
  });
  return out;
}

}  // namespace dateline::text
