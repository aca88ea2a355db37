/// What lists, facets, series and maps are counted from: the stories of an archive as columns in
/// memory, so that a question over all of them takes milliseconds.
///
///   FactIndex index;
///   index.Add(1, {}, story);
///   index.Sort();
///   index.SelectEvents({.source = "CHN", .code = "04"});  // places in events()
///
/// About 50 bytes an event and 100 a story. It finds what Archive::FindEvents finds for the same
/// codes, days and status; names and distances are the archive's to find.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dateline/archive.h"
#include "dateline/series.h"
#include "dateline/story.h"

namespace dateline::serve {

/// Strings by numbers, in order of their coming.
class Strings {
 public:
  Strings() = default;
  Strings(Strings&&) = default;
  Strings& operator=(Strings&&) = default;
  Strings(const Strings&) = delete;  // `texts_` points at the keys of `numbers_`
  Strings& operator=(const Strings&) = delete;
  ~Strings() = default;

  std::uint32_t NumberOf(std::string_view text);
  [[nodiscard]] std::optional<std::uint32_t> Find(std::string_view text) const;
  [[nodiscard]] const std::string& operator[](std::uint32_t number) const {
    return *texts_[number];
  }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::vector<const std::string*> texts_;
};

struct StoryRow {
  std::int64_t story = 0;
  std::int64_t original = 0;  ///< the story itself where it is no copy
  std::string published{};    ///< as Archive has it; empty: not known
  std::uint32_t outlet = 0;   ///< in `texts`; that of "": none
  std::uint32_t section = 0;
  std::uint32_t entities = 0;  ///< where its entities begin
  std::uint32_t countries = 0;
  std::uint32_t events = 0;
  std::uint32_t quotes = 0;
  std::uint32_t month = 0;     ///< of publication, in `texts`: "2031-05"
  std::uint32_t roots = 0;     ///< bit n: an event of CAMEO root n, as corrected
  std::uint32_t statuses = 0;  ///< bit n: an event with status n
  std::uint32_t refused = 0;   ///< events that are none, as corrected
};

struct EntityRow {
  std::uint32_t name = 0;
  EntityType type = EntityType::kOther;
  auto operator<=>(const EntityRow&) const = default;
};

struct ActorRow {
  std::uint32_t code = 0;
  std::uint32_t name = 0;
  bool target = false;
};

struct EventRow {
  std::uint32_t story = 0;   ///< place in stories()
  std::uint32_t number = 0;  ///< place in Story::events
  std::uint32_t date = 0;    ///< in texts; 0 (that of ""): none
  std::uint32_t kind = 0;
  std::uint32_t place = 0;
  std::uint32_t actors = 0;  ///< where its actors begin
  EventStatus status = EventStatus::kOccurred;
  std::uint16_t sure = 0;  ///< Event::confidence in thousandths, as Archive compares it
};

/// What an event of some kind counts.
struct EventKind {
  std::string cameo{};
  int quad = 0;
  double goldstein = 0;
  auto operator<=>(const EventKind&) const = default;
};

struct EventSpot {
  std::string name{};
  std::string country{};
  std::optional<double> lat{};
  std::optional<double> lon{};
  std::optional<PlacePrecision> precision{};
  auto operator<=>(const EventSpot&) const = default;
};

struct QuoteRow {
  std::uint32_t story = 0;
  std::uint32_t number = 0;
  std::uint32_t speaker = 0;  ///< the entity's name; that of "": none
};

/// A name across the stories.
struct NameRow {
  std::uint32_t stories = 0;
  std::uint32_t last = 0;  ///< the last story counted, from 1
  std::uint32_t types[9] = {};
  std::string first_day{};
  std::string last_day{};
  // Of countries and actor codes the one that holds its own against all others told.
  std::uint32_t country = 0;
  std::int32_t country_votes = 0;
  std::uint32_t actor = 0;
  std::int32_t actor_votes = 0;
};

/// A correction that counts.
struct CorrectedEvent {
  std::int64_t story = 0;
  std::uint32_t number = 0;
  std::string code{};  ///< empty: it is no event
};

/// Which events: those that meet all that is set. Codes are prefixes.
struct EventChoice {
  std::string source{};
  std::string target{};
  std::string code{};
  std::optional<EventStatus> status{};
  int quad = 0;
  double sure = 0;  ///< least Event::confidence
  std::string country{};
  DayRange days{};
};

/// Not thread-safe while it is added to.
class FactIndex {
 public:
  FactIndex();

  /// REQUIRES: stories come in order of their numbers.
  void Add(std::int64_t number, std::optional<std::int64_t> copy_of, const Story& story);
  /// Puts what was added into its place in the orders; to be called before it is asked.
  void Sort();
  void SetCorrections(std::vector<CorrectedEvent> corrections);

  [[nodiscard]] std::int64_t last_story() const {
    return stories_.empty() ? 0 : stories_.back().story;
  }
  [[nodiscard]] const std::vector<StoryRow>& stories() const { return stories_; }
  [[nodiscard]] const std::vector<EventRow>& events() const { return events_; }
  [[nodiscard]] const std::vector<QuoteRow>& quotes() const { return quotes_; }
  [[nodiscard]] const std::vector<NameRow>& names() const { return names_; }
  [[nodiscard]] const Strings& texts() const { return texts_; }
  [[nodiscard]] const EventKind& KindOf(const EventRow& event) const {
    return kind_list_[event.kind];
  }
  [[nodiscard]] const EventSpot& SpotOf(const EventRow& event) const {
    return spot_list_[event.place];
  }
  [[nodiscard]] const EventSpot& Spot(std::uint32_t place) const { return spot_list_[place]; }
  /// Calls `take` with each actor of the event.
  template <typename Take>
  void EachActor(std::uint32_t event, Take take) const {
    const std::size_t end = event + 1 < events_.size() ? events_[event + 1].actors : actors_.size();
    for (std::size_t i = events_[event].actors; i < end; ++i) take(actors_[i]);
  }
  /// Calls `take` with each name and type of entities of the story at this place, once.
  template <typename Take>
  void EachEntity(std::uint32_t story, Take take) const {
    const std::size_t end =
        story + 1 < stories_.size() ? stories_[story + 1].entities : entities_.size();
    for (std::size_t i = stories_[story].entities; i < end; ++i) take(entities_[i]);
  }
  template <typename Take>
  void EachCountry(std::uint32_t story, Take take) const {
    const std::size_t end =
        story + 1 < stories_.size() ? stories_[story + 1].countries : countries_.size();
    for (std::size_t i = stories_[story].countries; i < end; ++i) take(countries_[i]);
  }
  /// Rows of the story in events(); of these StoryRow::refused do not count.
  [[nodiscard]] std::uint32_t CountEvents(std::uint32_t story) const;
  [[nodiscard]] std::uint32_t CountQuotes(std::uint32_t story) const;

  /// Places of stories, newest first; those without a date last.
  [[nodiscard]] const std::vector<std::uint32_t>& newest() const { return newest_; }
  /// Places of events by day (none last), story, number.
  [[nodiscard]] const std::vector<std::uint32_t>& events_by_day() const { return by_day_; }
  /// Places of quotes by day of publication (none last), story, number.
  [[nodiscard]] const std::vector<std::uint32_t>& quotes_by_day() const { return quotes_by_day_; }
  /// The place of a story.
  [[nodiscard]] std::optional<std::uint32_t> PlaceOf(std::int64_t story) const;

  /// Places of events, in order.
  [[nodiscard]] std::vector<std::uint32_t> SelectEvents(const EventChoice& choice) const;

 private:
  void AddEntities(const Story& story);
  void AddEvents(const Story& story);
  void CountName(const Entity& entity, const std::string& published);
  /// Tells in the story's row what events it has.
  void MarkDeeds(std::uint32_t story);
  /// The event's code as corrected; empty: it is none.
  [[nodiscard]] std::string_view CodeOf(std::uint32_t event) const;
  /// Whether the event has the code and quad class wanted; `kinds`: which kinds have.
  [[nodiscard]] bool IsKind(std::uint32_t at, const EventChoice& choice,
                            const std::vector<char>& kinds) const;
  [[nodiscard]] std::vector<char> Prefixed(std::string_view prefix) const;
  [[nodiscard]] bool HasActor(std::uint32_t event, bool target,
                              const std::vector<char>& codes) const;

  Strings texts_;
  std::vector<StoryRow> stories_;
  std::vector<EntityRow> entities_;
  std::vector<std::uint32_t> countries_;
  std::vector<EventRow> events_;
  std::vector<ActorRow> actors_;
  std::set<std::uint32_t> codes_;  ///< of actors, as numbers of texts
  std::vector<QuoteRow> quotes_;
  std::vector<NameRow> names_;  ///< by number of the text; without stories: no name
  std::map<EventKind, std::uint32_t> kinds_;
  std::vector<EventKind> kind_list_;
  std::map<EventSpot, std::uint32_t> spots_;
  std::vector<EventSpot> spot_list_;
  std::vector<std::uint32_t> newest_;
  std::vector<std::uint32_t> by_day_;
  std::vector<std::uint32_t> quotes_by_day_;
  std::unordered_map<std::uint32_t, std::string> corrected_;  ///< by place of the event
};

/// Whether a written date lies in the days: as Archive decides it.
class WrittenDays {
 public:
  explicit WrittenDays(const DayRange& days);
  [[nodiscard]] bool Hold(std::string_view date) const;
  [[nodiscard]] bool all() const { return from_.empty() && to_.empty(); }

 private:
  std::string from_;
  std::string to_;
};

}  // namespace dateline::serve
