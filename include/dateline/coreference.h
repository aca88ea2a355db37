/// Which phrases of a story mean the same: chains of mentions, ordinary nouns among them.
#pragma once

#include <cstdint>

#include "dateline/entity.h"
#include "dateline/span.h"

namespace dateline {

/// A name, noun phrase or pronoun, and the chain of those that mean the same.
struct Reference {
  TokenIndex first{};
  TokenIndex last{};  ///< behind the last token
  TokenIndex head{};
  MentionKind kind = MentionKind::kNominal;
  std::uint32_t chain = 0;  ///< numbered from 0 in order of first mention
  bool operator==(const Reference&) const = default;
};

}  // namespace dateline
