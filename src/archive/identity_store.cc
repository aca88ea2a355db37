// Counts and days of an identity change with nearly every story that names it. They are held in
// memory and written once a transaction, in order of the numbers.
#include "archive/identity_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "archive/clusters.h"
#include "archive/story_terms.h"

namespace dateline::archive {
namespace {

constexpr std::size_t kMostProfiles = 500'000;
constexpr std::size_t kMostNames = 100'000;
constexpr std::size_t kMostKeys = 200'000;
constexpr std::size_t kMostWithKey = 32;
constexpr std::size_t kOfLink = 5;       // numbers
constexpr std::uint32_t kRuleUnit = 16;  // rules are less

std::optional<std::string> NotEmpty(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(std::string(text));
}

std::optional<std::int64_t> NotNought(std::int64_t number) {
  return number == 0 ? std::nullopt : std::optional(number);
}

std::optional<std::int64_t> Told(Gender gender) {
  return gender == Gender::kUnknown ? std::nullopt
                                    : std::optional(static_cast<std::int64_t>(gender));
}

std::int32_t DayAt(const Statement& row, int column) {
  return row.IsNull(column) ? kNoDay : static_cast<std::int32_t>(row.Number(column));
}

std::uint32_t Digit(std::int64_t number, bool high) {
  return static_cast<std::uint32_t>(high ? number / kNumberBase : number % kNumberBase);
}

}  // namespace

std::string TextOfLinks(const std::vector<IdentityLink>& links) {
  std::vector<std::uint32_t> numbers;
  for (const IdentityLink& link : links) {
    numbers.push_back(Digit(link.entity, false));
    numbers.push_back(Digit(link.entity, true) * kRuleUnit + static_cast<std::uint32_t>(link.rule));
    numbers.push_back(Digit(link.identity, false));
    numbers.push_back(Digit(link.identity, true));
    numbers.push_back(static_cast<std::uint32_t>(link.sure));
  }
  return TextOfNumbers(numbers);
}

std::optional<std::vector<IdentityLink>> LinksOfText(std::string_view text) {
  const auto numbers = NumbersOfText(text);
  if (!numbers || numbers->size() % kOfLink != 0) return std::nullopt;
  std::vector<IdentityLink> links;
  for (std::size_t at = 0; at < numbers->size(); at += kOfLink) {
    const auto number = [&](std::size_t i) { return std::int64_t{(*numbers)[at + i]}; };
    links.push_back({.entity = number(0) + number(1) / kRuleUnit * kNumberBase,
                     .identity = number(2) + number(3) * kNumberBase,
                     .rule = static_cast<IdentityRule>(number(1) % kRuleUnit),
                     .sure = number(4)});
  }
  return links;
}

std::string WordsOfLinks(const std::vector<IdentityLink>& links) {
  std::set<std::int64_t> each;
  for (const IdentityLink& link : links) each.insert(link.identity);
  return fmt::format("{}", fmt::join(each, " "));
}

IdentityStore::IdentityStore(Database& database, Lookups& lookups)
    : database_(database),
      lookups_(lookups),
      find_(database,
            "SELECT same_as, type, name, country, sector, gender, sure, stories, "
            "CAST(julianday(first_day) - 2440587 AS INTEGER), "
            "CAST(julianday(last_day) - 2440587 AS INTEGER), known FROM identities WHERE identity "
            "= ?"),
      insert_(database, "INSERT INTO identities VALUES(?1,?1,?2,?3,?4,?5,?6,1000,0,NULL,NULL,?7)"),
      update_(database,
              "UPDATE identities SET (name, country, sector, gender, sure, stories, first_day, "
              "last_day, known) = (?,?,?,?,?,?,?,?,?) WHERE identity = ?"),
      count_(
          database,
          "UPDATE identities SET (sure, stories, first_day, last_day) = (?,?,?,?) WHERE identity "
          "= ?"),
      recount_(
          database,
          "UPDATE identities SET (sure, stories, first_day, last_day) = (SELECT "
          "coalesce(min(e.sure), 1000), count(DISTINCT e.story), date(min(c.day) * 86400, "
          "'unixepoch'), date(max(c.day) * 86400, 'unixepoch') FROM identity_search AS q "
          "CROSS JOIN identity_entities AS e ON e.story = q.rowid AND e.identity = ?1 JOIN "
          "cluster_stories AS c USING(story) WHERE q.identity_search MATCH CAST(?1 AS TEXT)) WHERE "
          "identity = ?1"),
      find_key_(database, "SELECT identity FROM identity_keys WHERE key = ? LIMIT ?"),
      add_key_(database, "INSERT OR IGNORE INTO identity_keys VALUES(?, ?)"),
      add_name_(database, "INSERT OR IGNORE INTO identity_names VALUES(?, ?)"),
      links_(database, "SELECT links FROM identity_links WHERE story = ?"),
      link_(database, "INSERT OR REPLACE INTO identity_links VALUES(?, ?)"),
      unlink_(database, "DELETE FROM identity_links WHERE story = ?"),
      index_(database, "INSERT INTO identity_search(rowid, words) VALUES(?, ?)"),
      unindex_(database,
               "INSERT INTO identity_search(identity_search, rowid, words) VALUES('delete', ?, ?)"),
      neighbours_(database,
                  "SELECT l.links FROM (SELECT story FROM cluster_stories WHERE cluster = (SELECT "
                  "cluster FROM cluster_stories WHERE story = ?1) AND story <> ?1 ORDER BY story "
                  "DESC LIMIT 20) AS s CROSS JOIN identity_links AS l USING(story)"),
      saw_(database, "UPDATE identity_progress SET story = max(story, ?)") {}

std::int64_t IdentityStore::Begin(std::string_view type, IdentityProfile profile) {
  if (last_ == 0) last_ = database_.Number("SELECT max(identity) FROM identities");
  const std::int64_t identity = ++last_;
  profile.root = identity;
  insert_.Run(identity, type, profile.name_number, NotEmpty(lookups_.CodeText(profile.country)),
              NotEmpty(SectorName(profile.sector)), Told(profile.gender), NotNought(profile.known));
  profiles_[identity] = profile;
  return identity;
}

const FullName& IdentityStore::NameOf(std::int64_t number, bool person) {
  auto& names = person ? people_ : bodies_;
  if (const auto known = names.find(number); known != names.end()) return known->second;
  const std::string text = lookups_.NameText(number);
  return names.emplace(number, person ? PersonName(text) : BodyName(text)).first->second;
}

IdentityProfile& IdentityStore::Held(std::int64_t identity) {
  IdentityProfile& profile = profiles_[identity];
  if (profile.root != 0) return profile;
  bool person = false;
  find_.Start(identity);
  if (find_.Step()) {
    profile.root = find_.Number(0);
    person = find_.Text(1) == "person";
    profile.name_number = find_.Number(2);
    profile.country = find_.Text(3).empty() ? 0 : lookups_.Code(find_.Text(3));
    profile.sector = SectorNamed(find_.Text(4));
    profile.gender = static_cast<Gender>(find_.Number(5));
    profile.sure = find_.Number(6);
    profile.stories = find_.Number(7);
    profile.first_day = DayAt(find_, 8);
    profile.last_day = DayAt(find_, 9);
    profile.known = find_.Number(10);
  }
  find_.Reset();
  profile.name = &NameOf(profile.name_number, person);
  return profile;
}

IdentityProfile& IdentityStore::Change(std::int64_t identity) {
  IdentityProfile& profile = Held(identity);
  if (!std::exchange(profile.changed, true)) changed_.push_back(identity);
  return profile;
}

void IdentityStore::PrefetchKeys(std::span<const std::int64_t> keys) const {
  for (const std::int64_t key : keys) with_key_.Prefetch(key);
  for (const std::int64_t key : keys) with_key_.PrefetchEntry(key);
}

void IdentityStore::PrefetchProfiles(std::span<const std::int64_t> identities) const {
  for (const std::int64_t identity : identities) profiles_.Prefetch(identity);
  for (const std::int64_t identity : identities) profiles_.PrefetchEntry(identity);
}

const std::vector<std::int64_t>& IdentityStore::WithKey(std::int64_t key) {
  if (const auto* known = with_key_.Find(key)) return *known;
  std::vector<std::int64_t>& found = with_key_[key];
  find_key_.Start(key, static_cast<std::int64_t>(kMostWithKey));
  while (find_key_.Step()) found.push_back(find_key_.Number(0));
  find_key_.Reset();
  return found;
}

void IdentityStore::AddKey(std::int64_t identity, std::int64_t key) {
  WithKey(key);
  std::vector<std::int64_t>& held = with_key_[key];
  const auto at = std::ranges::lower_bound(held, identity);
  if (at != held.end() && *at == identity) return;
  if (at == held.end() && held.size() >= kMostWithKey) return;
  held.insert(at, identity);
  if (held.size() > kMostWithKey) held.pop_back();
  add_key_.Run(key, identity);
}

void IdentityStore::AddName(std::int64_t identity, std::int64_t name) {
  add_name_.Run(name, identity);
}

std::vector<IdentityLink> IdentityStore::LinksOf(std::int64_t story) {
  links_.Start(story);
  auto links = links_.Step() ? LinksOfText(links_.Text(0)) : std::nullopt;
  links_.Reset();
  return std::move(links).value_or(std::vector<IdentityLink>{});
}

void IdentityStore::WriteLinks(std::int64_t story, const std::vector<IdentityLink>& before,
                               const std::vector<IdentityLink>& links) {
  if (!before.empty()) unindex_.Run(story, WordsOfLinks(before));
  if (links.empty()) {
    if (!before.empty()) unlink_.Run(story);
    return;
  }
  link_.Run(story, TextOfLinks(links));
  index_.Run(story, WordsOfLinks(links));
}

void IdentityStore::Link(std::int64_t story, const IdentityLink& link) {
  const std::vector<IdentityLink> before = LinksOf(story);
  std::vector<IdentityLink> links = before;
  const auto at = std::ranges::lower_bound(links, link.entity, {}, &IdentityLink::entity);
  if (at != links.end() && at->entity == link.entity) {
    *at = link;
  } else {
    links.insert(at, link);
  }
  WriteLinks(story, before, links);
}

std::set<std::int64_t> IdentityStore::Neighbours(std::int64_t story) {
  std::set<std::int64_t> found;
  neighbours_.Start(story);
  while (neighbours_.Step()) {
    const auto links = LinksOfText(neighbours_.Text(0));
    if (!links) continue;
    for (const IdentityLink& link : *links) found.insert(link.identity);
  }
  neighbours_.Reset();
  return found;
}

void IdentityStore::Saw(std::int64_t story) { seen_ = std::max(seen_, story); }

std::int64_t IdentityStore::FirstWithout() {
  return database_.Number(
      "SELECT min(story) FROM stories WHERE story > (SELECT story FROM identity_progress)");
}

void IdentityStore::Write(std::int64_t identity, IdentityProfile& profile) {
  const auto first = WrittenDay(profile.first_day);
  const auto last = profile.last_day == profile.first_day ? first : WrittenDay(profile.last_day);
  profile.changed = false;
  if (!std::exchange(profile.renewed, false)) {
    count_.Run(profile.sure, profile.stories, first, last, identity);
    return;
  }
  update_.Run(profile.name_number, NotEmpty(lookups_.CodeText(profile.country)),
              NotEmpty(SectorName(profile.sector)), Told(profile.gender), profile.sure,
              profile.stories, first, last, NotNought(profile.known), identity);
}

void IdentityStore::Finish() {
  std::ranges::sort(changed_);
  for (const std::int64_t identity : changed_) Write(identity, Held(identity));
  for (const std::int64_t identity : recounted_) {
    recount_.Run(identity);
    profiles_[identity] = {};  // to be read again
  }
  changed_.clear();
  recounted_.clear();
  if (seen_ != 0) saw_.Run(seen_);
  seen_ = 0;
  if (with_key_.size() > kMostKeys) with_key_.Clear();
  if (profiles_.size() <= kMostProfiles && people_.size() + bodies_.size() <= kMostNames) return;
  profiles_.Clear();
  people_.clear();
  bodies_.clear();
}

void IdentityStore::Forget() {
  profiles_.Clear();
  changed_.clear();
  recounted_.clear();
  people_.clear();
  bodies_.clear();
  with_key_.Clear();
  last_ = 0;
  seen_ = 0;
}

}  // namespace dateline::archive
