#include <algorithm>
#include <array>

#include "events/matching.h"
#include "events/matters.h"
#include "events/one_of.h"
#include "events/roles.h"

// Sides that no name tells: whom the text is about stands for them, at home ("police arrested two
// editors") or abroad ("Norway promised tents").

namespace dateline::events {
namespace {

/// To call, meet or thank somebody, who is abroad: "phoned the premier", in a text about Chad.
bool MeetsOther(std::string_view cameo) {
  constexpr std::array<std::string_view, 4> kCodes{"040", "041", "043", "051"};
  return BeginsWithOneOf(cameo, kCodes);
}

/// "summoned the ambassador": never one's own.
bool IsSummons(const Match& match) {
  const std::string_view rule = match.pattern->id;
  return rule.starts_with("114.summon") || rule.starts_with("114.call-in");
}

/// "Monitors from Chad and Niger left": none of them of the country that the text is about.
bool AreAbroad(const Scene& scene, const Match& match) {
  return !match.mutual && match.pattern->cameo.starts_with("16") && match.target.empty() &&
         std::ranges::none_of(match.source, [&](std::uint32_t actor) {
           return scene.actors[actor].code.starts_with(scene.theme);
         });
}

/// "Washington urged the government to talk", in a text about Chad: a noun alone for a body that
/// each country has, at times taken for the speaker's own.
bool IsBareBody(const Scene& scene, const Actor& actor) {
  constexpr std::array<std::string_view, 8> kBodies{
      "government", "authority", "opposition", "police", "army", "parliament", "junta", "force"};
  const std::uint32_t head = actor.words.end - 1;
  if (scene.tree.Pos(head) != "NOUN" || !IsOneOf(scene.tree.Lemma(head), kBodies)) return false;
  return std::ranges::none_of(scene.tree.Children(head), [&](std::uint32_t child) {
    return scene.tree.Rel(child) != "det" && scene.tree.Rel(child) != "case" &&
           scene.tree.Pos(child) != "PUNCT" && child < head;
  });
}

/// Fighting and mass killing.
bool IsWarfare(std::string_view cameo) {
  return cameo.starts_with("19") || cameo.starts_with("20");
}

/// Whether the target is named. "promised tents, which had yet to leave Madrid" is not for Spain;
/// "halted aid to the police" not to one's own; "vowed that Chad would not look on" promises Chad
/// nothing.
bool IsNamed(const Scene& scene, const Match& match, std::string_view country) {
  const std::string_view cameo = match.pattern->cameo;
  const bool abroad_only =
      cameo.starts_with("07") || cameo.starts_with("033") || cameo.starts_with("16");
  const bool offers = cameo.starts_with("03");
  const Actor& source = scene.actors[match.source.front()];
  const bool speaks =
      HasRole(source.code, "GOV") || scene.tree.Pos(source.words.end - 1) == "PROPN";
  constexpr std::array<std::string_view, 3> kWords{"02", "10", "11"};
  const bool words = speaks && BeginsWithOneOf(cameo, kWords);
  return std::ranges::any_of(match.target, [&](std::uint32_t actor) {
    const Actor& other = scene.actors[actor];
    // "will pay for a railway to the sea".
    if (other.place && other.code.empty()) return false;
    // "offered to send police experts": its own.
    const bool state = other.code.size() == 3 || HasRole(other.code, "COP") ||
                       HasRole(other.code, "MIL") || HasRole(other.code, "SPY");
    const bool own =
        abroad_only || other.place || (offers && state) || (words && IsBareBody(scene, other));
    return !own || !other.code.starts_with(country);
  });
}

/// "refused to dismiss him", "agreed to an inquiry": what a government does at home.
bool IsOfHome(std::string_view rule) {
  const bool own = rule.starts_with("intend.") || rule.starts_with("reject.");
  return own && (rule.ends_with(".0831") || rule.ends_with(".09") || rule.ends_with(".14"));
}

/// "called for an inquiry", "called on his supporters to strike": who speaks for no state and names
/// nobody abroad says it to those at home.
bool IsCallAtHome(std::string_view rule) {
  return rule.starts_with("appeal.") && (rule.ends_with(".09") || rule.ends_with(".14"));
}

/// Whether the targets, if any, are places in the country.
bool NamesOwnPlaces(const Scene& scene, const Match& match, std::string_view country) {
  return std::ranges::all_of(match.target, [&](std::uint32_t actor) {
    return scene.actors[actor].place && scene.actors[actor].code.starts_with(country);
  });
}

/// Whether what is told is done to another country, be it named or not.
bool IsToOthers(const Scene& scene, const Match& match) {
  static constexpr std::array<std::string_view, 13> kToOthers{
      "016", "02", "03", "055", "06", "07", "10", "11", "12", "13", "15", "16", "0874"};
  const std::string_view cameo = match.pattern->cameo;
  // "French jets struck a rebel camp" of the country that the text is about.
  const bool meets = match.of_other && MeetsOther(cameo);
  const bool hails = match.of_deed && cameo.starts_with("051");
  // "The commissioner signed an agreement" with the country that the text is about.
  const bool signs = cameo == "057" && !match.source.empty() &&
                     scene.actors[match.source.front()].code.starts_with("IGO");
  // "Norway's premier will arrive on Monday", in a text about Chad.
  const bool comes = match.pattern->id == "042.come";
  return signs || comes || match.on_rebels || meets || hails ||
         (!match.at_home && BeginsWithOneOf(cameo, kToOthers));
}

/// A state, its government or army, or a body that is no country's: "Chad", "the army of Chad".
bool IsStateOrBody(const Actor& actor) {
  const std::string_view code = actor.code;
  const std::string_view bare = actor.person || actor.body ? "" : "GOV";
  const std::string_view role = code.size() > 3 ? code.substr(3, 3) : bare;
  return role == "GOV" || role == "MIL" || code.starts_with("IGO") || code.starts_with("NGO");
}

/// The country other than the source's that the text has told of, where it is the only one and told
/// more than once; "" where there is none such.
std::string_view OnlyOther(const Scene& scene, std::string_view country) {
  std::string_view other;
  for (const CountryTold& land : scene.told) {
    if (*land.country == country) continue;
    if (!other.empty() || land.times < 2) return {};
    other = *land.country;
  }
  return other;
}

/// "Chad shut its crossings", where the text has told of one other country: that one.
std::string_view OnlyNeighbour(const Scene& scene, const Match& match) {
  if (match.pattern->id != "160.close" || match.source.size() != 1) return {};
  const std::string_view country =
      std::string_view(scene.actors[match.source.front()].code).substr(0, 3);
  if (!NamesOwnPlaces(scene, match, country)) return {};
  std::string_view other;
  for (const CountryTold& land : scene.told) {
    if (land.named == 0 || *land.country == country) continue;
    if (!other.empty()) return {};
    other = *land.country;
  }
  return other;
}

/// "investigators", "a team of engineers", "200 more soldiers": no body of a state, and nothing
/// says whose.
bool IsBareGroup(const Tree& tree, const Actor& actor) {
  constexpr std::array<std::string_view, 12> kSent{
      "investigator", "expert", "soldier",   "troop",     "officer", "engineer",
      "team",         "doctor", "inspector", "policeman", "rescuer", "battalion"};
  const std::uint32_t head = actor.words.end - 1;
  return IsOneOf(tree.Lemma(head), kSent) &&
         std::ranges::none_of(tree.Below(head), [&](std::uint32_t below) {
           const PartOfSpeech pos = tree.Pos(below);
           return pos == "PROPN" || tree.Rel(below) == "nmod:poss" ||
                  (pos == "ADJ" && tree.Feature(below, "Degree=Pos") && tree.Rel(below) == "amod" &&
                   below < head && tree.Lemma(below) != "more" && tree.Lemma(below) != "military");
         });
}

}  // namespace

/// "was signed by the premier and Ana Ruiz, who leads the miners": with somebody joined to the
/// source of whom no table knows anything, who is at home.
bool Matcher::AgreesAtHome(const Verb& verb, const Match& match) const {
  constexpr std::array<std::string_view, 3> kTogether{"057", "0871", "046"};
  const bool alone = match.source.size() == 1 && match.target.empty() && IsCoded(match.source);
  if (!alone || !BeginsWithOneOf(match.pattern->cameo, kTogether)) return false;
  const auto joined = [&](std::uint32_t phrase) {
    return std::ranges::any_of(tree_.Children(phrase), [&](std::uint32_t child) {
      const auto other = scene_.ActorAt(child);
      return tree_.Rel(child) == "conj" && other && scene_.actors[*other].code.empty() &&
             (scene_.actors[*other].person || scene_.actors[*other].body);
    });
  };
  return std::ranges::any_of(verb.roles.subject, joined) ||
         std::ranges::any_of(tree_.Below(verb.at), [&](std::uint32_t below) {
           return verb.passive && tree_.Case(below) == "by" && joined(below);
         });
}

/// Whether they are of the country that the text before speaks of most; at its head, the text.
bool Matcher::IsOfTheme(const ActorSet& side) const {
  const std::string_view theme = scene_.theme.empty() ? view_.home : std::string_view(scene_.theme);
  return !theme.empty() && std::ranges::any_of(side, [&](std::uint32_t actor) {
    return scene_.actors[actor].code.starts_with(theme);
  });
}

/// Parties and the like, whose opponents are at home.
bool Matcher::IsOfMovement(const ActorSet& side) const {
  constexpr std::array<std::string_view, 4> kRoles{"OPP", "PTY", "LAB", "REB"};
  return std::ranges::any_of(side, [&](std::uint32_t actor) {
    return std::ranges::any_of(kRoles,
                               [&](auto role) { return HasRole(scene_.actors[actor].code, role); });
  });
}

/// Whether the words tell of what a country has within: "staged a coup", "quit the coalition".
bool Matcher::ActsAtHome(const WordList& domain) const {
  constexpr std::array<std::string_view, 9> kWithin{"coup",         "putsch",    "mutiny",
                                                    "revolt",       "uprising",  "rebellion",
                                                    "insurrection", "coalition", "power"};
  return std::ranges::any_of(domain,
                             [&](std::uint32_t at) { return IsOneOf(tree_.Lemma(at), kWithin); });
}

/// Whether what is struck is rebels' or theirs, of whom nothing says whose they are: "rocketed a
/// rebel camp".
bool Matcher::ActsOnRebels(const Verb& verb) const {
  constexpr std::array<std::string_view, 8> kRebels{"rebel",        "insurgent",  "guerrilla",
                                                    "militant",     "separatist", "mutineer",
                                                    "secessionist", "guerilla"};
  return std::ranges::any_of(verb.roles.object, [&](std::uint32_t head) {
    return std::ranges::any_of(tree_.Below(head),
                               [&](std::uint32_t at) { return IsOneOf(tree_.Lemma(at), kRebels); });
  });
}

/// "four demonstrators were shot dead": by their own state.
bool Matcher::ActsOnProtesters(const Verb& verb) const {
  constexpr std::array<std::string_view, 6> kProtesters{"demonstrator", "protester", "protestor",
                                                        "marcher",      "striker",   "rioter"};
  return std::ranges::any_of(verb.roles.object, [&](std::uint32_t head) {
    return IsOneOf(tree_.Lemma(CountedIn(head)), kProtesters);
  });
}

/// "Soldiers went from door to door, shooting men": neither side is said to come from elsewhere.
bool Matcher::ActsOnCrowd(const Verb& verb, const ActorSet& source) const {
  const auto bare = [&](std::uint32_t actor) {
    const Range words = scene_.actors[actor].words;
    return words.end == words.begin + 1 && tree_.Pos(words.begin) == "NOUN" &&
           tree_.Children(words.begin).empty() && IsArmed(scene_.actors[actor].code);
  };
  return std::ranges::any_of(source, bare) &&
         std::ranges::any_of(verb.roles.object, [&](std::uint32_t head) {
           return scene_.citizen_at.contains(CountedIn(head));
         });
}

/// "killed five and captured three": people, no town.
bool Matcher::TakesNumber(const Verb& verb) const {
  return std::ranges::any_of(verb.roles.object,
                             [&](std::uint32_t head) { return tree_.Pos(head) == "NUM"; });
}

/// "dozens of young men", "nine of the miners": who they are.
std::uint32_t Matcher::CountedIn(std::uint32_t head) const {
  constexpr std::array<std::string_view, 8> kCounts{"dozen", "score",  "hundred", "thousand",
                                                    "group", "number", "handful", "pair"};
  if (!IsOneOf(tree_.Lemma(head), kCounts) && tree_.Pos(head) != "NUM") return head;
  for (const std::uint32_t child : tree_.Children(head)) {
    if (tree_.Rel(child) == "nmod" && tree_.Case(child) == "of") return child;
  }
  return head;
}

/// Whether the object is somebody the text speaks of, known to the tables or not.
bool Matcher::ActsOnSomebody(const Verb& verb) const {
  if (TakesNumber(verb)) return true;
  constexpr std::array<std::string_view, 6> kOthers{"counterpart", "neighbour", "neighbor",
                                                    "ally",        "rival",     "delegation"};
  return std::ranges::any_of(verb.roles.object, [&](std::uint32_t object) {
    const std::uint32_t head = CountedIn(object);
    if (IsOneOf(tree_.Lemma(head), kOthers)) return true;
    return scene_.ActorAt(head).has_value() || scene_.others_at.contains(head) ||
           view_.people.contains(tree_.Lemma(head));
  });
}

/// "welcomed military cooperation" has no army for its object, "called his remarks a lie" nobody,
/// "blamed a few commas" blames nobody.
bool Matcher::TouchesSomebody(const Verb& verb, const PatternFrame& frame, Match& match) const {
  if (match.of_deed || match.of_other || ActsOnSomebody(verb)) return true;
  const std::string_view cameo = match.pattern->cameo;
  const bool aimed = frame.target || frame.target_direct;
  if (aimed && cameo.starts_with("112") && match.target.empty() && !verb.roles.object.empty())
    return false;
  if (!frame.target_direct || frame.target_optional) return true;
  if (!frame.words && (cameo.starts_with("04") || cameo.starts_with("084"))) return false;
  if (!match.target.empty()) match.score -= 2;
  return true;
}

/// Whether it is told whose whoever stands there is.
bool Matcher::IsKnown(std::uint32_t head) const {
  const auto actor = scene_.ActorAt(head);
  return actor && !scene_.actors[*actor].code.empty();
}

/// Whether a pronoun as object stands for somebody else than the text tells of: "she lambasted
/// her".
bool Matcher::IsAnother(std::uint32_t head, const ActorSet& source) const {
  if (tree_.Pos(head) != "PRON" || tree_.Lemma(head).ends_with("self")) return false;
  return !IsKnown(head) || SameAs(*scene_.ActorAt(head), source);
}

/// "the former minister", "the opposition leader", "his rival": of the country of whoever speaks of
/// him, where nothing else is said.
bool Matcher::IsCompatriot(std::uint32_t head) const {
  constexpr std::array<std::string_view, 6> kAbroad{"counterpart", "neighbour", "neighbor",
                                                    "host",        "guest",     "visitor"};
  constexpr std::array<std::string_view, 8> kOfHome{"former", "opposition", "ruling", "deposed",
                                                    "ousted", "outgoing",   "jailed", "deputy"};
  constexpr std::array<std::string_view, 2> kPersons{"his", "her"};
  if (!view_.people.contains(tree_.Lemma(head)) || IsOneOf(tree_.Lemma(head), kAbroad))
    return false;
  return std::ranges::any_of(tree_.Children(head), [&](std::uint32_t child) {
    const std::string& form = view_.word(child).form;
    return tree_.Rel(child) == "nmod:poss" ? IsOneOf(form, kPersons) : IsOneOf(form, kOfHome);
  });
}

/// Whether the subject is an office, a body or a person, no whole country: "Chad's president".
bool Matcher::SpeaksFor(const Verb& verb, const ActorSet& source) const {
  return IsCoded(source) && std::ranges::none_of(verb.roles.subject, [&](std::uint32_t head) {
           const auto actor = scene_.ActorAt(head);
           return actor && scene_.actors[*actor].code.size() == 3 && !scene_.actors[*actor].person;
         });
}

/// Whether an office or a person of a country blames somebody of the same country.
bool Matcher::ActsOnCompatriot(const Verb& verb, const Match& match) const {
  const bool blames =
      match.pattern->cameo.starts_with("111") || match.pattern->cameo.starts_with("112");
  return blames && match.target.empty() && IsCoded(match.source) &&
         std::ranges::any_of(verb.roles.object,
                             [&](std::uint32_t head) { return IsCompatriot(head); });
}

/// Whether somebody is blamed at home, or met abroad, whom nothing names: "accused his partners of
/// desertion", "phoned the premier".
bool Matcher::ActsOnOther(const Verb& verb, const PatternFrame& frame, const Match& match) const {
  constexpr std::array<std::string_view, 4> kPersons{"he", "she", "they", "who"};
  constexpr std::array<std::string_view, 2> kBlame{"111", "112"};
  if (!frame.target_direct || !match.target.empty()) return false;
  // Where the text tells of no country yet, who speaks for one is of that which it is about.
  const bool alone = scene_.theme.empty() && view_.home.empty() && SpeaksFor(verb, match.source);
  const bool blames = BeginsWithOneOf(match.pattern->cameo, kBlame) &&
                      (alone || IsOfTheme(match.source) || IsOfMovement(match.source));
  if (!blames && !(MeetsOther(match.pattern->cameo) && !IsOfTheme(match.source))) return false;
  return std::ranges::any_of(verb.roles.object, [&](std::uint32_t head) {
    if (IsAnother(head, match.source)) return IsOneOf(tree_.Lemma(head), kPersons);
    // "accused Dr Ruiz of lying", of whom no table knows.
    const bool name = blames && tree_.Pos(head) == "PROPN";
    return name || view_.people.contains(tree_.Lemma(head)) || scene_.citizen_at.contains(head);
  });
}

/// Whether all are countries or governments: "Chad", "the government of Chad", but no people, be
/// they told by their country alone.
bool Matcher::AreStates(const ActorSet& side) const {
  return !side.empty() && std::ranges::all_of(side, [&](std::uint32_t i) {
    const Actor& actor = scene_.actors[i];
    const std::uint32_t head = actor.words.end - 1;
    if (actor.known != Actor::Known::kNamed || actor.place || actor.person) return false;
    const bool name = actor.code.size() == 3 && tree_.Pos(head) == "PROPN" &&
                      !view_.nations.countries.contains(view_.word(head).form);
    return name || HasRole(actor.code, "GOV");
  });
}

/// Whether they are a state, a body of states, a party or another body that speaks on what is done
/// in public: no private person, nor one known by name only.
bool Matcher::MayJudge(const ActorSet& source) const {
  static constexpr std::array<std::string_view, 16> kRoles{"GOV", "MIL", "COP", "LEG", "JUD", "OPP",
                                                           "PTY", "REB", "UAF", "SEP", "INS", "LAB",
                                                           "REL", "NGO", "HRI", "SPY"};
  return std::ranges::any_of(source, [&](std::uint32_t i) {
    const Actor& actor = scene_.actors[i];
    const std::string_view code = actor.code;
    if (code.size() == 3) return !actor.person && !actor.place;
    return code.starts_with("IGO") || code.starts_with("NGO") ||
           std::ranges::any_of(kRoles, [&](auto role) { return HasRole(code, role); });
  });
}

/// Whether the noun names what is done to others, or, for those who judge it, in public.
bool Matcher::IsDone(std::uint32_t noun, bool judge) const {
  constexpr int kConflict = 3;
  if (judge && IsPublicDeed(tree_.Lemma(noun))) return true;
  return std::ranges::any_of(view_.patterns.Nouns(tree_.Lemma(noun)), [&](const Pattern& deed) {
    return view_.patterns.CodeOf(deed.cameo).quad >= kConflict;
  });
}

/// Whether the object is what somebody did to others, or a matter of politics: "condemned the
/// attack", "denounced it", "hailed the treaty".
bool Matcher::ActsOnDeed(const Verb& verb, const ActorSet& source) const {
  // To support a transfer is a matter of opinion.
  constexpr std::array<std::string_view, 5> kEndorse{"support", "back", "endorse", "approve",
                                                     "stand"};
  const bool judge = MayJudge(source) && !IsOneOf(verb.lemma, kEndorse);
  return std::ranges::any_of(verb.roles.object, [&](std::uint32_t head) {
    if (tree_.Lemma(head) == "it" || tree_.Lemma(head) == "this") return IsAnother(head, source);
    return IsMatter(tree_.Lemma(head)) || IsDone(head, judge);
  });
}

/// "Chad's prime minister resigned", "the parliament of Chad amended the charter".
bool Matcher::ActsWithin(const Verb& verb, const Match& match) const {
  constexpr std::array<std::string_view, 4> kCodes{"081", "082", "083", "091"};
  return match.target.empty() && BeginsWithOneOf(match.pattern->cameo, kCodes) &&
         SpeaksFor(verb, match.source);
}

/// What is done to whom nothing names: a deed, somebody else, whoever is at home, rebels.
void Matcher::TakeStanding(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                           Match& match) const {
  const std::string_view cameo = match.pattern->cameo;
  const bool judges =
      cameo.starts_with("111") || cameo.starts_with("051") || cameo.starts_with("09");
  match.of_deed = judges && ActsOnDeed(verb, match.source);
  match.of_other = ActsOnOther(verb, frame, match);
  if (match.of_other && MeetsOther(cameo) && UnnamedTarget(scene_, match).empty())
    match.of_other = false;
  const bool compatriot = frame.target_direct && ActsOnCompatriot(verb, match);
  match.of_other = match.of_other || compatriot;
  match.at_home = compatriot || ActsWithin(verb, match);
  match.on_rebels = false;
  const bool force = cameo.starts_with("18") || IsWarfare(cameo);
  if (force && verb.passive && match.source.empty()) match.at_home = ActsOnProtesters(verb);
  if (!match.target.empty() || match.source.empty()) return;
  match.on_rebels = force && ActsOnRebels(verb);
  // "the rebels walked out of talks": those with their government.
  const bool with_own =
      (cameo.starts_with("164") && IsOfMovement(match.source)) || AgreesAtHome(verb, match);
  match.at_home =
      match.at_home || match.on_rebels || with_own || (!judges && ActsAtHome(domain)) ||
      (force && (ActsOnCrowd(verb, match.source) || (ActsOnPost(verb) && IsOfTheme(match.source))));
}

/// Whether a place in the sentence is in the country.
bool Matcher::IsSetIn(std::string_view country) const {
  return std::ranges::any_of(scene_.actors, [&](const Actor& actor) {
    return actor.place && actor.code.starts_with(country);
  });
}

/// "The army of Chad opened fire, killing dozens of young men": those whom nobody names are of the
/// country of those who fight, where it is the one spoken of; "soldiers of Chad shot a herder in
/// Gao": of that of the place. So are those whom police and courts hold.
void Matcher::TakeCountrymen(const Verb& verb, Match& match) const {
  const auto coded = [&](std::uint32_t actor) { return !scene_.actors[actor].code.empty(); };
  if (match.source.empty() || std::ranges::any_of(match.target, coded)) return;
  const std::string& doer = scene_.actors[match.source.front()].code;
  const bool holds = match.pattern->cameo.starts_with("173") && HoldsOffice(doer);
  if (doer.size() <= 3 || (!IsArmed(doer) && !holds)) return;
  for (const std::uint32_t object : verb.roles.object) {
    const auto found = scene_.citizen_at.find(CountedIn(object));
    if (found == scene_.citizen_at.end()) continue;
    const std::string& country = scene_.actors[found->second].code;
    if (doer.starts_with(country) || (!holds && IsSetIn(country))) match.target = {found->second};
  }
}

/// People of no country of their own are the country's that the text speaks of, when nobody else is
/// known: "the editors were arrested".
void Matcher::TakeCitizens(const Verb& verb, Match& match) const {
  const auto coded = [&](std::uint32_t actor) { return !scene_.actors[actor].code.empty(); };
  const bool home = StaysAtHome(match) || IsWarfare(match.pattern->cameo);
  const bool protest = match.pattern->cameo.starts_with("14");
  if (IsWarfare(match.pattern->cameo) || match.pattern->cameo.starts_with("173"))
    TakeCountrymen(verb, match);
  if (!home || std::ranges::any_of(match.source, coded) ||
      (!protest && std::ranges::any_of(match.target, coded)))
    return;
  const auto citizen = [&](const WordList& heads, ActorSet& side) {
    for (const std::uint32_t head : heads) {
      auto found = scene_.citizen_at.find(CountedIn(head));
      if (found == scene_.citizen_at.end()) found = scene_.citizen_at.find(head);
      if (found != scene_.citizen_at.end()) side = {found->second};
    }
  };
  citizen(verb.roles.object, match.target);
  citizen(verb.roles.subject, match.source);
}

/// "Prosecutors of Chad charged Ana Ruiz, a clerk": whoever is held and known by name alone is of
/// the country of those who hold him, where it is the one spoken of.
void Matcher::TakeHeld(const Verb& verb, Match& match) const {
  if (!match.pattern->cameo.starts_with("173") || !IsCoded(match.source) || match.target.empty() ||
      IsCoded(match.target))
    return;
  const std::string& holder = scene_.actors[match.source.front()].code;
  if (holder.size() <= 3 || !HoldsOffice(holder)) return;
  for (const std::uint32_t head : verb.roles.object) {
    for (const std::uint32_t at : tree_.Below(head)) {
      const auto found = scene_.citizen_at.find(at);
      if (found == scene_.citizen_at.end()) continue;
      if (holder.starts_with(scene_.actors[found->second].code)) match.target = {found->second};
      return;
    }
  }
}

/// A body that no table knows is of its opponent's country where the text tells of that country
/// only: "walked out of the Alliance", "the Alliance accused the minister".
void Matcher::TakeUnknown(const WordList& heads, const ActorSet& other, ActorSet& side,
                          std::string_view cameo) const {
  constexpr std::array<std::string_view, 5> kCodes{"10", "11", "12", "13", "16"};
  const bool fits =
      std::ranges::any_of(kCodes, [&](std::string_view code) { return cameo.starts_with(code); });
  const auto coded = [&](std::uint32_t actor) { return !scene_.actors[actor].code.empty(); };
  // "accused the president of fraud": whoever is blamed by the office alone.
  if (!fits || (side.empty() && !cameo.starts_with("11")) || other.empty() ||
      std::ranges::any_of(side, coded))
    return;
  const std::string& code = scene_.actors[other.front()].code;
  for (const std::uint32_t head : heads) {
    const auto found = scene_.citizen_at.find(head);
    if (found == scene_.citizen_at.end() || code.size() <= 3) continue;
    if (code.starts_with(scene_.actors[found->second].code)) side = {found->second};
  }
}

/// "A mob stoned the embassy", "supporters of the Front burnt it": those who act in numbers, or
/// whose body no table knows, are of the country where they do it.
void Matcher::TakeCrowd(const Verb& verb, Match& match) const {
  static constexpr std::array<std::string_view, 18> kCrowds{
      "crowd",        "mob",      "thousand", "hundred",  "dozen",   "protester",
      "protestor",    "marcher",  "rioter",   "looter",   "youth",   "guard",
      "demonstrator", "villager", "settler",  "resident", "striker", "some"};
  constexpr std::array<std::string_view, 5> kCodes{"14", "15", "17", "18", "19"};
  const std::string_view cameo = match.pattern->cameo;
  const bool fits =
      std::ranges::any_of(kCodes, [&](std::string_view code) { return cameo.starts_with(code); });
  const auto coded = [&](std::uint32_t actor) { return !scene_.actors[actor].code.empty(); };
  TakeUnknown(verb.roles.object, match.source, match.target, cameo);
  TakeUnknown(verb.roles.subject, match.target, match.source, cameo);
  if (!fits || std::ranges::any_of(match.source, coded)) return;
  for (const std::uint32_t head : verb.roles.subject) {
    const auto found = scene_.citizen_at.find(head);
    const bool many = std::ranges::find(kCrowds, tree_.Lemma(head)) != kCrowds.end();
    const bool body = !match.source.empty() && !cameo.starts_with("19");
    if (found == scene_.citizen_at.end()) continue;
    const bool arms = IsArmed(scene_.actors[found->second].code);
    if (arms || (!cameo.starts_with("15") && (many || body))) match.source = {found->second};
  }
}

/// Whoever says what the verb tells, in the same sentence: "Ruiz said two envoys would be
/// expelled", "visa fees will be scrapped, Ruiz said".
ActorSet Matcher::SpeakerOver(std::uint32_t verb) const {
  constexpr int kSteps = 4;
  for (int up = 0; up < kSteps && tree_.Rel(verb) == "conj" && tree_.Head(verb); ++up)
    verb = *tree_.Head(verb);
  const auto saying =
      tree_.Rel(verb) == "ccomp" ? tree_.Head(verb) : tree_.Child(verb, "parataxis");
  if (!saying || view_.cues.Of(tree_.Lemma(*saying), quotes::CueKind::kVerb).empty()) return {};
  return Of(tree_.RolesOf(*saying).subject);
}

/// A state, who serves one, or a body of states.
bool Matcher::SpeaksForState(const ActorSet& speaker) const {
  return std::ranges::any_of(speaker, [&](std::uint32_t i) {
    const Actor& actor = scene_.actors[i];
    if (actor.code.size() == 3) return !actor.person;
    return HoldsOffice(actor.code) || actor.code.starts_with("IGO");
  });
}

/// "Chad's minister said a team of experts would fly in": people of whom nothing says whose they
/// are are the speaker's own.
void Matcher::TakeSpeakersMen(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 4> kSent{"07", "15", "09", "04"};
  if (!(verb.future || verb.would) || verb.passive || verb.negated || match.source.size() != 1 ||
      !BeginsWithOneOf(match.pattern->cameo, kSent))
    return;
  const Actor& doer = scene_.actors[match.source.front()];
  const bool bare = tree_.Pos(doer.words.end - 1) == "NOUN" && IsBareGroup(tree_, doer);
  ActorSet speaker = bare ? SpeakerOver(verb.at) : ActorSet{};
  if (SpeaksForState(speaker) && Foreign(match.target, speaker).empty() == match.target.empty())
    match.source = std::move(speaker);
}

/// "Chad's minister said two envoys would be expelled", "said jets had been sent to help": what is
/// decided by states, and nobody is said to do, the state does whose official tells it; not what
/// he tells of his own people.
void Matcher::TakeSpeaker(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 7> kDecided{"063", "07", "08", "114", "15", "16", "17"};
  constexpr std::array<std::string_view, 5> kOwnNews{"07", "114", "15", "173", "174"};
  const std::string_view cameo = match.pattern->cameo;
  const bool planned = verb.future || verb.would;
  const bool decides = planned ? BeginsWithOneOf(cameo, kDecided)
                               : !verb.negated && BeginsWithOneOf(cameo, kOwnNews);
  const bool fights = cameo.starts_with("19") && !verb.negated;
  if (!match.source.empty() || !(decides || fights)) return;
  ActorSet speaker = SpeakerOver(verb.at);
  if (!SpeaksForState(speaker)) return;
  const bool abroad = match.target.empty() || !Foreign(match.target, speaker).empty();
  const bool told = decides ? planned || abroad : FightsThem(speaker, match.target);
  if (told) match.source = std::move(speaker);
}

/// "Forty rebels were killed, the army said": by the army.
bool Matcher::FightsThem(const ActorSet& army, const ActorSet& killed) const {
  constexpr std::array<std::string_view, 4> kRebels{"REB", "UAF", "SEP", "INS"};
  const std::string& code = scene_.actors[army.front()].code;
  if (!IsArmed(code) || code.starts_with("IGO") || killed.empty()) return false;
  return std::ranges::any_of(kRebels, [&](std::string_view role) {
    return HasRole(scene_.actors[killed.front()].code, role);
  });
}

bool StaysAtHome(const Match& match) {
  if (match.at_home || IsCallAtHome(match.pattern->id)) return true;
  if (IsSummons(match) && !match.source.empty()) return false;
  constexpr std::array<std::string_view, 12> kCodes{"016", "024", "034", "08", "09", "10",
                                                    "11",  "12",  "133", "14", "17", "18"};
  return BeginsWithOneOf(match.pattern->cameo, kCodes);
}

std::string_view UnnamedTarget(const Scene& scene, const Match& match) {
  if (const auto neighbour = OnlyNeighbour(scene, match); !neighbour.empty()) return neighbour;
  if (match.source.empty() || !IsToOthers(scene, match)) return {};
  const Actor& source = scene.actors[match.source.front()];
  const std::string_view code = source.code;
  const std::string_view country = code.substr(0, 3);
  // "Norway sent tents for the region", near the head of a text about floods in Chad.
  constexpr std::array<std::string_view, 3> kAid{"07", "033", "057"};
  const bool aids = match.source.size() == 1 && IsStateOrBody(source) &&
                    BeginsWithOneOf(match.pattern->cameo, kAid);
  if (scene.theme.empty() && aids) {
    const std::string_view other = OnlyOther(scene, country);
    return IsNamed(scene, match, country) ? std::string_view() : other;
  }
  if (scene.theme.empty()) return {};
  if (match.source.size() > 1 && !AreAbroad(scene, match)) return {};
  if (code.substr(country.size()).starts_with("GOV") && IsOfHome(match.pattern->id)) return {};
  const bool state = IsStateOrBody(source);
  // "closed its frontier in the west", "took the dispute to the court", where the text is about the
  // two.
  const std::string_view cameo = match.pattern->cameo;
  const bool foe = cameo.starts_with("16") || cameo == "115" || IsSummons(match);
  if (foe && state && NamesOwnPlaces(scene, match, country) && country == scene.theme)
    return scene.rival;
  const bool abroad = country.size() == 3 && country != scene.theme &&
                      scene.TimesTold(country) < scene.TimesTold(scene.theme);
  return state && abroad && !IsNamed(scene, match, country) ? std::string_view(scene.theme)
                                                            : std::string_view();
}

}  // namespace dateline::events
