#include "serve/rereading.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace dateline::serve {
namespace {

/// "add --plain --date 2031-05-04": the day, where one was given.
std::optional<Date> DateOption(std::string_view options) {
  constexpr std::string_view kName = "--date ";
  const auto at = options.find(kName);
  if (at == options.npos) return std::nullopt;
  std::string_view day = options.substr(at + kName.size());
  day = day.substr(0, day.find(' '));
  const auto date = ParseDate(day);
  return date ? std::optional(*date) : std::nullopt;
}

}  // namespace

Result<Story> Reread(const Engine& engine, Archive& archive, std::int64_t story, bool explain,
                     Scratch& scratch) {
  DATELINE_TRY(const Story stored, archive.LoadStory(story));
  DATELINE_TRY(const StoryOrigin origin, archive.LoadOrigin(story));
  const InputPiece& piece = origin.piece;
  ReadResult result = engine.ReadAll(
      piece.bytes,
      {.format = piece.format,
       .path = piece.path == "-" ? "" : piece.path,
       .first_index = 0,
       .context = piece.context ? std::string_view(*piece.context) : std::string_view(),
       .layout = origin.options.find("--plain") == std::string::npos,
       .explain = explain,
       .date = DateOption(origin.options)},
      scratch);
  const auto same = std::ranges::find(result.stories, stored.id, &Story::id);
  if (same != result.stories.end() && same->text == stored.text) {
    same->source = stored.source;
    return std::move(*same);
  }
  return Fail(ErrorCode::kUnsupported,
              "this program does not find the story in what it came with; was it added with --map, "
              "or by another version?",
              fmt::format("story {}", story));
}

Result<Story> LoadCorrected(Archive& archive, std::int64_t number) {
  DATELINE_TRY(Story story, archive.LoadStory(number));
  if (const auto done = archive.ApplyCorrections(number, story); !done)
    return std::unexpected(done.error());
  return story;
}

}  // namespace dateline::serve
