#include "readers/json_records.h"

#include <bit>
#include <cstdint>

#include "base/bytes.h"

namespace dateline::readers {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsJsonSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::size_t SkipSpace(std::string_view bytes, std::size_t at) {
  while (at < bytes.size() && IsJsonSpace(bytes[at])) ++at;
  return at;
}

}  // namespace

void RecordScanner::Reset() { *this = RecordScanner(); }

RecordScanner::Step RecordScanner::Next(char c) { return open() ? Inside(c) : Outside(c); }

std::size_t RecordScanner::Plain(std::string_view bytes) const {
  if (!in_string_ || escaped_) return 0;
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    const std::uint64_t x = base::LoadBytes(bytes, at, ' ');
    const std::uint64_t marks =
        base::BytesEqual(x, '"') | base::BytesEqual(x, '\\') | base::BytesEqual(x, '\n');
    if (marks != 0) return at + static_cast<std::size_t>(std::countr_zero(marks)) / 8;
  }
  return at;
}

RecordScanner::Step RecordScanner::Outside(char c) {
  // The brackets and commas of an array of records lie between them.
  if (IsJsonSpace(c) || c == '[' || c == ']' || c == ',' || c == '\x1E') return Step::kOutside;
  if (c == '{') {
    depth_ = 1;
  } else {
    scalar_ = true;
  }
  return Step::kBegin;
}

RecordScanner::Step RecordScanner::Inside(char c) {
  if (scalar_) {
    if (c != '\n') return Step::kInside;
    Reset();
    return Step::kBroken;
  }
  if (in_string_) {
    if (c == '\n') {
      Reset();
      return Step::kBroken;
    }
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = false;
    }
    return Step::kInside;
  }
  if (c == '"') {
    in_string_ = true;
  } else if (c == '{' || c == '[') {
    ++depth_;
  } else if (c == '}' || c == ']') {
    if (--depth_ == 0) return Step::kEnd;
  }
  return Step::kInside;
}

std::vector<RecordRange> FindRecords(std::string_view bytes) {
  std::vector<RecordRange> records;
  RecordScanner scanner;
  std::size_t begin = 0;
  for (std::size_t i = bytes.starts_with(kByteOrderMark) ? 3 : 0; i < bytes.size(); ++i) {
    i += scanner.Plain(bytes.substr(i));
    if (i == bytes.size()) break;
    switch (scanner.Next(bytes[i])) {
      case RecordScanner::Step::kBegin:
        begin = i;
        break;
      case RecordScanner::Step::kEnd:
        records.push_back({begin, i + 1});
        break;
      case RecordScanner::Step::kBroken:
        records.push_back({begin, i});
        break;
      default:
        break;
    }
  }
  if (scanner.open()) records.push_back({begin, bytes.size()});
  return records;
}

bool LooksLikeJson(std::string_view bytes) {
  const std::size_t at = SkipSpace(bytes, bytes.starts_with(kByteOrderMark) ? 3 : 0);
  if (at >= bytes.size()) return false;
  const std::size_t next = SkipSpace(bytes, at + 1);
  if (next >= bytes.size()) return false;
  if (bytes[at] == '{') return bytes[next] == '"' || bytes[next] == '}';
  return bytes[at] == '[' && (bytes[next] == '{' || bytes[next] == ']');
}

}  // namespace dateline::readers
