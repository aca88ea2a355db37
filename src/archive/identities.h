/// Who is the same across stories: people, organisations and groups.
///
/// An entity joins an identity as its story comes, by its name and by what speaks for or against it
/// (country, office, sector, sex, the other stories of the happening), else it begins one. How sure
/// that is and by which rule is kept with it. A surname alone joins only whom other stories of the
/// happening name in full, or who holds the same office of the same country these days.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "archive/facts.h"
#include "archive/identity_signs.h"
#include "archive/identity_store.h"
#include "archive/sqlite.h"
#include "dateline/story.h"

namespace dateline::archive {

using StorySigns = std::vector<std::optional<IdentitySigns>>;

/// An entity that an identity is looked for.
struct IdentityAsked {
  const IdentitySigns& signs;
  std::string_view type;
  std::int64_t name_number = 0;
  std::uint32_t country = 0;  ///< in `codes`; 0: not known
  std::int64_t known = 0;     ///< as IdentityProfile::known
};

/// Links the entities of stories. All within the transaction of the caller; failures are the
/// database's.
class IdentityWriter {
 public:
  IdentityWriter(Database& database, Lookups& lookups)
      : database_(database), store_(database, lookups), lookups_(lookups) {}

  /// REQUIRES: the rows of the story and of its cluster are written, and stories with lower numbers
  /// have been added.
  /// `signs` are those of its entities.
  void Add(std::int64_t number, const Story& story, const StorySigns& signs);
  /// Entities of which type, name and country are as before stay where they are.
  void Replace(std::int64_t number, const Story& old, const Story& story);
  /// Gives the entity (from 1), which has one, an identity of its own. Its number.
  std::int64_t Part(std::int64_t number, const Story& story, std::int64_t entity);
  /// Brings `same_as` of all identities in line with the corrections that count.
  void Unite();
  IdentityStore& store() { return store_; }

 private:
  /// A story whose entities are being linked.
  struct Scene {
    std::int64_t story = 0;
    std::vector<IdentityLink> before{};  ///< as they are stored
    std::vector<IdentityLink> links{};
    std::set<std::int64_t> taken{};                      ///< identities that it has
    std::optional<std::set<std::int64_t>> neighbours{};  ///< see IdentityStore::Neighbours
  };
  /// An identity that the entity may be of.
  struct Candidate {
    std::int64_t identity = 0;
    std::int64_t root = 0;
    IdentityRule rule = IdentityRule::kName;
    int score = 0;  ///< thousandths
    std::int64_t stories = 0;
  };
  enum class Strength : std::uint8_t { kName, kMaybe };

  /// Lets corrections that parted entities of the story count again.
  void PartAgain(std::int64_t number);
  /// The tables know more than when the entity was linked.
  void LearnKnown(std::int64_t identity, const IdentityAsked& asked);
  IdentityAsked Asked(const Entity& entity, const IdentitySigns& signs);
  void AddEntities(const Story& story, const StorySigns& signs, const std::set<std::size_t>& done,
                   Scene& scene);
  void WriteLinks(Scene& scene);
  IdentityLink Decide(const IdentityAsked& asked, Scene& scene);
  IdentityLink DecideVague(const IdentityAsked& asked, Scene& scene);
  /// Nothing where none is good enough; a link by kSingle where several are.
  std::optional<IdentityLink> Choose(const IdentityAsked& asked, Strength strength, Scene& scene);
  std::vector<Candidate> Weighed(const IdentityAsked& asked, Strength strength);
  void FavourNeighbours(Scene& scene, std::vector<Candidate>& candidates);
  static std::vector<Candidate> BestFirst(std::vector<Candidate> found);
  [[nodiscard]] std::optional<Candidate> Weigh(const IdentityAsked& asked, Strength strength,
                                               std::int64_t identity);
  bool HasOffice(const IdentitySigns& signs, std::int64_t identity);
  std::vector<Candidate> Bearers(const IdentityAsked& asked, Scene& scene);
  std::vector<Candidate> Holders(const IdentityAsked& asked, const Scene& scene);
  const std::set<std::int64_t>& Neighbours(Scene& scene);
  std::int64_t Begin(const IdentityAsked& asked);
  void Join(const IdentityAsked& asked, IdentityLink link, std::int64_t entity, Scene& scene);

  Database& database_;
  IdentityStore store_;
  Lookups& lookups_;
};

}  // namespace dateline::archive
