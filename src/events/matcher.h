/// Patterns laid over a scene: triggers with their sources and targets.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "events/patterns.h"
#include "events/scene.h"

namespace dateline::events {

/// A pattern found in a sentence.
struct Match {
  const Pattern* pattern = nullptr;
  std::uint32_t trigger = 0;  ///< word
  Range extent{};             ///< the clause that states it
  ActorSet source{};
  ActorSet target{};
  std::optional<std::uint32_t>
      verb{};  ///< Scene::verbs: the trigger itself, or the verb over a noun
  bool noun = false;
  bool settled = false;     ///< the pattern's status holds whatever the verb's tense
  bool ordered = false;     ///< done by ordering it: "ordered the arrest of two aides"
  bool of_deed = false;     ///< about what somebody did: "condemned the attack"
  bool of_other = false;    ///< to somebody at home whom nothing names: "accused his partners"
  bool on_rebels = false;   ///< rebels of whom nothing tells whose they are
  bool at_home = false;     ///< within the source's country: "its jets hit a rebel camp"
  bool mutual = false;      ///< the sides act on one another: "Chad and Niger met"
  bool each_other = false;  ///< … and the text says so: "accused each other"
  const PatternFrame* frame = nullptr;  ///< the pattern's frame that fits; null for acts
  std::size_t particles = 0;            ///< words of the trigger behind the first
  int score = 0;                        ///< how full the match is, to choose among patterns
};

/// In order of their triggers. At most one match a trigger. Thread-safe.
std::vector<Match> MatchScene(const StoryView& view, const Scene& scene);

/// Code of a pattern that stands for acts of every kind.
inline constexpr std::string_view kAnyAct = "00";

using TriggerFilter = std::function<bool(std::uint32_t)>;

/// The verbs, and the nouns between two sides, that are wanted, whether a pattern knows them or
/// not, with the sides that the first frame of `any` with a target leads to, else the fullest;
/// `any` holds no words. In order of their triggers.
std::vector<Match> MatchOpen(const StoryView& view, const Scene& scene, const Pattern& any,
                             const TriggerFilter& wanted);

/// The country abroad that the text speaks of, to which a state does what the sentence says to
/// nobody ("Norway promised tents"); empty where somebody is named, or the act needs no other side.
std::string_view UnnamedTarget(const Scene& scene, const Match& match);

/// Whether somebody judges by saying what something is: "said the raid was an outrage".
inline bool IsJudgedBySaying(const Match& match) {
  return match.pattern->id == "111.say-bad" || match.pattern->id == "051.say-good";
}

/// Whether the act is of those that stay within a country where nobody else is named: the side that
/// is missing is then of the country of the other.
bool StaysAtHome(const Match& match);

}  // namespace dateline::events
