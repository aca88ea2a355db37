/// How sure an event is: the chance that its code and its sides are right.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/short_list.h"
#include "base/text_map.h"
#include "dateline/event.h"
#include "dateline/result.h"
#include "events/domain.h"
#include "events/matcher.h"
#include "events/parties.h"
#include "tables/tables.h"

namespace dateline::events {

/// Texts "name=value", one behind the other.
class Features {
 public:
  void Add(std::string_view name, std::string_view value) {
    text_.append(name).append("=").append(value);
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
  }
  /// As long as the object stays as it is.
  [[nodiscard]] std::vector<std::string_view> List() const;

 private:
  std::string text_;
  base::ShortList<std::uint32_t, 40> ends_;
};

/// What speaks for and against an event: its rule, how its sides hang together with its trigger,
/// who they are, where it is told.
Features FeaturesOf(const StoryView& view, const Scene& scene, const Match& match,
                    const Event& event, const DomainGate::Verdict& domain,
                    const PartyTable& parties);

/// "density=3": how many events the story tells to a hundred words, as far as the sentences alone
/// say. Nothing for a sentence or two that somebody chose.
std::optional<std::string> DensityFeature(const Story& story, std::size_t events,
                                          std::size_t words);

/// How often a story tells of each two countries, whoever does what to whom.
class PairCounts {
 public:
  explicit PairCounts(const std::vector<Event>& events);
  /// "pair-told=2": how many other events have the two.
  [[nodiscard]] std::string FeatureOf(const std::vector<EventActor>& source,
                                      const std::vector<EventActor>& target) const;

 private:
  std::map<std::string, std::size_t> counts_;
};

/// Logistic regression over the features, trained on events judged by hand (train/events).
/// Immutable after Load; thread-safe.
class Confidence {
 public:
  /// Of data/events/confidence. Errors: a weight that is no number.
  static Result<Confidence> Load(const tables::Tables& tables);

  /// In (0, 1). Features without a weight count nothing.
  [[nodiscard]] double Of(const std::vector<std::string_view>& features) const;
  /// Of what was as sure as `sure` and has one feature more.
  [[nodiscard]] double With(double sure, const std::string& feature) const;
  /// Below it what a pattern finds is no event.
  [[nodiscard]] double least() const { return least_; }
  /// The same in an article, of which it is known how much politics it tells.
  [[nodiscard]] double least_in_article() const { return least_in_article_; }

 private:
  base::TextMap<double> weights_;
  double bias_ = 0;
  double least_ = 0;
  double least_in_article_ = 0;
};

}  // namespace dateline::events
