#include "tables/overlay.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "tables/lint.h"
#include "tables/schema.h"
#include "tables/sheet.h"
#include "tables/tables.h"

namespace dateline::tables {
namespace {

/// A compiled table as the sheet it was made from.
Sheet SheetOf(const Image& image) {
  Sheet sheet;
  sheet.name = image.name();
  sheet.file = sheet.name + ".tsv";
  for (std::string_view lines = image.directives(); !lines.empty();) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    sheet.directives.push_back({lines.substr(0, end), 0});
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  for (std::uint32_t column = 0; column < image.column_count(); ++column) {
    sheet.columns.push_back(image.ColumnName(column));
  }
  for (std::uint32_t row = 0; row < image.row_count(); ++row) {
    for (std::uint32_t column = 0; column < image.column_count(); ++column) {
      sheet.cells.push_back(image.Cell(row, column));
    }
    sheet.lines.push_back(0);
  }
  return sheet;
}

std::string KeyOf(const Sheet& sheet, const Schema& schema, std::size_t row) {
  std::string key;
  for (const std::size_t column : schema.key) key.append(sheet.Cell(row, column)).append("\t");
  return key;
}

/// The rows of `added`, which has the columns of `base`, laid over those of `base`.
Sheet Merge(Sheet base, const Schema& schema, const Sheet& added) {
  std::unordered_map<std::string, std::size_t> known;
  for (std::size_t row = 0; !schema.key.empty() && row < base.row_count(); ++row) {
    known.emplace(KeyOf(base, schema, row), row);
  }
  const std::size_t width = base.columns.size();
  for (std::size_t row = 0; row < added.row_count(); ++row) {
    const auto cells = added.cells.begin() + static_cast<std::ptrdiff_t>(row * width);
    const auto same = schema.key.empty() ? known.end() : known.find(KeyOf(added, schema, row));
    if (same == known.end()) {
      base.cells.insert(base.cells.end(), cells, cells + static_cast<std::ptrdiff_t>(width));
      base.lines.push_back(0);
    } else {
      std::copy_n(cells, width,
                  base.cells.begin() + static_cast<std::ptrdiff_t>(same->second * width));
    }
  }
  return base;
}

/// The files of one overlay folder, checked and merged.
class OverlayMaker {
 public:
  explicit OverlayMaker(const FindImage& find) : find_(find) {}

  Result<std::vector<std::string>> Make(const std::vector<TableFile>& files) {
    for (const TableFile& file : files) Read(file);
    if (!problems_.empty()) return FirstProblem();
    std::vector<std::string> images;
    for (const Part& part : parts_) {
      DATELINE_TRY(images.emplace_back(), MakeImage(part.merged, part.schema));
    }
    for (const Part& part : parts_) {
      for (const auto& ref : part.schema.refs) CheckRef(part, ref);
    }
    if (!problems_.empty()) return FirstProblem();
    return images;
  }

 private:
  struct Part {
    Sheet added;
    Schema schema;
    Sheet merged;
  };

  void Read(const TableFile& file) {
    Part& part = parts_.emplace_back();
    part.added = ParseSheet(file.text.view(), file.name, problems_);
    const Image* known = find_(part.added.name);
    if (known == nullptr) {
      part.schema = ReadSchema(part.added, problems_);
      LintRows(part.added, part.schema, problems_);
      part.merged = part.added;
      return;
    }
    Sheet base = SheetOf(*known);
    part.schema = ReadSchema(base, problems_);
    part.schema.sorted = false;
    CheckDirectives(part.added, base);
    AlignColumns(part.added, base, part.schema);
    LintRows(part.added, part.schema, problems_);
    part.merged = Merge(std::move(base), part.schema, part.added);
  }

  void CheckDirectives(const Sheet& added, const Sheet& base) {
    for (const Directive& directive : added.directives) {
      if (std::ranges::find(base.directives, directive) != base.directives.end()) continue;
      problems_.Add(added.file, directive.line,
                    "directive is not one of the table laid over; remove it");
    }
  }

  /// Brings the cells of `added` into the columns of `base`; columns it does not have are empty.
  void AlignColumns(Sheet& added, const Sheet& base, const Schema& schema) {
    for (const std::string_view column : added.columns) {
      if (std::ranges::find(base.columns, column) != base.columns.end()) continue;
      problems_.Add(added.file, added.header_line,
                    fmt::format("column '{}' is not one of the table laid over; it has {}", column,
                                fmt::join(base.columns, ", ")));
    }
    std::vector<std::optional<std::size_t>> origin;
    for (const std::string_view column : base.columns) {
      const auto found = std::ranges::find(added.columns, column);
      if (found == added.columns.end()) {
        origin.emplace_back();
      } else {
        origin.emplace_back(static_cast<std::size_t>(found - added.columns.begin()));
      }
    }
    for (const std::size_t column : schema.key) {
      if (origin[column]) continue;
      problems_.Add(added.file, added.header_line,
                    fmt::format("key column '{}' is missing; add it", base.columns[column]));
    }
    std::vector<std::string_view> cells;
    for (std::size_t row = 0; row < added.row_count(); ++row) {
      for (const auto& column : origin) {
        cells.push_back(column ? added.Cell(row, *column) : std::string_view());
      }
    }
    added.columns = base.columns;
    added.cells = std::move(cells);
  }

  /// Adds the values of one column; false when there is no such table or column.
  bool CollectTargets(const Schema::Ref& ref, ColumnValues& targets) const {
    const auto part = std::ranges::find(
        parts_, ref.table, [](const Part& p) -> std::string_view { return p.merged.name; });
    if (part != parts_.end()) return CollectColumn(part->merged, ref.target, targets);
    const Image* image = find_(ref.table);
    return image != nullptr && CollectColumn(SheetOf(*image), ref.target, targets);
  }

  static bool CollectColumn(const Sheet& sheet, std::string_view name, ColumnValues& targets) {
    const auto column = std::ranges::find(sheet.columns, name);
    if (column == sheet.columns.end()) return false;
    const auto number = static_cast<std::size_t>(column - sheet.columns.begin());
    for (std::size_t row = 0; row < sheet.row_count(); ++row) {
      for (const std::string_view value : Values(sheet.Cell(row, number))) targets.insert(value);
    }
    return true;
  }

  void CheckRef(const Part& part, const Schema::Ref& ref) {
    ColumnValues targets;
    if (CollectTargets(ref, targets)) return LintRef(part.added, ref, targets, problems_);
    problems_.Add(part.added.file, ref.line,
                  fmt::format("ref names '{}.{}', which does not exist", ref.table, ref.target));
  }

  std::unexpected<Error> FirstProblem() {
    const std::vector<Error> problems = std::move(problems_).Take();
    Error first = problems.front();
    if (problems.size() > 1) {
      first.message += fmt::format(" (and {} more problems)", problems.size() - 1);
    }
    return std::unexpected(std::move(first));
  }

  const FindImage& find_;
  Problems problems_;
  std::vector<Part> parts_;
};

}  // namespace

Result<std::vector<std::string>> MakeOverlay(const std::vector<TableFile>& files,
                                             const FindImage& find) {
  return OverlayMaker(find).Make(files);
}

}  // namespace dateline::tables
