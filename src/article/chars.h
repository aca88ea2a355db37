/// Bytes of normalised text, as far as layout cares: ASCII classes, trimming. No locale.
#pragma once

#include <string_view>

#include "base/bytes.h"

namespace dateline::article {

constexpr bool IsSpace(char c) { return c == ' ' || c == '\n'; }
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsUpperAscii(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLowerAscii(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsAlphaAscii(char c) { return IsUpperAscii(c) || IsLowerAscii(c); }
/// Letters, digits, the fold mark '#', and bytes of any letter beyond ASCII.
constexpr bool IsWordByte(char c) {
  return IsAlphaAscii(c) || IsDigit(c) || c == '#' || static_cast<unsigned char>(c) >= 0xC3;
}
constexpr char ToLower(char c) { return IsUpperAscii(c) ? static_cast<char>(c + 32) : c; }

constexpr std::string_view TrimLeft(std::string_view s) {
  while (!s.empty() && IsSpace(s.front())) s.remove_prefix(1);
  return s;
}
constexpr std::string_view TrimRight(std::string_view s) {
  while (!s.empty() && IsSpace(s.back())) s.remove_suffix(1);
  return s;
}
constexpr std::string_view Trim(std::string_view s) { return TrimLeft(TrimRight(s)); }

/// Whether `needle` stands in `s`, sought by a letter of it that is rare. REQUIRES: it has `rare`.
constexpr bool Contains(std::string_view s, std::string_view needle, char rare) {
  const std::size_t place = needle.find(rare);
  for (std::size_t at = s.find(rare, place); at != s.npos; at = s.find(rare, at + 1)) {
    if (s.substr(at - place).starts_with(needle)) return true;
  }
  return false;
}
/// Whether two spaces stand side by side.
inline bool HasWideGap(std::string_view s) {
  std::uint64_t before = 0;  // the byte before is a space
  for (std::size_t at = 0; at < s.size(); at += 8) {
    const std::uint64_t spaces = base::BytesEqual(base::LoadBytes(s, at, '\0'), ' ');
    if ((spaces & ((spaces << 8U) | before)) != 0) return true;
    before = spaces >> 56U;
  }
  return false;
}
/// A text up to the first space, hyphen, stop, comma or colon.
constexpr std::string_view FirstPart(std::string_view s) {
  std::size_t end = 0;
  while (end < s.size() && s[end] != ' ' && s[end] != '-' && s[end] != '.' && s[end] != ',' &&
         s[end] != ':') {
    ++end;
  }
  return s.substr(0, end);
}
/// The last bytes of a text, at most `length`, cut at any byte.
constexpr std::string_view Tail(std::string_view s, std::size_t length) {
  return s.substr(s.size() > length ? s.size() - length : 0);
}

}  // namespace dateline::article
