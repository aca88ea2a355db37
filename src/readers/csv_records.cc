#include "readers/csv_records.h"

#include <algorithm>
#include <array>
#include <bitset>

#include "readers/columns.h"

namespace dateline::readers {
namespace {

constexpr std::array kDelimiters = {',', '\t', ';', '|'};
constexpr std::size_t kLongestName = 64;

struct Record {
  std::vector<std::string> cells;
  std::string_view rest;
  bool whole = false;  ///< its end was seen
};

Record TakeRecord(std::string_view bytes, char delimiter) {
  CsvScanner scanner(delimiter);
  const auto end = scanner.FindEnd(bytes);
  const std::size_t size = end.value_or(bytes.size());
  return {SplitCells(bytes.substr(0, size), delimiter), bytes.substr(size), end.has_value()};
}

/// How many known fields a header names; 0 when it is no header of stories.
std::size_t KnownFields(const std::vector<std::string>& cells) {
  std::bitset<kFields> fields;
  for (const std::string& cell : cells) {
    if (cell.size() > kLongestName || cell.contains('\n')) return 0;
    if (const auto known = FindKnownColumn(cell))
      fields.set(static_cast<std::size_t>(known->field));
  }
  const auto has = [&](Field field) { return fields.test(static_cast<std::size_t>(field)); };
  if (cells.size() < 2 || fields.count() < 2) return 0;
  return has(Field::kText) || has(Field::kHtml) || has(Field::kHeadline) ? fields.count() : 0;
}

std::string_view WithoutMark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return bytes;
}

}  // namespace

std::optional<std::size_t> CsvScanner::FindEnd(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (state_ == State::kQuoted) {
      at = bytes.find('"', at);
      if (at == bytes.npos) return std::nullopt;
      state_ = State::kQuoteSeen;
    } else if (c == '\n') {
      state_ = State::kCellBegin;
      return at + 1;
    } else if (c == '"' && state_ != State::kPlain) {
      state_ = State::kQuoted;  // opens a cell, or is the second of two
    } else {
      state_ = c == delimiter_ ? State::kCellBegin : State::kPlain;
    }
  }
  return std::nullopt;
}

std::vector<std::string> SplitCells(std::string_view record, char delimiter) {
  while (record.ends_with('\n') || record.ends_with('\r')) record.remove_suffix(1);
  std::vector<std::string> cells(1);
  bool begin = true;
  bool quoted = false;
  for (std::size_t at = 0; at < record.size(); ++at) {
    const char c = record[at];
    if (quoted) {
      if (c != '"') {
        const std::size_t end = std::min(record.find('"', at), record.size());
        cells.back().append(record.substr(at, end - at));
        at = end - 1;
      } else if (at + 1 < record.size() && record[at + 1] == '"') {
        cells.back() += record[++at];
      } else {
        quoted = false;
      }
    } else if (c == delimiter) {
      cells.emplace_back();
      begin = true;
      continue;
    } else if (c == '"' && begin) {
      quoted = true;
    } else {
      cells.back() += c;
    }
    begin = false;
  }
  return cells;
}

char FindDelimiter(std::string_view head) {
  head = WithoutMark(head);
  char best = ',';
  std::size_t most = 0;
  for (const char delimiter : kDelimiters) {
    const auto record = TakeRecord(head, delimiter);
    const std::size_t score = KnownFields(record.cells) * 1000 + record.cells.size();
    if (score > most) {
      most = score;
      best = delimiter;
    }
  }
  return best;
}

bool LooksLikeCsv(std::string_view head) {
  head = WithoutMark(head);
  const char delimiter = FindDelimiter(head);
  const Record header = TakeRecord(head, delimiter);
  if (!header.whole || KnownFields(header.cells) == 0) return false;
  const Record first = TakeRecord(header.rest, delimiter);
  return !first.whole || first.cells.size() == header.cells.size();
}

}  // namespace dateline::readers
