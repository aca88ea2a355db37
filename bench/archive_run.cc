// Fills an archive with generated stories whose analysis is given, and asks it questions:
//
//   archive_run [STORIES=10000] [FILE=archive_run.db] [SEED=1] [TABLE.tsv] [THERE=0]
//
// A story has about 300 words of a vocabulary whose frequencies fall as in English, 16 sentences,
// 9 entities with 24 mentions, 4 times, 5 places, 3 quotes and 3 events. One in five is a copy of
// an earlier one: with another top, shortened, or with words changed; which, is known. Prints the
// rate of the store (with its own compression and sketches; one thread prepares the next batch
// while another writes: processor time of each, and what both together reach by the clock), the
// size beside that of the compressed texts, what near-duplicates are found, and the time of
// queries. With a fourth argument the figures are appended to that table, from which
// bench/plot_archive.py draws how cost grows. STORIES=0 asks an archive that is there; with THERE
// the archive holds so many of an earlier run, and STORIES are added to it.
#include <fmt/core.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "archive/compress.h"
#include "dateline/archive.h"

namespace {

using dateline::Archive;
namespace archive = dateline::archive;
using dateline::ArchiveInput;
using dateline::MakeSpan;
using dateline::Result;
using dateline::Span;
using dateline::Story;
using Clock = std::chrono::steady_clock;
using Random = std::mt19937_64;

/// Processor time of this thread: what others do on the machine does not count.
double ThreadSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

constexpr std::size_t kSentences = 16;
constexpr std::uint64_t kCopyEvery = 5;

/// Words, names and codes to draw from.
class Vocabulary {
 public:
  explicit Vocabulary(std::uint64_t seed) {
    Random random(seed);
    constexpr const char* kParts[] = {"ba",  "ke",  "lo",  "mi",  "nu",  "pra", "sto",
                                      "ven", "dor", "ash", "el",  "tri", "gon", "ran",
                                      "sul", "the", "com", "per", "ist", "wal"};
    for (int i = 0; i < 40000; ++i) {
      std::string word;
      for (auto n = 1 + random() % 3; n > 0; --n) word += kParts[random() % 20];
      words_.push_back(word + (i < 400 ? "" : std::to_string(i % 97)));
    }
    for (int i = 0; i < 20000; ++i) {
      names_.push_back(Capital(words_[random() % words_.size()]) + " " +
                       Capital(words_[random() % words_.size()]));
    }
  }

  /// Rank falls as in natural text (Zipf): a few words are most of it.
  const std::string& Word(Random& random) const {
    const double u = static_cast<double>(random() % 1000003) / 1000003.0;
    const auto rank = std::pow(static_cast<double>(words_.size()), u);
    return words_[std::min(words_.size() - 1, static_cast<std::size_t>(rank))];
  }
  const std::string& Name(Random& random) const {
    const double u = static_cast<double>(random() % 1000003) / 1000003.0;
    return names_[static_cast<std::size_t>(std::pow(static_cast<double>(names_.size() - 1), u))];
  }
  static const char* Country(Random& random) {
    constexpr const char* kCodes[] = {"USA", "CHN", "RUS", "UKR", "GBR", "FRA", "DEU", "ISR",
                                      "IRN", "IND", "JPN", "BRA", "TUR", "SYR", "EGY", "KEN"};
    return kCodes[std::min(random() % 16, random() % 16)];
  }

 private:
  static std::string Capital(std::string word) {
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
  }
  std::vector<std::string> words_;
  std::vector<std::string> names_;
};

/// The sentences of an original, without its headline.
std::vector<std::string> Sentences(const Vocabulary& vocabulary, Random& random) {
  std::vector<std::string> sentences;
  for (std::size_t i = 0; i < kSentences; ++i) {
    std::string sentence = vocabulary.Name(random);
    for (auto n = 12 + random() % 10; n > 0; --n) sentence += " " + vocabulary.Word(random);
    sentences.push_back(sentence + ".");
  }
  return sentences;
}

/// What a desk does to a story that it takes over.
void Rewrite(std::vector<std::string>& sentences, const Vocabulary& vocabulary, Random& random) {
  switch (random() % 4) {
    case 0:  // as it is, under another headline
      break;
    case 1:  // another top
      sentences[0] = vocabulary.Name(random) + " " + vocabulary.Word(random) + " new top words.";
      sentences[1] = vocabulary.Name(random) + " " + vocabulary.Word(random) + " more of them.";
      break;
    case 2:  // cut from the end
      sentences.resize(kSentences - 2 - random() % 4);
      break;
    default:  // a word here and there
      for (auto n = 1 + random() % 4; n > 0; --n) {
        sentences[random() % sentences.size()] += " " + vocabulary.Word(random) + ".";
      }
  }
}

/// Number `index`, and the number of the story it is a copy of (its own where it is none).
class Corpus {
 public:
  explicit Corpus(std::uint64_t seed) : seed_(seed), vocabulary_(seed) {}

  [[nodiscard]] std::uint64_t OriginalOf(std::uint64_t index) const {
    if (index % kCopyEvery != kCopyEvery - 1) return index;
    const std::uint64_t back =
        1 + Random(seed_ + index * 7919)() % std::min<std::uint64_t>(index, 20000);
    const std::uint64_t other = index - back;
    return other % kCopyEvery == kCopyEvery - 1 ? other - 1 : other;
  }

  [[nodiscard]] Story Make(std::uint64_t index) const {
    const std::uint64_t original = OriginalOf(index);
    Random text_random(seed_ * 31 + original);
    Random random(seed_ * 37 + index);
    auto sentences = Sentences(vocabulary_, text_random);
    if (original != index) Rewrite(sentences, vocabulary_, random);
    Story story;
    story.id = fmt::format("{:016x}{:016x}", random(), random());
    story.source = {.id = {}, .path = fmt::format("wire/{}.txt", index), .url = {}};
    story.article.headline =
        vocabulary_.Name(random) + " " + vocabulary_.Word(random) + " " + vocabulary_.Word(random);
    story.article.publisher = "Outlet " + std::to_string(random() % 50);
    story.article.date_published = dateline::DateTime{
        .date = *dateline::MakeDate(2031 + static_cast<int>(index / 200000),
                                    1 + static_cast<unsigned>(index / 16000 % 12),
                                    1 + static_cast<unsigned>(random() % 28)),
        .time = {},
        .utc_offset = {}};
    AddText(sentences, story);
    AddFacts(random, story);
    return story;
  }

 private:
  static void AddText(const std::vector<std::string>& sentences, Story& story) {
    const std::string& headline = *story.article.headline;
    story.text = headline + "\n\n";
    story.blocks.push_back({dateline::BlockKind::kHeadline, MakeSpan(0, headline.size()), {}});
    story.sentences.push_back({story.blocks[0].span, dateline::BlockIndex{0}});
    const std::size_t begin = story.text.size();
    for (const std::string& sentence : sentences) {
      const std::size_t at = story.text.size();
      story.text += sentence + " ";
      story.sentences.push_back({MakeSpan(at, at + sentence.size()), dateline::BlockIndex{1}});
    }
    story.blocks.push_back(
        {dateline::BlockKind::kParagraph, MakeSpan(begin, story.text.size() - 1), {}});
  }

  void AddFacts(Random& random, Story& story) const {
    const auto span = [&] {
      const Span sentence = story.sentences[random() % story.sentences.size()].span;
      return Span{sentence.begin, std::min(sentence.end, sentence.begin + 9)};
    };
    for (std::uint32_t i = 0; i < 9; ++i) {
      const std::string country = Vocabulary::Country(random);
      story.entities.push_back(
          {i < 5 ? dateline::EntityType::kPerson : dateline::EntityType::kCountry,
           vocabulary_.Name(random),
           country,
           country + (i % 2 == 0 ? "GOV" : ""),
           {},
           {}});
      if (i < 2) story.entities.back().roles.push_back({"minister", country, {}, span()});
      for (std::uint32_t m = 0; m < 3 - i % 2; ++m) {
        story.entities.back().mentions.push_back({span(), dateline::MentionKind::kName});
      }
    }
    for (int i = 0; i < 4; ++i)
      story.times.push_back({span(), dateline::TimexType::kDate, "2031-05-04", {}});
    for (int i = 0; i < 5; ++i) {
      story.places.push_back({span(),
                              vocabulary_.Name(random),
                              Vocabulary::Country(random),
                              {},
                              1.5,
                              2.5,
                              4711,
                              true});
    }
    for (std::uint32_t i = 0; i < 3; ++i) {
      story.attributions.push_back(
          {dateline::AttributionKind::kIndirect,
           {span()},
           dateline::EntityIndex{i},
           {span()},
           "say",
           {story.sentences[1 + random() % (story.sentences.size() - 1)].span},
           0.9});
    }
    for (std::uint32_t i = 0; i < 3; ++i) AddEvent(random, i, span(), story);
  }

  static void AddEvent(Random& random, std::uint32_t i, Span span, Story& story) {
    constexpr const char* kCodes[] = {"010", "042", "036", "051", "112", "190", "141", "173"};
    dateline::Event event;
    event.cameo = kCodes[random() % 8];
    event.plover = "CONSULT";
    event.trigger = span;
    event.evidence = {span};
    event.source = {{dateline::EntityIndex{i}, *story.entities[i].actor, span}};
    event.target = {{dateline::EntityIndex{i + 5}, *story.entities[i + 5].actor, span}};
    event.date = story.article.date_published->date;
    event.place = dateline::EventPlace{story.places[i].name, story.places[i].country, 1.5, 2.5};
    event.confidence = 0.8;
    event.rule = "040.meet";
    story.events.push_back(std::move(event));
  }

  std::uint64_t seed_;
  Vocabulary vocabulary_;
};

struct Filled {
  std::uint64_t text_bytes = 0;  ///< compressed, each story by itself
  double preparing = 0;          ///< processor time of that thread, in seconds
  double writing = 0;            ///< likewise
  double clock = 0;              ///< both at work, generating the stories included
};

ArchiveInput Prepare(Story story) {
  dateline::InputPiece piece;
  piece.bytes = story.text;
  piece.path = *story.source.path;
  std::vector<Story> stories;
  stories.push_back(std::move(story));
  return dateline::PrepareInput(piece, std::move(stories));
}

struct Batch {
  std::vector<ArchiveInput> inputs{};
  std::uint64_t text_bytes = 0;
  double preparing = 0;
};

/// `used` is let go of by the thread that prepares, not by the one that writes.
Batch MakeBatch(const Corpus& corpus, std::uint64_t from, std::uint64_t to, Batch used) {
  used.inputs.clear();
  Batch batch{.inputs = std::move(used.inputs)};
  for (std::uint64_t i = from; i < to; ++i) {
    Story story = corpus.Make(i);
    batch.text_bytes += archive::Compress(story.text).size();
    const double begin = ThreadSeconds();
    batch.inputs.push_back(Prepare(std::move(story)));
    batch.preparing += ThreadSeconds() - begin;
  }
  return batch;
}

/// Adds the stories from number `from` up to `to`.
Result<Filled> Fill(Archive& archive, const Corpus& corpus, std::uint64_t from, std::uint64_t to) {
  constexpr std::uint64_t kBatch = 1500;  // two of them are in memory
  constexpr std::uint64_t kReport = 6;
  Filled filled;
  double reported = 0;
  const auto begin = Clock::now();
  const auto make = [&](std::uint64_t at, Batch used) {
    return std::async(std::launch::async, MakeBatch, std::cref(corpus), at,
                      std::min(to, at + kBatch), std::move(used));
  };
  Batch used;
  auto next = make(from, {});
  for (std::uint64_t at = from; at < to; at += kBatch) {
    Batch batch = next.get();
    if (at + kBatch < to) next = make(at + kBatch, std::move(used));
    filled.text_bytes += batch.text_bytes;
    filled.preparing += batch.preparing;
    const double written = ThreadSeconds();
    const auto added = archive.Add(batch.inputs);
    filled.writing += ThreadSeconds() - written;
    used = std::move(batch);
    if (!added) return std::unexpected(added.error());
    if (((at - from) / kBatch) % kReport != kReport - 1) continue;
    fmt::print(stderr, "  {} stories, the last 9,000 written at {:.0f} a second\n", at + kBatch,
               kReport * kBatch / (filled.writing - reported));
    reported = filled.writing;
  }
  filled.clock = SecondsSince(begin);
  return filled;
}

/// Whether pairs of a copy and its original are found, and nothing else.
Result<void> ScoreCopies(Archive& archive, const Corpus& corpus, std::uint64_t count) {
  std::uint64_t found = 0;
  std::uint64_t right = 0;
  std::uint64_t wanted = 0;
  std::map<std::uint64_t, std::uint64_t> original_of;
  const auto done = archive.Sql(
      "SELECT story, original FROM copies", [](const auto&) {},
      [&](const std::vector<dateline::SqlValue>& row) {
        original_of[std::stoull(row[0].text) - 1] = std::stoull(row[1].text) - 1;
        return true;
      });
  if (!done) return done;
  for (std::uint64_t i = 0; i < count; ++i) wanted += corpus.OriginalOf(i) != i ? 1U : 0U;
  for (const auto& [copy, original] : original_of) {
    ++found;
    right += corpus.OriginalOf(copy) == corpus.OriginalOf(original) ? 1U : 0U;
  }
  const double precision =
      static_cast<double>(right) / static_cast<double>(std::max<std::uint64_t>(found, 1));
  const double recall =
      static_cast<double>(right) / static_cast<double>(std::max<std::uint64_t>(wanted, 1));
  fmt::print("copies: {} of {} found, {} wrong; P {:.4f} R {:.4f} F1 {:.4f}\n", right, wanted,
             found - right, precision, recall,
             2 * precision * recall / std::max(1e-9, precision + recall));
  return {};
}

/// The figures of a run, as rows of a table: stories, what, value.
class Figures {
 public:
  Figures(std::uint64_t stories, const std::string& file) : stories_(stories) {
    if (!file.empty()) table_.open(file, std::ios::app);
  }
  void Add(std::string_view what, double value) {
    if (table_) table_ << fmt::format("{}\t{}\t{:.3f}\n", stories_, what, value);
  }

 private:
  std::uint64_t stories_;
  std::ofstream table_;
};

void Time(Figures& figures, std::string_view name, int rounds,
          const std::function<std::size_t(int)>& ask) {
  std::vector<double> times;
  std::size_t found = 0;
  for (int i = 0; i < rounds; ++i) {
    const auto begin = Clock::now();
    found += ask(i);
    times.push_back(SecondsSince(begin) * 1000);
  }
  std::ranges::sort(times);
  fmt::print("{:<34} median {:8.2f} ms   p95 {:8.2f} ms   found {}\n", name,
             times[times.size() / 2], times[times.size() * 95 / 100],
             found / static_cast<std::size_t>(rounds));
  figures.Add(name, times[times.size() * 95 / 100]);
}

/// How many rows the statement gives.
std::size_t Rows(Archive& archive, const std::string& statement) {
  std::size_t rows = 0;
  const auto done = archive.Sql(
      statement, [](const auto&) {},
      [&](const auto&) {
        ++rows;
        return true;
      });
  return done ? rows : 0;
}

void AskAll(Archive& archive, std::uint64_t count, std::uint64_t seed, Figures& figures) {
  const Vocabulary vocabulary(seed);
  Random random(seed + 1);
  const auto stories = [](const auto& result) { return result ? result->size() : 0; };
  Time(figures, "search, two words", 40, [&](int) {
    return stories(archive.Search(vocabulary.Word(random) + " " + vocabulary.Word(random), {}));
  });
  Time(figures, "search, a name", 40,
       [&](int) { return stories(archive.Search("\"" + vocabulary.Name(random) + "\"", {})); });
  Time(figures, "search, either of two, a month", 40, [&](int) {
    return stories(archive.Search(
        vocabulary.Word(random) + " OR " + vocabulary.Word(random),
        {.published = {*dateline::ParseDate("2031-01"), *dateline::ParseDate("2031-01")}}));
  });
  Time(figures, "events, code, two actors, a month", 40, [&](int) {
    return stories(archive.FindEvents(
        {.source = Vocabulary::Country(random),
         .target = Vocabulary::Country(random),
         .code = "04",
         .days = {*dateline::ParseDate("2031-01"), *dateline::ParseDate("2031-01")}}));
  });
  Time(figures, "events, a source by name", 40,
       [&](int) { return stories(archive.FindEvents({.source = vocabulary.Name(random)})); });
  Time(figures, "events, a country, first 100", 40, [&](int) {
    return stories(archive.FindEvents({.source = Vocabulary::Country(random), .limit = 100}));
  });
  Time(figures, "quotes, a speaker", 40,
       [&](int) { return stories(archive.FindQuotes({.by = vocabulary.Name(random)})); });
  Time(figures, "quotes, on a word, first 100", 40, [&](int) {
    return stories(archive.FindQuotes({.about = vocabulary.Word(random), .limit = 100}));
  });
  const auto any = [&] { return 1 + random() % count; };
  Time(figures, "sql, quotes of ten stories", 40, [&](int) {
    const auto first = any();
    return Rows(archive,
                fmt::format("SELECT speaker, quote FROM quotes WHERE story BETWEEN {} AND {}",
                            first, first + 9));
  });
  Time(figures, "sql, events found by an index", 40, [&](int) {
    return Rows(
        archive,
        fmt::format("SELECT date, source_name, target_name, evidence FROM who_did_what WHERE "
                    "story IN (SELECT (rowid >> 5) & 0xffffffff FROM event_search WHERE "
                    "event_search MATCH '1{} AND 2{} AND c04' LIMIT 20)",
                    Vocabulary::Country(random), Vocabulary::Country(random)));
  });
  Time(figures, "a story by its number", 200, [&](int) {
    return archive.LoadStory(static_cast<std::int64_t>(any())) ? std::size_t{1} : 0;
  });
}

double PeakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Questions to an archive that an earlier run has filled.
Result<void> AskThere(const std::string& file, std::uint64_t seed, const std::string& table) {
  DATELINE_TRY(Archive archive, Archive::Open(file, dateline::ArchiveAccess::kRead));
  DATELINE_TRY(const std::int64_t stories, archive.CountStories());
  const auto count = static_cast<std::uint64_t>(stories);
  Figures figures(count, table);
  if (const auto scored = ScoreCopies(archive, Corpus(seed), count); !scored) return scored;
  AskAll(archive, count, seed, figures);
  fmt::print("{} stories, peak memory {:.0f} MB\n", count, PeakMegabytes());
  figures.Add("peak memory of asking, MB", PeakMegabytes());
  return {};
}

Result<void> Run(std::uint64_t added, const std::string& file, std::uint64_t seed,
                 const std::string& table, std::uint64_t there) {
  if (added == 0) return AskThere(file, seed, table);
  if (there == 0) {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
  }
  const std::uint64_t count = there + added;
  const Corpus corpus(seed);
  Figures figures(count, table);
  std::uint64_t filled_texts = 0;
  {
    DATELINE_TRY(Archive archive, Archive::Open(file, dateline::ArchiveAccess::kWrite));
    archive.BeginRun({.started = "2031-01-01T00:00:00Z", .program = "archive_run"});
    DATELINE_TRY(const Filled filled, Fill(archive, corpus, there, count));
    if (const auto tuned = archive.Tune(); !tuned) return tuned;
    const auto stories = static_cast<double>(added);
    fmt::print(
        "{} stories: prepared at {:.0f} a second of processor time, written at {:.0f}; both at "
        "once, by the clock, {:.0f} a second\n",
        added, stories / filled.preparing, stories / filled.writing, stories / filled.clock);
    filled_texts = filled.text_bytes;
    figures.Add("prepared, stories/s", stories / filled.preparing);
    figures.Add("written, stories/s", stories / filled.writing);
    figures.Add("both by the clock, stories/s", stories / filled.clock);
  }
  if (there == 0) {
    const auto stories = static_cast<double>(count);
    const auto bytes = std::filesystem::file_size(file);  // closed, so that the log is in it
    fmt::print("file {:.1f} MB, {:.0f} bytes a story, {:.2f} times the compressed texts\n",
               static_cast<double>(bytes) / 1e6, static_cast<double>(bytes) / stories,
               static_cast<double>(bytes) / static_cast<double>(filled_texts));
    figures.Add("bytes a story", static_cast<double>(bytes) / stories);
    figures.Add("times the compressed texts",
                static_cast<double>(bytes) / static_cast<double>(filled_texts));
  }
  DATELINE_TRY(Archive archive, Archive::Open(file, dateline::ArchiveAccess::kRead));
  if (const auto scored = ScoreCopies(archive, corpus, count); !scored) return scored;
  AskAll(archive, count, seed, figures);
  fmt::print("peak memory {:.0f} MB\n", PeakMegabytes());
  figures.Add("peak memory, MB", PeakMegabytes());
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10000;
  const std::string file = argc > 2 ? argv[2] : "archive_run.db";
  const std::uint64_t seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
  const std::uint64_t there = argc > 5 ? std::strtoull(argv[5], nullptr, 10) : 0;
  const auto done = Run(count, file, seed, argc > 4 ? argv[4] : "", there);
  if (done) return 0;
  fmt::print(stderr, "archive_run: {}\n", done.error().Text());
  return 1;
}
