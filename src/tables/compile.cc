#include "tables/compile.h"

#include <xxhash.h>

#include <algorithm>
#include <map>
#include <utility>

#include "tables/container.h"
#include "tables/folder.h"
#include "tables/image.h"
#include "tables/lint.h"
#include "tables/schema.h"
#include "tables/sheet.h"
#include "tables/tables.h"

namespace dateline::tables {
namespace {

struct Source {
  Sheet sheet;
  Schema schema;
};

ColumnValues CollectValues(const Sheet& sheet, std::size_t column) {
  ColumnValues values;
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    for (const std::string_view value : Values(sheet.Cell(row, column))) values.insert(value);
  }
  return values;
}

void CheckRef(const std::vector<Source>& sources, const Source& source, const Schema::Ref& ref,
              Problems& problems) {
  const auto table = std::ranges::find(
      sources, ref.table, [](const Source& s) { return std::string_view(s.sheet.name); });
  if (table == sources.end()) {
    problems.Add(source.sheet.file, ref.line,
                 "ref names table '" + std::string(ref.table) + "', which does not exist");
    return;
  }
  const auto& columns = table->sheet.columns;
  const auto column = std::ranges::find(columns, ref.target);
  if (column == columns.end()) {
    problems.Add(source.sheet.file, ref.line,
                 "ref names column '" + std::string(ref.target) + "', which table '" +
                     std::string(ref.table) + "' does not have");
    return;
  }
  const auto number = static_cast<std::size_t>(column - columns.begin());
  LintRef(source.sheet, ref, CollectValues(table->sheet, number), problems);
}

}  // namespace

Result<Compiled> CompileFolder(const std::filesystem::path& folder) {
  DATELINE_TRY(const std::vector<TableFile> files, ReadTableFiles(folder));
  Problems problems;
  std::vector<Source> sources;
  for (const TableFile& file : files) {
    Source& source = sources.emplace_back();
    source.sheet = ParseSheet(file.text.view(), file.name, problems);
    source.schema = ReadSchema(source.sheet, problems);
    LintRows(source.sheet, source.schema, problems);
  }
  for (const Source& source : sources) {
    for (const auto& ref : source.schema.refs) CheckRef(sources, source, ref, problems);
  }
  if (!problems.empty()) return Compiled{.bytes = "", .problems = std::move(problems).Take()};

  std::vector<std::string> images;
  std::ranges::sort(sources, {},
                    [](const Source& source) { return std::string_view(source.sheet.name); });
  for (const Source& source : sources) {
    DATELINE_TRY(images.emplace_back(), MakeImage(source.sheet, source.schema));
  }
  return Compiled{.bytes = MakeContainer(images), .problems = {}};
}

}  // namespace dateline::tables
