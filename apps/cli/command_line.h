/// What the user asked for, read from the command line. The only part that knows the option parser.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "actors/petrarch.h"
#include "dateline/archive.h"
#include "dateline/columns.h"
#include "dateline/date.h"
#include "dateline/engine.h"
#include "dateline/export.h"
#include "dateline/record.h"

namespace dateline::cli {

enum class OutputForm : std::uint8_t {
  kJsonLines,
  kJsonArray,
  kText,
  kConllu,
  kEvents,          ///< a table of events for people
  kEventCsv,        ///< an event a row
  kEventJsonLines,  ///< an event a line
  kQuotes,          ///< who said what, for people
  kQuoteCsv,        ///< an attribution a row
  kQuoteJsonLines,  ///< an attribution a line
};
enum class ColorChoice : std::uint8_t { kAuto, kAlways, kNever };

/// `dateline read`.
struct ReadCommand {
  std::vector<std::string> paths;  ///< as given; empty: standard input
  Format format = Format::kAuto;
  std::optional<OutputForm> form;  ///< absent: kText on a terminal, else kJsonLines
  RecordOptions record;
  unsigned threads = 0;  ///< 0: one per core
  std::vector<std::filesystem::path> data;
  std::uint64_t max_bytes = 16U << 20U;
  ColumnMap columns;
  std::uint64_t from = 0;  ///< byte of the one input to begin at
  std::uint64_t skip = 0;  ///< records to pass over, of all inputs together
  bool analyse = true;
  bool layout = true;
  bool events = false;       ///< `dateline events`: the events alone
  bool quotes = false;       ///< `dateline quotes`: the attributions alone
  EventFilter event_filter;  ///< of an archive
  QuoteFilter quote_filter;
  bool filtered = false;  ///< one of the two was asked for
  std::optional<Date> date;
  ColorChoice color = ColorChoice::kAuto;
};

/// `dateline add ARCHIVE FILE…`.
struct AddCommand {
  std::string archive;
  ReadCommand input;  ///< what to read and how
};

enum class TableForm : std::uint8_t { kText, kCsv, kJsonLines };

/// `dateline search ARCHIVE QUERY`.
struct SearchCommand {
  std::string archive;
  std::string query;
  SearchOptions options;
  std::optional<TableForm> form;  ///< absent: kText on a terminal, else kJsonLines
  ColorChoice color = ColorChoice::kAuto;
};

/// `dateline story ARCHIVE ID`.
struct StoryCommand {
  std::string archive;
  std::string id;
  bool json = false;
  bool original = false;
  ColorChoice color = ColorChoice::kAuto;
};

/// `dateline sql ARCHIVE STATEMENT`.
struct SqlCommand {
  std::string archive;
  std::string statement;
  std::optional<TableForm> form;
};

/// `dateline export ARCHIVE --as FORM`.
struct ExportCommand {
  std::string archive;
  ExportForm form = ExportForm::kGdelt2;
  EventFilter filter;
};

/// `dateline check ARCHIVE`.
struct CheckCommand {
  std::string archive;
};

/// `dateline rebuild ARCHIVE`.
struct RebuildCommand {
  std::string archive;
  ReadCommand input;  ///< tables and threads
};

/// `dateline explain TEXT`.
struct ExplainCommand {
  std::string text;  ///< "-": standard input
  std::optional<Date> date;
  std::vector<std::filesystem::path> data;
  bool all = false;
  bool json = false;
  ColorChoice color = ColorChoice::kAuto;
};

/// `dateline tables check DIR`.
struct TablesCheckCommand {
  std::filesystem::path folder;
};

/// `dateline actors lookup NAME`.
struct ActorsLookupCommand {
  std::string name;
  std::optional<Date> date;
  std::vector<std::filesystem::path> data;
  bool json = false;
};

/// `dateline actors import FILE… --to DIR`.
struct ActorsImportCommand {
  std::vector<std::filesystem::path> files;
  std::filesystem::path folder;
  std::optional<actors::DictionaryKind> kind;  ///< absent: each file's own
};

/// `dateline events import FILE… --to DIR`.
struct EventsImportCommand {
  std::vector<std::filesystem::path> files;
  std::filesystem::path folder;
};

struct VersionCommand {};

/// Text for standard output: a help page.
struct HelpCommand {
  std::string text;
};

/// One line for standard error that says what is wrong and what to do.
struct UsageError {
  std::string message;
};

using Command =
    std::variant<ReadCommand, AddCommand, SearchCommand, StoryCommand, SqlCommand, ExportCommand,
                 CheckCommand, RebuildCommand, ExplainCommand, TablesCheckCommand, ActorsLookupCommand,
                 ActorsImportCommand, EventsImportCommand, VersionCommand, HelpCommand, UsageError>;

/// Never throws, prints or exits.
Command ParseCommandLine(int argc, const char* const* argv);

}  // namespace dateline::cli
