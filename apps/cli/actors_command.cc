#include "actors_command.h"

#include <fmt/format.h>

#include <array>
#include <expected>
#include <fstream>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "actors/lookup.h"
#include "actors/petrarch.h"
#include "base/mapped_file.h"
#include "engine/resources.h"
#include "events/verb_dictionary.h"
#include "messages.h"
#include "record/json_writer.h"
#include "terminal.h"

namespace dateline::cli {
namespace {

using actors::Answer;
using actors::KnownRow;
using actors::Standing;

int Print(const std::string& text) {
  fmt::print("{}", text);
  return std::fflush(stdout) == 0 ? kAllRead : kSomeFailed;
}

// ---- lookup

/// "2023-03-12 to 2023-10-24", "since 2023-03-12", "until 1991"; empty when the row has no days.
std::string TermText(const KnownRow& row) {
  if (row.from.empty() && row.to.empty()) return "";
  if (row.to.empty()) return fmt::format("since {}", row.from);
  if (row.from.empty()) return fmt::format("until {}", row.to);
  return fmt::format("{} to {}", row.from, row.to);
}

std::string_view StandingText(const KnownRow& row, bool dated) {
  if (row.standing == Standing::kAfter) return dated ? "over by then" : "over";
  if (row.standing == Standing::kBefore) return "not yet";
  return row.from.empty() && row.to.empty() ? "" : "holds";
}

/// "CHNGOVMIL  Li Shangfu: defence minister, CHN; 2023-03-12 to 2023-10-24, holds", and its place.
std::string RowText(const KnownRow& row, bool dated) {
  std::string text = fmt::format("{:<12} {}", row.code.empty() ? "(nobody)" : row.code, row.name);
  const std::string_view what = row.title.empty() ? row.kind : row.title;
  text += fmt::format(": {}", what);
  if (!row.country.empty()) text += fmt::format(", {}", row.country);
  if (const std::string term = TermText(row); !term.empty()) {
    text += fmt::format("; {}, {}", term, StandingText(row, dated));
  }
  if (!row.note.empty()) text += fmt::format(" ({})", row.note);
  const std::string place = fmt::format("{} row {}, source: {}", row.table, row.row, row.source);
  return fmt::format("{}\n{:15}{}\n", "  " + Printable(text), "", Printable(place));
}

std::string FoundText(const ActorsLookupCommand& command, const Answer& answer) {
  const std::string day = command.date ? " on " + FormatDate(*command.date) : "";
  std::string text =
      fmt::format("{}{}: {}\n", Printable(command.name), day, answer.code.value_or("no actor"));
  if (answer.composed) text += "  composed of a country and a role:\n";
  for (const KnownRow& row : answer.rows) text += RowText(row, command.date.has_value());
  if (!answer.others.empty()) {
    text += fmt::format("  ambiguous: also {}; the title or country beside the name tells which\n",
                        fmt::join(answer.others, ", "));
  }
  return text;
}

std::string_view StandingName(Standing standing) {
  constexpr std::array<std::string_view, 3> kNames{"holds", "before", "after"};
  return kNames.at(static_cast<std::size_t>(standing));
}

void WriteCell(record::JsonWriter& json, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  json.Key(key);
  json.String(value);
}

void WriteRow(record::JsonWriter& json, const KnownRow& row) {
  json.BeginObject();
  WriteCell(json, "code", row.code);
  WriteCell(json, "name", row.name);
  WriteCell(json, "kind", row.kind);
  WriteCell(json, "title", row.title);
  WriteCell(json, "country", row.country);
  WriteCell(json, "from", row.from);
  WriteCell(json, "to", row.to);
  WriteCell(json, "standing", StandingName(row.standing));
  WriteCell(json, "note", row.note);
  WriteCell(json, "table", row.table);
  json.Key("row");
  json.Number(std::uint64_t{row.row});
  WriteCell(json, "source", row.source);
  json.EndObject();
}

void WriteList(record::JsonWriter& json, std::string_view key,
               const std::vector<std::string>& values) {
  json.Key(key);
  json.BeginArray();
  for (const std::string& value : values) json.String(value);
  json.EndArray();
}

std::string FoundJson(const ActorsLookupCommand& command, const Answer& answer) {
  record::JsonWriter json(false);
  json.BeginObject();
  WriteCell(json, "name", command.name);
  if (command.date) WriteCell(json, "date", FormatDate(*command.date));
  if (answer.code) WriteCell(json, "code", *answer.code);
  json.Key("composed");
  json.Bool(answer.composed);
  json.Key("rows");
  json.BeginArray();
  for (const KnownRow& row : answer.rows) WriteRow(json, row);
  json.EndArray();
  WriteList(json, "others", answer.others);
  WriteList(json, "near", answer.near);
  json.EndObject();
  return json.Take() + "\n";
}

void SayNothingFound(const ActorsLookupCommand& command, const Answer& answer) {
  if (answer.near.empty()) {
    Say(fmt::format("no table knows {}; add a row to a folder for --data, or import a dictionary",
                    command.name));
  } else {
    Say(fmt::format("no table knows {}; near it are {}", command.name,
                    fmt::join(answer.near, ", ")));
  }
}

// ---- import

/// Reads the dictionaries that can be read.
std::vector<actors::DictionaryFile> ReadAll(const ActorsImportCommand& command,
                                            std::vector<Error>& problems) {
  std::vector<actors::DictionaryFile> read;
  for (const auto& path : command.files) {
    const auto file = base::MappedFile::Open(path);
    if (!file) {
      problems.push_back(file.error());
      continue;
    }
    const std::string_view text = file->view();
    const std::string name = path.string();
    const auto kind = command.kind ? *command.kind : actors::GuessKind(text, name);
    read.push_back(actors::ReadDictionary(text, name, kind));
    auto& own = read.back().problems;
    problems.insert(problems.end(), own.begin(), own.end());
  }
  return read;
}

bool WriteFile(const std::filesystem::path& path, std::string_view text) {
  std::error_code failed;
  std::filesystem::create_directories(path.parent_path(), failed);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) return true;
  Say(Error{ErrorCode::kUnreadable, "cannot be written; check the folder and its permissions",
            path.string()});
  return false;
}

std::string_view KindName(actors::DictionaryKind kind) {
  constexpr std::array<std::string_view, 3> kNames{"actors", "agents", "discards"};
  return kNames.at(static_cast<std::size_t>(kind));
}

}  // namespace

int RunActorsLookup(const ActorsLookupCommand& command) {
  const auto tables = engine::LoadTables({.tables = {}, .model = {}, .overlays = command.data});
  if (!tables) {
    Say(tables.error());
    return kWrongUsage;
  }
  const auto lookup = actors::Lookup::Load(*tables);
  if (!lookup) {
    Say(lookup.error());
    return kWrongUsage;
  }
  const Answer answer = lookup->Find(command.name, command.date);
  if (command.json) {
    if (Print(FoundJson(command, answer)) != kAllRead) return kSomeFailed;
  } else if (answer.rows.empty()) {
    SayNothingFound(command, answer);
  } else if (Print(FoundText(command, answer)) != kAllRead) {
    return kSomeFailed;
  }
  return answer.code ? kAllRead : kSomeFailed;
}

int RunActorsImport(const ActorsImportCommand& command) {
  std::vector<Error> problems;
  const auto files = ReadAll(command, problems);
  const auto texts = actors::MakeOverlay(files, problems);
  for (const Error& problem : problems) Say(problem);
  for (const auto& [path, text] : texts) {
    if (!WriteFile(command.folder / path, text)) return kSomeFailed;
  }
  std::string summary;
  for (const actors::DictionaryFile& file : files) {
    summary += fmt::format("{}: {} {}, {} skipped\n", Printable(file.file), file.entries.size(),
                           KindName(file.kind), file.problems.size());
  }
  if (Print(summary) != kAllRead) return kSomeFailed;
  return problems.empty() ? kAllRead : kSomeFailed;
}

int RunEventsImport(const EventsImportCommand& command) {
  const auto tables = engine::LoadTables({.tables = {}, .model = {}, .overlays = {}});
  const auto codes = tables ? tables->Get("events/cameo") : std::unexpected(tables.error());
  const auto column = codes ? (*codes)->GetColumn("code") : std::unexpected(codes.error());
  if (!column) {
    Say(column.error());
    return kWrongUsage;
  }
  std::set<std::string, std::less<>> known;
  for (std::uint32_t row = 0; row < (*codes)->row_count(); ++row)
    known.emplace((*codes)->Cell(row, *column));
  const auto is_code = [&](std::string_view code) { return known.contains(code); };
  std::vector<Error> problems;
  std::vector<events::VerbDictionary> read;
  std::string summary;
  for (const auto& path : command.files) {
    const auto file = base::MappedFile::Open(path);
    if (!file) {
      problems.push_back(file.error());
      continue;
    }
    read.push_back(events::ReadVerbDictionary(file->view(), path.string(), is_code));
    const events::VerbDictionary& dictionary = read.back();
    problems.insert(problems.end(), dictionary.problems.begin(), dictionary.problems.end());
    summary += fmt::format("{}: {} patterns, {} sets, {} that tell no event, {} skipped\n",
                           Printable(dictionary.file), dictionary.patterns.size(),
                           dictionary.sets.size(), dictionary.uncoded, dictionary.problems.size());
  }
  for (const Error& problem : problems) Say(problem);
  for (const auto& [path, text] : events::MakeVerbOverlay(read)) {
    if (!WriteFile(command.folder / path, text)) return kSomeFailed;
  }
  if (Print(summary) != kAllRead) return kSomeFailed;
  return problems.empty() ? kAllRead : kSomeFailed;
}

}  // namespace dateline::cli
