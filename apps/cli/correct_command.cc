#include "correct_command.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <string>

#include "answer.h"
#include "dateline/archive.h"
#include "messages.h"
#include "output.h"
#include "page.h"
#include "read_command.h"
#include "record/rows.h"
#include "serve/codes.h"
#include "serve/lines.h"
#include "terminal.h"

namespace dateline::cli {
namespace {

std::string Now() {
  const auto now =
      std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

Result<std::int64_t> Keep(Archive& archive, const CorrectCommand& command) {
  Correction correction{.made = Now(), .note = command.note};
  if (command.another || command.same_as != 0) {
    correction.kind =
        command.another ? Correction::Kind::kAnotherEntity : Correction::Kind::kSameEntity;
    correction.identity = command.same_as;
    DATELINE_TRY(correction.fact, serve::ParseEntityName(command.fact));
    DATELINE_TRY(correction.story, archive.FindStory(command.story));
    return archive.Correct(correction);
  }
  DATELINE_TRY(correction.fact, serve::ParseEventName(command.fact));
  DATELINE_TRY(correction.story, archive.FindStory(command.story));
  if (command.not_an_event) return archive.Correct(correction);
  DATELINE_TRY(const serve::Codes codes, serve::LoadCodes());
  if (const auto known = serve::GiveCode(codes, command.code, correction); !known) {
    return std::unexpected(known.error());
  }
  return archive.Correct(correction);
}

std::string About(const Correction& each) {
  switch (each.kind) {
    case Correction::Kind::kNotAnEvent:
      return fmt::format("story {}, v{}: {} is no event", each.story, each.fact + 1, each.machine);
    case Correction::Kind::kCode:
      return fmt::format("story {}, v{}: {} is {}", each.story, each.fact + 1, each.machine,
                         each.value);
    case Correction::Kind::kAnotherEntity:
      return fmt::format("story {}, e{}: {} is not {} but {}", each.story, each.fact + 1,
                         Printable(each.machine), each.found, each.identity);
    case Correction::Kind::kSameEntity:
      return fmt::format("story {}, e{}: {}, {}, is the same as {}", each.story, each.fact + 1,
                         Printable(each.machine), each.found, each.identity);
  }
  return "";
}

std::string Text(const Correction& each) {
  std::string text = fmt::format("{}  {}  {}", each.number, each.made, About(each));
  if (!each.note.empty()) text += fmt::format(" ({})", Printable(each.note));
  if (each.undone) text += fmt::format("; taken back {}", *each.undone);
  if (each.stale) text += "; no longer found";
  return text + "\n";
}

int List(Archive& archive, const CorrectCommand& command) {
  const auto corrections = archive.Corrections();
  if (!corrections) return Complain(corrections.error());
  const TableForm form = AnswerForm(command.form);
  Output output(STDOUT_FILENO);
  if (form == TableForm::kCsv) output.Write(record::HeaderRow(serve::CorrectionFields({})));
  for (const Correction& each : *corrections) {
    if (form == TableForm::kCsv) output.Write(record::Row(serve::CorrectionFields(each)));
    if (form == TableForm::kJsonLines) output.Write(serve::CorrectionLine(each) + "\n");
    if (form == TableForm::kText) output.Write(Text(each));
  }
  return EndAnswer(output, kAllRead);
}

}  // namespace

int RunCorrect(const CorrectCommand& command) {
  const bool list = command.story.empty() && command.take_back == 0;
  if (!Archive::IsArchive(command.archive) || list) {
    // Also where there is no archive: the message is the one of every other question.
    auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
    if (!archive) return Complain(archive.error());
    return List(*archive, command);
  }
  auto archive = Archive::Open(command.archive, ArchiveAccess::kWrite);
  if (!archive) return Complain(archive.error());
  if (command.take_back != 0) {
    const auto done = archive->TakeBack(command.take_back, Now());
    return done ? kAllRead : Complain(done.error());
  }
  const auto kept = Keep(*archive, command);
  if (!kept) return Complain(kept.error());
  Output output(STDOUT_FILENO);
  output.Write(fmt::format("correction {}\n", *kept));
  output.Flush();
  return kAllRead;
}

}  // namespace dateline::cli
