/// A story as rows of the server's tables, in the text form of COPY.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/date.h"
#include "dateline/span.h"
#include "dateline/story.h"

namespace dateline::postgres {

/// The tables that hold a story, in the order in which they are filled.
enum class Table : std::uint8_t {
  kRuns,
  kContexts,
  kInputs,
  kStories,
  kTexts,
  kRecords,
  kSentences,
  kEntities,
  kRoles,
  kMentions,
  kTimes,
  kPlaces,
  kAttributions,
  kSaid,
  kEvents,
  kEventActors,
};
inline constexpr std::size_t kTables = 16;

struct TableColumns {
  std::string_view name;
  std::string_view columns;  ///< as they stand in rows, quoted where SQL wants it
};
const TableColumns& ColumnsOf(Table table);

struct AsBytes {
  std::string_view bytes;
};

/// Rows of one table. PostgreSQL takes neither U+0000 nor bytes that are no UTF-8: the first
/// becomes U+001A, which is one byte too, so that offsets stay right; of the latter every byte
/// beyond ASCII becomes U+FFFD.
class CopyText {
 public:
  template <typename... Values>
  void Row(const Values&... values) {
    std::size_t column = 0;
    ((Separate(column++), Put(values)), ...);
    text_ += '\n';
    ++rows_;
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::uint64_t rows() const { return rows_; }

 private:
  void Separate(std::size_t column) {
    if (column > 0) text_ += '\t';
  }
  void Put(std::string_view value);
  void Put(const std::string& value) { Put(std::string_view(value)); }
  void Put(const char* value) { Put(std::string_view(value)); }
  void Put(AsBytes value);
  void Put(bool value) { text_ += value ? 't' : 'f'; }
  void Put(double value);
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  void Put(Number value) {
    text_ += std::to_string(value);
  }
  template <typename Value>
  void Put(const std::optional<Value>& value) {
    if (value) {
      Put(*value);
    } else {
      text_ += "\\N";
    }
  }

  std::string text_;
  std::uint64_t rows_ = 0;
};

/// What the story's rows say beside the story.
struct StoryOwner {
  std::string input;  ///< 32 hex digits, as `run`
  std::string run;
  std::optional<std::string> rebuilt;  ///< when the run began, where it read an archive again
};

/// Rows of all tables.
class CopyRows {
 public:
  CopyText& operator[](Table table) { return tables_.at(static_cast<std::size_t>(table)); }
  const CopyText& operator[](Table table) const {
    return tables_.at(static_cast<std::size_t>(table));
  }
  /// The rows of `stories` and of all tables of facts.
  void Add(const Story& story, const StoryOwner& owner);
  [[nodiscard]] std::uint64_t rows() const;

 private:
  void AddArticle(const Story& story, const StoryOwner& owner);
  void AddRecord(const Story& story);
  void AddEntities(const Story& story);
  void AddTimesAndPlaces(const Story& story);
  void AddAttributions(const Story& story);
  void AddEvents(const Story& story);

  std::array<CopyText, kTables> tables_;
};

/// The record as PostgreSQL takes it: `\u0000` is `\u001a`. Whether there was one.
bool WithoutNul(std::string& json);

/// The moment as a timestamp, where the text says one with its zone.
std::optional<std::string> MomentOf(std::string_view text);

}  // namespace dateline::postgres
