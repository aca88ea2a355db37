// Questions about what is the same: clusters, related stories.
#include <fmt/format.h>

#include "archive/impl.h"
#include "archive/query.h"
#include "dateline/archive.h"

namespace dateline {

using archive::Database;
using archive::Statement;

namespace {

std::optional<std::string> TextOrNothing(const Statement& row, int column) {
  return row.IsNull(column) ? std::nullopt : std::optional(std::string(row.Text(column)));
}

constexpr const char* kClusterRow =
    "SELECT c.cluster, t.headline, c.stories, "
    "(SELECT count(*) FROM cluster_stories AS x JOIN copies USING(story) WHERE x.cluster = "
    "c.cluster), "
    "(SELECT count(DISTINCT s.publisher) FROM cluster_stories AS x JOIN stories AS s USING(story) "
    "WHERE x.cluster = c.cluster), c.first_day, coalesce(c.last_day, c.first_day) "
    "FROM clusters AS c JOIN packed_texts AS t ON t.story = c.title";

StoryCluster ClusterOf(const Statement& row) {
  StoryCluster cluster;
  cluster.cluster = row.Number(0);
  cluster.title = row.Text(1);
  cluster.stories = static_cast<std::uint64_t>(row.Number(2));
  cluster.copies = static_cast<std::uint64_t>(row.Number(3));
  cluster.outlets = static_cast<std::uint64_t>(row.Number(4));
  cluster.first_day = TextOrNothing(row, 5);
  cluster.last_day = TextOrNothing(row, 6);
  return cluster;
}

std::vector<ClusterActor> ActorsOf(Database& database, std::int64_t cluster) {
  Statement find(
      database,
      "SELECT n.text, count(DISTINCT x.story) AS told FROM cluster_stories AS x CROSS "
      "JOIN entities AS e USING(story) CROSS JOIN names AS n USING(name) WHERE x.cluster = ? AND "
      "e.type IN ('person', 'organization', 'country') GROUP BY e.name ORDER BY told "
      "DESC, min(x.story), min(e.entity) LIMIT 8");
  find.Start(cluster);
  std::vector<ClusterActor> actors;
  while (find.Step()) {
    actors.push_back({std::string(find.Text(0)), static_cast<std::uint64_t>(find.Number(1))});
  }
  return actors;
}

std::vector<ClusterStory> StoriesOf(Database& database, std::int64_t cluster) {
  Statement find(database,
                 "SELECT story, published, headline, publisher, copy_of FROM story_clusters WHERE "
                 "cluster = ? ORDER BY published IS NULL, published, story");
  find.Start(cluster);
  std::vector<ClusterStory> stories;
  while (find.Step()) {
    ClusterStory& story = stories.emplace_back();
    story.story = find.Number(0);
    story.published = TextOrNothing(find, 1);
    story.headline = find.Text(2);
    story.publisher = TextOrNothing(find, 3);
    if (!find.IsNull(4)) story.copy_of = find.Number(4);
  }
  return stories;
}

std::vector<ClusterChange> ChangesOf(Database& database, std::int64_t cluster) {
  Statement find(
      database, "SELECT kind, other, story FROM cluster_changes WHERE cluster = ? ORDER BY change");
  find.Start(cluster);
  std::vector<ClusterChange> changes;
  while (find.Step()) {
    changes.push_back({std::string(find.Text(0)), find.Number(1), find.Number(2)});
  }
  return changes;
}

}  // namespace

Result<std::vector<StoryCluster>> Archive::FindClusters(const ClusterFilter& filter) {
  std::string sql = fmt::format("{} WHERE c.stories >= {}", kClusterRow, filter.least);
  std::vector<std::string> values;
  const auto add = [&](std::string_view condition, std::string value) {
    sql += fmt::format(" AND {}", condition);
    values.push_back(std::move(value));
  };
  if (filter.from) add("coalesce(c.last_day, c.first_day) >= ?", FormatDate(*filter.from));
  if (filter.to) add("c.first_day < ?", FormatDate(*filter.to) + "~");
  if (!filter.about.empty()) {
    DATELINE_TRY(const archive::Query query, archive::ParseQuery(filter.about));
    add("c.cluster IN (SELECT x.cluster FROM search JOIN cluster_stories AS x ON x.story = "
        "search.rowid WHERE search MATCH ?)",
        query.match);
  }
  sql += filter.newest_first ? " ORDER BY c.first_day IS NULL, coalesce(c.last_day, c.first_day) "
                               "DESC, c.stories DESC, c.cluster"
                             : " ORDER BY c.stories DESC, c.cluster";
  if (filter.limit > 0) sql += fmt::format(" LIMIT {}", filter.limit);
  Statement find(*impl_->database, sql);
  int at = 0;
  for (const std::string& value : values) find.Bind(++at, value);
  std::vector<StoryCluster> clusters;
  while (find.Step()) clusters.push_back(ClusterOf(find));
  find.Reset();
  for (StoryCluster& cluster : clusters) {
    cluster.actors = ActorsOf(*impl_->database, cluster.cluster);
  }
  return impl_->Done(std::move(clusters));
}

Result<ClusterLife> Archive::LoadCluster(std::int64_t number) {
  Database& database = *impl_->database;
  // A cluster has the number of its first story, which tells where that story is now.
  Statement now(database, "SELECT cluster FROM cluster_stories WHERE story = ?");
  now.Start(number);
  const std::int64_t cluster = now.Step() ? now.Number(0) : 0;
  now.Reset();
  Statement find(database, std::string(kClusterRow) + " WHERE c.cluster = ?");
  find.Start(cluster);
  ClusterLife life;
  const bool found = find.Step();
  if (found) life.cluster = ClusterOf(find);
  find.Reset();
  if (!found && !database.failed()) {
    return Fail(
        ErrorCode::kNotFound,
        fmt::format("there is no cluster or story {}; 'dateline clusters' lists them", number),
        database.path());
  }
  life.cluster.actors = ActorsOf(database, cluster);
  life.stories = StoriesOf(database, cluster);
  life.changes = ChangesOf(database, cluster);
  return impl_->Done(std::move(life));
}

Result<std::vector<RelatedStory>> Archive::RelatedTo(std::int64_t story) {
  Statement find(*impl_->database,
                 "SELECT label, headline, target FROM related WHERE story = ? ORDER BY link");
  find.Start(story);
  std::vector<RelatedStory> related;
  while (find.Step()) {
    RelatedStory& each = related.emplace_back();
    each.label = TextOrNothing(find, 0);
    each.headline = find.Text(1);
    if (!find.IsNull(2)) each.story = find.Number(2);
  }
  find.Reset();
  return impl_->Done(std::move(related));
}

}  // namespace dateline
