/// The patterns of data/events/patterns.tsv: which words, in which frame, are which event.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <memory>
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

/// A set of words that is asked in a few instructions.
class WordMarks {
 public:
  void Add(std::string_view word) { marks_.set(MarkOf(word)); }
  /// False for most words that were not added, true for all that were.
  [[nodiscard]] bool MayHold(std::string_view word) const { return marks_[MarkOf(word)]; }

 private:
  static constexpr std::size_t kMarks = 2048;
  static std::size_t MarkOf(std::string_view word) {
    if (word.empty()) return 0;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(word[i]); };
    const std::size_t size = word.size();
    return (at(0) * 37U + at(size / 2) * 101U + at(size - 1) * 11U + size) % kMarks;
  }

  std::bitset<kMarks> marks_;
};

/// The words one of which must stand by a trigger. Shared by the copies of a pattern.
class WordPhrases {
 public:
  using Phrase = std::vector<std::string>;
  /// REQUIRES: no phrase is empty.
  explicit WordPhrases(std::vector<Phrase> phrases);
  /// Sorted, so that those that begin with a word are found at once. What stands on both sides of a
  /// "+" must both be there.
  [[nodiscard]] const std::vector<Phrase>& list() const { return list_; }
  /// False for most words that no phrase begins with, true for all others.
  [[nodiscard]] bool MayBegin(std::string_view word) const { return firsts_.MayHold(word); }

 private:
  std::vector<Phrase> list_;
  WordMarks firsts_;
};

/// A row of patterns.tsv at one of its triggers; what the row's triggers have in common is shared.
struct Pattern {
  std::string id{};
  std::string cameo{};
  std::shared_ptr<const std::vector<PatternFrame>> frames{};  ///< at least one
  std::shared_ptr<const WordPhrases> words{};  ///< lower-case words or lemmas; null: none
  std::vector<std::string> particle{};         ///< what follows the verb: {"on"} of "call on"
  EventStatus status = EventStatus::kOccurred;
  std::size_t rank = 0;  ///< order in the table
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
using Governors = std::unordered_map<std::string, std::string>;

/// Which patterns of a list the words of a sentence may lead to. Views the words of the patterns.
class PatternIndex {
 public:
  explicit PatternIndex(const std::vector<Pattern>& patterns);
  /// Positions of the patterns that can fit a sentence of these words, which are sorted: those with
  /// words of which at least one begins there, and those without.
  [[nodiscard]] std::vector<std::uint32_t> Among(const std::vector<std::string_view>& words) const;

 private:
  std::vector<std::pair<std::string_view, std::uint32_t>> by_word_;  ///< first words of phrases
  WordMarks firsts_;                                                 ///< the words of by_word_
  std::vector<std::uint32_t> always_;  ///< those with a frame that wants no word
};

/// The patterns of one trigger, most specific first.
struct PatternList {
  std::vector<Pattern> patterns{};
  std::shared_ptr<const PatternIndex> index{};  ///< null where they are few
};

/// Immutable.
class PatternTable {
 public:
  /// kMalformed naming the row when a frame cannot be read or a code is unknown.
  static Result<PatternTable> Load(const tables::Tables& tables);
  /// The patterns whose trigger begins with this lemma, most specific first.
  [[nodiscard]] const PatternList& VerbList(std::string_view lemma) const {
    return Of(verbs_, lemma);
  }
  [[nodiscard]] const PatternList& NounList(std::string_view lemma) const {
    return Of(nouns_, lemma);
  }
  [[nodiscard]] const std::vector<Pattern>& Verbs(std::string_view lemma) const {
    return VerbList(lemma).patterns;
  }
  [[nodiscard]] const std::vector<Pattern>& Nouns(std::string_view lemma) const {
    return NounList(lemma).patterns;
  }
  [[nodiscard]] const Code& CodeOf(const std::string& cameo) const { return codes_.at(cameo); }
  /// The status of what follows the governing lemma; empty when it governs nothing.
  [[nodiscard]] std::string_view Governor(const std::string& lemma) const;
  /// The status that an adjective or adverb gives what it modifies, by its form; empty for none.
  [[nodiscard]] std::string_view Modifier(const std::string& form) const;

 private:
  using Map = base::TextMap<PatternList>;
  [[nodiscard]] const PatternList& Of(const Map& map, std::string_view lemma) const;
  void Add(const Pattern& pattern, const std::vector<std::string>& triggers);
  /// Of the patterns of one lemma, the longer trigger and those with words go first, then the
  /// table's order.
  void Sort();

  Map verbs_;
  Map nouns_;
  std::unordered_map<std::string, Code> codes_;
  Governors governors_;
  Governors modifiers_;
  PatternList none_;
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
