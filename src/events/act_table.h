/// The words of acts of speech and of what they are about, from data/events/{acts,topics,compose}.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_map.h"
#include "dateline/result.h"
#include "events/patterns.h"
#include "tables/tables.h"

namespace dateline::events {

enum class Act : std::uint8_t { kAppeal, kIntend, kDemand, kReject, kThreaten };

/// Immutable after Load; thread-safe.
class ActTable {
 public:
  /// Errors: kMalformed naming a row whose content compose.tsv does not know.
  static Result<ActTable> Load(const tables::Tables& tables, Vocabulary& vocabulary);

  struct Trigger {
    std::vector<std::string> particle;
    Act act = Act::kAppeal;
    char kind = 'v';  ///< of acts.tsv: verb, noun, adjective, denied verb
    bool strong = false;
    EventStatus status = EventStatus::kOccurred;
  };
  struct Topic {
    std::vector<WordPhrases> parts;
    std::string content;
  };
  [[nodiscard]] const std::vector<Trigger>& Triggers(std::string_view lemma) const;
  using TopicList = std::vector<std::shared_ptr<const Topic>>;
  /// Those that a word with the lemma may begin.
  [[nodiscard]] const TopicList& Topics(std::string_view lemma) const;
  /// The pattern that an act about `content` (a CAMEO code or key of compose.tsv) stands for, or
  /// null. `planned` tells apart what is only intended.
  [[nodiscard]] const Pattern* Compose(Act act, std::string_view content, EventStatus status) const;
  /// The pattern that consenting (kIntend) or refusing (kReject) stands for, where `asked` is the
  /// code of an appeal, offer or demand; null for other codes.
  [[nodiscard]] const Pattern* Answer(Act act, std::string_view asked, EventStatus status) const;

 private:
  using Row = std::array<std::array<Pattern, 2>, 5>;
  Result<void> AddTopics(const tables::Tables& tables, Vocabulary& vocabulary);
  void AddTopic(std::string_view text, std::string_view content, Vocabulary& vocabulary);
  Result<void> AddTriggers(const tables::Tables& tables);

  base::TextMap<std::shared_ptr<const Row>> rows_;
  std::map<std::string, std::string, std::less<>>
      contents_;  ///< by the code of an appeal, offer or demand: what it is about
  base::TextMap<std::vector<Trigger>> triggers_;
  base::TextMap<TopicList> topics_;
  std::vector<Trigger> no_triggers_;
  TopicList no_topics_;
};

}  // namespace dateline::events
