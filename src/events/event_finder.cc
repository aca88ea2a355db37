#include "events/event_finder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <expected>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "actors/roles.h"
#include "base/split.h"
#include "events/acts.h"
#include "events/aims.h"
#include "events/answers.h"
#include "events/attributes.h"
#include "events/circumstances.h"
#include "events/confidence.h"
#include "events/domain.h"
#include "events/event_dates.h"
#include "events/gate.h"
#include "events/matcher.h"
#include "events/merge.h"
#include "events/one_of.h"
#include "events/patterns.h"
#include "events/refusals.h"
#include "events/roles.h"
#include "events/scene.h"
#include "events/trace.h"
#include "quotes/cues.h"
#include "syntax/lemmas.h"

// Sentences of sport and markets are left out (domain.h). Any other becomes a scene (actors, verbs,
// subjects), the patterns are laid over it, and each match is told whether it happened, when and
// where. Matches inside what somebody says are his claim when he is a party to it or only alleges
// it; a report by others stands as told. Last, matches of one happening become one event with
// several places of evidence.

namespace dateline::events {
namespace {

/// A country's actor stands for a place of that country: "a visit to Lima" is one to Peru.
void NameCountry(const Story& story, EventActor& actor) {
  if (actor.entity || actor.actor.empty()) return;
  for (std::size_t i = 0; i < story.entities.size(); ++i) {
    if (story.entities[i].type == EntityType::kCountry &&
        story.entities[i].country == actor.actor) {
      actor.entity = static_cast<EntityIndex>(i);
      return;
    }
  }
}

/// "He praised ties between Peru and Chile" by a Peruvian is about Chile: targets of the source's
/// own country go when others remain.
void DropOwnCountry(Event& event) {
  if (event.source.size() != 1 || event.source.front().actor.size() < 3) return;
  // "A Danish nurse and a Chadian driver were kidnapped in Chad": both.
  if (event.cameo.starts_with("181")) return;
  const std::string code = event.source.front().actor.substr(0, 3);
  const auto own = [&](const EventActor& a) { return a.actor.starts_with(code); };
  if (std::ranges::any_of(event.target,
                          [&](const EventActor& a) { return !a.actor.empty() && !own(a); })) {
    std::erase_if(event.target, own);
  }
}

/// The country that the text is about, else the one where the sentence plays.
std::string_view HomeOf(const StoryView& view, const Scene& scene) {
  if (!scene.theme.empty()) return scene.theme;
  if (!view.home.empty()) return view.home;
  const auto place = std::ranges::find_if(
      scene.actors, [](const Actor& actor) { return actor.place && actor.code.size() == 3; });
  return place == scene.actors.end() ? std::string_view() : std::string_view(place->code);
}

/// "In Chad, two members of the opposition were freed": those whom only a state holds, in their
/// country.
bool IsFreedAtHome(const Scene& scene, const Event& event) {
  constexpr std::array<std::string_view, 4> kHeld{"OPP", "MED", "LAB", "LEG"};
  if (!event.cameo.starts_with("084") || event.target.empty()) return false;
  const std::string& code = event.target.front().actor;
  if (std::ranges::none_of(kHeld, [&](auto role) { return HasRole(code, role); })) return false;
  return std::ranges::any_of(scene.actors, [&](const Actor& actor) {
    return actor.code.size() == 3 && code.starts_with(actor.code);
  });
}

/// "The Nigerien consul was freed after two hours", "is alleged to have spied", in a text about
/// Chad, in a sentence that tells of nobody else of Niger.
bool IsHeldAbroad(const Scene& scene, std::string_view home, const Event& event) {
  constexpr std::array<std::string_view, 5> kHeld{"084", "112", "114", "173", "174"};
  if (home.empty() || !event.source.empty() || event.target.size() != 1 ||
      !BeginsWithOneOf(event.cameo, kHeld))
    return false;
  const EventActor& held = event.target.front();
  // A minister who is arrested is so at home.
  const bool arrested = event.cameo.starts_with("173") && !HasRole(held.actor, "MIL");
  if (arrested || !HoldsOffice(held.actor) || held.actor.starts_with(home)) return false;
  return std::ranges::none_of(scene.actors, [&](const Actor& actor) {
    return actor.code.size() >= 3 && held.actor.starts_with(actor.code.substr(0, 3)) &&
           actor.entity != held.entity;
  });
}

/// "Two Nigeriens were deported", in a text about Chad.
bool IsSentOff(std::string_view home, const Event& event) {
  return event.cameo.starts_with("174") && event.source.empty() && !home.empty() &&
         !event.target.empty() && !SameCountry(event.target, home);
}

/// "A rally outside the French embassy", in a text about Chad.
bool IsRallyAtForeigners(std::string_view home, const Event& event) {
  return event.cameo.starts_with("14") && event.source.empty() && !home.empty() &&
         event.target.size() == 1 && HoldsOffice(event.target.front().actor) &&
         !SameCountry(event.target, home);
}

/// What is done to foreigners without a word by whom is done by the country that the text is about.
bool IsDoneByHosts(const Scene& scene, std::string_view home, const Event& event) {
  return IsHeldAbroad(scene, home, event) || IsRallyAtForeigners(home, event) ||
         IsSentOff(home, event);
}

/// Bodies of states and bodies across countries are at home in none.
bool IsOfNoCountry(std::string_view code) {
  constexpr std::array<std::string_view, 5> kBodies{"IGO", "NGO", "NGM", "INT", "IMG"};
  return BeginsWithOneOf(code, kBodies);
}

/// Whether a side is called by what it is alone: "the government", "attackers"; no pronoun.
bool IsCalledBare(const StoryView& view, const EventActor& side) {
  const std::vector<std::string_view> words = base::Split(side.span.of(view.story.text), ' ');
  const bool pronoun = side.span.size() < 5;
  return !words.empty() && !pronoun && std::ranges::none_of(words, [](std::string_view word) {
    return !word.empty() && word.front() >= 'A' && word.front() <= 'Z' && word != "The";
  });
}

/// "All eyes are on Chad, with Russia backing the government": the other land named last before the
/// side; empty for none.
std::string LandNamedBefore(const StoryView& view, const Scene& scene, const EventActor& side,
                            std::string_view but) {
  std::string land;
  for (const Actor& actor : scene.actors) {
    const bool named = actor.known == Actor::Known::kNamed && actor.code.size() == 3 &&
                       !actor.person && !actor.body;
    if (view.word(actor.words.begin).span.begin >= side.span.begin) break;
    if (named && actor.code != but) land = actor.code;
  }
  return land;
}

/// "The United States rapped the government", in a text about Chad: a side that nothing but the
/// other side makes one of a land abroad is of the text's. Not so the foes of a state's own,
/// nor the government that its own people speak to.
void TurnFromOwn(const StoryView& view, const Scene& scene, Event& event) {
  constexpr std::array<std::string_view, 11> kBetween{"02", "03", "04", "05", "06", "07",
                                                      "10", "11", "12", "13", "19"};
  if (event.source.size() != 1 || event.target.size() != 1) return;
  EventActor& source = event.source.front();
  EventActor& target = event.target.front();
  const std::string land = source.actor.substr(0, 3);
  const bool whole = source.actor.size() == 3 && !IsCalledBare(view, source);
  const std::string named = whole ? LandNamedBefore(view, scene, target, land) : std::string();
  const std::string& theme = named.empty() ? scene.theme : named;
  const bool abroad = !theme.empty() && land.size() == 3 && land != theme && !IsOfNoCountry(land);
  if (!abroad || !target.actor.starts_with(land) || !BeginsWithOneOf(event.cameo, kBetween)) return;
  const bool there = std::ranges::any_of(scene.actors, [&](const Actor& actor) {
    return actor.place && actor.code.starts_with(land);
  });
  const bool bare = IsCalledBare(view, target);
  const std::string_view role = std::string_view(source.actor).substr(3);
  if (there || bare == IsCalledBare(view, source) || (bare && actors::IsOfThePeople(role))) return;
  EventActor& side = bare ? target : source;
  constexpr std::array<std::string_view, 5> kFoes{"OPP", "REB", "CRM", "UAF", "PTY"};
  if (BeginsWithOneOf(std::string_view(side.actor).substr(3), kFoes)) return;
  side = {.entity = std::nullopt, .actor = theme + side.actor.substr(3), .span = side.span};
}

/// An embassy or a consulate.
bool IsGuestAt(const Story& story, const EventActor& actor) {
  if (!actor.entity) return false;
  const std::string& name = story.entities[Raw(*actor.entity)].name;
  return name.find("mbassy") != name.npos || name.find("onsulate") != name.npos;
}

/// "About 300 people demonstrated outside the Chadian embassy in Niger": a crowd that nothing makes
/// one of the embassy's country is of the one where the embassy stands.
void TurnToHosts(const StoryView& view, const Scene& scene, std::string_view home, Event& event) {
  if (!event.cameo.starts_with("14") || event.source.size() != 1 || event.target.size() != 1)
    return;
  EventActor& crowd = event.source.front();
  const EventActor& guest = event.target.front();
  const std::string land = guest.actor.substr(0, 3);
  if (!IsGuestAt(view.story, guest) || crowd.actor != land || !IsCalledBare(view, crowd)) return;
  const auto host = std::ranges::find_if(scene.actors, [&](const Actor& actor) {
    return actor.code.size() == 3 && actor.code != land && !actor.person && !actor.body &&
           view.word(actor.words.begin).span.begin >= guest.span.end;
  });
  // An embassy of the land told of most stands in the other.
  const std::string_view told = home == land ? std::string_view(scene.rival) : home;
  const std::string hosts = host != scene.actors.end() ? host->code : std::string(told);
  if (hosts.empty() || hosts == land) return;
  crowd = {.entity = std::nullopt, .actor = hosts, .span = crowd.span};
}

/// The country of one side stands for the side that nobody is named on; an arrest without a police
/// is the work of the country of those arrested, a release only where the text is about `home`.
void AddHome(const Story& story, const Scene& scene, std::string_view home, Event& event) {
  // "A Chadian flag was burnt", "eggs were thrown at the Chadian embassy": not by Chad.
  const bool guest = event.cameo.starts_with("14") && !event.target.empty() &&
                     (event.rule.starts_with("140.flag") || IsGuestAt(story, event.target.front()));
  const auto add = [&](const std::vector<EventActor>& from, std::vector<EventActor>& to) {
    // "A Danish nurse and a Chadian driver were freed", in a text about Chad.
    auto known = std::ranges::find_if(from, [&](const EventActor& actor) {
      return !home.empty() && actor.actor.starts_with(home);
    });
    if (known == from.end())
      known = std::ranges::find_if(from, [](const EventActor& a) { return a.actor.size() >= 3; });
    if (known == from.end() || !to.empty() || IsOfNoCountry(known->actor)) return;
    to.push_back({.entity = std::nullopt, .actor = known->actor.substr(0, 3), .span = known->span});
  };
  // "Prosecutors of Chad charged a clerk, Ana Ruiz": of whom nothing else is known.
  if (event.cameo.starts_with("173") && event.target.size() == 1 && !event.source.empty() &&
      event.target.front().actor.empty() &&
      (HoldsOffice(event.source.front().actor) || event.source.front().actor.size() == 3))
    event.target.front().actor = event.source.front().actor.substr(0, 3);
  add(event.source, event.target);
  constexpr std::array<std::string_view, 5> kAlsoBack{"1041", "116", "14", "17", "18"};
  // "was charged with fraud": by whoever may charge him.
  const bool charged = event.rule == "112.charge" && SameCountry(event.target, home);
  const bool freed = event.cameo.starts_with("084") && SameCountry(event.target, home) &&
                     !HasRole(event.target.front().actor, "MIL");
  // "A bomb killed two Chinese engineers": not in their country.
  const bool abroad =
      event.cameo.starts_with("18") && !home.empty() && !SameCountry(event.target, home);
  // "A car bomb killed nine in Chad": nobody knows whose, unless rebels fight there.
  if (event.cameo.starts_with("183") && scene.torn.empty()) return;
  if (IsDoneByHosts(scene, home, event))
    event.source = {
        {.entity = std::nullopt, .actor = std::string(home), .span = event.target.front().span}};
  if (charged || freed || IsFreedAtHome(scene, event) ||
      (BeginsWithOneOf(event.cameo, kAlsoBack) && !abroad && !guest))
    add(event.target, event.source);
}

/// Whether somebody by name, or a body, of whom only the country is known is at home in `home`.
bool IsSomebodyOf(const Story& story, std::string_view home, const EventActor& actor) {
  if (!actor.entity || home.empty() || !actor.actor.starts_with(home)) return false;
  const EntityType type = story.entities[Raw(*actor.entity)].type;
  return type == EntityType::kPerson || type == EntityType::kOrganization;
}

/// "Belarus rejected the accusation": what a whole country says is not said to itself.
bool SpeaksAsCountry(const Event& event) {
  const bool words = event.cameo.front() == '0' || event.cameo.starts_with("10") ||
                     event.cameo.starts_with("11") || event.cameo.starts_with("12") ||
                     event.cameo.starts_with("13");
  return words && event.target.empty() && event.source.size() == 1 &&
         event.source.front().actor.size() == 3;
}

/// Who fights as states do: soldiers, rebels, gunmen, governments and states themselves.
bool IsBelligerent(const Story& story, const EventActor& actor) {
  const bool person =
      actor.entity && story.entities[Raw(*actor.entity)].type == EntityType::kPerson;
  if (actor.actor.size() == 3 && !person) return true;
  return IsArmed(actor.actor) || HasRole(actor.actor, "GOV");
}

/// A killing or shooting by those who are no fighters, or of one of the people by nobody named, is
/// unconventional violence and no military force.
std::string_view CodeByDoer(const Story& story, const Event& event) {
  // Rioters loot and burn in protest, soldiers and rebels destroy.
  constexpr std::array<std::string_view, 6> kTroops{"MIL", "REB", "UAF", "INS", "SEP", "COP"};
  const bool troops = std::ranges::any_of(event.source, [&](const EventActor& actor) {
    return std::ranges::any_of(kTroops, [&](auto role) { return HasRole(actor.actor, role); });
  });
  if (event.cameo == "145" && troops) return "171";
  // "Chad has blown up forty dredgers": no terror, where a state does it.
  const auto state = [&](const EventActor& actor) {
    constexpr std::array<std::string_view, 3> kOfState{"MIL", "COP", "GOV"};
    const bool country =
        actor.entity && story.entities[Raw(*actor.entity)].type == EntityType::kCountry;
    return country ||
           std::ranges::any_of(kOfState, [&](auto role) { return HasRole(actor.actor, role); });
  };
  if (event.cameo == "183" && !event.source.empty() && std::ranges::all_of(event.source, state))
    return SameCountry(event.target, CountryIn(event.source.front().actor)) || event.target.empty()
               ? "171"
               : "190";
  if (event.cameo != "190" && event.cameo != "193") return event.cameo;
  const auto armed = [&](const EventActor& actor) { return IsBelligerent(story, actor); };
  if (!event.source.empty())
    return std::ranges::any_of(event.source, armed) ? std::string_view(event.cameo) : "180";
  return event.target.empty() || std::ranges::any_of(event.target, armed)
             ? std::string_view(event.cameo)
             : "180";
}

/// Police work and seizures between two whole countries are a contest: "Peru crushed Chile". Teams
/// kidnap nobody.
bool IsContest(const Event& event) {
  constexpr std::array<std::string_view, 4> kCodes{"175", "181", "182", "1722"};
  const bool coerces = BeginsWithOneOf(event.cameo, kCodes);
  if (!coerces || event.rule.starts_with("181.kidnap") || event.source.empty() ||
      event.target.empty())
    return false;
  const std::string& one = event.source.front().actor;
  const std::string& other = event.target.front().actor;
  return one.size() == 3 && other.size() == 3 && one != other;
}

std::string CodeOf(const Story& story, EntityIndex index) {
  const Entity& entity = story.entities[Raw(index)];
  return entity.country ? *entity.country : entity.actor.value_or("");
}

/// Whether the event lies 25 years back or more: history, not what led to the news.
bool IsLongPast(const Event& event, std::optional<Date> story) {
  constexpr int kYears = 25;
  return event.date && story &&
         static_cast<int>(event.date->ymd.year()) + kYears <= static_cast<int>(story->ymd.year());
}

/// Whether the event lies so far back that it is history: "in 1812".
bool IsHistory(const Event& event) {
  constexpr int kNews = 1950;
  return event.date && static_cast<int>(event.date->ymd.year()) < kNews;
}

/// Acts in which the sides stand alike.
bool IsMutual(const Event& event) {
  const std::string_view code = event.cameo;
  return code == "040" || code == "041" || code == "044" || code == "046" || code == "057" ||
         code == "062" || event.rule == "190.clash" || event.rule == "190.n.clash" ||
         event.rule == "193.exchange";
}

/// Who receives a guest is visited by him, and who visits somebody is received: CAMEO's coders
/// wrote the pair. A country that is only travelled to receives nobody.
std::optional<Event> OtherSideOfVisit(const Event& event) {
  const bool received = event.cameo == "043";
  if (!received || event.source.empty() || event.target.empty()) return std::nullopt;
  Event visit = event;
  visit.cameo = "042";
  std::swap(visit.source, visit.target);
  return visit;
}

/// A mutual act is told both ways, as CAMEO codes it: Chad met Niger, and Niger met Chad.
std::vector<Event> BothWays(std::vector<Event> events) {
  std::vector<Event> out;
  for (Event& event : events) {
    std::vector<Event> turned;
    if (IsMutual(event) && !event.source.empty()) {
      for (std::size_t i = 0; i < event.target.size(); ++i) {
        Event& other = turned.emplace_back(event);
        other.source = {event.target[i]};
        other.target.erase(other.target.begin() + static_cast<std::ptrdiff_t>(i));
        // "rang both governments": each is rung, they do not ring one another.
        if (event.cameo == "041") other.target.clear();
        other.target.insert(other.target.begin(), event.source.begin(), event.source.end());
      }
    }
    if (auto visit = OtherSideOfVisit(event)) turned.push_back(*std::move(visit));
    out.push_back(std::move(event));
    std::ranges::move(turned, std::back_inserter(out));
  }
  return out;
}

/// "Chad and Niger accused each other": what is no mutual act by its code, told the other way.
std::optional<Event> TurnedEachOther(const Match& match, const Event& event) {
  const bool pair = event.source.size() == 1 && event.target.size() == 1;
  if (!match.mutual || !match.each_other || !pair || IsMutual(event) || event.cameo < "10")
    return std::nullopt;
  Event turned = event;
  std::swap(turned.source, turned.target);
  return turned;
}

/// "Ruiz was shot", of somebody of whom the story tells elsewhere who shot him: a person is killed
/// once.
void TakeDoersTold(const Story& story, std::vector<Event>& events) {
  const auto is_force = [](const Event& event) {
    return event.cameo.starts_with("18") || event.cameo.starts_with("19");
  };
  for (Event& event : events) {
    if (!event.source.empty() || event.target.size() != 1 || !is_force(event)) continue;
    const auto victim = event.target.front().entity;
    if (!victim || story.entities[Raw(*victim)].type != EntityType::kPerson) continue;
    const auto told = std::ranges::find_if(events, [&](const Event& other) {
      return !other.source.empty() && other.status == event.status && is_force(other) &&
             other.target.size() == 1 && other.target.front().entity == victim;
    });
    if (told == events.end()) continue;
    event.source = told->source;
    event.cameo = told->cameo;
    event.plover = told->plover;
    event.mode = told->mode;
    event.quad = told->quad;
    event.goldstein = told->goldstein;
  }
}

/// Notes what became of a match, for those who ask.
void Tell(const StoryView& view, const Scene& scene, const Match& match,
          const std::expected<Event, Rejection>& event, const Features& features) {
  if (view.trace == nullptr) return;
  const std::vector<std::string_view> list = features.List();
  using enum Candidate::Verdict;
  AddNote(view, scene,
          {.trigger = match.trigger,
           .pattern = match.pattern,
           .frame = match.frame,
           .source = &match.source,
           .target = &match.target,
           .features = {list.begin(), list.end()}},
          event ? kAccepted : kRejected, event ? std::string_view{} : event.error().reason,
          event ? std::string(EventStatusName(event->status)) : event.error().detail);
  if (!event) return;
  // With whom the story names for them.
  view.trace->back().source = event->source;
  view.trace->back().target = event->target;
}

/// A sentence, what it speaks of, and the day of its story.
struct Place {
  Range range;
  DomainGate::Verdict domain;
  std::optional<Date> date;
};

/// What is only thought of, refused or wished for the classifier leaves to the patterns.
bool IsToldPlainly(EventStatus status) {
  using enum EventStatus;
  return status == kOccurred || status == kOngoing || status == kClaimed || status == kHistorical;
}

std::vector<std::uint32_t> TriggersOf(const std::vector<Match>& matches) {
  std::vector<std::uint32_t> out;
  out.reserve(matches.size());
  for (const Match& match : matches) out.push_back(match.trigger);
  return out;
}

}  // namespace

struct EventFinder::Impl {
  PatternTable patterns;
  ActTable acts;
  quotes::WordClasses classes;
  quotes::CueTable cues;
  syntax::Lemmas lemmas;
  DomainGate gate;
  PartyTable parties;
  RefusalTable refusals;
  Confidence confidence;
  AttributeTable attributes;
  Nations nations;
  People people;
  Proposer proposer;

  [[nodiscard]] StoryView ViewOf(const Story& story, const quotes::Words& words,
                                 const tables::FoldedTokens& folded,
                                 std::span<const MentionTold> told, std::optional<Date> date,
                                 std::vector<Candidate>* candidates) const;
  bool TakeAim(const StoryView& view, Scene& scene, std::span<const Event> before,
               Match& match) const;
  [[nodiscard]] std::expected<Event, Rejection> JudgeInText(const StoryView& view, Scene& scene,
                                                            const Place& place,
                                                            std::span<const Event> before,
                                                            Match& match) const;
  void ReadSentence(const StoryView& view, const Place& place, std::vector<Event>& out) const;
  [[nodiscard]] std::expected<Event, Rejection> Judge(const StoryView& view, const Scene& scene,
                                                      const Place& place, const Match& match) const;
  void Propose(const StoryView& view, const Scene& scene, const Place& place,
               const std::vector<std::uint32_t>& fired, std::vector<Event>& out) const;
  [[nodiscard]] Event Outline(const StoryView& view, const Scene& scene, const Match& match) const;
  [[nodiscard]] std::expected<Event, Rejection> Make(const StoryView& view, const Scene& scene,
                                                     const Match& match,
                                                     std::optional<Date> date) const;
  [[nodiscard]] bool Report(const StoryView& view, const Scene& scene, const Match& match,
                            Event& event) const;
  void AddAnswers(const StoryView& view, const Scene& scene, const DomainGate::Verdict& domain,
                  const std::vector<Match>& matches, std::optional<Date> date,
                  std::vector<Event>& out) const;
  Features Weigh(const StoryView& view, const Scene& scene, const Match& match,
                 const DomainGate::Verdict& domain, std::expected<Event, Rejection>& event) const;
  bool WeighByStory(const Story& story, std::size_t words, std::vector<Event>& found,
                    std::vector<Candidate>* candidates) const;
  void LeaveUnsure(std::vector<Event>& events, std::vector<Candidate>* candidates) const;
};

/// Whether two countries have been told to fight or to use force in what stands before.
bool Fight(const std::vector<Event>& before, std::string_view one, std::string_view other) {
  return std::ranges::any_of(before, [&](const Event& event) {
    const bool force = event.cameo.starts_with("19") || event.cameo.starts_with("18");
    return force && ((SameCountry(event.source, one) && SameCountry(event.target, other)) ||
                     (SameCountry(event.source, other) && SameCountry(event.target, one)));
  });
}

/// What a side says was done by the side that it fights, without saying to whom, was done to it.
void AddAccuser(const Story& story, const Match& match, const std::vector<Event>& before,
                Event& event) {
  constexpr std::array<std::string_view, 3> kCodes{"171", "18", "19"};
  const bool force = BeginsWithOneOf(event.cameo, kCodes);
  if (!force || !event.attributed_to || !match.target.empty() || event.source.empty()) return;
  const Attribution& told = story.attributions[Raw(*event.attributed_to)];
  const std::string code = told.entity ? CodeOf(story, *told.entity) : "";
  const std::string& source = event.source.front().actor;
  if (code.size() < 3 || source.size() < 3 || told.source.empty() ||
      SameCountry(event.source, code) || !Fight(before, code, source))
    return;
  event.target = {{.entity = told.entity, .actor = code, .span = told.source.front()}};
  event.status = EventStatus::kClaimed;
}

/// Whether the clause is joined to the one that says something else: "pressed both to talk and
/// invited them", "they met, and ruled out a deal", "told them to go, accusing them of theft".
bool IsJoinedTo(const StoryView& view, const Scene& scene, std::uint32_t trigger, const Span& cue) {
  const auto head = scene.tree.Head(trigger);
  if (scene.tree.IsSpeakersAside(trigger)) return true;
  if (head && scene.tree.Rel(trigger) == "conj" && cue.Contains(view.word(*head).span)) return true;
  return std::ranges::any_of(scene.tree.Children(trigger), [&](std::uint32_t child) {
    return scene.tree.Rel(child) == "conj" && cue.Contains(view.word(child).span);
  });
}

/// Whether the clause only accompanies what is said: "vowed to double trade as they met".
bool StandsBeside(const StoryView& view, const Scene& scene, const Match& match,
                  const Attribution& attribution) {
  constexpr std::array<std::string_view, 5> kMarks{"when", "while", "after", "before", "since"};
  if (attribution.cue.empty()) return false;
  if (IsJoinedTo(view, scene, match.trigger, attribution.cue.front())) return true;
  if (scene.tree.Rel(match.trigger) != "advcl") return false;
  const auto head = scene.tree.Head(match.trigger);
  const auto mark = scene.tree.Child(match.trigger, "mark");
  if (!head || !mark) return false;
  const std::string& form = view.word(*mark).form;
  const bool of_cue = attribution.cue.front().Contains(view.word(*head).span);
  return form == "as" || (of_cue && IsOneOf(form, kMarks));
}

/// Whether the word opens what goes with the matter and is no part of it: "after Chad rang Niger",
/// "their leader, who was arrested".
bool OpensAside(const StoryView& view, const Scene& scene, std::uint32_t at) {
  constexpr std::array<std::string_view, 6> kMarks{"after",   "when",  "while",
                                                   "because", "since", "as"};
  const Relation rel = scene.tree.Rel(at);
  if (!scene.tree.TellsPast(at)) return false;
  const auto mark = rel == "advcl" ? scene.tree.Child(at, "mark") : std::nullopt;
  // "asked what he thought" tells nothing of somebody.
  const auto head = scene.tree.Head(at);
  const bool relative = rel == "acl:relcl" && head && scene.tree.Pos(*head) != "PRON";
  return relative || (mark && IsOneOf(view.word(*mark).form, kMarks));
}

/// Whether what is told stands in such an aside below the word that says the rest, or is joined to
/// it though parsed below: "refused to go but agreed to talks".
bool IsAside(const StoryView& view, const Scene& scene, std::uint32_t trigger, const Span& cue) {
  constexpr int kDeepest = 8;
  std::optional<std::uint32_t> at = trigger;
  for (int up = 0; at && up < kDeepest && !cue.Contains(view.word(*at).span); ++up) {
    if (OpensAside(view, scene, *at) || scene.tree.IsJoinedAskew(*at)) return true;
    at = scene.tree.Head(*at);
  }
  return false;
}

/// Whether the verb stands in a relative clause with a subject of its own.
bool IsToldBeside(const Scene& scene, std::uint32_t verb) {
  const auto subject = scene.tree.Child(verb, "nsubj");
  return scene.tree.Rel(verb) == "acl:relcl" && subject && scene.tree.Pos(*subject) != "PRON";
}

/// "avoided condemning Chad's invasion", "offered talks, an idea that Chad spurned", "ordered the
/// arrest": told as known, whatever is said over it.
bool IsToldAsKnown(const Scene& scene, const Match& match, std::string_view governor) {
  if (match.ordered && governor == "requested") return true;
  if (match.noun) return scene.tree.Child(match.trigger, "nmod:poss").has_value();
  constexpr std::array<std::string_view, 3> kPlans{"offered", "requested", "planned"};
  return IsOneOf(governor, kPlans) && IsToldBeside(scene, match.trigger);
}

/// "We condemn Chad": whether to say so is to do so.
bool IsDoneBySaying(const Event& event, const std::string& speaker) {
  const bool words = event.quad == 1 || event.quad == 3;
  return words && speaker.size() >= 3 && SameCountry(event.source, speaker);
}

/// "We condemn Chad," Niger's premier said: the code of the source where it is told by the words
/// that name the speaker; empty for none.
std::string OfficeSaying(const Attribution& said, const Event& event) {
  if (event.source.empty()) return {};
  const EventActor& source = event.source.front();
  const bool names =
      std::ranges::any_of(said.source, [&](Span span) { return span.Contains(source.span); });
  return names ? source.actor : std::string();
}

/// "recalled its ambassador after gunmen seized ten drivers": nobody remembers that.
bool IsNoSpeech(const StoryView& view, const Scene& scene, const Attribution& attribution) {
  if (attribution.cue_lemma != "recall" || attribution.cue.empty()) return false;
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    if (!attribution.cue.front().Contains(view.word(at).span)) continue;
    const auto object = scene.tree.Child(at, "obj");
    if (object && scene.tree.Child(*object, "nmod:poss") && !scene.tree.Child(at, "ccomp"))
      return true;
  }
  return false;
}

/// Whether what is told is no part of what is said, though it stands there.
bool IsToldApart(const StoryView& view, const Scene& scene, const Match& match,
                 const Attribution& attribution, std::string_view governor) {
  if (IsNoSpeech(view, scene, attribution) || StandsBeside(view, scene, match, attribution))
    return true;
  return governor == "drop" && !attribution.cue.empty() &&
         IsAside(view, scene, match.trigger, attribution.cue.front());
}

/// Sets what an attribution makes of the event; false when it is no event at all there.
bool EventFinder::Impl::Report(const StoryView& view, const Scene& scene, const Match& match,
                               Event& event) const {
  const Story& story = view.story;
  const auto index = AttributionOver(story, event.trigger);
  if (!index) return true;
  const Attribution& attribution = story.attributions[Raw(*index)];
  const std::string_view governor = patterns.Governor(attribution.cue_lemma);
  if (attribution.kind != AttributionKind::kDirect &&
      IsToldApart(view, scene, match, attribution, governor))
    return true;
  if (governor == "drop") return false;
  const auto& cues_of = cues.Of(attribution.cue_lemma, quotes::CueKind::kVerb);
  const bool speech = attribution.kind == AttributionKind::kDirect ||
                      attribution.cue_lemma == "according to" ||
                      (!cues_of.empty() && cues_of.front().that);
  if (!speech && governor.empty()) return true;
  event.attributed_to = index;
  if (event.status != EventStatus::kOccurred && event.status != EventStatus::kOngoing) return true;
  const bool known = IsToldAsKnown(scene, match, governor);
  if (!governor.empty() && governor != "occurred" && !known) {
    event.status = ParseEventStatus(governor).value_or(event.status);
    return true;
  }
  const std::string code =
      attribution.entity ? CodeOf(story, *attribution.entity) : OfficeSaying(attribution, event);
  // What a victim says was done to it is a claim; what somebody says he did himself stands.
  // … but for bodies of many states, which report what befell them.
  const bool victim = event.quad == 4 && code.size() >= 3 && !code.starts_with("IGO") &&
                      SameCountry(event.target, code) && !SameCountry(event.source, code) &&
                      !IsMutual(event);
  const bool direct = attribution.kind == AttributionKind::kDirect && !IsDoneBySaying(event, code);
  if (victim || direct) event.status = EventStatus::kClaimed;
  return true;
}

/// "denied that it had jailed them": beside a denial that is an event, what is denied is none.
bool IsDeniedBeside(const Event& event, std::uint32_t sentence, std::span<const Event> before) {
  return event.status == EventStatus::kDenied &&
         std::ranges::any_of(before, [&](const Event& other) {
           return other.trigger.begin >= sentence && other.cameo.starts_with("016");
         });
}

/// "The town has been besieged by the rebels": what insurgents do to nobody that is told, they do
/// to their own country.
bool IsByInsurgents(const Event& event) {
  constexpr std::array<std::string_view, 3> kWar{"13", "15", "19"};
  constexpr std::array<std::string_view, 3> kRoles{"REB", "SEP", "INS"};
  if (!event.target.empty() || event.source.size() != 1 || !BeginsWithOneOf(event.cameo, kWar))
    return false;
  return std::ranges::any_of(kRoles,
                             [&](auto role) { return HasRole(event.source.front().actor, role); });
}

/// The code, the sides and the words that tell it.
Event EventFinder::Impl::Outline(const StoryView& view, const Scene& scene,
                                 const Match& match) const {
  Event event;
  event.cameo = match.pattern->cameo;
  event.rule = match.pattern->id;
  event.source = EventActors(view, scene, match.source);
  event.target = EventActors(view, scene, match.target);
  event.cameo = CodeByDoer(view.story, event);
  const Code& code = patterns.CodeOf(event.cameo);
  event.plover = code.plover;
  if (!code.mode.empty()) event.mode = code.mode;
  event.ontology = code.ontology;
  event.quad = code.quad;
  event.goldstein = code.goldstein;
  event.trigger = view.word(match.trigger).span;
  event.evidence = {
      {view.word(match.extent.begin).span.begin, view.word(match.extent.end - 1).span.end}};
  if (const auto unnamed = UnnamedTarget(scene, match); !unnamed.empty() && !event.source.empty())
    event.target = {
        {.entity = std::nullopt, .actor = std::string(unnamed), .span = event.source.front().span}};
  DropOwnCountry(event);
  const std::string_view home = HomeOf(view, scene);
  TurnToHosts(view, scene, home, event);
  const bool somebody =
      !event.source.empty() && IsSomebodyOf(view.story, home, event.source.front());
  // "Chad's president accused his rival", "Chad's premier resigned".
  const bool rival = match.of_other && event.cameo.starts_with("11");
  const bool within =
      match.at_home && (event.cameo.starts_with("0") || event.cameo.starts_with("12"));
  const bool at_home =
      StaysAtHome(match) && (somebody || rival || within || !SpeaksAsCountry(event));
  if (at_home || IsByInsurgents(event)) AddHome(view.story, scene, home, event);
  TurnFromOwn(view, scene, event);
  for (EventActor& actor : event.source) NameCountry(view.story, actor);
  for (EventActor& actor : event.target) NameCountry(view.story, actor);
  return event;
}

std::expected<Event, Rejection> EventFinder::Impl::Make(const StoryView& view, const Scene& scene,
                                                        const Match& match,
                                                        std::optional<Date> date) const {
  Standing standing = StandingOf(view, scene, match);
  if (!standing.status)
    return std::unexpected(Rejection{standing.reason, std::move(standing.word)});
  Event event = Outline(view, scene, match);
  event.status = *standing.status;
  if (!Report(view, scene, match, event)) {
    return std::unexpected(Rejection{
        "reported",
        view.story.attributions[Raw(*AttributionOver(view.story, event.trigger))].cue_lemma});
  }
  if (auto dated = DateOf(view, scene, match, event.status, date)) {
    event.date = dated->date;
    event.date_from = dated->from;
  }
  if (IsHistory(event)) return std::unexpected(Rejection{"history", FormatDate(*event.date)});
  if (IsLongPast(event, date) && event.status == EventStatus::kOccurred)
    event.status = EventStatus::kHistorical;
  if (IsContest(event)) return std::unexpected(Rejection{"contest", {}});
  if (auto placed = PlaceOf(view, scene, match)) {
    event.place = std::move(placed->place);
    event.place_from = placed->from;
  }
  return event;
}

std::expected<Event, Rejection> EventFinder::Impl::Judge(const StoryView& view, const Scene& scene,
                                                         const Place& place,
                                                         const Match& match) const {
  const DomainGate::Verdict& domain = place.domain;
  if (domain.closed) return std::unexpected(Rejection{domain.domain, domain.words});
  if (const std::string_view row = refusals.Of(scene, match); !row.empty())
    return std::unexpected(Rejection{"idiom", std::string(row)});
  if (auto rejection = RejectionOf(view, scene, match, domain, parties))
    return std::unexpected(*std::move(rejection));
  return Make(view, scene, match, place.date);
}

/// "Ruiz hailed the decision": of what is no event by itself the text before may tell at whom it is
/// aimed, who becomes the target.
bool EventFinder::Impl::TakeAim(const StoryView& view, Scene& scene, std::span<const Event> before,
                                Match& match) const {
  if (!MayBeAimed(match)) return false;
  auto target = AimedAt(view, scene, match, Outline(view, scene, match), before);
  if (!target) return false;
  match.target = {static_cast<std::uint32_t>(scene.actors.size())};
  scene.actors.push_back({.words = {match.trigger, match.trigger + 1},
                          .entity = target->entity,
                          .code = std::move(target->actor),
                          .known = Actor::Known::kOther});
  return true;
}

/// The event of a match with the sides that the text before gives it.
std::expected<Event, Rejection> EventFinder::Impl::JudgeInText(const StoryView& view, Scene& scene,
                                                               const Place& place,
                                                               std::span<const Event> before,
                                                               Match& match) const {
  std::expected<Event, Rejection> event = Judge(view, scene, place, match);
  if (!event && match.target.empty() && TakeAim(view, scene, before, match))
    event = Judge(view, scene, place, match);
  if (!event) return event;
  if (IsDeniedBeside(*event, view.word(scene.words.begin).span.begin, before))
    return std::unexpected(Rejection{"part-of-an-act", "denied"});
  if (auto target = AimedAt(view, scene, match, *event, before)) event->target = {*target};
  if (auto holder = HolderBefore(*event, before)) event->source = {*std::move(holder)};
  return event;
}

void EventFinder::Impl::ReadSentence(const StoryView& view, const Place& place,
                                     std::vector<Event>& out) const {
  if (place.range.empty()) return;
  Scene scene = ReadScene(view, place.range);
  if (scene.actors.empty()) return;
  std::vector<Match> matches = MatchScene(view, scene);
  std::vector<std::uint32_t> fired = TriggersOf(matches);
  FindActs(view, scene, acts, matches);
  AimBeside(scene, matches);
  std::ranges::copy(TriggersOf(matches), std::back_inserter(fired));
  std::optional<std::vector<Quantity>> quantities;
  for (Match& match : matches) {
    std::expected<Event, Rejection> event = JudgeInText(view, scene, place, out, match);
    const Features features = Weigh(view, scene, match, place.domain, event);
    Tell(view, scene, match, event, features);
    if (!event) continue;
    if (!quantities) quantities = ReadQuantities(view, place.range);
    attributes.AddTo(view, scene, match, *quantities, *event);
    AddAccuser(view.story, match, out, *event);
    const std::optional<Event> turned = TurnedEachOther(match, *event);
    out.push_back(*std::move(event));
    if (turned) out.push_back(*turned);
  }
  Propose(view, scene, place, fired, out);
  if (!place.domain.closed) AddAnswers(view, scene, place.domain, matches, place.date, out);
}

/// What the classifier finds where no pattern fired; it says itself how sure it is.
void EventFinder::Impl::Propose(const StoryView& view, const Scene& scene, const Place& place,
                                const std::vector<std::uint32_t>& fired,
                                std::vector<Event>& out) const {
  if (place.domain.closed && view.trace == nullptr) return;
  for (const Proposal& proposal : proposer.Propose(view, scene, acts, fired, place.domain)) {
    std::expected<Event, Rejection> event = Judge(view, scene, place, proposal.match);
    if (event && !IsToldPlainly(event->status))
      event = std::unexpected(Rejection{"status", std::string(EventStatusName(event->status))});
    if (event) event->confidence = proposal.probability;
    Features features;
    features.Add("probability", fmt::format("{:.2f}", proposal.probability));
    Tell(view, scene, proposal.match, event, features);
    if (!event) continue;
    attributes.AddTo(view, scene, proposal.match, ReadQuantities(view, place.range), *event);
    out.push_back(*std::move(event));
  }
}

/// Tells how sure the event is, and why; what is too unsure is none.
Features EventFinder::Impl::Weigh(const StoryView& view, const Scene& scene, const Match& match,
                                  const DomainGate::Verdict& domain,
                                  std::expected<Event, Rejection>& event) const {
  if (!event) return {};
  Features features = FeaturesOf(view, scene, match, *event, domain, parties);
  const double sure = confidence.Of(features.List());
  event->confidence = sure;
  if (sure < confidence.least())
    event = std::unexpected(Rejection{"unsure", fmt::format("{:.2f}", sure)});
  return features;
}

/// Where a story tells much politics, and of two countries again and again, what is found is more
/// often right: says how sure each event and each candidate is then. False for what is no article.
bool EventFinder::Impl::WeighByStory(const Story& story, std::size_t words,
                                     std::vector<Event>& found,
                                     std::vector<Candidate>* candidates) const {
  const auto density = DensityFeature(story, found.size(), words);
  if (!density) return false;
  const PairCounts pairs(found);
  for (Event& event : found) {
    if (event.rule == kLearnedRule) continue;
    const double sure = confidence.With(event.confidence, *density);
    event.confidence = confidence.With(sure, pairs.FeatureOf(event.source, event.target));
  }
  if (candidates == nullptr) return true;
  for (Candidate& candidate : *candidates) {
    if (candidate.features.empty() || candidate.rule == kLearnedRule) continue;
    candidate.features.push_back(*density);
    candidate.features.push_back(pairs.FeatureOf(candidate.source, candidate.target));
  }
  return true;
}

/// Leaves out of an article what is too unsure and is told nowhere else for sure.
void EventFinder::Impl::LeaveUnsure(std::vector<Event>& events,
                                    std::vector<Candidate>* candidates) const {
  const double least = confidence.least_in_article();
  std::erase_if(events, [&](const Event& event) {
    return event.rule != kLearnedRule && event.confidence < least;
  });
  if (candidates == nullptr) return;
  for (Candidate& candidate : *candidates) {
    if (candidate.features.empty() || candidate.rule == kLearnedRule) continue;
    const double sure = confidence.Of({candidate.features.begin(), candidate.features.end()});
    const bool told = std::ranges::any_of(events, [&](const Event& event) {
      return event.cameo.starts_with(candidate.cameo.substr(0, 2)) &&
             std::ranges::any_of(event.evidence,
                                 [&](Span span) { return span.Contains(candidate.trigger); });
    });
    if (candidate.verdict != Candidate::Verdict::kAccepted || sure >= least || told) continue;
    candidate.verdict = Candidate::Verdict::kRejected;
    candidate.reason = "unsure";
    candidate.detail = fmt::format("{:.2f}", sure);
  }
}

/// What answers an appeal, an offer or a demand told before.
void EventFinder::Impl::AddAnswers(const StoryView& view, const Scene& scene,
                                   const DomainGate::Verdict& domain,
                                   const std::vector<Match>& matches, std::optional<Date> date,
                                   std::vector<Event>& out) const {
  std::vector<Event> answered;
  for (const Answer& answer : FindAnswers(view, scene, acts, matches, out)) {
    std::expected<Event, Rejection> event = Make(view, scene, answer.match, date);
    if (event) {
      event->target = answer.earlier->source;
      if (answer.match.source.empty()) event->source = answer.earlier->target;
    }
    const Features features = Weigh(view, scene, answer.match, domain, event);
    Tell(view, scene, answer.match, event, features);
    if (event) answered.push_back(*std::move(event));
  }
  std::ranges::move(answered, std::back_inserter(out));
}

Result<EventFinder> EventFinder::Load(const tables::Tables& tables,
                                      const std::filesystem::path& proposals,
                                      const syntax::WordVectors& vectors) {
  DATELINE_TRY(PatternTable patterns, PatternTable::Load(tables));
  DATELINE_TRY(ActTable acts, ActTable::Load(tables, patterns.words()));
  DATELINE_TRY(quotes::WordClasses classes, quotes::WordClasses::Load(tables));
  DATELINE_TRY(quotes::CueTable cues, quotes::CueTable::Load(tables));
  DATELINE_TRY(syntax::Lemmas lemmas, syntax::Lemmas::Load(tables));
  DATELINE_TRY(DomainGate gate, DomainGate::Load(tables));
  DATELINE_TRY(PartyTable parties, PartyTable::Load(tables));
  DATELINE_TRY(RefusalTable refusals, RefusalTable::Load(tables, patterns.words()));
  DATELINE_TRY(Confidence confidence, Confidence::Load(tables));
  DATELINE_TRY(AttributeTable attributes, AttributeTable::Load(tables));
  DATELINE_TRY(Nations nations, LoadNations(tables));
  DATELINE_TRY(People people, LoadPeople(tables));
  Proposer proposer = Proposer::Blank(vectors);
  if (!proposals.empty()) {
    DATELINE_TRY(proposer, Proposer::Load(proposals, vectors));
  }
  EventFinder finder;
  finder.impl_ = std::make_shared<const Impl>(Impl{
      std::move(patterns), std::move(acts), std::move(classes), std::move(cues), std::move(lemmas),
      std::move(gate), std::move(parties), std::move(refusals), std::move(confidence),
      std::move(attributes), std::move(nations), std::move(people), std::move(proposer)});
  return finder;
}

StoryView EventFinder::Impl::ViewOf(const Story& story, const quotes::Words& words,
                                    const tables::FoldedTokens& folded,
                                    std::span<const MentionTold> told, std::optional<Date> date,
                                    std::vector<Candidate>* candidates) const {
  return {.story = story,
          .words = words,
          .folded = folded,
          .lemmas = lemmas,
          .patterns = patterns,
          .cues = cues,
          .nations = nations,
          .people = people,
          .told = told,
          .home = MostTold(told),
          .lead_day = DayOfLead(story, date),
          .trace = candidates};
}

std::vector<Event> EventFinder::Find(const Story& story, std::optional<Date> date,
                                     std::vector<Candidate>* candidates) const {
  return Find(story, quotes::ReadWords(story, impl_->classes), date, candidates);
}

std::vector<Event> EventFinder::Find(const Story& story, const quotes::Words& words,
                                     std::optional<Date> date,
                                     std::vector<Candidate>* candidates) const {
  const tables::FoldedTokens folded(story.text, story.tokens);
  const std::vector<MentionTold> told = CountriesTold(story, words);
  StoryView view = impl_->ViewOf(story, words, folded, told, date, candidates);
  TextBefore before;
  view.before = &before;
  std::vector<Event> found;
  const std::vector<Range> sentences = quotes::SentenceRanges(story);
  const std::vector<DomainGate::Verdict> gates = impl_->gate.Judge(story, folded, sentences);
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (gates[i].closed && candidates == nullptr) continue;
    impl_->ReadSentence(view, {.range = sentences[i], .domain = gates[i], .date = date}, found);
  }
  const bool article = impl_->WeighByStory(story, words.words.size(), found, candidates);
  TakeDoersTold(story, found);
  found = MergeEvents(std::move(found), story);
  if (article) impl_->LeaveUnsure(found, candidates);
  for (Event& event : found) event.confidence = std::round(event.confidence * 100) / 100;
  return BothWays(std::move(found));
}

void EventFinder::VisitTriggers(const Story& story, const TriggerVisitor& visit) const {
  const quotes::Words words = quotes::ReadWords(story, impl_->classes);
  const tables::FoldedTokens folded(story.text, story.tokens);
  const std::vector<MentionTold> told = CountriesTold(story, words);
  StoryView view = impl_->ViewOf(story, words, folded, told, std::nullopt, nullptr);
  TextBefore before;
  view.before = &before;
  const std::vector<Range> sentences = quotes::SentenceRanges(story);
  const std::vector<DomainGate::Verdict> gates = impl_->gate.Judge(story, folded, sentences);
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (gates[i].closed || sentences[i].empty()) continue;
    const Scene scene = ReadScene(view, sentences[i]);
    std::vector<Match> matches = MatchScene(view, scene);
    std::vector<std::uint32_t> fired = TriggersOf(matches);
    FindActs(view, scene, impl_->acts, matches);
    std::ranges::copy(TriggersOf(matches), std::back_inserter(fired));
    for (const OpenTrigger& trigger :
         impl_->proposer.Triggers(view, scene, impl_->acts, fired, gates[i]))
      visit(view, scene, trigger);
  }
}

}  // namespace dateline::events
