/// What politics is about: plans, deals, laws.
#pragma once

#include <array>
#include <string_view>

#include "events/one_of.h"

namespace dateline::events {

/// Whether the noun names a matter of politics that one is for or against: "the budget", "a deal".
inline bool IsMatter(std::string_view lemma) {
  static constexpr std::array<std::string_view, 41> kMatters{
      "chapter",    "plan",       "proposal",       "offer",     "deal",       "agreement",
      "accord",     "treaty",     "draft",          "bill",      "law",        "reform",
      "budget",     "idea",       "demand",         "call",      "suggestion", "request",
      "resolution", "decision",   "claim",          "ultimatum", "criticism",  "measure",
      "verdict",    "charter",    "bargain",        "pact",      "swap",       "policy",
      "ruling",     "decree",     "edict",          "handover",  "terms",      "legislation",
      "amendment",  "settlement", "reconciliation", "truce",     "deadline"};
  return IsOneOf(lemma, kMatters);
}

/// Whether the noun names what a state, a party or a body of states does in public and others
/// judge: "the vote", "the transfer", "the conference".
inline bool IsPublicDeed(std::string_view lemma) {
  static constexpr std::array<std::string_view, 77> kDeeds{
      "vote",         "election",     "poll",         "referendum",  "count",        "recount",
      "transfer",     "conference",   "summit",       "report",      "handling",     "response",
      "delay",        "failure",      "lack",         "silence",     "inaction",     "refusal",
      "move",         "step",         "release",      "visit",       "meeting",      "talks",
      "talk",         "appointment",  "amnesty",      "launch",      "exercise",     "drill",
      "inquiry",      "announcement", "ceasefire",    "extradition", "withdrawal",   "deployment",
      "restoration",  "cooperation",  "closure",      "takeover",    "transition",   "mediation",
      "initiative",   "dialogue",     "pardon",       "gesture",     "reopening",    "interference",
      "intervention", "negotiation",  "revolt",       "mutiny",      "uprising",     "rebellion",
      "bloodshed",    "crackdown",    "putsch",       "sentence",    "trial",        "conviction",
      "execution",    "jailing",      "upheaval",     "declaration", "pledge",       "promise",
      "resignation",  "progress",     "breakthrough", "outcome",     "communique",   "death",
      "incident",     "shooting",     "explosion",    "blast",       "disappearance"};
  return IsOneOf(lemma, kDeeds);
}

}  // namespace dateline::events
