/// A piece of input through the engine, with messages that name its place.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "command_line.h"
#include "dateline/engine.h"
#include "job_stream.h"

namespace dateline::cli {

/// The pieces that the command names.
JobStream JobsOf(const ReadCommand& command);
/// Bytes of input that a job holds.
std::uint64_t CostOf(const Job& job);

/// The stories of a piece, and what could not be read in it. A piece without a letter of text is a
/// problem, and so is one that memory does not suffice for. Thread-safe but for `scratch`.
ReadResult ReadPiece(const Engine& engine, const ReadCommand& command, const Piece& piece,
                     Scratch& scratch);

/// The same of several pieces at once, which is faster; where memory does not suffice for all, one
/// after the other.
std::vector<ReadResult> ReadPieces(const Engine& engine, const ReadCommand& command,
                                   std::span<const Piece* const> pieces, Scratch& scratch);

}  // namespace dateline::cli
