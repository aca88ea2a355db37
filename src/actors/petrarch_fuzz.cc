// Bytes as a dictionary of each kind. What is made of them must pass the checks of tables and lie
// over the built ones, and be the same when made again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "actors/petrarch.h"
#include "tables/lint.h"
#include "tables/schema.h"
#include "tables/sheet.h"

namespace {

using namespace dateline;

void Check(bool holds) {
  if (!holds) std::abort();
}

/// The directives that the tables of data/actors have.
constexpr std::string_view kDictionary =
    "#: key = name actor from\n#: phrases = name|variants\n#: required = name actor source\n"
    "#: type from = date\n#: type to = date\n#: order from <= to\n";
constexpr std::string_view kRoles =
    "#: key = role kind\n#: phrases = role|plural\n#: required = role kind source\n"
    "#: enum kind = title,noun,group\n";
constexpr std::string_view kDiscards =
    "#: key = phrase\n#: phrases = phrase\n#: required = phrase scope source\n"
    "#: enum scope = sentence,story\n";

void CheckTable(const std::string& path, const std::string& text) {
  const std::string_view directives = path == "actors/dictionary.tsv" ? kDictionary
                                      : path == "actors/roles.tsv"    ? kRoles
                                                                      : kDiscards;
  const std::string whole = std::string(directives) + text;
  tables::Problems problems;
  const tables::Sheet sheet = tables::ParseSheet(whole, path, problems);
  const tables::Schema schema = tables::ReadSchema(sheet, problems);
  tables::LintRows(sheet, schema, problems);
  Check(problems.empty());
  Check(sheet.row_count() > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(actors::GuessKind(text, "d"));
  std::vector<actors::DictionaryFile> files;
  for (const auto kind : {actors::DictionaryKind::kActors, actors::DictionaryKind::kAgents,
                          actors::DictionaryKind::kDiscards}) {
    files.push_back(actors::ReadDictionary(text, "d", kind));
  }
  std::vector<Error> problems;
  const auto texts = actors::MakeOverlay(files, problems);
  for (const auto& [path, table] : texts) CheckTable(path, table);
  std::vector<Error> again;
  Check(actors::MakeOverlay(files, again) == texts && again == problems);
  return 0;
}
