#include "timex/grammar.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace dateline::timex {

Result<void> Grammar::LoadRules(const tables::Table& table) {
  DATELINE_TRY(const auto pattern, table.GetColumn("pattern"));
  DATELINE_TRY(const auto type, table.GetColumn("type"));
  DATELINE_TRY(const auto value, table.GetColumn("value"));
  DATELINE_TRY(const auto time, table.GetColumn("time"));
  DATELINE_TRY(const auto mod, table.GetColumn("mod"));
  DATELINE_TRY(const auto id, table.GetColumn("id"));
  for (std::uint32_t row = 0; row < table.row_count(); ++row) {
    const std::string where = "timex/rules, rule " + std::string(table.Cell(row, id));
    auto operation = ParseOperation(table.Cell(row, value));
    if (!operation) return Fail(operation.error().code, operation.error().message, where);
    if (const auto added = trie_.Add(row, table.Cell(row, pattern), vocabulary_); !added) {
      return Fail(added.error().code, added.error().message, where);
    }
    rules_.push_back({.type = ParseTimexType(table.Cell(row, type)),
                      .operation = std::move(*operation),
                      .time = std::string(table.Cell(row, time)),
                      .mod = std::string(table.Cell(row, mod))});
  }
  trie_.Finish();
  return {};
}

Result<void> Grammar::LoadModifiers(const tables::Table& table) {
  DATELINE_TRY(const auto phrase, table.GetColumn("phrase"));
  DATELINE_TRY(const auto mod, table.GetColumn("mod"));
  DATELINE_TRY(const auto applies, table.GetColumn("applies"));
  DATELINE_TRY(const auto before, table.GetColumn("before"));
  for (std::uint32_t row = 0; row < table.row_count(); ++row) {
    Modifier modifier{.mod = std::string(table.Cell(row, mod)),
                      .applies = std::string(table.Cell(row, applies)),
                      .counted = table.Cell(row, before) == "number"};
    std::string_view rest = table.Cell(row, phrase);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      vocabulary_.Intern(rest.substr(0, end));
      modifier.words.push_back(vocabulary_.Find(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    modifiers_.push_back(std::move(modifier));
  }
  std::ranges::stable_sort(modifiers_, std::greater<>{},
                           [](const Modifier& m) { return m.words.size(); });
  return {};
}

Result<Grammar> Grammar::Load(const tables::Tables& tables) {
  DATELINE_TRY(const tables::Table* words, tables.Get("timex/words"));
  DATELINE_TRY(const tables::Table* rules, tables.Get("timex/rules"));
  DATELINE_TRY(const tables::Table* modifiers, tables.Get("timex/modifiers"));
  Grammar grammar;
  DATELINE_TRY(grammar.vocabulary_, Vocabulary::Load(*words));
  for (const auto* const mark : {"-", "/", "and", "to", ",", "on", "a", "an"})
    grammar.vocabulary_.Intern(mark);
  if (const auto id = grammar.vocabulary_.FindClass("YEARCUE")) grammar.year_cue_ = Bit(*id);
  if (const auto id = grammar.vocabulary_.FindClass("BACK")) grammar.back_ = Bit(*id);
  if (const auto id = grammar.vocabulary_.FindClass("AHEAD")) grammar.ahead_ = Bit(*id);
  grammar.comma_ = grammar.vocabulary_.Find(",");
  grammar.on_ = grammar.vocabulary_.Find("on");
  grammar.articles_ = {grammar.vocabulary_.Find("a"), grammar.vocabulary_.Find("an")};
  if (const auto loaded = grammar.LoadRules(*rules); !loaded) {
    return std::unexpected(loaded.error());
  }
  if (const auto loaded = grammar.LoadModifiers(*modifiers); !loaded) {
    return std::unexpected(loaded.error());
  }
  return grammar;
}

void Grammar::Choose(std::span<const Lexeme> lexemes, std::vector<Match>& matches,
                     std::vector<Candidate>& chosen) const {
  matches.clear();
  chosen.clear();
  trie_.Find(lexemes, matches);
  std::vector<Candidate> all;
  all.reserve(matches.size());
  for (const Match& match : matches) {
    const Form& form = trie_.form(match.form);
    all.push_back(
        {.match = match, .begin = match.first + form.begin, .end = match.first + form.end});
  }
  std::ranges::sort(all, [&](const Candidate& a, const Candidate& b) {
    const Form& fa = form(a);
    const Form& fb = form(b);
    return std::tuple(a.begin, b.end, rules_[fa.rule].type.has_value(), fb.length, fa.rule) <
           std::tuple(b.begin, a.end, rules_[fb.rule].type.has_value(), fa.length, fb.rule);
  });
  std::uint32_t taken = 0;
  for (const Candidate& candidate : all) {
    if (candidate.begin < taken) continue;
    chosen.push_back(candidate);
    taken = candidate.end;
  }
}

const Modifier* Grammar::ModifierBefore(std::span<const Lexeme> lexemes,
                                        const Candidate& candidate) const {
  const Rule& found = rule(candidate);
  const bool counts = CountsUnits(found.operation);
  const std::string_view type =
      TimexTypeName(counts ? TimexType::kDuration : found.type.value_or(TimexType::kDate));
  const std::uint32_t at = candidate.begin;
  for (const Modifier& modifier : modifiers_) {
    const std::size_t size = modifier.words.size();
    if (size > at || !modifier.AppliesTo(type, counts)) continue;
    if (modifier.counted && !Counts(lexemes[at])) continue;
    bool same = true;
    for (std::size_t i = 0; i < size; ++i)
      same = same && lexemes[at - size + i].word == modifier.words[i];
    if (same) return &modifier;
  }
  return nullptr;
}

}  // namespace dateline::timex
