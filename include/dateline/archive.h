/// The archive: stories with everything found in them, in one SQLite file that can be asked.
///
///   auto archive = dateline::Archive::Open("news.db", dateline::ArchiveAccess::kWrite);
///   archive->BeginRun({.started = "2031-05-04T08:15:00Z", .program = "dateline 0.1.0"});
///   archive->Add({PrepareInput(piece, std::move(stories))});
///   for (const auto& hit : *archive->Search("ties AND (Halvik OR Oslavia)", {}))
///     std::puts(hit.headline.c_str());
///
/// The tables of the file are a public contract (docs/schema.md): other programs may read them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/date.h"
#include "dateline/input.h"
#include "dateline/result.h"
#include "dateline/same.h"
#include "dateline/series.h"
#include "dateline/story.h"

namespace dateline {

/// What analysed the stories of one call of a program.
struct ArchiveRun {
  std::string started{};  ///< ISO 8601, UTC
  std::string program{};
  std::string tables{};
  std::string model{};
  std::string options{};  ///< the command line
};

/// What kind of thing a term of a story is, from common to telling.
enum class TermKind : std::uint8_t {
  kShortWord,
  kMiddleWord,
  kLongWord,
  kName,    ///< a word with a capital, a number
  kEntity,  ///< a person's or organisation's full name
  kPlace,
  kEvent,  ///< who did what to whom: countries and a root code
  kDay,
};
inline constexpr std::size_t kTermKinds = 8;

/// A thing that a story is about, by which other stories about it are found.
struct StoryTerm {
  std::uint32_t key = 0;  ///< hash, 24 bits
  float weight = 0;       ///< how often and how early it stands
  TermKind kind = TermKind::kShortWord;
  bool operator==(const StoryTerm&) const = default;
};

namespace archive {
struct PackedStory;
}

/// A story in the forms that are stored.
struct ArchiveItem {
  Story story{};
  std::shared_ptr<archive::PackedStory> packed{};  ///< its facts
  std::vector<std::uint64_t> sketch{};  ///< tells near-duplicates; empty: too short to tell
  std::vector<StoryTerm> terms{};       ///< tell stories about the same happening
};

/// One piece of input with its stories, ready to be stored: all of it or nothing.
struct ArchiveInput {
  std::string hash{};  ///< 16 bytes, see InputHash
  std::string path{};
  std::uint64_t line = 0;
  std::uint64_t record = 0;
  std::uint64_t offset = 0;
  std::string_view format{};
  std::shared_ptr<const std::string> context{};
  std::uint64_t size = 0;  ///< of the bytes as handed in
  std::string original{};  ///< those bytes, zstd with the first story's text as dictionary
  std::vector<ArchiveItem> items{};
};

/// 16 bytes: XXH3-128 of the piece's bytes and of what its file says before it.
std::string InputHash(const InputPiece& piece);
/// Does what costs time and needs no archive: compresses and sketches. Any thread.
ArchiveInput PrepareInput(const InputPiece& piece, std::vector<Story> stories);

struct AddCounts {
  std::uint64_t stories = 0;  ///< new ones
  std::uint64_t known = 0;    ///< already there, byte for byte
  std::uint64_t copies = 0;   ///< of the new ones, near-duplicates of an earlier story
  bool operator==(const AddCounts&) const = default;
};

/// An input of the archive whose stories an earlier engine has read.
struct StoredInput {
  std::int64_t number = 0;
  InputPiece piece{};             ///< as it was handed in
  std::uint32_t first_index = 0;  ///< Source::index of its first story
  std::string options{};          ///< ArchiveRun::options of the run that added it
  std::int64_t first_story = 0;   ///< the first and last of its stories that are to be read again
  std::int64_t last_story = 0;
  std::optional<Error> problem{};  ///< what is stored of it cannot be unpacked: `piece` is empty
};

/// A stored input read again.
struct RebuiltInput {
  std::int64_t number = 0;
  std::int64_t first_story = 0;  ///< as of StoredInput
  std::int64_t last_story = 0;
  ArchiveInput input{};  ///< by PrepareInput; no items where it could not be read
};

struct RebuildCounts {
  std::uint64_t changed = 0;  ///< stories of which something is told otherwise now
  std::uint64_t same = 0;     ///< stories of which all is told as before
  std::uint64_t added = 0;    ///< stories that the earlier engine had not found
  std::uint64_t left = 0;     ///< stories that are not found any more, and stay as they were
  bool operator==(const RebuildCounts&) const = default;
};

/// Days are inclusive. A fact without a date is outside any bounds.
struct DayRange {
  std::optional<Date> from{};
  std::optional<Date> to{};
  bool operator==(const DayRange&) const = default;
};

struct SearchOptions {
  DayRange published{};
  std::uint64_t limit = 20;
  bool newest_first = false;  ///< else best first
  bool copies = false;        ///< also those that are a copy of a story found
  bool bare = false;          ///< numbers and scores alone; see Archive::Show
};

struct SearchHit {
  std::int64_t story = 0;
  std::string id{};
  std::optional<std::string> published{};
  std::string headline{};
  std::optional<std::string> publisher{};
  std::string snippet{};      ///< words of the story around what was found
  std::vector<Span> marks{};  ///< what was found, in `snippet`
  double score = 0;           ///< greater is better
};

/// Within so many kilometres of a point, in degrees north and east (WGS 84).
struct Near {
  double lat = 0;
  double lon = 0;
  double km = 0;
  bool operator==(const Near&) const = default;
};

/// Every field that is set must hold.
struct EventFilter {
  std::string source{};  ///< an actor code or its beginning ("CHN"), else a name
  std::string target{};
  std::string code{};    ///< a CAMEO code or its beginning: "04"
  std::string status{};  ///< "occurred"
  std::string place{};   ///< a place name, else a country as ISO 3166-1 alpha-3
  std::optional<Near> near{};
  double sure = 0;          ///< least Event::confidence
  DayRange days{};          ///< of the event
  std::uint64_t limit = 0;  ///< 0: all
  bool operator==(const EventFilter&) const = default;
};

struct QuoteFilter {
  std::string by{};     ///< words of the speaker's name
  std::string about{};  ///< a query as of Search, to be met by the story and by words of the quote
  DayRange published{};
  std::uint64_t limit = 0;
  bool operator==(const QuoteFilter&) const = default;
};

/// Facts of one story.
struct StoryFacts {
  std::int64_t story = 0;
  std::vector<std::uint32_t> numbers{};  ///< places in Story::events or Story::attributions
};

/// How a story came in: what was read, with which options of `dateline add`.
struct StoryOrigin {
  InputPiece piece{};
  std::string options{};
};

/// One value of a row of Archive::Sql.
struct SqlValue {
  enum class Kind : std::uint8_t { kNull, kNumber, kReal, kText, kBytes };
  Kind kind = Kind::kNull;
  std::string text{};  ///< the value in words; of bytes, hex digits
};

enum class ArchiveAccess : std::uint8_t { kRead, kWrite };

/// Not thread-safe; several archives may be open on one file, in one program or many: any number
/// read while one writes. What Add has returned for is safe against the end of the program at any
/// moment, and against power cuts but for the last moments, of which all or nothing is kept.
class Archive {
 public:
  /// Whether the file begins as an archive does. False for what cannot be read.
  static bool IsArchive(const std::string& path);

  /// kWrite creates the file when it is not there and brings an earlier version up to date.
  /// kNotFound, kUnreadable, kMalformed (no archive, damaged), kUnsupported (a later version).
  static Result<Archive> Open(const std::string& path, ArchiveAccess access);

  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

  /// Stamps what is added from now on. The row is written with the first input that is new.
  void BeginRun(const ArchiveRun& run);
  /// Whether a piece with this InputHash has been added, with all its stories.
  [[nodiscard]] Result<bool> Knows(std::string_view input_hash);
  /// Adds all or nothing. What is there already (by InputHash, by Story::id) stays as it is.
  /// REQUIRES: BeginRun has been called.
  [[nodiscard]] Result<AddCounts> Add(std::span<const ArchiveInput> inputs);

  /// The next inputs, in order of their stories, of which a story with a number over `after` was
  /// read by another program, tables or model than BeginRun names. REQUIRES: BeginRun.
  [[nodiscard]] Result<std::vector<StoredInput>> InputsToRebuild(std::int64_t after,
                                                                 std::size_t limit);
  /// Puts what was read again in the place of what is stored, all or nothing. A story keeps its
  /// number, and an event its own where it is the same as before (see KeepPlaces). REQUIRES:
  /// BeginRun.
  [[nodiscard]] Result<RebuildCounts> Rebuild(std::span<const RebuiltInput> inputs);

  /// Measures the tables, so that questions find short ways through them; to be called after much
  /// was added.
  [[nodiscard]] Result<void> Tune();

  /// `query`: words, "phrases", beginnings*, headline:word; AND, OR, NOT and parentheses.
  /// kInvalidArgument names what cannot be read in it.
  [[nodiscard]] Result<std::vector<SearchHit>> Search(std::string_view query,
                                                      const SearchOptions& options);
  /// Numbers of all stories that the query finds, copies too, in order.
  [[nodiscard]] Result<std::vector<std::int64_t>> FindMatches(std::string_view query);
  /// Fills in what bare hits of the query lack.
  [[nodiscard]] Result<void> Show(std::string_view query, std::vector<SearchHit>& hits);
  /// In order of the day, then of the stories' numbers.
  [[nodiscard]] Result<std::vector<StoryFacts>> FindEvents(const EventFilter& filter);
  /// How many events of a kind there were, period by period.
  [[nodiscard]] Result<Timeline> FindTimeline(const TimelineQuery& query,
                                              const EventFilter& filter);
  /// Who did something to whom, how often and how, most events first.
  [[nodiscard]] Result<std::vector<Tie>> FindNetwork(const NetworkQuery& query,
                                                     const EventFilter& filter);
  /// In order of publication, then of the stories' numbers.
  [[nodiscard]] Result<std::vector<StoryFacts>> FindQuotes(const QuoteFilter& filter);

  /// The number of the story with this number, or whose id begins so (8 digits at least).
  [[nodiscard]] Result<std::int64_t> FindStory(std::string_view id);
  /// As it was added, but for `alignment`, `tokens`, `references`.
  [[nodiscard]] Result<Story> LoadStory(std::int64_t story);
  /// The bytes of the input that the story came with.
  [[nodiscard]] Result<std::string> LoadOriginal(std::int64_t story);
  /// Numbers of the stories published in these days, in order; at most `limit` (0: all).
  [[nodiscard]] Result<std::vector<std::int64_t>> FindStories(const DayRange& published,
                                                              std::uint64_t limit = 0);
  /// What the engine was given when the story was added.
  [[nodiscard]] Result<StoryOrigin> LoadOrigin(std::int64_t story);
  /// When the run began that added the story, as BeginRun was told.
  [[nodiscard]] Result<std::string> AddedAt(std::int64_t story);
  /// Numbers of the stories that are copies of the same as this one, without it.
  [[nodiscard]] Result<std::vector<std::int64_t>> CopiesOf(std::int64_t story);

  [[nodiscard]] Result<std::vector<StoryCluster>> FindClusters(const ClusterFilter& filter);
  /// The cluster that has this number, had it before it was merged, or has this story. kNotFound.
  [[nodiscard]] Result<ClusterLife> LoadCluster(std::int64_t number);
  /// What the story points to, in its order.
  [[nodiscard]] Result<std::vector<RelatedStory>> RelatedTo(std::int64_t story);

  /// Those told most first.
  [[nodiscard]] Result<std::vector<Identity>> FindIdentities(const IdentityFilter& filter);
  /// How many there are; without `limit` and `offset`.
  [[nodiscard]] Result<std::uint64_t> CountIdentities(const IdentityFilter& filter);
  /// The one with this number, or that it is the same as by a correction; `limit` bounds the
  /// evidence. kNotFound.
  [[nodiscard]] Result<IdentityLife> LoadIdentity(std::int64_t identity,
                                                  std::uint64_t limit = 1000);

  /// Events that are one by the rule, each in the place of the first report found of it.
  [[nodiscard]] Result<std::vector<SameEvent>> FindSameEvents(const std::vector<StoryFacts>& found,
                                                              EventIdentity rule);
  /// The same as facts: of each event the first report alone.
  [[nodiscard]] Result<std::vector<StoryFacts>> OneOfEach(const std::vector<StoryFacts>& found,
                                                          EventIdentity rule);

  /// Keeps a correction, apart from what the program found; `number`, `id` and `machine` are filled
  /// in.
  /// Gives its number. What it is about must be there (kNotFound), and not be corrected so already
  /// (kInvalidArgument). The archive must be open for writing.
  [[nodiscard]] Result<std::int64_t> Correct(Correction correction);
  /// From `when` on (ISO 8601) the correction does not count; its row stays. kNotFound.
  [[nodiscard]] Result<void> TakeBack(std::int64_t correction, const std::string& when);
  /// All there are, in order, those taken back too.
  [[nodiscard]] Result<std::vector<Correction>> Corrections();
  /// Puts into the story the codes that corrections give its events, with the rule "user:N".
  /// Events that are none stay: FindEvents does not find them.
  [[nodiscard]] Result<void> ApplyCorrections(std::int64_t number, Story& story);

  /// Runs one statement that changes nothing. `begin` gets the names of the columns, `row` each
  /// row; when `row` returns false the rest is left. The archive must be open for reading.
  [[nodiscard]] Result<void> Sql(std::string_view statement,
                                 const std::function<void(const std::vector<std::string>&)>& begin,
                                 const std::function<bool(const std::vector<SqlValue>&)>& row);

  /// Looks at all of the file: that SQLite finds it sound, that every reference leads somewhere,
  /// that spans lie in their texts, that stories are what their hashes say, and that the index of
  /// words agrees with the texts. Gives what is wrong, one line each, at most `limit`; nothing when
  /// all is well. The archive must be open for writing, though nothing is changed.
  [[nodiscard]] Result<std::vector<std::string>> Check(std::size_t limit = 100);
  /// How many stories are in it.
  [[nodiscard]] Result<std::int64_t> CountStories();

 private:
  struct Impl;
  explicit Archive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline
