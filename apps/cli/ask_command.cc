#include "ask_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/archive.h"
#include "dateline/record.h"
#include "digest.h"
#include "interrupt.h"
#include "messages.h"
#include "output.h"
#include "page.h"
#include "read_command.h"
#include "record/json_writer.h"
#include "record/rows.h"
#include "render.h"
#include "terminal.h"

namespace dateline::cli {
namespace {

constexpr std::size_t kSnippetIndent = 4;
constexpr std::size_t kRowsMeasured = 500;
constexpr std::size_t kWidestCell = 60;

bool IsTerminal() { return isatty(STDOUT_FILENO) == 1; }

TableForm FormOf(std::optional<TableForm> wanted) {
  return wanted.value_or(IsTerminal() ? TableForm::kText : TableForm::kJsonLines);
}

/// How writing went, as an exit code.
int Close(Output& output, int code = kAllRead) {
  output.Flush();
  if (output.state() == Output::State::kClosed) return kReaderWentAway;
  if (output.state() == Output::State::kOpen) return code;
  Say(fmt::format("standard output: cannot be written: {}", output.Problem()));
  return kSomeFailed;
}

std::string JsonText(std::string_view text) {
  record::JsonWriter json(false);
  json.String(text);
  return json.Take();
}

// ---- search

std::string HitLine(const SearchHit& hit) {
  record::JsonWriter json(false);
  json.BeginObject();
  json.Key("story");
  json.Number(static_cast<std::uint64_t>(hit.story));
  json.Key("id");
  json.String(hit.id);
  if (hit.published) {
    json.Key("published");
    json.String(*hit.published);
  }
  json.Key("headline");
  json.String(hit.headline);
  if (hit.publisher) {
    json.Key("publisher");
    json.String(*hit.publisher);
  }
  json.Key("snippet");
  json.String(hit.snippet);
  json.Key("marks");
  json.BeginArray();
  for (const Span mark : hit.marks) {
    json.BeginArray(record::Layout::kInline);
    json.Number(std::uint64_t{mark.begin});
    json.Number(std::uint64_t{mark.end});
    json.EndArray();
  }
  json.EndArray();
  json.Key("score");
  json.Number(hit.score);
  json.EndObject();
  return json.Take() + "\n";
}

record::Fields HitFields(const SearchHit& hit) {
  return {{"story", fmt::format("{}", hit.story)},   {"id", hit.id},
          {"published", hit.published.value_or("")}, {"headline", hit.headline},
          {"publisher", hit.publisher.value_or("")}, {"snippet", hit.snippet},
          {"score", fmt::format("{}", hit.score)}};
}

void AddHit(const SearchHit& hit, Page& page) {
  page.Begin(0, 2);
  page.Add(fmt::format("{} ", hit.story), Style::kDim);
  page.Add(hit.headline.empty() ? "(no headline)" : hit.headline, Style::kBold);
  page.End();
  std::string about = hit.published.value_or("");
  if (hit.publisher) about += (about.empty() ? "" : " · ") + *hit.publisher;
  if (!about.empty()) page.Paragraph(about, kSnippetIndent, Style::kDim);
  page.Begin(kSnippetIndent, kSnippetIndent);
  std::uint32_t at = 0;
  for (const Span mark : hit.marks) {
    page.Add(Span{at, mark.begin}.of(hit.snippet));
    page.Add(mark.of(hit.snippet), Style::kAction);
    at = mark.end;
  }
  page.Add(std::string_view(hit.snippet).substr(at));
  page.End();
}

PageOptions PageFor(ColorChoice color) {
  return {.width = TerminalWidth(STDOUT_FILENO), .color = UseColor(color, STDOUT_FILENO)};
}

void WriteHits(const std::vector<SearchHit>& hits, TableForm form, ColorChoice color,
               Output& output) {
  if (form == TableForm::kCsv) output.Write(record::HeaderRow(HitFields({})));
  for (const SearchHit& hit : hits) {
    if (form == TableForm::kCsv) output.Write(record::Row(HitFields(hit)));
    if (form == TableForm::kJsonLines) output.Write(HitLine(hit));
    if (form != TableForm::kText) continue;
    Page page(PageFor(color));
    AddHit(hit, page);
    output.Write(page.Take());
  }
}

// ---- sql

/// Rows of a statement in the form asked for. For people the columns are as wide as the first rows
/// need.
class RowPrinter {
 public:
  RowPrinter(TableForm form, Output& output) : form_(form), output_(output) {}

  void Begin(const std::vector<std::string>& names) {
    names_ = names;
    if (form_ == TableForm::kCsv) output_.Write(record::HeaderRow(Fields({})));
    if (form_ == TableForm::kText) waiting_.push_back(names);
  }

  bool Row(const std::vector<SqlValue>& values) {
    if (form_ == TableForm::kCsv) output_.Write(record::Row(Fields(values)));
    if (form_ == TableForm::kJsonLines) output_.Write(Line(values));
    if (form_ == TableForm::kText) {
      auto& row = waiting_.emplace_back();
      for (const SqlValue& value : values) row.push_back(Printable(value.text));
      if (waiting_.size() > kRowsMeasured) Flush();
    }
    return output_.state() == Output::State::kOpen && SignalReceived() == 0;
  }

  void Finish() { Flush(); }

 private:
  record::Fields Fields(const std::vector<SqlValue>& values) const {
    record::Fields fields;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      fields.emplace_back(names_[i], i < values.size() ? values[i].text : "");
    }
    return fields;
  }

  std::string Line(const std::vector<SqlValue>& values) const {
    std::string line = "{";
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) line += ',';
      line += JsonText(names_[i]) + ":" + JsonValue(values[i]);
    }
    return line + "}\n";
  }

  static std::string JsonValue(const SqlValue& value) {
    const bool finite = value.text.find_first_of("ni") == std::string::npos;  // no nan, no inf
    if (value.kind == SqlValue::Kind::kNumber) return value.text;
    if (value.kind == SqlValue::Kind::kReal && finite) return value.text;
    if (value.kind == SqlValue::Kind::kNull || value.kind == SqlValue::Kind::kReal) return "null";
    return JsonText(value.text);
  }

  void Flush() {
    if (widths_.empty()) {
      widths_.resize(names_.size());
      for (const auto& row : waiting_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
          widths_[i] = std::max(widths_[i], std::min(kWidestCell, DisplayWidth(row[i])));
        }
      }
    }
    for (const auto& row : waiting_) output_.Write(Padded(row));
    waiting_.clear();
  }

  std::string Padded(const std::vector<std::string>& row) const {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      const std::size_t width = DisplayWidth(row[i]);
      if (i + 1 < row.size()) line.append(width < widths_[i] ? widths_[i] - width + 2 : 2, ' ');
    }
    return line + "\n";
  }

  TableForm form_;
  Output& output_;
  std::vector<std::string> names_;
  std::vector<std::vector<std::string>> waiting_;
  std::vector<std::size_t> widths_;
};

// ---- facts

OutputForm DefaultFactForm(const ReadCommand& command) {
  if (command.events) return IsTerminal() ? OutputForm::kEvents : OutputForm::kEventJsonLines;
  return IsTerminal() ? OutputForm::kQuotes : OutputForm::kQuoteJsonLines;
}

/// The chosen facts of a story in the form asked for.
std::string RenderFacts(Story story, const std::vector<std::uint32_t>& chosen,
                        const RenderOptions& options) {
  switch (options.form) {
    case OutputForm::kEventCsv:
      return WriteEventRows(story, chosen);
    case OutputForm::kEventJsonLines:
      return WriteEventLines(story, options.record, chosen);
    case OutputForm::kQuoteCsv:
      return WriteQuoteRows(story, chosen);
    case OutputForm::kQuoteJsonLines:
      return WriteQuoteLines(story, options.record, chosen);
    default:
      break;
  }
  std::vector<Event> events;
  std::vector<Attribution> attributions;
  for (const std::uint32_t at : chosen) {
    if (at < story.events.size()) events.push_back(story.events[at]);
    if (at < story.attributions.size()) attributions.push_back(story.attributions[at]);
  }
  if (options.form == OutputForm::kEvents) {
    story.events = std::move(events);
    return WriteEventDigest(story, options.digest);
  }
  story.attributions = std::move(attributions);
  return WriteQuoteDigest(story, options.digest);
}

Result<std::vector<StoryFacts>> Find(Archive& archive, const ReadCommand& command) {
  return command.events ? archive.FindEvents(command.event_filter)
                        : archive.FindQuotes(command.quote_filter);
}

}  // namespace

int RunSearch(const SearchCommand& command) {
  auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  const auto hits = archive->Search(command.query, command.options);
  if (!hits) return Complain(hits.error());
  WatchSignals();
  Output output(STDOUT_FILENO);
  WriteHits(*hits, FormOf(command.form), command.color, output);
  if (hits->empty()) Say("nothing found");
  return Close(output, hits->empty() ? kSomeFailed : kAllRead);
}

int RunStory(const StoryCommand& command) {
  auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  const auto number = archive->FindStory(command.id);
  if (!number) return Complain(number.error());
  WatchSignals();
  Output output(STDOUT_FILENO);
  if (command.original) {
    const auto bytes = archive->LoadOriginal(*number);
    if (!bytes) return Complain(bytes.error());
    output.Write(*bytes);
    return Close(output);
  }
  const auto story = archive->LoadStory(*number);
  if (!story) return Complain(story.error());
  if (command.json || !IsTerminal()) {
    output.Write(WriteRecord(*story) + "\n");
    return Close(output);
  }
  output.Write(WriteDigest(*story, {.page = PageFor(command.color)}));
  const auto copies = archive->CopiesOf(*number);
  if (copies && !copies->empty()) {
    output.Write(fmt::format("The same story in other words: {}\n\n", fmt::join(*copies, ", ")));
  }
  return Close(output);
}

int RunSql(const SqlCommand& command) {
  auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  WatchSignals();
  Output output(STDOUT_FILENO);
  RowPrinter printer(FormOf(command.form), output);
  const auto done = archive->Sql(
      command.statement, [&](const std::vector<std::string>& names) { printer.Begin(names); },
      [&](const std::vector<SqlValue>& values) { return printer.Row(values); });
  printer.Finish();
  const int code = Close(output);
  if (!done) return Complain(done.error());
  return SignalReceived() == 0 ? code : kSignalBase + SignalReceived();
}

int RunCheck(const CheckCommand& command) {
  if (!Archive::IsArchive(command.archive)) {
    // Opened for reading, so that the message is the one of every other question.
    const auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
    if (!archive) return Complain(archive.error());
  }
  auto archive = Archive::Open(command.archive, ArchiveAccess::kWrite);
  if (!archive) return Complain(archive.error());
  const auto problems = archive->Check();
  if (!problems) return Complain(problems.error());
  for (const std::string& problem : *problems) Say(problem);
  if (!problems->empty()) {
    Say(fmt::format(
        "{}: is not sound: {} found; restore a copy, or add the stories to a new archive",
        command.archive,
        problems->size() == 1 ? "one mistake" : fmt::format("{} mistakes", problems->size())));
    return kSomeFailed;
  }
  const auto count = archive->CountStories();
  if (!count) return Complain(count.error());
  Output output(STDOUT_FILENO);
  output.Write(fmt::format("{}: sound, {} {}\n", Printable(command.archive), *count,
                           *count == 1 ? "story" : "stories"));
  return Close(output);
}

int RunFacts(const ReadCommand& command) {
  auto archive = Archive::Open(command.paths.front(), ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  const auto facts = Find(*archive, command);
  if (!facts) return Complain(facts.error());
  WatchSignals();
  Output output(STDOUT_FILENO);
  RenderOptions render;
  render.form = command.form.value_or(DefaultFactForm(command));
  render.digest.page = PageFor(command.color);
  if (render.form == OutputForm::kEventCsv) output.Write(EventRowHeader());
  if (render.form == OutputForm::kQuoteCsv) output.Write(QuoteRowHeader());
  for (const StoryFacts& each : *facts) {
    if (output.state() != Output::State::kOpen || SignalReceived() != 0) break;
    auto story = archive->LoadStory(each.story);
    if (!story) return Complain(story.error());
    output.Write(RenderFacts(*std::move(story), each.numbers, render));
  }
  if (facts->empty()) Say("nothing found");
  const int code = Close(output, facts->empty() ? kSomeFailed : kAllRead);
  return SignalReceived() == 0 ? code : kSignalBase + SignalReceived();
}

}  // namespace dateline::cli
