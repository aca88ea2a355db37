#include "ask_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "answer.h"
#include "dateline/archive.h"
#include "dateline/record.h"
#include "digest.h"
#include "fact_rows.h"
#include "interrupt.h"
#include "messages.h"
#include "near.h"
#include "output.h"
#include "page.h"
#include "read_command.h"
#include "record/event_rows.h"
#include "record/quote_rows.h"
#include "render.h"
#include "row_printer.h"
#include "serve/lines.h"
#include "serve/rereading.h"
#include "terminal.h"

namespace dateline::cli {
namespace {

constexpr std::size_t kSnippetIndent = 4;

bool IsTerminal() { return isatty(STDOUT_FILENO) == 1; }

// ---- search

const std::vector<std::string>& HitColumns() {
  static const std::vector<std::string> columns = {"story",     "id",      "published", "headline",
                                                   "publisher", "snippet", "score"};
  return columns;
}

std::vector<SqlValue> HitCells(const SearchHit& hit) {
  return {NumberCell(static_cast<std::uint64_t>(hit.story)),
          TextCell(hit.id),
          TextCell(hit.published.value_or("")),
          TextCell(hit.headline),
          TextCell(hit.publisher.value_or("")),
          TextCell(hit.snippet),
          {SqlValue::Kind::kReal, fmt::format("{}", hit.score)}};
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

void WriteHits(const std::vector<SearchHit>& hits, TableForm form, const SearchCommand& command,
               Output& output) {
  if (form == TableForm::kJsonLines) {
    for (const SearchHit& hit : hits) output.Write(serve::HitLine(hit) + "\n");
    return;
  }
  if (form == TableForm::kText) {
    Page page(PageFor(command.color));
    for (const SearchHit& hit : hits) AddHit(hit, page);
    output.Write(page.Take());
    return;
  }
  RowPrinter printer({.form = form, .safe = command.safe_csv}, output);
  printer.Begin(HitColumns());
  for (const SearchHit& hit : hits) printer.Row(HitCells(hit));
  printer.Finish();
}

// ---- facts

OutputForm DefaultFactForm(const ReadCommand& command) {
  if (command.events) return IsTerminal() ? OutputForm::kEvents : OutputForm::kEventJsonLines;
  return IsTerminal() ? OutputForm::kQuotes : OutputForm::kQuoteJsonLines;
}

/// The chosen facts of a story in the form asked for.
std::string RenderFacts(Story story, const std::vector<std::uint32_t>& chosen,
                        const RenderOptions& options) {
  switch (options.form) {
    case OutputForm::kEventJsonLines:
      return WriteEventLines(story, options.record, chosen);
    case OutputForm::kQuoteJsonLines:
      return WriteQuoteLines(story, options.record, chosen);
    case OutputForm::kEvents:
    case OutputForm::kQuotes:
      break;
    default:
      return FactRows(story, options.form, chosen, options.safe);
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
  if (!command.events) return archive.FindQuotes(command.quote_filter);
  EventFilter filter = command.event_filter;
  if (!command.near.empty()) {
    DATELINE_TRY(filter.near, FindNear(command.near));
  }
  if (command.same != EventIdentity::kNone) filter.limit = 0;  // of events, not of reports
  return archive.FindEvents(filter);
}

// ---- one event told many times

std::string Told(const std::vector<ToldValue>& values) {
  return record::Joined(values, [](const ToldValue& value) {
    return fmt::format("{} ({})", value.first, value.second);
  });
}

record::Fields SameFields(const SameEvent& event) {
  std::string sightings;
  for (const SameEvent::Sighting& each : event.sightings) {
    sightings += fmt::format("{}{}:v{}", sightings.empty() ? "" : "|", each.story, each.number + 1);
  }
  return {{"sightings", fmt::format("{}", event.sightings.size())},
          {"told_by", sightings},
          {"stories", fmt::format("{}", event.stories)},
          {"sources", fmt::format("{}", event.sources)},
          {"first_published", event.first_published.value_or("")},
          {"codes_told", Told(event.codes)},
          {"statuses_told", Told(event.statuses)},
          {"dates_told", Told(event.dates)},
          {"places_told", Told(event.places)},
          {"numbers_told", Told(event.numbers)}};
}

/// `row` and `more` as one.
std::string Lengthened(std::string row, std::string_view more) {
  while (row.ends_with('\n') || row.ends_with('\r')) row.pop_back();
  return row + "," + std::string(more);
}

std::string SameText(const SameEvent& event, const RenderOptions& render) {
  const auto counted = [](std::uint64_t count, const char* one, const char* many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
  };
  std::string text = fmt::format(
      "told {} by {}, {}", counted(event.sightings.size(), "time", "times"),
      counted(event.stories, "story", "stories"), counted(event.sources, "source", "sources"));
  if (event.first_published) text += fmt::format("; first {}", *event.first_published);
  for (const auto& [name, values] :
       {std::pair("code", &event.codes), std::pair("status", &event.statuses),
        std::pair("date", &event.dates), std::pair("place", &event.places),
        std::pair("number", &event.numbers)}) {
    if (values->size() > 1) text += fmt::format("; {}: {}", name, Told(*values));
  }
  Page page(render.digest.page);
  page.Paragraph(text, 2, Style::kDim);
  page.EmptyLine();
  return page.Take();
}

std::string RenderSame(const SameEvent& event, Story story, const RenderOptions& render) {
  const std::string first = RenderFacts(std::move(story), {event.sightings.front().number}, render);
  if (render.form == OutputForm::kEventCsv) {
    return Lengthened(first, record::Row(SameFields(event)));
  }
  if (render.form == OutputForm::kEventJsonLines) {
    const auto end = first.rfind('}');
    return first.substr(0, end) + ",\"same\":" + serve::SameLine(event) + first.substr(end);
  }
  return first + SameText(event, render);
}

int WriteSameEvents(Archive& archive, const std::vector<StoryFacts>& facts,
                    const ReadCommand& command, const RenderOptions& render, Output& output) {
  const auto events = archive.FindSameEvents(facts, command.same);
  if (!events) return Complain(events.error());
  if (render.form == OutputForm::kEventCsv) {
    output.Write(Lengthened(EventRowHeader(), record::HeaderRow(SameFields({}))));
  }
  std::uint64_t left =
      command.event_filter.limit == 0 ? events->size() : command.event_filter.limit;
  for (const SameEvent& event : *events) {
    if (left-- == 0 || output.state() != Output::State::kOpen || SignalReceived() != 0) break;
    auto story = serve::LoadCorrected(archive, event.sightings.front().story);
    if (!story) return Complain(story.error());
    output.Write(RenderSame(event, *std::move(story), render));
  }
  if (events->empty()) Say("nothing found");
  return events->empty() ? kSomeFailed : kAllRead;
}

/// Rows of a table that is wide enough for what is in it.
class FactTable {
 public:
  FactTable(bool events, Output& output)
      : events_(events), printer_({.form = TableForm::kTable}, output) {
    std::vector<std::string> names = ShortColumns(events);
    names.insert(names.begin(), "story");
    printer_.Begin(names);
  }

  void Add(const Story& story, const StoryFacts& facts) {
    for (const auto& fields : events_ ? record::EventFields(story, facts.numbers)
                                      : record::QuoteFields(story, facts.numbers)) {
      std::vector<SqlValue> row = {NumberCell(static_cast<std::uint64_t>(facts.story))};
      for (const std::string& name : ShortColumns(events_)) {
        const auto cell = std::ranges::find(fields, name, &record::Fields::value_type::first);
        row.push_back(TextCell(cell == fields.end() ? "" : cell->second));
      }
      printer_.Row(row);
    }
  }

  void Finish() { printer_.Finish(); }

 private:
  bool events_;
  RowPrinter printer_;
};

OutputForm FactFormOf(const ReadCommand& command) {
  const bool events = command.events;
  switch (command.table.value_or(TableForm::kText)) {
    case TableForm::kCsv:
      return events ? OutputForm::kEventCsv : OutputForm::kQuoteCsv;
    case TableForm::kTsv:
      return events ? OutputForm::kEventTsv : OutputForm::kQuoteTsv;
    case TableForm::kMarkdown:
      return events ? OutputForm::kEventMarkdown : OutputForm::kQuoteMarkdown;
    case TableForm::kJsonLines:
      return events ? OutputForm::kEventJsonLines : OutputForm::kQuoteJsonLines;
    default:
      return command.form.value_or(DefaultFactForm(command));
  }
}

}  // namespace

int RunSearch(const SearchCommand& command) {
  auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  const auto hits = archive->Search(command.query, command.options);
  if (!hits) return Complain(hits.error());
  WatchSignals();
  Output output(STDOUT_FILENO);
  WriteHits(*hits, AnswerForm(command.form), command, output);
  if (hits->empty()) Say("nothing found");
  return EndAnswer(output, hits->empty() ? kSomeFailed : kAllRead);
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
    return EndAnswer(output, kAllRead);
  }
  const auto story = archive->LoadStory(*number);
  if (!story) return Complain(story.error());
  if (command.json || !IsTerminal()) {
    output.Write(WriteRecord(*story) + "\n");
    return EndAnswer(output, kAllRead);
  }
  output.Write(WriteDigest(*story, {.page = PageFor(command.color)}));
  const auto copies = archive->CopiesOf(*number);
  if (copies && !copies->empty()) {
    output.Write(fmt::format("The same story in other words: {}\n\n", fmt::join(*copies, ", ")));
  }
  const auto life = archive->LoadCluster(*number);
  if (life && life->cluster.stories > 1) {
    output.Write(fmt::format("One of {} stories on this: dateline clusters {} {}\n\n",
                             life->cluster.stories, Printable(command.archive),
                             life->cluster.cluster));
  }
  return EndAnswer(output, kAllRead);
}

int RunSql(const SqlCommand& command) {
  auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  WatchSignals();
  Output output(STDOUT_FILENO);
  RowPrinter printer({.form = AnswerForm(command.form), .safe = command.safe_csv}, output);
  const auto done = archive->Sql(
      command.statement, [&](const std::vector<std::string>& names) { printer.Begin(names); },
      [&](const std::vector<SqlValue>& values) { return printer.Row(values); });
  printer.Finish();
  const int code = EndAnswer(output, kAllRead);
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
  return EndAnswer(output, kAllRead);
}

int RunFacts(const ReadCommand& command) {
  auto archive = Archive::Open(command.paths.front(), ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  const auto facts = Find(*archive, command);
  if (!facts) return Complain(facts.error());
  WatchSignals();
  Output output(STDOUT_FILENO);
  RenderOptions render;
  render.form = FactFormOf(command);
  render.safe = command.safe_csv;
  render.digest.page = PageFor(command.color);
  if (command.same != EventIdentity::kNone) {
    const int same = WriteSameEvents(*archive, *facts, command, render, output);
    return EndAnswer(output, same);
  }
  std::optional<FactTable> table;
  if (command.table == TableForm::kTable) table.emplace(command.events, output);
  if (!table) output.Write(FactHeader(render.form));
  for (const StoryFacts& each : *facts) {
    if (output.state() != Output::State::kOpen || SignalReceived() != 0) break;
    auto story = serve::LoadCorrected(*archive, each.story);
    if (!story) return Complain(story.error());
    if (table) table->Add(*story, each);
    if (!table) output.Write(RenderFacts(*std::move(story), each.numbers, render));
  }
  if (table) table->Finish();
  if (facts->empty()) Say("nothing found");
  const int code = EndAnswer(output, facts->empty() ? kSomeFailed : kAllRead);
  return SignalReceived() == 0 ? code : kSignalBase + SignalReceived();
}

}  // namespace dateline::cli
