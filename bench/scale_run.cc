// What near-duplicates and clusters cost at a thousand million stories, on samples at full density:
//
//   scale_run [STORIES=1000000000] [PARTITIONS=10000] [A_DAY=3000,10000,30000] [SEED=1]
//
// Near-duplicates. The index of STORIES stories is filled only where a sample needs it, but there
// as full as it would be: keys of stories that have nothing to do with each other are uniform, so a
// sample of the key space is drawn with its share of them, each of a story by chance. Planted pairs
// (a report and a copy of it, changed in a known way) are sketched by the archive's own code, and
// all their keys are led into the sample. Looked up, ranked and compared as Archive::Add does it.
// Two layouts are measured with the same BandIndex:
//   one index     as in one archive: keys of 32 bits, 65,536 rows; the sample is some of the rows
//   partitions    a key's place in 64 bits says which of PARTITIONS indexes it is in, the 32 bits
//                 after that are its key there; the sample is one partition
//
// Clusters. The archive's Clusterer is given generated reports as a stream, A_DAY of them a day,
// until its window is full, then one more day is measured.
#include <fmt/core.h>
#include <malloc.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "archive/band_index.h"
#include "archive/clusterer.h"
#include "archive/duplicates.h"
#include "archive/schema.h"
#include "archive/sqlite.h"
#include "archive/story_terms.h"
#include "dateline/result.h"
#include "happenings.h"

namespace {

namespace archive = dateline::archive;
using dateline::Result;
using dateline::Story;
using dateline::bench::Happenings;
using Random = std::mt19937_64;

constexpr std::size_t kMostInBand = 32;   // as Archive::Add
constexpr std::size_t kMostCompared = 6;  // as Archive::Add
constexpr double kRows = 65536;           // of BandIndex
constexpr std::uint64_t kPairs = 400;     // of each kind of change
constexpr double kIndexedShare = 0.8;     // stories that say something new: four in five

double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
double BytesHeld() { return static_cast<double>(mallinfo2().uordblks); }

// ------------------------------------------------------------------------------ near-duplicates

struct Change {
  const char* name;
  double words;  ///< share of words that are others
  double top;    ///< share of the beginning that is new
  double cut;    ///< share of the end that is gone
};
constexpr Change kChanges[] = {
    {"another headline", 0, 0, 0},      {"one word in fifty", 0.02, 0, 0},
    {"one word in twenty", 0.05, 0, 0}, {"one word in ten", 0.1, 0, 0},
    {"a new top", 0, 0.2, 0},           {"a third cut off", 0, 0, 0.33},
};

std::vector<std::string> WordsOf(const Story& story) {
  std::vector<std::string> words;
  for (const dateline::Block& block : story.blocks) {
    if (block.kind != dateline::BlockKind::kParagraph) continue;
    std::istringstream in(std::string(block.span.of(story.text)));
    for (std::string word; in >> word;) words.push_back(word);
  }
  return words;
}

Story StoryOf(const std::vector<std::string>& words) {
  Story story;
  for (const std::string& word : words) story.text += word + " ";
  if (!story.text.empty()) story.text.pop_back();
  story.blocks.push_back(
      {dateline::BlockKind::kParagraph, dateline::MakeSpan(0, story.text.size()), {}});
  return story;
}

double Unit(Random& random) { return static_cast<double>(random() >> 11U) * 0x1p-53; }

/// `other`: words that stand for those changed.
std::vector<std::string> Changed(std::vector<std::string> words, const Change& change,
                                 const std::vector<std::string>& other, Random& random) {
  const auto count = static_cast<double>(words.size());
  words.resize(words.size() - static_cast<std::size_t>(count * change.cut));
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool top = static_cast<double>(i) < count * change.top;
    if (top || Unit(random) < change.words) words[i] = other[random() % other.size()];
  }
  return words;
}

struct Pair {
  std::size_t change = 0;
  std::vector<std::uint64_t> original;  ///< shingles
  std::vector<std::uint64_t> copy;
  std::int64_t number = 0;  ///< of the original in the index
};

std::vector<Pair> PlantPairs(const Happenings& happenings, std::uint64_t seed) {
  Random random(seed);
  std::vector<Pair> pairs;
  for (std::uint64_t i = 0; pairs.size() < kPairs * std::size(kChanges); ++i) {
    const std::size_t change = pairs.size() % std::size(kChanges);
    const auto words = WordsOf(happenings.Make(i % happenings.size()).story);
    const auto other = WordsOf(happenings.Make((i + 4711) % happenings.size()).story);
    if (words.size() < 2 * archive::kLeastWords || other.empty()) continue;
    Pair pair{.change = change,
              .original = archive::Shingles(StoryOf(words)),
              .copy = archive::Shingles(StoryOf(Changed(words, kChanges[change], other, random)))};
    if (archive::Similarity(pair.copy, pair.original) < archive::kCopySimilarity) continue;
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

/// Where a key of 64 bits is in the layout that is sampled.
struct Layout {
  const char* name;
  double partitions = 1;  ///< 1: one index
  double rows = kRows;    ///< that the sample holds, of the 65,536 of an index

  /// The key in the sample: BandIndex takes the upper 32 bits, whose upper half is the row.
  [[nodiscard]] std::uint64_t Key(std::uint64_t key) const {
    if (partitions > 1) {
      __extension__ using Wide = unsigned __int128;
      return static_cast<std::uint64_t>(Wide{key} * static_cast<std::uint64_t>(partitions));
    }
    const std::uint64_t row = (key >> 48U) % static_cast<std::uint64_t>(rows);
    return (row << 48U) | (key & 0xFFFFFFFFFFFFULL);
  }
  [[nodiscard]] std::uint64_t AnyKey(Random& random) const { return Key(random()); }
  /// The share of all entries that the sample holds.
  [[nodiscard]] double Share() const { return rows / kRows / partitions; }
};

struct Measured {
  double entries = 0;
  double bytes_an_entry = 0;
  double fill_us = 0;  ///< an entry
  double lookup_us = 0;
  double list = 0;        ///< entries read for one key
  double candidates = 0;  ///< stories a story shares a key with
  double compared = 0;    ///< word by word
  std::vector<double> recall;
};

/// Fills the sample with what is in it of all stories, the planted ones among them.
void Fill(archive::BandIndex& index, archive::Database& database, const Layout& layout,
          double stories, double keys, std::vector<Pair>& pairs, Random& random) {
  const double entries = stories * keys * layout.Share();
  const double between = entries / static_cast<double>(pairs.size());
  const double step = stories / (entries + static_cast<double>(pairs.size()));
  double number = 1;
  double due = 0;
  database.Run("BEGIN");
  for (Pair& pair : pairs) {
    due += between;
    const auto count = static_cast<std::uint64_t>(due);
    due -= static_cast<double>(count);
    for (std::uint64_t i = 0; i < count; ++i) {
      number += 1 + (step - 1) * 2 * Unit(random);
      const std::uint64_t key = layout.AnyKey(random);
      index.Add(static_cast<std::int64_t>(number), std::span(&key, 1));
    }
    pair.number = static_cast<std::int64_t>(number += 1);
    std::vector<std::uint64_t> sketch;
    for (const std::uint64_t each : archive::Sketch(pair.original)) {
      sketch.push_back(layout.Key(each));
    }
    index.Add(pair.number, sketch);
  }
  index.Settle();
  database.Run("COMMIT");
}

/// Whether the copy's original is among the stories that are compared with it.
bool IsFound(archive::BandIndex& index, const Layout& layout, const Pair& pair, Measured& sums) {
  const auto sketch = archive::Sketch(pair.copy);
  std::unordered_map<std::int64_t, std::size_t> shared;
  std::vector<std::int64_t> with_key;
  const double begin = CpuSeconds();
  for (const std::uint64_t key : sketch) {
    with_key.clear();
    index.Find(layout.Key(key), kMostInBand, with_key);
    for (const std::int64_t other : with_key) ++shared[other];
  }
  std::vector<std::pair<std::size_t, std::int64_t>> near;
  near.reserve(shared.size());
  for (const auto& [other, keys] : shared) near.emplace_back(sketch.size() - keys, other);
  std::ranges::sort(near);
  if (near.size() > kMostCompared) near.resize(kMostCompared);
  sums.lookup_us += (CpuSeconds() - begin) * 1e6;
  sums.candidates += static_cast<double>(shared.size());
  sums.compared += static_cast<double>(near.size());
  return std::ranges::any_of(near, [&](const auto& each) { return each.second == pair.number; });
}

Result<Measured> MeasureBands(const Layout& layout, double stories, double keys,
                              std::vector<Pair> pairs, std::uint64_t seed) {
  const std::string path = "scale_run.db";
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  DATELINE_TRY(const auto database, archive::Database::Open(path, archive::Access::kWrite));
  if (auto made = archive::Migrate(*database); !made) return std::unexpected(made.error());
  archive::BandIndex index(*database);
  Random random(seed + 1);
  Measured measured;
  const double begin = CpuSeconds();
  Fill(index, *database, layout, stories, keys, pairs, random);
  if (auto failure = database->TakeFailure()) return std::unexpected(*failure);
  measured.entries = stories * keys * layout.Share();
  for (const Pair& pair : pairs) {
    measured.entries += static_cast<double>(archive::Sketch(pair.original).size());
  }
  measured.fill_us = (CpuSeconds() - begin) * 1e6 / measured.entries;
  const auto bytes =
      static_cast<double>(database->Number("SELECT sum(length(entries)) FROM bands"));
  measured.bytes_an_entry = bytes / measured.entries;
  measured.list = measured.entries / layout.rows;
  std::vector<double> found(std::size(kChanges));
  for (const Pair& pair : pairs) found[pair.change] += IsFound(index, layout, pair, measured);
  for (const double each : found) measured.recall.push_back(each / kPairs);
  const auto count = static_cast<double>(pairs.size());
  measured.lookup_us /= count;
  measured.candidates /= count;
  measured.compared /= count;
  std::filesystem::remove(path);
  return measured;
}

void PrintBands(const Layout& layout, const Measured& m, double stories, double keys) {
  const double gigabytes = m.bytes_an_entry * keys * stories / 1e9;
  fmt::print("\n{}: sampled {:.6f} of all entries, {:.0f} of them\n", layout.name, layout.Share(),
             m.entries);
  fmt::print("  entries in a row        {:10.0f}\n", m.list);
  fmt::print("  bytes an entry          {:10.2f}   a story {:.1f}   all {:.0f} GB\n",
             m.bytes_an_entry, m.bytes_an_entry * keys, gigabytes);
  fmt::print("  us to add an entry      {:10.2f}   a story {:.0f}\n", m.fill_us, m.fill_us * keys);
  fmt::print("  us to look up a story   {:10.1f}\n", m.lookup_us);
  fmt::print("  candidates a story      {:10.2f}   compared word by word {:.2f}\n", m.candidates,
             m.compared);
  for (std::size_t i = 0; i < std::size(kChanges); ++i) {
    fmt::print("  found, {:<20} {:6.1f} % of {}\n", kChanges[i].name, m.recall[i] * 100, kPairs);
  }
}

int RunBands(const Happenings& happenings, double stories, double partitions, std::uint64_t seed) {
  const auto pairs = PlantPairs(happenings, seed);
  double keys = 0;
  const double begin = CpuSeconds();
  for (const Pair& pair : pairs) keys += static_cast<double>(archive::Sketch(pair.original).size());
  const auto count = static_cast<double>(pairs.size());
  keys /= count;
  fmt::print("{:.0f} planted copies of {} kinds; {:.1f} keys a story, {:.1f} us to sketch one\n",
             count, std::size(kChanges), keys, (CpuSeconds() - begin) * 1e6 / count);
  const double indexed = keys * kIndexedShare;
  fmt::print("{:.0f} stories, of which {:.0f} % are in the index: {:.1f} keys a story\n", stories,
             kIndexedShare * 100, indexed);
  const struct {
    Layout layout;
    double stories;
  } samples[] = {
      {{.name = "one index of 100,000 stories, whole"}, 1e5},
      {{.name = "one index", .rows = 7}, stories},
      {{.name = "partitions", .partitions = partitions}, stories},
  };
  for (const auto& [layout, all] : samples) {
    const auto measured = MeasureBands(layout, all, indexed, pairs, seed);
    if (!measured) {
      fmt::print(stderr, "{}\n", measured.error().Text());
      return 1;
    }
    PrintBands(layout, *measured, all, indexed);
  }
  return 0;
}

// ------------------------------------------------------------------------------------- clusters

/// A clusterer with what the stories put into it are.
class Stream {
 public:
  explicit Stream(const Happenings& happenings) : happenings_(happenings) {}

  void Take(std::uint64_t index, bool measure) {
    const auto report = happenings_.Make(index);
    const auto terms = archive::TermsOf(report.story);
    const std::int32_t day = archive::DayOf(report.story);
    const auto story = static_cast<std::int64_t>(index + 1);
    const double begin = CpuSeconds();
    for (const std::int32_t missing : clusterer_.Missing(day)) clusterer_.Hold(missing, {});
    const auto signature = clusterer_.Weigh(terms, day);
    const auto placing = clusterer_.Place(signature, day);
    const std::int64_t cluster = placing.cluster.value_or(story);
    if (placing.merged) clusterer_.Merge(*placing.merged, cluster);
    clusterer_.Insert({.story = story, .cluster = cluster, .day = day, .signature = signature});
    const double seconds = CpuSeconds() - begin;
    if (measure) Count(report.happening, placing.cluster.has_value(), cluster, seconds);
    seen_[report.happening] = true;
    if (!placing.cluster) happening_of_[cluster] = report.happening;
  }

  void Print(std::uint64_t a_day, double bytes) const {
    fmt::print(
        "  {:>6} a day: {:7.0f} us a story, {:5.0f} bytes a story held, {:6.0f} MB; of {:.0f} "
        "reports of known happenings {:.1f} % join one, {:.1f} % of those that join are right\n",
        a_day, us_ / count_, bytes / static_cast<double>(clusterer_.size()), bytes / 1e6, due_,
        100 * joined_due_ / due_, 100 * right_ / joined_);
  }

 private:
  void Count(std::uint64_t happening, bool joined, std::int64_t cluster, double seconds) {
    us_ += seconds * 1e6;
    ++count_;
    const bool due = seen_.contains(happening);
    due_ += due;
    joined_due_ += due && joined;
    joined_ += joined;
    const auto known = happening_of_.find(cluster);
    right_ += joined && known != happening_of_.end() && known->second == happening;
  }

  const Happenings& happenings_;
  archive::Clusterer clusterer_;
  std::unordered_map<std::uint64_t, bool> seen_;
  std::unordered_map<std::int64_t, std::uint64_t> happening_of_;
  double us_ = 0;
  double count_ = 0;
  double due_ = 0;
  double joined_due_ = 0;
  double joined_ = 0;
  double right_ = 0;
};

Result<void> RunDay(const std::string& templates, std::uint64_t a_day, std::uint64_t seed) {
  const std::uint64_t before = a_day * archive::kWindowDays;
  DATELINE_TRY(const Happenings happenings,
               Happenings::Load(templates,
                                {.reports = before + a_day, .reports_a_day = a_day, .seed = seed}));
  const double held = BytesHeld();
  Stream stream(happenings);
  for (std::uint64_t i = 0; i < happenings.size(); ++i) stream.Take(i, i >= before);
  stream.Print(a_day, BytesHeld() - held);
  return {};
}

template <typename Number>
Number Argument(int argc, char** argv, int at, Number otherwise) {
  return argc > at ? static_cast<Number>(std::stod(argv[at])) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  const auto stories = Argument<double>(argc, argv, 1, 1e9);
  const auto partitions = Argument<double>(argc, argv, 2, 1e4);
  const std::string days = argc > 3 ? argv[3] : "3000,10000,30000";
  const auto seed = Argument<std::uint64_t>(argc, argv, 4, 1);
  const std::string templates = std::string(DATELINE_SOURCE_DIR) + "/bench/happenings.tsv";
  const auto happenings = Happenings::Load(templates, {.reports = 20000, .seed = seed});
  if (!happenings) {
    fmt::print(stderr, "{}\n", happenings.error().Text());
    return 1;
  }
  if (const int code = RunBands(*happenings, stories, partitions, seed); code != 0) return code;
  fmt::print("\nclusters: a day after {} full ones\n", archive::kWindowDays);
  std::istringstream in(days);
  for (std::string each; std::getline(in, each, ',');) {
    const auto done = RunDay(templates, std::stoull(each), seed);
    if (done) continue;
    fmt::print(stderr, "{}\n", done.error().Text());
    return 1;
  }
  return 0;
}
