#include "events/circumstances.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace dateline::events {
namespace {

using enum quotes::WordClass;

Span SpanOf(const StoryView& view, Range range) {
  return {view.word(range.begin).span.begin, view.word(range.end - 1).span.end};
}

/// "planned" …; "drop" for what is no event of its own; empty when the word governs nothing.
std::string_view GovernorAt(const StoryView& view, std::uint32_t at) {
  const std::string& form = view.word(at).form;
  const std::string_view verb = view.patterns.Governor(view.lemmas.VerbLemma(form));
  return verb.empty() ? view.patterns.Governor(view.lemmas.NounLemma(form)) : verb;
}

/// The status that a word over the trigger in the tree gives it: "plans to visit", "refused talks".
std::string_view GovernorOf(const StoryView& view, const Scene& scene, std::uint32_t trigger) {
  std::uint32_t at = trigger;
  for (int up = 0; up < 3; ++up) {
    const std::string_view rel = scene.tree.Rel(at);
    const auto head = scene.tree.Head(at);
    if (!head || rel.starts_with("nsubj") || rel == "parataxis" || rel == "acl:relcl") break;
    if (rel != "conj") {
      const std::string_view found = GovernorAt(view, *head);
      if (!found.empty()) return found;
    }
    at = *head;
    if (scene.tree.Pos(at) == "VERB" && rel != "conj") break;
  }
  return {};
}

std::optional<EventStatus> StatusNamed(std::string_view name) {
  if (name == "drop") return std::nullopt;
  return ParseEventStatus(name).value_or(EventStatus::kOccurred);
}

/// "if", "unless", "whether" shortly before, in the same clause.
bool Conditional(const StoryView& view, const Scene& scene, std::uint32_t begin) {
  for (std::uint32_t at = begin; at > scene.words.begin && begin - at < 10; --at) {
    const std::string& form = view.word(at - 1).form;
    if (form == "if" || form == "unless" || form == "whether" || form == "would" || form == "could")
      return true;
    if (form == "," || form == ";" || form == "that") return false;
  }
  return false;
}

std::optional<EventStatus> VerbStatus(const StoryView& view, const Scene& scene, const Verb& verb,
                                      EventStatus base) {
  if (verb.negated) return std::nullopt;
  if (verb.infinitive) {
    const std::uint32_t begin = verb.group.begin;
    const bool scheduled = begin > scene.words.begin && view.word(begin - 1).Is(kAuxiliary) &&
                           view.word(begin - 1).form != "'s" &&
                           !view.word(begin - 1).form.starts_with("ha");
    if (scheduled) return EventStatus::kPlanned;
    const std::string_view governor = GovernorOf(view, scene, verb.at);
    return governor.empty() ? std::nullopt : StatusNamed(governor);
  }
  if (verb.future) return EventStatus::kPlanned;
  if (verb.modal || Conditional(view, scene, verb.group.begin)) return EventStatus::kHypothetical;
  if (verb.ing && !verb.progressive) {
    const std::string_view governor = GovernorOf(view, scene, verb.at);
    return governor.empty() ? std::optional(base) : StatusNamed(governor);
  }
  if (verb.progressive && base == EventStatus::kOccurred) return EventStatus::kOngoing;
  return base;
}

/// A noun stands as its verb does: "will hold talks", "refused talks".
std::optional<EventStatus> NounStatus(const StoryView& view, const Scene& scene,
                                      const Match& match) {
  if (match.trigger > scene.words.begin && view.word(match.trigger - 1).form == "no")
    return std::nullopt;
  const std::string_view governor = GovernorOf(view, scene, match.trigger);
  if (!governor.empty()) {
    const auto status = StatusNamed(governor);
    if (!status || *status != EventStatus::kOccurred) return status;
  }
  if (!match.verb) return match.pattern->status;
  const Verb& verb = scene.verbs[*match.verb];
  return VerbStatus(view, scene, verb, match.pattern->status);
}

bool Precedes(const StoryView& view, Span span, std::string_view word) {
  const auto at = std::ranges::lower_bound(view.words.words, span.begin, {},
                                           [](const Word& w) { return w.span.begin; });
  return at != view.words.words.begin() && std::prev(at)->form == word;
}

/// A day, month or year that a time expression names; durations and limits ("until Friday") name
/// none.
std::optional<Date> DateIn(const StoryView& view, const Timex& time) {
  if (time.type != TimexType::kDate && time.type != TimexType::kTime) return std::nullopt;
  for (const std::string_view limit : {"until", "since", "by", "from", "through", "till"}) {
    if (Precedes(view, time.span, limit)) return std::nullopt;
  }
  for (const std::size_t length : {std::size_t{10}, std::size_t{7}, std::size_t{4}}) {
    if (time.value.size() < length) continue;
    if (auto date = ParseDate(std::string_view(time.value).substr(0, length))) return *date;
    if (time.value.size() == length) break;
  }
  return std::nullopt;
}

/// Whether a clause of its own begins between the two: "his trip, weeks after a visit last month".
bool Parted(const StoryView& view, Span a, Span b) {
  const Span gap = a.begin < b.begin ? Span{a.end, b.begin} : Span{b.end, a.begin};
  auto word = std::ranges::lower_bound(view.words.words, gap.begin, {},
                                       [](const Word& w) { return w.span.begin; });
  for (; word != view.words.words.end() && word->span.begin < gap.end; ++word) {
    if (word->Is(kSubordinator) && word->form != "that" && word->form != "as") return true;
    if (word->form == "-" || word->form == "–" || word->form == "—" || word->form == ";")
      return true;
  }
  return false;
}

/// The time in `within` that is nearest to `trigger`.
std::optional<Date> NearestDate(const StoryView& view, Span within, Span trigger) {
  std::optional<Date> best;
  std::uint32_t best_distance = 0;
  const auto& times = view.story.times;
  auto time = std::ranges::lower_bound(times, within.begin, {},
                                       [](const Timex& t) { return t.span.begin; });
  for (; time != times.end() && time->span.begin < within.end; ++time) {
    const auto date = DateIn(view, *time);
    if (!date || Parted(view, time->span, trigger)) continue;
    const std::uint32_t distance = time->span.begin > trigger.begin
                                       ? time->span.begin - trigger.begin
                                       : trigger.begin - time->span.begin;
    if (best && distance >= best_distance) continue;
    best = date;
    best_distance = distance;
  }
  return best;
}

}  // namespace

std::optional<EventStatus> StatusOf(const StoryView& view, const Scene& scene, const Match& match) {
  if (match.settled) return match.pattern->status;
  if (match.noun) return NounStatus(view, scene, match);
  return VerbStatus(view, scene, scene.verbs[*match.verb], match.pattern->status);
}

std::optional<AttributionIndex> AttributionOver(const Story& story, Span span) {
  std::optional<AttributionIndex> best;
  std::uint32_t best_size = 0;
  const auto end =
      std::ranges::upper_bound(story.attributions, span.begin, {},
                               [](const Attribution& a) { return a.content.front().begin; });
  // Contents are sorted by begin and nest; a few steps back reach the innermost.
  std::size_t steps = 0;
  for (auto at = end; at != story.attributions.begin() && steps < 16; ++steps) {
    --at;
    const bool inside =
        std::ranges::any_of(at->content, [&](Span content) { return content.Contains(span); });
    const std::uint32_t size = at->content.back().end - at->content.front().begin;
    if (!inside || (best && size >= best_size)) continue;
    best = static_cast<AttributionIndex>(at - story.attributions.begin());
    best_size = size;
  }
  return best;
}

std::optional<FoundDate> DateOf(const StoryView& view, const Scene& scene, const Match& match,
                                EventStatus status, std::optional<Date> story_date) {
  const Span trigger = view.word(match.trigger).span;
  if (const auto date = NearestDate(view, SpanOf(view, match.extent), trigger)) {
    return FoundDate{.date = *date, .from = Origin::kClause};
  }
  if (const auto date = NearestDate(view, SpanOf(view, scene.words), trigger)) {
    return FoundDate{.date = *date, .from = Origin::kSentence};
  }
  const bool looks_back = match.verb && scene.verbs[*match.verb].past_perfect;
  const bool happened = status == EventStatus::kOccurred || status == EventStatus::kOngoing ||
                        status == EventStatus::kClaimed;
  if (looks_back || !happened || !story_date) return std::nullopt;
  return FoundDate{.date = *story_date, .from = Origin::kStory};
}

std::optional<FoundPlace> PlaceOf(const StoryView& view, const Scene& scene, const Match& match) {
  const Place* best = nullptr;
  const Span sentence = SpanOf(view, scene.words);
  const Span clause = SpanOf(view, match.extent);
  const auto& places = view.story.places;
  auto place = std::ranges::lower_bound(places, sentence.begin, {},
                                        [](const Place& p) { return p.span.begin; });
  for (; place != places.end() && place->span.begin < sentence.end; ++place) {
    if (!place->literal) continue;
    const bool inside = clause.Contains(place->span);
    if (best == nullptr || (inside && !clause.Contains(best->span))) best = &*place;
  }
  if (best == nullptr) return std::nullopt;
  return FoundPlace{
      .place = {.name = best->name, .country = best->country, .lat = best->lat, .lon = best->lon},
      .from = clause.Contains(best->span) ? Origin::kClause : Origin::kSentence};
}

}  // namespace dateline::events
