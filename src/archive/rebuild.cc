// Stories read again by a newer engine. Originals are unpacked, read by the program as they were
// when they were added, and what comes of them is put in the place of what is stored, an input at a
// time. A story of the present engine's is done: so a run that was broken off goes on where it was.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "archive/compress.h"
#include "archive/duplicates.h"
#include "archive/hex.h"
#include "archive/impl.h"
#include "archive/keep_places.h"
#include "dateline/archive.h"

namespace dateline {

using archive::Blob;
using archive::Statement;

namespace {

/// What is stored, without its place in the text of another.
Story WithoutPlace(Story story) {
  story.alignment = {};
  story.tokens.clear();
  story.references.clear();
  story.candidates.clear();
  return story;
}

/// The input of a row: path, line, record, position, format, context, original, dictionary,
/// options.
void TakeOriginal(const Statement& row, archive::StoryStore& store, StoredInput& input) {
  InputPiece& piece = input.piece;
  piece.path = row.Text(0);
  piece.line = static_cast<std::uint64_t>(row.Number(1));
  piece.record = static_cast<std::uint64_t>(row.Number(2));
  piece.offset = static_cast<std::uint64_t>(row.Number(3));
  piece.format = FormatNamed(row.Text(4)).value_or(Format::kAuto);
  input.options = row.Text(8);
  if (!row.IsNull(5)) {
    auto context = archive::Decompress(row.Bytes(5));
    if (!context) input.problem = context.error();
    if (context) piece.context = std::make_shared<const std::string>(*std::move(context));
  }
  const auto text = row.IsNull(7) ? Result<std::string>("") : store.LoadText(row.Number(7));
  auto bytes = archive::Decompress(row.Bytes(6), text.value_or(""));
  if (!bytes) input.problem = bytes.error();
  if (bytes) piece.bytes = *std::move(bytes);
}

}  // namespace

Result<std::vector<StoredInput>> Archive::InputsToRebuild(std::int64_t after, std::size_t limit) {
  archive::Database& database = *impl_->database;
  std::vector<StoredInput> inputs;
  Statement stretch(database,
                    "SELECT s.story, s.input, s.number FROM stories AS s WHERE s.story > ? AND "
                    "s.run NOT IN (SELECT run FROM runs WHERE program = ? AND tables = ? AND model "
                    "= ?) ORDER BY s.story");
  const ArchiveRun& run = impl_->run;
  stretch.Start(after, run.program, run.tables, run.model);
  while (stretch.Step()) {
    const std::int64_t input = stretch.Number(1);
    if (inputs.empty() || inputs.back().number != input) {
      if (inputs.size() == limit) break;
      StoredInput& next = inputs.emplace_back();
      next.number = input;
      next.first_index = static_cast<std::uint32_t>(stretch.Number(2));
      next.first_story = stretch.Number(0);
    }
    inputs.back().first_index =
        std::min(inputs.back().first_index, static_cast<std::uint32_t>(stretch.Number(2)));
    inputs.back().last_story = stretch.Number(0);
  }
  stretch.Reset();
  Statement read(database,
                 "SELECT i.path, i.line, i.record, i.position, i.format, c.bytes, i.original, "
                 "i.dictionary, r.options FROM inputs AS i LEFT JOIN contexts AS c USING(context) "
                 "LEFT JOIN runs AS r USING(run) WHERE i.input = ?");
  for (StoredInput& input : inputs) {
    read.Start(input.number);
    if (read.Step()) TakeOriginal(read, impl_->Store(), input);
  }
  read.Reset();
  return impl_->Done(std::move(inputs));
}

/// The text that the original is compressed with may be another now.
void Archive::Impl::KeepOriginal(const RebuiltInput& rebuilt) {
  Statement old(*database, "SELECT original, dictionary FROM inputs WHERE input = ?");
  old.Start(rebuilt.number);
  if (!old.Step() || old.IsNull(1)) return;
  const std::string original(old.Bytes(0));
  const std::int64_t dictionary = old.Number(1);
  old.Reset();
  const auto text = Store().LoadText(dictionary);
  const auto bytes = archive::Decompress(original, text.value_or(""));
  if (!text || !bytes) return;
  const std::string own = archive::BytesOfHex(rebuilt.input.items.front().story.id);
  Statement same(*database, "SELECT 1 FROM stories WHERE story = ? AND hash = ?");
  same.Start(dictionary, Blob{own});
  const bool is_first = same.Step();
  same.Reset();
  if (is_first && rebuilt.input.items.front().story.text == *text) return;
  Statement update(*database, "UPDATE inputs SET original = ?, dictionary = ? WHERE input = ?");
  const std::string packed = is_first ? rebuilt.input.original : archive::Compress(*bytes);
  update.Run(Blob{packed}, is_first ? std::optional(dictionary) : std::nullopt, rebuilt.number);
}

void Archive::Impl::RebuildStory(std::int64_t number, const ArchiveItem& item,
                                 RebuildCounts& counts) {
  const auto old = Load(number);
  Story story = WithoutPlace(item.story);
  if (old) archive::KeepPlaces(old->events, story.events);
  if (old && *old == story) {
    Statement stamp(*database, "UPDATE stories SET run = ? WHERE story = ?");
    stamp.Run(RunNumber(), number);
    ++counts.same;
    return;
  }
  writer->stories.Replace(number, old.value_or(Story{}), story, RunNumber());
  writer->clusters.RelateAgain(number, story);
  writer->identities.Replace(number, old.value_or(Story{}), story);
  // What the index of near-duplicates had of the old words stays: it only costs a comparison.
  if (!old || archive::Sketch(archive::Shingles(*old)) != item.sketch) {
    writer->bands.Add(number, item.sketch);
  }
  ++counts.changed;
}

void Archive::Impl::RebuildInput(const RebuiltInput& rebuilt, RebuildCounts& counts) {
  if (!rebuilt.input.items.empty()) KeepOriginal(rebuilt);
  Statement origin(*database, "SELECT input FROM stories WHERE story = ?");
  for (const ArchiveItem& item : rebuilt.input.items) {
    const std::int64_t story = writer->stories.Find(archive::BytesOfHex(item.story.id));
    origin.Start(story);
    const bool known = origin.Step();
    const bool own = known && origin.Number(0) == rebuilt.number;
    origin.Reset();
    if (own) {
      RebuildStory(story, item, counts);
    } else if (!known) {
      const std::int64_t number = writer->stories.Write(item, rebuilt.number, RunNumber());
      if (number != 0) {
        AddCounts ignored;
        AddItem(item, number, ignored);
        writer->clusters.Add(number, item.story, item.terms);
        writer->identities.Add(number, item.story, archive::SignsOf(item.story));
        ++counts.added;
      }
    }
    if (database->failed()) return;
  }
  // What the engine finds no more stays as it is, and is not asked for again.
  Statement left(*database,
                 "UPDATE stories SET run = ?1 WHERE story BETWEEN ?2 AND ?3 AND input = ?4 AND run "
                 "<> ?1");
  left.Run(RunNumber(), rebuilt.first_story, rebuilt.last_story, rebuilt.number);
  counts.left += static_cast<std::uint64_t>(database->Changes());
}

Result<RebuildCounts> Archive::Rebuild(std::span<const RebuiltInput> inputs) {
  impl_->Writer();
  RebuildCounts counts;
  const bool new_run = impl_->run_number == 0;
  Result<void> committed;
  {
    archive::Transaction transaction(*impl_->database);
    impl_->Refresh();
    impl_->writer->clusters.BeginTransaction();
    for (const RebuiltInput& input : inputs) impl_->RebuildInput(input, counts);
    impl_->writer->identities.Unite();
    impl_->writer->Finish();
    committed = transaction.Commit();
  }
  if (committed) return counts;
  impl_->Forget(new_run);
  return std::unexpected(committed.error());
}

}  // namespace dateline
