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

namespace {

ReadInput InputOf(const ReadCommand& command, const Piece& piece) {
  const InputPiece& input = piece.input;
  return {.bytes = input.bytes,
          .options = {.format = input.format,
                      .path = input.path == "-" ? "" : input.path,
                      .first_index = piece.ordinal,
                      .context = input.context ? std::string_view(*input.context) : "",
                      .columns = &command.columns,
                      .max_body_bytes = command.max_bytes,
                      .analyse = command.analyse,
                      .layout = command.layout,
                      .explain = command.record.explain,
                      .date = command.date}};
}

/// Tells of each problem where it is, and of a piece without a story that it has none.
ReadResult Told(ReadResult result, const InputPiece& input) {
  for (Error& error : result.problems) error = Located(std::move(error), input);
  if (result.stories.empty() && result.problems.empty()) result.problems.push_back(NoStory(input));
  return result;
}

}  // namespace

ReadResult ReadPiece(const Engine& engine, const ReadCommand& command, const Piece& piece,
                     Scratch& scratch) {
  ReadResult result;
  try {
    const ReadInput input = InputOf(command, piece);
    result = engine.ReadAll(input.bytes, input.options, scratch);
  } catch (const std::bad_alloc&) {
    result.problems.push_back({ErrorCode::kTooLarge, "not enough memory; lower --max-bytes", ""});
  }
  return Told(std::move(result), piece.input);
}

std::vector<ReadResult> ReadPieces(const Engine& engine, const ReadCommand& command,
                                   std::span<const Piece* const> pieces, Scratch& scratch) {
  std::vector<ReadResult> results;
  try {
    std::vector<ReadInput> inputs;
    inputs.reserve(pieces.size());
    for (const Piece* piece : pieces) inputs.push_back(InputOf(command, *piece));
    results = engine.ReadAll(inputs, scratch);
    for (std::size_t i = 0; i < pieces.size(); ++i)
      results[i] = Told(std::move(results[i]), pieces[i]->input);
  } catch (const std::bad_alloc&) {
    results.clear();
    for (const Piece* piece : pieces)
      results.push_back(ReadPiece(engine, command, *piece, scratch));
  }
  return results;
}

}  // namespace dateline::cli
