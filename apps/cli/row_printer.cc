#include "row_printer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "interrupt.h"
#include "record/json_writer.h"
#include "terminal.h"

namespace dateline::cli {
namespace {

using Kind = SqlValue::Kind;

constexpr std::size_t kRowsMeasured = 500;
constexpr std::size_t kWidestCell = 60;

std::string JsonText(std::string_view text) {
  record::JsonWriter json(false);
  json.String(text);
  return json.Take();
}

std::string JsonValue(const SqlValue& value) {
  const bool finite = value.text.find_first_of("ni") == std::string::npos;  // no nan, no inf
  if (value.kind == Kind::kNumber) return value.text;
  if (value.kind == Kind::kReal && finite) return value.text;
  if (value.kind == Kind::kNull || value.kind == Kind::kReal) return "null";
  return JsonText(value.text);
}

bool IsNumber(const SqlValue& value) {
  return value.kind == Kind::kNumber || value.kind == Kind::kReal || value.kind == Kind::kNull;
}

std::optional<record::RowForm> FileForm(TableForm form) {
  if (form == TableForm::kCsv) return record::RowForm::kCsv;
  if (form == TableForm::kTsv) return record::RowForm::kTsv;
  if (form == TableForm::kMarkdown) return record::RowForm::kMarkdown;
  return std::nullopt;
}

}  // namespace

SqlValue TextCell(std::string text) { return {Kind::kText, std::move(text)}; }

SqlValue NumberCell(std::uint64_t value) { return {Kind::kNumber, fmt::format("{}", value)}; }

SqlValue RealCell(std::optional<double> value, int digits) {
  if (!value) return {Kind::kNull, ""};
  return {Kind::kReal, fmt::format("{:.{}f}", *value, digits)};
}

void RowPrinter::Begin(const std::vector<std::string>& names) {
  names_ = names;
  if (const auto form = FileForm(options_.form)) {
    output_.Write(record::HeaderRow(Fields({}), *form));
  }
}

bool RowPrinter::Row(const std::vector<SqlValue>& values) {
  if (const auto form = FileForm(options_.form)) {
    output_.Write(record::Row(Fields(values), *form, options_.safe));
  } else if (options_.form == TableForm::kJsonLines) {
    output_.Write(Line(values));
  } else {
    auto& row = waiting_.emplace_back(values);
    for (SqlValue& value : row) value.text = Printable(value.text);
    if (waiting_.size() > kRowsMeasured) Flush();
  }
  return output_.state() == Output::State::kOpen && SignalReceived() == 0;
}

void RowPrinter::Finish() {
  if (options_.form == TableForm::kText || options_.form == TableForm::kTable) Flush();
}

record::Fields RowPrinter::Fields(const std::vector<SqlValue>& values) const {
  record::Fields fields;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    fields.emplace_back(names_[i], i < values.size() ? values[i].text : "");
  }
  return fields;
}

std::string RowPrinter::Line(const std::vector<SqlValue>& values) const {
  std::string line = "{";
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) line += ',';
    line += JsonText(names_[i]) + ":" + JsonValue(values[i]);
  }
  return line + "}\n";
}

void RowPrinter::Measure() {
  right_.assign(names_.size(), !waiting_.empty());
  for (const std::string& name : names_) widths_.push_back(DisplayWidth(Printable(name)));
  for (const auto& row : waiting_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths_[i] = std::max(widths_[i], std::min(kWidestCell, DisplayWidth(row[i].text)));
      right_[i] = right_[i] && IsNumber(row[i]);
    }
  }
}

void RowPrinter::Flush() {
  if (!head_written_) {
    Measure();
    std::vector<SqlValue> head;
    head.reserve(names_.size());
    for (const std::string& name : names_) head.push_back(TextCell(Printable(name)));
    output_.Write(Padded(head, true));
    head_written_ = true;
  }
  for (const auto& row : waiting_) output_.Write(Padded(row, false));
  waiting_.clear();
}

std::string RowPrinter::Padded(const std::vector<SqlValue>& row, bool head) const {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::size_t width = DisplayWidth(row[i].text);
    const std::size_t space = width < widths_[i] ? widths_[i] - width : 0;
    const bool last = i + 1 == row.size();
    if (right_[i]) line.append(space, ' ');
    line += row[i].text;
    if (!last) line.append((right_[i] ? 0 : space) + 2, ' ');
  }
  if (head && line.empty()) return "";
  return line + "\n";
}

}  // namespace dateline::cli
