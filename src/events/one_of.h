/// Short lists of words and codes that a rule knows.
///
///   constexpr std::array<std::string_view, 2> kBoth{"insist", "suggest"};
///   if (IsOneOf(lemma, kBoth)) …
#pragma once

#include <algorithm>
#include <string_view>

namespace dateline::events {

template <typename List>
bool IsOneOf(std::string_view word, const List& words) {
  if (word.empty()) return std::ranges::find(words, word) != std::ranges::end(words);
  // The first letter parts most words, without a call.
  return std::ranges::any_of(words, [&](std::string_view each) {
    return each.size() == word.size() && each.front() == word.front() && each == word;
  });
}

/// Whether the text begins with one of them: BeginsWithOneOf("1724", kCodes) by "17".
template <typename List>
bool BeginsWithOneOf(std::string_view text, const List& beginnings) {
  return std::ranges::any_of(beginnings,
                             [&](std::string_view each) { return text.starts_with(each); });
}

}  // namespace dateline::events
