// One block after the other: cut into lexemes, match all rules at once, keep the longest
// expressions that do not overlap, then give them values from left to right, since a later one may
// count from an earlier one ("six months later").
#include "timex/times.h"

#include <algorithm>
#include <string>
#include <utility>

#include "timex/direction.h"
#include "timex/lexer.h"
#include "timex/pattern.h"
#include "timex/resolve.h"
#include "timex/vocabulary.h"

namespace dateline::timex {
namespace {

struct Rule {
  std::optional<TimexType> type;  ///< absent: the words make no time (NONE)
  Operation operation{};
  std::string time{};
  std::string mod{};
};

/// Words before an expression that belong to it: "late", "more than".
struct Modifier {
  std::vector<const Word*> words{};
  std::string mod{};
  std::string applies{};
};

/// Sentences that a reference reaches back over.
constexpr std::size_t kMemory = 4;

struct Candidate {
  Match match{};
  std::uint32_t begin = 0;  ///< the expression, as lexemes
  std::uint32_t end = 0;
};

/// The sentence of each lexeme, counted within the block.
std::vector<std::uint32_t> SentencesOf(const std::vector<Sentence>& sentences,
                                       std::span<const Lexeme> lexemes) {
  std::vector<std::uint32_t> result(lexemes.size());
  if (lexemes.empty()) return result;
  auto sentence = std::ranges::upper_bound(sentences, lexemes.front().span.begin, {},
                                           [](const Sentence& s) { return s.span.end; });
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < lexemes.size(); ++i) {
    while (sentence != sentences.end() && sentence->span.end <= lexemes[i].span.begin) {
      ++sentence;
      ++count;
    }
    result[i] = count;
  }
  return result;
}

Result<std::vector<Rule>> LoadRules(const tables::Table& table, Vocabulary& vocabulary,
                                    PatternTrie& trie) {
  DATELINE_TRY(const auto pattern, table.GetColumn("pattern"));
  DATELINE_TRY(const auto type, table.GetColumn("type"));
  DATELINE_TRY(const auto value, table.GetColumn("value"));
  DATELINE_TRY(const auto time, table.GetColumn("time"));
  DATELINE_TRY(const auto mod, table.GetColumn("mod"));
  DATELINE_TRY(const auto id, table.GetColumn("id"));
  std::vector<Rule> rules;
  for (std::uint32_t row = 0; row < table.row_count(); ++row) {
    const std::string where = "timex/rules, rule " + std::string(table.Cell(row, id));
    auto operation = ParseOperation(table.Cell(row, value));
    if (!operation) return Fail(operation.error().code, operation.error().message, where);
    if (const auto added = trie.Add(row, table.Cell(row, pattern), vocabulary); !added) {
      return Fail(added.error().code, added.error().message, where);
    }
    rules.push_back({.type = ParseTimexType(table.Cell(row, type)),
                     .operation = std::move(*operation),
                     .time = std::string(table.Cell(row, time)),
                     .mod = std::string(table.Cell(row, mod))});
  }
  trie.Finish();
  return rules;
}

Result<std::vector<Modifier>> LoadModifiers(const tables::Table& table, Vocabulary& vocabulary) {
  DATELINE_TRY(const auto phrase, table.GetColumn("phrase"));
  DATELINE_TRY(const auto mod, table.GetColumn("mod"));
  DATELINE_TRY(const auto applies, table.GetColumn("applies"));
  std::vector<Modifier> modifiers;
  for (std::uint32_t row = 0; row < table.row_count(); ++row) {
    Modifier modifier{.mod = std::string(table.Cell(row, mod)),
                      .applies = std::string(table.Cell(row, applies))};
    std::string_view rest = table.Cell(row, phrase);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      vocabulary.Intern(rest.substr(0, end));
      modifier.words.push_back(vocabulary.Find(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    modifiers.push_back(std::move(modifier));
  }
  std::ranges::stable_sort(modifiers, std::greater<>{},
                           [](const Modifier& m) { return m.words.size(); });
  return modifiers;
}

}  // namespace

struct TimeFinder::Impl {
  Vocabulary vocabulary;
  PatternTrie trie;
  std::vector<Rule> rules;
  std::vector<Modifier> modifiers;
  std::optional<DirectionReader> direction;

  /// What is remembered from one expression to the next.
  struct Memory {
    std::optional<Told> told;
    std::size_t sentence = 0;
    bool quarter = false;
  };

  /// One block under work.
  struct Work {
    std::vector<Lexeme> lexemes;
    std::vector<std::uint32_t> sentences;
    std::vector<Match> matches;
    std::vector<Candidate> chosen;
    std::size_t first_sentence = 0;  ///< sentences before this block
  };

  void Choose(Work& work) const;
  [[nodiscard]] Direction DirectionOf(const Work& work, const Candidate& candidate) const;
  void Modify(const Work& work, const Candidate& candidate, Timex& timex) const;
  [[nodiscard]] std::optional<Timex> Evaluate(const Work& work, const Candidate& candidate,
                                              std::optional<Date> anchor, Memory& memory) const;
};

/// Leftmost, then longest expressions; of the same words the rule with more around them, then the
/// earlier one.
void TimeFinder::Impl::Choose(Work& work) const {
  std::vector<Candidate> all;
  all.reserve(work.matches.size());
  for (const Match& match : work.matches) {
    const Form& form = trie.form(match.form);
    all.push_back(
        {.match = match, .begin = match.first + form.begin, .end = match.first + form.end});
  }
  std::ranges::sort(all, [&](const Candidate& a, const Candidate& b) {
    const Form& fa = trie.form(a.match.form);
    const Form& fb = trie.form(b.match.form);
    return std::tuple(a.begin, b.end, fb.length, fa.rule) <
           std::tuple(b.begin, a.end, fa.length, fb.rule);
  });
  std::uint32_t taken = 0;
  for (const Candidate& candidate : all) {
    if (candidate.begin < taken) continue;
    work.chosen.push_back(candidate);
    taken = candidate.end;
  }
}

constexpr std::size_t kReach = 200;

Direction TimeFinder::Impl::DirectionOf(const Work& work, const Candidate& candidate) const {
  const std::uint32_t sentence = work.sentences[candidate.begin];
  std::size_t first = candidate.begin;
  // No further than kReach words: a sentence may be as long as the story, and hold as many times.
  while (first > 0 && work.sentences[first - 1] == sentence && candidate.begin - first < kReach)
    --first;
  std::size_t last = candidate.end;
  while (last < work.lexemes.size() && work.sentences[last] == sentence &&
         last - candidate.end < kReach)
    ++last;
  return direction->Read(std::span(work.lexemes).subspan(first, last - first),
                         candidate.begin - first, candidate.end - first);
}

void TimeFinder::Impl::Modify(const Work& work, const Candidate& candidate, Timex& timex) const {
  for (const Modifier& modifier : modifiers) {
    const std::size_t size = modifier.words.size();
    if (size > candidate.begin ||
        modifier.applies.find(TimexTypeName(timex.type)) == std::string::npos)
      continue;
    const std::size_t first = candidate.begin - size;
    bool same = work.sentences[first] == work.sentences[candidate.begin];
    for (std::size_t i = 0; i < size; ++i)
      same = same && work.lexemes[first + i].word == modifier.words[i];
    if (!same) continue;
    timex.span.begin = work.lexemes[first].span.begin;
    timex.mod = modifier.mod;
    return;
  }
}

std::optional<Timex> TimeFinder::Impl::Evaluate(const Work& work, const Candidate& candidate,
                                                std::optional<Date> anchor, Memory& memory) const {
  const Form& form = trie.form(candidate.match.form);
  const Rule& rule = rules[form.rule];
  if (!rule.type) return std::nullopt;
  const std::size_t sentence = work.first_sentence + work.sentences[candidate.begin];
  if (sentence > memory.sentence + kMemory) memory = {};
  const Captured captured{
      .form = form, .lexemes = std::span(work.lexemes).subspan(candidate.match.first, form.length)};
  const Setting setting{.anchor = anchor,
                        .told = memory.told,
                        .told_quarter = memory.quarter,
                        .direction = DirectionOf(work, candidate)};
  const auto value = Resolve(rule.operation, captured, setting);
  if (!value) return std::nullopt;
  Timex timex{
      .span = {work.lexemes[candidate.begin].span.begin, work.lexemes[candidate.end - 1].span.end},
      .type = *rule.type,
      .value = value->text,
      .mod = std::nullopt};
  if (!rule.time.empty()) timex.value += ResolveTime(rule.time, captured);
  if (!rule.mod.empty()) timex.mod = rule.mod;
  if (!timex.mod) Modify(work, candidate, timex);
  const bool past = value->told && (!anchor || value->told->day <= Days{anchor->ymd});
  if (past) memory = {.told = value->told, .sentence = sentence, .quarter = value->quarter};
  return timex;
}

Result<TimeFinder> TimeFinder::Load(const tables::Tables& tables) {
  DATELINE_TRY(const tables::Table* words, tables.Get("timex/words"));
  DATELINE_TRY(const tables::Table* rules, tables.Get("timex/rules"));
  DATELINE_TRY(const tables::Table* modifiers, tables.Get("timex/modifiers"));
  auto impl = std::make_shared<Impl>();
  DATELINE_TRY(impl->vocabulary, Vocabulary::Load(*words));
  for (const auto* const mark : {"-", "/", "and", "to"}) impl->vocabulary.Intern(mark);
  DATELINE_TRY(impl->rules, LoadRules(*rules, impl->vocabulary, impl->trie));
  DATELINE_TRY(impl->modifiers, LoadModifiers(*modifiers, impl->vocabulary));
  impl->direction.emplace(impl->vocabulary);
  TimeFinder finder;
  finder.impl_ = std::move(impl);
  return finder;
}

std::vector<Timex> TimeFinder::Find(const Story& story, std::optional<Date> anchor) const {
  std::vector<Timex> times;
  Impl::Memory memory;
  Impl::Work work;
  for (const Block& block : story.blocks) {
    const bool printed = block.kind == BlockKind::kDate || block.kind == BlockKind::kDateline;
    if (!printed && !IsProse(block.kind)) continue;
    work.lexemes.clear();
    work.matches.clear();
    work.chosen.clear();
    Lex(story.text, block.span, impl_->vocabulary, work.lexemes);
    impl_->trie.Find(work.lexemes, work.matches);
    work.sentences = SentencesOf(story.sentences, work.lexemes);
    impl_->Choose(work);
    for (const Candidate& candidate : work.chosen) {
      if (auto timex = impl_->Evaluate(work, candidate, anchor, memory))
        times.push_back(std::move(*timex));
    }
    work.first_sentence += work.sentences.empty() ? 0 : work.sentences.back() + 1;
  }
  return times;
}

}  // namespace dateline::timex
