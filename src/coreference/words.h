/// What single words tell of whom they mean: men, women, people, speech.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "dateline/story.h"
#include "tables/tables.h"

namespace dateline::coreference {

/// XXH3 of the letters, the low 32 bits.
std::uint32_t HashWord(std::string_view lower);

/// The words of a story by HashWord of their lower case, token by token.
struct Spelling {
  std::vector<std::uint32_t> lower{};  ///< as printed
  std::vector<std::uint32_t> lemma{};
};
Spelling SpellingOf(const Story& story);

enum class Gender : std::uint8_t { kUnknown, kMale, kFemale };

struct WordFacts {
  Gender gender = Gender::kUnknown;
  bool person = false;  ///< a noun for people: "minister", "wife"
  bool speech = false;  ///< a verb of saying
};

/// Immutable after Load; thread-safe.
class Words {
 public:
  static Result<Words> Load(const tables::Tables& tables);
  /// `hash` is HashWord of the lower case; nothing known of words in no list.
  [[nodiscard]] WordFacts Of(std::uint32_t hash) const { return slots_[PlaceOf(hash)].facts; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    bool taken = false;
    WordFacts facts{};
  };
  /// Where the word is, or the free place where it would be.
  [[nodiscard]] std::size_t PlaceOf(std::uint32_t hash) const {
    std::size_t at = hash & mask_;
    while (slots_[at].taken && slots_[at].hash != hash) at = (at + 1) & mask_;
    return at;
  }

  std::vector<Slot> slots_{};  ///< a power of two, at most half taken
  std::size_t mask_ = 0;
};

}  // namespace dateline::coreference
