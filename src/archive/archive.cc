// Opening, adding and loading. A call of Add is one transaction: the row of an input and those of
// all its stories come together or not at all, so that an input whose hash is there is done.
#include "dateline/archive.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "archive/compress.h"
#include "archive/duplicates.h"
#include "archive/hex.h"
#include "archive/impl.h"
#include "archive/schema.h"
#include "archive/story_terms.h"
#include "dateline/record.h"

namespace dateline {

using archive::Access;
using archive::Blob;
using archive::Database;
using archive::Statement;

namespace {

constexpr std::size_t kDigits = 32;       // of an id
constexpr std::size_t kLeastDigits = 8;   // that a user may give
constexpr std::size_t kMostInBand = 32;   // stories looked at for one key of the index
constexpr std::size_t kLearnFrom = 200;   // stories that the words are learned from
constexpr std::size_t kMostCompared = 6;  // stories compared word by word
constexpr std::int64_t kCaughtUpAtOnce = 1000;

std::string BytesOf(const XXH128_hash_t& hash) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, hash);
  return {reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest};
}

/// The hex digits in lower case, as many as an id has.
std::string Padded(std::string_view digits, char with) {
  std::string id(digits);
  for (char& c : id) c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  id.resize(kDigits, with);
  return id;
}

std::optional<std::int64_t> Positive(std::uint64_t number) {
  return number == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(number));
}

/// SQLite's integers have a sign.
std::int64_t Signed(std::uint64_t key) { return static_cast<std::int64_t>(key); }

Result<void> PrepareToWrite(Database& database) {
  // The first header must lie in the file itself and not in a log beside it: tables first, then
  // the change to the log. SECURE_DELETE (Debian's default) would overwrite every page set free.
  // Rows of some kilobytes leave half of a small page empty. Only for a new file.
  database.Run("PRAGMA page_size = 16384");
  if (auto migrated = archive::Migrate(database); !migrated) return migrated;
  // The steps from version to version leave pages behind that nothing uses.
  if (database.Number("PRAGMA freelist_count") > 0 &&
      database.Number("SELECT count(*) FROM stories") == 0) {
    database.Run("VACUUM");
    std::ignore = database.TakeFailure();  // another program is at it already
  }
  database.RunPatiently("PRAGMA journal_mode = WAL");
  database.Run(
      "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF;"
      "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 2048; PRAGMA temp_store = MEMORY");
  if (auto failure = database.TakeFailure()) return std::unexpected(*std::move(failure));
  return {};
}

}  // namespace

std::string InputHash(const InputPiece& piece) {
  XXH3_state_t state;
  XXH3_128bits_reset(&state);
  if (piece.context) XXH3_128bits_update(&state, piece.context->data(), piece.context->size());
  XXH3_128bits_update(&state, "\0", 1);
  XXH3_128bits_update(&state, piece.bytes.data(), piece.bytes.size());
  return BytesOf(XXH3_128bits_digest(&state));
}

ArchiveInput PrepareInput(const InputPiece& piece, std::vector<Story> stories) {
  ArchiveInput input{.hash = InputHash(piece),
                     .path = piece.path,
                     .line = piece.line,
                     .record = piece.record,
                     .offset = piece.offset,
                     .format = FormatName(piece.format),
                     .context = piece.context,
                     .size = piece.bytes.size(),
                     .original = archive::Compress(
                         piece.bytes, stories.empty() ? std::string_view() : stories.front().text),
                     .items = {}};
  input.items.reserve(stories.size());
  for (Story& story : stories) {
    ArchiveItem item;
    item.packed = archive::Pack(story);
    item.sketch = archive::Sketch(item.packed->shingles);
    item.terms = archive::TermsOf(story);
    item.story = std::move(story);
    input.items.push_back(std::move(item));
  }
  return input;
}

Archive::Archive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

bool Archive::IsArchive(const std::string& path) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  constexpr std::size_t kApplicationAt = 68;
  std::array<char, 72> head{};
  std::ifstream file(path, std::ios::binary);
  if (!file.read(head.data(), head.size())) return false;
  const std::string_view bytes(head.data(), head.size());
  return bytes.starts_with(kMagic) && bytes.substr(kApplicationAt) == "dtln";
}

Result<Archive> Archive::Open(const std::string& path, ArchiveAccess access) {
  const bool write = access == ArchiveAccess::kWrite;
  // Not by opening it: to close a file gives up all locks that this program has on it, those of
  // other connections too, and another program would then take the archive for its own.
  std::error_code unknown;
  if (!write && !std::filesystem::exists(path, unknown)) {
    return Fail(ErrorCode::kNotFound,
                "there is no such archive; 'dateline add " + path + " FILE…' makes one", path);
  }
  auto impl = std::make_unique<Impl>();
  DATELINE_TRY(impl->database, Database::Open(path, write ? Access::kWrite : Access::kRead));
  const auto ready =
      write ? PrepareToWrite(*impl->database) : archive::CheckVersion(*impl->database);
  if (!ready) return std::unexpected(ready.error());
  if (write) {
    if (const auto done = impl->CatchUp(); !done) return std::unexpected(done.error());
    if (const auto done = impl->CatchUpIdentities(); !done) return std::unexpected(done.error());
  }
  return Archive(std::move(impl));
}

Result<void> Archive::Impl::CatchUp() {
  while (true) {
    if (database->Number("SELECT (SELECT max(story) FROM stories) IS (SELECT max(story) FROM "
                         "cluster_stories)") != 0) {
      return {};
    }
    if (auto failure = database->TakeFailure()) return std::unexpected(*std::move(failure));
    Writer();
    archive::Transaction transaction(*database);
    writer->clusters.BeginTransaction();
    const std::int64_t first = writer->clusters.FirstWithout();
    Statement numbers(*database,
                      "SELECT story FROM stories WHERE story >= ? ORDER BY story LIMIT ?");
    numbers.Start(first, kCaughtUpAtOnce);
    while (numbers.Step()) {
      // A story that cannot be read is for 'dateline check' to find: here it stands alone.
      const Story story = Load(numbers.Number(0)).value_or(Story{});
      writer->clusters.Add(numbers.Number(0), story, archive::TermsOf(story));
    }
    numbers.Reset();
    writer->clusters.Finish();
    if (auto done = transaction.Commit(); !done) return done;
  }
}

Result<void> Archive::Impl::CatchUpIdentities() {
  constexpr const char* kBehind =
      "SELECT (SELECT max(story) FROM stories) > (SELECT story FROM identity_progress)";
  while (database->Number(kBehind) != 0) {
    archive::IdentityWriter& identities = Writer().identities;
    archive::Transaction transaction(*database);
    identities.store().Forget();
    const std::int64_t first = identities.store().FirstWithout();
    if (first == 0) return transaction.Commit();  // another program has done it meanwhile
    Statement numbers(*database,
                      "SELECT story FROM stories WHERE story >= ? ORDER BY story LIMIT ?");
    numbers.Start(first, kCaughtUpAtOnce);
    while (numbers.Step()) {
      const Story story = Load(numbers.Number(0)).value_or(Story{});
      identities.Add(numbers.Number(0), story, archive::SignsOf(story));
    }
    numbers.Reset();
    identities.store().Finish();
    if (auto done = transaction.Commit(); !done) return done;
  }
  if (auto failure = database->TakeFailure()) return std::unexpected(*std::move(failure));
  return {};
}

void Archive::BeginRun(const ArchiveRun& run) {
  impl_->run = run;
  impl_->run_number = 0;
}

Result<bool> Archive::Knows(std::string_view input_hash) {
  if (!impl_->knows)
    impl_->knows.emplace(*impl_->database, "SELECT 1 FROM inputs_by_hash WHERE hash = ?");
  impl_->knows->Start(Blob{input_hash});
  const bool known = impl_->knows->Step();
  impl_->knows->Reset();
  return impl_->Done(known);
}

ArchiveWriter::ArchiveWriter(Database& database, archive::StoryStore& store)
    : stories(database, store),
      clusters(database),
      identities(database, store.lookups()),
      bands(database),
      input_hashes(database, "input_hashes"),
      input(database, "INSERT INTO inputs VALUES(NULL,?,?,?,?,?,?,?,?,?,?,?)"),
      last_story(database, "SELECT max(story) FROM stories"),
      find_context(database, "SELECT context FROM contexts WHERE hash = ?"),
      context(database, "INSERT INTO contexts(hash, bytes) VALUES(?, ?)"),
      copy(database, "INSERT INTO copies VALUES(?, ?, ?)"),
      root(database, "SELECT original FROM copies WHERE story = ?") {}

std::int64_t Archive::Impl::RunNumber() {
  if (run_number != 0) return run_number;
  Statement insert(*database, "INSERT INTO runs VALUES(NULL, ?, ?, ?, ?, ?)");
  insert.Run(run.started, run.program, run.tables, run.model, run.options);
  run_number = database->LastId();
  return run_number;
}

std::optional<std::int64_t> Archive::Impl::ContextNumber(const ArchiveInput& input) {
  if (!input.context || input.context->empty()) return std::nullopt;
  const auto hash = BytesOf(XXH3_128bits(input.context->data(), input.context->size()));
  writer->find_context.Start(Blob{hash});
  const bool found = writer->find_context.Step();
  const std::int64_t number = found ? writer->find_context.Number(0) : 0;
  writer->find_context.Reset();
  if (found) return number;
  writer->context.Run(Blob{hash}, Blob{archive::Compress(*input.context)});
  return database->LastId();
}

/// Whose text the original is compressed with: the first story's, which will have the next number.
/// Where that story is there already its text may be another: then nobody's, and `anew` is the
/// original compressed without.
std::optional<std::int64_t> Archive::Impl::DictionaryOf(const ArchiveInput& input,
                                                        std::optional<std::string>& anew) {
  if (input.items.empty()) return std::nullopt;
  const Story& first = input.items.front().story;
  if (writer->stories.Find(archive::BytesOfHex(first.id)) != 0) {
    const auto bytes = archive::Decompress(input.original, first.text);
    if (bytes) anew = archive::Compress(*bytes);
    return std::nullopt;
  }
  writer->last_story.Start();
  const std::int64_t last = writer->last_story.Step() ? writer->last_story.Number(0) : 0;
  writer->last_story.Reset();
  return last + 1;
}

void Archive::Impl::AddInput(const ArchiveInput& input, AddCounts& counts) {
  if (writer->input_hashes.Find(input.hash) != 0) {
    counts.known += input.items.size();
    return;
  }
  std::optional<std::string> anew;
  const auto dictionary = DictionaryOf(input, anew);
  writer->input.Run(Blob{input.hash}, RunNumber(), input.path, Positive(input.line),
                    Positive(input.record), Positive(input.offset), input.format,
                    ContextNumber(input), Signed(input.size), dictionary,
                    Blob{anew ? *anew : input.original});
  const std::int64_t number = database->LastId();
  writer->input_hashes.Add(input.hash, number);
  if (database->failed()) return;
  for (const ArchiveItem& item : input.items) {
    const std::int64_t story = writer->stories.Write(item, number, RunNumber());
    if (database->failed()) return;
    if (story == 0) {
      ++counts.known;
    } else {
      ++counts.stories;
      AddItem(item, story, counts);
      writer->clusters.Add(story, item.story, item.terms);
      if (item.packed) {
        writer->identities.Add(story, item.story, item.packed->signs);
      } else {
        writer->identities.Add(story, item.story, archive::SignsOf(item.story));
      }
    }
  }
}

/// Links the story to the one it is a copy of, and puts it into the index of near-duplicates.
void Archive::Impl::AddItem(const ArchiveItem& item, std::int64_t story, AddCounts& counts) {
  std::unordered_map<std::int64_t, std::size_t> shared;  // keys in common
  std::vector<std::int64_t> with_key;
  writer->bands.Prefetch(item.sketch);
  for (const std::uint64_t key : item.sketch) {
    with_key.clear();
    writer->bands.Find(key, kMostInBand, with_key);
    for (const std::int64_t other : with_key) ++shared[other];
  }
  std::vector<std::pair<std::size_t, std::int64_t>> near;  // most in common, then earliest, first
  near.reserve(shared.size());
  for (const auto& [other, keys] : shared) near.emplace_back(item.sketch.size() - keys, other);
  std::ranges::sort(near);
  if (near.size() > kMostCompared) near.resize(kMostCompared);

  double best = 0;
  std::int64_t original = 0;
  std::vector<std::uint64_t> shingles;
  if (!near.empty()) shingles = item.packed ? item.packed->shingles : archive::Shingles(item.story);
  for (const auto& [unused, other] : near) {
    const auto earlier = Store().LoadBlocks(other);
    if (!earlier) continue;
    const double similarity = archive::Similarity(shingles, archive::Shingles(*earlier));
    if (similarity > best) {
      best = similarity;
      original = other;
    }
  }
  if (best < archive::kSameSimilarity) writer->bands.Add(story, item.sketch);
  if (best < archive::kCopySimilarity) return;
  ++counts.copies;
  writer->root.Start(original);
  if (writer->root.Step()) original = writer->root.Number(0);
  writer->root.Reset();
  writer->copy.Run(story, original, best);
}

/// Once there are stories enough to tell which words are frequent, these get the shortest codes.
void Archive::Impl::LearnWords(std::span<const ArchiveInput> inputs) {
  archive::WordCodes& words = Store().words();
  if (words.learned()) return;
  std::vector<std::string> texts;
  for (const ArchiveInput& input : inputs) {
    for (const ArchiveItem& item : input.items) texts.push_back(item.story.text);
  }
  Statement last(*database, "SELECT story FROM packed_texts ORDER BY story DESC LIMIT ?");
  last.Start(static_cast<std::int64_t>(kLearnFrom));
  std::vector<std::int64_t> stories;
  while (last.Step()) stories.push_back(last.Number(0));
  last.Reset();
  if (texts.size() + stories.size() < kLearnFrom) return;
  for (const std::int64_t story : stories) {
    if (auto text = Store().LoadText(story)) texts.push_back(*std::move(text));
  }
  words.Learn(texts);
}

Result<AddCounts> Archive::Add(std::span<const ArchiveInput> inputs) {
  for (const ArchiveInput& input : inputs) {
    for (const ArchiveItem& item : input.items) {
      if (!archive::BytesOfHex(item.story.id).empty()) continue;
      return Fail(ErrorCode::kInvalidArgument,
                  "the id '" + item.story.id + "' is not 32 hex digits", input.path);
    }
  }
  impl_->Writer();
  AddCounts counts;
  const bool new_run = impl_->run_number == 0;
  Result<void> committed;
  {
    archive::Transaction transaction(*impl_->database);
    impl_->Refresh();
    impl_->LearnWords(inputs);
    impl_->writer->clusters.BeginTransaction();
    for (const ArchiveInput& input : inputs) impl_->AddInput(input, counts);
    impl_->writer->Finish();
    committed = transaction.Commit();
  }
  if (committed) return counts;
  impl_->Forget(new_run);
  return std::unexpected(committed.error());
}

Result<void> Archive::Tune() {
  impl_->database->Run("PRAGMA analysis_limit = 2000; ANALYZE");
  if (auto failure = impl_->database->TakeFailure()) return std::unexpected(*std::move(failure));
  return {};
}

Result<Story> Archive::LoadStory(std::int64_t story) { return impl_->Load(story); }

Result<std::string> Archive::LoadOriginal(std::int64_t story) {
  Statement find(*impl_->database,
                 "SELECT original, dictionary FROM inputs WHERE input = (SELECT input FROM stories "
                 "WHERE story = ?)");
  find.Start(story);
  const bool found = find.Step();
  const std::string bytes(found ? find.Bytes(0) : std::string_view());
  const std::int64_t dictionary = found ? find.Number(1) : 0;
  if (auto failure = impl_->database->TakeFailure()) return std::unexpected(*std::move(failure));
  if (!found) {
    return Fail(ErrorCode::kNotFound, fmt::format("there is no story {}", story),
                impl_->database->path());
  }
  std::string text;
  if (dictionary != 0) {
    DATELINE_TRY(text, impl_->Store().LoadText(dictionary));
  }
  return archive::Decompress(bytes, text);
}

Result<std::int64_t> Archive::FindStory(std::string_view id) {
  const std::string where = impl_->database->path();
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  const bool is_number = error == std::errc() && stop == id.data() + id.size();
  const bool is_id = id.size() >= kLeastDigits && id.size() <= kDigits;
  Statement find(*impl_->database,
                 is_id ? "SELECT story FROM stories_by_hash WHERE hash BETWEEN ? AND ? LIMIT 2"
                       : "SELECT story FROM stories WHERE story = ?");
  const std::string first = archive::BytesOfHex(Padded(id, '0'));
  const std::string last = archive::BytesOfHex(Padded(id, 'f'));
  if (is_id && !first.empty()) find.Start(Blob{first}, Blob{last});
  if (!is_id && is_number) find.Start(number);
  std::vector<std::int64_t> found;
  while (find.Step()) found.push_back(find.Number(0));
  if (auto failure = impl_->database->TakeFailure()) return std::unexpected(*std::move(failure));
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("'{}' begins the id of several stories; give more digits", id), where);
  }
  return Fail(ErrorCode::kNotFound,
              fmt::format("there is no story '{}'; name its number or the first digits of its id, "
                          "as 'dateline search' shows them",
                          id),
              where);
}

Result<std::string> Archive::AddedAt(std::int64_t story) {
  if (!impl_->added) {
    impl_->added.emplace(
        *impl_->database,
        "SELECT started FROM runs WHERE run = (SELECT run FROM stories WHERE story = ?)");
  }
  impl_->added->Start(story);
  std::string added(impl_->added->Step() ? impl_->added->Text(0) : std::string_view());
  impl_->added->Reset();
  return impl_->Done(std::move(added));
}

Result<std::vector<std::int64_t>> Archive::CopiesOf(std::int64_t story) {
  Statement find(*impl_->database,
                 "WITH root(story) AS (SELECT coalesce((SELECT original FROM copies WHERE story = "
                 "?1), ?1)) SELECT story FROM root WHERE story <> ?1 UNION SELECT c.story FROM "
                 "copies AS c JOIN root ON c.original = root.story WHERE c.story <> ?1 ORDER BY 1");
  find.Start(story);
  std::vector<std::int64_t> copies;
  while (find.Step()) copies.push_back(find.Number(0));
  return impl_->Done(std::move(copies));
}

Result<std::int64_t> Archive::CountStories() {
  const std::int64_t count = impl_->database->Number("SELECT count(*) FROM stories");
  return impl_->Done(count);
}

}  // namespace dateline
