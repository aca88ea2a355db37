// Which stories there are, and how each came in.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

#include "archive/compress.h"
#include "archive/impl.h"
#include "dateline/archive.h"

namespace dateline {

using archive::Statement;

Result<std::vector<std::int64_t>> Archive::FindStories(const DayRange& published,
                                                       std::uint64_t limit) {
  // Dates sort as text; those of less precision by their first day.
  std::string sql =
      "SELECT story FROM stories WHERE (?1 = '' OR published >= ?1) AND (?2 = '' OR "
      "published < ?2) ORDER BY story";
  if (limit > 0) sql += fmt::format(" LIMIT {}", limit);
  std::string from = published.from ? FormatDate(*published.from) : "";
  while (from.ends_with("-01")) from.resize(from.size() - 3);
  const std::string to = published.to ? FormatDate(*published.to) + "~" : "";
  Statement find(*impl_->database, sql);
  find.Start(from, to);
  std::vector<std::int64_t> stories;
  while (find.Step()) stories.push_back(find.Number(0));
  find.Reset();
  return impl_->Done(std::move(stories));
}

Result<StoryOrigin> Archive::LoadOrigin(std::int64_t story) {
  Statement find(*impl_->database,
                 "SELECT i.path, i.line, i.record, i.position, i.format, c.bytes, r.options FROM "
                 "stories AS s JOIN inputs AS i USING(input) JOIN runs AS r ON r.run = i.run LEFT "
                 "JOIN contexts AS c USING(context) WHERE s.story = ?");
  find.Start(story);
  if (!find.Step()) {
    if (auto failure = impl_->database->TakeFailure()) return std::unexpected(*std::move(failure));
    return Fail(ErrorCode::kNotFound, fmt::format("there is no story {}", story),
                impl_->database->path());
  }
  StoryOrigin origin;
  origin.piece.path = find.Text(0);
  origin.piece.line = static_cast<std::uint64_t>(find.Number(1));
  origin.piece.record = static_cast<std::uint64_t>(find.Number(2));
  origin.piece.offset = static_cast<std::uint64_t>(find.Number(3));
  origin.piece.format = FormatNamed(find.Text(4)).value_or(Format::kAuto);
  const std::string context(find.IsNull(5) ? std::string_view() : find.Bytes(5));
  origin.options = find.Text(6);
  find.Reset();
  if (!context.empty()) {
    DATELINE_TRY(std::string bytes, archive::Decompress(context, ""));
    origin.piece.context = std::make_shared<const std::string>(std::move(bytes));
  }
  DATELINE_TRY(origin.piece.bytes, LoadOriginal(story));
  return origin;
}

}  // namespace dateline
