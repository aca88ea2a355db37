/// The rows of a story.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "archive/fact_search.h"
#include "archive/hash_index.h"
#include "archive/sqlite.h"
#include "archive/story_store.h"
#include "dateline/archive.h"

namespace dateline::archive {

/// Prepared statements for all tables of a story. Failures are the database's.
class StoryWriter {
 public:
  StoryWriter(Database& database, StoryStore& store);

  /// The number of the story with this id; 0: none.
  std::int64_t Find(std::string_view id) { return hashes_.Find(id); }
  /// The number of the new story; 0 when a story of this id is there already.
  std::int64_t Write(const ArchiveItem& item, std::int64_t input, std::int64_t run);
  /// Text and facts of a story whose row in `stories` is there.
  void WriteContent(std::int64_t number, const Story& story, PackedStory& packed);
  /// Only into the indexes of events and quotes. REQUIRES: it is not there.
  void IndexFacts(std::int64_t number, const Story& story);
  /// Puts the story in the place of what is stored of it. REQUIRES: `old` is what Load gives.
  void Replace(std::int64_t number, const Story& old, const Story& story, std::int64_t run);
  /// Writes what waits for the indexes of facts, which want it in order. To be called before each
  /// commit.
  void Finish();
  void Forget();

 private:
  std::int64_t WriteRow(const Story& story, std::int64_t input, std::int64_t run);
  void WriteFacts(std::int64_t number, const Story& story, PackedStory& packed);
  void EnsureNumbers(std::size_t longest);

  Database& database_;
  StoryStore& store_;
  Tokenizer tokenizer_;
  HashIndex hashes_;
  Statement story_;
  Statement update_;
  Statement text_;
  Statement index_;
  Statement unindex_;
  Statement facts_;
  Statement event_;
  Statement unevent_;
  Statement quote_;
  Statement unquote_;
  std::size_t numbers_ = 0;  ///< known to be in the table of that name
  std::vector<FactWords> events_;
  std::vector<FactWords> quotes_;
  std::vector<FactWords> gone_events_;
  std::vector<FactWords> gone_quotes_;
};

}  // namespace dateline::archive
