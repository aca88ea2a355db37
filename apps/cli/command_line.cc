#include "command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <utility>

#include "base/edit_distance.h"

namespace dateline::cli {
namespace {

constexpr std::uint64_t kLargestPiece = (1ULL << 30U) - 1;  // what text::Normalise takes
constexpr unsigned kMostThreads = 1024;
constexpr std::size_t kHelpColumn = 27;

/// One usage line, and options without the parser's own remarks on types and counts.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter() { column_width(kHelpColumn); }

  std::string make_usage(const CLI::App* app, std::string /*name*/) const override {
    return "Usage: " + app->get_name() + "\n";
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    return option->get_type_size() == 0 ? "" : " " + option->get_type_name();
  }

  std::string make_subcommand(const CLI::App* sub) const override {
    const std::string verb = sub->get_name().substr(sub->get_name().find(' ') + 1);
    return fmt::format("  {:<{}}{}\n", verb, kHelpColumn - 2, sub->get_description());
  }
};

/// A value by its name; the option then reads the number behind the name.
template <typename Enum>
CLI::Validator OneOf(std::vector<std::pair<std::string, Enum>> choices) {
  return {[choices = std::move(choices)](std::string& input) -> std::string {
            std::string names;
            for (const auto& [name, value] : choices) {
              if (name == input) {
                input = std::to_string(static_cast<int>(value));
                return "";
              }
              names += (names.empty() ? "" : ", ") + name;
            }
            return fmt::format("'{}' is not one of {}", input, names);
          },
          ""};
}

CLI::Validator NumberFrom(std::uint64_t least, std::uint64_t most) {
  return {[least, most](std::string& input) -> std::string {
            std::uint64_t number = 0;
            const char* end = input.data() + input.size();
            const auto [stop, error] = std::from_chars(input.data(), end, number);
            if (error == std::errc() && stop == end && number >= least && number <= most) return "";
            return fmt::format("'{}' is not a whole number from {} to {}", input, least, most);
          },
          ""};
}

/// "--date 2024-05-06".
CLI::Option* AddDate(CLI::App* to, std::optional<Date>& date, const std::string& about) {
  const auto take = [&date](const std::string& text) {
    const auto parsed = ParseDate(text);
    if (!parsed) throw CLI::ValidationError("--date: '" + text + "' is not YYYY-MM-DD");
    date = *parsed;
  };
  return to->add_option_function<std::string>("--date", take, about)->type_name("DAY");
}

/// "--from 2024-05", "--to 2024-05-31".
CLI::Option* AddDay(CLI::App* to, const char* name, std::optional<Date>& date,
                    const std::string& about) {
  const auto take = [&date, name](const std::string& text) {
    const auto parsed = ParseDate(text);
    if (!parsed)
      throw CLI::ValidationError(std::string(name) + ": '" + text + "' is not YYYY-MM-DD");
    date = *parsed;
  };
  return to->add_option_function<std::string>(name, take, about)->type_name("DAY");
}

/// The parser of every command, with the places it fills.
struct Parser {
  Parser();

  CLI::App app{
      "Reads news stories and says who said what, and who did what to whom, with the "
      "evidence.",
      "dateline COMMAND [OPTION]…"};
  CLI::App* read = nullptr;
  CLI::App* events = nullptr;
  CLI::App* quotes = nullptr;
  CLI::App* add = nullptr;
  CLI::App* search = nullptr;
  CLI::App* story = nullptr;
  CLI::App* sql = nullptr;
  CLI::App* check_archive = nullptr;
  CLI::App* rebuild = nullptr;
  CLI::App* sync = nullptr;
  CLI::App* export_events = nullptr;
  CLI::App* timeline = nullptr;
  CLI::App* network = nullptr;
  CLI::App* follow = nullptr;
  CLI::App* serve = nullptr;
  CLI::App* work = nullptr;
  CLI::App* clusters = nullptr;
  CLI::App* correct = nullptr;
  CLI::App* who = nullptr;
  CLI::App* explain = nullptr;
  CLI::App* tables = nullptr;
  CLI::App* check = nullptr;
  CLI::App* actors = nullptr;
  CLI::App* lookup = nullptr;
  CLI::App* import = nullptr;
  CLI::App* import_verbs = nullptr;
  CLI::App* help = nullptr;

  ReadCommand command;
  DayRange days;            ///< of `events` and `quotes` on an archive
  std::uint64_t limit = 0;  ///< likewise
  SearchCommand search_command;
  StoryCommand story_command;
  SqlCommand sql_command;
  CheckCommand check_archive_command;
  RebuildCommand rebuild_command;
  SyncCommand sync_command;
  ExportCommand export_command;
  TimelineCommand timeline_command;
  NetworkCommand network_command;
  FollowCommand follow_command;
  ServeCommand serve_command;
  WorkCommand work_command;
  std::string table_form;  ///< `--format` of an answer
  bool safe_csv = false;
  std::string timeline_form;
  ClustersCommand clusters_command;
  CorrectCommand correct_command;
  WhoCommand who_command;
  std::string export_form;
  ExplainCommand explain_command;
  TablesCheckCommand check_command;
  bool csv = false;
  ActorsLookupCommand lookup_command;
  ActorsImportCommand import_command;
  EventsImportCommand import_verbs_command;
  bool only_push = false;
  bool only_pull = false;
  bool version = false;
  bool json_lines = false;
  bool json_array = false;
  bool pretty = false;
  bool text = false;
  bool conllu = false;
  bool no_analysis = false;
  bool plain = false;
  std::string columns;

 private:
  void AddRead();
  void AddInput(CLI::App* to, bool facts = false);
  void AddEvents();
  void AddQuotes();
  void AddTableForms(CLI::App* to, const std::string& fact);
  void AddImportVerbs();
  void AddAdd();
  void AddQuestions();
  void AddSearch();
  void AddFilters(CLI::App* to);
  static void AddEventFilter(CLI::App* to, EventFilter& filter, std::string& near);
  void AddSeries();
  void AddFollow();
  void AddServe();
  void AddWork();
  void AddWorkOptions();
  void AddSafeCsv(CLI::App* to);
  void AddExport();
  void AddSync();
  void AddClusters();
  void AddCorrect();
  void AddWho();
  static void AddSame(CLI::App* to, EventIdentity& same);
  void AddExplain();
  CLI::Option* AddColor(CLI::App* to, ColorChoice& choice);
  void AddReadOutput();
  std::vector<CLI::Option*> AddRecordOptions(CLI::App* to);
  void AddActors();
  void AddOthers();
};

Parser::Parser() {
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_help_flag("-h,--help", "Show this help and exit");
  app.add_flag("--version", version, "Show the version of program and tables and exit");
  app.allow_extras();  // what is not known is reported with a suggestion, see Unknown
  app.footer("Run 'dateline help COMMAND' for the options of a command.");
  AddRead();
  AddEvents();
  AddQuotes();
  AddImportVerbs();
  AddAdd();
  AddQuestions();
  AddExplain();
  AddActors();
  AddWork();
  AddOthers();
}

void Parser::AddRead() {
  read = app.add_subcommand("read", "Read stories and print a record of each");
  read->footer(
      "Without FILE, or where FILE is -, standard input is read. Folders are read with all that\n"
      "lies below them, in byte order of the paths; hidden files are skipped.\n"
      "\n"
      "Exit status: 0 all was read; 1 some inputs failed, each named on standard error;\n"
      "2 wrong usage, or the tables cannot be loaded; 130 interrupted; 141 the reader of the\n"
      "output went away.\n"
      "\n"
      "Example: dateline read --threads 4 stories/ > records.jsonl");
  AddInput(read);
  read->add_flag("--no-analysis", no_analysis, "Read the layout only: article, blocks, no events")
      ->group("Input");
  AddReadOutput();
}

const std::vector<std::pair<std::string, Format>>& InputForms() {
  static const std::vector<std::pair<std::string, Format>> forms = [] {
    std::vector<std::pair<std::string, Format>> all;
    all.reserve(kFormatNames.size());
    for (const std::string_view name : kFormatNames) all.emplace_back(name, *FormatNamed(name));
    return all;
  }();
  return forms;
}

const std::vector<std::pair<std::string, TableForm>>& AnswerForms() {
  static const std::vector<std::pair<std::string, TableForm>> forms = {
      {"table", TableForm::kTable},
      {"csv", TableForm::kCsv},
      {"tsv", TableForm::kTsv},
      {"jsonl", TableForm::kJsonLines},
      {"markdown", TableForm::kMarkdown}};
  return forms;
}

template <typename Value>
std::optional<Value> ValueOf(const std::vector<std::pair<std::string, Value>>& forms,
                             std::string_view name) {
  for (const auto& [known, value] : forms) {
    if (known == name) return value;
  }
  return std::nullopt;
}

void Parser::AddInput(CLI::App* to, bool facts) {
  const auto group = "Input";
  to->add_option("FILE", command.paths, "Files and folders of stories")->group("");
  if (facts) {
    to->add_option("--format", table_form,
                   "Form of the input: auto (default), text, json, html,\n"
                   "xml, csv, warc, iptc7901; or of the answer: table, tsv,\n"
                   "jsonl, markdown (and csv, where the input is an archive)")
        ->type_name("FORM")
        ->group(group);
  } else {
    to->add_option("--format", command.format,
                   "Form of the input: auto (default), text, json, html,\n"
                   "xml, csv, warc, iptc7901")
        ->type_name("FORM")
        ->transform(OneOf<Format>(InputForms()))
        ->group(group);
  }
  to->add_option("--map", columns,
                 "Where tables and JSON keep what: headline=title,\n"
                 "text=content …")
      ->type_name("FIELD=COLUMN,…")
      ->group(group);
  to->add_option("--skip", command.skip, "Pass over the first N records of the input")
      ->type_name("N")
      ->check(NumberFrom(0, UINT64_MAX))
      ->group(group);
  to->add_option("--from", command.from, "Begin at byte N of the input, at the next record")
      ->type_name("N")
      ->check(NumberFrom(0, UINT64_MAX))
      ->group(group);
  to->add_flag("--plain", plain, "Take all text for prose: no headline, byline, links …")
      ->group(group);
  to->add_option("--data", command.data, "Folder of tables that add to the built-in ones")
      ->type_name("DIR")
      ->type_size(1)
      ->allow_extra_args(false)
      ->group(group);
  AddDate(to, command.date, "Day of publication of stories that state none")->group(group);
  to->add_option("--max-bytes", command.max_bytes,
                 "Largest file or record taken (default 16MB); also bounds\n"
                 "the memory")
      ->type_name("N")
      ->check(NumberFrom(1, kLargestPiece))
      ->transform(CLI::AsSizeValue(false).description(""))
      ->group(group);
  to->add_option("--threads", command.threads, "Workers; 0 (default) is one per core")
      ->type_name("N")
      ->check(NumberFrom(0, kMostThreads))
      ->group(group);
}

void Parser::AddReadOutput() {
  const auto group = "Output";
  const std::vector<CLI::Option*> forms = {
      read->add_flag("--jsonl", json_lines, "One record a line (default but on a terminal)"),
      read->add_flag("--json", json_array, "One JSON array of all records"),
      read->add_flag("--pretty", pretty, "One JSON array, indented"),
      read->add_flag("--text", text, "A digest for people (default on a terminal)"),
      read->add_flag("--conllu", conllu, "Sentences and words as CoNLL-U")};
  for (std::size_t i = 0; i < forms.size(); ++i) {
    forms[i]->group(group);
    for (std::size_t j = 0; j < i; ++j) forms[i]->excludes(forms[j]);
  }
  for (auto* json_only : AddRecordOptions(read)) {
    json_only->excludes(forms[3])->excludes(forms[4]);
  }
  forms[4]->excludes(read->get_option("--no-analysis"));
  AddColor(read, command.color)->group(group);
}

/// What a record holds, and how it counts.
std::vector<CLI::Option*> Parser::AddRecordOptions(CLI::App* to) {
  auto* tokens = to->add_flag("--tokens", command.record.tokens, "Write every word too (JSON)");
  auto* explained = to->add_flag("--explain", command.record.explain,
                                 "Write what else times and places may mean, and\n"
                                 "every rule of events that was tried (JSON)");
  auto* offsets = to->add_option("--offsets", command.record.offsets,
                                 "What positions count: bytes (default), chars, utf16, or\n"
                                 "source, bytes of the input as handed in (JSON)");
  offsets->type_name("UNIT")->transform(OneOf<OffsetUnit>({{"bytes", OffsetUnit::kBytes},
                                                           {"chars", OffsetUnit::kChars},
                                                           {"utf16", OffsetUnit::kUtf16},
                                                           {"source", OffsetUnit::kSource}}));
  for (auto* each : {tokens, explained, offsets}) each->group("Output");
  return {tokens, explained, offsets};
}

CLI::Option* Parser::AddColor(CLI::App* to, ColorChoice& choice) {
  return to->add_option("--color", choice, "Colour what people read: auto (default), always, never")
      ->type_name("WHEN")
      ->transform(OneOf<ColorChoice>({{"auto", ColorChoice::kAuto},
                                      {"always", ColorChoice::kAlways},
                                      {"never", ColorChoice::kNever}}));
}

void Parser::AddEvents() {
  events = app.add_subcommand("events", "Read stories and print who did what to whom");
  events->footer(
      "Input is taken as by 'dateline read', or is an archive that 'dateline add' has made. "
      "Columns\n"
      "of CSV and fields of JSON lines are those of the story record (docs/formats/events.md).\n"
      "\n"
      "Example: dateline events --csv stories/ > events.csv");
  AddInput(events, true);
  AddTableForms(events, "An event");
  AddSafeCsv(events);
  AddFilters(events);
  AddEventFilter(events, command.event_filter, command.near);
  AddSame(events, command.same);
}

/// Adds options that take a text, all in one group of the help.
struct TextOptions {
  CLI::App* to;
  const char* group;

  void operator()(const char* name, std::string& value, const char* about, const char* type) const {
    to->add_option(name, value, about)->type_name(type)->group(group);
  }
};

void Parser::AddEventFilter(CLI::App* to, EventFilter& filter, std::string& near) {
  const TextOptions choose{to, "Of an archive"};
  choose("--source", filter.source, "Who did it: the beginning of an actor code, or a name", "WHO");
  choose("--target", filter.target, "To whom", "WHO");
  choose("--code", filter.code, "A CAMEO code or its beginning: 04", "CODE");
  choose("--status", filter.status, "occurred, planned, denied …", "STATUS");
  choose("--place", filter.place, "Where: a name, or a country as three capitals", "PLACE");
  choose("--near", near, "Where: Moscow,50km or Moscow,RUS,50km or 55.75,37.62,50km", "PLACE");
  to->add_option("--sure", filter.sure, "Only events that are at least so sure: 0.5")
      ->check(CLI::Range(0.0, 1.0))
      ->type_name("SHARE")
      ->group(choose.group);
}

void Parser::AddQuotes() {
  quotes = app.add_subcommand("quotes", "Read stories and print who said what");
  quotes->footer(
      "Input is taken as by 'dateline read', or is an archive that 'dateline add' has made. "
      "Columns\n"
      "of CSV and fields of JSON lines are described in docs/formats/quotes.md.\n"
      "\n"
      "Example: dateline quotes --csv stories/ > quotes.csv");
  AddInput(quotes, true);
  AddTableForms(quotes, "A quote");
  AddSafeCsv(quotes);
  AddFilters(quotes);
  quotes->add_option("--by", command.quote_filter.by, "Who said it: words of the name")
      ->type_name("NAME")
      ->group("Of an archive");
  quotes->add_option("--about", command.quote_filter.about, "What is in the words said; see search")
      ->type_name("QUERY")
      ->group("Of an archive");
}

/// JSON lines, CSV or text: of facts of one kind.
void Parser::AddTableForms(CLI::App* to, const std::string& fact) {
  const auto group = "Output";
  auto* lines = to->add_flag("--jsonl", json_lines, fact + " a line, as JSON");
  auto* table = to->add_flag("--csv", csv, fact + " a row, with a row of names first");
  auto* people = to->add_flag("--text", text, "For people (default on a terminal)");
  for (CLI::Option* each : {lines, table, people}) each->group(group);
  table->excludes(lines);
  people->excludes(lines)->excludes(table);
  AddColor(to, command.color)->group(group);
}

void Parser::AddSafeCsv(CLI::App* to) {
  to->add_flag("--safe-csv", safe_csv,
               "Put an apostrophe before cells of TSV that a\n"
               "spreadsheet would take for a formula, as CSV always has")
      ->group("Output");
}

void Parser::AddImportVerbs() {
  import_verbs = events->add_subcommand("import", "Make tables of PETRARCH verb dictionaries");
  import_verbs->group("Commands");
  import_verbs->add_option("FILE", import_verbs_command.files, "Dictionaries")->group("");
  import_verbs
      ->add_option("--to", import_verbs_command.folder, "Folder for the tables, for read --data")
      ->type_name("DIR");
  import_verbs->footer(
      "Lines that cannot be read are named on standard error and skipped; the rest is imported.\n"
      "\n"
      "Exit status: 0 all was imported; 1 some lines or files were not; 2 wrong usage.\n"
      "\n"
      "Example: dateline events import lab.verbs --to lab && dateline events --data lab .");
}

/// What chooses among the facts of an archive.
void Parser::AddFilters(CLI::App* to) {
  const auto group = "Of an archive";
  AddDay(to, "--since", days.from, "First day: of events, or on which quotes were published")
      ->group(group);
  AddDay(to, "--until", days.to, "Last day")->group(group);
  to->add_option("--limit", limit, "No more than N")
      ->type_name("N")
      ->check(NumberFrom(1, INT64_MAX))
      ->group(group);
}

void Parser::AddAdd() {
  add = app.add_subcommand("add", "Put stories into an archive that can be asked");
  add->footer(
      "The archive is one file, made when it is not there. Input is taken as by 'dateline read'.\n"
      "What is there already is passed over: run the same command again to go on after a break,\n"
      "or to add what is new. Its tables are described in docs/schema.md.\n"
      "\n"
      "Exit status: 0 all was added; 1 some inputs failed, or the archive cannot be written; 2\n"
      "wrong usage; 130 interrupted.\n"
      "\n"
      "Example: dateline add news.db stories/");
  AddInput(add);
  add->add_flag("--no-analysis", no_analysis, "Read the layout only: article, blocks, no events")
      ->group("Input");
}

/// What is a node of a network.
auto NodeOf() {
  return OneOf<NetworkUnit>({{"country", NetworkUnit::kCountry},
                             {"actor", NetworkUnit::kActor},
                             {"name", NetworkUnit::kName}});
}

void Parser::AddSearch() {
  search = app.add_subcommand("search", "Find stories of an archive by their words");
  search->add_option("ARCHIVE", search_command.archive, "The archive")->group("");
  search->add_option("QUERY", search_command.query, "What to find")->group("");
  AddDay(search, "--from", search_command.options.published.from, "Published on this day or later");
  AddDay(search, "--to", search_command.options.published.to, "Published on this day or before");
  search->add_option("--limit", search_command.options.limit, "No more than N (default 20)")
      ->type_name("N")
      ->check(NumberFrom(1, INT64_MAX));
  search->add_flag("--newest", search_command.options.newest_first,
                   "Newest first, else best first");
  search->add_flag("--copies", search_command.options.copies, "Also copies of a story found");
  search->footer(
      "QUERY: words, \"phrases\", beginnings*, headline:word; AND, OR, NOT in capitals, and\n"
      "parentheses. Words side by side must all be there. Case and accents do not count.\n"
      "\n"
      "Example: dateline search news.db 'ties AND (Moscow OR Beijing)' --from 2023-04");
}

void Parser::AddExport() {
  export_events = app.add_subcommand("export", "Write an archive's events for other programs");
  export_events->add_option("ARCHIVE", export_command.archive, "The archive")->group("");
  export_events
      ->add_option("--as", export_form,
                   "Events: gdelt1, gdelt2, gdelt2-mentions, icews,\n"
                   "phoenix, polecat, plover, geojson; stories: gkg2,\n"
                   "json-ld, brat, conllu, timeml; networks: gexf, graphml")
      ->type_name("FORM");
  export_events
      ->add_option("--to", export_command.folder, "Folder for the files of brat and timeml")
      ->type_name("DIR");
  export_events
      ->add_option("--by", export_command.unit,
                   "Nodes of a network: country (default), actor, name")
      ->type_name("UNIT")
      ->transform(NodeOf());
  AddFilters(export_events);
  AddEventFilter(export_events, export_command.filter, export_command.near);
  AddSafeCsv(export_events);
  AddSame(export_events, export_command.same);
  export_events->footer(
      "Without --status, events that occurred, go on or are claimed (of brat: all). Columns, and\n"
      "what has no counterpart, are described in docs/formats/exports.md. Of forms that are made "
      "of\n"
      "stories, --since and --until are days of publication, unless another filter chooses "
      "events.\n"
      "\n"
      "Example: dateline export news.db --as gdelt2 --since 2023-04 > 2023.export.CSV");
}

void Parser::AddSeries() {
  timeline = app.add_subcommand("timeline", "Count the events of a pair of actors over time");
  network = app.add_subcommand("network", "Count who did how much to whom");
  timeline->add_option("ARCHIVE", timeline_command.archive, "The archive")->group("");
  network->add_option("ARCHIVE", network_command.archive, "The archive")->group("");
  timeline->add_option("ONE", timeline_command.query.one, "An actor")->group("");
  timeline->add_option("OTHER", timeline_command.query.other, "Another")->group("");
  timeline->add_option("--by", timeline_command.query.period, "day, week or month (default)")
      ->type_name("PERIOD")
      ->transform(OneOf<Period>(
          {{"day", Period::kDay}, {"week", Period::kWeek}, {"month", Period::kMonth}}));
  timeline->add_flag("--directed", timeline_command.query.directed,
                     "Only what the first does to the second");
  network->add_option("--by", network_command.query.unit, "country (default), actor or name")
      ->type_name("UNIT")
      ->transform(NodeOf());
  network->add_option("--about", network_command.query.about, "Only ties of this actor")
      ->type_name("WHO");
  network->add_option("--least", network_command.query.least, "Only ties of N events or more")
      ->type_name("N")
      ->check(NumberFrom(1, INT64_MAX));
  timeline->add_flag("--copies", timeline_command.query.copies, "Count copies of a story too");
  network->add_flag("--copies", network_command.query.copies, "Count copies of a story too");
  for (CLI::App* each : {timeline, network}) {
    const bool line = each == timeline;
    AddDay(each, "--since", days.from, "First day")->group("Of an archive");
    AddDay(each, "--until", days.to, "Last day")->group("Of an archive");
    EventFilter& filter = line ? timeline_command.filter : network_command.filter;
    AddEventFilter(each, filter, line ? timeline_command.near : network_command.near);
    each->remove_option(each->get_option("--source"));
    each->remove_option(each->get_option("--target"));
    each->add_option("--format", table_form,
                     line ? "plot (default on a terminal), svg, table, csv, tsv, jsonl\n"
                            "(default elsewhere) or markdown"
                          : "table (default on a terminal), csv, tsv, jsonl (default\n"
                            "elsewhere) or markdown")
        ->type_name("FORM")
        ->group("Output");
    AddSafeCsv(each);
    each->group("Archive");
  }
  network->add_option("--limit", network_command.query.limit, "No more than N")
      ->type_name("N")
      ->check(NumberFrom(1, INT64_MAX))
      ->group("Of an archive");
  AddColor(timeline, command.color)->group("Output");
  timeline->footer(
      "ONE and OTHER: the beginning of an actor code (CHN, USAGOV), or words of a name. Without\n"
      "--directed, what either does to the other; without OTHER, all that ONE does and meets.\n"
      "Counted is what occurred, goes on or is claimed, unless --status says otherwise; copies of\n"
      "a story count once. Periods without events have rows too.\n"
      "\n"
      "Example: dateline timeline news.db CHN RUS --by week --since 2023 --format svg > ties.svg");
  network->footer(
      "An event with several actors on a side counts for each pair. What stays within a node is\n"
      "left out. Counted is what occurred, goes on or is claimed, unless --status says otherwise.\n"
      "As a graph for other programs: 'dateline export --as gexf' or graphml.\n"
      "\n"
      "Example: dateline network news.db --about CHN --since 2023-01 --until 2023-06");
}

/// A length of time in words ("90s", "15m", "6h"; a number alone is seconds) as seconds.
CLI::Validator Seconds() {
  return {[](std::string& input) -> std::string {
            std::uint64_t number = 0;
            const char* end = input.data() + input.size();
            const auto [stop, error] = std::from_chars(input.data(), end, number);
            const std::string_view unit(stop, static_cast<std::size_t>(end - stop));
            const std::uint64_t factor = unit.empty() || unit == "s" ? 1
                                         : unit == "m"               ? 60
                                         : unit == "h"               ? 3600
                                                                     : 0;
            const bool sound =
                error == std::errc() && factor > 0 && number > 0 && number <= 1000000;
            if (!sound)
              return fmt::format("'{}' is no length of time; write 90s, 15m or 6h", input);
            input = std::to_string(number * factor);
            return "";
          },
          ""};
}

void Parser::AddFollow() {
  follow = app.add_subcommand("follow", "Watch feeds and folders, add what is new, give alerts");
  follow->add_option("ARCHIVE", follow_command.archive, "The archive")->group("");
  const auto list = [&](const char* name, auto& value, const char* about, const char* type) {
    return follow->add_option(name, value, about)
        ->type_name(type)
        ->type_size(1)
        ->allow_extra_args(false);
  };
  list("--feed", follow_command.feeds, "A feed: RSS, Atom or JSON Feed; may be given again", "URL");
  list("--dir", follow_command.folders, "A folder of stories; may be given again", "DIR");
  list("--data", follow_command.data, "Folder of tables that add to the built-in ones", "DIR");
  follow->add_option("--alerts", follow_command.alerts, "What to look out for")->type_name("FILE");
  follow->add_flag("--pages", follow_command.pages, "Read the pages that a feed names");
  follow->add_flag("--once", follow_command.once, "Go around once and end");
  follow->add_option("--every", follow_command.every, "Ask a feed again after (default 15m)")
      ->type_name("TIME")
      ->transform(Seconds());
  follow->add_option("--timeout", follow_command.timeout, "The longest request (default 30s)")
      ->type_name("TIME")
      ->transform(Seconds());
  follow
      ->add_option("--pause", follow_command.pause_ms,
                   "Milliseconds between two requests to one host\n(default 1000), or as it asks")
      ->type_name("N")
      ->check(NumberFrom(0, 3600000));
  follow->add_option("--max-bytes", follow_command.max_bytes, "Largest feed or page (default 16MB)")
      ->type_name("N")
      ->check(NumberFrom(1, kLargestPiece))
      ->transform(CLI::AsSizeValue(false).description(""));
  follow->add_option("--state", follow_command.state, "What is remembered (default ARCHIVE.follow)")
      ->type_name("FILE");
  follow->footer(
      "Goes on until it is interrupted. Asks only for what is new, keeps to robots.txt, and asks\n"
      "a feed that fails ever more seldom. The language of alerts is in docs/formats/alerts.md; "
      "an\n"
      "alert that is met is a line of JSON on standard output, or what its file says.\n"
      "\n"
      "Exit status: 0 (--once) all was asked; 1 the archive or the state cannot be written; 2 "
      "wrong\n"
      "usage; 130 interrupted.\n"
      "\n"
      "Example: dateline follow news.db --feed https://example.org/rss --dir in --alerts "
      "alerts.txt");
  follow->group("Archive");
}

void Parser::AddServe() {
  serve = app.add_subcommand("serve", "Serve an archive to browsers and programs over HTTP");
  serve->add_option("ARCHIVE", serve_command.archive, "The archive")->group("");
  serve
      ->add_option("--listen", serve_command.listen,
                   "Where: HOST:PORT or PORT (default 127.0.0.1:8080);\n"
                   "elsewhere than on this machine a token is wanted")
      ->type_name("ADDRESS");
  serve
      ->add_option("--allow-host", serve_command.hosts,
                   "A name that the server is called by; may be given again")
      ->type_name("NAME")
      ->type_size(1)
      ->allow_extra_args(false);
  serve->add_option("--token", serve_command.token, "What who asks must send")->type_name("TOKEN");
  serve->add_option("--token-file", serve_command.token_file, "The file that holds it")
      ->type_name("FILE")
      ->excludes("--token");
  serve->add_flag("--read-only", serve_command.read_only, "Nothing can be added or corrected");
  serve->add_option("--alerts", serve_command.alerts, "What to look out for")->type_name("FILE");
  serve
      ->add_option("--data", serve_command.data,
                   "Folder of tables that add to the built-in ones; may\nbe given again")
      ->type_name("DIR")
      ->type_size(1)
      ->allow_extra_args(false);
  serve->add_option("--threads", serve_command.threads, "Threads that answer (default two a core)")
      ->type_name("N")
      ->check(NumberFrom(1, kMostThreads));
  serve->add_option("--max-bytes", serve_command.max_bytes, "Largest body taken (default 16MB)")
      ->type_name("N")
      ->check(NumberFrom(1, kLargestPiece))
      ->transform(CLI::AsSizeValue(false).description(""));
  serve->add_option("--log", serve_command.log, "File for the log, a line of JSON a request")
      ->type_name("FILE");
  serve->add_flag("--quiet", serve_command.quiet, "No log")->excludes("--log");
  serve->footer(
      "Opens a page at the address that is printed; the API is below /api/v1/ and described by\n"
      "/api/v1/openapi.json, figures for Prometheus are at /metrics. Goes on until it is\n"
      "interrupted; what is under way is then finished.\n"
      "\n"
      "Exit status: 0 ended by a signal; 1 the archive cannot be read or the address not be\n"
      "listened on; 2 wrong usage.\n"
      "\n"
      "Example: dateline serve news.db --listen 8080");
  serve->group("Archive");
}

void Parser::AddWork() {
  work = app.add_subcommand("work", "Read stories from a topic of Kafka, write their records");
  AddInput(work);
  for (const char* name : {"FILE", "--skip", "--from"}) work->remove_option(work->get_option(name));
  work->add_flag("--no-analysis", no_analysis, "Read the layout only: article, blocks, no events")
      ->group("Input");
  AddRecordOptions(work);
  AddWorkOptions();
  work->footer(
      "A member of a consumer group: start as many as there are partitions to read. A message is\n"
      "taken as by 'dateline read -'; what cannot be read goes to the topic of dead letters, with\n"
      "the reason in its headers. Goes on until it is interrupted; what is under way is then\n"
      "finished and committed. See docs/kafka.md.\n"
      "\n"
      "Exit status: 0 ended by a signal or at the end; 1 no broker answers, or records cannot be\n"
      "written; 2 wrong usage, or built without Kafka.\n"
      "\n"
      "Example: dateline work --brokers broker1:9092,broker2:9092 --in stories --out records");
  work->group("Archive");
}

void Parser::AddWorkOptions() {
  WorkCommand& to = work_command;
  const TextOptions name_of{work, "Kafka"};
  name_of("--brokers", to.brokers, "Where the cluster is", "HOST:PORT,…");
  name_of("--in", to.in, "Topic of stories", "TOPIC");
  name_of("--out", to.out, "Topic for their records", "TOPIC");
  name_of("--dead-letters", to.dead_letters, "Topic for what cannot be read (default OUT.dead)",
          "TOPIC");
  name_of("--group", to.group, "The consumer group (default dateline)", "NAME");
  name_of("--id", to.id,
          "This worker's name, the same whenever it is started:\n"
          "what it left unfinished is then ended at once",
          "NAME");
  name_of("--config", to.config, "Settings of librdkafka, name=value a line: security …", "FILE");
  name_of("--metrics", to.metrics, "Serve figures for Prometheus at PORT or HOST:PORT", "ADDRESS");
  work->add_option("--delivery", to.delivery, "exactly-once (default), at-least-once")
      ->type_name("HOW")
      ->transform(OneOf<kafka::Delivery>({{"exactly-once", kafka::Delivery::kExactlyOnce},
                                          {"at-least-once", kafka::Delivery::kAtLeastOnce}}))
      ->group("Kafka");
  work->add_option("--batch", to.batch, "Commit after N messages (default 500), or a second")
      ->type_name("N")
      ->check(NumberFrom(1, 100000))
      ->group("Kafka");
  work->add_option("--every", to.every, "Say rate and lag every (default 1m)")
      ->type_name("TIME")
      ->transform(Seconds())
      ->group("Kafka");
  work->add_flag("--until-end", to.until_end, "End when all that is there is read")->group("Kafka");
}

void Parser::AddSame(CLI::App* to, EventIdentity& same) {
  to->add_option("--same", same,
                 "Reports that are one event: none (default), one-a-day,\n"
                 "story, cluster; what all say stands beside the first")
      ->type_name("RULE")
      ->transform(OneOf<EventIdentity>({{"none", EventIdentity::kNone},
                                        {"one-a-day", EventIdentity::kOneADay},
                                        {"story", EventIdentity::kStory},
                                        {"cluster", EventIdentity::kCluster}}))
      ->group("Of an archive");
}

void Parser::AddClusters() {
  clusters = app.add_subcommand("clusters", "Show which stories are about one happening");
  clusters->add_option("ARCHIVE", clusters_command.archive, "The archive")->group("");
  clusters->add_option("ID", clusters_command.id, "One of them, or a story of it")->group("");
  ClusterFilter& filter = clusters_command.filter;
  AddDay(clusters, "--from", filter.from, "With a story of this day or later");
  AddDay(clusters, "--to", filter.to, "With a story of this day or before");
  clusters->add_option("--about", filter.about, "With a story that has these words; see search")
      ->type_name("QUERY");
  const auto count = [&](const char* name, std::uint64_t& value, const char* about) {
    clusters->add_option(name, value, about)->type_name("N")->check(NumberFrom(1, INT64_MAX));
  };
  count("--least", filter.least, "Of N stories or more (default 2)");
  count("--limit", filter.limit, "No more than N (default 20)");
  clusters->add_flag("--newest", filter.newest_first, "Newest first, else largest first");
  clusters->footer(
      "With ID, the stories of that cluster in order of publication, and what was merged with it\n"
      "or split from it. Copies go with their original.\n"
      "\n"
      "Example: dateline clusters news.db --from 2023-04-16 --about Moscow");
}

void Parser::AddWho() {
  who = app.add_subcommand("who", "Show who is who over all stories");
  who->add_option("ARCHIVE", who_command.archive, "The archive")->group("");
  who->add_option("NAME", who_command.filter.name, "Words of a name, or the number of one")
      ->group("");
  who->add_option("--type", who_command.filter.type, "person, organization or group")
      ->type_name("TYPE")
      ->check(CLI::IsMember({"person", "organization", "group"}));
  who->add_option("--country", who_command.filter.country, "Of this country: NOR")
      ->type_name("CODE");
  who->add_option("--limit", who_command.filter.limit, "No more than N (default 10)")
      ->type_name("N")
      ->check(NumberFrom(1, INT64_MAX));
  who->footer(
      "Names, offices over time and the stories of a person, organisation or group, with the "
      "reason\n"
      "for which each is taken for the same and how sure that is. Where several bear the name, "
      "each\n"
      "in short; those told most come first. 'dateline correct' parts and unites them.\n"
      "\n"
      "Example: dateline who news.db 'Ada Quill'");
}

void Parser::AddCorrect() {
  correct = app.add_subcommand("correct", "Hold a correction against what was found");
  correct->add_option("ARCHIVE", correct_command.archive, "The archive")->group("");
  correct->add_option("STORY", correct_command.story, "The story")->group("");
  correct->add_option("FACT", correct_command.fact, "An event of it: v2, or an entity: e3")
      ->group("");
  correct->add_flag("--not-an-event", correct_command.not_an_event, "The event is none");
  correct->add_option("--code", correct_command.code, "The event has this CAMEO code")
      ->type_name("CODE");
  correct->add_flag("--another", correct_command.another, "The entity is not who it was taken for");
  correct
      ->add_option("--same-as", correct_command.same_as,
                   "The entity is the same as identity N; see who")
      ->type_name("N")
      ->check(NumberFrom(1, INT64_MAX));
  correct->add_option("--note", correct_command.note, "Why")->type_name("TEXT");
  correct->add_option("--undo", correct_command.take_back, "Take correction N back")
      ->type_name("N")
      ->check(NumberFrom(1, INT64_MAX));
  correct->footer(
      "Corrections are rows of their own: what the program found stays as it is, and a correction\n"
      "that is taken back stays in the list. Without STORY, all corrections are listed.\n"
      "\n"
      "Example: dateline correct news.db 12 v2 --code 042 --note 'they met'");
}

void Parser::AddQuestions() {
  AddSearch();
  AddExport();
  AddSeries();
  AddFollow();
  AddServe();
  AddClusters();
  AddCorrect();
  AddWho();
  story = app.add_subcommand("story", "Show a story of an archive");
  story->add_option("ARCHIVE", story_command.archive, "The archive")->group("");
  story->add_option("ID", story_command.id, "Its number, or the first digits of its id")->group("");
  story->add_flag("--json", story_command.json, "The story record (default but on a terminal)");
  story->add_flag("--original", story_command.original, "The input that it came with, as it was")
      ->excludes("--json");
  AddColor(story, story_command.color);
  story->footer("Example: dateline story news.db 12");
  sql = app.add_subcommand("sql", "Ask an archive in SQL");
  sql->add_option("ARCHIVE", sql_command.archive, "The archive")->group("");
  sql->add_option("STATEMENT", sql_command.statement, "One SELECT")->group("");
  sql->footer(
      "Tables and views are described in docs/schema.md. Nothing can be changed.\n"
      "\n"
      "Example: dateline sql news.db 'SELECT speaker, count(*) FROM quotes GROUP BY 1'");
  check_archive = app.add_subcommand("check", "Check that an archive is sound");
  check_archive->add_option("ARCHIVE", check_archive_command.archive, "The archive")->group("");
  check_archive->footer(
      "Looks at every page, reference, span, hash and word of the index.\n"
      "\n"
      "Exit status: 0 all is sound; 1 it is not, with a line for each mistake.");
  rebuild = app.add_subcommand("rebuild", "Read the stories of an archive again");
  rebuild->add_option("ARCHIVE", rebuild_command.archive, "The archive")->group("");
  rebuild
      ->add_option("--data", rebuild_command.input.data, "Tables of your own, laid over dateline's")
      ->type_name("DIR");
  rebuild
      ->add_option("--threads", rebuild_command.input.threads, "Read on N threads (default: all)")
      ->type_name("N")
      ->check(NumberFrom(0, kMostThreads));
  rebuild->footer(
      "What was added by an earlier program, or with other tables, is unpacked and read again as\n"
      "it was when it was added. Stories keep their numbers, and events theirs where they are the\n"
      "same. Run the same command again to go on after a break.\n"
      "\n"
      "Exit status: 0 all was read; 1 some inputs failed and stay as they were; 130 interrupted.");
  AddSync();
  for (CLI::App* each : {search, sql}) {
    AddTableForms(each, each == sql ? "A row" : "A story");
    AddSafeCsv(each);
    each->add_option("--format", table_form, "table, csv, tsv, jsonl or markdown")
        ->type_name("FORM")
        ->group("Output")
        ->excludes("--jsonl")
        ->excludes("--csv")
        ->excludes("--text");
  }
  AddTableForms(clusters, "A cluster");
  AddTableForms(correct, "A correction");
  AddTableForms(who, "An identity");
  for (CLI::App* each : {add, search, story, sql, clusters, who, correct, export_events,
                         check_archive, rebuild, sync})
    each->group("Archive");
}

void Parser::AddSync() {
  sync = app.add_subcommand("sync", "Share an archive through a PostgreSQL server");
  sync->add_option("ARCHIVE", sync_command.archive, "The archive")->group("");
  sync->add_option("SERVER", sync_command.server, "The database")->group("");
  auto* push =
      sync->add_flag("--push", only_push, "Only what the server has not, from the archive to it");
  auto* pull =
      sync->add_flag("--pull", only_pull, "Only what the archive has not, from the server to it");
  push->excludes(pull);
  sync->footer(
      "Stories, what was found in them, originals and corrections that the one side has and the\n"
      "other has not go over, first to the server, then from it. Stories are known by their ids:\n"
      "several people may sync with one database, and none is there twice. Run the same command\n"
      "again to go on after a break. SERVER is postgresql://USER@HOST/DATABASE; the password is\n"
      "best in ~/.pgpass. The tables there are described in docs/postgresql.md.\n"
      "\n"
      "Exit status: 0 both have all; 1 something failed, what went over is kept; 130 interrupted.\n"
      "\n"
      "Example: dateline sync news.db postgresql://ada@db.example/news");
}

void Parser::AddExplain() {
  explain = app.add_subcommand("explain", "Show what each rule makes of a sentence");
  explain->footer(
      "Prints the tree of the sentence, the actors in it, each rule tried with what became of it\n"
      "and why, and the events. ✓ is an event; ✗ fits but is none; · does not fit.\n"
      "Of a story in an archive: what it came with is read again, and the answer is about the\n"
      "sentences of event v3, of what is said in a1, of sentence s5, or of all the story.\n"
      "\n"
      "Example: dateline explain news.db 12 v1\n"
      "Example: dateline explain 'Peru recalled its envoy to Chile.' --date 2024-05-06");
  explain->add_option("TEXT", explain_command.text, "The sentence; - reads standard input")
      ->group("");
  explain->add_option("ID", explain_command.id, "A story, where TEXT is an archive")->group("");
  explain->add_option("FACT", explain_command.fact, "v3, a1 or s5")->group("");
  AddDate(explain, explain_command.date, "The day on which it is published");
  explain
      ->add_option("--data", explain_command.data, "Folder of tables on top of the built-in ones")
      ->type_name("DIR")
      ->type_size(1)
      ->allow_extra_args(false);
  explain->add_flag("--all", explain_command.all, "Also rules whose words do not stand there");
  explain->add_flag("--json", explain_command.json, "The story record with words and candidates");
  AddColor(explain, explain_command.color);
}

void Parser::AddActors() {
  using actors::DictionaryKind;
  actors = app.add_subcommand("actors", "Ask who somebody is, import dictionaries of actors");
  actors->group("Commands");
  lookup = actors->add_subcommand("lookup", "Show who a name is on a day, and which row says so");
  lookup->add_option("NAME", lookup_command.name, "A name, or a country and a role")->group("");
  AddDate(lookup, lookup_command.date, "The day, as 2023-04-16, 2023-04 or 2023");
  lookup
      ->add_option("--data", lookup_command.data, "Folder of tables that add to the built-in ones")
      ->type_name("DIR")
      ->type_size(1)
      ->allow_extra_args(false);
  lookup->add_flag("--json", lookup_command.json, "Print one JSON object");
  lookup->footer(
      "Exit status: 0 found; 1 nothing has that name, or none of the codes holds; 2 wrong usage.\n"
      "\n"
      "Example: dateline actors lookup \"Li Shangfu\" --date 2023-04-16");
  import = actors->add_subcommand("import", "Make tables of TABARI and PETRARCH dictionaries");
  import->add_option("FILE", import_command.files, "Dictionaries")->group("");
  import->add_option("--to", import_command.folder, "Folder for the tables, for read --data")
      ->type_name("DIR");
  import
      ->add_option("--kind", import_command.kind,
                   "What the files are: actors, agents or discards; else\n"
                   "their names or contents tell")
      ->type_name("KIND")
      ->transform(OneOf<DictionaryKind>({{"actors", DictionaryKind::kActors},
                                         {"agents", DictionaryKind::kAgents},
                                         {"discards", DictionaryKind::kDiscards}}));
  import->footer(
      "Lines that cannot be read are named on standard error and skipped; the rest is imported.\n"
      "\n"
      "Exit status: 0 all was imported; 1 some lines or files were not; 2 wrong usage.\n"
      "\n"
      "Example: dateline actors import lab.actors lab.agents --to lab && dateline read --data lab "
      ".");
  for (CLI::App* each : {lookup, import}) each->group("Commands");
}

void Parser::AddOthers() {
  tables = app.add_subcommand("tables", "Work on tables of your own (see read --data)");
  for (CLI::App* each : {read, events, quotes, explain, tables}) each->group("Commands");
  check = tables->add_subcommand("check", "Check the tables of a folder");
  check->add_option("DIR", check_command.folder, "The folder")->group("");
  help = app.add_subcommand("help", "Show the help of a command");
  help->group("Commands");
  check->group("Commands");
}

/// ", did you mean --json?" when one of the names is near what was typed.
std::string Suggestion(std::string_view typed, const std::vector<std::string>& names,
                       std::string otherwise = "") {
  std::size_t least = 4;
  std::string nearest = std::move(otherwise);
  for (const std::string& name : names) {
    const std::size_t distance = base::EditDistance(typed, name);
    if (distance < least) {
      least = distance;
      nearest = fmt::format(", did you mean {}?", name);
    }
  }
  return nearest;
}

const std::vector<std::string>& CommandNames() {
  static const std::vector<std::string> names = {
      "read",     "events", "quotes",  "add",     "search", "story",  "sql",     "timeline",
      "network",  "follow", "serve",   "work",    "export", "check",  "rebuild", "sync",
      "clusters", "who",    "correct", "explain", "actors", "tables", "help"};
  return names;
}

/// "read, events … and help".
std::string CommandList() {
  const auto& names = CommandNames();
  return fmt::format("{} and {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back());
}

UsageError UnknownCommand(const std::string& typed) {
  return {fmt::format("unknown command {}{} The commands are {}", typed,
                      Suggestion(typed, CommandNames(), "."), CommandList())};
}

/// `typed` is what `command` could make nothing of.
UsageError Unknown(const CLI::App& command, const std::string& typed) {
  const bool is_option = typed.size() > 1 && typed.front() == '-';
  if (!is_option && command.get_parent() == nullptr) return UnknownCommand(typed);
  if (!is_option) return {"unexpected argument " + typed};
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const std::string name = typed.substr(0, typed.find('='));
  return {fmt::format("unknown option {}{}", name, Suggestion(name, names))};
}

std::string HelpPage(const Parser& parser, CLI::App* command) {
  const std::pair<CLI::App*, const char*> usages[] = {
      {parser.read, "dateline read [OPTION]… [FILE|DIR|-]…"},
      {parser.events, "dateline events [OPTION]… [FILE|DIR|-]… | ARCHIVE"},
      {parser.quotes, "dateline quotes [OPTION]… [FILE|DIR|-]… | ARCHIVE"},
      {parser.add, "dateline add [OPTION]… ARCHIVE [FILE|DIR|-]…"},
      {parser.search, "dateline search [OPTION]… ARCHIVE QUERY"},
      {parser.story, "dateline story [OPTION]… ARCHIVE ID"},
      {parser.sql, "dateline sql [OPTION]… ARCHIVE STATEMENT"},
      {parser.timeline, "dateline timeline [OPTION]… ARCHIVE ONE [OTHER]"},
      {parser.network, "dateline network [OPTION]… ARCHIVE"},
      {parser.follow, "dateline follow [OPTION]… ARCHIVE"},
      {parser.serve, "dateline serve [OPTION]… ARCHIVE"},
      {parser.work, "dateline work [OPTION]… --brokers HOST:PORT --in TOPIC --out TOPIC"},
      {parser.export_events, "dateline export [OPTION]… --as FORM ARCHIVE"},
      {parser.check_archive, "dateline check ARCHIVE"},
      {parser.rebuild, "dateline rebuild [OPTION]… ARCHIVE"},
      {parser.sync, "dateline sync [OPTION]… ARCHIVE SERVER"},
      {parser.clusters, "dateline clusters [OPTION]… ARCHIVE [ID]"},
      {parser.who, "dateline who [OPTION]… ARCHIVE [NAME|N]"},
      {parser.correct, "dateline correct [OPTION]… ARCHIVE [STORY FACT]"},
      {parser.explain, "dateline explain [OPTION]… TEXT | ARCHIVE ID [FACT]"},
      {parser.actors, "dateline actors lookup NAME | import FILE… --to DIR"},
      {parser.lookup, "dateline actors lookup NAME [OPTION]…"},
      {parser.import, "dateline actors import FILE… --to DIR"},
      {parser.import_verbs, "dateline events import FILE… --to DIR"},
      {parser.tables, "dateline tables check DIR"},
      {parser.check, "dateline tables check DIR"},
      {parser.help, "dateline help [COMMAND]"},
  };
  for (const auto& [known, usage] : usages) {
    if (known == command) command->name(usage);
  }
  std::string page = command->help();
  for (auto at = page.find("\n\n\n"); at != page.npos; at = page.find("\n\n\n")) page.erase(at, 1);
  return page;
}

/// `dateline help [TOPIC]`, read without the parser, which would take the topic for a command.
Command AnswerHelp(Parser& parser, const std::string& topic) {
  if (topic.empty()) return HelpCommand{HelpPage(parser, &parser.app)};
  for (CLI::App* command :
       {parser.read,   parser.events,        parser.quotes,        parser.add,     parser.search,
        parser.story,  parser.sql,           parser.timeline,      parser.network, parser.follow,
        parser.serve,  parser.export_events, parser.check_archive, parser.rebuild, parser.clusters,
        parser.who,    parser.correct,       parser.sync,          parser.explain, parser.actors,
        parser.tables, parser.work,          parser.help}) {
    if (command->get_name() == topic) return HelpCommand{HelpPage(parser, command)};
  }
  return UnknownCommand(topic);
}

std::optional<OutputForm> ChosenForm(const Parser& parser) {
  if (parser.json_lines) return OutputForm::kJsonLines;
  if (parser.json_array || parser.pretty) return OutputForm::kJsonArray;
  if (parser.text) return OutputForm::kText;
  if (parser.conllu) return OutputForm::kConllu;
  return std::nullopt;
}

/// What `read` and `events` have in common; the error when their options do not go together.
std::optional<UsageError> TakeInput(const Parser& parser, ReadCommand& command) {
  auto columns = ParseColumnMap(parser.columns);
  if (!columns) return UsageError{"--map: " + columns.error().message};
  command.columns = *std::move(columns);
  if (command.from > 0 && command.paths.size() > 1)
    return UsageError{"--from is a place in one input, and several are named; see --skip"};
  command.layout = !parser.plain;
  return std::nullopt;
}

Command AnswerRead(Parser& parser) {
  ReadCommand command = std::move(parser.command);
  if (auto error = TakeInput(parser, command)) return *std::move(error);
  command.form = ChosenForm(parser);
  command.record.indent = parser.pretty;
  command.analyse = !parser.no_analysis;
  const bool wants_json = command.record.tokens || command.record.explain ||
                          command.record.offsets != OffsetUnit::kBytes;
  if (!command.form && wants_json) command.form = OutputForm::kJsonLines;
  return command;
}

void TakeFilters(const Parser& parser, ReadCommand& command) {
  command.event_filter.days = parser.days;
  command.event_filter.limit = parser.limit;
  command.quote_filter.published = parser.days;
  command.quote_filter.limit = parser.limit;
  command.filtered = command.event_filter != EventFilter{} ||
                     command.quote_filter != QuoteFilter{} || !command.near.empty() ||
                     command.same != EventIdentity::kNone;
}

std::optional<TableForm> ChosenTable(const Parser& parser) {
  if (parser.csv) return TableForm::kCsv;
  if (parser.json_lines) return TableForm::kJsonLines;
  if (parser.text) return TableForm::kText;
  return std::nullopt;
}

Command AnswerAdd(Parser& parser) {
  AddCommand command{.archive = {}, .input = std::move(parser.command)};
  std::vector<std::string>& paths = command.input.paths;
  if (paths.empty() || paths.front() == "-") {
    return UsageError{"add: say which archive, then what to add: dateline add news.db stories/"};
  }
  command.archive = paths.front();
  paths.erase(paths.begin());
  if (auto error = TakeInput(parser, command.input)) return *std::move(error);
  command.input.analyse = !parser.no_analysis;
  return command;
}

Command AnswerCorrect(Parser& parser) {
  CorrectCommand command = std::move(parser.correct_command);
  command.form = ChosenTable(parser);
  const int of_event = (command.not_an_event ? 1 : 0) + (command.code.empty() ? 0 : 1);
  const int of_entity = (command.another ? 1 : 0) + (command.same_as == 0 ? 0 : 1);
  const int wanted = of_event + of_entity + (command.take_back != 0 ? 1 : 0);
  if (command.archive.empty() || wanted > 1 || (command.fact.empty() != command.story.empty()))
    return UsageError{
        "correct: say where and what: dateline correct ARCHIVE STORY v2 --not-an-event, or --code "
        "CODE; ARCHIVE STORY e3 --another, or --same-as N; or --undo N"};
  if (!command.fact.empty() && (wanted == 0 || command.take_back != 0))
    return UsageError{
        "correct: say what is so: --not-an-event, --code CODE, --another or --same-as N"};
  if (command.fact.empty() && of_event + of_entity > 0)
    return UsageError{
        "correct: say of what: dateline correct ARCHIVE STORY v2 … for an event, e3 for an entity"};
  return command;
}

Command AnswerSame(Parser& parser) {
  if (parser.correct->parsed()) return AnswerCorrect(parser);
  if (parser.who->parsed()) {
    if (parser.who_command.archive.empty())
      return UsageError{"who: say in which archive: dateline who news.db NAME"};
    parser.who_command.form = ChosenTable(parser);
    parser.who_command.color = parser.command.color;
    return std::move(parser.who_command);
  }
  if (parser.clusters_command.archive.empty())
    return UsageError{"clusters: say which archive: dateline clusters news.db"};
  parser.clusters_command.form = ChosenTable(parser);
  parser.clusters_command.color = parser.command.color;
  return std::move(parser.clusters_command);
}

UsageError BadForm(const std::string& name, const char* forms) {
  return {fmt::format("--format: '{}' is not one of {}", name, forms)};
}

/// Puts the form that `--format` names into the command; the error when it is none.
std::optional<UsageError> TakeTable(const Parser& parser, std::optional<TableForm>& form) {
  form = ChosenTable(parser);
  if (parser.table_form.empty()) return std::nullopt;
  form = ValueOf(AnswerForms(), parser.table_form);
  if (form) return std::nullopt;
  return BadForm(parser.table_form, "table, csv, tsv, jsonl, markdown");
}

Command AnswerTimeline(Parser& parser) {
  TimelineCommand command = std::move(parser.timeline_command);
  if (command.query.one.empty())
    return UsageError{"timeline: say where and of whom: dateline timeline ARCHIVE CHN RUS"};
  if (parser.table_form == "plot") {
    command.form = TimelineCommand::Form::kPlot;
  } else if (parser.table_form == "svg") {
    command.form = TimelineCommand::Form::kSvg;
  } else if (TakeTable(parser, command.table)) {
    return BadForm(parser.table_form, "plot, svg, table, csv, tsv, jsonl, markdown");
  }
  command.filter.days = parser.days;
  command.color = parser.command.color;
  command.safe_csv = parser.safe_csv;
  return command;
}

Command AnswerNetwork(Parser& parser) {
  NetworkCommand command = std::move(parser.network_command);
  if (command.archive.empty())
    return UsageError{"network: say which archive: dateline network news.db"};
  if (auto error = TakeTable(parser, command.form)) return *std::move(error);
  command.filter.days = parser.days;
  command.safe_csv = parser.safe_csv;
  return command;
}

Command AnswerFollow(Parser& parser) {
  const FollowCommand& command = parser.follow_command;
  if (command.archive.empty() || (command.feeds.empty() && command.folders.empty())) {
    return UsageError{
        "follow: say where to and what: dateline follow news.db --feed URL --dir DIR"};
  }
  return command;
}

Command AnswerServe(Parser& parser) {
  if (parser.serve_command.archive.empty())
    return UsageError{"serve: say which archive: dateline serve news.db"};
  return parser.serve_command;
}

Command AnswerWork(Parser& parser) {
  WorkCommand command = std::move(parser.work_command);
  if (command.brokers.empty() || command.in.empty() || command.out.empty()) {
    return UsageError{
        "work: say where from and where to: dateline work --brokers HOST:PORT --in stories --out "
        "records"};
  }
  if (command.dead_letters.empty()) command.dead_letters = command.out + ".dead";
  if (command.in == command.out || command.in == command.dead_letters ||
      command.out == command.dead_letters)
    return UsageError{"work: --in, --out and --dead-letters are three topics"};
  command.input = std::move(parser.command);
  if (auto error = TakeInput(parser, command.input)) return *std::move(error);
  command.input.analyse = !parser.no_analysis;
  return command;
}

Command AnswerSearch(Parser& parser) {
  if (parser.search_command.query.empty())
    return UsageError{"search: say where and what: dateline search ARCHIVE 'ties AND Moscow'"};
  if (auto error = TakeTable(parser, parser.search_command.form)) return *std::move(error);
  parser.search_command.safe_csv = parser.safe_csv;
  parser.search_command.color = parser.command.color;
  return std::move(parser.search_command);
}

Command AnswerStory(Parser& parser) {
  if (parser.story_command.id.empty())
    return UsageError{"story: say where and which: dateline story ARCHIVE 12"};
  return std::move(parser.story_command);
}

Command AnswerSql(Parser& parser) {
  if (parser.sql_command.statement.empty())
    return UsageError{"sql: say where and what: dateline sql ARCHIVE 'SELECT …'"};
  if (auto error = TakeTable(parser, parser.sql_command.form)) return *std::move(error);
  parser.sql_command.safe_csv = parser.safe_csv;
  return std::move(parser.sql_command);
}

Command AnswerExport(Parser& parser) {
  const auto form = ParseExportForm(parser.export_form);
  if (!form || parser.export_command.archive.empty())
    return UsageError{
        "export: say what and how: dateline export ARCHIVE --as gdelt1, gdelt2, "
        "gdelt2-mentions, icews, phoenix, polecat, plover, geojson, gkg2, json-ld, brat, conllu, "
        "timeml, gexf or graphml"};
  const bool files = *form == ExportForm::kBrat || *form == ExportForm::kTimeMl;
  if (files == parser.export_command.folder.empty()) {
    return UsageError{files ? "export: say where to put a file for each story: --to DIR"
                            : "export: --to is for brat and timeml; the others are written to "
                              "standard output"};
  }
  parser.export_command.form = *form;
  parser.export_command.safe_csv = parser.safe_csv;
  parser.export_command.filter.days = parser.days;
  parser.export_command.filter.limit = parser.limit;
  return std::move(parser.export_command);
}

Command AnswerQuestion(Parser& parser) {
  if (parser.follow->parsed()) return AnswerFollow(parser);
  if (parser.serve->parsed()) return AnswerServe(parser);
  if (parser.timeline->parsed()) return AnswerTimeline(parser);
  if (parser.network->parsed()) return AnswerNetwork(parser);
  if (parser.search->parsed()) return AnswerSearch(parser);
  if (parser.story->parsed()) return AnswerStory(parser);
  if (parser.sql->parsed()) return AnswerSql(parser);
  if (parser.export_events->parsed()) return AnswerExport(parser);
  if (parser.clusters->parsed() || parser.who->parsed() || parser.correct->parsed())
    return AnswerSame(parser);
  if (parser.check_archive_command.archive.empty())
    return UsageError{"check: say which archive: dateline check news.db"};
  return std::move(parser.check_archive_command);
}

/// Facts alone: input as `read` takes it, printed in the form asked for.
struct FactForms {
  OutputForm csv{};
  OutputForm lines{};
  OutputForm text{};
  OutputForm tsv{};
  OutputForm markdown{};
};

/// What `--format` says: a form of the input, of the answer, or (csv) the one or the other.
std::optional<UsageError> TakeFactFormat(const Parser& parser, const FactForms& forms,
                                         ReadCommand& command) {
  if (parser.table_form.empty()) return std::nullopt;
  const auto input = ValueOf(InputForms(), parser.table_form);
  command.table = ValueOf(AnswerForms(), parser.table_form);
  if (!input && !command.table) {
    return BadForm(parser.table_form,
                   "auto, text, json, html, xml, csv, warc, iptc7901 (of the input), table, tsv, "
                   "jsonl, markdown (of the answer)");
  }
  command.format = input.value_or(Format::kAuto);
  if (command.table == TableForm::kTsv) command.form = forms.tsv;
  if (command.table == TableForm::kMarkdown) command.form = forms.markdown;
  if (command.table == TableForm::kJsonLines) command.form = forms.lines;
  return std::nullopt;
}

Command AnswerFacts(Parser& parser, bool ReadCommand::* facts, const FactForms& forms) {
  ReadCommand command = std::move(parser.command);
  if (auto error = TakeInput(parser, command)) return *std::move(error);
  command.*facts = true;
  command.safe_csv = parser.safe_csv;
  if (auto error = TakeFactFormat(parser, forms, command)) return *std::move(error);
  TakeFilters(parser, command);
  if (parser.csv) command.form = forms.csv;
  if (parser.json_lines) command.form = forms.lines;
  if (parser.text) command.form = forms.text;
  return command;
}

Command AnswerEvents(Parser& parser) {
  if (parser.import_verbs->parsed()) {
    EventsImportCommand command = std::move(parser.import_verbs_command);
    if (!command.files.empty() && !command.folder.empty()) return command;
    return UsageError{"events: say what to import: dateline events import FILE… --to DIR"};
  }
  return AnswerFacts(parser, &ReadCommand::events,
                     {.csv = OutputForm::kEventCsv,
                      .lines = OutputForm::kEventJsonLines,
                      .text = OutputForm::kEvents,
                      .tsv = OutputForm::kEventTsv,
                      .markdown = OutputForm::kEventMarkdown});
}

Command AnswerQuotes(Parser& parser) {
  return AnswerFacts(parser, &ReadCommand::quotes,
                     {.csv = OutputForm::kQuoteCsv,
                      .lines = OutputForm::kQuoteJsonLines,
                      .text = OutputForm::kQuotes,
                      .tsv = OutputForm::kQuoteTsv,
                      .markdown = OutputForm::kQuoteMarkdown});
}

Command AnswerExplain(Parser& parser) {
  if (parser.explain_command.text.empty())
    return UsageError{"explain: give a sentence in quotes, or - to read it"};
  return std::move(parser.explain_command);
}

Command AnswerActors(Parser& parser) {
  if (parser.lookup->parsed()) {
    ActorsLookupCommand command = std::move(parser.lookup_command);
    if (command.name.empty())
      return UsageError{"actors: say whom to look up: dateline actors lookup NAME"};
    return command;
  }
  ActorsImportCommand command = std::move(parser.import_command);
  if (command.files.empty() || command.folder.empty()) {
    return UsageError{
        "actors: say what to do: dateline actors lookup NAME, or dateline actors import FILE… --to "
        "DIR"};
  }
  return command;
}

CLI::App* DeepestParsed(CLI::App& app) {
  CLI::App* deepest = &app;
  while (!deepest->get_subcommands().empty()) deepest = deepest->get_subcommands().front();
  return deepest;
}

Command AnswerSync(Parser& parser) {
  if (parser.sync_command.server.empty())
    return UsageError{"sync: say what with what: dateline sync news.db postgresql://HOST/DATABASE"};
  parser.sync_command.push = !parser.only_pull;
  parser.sync_command.pull = !parser.only_push;
  return std::move(parser.sync_command);
}

Command Answer(Parser& parser) {
  std::vector<std::string> unknown = parser.app.remaining(true);
  std::erase(unknown, "--");
  if (!unknown.empty()) return Unknown(*DeepestParsed(parser.app), unknown.front());
  if (parser.version) return VersionCommand{};
  if (parser.read->parsed()) return AnswerRead(parser);
  if (parser.events->parsed()) return AnswerEvents(parser);
  if (parser.quotes->parsed()) return AnswerQuotes(parser);
  if (parser.add->parsed()) return AnswerAdd(parser);
  for (const CLI::App* each : {parser.search, parser.story, parser.sql, parser.timeline,
                               parser.network, parser.follow, parser.serve, parser.export_events,
                               parser.check_archive, parser.clusters, parser.who, parser.correct}) {
    if (each->parsed()) return AnswerQuestion(parser);
  }
  if (parser.work->parsed()) return AnswerWork(parser);
  if (parser.sync->parsed()) return AnswerSync(parser);
  if (parser.rebuild->parsed()) {
    if (parser.rebuild_command.archive.empty())
      return UsageError{"rebuild: say which archive: dateline rebuild news.db"};
    return std::move(parser.rebuild_command);
  }
  if (parser.explain->parsed()) return AnswerExplain(parser);
  if (parser.actors->parsed()) return AnswerActors(parser);
  if (parser.tables->parsed()) {
    if (!parser.check_command.folder.empty()) return parser.check_command;
    return UsageError{"tables: say which folder to check: dateline tables check DIR"};
  }
  return UsageError{"no command given; the commands are " + CommandList()};
}

}  // namespace

Command ParseCommandLine(int argc, const char* const* argv) {
  Parser parser;
  if (argc > 1 && std::string_view(argv[1]) == "help") {
    return AnswerHelp(parser, argc > 2 ? argv[2] : "");
  }
  try {
    parser.app.parse(argc, argv);
    return Answer(parser);
  } catch (const CLI::CallForHelp&) {
    return HelpCommand{HelpPage(parser, DeepestParsed(parser.app))};
  } catch (const CLI::Error& error) {
    return UsageError{error.what()};
  }
}

}  // namespace dateline::cli
