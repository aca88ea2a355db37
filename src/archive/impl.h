/// What an open archive holds.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "archive/clusters.h"
#include "archive/sqlite.h"
#include "archive/story_writer.h"
#include "dateline/archive.h"

namespace dateline {

/// Statements of a writer, prepared once.
struct ArchiveWriter {
  explicit ArchiveWriter(archive::Database& database);

  archive::StoryWriter stories;
  archive::ClusterWriter clusters;
  archive::Statement input;
  archive::Statement find_story;
  archive::Statement last_story;
  archive::Statement find_context;
  archive::Statement context;
  archive::Statement find_band;
  archive::Statement band;
  archive::Statement copy;
  archive::Statement root;
};

struct Archive::Impl {
  std::unique_ptr<archive::Database> database;
  ArchiveRun run;
  std::int64_t run_number = 0;  ///< 0: not written yet
  std::optional<archive::Statement> knows;
  std::optional<archive::Statement> record;
  std::optional<archive::Statement> added;
  std::optional<ArchiveWriter> writer;

  /// What went wrong since the last call, or `value`.
  template <typename Value>
  Result<Value> Done(Value value) {
    if (auto failure = database->TakeFailure()) return std::unexpected(*std::move(failure));
    return value;
  }

  Result<Story> Load(std::int64_t story);
  /// Brings what is derived of stories up to date, in an archive of an earlier version.
  Result<void> CatchUp();
  std::int64_t RunNumber();
  void AddInput(const ArchiveInput& input, AddCounts& counts);
  std::optional<std::int64_t> DictionaryOf(const ArchiveInput& input, std::string& original);
  std::optional<std::int64_t> ContextNumber(const ArchiveInput& input);
  void AddItem(const ArchiveItem& item, std::int64_t story, AddCounts& counts);
};

}  // namespace dateline
