#include "command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

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

/// The parser of every command, with the places it fills.
struct Parser {
  Parser();

  CLI::App app{
      "Reads news stories and says who said what, and who did what to whom, with the "
      "evidence.",
      "dateline COMMAND [OPTION]…"};
  CLI::App* read = nullptr;
  CLI::App* tables = nullptr;
  CLI::App* check = nullptr;
  CLI::App* help = nullptr;

  ReadCommand command;
  TablesCheckCommand check_command;
  std::vector<std::string> help_topic;
  bool version = false;
  bool json_lines = false;
  bool json_array = false;
  bool pretty = false;
  bool text = false;
  bool conllu = false;
  bool no_analysis = false;
  bool plain = false;

 private:
  void AddRead();
  void AddReadInput();
  void AddReadOutput();
  void AddOthers();
};

Parser::Parser() {
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_help_flag("-h,--help", "Show this help and exit");
  app.add_flag("--version", version, "Show the version of program and tables and exit");
  app.footer("\nRun 'dateline help COMMAND' for the options of a command.");
  AddRead();
  AddOthers();
}

void Parser::AddRead() {
  read = app.add_subcommand("read", "Read stories and print a record of each");
  read->allow_extras();  // unknown options are reported with a suggestion, see UnknownOption
  read->footer(
      "\nWithout FILE, or where FILE is -, standard input is read. Folders are read with all that\n"
      "lies below them, in byte order of the paths; hidden files are skipped.\n"
      "\n"
      "Exit status: 0 all was read; 1 some inputs failed, each named on standard error;\n"
      "2 wrong usage, or the tables cannot be loaded; 130 interrupted; 141 the reader of the\n"
      "output went away.\n"
      "\n"
      "Example: dateline read --threads 4 stories/ > records.jsonl");
  AddReadInput();
  AddReadOutput();
}

void Parser::AddReadInput() {
  static const std::map<std::string, Format> kFormats = {
      {"auto", Format::kAuto}, {"text", Format::kText}, {"json", Format::kJson}};
  read->add_option("FILE", command.paths, "Files and folders of stories")->type_name("…");
  read->add_option("--format", command.format, "Form of the input: auto (default), text, json")
      ->type_name("FORM")
      ->transform(CLI::CheckedTransformer(kFormats).description("FORM"))
      ->group("Input");
  read->add_option("--data", command.data, "Folder of tables that add to the built-in ones")
      ->type_name("DIR")
      ->type_size(1)
      ->allow_extra_args(false)
      ->group("Input");
  read->add_option("--max-bytes", command.max_bytes,
                   "Largest file or record taken (default 16MB); also bounds memory")
      ->type_name("N")
      ->transform(CLI::AsSizeValue(false).description("N"))
      ->check(CLI::Range(std::uint64_t{1}, kLargestPiece, "N"))
      ->group("Input");
  read->add_option("--threads", command.threads, "Workers; 0 (default) is one per core")
      ->type_name("N")
      ->check(CLI::Range(0U, kMostThreads, "N"))
      ->group("Input");
  read->add_flag("--plain", plain, "Take all text for prose: no headline, byline, links …")
      ->group("Input");
  read->add_flag("--no-analysis", no_analysis, "Read the layout only: article, blocks, no events")
      ->group("Input");
}

void Parser::AddReadOutput() {
  static const std::map<std::string, OffsetUnit> kUnits = {{"bytes", OffsetUnit::kBytes},
                                                           {"chars", OffsetUnit::kChars},
                                                           {"utf16", OffsetUnit::kUtf16},
                                                           {"source", OffsetUnit::kSource}};
  static const std::map<std::string, ColorChoice> kColors = {{"auto", ColorChoice::kAuto},
                                                             {"always", ColorChoice::kAlways},
                                                             {"never", ColorChoice::kNever}};
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
  auto* tokens = read->add_flag("--tokens", command.record.tokens, "Write every word too (JSON)");
  auto* offsets =
      read->add_option("--offsets", command.record.offsets,
                       "What positions count: bytes (default), chars, utf16, or source:\n"
                       "                           bytes of the input as handed in (JSON)");
  offsets->type_name("UNIT")->transform(CLI::CheckedTransformer(kUnits).description("UNIT"));
  for (auto* json_only : {tokens, offsets}) {
    json_only->group(group)->excludes(forms[3])->excludes(forms[4]);
  }
  forms[4]->excludes(read->get_option("--no-analysis"));
  read->add_option("--color", command.color, "Colour the digest: auto (default), always, never")
      ->type_name("WHEN")
      ->transform(CLI::CheckedTransformer(kColors).description("WHEN"))
      ->group(group);
}

void Parser::AddOthers() {
  tables = app.add_subcommand("tables", "Work on tables of your own (see --data)");
  tables->require_subcommand(1);
  check = tables->add_subcommand("check", "Check the tables of a folder");
  check->add_option("DIR", check_command.folder, "The folder")->required()->type_name("");
  help = app.add_subcommand("help", "Show the help of a command");
  help->add_option("COMMAND", help_topic, "read, tables")->type_name("…");
}

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, changed}));
    }
  }
  return row.back();
}

/// "unknown option --jsn; did you mean --json?"
UsageError UnknownOption(const CLI::App& command, const std::string& given) {
  const std::string name = given.substr(0, given.find('='));
  std::string nearest;
  std::size_t least = 4;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->nonpositional()) continue;
    const std::string known = "--" + option->get_lnames().front();
    const std::size_t distance = EditDistance(name, known);
    if (distance < least) {
      least = distance;
      nearest = known;
    }
  }
  const std::string hint = nearest.empty() ? "" : "; did you mean " + nearest + "?";
  return {fmt::format("unknown option {}{}", name, hint)};
}

/// The names by which people call the commands, for the help page.
struct Titles {
  const CLI::App* app;
  const char* usage;
};

std::string HelpPage(Parser& parser, CLI::App* command) {
  const Titles titles[] = {
      {parser.read, "dateline read [OPTION]… [FILE|DIR|-]…"},
      {parser.tables, "dateline tables check DIR"},
      {parser.check, "dateline tables check DIR"},
      {parser.help, "dateline help [COMMAND]"},
  };
  for (const Titles& title : titles) {
    if (title.app == command) command->name(title.usage);
  }
  if (command == &parser.app) command->name("dateline COMMAND [OPTION]…");
  return command->help();
}

Command AnswerHelp(Parser& parser) {
  if (parser.help_topic.empty()) return HelpCommand{HelpPage(parser, &parser.app)};
  const std::string& topic = parser.help_topic.front();
  CLI::App* command = nullptr;
  for (CLI::App* known : {parser.read, parser.tables, parser.help}) {
    if (known->get_name() == topic) command = known;
  }
  if (command == nullptr) {
    return UsageError{fmt::format("no command {}; the commands are read, tables and help", topic)};
  }
  return HelpCommand{HelpPage(parser, command)};
}

std::optional<OutputForm> ChosenForm(const Parser& parser) {
  if (parser.json_lines) return OutputForm::kJsonLines;
  if (parser.json_array || parser.pretty) return OutputForm::kJsonArray;
  if (parser.text) return OutputForm::kText;
  if (parser.conllu) return OutputForm::kConllu;
  return std::nullopt;
}

Command AnswerRead(Parser& parser) {
  const std::vector<std::string> unknown = parser.read->remaining();
  if (!unknown.empty()) return UnknownOption(*parser.read, unknown.front());
  ReadCommand command = std::move(parser.command);
  command.form = ChosenForm(parser);
  command.record.indent = parser.pretty;
  command.analyse = !parser.no_analysis;
  command.layout = !parser.plain;
  const bool wants_json = command.record.tokens || command.record.offsets != OffsetUnit::kBytes;
  if (!command.form && wants_json) command.form = OutputForm::kJsonLines;
  return command;
}

Command Answer(Parser& parser) {
  if (parser.version) return VersionCommand{};
  if (parser.help->parsed()) return AnswerHelp(parser);
  if (parser.read->parsed()) return AnswerRead(parser);
  if (parser.check->parsed()) return parser.check_command;
  return UsageError{"no command given; the commands are read, tables and help"};
}

CLI::App* DeepestParsed(CLI::App& app) {
  CLI::App* deepest = &app;
  while (!deepest->get_subcommands().empty()) deepest = deepest->get_subcommands().front();
  return deepest;
}

}  // namespace

Command ParseCommandLine(int argc, const char* const* argv) {
  Parser parser;
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
