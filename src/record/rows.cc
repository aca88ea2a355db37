#include "record/rows.h"

#include <fmt/format.h>

namespace dateline::record {
namespace {

void AddCell(const std::string& text, std::string& row) {
  const std::string cell = Inert(text);
  const bool quoted = cell.find_first_of(",\"\r\n") != cell.npos;
  if (quoted) row += '"';
  for (const char c : cell) row += c == '"' ? std::string("\"\"") : std::string(1, c);
  if (quoted) row += '"';
}

/// On one line.
std::string OneLine(std::string text) {
  for (char& c : text) c = c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
  return text;
}

std::string TsvRow(const Fields& fields, bool safe) {
  std::string row;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) row += '\t';
    row += OneLine(safe ? Inert(fields[i].second) : fields[i].second);
  }
  return row + "\n";
}

/// What could be markup stands behind a backslash; a letter reference cannot begin.
std::string MarkdownRow(const Fields& fields) {
  std::string row = "|";
  for (const auto& [name, text] : fields) {
    row += ' ';
    for (char c : text) {
      if (static_cast<unsigned char>(c) < 0x20) c = ' ';
      if (std::string_view("\\`*_[]<>|&#~$").find(c) != std::string_view::npos) row += '\\';
      row += c;
    }
    row += " |";
  }
  return row + "\n";
}

}  // namespace

std::string Inert(std::string text) {
  const bool formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  const bool number = !text.empty() && text.find_first_not_of("+-.0123456789e") == text.npos;
  if (formula && !number) text.insert(text.begin(), '\'');
  return text;
}

std::string Row(const Fields& fields, RowForm form, bool safe) {
  if (form == RowForm::kTsv) return TsvRow(fields, safe);
  if (form == RowForm::kMarkdown) return MarkdownRow(fields);
  return Row(fields);
}

std::string HeaderRow(const Fields& fields, RowForm form) {
  if (form == RowForm::kCsv) return HeaderRow(fields);
  Fields names;
  std::string line = "|";
  for (const auto& [name, value] : fields) {
    names.emplace_back(name, std::string(name));
    line += "---|";
  }
  return form == RowForm::kTsv ? TsvRow(names, false) : MarkdownRow(names) + line + "\n";
}

std::string Row(const Fields& fields) {
  std::string row;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) row += ',';
    AddCell(fields[i].second, row);
  }
  return row + "\r\n";
}

std::string HeaderRow(const Fields& fields) {
  Fields names;
  for (const auto& [name, value] : fields) names.emplace_back(name, std::string(name));
  return Row(names);
}

std::string Number(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : std::string();
}

const Entity* EntityAt(const Story& story, std::optional<EntityIndex> index) {
  if (!index || Raw(*index) >= story.entities.size()) return nullptr;
  return &story.entities[Raw(*index)];
}

std::string TextOf(const Story& story, const std::vector<Span>& spans) {
  return Joined(spans, [&](Span span) { return std::string(span.of(story.text)); }, " … ");
}

bool IsLabelled(const Story& story, const Attribution& attribution) {
  return TextOf(story, attribution.cue) == ":";
}

}  // namespace dateline::record
