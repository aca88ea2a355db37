// Counts and days of an identity change with nearly every story that names it. They are held in
// memory and written once a transaction, in order of the numbers.
#include "archive/identity_store.h"

#include <optional>
#include <utility>

#include "archive/clusters.h"
#include "archive/story_terms.h"

namespace dateline::archive {
namespace {

constexpr std::size_t kMostProfiles = 200'000;
constexpr std::size_t kMostKnown = 1'000'000;

std::optional<std::string> NotEmpty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<std::int64_t> Told(Gender gender) {
  return gender == Gender::kUnknown ? std::nullopt
                                    : std::optional(static_cast<std::int64_t>(gender));
}

std::int32_t DayAt(const Statement& row, int column) {
  return row.IsNull(column) ? kNoDay : static_cast<std::int32_t>(row.Number(column));
}

}  // namespace

IdentityStore::IdentityStore(Database& database, Lookups& lookups)
    : database_(database),
      lookups_(lookups),
      find_(database,
            "SELECT same_as, type, name, country, sector, gender, sure, stories, "
            "CAST(julianday(first_day) - 2440587 AS INTEGER), "
            "CAST(julianday(last_day) - 2440587 AS INTEGER) FROM identities WHERE identity = ?"),
      insert_(database, "INSERT INTO identities VALUES(?1,?1,?2,?3,?4,?5,?6,1000,0,NULL,NULL)"),
      update_(database,
              "UPDATE identities SET (name, country, sector, gender, sure, stories, first_day, "
              "last_day) = (?,?,?,?,?,?,?,?) WHERE identity = ?"),
      recount_(database,
               "UPDATE identities SET (sure, stories, first_day, last_day) = (SELECT "
               "coalesce(min(e.sure), 1000), count(DISTINCT e.story), date(min(c.day) * 86400, "
               "'unixepoch'), date(max(c.day) * 86400, 'unixepoch') FROM identity_entities AS e "
               "JOIN cluster_stories AS c USING(story) WHERE e.identity = ?1) WHERE identity = ?1"),
      with_key_(database, "SELECT identity FROM identity_keys WHERE key = ? LIMIT ?"),
      has_key_(database, "SELECT 1 FROM identity_keys WHERE key = ? AND identity = ?"),
      add_key_(database, "INSERT OR IGNORE INTO identity_keys VALUES(?, ?)"),
      add_name_(database, "INSERT OR IGNORE INTO identity_names VALUES(?, ?)"),
      link_(database, "INSERT OR REPLACE INTO identity_entities VALUES(?, ?, ?, ?, ?)"),
      links_(database,
             "SELECT entity, identity, rule, sure FROM identity_entities WHERE story = ? ORDER BY "
             "entity"),
      unlink_(database, "DELETE FROM identity_entities WHERE story = ?"),
      neighbours_(database,
                  "SELECT DISTINCT e.identity FROM (SELECT story FROM cluster_stories WHERE "
                  "cluster = (SELECT cluster FROM cluster_stories WHERE story = ?1) AND story <> "
                  "?1 ORDER BY story DESC LIMIT 20) AS s CROSS JOIN identity_entities AS e "
                  "USING(story)"),
      saw_(database, "UPDATE identity_progress SET story = max(story, ?)") {}

std::int64_t IdentityStore::Begin(IdentityProfile profile) {
  if (last_ == 0) last_ = database_.Number("SELECT max(identity) FROM identities");
  const std::int64_t identity = ++last_;
  profile.root = identity;
  insert_.Run(identity, profile.type, profile.name_number, NotEmpty(profile.country),
              NotEmpty(profile.sector), Told(profile.gender));
  profiles_[identity] = std::move(profile);
  return identity;
}

IdentityProfile& IdentityStore::Held(std::int64_t identity) {
  const auto known = profiles_.find(identity);
  if (known != profiles_.end()) return known->second;
  IdentityProfile& profile = profiles_[identity];
  find_.Start(identity);
  if (find_.Step()) {
    profile.root = find_.Number(0);
    profile.type = find_.Text(1);
    profile.name_number = find_.Number(2);
    profile.country = find_.Text(3);
    profile.sector = find_.Text(4);
    profile.gender = static_cast<Gender>(find_.Number(5));
    profile.sure = find_.Number(6);
    profile.stories = find_.Number(7);
    profile.first_day = DayAt(find_, 8);
    profile.last_day = DayAt(find_, 9);
  }
  find_.Reset();
  const std::string name = lookups_.NameText(profile.name_number);
  profile.name = profile.type == "person" ? PersonName(name) : BodyName(name);
  return profile;
}

IdentityProfile& IdentityStore::Change(std::int64_t identity) {
  changed_.insert(identity);
  return Held(identity);
}

std::vector<std::int64_t> IdentityStore::WithKey(std::int64_t key, std::int64_t most) {
  std::vector<std::int64_t> found;
  with_key_.Start(key, most);
  while (with_key_.Step()) found.push_back(with_key_.Number(0));
  with_key_.Reset();
  return found;
}

bool IdentityStore::HasKey(std::int64_t identity, std::int64_t key) {
  has_key_.Start(key, identity);
  const bool has = has_key_.Step();
  has_key_.Reset();
  return has;
}

bool IdentityStore::IsNews(std::uint64_t kind, std::int64_t identity, std::int64_t number) {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;
  // Two of a million pairs fall together once in some ten million times.
  const auto mixed = (static_cast<std::uint64_t>(number) << 1U | kind) * kOdd;
  return known_.insert(mixed ^ static_cast<std::uint64_t>(identity)).second;
}

void IdentityStore::AddKey(std::int64_t identity, std::int64_t key) {
  if (IsNews(0, identity, key)) add_key_.Run(key, identity);
}

void IdentityStore::AddName(std::int64_t identity, std::int64_t name) {
  if (IsNews(1, identity, name)) add_name_.Run(name, identity);
}

void IdentityStore::Link(std::int64_t story, const IdentityLink& link) {
  link_.Run(story, link.entity, link.identity, static_cast<std::int64_t>(link.rule), link.sure);
}

std::vector<IdentityLink> IdentityStore::LinksOf(std::int64_t story) {
  std::vector<IdentityLink> links;
  links_.Start(story);
  while (links_.Step()) {
    links.push_back({.entity = links_.Number(0),
                     .identity = links_.Number(1),
                     .rule = static_cast<IdentityRule>(links_.Number(2)),
                     .sure = links_.Number(3)});
  }
  links_.Reset();
  return links;
}

void IdentityStore::Unlink(std::int64_t story) { unlink_.Run(story); }

std::set<std::int64_t> IdentityStore::Neighbours(std::int64_t story) {
  std::set<std::int64_t> found;
  neighbours_.Start(story);
  while (neighbours_.Step()) found.insert(neighbours_.Number(0));
  neighbours_.Reset();
  return found;
}

void IdentityStore::Saw(std::int64_t story) { seen_ = std::max(seen_, story); }

std::int64_t IdentityStore::FirstWithout() {
  return database_.Number(
      "SELECT min(story) FROM stories WHERE story > (SELECT story FROM identity_progress)");
}

void IdentityStore::Write(std::int64_t identity, const IdentityProfile& profile) {
  update_.Run(profile.name_number, NotEmpty(profile.country), NotEmpty(profile.sector),
              Told(profile.gender), profile.sure, profile.stories, WrittenDay(profile.first_day),
              WrittenDay(profile.last_day), identity);
}

void IdentityStore::Finish() {
  for (const std::int64_t identity : changed_) Write(identity, Held(identity));
  for (const std::int64_t identity : recounted_) {
    recount_.Run(identity);
    profiles_.erase(identity);
  }
  changed_.clear();
  recounted_.clear();
  if (seen_ != 0) saw_.Run(seen_);
  seen_ = 0;
  if (profiles_.size() > kMostProfiles) profiles_.clear();
  if (known_.size() > kMostKnown) known_.clear();
}

void IdentityStore::Forget() {
  profiles_.clear();
  changed_.clear();
  recounted_.clear();
  known_.clear();
  last_ = 0;
  seen_ = 0;
}

}  // namespace dateline::archive
