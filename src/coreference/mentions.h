/// The phrases of a story that may mean somebody or something: names, noun phrases, pronouns.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "coreference/words.h"
#include "dateline/coreference.h"
#include "dateline/story.h"

namespace dateline::coreference {

enum class Number : std::uint8_t { kUnknown, kSingular, kPlural };
enum class Determiner : std::uint8_t {
  kNone,
  kDefinite,
  kIndefinite,
  kDemonstrative,
  kPossessive,
  kOther,
};
/// The name a phrase is headed by; kNone for pronouns and common nouns.
enum class NameClass : std::uint8_t {
  kNone,
  kPerson,
  kOrganization,
  kLocation,
  kNationality,
  kOther
};

/// A phrase with what grammar tells of it. Ranges are tokens of the story.
struct Phrase {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t head = 0;
  std::uint32_t sentence = 0;
  MentionKind kind = MentionKind::kNominal;
  NameClass name = NameClass::kNone;
  Determiner determiner = Determiner::kNone;
  Number number = Number::kUnknown;
  Gender gender = Gender::kUnknown;
  std::uint32_t name_first = 0;  ///< of the name at its head; empty when there is none
  std::uint32_t name_last = 0;
  std::uint8_t person = 0;      ///< of a pronoun: 1, 2, 3
  bool animate = false;         ///< a person, told by name, noun or pronoun
  bool group = false;           ///< coordination: "France and Italy"
  std::uint32_t quotation = 0;  ///< number of the quotation it stands in; 0: none
};

/// Who speaks a quotation, as far as its own sentence tells.
struct Quotation {
  std::optional<std::uint32_t> speaker;  ///< head token
};

struct Phrases {
  std::vector<Phrase> phrases;        ///< sorted by first token, then longest first
  std::vector<Quotation> quotations;  ///< by number; [0] is what stands outside any
};

/// Linear in the tokens. REQUIRES: tags and trees; without them nothing is found.
Phrases FindPhrases(const Story& story, const Spelling& spelling, const Words& words);

}  // namespace dateline::coreference
