#include "html/choose.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

namespace dateline::html {
namespace {

constexpr std::size_t kRun = 5;     ///< words that are compared together
constexpr std::size_t kFewest = 8;  ///< a block of fewer words is never a copy
constexpr float kChosen = 0.5F;

bool IsWordByte(char c) {
  const unsigned byte = static_cast<unsigned char>(c);
  return (byte | 0x20U) - 'a' < 26U || byte - '0' < 10U || byte >= 0x80U;
}

/// Hashes of the words of a block, whatever stands between them.
std::vector<std::uint64_t> WordsOf(const Tree& tree, const TextBlock& block) {
  std::vector<std::uint64_t> words;
  std::uint64_t hash = 0;
  const auto end_word = [&] {
    if (hash != 0) words.push_back(hash);
    hash = 0;
  };
  ForEachText(tree, block, [&](NodeIndex, const Node& node) {
    for (const char c : tree.TextOf(node)) {
      if (IsWordByte(c)) {
        hash = (hash ^ (static_cast<unsigned char>(c) | 0x20U)) * 0x9E3779B97F4A7C15U + 1;
      } else {
        end_word();
      }
    }
  });
  end_word();
  return words;
}

class Copies {
 public:
  /// Whether most runs of words were said before; else they count as said from now on.
  bool IsCopy(const std::vector<std::uint64_t>& words) {
    if (words.size() < kFewest) return false;
    std::vector<std::uint64_t> runs;
    std::size_t known = 0;
    for (std::size_t i = 0; i + kRun <= words.size(); ++i) {
      std::uint64_t run = 0;
      for (std::size_t k = 0; k < kRun; ++k) run = run * 0x100000001B3U + words[i + k];
      known += said_.contains(run) ? 1 : 0;
      runs.push_back(run);
    }
    if (known * 10 > runs.size() * 7) return true;
    said_.insert(runs.begin(), runs.end());
    return false;
  }

 private:
  std::unordered_set<std::uint64_t> said_;
};

}  // namespace

std::vector<std::size_t> ChooseBlocks(const PageView& page, std::span<const float> scores) {
  std::vector<std::size_t> chosen;
  Copies copies;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] < kChosen || page.IsNoBody(i)) continue;
    if (!copies.IsCopy(WordsOf(page.tree(), page.blocks()[i]))) chosen.push_back(i);
  }
  return chosen;
}

}  // namespace dateline::html
