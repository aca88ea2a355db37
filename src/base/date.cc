#include "dateline/date.h"

#include <fmt/format.h>

namespace dateline {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

/// Reads just `width` digits at the front of `text` and takes them off.
std::optional<int> TakeDigits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, width)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool TakeChar(std::string_view& text, char wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(1);
  return true;
}

/// Reads a date at the front and takes it off.
std::optional<Date> TakeDate(std::string_view& text) {
  const auto year = TakeDigits(text, 4);
  if (!year) return std::nullopt;
  Date date;
  date.ymd = std::chrono::year{*year} / std::chrono::January / 1;
  date.precision = Date::Precision::kYear;
  if (!TakeChar(text, '-')) return date;
  const auto month = TakeDigits(text, 2);
  if (!month) return std::nullopt;
  date.precision = Date::Precision::kMonth;
  unsigned day = 1;
  if (TakeChar(text, '-')) {
    const auto read = TakeDigits(text, 2);
    if (!read) return std::nullopt;
    day = static_cast<unsigned>(*read);
    date.precision = Date::Precision::kDay;
  }
  const auto whole = MakeDate(*year, static_cast<unsigned>(*month), day);
  if (!whole) return std::nullopt;
  date.ymd = whole->ymd;
  return date;
}

/// Reads "HH:MM[:SS]" at the front into `value`.
bool TakeTime(std::string_view& text, DateTime& value) {
  const auto hour = TakeDigits(text, 2);
  if (!hour || !TakeChar(text, ':')) return false;
  const auto minute = TakeDigits(text, 2);
  if (!minute || *hour > 24 || *minute > 59) return false;
  int second = 0;
  if (TakeChar(text, ':')) {
    const auto read = TakeDigits(text, 2);
    if (!read || *read > 60) return false;
    second = *read;
    value.has_seconds = true;
    if (TakeChar(text, '.')) {
      while (TakeDigits(text, 1)) {
      }
    }
  }
  value.time = seconds{(*hour * 60 + *minute) * 60 + second};
  return *hour < 24 || *value.time == std::chrono::hours{24};
}

/// Reads "Z", "+HH:MM" or "+HHMM" at the front into `value`; nothing there is no error.
bool TakeOffset(std::string_view& text, DateTime& value) {
  if (text.empty()) return true;
  if (TakeChar(text, 'Z')) {
    value.utc_offset = minutes{0};
    return true;
  }
  const bool west = text.starts_with('-');
  if (!west && !text.starts_with('+')) return false;
  text.remove_prefix(1);
  const auto hour = TakeDigits(text, 2);
  if (!hour) return false;
  TakeChar(text, ':');
  const auto minute = TakeDigits(text, 2);
  if (!minute || *hour > 18 || *minute > 59) return false;
  const int offset = *hour * 60 + *minute;
  value.utc_offset = minutes{west ? -offset : offset};
  return true;
}

}  // namespace

std::optional<Date> MakeDate(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{month},
                                        std::chrono::day{day}};
  if (!ymd.ok() || year < 0 || year > 9999) return std::nullopt;
  return Date{ymd, Date::Precision::kDay};
}

std::string FormatDate(const Date& date) {
  const int year = static_cast<int>(date.ymd.year());
  const auto month = static_cast<unsigned>(date.ymd.month());
  const auto day = static_cast<unsigned>(date.ymd.day());
  switch (date.precision) {
    case Date::Precision::kYear:
      return fmt::format("{:04}", year);
    case Date::Precision::kMonth:
      return fmt::format("{:04}-{:02}", year, month);
    case Date::Precision::kDay:
      break;
  }
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

Result<Date> ParseDate(std::string_view text) {
  std::string_view rest = text;
  const auto date = TakeDate(rest);
  if (date && rest.empty()) return *date;
  return Fail(ErrorCode::kMalformed,
              fmt::format("'{}' is no date; want YYYY, YYYY-MM or YYYY-MM-DD", text));
}

std::string FormatDateTime(const DateTime& value) {
  std::string out = FormatDate(value.date);
  if (!value.time) return out;
  const auto total = value.time->count();
  out += fmt::format("T{:02}:{:02}", total / 3600, total / 60 % 60);
  if (value.has_seconds) out += fmt::format(":{:02}", total % 60);
  if (!value.utc_offset) return out;
  const auto offset = value.utc_offset->count();
  if (offset == 0) return out + "Z";
  const auto size = offset < 0 ? -offset : offset;
  return out + fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', size / 60, size % 60);
}

Result<DateTime> ParseDateTime(std::string_view text) {
  std::string_view rest = text;
  const auto malformed = [&] {
    return Fail(ErrorCode::kMalformed,
                fmt::format("'{}' is no ISO 8601 date or date-time; want 2023-04-16 or "
                            "2023-04-16T08:15:00+01:00",
                            text));
  };
  const auto date = TakeDate(rest);
  if (!date) return malformed();
  DateTime value{.date = *date, .time = {}, .has_seconds = false, .utc_offset = {}};
  if (rest.empty()) return value;
  if (date->precision != Date::Precision::kDay || !(TakeChar(rest, 'T') || TakeChar(rest, ' '))) {
    return malformed();
  }
  if (!TakeTime(rest, value) || !TakeOffset(rest, value) || !rest.empty()) return malformed();
  return value;
}

}  // namespace dateline
