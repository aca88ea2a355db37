/// What is the same across the stories of an archive: clusters of stories about one happening,
/// related stories, one event told many times, and what the user has corrected.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/date.h"

namespace dateline {

/// A name with the number of stories of a cluster that have it.
struct ClusterActor {
  std::string name{};
  std::uint64_t stories = 0;
  bool operator==(const ClusterActor&) const = default;
};

/// Stories about the same happening.
struct StoryCluster {
  std::int64_t cluster = 0;  ///< the number of its first story
  std::string title{};       ///< the headline of the story most like the others
  std::uint64_t stories = 0;
  std::uint64_t copies = 0;   ///< of these, how many are a copy of another
  std::uint64_t outlets = 0;  ///< publishers that are named
  std::optional<std::string> first_day{};
  std::optional<std::string> last_day{};
  std::vector<ClusterActor> actors{};  ///< people, organisations, countries: most told first
};

/// A story of a cluster.
struct ClusterStory {
  std::int64_t story = 0;
  std::optional<std::string> published{};
  std::string headline{};
  std::optional<std::string> publisher{};
  std::optional<std::int64_t> copy_of{};
};

/// Two clusters became one, or one became two, when a story came.
struct ClusterChange {
  std::string kind{};  ///< "merged": `other` is of this since; "split": `other` left it
  std::int64_t other = 0;
  std::int64_t story = 0;
};

struct ClusterLife {
  StoryCluster cluster{};
  std::vector<ClusterStory> stories{};   ///< in order of publication
  std::vector<ClusterChange> changes{};  ///< in order
};

struct ClusterFilter {
  std::optional<Date> from{};  ///< with a story on this day or later
  std::optional<Date> to{};
  std::string about{};      ///< a query as of Archive::Search, to be met by a story of the cluster
  std::uint64_t least = 2;  ///< stories
  std::uint64_t limit = 20;
  bool newest_first = false;  ///< else largest first
};

/// A story that another points to ("READ MORE: …").
struct RelatedStory {
  std::optional<std::string> label{};
  std::string headline{};
  std::optional<std::int64_t> story{};  ///< where the archive has it
};

/// What makes reports of events one event. kOneADay: the same actors, code and day, as PETRARCH and
/// Phoenix do. kStory, kCluster: told in one story, or by stories of one cluster, with like actors,
/// root code and day.
enum class EventIdentity : std::uint8_t { kNone, kOneADay, kStory, kCluster };

/// A value that reports give, and how many give it.
using ToldValue = std::pair<std::string, std::uint64_t>;

/// One event with every report of it.
struct SameEvent {
  struct Sighting {
    std::int64_t story = 0;
    std::uint32_t number = 0;  ///< place in Story::events
    bool operator==(const Sighting&) const = default;
  };
  std::vector<Sighting> sightings{};  ///< first published first; never empty
  std::uint64_t stories = 0;
  /// Independent ones: the agency, else the outlet; copies are their original's.
  std::uint64_t sources = 0;
  std::optional<std::string> first_published{};
  // What the reports say, most told first. More than one value: they disagree.
  std::vector<ToldValue> codes{};
  std::vector<ToldValue> statuses{};
  std::vector<ToldValue> dates{};
  std::vector<ToldValue> places{};
  std::vector<ToldValue> numbers{};  ///< "killed 12"
};

/// A person, organisation or group as one over all stories.
struct Identity {
  std::int64_t identity = 0;
  std::string type{};  ///< "person", "organization", "group"
  std::string name{};  ///< the fullest
  std::vector<std::string> aliases{};
  std::optional<std::string> country{};  ///< ISO 3166-1 alpha-3
  std::uint64_t stories = 0;
  std::optional<std::string> first_day{};
  std::optional<std::string> last_day{};
  double confidence = 0;  ///< of the least sure of its entities, in [0, 1]
};

/// What stories call it.
struct IdentityRole {
  std::string title{};
  std::optional<std::string> of{};
  std::optional<std::string> time{};  ///< "former"
  std::uint64_t stories = 0;
  std::optional<std::string> first_day{};
  std::optional<std::string> last_day{};
};

/// An entity of a story that is of the identity, and why.
struct IdentityEvidence {
  std::int64_t story = 0;
  std::uint32_t entity = 0;  ///< its place in Story::entities
  std::string name{};        ///< as the story has it
  double confidence = 0;
  std::string reason{};  ///< as the column `reason` of docs/schema.md
  std::optional<std::string> published{};
  std::string headline{};
  std::optional<std::int64_t> correction{};  ///< that concerns it
};

struct IdentityLife {
  Identity identity{};
  std::vector<IdentityRole> roles{};         ///< in order of the first day
  std::vector<IdentityEvidence> evidence{};  ///< latest first
};

struct IdentityFilter {
  std::string name{};        ///< words of one of its names; empty: all
  std::string type{};        ///< as of Identity; empty: any
  std::string country{};     ///< ISO 3166-1 alpha-3; empty: any
  std::uint64_t limit = 10;  ///< 0: all
  std::uint64_t offset = 0;  ///< so many of the first are left out
};

/// What the user holds against a finding of the program.
struct Correction {
  enum class Kind : std::uint8_t {
    kNotAnEvent,
    kCode,           ///< the event has another code
    kAnotherEntity,  ///< the entity is not who it was taken for, and has an identity of its own
    kSameEntity,     ///< the entity's identity and another are one
  };
  std::int64_t number = 0;  ///< given by the archive, in the order in which they are made there
  /// 32 hex digits, the same in every archive that has it; where it is empty the archive gives it
  /// one. Empty, too, of one that a program before schema 9 has made.
  std::string id{};
  std::string made{};  ///< ISO 8601, UTC
  Kind kind = Kind::kNotAnEvent;
  std::int64_t story = 0;  ///< of the event or the entity
  std::uint32_t fact = 0;  ///< its place in Story::events or Story::entities
  std::string machine{};   ///< what the program found: the code, or the entity's name
  std::string value{};     ///< what it is instead: the code; of kAnotherEntity the reason it had
  std::string plover{};    ///< of the code, as `quad` and `goldstein`
  int quad = 0;
  double goldstein = 0;       ///< of kAnotherEntity: how sure the program was
  std::int64_t found = 0;     ///< the identity that the entity had
  std::int64_t identity = 0;  ///< the one it has instead; of kSameEntity the other, to be given
  std::string note{};
  std::optional<std::string> undone{};  ///< when it was taken back
  bool stale = false;  ///< the program does not find any more what it was held against
};
std::string_view CorrectionKindName(Correction::Kind kind);

}  // namespace dateline
