#include <optional>
#include <utility>
#include <vector>

#include "readers/columns.h"
#include "readers/csv_records.h"
#include "readers/page_readers.h"

namespace dateline::readers {
namespace {

/// For each column what it holds.
using Layout = std::vector<std::optional<Field>>;

/// The place of a column that a map names: "#3", or a cell of the header.
std::optional<std::size_t> PlaceOf(std::string_view column,
                                   const std::vector<std::string>& header) {
  if (column.starts_with('#') && column.size() > 1 && column.size() < 6) {
    std::size_t number = 0;
    for (const char c : column.substr(1)) {
      if (c < '0' || c > '9') return std::nullopt;
      number = number * 10 + static_cast<std::size_t>(c - '0');
    }
    return number == 0 ? std::nullopt : std::optional(number - 1);
  }
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == column) return i;
  }
  return std::nullopt;
}

Result<Layout> MapColumns(const std::vector<std::string>& header, const ColumnMap* map) {
  Layout layout(header.size());
  if (map != nullptr) {
    for (const auto& [field, column] : map->columns) {
      if (column.empty()) continue;
      const auto place = PlaceOf(column, header);
      if (!place)
        return Fail(ErrorCode::kInvalidArgument, "the table has no column '" + column + "'");
      layout.resize(std::max(layout.size(), *place + 1));
      layout[*place] = field;
    }
  }
  std::vector<std::optional<std::pair<std::size_t, std::size_t>>> best(kFields);
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto known = FindKnownColumn(header[i]);
    if (layout[i] || !known || MappedColumn(map, known->field)) continue;
    auto& chosen = best[static_cast<std::size_t>(known->field)];
    if (!chosen || known->rank < chosen->first) chosen = {known->rank, i};
  }
  for (std::size_t field = 0; field < kFields; ++field) {
    if (best[field]) layout[best[field]->second] = static_cast<Field>(field);
  }
  return layout;
}

struct Table {
  char delimiter = ',';
  std::vector<std::string> header;  ///< empty: the table has none
  Layout layout;
};

/// Text before HTML, so that the page takes it where both are there.
void FillPage(const Table& table, std::vector<std::string>& cells, Page& page) {
  for (const bool html : {false, true}) {
    for (std::size_t i = 0; i < std::min(cells.size(), table.layout.size()); ++i) {
      const auto field = table.layout[i];
      if (field && (*field == Field::kHtml) == html) SetField(*field, std::move(cells[i]), page);
    }
  }
}

bool AllEmpty(const std::vector<std::string>& cells, std::size_t from) {
  for (std::size_t i = from; i < cells.size(); ++i) {
    if (!cells[i].empty()) return false;
  }
  return true;
}

void ReadRecord(std::string_view record, std::size_t offset, const Table& table, Pages& out) {
  CsvScanner scanner(table.delimiter);
  const bool unclosed = !scanner.FindEnd(record) && scanner.quoted();
  std::vector<std::string> cells = SplitCells(record, table.delimiter);
  const std::size_t columns = table.header.size();
  if (unclosed)
    return Refuse(ErrorCode::kMalformed, "a quotation mark opens a cell and none closes it",
                  At(offset), out);
  if (columns > 0 && cells.size() > columns && !AllEmpty(cells, columns))
    return Refuse(ErrorCode::kMalformed,
                  "this record has " + std::to_string(cells.size()) + " columns, the header " +
                      std::to_string(columns),
                  At(offset), out);
  Page page;
  page.format = Format::kCsv;
  page.format_name = "csv";
  page.one_story = true;
  FillPage(table, cells, page);
  if (page.owned.empty() && !page.given.headline)
    return Refuse(ErrorCode::kMalformed,
                  "this record has no text: no column for it is known, or it is empty; name it "
                  "with --map text=COLUMN",
                  At(offset), out);
  while (record.ends_with('\n') || record.ends_with('\r')) record.remove_suffix(1);
  page.raw = record;
  out.pages.push_back(std::move(page));
}

}  // namespace

void ReadCsvPages(std::string_view bytes, const PageOptions& options, Pages& out) {
  Table table;
  std::size_t at = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::string_view header = options.context;
  if (!header.empty()) {
    table.delimiter = header[0];
    header.remove_prefix(1);
  } else {
    table.delimiter = FindDelimiter(bytes);
    CsvScanner scanner(table.delimiter);
    const std::size_t size = scanner.FindEnd(bytes.substr(at)).value_or(bytes.size() - at);
    header = bytes.substr(at, size);
    at += size;
  }
  if (!header.empty()) table.header = SplitCells(header, table.delimiter);
  auto layout = MapColumns(table.header, options.columns);
  if (!layout)
    return Refuse(layout.error().code, layout.error().message, options.context.empty() ? "@0" : "",
                  out);
  table.layout = *std::move(layout);
  while (at < bytes.size()) {
    if (bytes[at] == '\n' || bytes[at] == '\r') {
      ++at;
      continue;
    }
    CsvScanner scanner(table.delimiter);
    const std::string_view rest = bytes.substr(at);
    const std::size_t size = scanner.FindEnd(rest).value_or(rest.size());
    ReadRecord(rest.substr(0, size), at, table, out);
    at += size;
  }
}

}  // namespace dateline::readers
