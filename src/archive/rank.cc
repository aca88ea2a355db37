#include "archive/rank.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <vector>

namespace dateline::archive {
namespace {

constexpr double kSaturation = 1.2;  // k1 of BM25
constexpr double kLength = 0.75;     // b of BM25
constexpr double kLeastWeight = 1e-6;
constexpr std::array<double, 2> kColumnWeights = {1.0, 4.0};  // text, headline
constexpr std::int64_t kCounted = 1000;

/// What a query's words weigh.
struct Weights {
  std::vector<double> idf;
  double average_length = 1;
  std::vector<double> frequency;  ///< scratch
};

struct Counted {
  std::int64_t stories = 0;
  std::int64_t last = 0;
};

int CountOne(const Fts5ExtensionApi* api, Fts5Context* context, void* out) {
  auto& counted = *static_cast<Counted*>(out);
  ++counted.stories;
  counted.last = api->xRowid(context);
  return counted.stories < kCounted ? SQLITE_OK : SQLITE_DONE;
}

/// In how many stories the phrase stands, as far as its first ones tell.
double StoriesWith(const Fts5ExtensionApi* api, Fts5Context* context, int phrase, double all) {
  Counted counted;
  api->xQueryPhrase(context, phrase, &counted, &CountOne);
  const auto stories = static_cast<double>(counted.stories);
  if (counted.stories < kCounted) return stories;
  return std::min(all,
                  stories * all / static_cast<double>(std::max<std::int64_t>(counted.last, 1)));
}

std::unique_ptr<Weights> MakeWeights(const Fts5ExtensionApi* api, Fts5Context* context) {
  auto weights = std::make_unique<Weights>();
  sqlite3_int64 rows = 0;
  sqlite3_int64 words = 0;
  api->xRowCount(context, &rows);
  api->xColumnTotalSize(context, -1, &words);
  const double all = std::max(1.0, static_cast<double>(rows));
  weights->average_length = std::max(1.0, static_cast<double>(words) / all);
  const int phrases = api->xPhraseCount(context);
  for (int i = 0; i < phrases; ++i) {
    const double with = StoriesWith(api, context, i, all);
    weights->idf.push_back(std::max(kLeastWeight, std::log((all - with + 0.5) / (with + 0.5))));
  }
  weights->frequency.resize(weights->idf.size());
  return weights;
}

double Score(const Fts5ExtensionApi* api, Fts5Context* context, Weights& weights) {
  std::ranges::fill(weights.frequency, 0);
  int instances = 0;
  api->xInstCount(context, &instances);
  for (int i = 0; i < instances; ++i) {
    int phrase = 0;
    int column = 0;
    int offset = 0;
    if (api->xInst(context, i, &phrase, &column, &offset) != SQLITE_OK) break;
    weights.frequency[static_cast<std::size_t>(phrase)] +=
        kColumnWeights.at(static_cast<std::size_t>(column));
  }
  int length = 0;
  api->xColumnSize(context, -1, &length);
  const double share = static_cast<double>(length) / weights.average_length;
  double score = 0;
  for (std::size_t i = 0; i < weights.idf.size(); ++i) {
    const double frequency = weights.frequency[i];
    score += weights.idf[i] * frequency * (kSaturation + 1) /
             (frequency + kSaturation * (1 - kLength + kLength * share));
  }
  return score;
}

void StoryRank(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result, int,
               sqlite3_value**) {
  auto* weights = static_cast<Weights*>(api->xGetAuxdata(context, 0));
  if (weights == nullptr) {
    weights = MakeWeights(api, context).release();  // FTS5 keeps it until the query ends
    const auto erase = [](void* old) {
      const std::unique_ptr<Weights> owned(static_cast<Weights*>(old));
    };
    if (api->xSetAuxdata(context, weights, erase) != SQLITE_OK) {
      sqlite3_result_error_nomem(result);
      return;
    }
  }
  sqlite3_result_double(result, Score(api, context, *weights));
}

void StoryPlaces(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result, int,
                 sqlite3_value**) {
  std::vector<std::int32_t> places;
  int instances = 0;
  api->xInstCount(context, &instances);
  for (int i = 0; i < instances; ++i) {
    int phrase = 0;
    int column = 0;
    int offset = 0;
    if (api->xInst(context, i, &phrase, &column, &offset) != SQLITE_OK) break;
    if (column != 0) continue;
    places.push_back(offset);
    places.push_back(api->xPhraseSize(context, phrase));
  }
  sqlite3_result_blob64(result, places.data(), places.size() * sizeof(std::int32_t),
                        SQLITE_TRANSIENT);
}

}  // namespace

void MakeStoryRank(Database& database) {
  fts5_api* api = nullptr;
  Statement statement(database, "SELECT fts5(?1)");
  if (statement.handle() == nullptr) return;
  sqlite3_bind_pointer(statement.handle(), 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
  statement.Step();
  if (api == nullptr) return;
  api->xCreateFunction(api, "story_rank", nullptr, &StoryRank, nullptr);
  api->xCreateFunction(api, "story_places", nullptr, &StoryPlaces, nullptr);
}

}  // namespace dateline::archive
