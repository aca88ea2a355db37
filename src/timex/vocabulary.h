/// The words that time expressions are made of, with their classes: data/timex/words.tsv.
///
/// A class is a set of words that patterns name in capitals: MONTH, WEEKDAY, UNIT … A word may
/// stand in several ("second" is an ordinal and a unit). Classes of digits (NUM, DAY, YEAR …) are
/// told by the lexer; see lexer.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dateline/result.h"
#include "tables/tables.h"

namespace dateline::timex {

/// A class as a bit position, below 64.
using ClassId = std::uint32_t;
/// A set of classes.
using ClassSet = std::uint64_t;

constexpr ClassSet Bit(ClassId id) { return ClassSet{1} << id; }

/// Classes that the code itself asks about; the words table may add others.
enum Builtin : ClassId {
  kNum,          ///< a number, of digits or words
  kDay,          ///< 1 to 31 in digits
  kMonthNum,     ///< 1 to 12 in digits
  kYear,         ///< four digits, 1000 to 2199
  kTwoDigits,    ///< exactly two digits
  kHour,         ///< 0 to 24 in digits
  kMinute,       ///< two digits, 00 to 59
  kOrdinal,      ///< "first", "19th"
  kDecade,       ///< "1990s", "nineties"
  kShortDecade,  ///< "90s": as often an age or a temperature
  kSmall,        ///< number words one to nineteen
  kTens,         ///< number words twenty to ninety
  kScale,        ///< hundred, thousand, million
  kBuiltinCount,
};

/// What a word means as a member of one class: its text in the table, and that text as a number.
struct Sense {
  ClassId id = 0;
  std::string text;
  int number = 0;
};

struct Word {
  std::uint32_t id = 0;
  ClassSet classes = 0;
  bool capital = false;  ///< counts only when written with a capital ("May", "Sun")
  std::vector<Sense> senses;

  /// REQUIRES: the word is of that class.
  [[nodiscard]] const Sense& SenseOf(ClassId id) const;
};

/// Immutable after loading; thread-safe.
class Vocabulary {
 public:
  static Result<Vocabulary> Load(const tables::Table& words);

  /// Null for words that no table and no pattern knows. `folded` is in lower case.
  [[nodiscard]] const Word* Find(std::string_view folded) const;
  [[nodiscard]] std::optional<ClassId> FindClass(std::string_view name) const;
  /// The class, made when it is new. kTooLarge when there are 64.
  Result<ClassId> MakeClass(std::string_view name);
  /// The id of a word that a pattern names, made when it is new.
  std::uint32_t Intern(std::string_view folded);

 private:
  Word& Ensure(std::string_view folded);
  static constexpr std::size_t kLongest = 24;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unordered_map<std::string, Word, Hash, std::equal_to<>> words_;
  std::vector<std::string> classes_;
  std::array<std::array<bool, kLongest>, 256>
      shapes_{};  ///< first byte and length that any word has
};

}  // namespace dateline::timex
