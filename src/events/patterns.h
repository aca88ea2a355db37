/// The patterns of data/events/patterns.tsv: which words, in which frame, are which event.
#pragma once

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text_map.h"
#include "dateline/event.h"
#include "dateline/result.h"
#include "tables/tables.h"

namespace dateline::events {

/// Where an actor or word is looked for. See docs/pattern-language.md for the notation.
struct PatternFrame {
  bool noun = false;                        ///< N: the trigger is a noun
  bool source_optional = false;             ///< [S]
  bool reciprocal = false;                  ///< S+O: all sides act on one another
  bool pair_after = false;                  ///< between:S+O stands behind the trigger
  bool words = false;                       ///< W: one of the words must stand there
  bool words_before = false;                ///< … before the trigger
  bool target = false;                      ///< O is part of the frame
  bool target_optional = false;             ///< [O]
  bool target_direct = false;               ///< O without a preposition
  bool no_object = false;                   ///< !O: the verb has no object
  bool no_complement = false;               ///< !C: … no clause or predicate for complement
  bool denied = false;                      ///< !V: the verb is denied, and that is the act
  bool target_before = false;               ///< O stands before a noun trigger: "the Lima talks"
  std::vector<std::string> prepositions{};  ///< with:O
  std::string text{};                       ///< as written in the table
};

/// Number of a word that patterns hold.
using WordId = std::uint32_t;
inline constexpr WordId kNoWord = 0;  ///< of a word that no pattern holds
inline constexpr WordId kPlus = 1;    ///< "+", which parts the halves of a phrase

/// The words of all patterns, topics and refusals, numbered: what is laid over a sentence compares
/// numbers.
class Vocabulary {
 public:
  Vocabulary() { Add("+"); }

  WordId Add(std::string_view word) {
    return numbers_.emplace(word, static_cast<WordId>(numbers_.size() + 1)).first->second;
  }
  std::vector<WordId> Add(const std::vector<std::string>& phrase) {
    std::vector<WordId> numbers;
    numbers.reserve(phrase.size());
    for (const std::string& word : phrase) numbers.push_back(Add(word));
    return numbers;
  }
  [[nodiscard]] WordId Of(std::string_view word) const {
    const auto found = numbers_.find(word);
    return found == numbers_.end() ? kNoWord : found->second;
  }
  [[nodiscard]] std::vector<WordId> Of(const std::vector<std::string_view>& words) const {
    std::vector<WordId> numbers;
    numbers.reserve(words.size());
    for (const auto found : numbers_.FindAll(words))
      numbers.push_back(found == numbers_.end() ? kNoWord : found->second);
    return numbers;
  }
  /// One more than the greatest number.
  [[nodiscard]] std::size_t size() const { return numbers_.size() + 1; }
  [[nodiscard]] std::string_view TextOf(WordId word) const {
    return word == kNoWord ? std::string_view() : (numbers_.begin() + word - 1)->first;
  }

 private:
  base::TextMap<WordId> numbers_;
};

/// A set of words that is asked in a few instructions.
class WordMarks {
 public:
  void Add(WordId word) { marks_.set(word % kMarks); }
  /// False for most words that were not added, true for all that were.
  [[nodiscard]] bool MayHold(WordId word) const { return marks_[word % kMarks]; }

 private:
  static constexpr std::size_t kMarks = 512;
  std::bitset<kMarks> marks_;
};

/// Phrases of which one is looked for in a sentence.
class WordPhrases {
  [[nodiscard]] auto Between(std::ptrdiff_t first, std::ptrdiff_t end) const {
    return std::views::iota(first, end) | std::views::transform([this](std::ptrdiff_t i) {
             const auto bounds = std::span(all_).subspan(count_ + static_cast<std::size_t>(i), 2);
             return std::span(all_).subspan(bounds[0], bounds[1] - bounds[0]);
           });
  }

 public:
  using Phrase = std::vector<WordId>;
  WordPhrases() = default;
  /// REQUIRES: no phrase is empty.
  explicit WordPhrases(std::vector<Phrase> phrases);
  /// The words that phrases begin with, sorted, one for each phrase.
  [[nodiscard]] std::span<const WordId> firsts() const { return std::span(all_).first(count_); }
  /// The phrases that begin with the word, sorted, as spans. What stands on both sides of kPlus
  /// must both be there.
  [[nodiscard]] auto BeginningWith(WordId word) const {
    const auto begin = firsts().begin();
    const auto same = marks_.MayHold(word) ? std::ranges::equal_range(firsts(), word)
                                           : std::ranges::subrange(begin, begin);
    return Between(same.begin() - begin, same.end() - begin);
  }
  [[nodiscard]] auto All() const { return Between(0, static_cast<std::ptrdiff_t>(count_)); }
  [[nodiscard]] bool empty() const { return count_ == 0; }

 private:
  WordMarks marks_;        ///< of the first words
  std::size_t count_ = 0;  ///< of the phrases
  /// One behind the other, since they are read together: the first words, where each phrase begins
  /// in this list and the last ends, the words of the phrases.
  std::vector<std::uint32_t> all_;
};

/// A row of patterns.tsv.
struct Pattern {
  std::string id{};
  std::string cameo{};
  std::vector<PatternFrame> frames{};          ///< at least one
  std::shared_ptr<const WordPhrases> words{};  ///< lower-case words or lemmas; null: none
  EventStatus status = EventStatus::kOccurred;
  std::uint32_t rank = 0;  ///< order in the table
  bool wordless = false;   ///< it has a frame that wants none of the words
};

/// A pattern at one of its triggers.
struct TriggeredPattern {
  const Pattern* pattern = nullptr;
  std::span<const WordId> particle{};  ///< what follows the verb: "on" of "call on"
  // As of the pattern; what cannot fit is told by them alone.
  std::uint32_t rank = 0;
  bool wordless = false;
};

/// A row of cameo.tsv.
struct Code {
  std::string name{};
  std::string plover{};
  std::string mode{};
  std::string ontology{};  ///< whose code it is; empty: CAMEO's
  int quad = 0;
  double goldstein = 0;
};

/// What governs the event that follows: "plans to", "accused of".
using Governors = base::TextMap<std::string>;

/// The patterns of one trigger, most specific first.
using PatternList = std::vector<TriggeredPattern>;

inline auto PatternsOf(const PatternList& list) {
  return list | std::views::transform(
                    [](const TriggeredPattern& each) -> const Pattern& { return *each.pattern; });
}

/// Immutable.
class PatternTable {
 public:
  PatternTable() = default;
  PatternTable(PatternTable&&) = default;
  PatternTable& operator=(PatternTable&&) = default;

  /// kMalformed naming the row when a frame cannot be read or a code is unknown.
  static Result<PatternTable> Load(const tables::Tables& tables);
  [[nodiscard]] const Vocabulary& words() const { return words_; }
  /// Where other tables add theirs as they are loaded.
  [[nodiscard]] Vocabulary& words() { return words_; }
  /// The patterns whose trigger begins with this lemma, most specific first.
  [[nodiscard]] const PatternList& VerbList(WordId lemma) const { return verbs_.Of(lemma); }
  [[nodiscard]] const PatternList& NounList(WordId lemma) const { return nouns_.Of(lemma); }
  [[nodiscard]] auto Verbs(std::string_view lemma) const {
    return PatternsOf(VerbList(words_.Of(lemma)));
  }
  [[nodiscard]] auto Nouns(std::string_view lemma) const {
    return PatternsOf(NounList(words_.Of(lemma)));
  }
  /// Fetches from memory what is about to be asked of the word.
  void Expect(WordId word) const {
    verbs_.Expect(word);
    nouns_.Expect(word);
    __builtin_prefetch(phrased_begins_.data() + word);
  }
  /// How many patterns there are; their ranks are less.
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  /// The ranks of the patterns of whose words a phrase begins with this word.
  [[nodiscard]] std::span<const std::uint32_t> WithPhraseFrom(WordId word) const {
    if (word + std::size_t{1} >= phrased_begins_.size()) return {};
    return std::span(phrased_).subspan(phrased_begins_[word],
                                       phrased_begins_[word + 1] - phrased_begins_[word]);
  }
  [[nodiscard]] const Code& CodeOf(std::string_view cameo) const {
    return codes_.find(cameo)->second;
  }
  /// The status of what follows the governing lemma; empty when it governs nothing.
  [[nodiscard]] std::string_view Governor(std::string_view lemma) const;
  /// The status that an adjective or adverb gives what it modifies, by its form; empty for none.
  [[nodiscard]] std::string_view Modifier(std::string_view form) const;

 private:
  /// The lists by the first word of their triggers.
  class Lists {
   public:
    [[nodiscard]] const PatternList& Of(WordId lemma) const {
      return lists_[lemma < place_.size() ? place_[lemma] : 0];
    }
    void Expect(WordId lemma) const { __builtin_prefetch(place_.data() + lemma); }
    PatternList& At(WordId lemma);
    /// Of the patterns of one lemma, the longer trigger and those with words go first, then the
    /// table's order.
    void Sort();

   private:
    std::vector<std::uint32_t> place_;   ///< of each word in lists_
    std::vector<PatternList> lists_{1};  ///< the first is that of all other words, and empty
  };
  Result<void> AddRows(const tables::Tables& tables);
  void AddTriggers(const Pattern& pattern, const std::vector<std::string>& triggers);
  void IndexPhrases();

  std::deque<Pattern> rows_;                   ///< by rank
  std::deque<std::vector<WordId>> particles_;  ///< those of TriggeredPattern
  std::vector<std::uint32_t> phrased_;         ///< ranks, by the first words of phrases
  std::vector<std::uint32_t> phrased_begins_;  ///< of each word in phrased_, and the end
  Vocabulary words_;
  Lists verbs_;
  Lists nouns_;
  base::TextMap<Code> codes_;
  Governors governors_;
  Governors modifiers_;
};

/// Classes of words by name, of data/events/words.tsv: "troops" is "soldier", "marine" …
using WordSets = std::unordered_map<std::string, std::vector<std::string>>;

/// Of data/events/words.tsv; a class may hold classes named before it.
Result<WordSets> LoadWordSets(const tables::Tables& tables);

/// What the items of a cell stand for: "@troops" for the words of the class, "@light @visit" for
/// each of the one before each of the other. kMalformed when a class is unknown.
Result<std::vector<std::string>> ExpandWords(const WordSets& classes, std::string_view cell);

/// Reads "S V W with/to:[O]"; kMalformed when an item is unknown or there is no trigger.
Result<PatternFrame> ParseFrame(std::string_view frame);

}  // namespace dateline::events
