/// Parts of a text between separators.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::base {

/// The parts between bytes `at`, empty ones left out; they point into `text`.
inline std::vector<std::string_view> Split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t cut = std::min(text.find(at), text.size());
    if (cut > 0) parts.push_back(text.substr(0, cut));
    text.remove_prefix(std::min(cut + 1, text.size()));
  }
  return parts;
}

/// The words between spaces.
inline std::vector<std::string> SplitPhrase(std::string_view phrase) {
  std::vector<std::string> words;
  for (const std::string_view word : Split(phrase, ' ')) words.emplace_back(word);
  return words;
}

}  // namespace dateline::base
