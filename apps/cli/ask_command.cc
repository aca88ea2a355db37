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
  EventFilter filter = command.event_filter;
  if (command.same != EventIdentity::kNone) filter.limit = 0;  // of events, not of reports
  return command.events ? archive.FindEvents(filter) : archive.FindQuotes(command.quote_filter);
}

Result<Story> LoadCorrected(Archive& archive, std::int64_t number) {
  DATELINE_TRY(Story story, archive.LoadStory(number));
  if (const auto done = archive.ApplyCorrections(number, story); !done) {
    return std::unexpected(done.error());
  }
  return story;
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

std::string SameLine(const SameEvent& event) {
  record::JsonWriter json(false);
  json.BeginObject();
  json.Key("sightings");
  json.BeginArray();
  for (const SameEvent::Sighting& each : event.sightings) {
    json.BeginObject(record::Layout::kInline);
    json.Key("story");
    json.Number(static_cast<std::uint64_t>(each.story));
    json.Key("event");
    json.String(fmt::format("v{}", each.number + 1));
    json.EndObject();
  }
  json.EndArray();
  for (const auto& [name, number] :
       {std::pair("stories", event.stories), std::pair("sources", event.sources)}) {
    json.Key(name);
    json.Number(number);
  }
  if (event.first_published) {
    json.Key("first_published");
    json.String(*event.first_published);
  }
  for (const auto& [name, values] :
       {std::pair("codes", &event.codes), std::pair("statuses", &event.statuses),
        std::pair("dates", &event.dates), std::pair("places", &event.places),
        std::pair("numbers", &event.numbers)}) {
    json.Key(name);
    json.BeginObject(record::Layout::kInline);
    for (const auto& [value, count] : *values) {
      json.Key(value);
      json.Number(count);
    }
    json.EndObject();
  }
  json.EndObject();
  return json.Take();
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
    return first.substr(0, end) + ",\"same\":" + SameLine(event) + first.substr(end);
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
    auto story = LoadCorrected(archive, event.sightings.front().story);
    if (!story) return Complain(story.error());
    output.Write(RenderSame(event, *std::move(story), render));
  }
  if (events->empty()) Say("nothing found");
  return events->empty() ? kSomeFailed : kAllRead;
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
  const auto life = archive->LoadCluster(*number);
  if (life && life->cluster.stories > 1) {
    output.Write(fmt::format("One of {} stories on this: dateline clusters {} {}\n\n",
                             life->cluster.stories, Printable(command.archive),
                             life->cluster.cluster));
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
  if (command.same != EventIdentity::kNone) {
    const int same = WriteSameEvents(*archive, *facts, command, render, output);
    return Close(output, same);
  }
  if (render.form == OutputForm::kEventCsv) output.Write(EventRowHeader());
  if (render.form == OutputForm::kQuoteCsv) output.Write(QuoteRowHeader());
  for (const StoryFacts& each : *facts) {
    if (output.state() != Output::State::kOpen || SignalReceived() != 0) break;
    auto story = LoadCorrected(*archive, each.story);
    if (!story) return Complain(story.error());
    output.Write(RenderFacts(*std::move(story), each.numbers, render));
  }
  if (facts->empty()) Say("nothing found");
  const int code = Close(output, facts->empty() ? kSomeFailed : kAllRead);
  return SignalReceived() == 0 ? code : kSignalBase + SignalReceived();
}

}  // namespace dateline::cli
