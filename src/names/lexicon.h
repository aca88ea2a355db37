/// The word lists of data/names/ as flags of a word, looked up once a token.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dateline/result.h"
#include "tables/tables.h"

namespace dateline::names {

/// What a word may be; a set of bits.
using WordFlags = std::uint32_t;
inline constexpr WordFlags kCommon = 1U << 0U;        ///< no name although it may begin a sentence
inline constexpr WordFlags kTimeWord = 1U << 1U;      ///< a day or month
inline constexpr WordFlags kGiven = 1U << 2U;         ///< a first name
inline constexpr WordFlags kOrgWord = 1U << 3U;       ///< "Ministry", "Party"
inline constexpr WordFlags kPlaceWord = 1U << 4U;     ///< "River", "Province"
inline constexpr WordFlags kFacilityWord = 1U << 5U;  ///< "Palace", "Airport"
inline constexpr WordFlags kModifier = 1U << 6U;      ///< "deputy": before a title
inline constexpr WordFlags kHead = 1U << 7U;          ///< "minister": last word of a title
inline constexpr WordFlags kHonorific = 1U << 8U;     ///< "Mr"
inline constexpr WordFlags kParticle = 1U << 9U;      ///< "van", "al"
inline constexpr WordFlags kLocative = 1U << 10U;     ///< "in", "near"
inline constexpr WordFlags kGroup = 1U << 11U;        ///< "Muslim", "Kurds"

/// Immutable after Load; thread-safe.
class Lexicon {
 public:
  static Result<Lexicon> Load(const tables::Tables& tables);
  /// 0 for words of no list. `folded` as tables::FoldedTokens gives it.
  [[nodiscard]] WordFlags Flags(std::string_view folded) const;

 private:
  Result<void> AddWords(const tables::Tables& tables);
  Result<void> AddGivenNames(const tables::Tables& tables);

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unordered_map<std::string, WordFlags, Hash, std::equal_to<>> words_;
};

}  // namespace dateline::names
