// A time counts for the clause it stands in, those beside it and those below it. What a clause with
// "after" or "when" tells has the time of what is told above it, unless a length stands between
// ("four days after"). Where no time is the trigger's, a clause before the main one may tell the
// month ("After floods in December 1999, he asked"), or the sentence before its day; else it was on
// the day of the lead or of the story, unless the verb looks back or ahead.
#include "events/event_dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "events/circumstances.h"

namespace dateline::events {
namespace {

using enum quotes::WordClass;

Span StretchOf(const StoryView& view, Range range) {
  return {view.word(range.begin).span.begin, view.word(range.end - 1).span.end};
}

std::uint32_t GapBetween(Span a, Span b) {
  return a.begin > b.begin ? a.begin - b.begin : b.begin - a.begin;
}

/// The first word that begins at the byte or behind it.
auto WordFrom(const StoryView& view, std::uint32_t begin) {
  return std::ranges::lower_bound(view.words.words, begin, {},
                                  [](const Word& w) { return w.span.begin; });
}

bool Precedes(const StoryView& view, Span span, std::string_view word) {
  const auto at = WordFrom(view, span.begin);
  return at != view.words.words.begin() && std::prev(at)->form == word;
}

struct DateSearch {
  Span within;
  std::uint32_t trigger = 0;  ///< word
  bool to_come = false;
  std::optional<Date> story_date{};
  std::optional<std::uint32_t> opener{};  ///< "after", "when" before the trigger's clause
};

/// Whether the time is a limit that does not tell when it was: "until Friday", "since May". What
/// had happened "by Friday" mostly just had; what is to be "from May" begins then.
bool IsLimit(const StoryView& view, const Timex& time, const DateSearch& search) {
  const bool come = search.story_date && time.last_day && *time.last_day <= *search.story_date;
  if (Precedes(view, time.span, "by")) return !search.to_come && !come;
  if (Precedes(view, time.span, "from")) return !search.to_come;
  const auto precedes = [&](std::string_view limit) { return Precedes(view, time.span, limit); };
  return std::ranges::any_of(std::array<std::string_view, 4>{"until", "since", "through", "till"},
                             precedes);
}

/// The month that a week lies in.
std::optional<Date> MonthOf(const Timex& time) {
  if (!time.first_day || !time.last_day || !time.value.contains("-W")) return std::nullopt;
  const auto& first = time.first_day->ymd;
  const auto& last = time.last_day->ymd;
  if (first.year() != last.year() || first.month() != last.month()) return std::nullopt;
  return Date{.ymd = first.year() / first.month() / std::chrono::day{1},
              .precision = Date::Precision::kMonth};
}

/// A day, month or year that a time expression names; durations name none.
std::optional<Date> DateIn(const Timex& time) {
  if (time.type != TimexType::kDate && time.type != TimexType::kTime) return std::nullopt;
  if (const auto month = MonthOf(time)) return month;
  for (const std::size_t length : {std::size_t{10}, std::size_t{7}, std::size_t{4}}) {
    if (time.value.size() < length) continue;
    if (auto date = ParseDate(std::string_view(time.value).substr(0, length))) return *date;
    if (time.value.size() == length) break;
  }
  return std::nullopt;
}

/// The days that the times of a stretch name, in order.
std::vector<Date> DaysIn(const Story& story, Span within) {
  std::vector<Date> days;
  auto time = std::ranges::lower_bound(story.times, within.begin, {},
                                       [](const Timex& t) { return t.span.begin; });
  for (; time != story.times.end() && time->span.begin < within.end; ++time) {
    const auto date = DateIn(*time);
    if (date && date->precision == Date::Precision::kDay) days.push_back(*date);
  }
  return days;
}

/// A dash that parts, not a hyphen: "Vice-President".
bool IsDash(const StoryView& view, const Word& word) {
  if (word.form != "-") return word.form == "–" || word.form == "—";
  return word.span.begin == 0 || view.story.text[word.span.begin - 1] == ' ';
}

/// Whether a clause of its own begins between the time and the trigger: "his trip, weeks after a
/// visit last month". The trigger's own opener is none, nor a preposition of a time of day ("before
/// dawn").
bool IsParted(const StoryView& view, const Timex& time, Span trigger,
              std::optional<std::uint32_t> opener) {
  const bool behind = trigger.begin < time.span.begin;
  const Span gap = behind ? Span{trigger.end, time.span.begin} : Span{time.span.end, trigger.begin};
  const bool preposition = behind && time.type == TimexType::kTime;
  auto word = WordFrom(view, gap.begin);
  for (; word != view.words.words.end() && word->span.begin < gap.end; ++word) {
    if (opener && word == view.words.words.begin() + *opener) continue;
    if (preposition && word->span.end + 1 == gap.end) continue;
    if (word->Is(kSubordinator) && word->form != "that" && word->form != "as") return true;
    if (IsDash(view, *word) || word->form == ";") return true;
  }
  return false;
}

/// The verb whose clause a word belongs to: the nearest at or above it; without one the root.
std::uint32_t ClauseOf(const Scene& scene, std::uint32_t at) {
  const auto is_verb = [&](std::uint32_t word) {
    return std::ranges::binary_search(scene.verbs, word, {}, &Verb::at);
  };
  for (auto head = scene.tree.Head(at); head && !is_verb(at); head = scene.tree.Head(at))
    at = *head;
  return at;
}

/// The clauses at and above a clause whose time is its own as well: those it is joined to, and
/// those it stands in, but not what these are joined to.
WordList ClausesOver(const Scene& scene, std::uint32_t clause) {
  constexpr std::size_t kMost = 8;
  WordList over{clause};
  bool inside = false;
  for (auto head = scene.tree.Head(clause); head && over.size() < kMost;
       head = scene.tree.Head(clause)) {
    const bool joined = scene.tree.Rel(clause) == "conj";
    if (joined && inside) break;
    inside |= !joined;
    clause = ClauseOf(scene, *head);
    over.push_back(clause);
  }
  return over;
}

/// Whether the time of a clause is that of the trigger's: its own, of a clause over or beside it,
/// or of an infinitive below it; not that of another matter: "praised Peru and said it would open
/// an office next year", "a pact that takes effect in May".
bool SharesTime(const Scene& scene, std::uint32_t time, std::uint32_t trigger) {
  const WordList over = ClausesOver(scene, trigger);
  if (std::ranges::find(over, time) != over.end()) return true;
  for (int up = 0; up < 4; ++up) {
    const Relation rel = scene.tree.Rel(time);
    const auto head = scene.tree.Head(time);
    const bool same = rel == "conj" || rel == "xcomp";
    if (!same || !head) return false;
    time = ClauseOf(scene, *head);
    if (std::ranges::find(over, time) != over.end()) return true;
  }
  return false;
}

/// The word at which a span begins; absent where it lies outside of the sentence.
std::optional<std::uint32_t> WordAt(const StoryView& view, const Scene& scene, Span span) {
  const auto word = WordFrom(view, span.begin);
  const auto at = static_cast<std::uint32_t>(word - view.words.words.begin());
  return scene.words.Contains(at) ? std::optional(at) : std::nullopt;
}

/// The word that opens the clause of a verb as one that tells when: "after", "when"; absent for
/// others.
std::optional<std::uint32_t> OpenerOf(const StoryView& view, const Scene& scene,
                                      std::uint32_t clause) {
  const auto opens = [&](std::uint32_t child) {
    const std::string& form = view.word(child).form;
    const Relation rel = scene.tree.Rel(child);
    return child < clause && ((rel == "mark" && (form == "after" || form == "before" ||
                                                 form == "once" || form == "when")) ||
                              (rel == "advmod" && form == "when"));
  };
  const auto children = scene.tree.Children(clause);
  const auto found = std::ranges::find_if(children, opens);
  return found == children.end() ? std::nullopt : std::optional(*found);
}

/// The length of time that ends right before a word: "four days" before "after".
const Timex* LengthBefore(const StoryView& view, std::uint32_t word) {
  const std::uint32_t begin = view.word(word).span.begin;
  const auto& times = view.story.times;
  const auto after =
      std::ranges::lower_bound(times, begin, {}, [](const Timex& t) { return t.span.begin; });
  if (after == times.begin()) return nullptr;
  const Timex& time = *std::prev(after);
  return time.type == TimexType::kDuration && time.span.end + 1 == begin ? &time : nullptr;
}

/// "hours after" is still the same day.
bool IsWithinADay(const Timex* length) {
  return length == nullptr || length->value.starts_with("PT");
}

/// Whether only a comma stands between a time and the word: "in July, when".
bool RightBefore(const StoryView& view, const Timex& time, std::optional<std::uint32_t> opener) {
  if (!opener || view.word(*opener).form != "when") return false;
  const std::uint32_t begin = view.word(*opener).span.begin;
  return time.span.end < begin && begin - time.span.end <= 2 &&
         view.story.text.find_first_not_of(" ,\n", time.span.end) == begin;
}

/// Whether a time is that of the search's trigger: of its clause, and no limit; or the day of which
/// its clause tells ("since July, when it recalled its envoy").
bool IsTimeOf(const StoryView& view, const Scene& scene, const DateSearch& search,
              const Timex& time) {
  if (RightBefore(view, time, search.opener)) return true;
  const auto at = WordAt(view, scene, time.span);
  if (!at || IsLimit(view, time, search)) return false;
  const bool before = time.span.begin < view.word(search.trigger).span.begin;
  if (IsParted(view, time, view.word(search.trigger).span, before ? search.opener : std::nullopt))
    return false;
  return SharesTime(scene, ClauseOf(scene, *at), ClauseOf(scene, search.trigger));
}

/// The time in `within` that is nearest to the trigger, of those that are its clause's.
std::optional<Date> NearestDate(const StoryView& view, const Scene& scene,
                                const DateSearch& search) {
  std::optional<Date> best;
  std::uint32_t best_distance = 0;
  const Span trigger = view.word(search.trigger).span;
  const auto& times = view.story.times;
  auto time = std::ranges::lower_bound(times, search.within.begin, {},
                                       [](const Timex& t) { return t.span.begin; });
  for (; time != times.end() && time->span.begin < search.within.end; ++time) {
    const auto date = DateIn(*time);
    if (!date || !IsTimeOf(view, scene, search, *time)) continue;
    const std::uint32_t distance = GapBetween(time->span, trigger);
    if (best && distance >= best_distance) continue;
    best = date;
    best_distance = distance;
  }
  return best;
}

/// A day so many days or weeks on; absent where the length is no number of them.
std::optional<Date> Shifted(const Date& from, std::string_view length, bool back) {
  const bool weeks = length.ends_with('W');
  if (from.precision != Date::Precision::kDay || (!weeks && !length.ends_with('D')))
    return std::nullopt;
  int count = 0;
  const char* end = length.data() + length.size() - 1;
  const auto read = std::from_chars(length.data() + 1, end, count);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  const std::chrono::days days{(weeks ? 7 : 1) * (back ? -count : count)};
  return Date{.ymd = std::chrono::sys_days{from.ymd} + days};
}

/// What a clause with a length before its opener tells of its day: "four days after gunmen had
/// attacked" is four days back of what is told above it.
struct Apart {
  bool told = false;  ///< there is such a length
  std::optional<Date> date;
};
Apart ApartFrom(const StoryView& view, const Scene& scene, const DateSearch& search) {
  if (!search.opener) return {};
  const Timex* length = LengthBefore(view, *search.opener);
  const std::string& form = view.word(*search.opener).form;
  if (IsWithinADay(length) || form == "when" || form == "once") return {};
  DateSearch own = search;
  own.within = {view.word(*search.opener).span.end, StretchOf(view, scene.words).end};
  own.opener = std::nullopt;
  if (NearestDate(view, scene, own)) return {};
  const auto above = scene.tree.Head(ClauseOf(scene, search.trigger));
  if (!above) return {.told = true, .date = std::nullopt};
  DateSearch over = search;
  over.within = StretchOf(view, scene.words);
  over.trigger = *above;
  over.opener = std::nullopt;
  auto date = NearestDate(view, scene, over);
  if (!date) date = search.story_date;
  return {.told = true,
          .date = date ? Shifted(*date, length->value, form == "after") : std::nullopt};
}

/// Whether a clause happened when, or right before, that happened which is told above it. "before"
/// and "after it had" leave that open.
bool SharesTimeAbove(const StoryView& view, const DateSearch& search, bool looks_back) {
  if (!search.opener) return false;
  const std::string& form = view.word(*search.opener).form;
  return form == "when" || form == "once" || (form == "after" && !looks_back);
}

bool IsFarBack(const Date& date, const std::optional<Date>& story_date) {
  constexpr std::chrono::days kFar{60};
  return story_date &&
         std::chrono::sys_days{story_date->ymd} - std::chrono::sys_days{date.ymd} > kFar;
}

/// A day as its month.
Date ToMonth(Date date) {
  if (date.precision != Date::Precision::kDay) return date;
  return {.ymd = date.ymd.year() / date.ymd.month() / std::chrono::day{1},
          .precision = Date::Precision::kMonth};
}

/// The date of a clause before the main one, to the month: "After floods killed thousands in
/// December 1999, he asked for help"; not of the last weeks, where days would count, nor
/// of "after taking power in 2009".
std::optional<Date> FrontedDate(const StoryView& view, const Scene& scene,
                                const DateSearch& search) {
  const std::uint32_t clause = ClauseOf(scene, search.trigger);
  for (const std::uint32_t child : scene.tree.Children(clause)) {
    if (child > clause || scene.tree.Rel(child) != "advcl" ||
        !scene.tree.Feature(child, "VerbForm=Fin"))
      continue;
    const auto opener = OpenerOf(view, scene, child);
    if (!opener || view.word(*opener).form == "before") continue;
    DateSearch fronted = search;
    fronted.trigger = child;
    fronted.opener = std::nullopt;
    fronted.within.end = view.word(search.trigger).span.begin;
    auto date = NearestDate(view, scene, fronted);
    const bool when = view.word(*opener).form == "when";
    if (!date || when) return date;
    return IsFarBack(*date, search.story_date) ? std::optional(ToMonth(*date)) : std::nullopt;
  }
  return std::nullopt;
}

/// The root of a sentence: a verb in the past tense; absent for others.
const Token* PastRoot(const Story& story, SentenceIndex sentence) {
  auto token = std::ranges::lower_bound(story.tokens, sentence, {}, &Token::sentence);
  for (; token != story.tokens.end() && token->sentence == sentence; ++token) {
    if (token->head) continue;
    const bool past = token->upos == "VERB" && token->feats.contains("Tense=Past") &&
                      token->feats.contains("VerbForm=Fin");
    return past ? &*token : nullptr;
  }
  return nullptr;
}

/// Whether a time hangs on a word itself, within three steps through its own words.
bool HangsOn(const Story& story, const Timex& time, const Token& root) {
  const auto first = std::ranges::lower_bound(story.tokens, time.span.begin, {},
                                              [](const Token& t) { return t.span.begin; });
  const Token* token = first == story.tokens.end() ? nullptr : &*first;
  for (int step = 0; step < 3 && token != nullptr && token->head; ++step) {
    const Token& head = story.tokens[Raw(*token->head)];
    if (&head == &root) return token->deprel.starts_with("obl");
    if (!time.span.Contains(head.span)) return false;
    token = &head;
  }
  return false;
}

/// The sentence a step before, of the same paragraph.
std::optional<SentenceIndex> SentenceBefore(const Story& story, SentenceIndex sentence) {
  if (Raw(sentence) == 0) return std::nullopt;
  const auto before = static_cast<SentenceIndex>(Raw(sentence) - 1);
  const bool same = story.sentences[Raw(before)].block == story.sentences[Raw(sentence)].block;
  return same ? std::optional(before) : std::nullopt;
}

/// What the times of a sentence make of it as one of a passage of history.
struct DaysTold {
  bool any = false;             ///< it tells of days
  std::optional<Date> history;  ///< of one long past, that its past root hangs on
};
DaysTold DaysToldIn(const StoryView& view, SentenceIndex sentence, const DateSearch& search) {
  const Story& story = view.story;
  const Token* root = PastRoot(story, sentence);
  const Span within = story.sentences[Raw(sentence)].span;
  DaysTold told;
  auto time = std::ranges::lower_bound(story.times, within.begin, {},
                                       [](const Timex& t) { return t.span.begin; });
  for (; time != story.times.end() && time->span.begin < within.end; ++time) {
    const auto date = DateIn(*time);
    if (!date) continue;
    told.any = true;
    if (root == nullptr || !HangsOn(story, *time, *root) || IsLimit(view, *time, search) ||
        !IsFarBack(*date, search.story_date))
      return {.any = true, .history = std::nullopt};
    told.history = date;
  }
  return told;
}

/// The month, long past, of which a sentence before in the same paragraph tells: "Quito broke off
/// relations in March 2008. It rushed troops to the border." Absent where this sentence names a day
/// itself, is told by somebody or is no plain past.
std::optional<Date> DateOfPassage(const StoryView& view, const Scene& scene, const Match& match,
                                  const DateSearch& search) {
  const Story& story = view.story;
  SentenceIndex at = story.tokens[scene.words.begin].sentence;
  if (!match.verb || AttributionOver(story, view.word(match.trigger).span)) return std::nullopt;
  const Verb& verb = scene.verbs[*match.verb];
  if (verb.perfect || verb.modal || verb.future || verb.infinitive) return std::nullopt;
  for (int step = 0; step < 2; ++step) {
    if (PastRoot(story, at) == nullptr || DaysToldIn(view, at, search).any) return std::nullopt;
    const auto before = SentenceBefore(story, at);
    if (!before) return std::nullopt;
    if (const auto told = DaysToldIn(view, *before, search); told.history)
      return ToMonth(*told.history);
    at = *before;
  }
  return std::nullopt;
}

/// A day before the story's that a sentence before in the same paragraph tells last: "The minister
/// made an offer on Sunday. The unions turned it down."
std::optional<Date> DayBefore(const StoryView& view, const Scene& scene, const Match& match,
                              const DateSearch& search) {
  const Story& story = view.story;
  if (match.verb) {
    const Verb& verb = scene.verbs[*match.verb];
    if (verb.perfect || verb.modal || verb.future) return std::nullopt;
  }
  auto at = SentenceBefore(story, story.tokens[scene.words.begin].sentence);
  for (; at; at = SentenceBefore(story, *at)) {
    const std::vector<Date> days = DaysIn(story, story.sentences[Raw(*at)].span);
    if (days.empty()) continue;
    return days.back().ymd < search.story_date->ymd ? std::optional(days.back()) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Date> DayOfLead(const Story& story, std::optional<Date> story_date) {
  constexpr std::chrono::days kNear{3};
  if (!story_date || story_date->precision != Date::Precision::kDay) return std::nullopt;
  const auto lead = std::ranges::find_if(story.sentences, [&](const Sentence& sentence) {
    return story.blocks[Raw(sentence.block)].kind == BlockKind::kParagraph;
  });
  if (lead == story.sentences.end()) return std::nullopt;
  const std::vector<Date> days = DaysIn(story, lead->span);
  if (days.empty()) return std::nullopt;
  const auto back =
      std::chrono::sys_days{story_date->ymd} - std::chrono::sys_days{days.front().ymd};
  const bool near = back > std::chrono::days{0} && back <= kNear;
  return near ? std::optional(days.front()) : std::nullopt;
}

std::optional<DatedFrom> DateOf(const StoryView& view, const Scene& scene, const Match& match,
                                EventStatus status, std::optional<Date> story_date) {
  const bool looks_back = match.verb && scene.verbs[*match.verb].past_perfect;
  DateSearch search{.within = StretchOf(view, match.extent),
                    .trigger = match.trigger,
                    .to_come = status == EventStatus::kPlanned,
                    .story_date = story_date,
                    .opener = OpenerOf(view, scene, ClauseOf(scene, match.trigger))};
  if (const Apart apart = ApartFrom(view, scene, search); apart.told) {
    if (!apart.date) return std::nullopt;
    return DatedFrom{*apart.date, Origin::kSentence};
  }
  if (!SharesTimeAbove(view, search, looks_back)) search.opener = std::nullopt;
  if (const auto date = NearestDate(view, scene, search)) return DatedFrom{*date, Origin::kClause};
  search.within = StretchOf(view, scene.words);
  if (const auto date = NearestDate(view, scene, search))
    return DatedFrom{*date, Origin::kSentence};
  if (const auto date = FrontedDate(view, scene, search))
    return DatedFrom{*date, Origin::kSentence};
  const bool happened = status == EventStatus::kOccurred || status == EventStatus::kOngoing ||
                        status == EventStatus::kClaimed;
  if (looks_back || !happened || !story_date) return std::nullopt;
  if (const auto date = DateOfPassage(view, scene, match, search))
    return DatedFrom{*date, Origin::kSentence};
  if (const auto date = DayBefore(view, scene, match, search))
    return DatedFrom{*date, Origin::kSentence};
  return DatedFrom{view.lead_day.value_or(*story_date), Origin::kStory};
}

}  // namespace dateline::events
