/// Conditions on new stories, and what to do when one is met.
///
///   kharkiv: RUS does root 19 to UKR near Kharkiv,50km
///     append attacks.jsonl
///   ties: anyone quotes "Wang Yi" on ties
///
/// The language is docs/formats/alerts.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dateline/archive.h"
#include "dateline/event.h"
#include "dateline/result.h"
#include "dateline/story.h"

namespace dateline::follow {

/// Somebody: anyone, the beginning of an actor code, or words of a name.
struct Who {
  std::string code{};                ///< "RUS"; empty: not by code
  std::vector<std::string> words{};  ///< folded, to stand side by side; empty: not by name
  bool operator==(const Who&) const = default;

  [[nodiscard]] bool IsAnyone() const { return code.empty() && words.empty(); }
};

/// "RUS does root 19 to UKR near Kharkiv,50km as planned".
struct EventCondition {
  Who source{};
  Who target{};
  std::string cameo{};               ///< a code or its beginning
  std::string plover{};              ///< a type
  int quad = 0;                      ///< 0: any
  std::vector<std::string> place{};  ///< folded words of its name
  std::string country{};             ///< ISO 3166-1 alpha-3
  std::string near_text{};           ///< as written: "Kharkiv,50km"; see `near`
  /// To be filled by who knows where places are; an unfilled one with near_text is never met.
  std::optional<Near> near{};
  std::vector<EventStatus> status{};  ///< empty: occurred, ongoing, claimed
  bool operator==(const EventCondition&) const = default;
};

/// "anyone quotes X on Y".
struct QuoteCondition {
  Who outlet{};  ///< whose story it is
  Who speaker{};
  std::vector<std::string> about{};  ///< folded words, all of them said; "word*" begins so
  bool operator==(const QuoteCondition&) const = default;
};

/// "anyone mentions X".
struct MentionCondition {
  Who outlet{};
  Who entity{};
  bool operator==(const MentionCondition&) const = default;
};

using Condition = std::variant<EventCondition, QuoteCondition, MentionCondition>;

struct Action {
  enum class Kind : std::uint8_t { kPrint, kAppend, kPost, kRun };
  Kind kind = Kind::kPrint;
  /// kAppend: the file. kPost: the address. kRun: the program and its arguments.
  std::vector<std::string> words{};
  bool operator==(const Action&) const = default;
};

struct Alert {
  std::string name{};
  std::string text{};  ///< of the condition, as written
  std::size_t line = 0;
  Condition condition{};
  std::vector<Action> actions{};  ///< never empty
  bool operator==(const Alert&) const = default;
};

/// kMalformed says what is wrong and what to write; `where` is "path:line".
Result<std::vector<Alert>> ParseAlerts(std::string_view bytes, std::string_view path);

/// The facts of the story that meet the condition: places in Story::events, Story::attributions or
/// Story::entities, by the condition's kind; sorted.
std::vector<std::uint32_t> FindMatches(const Condition& condition, const Story& story);

}  // namespace dateline::follow
