#include "archive/full_name.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <ranges>
#include <utility>

#include "base/ascii.h"
#include "text/unicode.h"

namespace dateline::archive {
namespace {

constexpr std::size_t kLeastInitials = 3;
constexpr std::size_t kMostOfAcronym = 7;

struct Honorific {
  std::string_view word;
  Gender gender = Gender::kUnknown;
};

// Not those that are given names as well: "Dean", "Earl", "Prince".
constexpr std::array<Honorific, 30> kTitles = {{
    {"mr", Gender::kMan},
    {"mrs", Gender::kWoman},
    {"ms", Gender::kWoman},
    {"miss", Gender::kWoman},
    {"sir", Gender::kMan},
    {"lady", Gender::kWoman},
    {"dame", Gender::kWoman},
    {"lord", Gender::kMan},
    {"madam", Gender::kWoman},
    {"madame", Gender::kWoman},
    {"dr"},
    {"prof"},
    {"professor"},
    {"president"},
    {"premier"},
    {"chancellor"},
    {"minister"},
    {"senator"},
    {"sen"},
    {"rep"},
    {"gov"},
    {"governor"},
    {"gen"},
    {"general"},
    {"col"},
    {"colonel"},
    {"capt"},
    {"captain"},
    {"lt"},
    {"sgt"},
}};
constexpr std::array<std::string_view, 6> kSuffixes = {"jr", "sr", "ii", "iii", "iv", "junior"};
constexpr std::array<std::string_view, 14> kLegalForms = {"inc", "ltd",  "llc", "corp",   "co",
                                                          "plc", "gmbh", "ag",  "sa",     "nv",
                                                          "spa", "oyj",  "ab",  "limited"};
constexpr std::array<std::string_view, 12> kSmallWords = {"of", "the", "and", "for", "on",  "in",
                                                          "to", "de",  "du",  "la",  "des", "at"};
// Names of bodies made of these alone are those of any country.
constexpr std::array<std::string_view, 61> kGenericWords = {
    "agency",    "air",      "army",           "assembly",  "authority",  "authorities",
    "bank",      "board",    "cabinet",        "central",   "church",     "commission",
    "committee", "congress", "constitutional", "council",   "court",      "customs",
    "defence",   "defense",  "department",     "economy",   "education",  "election",
    "electoral", "energy",   "federal",        "finance",   "force",      "forces",
    "foreign",   "general",  "government",     "guard",     "health",     "high",
    "house",     "interior", "intelligence",   "justice",   "labor",      "labour",
    "ministry",  "national", "navy",           "office",    "parliament", "party",
    "police",    "prison",   "prosecutor",     "security",  "senate",     "service",
    "state",     "supreme",  "trade",          "transport", "treasury",   "union",
    "university"};

template <typename List>
bool Has(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
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
    if (!Has(kSmallWords, word)) letters += word[0];
  }
  return letters.size() < kLeastInitials ? "" : letters;
}

bool FullName::generic() const {
  return !person && std::ranges::all_of(words, [](const std::string& word) {
    return Has(kGenericWords, word) || Has(kSmallWords, word);
  });
}

FullName PersonName(std::string_view name) {
  FullName full;
  std::vector<std::string> words = WordsOf(name, "-'");
  while (words.size() > 1) {
    const auto* const title = std::ranges::find(kTitles, words.front(), &Honorific::word);
    if (title == kTitles.end()) break;
    if (title->gender != Gender::kUnknown) full.gender = title->gender;
    words.erase(words.begin());
  }
  if (words.size() > 1 && Has(kSuffixes, words.back())) {
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
  while (full.words.size() > 1 && Has(kLegalForms, full.words.back())) full.words.pop_back();
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
