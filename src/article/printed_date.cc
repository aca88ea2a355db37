// A printed date is read element by element, whatever the order: weekday, day, month, year, clock
// time, zone. Between elements stand joiners (spaces, commas, a dash, "at"); they belong to the
// date only when another element follows. An element that is already there ends the date, so that
// "June 3, 2021 4 killed" ends before the 4. What makes numbers what they are: a clock has a colon
// or "am", "hrs", a zone behind it; four digits are a year unless one of those follows.
#include "article/printed_date.h"

#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <utility>

#include "article/chars.h"

namespace dateline::article {
namespace {

using std::chrono::minutes;

/// The second Sunday of March to the first Sunday of November (the American rule since 2007).
bool IsUsSummer(const Date& date) {
  using namespace std::chrono;
  const sys_days day{date.ymd};
  const sys_days begin{date.ymd.year() / March / Sunday[2]};
  const sys_days end{date.ymd.year() / November / Sunday[1]};
  return begin <= day && day < end;
}

class DateScanner {
 public:
  DateScanner(std::string_view line, const LayoutCues& cues) : line_(line), cues_(cues) {}

  std::optional<PrintedDate> Scan() {
    std::size_t begin = at_;
    while (begin < line_.size() && (IsSpace(line_[begin]) || line_[begin] == '(')) ++begin;
    at_ = begin;
    std::size_t end = begin;
    while (at_ < line_.size() && Element()) {
      end = at_;
      SkipJoiners();
    }
    if (!Complete()) return std::nullopt;
    const std::string_view found = line_.substr(begin, end - begin);
    if (found.contains('(') && !found.contains(')') && end < line_.size() && line_[end] == ')')
      ++end;
    out_.text = line_.substr(begin, end - begin);
    return out_;
  }

 private:
  [[nodiscard]] bool Complete() {
    const bool has_date = out_.month != 0 && (out_.day != 0 || out_.year);
    out_.dated = has_date;
    return has_date || (out_.seconds && elements_ > 0 && clock_only_);
  }

  bool Element() {
    const char c = line_[at_];
    const bool taken = IsDigit(c) ? Number() : (IsWordByte(c) ? Word() : Offset());
    elements_ += taken ? 1U : 0U;
    return taken;
  }

  [[nodiscard]] char Peek(std::size_t ahead) const {
    return at_ + ahead < line_.size() ? line_[at_ + ahead] : '\0';
  }
  [[nodiscard]] std::size_t DigitsAt(std::size_t from) const {
    std::size_t n = 0;
    while (from + n < line_.size() && IsDigit(line_[from + n])) ++n;
    return n;
  }
  [[nodiscard]] unsigned NumberAt(std::size_t from, std::size_t digits) const {
    unsigned value = 0;
    for (std::size_t i = 0; i < digits; ++i)
      value = value * 10 + static_cast<unsigned>(line_[from + i] - '0');
    return value;
  }
  [[nodiscard]] std::string WordAt(std::size_t from) const {
    std::size_t end = from;
    while (end < line_.size() && IsWordByte(line_[end]) && !IsDigit(line_[end]) && end - from < 24)
      ++end;
    return std::string(line_.substr(from, end - from));
  }

  bool Number() {
    const std::size_t digits = DigitsAt(at_);
    if (digits > 4) return digits == 8 && CompactDate();
    if (digits == 2 && Peek(2) == ' ' && cues_.daywords.contains(FoldCue(WordAt(at_ + 3)))) {
      at_ += 3;  // "12 noon"
      return Word();
    }
    return Numeric(digits) || Clock(digits) || Plain(digits);
  }

  /// 20230416
  bool CompactDate() {
    const unsigned y = NumberAt(at_, 4);
    const unsigned m = NumberAt(at_ + 4, 2);
    const unsigned d = NumberAt(at_ + 6, 2);
    if (HasDate() || y < 1850 || y > 2100 || m < 1 || m > 12 || d < 1 || d > 31) return false;
    SetDate(static_cast<int>(y), m, d);
    at_ += 8;
    return true;
  }

  [[nodiscard]] bool HasDate() const { return out_.month != 0 || out_.day != 0 || out_.year; }
  void SetDate(int year, unsigned month, unsigned day) {
    out_.year = year;
    out_.month = month;
    out_.day = day;
    clock_only_ = false;
  }

  /// 2022-09-14, 14/9/2022, 14.09.2022
  bool Numeric(std::size_t digits) {
    const char mark = Peek(digits);
    if (HasDate() || (mark != '/' && mark != '-' && mark != '.')) return false;
    const std::size_t second = at_ + digits + 1;
    const std::size_t second_digits = DigitsAt(second);
    const std::size_t third = second + second_digits + 1;
    if (second_digits < 1 || second_digits > 2 || third > line_.size() || line_[third - 1] != mark)
      return false;
    const std::size_t third_digits = DigitsAt(third);
    const unsigned a = NumberAt(at_, digits);
    const unsigned b = NumberAt(second, second_digits);
    const unsigned c = NumberAt(third, third_digits);
    if (digits == 4 && third_digits >= 1 && third_digits <= 2) {
      if (b < 1 || b > 12 || c < 1 || c > 31) return false;
      SetDate(static_cast<int>(a), b, c);
    } else if (!DayMonthYear(a, b, c, digits, third_digits, mark)) {
      return false;
    }
    at_ = third + third_digits;
    if (Peek(0) == 'T' && IsDigit(Peek(1))) ++at_;
    return true;
  }

  bool DayMonthYear(unsigned a, unsigned b, unsigned c, std::size_t digits, std::size_t year_digits,
                    char mark) {
    if (digits > 2 || (year_digits != 4 && !(year_digits == 2 && mark != '-'))) return false;
    const unsigned year = year_digits == 2 ? (c < 70 ? 2000 + c : 1900 + c) : c;
    if (a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12)) return false;
    if (b > 12) {
      SetDate(static_cast<int>(year), a, b);
    } else {
      SetDate(static_cast<int>(year), b, a);
      out_.ambiguous = a <= 12 && a != b && mark != '.';
    }
    return true;
  }

  /// Reads "am", "p.m." at `from`; gives its end and whether it is afternoon.
  [[nodiscard]] std::optional<std::pair<std::size_t, bool>> HalfDay(std::size_t from) const {
    while (from < line_.size() && IsSpace(line_[from])) ++from;
    if (from + 1 >= line_.size()) return std::nullopt;
    const char half = ToLower(line_[from]);
    if (half != 'a' && half != 'p') return std::nullopt;
    std::size_t at = from + 1;
    if (line_[at] == '.') ++at;
    if (at < line_.size() && line_[at] == ' ' && line_[at - 1] == '.') ++at;
    if (at >= line_.size() || ToLower(line_[at]) != 'm') return std::nullopt;
    ++at;
    if (at < line_.size() && line_[at] == '.' && line_[at - 2] != half && at + 1 <= line_.size() &&
        line_[from + 1] == '.')
      ++at;
    if (at < line_.size() && IsWordByte(line_[at])) return std::nullopt;
    return std::pair{at, half == 'p'};
  }

  /// Whether "hrs", "hours", "h" or a zone stands at `from`.
  [[nodiscard]] bool HoursOrZone(std::size_t from) const {
    while (from < line_.size() && IsSpace(line_[from])) ++from;
    const std::string word = WordAt(from);
    const std::string folded = FoldCue(word);
    return folded == "hrs" || folded == "hours" || folded == "hr" || folded == "h" ||
           FindZone(word) != nullptr;
  }

  bool Clock(std::size_t digits) {
    if (out_.seconds || digits == 3) return false;
    std::size_t end = at_ + digits;
    unsigned hour = NumberAt(at_, digits);
    unsigned minute = 0;
    unsigned second = 0;
    bool marked = false;
    const char mark = Peek(digits);
    if (digits <= 2 && (mark == ':' || mark == '.' || mark == 'h' || mark == 'H') &&
        DigitsAt(end + 1) == 2) {
      minute = NumberAt(end + 1, 2);
      marked = mark != '.';
      end += 3;
      if (mark == ':' && end < line_.size() && line_[end] == ':' && DigitsAt(end + 1) == 2) {
        second = NumberAt(end + 1, 2);
        out_.has_seconds = true;
        end += 3;
        if (end < line_.size() && line_[end] == '.' && DigitsAt(end + 1) > 0)
          end += 1 + DigitsAt(end + 1);
      }
    } else if (digits == 4) {
      minute = hour % 100;
      hour /= 100;
    }
    const auto half = HalfDay(end);
    const bool dotted = mark == '.' && end > at_ + digits && (out_.month != 0 || elements_ == 0);
    if (!marked && !half && !HoursOrZone(end) && !(dotted && digits == 2)) return false;
    return SetClock(hour, minute, second, end, half);
  }

  bool SetClock(unsigned hour, unsigned minute, unsigned second, std::size_t end,
                std::optional<std::pair<std::size_t, bool>> half) {
    if (half) {
      if (hour > 12) return false;
      hour = hour % 12 + (half->second ? 12U : 0U);
      end = half->first;
      out_.american = true;
    }
    if (hour > 24 || minute > 59 || second > 60) return false;
    out_.seconds = (hour % 24) * 3600 + minute * 60 + second;
    at_ = end;
    SkipHours();
    return true;
  }

  void SkipHours() {
    std::size_t at = at_;
    while (at < line_.size() && line_[at] == ' ') ++at;
    const std::string word = FoldCue(WordAt(at));
    if (word == "hrs" || word == "hours" || word == "hr" || word == "h" || word == "uhr")
      at_ = at + word.size();
  }

  /// A day of the month or a year.
  bool Plain(std::size_t digits) {
    const unsigned value = NumberAt(at_, digits);
    if (digits == 4) {
      if (out_.year || value < 1700 || value > 2100) return false;
      if (out_.month == 0) return false;
      out_.year = static_cast<int>(value);
      at_ += 4;
    } else {
      if (out_.day != 0 || digits > 2 || value < 1 || value > 31) return false;
      if (Peek(digits) == ':') return false;  // "10:33 GMT 11:33 UK": another clock
      out_.day = value;
      at_ += digits;
      Ordinal();
    }
    clock_only_ = false;
    return true;
  }

  void Ordinal() {
    const std::string word = FoldCue(WordAt(at_));
    if (word == "st" || word == "nd" || word == "rd" || word == "th") at_ += 2;
    if (line_.substr(at_).starts_with("º")) at_ += 2;
  }

  [[nodiscard]] const Zone* FindZone(const std::string& word) const {
    const auto found = cues_.zones.find(word);
    return found == cues_.zones.end() ? nullptr : &found->second;
  }

  bool Word() {
    const std::string word = WordAt(at_);
    const std::string folded = FoldCue(word);
    if (out_.seconds && !out_.zone) {
      if (const Zone* zone = FindZone(word)) {
        out_.zone = *zone;
        out_.american = out_.american || zone->american;
        at_ += word.size();
        Offset();
        return true;
      }
    }
    if (const auto month = cues_.months.find(folded);
        month != cues_.months.end() && out_.month == 0) {
      out_.month = month->second;
      clock_only_ = false;
      return TakeWord(word);
    }
    if (const auto weekday = cues_.weekdays.find(folded);
        weekday != cues_.weekdays.end() && !weekday_) {
      weekday_ = true;
      clock_only_ = false;
      return TakeWord(word);
    }
    if (const auto time = cues_.daywords.find(folded);
        time != cues_.daywords.end() && !out_.seconds) {
      out_.seconds = time->second * 60;
      at_ += word.size();
      return true;
    }
    return false;
  }

  bool TakeWord(const std::string& word) {
    at_ += word.size();
    if (Peek(0) == '.' && word.size() <= 5) ++at_;
    return true;
  }

  /// "+01:00", "+0100", "+5.5" is not read; behind a clock or "GMT".
  bool Offset() {
    const char sign = Peek(0);
    if ((sign != '+' && sign != '-') || !out_.seconds) return false;
    if (out_.zone && out_.zone->offset != minutes(0)) return false;
    const std::size_t digits = DigitsAt(at_ + 1);
    if (digits != 1 && digits != 2 && digits != 4) return false;
    unsigned hour = NumberAt(at_ + 1, digits);
    unsigned minute = 0;
    std::size_t end = at_ + 1 + digits;
    if (digits == 4) {
      minute = hour % 100;
      hour /= 100;
    } else if (end < line_.size() && line_[end] == ':' && DigitsAt(end + 1) == 2) {
      minute = NumberAt(end + 1, 2);
      end += 3;
    } else if (!out_.zone) {
      return false;
    }
    if (hour > 14 || minute > 59) return false;
    const int total = static_cast<int>(hour * 60 + minute);
    out_.zone = Zone{.offset = minutes(sign == '-' ? -total : total)};
    at_ = end;
    return true;
  }

  void SkipJoiners() {
    while (at_ < line_.size()) {
      const std::string_view rest = line_.substr(at_);
      const bool joins = IsSpace(rest[0]) || std::string_view(",;()|/").contains(rest[0]);
      if (joins || (rest[0] == '-' && (!IsDigit(Peek(1)) || !out_.seconds))) {
        ++at_;
      } else if (rest.starts_with("–") || rest.starts_with("—")) {
        at_ += 3;
      } else if (rest.starts_with("·") || rest.starts_with("•")) {
        at_ += rest.starts_with("·") ? 2 : 3;
      } else if (!SkipJoinWord()) {
        return;
      }
    }
  }

  bool SkipJoinWord() {
    if (!IsAlphaAscii(Peek(0))) return false;
    const std::string word = FoldCue(WordAt(at_));
    static constexpr std::array kJoin = {"at", "on", "of", "the", "um", "de"};
    for (const std::string_view join : kJoin) {
      if (word == join) {
        at_ += word.size();
        return true;
      }
    }
    return false;
  }

  std::string_view line_;
  const LayoutCues& cues_;
  std::size_t at_ = 0;
  std::size_t elements_ = 0;
  bool weekday_ = false;
  bool clock_only_ = true;
  PrintedDate out_;
};

bool MayBegin(std::string_view line, std::size_t at) {
  return IsWordByte(line[at]) && (at == 0 || !IsWordByte(line[at - 1]));
}

}  // namespace

std::optional<DateTime> PrintedDate::Value() const {
  if (!year || month == 0) return std::nullopt;
  const auto made = MakeDate(*year, month, day == 0 ? 1 : day);
  if (!made) return std::nullopt;
  DateTime value{.date = *made, .time = {}, .utc_offset = {}};
  if (day == 0) {
    value.date.precision = Date::Precision::kMonth;
    return value;
  }
  if (!seconds) return value;
  value.time = std::chrono::seconds(*seconds);
  value.has_seconds = has_seconds;
  if (zone) {
    value.utc_offset = zone->offset;
    if (zone->us_summer && IsUsSummer(value.date)) *value.utc_offset += minutes(60);
  }
  return value;
}

void PrintedDate::Swap() { std::swap(day, month); }

std::optional<PrintedDate> DateAtStart(std::string_view line, const LayoutCues& cues) {
  auto date = DateScanner(line, cues).Scan();
  if (!date || !date->dated) return std::nullopt;
  return date;
}

std::optional<PrintedDate> ClockAtStart(std::string_view line, const LayoutCues& cues) {
  auto time = DateScanner(line, cues).Scan();
  if (!time || time->dated || !time->seconds) return std::nullopt;
  return time;
}

std::optional<PrintedDate> FindDate(std::string_view line, const LayoutCues& cues) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (!MayBegin(line, at)) continue;
    if (auto date = DateAtStart(line.substr(at), cues)) return date;
  }
  return std::nullopt;
}

bool IsClock(std::string_view line, const LayoutCues& cues) {
  if (line.size() < 3 || line.size() > 24 || !IsDigit(line[0])) return false;
  const auto time = DateScanner(line, cues).Scan();
  return time && !time->dated && time->seconds && time->text.size() == line.size();
}

std::optional<PrintedDate> WholeDate(std::string_view line, const LayoutCues& cues) {
  if (line.size() < 6 || line.size() > 120) return std::nullopt;
  auto date = DateAtStart(line, cues);
  if (!date) return std::nullopt;
  const auto end = static_cast<std::size_t>(date->text.data() - line.data()) + date->text.size();
  for (const char c : line.substr(end)) {
    if (c != ' ' && c != '.' && c != ')' && c != '|' && c != ',' && c != '-') return std::nullopt;
  }
  return date;
}

}  // namespace dateline::article
