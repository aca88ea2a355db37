/// Short lists of words and codes that a rule knows.
///
///   constexpr std::array<std::string_view, 2> kBoth{"insist", "suggest"};
///   if (IsOneOf(lemma, kBoth)) …
#pragma once

#include <algorithm>
#include <string_view>

namespace dateline::events {

/// Equality of words. The first letter parts most of them, without a call.
constexpr bool IsSame(std::string_view one, std::string_view other) {
  return one.size() == other.size() &&
         (one.empty() || (one.front() == other.front() && one == other));
}

template <typename List>
bool IsOneOf(std::string_view word, const List& words) {
  return std::ranges::any_of(words, [&](std::string_view each) { return IsSame(each, word); });
}

/// Whether the text begins with one of them: BeginsWithOneOf("1724", kCodes) by "17".
template <typename List>
bool BeginsWithOneOf(std::string_view text, const List& beginnings) {
  return std::ranges::any_of(beginnings, [&](std::string_view each) {
    return each.size() <= text.size() && each.front() == text.front() && text.starts_with(each);
  });
}

}  // namespace dateline::events
