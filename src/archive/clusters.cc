// Clusters are kept up to date story by story: a row of cluster_stories with the story's terms is
// all that the next ones need. What is held in memory is a picture of those rows, made again from
// them whenever another program wrote, a transaction was given back, or the program starts.
#include "archive/clusters.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <utility>

#include "archive/signature.h"
#include "archive/story_terms.h"

namespace dateline::archive {
namespace {

constexpr std::size_t kHeldBeside = 40'000;  // stories; beyond, days long past are forgotten
constexpr std::int64_t kReviewedFrom = 4;    // then at 8, 16, 32 …

std::optional<std::int64_t> Stored(std::int32_t day) {
  return day == kNoDay ? std::nullopt : std::optional<std::int64_t>(day);
}

}  // namespace

std::optional<std::string> WrittenDay(std::int32_t day) {
  if (day == kNoDay) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{day}}};
  return FormatDate({.ymd = ymd, .precision = Date::Precision::kDay});
}

ClusterWriter::ClusterWriter(Database& database)
    : headlines_(database, "headlines"),
      version_(database, "PRAGMA data_version"),
      without_(database,
               "SELECT min(story) FROM stories WHERE story > "
               "(SELECT coalesce(max(story), 0) FROM cluster_stories)"),
      original_(database, "SELECT original FROM copies WHERE story = ?"),
      cluster_of_(database, "SELECT cluster FROM cluster_stories WHERE story = ?"),
      insert_(database, "INSERT INTO cluster_stories VALUES(?, ?, ?, ?)"),
      begin_(database, "INSERT INTO clusters VALUES(?1, ?1, 0, NULL, NULL)"),
      count_(database,
             "UPDATE clusters SET stories = stories + 1, "
             "first_day = coalesce(min(first_day, ?2), first_day, ?2), "
             "last_day = CASE WHEN stories > 0 THEN coalesce(max(coalesce(last_day, first_day), "
             "?2), last_day, first_day, ?2) END WHERE cluster = ?1"),
      counted_(database, "SELECT stories FROM clusters WHERE cluster = ?"),
      title_(database, "UPDATE clusters SET title = ? WHERE cluster = ?"),
      move_all_(database, "UPDATE cluster_stories SET cluster = ? WHERE cluster = ?"),
      move_(database,
            "UPDATE cluster_stories SET cluster = ?1 WHERE story = ?2 OR story IN (SELECT story "
            "FROM copies WHERE original = ?2)"),
      drop_(database, "DELETE FROM clusters WHERE cluster = ?"),
      recount_(database,
               "UPDATE clusters SET (stories, first_day, last_day) = (SELECT count(*), "
               "date(min(day) * 86400, 'unixepoch'), CASE WHEN count(*) > 1 THEN date(max(day) * "
               "86400, 'unixepoch') END FROM "
               "cluster_stories AS x WHERE x.cluster = ?1) WHERE cluster = ?1"),
      change_(database, "INSERT INTO cluster_changes VALUES(NULL, ?, ?, ?, ?)"),
      of_day_(database,
              "SELECT story, cluster, terms FROM cluster_stories WHERE day = ? AND terms IS NOT "
              "NULL ORDER BY story LIMIT ?"),
      without_day_(database,
                   "SELECT story, cluster, terms FROM cluster_stories WHERE day IS NULL AND terms "
                   "IS NOT NULL ORDER BY story LIMIT ?"),
      headline_(database, "INSERT OR IGNORE INTO new_headlines VALUES(?, ?)"),
      find_headline_(database,
                     "SELECT max(story) FROM stories_by_headline WHERE key = ? AND story <> ?"),
      related_(database, "INSERT OR REPLACE INTO related VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      unrelate_(database, "DELETE FROM related WHERE story = ?"),
      resolve_(database,
               "UPDATE related SET target = ?1 WHERE key = ?2 AND target IS NULL AND "
               "story <> ?1") {}

void ClusterWriter::BeginTransaction() {
  version_.Start();
  const std::int64_t version = version_.Step() ? version_.Number(0) : 0;
  version_.Reset();
  if (version != data_version_ || clusterer_.size() > most_held_) {
    clusterer_.Forget();
    most_held_ = kHeldBeside;
  }
  data_version_ = version;
}

std::int64_t ClusterWriter::FirstWithout() {
  without_.Start();
  const std::int64_t first = without_.Step() ? without_.Number(0) : 0;
  without_.Reset();
  return first;
}

void ClusterWriter::Add(std::int64_t number, const Story& story,
                        const std::vector<StoryTerm>& terms) {
  const std::int32_t day = DayOf(story);
  original_.Start(number);
  const std::int64_t original = original_.Step() ? original_.Number(0) : 0;
  original_.Reset();
  if (original != 0) {
    AddCopy(number, original, day);
  } else {
    AddOriginal(number, terms, day);
  }
  Relate(number, story);
}

void ClusterWriter::AddCopy(std::int64_t number, std::int64_t original, std::int32_t day) {
  cluster_of_.Start(original);
  const std::int64_t cluster = cluster_of_.Step() ? cluster_of_.Number(0) : 0;
  cluster_of_.Reset();
  insert_.Run(number, cluster, Stored(day), nullptr);
  Count(cluster, day);
}

void ClusterWriter::AddOriginal(std::int64_t number, const std::vector<StoryTerm>& terms,
                                std::int32_t day) {
  HoldAround(day);
  Member member{.story = number, .day = day, .signature = clusterer_.Weigh(terms, day)};
  const Placing placing = clusterer_.Place(member.signature, day);
  member.cluster = Join(placing, number);
  const std::string bytes = PackSignature(member.signature);
  insert_.Run(number, member.cluster, Stored(day), Blob{bytes});
  const std::int64_t cluster = member.cluster;
  clusterer_.Insert(std::move(member));
  const std::int64_t stories = Count(cluster, day);
  const bool due =
      std::has_single_bit(static_cast<std::uint64_t>(std::max<std::int64_t>(stories, 0)));
  if (stories >= kReviewedFrom && due) Review(cluster, number, day);
}

std::int64_t ClusterWriter::Join(const Placing& placing, std::int64_t number) {
  if (!placing.cluster) {
    begin_.Run(number);
    return number;
  }
  if (placing.merged) {
    move_all_.Run(*placing.cluster, *placing.merged);
    drop_.Run(*placing.merged);
    clusterer_.Merge(*placing.merged, *placing.cluster);
    change_.Run("merged", *placing.cluster, *placing.merged, number);
    Recount(*placing.cluster);
  }
  return *placing.cluster;
}

std::int64_t ClusterWriter::Count(std::int64_t cluster, std::int32_t day) {
  const auto written = WrittenDay(day);
  count_.Run(cluster, written);  // RETURNING would cost forty times as much
  counted_.Start(cluster);
  const std::int64_t stories = counted_.Step() ? counted_.Number(0) : 0;
  counted_.Reset();
  return stories;
}

void ClusterWriter::Recount(std::int64_t cluster) { recount_.Run(cluster); }

void ClusterWriter::Review(std::int64_t cluster, std::int64_t story, std::int32_t day) {
  const auto review = clusterer_.Look(cluster, day);
  if (!review) return;
  if (!review->leaves.empty()) Split(cluster, review->leaves, story);
  title_.Run(review->title, cluster);
}

void ClusterWriter::Split(std::int64_t cluster, const std::vector<std::int64_t>& leaves,
                          std::int64_t story) {
  const std::int64_t fresh = *std::ranges::min_element(leaves);
  begin_.Run(fresh);
  for (const std::int64_t leaving : leaves) move_.Run(fresh, leaving);
  clusterer_.Move(leaves, fresh);
  change_.Run("split", cluster, fresh, story);
  Recount(cluster);
  Recount(fresh);
}

void ClusterWriter::HoldAround(std::int32_t day) {
  for (const std::int32_t each : clusterer_.Missing(day)) {
    Statement& rows = each == kNoDay ? without_day_ : of_day_;
    const auto most = static_cast<std::int64_t>(kMostOfADay);
    if (each == kNoDay) {
      rows.Start(most);
    } else {
      rows.Start(std::int64_t{each}, most);
    }
    std::vector<Member> members;
    while (rows.Step()) {
      members.push_back({.story = rows.Number(0),
                         .cluster = rows.Number(1),
                         .day = each,
                         .signature = UnpackSignature(rows.Bytes(2))});
    }
    rows.Reset();
    most_held_ += members.size() + members.size() / 4;  // what is needed again would be read again
    clusterer_.Hold(each, std::move(members));
  }
}

void ClusterWriter::RelateAgain(std::int64_t number, const Story& story) {
  unrelate_.Run(number);
  Relate(number, story);
}

void ClusterWriter::Relate(std::int64_t number, const Story& story) {
  const std::int64_t own = HeadlineKey(story.article.headline.value_or(""));
  if (own != 0) {
    headline_.Run(own, number);
    headlines_.Added();
  }
  std::int64_t at = 0;
  for (const RelatedLink& link : story.article.related_link) {
    const std::int64_t key = HeadlineKey(link.headline);
    std::optional<std::int64_t> target;
    if (key != 0) {
      find_headline_.Start(key, number);
      if (find_headline_.Step() && !find_headline_.IsNull(0)) target = find_headline_.Number(0);
      find_headline_.Reset();
    }
    related_.Run(number, ++at, link.label, link.headline, link.url, key, target, link.span.begin,
                 link.span.end);
  }
  if (own != 0) resolve_.Run(number, own);
}

}  // namespace dateline::archive
