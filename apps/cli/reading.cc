#include "reading.h"

#include <fmt/format.h>

#include <new>
#include <utility>

namespace dateline::cli {
namespace {

/// An engine's error with the place in the file, where the engine knew only its own piece.
Error Located(Error error, const InputPiece& piece) {
  if (piece.record > 0)
    error.message =
        fmt::format("record {}, byte {}: {}", piece.record, piece.offset, error.message);
  if (piece.line > 0) {
    error.where = fmt::format("{}:{}", ShownPath(piece.path), piece.line);
  } else if (piece.offset > 0) {
    error.where = fmt::format("{}@{}", ShownPath(piece.path), piece.offset);
  } else if (error.where.empty() || error.where.front() == '@') {
    error.where = ShownPath(piece.path) + error.where;
  }
  return error;
}

Error NoStory(const InputPiece& piece) {
  const auto* message = piece.bytes.empty() ? "empty: there is no story in it"
                        : piece.format == Format::kHtml
                            ? "there is no story on this page"
                            : "there is no story in it: no letter of text";
  return Located(Error{ErrorCode::kMalformed, message, ""}, piece);
}

}  // namespace

JobStream JobsOf(const ReadCommand& command) {
  return {command.paths,
          {.format = command.format,
           .max_piece_bytes = command.max_bytes,
           .from = command.from,
           .columns = command.columns},
          command.skip};
}

std::uint64_t CostOf(const Job& job) {
  const auto* piece = std::get_if<Piece>(&job);
  return piece == nullptr ? 0 : piece->input.bytes.size();
}

ReadResult ReadPiece(const Engine& engine, const ReadCommand& command, const Piece& piece,
                     Scratch& scratch) {
  const InputPiece& input = piece.input;
  ReadResult result;
  try {
    result = engine.ReadAll(input.bytes,
                            {.format = input.format,
                             .path = input.path == "-" ? "" : input.path,
                             .first_index = piece.ordinal,
                             .context = input.context ? std::string_view(*input.context) : "",
                             .columns = &command.columns,
                             .max_body_bytes = command.max_bytes,
                             .analyse = command.analyse,
                             .layout = command.layout,
                             .explain = command.record.explain,
                             .date = command.date},
                            scratch);
  } catch (const std::bad_alloc&) {
    result.problems.push_back({ErrorCode::kTooLarge, "not enough memory; lower --max-bytes", ""});
  }
  for (Error& error : result.problems) error = Located(std::move(error), input);
  if (result.stories.empty() && result.problems.empty()) result.problems.push_back(NoStory(input));
  return result;
}

}  // namespace dateline::cli
