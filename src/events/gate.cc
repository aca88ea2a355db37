#include "events/gate.h"

#include <algorithm>
#include <array>

#include "events/one_of.h"
#include "events/roles.h"

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
  return IsOneOf(cameo.substr(0, 2), kRoots);
}

/// To meet, to host and to fight are what teams do as well.
bool MayBeContest(std::string_view cameo) {
  return cameo.starts_with("04") || cameo == "036" || IsForceful(cameo);
}

bool Is(const std::optional<Party>& party, PartyKind kind) { return party && party->kind == kind; }

/// "The editors were freed": of the country that the text is about, whose state held them.
bool IsReleaseAtHome(const Scene& scene, const Match& match) {
  constexpr std::array<std::string_view, 3> kOpen{"until", "unless", "if"};
  if (!match.pattern->cameo.starts_with("084") || !match.source.empty() || match.target.empty())
    return false;
  const auto mark = scene.tree.Child(match.trigger, "mark");
  return !(mark && IsOneOf(scene.tree.Lemma(*mark), kOpen)) && !scene.theme.empty() &&
         scene.actors[match.target.front()].code.starts_with(scene.theme);
}

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

bool IsPerson(const StoryView& view, const Scene& scene, const ActorSet& side) {
  if (side.empty()) return false;
  const auto& entity = scene.actors[side.front()].entity;
  return entity && view.story.entities[Raw(*entity)].type == EntityType::kPerson;
}

/// The sides of a match, whoever stands first.
struct Sides {
  std::string_view source;  ///< code
  std::string_view target;
  bool home = false;           ///< both of one country, as far as is known
  bool person = false;         ///< the source is a person by name
  bool body = false;           ///< the source is an organization of which no role is known
  bool target_person = false;  ///< the target is
  bool same = false;           ///< both are one
};

Sides SidesOf(const StoryView& view, const Scene& scene, const Match& match) {
  const auto code = [&](const ActorSet& side) {
    return side.empty() ? std::string_view() : std::string_view(scene.actors[side.front()].code);
  };
  Sides sides{.source = code(match.source), .target = code(match.target)};
  if (const auto unnamed = UnnamedTarget(scene, match); !unnamed.empty()) sides.target = unnamed;
  sides.person = IsPerson(view, scene, match.source);
  sides.target_person = IsPerson(view, scene, match.target);
  if (!match.source.empty() && sides.source.size() == 3) {
    const auto& entity = scene.actors[match.source.front()].entity;
    sides.body = entity && view.story.entities[Raw(*entity)].type == EntityType::kOrganization;
  }
  sides.home = sides.target.size() < 3 || (sides.person && sides.source.size() < 3) ||
               sides.source.substr(0, 3) == sides.target.substr(0, 3);
  sides.home = sides.home && !sides.source.starts_with("IGO");
  if (match.source.empty() || match.target.empty()) return sides;
  const auto& one = scene.actors[match.source.front()].entity;
  sides.same = one && one == scene.actors[match.target.front()].entity && match.target.size() == 1;
  return sides;
}

/// Those who fight a state from within.
bool IsRebel(std::string_view code) {
  constexpr std::array<std::string_view, 4> kRebels{"REB", "UAF", "SEP", "INS"};
  return std::ranges::any_of(kRebels, [&](auto role) { return HasRole(code, role); });
}

/// Servants of the state, and the state itself.
bool IsOffice(const Sides& sides) {
  if (sides.source.size() == 3) return !sides.person && !sides.body;
  return HoldsOffice(sides.source) || sides.source.starts_with("IGO");
}

/// Who runs for office, has left it, or is known by name only.
bool IsPolitician(const Sides& sides) {
  if (IsPartisan(sides.source)) return true;
  return sides.person && sides.source.size() <= 3;
}

/// Candidates "attack" one another, "hold rallies" and are "hit" by advertisements.
bool IsFigure(std::string_view cameo, const Sides& sides, const std::optional<Party>& source,
              int real) {
  constexpr std::array<std::string_view, 5> kForce{"19", "171", "175", "181", "182"};
  // "his battles with Congress", "will fight for voters", "promises and rallies".
  if (cameo.starts_with("19") && IsPolitical(sides.source) && IsPolitical(sides.target))
    return true;
  if (cameo.starts_with("138") && real == 0 && (IsPolitician(sides) || IsPolitical(sides.source)))
    return true;
  // The police do not block roads in protest.
  if (cameo.starts_with("144") && HasRole(sides.source, "COP")) return true;
  if (cameo.starts_with("140") || cameo.starts_with("141"))
    return sides.person && (IsPolitician(sides) || HasRole(sides.source, "GOV"));
  if (!BeginsWithOneOf(cameo, kForce) || IsArmed(sides.source)) return false;
  if (cameo.starts_with("19") && sides.target_person && (sides.person || IsPolitician(sides)))
    return true;
  if (IsPolitician(sides) && real == 0) return true;
  return real == 0 && !Is(source, kPublic) && !Is(source, kState);
}

/// "The government offered the unions a table": what those in office offer those who strike or
/// fight, and what these ask of them, is an event though nothing tells of what.
bool IsBargain(std::string_view rule, const Sides& sides) {
  const auto fights = [](std::string_view code) {
    return IsRebel(code) || HasRole(code, "LAB") || HasRole(code, "OPP");
  };
  const bool asks = fights(sides.source) && HoldsOffice(sides.target);
  if (rule.starts_with("appeal.")) return asks;
  if (!rule.starts_with("intend.") && !rule.starts_with("demand.")) return false;
  return asks || (IsOffice(sides) && fights(sides.target));
}

/// Acts of speech within a country that tell nothing of what, or are by nobody in office.
bool IsVague(const Match& match, const Sides& sides, std::string_view lemma) {
  constexpr std::array<std::string_view, 3> kActs{"appeal.", "intend.", "threaten."};
  const std::string_view cameo = match.pattern->cameo;
  const std::string_view rule = match.pattern->id;
  const bool vague = rule.ends_with(".any") && !rule.starts_with("reject");
  const bool protest = rule == "threaten.14" || (rule == "intend.14" && !sides.person);
  const bool warns = lemma == "warn" && rule.starts_with("threaten") && !protest;
  if (!sides.target.empty() && (warns || (vague && !IsBargain(rule, sides)))) return true;
  // A party by its name judges what is done in public, and demands that others go.
  const bool party = !sides.person && HasRole(sides.source, "PTY");
  const bool judges = match.of_deed && !rule.starts_with("051.endorse");
  const bool stands =
      (party && judges) || cameo == "1041" || (match.of_other && cameo.starts_with("11"));
  if (IsPolitician(sides) && !protest && !stands &&
      (BeginsWithOneOf(rule, kActs) || sides.target.empty()) && cameo < "14")
    return true;
  const bool offer = rule.starts_with("intend.") && cameo.starts_with("03");
  return offer && !sides.target.empty() && !IsOffice(sides) && !IsRebel(sides.source);
}

/// Somebody stands there of whom not even the country is known.
bool IsUnknown(const Scene& scene, const ActorSet& side) {
  return !side.empty() && std::ranges::all_of(side, [&](std::uint32_t actor) {
    return scene.actors[actor].code.empty();
  });
}

/// Praise, invitations and visits want somebody who does them; praise and blame, somebody who gets
/// them ("was honoured to be here"), but for what a government finds good or bad, complaints and
/// apologies.
std::string_view OneSided(const Match& match, const Sides& sides) {
  const std::string_view cameo = match.pattern->cameo;
  constexpr std::array<std::string_view, 5> kWantSource{"014", "03", "05", "042", "043"};
  constexpr std::array<std::string_view, 2> kWantTarget{"05", "11"};
  if (match.source.empty() && BeginsWithOneOf(cameo, kWantSource)) return "nobody";
  if (match.target.empty() && IsJudgedBySaying(match)) return "to-nobody";
  const bool told = cameo.starts_with("055") || cameo.starts_with("114") || IsOffice(sides) ||
                    match.of_other || (match.of_deed && sides.source.size() > 3);
  if (match.target.empty() && BeginsWithOneOf(cameo, kWantTarget) && !told) return "to-nobody";
  // A sailor's thanks to who freed him are no praise of one country for another.
  if (cameo.starts_with("051") && sides.person && sides.source.size() == 3) return "private";
  return {};
}

/// What somebody thinks of a thing at home, wishes for or is not ready to talk about is no refusal.
bool IsOpinion(const Match& match, const Sides& sides, std::string_view lemma) {
  constexpr std::array<std::string_view, 8> kWishes{"want", "seek",   "advocate", "suggest",
                                                    "need", "remind", "wish",     "advise"};
  constexpr std::array<std::string_view, 2> kAsks{"appeal.", "demand."};
  const std::string_view rule = match.pattern->id;
  // "the miners want their leader freed" is what they strike for.
  constexpr std::array<std::string_view, 5> kMovements{"LAB", "EDU", "AGR", "REB", "OPP"};
  const bool movement =
      lemma == "want" && !sides.person &&
      std::ranges::any_of(kMovements, [&](auto role) { return HasRole(sides.source, role); });
  if (BeginsWithOneOf(rule, kAsks) && IsOneOf(lemma, kWishes)) return !movement;
  if (!match.pattern->cameo.starts_with("12")) return false;
  if (lemma == "oppose" || lemma == "opposed") return true;
  return rule.starts_with("reject.") && sides.target.size() <= 3 &&
         (IsPolitician(sides) || HasRole(sides.source, "LEG"));
}

/// Help within a state from one office to another, and help to do something.
bool IsHelpAtHome(const Match& match, const Sides& sides) {
  if (!match.pattern->cameo.starts_with("07")) return false;
  return HoldsOffice(sides.target) || IsPartisan(sides.target);
}

/// Plans and promises at home, and meetings of one government's offices, are business as usual.
bool IsRoutine(const Match& match, const Sides& sides) {
  const std::string_view cameo = match.pattern->cameo;
  const bool foes = IsRebel(sides.source) || IsRebel(sides.target) ||
                    HasRole(sides.target, "LAB") || HasRole(sides.target, "OPP");
  if (cameo.starts_with("03")) return sides.target.size() >= 3 && !foes;
  return cameo.starts_with("04") && IsOffice(sides) && HoldsOffice(sides.target);
}

/// What a court says in a case is no diplomacy.
bool IsCourtRoom(const Match& match, const Sides& sides) {
  constexpr std::array<std::string_view, 2> kRoots{"12", "05"};
  return BeginsWithOneOf(match.pattern->cameo, kRoots) && HasRole(sides.source, "JUD") &&
         !HasRole(sides.target, "GOV") && !HasRole(sides.target, "LEG");
}

/// What only a state can carry out is no threat or offer where somebody without office says it.
bool IsWithoutPower(const Match& match, const Sides& sides) {
  const std::string_view rule = match.pattern->id;
  if (!rule.starts_with("intend.") || rule == "intend.14") return false;
  // "Prosecutors said they had planned the kidnapping": those of whom they tell.
  const bool law = HasRole(sides.source, "JUD") || HasRole(sides.source, "COP");
  if (IsPolitician(sides) || (law && rule == "intend.18")) return true;
  return match.pattern->cameo.starts_with("13") && !IsOffice(sides) && !IsArmed(sides.source) &&
         !HasRole(sides.source, "IGO");
}

/// Those who oppose or lead parties meet those who govern, or one another; talks that are only
/// named ("boycotted talks with the government") are none of theirs.
bool IsParley(const Match& match, const Sides& sides) {
  const std::string_view rule = match.pattern->id;
  return match.pattern->cameo.starts_with("04") && !rule.contains(".n.") &&
         IsPolitical(sides.source) && IsPolitical(sides.target) &&
         (HasRole(sides.source, "OPP") || HasRole(sides.target, "OPP") ||
          HoldsOffice(sides.target));
}

/// Within a country much is said in the words of war and of diplomacy.
std::string_view HomeMatter(const Match& match, const Sides& sides, std::string_view lemma,
                            const std::optional<Party>& source, int real) {
  constexpr std::array<std::string_view, 3> kDealings{"04", "06", "07"};
  const std::string_view cameo = match.pattern->cameo;
  if (sides.same) return "self";
  if (IsWithoutPower(match, sides)) return "powerless";
  if (BeginsWithOneOf(cameo, kDealings) && match.source.empty() && sides.target.size() > 3)
    return "private";
  if (!sides.home) return {};
  if (IsFigure(cameo, sides, source, real)) return "figure";
  const bool journey = cameo.starts_with("042") || cameo.starts_with("043");
  if (journey && sides.source.size() >= 3 && sides.target.size() >= 3) return "at-home";
  if (IsVague(match, sides, lemma)) return "vague";
  if (IsOpinion(match, sides, lemma)) return "opinion";
  if (IsCourtRoom(match, sides)) return "court";
  if (IsRoutine(match, sides)) return "routine";
  if (IsHelpAtHome(match, sides)) return "private";
  const bool resigns = cameo.starts_with("0831") && !match.source.empty();
  const bool aid = cameo.starts_with("07") && sides.source.starts_with("NGO");
  if ((resigns || BeginsWithOneOf(cameo, kDealings)) && !IsOffice(sides) && !aid &&
      !IsParley(match, sides))
    return "private";
  return {};
}

/// "He speaks for the millions of Americans supporting Ruiz": who so many are, no act of theirs.
bool TellsWhichPeople(const Scene& scene, const Match& match) {
  constexpr std::array<std::string_view, 9> kAmounts{
      "million", "percent", "majority", "minority", "half", "third", "plurality", "%", "quarter"};
  constexpr std::array<std::string_view, 5> kThought{"01", "02", "05", "11", "12"};
  if (match.source.size() != 1 || !BeginsWithOneOf(match.pattern->cameo, kThought)) return false;
  const Actor& people = scene.actors[match.source.front()];
  const std::uint32_t at = people.words.end - 1;
  const auto over = scene.tree.Case(at) == "of" ? scene.tree.Head(at) : std::nullopt;
  const auto whom = scene.tree.Head(match.trigger);
  return scene.tree.Rel(match.trigger) == "acl" && over && (whom == at || whom == over) &&
         people.code.size() == 3 && IsOneOf(scene.tree.Lemma(*over), kAmounts);
}

/// "Do you support Ruiz?": whoever is spoken to does nothing.
bool IsSpokenTo(const StoryView& view, const Scene& scene, const Match& match) {
  if (match.source.empty()) return false;
  const Range words = scene.actors[match.source.front()].words;
  return words.end - words.begin == 1 && view.word(words.begin).form == "you";
}

/// "Began March with a rally": a month, not a march.
bool IsMonth(const StoryView& view, const Scene& scene, std::uint32_t trigger) {
  if (scene.tree.Lemma(trigger) != "march") return false;
  const Span span = view.word(trigger).span;
  return std::ranges::any_of(view.story.times, [&](const Timex& time) {
    return time.span.begin <= span.begin && span.end <= time.span.end;
  });
}

/// "Police charged Ruiz", "twenty were charged": who is known by name alone, or only counted, is
/// held for a crime where the sentence holds no word of politics.
bool IsCrime(const Scene& scene, const Match& match, int real) {
  if (real > 0 || !match.pattern->cameo.starts_with("173") || match.target.empty()) return false;
  const Actor& held = scene.actors[match.target.front()];
  const PartOfSpeech pos = scene.tree.Pos(held.words.begin);
  return held.known == Actor::Known::kCitizen && (pos != "NOUN" && pos != "ADJ" && pos != "PRON");
}

}  // namespace

std::optional<Rejection> RejectionOf(const StoryView& view, const Scene& scene, const Match& match,
                                     const DomainGate::Verdict& domain, const PartyTable& parties) {
  const auto source = parties.MostPublic(view, scene, match.source);
  const auto target = parties.MostPublic(view, scene, match.target);
  const auto word = [&](const std::optional<Party>& party) {
    return party ? view.word(party->head).form : std::string();
  };
  if (!IsReleaseAtHome(scene, match) &&
      IsPrivateMatter(match.pattern->cameo, source, target, domain.real))
    return Rejection{"private", source ? word(source) : word(target)};
  if (IsCrime(scene, match, domain.real)) return Rejection{"private", word(target)};
  const std::string lemma(scene.tree.Lemma(match.trigger));
  const bool seized = match.pattern->cameo.starts_with("17");
  const bool unknown = IsUnknown(scene, match.target) && UnnamedTarget(scene, match).empty();
  if (!seized && (IsUnknown(scene, match.source) || unknown)) return Rejection{"unknown", lemma};
  const Sides sides = SidesOf(view, scene, match);
  if (const std::string_view missing = OneSided(match, sides); !missing.empty())
    return Rejection{missing, lemma};
  if (IsSpokenTo(view, scene, match)) return Rejection{"spoken-to", lemma};
  if (TellsWhichPeople(scene, match)) return Rejection{"opinion", lemma};
  if (IsMonth(view, scene, match.trigger)) return Rejection{"month", lemma};
  const std::string_view home = HomeMatter(match, sides, lemma, source, domain.real);
  if (!home.empty()) return Rejection{home, lemma};
  if (MayBeContest(match.pattern->cameo) && Is(source, kState) && Is(target, kState) &&
      domain.contest > 0 && domain.real == 0)
    return Rejection{"contest", domain.words};
  return std::nullopt;
}

}  // namespace dateline::events
