#include "timex/lexer.h"

#include <array>

#include "base/ascii.h"

namespace dateline::timex {
namespace {

using base::IsDigit;
using base::IsUpper;
using base::Lower;

/// Letters of other scripts and accents count as letters: all bytes outside ASCII but punctuation.
bool IsLetter(char c) {
  return IsUpper(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0xC0U ||
         (static_cast<unsigned char>(c) >= 0x80U);
}
bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Bytes of the typographic mark (U+2010 to U+201F: dashes, quotes; U+2026) at `at`, or 0.
std::size_t MarkAt(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\xE2\x80" || at + 2 >= text.size()) return 0;
  const auto last = static_cast<unsigned char>(text[at + 2]);
  return (last >= 0x90U && last <= 0x9FU) || last == 0xA6U ? 3 : 0;
}

class Scanner {
 public:
  Scanner(std::string_view text, Span part, const Vocabulary& vocabulary, std::vector<Lexeme>& out)
      : text_(text.substr(0, part.end)),
        at_(part.begin),
        vocabulary_(vocabulary),
        out_(out),
        first_(out.size()) {}

  void Run() {
    bool glued = false;
    while (at_ < text_.size()) {
      if (IsSpace(text_[at_])) {
        ++at_;
        glued = false;
        continue;
      }
      Lexeme lexeme{.glued = glued};
      const std::size_t begin = at_;
      ScanOne(lexeme);
      lexeme.span = MakeSpan(begin, at_);
      out_.push_back(lexeme);
      JoinNumber();
      glued = true;
    }
  }

 private:
  void ScanOne(Lexeme& lexeme) {
    if (IsDigit(text_[at_])) {
      ScanDigits(lexeme);
    } else if (const std::size_t mark = MarkAt(text_, at_); mark != 0) {
      const auto last = static_cast<unsigned char>(text_[at_ + 2]);
      lexeme.word =
          vocabulary_.Find(last <= 0x95U ? "-" : (last == 0x99U || last == 0x98U ? "'" : "\""));
      at_ += mark;
    } else if (IsLetter(text_[at_])) {
      ScanWord(lexeme);
    } else {
      lexeme.word = vocabulary_.Find(text_.substr(at_, 1));
      ++at_;
    }
    if (lexeme.word != nullptr) TakeClasses(lexeme);
  }

  static void TakeClasses(Lexeme& lexeme) {
    if (lexeme.word->capital && !lexeme.capital) return;
    lexeme.classes |= lexeme.word->classes;
    constexpr ClassSet kNumbers = Bit(kSmall) | Bit(kTens) | Bit(kScale);
    for (const Sense& sense : lexeme.word->senses) {
      if ((Bit(sense.id) & kNumbers) == 0) continue;
      lexeme.number = sense.number;
      lexeme.classes |= Bit(kNum);
    }
  }

  void ScanWord(Lexeme& lexeme) {
    const std::size_t begin = at_;
    lexeme.capital = IsUpper(text_[at_]);
    while (at_ < text_.size() && IsLetter(text_[at_]) && MarkAt(text_, at_) == 0) ++at_;
    ExtendAbbreviation(begin);
    std::array<char, 32> folded{};
    const std::size_t size = at_ - begin;
    if (size >= folded.size()) return;
    for (std::size_t i = 0; i < size; ++i) folded.at(i) = Lower(text_[begin + i]);
    const std::string_view word(folded.data(), size);
    lexeme.past = size > 3 && word.ends_with("ed");
    if (at_ < text_.size() && text_[at_] == '.' && size <= 5) {
      folded.at(size) = '.';
      lexeme.word = vocabulary_.Find({folded.data(), size + 1});
      if (lexeme.word != nullptr) {
        ++at_;
        return;
      }
    }
    lexeme.word = vocabulary_.Find(word);
  }

  /// "a.m." and "U.S." are one piece.
  void ExtendAbbreviation(std::size_t begin) {
    if (at_ - begin != 1) return;
    while (at_ + 1 < text_.size() && text_[at_] == '.' && IsLetter(text_[at_ + 1]) &&
           (at_ + 2 >= text_.size() || !IsLetter(text_[at_ + 2]))) {
      at_ += 2;
    }
  }

  void ScanDigits(Lexeme& lexeme) {
    const std::size_t begin = at_;
    int number = 0;
    while (at_ < text_.size() && IsDigit(text_[at_])) {
      if (at_ - begin < 9) number = number * 10 + (text_[at_] - '0');
      ++at_;
    }
    const std::size_t size = at_ - begin;
    lexeme.number = number;
    SkipThousands(lexeme, size);
    if ((begin == 0 || text_[begin - 1] != '.') && SkipFraction(lexeme)) return;
    if (size > 8 || ScanSuffix(lexeme, size)) return;
    lexeme.word = vocabulary_.Find(text_.substr(begin, at_ - begin));
    lexeme.classes = DigitClasses(number, size);
  }

  /// "2,000" is one number; its pieces are no dates.
  void SkipThousands(Lexeme& lexeme, std::size_t size) {
    if (size > 3) return;
    while (at_ + 3 < text_.size() && text_[at_] == ',' && IsDigit(text_[at_ + 1]) &&
           IsDigit(text_[at_ + 2]) && IsDigit(text_[at_ + 3]) &&
           (at_ + 4 >= text_.size() || !IsDigit(text_[at_ + 4]))) {
      if (lexeme.number < 1000000) {
        lexeme.number = lexeme.number * 1000 + (text_[at_ + 1] - '0') * 100 +
                        (text_[at_ + 2] - '0') * 10 + (text_[at_ + 3] - '0');
      }
      at_ += 4;
    }
  }

  /// "2082.1" is one number and no year, "2.5" one with a half; "10.30 p.m." and "25.03.2019" stay
  /// as they are.
  bool SkipFraction(Lexeme& lexeme) {
    std::size_t end = at_ + 1;
    if (end >= text_.size() || text_[at_] != '.' || !IsDigit(text_[end])) return false;
    while (end < text_.size() && IsDigit(text_[end])) ++end;
    if (end + 1 < text_.size() && text_[end] == '.' && IsDigit(text_[end + 1])) return false;
    const std::string_view rest = text_.substr(
        std::min(end + (end < text_.size() && text_[end] == ' ' ? 1 : 0), text_.size()));
    if (rest.size() > 1 && (Lower(rest[0]) == 'a' || Lower(rest[0]) == 'p') &&
        (Lower(rest[1]) == 'm' || rest[1] == '.')) {
      return false;
    }
    lexeme.half = text_.substr(at_, end - at_) == ".5";
    lexeme.classes = lexeme.half ? Bit(kNum) : ClassSet{0};
    at_ = end;
    return true;
  }

  static ClassSet DigitClasses(int number, std::size_t size) {
    ClassSet classes = Bit(kNum);
    if (size <= 2 && number >= 1 && number <= 31) classes |= Bit(kDay);
    if (size <= 2 && number >= 1 && number <= 12) classes |= Bit(kMonthNum);
    if (size <= 2 && number <= 24) classes |= Bit(kHour);
    if (size == 2) classes |= Bit(kTwoDigits) | (number < 60 ? Bit(kMinute) : ClassSet{0});
    if (size == 4 && number >= 1000 && number < 2200) classes |= Bit(kYear);
    return classes;
  }

  /// "19th", "1990s", "90s": the letters belong to the number. "10am" keeps them apart.
  bool ScanSuffix(Lexeme& lexeme, std::size_t size) {
    const std::string_view rest = text_.substr(at_);
    const auto ends = [&](std::size_t length) {
      return rest.size() <= length || !IsLetter(rest[length]);
    };
    const std::string_view two = rest.substr(0, 2);
    if ((two == "st" || two == "nd" || two == "rd" || two == "th") && ends(2)) {
      at_ += 2;
      lexeme.classes = Bit(kOrdinal);
      if (size <= 2 && lexeme.number >= 1 && lexeme.number <= 31) lexeme.classes |= Bit(kDay);
      return true;
    }
    const std::size_t apostrophe =
        rest.starts_with("'") ? 1 : (rest.starts_with("\xE2\x80\x99") ? 3 : 0);
    if (rest.substr(apostrophe).starts_with("s") && ends(apostrophe + 1) &&
        lexeme.number % 10 == 0 && (size == 4 || size == 2)) {
      at_ += apostrophe + 1;
      lexeme.classes = Bit(size == 4 ? kDecade : kShortDecade);
      return true;
    }
    return false;
  }

  // ---- numbers of several pieces

  Lexeme& Last(std::size_t back) { return out_[out_.size() - 1 - back]; }
  [[nodiscard]] std::size_t Count() const { return out_.size() - first_; }

  static bool Has(const Lexeme& lexeme, ClassId id) { return (lexeme.classes & Bit(id)) != 0; }

  /// Joins the piece just read to a number before it, where the two make one number.
  void JoinNumber() {
    if (Count() < 2) return;
    JoinFraction();
    const Lexeme& last = Last(0);
    if (!Has(last, kSmall) && !Has(last, kTens) && !Has(last, kScale) && !Has(last, kOrdinal))
      return;
    std::size_t back = 1;
    if (Last(back).word == hyphen_ || Last(back).word == and_) ++back;
    if (hyphen_ == nullptr || back >= Count()) back = 1;
    Lexeme& before = Last(back);
    const bool joined =
        (back == 1 || Last(1).word == hyphen_ || Has(before, kScale)) && JoinWords(before, last);
    if (joined) Merge(back);
  }

  static bool JoinWords(Lexeme& before, const Lexeme& last) {
    const bool small = Has(last, kSmall) && last.number < 10;
    if (Has(before, kTens) && before.number % 10 == 0 &&
        (small || (Has(last, kOrdinal) && last.word != nullptr))) {
      const int unit = Has(last, kOrdinal) && !small ? NumberOf(last, kOrdinal) : last.number;
      if (unit >= 10) return false;
      before.number += unit;
      before.classes = small ? before.classes : Bit(kOrdinal) | Bit(kDay);
      before.classes |= before.number <= 31 && !small ? Bit(kDay) : ClassSet{0};
      return true;
    }
    if (Has(last, kScale) && Has(before, kNum) && before.number < 1000000 / last.number * 10) {
      before.number *= last.number;
      before.classes = Bit(kNum) | Bit(kScale);
      return true;
    }
    if (Has(before, kScale) && before.number >= 100 && (Has(last, kSmall) || Has(last, kTens))) {
      before.number += last.number;
      return true;
    }
    return JoinYear(before, last);
  }

  /// "nineteen ninety-six", "twenty twenty"; the units join later.
  static bool JoinYear(Lexeme& before, const Lexeme& last) {
    const bool century = Has(before, kSmall) && before.number >= 17;
    if (!century || !Has(last, kTens)) return false;
    before.number = before.number * 100 + last.number;
    before.classes = Bit(kYear) | Bit(kTens);
    return true;
  }

  /// "2 1/2" becomes a 2 with a half.
  void JoinFraction() {
    if (Count() < 4 || slash_ == nullptr) return;
    const bool half = Last(0).number == 2 && Has(Last(0), kNum) && Last(1).word == slash_ &&
                      Last(2).number == 1 && Has(Last(2), kNum) && Has(Last(3), kNum) &&
                      Last(1).glued && Last(0).glued;
    if (!half) return;
    Merge(3);
    Last(0).half = true;
  }

  /// Joins the last `back` pieces to the one before them.
  void Merge(std::size_t back) {
    Last(back).span.end = Last(0).span.end;
    Last(back).word = nullptr;
    out_.resize(out_.size() - back);
  }

  std::string_view text_;
  std::size_t at_;
  const Vocabulary& vocabulary_;
  std::vector<Lexeme>& out_;
  std::size_t first_;
  const Word* hyphen_ = vocabulary_.Find("-");
  const Word* and_ = vocabulary_.Find("and");
  const Word* slash_ = vocabulary_.Find("/");
};

}  // namespace

int NumberOf(const Lexeme& lexeme, ClassId id) {
  return lexeme.word != nullptr && (lexeme.word->classes & Bit(id)) != 0
             ? lexeme.word->SenseOf(id).number
             : lexeme.number;
}

std::string_view TextOf(const Lexeme& lexeme, ClassId id) {
  if (lexeme.word == nullptr || (lexeme.word->classes & Bit(id)) == 0) return {};
  return lexeme.word->SenseOf(id).text;
}

void Lex(std::string_view text, Span part, const Vocabulary& vocabulary, std::vector<Lexeme>& out) {
  Scanner(text, part, vocabulary, out).Run();
}

}  // namespace dateline::timex
