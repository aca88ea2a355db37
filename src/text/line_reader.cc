#include "text/line_reader.h"

#include <algorithm>

#include "text/charsets.h"

namespace dateline::text {

LineReader::LineReader(std::string_view text) : rest_(text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
}

std::optional<std::string_view> LineReader::Next() {
  if (rest_.empty()) return std::nullopt;
  const std::size_t end = std::min(rest_.find('\n'), rest_.size());
  std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(std::min(end + 1, rest_.size()));
  ++number_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view FaultOfLine(std::string_view line) {
  if (!IsValidUtf8(line)) return "is not UTF-8; save the file as UTF-8";
  const auto control = [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; };
  if (std::ranges::any_of(line, control)) return "holds a control character; remove it";
  return {};
}

}  // namespace dateline::text
