#include "events/gate.h"

#include <algorithm>
#include <array>

// A code by itself does not say who acts: "a Danish baker" and "Denmark" are both DNK. So the gate
// looks at the heads of the phrases. Three questions:
//
//   Is the source private? Then what it says or does is politics only where the other side is
//   public
//   ("farmers urged the minister"), or where it is violence or protest, which anybody can do.
//   Is nobody named who does it, and is it done to somebody private? Then only coercion and
//   violence count ("a hiker was rescued" is no aid). Are both sides bare countries, and does the
//   sentence hold a word of contest, but none of war or office? Then it is a match.

namespace dateline::events {
namespace {

using enum PartyKind;

bool IsForceful(std::string_view cameo) {
  constexpr std::array<std::string_view, 5> kRoots{"14", "17", "18", "19", "20"};
  return std::ranges::find(kRoots, cameo.substr(0, 2)) != kRoots.end();
}

/// To meet, to host and to fight are what teams do as well.
bool MayBeContest(std::string_view cameo) {
  return cameo.starts_with("04") || cameo == "036" || IsForceful(cameo);
}

bool Is(const std::optional<Party>& party, PartyKind kind) { return party && party->kind == kind; }

/// Private persons and things: what they do is politics only to somebody public, or by force.
bool IsPrivateMatter(std::string_view cameo, const std::optional<Party>& source,
                     const std::optional<Party>& target, int real) {
  const bool named = Is(target, kPublic) || Is(target, kCivic);
  if (Is(source, kPrivate)) {
    if (cameo.starts_with("14")) return false;
    if (IsForceful(cameo)) return !named && real == 0;
    // Firms invest and trade; that is material cooperation with the country.
    if (cameo.starts_with("06") && target) return false;
    return !Is(target, kPublic);
  }
  const bool civic = Is(source, kCivic);
  const bool nobody = !source && Is(target, kPrivate);
  if (IsForceful(cameo)) return false;
  return nobody || (civic && Is(target, kPrivate));
}

}  // namespace

std::optional<Rejection> RejectionOf(const StoryView& view, const Scene& scene, const Match& match,
                                     const DomainGate::Verdict& domain, const PartyTable& parties) {
  const auto source = parties.MostPublic(view, scene, match.source);
  const auto target = parties.MostPublic(view, scene, match.target);
  const auto word = [&](const std::optional<Party>& party) {
    return party ? view.word(party->head).form : std::string();
  };
  if (IsPrivateMatter(match.pattern->cameo, source, target, domain.real))
    return Rejection{"private", source ? word(source) : word(target)};
  if (MayBeContest(match.pattern->cameo) && Is(source, kState) && Is(target, kState) &&
      domain.contest > 0 && domain.real == 0)
    return Rejection{"contest", domain.words};
  return std::nullopt;
}

}  // namespace dateline::events
