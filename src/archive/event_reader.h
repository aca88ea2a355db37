/// Single events as questions need them, read from the lists of facts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "archive/facts.h"
#include "archive/story_store.h"
#include "dateline/result.h"

namespace dateline::archive {

/// Numbers of one item of a list of facts.
class FactItem {
 public:
  FactItem(const Facts& facts, FactList list, std::size_t index)
      : numbers_(facts[list].data() + index * kFactLayouts[static_cast<std::size_t>(list)].fields) {
  }
  [[nodiscard]] std::uint32_t operator[](std::size_t field) const { return numbers_[field]; }
  [[nodiscard]] std::int64_t Two(std::size_t field) const {
    return numbers_[field] + std::int64_t{kNumberBase} * numbers_[field + 1];
  }

 private:
  const std::uint32_t* numbers_;
};

[[nodiscard]] std::size_t CountOf(const Facts& facts, FactList list);

/// Reads events of one story after another. Numbers count from 0. Belongs to one connection.
class EventReader {
 public:
  explicit EventReader(StoryStore& store) : store_(store) {}

  /// Reads the story, unless it is the one that was read last.
  Result<void> Open(std::int64_t story);

  [[nodiscard]] const Facts& facts() const { return facts_; }
  [[nodiscard]] std::size_t size() const { return CountOf(facts_, FactList::kEvents); }

  // REQUIRES: event < size(). Views live as long as the reader is not asked again.
  [[nodiscard]] std::string_view Cameo(std::size_t event);
  [[nodiscard]] int Quad(std::size_t event);
  [[nodiscard]] double Goldstein(std::size_t event);
  [[nodiscard]] std::string_view Status(std::size_t event);
  [[nodiscard]] double Confidence(std::size_t event);
  [[nodiscard]] std::string_view Day(std::size_t event);  ///< as written; empty: none
  /// Number in `names` of the place; 0: none.
  [[nodiscard]] std::int64_t PlaceName(std::size_t event);
  [[nodiscard]] std::string_view PlaceCountry(std::size_t event);
  struct Position {
    double lat = 0;
    double lon = 0;
  };
  [[nodiscard]] std::optional<Position> Where(std::size_t event);
  [[nodiscard]] std::string_view Name(std::int64_t name);

  /// Calls `visit(side, code, number of the name)`: side 0 is the source, 1 the target.
  template <typename Visit>
  void EachActor(std::size_t event, Visit visit) {
    for (std::size_t i = 0; i < CountOf(facts_, FactList::kActors); ++i) {
      const FactItem actor(facts_, FactList::kActors, i);
      if (actor[0] == event + 1) visit(actor[1], CodeOf(actor[3]), NameOf(actor));
    }
  }

 private:
  [[nodiscard]] FactItem Event(std::size_t event) const {
    return {facts_, FactList::kEvents, event};
  }
  const Row& KindOf(std::size_t event);
  const Row* SpotOf(std::size_t event);
  std::string_view CodeOf(std::uint32_t code);
  [[nodiscard]] std::int64_t NameOf(const FactItem& actor) const;

  StoryStore& store_;
  std::int64_t story_ = 0;  ///< that `facts_` are of; 0: none
  Facts facts_;
};

}  // namespace dateline::archive
