/// What single words tell of whom they mean: men, women, people, speech.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dateline/result.h"
#include "tables/tables.h"

namespace dateline::coreference {

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
  /// `lower` in lower case; nothing known of words in no list.
  [[nodiscard]] WordFacts Of(std::string_view lower) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unordered_map<std::string, WordFacts, Hash, std::equal_to<>> words_;
};

}  // namespace dateline::coreference
