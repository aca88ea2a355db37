#include "events/act_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/split.h"

namespace dateline::events {
namespace {

using Phrase = std::vector<std::string>;

/// "peace plan/deal" is {"peace plan", "peace deal"}; "break off/cut" is {"break off", "cut"}: an
/// alternative stands for the last word when the part begins with a word that is no alternative.
std::vector<Phrase> Alternatives(std::string_view part) {
  const auto items = base::Split(part, '/');
  std::vector<Phrase> out;
  Phrase first = base::SplitPhrase(items.front());
  const bool shared = first.size() == 2 && items.size() > 1 && items[1].find(' ') == items[1].npos;
  const bool phrasal =
      shared && (first[1] == "off" || first[1] == "out" || first[1] == "down" ||
                 first[1] == "over" || first[1] == "back" || first[1] == "up" || first[1] == "in");
  for (const std::string_view item : items) {
    Phrase words = base::SplitPhrase(item);
    if (shared && !phrasal && words.size() == 1) words.insert(words.begin(), first.front());
    out.push_back(std::move(words));
  }
  return out;
}

}  // namespace

const std::vector<ActTable::Trigger>& ActTable::Triggers(std::string_view lemma) const {
  const auto found = triggers_.find(lemma);
  return found == triggers_.end() ? no_triggers_ : found->second;
}

const ActTable::TopicList& ActTable::Topics(std::string_view lemma) const {
  const auto found = topics_.find(lemma);
  return found == topics_.end() ? no_topics_ : found->second;
}

const Pattern* ActTable::Compose(Act act, std::string_view content, EventStatus status) const {
  for (std::string key(content); !key.empty(); key.pop_back()) {
    const auto row = rows_.find(key);
    if (row != rows_.end())
      return &(
          *row->second)[static_cast<std::size_t>(act)][status == EventStatus::kPlanned ? 1 : 0];
  }
  return nullptr;
}

const Pattern* ActTable::Answer(Act act, std::string_view asked, EventStatus status) const {
  // An offer to mediate is accepted as mediation.
  if (asked == "039" || asked == "028") return Compose(act, "mediation", status);
  const auto content = contents_.find(asked);
  if (content == contents_.end()) return nullptr;
  return Compose(act, content->second, status);
}

Result<void> ActTable::AddTopics(const tables::Tables& tables, Vocabulary& vocabulary) {
  DATELINE_TRY(const tables::Table* table, tables.Get("events/topics"));
  DATELINE_TRY(const tables::Column content, table->GetColumn("content"));
  DATELINE_TRY(const tables::Column words, table->GetColumn("words"));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const std::string_view key = table->Cell(row, content);
    for (const std::string_view text : tables::Values(table->Cell(row, words))) {
      if (text.empty() || Compose(Act::kAppeal, key, {}) == nullptr) {
        return Fail(ErrorCode::kMalformed, "no words, or a content that compose.tsv does not have",
                    "events/topics " + std::string(key));
      }
      AddTopic(text, key, vocabulary);
    }
  }
  return {};
}

void ActTable::AddTopic(std::string_view text, std::string_view content, Vocabulary& vocabulary) {
  Topic topic{.parts = {}, .content = std::string(content)};
  std::vector<std::string> firsts;
  for (const std::string_view part : base::Split(text, '+')) {
    std::vector<WordPhrases::Phrase> phrases;
    for (const Phrase& phrase : Alternatives(part)) {
      phrases.push_back(vocabulary.Add(phrase));
      if (topic.parts.empty()) firsts.push_back(phrase.front());
    }
    topic.parts.emplace_back(std::move(phrases));
  }
  std::ranges::sort(firsts);
  firsts.erase(std::ranges::unique(firsts).begin(), firsts.end());
  const auto shared = std::make_shared<const Topic>(std::move(topic));
  for (const std::string& first : firsts) topics_[first].push_back(shared);
}

Result<void> ActTable::AddTriggers(const tables::Tables& tables) {
  constexpr std::array<std::string_view, 5> kNames{"appeal", "intend", "demand", "reject",
                                                   "threaten"};
  DATELINE_TRY(const tables::Table* table, tables.Get("events/acts"));
  DATELINE_TRY(const tables::Column act, table->GetColumn("act"));
  DATELINE_TRY(const tables::Column kind, table->GetColumn("kind"));
  DATELINE_TRY(const tables::Column strong, table->GetColumn("strong"));
  DATELINE_TRY(const tables::Column status, table->GetColumn("status"));
  DATELINE_TRY(const tables::Column words, table->GetColumn("trigger"));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const auto name = std::ranges::find(kNames, table->Cell(row, act));
    for (const std::string_view text : tables::Values(table->Cell(row, words))) {
      Phrase phrase = base::SplitPhrase(text);
      if (phrase.empty() || name == kNames.end()) continue;
      triggers_[phrase.front()].push_back(
          {.particle = {phrase.begin() + 1, phrase.end()},
           .act = static_cast<Act>(name - kNames.begin()),
           .kind = table->Cell(row, kind).front(),
           .strong = table->Cell(row, strong) == "1",
           .status = ParseEventStatus(table->Cell(row, status)).value_or(EventStatus::kOccurred)});
    }
  }
  return {};
}

Result<ActTable> ActTable::Load(const tables::Tables& tables, Vocabulary& vocabulary) {
  constexpr std::array<const char*, 5> kColumns{"appeal", "intend", "demand", "reject", "threaten"};
  ActTable acts;
  DATELINE_TRY(const tables::Table* table, tables.Get("events/compose"));
  DATELINE_TRY(const tables::Column content, table->GetColumn("content"));
  for (std::uint32_t line = 0; line < table->row_count(); ++line) {
    auto row = std::make_shared<Row>();
    for (std::size_t act = 0; act < kColumns.size(); ++act) {
      DATELINE_TRY(const tables::Column column, table->GetColumn(kColumns[act]));
      for (std::size_t planned = 0; planned < 2; ++planned) {
        Pattern& pattern = (*row)[act][planned];
        pattern.cameo = table->Cell(line, column);
        pattern.id = std::string(kColumns[act]) + "." + std::string(table->Cell(line, content));
        if (planned == 1) pattern.status = EventStatus::kPlanned;
      }
    }
    for (const Act asked : {Act::kAppeal, Act::kIntend, Act::kDemand}) {
      acts.contents_.emplace((*row)[static_cast<std::size_t>(asked)][0].cameo,
                             table->Cell(line, content));
    }
    acts.rows_.emplace(table->Cell(line, content), std::move(row));
  }
  if (auto added = acts.AddTopics(tables, vocabulary); !added)
    return std::unexpected(added.error());
  if (auto added = acts.AddTriggers(tables); !added) return std::unexpected(added.error());
  return acts;
}

}  // namespace dateline::events
