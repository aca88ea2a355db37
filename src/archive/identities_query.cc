// Questions about who is the same across stories.
#include <fmt/format.h>

#include "archive/fact_search.h"
#include "archive/identity_schema.h"
#include "archive/impl.h"
#include "dateline/archive.h"

namespace dateline {

using archive::Database;
using archive::Statement;

namespace {

constexpr const char* kIdentityRow =
    "SELECT identity, type, name, country, stories, first_day, last_day, confidence FROM "
    "who_is_who AS w";

std::optional<std::string> TextOrNone(const Statement& row, int column) {
  return row.IsNull(column) ? std::nullopt : std::optional(std::string(row.Text(column)));
}

Identity IdentityOf(const Statement& row) {
  Identity identity;
  identity.identity = row.Number(0);
  identity.type = row.Text(1);
  identity.name = row.Text(2);
  identity.country = TextOrNone(row, 3);
  identity.stories = static_cast<std::uint64_t>(row.Number(4));
  identity.first_day = TextOrNone(row, 5);
  identity.last_day = TextOrNone(row, 6);
  identity.confidence = row.Real(7);
  return identity;
}

/// Names may hold the "|" that stands between them in the view.
void TakeAliases(Database& database, Identity& identity) {
  Statement find(database,
                 "SELECT DISTINCT n.text FROM identities AS i CROSS JOIN identity_names AS a ON "
                 "a.identity = i.identity CROSS JOIN names AS n ON n.name = a.name WHERE i.same_as "
                 "= ? AND n.text <> ? ORDER BY n.text");
  find.Start(identity.identity, identity.name);
  while (find.Step()) identity.aliases.emplace_back(find.Text(0));
}

std::vector<IdentityRole> RolesOf(Database& database, std::int64_t identity) {
  // As the view `identity_roles`, by the index that no view may ask.
  Statement find(
      database,
      "SELECT r.title, r.of, r.time, count(DISTINCT x.story), min(substr(s.published, 1, 10)) AS "
      "first_day, max(substr(s.published, 1, 10)) FROM identities AS i CROSS JOIN identity_search "
      "AS q ON q.identity_search MATCH CAST(i.identity AS TEXT) CROSS JOIN identity_entities AS x "
      "ON x.story = q.rowid AND x.identity = i.identity CROSS JOIN roles AS r ON r.story = x.story "
      "AND r.entity = x.entity CROSS JOIN stories AS s ON s.story = x.story WHERE i.same_as = ? "
      "GROUP BY r.title, r.of, r.time ORDER BY first_day IS NULL, first_day, title, of, time");
  find.Start(identity);
  std::vector<IdentityRole> roles;
  while (find.Step()) {
    roles.push_back({.title = std::string(find.Text(0)),
                     .of = TextOrNone(find, 1),
                     .time = TextOrNone(find, 2),
                     .stories = static_cast<std::uint64_t>(find.Number(3)),
                     .first_day = TextOrNone(find, 4),
                     .last_day = TextOrNone(find, 5)});
  }
  return roles;
}

std::vector<IdentityEvidence> EvidenceOf(Database& database, std::int64_t identity,
                                         std::uint64_t limit) {
  Statement find(
      database,
      "SELECT x.story, x.entity, (SELECT n.text FROM entities AS e JOIN names AS n USING(name) "
      "WHERE e.story = x.story AND e.entity = x.entity), x.sure, x.rule, x.published, p.headline, "
      "(SELECT max(correction) FROM entity_corrections AS k WHERE k.story = x.story AND k.entity = "
      "x.entity) FROM (SELECT e.story, e.entity, e.sure, e.rule, s.published FROM identities AS i "
      "CROSS JOIN identity_search AS q ON q.identity_search MATCH CAST(i.identity AS TEXT) CROSS "
      "JOIN "
      "identity_entities AS e ON e.story = q.rowid AND e.identity = i.identity CROSS JOIN stories "
      "AS s ON "
      "s.story = e.story WHERE i.same_as = ? ORDER BY s.published DESC, e.story DESC, e.entity "
      "LIMIT ?) AS x JOIN packed_texts AS p ON p.story = x.story ORDER BY x.published DESC, "
      "x.story DESC, x.entity");
  find.Start(identity, static_cast<std::int64_t>(limit));
  std::vector<IdentityEvidence> all;
  while (find.Step()) {
    IdentityEvidence& each = all.emplace_back();
    each.story = find.Number(0);
    each.entity = static_cast<std::uint32_t>(find.Number(1) - 1);
    each.name = find.Text(2);
    each.confidence = static_cast<double>(find.Number(3)) / 1000.0;
    each.reason = archive::IdentityRuleName(find.Number(4));
    each.published = TextOrNone(find, 5);
    each.headline = find.Text(6);
    if (!find.IsNull(7)) each.correction = find.Number(7);
  }
  return all;
}

/// All words of the name, as an expression of FTS5.
std::string AllWords(std::string_view name, const archive::Tokenizer& tokenizer) {
  std::string match;
  for (const std::string& word : tokenizer.WordsOf(name)) match += fmt::format("\"{}\" ", word);
  return match;
}

/// Which identities are asked for, as SQL.
class IdentityCondition {
 public:
  IdentityCondition(const IdentityFilter& filter, Database& database) {
    if (!filter.name.empty()) {
      // Without a word it is an empty phrase, which nothing matches.
      const std::string match = AllWords(filter.name, archive::Tokenizer(database));
      Add("identity IN (SELECT i.same_as FROM name_search CROSS JOIN identity_names AS a ON a.name "
          "= name_search.rowid CROSS JOIN identities AS i ON i.identity = a.identity WHERE "
          "name_search MATCH ?)",
          match.empty() ? "\"\"" : match);
    }
    if (!filter.type.empty()) Add("type = ?", filter.type);
    if (!filter.country.empty()) Add("country = ?", filter.country);
  }

  [[nodiscard]] const std::string& sql() const { return sql_; }
  void BindTo(Statement& statement) const {
    int at = 0;
    for (const std::string& value : values_) statement.Bind(++at, value);
  }

 private:
  void Add(std::string_view condition, std::string value) {
    sql_ += fmt::format("{}{}", sql_.empty() ? " WHERE " : " AND ", condition);
    values_.push_back(std::move(value));
  }

  std::string sql_;
  std::vector<std::string> values_;
};

}  // namespace

Result<std::vector<Identity>> Archive::FindIdentities(const IdentityFilter& filter) {
  Database& database = *impl_->database;
  const IdentityCondition condition(filter, database);
  std::string sql = kIdentityRow + condition.sql() + " ORDER BY stories DESC, identity";
  if (filter.limit > 0 || filter.offset > 0) {
    const auto limit = filter.limit > 0 ? fmt::format("{}", filter.limit) : "-1";
    sql += fmt::format(" LIMIT {} OFFSET {}", limit, filter.offset);
  }
  Statement find(database, sql);
  condition.BindTo(find);
  std::vector<Identity> found;
  while (find.Step()) found.push_back(IdentityOf(find));
  find.Reset();
  for (Identity& identity : found) TakeAliases(database, identity);
  return impl_->Done(std::move(found));
}

Result<std::uint64_t> Archive::CountIdentities(const IdentityFilter& filter) {
  Database& database = *impl_->database;
  const IdentityCondition condition(filter, database);
  Statement count(database, "SELECT count(*) FROM who_is_who" + condition.sql());
  condition.BindTo(count);
  const auto number = count.Step() ? static_cast<std::uint64_t>(count.Number(0)) : 0;
  count.Reset();
  return impl_->Done(number);
}

Result<IdentityLife> Archive::LoadIdentity(std::int64_t identity, std::uint64_t limit) {
  Database& database = *impl_->database;
  Statement find(database,
                 std::string(kIdentityRow) +
                     " WHERE identity = (SELECT same_as FROM identities WHERE identity = ?)");
  find.Start(identity);
  IdentityLife life;
  const bool found = find.Step();
  if (found) life.identity = IdentityOf(find);
  find.Reset();
  if (!found && !database.failed()) {
    return Fail(
        ErrorCode::kNotFound,
        fmt::format("there is no identity {} with a story; 'dateline who' lists them", identity),
        database.path());
  }
  TakeAliases(database, life.identity);
  life.roles = RolesOf(database, life.identity.identity);
  life.evidence = EvidenceOf(database, life.identity.identity, limit);
  return impl_->Done(std::move(life));
}

}  // namespace dateline
