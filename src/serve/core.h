/// What the handlers of the API share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/json_writer.h"
#include "serve/api.h"
#include "serve/fact_index.h"
#include "serve/http.h"

namespace dateline::serve {

/// The values asked for last, up to a size. Thread-safe.
template <typename Value>
class RecentValues {
 public:
  explicit RecentValues(std::size_t most) : most_(most) {}

  std::shared_ptr<const Value> Find(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(key);
    if (found == places_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return order_.front().value;
  }

  std::shared_ptr<const Value> Keep(const std::string& key, Value value, std::size_t size) {
    auto kept = std::make_shared<const Value>(std::move(value));
    size += key.size();
    if (size > most_ / 2) return kept;
    const std::lock_guard lock(mutex_);
    if (const auto found = places_.find(key); found != places_.end()) Drop(found->second);
    order_.push_front({key, kept, size});
    places_[key] = order_.begin();
    size_ += size;
    while (size_ > most_) Drop(std::prev(order_.end()));
    return kept;
  }

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const Value> value;
    std::size_t size;
  };
  using Order = std::list<Entry>;

  void Drop(typename Order::iterator entry) {
    size_ -= entry->size;
    places_.erase(entry->key);
    order_.erase(entry);
  }

  std::mutex mutex_;
  std::size_t most_;
  std::size_t size_ = 0;
  Order order_;
  std::map<std::string, typename Order::iterator> places_;
};

/// A fact, or a story (number 0) with how well it fits.
struct Found {
  std::int64_t story = 0;
  std::uint32_t number = 0;
  double score = 0;
};
using FoundList = std::shared_ptr<const std::vector<Found>>;

struct KeptAnswer {
  Response response{};
  std::string gzip{};
  std::string tag{};
};

struct Api::Core {
  explicit Core(ApiOptions given) : options(std::move(given)) {}

  ApiOptions options;
  std::shared_timed_mutex index_mutex;
  FactIndex index;
  std::string index_state{};   ///< what it was made of
  std::int64_t index_run = 0;  ///< the last run that it knows of
  RecentValues<KeptAnswer> answers{48U << 20U};
  RecentValues<std::vector<Found>> lists{32U << 20U};
  RecentValues<std::string> clusters{8U << 20U};  ///< lines, which many lists share
  std::mutex writer_mutex;
  std::optional<Archive> writer;
};

/// One request under way.
struct Call {
  const Request& request;
  const Target& target;
  Parameters& given;
  Desk& desk;
  Api::Core& core;
  const FactIndex& index;

  /// The part of the path that `*` stands for.
  [[nodiscard]] const std::string& Part() const { return target.segments[3]; }
};

/// Locks for handlers of `index` are held by the caller.
using Handler = Answered<Response> (*)(Call&);

// Of the files *_api.cc.
Answered<Response> AnswerHealth(Call& call);
Answered<Response> AnswerDocument(Call& call);
Answered<Response> AnswerArchive(Call& call);
Answered<Response> AnswerCodes(Call& call);
Answered<Response> AnswerStories(Call& call);
Answered<Response> AnswerStory(Call& call);
Answered<Response> AnswerText(Call& call);
Answered<Response> AnswerOriginal(Call& call);
Answered<Response> AnswerContext(Call& call);
Answered<Response> AnswerExplain(Call& call);
Answered<Response> AnswerExplainText(Call& call);
Answered<Response> AnswerRead(Call& call);
Answered<Response> AddStories(Call& call);
Answered<Response> AnswerSearch(Call& call);
Answered<Response> AnswerEvents(Call& call);
Answered<Response> AnswerQuotes(Call& call);
Answered<Response> AnswerEntities(Call& call);
Answered<Response> AnswerEntity(Call& call);
Answered<Response> AnswerIdentities(Call& call);
Answered<Response> AnswerIdentity(Call& call);
Answered<Response> AnswerTimeline(Call& call);
Answered<Response> AnswerNetwork(Call& call);
Answered<Response> AnswerPlaces(Call& call);
Answered<Response> AnswerClusters(Call& call);
Answered<Response> AnswerCluster(Call& call);
Answered<Response> AnswerExport(Call& call);
Answered<Response> AnswerAlerts(Call& call);
Answered<Response> AnswerCorrections(Call& call);
Answered<Response> AddCorrection(Call& call);
Answered<Response> UndoCorrection(Call& call);

// ---- parts of answers

Response JsonResponse(std::string json, int status = 200);

/// The value of a Result, or the problem that its error is.
#define DATELINE_ANSWER(lhs, expr) DATELINE_ANSWER_INNER(DATELINE_CONCAT(got_, __LINE__), lhs, expr)
#define DATELINE_ANSWER_INNER(temp, lhs, expr)                                   \
  auto temp = (expr);                                                            \
  if (!temp) return std::unexpected(::dateline::serve::ProblemOf(temp.error())); \
  lhs = std::move(*temp)

/// Which part of a list is asked for.
struct Window {
  std::uint64_t limit = 0;
  std::uint64_t offset = 0;
  Found last{};  ///< what stood before the offset when the page before was made; story 0: not known
};
constexpr std::uint64_t kUsualLimit = 50;
constexpr std::uint64_t kMostOnPage = 500;
Window TakeWindow(Parameters& given);
/// Where the window begins in the list, which may have grown.
std::size_t BeginOf(const Window& window, const std::vector<Found>& list);
/// The cursor of the page behind; empty: there is none.
std::string NextCursor(std::size_t end, const std::vector<Found>& list);

/// {"items":[…],"next":…,"total":N}; `more` is put behind: "\"alerts\":[]".
std::string ListJson(const std::vector<std::string>& items, const std::string& next,
                     std::uint64_t total, std::string_view more = {});

std::optional<Problem> MistakeOf(const Call& call);
DayRange TakeDays(Parameters& given, std::string_view from, std::string_view to);
OffsetUnit TakeOffsets(Parameters& given);
/// `country`: ISO 3166-1 alpha-3; empty where it is not given.
std::string TakeCountry(Parameters& given);
/// The story that the path names.
Answered<std::int64_t> StoryNamed(Call& call);
/// A number in a path; 0: it is none.
std::int64_t NumberOf(std::string_view text);
/// `text` as a literal of SQL.
std::string SqlText(std::string_view text);
/// First column of the rows as numbers, second as text.
Result<std::vector<std::pair<std::int64_t, std::string>>> Rows(Archive& archive,
                                                               const std::string& sql);
// ---- events_api.cc

struct EventAsk {
  EventFilter filter{};
  int quad = 0;
  std::string key{};  ///< tells it from others
};
/// Takes code, quad, status, place, near, since and until; with `sides` source and target too.
Answered<EventAsk> TakeEventAsk(Call& call, bool sides = true);
/// Places of events in the index, in its order.
Answered<std::vector<std::uint32_t>> SelectEvents(Call& call, const EventAsk& ask);
Answered<FoundList> EventList(Call& call, const EventAsk& ask, bool newest);
struct QuoteAsk {
  QuoteFilter filter{};
  bool newest = false;
};
Answered<FoundList> QuoteList(Call& call, const QuoteAsk& ask);
EventIdentity TakeSame(Parameters& given);
/// Facts by stories, in the order of the list.
std::vector<StoryFacts> FactsOf(const std::vector<Found>& list);

/// Count, quads, mean and sum.
void AddTally(record::JsonWriter& json, const EventTally& tally);
void CountEvent(const EventKind& kind, EventTally& tally);

/// Stories in a list.
Answered<std::vector<std::string>> StoryHeads(Call& call, const std::vector<std::int64_t>& stories);

}  // namespace dateline::serve
