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
#include "dateline/series.h"
#include "kafka/delivery.h"

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
  kEventTsv,
  kEventMarkdown,
  kQuoteTsv,
  kQuoteMarkdown,
};
/// kText: as people read it best; kTable: columns side by side.
enum class TableForm : std::uint8_t { kText, kCsv, kJsonLines, kTsv, kMarkdown, kTable };
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
  std::string near;          ///< as typed: "Moscow,50km"
  QuoteFilter quote_filter;
  bool filtered = false;           ///< one of the two was asked for
  std::optional<TableForm> table;  ///< `--format` where it names a form of the answer of an archive
  bool safe_csv = false;
  EventIdentity same = EventIdentity::kNone;  ///< of an archive's events
  std::optional<Date> date;
  ColorChoice color = ColorChoice::kAuto;
};

/// `dateline add ARCHIVE FILE…`.
struct AddCommand {
  std::string archive;
  ReadCommand input;  ///< what to read and how
};

/// `dateline search ARCHIVE QUERY`.
struct SearchCommand {
  std::string archive;
  std::string query;
  SearchOptions options;
  std::optional<TableForm> form;  ///< absent: kText on a terminal, else kJsonLines
  bool safe_csv = false;
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
  bool safe_csv = false;
};

/// `dateline timeline ARCHIVE ACTOR [ACTOR]`.
struct TimelineCommand {
  enum class Form : std::uint8_t { kRows, kPlot, kSvg };

  std::string archive;
  TimelineQuery query;
  EventFilter filter;
  std::optional<Form> form;        ///< absent: kPlot on a terminal, else kRows
  std::optional<TableForm> table;  ///< of kRows; absent: kText on a terminal, else kJsonLines
  std::string near;                ///< as typed: "Moscow,50km"
  bool safe_csv = false;
  ColorChoice color = ColorChoice::kAuto;
};

/// `dateline network ARCHIVE`.
struct NetworkCommand {
  std::string archive;
  NetworkQuery query;
  EventFilter filter;
  std::optional<TableForm> form;
  std::string near;
  bool safe_csv = false;
};

/// `dateline follow ARCHIVE --feed URL… --dir DIR…`.
struct FollowCommand {
  std::string archive;
  std::vector<std::string> feeds;
  std::vector<std::string> folders;
  std::string alerts;  ///< a file; empty: none
  std::string state;   ///< a file; empty: ARCHIVE.follow
  std::vector<std::filesystem::path> data;
  std::int64_t every = 900;      ///< seconds between two visits of a feed
  std::int64_t look = 5;         ///< seconds between two looks at the folders
  std::int64_t pause_ms = 1000;  ///< between two requests to one host
  long timeout = 30;             ///< seconds for one request
  std::uint64_t max_bytes = 16U << 20U;
  bool pages = false;  ///< read the pages that a feed names, not the feed's own words
  bool once = false;   ///< one round
};

/// `dateline export ARCHIVE --as FORM`.
struct ExportCommand {
  std::string archive;
  ExportForm form = ExportForm::kGdelt2;
  EventFilter filter;
  std::string near;                          ///< as typed: "Moscow,50km"
  std::filesystem::path folder;              ///< of forms that are files for each story
  NetworkUnit unit = NetworkUnit::kCountry;  ///< of networks
  bool safe_csv = false;
  EventIdentity same = EventIdentity::kNone;
};

/// `dateline serve ARCHIVE`.
struct ServeCommand {
  std::string archive;
  std::string listen = "127.0.0.1:8080";  ///< HOST:PORT, [::1]:PORT or PORT
  std::vector<std::string> hosts;         ///< other names that the server has
  std::string token;
  std::string token_file;
  std::string alerts;
  std::string log;  ///< a file; empty: standard error
  std::vector<std::filesystem::path> data;
  unsigned threads = 0;  ///< 0: two for each core
  std::uint64_t max_bytes = 16U << 20U;
  bool read_only = false;
  bool quiet = false;  ///< no log
};

/// `dateline work --brokers HOST:PORT --in TOPIC --out TOPIC`.
struct WorkCommand {
  ReadCommand input;  ///< how messages are read; threads
  std::string brokers;
  std::string in;
  std::string out;
  std::string dead_letters;  ///< a topic
  std::string group = "dateline";
  std::string id;       ///< of this worker; empty: one that no other has
  std::string config;   ///< a file of librdkafka's settings; empty: none
  std::string metrics;  ///< HOST:PORT or PORT; empty: none
  kafka::Delivery delivery = kafka::Delivery::kExactlyOnce;
  std::uint64_t batch = 500;  ///< messages committed at once, at most
  std::int64_t every = 60;    ///< seconds between two lines of figures
  bool until_end = false;
};

/// `dateline clusters ARCHIVE [ID]`.
struct ClustersCommand {
  std::string archive;
  std::string id;  ///< empty: all
  ClusterFilter filter;
  std::optional<TableForm> form;
  ColorChoice color = ColorChoice::kAuto;
};

/// `dateline who ARCHIVE [NAME]`.
struct WhoCommand {
  std::string archive;
  IdentityFilter filter;  ///< a name of digits is an identity
  std::optional<TableForm> form;
  ColorChoice color = ColorChoice::kAuto;
};

/// `dateline correct ARCHIVE [STORY FACT]`.
struct CorrectCommand {
  std::string archive;
  std::string story;
  std::string fact;  ///< "v2": an event; "e3": an entity
  bool not_an_event = false;
  std::string code;
  bool another = false;      ///< the entity is not who it was taken for
  std::int64_t same_as = 0;  ///< identity that the entity's is the same as; 0: not said
  std::int64_t take_back = 0;
  std::string note;
  std::optional<TableForm> form;  ///< of the list
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

/// `dateline sync ARCHIVE SERVER`.
struct SyncCommand {
  std::string archive;
  std::string server;  ///< "postgresql://…", or libpq's "key=value …"
  bool push = true;
  bool pull = true;
};

/// `dateline explain TEXT`, `dateline explain ARCHIVE ID [FACT]`.
struct ExplainCommand {
  std::string text;  ///< "-": standard input; with `id`: the archive
  std::string id;    ///< of a story; empty: `text` is a sentence
  std::string fact;  ///< "v3", "a1", "s5": an event, an attribution, a sentence; empty: all
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
                 TimelineCommand, NetworkCommand, FollowCommand, ServeCommand, CheckCommand,
                 RebuildCommand, SyncCommand, WorkCommand, ClustersCommand, WhoCommand,
                 CorrectCommand, ExplainCommand, TablesCheckCommand, ActorsLookupCommand,
                 ActorsImportCommand, EventsImportCommand, VersionCommand, HelpCommand, UsageError>;

/// Never throws, prints or exits.
Command ParseCommandLine(int argc, const char* const* argv);

}  // namespace dateline::cli
