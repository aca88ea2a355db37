#include "events/merge.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "events/roles.h"

namespace dateline::events {
namespace {

constexpr std::size_t kMostContexts = 3;

/// Countries of one side, sorted.
std::string Countries(const std::vector<EventActor>& side) {
  std::vector<std::string> codes;
  codes.reserve(side.size());
  for (const EventActor& actor : side)
    codes.push_back(actor.actor.substr(0, std::min<std::size_t>(3, actor.actor.size())));
  std::ranges::sort(codes);
  std::string key;
  for (const std::string& code : codes) key += code + ",";
  return key;
}

bool Mutual(const Event& event) {
  return event.cameo.starts_with("04") || event.cameo == "057" || event.cameo.starts_with("03");
}

using Key = std::tuple<std::string, std::string, std::string>;

Key KeyOf(const Event& event) {
  std::string source = Countries(event.source);
  std::string target = Countries(event.target);
  const bool visit = event.cameo == "042" || event.cameo == "043";
  if (Mutual(event) && !visit && target < source) std::swap(source, target);
  return {event.cameo.substr(0, 2), std::move(source), std::move(target)};
}

/// Whether one date lies in the other, or one is unknown.
bool Agree(const std::optional<Date>& a, const std::optional<Date>& b) {
  if (!a || !b) return true;
  if (a->ymd.year() != b->ymd.year()) return false;
  if (a->precision == Date::Precision::kYear || b->precision == Date::Precision::kYear) return true;
  if (a->ymd.month() != b->ymd.month()) return false;
  if (a->precision == Date::Precision::kMonth || b->precision == Date::Precision::kMonth)
    return true;
  return a->ymd.day() == b->ymd.day();
}

bool InHeadline(const Story& story, const Event& event) {
  return std::ranges::any_of(story.blocks, [&](const Block& block) {
    const bool top = block.kind == BlockKind::kHeadline || block.kind == BlockKind::kDescription;
    return top && block.span.Contains(event.trigger);
  });
}

/// A headline tells no day, and so has that of the story; its body tells the day itself, shortly
/// before.
bool MayBeUntold(const Story& story, const Event& a, const Event& b) {
  constexpr int kReach = 7;
  const auto untold = [&](const Event& event) {
    return event.date_from == Origin::kStory && InHeadline(story, event);
  };
  if (!a.date || !b.date || untold(a) == untold(b)) return false;
  const Date& day = untold(a) ? *a.date : *b.date;
  const Date& told = untold(a) ? *b.date : *a.date;
  if (told.precision != Date::Precision::kDay || day.precision != Date::Precision::kDay)
    return false;
  const auto days = std::chrono::sys_days(day.ymd) - std::chrono::sys_days(told.ymd);
  return days >= std::chrono::days(0) && days <= std::chrono::days(kReach);
}

/// Two different persons of one country do two different things.
bool PersonsDiffer(const Story& story, const std::vector<EventActor>& a,
                   const std::vector<EventActor>& b) {
  const auto person = [&](const std::vector<EventActor>& side) -> std::optional<EntityIndex> {
    if (side.empty() || !side.front().entity) return std::nullopt;
    if (story.entities[Raw(*side.front().entity)].type != EntityType::kPerson) return std::nullopt;
    return side.front().entity;
  };
  const auto one = person(a);
  const auto other = person(b);
  return one && other && *one != *other;
}

/// Within a country its police and its unions do different things, each to the other.
bool BodiesDiffer(const Event& a, const Event& b) {
  if (a.source.empty() || b.source.empty() || Countries(a.source) != Countries(a.target))
    return false;
  const std::string& one = a.source.front().actor;
  const std::string& other = b.source.front().actor;
  return !one.starts_with(other) && !other.starts_with(one);
}

/// "offered to mediate" and "accepted the offer", "invited them" and "said they would come": one
/// asks, the other answers; what one promises the other has not.
bool IsAnswer(const Story& story, const Event& a, const Event& b) {
  constexpr std::array<std::string_view, 7> kOneSided{"invit", "offer",  "accept",   "promis",
                                                      "pledg", "propos", "volunteer"};
  const auto one_sided = [&](const Event& event) {
    const std::string_view word = event.trigger.of(story.text);
    return std::ranges::any_of(kOneSided, [&](auto stem) { return word.starts_with(stem); });
  };
  const bool intends = a.cameo.starts_with("03") && b.cameo.starts_with("03");
  return intends && (one_sided(a) || one_sided(b)) && Countries(a.source) != Countries(b.source);
}

/// "Chad fought the rebels. The rebels took a town": whoever it was done to in one does the other.
bool IsTurned(const Event& a, const Event& b) {
  const bool force = a.cameo.starts_with("18") || a.cameo.starts_with("19");
  if (!force || a.source.empty() || a.target.empty() || b.source.empty()) return false;
  const std::string& doer = b.source.front().actor;
  return IsArmed(doer) && doer == a.target.front().actor && doer != a.source.front().actor;
}

/// Whether in one of them those act who are acted on in the other.
bool SidesAreTurned(const Event& a, const Event& b) { return IsTurned(a, b) || IsTurned(b, a); }

bool SameHappening(const Story& story, const Event& a, const Event& b) {
  if (IsAnswer(story, a, b)) return false;
  if (a.status != b.status || !(Agree(a.date, b.date) || MayBeUntold(story, a, b))) return false;
  if (a.cameo != b.cameo && !a.cameo.starts_with(b.cameo) && !b.cameo.starts_with(a.cameo) &&
      !a.cameo.ends_with('0') && !b.cameo.ends_with('0'))
    return false;
  if (BodiesDiffer(a, b) || SidesAreTurned(a, b)) return false;
  return !PersonsDiffer(story, a.source, b.source) && !PersonsDiffer(story, a.target, b.target);
}

/// Of each thing counted the first number stays; a later mention adds what the first leaves out.
void JoinAttributes(Event& into, Event& from) {
  const std::size_t known = into.counts.size();
  for (EventCount& count : from.counts) {
    const auto end = into.counts.begin() + static_cast<std::ptrdiff_t>(known);
    const bool told = std::any_of(into.counts.begin(), end,
                                  [&](const EventCount& c) { return c.of == count.of; });
    if (!told) into.counts.push_back(std::move(count));
  }
  if (!into.means) into.means = std::move(from.means);
  for (std::string& context : from.contexts) {
    const bool told = std::ranges::find(into.contexts, context) != into.contexts.end();
    if (!told && into.contexts.size() < kMostContexts) into.contexts.push_back(std::move(context));
  }
}

void Join(Event& into, Event&& from) {
  into.evidence.insert(into.evidence.end(), from.evidence.begin(), from.evidence.end());
  if (into.cameo.ends_with('0') && !from.cameo.ends_with('0')) {
    into.cameo = from.cameo;
    into.plover = from.plover;
    into.mode = from.mode;
    into.quad = from.quad;
    into.goldstein = from.goldstein;
    into.rule = from.rule;
  }
  const bool finer = from.date && (!into.date || from.date->precision > into.date->precision);
  const bool told = into.date_from == Origin::kStory && from.date_from != Origin::kStory;
  if (finer || (told && from.date)) {
    into.date = from.date;
    into.date_from = from.date_from;
  }
  if (!into.place) {
    into.place = std::move(from.place);
    into.place_from = from.place_from;
  }
  JoinAttributes(into, from);
  into.confidence = std::max(into.confidence, from.confidence);
}

}  // namespace

std::vector<Event> MergeEvents(std::vector<Event> events, const Story& story) {
  std::vector<Event> merged;
  std::map<Key, std::vector<std::size_t>> places;
  for (Event& event : events) {
    std::vector<std::size_t>& same = places[KeyOf(event)];
    // Only the latest few are looked at, so that a story of one sentence repeated stays linear.
    const std::size_t first = same.size() > 8 ? same.size() - 8 : 0;
    const auto found =
        std::find_if(same.begin() + static_cast<std::ptrdiff_t>(first), same.end(),
                     [&](std::size_t at) { return SameHappening(story, merged[at], event); });
    if (found != same.end()) {
      Join(merged[*found], std::move(event));
    } else {
      same.push_back(merged.size());
      merged.push_back(std::move(event));
    }
  }
  for (Event& event : merged) {
    std::ranges::sort(event.evidence);
    const auto repeated = std::ranges::unique(event.evidence);
    event.evidence.erase(repeated.begin(), repeated.end());
  }
  return merged;
}

}  // namespace dateline::events
