#include "html/charset.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "html/plain.h"

namespace dateline::html {
namespace {

constexpr std::size_t kLooked = 4096;

/// Names that the standard reads as another encoding, which holds all of theirs and more
/// (https://encoding.spec.whatwg.org/#names-and-labels).
constexpr auto kReadAs = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"ks_c_5601-1987", "windows-949"},
    {"euc-kr", "windows-949"},
    {"x-sjis", "windows-31j"},
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"utf8", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    // A page whose declaration can be read as ASCII is in no UTF-16.
    {"utf-16", "utf-8"},
    {"utf-16le", "utf-8"},
    {"utf-16be", "utf-8"},
});

std::string Meant(std::string_view name) {
  std::string lower = base::Lower(TrimAscii(name));
  for (const auto& [given, meant] : kReadAs) {
    if (lower == given) return std::string(meant);
  }
  return lower;
}

/// The value behind "charset=" or "encoding=", with or without quotes.
std::optional<std::string> ValueAt(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '=')) ++at;
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) ++at;
  const std::size_t end = std::min(text.find_first_of("\"' ;/>\r\n\t", at), text.size());
  if (end <= at || end - at > 40) return std::nullopt;
  return Meant(text.substr(at, end - at));
}

bool HasHighByte(std::string_view bytes) { return text::FindNonAscii(bytes, 0) < bytes.size(); }

}  // namespace

std::optional<std::string> DeclaredCharset(std::string_view bytes) {
  const std::string head = base::Lower(bytes.substr(0, kLooked));
  if (head.starts_with("<?xml")) {
    const std::size_t at = head.find("encoding");
    if (at < head.find("?>")) {
      if (auto value = ValueAt(head, at + 8)) return value;
    }
  }
  for (std::size_t meta = head.find("<meta"); meta != head.npos;
       meta = head.find("<meta", meta + 5)) {
    const std::size_t end = std::min(head.find('>', meta), head.size());
    const std::size_t at = head.find("charset", meta);
    if (at >= end) continue;
    if (auto value = ValueAt(std::string_view(head).substr(0, end), at + 7)) return value;
  }
  return std::nullopt;
}

text::Decoded DecodePage(std::string_view bytes, std::string_view http_charset) {
  std::string name =
      http_charset.empty() ? DeclaredCharset(bytes).value_or("") : Meant(http_charset);
  const bool utf8 = text::IsValidUtf8(bytes) && HasHighByte(bytes);
  if (utf8 && !name.starts_with("utf-") && !name.starts_with("iso-2022")) name = "utf-8";
  if (name == "utf-8" && !utf8) name = text::DetectEncoding(bytes);
  if (!name.empty()) {
    if (auto decoded = text::Decode(bytes, name)) return std::move(*decoded);
  }
  if (auto decoded = text::Decode(bytes, text::DetectEncoding(bytes))) return std::move(*decoded);
  return *text::Decode(bytes, "windows-1252");
}

}  // namespace dateline::html
