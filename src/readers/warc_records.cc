#include "readers/warc_records.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"

namespace dateline::readers {
namespace {

using base::Lower;

bool SameNoCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string_view Trim(std::string_view text) { return base::Trim(text, " \t\r"); }

void AddLine(std::string_view line, HeaderBlock& block) {
  if ((line[0] == ' ' || line[0] == '\t') && !block.fields.empty()) {
    block.fields.back().second.append(" ").append(Trim(line));
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return;
  block.fields.emplace_back(Trim(line.substr(0, colon)), Trim(line.substr(colon + 1)));
}

}  // namespace

std::string_view HeaderBlock::Get(std::string_view name) const {
  for (const auto& [known, value] : fields) {
    if (SameNoCase(known, name)) return value;
  }
  return "";
}

std::optional<HeaderBlock> ParseHeaderBlock(std::string_view bytes, std::size_t limit) {
  HeaderBlock block;
  bytes = bytes.substr(0, limit);
  std::size_t at = 0;
  bool first = true;
  while (at < bytes.size()) {
    const std::size_t end = bytes.find('\n', at);
    if (end == bytes.npos) return std::nullopt;
    std::string_view line = bytes.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at = end + 1;
    if (line.empty()) {
      block.size = at;
      return block;
    }
    if (std::exchange(first, false)) {
      block.first_line = line;
    } else {
      AddLine(line, block);
    }
  }
  return std::nullopt;
}

int HttpStatus(std::string_view status_line) {
  const std::size_t space = status_line.find(' ');
  if (!status_line.starts_with("HTTP/") || space == status_line.npos) return 0;
  int status = 0;
  const std::string_view digits = status_line.substr(space + 1, 3);
  std::from_chars(digits.data(), digits.data() + digits.size(), status);
  return status;
}

std::string MediaType(std::string_view content_type) {
  std::string out;
  for (const char c : Trim(content_type.substr(0, content_type.find(';')))) out += Lower(c);
  return out;
}

std::string CharsetOf(std::string_view content_type) {
  while (!content_type.empty()) {
    const std::size_t semicolon = content_type.find(';');
    if (semicolon == content_type.npos) return "";
    content_type.remove_prefix(semicolon + 1);
    const std::string_view parameter = Trim(content_type.substr(0, content_type.find(';')));
    const std::size_t equals = parameter.find('=');
    if (equals == parameter.npos || !SameNoCase(Trim(parameter.substr(0, equals)), "charset"))
      continue;
    std::string_view value = Trim(parameter.substr(equals + 1));
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) {
      value.remove_prefix(1);
      value.remove_suffix(value.back() == '"' || value.back() == '\'' ? 1 : 0);
    }
    return std::string(value);
  }
  return "";
}

bool MayHoldStories(std::string_view media_type) {
  static constexpr std::array<std::string_view, 5> kNever = {
      "text/css", "text/javascript", "text/calendar", "text/vcard", "application/javascript"};
  if (std::ranges::find(kNever, media_type) != kNever.end()) return false;
  return media_type.empty() || media_type.starts_with("text/") || media_type.ends_with("+xml") ||
         media_type.ends_with("/xml") || media_type.ends_with("/json") ||
         media_type.ends_with("+json") || media_type == "application/octet-stream" ||
         media_type == "application/xhtml";
}

}  // namespace dateline::readers
