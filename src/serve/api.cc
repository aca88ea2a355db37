// A request goes through four steps: which operation it asks for, whether the columns in memory are
// those of the archive as it is now, whether the same was answered before, and the handler. Answers
// that are kept hold as long as nothing was added or corrected.
#include "serve/api.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <new>

#include "base/ordered_parallel.h"
#include "serve/core.h"
#include "serve/gzip.h"

namespace dateline::serve {
namespace {

constexpr auto kPatience = std::chrono::seconds(5);
constexpr std::size_t kLeastGzip = 1000;
constexpr std::size_t kLoadAhead = 256;

struct Route {
  std::string_view method;
  std::string_view path;  ///< below /api/v1; "*" is one part
  std::string_view name;
  Handler handler;
  bool kept = true;   ///< the same question has the same answer until the archive changes
  bool index = true;  ///< asks the columns in memory
};

constexpr std::array<Route, 30> kRoutes = {{
    {"GET", "health", "health", AnswerHealth, false, false},
    {"GET", "openapi.json", "openapi", AnswerDocument, true, false},
    {"GET", "archive", "archive", AnswerArchive},
    {"GET", "codes", "codes", AnswerCodes, true, false},
    {"GET", "stories", "listStories", AnswerStories},
    {"POST", "stories", "addStories", AddStories, false},
    {"GET", "stories/*", "story", AnswerStory, true, false},
    {"GET", "stories/*/text", "storyText", AnswerText, true, false},
    {"GET", "stories/*/original", "storyOriginal", AnswerOriginal, true, false},
    {"GET", "stories/*/context", "storyContext", AnswerContext},
    {"GET", "stories/*/explain", "explainStory", AnswerExplain, true, false},
    {"POST", "explain", "explainText", AnswerExplainText, false},
    {"POST", "read", "read", AnswerRead, false},
    {"GET", "search", "search", AnswerSearch},
    {"GET", "events", "events", AnswerEvents},
    {"GET", "quotes", "quotes", AnswerQuotes},
    {"GET", "entities", "entities", AnswerEntities},
    {"GET", "entities/*", "entity", AnswerEntity},
    {"GET", "identities", "identities", AnswerIdentities, true, false},
    {"GET", "identities/*", "identity", AnswerIdentity, true, false},
    {"GET", "timeline", "timeline", AnswerTimeline},
    {"GET", "network", "network", AnswerNetwork},
    {"GET", "places", "places", AnswerPlaces},
    {"GET", "clusters", "clusters", AnswerClusters, true, false},
    {"GET", "clusters/*", "cluster", AnswerCluster, true, false},
    {"GET", "export/*", "export", AnswerExport, false},
    {"GET", "alerts", "alerts", AnswerAlerts},
    {"GET", "corrections", "corrections", AnswerCorrections, true, false},
    {"POST", "corrections", "correct", AddCorrection, false},
    {"DELETE", "corrections/*", "undoCorrection", UndoCorrection, false},
}};

/// Whether the parts behind "api", "v1" are those of the path.
bool Fits(std::string_view path, const std::vector<std::string>& segments) {
  std::size_t at = 2;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    if (at >= segments.size() || (part != "*" && part != segments[at])) return false;
    path.remove_prefix(std::min(end + 1, path.size()));
    ++at;
  }
  return at == segments.size();
}

struct Chosen {
  const Route* route = nullptr;
  std::string allowed{};  ///< methods that the path takes
};

Chosen Choose(std::string_view method, const std::vector<std::string>& segments) {
  Chosen chosen;
  if (segments.size() < 3 || segments[0] != "api" || segments[1] != "v1") return chosen;
  for (const Route& route : kRoutes) {
    if (!Fits(route.path, segments)) continue;
    if (route.method == method || (method == "HEAD" && route.method == "GET")) {
      chosen.route = &route;
    }
    chosen.allowed += (chosen.allowed.empty() ? "" : ", ") + std::string(route.method);
  }
  return chosen;
}

/// What tells whether the archive is what it was. What the file says of itself is asked first: it
/// costs nothing.
Result<void> LookAt(Desk& desk) {
  DATELINE_TRY(const auto version, Rows(desk.archive, "PRAGMA data_version"));
  const std::string seen = fmt::format("{}", version.empty() ? 0 : version.front().first);
  if (seen == desk.seen) return {};
  DATELINE_TRY(const auto state,
               Rows(desk.archive,
                    "SELECT coalesce(max(story), 0), (SELECT max(run) FROM runs) || '.' || (SELECT "
                    "count(*) FROM corrections) || '.' || (SELECT count(undone) FROM corrections) "
                    "FROM stories"));
  desk.state = fmt::format("{}.{}", state.front().first, state.front().second);
  desk.seen = seen;
  return {};
}

struct Loaded {
  std::int64_t number = 0;
  Result<Story> story;
};

/// Adds the stories to the index, read by several threads.
Result<void> AddAll(const Api::Core& core, const std::vector<std::int64_t>& numbers,
                    const std::map<std::int64_t, std::int64_t>& originals, FactIndex& index) {
  std::vector<Desk> desks;
  for (unsigned i = 0; i < std::max(1U, core.options.threads); ++i) {
    DATELINE_TRY(Desk desk, Desk::Open(core.options.archive));
    desks.push_back(std::move(desk));
  }
  std::size_t at = 0;
  base::OrderedParallel<std::int64_t, Loaded> loading(
      {.threads = static_cast<unsigned>(desks.size()), .max_items = kLoadAhead},
      [&]() -> std::optional<std::int64_t> {
        return at < numbers.size() ? std::optional(numbers[at++]) : std::nullopt;
      },
      [&](std::int64_t number, unsigned worker) {
        return Loaded{number, desks[worker].archive.LoadStory(number)};
      });
  while (auto loaded = loading.Next()) {
    // A story that cannot be read is for 'dateline check' to find: here it has nothing in it.
    const Story story = std::move(loaded->story).value_or(Story{});
    const auto original = originals.find(loaded->number);
    index.Add(loaded->number,
              original == originals.end() ? std::nullopt : std::optional(original->second), story);
  }
  return {};
}

Result<std::vector<CorrectedEvent>> CorrectionsThatCount(Archive& archive) {
  DATELINE_TRY(const auto all, archive.Corrections());
  std::vector<CorrectedEvent> count;
  for (const Correction& each : all) {
    const bool code = each.kind == Correction::Kind::kCode;
    const bool event = code || each.kind == Correction::Kind::kNotAnEvent;
    if (each.undone || each.stale || !event) continue;
    count.push_back({each.story, each.fact, code ? each.value : ""});
  }
  return count;
}

/// Stories that were there and are of a later run now were read again by another engine: then all
/// is taken in anew.
Result<void> DropWhatIsReadAnew(Api::Core& core, Desk& desk) {
  DATELINE_TRY(const auto runs,
               Rows(desk.archive,
                    fmt::format("SELECT coalesce(max(run), 0), (SELECT count(*) FROM stories WHERE "
                                "story <= {} AND run > {}) FROM runs",
                                core.index.last_story(), core.index_run)));
  if (runs.front().second != "0") core.index = FactIndex();
  core.index_run = runs.front().first;
  return {};
}

/// REQUIRES: the index is locked for writing.
Result<void> BringUpToDate(Api::Core& core, Desk& desk) {
  if (core.index_state == desk.state) return {};
  if (auto dropped = DropWhatIsReadAnew(core, desk); !dropped) return dropped;
  const std::int64_t last = core.index.last_story();
  DATELINE_TRY(
      const auto stories,
      Rows(desk.archive,
           fmt::format("SELECT story, '' FROM stories WHERE story > {} ORDER BY story", last)));
  DATELINE_TRY(
      const auto copies,
      Rows(desk.archive, fmt::format("SELECT story, original FROM copies WHERE story > {}", last)));
  std::vector<std::int64_t> numbers;
  for (const auto& [number, unused] : stories) numbers.push_back(number);
  std::map<std::int64_t, std::int64_t> originals;
  for (const auto& [story, original] : copies) originals[story] = std::stoll(original);
  if (auto added = AddAll(core, numbers, originals, core.index); !added) return added;
  core.index.Sort();
  DATELINE_TRY(auto corrections, CorrectionsThatCount(desk.archive));
  core.index.SetCorrections(std::move(corrections));
  core.index_state = desk.state;
  return {};
}

/// Locks the index as it is now.
Answered<std::shared_lock<std::shared_timed_mutex>> LockIndex(Api::Core& core, Desk& desk) {
  if (auto looked = LookAt(desk); !looked) return std::unexpected(ProblemOf(looked.error()));
  {
    std::shared_lock lock(core.index_mutex, kPatience);
    if (!lock) return Refuse(503, "busy", "the archive is being read; ask again in a moment");
    if (core.index_state == desk.state) return lock;
  }
  {
    const std::unique_lock lock(core.index_mutex, kPatience);
    if (!lock) return Refuse(503, "busy", "the archive is being read; ask again in a moment");
    if (auto done = BringUpToDate(core, desk); !done) {
      return std::unexpected(ProblemOf(done.error()));
    }
  }
  return std::shared_lock(core.index_mutex);
}

std::string TagOf(std::string_view body) {
  return fmt::format("\"{:016x}\"", XXH3_64bits(body.data(), body.size()));
}

/// The answer as this reader takes it: not at all when it has it, compressed where it may be.
Response Sent(const KeptAnswer& kept, const Request& request) {
  Response response = kept.response;
  if (kept.tag.empty()) return response;
  response.Set("ETag", kept.tag);
  response.Set("Cache-Control", "no-cache");
  response.Set("Vary", "Accept-Encoding, Authorization");
  if (NamesTag(request.Header("if-none-match"), kept.tag)) {
    response.status = 304;
    response.body.clear();
    return response;
  }
  if (!kept.gzip.empty() && TakesGzip(request.Header("accept-encoding"))) {
    response.body = kept.gzip;
    response.Set("Content-Encoding", "gzip");
  }
  return response;
}

KeptAnswer Prepared(Response response, bool tagged) {
  KeptAnswer kept;
  if (tagged && response.status == 200 && !response.stream) {
    kept.tag = TagOf(response.body);
    if (response.body.size() >= kLeastGzip) kept.gzip = Gzip(response.body);
  }
  kept.response = std::move(response);
  return kept;
}

Answered<Response> Asked(const Route& route, const Request& request, const Target& target,
                         Desk& desk, Api::Core& core) {
  auto lock =
      route.index ? LockIndex(core, desk) : Answered<std::shared_lock<std::shared_timed_mutex>>();
  if (!lock) return std::unexpected(lock.error());
  if (!route.index) {
    if (auto looked = LookAt(desk); !looked) return std::unexpected(ProblemOf(looked.error()));
  }
  const std::string key = route.kept ? desk.state + " " + request.target : "";
  if (route.kept) {
    if (const auto kept = core.answers.Find(key)) return Sent(*kept, request);
  }
  Parameters given(target.query);
  Call call{request, target, given, desk, core, core.index};
  auto response = route.handler(call);
  if (!response) return response;
  KeptAnswer kept = Prepared(*std::move(response), request.method != "POST");
  if (!route.kept || kept.tag.empty()) return Sent(kept, request);
  const std::size_t size = kept.response.body.size() + kept.gzip.size();
  return Sent(*core.answers.Keep(key, std::move(kept), size), request);
}

/// Changes take the right to write, and must not keep readers from the index while they do.
Answered<Response> Changed(const Route& route, const Request& request, const Target& target,
                           Desk& desk, Api::Core& core) {
  Parameters given(target.query);
  Call call{request, target, given, desk, core, core.index};
  return route.handler(call);
}

}  // namespace

Result<Desk> Desk::Open(const std::string& archive) {
  DATELINE_TRY(Archive opened, Archive::Open(archive, ArchiveAccess::kRead));
  return Desk{std::move(opened)};
}

Api::Api(ApiOptions options) : core_(std::make_unique<Core>(std::move(options))) {}
Api::~Api() = default;

Result<void> Api::Refresh(Desk& desk) {
  if (auto looked = LookAt(desk); !looked) return looked;
  const std::unique_lock lock(core_->index_mutex);
  return BringUpToDate(*core_, desk);
}

Response Api::Answer(const Request& request, Desk& desk) {
  const auto target = ParseTarget(request.target);
  if (!target) return ProblemResponse(target.error());
  const Chosen chosen = Choose(request.method, target->segments);
  if (chosen.route == nullptr && !chosen.allowed.empty()) {
    Response response =
        ProblemResponse({405, "method-not-allowed", "this path takes " + chosen.allowed, ""});
    response.Set("Allow", chosen.allowed);
    return response;
  }
  if (chosen.route == nullptr) {
    return ProblemResponse(
        {404, "not-found", "there is nothing here; see /api/v1/openapi.json", ""});
  }
  try {
    const bool change = chosen.route->method != "GET";
    auto response = change ? Changed(*chosen.route, request, *target, desk, *core_)
                           : Asked(*chosen.route, request, *target, desk, *core_);
    return response ? *std::move(response) : ProblemResponse(response.error());
  } catch (const std::bad_alloc&) {
    return ProblemResponse({503, "busy", "not enough memory for this now", ""});
  }
}

std::string_view Api::OperationOf(const Request& request) const {
  const auto target = ParseTarget(request.target);
  if (!target) return "";
  const Chosen chosen = Choose(request.method, target->segments);
  return chosen.route == nullptr ? std::string_view() : chosen.route->name;
}

}  // namespace dateline::serve
