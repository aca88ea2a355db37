// IPTC 7901 (and ANPA 1312, its American sister): SOH, a header of source, number, priority,
// category, word count and keywords, STX, the text, ETX, the time of sending, EOT.
#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "readers/dates.h"
#include "readers/page_readers.h"

namespace dateline::readers {
namespace {

using base::IsDigit;

std::string_view Trim(std::string_view text) {
  return base::Trim(text, std::string_view(" \t\r\n\0\x16\x7F", 7));
}

std::string_view TakeToken(std::string_view& rest) {
  rest = Trim(rest);
  const std::size_t end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
  const std::string_view token = rest.substr(0, end);
  rest.remove_prefix(end);
  return token;
}

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

/// "AFP0123" or "AFP 0123": letters, then the number of the message.
void ReadNumber(std::string_view& rest, Page& page) {
  std::string_view token = TakeToken(rest);
  const std::size_t letters =
      static_cast<std::size_t>(std::ranges::find_if_not(token, IsUpper) - token.begin());
  const std::string_view source = token.substr(0, letters);
  std::string_view number = token.substr(letters);
  if (number.empty()) number = TakeToken(rest);
  if (source.size() >= 2) page.given.source_organization.emplace_back(source);
  page.id = std::string(source) + std::string(number);
}

/// Priority, category, word count, then keywords to the end of the line.
void ReadHeader(std::string_view header, Page& page) {
  std::string_view rest = header.substr(0, header.find_first_of("\r\n"));
  ReadNumber(rest, page);
  for (int i = 0; i < 3; ++i) {
    std::string_view look = rest;
    const std::string_view token = TakeToken(look);
    const bool digits = !token.empty() && std::ranges::all_of(token, IsDigit);
    const bool category = token.size() <= 3 && std::ranges::all_of(token, IsUpper);
    if (token.empty() || (!digits && !category)) break;
    rest = look;
  }
  const std::string_view keywords = Trim(rest);
  if (!keywords.empty()) page.given.keywords.emplace_back(keywords);
}

/// "140930 GMT MAY 24": day, hour and minute, zone, month, year.
std::optional<DateTime> ReadSent(std::string_view trailer) {
  const std::string_view group = TakeToken(trailer);
  if (group.size() != 6 || !std::ranges::all_of(group, IsDigit)) return std::nullopt;
  std::string words(group.substr(0, 2));
  std::string_view zone = TakeToken(trailer);
  std::string_view month = TakeToken(trailer);
  std::string_view year = TakeToken(trailer);
  if (year.empty()) year = std::exchange(month, std::exchange(zone, ""));
  words.append(" ").append(month).append(" ").append(year).append(" ");
  words.append(group.substr(2, 2)).append(":").append(group.substr(4, 2)).append(" ").append(zone);
  return ParseStatedDate(words);
}

/// Notices that take a story back say so in the keywords or in the first line.
bool IsKill(std::string_view header, std::string_view text) {
  static constexpr std::array<std::string_view, 4> kNotices = {"KILL", "BULLETIN KILL",
                                                               "MANDATORY KILL", "EDITORS: KILL"};
  text = Trim(text);
  for (const std::string_view notice : kNotices) {
    if (text.starts_with(notice) && (text.size() == notice.size() || !IsUpper(text[notice.size()])))
      return true;
  }
  const std::size_t at = header.find("KILL");
  if (at == header.npos) return false;
  return (at == 0 || !IsUpper(header[at - 1])) &&
         (at + 4 == header.size() || !IsUpper(header[at + 4]));
}

void ReadMessage(std::string_view message, std::size_t offset, Pages& out) {
  const std::size_t begin = message.find('\x02');
  if (begin == message.npos)
    return Refuse(ErrorCode::kMalformed, "this message has a header and no text (no STX)",
                  At(offset), out);
  const std::size_t end = std::min(message.find('\x03', begin), message.size());
  Page page;
  page.format = Format::kIptc7901;
  page.format_name = "iptc7901";
  page.raw = message;
  page.text = message.substr(begin + 1, end - begin - 1);
  const std::string_view header = message.substr(1, begin - 1);
  ReadHeader(header, page);
  if (end < message.size()) {
    const std::string_view trailer = message.substr(end + 1);
    if (auto sent = ReadSent(trailer.substr(0, trailer.find('\x04'))))
      page.given.date_published = *sent;
  }
  if (IsKill(header, page.text)) page.given.creative_work_status = "canceled";
  page.one_story = true;
  out.pages.push_back(std::move(page));
}

}  // namespace

void ReadIptc7901Pages(std::string_view bytes, Pages& out) {
  std::size_t at = bytes.find('\x01');
  if (at == bytes.npos)
    return Refuse(ErrorCode::kMalformed, "no wire message begins here (no SOH)", At(0), out);
  while (at != bytes.npos) {
    std::size_t end = std::min(bytes.find_first_of("\x01\x04", at + 1), bytes.size());
    if (end < bytes.size() && bytes[end] == '\x04') ++end;
    ReadMessage(bytes.substr(at, end - at), at, out);
    at = bytes.find('\x01', end);
  }
}

}  // namespace dateline::readers
