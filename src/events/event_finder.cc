#include "events/event_finder.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "events/acts.h"
#include "events/circumstances.h"
#include "events/domain.h"
#include "events/matcher.h"
#include "events/merge.h"
#include "events/patterns.h"
#include "events/scene.h"
#include "quotes/cues.h"
#include "syntax/lemmas.h"

// Sentences of sport and markets are left out (domain.h). Any other becomes a scene (actors, verbs,
// subjects), the patterns are laid over it, and each match is told whether it happened, when and
// where. Matches inside what somebody says are his claim when he is a party to it or only alleges
// it; a report by others stands as told. Last, matches of one happening become one event with
// several places of evidence.

namespace dateline::events {
namespace {

EventActor MakeActor(const StoryView& view, const Actor& actor) {
  return {
      .entity = actor.entity,
      .actor = actor.code,
      .span = {view.word(actor.words.begin).span.begin, view.word(actor.words.end - 1).span.end}};
}

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

bool SameCountry(const std::vector<EventActor>& side, std::string_view code) {
  return std::ranges::any_of(side, [&](const EventActor& a) {
    return a.actor.size() >= 3 && a.actor.substr(0, 3) == code.substr(0, 3);
  });
}

/// "He praised ties between Peru and Chile" by a Peruvian is about Chile: targets of the source's
/// own country go when others remain.
void DropOwnCountry(Event& event) {
  if (event.source.size() != 1 || event.source.front().actor.size() < 3) return;
  const std::string code = event.source.front().actor.substr(0, 3);
  const auto own = [&](const EventActor& a) { return a.actor.starts_with(code); };
  if (std::ranges::any_of(event.target,
                          [&](const EventActor& a) { return !a.actor.empty() && !own(a); })) {
    std::erase_if(event.target, own);
  }
}

/// The country of one side stands for the side that nobody is named on; an arrest without a police
/// is the work of the country of those arrested.
void AddHome(Event& event) {
  const auto add = [](const std::vector<EventActor>& from, std::vector<EventActor>& to) {
    if (from.empty() || !to.empty() || from.front().actor.size() < 3) return;
    to.push_back({.entity = std::nullopt,
                  .actor = from.front().actor.substr(0, 3),
                  .span = from.front().span});
  };
  add(event.source, event.target);
  if (event.cameo.starts_with("173") || event.cameo == "116") add(event.target, event.source);
}

/// Police work and seizures between two whole countries are a contest: "Peru crushed Chile".
bool IsContest(const Event& event) {
  constexpr std::array<std::string_view, 4> kCodes{"175", "181", "182", "1722"};
  const bool coerces = std::ranges::any_of(
      kCodes, [&](std::string_view code) { return event.cameo.starts_with(code); });
  if (!coerces || event.source.empty() || event.target.empty()) return false;
  const std::string& one = event.source.front().actor;
  const std::string& other = event.target.front().actor;
  return one.size() == 3 && other.size() == 3 && one != other;
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

/// A mutual act is told both ways, as CAMEO codes it: Chad met Niger, and Niger met Chad.
std::vector<Event> BothWays(std::vector<Event> events) {
  std::vector<Event> out;
  for (Event& event : events) {
    std::optional<Event> turned;
    if (IsMutual(event) && !event.source.empty() && !event.target.empty()) {
      turned = event;
      std::swap(turned->source, turned->target);
    }
    out.push_back(std::move(event));
    if (turned) out.push_back(std::move(*turned));
  }
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
  Nations nations;
  People people;

  void ReadSentence(const StoryView& view, Range range, std::optional<Date> date,
                    std::vector<Event>& out) const;
  [[nodiscard]] std::optional<Event> Make(const StoryView& view, const Scene& scene,
                                          const Match& match, std::optional<Date> date) const;
  [[nodiscard]] bool Report(const Story& story, Event& event) const;
};

/// Sets what an attribution makes of the event; false when it is no event at all there.
bool EventFinder::Impl::Report(const Story& story, Event& event) const {
  const auto index = AttributionOver(story, event.trigger);
  if (!index) return true;
  const Attribution& attribution = story.attributions[Raw(*index)];
  const std::string_view governor = patterns.Governor(attribution.cue_lemma);
  if (governor == "drop") return false;
  const auto& cues_of = cues.Of(attribution.cue_lemma, quotes::CueKind::kVerb);
  const bool speech = attribution.kind == AttributionKind::kDirect ||
                      attribution.cue_lemma == "according to" ||
                      (!cues_of.empty() && cues_of.front().that);
  if (!speech && governor.empty()) return true;
  event.attributed_to = index;
  if (event.status != EventStatus::kOccurred && event.status != EventStatus::kOngoing) return true;
  if (!governor.empty()) {
    event.status = ParseEventStatus(governor).value_or(event.status);
    return true;
  }
  const std::string code =
      attribution.entity ? story.entities[Raw(*attribution.entity)].country.value_or("") : "";
  const bool party =
      code.size() >= 3 && (SameCountry(event.source, code) || SameCountry(event.target, code));
  if (party || attribution.kind == AttributionKind::kDirect) event.status = EventStatus::kClaimed;
  return true;
}

std::optional<Event> EventFinder::Impl::Make(const StoryView& view, const Scene& scene,
                                             const Match& match, std::optional<Date> date) const {
  const auto status = StatusOf(view, scene, match);
  if (!status) return std::nullopt;
  const Code& code = patterns.CodeOf(match.pattern->cameo);
  Event event;
  event.cameo = match.pattern->cameo;
  event.plover = code.plover;
  if (!code.mode.empty()) event.mode = code.mode;
  event.quad = code.quad;
  event.goldstein = code.goldstein;
  event.trigger = view.word(match.trigger).span;
  event.evidence = {
      {view.word(match.extent.begin).span.begin, view.word(match.extent.end - 1).span.end}};
  for (const std::uint32_t actor : match.source)
    event.source.push_back(MakeActor(view, scene.actors[actor]));
  for (const std::uint32_t actor : match.target)
    event.target.push_back(MakeActor(view, scene.actors[actor]));
  DropOwnCountry(event);
  if (StaysAtHome(match)) AddHome(event);
  for (EventActor& actor : event.source) NameCountry(view.story, actor);
  for (EventActor& actor : event.target) NameCountry(view.story, actor);
  event.status = *status;
  event.rule = match.pattern->id;
  event.confidence = match.noun ? 0.6 : 0.7;
  if (!Report(view.story, event)) return std::nullopt;
  if (const auto found = DateOf(view, scene, match, event.status, date)) {
    event.date = found->date;
    event.date_from = found->from;
  }
  if (IsHistory(event) || IsContest(event)) return std::nullopt;
  if (auto found = PlaceOf(view, scene, match)) {
    event.place = std::move(found->place);
    event.place_from = found->from;
  }
  return event;
}

void EventFinder::Impl::ReadSentence(const StoryView& view, Range range, std::optional<Date> date,
                                     std::vector<Event>& out) const {
  if (range.empty()) return;
  const Scene scene = ReadScene(view, range);
  if (scene.actors.empty()) return;
  std::vector<Match> matches = MatchScene(view, scene);
  FindActs(view, scene, acts, matches);
  for (const Match& match : matches) {
    if (auto event = Make(view, scene, match, date)) out.push_back(std::move(*event));
  }
}

Result<EventFinder> EventFinder::Load(const tables::Tables& tables) {
  DATELINE_TRY(PatternTable patterns, PatternTable::Load(tables));
  DATELINE_TRY(ActTable acts, ActTable::Load(tables));
  DATELINE_TRY(quotes::WordClasses classes, quotes::WordClasses::Load(tables));
  DATELINE_TRY(quotes::CueTable cues, quotes::CueTable::Load(tables));
  DATELINE_TRY(syntax::Lemmas lemmas, syntax::Lemmas::Load(tables));
  DATELINE_TRY(DomainGate gate, DomainGate::Load(tables));
  DATELINE_TRY(Nations nations, LoadNations(tables));
  DATELINE_TRY(People people, LoadPeople(tables));
  EventFinder finder;
  finder.impl_ = std::make_shared<const Impl>(
      Impl{std::move(patterns), std::move(acts), std::move(classes), std::move(cues),
           std::move(lemmas), std::move(gate), std::move(nations), std::move(people)});
  return finder;
}

std::vector<Event> EventFinder::Find(const Story& story, std::optional<Date> date) const {
  const quotes::Words words = quotes::ReadWords(story, impl_->classes);
  const StoryView view{story,       words,          impl_->lemmas, impl_->patterns,
                       impl_->cues, impl_->nations, impl_->people};
  std::vector<Event> found;
  const std::vector<Range> sentences = quotes::SentenceRanges(story);
  const std::vector<bool> closed = impl_->gate.Closed(story, sentences);
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (!closed[i]) impl_->ReadSentence(view, sentences[i], date, found);
  }
  return BothWays(MergeEvents(std::move(found), story));
}

}  // namespace dateline::events
