#include "message_work.h"

#include <fmt/format.h>

#include <utility>

#include "dateline/input.h"
#include "dateline/record.h"
#include "memory_file.h"
#include "reading.h"

namespace dateline::cli {
namespace {

constexpr std::string_view kNowhere = "standard input";  // as a piece without a path is shown

using Clock = std::chrono::steady_clock;

/// Where it came from, beside the headers that it came with.
std::vector<kafka::Header> HeadersOf(const WorkCommand& command, const kafka::Message& message) {
  std::vector<kafka::Header> headers = message.headers;
  headers.emplace_back("dateline.topic", command.in);
  headers.emplace_back("dateline.partition", std::to_string(message.partition));
  headers.emplace_back("dateline.offset", std::to_string(message.offset));
  return headers;
}

void AddDeadLetter(const WorkCommand& command, std::string_view reason, bool whole,
                   Treated& treated) {
  const kafka::Message& message = treated.message;
  kafka::Outgoing letter{.topic = command.dead_letters,
                         .key = message.key,
                         .value = whole ? message.value : std::string(),
                         .headers = HeadersOf(command, message)};
  letter.headers.emplace_back("dateline.reason", reason);
  treated.out.push_back(std::move(letter));
  ++treated.dead_letters;
}

/// "message:3: record 3, byte 40: …".
std::string Reason(const Error& error) {
  std::string text = error.Text();
  if (text.starts_with(kNowhere)) text.replace(0, kNowhere.size(), "message");
  return text;
}

struct Found {
  std::vector<Story> stories;
  std::string reason;  ///< of the first thing that could not be read; empty: none

  void Note(const Error& error) {
    // Sound and no story (a picture): no harm beside a story, and a reason where there is none.
    if (reason.empty() && error.code != ErrorCode::kNoStory) reason = Reason(error);
    if (storyless.empty() && error.code == ErrorCode::kNoStory) storyless = Reason(error);
  }
  std::string storyless;
};

void ReadInto(const Engine& engine, const ReadCommand& command, const Piece& piece,
              Scratch& scratch, Found& found) {
  ReadResult read = ReadPiece(engine, command, piece, scratch);
  for (const Error& error : read.problems) found.Note(error);
  for (Story& story : read.stories) found.stories.push_back(std::move(story));
}

Found FindStories(const Engine& engine, const ReadCommand& command, std::string_view bytes,
                  Scratch& scratch) {
  Found found;
  const MemoryFile file(bytes);
  auto reader = file.whole() ? InputReader::Open(file.path(), {.format = command.format,
                                                               .max_piece_bytes = command.max_bytes,
                                                               .columns = command.columns})
                             : Fail(ErrorCode::kUnreadable, "no memory for it now");
  if (!reader) {
    found.Note(reader.error());
    return found;
  }
  std::uint32_t ordinal = 0;
  while (auto piece = reader->Next()) {
    if (!*piece) {
      found.Note({piece->error().code, piece->error().message, ""});
      continue;
    }
    (*piece)->path = "-";
    ReadInto(engine, command, {**std::move(piece), ordinal++}, scratch, found);
  }
  return found;
}

void AddRecords(const WorkCommand& command, const std::vector<Story>& stories, Treated& treated) {
  const bool one = stories.size() == 1;
  for (const Story& story : stories) {
    treated.out.push_back({.topic = command.out,
                           .key = one && treated.message.key ? treated.message.key : story.id,
                           .value = WriteRecord(story, command.input.record),
                           .headers = HeadersOf(command, treated.message)});
    ++treated.records;
  }
}

void PassTombstone(const WorkCommand& command, Treated& treated) {
  if (!treated.message.key)
    return AddDeadLetter(command, "neither key nor value: nothing to read", true, treated);
  treated.out.push_back({.topic = command.out,
                         .key = treated.message.key,
                         .value = std::nullopt,
                         .headers = HeadersOf(command, treated.message)});
}

}  // namespace

Treated Treat(const Engine& engine, const WorkCommand& command, kafka::Message message,
              Scratch& scratch) {
  const auto begin = Clock::now();
  Treated treated{.message = std::move(message)};
  if (!treated.message.value) {
    PassTombstone(command, treated);
    return treated;
  }
  Found found = FindStories(engine, command.input, *treated.message.value, scratch);
  AddRecords(command, found.stories, treated);
  if (found.reason.empty() && found.stories.empty()) {
    found.reason =
        found.storyless.empty() ? "empty: there is no story in it" : std::move(found.storyless);
  }
  if (!found.reason.empty()) AddDeadLetter(command, found.reason, true, treated);
  treated.spent = Clock::now() - begin;
  return treated;
}

Treated Refused(const WorkCommand& command, kafka::Message message, std::string_view reason,
                bool whole) {
  Treated treated{.message = std::move(message)};
  AddDeadLetter(command, reason, whole, treated);
  return treated;
}

}  // namespace dateline::cli
