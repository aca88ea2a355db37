#include "events/refusals.h"

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>
#include <span>
#include <utility>

#include "base/split.h"
#include "events/one_of.h"

namespace dateline::events {
namespace {

/// Whether one of the phrases begins at one of the words.
template <typename Words>
bool OneBegins(const Scene& scene, const WordPhrases& phrases, const Words& words) {
  return !phrases.empty() && std::ranges::any_of(words, [&](std::uint32_t at) {
    return scene.LongestAt(phrases, at) > 0;
  });
}

/// Whether one of the phrases ends at one of the words.
bool OneEnds(const Scene& scene, const WordPhrases& phrases, const WordList& words) {
  return std::ranges::any_of(words, [&](std::uint32_t at) {
    return std::ranges::any_of(phrases.All(), [&](std::span<const WordId> phrase) {
      const auto size = static_cast<std::uint32_t>(phrase.size());
      return at + 1 >= size && scene.Stands(phrase, at + 1 - size);
    });
  });
}

auto AllOf(const Scene& scene) { return std::views::iota(scene.words.begin, scene.words.end); }

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

bool BeginsWithOne(const std::vector<std::string>& prefixes, const Pattern& pattern) {
  return prefixes.empty() || std::ranges::any_of(prefixes, [&](const std::string& prefix) {
           return pattern.cameo.starts_with(prefix) || pattern.id.starts_with(prefix);
         });
}

}  // namespace

Result<RefusalTable::Row> RefusalTable::ReadRow(const tables::Table& table, std::uint32_t number,
                                                const WordSets& classes, Vocabulary& vocabulary) {
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
    std::vector<WordPhrases::Phrase> numbered;
    for (const std::string& phrase : list)
      numbered.push_back(vocabulary.Add(base::SplitPhrase(phrase)));
    *phrases = WordPhrases(std::move(numbered));
  }
  return row;
}

Result<RefusalTable> RefusalTable::Load(const tables::Tables& tables, Vocabulary& vocabulary) {
  RefusalTable result;
  DATELINE_TRY(const tables::Table* table, tables.Get("events/refusals"));
  DATELINE_TRY(const tables::Column trigger, table->GetColumn("trigger"));
  DATELINE_TRY(const WordSets classes, LoadWordSets(tables));
  for (std::uint32_t number = 0; number < table->row_count(); ++number) {
    DATELINE_TRY(Row row, ReadRow(*table, number, classes, vocabulary));
    result.rows_.push_back(std::move(row));
    DATELINE_TRY(const auto lemmas, ExpandWords(classes, table->Cell(number, trigger)));
    for (const std::string& lemma : lemmas) {
      std::vector<std::uint32_t>& rows = result.by_lemma_[lemma.substr(0, lemma.find(' '))];
      if (rows.empty() || rows.back() != number) rows.push_back(number);
    }
  }
  return result;
}

bool RefusalTable::Fits(const Row& row, const Scene& scene, const Match& match) {
  switch (row.where) {
    case Where::kAfter:
      return OneBegins(scene, row.words, WordList{match.trigger + 1});
    case Where::kBefore:
      return OneEnds(scene, row.words, Before(scene, match.trigger));
    case Where::kObject:
      return OneEnds(scene, row.words, RoleOf(scene, match, false));
    case Where::kSubject:
      return OneEnds(scene, row.words, RoleOf(scene, match, true));
    case Where::kDomain:
      return OneBegins(scene, row.words, scene.tree.Domain(match.trigger));
    case Where::kSentence:
      return row.words.empty() || OneBegins(scene, row.words, AllOf(scene));
    case Where::kNobody:
      return match.source.empty();
  }
  return false;
}

std::string_view RefusalTable::Of(const Scene& scene, const Match& match) const {
  const bool verb = match.verb && scene.verbs[*match.verb].at == match.trigger;
  const auto found =
      by_lemma_.find(verb ? scene.verbs[*match.verb].lemma : scene.tree.Lemma(match.trigger));
  if (found == by_lemma_.end()) return {};
  for (const std::uint32_t number : found->second) {
    const Row& row = rows_[number];
    if (BeginsWithOne(row.of, *match.pattern) && Fits(row, scene, match) &&
        !OneBegins(scene, row.unless, AllOf(scene)))
      return row.id;
  }
  return {};
}

}  // namespace dateline::events
