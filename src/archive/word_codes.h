/// Text as a row of codes for words, short because an archive's words come again and again, and
/// made so that a query in plain SQL can put the text together again (docs/schema.md, `texts`).
///
/// A word with the space before it is a code of one byte (00 to 5F), two (60 to DF first) or three
/// (E0 to FE first), the key of a row of `words`; FF, a length of 1 to 127 and that many bytes
/// stand for themselves. Codes are given out as words come and never again taken back; a word that
/// turns out to be frequent gets a shorter one beside its first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "archive/sqlite.h"
#include "dateline/result.h"

namespace dateline::archive {

/// Where the word that begins at `at` ends. REQUIRES: at < text.size(). Never within a character of
/// valid UTF-8, and at most 127 bytes on.
std::size_t EndOfWord(std::string_view text, std::size_t at);

/// A word of a text: where it ends, and a hash of it.
struct CutWord {
  std::uint32_t end = 0;
  std::uint64_t hash = 0;
};
/// The text word by word, which needs no archive.
std::vector<CutWord> CutWords(std::string_view text);

/// Belongs to one connection. Failures are the database's.
class WordCodes {
 public:
  explicit WordCodes(Database& database);

  /// Gives the shortest codes to the words that these texts use most. To be called once, when there
  /// are some hundred stories to learn from.
  void Learn(const std::vector<std::string>& texts);
  /// Whether that has been done in this archive.
  bool learned();

  /// REQUIRES: inside a transaction for writing, as new words may be added.
  /// `words` are those of the text.
  std::string Encode(std::string_view text, const std::vector<CutWord>& words);
  /// kMalformed for what Encode has not made with this archive's words.
  Result<std::string> Decode(std::string_view codes);

  /// To be called when rows may have been given back.
  void Forget();

 private:
  using Number = std::uint32_t;

  /// A place of the table that finds words: empty where `word` is kNoWord.
  struct Slot {
    std::uint32_t hash;   ///< the upper half, of which the place says nothing
    std::uint32_t word;   ///< which of `known_`
    std::uint32_t begin;  ///< of that word in `pool_`
    Number code : 24;
    std::uint32_t size : 8;  ///< of that word
  };
  struct Known {
    std::uint32_t begin;  ///< in `pool_`
    std::uint32_t size;
  };
  static constexpr std::uint32_t kNoWord = ~std::uint32_t{0};

  void LoadAll();
  void Grow();
  Slot& SlotOf(std::string_view word, std::uint64_t hash);
  void Put(std::string_view word, Number code);
  void Place(Number code, std::uint32_t word);
  std::uint32_t Remember(std::string_view word);
  [[nodiscard]] std::size_t FirstPlace(std::uint64_t hash) const {
    return hash & (slots_.size() - 1);
  }
  void Prefetch(std::uint64_t hash) const;
  void PrefetchWord(std::uint64_t hash) const;
  [[nodiscard]] std::string_view TextOf(const Known& known) const {
    return std::string_view(pool_).substr(known.begin, known.size);
  }
  Number Add(std::string_view word, Number& next);
  std::optional<Number> CodeOf(std::string_view word, std::uint64_t hash);
  bool IsWorthARow(std::string_view word, std::uint64_t hash);
  std::optional<std::string_view> WordOf(std::string_view code);

  Statement all_;
  Statement insert_;
  Statement find_;
  bool loaded_ = false;
  Number next_short_ = 0;
  Number next_ = 0;
  // The words read so far, by code; all of them when they are loaded, and then a table with open
  // places finds them by their letters (most words of a text are a cache miss away: two and not
  // three, and those of the next words are on their way meanwhile).
  std::vector<Slot> slots_;
  std::vector<Known> known_;
  std::string pool_;
  std::vector<std::uint32_t> by_code_;      ///< which of `known_`
  std::unordered_set<std::uint64_t> seen_;  ///< hashes of words met once that have no code yet
};

}  // namespace dateline::archive
