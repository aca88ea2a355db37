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

Token NumberAt(std::string_view line, std::size_t begin) {
  std::size_t end = begin;
  while (end < line.size() && IsDigit(line[end])) ++end;
  const std::string_view digits = line.substr(begin, end - begin);
  return {Token::Kind::kNumber, digits, digits.size() <= 8 ? Number(digits) : -1, begin, end};
}

Token WordAt(std::string_view line, std::size_t begin, const PageLexicon& lexicon) {
  std::size_t end = begin;
  while (end < line.size()) {
    const text::CodePoint next = text::CodePointAt(line, end);
    if (!text::IsLetter(next.value) && !text::IsMark(next.value)) break;
    end += next.length;
  }
  const std::string_view word = line.substr(begin, end - begin);
  const int month = lexicon.MonthOf(text::ToLower(word));
  return {month > 0 ? Token::Kind::kMonth : Token::Kind::kWord, word, month, begin, end};
}

/// Scripts without spaces between words are read letter by letter: "2020年3月12日".
bool BeginsWord(char32_t point) { return text::IsLetter(point) && point < 0x2E80; }

std::vector<Token> Cut(std::string_view line, const PageLexicon& lexicon) {
  constexpr std::size_t kMost = 96;
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < line.size() && tokens.size() < kMost;) {
    const text::CodePoint first = text::CodePointAt(line, at);
    const std::size_t next = at + first.length;
    if (text::IsSpace(first.value)) {
      at = next;
      continue;
    }
    if (IsDigit(line[at])) {
      tokens.push_back(NumberAt(line, at));
    } else if (BeginsWord(first.value)) {
      tokens.push_back(WordAt(line, at, lexicon));
    } else {
      tokens.push_back({Token::Kind::kMark, line.substr(at, first.length), 0, at, next});
    }
    at = tokens.back().end;
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

  static constexpr std::string_view kBetweenParts = ".,-/\u00BA\u00B0'";
  static constexpr std::string_view kBeforeTime = ",-\u2013|@";

  /// Skips up to three fillers (or the word `also`) and marks.
  [[nodiscard]] std::size_t Skip(std::size_t i, std::string_view marks,
                                 std::string_view also = "") const {
    for (int steps = 0; steps < 3 && i < tokens_.size(); ++steps) {
      const Token& token = tokens_[i];
      const bool mark = token.kind == Kind::kMark && marks.contains(token.text);
      const bool word = token.kind == Kind::kWord && (IsFiller(token.text) || token.text == also);
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
    const std::size_t month = Skip(i + 1, kBetweenParts);
    if (!Is(month, Kind::kMonth)) return std::nullopt;
    const std::size_t at = Skip(month + 1, kBetweenParts);
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
    const std::size_t at = Skip(day_at + 1, kBetweenParts);
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

  [[nodiscard]] std::optional<int> Hour(std::size_t i) const {
    if (!Is(i, Kind::kNumber) || tokens_[i].text.size() > 2 || tokens_[i].value > 23)
      return std::nullopt;
    return tokens_[i].value;
  }

  /// A minute or a second.
  [[nodiscard]] std::optional<int> Sixtieth(std::size_t i) const {
    if (!Is(i, Kind::kNumber) || tokens_[i].text.size() != 2 || tokens_[i].value > 59)
      return std::nullopt;
    return tokens_[i].value;
  }

  /// Makes an hour one of 24 where "pm" or "am" follows it; gives the place behind that.
  std::size_t ReadHalf(std::size_t i, int& hour) const {
    if (!Is(i, Kind::kWord)) return i;
    const std::string half = text::ToLower(tokens_[i].text);
    if ((half == "pm" || half == "p") && hour < 12) hour += 12;
    if ((half == "am" || half == "a") && hour == 12) hour = 0;
    return half == "pm" || half == "am" ? i + 1 : i;
  }

  /// The clock time that stands behind the date, if there is one.
  void ReadTime(std::size_t at, FoundDate& found) const {
    at = Skip(at, kBeforeTime, "T");
    std::optional<int> hour = Hour(at);
    const std::optional<int> minute = Sixtieth(at + 2);
    if (!hour || !IsMark(at + 1, ":.h") || !minute) return;
    std::size_t end = at + 3;
    const std::optional<int> second = IsMark(end, ":") ? Sixtieth(end + 1) : std::nullopt;
    if (second) end += 2;
    end = ReadHalf(end, *hour);
    found.value.time = std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
                       std::chrono::seconds{second.value_or(0)};
    found.value.has_seconds = second.has_value();
    found.end = tokens_[end - 1].end;
  }

  std::vector<Token> tokens_;
  bool month_first_;
};

/// The number that so many digits write; -1 unless there are so many.
int DigitsAt(std::string_view url, std::size_t at, std::size_t count) {
  if (at + count > url.size()) return -1;
  const std::string_view digits = url.substr(at, count);
  return std::ranges::all_of(digits, IsDigit) ? Number(digits) : -1;
}

/// "20200312", "2020/03/12", "2020-03-12" or "2020_03_12", at a place of an address.
/// REQUIRES: at + 8 <= url.size().
std::optional<Date> AddressDateAt(std::string_view url, std::size_t at) {
  const int year = DigitsAt(url, at, 4);
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  const char mark = url[at + 4];
  const std::size_t gap = mark == '/' || mark == '-' || mark == '_' ? 1 : 0;
  if (gap == 1 && at + 7 < url.size() && url[at + 7] != mark) return std::nullopt;
  const int month = DigitsAt(url, at + 4 + gap, 2);
  const int day = DigitsAt(url, at + 6 + 2 * gap, 2);
  const std::size_t end = at + 8 + 2 * gap;
  if (month < 1 || day < 1 || (end < url.size() && IsDigit(url[end]))) return std::nullopt;
  return MakeDate(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

}  // namespace

std::optional<FoundDate> FindPrintedDate(std::string_view line, bool month_first,
                                         const PageLexicon& lexicon) {
  return Finder(Cut(line, lexicon), month_first).Find();
}

std::optional<DateTime> DateInAddress(std::string_view url) {
  for (std::size_t at = 0; at + 8 <= url.size(); ++at) {
    if (at > 0 && IsDigit(url[at - 1])) continue;
    if (const auto date = AddressDateAt(url, at)) {
      DateTime value;
      value.date = *date;
      return value;
    }
  }
  return std::nullopt;
}

}  // namespace dateline::html
