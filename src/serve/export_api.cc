// Files of any length, written piece by piece while they are sent: what is held is the list of what
// to write and one story.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "base/ascii.h"
#include "dateline/export.h"
#include "dateline/record.h"
#include "record/event_rows.h"
#include "record/quote_rows.h"
#include "record/rows.h"
#include "serve/core.h"
#include "serve/lines.h"
#include "serve/rereading.h"
#include "serve/story_export.h"

namespace dateline::serve {
namespace {

/// Forms of this program's own.
enum class OwnForm : std::uint8_t { kCsv, kTsv, kLines };
enum class OwnUnit : std::uint8_t { kEvents, kQuotes, kStories };

struct FileForm {
  std::string_view name;
  OwnUnit unit;
  OwnForm form;
};
constexpr std::array<FileForm, 7> kOwnForms = {{
    {"events.csv", OwnUnit::kEvents, OwnForm::kCsv},
    {"events.tsv", OwnUnit::kEvents, OwnForm::kTsv},
    {"events.jsonl", OwnUnit::kEvents, OwnForm::kLines},
    {"quotes.csv", OwnUnit::kQuotes, OwnForm::kCsv},
    {"quotes.tsv", OwnUnit::kQuotes, OwnForm::kTsv},
    {"quotes.jsonl", OwnUnit::kQuotes, OwnForm::kLines},
    {"stories.jsonl", OwnUnit::kStories, OwnForm::kLines},
}};

std::string_view TypeOf(OwnForm form) {
  if (form == OwnForm::kCsv) return "text/csv; charset=utf-8";
  if (form == OwnForm::kTsv) return "text/tab-separated-values; charset=utf-8";
  return "application/x-ndjson";
}

std::string_view TypeOf(ExportForm form) {
  switch (form) {
    case ExportForm::kPlover:
      return "application/x-ndjson";
    case ExportForm::kGeoJson:
      return "application/geo+json";
    case ExportForm::kJsonLd:
      return "application/ld+json";
    case ExportForm::kGexf:
    case ExportForm::kGraphMl:
      return "application/xml";
    case ExportForm::kConllu:
      return "text/plain; charset=utf-8";
    default:
      return "text/tab-separated-values; charset=utf-8";
  }
}

std::string_view EndingOf(ExportForm form) {
  switch (form) {
    case ExportForm::kPlover:
      return "jsonl";
    case ExportForm::kGeoJson:
      return "geojson";
    case ExportForm::kJsonLd:
      return "jsonld";
    case ExportForm::kGexf:
      return "gexf";
    case ExportForm::kGraphMl:
      return "graphml";
    case ExportForm::kConllu:
      return "conllu";
    default:
      return "tsv";
  }
}

struct ExportAsk {
  EventAsk events{};
  QuoteAsk quotes{};
  EventIdentity same = EventIdentity::kNone;
  std::vector<std::string> columns{};
  NetworkUnit unit = NetworkUnit::kCountry;
  std::string story{};
  bool newest = false;
  bool safe = false;
  std::uint64_t limit = 0;
  OffsetUnit offsets = OffsetUnit::kBytes;
};

std::vector<std::string> Names(std::string_view list) {
  std::vector<std::string> names;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    if (const auto name = base::Trim(list.substr(0, end)); !name.empty()) names.emplace_back(name);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return names;
}

Answered<ExportAsk> TakeExportAsk(Call& call) {
  constexpr NetworkUnit kUnits[] = {NetworkUnit::kCountry, NetworkUnit::kActor, NetworkUnit::kName};
  Parameters& given = call.given;
  ExportAsk ask;
  auto events = TakeEventAsk(call);
  if (!events) return std::unexpected(events.error());
  ask.events = *std::move(events);
  ask.same = TakeSame(given);
  ask.newest = given.Flag("newest");
  ask.quotes.filter.by = given.Text("by");
  ask.quotes.filter.about = given.Text("about");
  ask.quotes.filter.published = ask.events.filter.days;
  ask.quotes.newest = ask.newest;
  ask.columns = Names(given.Text("columns"));
  ask.unit = kUnits[given.Choice("unit", {"country", "actor", "name"})];
  ask.story = given.Text("story");
  ask.safe = given.Flag("safe_csv");
  ask.limit = given.Number("limit", 1, INT64_MAX).value_or(0);
  ask.offsets = TakeOffsets(given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  return ask;
}

/// The columns asked for, in the order asked for; all where none is.
record::Fields Picked(const record::Fields& fields, const std::vector<std::string>& columns) {
  if (columns.empty()) return fields;
  record::Fields picked;
  for (const std::string& name : columns) {
    const auto found = std::ranges::find(fields, name, &record::Fields::value_type::first);
    if (found != fields.end()) picked.push_back(*found);
  }
  return picked;
}

/// Writes the facts of a list, story by story.
class OwnExport {
 public:
  OwnExport(Archive& archive, const FileForm& form, ExportAsk ask)
      : archive_(archive), form_(form), ask_(std::move(ask)) {}

  [[nodiscard]] std::string Begin() const {
    if (form_.form == OwnForm::kLines) return {};
    return record::HeaderRow(Picked(AllColumns(), ask_.columns), RowFormOf());
  }

  /// A column that there is not.
  [[nodiscard]] std::optional<std::string> UnknownColumn() const {
    if (form_.form == OwnForm::kLines) return std::nullopt;
    const record::Fields all = AllColumns();
    for (const std::string& name : ask_.columns) {
      if (std::ranges::find(all, name, &record::Fields::value_type::first) == all.end()) {
        return name;
      }
    }
    return std::nullopt;
  }

  Result<std::string> Write(const Found& fact) {
    if (fact.story != at_) {
      DATELINE_TRY(story_, LoadCorrected(archive_, fact.story));
      at_ = fact.story;
    }
    const RecordOptions options{.offsets = ask_.offsets};
    const Choice choice = std::vector{fact.number};
    if (form_.unit == OwnUnit::kStories) return WriteRecord(story_, options) + "\n";
    const bool events = form_.unit == OwnUnit::kEvents;
    if (form_.form == OwnForm::kLines) {
      return WithFirst("number", fmt::format("{}", fact.story),
                       base::Trim(events ? WriteEventLines(story_, options, choice)
                                         : WriteQuoteLines(story_, options, choice))) +
             "\n";
    }
    std::string rows;
    for (const auto& fields :
         events ? record::EventFields(story_, choice) : record::QuoteFields(story_, choice)) {
      rows += record::Row(Picked(fields, ask_.columns), RowFormOf(), ask_.safe);
    }
    return rows;
  }

 private:
  [[nodiscard]] record::RowForm RowFormOf() const {
    return form_.form == OwnForm::kCsv ? record::RowForm::kCsv : record::RowForm::kTsv;
  }
  [[nodiscard]] record::Fields AllColumns() const {
    return form_.unit == OwnUnit::kEvents ? record::EventFieldNames() : record::QuoteFieldNames();
  }

  Archive& archive_;
  FileForm form_;
  ExportAsk ask_;
  std::int64_t at_ = 0;
  Story story_;
};

Response FileResponse(std::string_view type, std::string_view name) {
  Response response;
  response.Set("Content-Type", std::string(type));
  response.Set("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
  response.Set("Cache-Control", "no-store");
  return response;
}

/// What a file of this program's own form holds.
Answered<FoundList> OwnList(Call& call, const FileForm& form, const ExportAsk& ask) {
  if (form.unit == OwnUnit::kQuotes) return QuoteList(call, ask.quotes);
  if (form.unit == OwnUnit::kEvents) return EventList(call, ask.events, ask.newest);
  const WrittenDays days(ask.events.filter.days);
  std::vector<Found> list;
  for (const StoryRow& row : call.index.stories()) {
    if (days.all() || days.Hold(row.published)) list.push_back({row.story});
  }
  return std::make_shared<const std::vector<Found>>(std::move(list));
}

/// Of events that are one the first, of one story alone, no more than are wanted.
Answered<std::vector<Found>> Narrowed(Call& call, const FileForm& form, const ExportAsk& ask,
                                      std::vector<Found> list) {
  if (ask.same != EventIdentity::kNone && form.unit == OwnUnit::kEvents) {
    DATELINE_ANSWER(const auto firsts, call.desk.archive.OneOfEach(FactsOf(list), ask.same));
    list.clear();
    for (const StoryFacts& each : firsts) {
      for (const std::uint32_t number : each.numbers) list.push_back({each.story, number});
    }
  }
  if (!ask.story.empty()) {
    DATELINE_ANSWER(const std::int64_t only, call.desk.archive.FindStory(ask.story));
    std::erase_if(list, [&](const Found& each) { return each.story != only; });
  }
  if (ask.limit > 0 && list.size() > ask.limit) list.resize(ask.limit);
  return list;
}

Answered<Response> OwnFile(Call& call, const FileForm& form, const ExportAsk& ask) {
  const auto all = OwnList(call, form, ask);
  if (!all) return std::unexpected(all.error());
  auto list = Narrowed(call, form, ask, **all);
  if (!list) return std::unexpected(list.error());
  auto exporting = std::make_shared<OwnExport>(call.desk.archive, form, ask);
  if (const auto unknown = exporting->UnknownColumn()) {
    return Refuse(400, "bad-parameter", fmt::format("columns: there is no '{}'", *unknown),
                  "columns");
  }
  Response response = FileResponse(TypeOf(form.form), fmt::format("dateline-{}", form.name));
  response.stream = [exporting, list = *std::move(list)](const Sink& sink) {
    if (!sink(exporting->Begin())) return false;
    for (const Found& each : list) {
      const auto text = exporting->Write(each);
      if (!text || !sink(*text)) return false;
    }
    return true;
  };
  return response;
}

Answered<Response> NetworkFile(Call& call, ExportForm form, const ExportAsk& ask) {
  DATELINE_ANSWER(const auto ties,
                  call.desk.archive.FindNetwork({.unit = ask.unit, .about = {}, .limit = ask.limit},
                                                ask.events.filter));
  Response response = FileResponse(TypeOf(form), fmt::format("dateline.{}", EndingOf(form)));
  response.body = WriteNetwork(ties, form);
  return response;
}

Answered<Response> OtherFile(Call& call, ExportForm form, const ExportAsk& ask) {
  EventFilter filter = ask.events.filter;
  filter.limit = ask.limit;
  DATELINE_ANSWER(auto facts, ChooseStories(call.desk.archive, form, filter));
  if (UnitOf(form) == ExportUnit::kEvents) {
    DATELINE_ANSWER(facts, call.desk.archive.OneOfEach(facts, ask.same));
  }
  auto exporting = std::make_shared<StoryExport>(
      call.desk.archive, call.core.options.codes->names, call.core.options.engine,
      StoryExport::Options{.form = form, .any_status = !filter.status.empty(), .safe = ask.safe});
  Response response = FileResponse(
      TypeOf(form), fmt::format("dateline-{}.{}", ExportFormName(form), EndingOf(form)));
  response.stream = [exporting, facts = std::move(facts)](const Sink& sink) {
    if (!sink(exporting->Begin())) return false;
    for (const StoryFacts& each : facts) {
      const auto made = exporting->Make(each);
      if (!made || !sink(exporting->Joined(made->text))) return false;
    }
    return sink(exporting->End());
  };
  return response;
}

}  // namespace

Answered<Response> AnswerExport(Call& call) {
  const std::string& name = call.Part();
  const auto own = std::ranges::find(kOwnForms, name, &FileForm::name);
  const auto form = ParseExportForm(name);
  const bool files = form == ExportForm::kBrat || form == ExportForm::kTimeMl;
  if (own == kOwnForms.end() && (!form || files)) {
    return Refuse(404, "not-found",
                  files ? "brat and timeml are a file for each story: use 'dateline export'"
                        : fmt::format("there is no form '{}' to export in", name));
  }
  const auto ask = TakeExportAsk(call);
  if (!ask) return std::unexpected(ask.error());
  if (own != kOwnForms.end()) return OwnFile(call, *own, *ask);
  return UnitOf(*form) == ExportUnit::kNetwork ? NetworkFile(call, *form, *ask)
                                               : OtherFile(call, *form, *ask);
}

}  // namespace dateline::serve
