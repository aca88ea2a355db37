/// Stories as columns: one row a story, with nested lists of what was found, handed over by the
/// Arrow C data interface to pyarrow, polars, DuckDB, R, Spark …
///
///   StoryColumns columns({});
///   for (const Story& story : stories) columns.Add(story);
///   ArrowSchema schema;
///   ArrowArray array;
///   columns.Finish(&schema, &array);  // the caller calls schema.release(&schema), array.release …
///
/// The columns are the fields of the story record (docs/formats/story-record.md), by the same
/// names; what differs is in docs/formats/arrow.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "dateline/arrow_abi.h"
#include "dateline/record.h"
#include "dateline/result.h"
#include "dateline/story.h"

namespace dateline {

struct ColumnOptions {
  OffsetUnit offsets = OffsetUnit::kBytes;
  bool tokens = false;  ///< with the column "tokens"
};

/// Gathers stories and gives them away as one struct array. Not thread-safe; several may be filled
/// at once.
class StoryColumns {
 public:
  explicit StoryColumns(const ColumnOptions& options);
  StoryColumns(StoryColumns&&) noexcept;
  StoryColumns& operator=(StoryColumns&&) noexcept;
  ~StoryColumns();

  /// kTooLarge when the rows would outgrow 32-bit offsets (2 GiB): Finish, then go on.
  Result<void> Add(const Story& story);
  /// The same from a story record, as WriteRecord gives it, in whatever unit its offsets are.
  /// kMalformed when it is none; nothing is added then.
  Result<void> AddRecord(std::string_view record);
  /// A row in which all is null: nothing came of this input.
  void AddNull();

  [[nodiscard]] std::int64_t rows() const;

  /// Moves all rows out; what is added afterwards begins anew. Either may be null. What was filled
  /// in belongs to the caller, who calls its `release`; it may outlive this.
  void Finish(ArrowSchema* schema, ArrowArray* array);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline
