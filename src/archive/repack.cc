#include "archive/repack.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "archive/band_index.h"
#include "archive/compress.h"
#include "archive/duplicates.h"
#include "archive/signature.h"
#include "archive/story_store.h"
#include "archive/story_writer.h"
#include "dateline/record.h"

namespace dateline::archive {
namespace {

constexpr std::size_t kLearnFrom = 500;

Result<Story> StoryOf(const Statement& row) {
  DATELINE_TRY(const std::string json, Decompress(row.Bytes(1), row.Text(2)));
  return ReadRecord(json);
}

std::vector<std::string> FirstTexts(Database& database) {
  std::vector<std::string> texts;
  Statement first(database, "SELECT text FROM old_texts ORDER BY story LIMIT ?");
  first.Start(static_cast<std::int64_t>(kLearnFrom));
  while (first.Step()) texts.emplace_back(first.Text(0));
  return texts;
}

/// Stories that were left out of the old index, being all but the same as another, stay out.
bool IsIndexed(Database& database, std::int64_t story) {
  Statement same(database, "SELECT 1 FROM copies WHERE story = ? AND similarity >= ?");
  same.Start(story, kSameSimilarity);
  return !same.Step();
}

}  // namespace

Result<void> Repack(Database& database) {
  if (database.Number("SELECT count(*) FROM sqlite_master WHERE name = 'old_texts'") == 0) {
    return {};
  }
  StoryStore store(database);
  StoryWriter writer(database, store);
  BandIndex bands(database);
  if (const auto texts = FirstTexts(database); !texts.empty()) store.words().Learn(texts);
  Statement all(database,
                "SELECT r.story, r.record, t.text FROM old_records AS r JOIN old_texts AS t "
                "USING(story) ORDER BY r.story");
  while (all.Step()) {
    const std::int64_t number = all.Number(0);
    const auto story = StoryOf(all);
    if (!story) {
      return Fail(ErrorCode::kMalformed, story.error().message,
                  fmt::format("{}: story {}", database.path(), number));
    }
    writer.WriteContent(number, *story, *Pack(*story));
    if (IsIndexed(database, number)) bands.Add(number, Sketch(Shingles(*story)));
  }
  all.Reset();
  writer.Finish();
  database.Run("DROP TABLE old_records; DROP TABLE old_texts");
  if (auto failure = database.TakeFailure()) return std::unexpected(*std::move(failure));
  return {};
}

Result<void> IndexFactsAnew(Database& database) {
  constexpr std::int64_t kAtOnce = 10'000;  // stories whose words are put in order together
  database.Run(
      "INSERT INTO event_search(event_search) VALUES('delete-all');"
      "INSERT INTO quote_search(quote_search) VALUES('delete-all')");
  StoryStore store(database);
  StoryWriter writer(database, store);
  Statement all(database, "SELECT story FROM stories ORDER BY story");
  for (std::int64_t count = 1; all.Step(); ++count) {
    // One that cannot be read is for 'dateline check' to find.
    if (const auto story = store.Load(all.Number(0))) writer.IndexFacts(all.Number(0), *story);
    if (count % kAtOnce == 0) writer.Finish();
  }
  all.Reset();
  writer.Finish();
  if (auto failure = database.TakeFailure()) return std::unexpected(*std::move(failure));
  return {};
}

Result<void> PackSignaturesAnew(Database& database) {
  Statement all(database, "SELECT story, terms FROM cluster_stories WHERE terms IS NOT NULL");
  Statement update(database, "UPDATE cluster_stories SET terms = ? WHERE story = ?");
  while (all.Step()) {
    const std::string packed = PackSignature(SignatureOfFours(all.Bytes(1)));
    update.Run(Blob{packed}, all.Number(0));
  }
  all.Reset();
  if (auto failure = database.TakeFailure()) return std::unexpected(*std::move(failure));
  return {};
}

}  // namespace dateline::archive
