#include "record/rows.h"

#include <fmt/format.h>

namespace dateline::record {
namespace {

void AddCell(std::string text, std::string& row) {
  const bool formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  const bool number = !text.empty() && text.find_first_not_of("+-.0123456789e") == text.npos;
  if (formula && !number) text.insert(text.begin(), '\'');
  const bool quoted = text.find_first_of(",\"\r\n") != text.npos;
  if (quoted) row += '"';
  for (const char c : text) row += c == '"' ? std::string("\"\"") : std::string(1, c);
  if (quoted) row += '"';
}

}  // namespace

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
