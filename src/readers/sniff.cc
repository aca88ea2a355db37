#include "readers/sniff.h"

#include <algorithm>
#include <array>

#include "readers/csv_records.h"
#include "readers/fragment.h"
#include "readers/json_records.h"

namespace dateline::readers {
namespace {

constexpr std::string_view kXmlSpace = " \t\r\n";

// Roots that are read, and those around them; another root is XML only when it says so.
constexpr std::array<std::string_view, 13> kRoots = {
    "rss",          "RDF",         "feed",        "entry",       "nitf",
    "newsItem",     "packageItem", "newsMessage", "conceptItem", "knowledgeItem",
    "planningItem", "NewsML",      "NewsItem"};

std::string_view SkipMark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  bytes.remove_prefix(std::min(bytes.find_first_not_of(kXmlSpace), bytes.size()));
  return bytes;
}

/// Takes "<!DOCTYPE …>" off the front, with what stands in its brackets.
std::string_view SkipDoctype(std::string_view bytes) {
  int depth = 0;
  char quote = '\0';
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[' || c == ']') {
      depth += c == '[' ? 1 : -1;
    } else if (c == '>' && depth <= 0) {
      return bytes.substr(at + 1);
    }
  }
  return {};
}

std::string_view SkipPast(std::string_view bytes, std::string_view mark) {
  const std::size_t at = bytes.find(mark);
  return at == bytes.npos ? std::string_view() : bytes.substr(at + mark.size());
}

bool IsXml(std::string_view head) {
  const auto root = RootElement(head);
  if (!root) return false;
  const std::string_view name = LocalName(*root);
  if (name == "html" || name == "HTML") return false;
  return std::ranges::find(kRoots, name) != kRoots.end() || SkipMark(head).starts_with("<?xml");
}

/// Teleprinters open with SYN or NUL; then SOH, a header in print, and STX.
bool IsIptc7901(std::string_view head) {
  const std::size_t at = head.find_first_not_of(std::string_view("\x16\0\r\n ", 5));
  if (at > 64 || head[at] != '\x01') return false;  // also where there is no such byte
  const std::size_t text = head.substr(0, at + 1024).find('\x02', at);
  if (text == head.npos || text - at < 5) return false;
  return std::ranges::all_of(head.substr(at + 1, text - at - 1), [](char c) {
    return (c >= ' ' && c <= '~') || c == '\r' || c == '\n';
  });
}

}  // namespace

std::string_view LocalName(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

std::optional<std::string_view> RootElement(std::string_view bytes) {
  bytes = SkipMark(bytes);
  while (bytes.size() > 1 && bytes[0] == '<') {
    if (bytes[1] == '?') {
      bytes = SkipPast(bytes, "?>");
    } else if (bytes.starts_with("<!--")) {
      bytes = SkipPast(bytes, "-->");
    } else if (bytes[1] == '!') {
      bytes = SkipDoctype(bytes);
    } else {
      const std::size_t end = bytes.find_first_of(" \t\r\n/>", 1);
      const unsigned char first = static_cast<unsigned char>(bytes[1]);
      const bool name = (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z') ||
                        first == '_' || first >= 0x80;
      if (!name || end == bytes.npos) return std::nullopt;
      return bytes.substr(1, end - 1);
    }
    bytes = SkipMark(bytes);
  }
  return std::nullopt;
}

Format Sniff(std::string_view head) {
  if (LooksLikeJson(head)) return Format::kJson;
  if (head.starts_with("WARC/")) return Format::kWarc;
  if (IsIptc7901(head)) return Format::kIptc7901;
  if (IsXml(head)) return Format::kXml;
  if (LooksLikeHtmlPage(head) || LocalName(RootElement(head).value_or("")) == "html")
    return Format::kHtml;
  return LooksLikeCsv(head) ? Format::kCsv : Format::kText;
}

}  // namespace dateline::readers
