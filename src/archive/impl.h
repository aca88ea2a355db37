/// What an open archive holds.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "archive/band_index.h"
#include "archive/clusters.h"
#include "archive/hash_index.h"
#include "archive/identities.h"
#include "archive/sqlite.h"
#include "archive/story_store.h"
#include "archive/story_writer.h"
#include "dateline/archive.h"

namespace dateline {

/// Statements of a writer, prepared once.
struct ArchiveWriter {
  ArchiveWriter(archive::Database& database, archive::StoryStore& store);

  /// Writes what waits. To be called before each commit.
  void Finish() {
    stories.Finish();
    clusters.Finish();
    identities.store().Finish();
    input_hashes.Finish();
  }

  archive::StoryWriter stories;
  archive::ClusterWriter clusters;
  archive::IdentityWriter identities;
  archive::BandIndex bands;
  archive::HashIndex input_hashes;
  archive::Statement input;
  archive::Statement last_story;
  archive::Statement find_context;
  archive::Statement context;
  archive::Statement copy;
  archive::Statement root;
};

struct Archive::Impl {
  std::unique_ptr<archive::Database> database;
  ArchiveRun run;
  std::int64_t run_number = 0;  ///< 0: not written yet
  std::optional<archive::Statement> knows;
  std::optional<archive::StoryStore> store;
  std::int64_t seen_version = 0;  ///< of the file, when what is held of it was read
  bool ranks = false;             ///< story_rank has been made
  std::optional<archive::Statement> added;
  std::optional<ArchiveWriter> writer;

  /// What went wrong since the last call, or `value`.
  template <typename Value>
  Result<Value> Done(Value value) {
    if (auto failure = database->TakeFailure()) return std::unexpected(*std::move(failure));
    return value;
  }

  archive::StoryStore& Store() {
    if (!store) store.emplace(*database);
    return *store;
  }
  Result<Story> Load(std::int64_t story) { return Store().Load(story); }
  void RebuildInput(const RebuiltInput& rebuilt, RebuildCounts& counts);
  void RebuildStory(std::int64_t number, const ArchiveItem& item, RebuildCounts& counts);
  void KeepOriginal(const RebuiltInput& rebuilt);
  ArchiveWriter& Writer() {
    if (!writer) writer.emplace(*database, Store());
    return *writer;
  }
  /// To be called when rows may have been given back.
  void Forget(bool new_run) {
    if (writer) {
      writer->stories.Forget();
      writer->clusters.Forget();
      writer->identities.store().Forget();
      writer->bands.Forget();
      writer->input_hashes.Forget();
    }
    if (new_run) run_number = 0;
  }
  /// To be called in each transaction: another program may have written since the last one.
  void Refresh() {
    const std::int64_t version = database->Number("PRAGMA data_version");
    if (version != seen_version) {
      Forget(false);
      if (store) store->Forget();
    }
    seen_version = version;
  }
  /// Brings what is derived of stories up to date, in an archive of an earlier version.
  Result<void> CatchUp();
  Result<void> CatchUpIdentities();
  /// Runs `change` in a transaction of its own; gives what it gives, or what went wrong.
  template <typename Change>
  Result<std::int64_t> Changed(const Change& change) {
    Writer();
    Result<std::int64_t> done = 0;
    {
      archive::Transaction transaction(*database);
      Refresh();
      done = change();
      if (done) {
        writer->identities.store().Finish();
        if (auto kept = transaction.Commit(); !kept) done = std::unexpected(kept.error());
      }
    }
    if (!done) Forget(false);
    return done;
  }
  /// Both inside Changed; the number of the correction.
  Result<std::int64_t> CorrectEvent(const Correction& correction);
  Result<std::int64_t> CorrectEntity(const Correction& correction);
  /// Where the correction parted an entity from its identity, puts it back.
  void PutBack(std::int64_t correction);
  void LearnWords(std::span<const ArchiveInput> inputs);
  std::int64_t RunNumber();
  void AddInput(const ArchiveInput& input, AddCounts& counts);
  std::optional<std::int64_t> DictionaryOf(const ArchiveInput& input,
                                           std::optional<std::string>& anew);
  std::optional<std::int64_t> ContextNumber(const ArchiveInput& input);
  void AddItem(const ArchiveItem& item, std::int64_t story, AddCounts& counts);
};

}  // namespace dateline
