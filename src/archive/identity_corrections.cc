// What users say of identities. To part an entity from its identity changes its link, and the
// correction keeps what the link was; to unite two changes which number both are shown under, found
// anew from the corrections that count. So either can be taken back.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "archive/corrections.h"
#include "archive/hex.h"
#include "archive/identities.h"
#include "archive/identity_schema.h"
#include "archive/impl.h"

namespace dateline {

using archive::Database;
using archive::IdentityLink;
using archive::IdentityRule;
using archive::IdentityStore;
using archive::Statement;

namespace archive {

std::int64_t IdentityWriter::Part(std::int64_t number, const Story& story, std::int64_t entity) {
  const Entity& found = story.entities.at(static_cast<std::size_t>(entity) - 1);
  auto signs = SignsOf(story, found);
  if (!signs) return 0;
  signs->known_key.reset();  // it is not whom the tables take it for
  Scene scene{.story = number};
  const IdentityAsked asked = Asked(found, *signs);
  const IdentityLink link{.identity = Begin(asked), .rule = IdentityRule::kUser};
  Join(asked, link, entity, scene);
  store_.Link(number, scene.links.front());
  return link.identity;
}

void IdentityWriter::PartAgain(std::int64_t number) {
  Statement parted(database_,
                   "SELECT k.entity, k.identity, x.identity FROM entity_corrections AS k JOIN "
                   "identity_entities AS x USING(story, entity) WHERE k.story = ? AND k.kind = "
                   "'anotherEntity' AND x.identity <> k.identity");
  parted.Start(number);
  std::vector<IdentityLink> links;
  while (parted.Step()) {
    links.push_back(
        {.entity = parted.Number(0), .identity = parted.Number(1), .rule = IdentityRule::kUser});
    store_.Recount(parted.Number(1));
    store_.Recount(parted.Number(2));
  }
  parted.Reset();
  for (const IdentityLink& link : links) store_.Link(number, link);
}

void IdentityWriter::Unite() {
  if (database_.Number("SELECT EXISTS(SELECT 1 FROM corrections WHERE kind = 'sameEntity')") == 0) {
    return;
  }
  store_.Finish();
  std::map<std::int64_t, std::int64_t> same;  // to a lower number
  const auto root = [&same](std::int64_t identity) {
    for (auto at = same.find(identity); at != same.end(); at = same.find(identity)) {
      identity = at->second;
    }
    return identity;
  };
  Statement pairs(database_,
                  "SELECT x.identity, k.identity FROM entity_corrections AS k JOIN "
                  "identity_entities AS x USING(story, entity) WHERE k.kind = 'sameEntity'");
  while (pairs.Step()) {
    const auto [low, high] = std::minmax({root(pairs.Number(0)), root(pairs.Number(1))});
    if (low != high) same[high] = low;
  }
  pairs.Reset();
  database_.Run("UPDATE identities SET same_as = identity WHERE same_as <> identity");
  Statement set(database_, "UPDATE identities SET same_as = ? WHERE identity = ?");
  for (const auto& [identity, unused] : same) set.Run(root(identity), identity);
  store_.Forget();
}

}  // namespace archive

namespace {

struct NamedEntity {
  Story story{};
  std::int64_t number = 0;  ///< from 1
  IdentityLink link{};
};

Result<NamedEntity> EntityAt(Database& database, archive::StoryStore& stories,
                             IdentityStore& identities, const Correction& correction) {
  NamedEntity found{.number = std::int64_t{correction.fact} + 1};
  DATELINE_TRY(found.story, stories.Load(correction.story));
  const auto links = identities.LinksOf(correction.story);
  const auto link = std::ranges::find(links, found.number, &IdentityLink::entity);
  if (link == links.end()) {
    return Fail(ErrorCode::kNotFound,
                fmt::format("story {} has no person, organisation or group e{}; 'dateline who' "
                            "shows whom it has",
                            correction.story, found.number),
                database.path());
  }
  found.link = *link;
  return found;
}

Result<void> RefuseParted(Database& database, const Correction& correction) {
  Statement find(database,
                 "SELECT correction FROM entity_corrections WHERE story = ? AND entity = ? AND "
                 "kind = 'anotherEntity'");
  find.Start(correction.story, std::int64_t{correction.fact} + 1);
  if (!find.Step()) return {};
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("the entity has an identity of its own already; take correction {} back "
                          "first",
                          find.Number(0)),
              database.path());
}

/// Whether the two can be united: both are there, of one kind, and not one already.
Result<void> RefuseUnited(Database& database, std::int64_t one, std::int64_t other) {
  Statement find(database,
                 "SELECT i.same_as = o.same_as, (i.type = 'person') <> (o.type = 'person') FROM "
                 "identities AS i JOIN identities AS o ON o.identity = ? WHERE i.identity = ?");
  find.Start(other, one);
  if (!find.Step()) {
    return Fail(ErrorCode::kNotFound,
                fmt::format("there is no identity {}; 'dateline who' gives their numbers", other),
                database.path());
  }
  if (find.Number(0) != 0) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("the entity is of identity {} already", other), database.path());
  }
  if (find.Number(1) != 0) {
    return Fail(ErrorCode::kInvalidArgument, "one of them is a person and the other is none",
                database.path());
  }
  return {};
}

}  // namespace

Result<std::int64_t> Archive::Impl::CorrectEntity(const Correction& correction) {
  archive::IdentityWriter& identities = Writer().identities;
  DATELINE_TRY(const NamedEntity named,
               EntityAt(*database, Store(), identities.store(), correction));
  const bool part = correction.kind == Correction::Kind::kAnotherEntity;
  const auto refused = part ? RefuseParted(*database, correction)
                            : RefuseUnited(*database, named.link.identity, correction.identity);
  if (!refused) return std::unexpected(refused.error());
  const Entity& entity = named.story.entities.at(correction.fact);
  std::int64_t identity = correction.identity;
  if (part) {
    identity = identities.Part(correction.story, named.story, named.number);
    identities.store().Recount(named.link.identity);
  }
  const auto reason = archive::IdentityRuleName(static_cast<std::int64_t>(named.link.rule));
  const std::string id = archive::BytesOfHex(correction.id);
  Statement insert(*database,
                   "INSERT INTO corrections(made, kind, story, fact, start, \"end\", machine, "
                   "value, goldstein, note, found, identity, id) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,"
                   "coalesce(?, randomblob(16)))");
  insert.Run(correction.made, CorrectionKindName(correction.kind), correction.story, named.number,
             entity.mentions.front().span.begin, entity.mentions.front().span.end, entity.name,
             part ? std::optional(std::string(reason)) : std::nullopt,
             part ? std::optional(static_cast<double>(named.link.sure) / 1000.0) : std::nullopt,
             correction.note.empty() ? std::nullopt : std::optional(correction.note),
             named.link.identity, identity, archive::IdBytes(id));
  const std::int64_t number = database->LastId();
  identities.Unite();
  return number;
}

void Archive::Impl::PutBack(std::int64_t correction) {
  Statement find(
      *database,
      "SELECT e.story, e.entity, k.found, k.identity, k.value, round(k.goldstein * 1000) "
      "FROM entity_corrections AS e JOIN corrections AS k USING(correction) WHERE "
      "k.correction = ? AND k.kind = 'anotherEntity'");
  find.Start(correction);
  if (!find.Step()) return;
  IdentityLink link{.entity = find.Number(1), .identity = find.Number(2), .sure = find.Number(5)};
  while (archive::IdentityRuleName(static_cast<std::int64_t>(link.rule)) != find.Text(4) &&
         link.rule != IdentityRule::kKnown) {
    link.rule = static_cast<IdentityRule>(static_cast<int>(link.rule) + 1);
  }
  IdentityStore& identities = Writer().identities.store();
  const std::int64_t story = find.Number(0);
  identities.Recount(link.identity);
  identities.Recount(find.Number(3));
  find.Reset();
  identities.Link(story, link);
}

}  // namespace dateline
