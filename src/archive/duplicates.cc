#include "archive/duplicates.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "base/ascii.h"

namespace dateline::archive {
namespace {

using base::Lower;

constexpr std::size_t kRun = 4;     // words in a shingle
constexpr std::size_t kBins = 64;   // values of a sketch
constexpr std::size_t kInBand = 4;  // values in a band
constexpr double kPartial = 0.25;   // what a copy that is only a part of the other loses
constexpr std::uint64_t kEmpty = std::numeric_limits<std::uint64_t>::max();

constexpr std::uint64_t Mix(std::uint64_t x) {
  x ^= x >> 33U;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33U;
  x *= 0xc4ceb9fe1a85ec53ULL;
  return x ^ (x >> 33U);
}

bool IsWordByte(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || base::IsLetter(c) || base::IsDigit(c);
}

/// Appends a hash for each word. Typographic marks (U+2000 to U+206F) are no part of words.
void AddWords(std::string_view text, std::vector<std::uint64_t>& words) {
  std::string word;
  const auto close = [&] {
    if (!word.empty()) words.push_back(XXH3_64bits(word.data(), word.size()));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool mark = text[i] == '\xe2' && i + 2 < text.size() &&
                      (text[i + 1] == '\x80' || text[i + 1] == '\x81');
    if (mark) i += 2;
    if (mark || !IsWordByte(text[i])) {
      close();
    } else {
      word += Lower(text[i]);
    }
  }
  close();
}

/// The least hash in each bin. An empty bin takes the value of a bin drawn by its number, so that
/// two sketches draw alike (Shrivastava 2017).
std::array<std::uint64_t, kBins> MinHash(const std::vector<std::uint64_t>& shingles) {
  std::array<std::uint64_t, kBins> least{};
  least.fill(kEmpty);
  for (const std::uint64_t shingle : shingles) {
    auto& bin = least[shingle % kBins];
    bin = std::min(bin, Mix(shingle));
  }
  const auto filled = least;
  for (std::size_t i = 0; i < kBins; ++i) {
    for (std::uint64_t attempt = 1; least[i] == kEmpty && attempt < 100 * kBins; ++attempt) {
      least[i] = filled[Mix(i * 1000003 + attempt) % kBins];
    }
  }
  return least;
}

}  // namespace

std::vector<std::uint64_t> Shingles(const Story& story) {
  std::vector<std::uint64_t> words;
  for (const Block& block : story.blocks) {
    if (IsProse(block.kind)) AddWords(block.span.of(story.text), words);
  }
  if (words.size() < kLeastWords) return {};
  std::vector<std::uint64_t> shingles;
  shingles.reserve(words.size());
  for (std::size_t i = 0; i + kRun <= words.size(); ++i) {
    std::uint64_t hash = 0;
    for (std::size_t j = 0; j < kRun; ++j) hash = Mix(hash + words[i + j] * 0x9e3779b97f4a7c15ULL);
    shingles.push_back(hash);
  }
  std::ranges::sort(shingles);
  shingles.erase(std::ranges::unique(shingles).begin(), shingles.end());
  return shingles;
}

std::vector<std::uint64_t> Sketch(const std::vector<std::uint64_t>& shingles) {
  std::vector<std::uint64_t> keys;
  if (shingles.empty()) return keys;
  const auto least = MinHash(shingles);
  for (std::size_t at = 0; at < kBins; at += kInBand) {
    std::uint64_t key = Mix(at + 1);
    for (std::size_t i = 0; i < kInBand; ++i) key = Mix(key + least[at + i]);
    keys.push_back(key);
  }
  return keys;
}

double Similarity(const std::vector<std::uint64_t>& one, const std::vector<std::uint64_t>& other) {
  if (one.empty() || other.empty()) return 0;
  std::size_t common = 0;
  for (auto a = one.begin(), b = other.begin(); a != one.end() && b != other.end();) {
    if (*a == *b) {
      ++common;
      ++a;
      ++b;
    } else if (*a < *b) {
      ++a;
    } else {
      ++b;
    }
  }
  const double all = static_cast<double>(one.size() + other.size() - common);
  const double shorter = static_cast<double>(std::min(one.size(), other.size()));
  const double shared = static_cast<double>(common);
  return std::max(shared / all, shared / shorter - kPartial);
}

}  // namespace dateline::archive
