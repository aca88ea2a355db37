/// Bytes of text as far as ASCII goes: classes, case, trimming. Independent of the locale; bytes of
/// letters beyond ASCII are in no class and stay as they are.
#pragma once

#include <string>
#include <string_view>

namespace dateline::base {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsLetter(char c) { return IsUpper(c) || IsLower(c); }
/// A letter or digit, or a byte of any character beyond ASCII.
constexpr bool IsWordByte(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || IsLetter(c) || IsDigit(c);
}

constexpr char Lower(char c) { return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = Lower(c);
  return out;
}

/// The text without those of the bytes `blanks` that begin and end it.
constexpr std::string_view Trim(std::string_view text, std::string_view blanks = " \t\r\n") {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace dateline::base
