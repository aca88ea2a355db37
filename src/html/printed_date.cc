#include "html/printed_date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "text/unicode.h"

namespace dateline::html {
namespace {

using base::IsDigit;

constexpr int kFirstYear = 1990;
constexpr int kLastYear = 2049;

int Number(std::string_view digits) {
  int value = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

struct Token {
  enum class Kind : std::uint8_t { kNumber, kMonth, kWord, kMark };
  Kind kind = Kind::kMark;
  std::string_view text;
  int value = 0;  ///< of a number or a month
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Words that may stand between the parts of a date and mean nothing.
bool IsFiller(std::string_view word) {
  static constexpr auto kFillers = std::to_array<std::string_view>(
      {"de", "del", "di", "of",   "the",  "th",  "st", "nd", "rd", "er",
       "do", "d",   "г",  "года", "a",    "den", "le", "o",  "ta", "uhr",
       "um", "at",  "à",  "às",   "alle", "ore", "kl", "om", "v",  "в"});
  return std::ranges::find(kFillers, word) != kFillers.end();
}

std::vector<Token> Cut(std::string_view line, const PageLexicon& lexicon) {
  constexpr std::size_t kMost = 96;
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < line.size() && tokens.size() < kMost;) {
    const std::size_t begin = at;
    if (IsDigit(line[at])) {
      while (at < line.size() && IsDigit(line[at])) ++at;
      const std::string_view digits = line.substr(begin, at - begin);
      tokens.push_back(
          {Token::Kind::kNumber, digits, digits.size() <= 8 ? Number(digits) : -1, begin, at});
      continue;
    }
    const text::CodePoint first = text::CodePointAt(line, at);
    at += first.length;
    if (first.value == ' ' || text::IsSpace(first.value)) continue;
    if (text::IsLetter(first.value) && first.value < 0x2E80) {
      while (at < line.size()) {
        const text::CodePoint next = text::CodePointAt(line, at);
        if (!text::IsLetter(next.value) && !text::IsMark(next.value)) break;
        at += next.length;
      }
      const std::string lower = text::ToLower(line.substr(begin, at - begin));
      const int month = lexicon.MonthOf(lower);
      tokens.push_back({month > 0 ? Token::Kind::kMonth : Token::Kind::kWord,
                        line.substr(begin, at - begin), month, begin, at});
      continue;
    }
    tokens.push_back({Token::Kind::kMark, line.substr(begin, at - begin), 0, begin, at});
  }
  return tokens;
}

class Finder {
 public:
  Finder(std::vector<Token> tokens, bool month_first)
      : tokens_(std::move(tokens)), month_first_(month_first) {}

  std::optional<FoundDate> Find() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      for (auto reader :
           {&Finder::YearFirst, &Finder::DayMonth, &Finder::MonthDay, &Finder::Numbers}) {
        std::size_t end = i;
        const auto date = (this->*reader)(i, end);
        if (!date) continue;
        FoundDate found;
        found.value.date = *date;
        found.begin = tokens_[i].begin;
        found.end = tokens_[end - 1].end;
        ReadTime(end, found);
        return found;
      }
    }
    return std::nullopt;
  }

 private:
  using Kind = Token::Kind;

  [[nodiscard]] bool Is(std::size_t i, Kind kind) const {
    return i < tokens_.size() && tokens_[i].kind == kind;
  }
  [[nodiscard]] bool IsMark(std::size_t i, std::string_view marks) const {
    return Is(i, Kind::kMark) && marks.contains(tokens_[i].text);
  }

  /// Skips up to two fillers, dots and commas.
  [[nodiscard]] std::size_t Skip(std::size_t i) const {
    for (int steps = 0; steps < 3 && i < tokens_.size(); ++steps) {
      const Token& token = tokens_[i];
      const bool mark =
          token.kind == Kind::kMark && std::string_view(".,-/\u00BA\u00B0'").contains(token.text);
      const bool word = token.kind == Kind::kWord && IsFiller(token.text);
      if (!mark && !word) break;
      ++i;
    }
    return i;
  }

  [[nodiscard]] std::optional<int> Year(std::size_t i, bool short_too) const {
    if (!Is(i, Kind::kNumber)) return std::nullopt;
    const Token& token = tokens_[i];
    if (token.text.size() == 4 && token.value >= kFirstYear && token.value <= kLastYear)
      return token.value;
    if (short_too && token.text.size() == 2 && token.value < 50) return 2000 + token.value;
    return std::nullopt;
  }

  [[nodiscard]] std::optional<unsigned> Small(std::size_t i, int most) const {
    if (!Is(i, Kind::kNumber) || tokens_[i].text.size() > 2) return std::nullopt;
    const int value = tokens_[i].value;
    if (value < 1 || value > most) return std::nullopt;
    return static_cast<unsigned>(value);
  }

  /// "2020-03-12", "2020年3月12日", "2020. március 12."
  std::optional<Date> YearFirst(std::size_t i, std::size_t& end) const {
    const auto year = Year(i, false);
    if (!year) return std::nullopt;
    std::size_t at = i + 1;
    if (!Is(at, Kind::kMark)) return std::nullopt;
    ++at;
    std::optional<unsigned> month = Small(at, 12);
    if (!month && Is(at, Kind::kMonth)) month = static_cast<unsigned>(tokens_[at].value);
    if (!month) return std::nullopt;
    ++at;
    if (Is(at, Kind::kMark)) ++at;
    const auto day = Small(at, 31);
    if (!day) return std::nullopt;
    end = at + 1;
    if (IsMark(end, "日일")) ++end;
    return MakeDate(*year, *month, *day);
  }

  /// "12. März 2020", "12 de marzo de 2020", "12-Mar-20".
  std::optional<Date> DayMonth(std::size_t i, std::size_t& end) const {
    const auto day = Small(i, 31);
    if (!day) return std::nullopt;
    const std::size_t month = Skip(i + 1);
    if (!Is(month, Kind::kMonth)) return std::nullopt;
    const std::size_t at = Skip(month + 1);
    const auto year = Year(at, true);
    if (!year || (tokens_[at].text.size() == 2 && IsMark(at + 1, ":"))) return std::nullopt;
    end = at + 1;
    return MakeDate(*year, static_cast<unsigned>(tokens_[month].value), *day);
  }

  /// "March 12, 2020", "Mar. 12th 2020".
  std::optional<Date> MonthDay(std::size_t i, std::size_t& end) const {
    if (!Is(i, Kind::kMonth)) return std::nullopt;
    const std::size_t day_at = Is(i + 1, Kind::kMark) ? i + 2 : i + 1;
    const auto day = Small(day_at, 31);
    if (!day) return std::nullopt;
    const std::size_t at = Skip(day_at + 1);
    const auto year = Year(at, false);
    if (!year) return std::nullopt;
    end = at + 1;
    return MakeDate(*year, static_cast<unsigned>(tokens_[i].value), *day);
  }

  /// "12.03.2020", "12/03/20".
  std::optional<Date> Numbers(std::size_t i, std::size_t& end) const {
    const auto first = Small(i, 31);
    if (!first || !IsMark(i + 1, "./-") || !IsMark(i + 3, "./-")) return std::nullopt;
    if (tokens_[i + 1].text != tokens_[i + 3].text) return std::nullopt;
    const auto second = Small(i + 2, 31);
    const auto year = Year(i + 4, true);
    if (!second || !year || IsMark(i + 5, "/")) return std::nullopt;
    end = i + 5;
    const bool month_first =
        *second > 12 || (*first <= 12 && month_first_ && tokens_[i + 1].text != ".");
    return month_first ? MakeDate(*year, *first, *second) : MakeDate(*year, *second, *first);
  }

  /// The clock time that stands behind the date, if there is one.
  void ReadTime(std::size_t at, FoundDate& found) const {
    for (int steps = 0; steps < 3; ++steps) {
      const bool skip =
          (Is(at, Kind::kMark) && std::string_view(",-\u2013|@").contains(tokens_[at].text)) ||
          (Is(at, Kind::kWord) && (IsFiller(tokens_[at].text) || tokens_[at].text == "T"));
      if (!skip) break;
      ++at;
    }
    if (!Is(at, Kind::kNumber) || !IsMark(at + 1, ":.h") || !Is(at + 2, Kind::kNumber)) return;
    int hour = tokens_[at].value;
    const int minute = tokens_[at + 2].value;
    if (tokens_[at].text.size() > 2 || tokens_[at + 2].text.size() != 2 || hour > 23 || minute > 59)
      return;
    std::size_t end = at + 3;
    std::optional<int> second;
    if (IsMark(end, ":") && Is(end + 1, Kind::kNumber) && tokens_[end + 1].value < 60 &&
        tokens_[end + 1].text.size() == 2) {
      second = tokens_[end + 1].value;
      end += 2;
    }
    if (Is(end, Kind::kWord)) {
      const std::string half = text::ToLower(tokens_[end].text);
      if ((half == "pm" || half == "p") && hour < 12) hour += 12;
      if ((half == "am" || half == "a") && hour == 12) hour = 0;
      if (half == "pm" || half == "am") ++end;
    }
    found.value.time = std::chrono::hours{hour} + std::chrono::minutes{minute} +
                       std::chrono::seconds{second.value_or(0)};
    found.value.has_seconds = second.has_value();
    found.end = tokens_[end - 1].end;
  }

  std::vector<Token> tokens_;
  bool month_first_;
};

}  // namespace

std::optional<FoundDate> FindPrintedDate(std::string_view line, bool month_first,
                                         const PageLexicon& lexicon) {
  return Finder(Cut(line, lexicon), month_first).Find();
}

std::optional<DateTime> DateInAddress(std::string_view url) {
  const auto digits = [&](std::size_t at, std::size_t count) {
    if (at + count > url.size()) return -1;
    const std::string_view part = url.substr(at, count);
    return std::ranges::all_of(part, IsDigit) ? Number(part) : -1;
  };
  for (std::size_t at = 0; at + 8 <= url.size(); ++at) {
    if (at > 0 && IsDigit(url[at - 1])) continue;
    const int year = digits(at, 4);
    if (year < kFirstYear || year > kLastYear) continue;
    const char mark = url[at + 4];
    const std::size_t gap = mark == '/' || mark == '-' || mark == '_' ? 1 : 0;
    if (gap == 1 && at + 7 < url.size() && url[at + 7] != mark) continue;
    const int month = digits(at + 4 + gap, 2);
    const int day = digits(at + 6 + 2 * gap, 2);
    const std::size_t end = at + 8 + 2 * gap;
    if (month < 1 || day < 1 || (end < url.size() && IsDigit(url[end]))) continue;
    if (const auto date =
            MakeDate(year, static_cast<unsigned>(month), static_cast<unsigned>(day))) {
      DateTime value;
      value.date = *date;
      return value;
    }
  }
  return std::nullopt;
}

}  // namespace dateline::html
