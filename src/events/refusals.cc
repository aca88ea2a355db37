#include "events/refusals.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/split.h"
#include "events/one_of.h"

namespace dateline::events {
namespace {

using Phrase = std::vector<std::string>;

bool StandsAt(const StoryView& view, const Scene& scene, const Phrase& phrase, std::uint32_t at) {
  if (at < scene.words.begin || at + phrase.size() > scene.words.end) return false;
  for (std::uint32_t i = 0; i < phrase.size(); ++i) {
    if (!IsSame(view.word(at + i).form, phrase[i]) && !IsSame(scene.tree.Lemma(at + i), phrase[i]))
      return false;
  }
  return true;
}

/// Whether the phrase ends with the word.
bool EndsAt(const StoryView& view, const Scene& scene, const Phrase& phrase, std::uint32_t at) {
  return at + 1 >= phrase.size() &&
         StandsAt(view, scene, phrase, at + 1 - static_cast<std::uint32_t>(phrase.size()));
}

WordList AllOf(const Scene& scene) {
  WordList all;
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) all.push_back(at);
  return all;
}

/// Deep subject or object of the verb that the match is told by.
WordList RoleOf(const Scene& scene, const Match& match, bool subject) {
  if (!match.verb || match.noun) return {};
  const Roles& roles = scene.verbs[*match.verb].roles;
  return subject ? roles.subject : roles.object;
}

/// What stands before a noun: the word itself, and what is compounded with it.
WordList Before(const Scene& scene, std::uint32_t trigger) {
  WordList words;
  if (trigger > scene.words.begin) words.push_back(trigger - 1);
  for (const std::uint32_t child : scene.tree.Children(trigger)) {
    const Relation rel = scene.tree.Rel(child);
    if (child < trigger && (rel == "compound" || rel == "amod" || rel == "nmod:poss"))
      words.push_back(child);
  }
  return words;
}

template <typename Test>
bool AnyStands(const std::vector<Phrase>& phrases, const WordList& words, const Test& test) {
  return std::ranges::any_of(words, [&](std::uint32_t at) {
    return std::ranges::any_of(phrases, [&](const Phrase& phrase) { return test(phrase, at); });
  });
}

bool BeginsWithOne(const std::vector<std::string>& prefixes, const Pattern& pattern) {
  return prefixes.empty() || std::ranges::any_of(prefixes, [&](const std::string& prefix) {
           return pattern.cameo.starts_with(prefix) || pattern.id.starts_with(prefix);
         });
}

}  // namespace

Result<RefusalTable::Row> RefusalTable::ReadRow(const tables::Table& table, std::uint32_t number,
                                                const WordSets& classes) {
  using enum Where;
  constexpr std::array<std::pair<std::string_view, Where>, 7> kPlaces{{{"after", kAfter},
                                                                       {"before", kBefore},
                                                                       {"object", kObject},
                                                                       {"subject", kSubject},
                                                                       {"domain", kDomain},
                                                                       {"sentence", kSentence},
                                                                       {"nobody", kNobody}}};
  DATELINE_TRY(const tables::Column id, table.GetColumn("id"));
  DATELINE_TRY(const tables::Column of, table.GetColumn("of"));
  DATELINE_TRY(const tables::Column where, table.GetColumn("where"));
  DATELINE_TRY(const tables::Column words, table.GetColumn("words"));
  DATELINE_TRY(const tables::Column unless, table.GetColumn("unless"));
  Row row;
  row.id = table.Cell(number, id);
  for (const std::string_view prefix : tables::Values(table.Cell(number, of))) {
    if (!prefix.empty()) row.of.emplace_back(prefix);
  }
  const auto* const place = std::ranges::find(kPlaces, table.Cell(number, where),
                                              [](const auto& entry) { return entry.first; });
  if (place == kPlaces.end())
    return Fail(ErrorCode::kMalformed, "no such place", "events/refusals " + row.id);
  row.where = place->second;
  for (const auto& [column, phrases] : {std::pair{words, &row.words}, {unless, &row.unless}}) {
    DATELINE_TRY(const auto list, ExpandWords(classes, table.Cell(number, column)));
    for (const std::string& phrase : list) phrases->push_back(base::SplitPhrase(phrase));
  }
  return row;
}

Result<RefusalTable> RefusalTable::Load(const tables::Tables& tables) {
  RefusalTable result;
  DATELINE_TRY(const tables::Table* table, tables.Get("events/refusals"));
  DATELINE_TRY(const tables::Column trigger, table->GetColumn("trigger"));
  DATELINE_TRY(const WordSets classes, LoadWordSets(tables));
  for (std::uint32_t number = 0; number < table->row_count(); ++number) {
    DATELINE_TRY(const Row row, ReadRow(*table, number, classes));
    DATELINE_TRY(const auto lemmas, ExpandWords(classes, table->Cell(number, trigger)));
    for (const std::string& lemma : lemmas) {
      std::vector<Row>& rows = result.rows_[lemma.substr(0, lemma.find(' '))];
      if (rows.empty() || rows.back().id != row.id) rows.push_back(row);
    }
  }
  return result;
}

bool RefusalTable::Fits(const Row& row, const StoryView& view, const Scene& scene,
                        const Match& match) {
  const auto begins = [&](const Phrase& phrase, std::uint32_t at) {
    return StandsAt(view, scene, phrase, at);
  };
  const auto ends = [&](const Phrase& phrase, std::uint32_t at) {
    return EndsAt(view, scene, phrase, at);
  };
  switch (row.where) {
    case Where::kAfter:
      return AnyStands(row.words, {match.trigger + 1}, begins);
    case Where::kBefore:
      return AnyStands(row.words, Before(scene, match.trigger), ends);
    case Where::kObject:
      return AnyStands(row.words, RoleOf(scene, match, false), ends);
    case Where::kSubject:
      return AnyStands(row.words, RoleOf(scene, match, true), ends);
    case Where::kDomain:
      return AnyStands(row.words, scene.tree.Domain(match.trigger), begins);
    case Where::kSentence:
      return row.words.empty() || AnyStands(row.words, AllOf(scene), begins);
    case Where::kNobody:
      return match.source.empty();
  }
  return false;
}

std::string_view RefusalTable::Of(const StoryView& view, const Scene& scene,
                                  const Match& match) const {
  const bool verb = match.verb && scene.verbs[*match.verb].at == match.trigger;
  const auto found =
      rows_.find(verb ? scene.verbs[*match.verb].lemma : scene.tree.Lemma(match.trigger));
  if (found == rows_.end()) return {};
  for (const Row& row : found->second) {
    if (!BeginsWithOne(row.of, *match.pattern) || !Fits(row, view, scene, match)) continue;
    const bool saved = AnyStands(
        row.unless, AllOf(scene),
        [&](const Phrase& phrase, std::uint32_t at) { return StandsAt(view, scene, phrase, at); });
    if (!saved) return row.id;
  }
  return {};
}

}  // namespace dateline::events
