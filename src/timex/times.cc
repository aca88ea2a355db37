// All blocks are cut into lexemes and matched with the rules first, since what the expressions are
// tells whether the text is news or a history (narrative.h). Then they are given values from left
// to right, since a later one may count from an earlier one ("six months later").
#include "timex/times.h"

#include <algorithm>
#include <string>
#include <utility>

#include "timex/direction.h"
#include "timex/grammar.h"
#include "timex/interval.h"
#include "timex/lexer.h"
#include "timex/narrative.h"
#include "timex/resolve.h"
#include "timex/tree.h"

namespace dateline::timex {
namespace {

/// Sentences that a reference reaches back over in news.
constexpr std::size_t kMemory = 4;

/// A block under work.
struct Passage {
  std::vector<Lexeme> lexemes{};
  std::vector<std::uint32_t> sentences{};  ///< the sentence of each lexeme, counted in the story
  std::vector<Candidate> chosen{};
  bool printed_by = false;  ///< a byline: names there are no months, only full dates count
};

/// The sentence of each lexeme.
std::vector<std::uint32_t> SentencesOf(const std::vector<Sentence>& sentences,
                                       std::span<const Lexeme> lexemes) {
  std::vector<std::uint32_t> result(lexemes.size());
  if (lexemes.empty()) return result;
  auto sentence = std::ranges::upper_bound(sentences, lexemes.front().span.begin, {},
                                           [](const Sentence& s) { return s.span.end; });
  for (std::size_t i = 0; i < lexemes.size(); ++i) {
    while (sentence != sentences.end() && sentence->span.end <= lexemes[i].span.begin) ++sentence;
    result[i] = static_cast<std::uint32_t>(sentence - sentences.begin());
  }
  return result;
}

/// Prose, and the printed dates at the head of a story.
bool HoldsTimes(BlockKind kind) {
  return kind == BlockKind::kDate || kind == BlockKind::kDateline || kind == BlockKind::kByline ||
         IsProse(kind);
}

Span SpanOf(const Passage& passage, const Candidate& candidate) {
  return {.begin = passage.lexemes[candidate.begin].span.begin,
          .end = passage.lexemes[candidate.end - 1].span.end};
}

bool IsDay(const Value& value) { return value.told && value.told->precision == Unit::kDay; }

/// A time of day that says nothing of its day: "10:30", "noon".
bool IsClock(const Rule& rule) {
  return rule.type == TimexType::kTime && !rule.time.empty() && CountsFromTold(rule.operation);
}

void AddTime(const std::string& time, Timex& timex) {
  timex.value += time;
  if (timex.alternative) timex.alternative->value += time;
}

bool NamesDay(const Rule& rule) {
  return rule.type == TimexType::kDate && NamesDay(rule.operation);
}

Captured CapturedBy(const Grammar& grammar, const Passage& passage, const Candidate& candidate) {
  const Form& form = grammar.form(candidate);
  return {.form = form,
          .lexemes = std::span(passage.lexemes).subspan(candidate.match.first, form.length)};
}

/// The date that the words state without any help: year and all.
std::optional<Told> StatedBy(const Grammar& grammar, const Passage& passage,
                             const Candidate& candidate) {
  if (!grammar.rule(candidate).type) return std::nullopt;
  const auto value =
      Resolve(grammar.rule(candidate).operation, CapturedBy(grammar, passage, candidate), {});
  return value ? value->told : std::nullopt;
}

NarrativeSigns SignsOf(const Grammar& grammar, std::span<const Passage> passages,
                       std::optional<Date> anchor) {
  NarrativeSigns signs(anchor);
  for (const Passage& passage : passages) {
    for (const Candidate& candidate : passage.chosen) {
      if (!grammar.rule(candidate).type) continue;
      if (IsDeictic(grammar.rule(candidate).operation)) signs.AddDeictic();
      if (const auto told = StatedBy(grammar, passage, candidate))
        signs.AddStated({.told = *told, .at = SpanOf(passage, candidate).begin});
    }
  }
  return signs;
}

Date ToDateOf(const Told& told) {
  const auto precision = told.precision >= Unit::kYear    ? Date::Precision::kYear
                         : told.precision >= Unit::kMonth ? Date::Precision::kMonth
                                                          : Date::Precision::kDay;
  return {.ymd = ToDate(told.day), .precision = precision};
}

/// Gives the expressions of one story their values, in the order of the text.
class Evaluation {
 public:
  Evaluation(const Grammar& grammar, const DirectionReader& direction, const Story& story,
             std::optional<Date> anchor)
      : grammar_(grammar), direction_(direction), story_(story), tree_(story), anchor_(anchor) {}

  /// Dates without a year count from the last date told.
  void Narrate(NarrativeTime time) {
    narrative_ = time;
    told_ = narrative_->now();
  }

  /// `index` moves to the last candidate that belongs to the expression.
  [[nodiscard]] std::optional<Timex> Evaluate(const Passage& passage, std::size_t& index);

  void SetOrder(std::optional<DayOrder> order) { order_ = order; }

 private:
  void SetDays(const Passage& passage, const Candidate& candidate, Timex& timex) const;
  [[nodiscard]] Setting SettingOf(const Passage& passage, std::size_t index) const;
  [[nodiscard]] std::optional<Told> StatedAhead(const Passage& passage, std::size_t index) const;
  [[nodiscard]] bool JoinsNext(const Passage& passage, std::size_t index) const;
  [[nodiscard]] bool IsBareNumber(const Passage& passage, const Candidate& candidate) const;
  [[nodiscard]] static bool IsInTitle(const Passage& passage, const Candidate& candidate);
  [[nodiscard]] bool IsNoTime(const Passage& passage, const Candidate& candidate) const;
  void JoinClock(const Passage& passage, std::size_t index, Timex& timex) const;
  [[nodiscard]] bool DayIsNear(const Passage& passage, const Candidate& clock) const;
  void Forget(std::uint32_t sentence);
  void Modify(const Passage& passage, const Candidate& candidate, Timex& timex) const;
  void Remember(const Value& value, const Passage& passage, const Candidate& candidate);

  const Grammar& grammar_;
  const DirectionReader& direction_;
  const Story& story_;
  Tree tree_;
  std::optional<Date> anchor_;
  std::optional<DayOrder> order_;
  std::optional<NarrativeTime> narrative_;
  std::optional<Told> told_;
  bool told_quarter_ = false;
  std::uint32_t told_in_ = 0;  ///< the sentence
  std::optional<Told> day_;    ///< the last day named, past or ahead
  std::uint32_t day_end_ = 0;  ///< where its words end
};

/// "March" in "March and April 1944", "26" in "26 November to 3 December 1950": the date with a
/// year that is just ahead, with only a joining word or mark between.
std::optional<Told> Evaluation::StatedAhead(const Passage& passage, std::size_t index) const {
  constexpr std::size_t kReach = 3;
  for (std::size_t next = index + 1; next < std::min(index + kReach, passage.chosen.size());
       ++next) {
    const std::uint32_t gap = passage.chosen[next].begin - passage.chosen[next - 1].end;
    if (gap > 2) return std::nullopt;
    for (std::uint32_t i = 0; i < gap; ++i) {
      if (!direction_.Joins(passage.lexemes[passage.chosen[next - 1].end + i])) return std::nullopt;
    }
    const auto told = StatedBy(grammar_, passage, passage.chosen[next]);
    if (told && told->precision <= Unit::kQuarter) return told;
  }
  return std::nullopt;
}

Setting Evaluation::SettingOf(const Passage& passage, std::size_t index) const {
  const Candidate& candidate = passage.chosen[index];
  Setting setting{.anchor = anchor_, .told = told_, .told_quarter = told_quarter_, .order = order_};
  if (const auto ahead = StatedAhead(passage, index)) {
    setting.anchor = ToDateOf(*ahead);
    setting.direction = Direction::kPast;
    return setting;
  }
  if (narrative_) {
    setting.direction = Direction::kOnward;
    if (told_) setting.anchor = ToDateOf(*told_);
    return setting;
  }
  const Modifier* modifier = grammar_.ModifierBefore(passage.lexemes, candidate);
  const std::size_t modified = modifier != nullptr ? modifier->words.size() : 0;
  setting.direction = direction_.Read(story_, grammar_.vocabulary(),
                                      {.lexemes = passage.lexemes,
                                       .sentences = passage.sentences,
                                       .first = candidate.begin,
                                       .last = candidate.end,
                                       .cue = candidate.begin - modified});
  return setting;
}

void Evaluation::Modify(const Passage& passage, const Candidate& candidate, Timex& timex) const {
  const Modifier* modifier = grammar_.ModifierBefore(passage.lexemes, candidate);
  if (modifier == nullptr) return;
  const std::uint32_t begin = passage.lexemes[candidate.begin - modifier->words.size()].span.begin;
  const auto word = tree_.TokenAt(begin);
  // "over" belongs to the number in "for over three years", not in "spread over three years".
  const bool number = (passage.lexemes[candidate.begin].classes & Bit(kNum)) != 0;
  if (modifier->counted && number && word && tree_.at(*word).upos == "ADP") return;
  timex.span.begin = begin;
  if (!timex.mod) timex.mod = modifier->mod;
}

void Evaluation::Remember(const Value& value, const Passage& passage, const Candidate& candidate) {
  if (!value.told) return;
  if (narrative_) {
    const bool stated = StatedBy(grammar_, passage, candidate).has_value();
    if (stated) narrative_->Reach({.told = *value.told, .at = SpanOf(passage, candidate).begin});
    if (!stated) narrative_->Move(*value.told);
    told_ = narrative_->now();
    return;
  }
  if (anchor_ && value.told->day > Days{anchor_->ymd}) return;
  told_ = value.told;
  told_quarter_ = value.quarter;
  told_in_ = passage.sentences[candidate.begin];
}

/// "5 p.m. Tuesday", "Nov. 9, 10:30": a clock and a day, with a comma or "on" at most between them.
bool Evaluation::JoinsNext(const Passage& passage, std::size_t index) const {
  if (index + 1 >= passage.chosen.size()) return false;
  const Candidate& first = passage.chosen[index];
  const Candidate& second = passage.chosen[index + 1];
  const std::uint32_t gap = second.begin - first.end;
  if (gap > 1 || (gap == 1 && !grammar_.JoinsClock(passage.lexemes[first.end]))) return false;
  const Rule& a = grammar_.rule(first);
  const Rule& b = grammar_.rule(second);
  return (IsClock(a) && NamesDay(b)) || (NamesDay(a) && IsClock(b));
}

/// Not a time after all: a rate ("$5 million a year"), a person's name ("April Ryan").
bool Evaluation::IsNoTime(const Passage& passage, const Candidate& candidate) const {
  const Span span = SpanOf(passage, candidate);
  const Rule& rule = grammar_.rule(candidate);
  if (rule.type == TimexType::kSet) return IsInTitle(passage, candidate);
  if (rule.type == TimexType::kDuration)
    return candidate.end == candidate.begin + 2 && tree_.IsRate(span);
  if (candidate.end != candidate.begin + 1) return false;
  if (NamesMonth(rule.operation)) return tree_.IsPerson(span);
  return IsBareNumber(passage, candidate);
}

/// "The Daily Post": a capital within the sentence.
bool Evaluation::IsInTitle(const Passage& passage, const Candidate& candidate) {
  return candidate.end == candidate.begin + 1 && candidate.begin > 0 &&
         passage.lexemes[candidate.begin].capital &&
         passage.lexemes[candidate.begin].word != nullptr &&
         !passage.lexemes[candidate.begin].word->capital &&
         passage.sentences[candidate.begin] == passage.sentences[candidate.begin - 1];
}

/// "1300 Commerce Drive": a number that could be an old year, with no word before it that asks for
/// one.
bool Evaluation::IsBareNumber(const Passage& passage, const Candidate& candidate) const {
  constexpr int kOld = 1700;
  const Lexeme& lexeme = passage.lexemes[candidate.begin];
  if ((lexeme.classes & Bit(kYear)) == 0 || lexeme.number >= kOld) return false;
  return candidate.begin == 0 || !grammar_.AsksForYear(passage.lexemes[candidate.begin - 1]);
}

/// Years that a Date is printed with.
bool IsPrintable(Days day) {
  const int year = static_cast<int>(ToDate(day).year());
  return year >= 1 && year <= 9999;
}

/// "the past two years" ends on the day of the story, "the next three weeks" begin there.
std::optional<Interval> IntervalBeside(Days anchor, const Length& length, bool back) {
  const Days other = Shift(anchor, length.unit, back ? -length.count : length.count);
  const Interval interval{.begin = std::min(anchor, other),
                          .end = std::max(anchor, other) + std::chrono::days{1}};
  return interval;
}

/// Writes down which days the value stands for.
void Evaluation::SetDays(const Passage& passage, const Candidate& candidate, Timex& timex) const {
  std::optional<Interval> interval;
  if (timex.type == TimexType::kDate || timex.type == TimexType::kTime) {
    interval = IntervalOf(timex.value);
  } else if (timex.type == TimexType::kDuration && anchor_ && !narrative_) {
    const auto words = std::span(passage.lexemes)
                           .subspan(candidate.begin, candidate.end - candidate.begin)
                           .first(std::min<std::size_t>(2, candidate.end - candidate.begin));
    const bool back =
        std::ranges::any_of(words, [&](const Lexeme& l) { return grammar_.LooksBack(l); });
    const bool ahead =
        std::ranges::any_of(words, [&](const Lexeme& l) { return grammar_.LooksAhead(l); });
    const auto length = LengthOf(timex.value);
    if (length && back != ahead) interval = IntervalBeside(Days{anchor_->ymd}, *length, back);
  }
  if (!interval) return;
  const Days last = interval->end - std::chrono::days{1};
  if (!IsPrintable(interval->begin) || !IsPrintable(last)) return;
  timex.first_day = Date{.ymd = ToDate(interval->begin)};
  timex.last_day = Date{.ymd = ToDate(last)};
}

std::optional<Timex> Evaluation::Evaluate(const Passage& passage, std::size_t& index) {
  const std::size_t first = index;
  const bool joined = JoinsNext(passage, first);
  if (joined) ++index;
  const bool clock_first = joined && IsClock(grammar_.rule(passage.chosen[first]));
  const std::size_t main = clock_first ? index : first;
  const Candidate& candidate = passage.chosen[main];
  const Rule& rule = grammar_.rule(candidate);
  if (!rule.type || IsNoTime(passage, candidate)) return std::nullopt;
  Forget(passage.sentences[candidate.begin]);
  const Captured captured = CapturedBy(grammar_, passage, candidate);
  Setting setting = SettingOf(passage, main);
  if (IsClock(rule) && day_ && DayIsNear(passage, candidate)) setting.told = day_;
  const auto value = Resolve(rule.operation, captured, setting);
  if (!value || (passage.printed_by && !IsDay(*value))) return std::nullopt;
  Timex timex{.span = SpanOf(passage, candidate),
              .type = *rule.type,
              .value = value->text,
              .mod = std::nullopt,
              .alternative = value->alternative};
  if (!rule.time.empty()) AddTime(ResolveTime(rule.time, captured), timex);
  if (!rule.mod.empty()) timex.mod = rule.mod;
  if (joined) JoinClock(passage, clock_first ? first : index, timex);
  Modify(passage, passage.chosen[first], timex);
  const bool compares = told_quarter_ && !narrative_ && CountsUnits(rule.operation);
  if (!compares) Remember(*value, passage, candidate);
  if (IsDay(*value)) {
    day_ = value->told;
    day_end_ = timex.span.end;
  }
  SetDays(passage, candidate, timex);
  return timex;
}

void Evaluation::JoinClock(const Passage& passage, std::size_t index, Timex& timex) const {
  const Candidate& clock = passage.chosen[index];
  const Span span = SpanOf(passage, clock);
  timex.type = TimexType::kTime;
  AddTime(ResolveTime(grammar_.rule(clock).time, CapturedBy(grammar_, passage, clock)), timex);
  timex.span = {.begin = std::min(timex.span.begin, span.begin),
                .end = std::max(timex.span.end, span.end)};
}

/// "Tuesday at 11:45", "Saturday, from 10 a.m.": a few words lie between the day and the clock.
bool Evaluation::DayIsNear(const Passage& passage, const Candidate& clock) const {
  constexpr std::uint32_t kNear = 3;
  const std::uint32_t from = clock.begin > kNear ? clock.begin - kNear : 0;
  for (std::uint32_t i = from; i <= clock.begin; ++i) {
    if (passage.sentences[i] == passage.sentences[clock.begin])
      return passage.lexemes[i].span.begin <= day_end_ ||
             (i > 0 && passage.lexemes[i - 1].span.end == day_end_);
  }
  return false;
}

/// In news a date told of is soon out of mind.
void Evaluation::Forget(std::uint32_t sentence) {
  if (narrative_ || sentence <= told_in_ + kMemory) return;
  told_.reset();
  told_quarter_ = false;
}

/// An expression that grew by a modifier takes the place of those in it: "the early hours of
/// Friday".
void Append(Timex timex, std::vector<Timex>& times) {
  while (!times.empty() && times.back().span.end > timex.span.begin) times.pop_back();
  times.push_back(std::move(timex));
}

/// What the story's own dates show ("25/03/2019"), where they agree; else the habit of the country.
std::optional<DayOrder> OrderOf(const Grammar& grammar, std::span<const Passage> passages,
                                std::optional<DayOrder> habit) {
  std::optional<DayOrder> shown;
  for (const Passage& passage : passages) {
    for (const Candidate& candidate : passage.chosen) {
      const auto order =
          OrderShownBy(grammar.rule(candidate).operation, CapturedBy(grammar, passage, candidate));
      if (!order) continue;
      if (shown && *shown != *order) return habit;
      shown = order;
    }
  }
  return shown ? shown : habit;
}

}  // namespace

struct TimeFinder::Impl {
  Grammar grammar;
  DirectionReader direction;
  DayOrders orders;
};

Result<TimeFinder> TimeFinder::Load(const tables::Tables& tables) {
  DATELINE_TRY(auto grammar, Grammar::Load(tables));
  DATELINE_TRY(auto orders, DayOrders::Load(tables));
  const DirectionReader direction(grammar.vocabulary());
  TimeFinder finder;
  finder.impl_ = std::make_shared<const Impl>(
      Impl{.grammar = std::move(grammar), .direction = direction, .orders = std::move(orders)});
  return finder;
}

std::vector<Timex> TimeFinder::Find(const Story& story, std::optional<Date> anchor,
                                    std::string_view home) const {
  const Grammar& grammar = impl_->grammar;
  std::vector<Passage> passages;
  std::vector<Match> matches;
  for (const Block& block : story.blocks) {
    if (!HoldsTimes(block.kind)) continue;
    Passage passage{.printed_by = block.kind == BlockKind::kByline};
    Lex(story.text, block.span, grammar.vocabulary(), passage.lexemes);
    grammar.Choose(passage.lexemes, matches, passage.chosen);
    if (passage.chosen.empty()) continue;
    passage.sentences = SentencesOf(story.sentences, passage.lexemes);
    passages.push_back(std::move(passage));
  }
  Evaluation evaluation(grammar, impl_->direction, story, anchor);
  evaluation.SetOrder(OrderOf(grammar, passages, impl_->orders.OrderIn(home)));
  const NarrativeSigns signs = SignsOf(grammar, passages, anchor);
  if (signs.IsNarrative()) evaluation.Narrate(NarrativeTime(signs.dates()));
  std::vector<Timex> times;
  for (const Passage& passage : passages) {
    for (std::size_t index = 0; index < passage.chosen.size(); ++index) {
      if (auto timex = evaluation.Evaluate(passage, index)) Append(std::move(*timex), times);
    }
  }
  return times;
}

}  // namespace dateline::timex
