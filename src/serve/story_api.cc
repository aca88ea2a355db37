// Stories: lists, records, what stands around them.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "dateline/record.h"
#include "serve/core.h"
#include "serve/lines.h"
#include "serve/rereading.h"

namespace dateline::serve {
namespace {

/// Cluster of each of these stories that is in one of two stories or more.
Result<std::map<std::int64_t, std::int64_t>> ClustersOf(Archive& archive,
                                                        const std::vector<std::int64_t>& stories) {
  DATELINE_TRY(const auto rows,
               Rows(archive, fmt::format("SELECT x.story, x.cluster FROM cluster_stories AS x JOIN "
                                         "clusters AS c USING(cluster) WHERE c.stories > 1 AND "
                                         "x.story IN ({})",
                                         fmt::join(stories, ","))));
  std::map<std::int64_t, std::int64_t> clusters;
  for (const auto& [story, cluster] : rows) clusters[story] = std::stoll(cluster);
  return clusters;
}

std::string HeadLine(const FactIndex& index, std::uint32_t place, const Story& story,
                     std::optional<std::int64_t> cluster) {
  const StoryRow& row = index.stories()[place];
  record::JsonWriter json(false);
  json.BeginObject();
  AddNumber(json, "story", static_cast<std::uint64_t>(row.story));
  AddText(json, "id", story.id);
  if (!row.published.empty()) AddText(json, "published", row.published);
  AddText(json, "headline", story.article.headline.value_or(""));
  AddText(json, "publisher", story.article.publisher);
  AddText(json, "section", story.article.article_section);
  if (story.article.word_count) AddNumber(json, "words", *story.article.word_count);
  if (row.original != row.story) {
    AddNumber(json, "copy_of", static_cast<std::uint64_t>(row.original));
  }
  if (cluster) AddNumber(json, "cluster", static_cast<std::uint64_t>(*cluster));
  AddNumber(json, "events", index.CountEvents(place) - row.refused);
  AddNumber(json, "quotes", index.CountQuotes(place));
  json.EndObject();
  return json.Take();
}

Response TextResponse(std::string text, const char* type) {
  Response response{.status = 200, .headers = {}, .body = std::move(text), .stream = {}};
  response.Set("Content-Type", type);
  return response;
}

Result<std::string> RelatedJson(Archive& archive, std::int64_t story) {
  DATELINE_TRY(const auto related, archive.RelatedTo(story));
  record::JsonWriter json(false);
  json.BeginArray();
  for (const RelatedStory& each : related) {
    json.BeginObject();
    AddText(json, "label", each.label);
    AddText(json, "headline", each.headline);
    if (each.story) AddNumber(json, "story", static_cast<std::uint64_t>(*each.story));
    json.EndObject();
  }
  json.EndArray();
  return json.Take();
}

Result<std::string> CorrectionsJson(Archive& archive, std::int64_t story) {
  DATELINE_TRY(const auto all, archive.Corrections());
  std::string json = "[";
  for (const Correction& each : all) {
    if (each.story != story) continue;
    if (json.size() > 1) json += ',';
    json += CorrectionLine(each);
  }
  return json + "]";
}

/// Clusters with a story that has these words.
Result<std::set<std::int64_t>> ClustersAbout(Archive& archive, const std::string& about) {
  constexpr std::size_t kAtOnce = 20000;  // a statement of SQL has its limits
  DATELINE_TRY(const auto stories, archive.FindMatches(about));
  std::set<std::int64_t> clusters;
  for (std::size_t at = 0; at < stories.size(); at += kAtOnce) {
    const auto end =
        stories.begin() + static_cast<std::ptrdiff_t>(std::min(at + kAtOnce, stories.size()));
    DATELINE_TRY(
        const auto rows,
        Rows(archive,
             fmt::format("SELECT DISTINCT cluster FROM cluster_stories WHERE "
                         "story IN ({})",
                         fmt::join(stories.begin() + static_cast<std::ptrdiff_t>(at), end, ","))));
    for (const auto& [cluster, unused] : rows) clusters.insert(cluster);
  }
  return clusters;
}

/// As Archive::FindClusters, by their numbers and all of them.
Result<std::vector<Found>> FindClusters(Archive& archive, const ClusterFilter& filter) {
  std::string sql = fmt::format("SELECT cluster FROM clusters WHERE stories >= {}", filter.least);
  if (filter.from) sql += " AND last_day >= " + SqlText(FormatDate(*filter.from));
  if (filter.to) sql += " AND first_day < " + SqlText(FormatDate(*filter.to) + "~");
  sql += filter.newest_first ? " ORDER BY last_day IS NULL, last_day DESC, stories DESC, cluster"
                             : " ORDER BY stories DESC, cluster";
  DATELINE_TRY(const auto rows, Rows(archive, sql));
  std::set<std::int64_t> about;
  if (!filter.about.empty()) {
    DATELINE_TRY(about, ClustersAbout(archive, filter.about));
  }
  std::vector<Found> found;
  for (const auto& [cluster, unused] : rows) {
    if (filter.about.empty() || about.contains(cluster)) found.push_back({cluster});
  }
  return found;
}

/// The line of a cluster, as it was told before where nothing has changed since.
Result<std::string> KnownClusterLine(Call& call, std::int64_t cluster) {
  const std::string key = fmt::format("{} {}", call.desk.state, cluster);
  if (const auto known = call.core.clusters.Find(key)) return *known;
  DATELINE_TRY(const ClusterLife life, call.desk.archive.LoadCluster(cluster));
  std::string line = ClusterLine(life.cluster);
  return *call.core.clusters.Keep(key, line, line.size());
}

}  // namespace

Answered<std::vector<std::string>> StoryHeads(Call& call,
                                              const std::vector<std::int64_t>& stories) {
  DATELINE_ANSWER(const auto clusters, ClustersOf(call.desk.archive, stories));
  std::vector<std::string> heads;
  for (const std::int64_t number : stories) {
    const auto place = call.index.PlaceOf(number);
    if (!place) continue;
    DATELINE_ANSWER(const Story story, call.desk.archive.LoadStory(number));
    const auto cluster = clusters.find(number);
    heads.push_back(
        HeadLine(call.index, *place, story,
                 cluster == clusters.end() ? std::nullopt : std::optional(cluster->second)));
  }
  return heads;
}

Answered<Response> AnswerStories(Call& call) {
  const WrittenDays days(TakeDays(call.given, "from", "to"));
  const std::string outlet = call.given.Text("outlet");
  const std::string section = call.given.Text("section");
  const Window window = TakeWindow(call.given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const Strings& texts = call.index.texts();
  std::vector<Found> list;
  for (const std::uint32_t place : call.index.newest()) {
    const StoryRow& row = call.index.stories()[place];
    const bool wanted = (days.all() || days.Hold(row.published)) &&
                        (outlet.empty() || texts[row.outlet] == outlet) &&
                        (section.empty() || texts[row.section] == section);
    if (wanted) list.push_back({row.story});
  }
  const std::size_t begin = BeginOf(window, list);
  const std::size_t end = std::min<std::size_t>(begin + window.limit, list.size());
  std::vector<std::int64_t> stories;
  for (std::size_t i = begin; i < end; ++i) stories.push_back(list[i].story);
  auto heads = StoryHeads(call, stories);
  if (!heads) return std::unexpected(heads.error());
  return JsonResponse(ListJson(*heads, NextCursor(end, list), list.size()));
}

Answered<Response> AnswerStory(Call& call) {
  RecordOptions options{.offsets = TakeOffsets(call.given)};
  options.tokens = call.given.Flag("tokens");
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto number = StoryNamed(call);
  if (!number) return std::unexpected(number.error());
  Desk& desk = call.desk;
  DATELINE_ANSWER(Story story, options.tokens ? Reread(*call.core.options.engine, desk.archive,
                                                       *number, false, desk.scratch)
                                              : LoadCorrected(desk.archive, *number));
  return JsonResponse(WriteRecord(story, options));
}

Answered<Response> AnswerText(Call& call) {
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto number = StoryNamed(call);
  if (!number) return std::unexpected(number.error());
  DATELINE_ANSWER(Story story, call.desk.archive.LoadStory(*number));
  return TextResponse(std::move(story.text), "text/plain; charset=utf-8");
}

Answered<Response> AnswerOriginal(Call& call) {
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto number = StoryNamed(call);
  if (!number) return std::unexpected(number.error());
  DATELINE_ANSWER(std::string bytes, call.desk.archive.LoadOriginal(*number));
  Response response = TextResponse(std::move(bytes), "application/octet-stream");
  response.Set("Content-Disposition", fmt::format("attachment; filename=\"story-{}\"", *number));
  return response;
}

Answered<Response> AnswerContext(Call& call) {
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto number = StoryNamed(call);
  if (!number) return std::unexpected(number.error());
  Archive& archive = call.desk.archive;
  DATELINE_ANSWER(const Story story, archive.LoadStory(*number));
  DATELINE_ANSWER(const std::string added, archive.AddedAt(*number));
  DATELINE_ANSWER(const auto copies, archive.CopiesOf(*number));
  DATELINE_ANSWER(const std::string related, RelatedJson(archive, *number));
  DATELINE_ANSWER(const std::string corrections, CorrectionsJson(archive, *number));
  const auto heads = StoryHeads(call, copies);
  if (!heads) return std::unexpected(heads.error());
  record::JsonWriter json(false);
  json.BeginObject();
  AddNumber(json, "story", static_cast<std::uint64_t>(*number));
  AddText(json, "id", story.id);
  AddText(json, "added", added);
  const auto place = call.index.PlaceOf(*number);
  const std::int64_t original = place ? call.index.stories()[*place].original : *number;
  if (original != *number) AddNumber(json, "copy_of", static_cast<std::uint64_t>(original));
  json.Key("copies");
  json.Raw(fmt::format("[{}]", fmt::join(*heads, ",")));
  const auto life = archive.LoadCluster(*number);
  if (life && life->cluster.stories > 1) {
    json.Key("cluster");
    json.Raw(ClusterLine(life->cluster));
  }
  json.Key("related");
  json.Raw(related);
  json.Key("corrections");
  json.Raw(corrections);
  json.EndObject();
  return JsonResponse(json.Take());
}

Answered<Response> AnswerClusters(Call& call) {
  Parameters& given = call.given;
  ClusterFilter filter;
  filter.from = given.Day("from");
  filter.to = given.Day("to");
  filter.about = given.Text("about");
  filter.least = given.Number("least", 1, INT64_MAX).value_or(filter.least);
  filter.newest_first = given.Flag("newest");
  const Window window = TakeWindow(given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  // Only those on the page are read whole; the others are counted.
  const std::string key = fmt::format(
      "{} clusters {} {} {} {} {}", call.desk.state, filter.from ? FormatDate(*filter.from) : "",
      filter.to ? FormatDate(*filter.to) : "", filter.least, filter.newest_first, filter.about);
  FoundList list = call.core.lists.Find(key);
  if (!list) {
    DATELINE_ANSWER(auto found, FindClusters(call.desk.archive, filter));
    const std::size_t size = found.size() * sizeof(Found);
    list = call.core.lists.Keep(key, std::move(found), size);
  }
  const std::size_t begin = BeginOf(window, *list);
  const std::size_t end = std::min<std::size_t>(begin + window.limit, list->size());
  std::vector<std::string> items;
  for (std::size_t i = begin; i < end; ++i) {
    DATELINE_ANSWER(std::string line, KnownClusterLine(call, (*list)[i].story));
    items.push_back(std::move(line));
  }
  return JsonResponse(ListJson(items, NextCursor(end, *list), list->size()));
}

Answered<Response> AnswerCluster(Call& call) {
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto number = StoryNamed(call);
  if (!number) return std::unexpected(number.error());
  DATELINE_ANSWER(const ClusterLife life, call.desk.archive.LoadCluster(*number));
  return JsonResponse(ClusterLine(life));
}

}  // namespace dateline::serve
