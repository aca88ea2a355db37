/// Whether what a pattern finds is politics at all: who the sides are, and what the sentence speaks
/// of.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/domain.h"
#include "events/parties.h"

namespace dateline::events {

/// Why what a pattern finds is no event.
struct Rejection {
  std::string_view reason;
  std::string detail;
};

/// Refuses, in this order,
///   - "private": what private persons, firms and things do to each other or to a place;
///   - "contest": what two countries, bare of soldiers and ministers, do to each other in a
///   sentence
///     with a word of contest ("fought back against Togo").
std::optional<Rejection> RejectionOf(const StoryView& view, const Scene& scene, const Match& match,
                                     const DomainGate::Verdict& domain, const PartyTable& parties);

}  // namespace dateline::events
