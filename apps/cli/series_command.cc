#include "series_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "answer.h"
#include "dateline/archive.h"
#include "interrupt.h"
#include "messages.h"
#include "near.h"
#include "output.h"
#include "read_command.h"
#include "row_printer.h"
#include "terminal.h"
#include "timeline_plot.h"

namespace dateline::cli {
namespace {

Result<EventFilter> FilterOf(const EventFilter& given, const std::string& near) {
  EventFilter filter = given;
  if (!near.empty()) {
    DATELINE_TRY(filter.near, FindNear(near));
  }
  return filter;
}

void AddTally(const EventTally& tally, std::vector<SqlValue>& row) {
  row.push_back(NumberCell(tally.events));
  for (const std::uint64_t count : tally.quads) row.push_back(NumberCell(count));
  row.push_back(RealCell(tally.Mean()));
  row.push_back(RealCell(tally.goldstein));
}

const std::vector<std::string>& TallyColumns() {
  static const std::vector<std::string> columns = {
      "events",          "verbal_cooperation", "material_cooperation",
      "verbal_conflict", "material_conflict",  "goldstein_mean",
      "goldstein_sum"};
  return columns;
}

void WriteRows(const Timeline& line, const TimelineCommand& command, Output& output) {
  RowPrinter printer({.form = AnswerForm(command.table), .safe = command.safe_csv}, output);
  std::vector<std::string> names = TallyColumns();
  names.insert(names.begin(), std::string(PeriodName(command.query.period)));
  printer.Begin(names);
  for (const TimelinePoint& point : line.points) {
    std::vector<SqlValue> row = {TextCell(point.name)};
    AddTally(point.tally, row);
    if (!printer.Row(row)) break;
  }
  printer.Finish();
}

std::string TitleOf(const TimelineQuery& query) {
  if (query.other.empty()) return query.directed ? query.one + " →" : query.one;
  return query.one + (query.directed ? " → " : " ↔ ") + query.other;
}

}  // namespace

int RunTimeline(const TimelineCommand& command) {
  auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  const auto filter = FilterOf(command.filter, command.near);
  if (!filter) return Complain(filter.error());
  const auto line = archive->FindTimeline(command.query, *filter);
  if (!line) return Complain(line.error());
  if (line->vague > 0) {
    Say(fmt::format("{} left out, dated less precisely than to the {}",
                    line->vague == 1 ? "one event" : fmt::format("{} events", line->vague),
                    PeriodName(command.query.period)));
  }
  if (line->points.empty()) {
    Say("nothing found");
    return kSomeFailed;
  }
  WatchSignals();
  Output output(STDOUT_FILENO);
  using Form = TimelineCommand::Form;
  const bool people = isatty(STDOUT_FILENO) == 1 && !command.table;
  const Form form = command.form.value_or(people ? Form::kPlot : Form::kRows);
  const PlotOptions plot{.title = TitleOf(command.query),
                         .width = TerminalWidth(STDOUT_FILENO),
                         .color = UseColor(command.color, STDOUT_FILENO)};
  if (form == Form::kPlot) output.Write(DrawTimeline(*line, plot));
  if (form == Form::kSvg) output.Write(DrawTimelineSvg(*line, plot));
  if (form == Form::kRows) WriteRows(*line, command, output);
  return EndAnswer(output, kAllRead);
}

int RunNetwork(const NetworkCommand& command) {
  auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  const auto filter = FilterOf(command.filter, command.near);
  if (!filter) return Complain(filter.error());
  const auto ties = archive->FindNetwork(command.query, *filter);
  if (!ties) return Complain(ties.error());
  if (ties->empty()) {
    Say("nothing found");
    return kSomeFailed;
  }
  WatchSignals();
  Output output(STDOUT_FILENO);
  RowPrinter printer({.form = AnswerForm(command.form), .safe = command.safe_csv}, output);
  std::vector<std::string> names = {"source", "target"};
  names.insert(names.end(), TallyColumns().begin(), TallyColumns().end());
  names.insert(names.end(), {"first", "last"});
  printer.Begin(names);
  for (const Tie& tie : *ties) {
    std::vector<SqlValue> row = {TextCell(tie.source), TextCell(tie.target)};
    AddTally(tie.tally, row);
    row.push_back(TextCell(tie.first));
    row.push_back(TextCell(tie.last));
    if (!printer.Row(row)) break;
  }
  printer.Finish();
  return EndAnswer(output, kAllRead);
}

}  // namespace dateline::cli
