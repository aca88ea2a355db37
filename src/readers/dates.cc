// Two ways: digits and punctuation alone are ISO 8601 in one of its writings; anything with the
// name of a month is cut into words and numbers, and each taken for what only it can be.
#include "readers/dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "base/ascii.h"

namespace dateline::readers {
namespace {

using base::IsDigit;
using base::IsLetter;
using base::Lower;
using base::Trim;

using std::chrono::minutes;
using std::chrono::seconds;

bool AllDigits(std::string_view text) {
  for (const char c : text) {
    if (!IsDigit(c)) return false;
  }
  return !text.empty();
}

int Number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// "20240514T093000.5+0100" with the marks of the extended form, which ParseDateTime reads.
std::string Extended(std::string_view text) {
  std::string out;
  const std::size_t date = text.find_first_not_of("0123456789");
  if (date != 8 && !(date == text.npos && text.size() == 8)) return std::string(text);
  out.append(text.substr(0, 4)).append("-").append(text.substr(4, 2)).append("-");
  out.append(text.substr(6, 2));
  if (date == text.npos) return out;
  text.remove_prefix(8);
  out += text.front();
  text.remove_prefix(1);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits != 4 && digits != 6) return out.append(text);
  out.append(text.substr(0, 2)).append(":").append(text.substr(2, 2));
  if (digits == 6) out.append(":").append(text.substr(4, 2));
  return out.append(text.substr(digits));
}

std::optional<DateTime> ParseIso(std::string_view text) {
  std::string iso = Extended(text);
  if (iso.size() > 10 && (iso[10] == ' ' || iso[10] == 't')) iso[10] = 'T';
  if (iso.ends_with('z')) iso.back() = 'Z';
  if (iso.ends_with(" UTC") || iso.ends_with(" GMT")) iso.replace(iso.size() - 4, 4, "Z");
  // "09:30:00 +0100": the space before the zone goes; "+01" is a whole zone.
  if (const std::size_t space = iso.find(' ', 11); space != iso.npos) iso.erase(space, 1);
  if (auto value = ParseDateTime(iso)) return *value;
  if (auto value = ParseDateTime(iso + ":00");
      value && iso.size() > 13 && iso[iso.size() - 3] != ':')
    return *value;
  // "2024-05-14+02:00", an XML date with its zone; else a day with something unreadable behind it.
  if (iso.size() > 10 && !IsDigit(iso[10])) {
    if (auto day = ParseDateTime(std::string_view(iso).substr(0, 10))) return *day;
  }
  return std::nullopt;
}

std::optional<DateTime> ParseEpoch(std::string_view digits) {
  if (digits.size() != 10 && digits.size() != 13) return std::nullopt;
  std::int64_t count = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (digits.size() == 13) count /= 1000;
  const std::chrono::sys_seconds moment{seconds{count}};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  DateTime value;
  value.date.ymd = day;
  value.time = moment - day;
  value.has_seconds = true;
  value.utc_offset = minutes{0};
  return value;
}

struct NamedZone {
  std::string_view name;
  int hours;
};
// RFC 822, section 5.1, and what feeds write besides.
constexpr std::array kZones = std::to_array<NamedZone>({{"UT", 0},
                                                        {"UTC", 0},
                                                        {"GMT", 0},
                                                        {"Z", 0},
                                                        {"EST", -5},
                                                        {"EDT", -4},
                                                        {"CST", -6},
                                                        {"CDT", -5},
                                                        {"MST", -7},
                                                        {"MDT", -6},
                                                        {"PST", -8},
                                                        {"PDT", -7},
                                                        {"CET", 1},
                                                        {"CEST", 2}});
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 12> kLongMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

unsigned MonthOf(std::string_view word) {
  const std::string lower = Lower(word);
  if (lower == "sept") return 9;
  for (unsigned i = 0; i < 12; ++i) {
    if (lower == kMonths[i] || lower == kLongMonths[i]) return i + 1;
  }
  return 0;
}

/// The parts of a date in words, as they are found.
struct Parts {
  unsigned month = 0;
  std::vector<std::string_view> numbers;  ///< of the date, in order
  DateTime value;
  bool wrong = false;
};

/// "9:30", "09:30:00.25"; false when it is no time.
bool TakeTime(std::string_view token, Parts& parts) {
  std::array<int, 3> clock{};
  std::size_t count = 0;
  token = token.substr(0, token.find('.'));
  while (count < 3 && !token.empty()) {
    const std::size_t colon = token.find(':');
    const std::string_view digits = token.substr(0, colon);
    if (!AllDigits(digits) || digits.size() > 2) return false;
    clock[count++] = Number(digits);
    token.remove_prefix(colon == token.npos ? token.size() : colon + 1);
  }
  if (count < 2 || !token.empty() || clock[0] > 23 || clock[1] > 59 || clock[2] > 60) return false;
  clock[2] = std::min(clock[2], 59);  // a leap second
  parts.value.time = seconds{(clock[0] * 60 + clock[1]) * 60 + clock[2]};
  parts.value.has_seconds = count == 3;
  return true;
}

/// "+0100", "-05:00", "+1": what follows a time.
bool TakeOffset(std::string_view token, Parts& parts) {
  if (!parts.value.time || token.size() < 2 || (token[0] != '+' && token[0] != '-')) return false;
  std::string digits;
  for (const char c : token.substr(1)) {
    if (c != ':') digits += c;
  }
  if (!AllDigits(digits) || digits.size() > 4) return false;
  const int number = Number(digits);
  const int hours = digits.size() <= 2 ? number : number / 100;
  const int rest = digits.size() <= 2 ? 0 : number % 100;
  if (hours > 18 || rest > 59) return false;
  const int offset = hours * 60 + rest;
  parts.value.utc_offset = minutes{token[0] == '-' ? -offset : offset};
  return true;
}

bool TakeHalfDay(std::string_view word, Parts& parts) {
  const std::string lower = Lower(word);
  if ((lower != "am" && lower != "pm") || !parts.value.time) return false;
  const auto hour = std::chrono::duration_cast<std::chrono::hours>(*parts.value.time).count();
  if (hour < 1 || hour > 12) {
    parts.wrong = hour == 0;
    return true;
  }
  if (hour == 12) *parts.value.time -= std::chrono::hours{12};
  if (lower == "pm") *parts.value.time += std::chrono::hours{12};
  return true;
}

void TakeWord(std::string_view word, Parts& parts) {
  if (word.ends_with('.')) word.remove_suffix(1);
  if (const unsigned month = MonthOf(word); month != 0 && parts.month == 0) {
    parts.month = month;
    return;
  }
  if (TakeHalfDay(word, parts)) return;
  for (const NamedZone& zone : kZones) {
    if (word == zone.name && parts.value.time) {
      if (!parts.value.utc_offset) parts.value.utc_offset = minutes{zone.hours * 60};
      return;
    }
  }
}

void TakeToken(std::string_view token, Parts& parts) {
  if (token.find(':') != token.npos && IsDigit(token[0])) {
    // "9:30am", "09:30:00Z", "09:30:00+0100": a time with its tail.
    const std::size_t end = std::min(token.find_first_not_of("0123456789:."), token.size());
    if (!TakeTime(token.substr(0, end), parts)) {
      parts.wrong = true;
    } else if (end < token.size()) {
      TakeToken(token.substr(end), parts);
    }
    return;
  }
  if (TakeOffset(token, parts)) return;
  if (IsDigit(token[0])) {
    const std::size_t end = std::min(token.find_first_not_of("0123456789"), token.size());
    parts.numbers.push_back(token.substr(0, end));
    return;  // "14th"
  }
  if (IsLetter(token[0])) TakeWord(token, parts);
}

std::optional<DateTime> Assemble(Parts& parts) {
  if (parts.wrong || parts.month == 0 || parts.numbers.size() != 2) return std::nullopt;
  std::string_view day = parts.numbers[0];
  std::string_view year = parts.numbers[1];
  if (day.size() == 4) std::swap(day, year);  // "2024 May 14"
  if (day.size() > 2 || (year.size() != 4 && year.size() != 2)) return std::nullopt;
  int full = Number(year);
  if (year.size() == 2) full += full < 69 ? 2000 : 1900;
  const auto date = MakeDate(full, parts.month, static_cast<unsigned>(Number(day)));
  if (!date) return std::nullopt;
  parts.value.date = *date;
  return parts.value;
}

/// Words and numbers in any of their usual orders.
std::optional<DateTime> ParseWords(std::string_view text) {
  Parts parts;
  std::size_t tokens = 0;
  while (!(text = Trim(text)).empty()) {
    if (++tokens > 12) return std::nullopt;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n,;()"), text.size());
    std::string_view token = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    // "14-May-2024" is three tokens, "-0500" is one.
    while (!token.empty() && IsDigit(token[0])) {
      const std::size_t dash = token.find('-');
      if (dash == token.npos || dash + 1 >= token.size() || !IsLetter(token[dash + 1])) break;
      TakeToken(token.substr(0, dash), parts);
      token.remove_prefix(dash + 1);
      const std::size_t next = token.find('-');
      if (next == token.npos) break;
      TakeToken(token.substr(0, next), parts);
      token.remove_prefix(next + 1);
    }
    if (!token.empty()) TakeToken(token, parts);
  }
  return Assemble(parts);
}

}  // namespace

std::optional<DateTime> ParseStatedDate(std::string_view text) {
  text = Trim(text);
  if (text.empty() || text.size() > 80) return std::nullopt;
  if (AllDigits(text) && text.size() >= 10) return ParseEpoch(text);
  // A year alone, a month or a day: as ISO has it.
  const bool iso = text.size() >= 4 && AllDigits(text.substr(0, 4)) &&
                   (text.size() == 4 || text[4] == '-' || IsDigit(text[4])) &&
                   text.find_first_of("abcdefghijklmnopqrsuvwxy") == text.npos;
  return iso ? ParseIso(text) : ParseWords(text);
}

}  // namespace dateline::readers
