#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tables/folded_tokens.h"
#include "tables/phrase_hash.h"
#include "tables/tables.h"

namespace dateline::tables {
namespace {

/// Letters and marks that Unicode does not decompose and that writers of news replace.
struct Replacement {
  utf8proc_int32_t letter;
  std::string_view plain;
};
constexpr std::array<Replacement, 29> kReplacements = {{
    {0x00D0, "d"},  {0x00F0, "d"},  {0x00C6, "ae"}, {0x00E6, "ae"}, {0x00D8, "o"},  {0x00F8, "o"},
    {0x00DE, "th"}, {0x00FE, "th"}, {0x0110, "d"},  {0x0111, "d"},  {0x0131, "i"},  {0x0141, "l"},
    {0x0142, "l"},  {0x0152, "oe"}, {0x0153, "oe"}, {0x018F, "a"},  {0x0259, "a"},  {0x0060, "'"},
    {0x02BB, "'"},  {0x02BC, "'"},  {0x02BF, "'"},  {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"},
    {0x2013, "-"},  {0x2018, "'"},  {0x2019, "'"},  {0x201C, "\""}, {0x201D, "\""},
}};

std::string_view ReplacementFor(utf8proc_int32_t letter) {
  const auto* found = std::ranges::find(kReplacements, letter, &Replacement::letter);
  return found == kReplacements.end() ? std::string_view() : found->plain;
}

void AppendCodePoint(utf8proc_int32_t code_point, std::string& out) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = utf8proc_encode_char(code_point, bytes.data());
  for (utf8proc_ssize_t i = 0; i < length; ++i) {
    out.push_back(static_cast<char>(bytes[static_cast<std::size_t>(i)]));
  }
}

void AppendFolded(utf8proc_int32_t letter, std::string& out) {
  if (const auto plain = ReplacementFor(letter); !plain.empty()) {
    out.append(plain);
    return;
  }
  constexpr auto kOptions =
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK |
                                     UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  std::array<utf8proc_int32_t, 32> parts{};  // the longest decomposition in Unicode has 18
  int last_class = 0;
  const auto count =
      utf8proc_decompose_char(letter, parts.data(), parts.size(), kOptions, &last_class);
  for (utf8proc_ssize_t i = 0; i < count && i < std::ssize(parts); ++i) {
    AppendCodePoint(parts[static_cast<std::size_t>(i)], out);
  }
}

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Bytes that are no UTF-8 stay as they are.
void AppendFoldedToken(std::string_view token, std::string& out) {
  if (IsAscii(token)) {
    std::ranges::transform(token, std::back_inserter(out),
                           [](char c) { return c == '`' ? '\'' : LowerAscii(c); });
    return;
  }
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(token.data());
  for (std::size_t at = 0; at < token.size();) {
    utf8proc_int32_t letter = 0;
    const auto length =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(token.size() - at), &letter);
    if (length <= 0) {
      out.push_back(token[at++]);
      continue;
    }
    AppendFolded(letter, out);
    at += static_cast<std::size_t>(length);
  }
}

bool IsWordByte(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::string FoldPhraseToken(std::string_view token) {
  std::string folded;
  folded.reserve(token.size());
  AppendFoldedToken(token, folded);
  return folded;
}

std::vector<std::string> FoldPhrase(std::string_view phrase) {
  std::vector<std::string> tokens;
  for (std::size_t at = 0; at < phrase.size();) {
    if (phrase[at] == ' ') {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    if (IsWordByte(phrase[at])) {
      while (end < phrase.size() &&
             (IsWordByte(phrase[end]) || phrase[end] == '-' || phrase[end] == '.'))
        ++end;
    }
    tokens.push_back(FoldPhraseToken(phrase.substr(at, end - at)));
    at = end;
  }
  return tokens;
}

std::vector<std::string_view> Values(std::string_view cell) {
  std::vector<std::string_view> values;
  if (cell.empty()) return values;
  for (std::size_t at = 0;;) {
    const std::size_t bar = cell.find('|', at);
    values.push_back(cell.substr(at, bar - at));
    if (bar == std::string_view::npos) return values;
    at = bar + 1;
  }
}

FoldedTokens::FoldedTokens(std::string_view text, std::span<const Token> tokens) {
  std::string letters;
  std::vector<std::size_t> ends;
  letters.reserve(text.size());
  ends.reserve(tokens.size());
  for (const Token& token : tokens) {
    AppendFoldedToken(FormOf(token, text), letters);
    ends.push_back(letters.size());
  }
  letters_.assign(letters.begin(), letters.end());
  Finish(ends);
}

FoldedTokens::FoldedTokens(std::span<const std::string_view> words) {
  std::string letters;
  std::vector<std::size_t> ends;
  for (const std::string_view word : words) {
    AppendFoldedToken(word, letters);
    ends.push_back(letters.size());
  }
  letters_.assign(letters.begin(), letters.end());
  Finish(ends);
}

void FoldedTokens::Finish(const std::vector<std::size_t>& ends) {
  words_.reserve(ends.size());
  hashes_.reserve(ends.size());
  const std::string_view all(letters_.data(), letters_.size());
  std::size_t begin = 0;
  for (const std::size_t end : ends) {
    words_.push_back(all.substr(begin, end - begin));
    hashes_.push_back(HashToken(words_.back()));
    begin = end;
  }
}

}  // namespace dateline::tables
