/// What else a sentence tells of an event: how many, by what means, in what context.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text_map.h"
#include "dateline/result.h"
#include "events/matcher.h"
#include "events/openers.h"
#include "events/quantity.h"
#include "tables/tables.h"

namespace dateline::events {

/// The numbers of a sentence, in their order.
std::vector<Quantity> ReadQuantities(const StoryView& view, Range sentence);

/// The tables quantities, means and contexts of data/events. Immutable after Load; thread-safe.
class AttributeTable {
 public:
  static Result<AttributeTable> Load(const tables::Tables& tables);

  /// Adds Event::counts, means and contexts to the event that `match` became. `quantities` are
  /// those of its sentence.
  void AddTo(const StoryView& view, const Scene& scene, const Match& match,
             const std::vector<Quantity>& quantities, Event& event) const;

 private:
  struct Kind {
    std::string of;
    std::vector<std::string> roots;
  };
  using Index = base::TextMap<std::vector<std::size_t>>;

  void AddCounts(const StoryView& view, const Scene& scene, const Match& match,
                 const std::vector<Quantity>& quantities, Event& event) const;
  void AddMeans(const StoryView& view, const Match& match, Event& event) const;
  void AddContexts(const StoryView& view, Range sentence, Event& event) const;
  [[nodiscard]] const Kind* KindAmong(const Index& index, std::string_view word,
                                      std::string_view root) const;
  [[nodiscard]] const Kind* KindOf(const StoryView& view, const Scene& scene,
                                   const Quantity& quantity, std::string_view root) const;

  std::vector<Kind> kinds_;
  Index verbs_;
  Index nouns_;
  Index words_;
  tables::Tables tables_;  ///< keeps the tables below alive
  const tables::Table* means_ = nullptr;
  const tables::Table* contexts_ = nullptr;
  PhraseOpeners context_openers_;
};

}  // namespace dateline::events
