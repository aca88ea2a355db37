// A chunk is worked from outside in: marks before the word, marks after it, then the word itself.
// What stays whole (addresses, numbers, dotted abbreviations) is recognised first; the rest is cut
// at dashes, slashes, brackets, then at hyphens, then before clitics, as Universal Dependencies has
// it since 2.10: hyphenated compounds are several words ("long", "-", "term"), words with a prefix
// are one ("pro-Western"), "don't" is "do" + "n't", "Iraq's" is "Iraq" + "'s".
#include "text/words.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/abbreviations.h"
#include "text/unicode.h"

namespace dateline::text {
namespace {

bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char AsciiLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool IsWordCharacter(char32_t c) {
  if (c < 0x80) return IsAsciiLetter(static_cast<char>(c)) || IsAsciiDigit(static_cast<char>(c));
  return IsLetter(c) || IsMark(c) || IsDigit(c) || c == 0xFFFD;
}

bool EqualsLower(std::string_view word, std::string_view lower) {
  return std::equal(word.begin(), word.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return AsciiLower(a) == b; });
}

template <std::size_t N>
bool IsAnyOf(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view entry) { return EqualsLower(word, entry); });
}

constexpr std::array<std::string_view, 43> kPrefixes = {
    "anti",  "non",    "pro",   "pre",   "post",  "re",     "co",    "ex",    "mid",
    "multi", "semi",   "sub",   "ultra", "un",    "e",      "inter", "intra", "counter",
    "de",    "dis",    "extra", "hyper", "micro", "mini",   "neo",   "over",  "pan",
    "para",  "pseudo", "quasi", "super", "trans", "under",  "vice",  "cyber", "bio",
    "geo",   "eco",    "mis",   "out",   "socio", "psycho", "euro"};

/// Compounds that are one word although their first part is no prefix.
constexpr std::array<std::string_view, 8> kWholeCompounds = {
    "covid-19", "sars-cov-2", "uh-huh", "mm-hm", "x-ray", "wal-mart", "uh-oh", "mm-hmm"};

constexpr std::array<std::string_view, 34> kUnits = {
    "am", "pm", "a.m", "p.m", "km",  "m",  "k",  "mm",  "cm",  "kg", "g",  "ft",
    "x",  "bn", "mn",  "mph", "kph", "gb", "mb", "tb",  "mw",  "kw", "gw", "hz",
    "ml", "l",  "lb",  "lbs", "oz",  "in", "b",  "hrs", "min", "tn"};

constexpr std::array<std::string_view, 20> kTopDomains = {
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "co",
    "uk",  "ru",  "cn",  "de",  "fr",  "ir",  "tv",  "eu",   "io",  "us"};

/// Words written together that are two: where the second begins.
struct Contraction {
  std::string_view word;
  std::size_t cut;
};
constexpr std::array<Contraction, 34> kContractions = {{
    {"cannot", 3}, {"gonna", 3}, {"gotta", 3},   {"wanna", 3},   {"outta", 3},    {"dont", 2},
    {"doesnt", 4}, {"didnt", 3}, {"couldnt", 5}, {"wouldnt", 5}, {"shouldnt", 6}, {"isnt", 2},
    {"arent", 3},  {"wasnt", 3}, {"werent", 4},  {"hasnt", 3},   {"havent", 4},   {"hadnt", 3},
    {"aint", 2},   {"cant", 2},  {"wont", 2},    {"im", 1},      {"ive", 1},      {"youre", 3},
    {"theyre", 4}, {"thats", 4}, {"whats", 4},   {"theres", 5},  {"youve", 3},    {"weve", 2},
    {"theyve", 4}, {"youll", 3}, {"theyll", 4},  {"mustnt", 4},
}};

class Cutter {
 public:
  Cutter(std::string_view text, const ChunkContext& context, std::vector<Span>& out)
      : text_(text), context_(context), out_(out) {}

  void Run(std::size_t begin, std::size_t end) {
    if (!TakePlainWord(begin, end)) CutWord(begin, end);
  }

 private:
  /// Most chunks are letters with at most a comma behind them.
  bool TakePlainWord(std::size_t begin, std::size_t end) {
    const std::size_t word_end = end - begin > 1 && text_[end - 1] == ',' ? end - 1 : end;
    for (std::size_t at = begin; at < word_end; ++at) {
      if (!IsAsciiLetter(text_[at])) return false;
    }
    if (!TakeContraction(begin, word_end)) Emit(begin, word_end);
    Emit(word_end, end);
    return true;
  }

  void CutWord(std::size_t begin, std::size_t end) {
    while (begin < end) {
      const std::size_t whole = WholeLength(begin, end);
      if (whole == end - begin) return Emit(begin, end);
      const std::size_t mark = LeadingMark(begin, end);
      if (mark == 0) break;
      Emit(begin, begin + mark);
      begin += mark;
    }
    if (begin < end) TakeTrailing(begin, end);
  }

  [[nodiscard]] std::string_view Sub(std::size_t begin, std::size_t end) const {
    return text_.substr(begin, end - begin);
  }

  void Emit(std::size_t begin, std::size_t end) {
    if (begin < end) out_.push_back(MakeSpan(begin, end));
  }

  // --- what stays whole

  /// The length of what stands at `begin` and stays whole whatever marks it holds; 0 for nothing.
  [[nodiscard]] std::size_t WholeLength(std::size_t begin, std::size_t end) const {
    const std::string_view chunk = Sub(begin, end);
    if (IsEmoticon(chunk)) return chunk.size();
    const std::size_t body = AddressBody(chunk);
    if (body > 0 && IsAddress(chunk.substr(0, body))) return body;
    return 0;
  }

  static bool IsEmoticon(std::string_view chunk) {
    static constexpr std::array<std::string_view, 24> kFaces = {
        ":)", ":(", ":-)", ":-(", ";)", ";-)", ":d", ":-d", ":p", ":-p", ":/",  ":-/",
        ":o", "xd", "<3",  "=)",  "=(", ":]",  ":[", ":))", "8)", ":'(", "^_^", ":|"};
    return chunk.size() <= 3 && IsAnyOf(chunk, kFaces);
  }

  /// The chunk without the marks that never end an address.
  static std::size_t AddressBody(std::string_view chunk) {
    std::size_t end = chunk.size();
    while (end > 0 &&
           std::string_view(".,;:!?\"')]}>").find(chunk[end - 1]) != std::string_view::npos) {
      --end;
    }
    while (end >= 3 && (chunk.substr(end - 3, 3) == "”" || chunk.substr(end - 3, 3) == "’"))
      end -= 3;
    return end;
  }

  static bool IsAddress(std::string_view body) {
    if (body.find("://") != std::string_view::npos && IsAsciiLetter(body[0])) return true;
    if (body.size() > 4 && EqualsLower(body.substr(0, 4), "www.")) return true;
    const std::size_t at = body.find('@');
    if (at == 0) return body.size() > 1 && IsWordCharacter(CodePointAt(body, 1).value);
    if (at != std::string_view::npos) {
      return at + 1 < body.size() && body.find('.', at) != std::string_view::npos &&
             IsWordCharacter(CodePointAt(body, 0).value);
    }
    if (body[0] == '#') return body.size() > 1 && IsLetter(CodePointAt(body, 1).value);
    return IsDomain(body);
  }

  /// "example.com/page": names joined by full stops, the last a known top domain.
  static bool IsDomain(std::string_view body) {
    const std::string_view host = body.substr(0, body.find('/'));
    const std::size_t dot = host.rfind('.');
    if (dot == std::string_view::npos || dot < 2) return false;
    if (!IsAnyOf(host.substr(dot + 1), kTopDomains)) return false;
    return std::all_of(host.begin(), host.end(), [](char c) {
      return IsAsciiLetter(c) || IsAsciiDigit(c) || c == '.' || c == '-' || c == '_';
    });
  }

  // --- marks before and after

  /// The bytes of the mark that a word begins with, runs of one mark together; 0 when there is
  /// none.
  [[nodiscard]] std::size_t LeadingMark(std::size_t begin, std::size_t end) const {
    const CodePoint first = CodePointAt(text_, begin);
    if (IsWordCharacter(first.value)) return 0;
    if (IsApostrophe(first.value) && begin + first.length < end && KeepsApostrophe(begin, end))
      return 0;
    if (first.value == '.' && begin + 1 < end && IsAsciiDigit(text_[begin + 1])) return 0;
    return RunLength(begin, end);
  }

  static bool IsApostrophe(char32_t c) { return c == '\'' || c == U'’'; }

  /// Clitics and clipped words: 's at the front of a chunk, '90s, 'em.
  [[nodiscard]] bool KeepsApostrophe(std::size_t begin, std::size_t end) const {
    static constexpr std::array<std::string_view, 14> kClipped = {
        "s", "em", "til", "cause", "re", "ve", "ll", "tis", "twas", "bout", "round", "m", "d", "n"};
    const std::size_t after = begin + CodePointAt(text_, begin).length;
    std::size_t stop = after;
    while (stop < end && (IsAsciiLetter(text_[stop]) || IsAsciiDigit(text_[stop]))) ++stop;
    const std::string_view word = Sub(after, stop);
    if (word.size() >= 2 && IsAsciiDigit(word[0]) && IsAsciiDigit(word[1])) {
      return word.size() == 2 || (word.size() == 3 && word[2] == 's');
    }
    return IsAnyOf(word, kClipped);
  }

  /// How far the mark at `begin` goes: "...", "--", "``", "!!" and "?!" are one.
  [[nodiscard]] std::size_t RunLength(std::size_t begin, std::size_t end) const {
    const CodePoint first = CodePointAt(text_, begin);
    std::size_t at = begin + first.length;
    const auto run_of = [&](std::string_view set) {
      while (at < end && set.find(text_[at]) != std::string_view::npos) ++at;
      return at - begin;
    };
    switch (first.value) {
      case '!':
      case '?':
        return run_of("!?");
      case '.':
      case '-':
      case '*':
      case '=':
      case '_':
      case '~':
      case '#':
      case '+':
      case '<':
      case '>':
        return run_of(text_.substr(begin, 1));
      case '\'':
      case '`':
        if (at < end && text_[at] == text_[begin]) ++at;
        return at - begin;
      default:
        while (first.length > 1 && at + first.length <= end &&
               Sub(at, at + first.length) == Sub(begin, begin + first.length) &&
               (IsSymbol(first.value) || IsDash(first.value) || first.value == U'…')) {
          at += first.length;
        }
        return at - begin;
    }
  }

  /// Peels marks off the end, cuts the word before them, then emits the marks.
  void TakeTrailing(std::size_t begin, std::size_t end) {
    std::vector<Span> marks;
    std::size_t word_end = end;
    while (word_end > begin && WholeLength(begin, word_end) != word_end - begin) {
      const std::size_t mark = TrailingMark(begin, word_end);
      if (mark == 0) break;
      marks.push_back(MakeSpan(word_end - mark, word_end));
      word_end -= mark;
    }
    if (word_end > begin && WholeLength(begin, word_end) == word_end - begin) {
      Emit(begin, word_end);
    } else {
      CutInside(begin, word_end);
    }
    out_.insert(out_.end(), marks.rbegin(), marks.rend());
  }

  /// The bytes of the mark that a word ends with; 0 when there is none.
  [[nodiscard]] std::size_t TrailingMark(std::size_t begin, std::size_t end) const {
    const CodePoint last = CodePointBefore(text_, end);
    if (IsWordCharacter(last.value) || last.length == end - begin) return 0;
    if (last.value == '.') return TrailingStops(begin, end);
    if (last.value == '-' && IsAsciiLetter(text_[end - 2])) return 0;  // a word cut off: "pre-"
    if (last.value == '+' && !IsAsciiDigit(text_[end - 2])) return 0;
    if (last.value == '$' && IsAsciiLetter(text_[end - 2])) return 0;  // "US$"
    return BackwardRun(begin, end, last);
  }

  [[nodiscard]] std::size_t BackwardRun(std::size_t begin, std::size_t end, CodePoint last) const {
    const bool question = last.value == '!' || last.value == '?';
    const bool repeats = question || last.value == '-' || last.value == '*' || last.value == '=' ||
                         last.value == '_' || last.value == '~' || last.value == '>' ||
                         last.value == '<' || last.value == U'…' || last.value == U'—';
    const bool pair = last.value == '\'' || last.value == '`';
    std::size_t at = end - last.length;
    std::size_t count = 1;
    while (at > begin && (repeats || (pair && count < 2))) {
      const CodePoint before = CodePointBefore(text_, at);
      const bool same =
          before.value == last.value || (question && (before.value == '!' || before.value == '?'));
      if (!same || before.length == at - begin) break;
      at -= before.length;
      ++count;
    }
    return end - at;
  }

  /// Full stops at the end: an ellipsis is one mark, that of an abbreviation none.
  [[nodiscard]] std::size_t TrailingStops(std::size_t begin, std::size_t end) const {
    std::size_t at = end;
    while (at > begin && text_[at - 1] == '.') --at;
    if (end - at >= 2 || at == begin) return end - at;
    return IsAbbreviation(Sub(begin, at), end) ? 0 : 1;
  }

  /// Whether `word` keeps the full stop that ends at `end`.
  [[nodiscard]] bool IsAbbreviation(std::string_view word, std::size_t end) const {
    const std::size_t joint = word.find_last_of("-/(\"");
    if (joint != std::string_view::npos) word.remove_prefix(joint + 1);
    const bool at_end = context_.next == '\0' && text_.size() >= end;
    if (word.size() == 1) return IsInitial(word[0]);
    switch (FindAbbreviation(word)) {
      case Abbreviation::kNone:
        return false;
      case Abbreviation::kNumber:
        return IsAsciiDigit(context_.next);
      case Abbreviation::kPlace:
        return context_.previous == ",";
      case Abbreviation::kTitle:
      case Abbreviation::kInner:
        return !at_end;
      case Abbreviation::kMonth:
      case Abbreviation::kEnding:
        return true;
    }
    return false;
  }

  /// "J." in a name: a capital, something after it, and a capitalised word or another initial next.
  [[nodiscard]] bool IsInitial(char letter) const {
    if (letter == 'c' || letter == 'v' || letter == 'p')
      return IsAsciiDigit(context_.next) || letter == 'v';
    if (letter < 'A' || letter > 'Z' || letter == 'I') return false;
    const char next = context_.next;
    return (next >= 'A' && next <= 'Z') || static_cast<unsigned char>(next) >= 0x80;
  }

  // --- the word itself

  void CutInside(std::size_t begin, std::size_t end) {
    if (begin == end) return;
    if (IsNumberLike(Sub(begin, end))) return Emit(begin, end);
    std::size_t part = begin;
    std::size_t at = begin;
    while (at < end) {
      const std::size_t mark = at > part ? InnerMark(begin, at, end) : 0;
      if (mark == 0) {
        at += CodePointAt(text_, at).length;
        continue;
      }
      CutHyphens(part, at);
      Emit(at, at + mark);
      part = at = at + mark;
      // What follows an inner mark may begin with marks of its own.
      while (at < end && LeadingMark(at, end) > 0) {
        const std::size_t more = LeadingMark(at, end);
        Emit(at, at + more);
        part = at = at + more;
      }
    }
    if (part < end) CutHyphens(part, end);
  }

  /// "1,234.5", "10:30", "9/11/2001", "1/2", "555-0134": digits with single marks between.
  static bool IsNumberLike(std::string_view word) {
    if (!IsAsciiDigit(word[0]) && !(word[0] == '.' && word.size() > 1)) return false;
    std::size_t groups = 1;
    std::size_t longest_gap = 0;
    bool hyphen = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (IsAsciiDigit(word[i])) continue;
      if (std::string_view(",.:/-").find(word[i]) == std::string_view::npos) return false;
      if (i + 1 == word.size() || (i > 0 && !IsAsciiDigit(word[i + 1]))) return false;
      hyphen = hyphen || word[i] == '-';
      longest_gap = std::max(longest_gap, i);
      ++groups;
    }
    return !hyphen || IsPhoneOrDate(word, groups);
  }

  /// Digits with hyphens stay whole as "2023-04-16", "713-853-0134"; ranges do not ("1995-2000").
  static bool IsPhoneOrDate(std::string_view word, std::size_t groups) {
    if (groups >= 3) return true;
    return word.size() == 8 && word[3] == '-';
  }

  /// The bytes of a mark at `at` that parts the word there; 0 when there is none.
  [[nodiscard]] std::size_t InnerMark(std::size_t begin, std::size_t at, std::size_t end) const {
    const CodePoint c = CodePointAt(text_, at);
    if (IsWordCharacter(c.value) || at + c.length >= end) return 0;
    const char before = text_[at - 1];
    const char after = text_[at + c.length];
    const bool in_number = IsAsciiDigit(before) && IsAsciiDigit(after);
    switch (c.value) {
      case '\'':
      case U'’':
      case '`':
      case '&':
      case '_':
      case '@':
      case '#':
      case '+':
      case '\\':
      case U'‐':
      case U'‑':
        return 0;
      case '-':
        return after == '-' ? RunLength(at, end) : 0;
      case '.':
        return InnerStop(begin, at, end);
      case ',':
      case ':':
        return in_number ? 0 : 1;
      case '/':
        return in_number || at - begin == 1 ? 0 : 1;
      case '$':
        return IsAsciiLetter(before) && IsAsciiDigit(after) ? 0 : 1;
      case U'·':
      case U'°':
        return 0;
      default:
        return RunLength(at, end);
    }
  }

  /// A full stop inside: "wait...what" and "home.The" are two words, "U.S.-led" and "a.txt" are
  /// not.
  [[nodiscard]] std::size_t InnerStop(std::size_t begin, std::size_t at, std::size_t end) const {
    const std::size_t run = RunLength(at, end);
    if (run >= 2) return run;
    if (at - begin < 2 || at + 2 >= end) return 0;
    const bool closed = std::string_view("\"'()[]").find(text_[at + 1]) != std::string_view::npos ||
                        IsClosingQuote(CodePointAt(text_, at + 1).value);
    if (closed) return IsAbbreviation(Sub(begin, at), at + 1) ? 0 : 1;
    const auto lower = [&](std::size_t i) { return text_[i] >= 'a' && text_[i] <= 'z'; };
    const bool upper_next = text_[at + 1] >= 'A' && text_[at + 1] <= 'Z';
    const bool sentence = lower(at - 1) && lower(at - 2) && upper_next && lower(at + 2);
    return sentence && FindAbbreviation(Sub(begin, at)) == Abbreviation::kNone ? 1 : 0;
  }

  // --- hyphens

  void CutHyphens(std::size_t begin, std::size_t end) {
    if (begin == end) return;
    if (IsAnyOf(Sub(begin, end), kWholeCompounds) || IsNumberLike(Sub(begin, end))) {
      return CutClitics(begin, end);
    }
    std::size_t part = begin;
    for (std::size_t at = begin; at < end;) {
      const std::size_t hyphen = HyphenAt(at);
      if (hyphen == 0 || at == part || at + hyphen == end || StaysJoined(part, at, hyphen, end)) {
        at += hyphen == 0 ? CodePointAt(text_, at).length : hyphen;
        continue;
      }
      CutClitics(part, at);
      Emit(at, at + hyphen);
      part = at = at + hyphen;
    }
    CutClitics(part, end);
  }

  [[nodiscard]] std::size_t HyphenAt(std::size_t at) const {
    if (text_[at] == '-') return 1;
    return text_.substr(at, 3) == "‐" || text_.substr(at, 3) == "‑" ? 3 : 0;
  }

  [[nodiscard]] bool StaysJoined(std::size_t part, std::size_t at, std::size_t hyphen,
                                 std::size_t end) const {
    if (IsAnyOf(Sub(part, at), kPrefixes)) return true;
    return IsGivenName(Sub(part, at), Sub(at + hyphen, end));
  }

  /// "Jong-un" after "Kim": two syllables as Chinese and Korean given names are romanised.
  [[nodiscard]] bool IsGivenName(std::string_view first, std::string_view second) const {
    if (!StartsUpper(context_.previous) || !StartsUpper(first) || StartsUpper(second)) return false;
    return IsSyllable(first) && IsSyllable(second);
  }

  /// Consonants, one stretch of vowels, and no end but a vowel, n, ng, k, l, p, t, m.
  static bool IsSyllable(std::string_view part) {
    if (part.size() > 6) return false;
    const auto vowel = [&](std::size_t i) {
      return std::string_view("aeiouy").find(AsciiLower(part[i])) != std::string_view::npos;
    };
    std::size_t at = 0;
    while (at < part.size() && !vowel(at) && IsAsciiLetter(part[at])) ++at;
    const std::size_t vowels = at;
    while (at < part.size() && vowel(at)) ++at;
    if (vowels > 2 || at == vowels) return false;
    const std::string_view tail = part.substr(at);
    return tail.empty() || tail == "ng" ||
           (tail.size() == 1 && std::string_view("nklptm").find(tail[0]) != std::string_view::npos);
  }

  // --- clitics, numbers with units

  void CutClitics(std::size_t begin, std::size_t end) {
    const std::size_t clitic = CliticLength(begin, end);
    if (clitic > 0) {
      CutUnits(begin, end - clitic);
      return Emit(end - clitic, end);
    }
    if (!TakeContraction(begin, end)) CutUnits(begin, end);
  }

  /// Emits the two words of "cannot"; false when the word is none of these.
  bool TakeContraction(std::size_t begin, std::size_t end) {
    const std::string_view word = Sub(begin, end);
    if (word == "IM") return false;
    for (const Contraction& contraction : kContractions) {
      if (word.size() != contraction.word.size() || !EqualsLower(word, contraction.word)) continue;
      Emit(begin, begin + contraction.cut);
      Emit(begin + contraction.cut, end);
      return true;
    }
    return false;
  }

  /// The bytes of "n't", "'s", "'ll" … at the end of a word; 0 when there is none.
  [[nodiscard]] std::size_t CliticLength(std::size_t begin, std::size_t end) const {
    std::size_t mark = end;
    while (mark > begin && end - mark < 2 && IsAsciiLetter(text_[mark - 1])) --mark;
    if (mark == end || mark == begin) return 0;
    const CodePoint apostrophe = CodePointBefore(text_, mark);
    if (!IsApostrophe(apostrophe.value) && apostrophe.value != '`') return 0;
    const std::size_t before = mark - apostrophe.length;
    if (before <= begin) return 0;
    static constexpr std::array<std::string_view, 6> kClitics = {"s", "m", "d", "re", "ve", "ll"};
    const std::string_view tail = Sub(mark, end);
    if (IsAnyOf(tail, kClitics)) return end - before;
    const bool negation = EqualsLower(tail, "t") && AsciiLower(text_[before - 1]) == 'n';
    return negation && before - begin > 1 ? end - before + 1 : 0;
  }

  /// "US$5", "5pm", "10km", "$5bn".
  void CutUnits(std::size_t begin, std::size_t end) {
    const std::size_t dollar = text_.substr(0, end).find('$', begin);
    if (dollar != std::string_view::npos && dollar > begin && dollar + 1 < end) {
      Emit(begin, dollar + 1);
      begin = dollar + 1;
    }
    if (begin == end || !IsAsciiDigit(text_[begin])) return Emit(begin, end);
    std::size_t digits = begin;
    while (digits < end && (IsAsciiDigit(text_[digits]) || text_[digits] == '.' ||
                            text_[digits] == ',' || text_[digits] == ':')) {
      ++digits;
    }
    std::string_view unit = Sub(digits, end);
    if (unit.ends_with('.')) unit.remove_suffix(1);
    if (!unit.empty() && IsAnyOf(unit, kUnits)) {
      Emit(begin, digits);
      begin = digits;
    }
    Emit(begin, end);
  }

  std::string_view text_;
  const ChunkContext& context_;
  std::vector<Span>& out_;
};

}  // namespace

void CutChunk(std::string_view text, Span chunk, const ChunkContext& context,
              std::vector<Span>& out) {
  Cutter(text, context, out).Run(chunk.begin, chunk.end);
}

}  // namespace dateline::text
