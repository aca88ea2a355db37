/// The rows of a story.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "archive/sqlite.h"
#include "dateline/archive.h"

namespace dateline::archive {

/// Numbers of names, given out as they come.
class Names {
 public:
  explicit Names(Database& database);

  std::int64_t NumberOf(std::string_view name);
  /// To be called when rows may have been given back.
  void Forget() { known_.clear(); }

 private:
  Database& database_;
  Statement find_;
  Statement insert_;
  Statement index_;
  std::unordered_map<std::string, std::int64_t> known_;  ///< emptied when it grows large
};

/// Prepared statements for all tables of facts. Failures are the database's.
class StoryWriter {
 public:
  explicit StoryWriter(Database& database);

  /// The number of the new story; 0 when a story of this id is there already.
  std::int64_t Write(const ArchiveItem& item, std::int64_t input, std::int64_t run);
  void Forget() { names_.Forget(); }

 private:
  std::int64_t WriteStory(const Story& story, std::int64_t input, std::int64_t run);
  void WriteText(std::int64_t number, const Story& story);
  void WriteEntities(std::int64_t number, const Story& story);
  void WriteTimes(std::int64_t number, const Story& story);
  void WritePlaces(std::int64_t number, const Story& story);
  void WriteAttributions(std::int64_t number, const Story& story);
  void WriteEvents(std::int64_t number, const Story& story);
  void WriteEvent(std::int64_t number, std::int64_t at, const Story& story, const Event& event);
  void WriteSide(std::int64_t number, std::int64_t at, std::string_view side, const Story& story,
                 const std::vector<EventActor>& actors);

  Database& database_;
  Names names_;
  Statement story_;
  Statement text_;
  Statement index_;
  Statement record_;
  Statement sentence_;
  Statement entity_;
  Statement role_;
  Statement mention_;
  Statement time_;
  Statement place_;
  Statement attribution_;
  Statement event_;
  Statement actor_;
};

/// 16 bytes of 32 hex digits; empty for anything else.
std::string BytesOfHex(std::string_view hex);

}  // namespace dateline::archive
