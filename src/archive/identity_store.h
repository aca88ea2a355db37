/// The rows of identities: who they are, by which keys they are found, which entities they have.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "archive/facts.h"
#include "archive/full_name.h"
#include "archive/identity_signs.h"
#include "archive/number_table.h"
#include "archive/sqlite.h"

namespace dateline::archive {

/// Why an entity is of its identity; the numbers are those of the column `rule`.
enum class IdentityRule : std::uint8_t {
  kNew,      ///< the first of its identity
  kSingle,   ///< nothing tells whom a name that several share means
  kName,     ///< the same name
  kFuller,   ///< the same name with a word more or less
  kInitial,  ///< an initial for a given name
  kOrder,    ///< family name first or last
  kAcronym,  ///< initials of a body
  kCluster,  ///< a surname whose bearer another story of the happening names
  kRole,     ///< a surname with the same office
  kUser,     ///< a correction says so
  kKnown,    ///< the tables know both by one name
};

/// What new entities are compared with. Small: hundreds of thousands are held.
struct IdentityProfile {
  std::int64_t root = 0;  ///< itself, else the one that a correction says it is the same as
  const FullName* name = nullptr;  ///< the fullest; see IdentityStore::NameOf
  std::int64_t name_number = 0;
  std::uint32_t country = 0;  ///< in `codes`; 0: not known
  Sector sector{};            ///< last told
  std::int64_t known = 0;     ///< under which name the tables have it, in `terms`; 0: they do not
  Gender gender = Gender::kUnknown;
  std::int32_t first_day = 0;  ///< kNoDay: not known
  std::int32_t last_day = 0;
  std::int64_t sure = 1000;  ///< of the least sure entity, in thousandths
  std::int64_t stories = 0;
  bool changed = false;  ///< since the last Finish
  bool renewed = false;  ///< name, country, sector or gender are others than the rows have
};

struct IdentityLink {
  std::int64_t entity = 0;  ///< from 1
  std::int64_t identity = 0;
  IdentityRule rule = IdentityRule::kNew;
  std::int64_t sure = 1000;
};

/// As they are kept: five characters a link (see TextOfNumbers), which docs/schema.md tells.
std::string TextOfLinks(const std::vector<IdentityLink>& links);
/// Nothing for what TextOfLinks has not made.
std::optional<std::vector<IdentityLink>> LinksOfText(std::string_view text);
/// Each identity once, as it stands in `identity_search`.
std::string WordsOfLinks(const std::vector<IdentityLink>& links);

/// Failures are the database's. What is held in memory is a picture of the rows.
class IdentityStore {
 public:
  IdentityStore(Database& database, Lookups& lookups);

  /// Gives its number. `type` is that of the entity.
  std::int64_t Begin(std::string_view type, IdentityProfile profile);
  /// The name of that number, of a person or of a body. Good until the next Finish.
  const FullName& NameOf(std::int64_t number, bool person);
  /// REQUIRES: it is there. Good until the next Finish.
  const IdentityProfile& Get(std::int64_t identity) { return Held(identity); }
  /// To be changed; written by Finish.
  IdentityProfile& Change(std::int64_t identity);

  /// Asks for the memory that WithKey, and then Get, will look at.
  void PrefetchKeys(std::span<const std::int64_t> keys) const;
  void PrefetchProfiles(std::span<const std::int64_t> identities) const;
  /// Those with the key, by their numbers; the first kMostWithKey alone. Good until the next
  /// Finish.
  const std::vector<std::int64_t>& WithKey(std::int64_t key);
  /// Nothing happens where those with the key are kMostWithKey, all before it: nobody would see it.
  void AddKey(std::int64_t identity, std::int64_t key);
  void AddName(std::int64_t identity, std::int64_t name);

  /// In the order of entities.
  std::vector<IdentityLink> LinksOf(std::int64_t story);
  /// REQUIRES: `before` are those that are stored; both in the order of entities.
  void WriteLinks(std::int64_t story, const std::vector<IdentityLink>& before,
                  const std::vector<IdentityLink>& links);
  /// Puts the link in the place of the one that its entity has.
  void Link(std::int64_t story, const IdentityLink& link);
  /// Identities that the latest other stories of its cluster have.
  std::set<std::int64_t> Neighbours(std::int64_t story);

  /// What is told of it by numbers is counted anew by Finish.
  void Recount(std::int64_t identity) { recounted_.insert(identity); }
  /// All stories up to this one have been looked at.
  void Saw(std::int64_t story);
  /// The first story that was never looked at; 0: none.
  std::int64_t FirstWithout();
  /// Writes what waits. To be called before each commit.
  void Finish();
  /// To be called when rows may have been given back, or another program wrote.
  void Forget();

 private:
  IdentityProfile& Held(std::int64_t identity);
  void Write(std::int64_t identity, IdentityProfile& profile);

  Database& database_;
  Lookups& lookups_;
  NumberTable<IdentityProfile> profiles_;  ///< where `root` is not 0
  std::vector<std::int64_t> changed_;
  std::set<std::int64_t> recounted_;
  std::unordered_map<std::int64_t, FullName> people_;  ///< by the number of the name
  std::unordered_map<std::int64_t, FullName> bodies_;
  NumberTable<std::vector<std::int64_t>> with_key_;
  std::int64_t last_ = 0;  ///< greatest number of an identity; 0: not known
  std::int64_t seen_ = 0;  ///< greatest number of a story; 0: none that is to be written
  Statement find_;
  Statement insert_;
  Statement update_;
  Statement count_;
  Statement recount_;
  Statement find_key_;
  Statement add_key_;
  Statement add_name_;
  Statement links_;
  Statement link_;
  Statement unlink_;
  Statement index_;
  Statement unindex_;
  Statement neighbours_;
  Statement saw_;
};

}  // namespace dateline::archive
