/// What politics is about: plans, deals, laws.
#pragma once

#include <array>
#include <string_view>

#include "events/one_of.h"

namespace dateline::events {

/// Whether the noun names a matter of politics that one is for or against: "the budget", "a deal".
inline bool IsMatter(std::string_view lemma) {
  constexpr std::array<std::string_view, 40> kMatters{
      "chapter",    "plan",       "proposal",       "offer",     "deal",       "agreement",
      "accord",     "treaty",     "draft",          "bill",      "law",        "reform",
      "budget",     "idea",       "demand",         "call",      "suggestion", "request",
      "resolution", "decision",   "claim",          "ultimatum", "criticism",  "measure",
      "verdict",    "charter",    "bargain",        "pact",      "swap",       "policy",
      "ruling",     "decree",     "edict",          "handover",  "terms",      "legislation",
      "amendment",  "settlement", "reconciliation", "truce"};
  return IsOneOf(lemma, kMatters);
}

}  // namespace dateline::events
