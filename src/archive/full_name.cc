#include "archive/full_name.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <ranges>
#include <utility>

#include "archive/compared.h"
#include "base/ascii.h"
#include "text/unicode.h"

namespace dateline::archive {
namespace {

constexpr std::size_t kLeastInitials = 3;
constexpr std::size_t kMostOfAcronym = 7;

template <typename List>
bool Has(const List& list, std::string_view word) {
  return std::ranges::binary_search(list, word);
}

/// What a title tells; nothing for what is none.
std::optional<Gender> TitleOf(std::string_view word) {
  if (Has(compared::kMan, word)) return Gender::kMan;
  if (Has(compared::kWoman, word)) return Gender::kWoman;
  return Has(compared::kTitle, word) ? std::optional(Gender::kUnknown) : std::nullopt;
}

/// `within`: bytes that do not end a word, and are left out of it.
std::vector<std::string> WordsOf(std::string_view name, std::string_view within) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text::Fold(name)) {
    if (base::IsWordByte(c)) {
      word += c;
    } else if (within.find(c) == std::string_view::npos && !word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

bool IsAcronym(std::string_view name) {
  std::size_t letters = 0;
  for (const char c : name) {
    if (c != '.' && !base::IsUpper(c)) return false;
    if (c != '.') ++letters;
  }
  return letters >= 2 && letters <= kMostOfAcronym;
}

bool IsInitial(const std::string& word) { return word.size() == 1 && base::IsLower(word[0]); }

enum class WordMatch : std::uint8_t { kOther, kInitial, kSame };

WordMatch MatchWords(const std::string& one, const std::string& other) {
  if (one == other) return IsInitial(one) ? WordMatch::kInitial : WordMatch::kSame;
  const bool initial = (IsInitial(one) || IsInitial(other)) && one[0] == other[0];
  return initial ? WordMatch::kInitial : WordMatch::kOther;
}

/// Given names, the shorter of which must stand in the longer, in order.
NameMatch MatchGiven(const std::vector<std::string>& shorter,
                     const std::vector<std::string>& longer) {
  const std::size_t given = shorter.size() - 1;
  bool whole = false;
  std::size_t at = 0;
  for (std::size_t i = 0; i < given; ++i) {
    WordMatch match = WordMatch::kOther;
    while (at + 1 < longer.size()) {
      match = MatchWords(shorter[i], longer[at++]);
      if (match != WordMatch::kOther) break;
    }
    if (match == WordMatch::kOther) return NameMatch::kOther;
    whole = whole || match == WordMatch::kSame;
  }
  if (whole) return NameMatch::kFuller;
  const bool first = MatchWords(shorter[0], longer[0]) != WordMatch::kOther;
  return first ? NameMatch::kInitial : NameMatch::kOther;
}

bool Contradict(const std::string& one, const std::string& other) {
  return !one.empty() && !other.empty() && one != other;
}

/// Whether joined() of both is the same.
bool SameLetters(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  if (one == other) return true;
  const auto letters = [](std::size_t sum, const std::string& word) { return sum + word.size(); };
  if (std::accumulate(one.begin(), one.end(), std::size_t{0}, letters) !=
      std::accumulate(other.begin(), other.end(), std::size_t{0}, letters)) {
    return false;
  }
  return std::ranges::equal(one | std::views::join, other | std::views::join);
}

NameMatch MatchPersons(const FullName& one, const FullName& other) {
  if (Contradict(one.suffix, other.suffix)) return NameMatch::kOther;
  if (SameLetters(one.words, other.words)) return NameMatch::kSame;
  if (one.words.size() < 2 || other.words.size() < 2) return NameMatch::kOther;
  if (one.words.back() == other.words.back()) {
    const bool longer = one.words.size() > other.words.size();
    return MatchGiven(longer ? other.words : one.words, longer ? one.words : other.words);
  }
  const bool turned = one.words.size() == 2 && other.words.size() == 2 &&
                      one.words[0] == other.words[1] && one.words[1] == other.words[0];
  return turned ? NameMatch::kOrder : NameMatch::kOther;
}

}  // namespace

bool FullName::bare() const {
  constexpr unsigned char kFirstOfEastAsia = 0xe2;  // of UTF-8: U+2000 and above
  return person && words.size() < 2 &&
         (words.empty() || static_cast<unsigned char>(words[0][0]) < kFirstOfEastAsia);
}

std::string FullName::joined() const {
  std::string all;
  for (const std::string& word : words) all += word;
  return all;
}

std::string FullName::initials() const {
  std::string letters;
  if (person || acronym) return letters;
  for (const std::string& word : words) {
    if (!Has(compared::kSmall, word)) letters += word[0];
  }
  return letters.size() < kLeastInitials ? "" : letters;
}

bool FullName::generic() const {
  return !person && std::ranges::all_of(words, [](const std::string& word) {
    return Has(compared::kGeneric, word) || Has(compared::kSmall, word);
  });
}

FullName PersonName(std::string_view name) {
  FullName full;
  std::vector<std::string> words = WordsOf(name, "-'");
  while (words.size() > 1) {
    const auto title = TitleOf(words.front());
    if (!title) break;
    if (*title != Gender::kUnknown) full.gender = *title;
    words.erase(words.begin());
  }
  if (words.size() > 1 && Has(compared::kSuffix, words.back())) {
    full.suffix = words.back() == "junior" ? "jr" : words.back();
    words.pop_back();
  }
  full.words = std::move(words);
  return full;
}

FullName BodyName(std::string_view name) {
  FullName full;
  full.person = false;
  full.acronym = IsAcronym(name);
  full.words = WordsOf(name, full.acronym ? "." : "'");
  if (full.words.size() > 1 && full.words.front() == "the") full.words.erase(full.words.begin());
  while (full.words.size() > 1 && Has(compared::kLegalForm, full.words.back()))
    full.words.pop_back();
  return full;
}

NameMatch Match(const FullName& one, const FullName& other) {
  if (one.words.empty() || other.words.empty()) return NameMatch::kOther;
  if (one.person) return MatchPersons(one, other);
  if (SameLetters(one.words, other.words)) return NameMatch::kSame;
  const bool acronym = one.acronym ? one.joined() == other.initials()
                                   : other.acronym && other.joined() == one.initials();
  return acronym ? NameMatch::kAcronym : NameMatch::kOther;
}

}  // namespace dateline::archive
