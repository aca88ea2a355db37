// A paragraph is cut at white space into chunks, and a chunk is read from the left: at each place
// the first rule that matches takes a token. Rules, in order: web and mail addresses; emoticons;
// runs of one sign; numbers; words with what belongs to them (abbreviation stops, inner apostrophes
// and stops, hyphens behind prefixes); any other character alone.
//
// Rules work on code points, decoded once for the paragraph. What a rule looks at from a place is
// bounded by kLongest, or is taken into the token, so that the time is linear.
#include "text/split_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "text/unicode.h"

namespace dateline::text {
namespace {

using Letters = std::u32string_view;

constexpr char32_t kNone = 0x110000;  // what stands behind the end
constexpr std::size_t kLongest = 200;

constexpr Letters kSpaces =
    U" \t\n\r\f\v\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    U"\u200a"
    U"\u2028\u2029\u202f\u205f\u3000";
constexpr Letters kApostrophes = U"'’‘ʼ`´";
constexpr Letters kQuotes = U"“”„‟«»";
constexpr Letters kRuns = U"$.-–—=_*~<>#+^|";
constexpr Letters kCurrencies = U"$€£¥₹₦₽₩";

/// Lists are sorted, for binary search.
template <std::size_t N>
using List = std::array<Letters, N>;

// Words that keep their stop wherever they stand.
constexpr List<103> kAbbreviations{
    U"adj",  U"adm",  U"al",   U"approx", U"apr",   U"ariz", U"assn", U"attn", U"aug",  U"ave",
    U"blvd", U"brig", U"bros", U"ca",     U"calif", U"capt", U"cdr",  U"cf",   U"cmdr", U"co",
    U"col",  U"colo", U"conf", U"conn",   U"corp",  U"cpl",  U"dec",  U"dept", U"det",  U"div",
    U"dr",   U"ed",   U"eds",  U"eg",     U"esp",   U"est",  U"etc",  U"ext",  U"feb",  U"fig",
    U"figs", U"fla",  U"ft",   U"gen",    U"gov",   U"hon",  U"ie",   U"ill",  U"inc",  U"insp",
    U"jan",  U"jr",   U"jul",  U"jun",    U"lt",    U"ltd",  U"maj",  U"mar",  U"mass", U"messrs",
    U"mich", U"minn", U"mlle", U"mme",    U"mr",    U"mrs",  U"ms",   U"mt",   U"nov",  U"oct",
    U"okla", U"penn", U"ph.d", U"pp",     U"pres",  U"prof", U"pvt",  U"rd",   U"rep",  U"reps",
    U"rev",  U"sec",  U"sen",  U"sens",   U"sep",   U"sept", U"sgt",  U"sr",   U"st",   U"supt",
    U"tenn", U"thu",  U"thur", U"thurs",  U"tue",   U"tues", U"univ", U"va",   U"viz",  U"vol",
    U"vols", U"vs",   U"wis"};
// Words that keep their stop only before a digit.
constexpr List<17> kBeforeDigit{U"art", U"c",    U"ch",  U"eq",  U"fri", U"m",
                                U"mon", U"no",   U"nos", U"op",  U"p",   U"para",
                                U"sat", U"sect", U"sun", U"ver", U"wed"};
// Prefixes that a hyphen does not part from what follows.
constexpr List<31> kPrefixes{U"anti",   U"co",    U"counter", U"cross", U"e",    U"ex",    U"extra",
                             U"inter",  U"intra", U"micro",   U"mid",   U"mini", U"multi", U"neo",
                             U"non",    U"over",  U"pan",     U"post",  U"pre",  U"pro",   U"proto",
                             U"psycho", U"re",    U"semi",    U"socio", U"sub",  U"super", U"trans",
                             U"uh",     U"ultra", U"un"};
// Units that are parted from a number they touch.
constexpr List<50> kUnits{U"a.m", U"a.m.", U"am",  U"b",    U"bn",  U"cm",  U"eur",  U"ft",  U"gb",
                          U"gbp", U"ghz",  U"gw",  U"hr",   U"hrs", U"hz",  U"k",    U"kb",  U"kg",
                          U"khz", U"km",   U"kph", U"kw",   U"kwh", U"lb",  U"lbs",  U"m",   U"mb",
                          U"mg",  U"mhz",  U"min", U"mins", U"ml",  U"mm",  U"mn",   U"mph", U"mw",
                          U"mwh", U"oz",   U"p.m", U"p.m.", U"pm",  U"sec", U"secs", U"sq",  U"tb",
                          U"tn",  U"usd",  U"x",   U"yr",   U"yrs"};
// What an apostrophe parts from the word before.
constexpr List<6> kClitics{U"d", U"ll", U"m", U"re", U"s", U"ve"};
// Words that begin with an apostrophe.
constexpr List<11> kApostropheWords{U"bout",  U"cause", U"cuz",  U"em",  U"n",   U"nother",
                                    U"round", U"til",   U"till", U"tis", U"twas"};
// Ends of host and file names.
constexpr List<56> kDomains{U"asp",  U"au",  U"biz", U"br",  U"ca",   U"ch",   U"cn",  U"co",
                            U"com",  U"csv", U"de",  U"doc", U"docx", U"edu",  U"eu",  U"exe",
                            U"fr",   U"gh",  U"gif", U"gov", U"htm",  U"html", U"il",  U"in",
                            U"info", U"int", U"io",  U"ir",  U"jp",   U"jpg",  U"js",  U"ke",
                            U"mil",  U"mp3", U"net", U"ng",  U"nl",   U"no",   U"org", U"pdf",
                            U"php",  U"pk",  U"png", U"ppt", U"ru",   U"se",   U"tv",  U"txt",
                            U"uk",   U"url", U"us",  U"xls", U"xlsx", U"xml",  U"za",  U"zip"};
// Longer ones first.
constexpr List<25> kEmoticons{U":'(", U":((", U":))", U":-(", U":-)", U":-/", U":-D",
                              U":-P", U":o)", U";))", U";-)", U":(",  U":)",  U":*",
                              U":/",  U":D",  U":P",  U":]",  U":p",  U";)",  U"<3",
                              U"=(",  U"=)",  U"^^",  U"xD"};

/// A whole word of several words without an apostrophe, and where its later words begin.
struct Contraction {
  Letters word;
  std::size_t second;
  std::size_t third;  ///< 0: there is none
};
constexpr std::array<Contraction, 34> kContractions{
    {{U"aint", 2, 0},    {U"arent", 3, 0},    {U"cannot", 3, 0},  {U"cant", 2, 0},
     {U"couldnt", 5, 0}, {U"didnt", 3, 0},    {U"doesnt", 4, 0},  {U"dont", 2, 0},
     {U"dunno", 2, 3},   {U"gimme", 3, 0},    {U"gonna", 3, 0},   {U"gotta", 3, 0},
     {U"hadnt", 3, 0},   {U"hasnt", 3, 0},    {U"havent", 4, 0},  {U"hes", 2, 0},
     {U"im", 1, 0},      {U"isnt", 2, 0},     {U"ive", 1, 0},     {U"lemme", 3, 0},
     {U"shes", 3, 0},    {U"shouldnt", 6, 0}, {U"thats", 4, 0},   {U"theres", 5, 0},
     {U"theyre", 4, 0},  {U"wanna", 3, 0},    {U"wasnt", 3, 0},   {U"werent", 4, 0},
     {U"whats", 4, 0},   {U"wont", 2, 0},     {U"wouldnt", 5, 0}, {U"youll", 3, 0},
     {U"youre", 3, 0},   {U"youve", 3, 0}}};

/// Contractions that are other words in capitals ("IM", "HES").
constexpr List<6> kNotInCapitals{U"cant", U"hes", U"im", U"ive", U"shes", U"wont"};

bool IsIn(char32_t c, Letters set) { return set.find(c) != Letters::npos; }

bool IsIn(Letters word, std::span<const Letters> list) {
  return std::ranges::binary_search(list, word);
}

bool IsSpaceSign(char32_t c) {
  if (c < 0x80) return c == U' ' || (c >= 9 && c <= 13);
  return IsIn(c, kSpaces);
}

/// Of the code points from 128 on: neither sign nor symbol.
bool IsLetterLike(char32_t c) {
  const bool sign = c <= 0xbf || c == 0xd7 || c == 0xf7 || (c >= 0x2000 && c <= 0x2bff) ||
                    (c >= 0x3000 && c <= 0x303f) || (c >= 0xfe00 && c <= 0xfe6f) || c >= 0x1f000;
  return !sign;
}

/// A letter of any script, combining marks too.
bool IsWordLetter(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  return IsLetterLike(c) && !IsIn(c, kApostrophes);
}

bool IsAlphanumeric(char32_t c) { return IsWordLetter(c) || IsAsciiDigit(c); }
bool HasLowerCase(char32_t c) { return c != kNone && SimpleLower(c) != c; }
bool IsCurlyOrStraight(char32_t c) { return c == U'\'' || c == U'’'; }

bool EndsWith(Letters text, Letters tail) { return text.ends_with(tail); }

/// A paragraph as code points with the byte each begins at.
class Paragraph {
 public:
  Paragraph(std::string_view text, Span block) {
    letters_.reserve(block.size());
    offsets_.reserve(block.size() + 1);
    for (std::size_t at = block.begin; at < block.end;) {
      const auto byte = static_cast<unsigned char>(text[at]);
      const CodePoint c = byte < 0x80 ? CodePoint{byte, 1} : CodePointAt(text, at);
      letters_.push_back(c.value);
      offsets_.push_back(static_cast<std::uint32_t>(at));
      at += c.length;
    }
    offsets_.push_back(block.end);
  }

  [[nodiscard]] std::size_t size() const { return letters_.size(); }
  [[nodiscard]] char32_t operator[](std::size_t i) const { return letters_[i]; }
  [[nodiscard]] Letters Between(std::size_t begin, std::size_t end) const {
    return Letters(letters_).substr(begin, end - begin);
  }
  [[nodiscard]] Span Bytes(std::size_t begin, std::size_t end) const {
    return {offsets_[begin], offsets_[end]};
  }

 private:
  std::u32string letters_{};
  std::vector<std::uint32_t> offsets_{};
};

std::u32string Lowered(Letters text) {
  std::u32string out(text);
  for (char32_t& c : out) c = SimpleLower(c);
  return out;
}

/// The same with quotation marks of all kinds as ' and ".
std::u32string Normalised(Letters text) {
  std::u32string out = Lowered(text);
  for (char32_t& c : out) {
    if (IsIn(c, kApostrophes) || c == U'‛') {
      c = U'\'';
    } else if (IsIn(c, kQuotes)) {
      c = U'"';
    }
  }
  return out;
}

/// Reads the words of one stretch [begin, end) without white space.
class Chunk {
 public:
  Chunk(const Paragraph& text, std::size_t begin, std::size_t end, std::vector<Word>& out)
      : text_(text), begin_(begin), end_(end), out_(out), first_(out.size()) {}

  void Read() {
    for (std::size_t i = begin_; i < end_;) i = ReadToken(i);
  }

 private:
  // Each rule returns where the token that it took from `i` on ends, or `i` when it took none.

  std::size_t ReadToken(std::size_t i) {
    constexpr std::array kRules{&Chunk::ReadAddress, &Chunk::ReadEmoticon, &Chunk::ReadRun,
                                &Chunk::ReadNumber, &Chunk::ReadWord};
    for (const auto rule : kRules) {
      const std::size_t j = (this->*rule)(i);
      if (j > i) return j;
    }
    return Take(i, i + 1);
  }

  std::size_t ReadAddress(std::size_t i);
  std::size_t ReadEmoticon(std::size_t i);
  std::size_t ReadRun(std::size_t i);
  std::size_t ReadNumber(std::size_t i);
  std::size_t ReadWord(std::size_t i);
  std::size_t ReadApostrophe(std::size_t i);
  std::size_t ReadTag(std::size_t i);

  [[nodiscard]] bool BeginsAddress(std::size_t i) const;
  [[nodiscard]] std::size_t EndOfMail(std::size_t i) const;
  [[nodiscard]] std::size_t WithoutClosing(std::size_t i, std::size_t stop) const;
  [[nodiscard]] std::size_t BeginOfDigits(std::size_t i) const;
  [[nodiscard]] std::size_t EndOfHyphened(std::size_t i) const;
  [[nodiscard]] std::size_t EndOfNumber(std::size_t j) const;
  [[nodiscard]] std::size_t EndOfLetters(std::size_t j) const;
  [[nodiscard]] std::size_t EndOfAlphanumerics(std::size_t j) const;
  [[nodiscard]] std::size_t EndOfWord(std::size_t i, std::size_t j) const;
  [[nodiscard]] bool GoesOn(std::size_t i, std::size_t j) const;
  [[nodiscard]] bool GoesOnAfterStop(std::size_t i, std::size_t j) const;
  [[nodiscard]] std::size_t WithStop(std::size_t i, std::size_t j) const;
  [[nodiscard]] bool KeepsStop(std::size_t i, std::size_t j, Letters low) const;
  [[nodiscard]] std::size_t WithCurrencyOrPossessive(std::size_t i, std::size_t j) const;
  std::size_t TakeWithClitics(std::size_t i, std::size_t j);
  [[nodiscard]] std::array<std::size_t, 2> Cuts(std::size_t i, std::size_t j, Letters low) const;
  [[nodiscard]] bool IsPossessive(std::size_t j, Letters low) const;
  [[nodiscard]] bool InsideSingleQuotes(std::size_t j) const;

  [[nodiscard]] char32_t At(std::size_t i) const { return i < end_ ? text_[i] : kNone; }
  [[nodiscard]] bool DigitAt(std::size_t i) const { return IsAsciiDigit(At(i)); }
  [[nodiscard]] bool LetterAt(std::size_t i) const {
    const char32_t c = At(i);
    return c != kNone && IsWordLetter(c);
  }
  /// The next character from j on that is no space, kNone at the paragraph's end.
  [[nodiscard]] char32_t NextSign(std::size_t j) const {
    while (j < text_.size() && IsSpaceSign(text_[j])) ++j;
    return j < text_.size() ? text_[j] : kNone;
  }

  /// A token of one word.
  std::size_t Take(std::size_t i, std::size_t j) {
    out_.push_back({text_.Bytes(i, j), out_.size() > first_, false});
    return j;
  }

  const Paragraph& text_;
  std::size_t begin_;
  std::size_t end_;
  std::vector<Word>& out_;
  std::size_t first_;
};

// -- addresses ------------------------------------------------------------------------------------

bool Chunk::BeginsAddress(std::size_t i) const {
  constexpr std::array<Letters, 5> kSchemes{U"http://", U"https://", U"ftp://", U"mailto:",
                                            U"www."};
  const std::u32string rest = Lowered(text_.Between(i, std::min(end_, i + 8)));
  return std::ranges::any_of(kSchemes, [&](Letters scheme) { return rest.starts_with(scheme); });
}

/// http://…, www.…, a@b.c; closing punctuation stays outside.
std::size_t Chunk::ReadAddress(std::size_t i) {
  if (i > begin_ && IsAlphanumeric(text_[i - 1])) return i;
  std::size_t stop = i;
  const char32_t c = text_[i] | 0x20U;
  if ((c == U'h' || c == U'f' || c == U'm' || c == U'w') && BeginsAddress(i)) {
    while (stop < end_ && !IsIn(text_[stop], U"<>\"“”«»")) ++stop;
  } else if (IsAlphanumeric(text_[i])) {
    stop = EndOfMail(i);
  }
  stop = WithoutClosing(i, stop);
  return stop > i ? Take(i, stop) : i;
}

std::size_t Chunk::EndOfMail(std::size_t i) const {
  const std::size_t end = std::min(end_, i + kLongest);
  std::size_t j = i;
  while (j < end && (IsAlphanumeric(text_[j]) || IsIn(text_[j], U"._+%-"))) ++j;
  if (At(j) != U'@') return i;
  const std::size_t host = j + 1;
  std::size_t k = host;
  while (k < end_ && (IsAlphanumeric(text_[k]) || IsIn(text_[k], U"._-"))) ++k;
  return k > host && IsWordLetter(text_[host]) ? k : i;
}

/// `stop` moved before closing signs; a bracket that was opened inside stays.
std::size_t Chunk::WithoutClosing(std::size_t i, std::size_t stop) const {
  const Letters all = text_.Between(i, stop);
  auto opened = std::ranges::count(all, U'(');
  auto closed = std::ranges::count(all, U')');
  while (stop > i && IsIn(text_[stop - 1], U".,;:!?'’”\")]}*")) {
    const bool bracket = text_[stop - 1] == U')';
    if (bracket && opened >= closed) break;
    closed -= bracket ? 1 : 0;
    --stop;
  }
  return stop;
}

// -- signs ----------------------------------------------------------------------------------------

/// A smiley, if nothing but closing signs follows it.
std::size_t Chunk::ReadEmoticon(std::size_t i) {
  if (!IsIn(text_[i], U":;=<^x")) return i;
  if (i > begin_ && !IsIn(text_[i - 1], U".!?,)")) return i;
  const Letters rest = text_.Between(i, end_);
  const auto found = std::ranges::find_if(
      kEmoticons, [&](Letters emoticon) { return rest.starts_with(emoticon); });
  if (found == kEmoticons.end()) return i;
  const std::size_t j = i + found->size();
  if (rest.find_first_not_of(U".,!?\")", found->size()) != Letters::npos) return i;
  if (i == begin_ && j == end_ && *found == U":/") return i;
  return Take(i, j);
}

/// ..., !?!, --, '' and ``.
std::size_t Chunk::ReadRun(std::size_t i) {
  const char32_t c = text_[i];
  std::size_t j = i;
  if (c == U'.' || c == U'!' || c == U'?') {
    while (j < end_ && IsIn(text_[j], U".!?")) ++j;
    if (j == i + 1 && c == U'.') return i;
  } else if (IsIn(c, kRuns)) {
    while (j < end_ && text_[j] == c) ++j;
    if (j == i + 1) return i;
  } else if (IsIn(c, U"'’`‘") && (At(i + 1) == c || At(i + 1) == U'’')) {
    j = i + 2;
  }
  return j > i ? Take(i, j) : i;
}

// -- numbers --------------------------------------------------------------------------------------

/// Where the digits of a number that begins at `i` begin: behind the apostrophe of '90s, the stop
/// of .5, the sign of +44.
std::size_t Chunk::BeginOfDigits(std::size_t i) const {
  const char32_t c = text_[i];
  if (IsCurlyOrStraight(c)) {
    return DigitAt(i + 1) && DigitAt(i + 2) && !DigitAt(i + 3) ? i + 1 : i;
  }
  return (c == U'.' || c == U'+') && DigitAt(i + 1) ? i + 1 : i;
}

/// End of digits joined by two hyphens or more, or as 555-1234, else 0.
std::size_t Chunk::EndOfHyphened(std::size_t i) const {
  const std::size_t end = std::min(end_, i + kLongest);
  std::size_t j = i;
  for (std::size_t parts = 1;; ++parts) {
    std::size_t k = j;
    while (k < end && IsAsciiDigit(text_[k])) ++k;
    if (k == j) return 0;
    if (At(k) == U'-' && DigitAt(k + 1)) {
      j = k + 1;
      continue;
    }
    const bool joined = parts >= 3 || (parts == 2 && k - i == 8 && j - i == 4);
    return joined && !LetterAt(k) ? k : 0;
  }
}

/// Digits with inner stops, commas, colons and slashes.
std::size_t Chunk::EndOfNumber(std::size_t j) const {
  while (j < end_ && (IsAsciiDigit(text_[j]) || (IsIn(text_[j], U".,:/") && DigitAt(j + 1)))) ++j;
  return j;
}

/// 1,000.5  10:30  3/4/2004  555-1234-99  20th  1990s  '90s  .5  +44; units are parted.
std::size_t Chunk::ReadNumber(std::size_t i) {
  if (i != begin_ && IsAlphanumeric(text_[i - 1])) return i;
  std::size_t j = BeginOfDigits(i);
  if (!DigitAt(j)) return i;
  if (const std::size_t hyphened = EndOfHyphened(j); hyphened != 0) return Take(i, hyphened);
  j = EndOfNumber(j);
  std::size_t k = j;
  while (k < end_ && (IsAlphanumeric(text_[k]) || (text_[k] == U'.' && k > j && LetterAt(k + 1)))) {
    ++k;
  }
  if (IsIn(Lowered(text_.Between(j, k)), kUnits)) return Take(i, j);
  j = k;  // 20th, 1990s, 3D
  if (IsCurlyOrStraight(At(j)) && At(j + 1) == U's' && !LetterAt(j + 2)) j += 2;
  return Take(i, j);
}

// -- words ----------------------------------------------------------------------------------------

std::size_t Chunk::EndOfLetters(std::size_t j) const {
  while (j < end_ && IsWordLetter(text_[j])) ++j;
  return j;
}

std::size_t Chunk::EndOfAlphanumerics(std::size_t j) const {
  while (j < end_ && IsAlphanumeric(text_[j])) ++j;
  return j;
}

/// A word from i; splits clitics and contractions, keeps abbreviation stops.
std::size_t Chunk::ReadWord(std::size_t i) {
  const char32_t c = text_[i];
  std::size_t from = i;
  if (IsIn(c, U"'’‘`")) {
    const std::size_t k = EndOfLetters(i + 1);
    if (k == i + 1 || !IsIn(Lowered(text_.Between(i + 1, k)), kApostropheWords)) {
      return ReadApostrophe(i);
    }
    from = i + 1;
  } else if ((c == U'#' || c == U'@') && LetterAt(i + 1) &&
             (i == begin_ || !IsWordLetter(text_[i - 1]))) {
    return ReadTag(i);
  } else if (!IsAlphanumeric(c)) {
    return i;
  }
  std::size_t j = WithStop(i, EndOfWord(i, from));
  j = WithCurrencyOrPossessive(i, j);
  return TakeWithClitics(i, j);
}

/// #CeasefireNow, @desk.
std::size_t Chunk::ReadTag(std::size_t i) {
  std::size_t j = i + 1;
  while (j < end_ && (IsAlphanumeric(text_[j]) || text_[j] == U'_')) ++j;
  return Take(i, j);
}

/// 's standing alone or behind a sign: one token.
std::size_t Chunk::ReadApostrophe(std::size_t i) {
  const std::size_t k = EndOfLetters(i + 1);
  if (i > begin_ && IsIn(Lowered(text_.Between(i + 1, k)), kClitics) &&
      IsIn(text_[i - 1], U")]\"”%.")) {
    return Take(i, k);
  }
  return i;
}

/// End of the word at i, read from j on: letters, digits, and inner signs that do not part.
std::size_t Chunk::EndOfWord(std::size_t i, std::size_t j) const {
  while (j < end_ && (IsAlphanumeric(text_[j]) || GoesOn(i, j))) ++j;
  return j;
}

/// Whether the sign at j stands inside the word that began at i.
bool Chunk::GoesOn(std::size_t i, std::size_t j) const {
  const char32_t c = text_[j];
  const char32_t before = j > i ? text_[j - 1] : U' ';
  const bool letters = IsWordLetter(before) && LetterAt(j + 1);
  if (c == U'_') return j > i && (LetterAt(j + 1) || DigitAt(j + 1));
  if (IsIn(c, kApostrophes)) return letters;
  if (c == U'&') return LetterAt(j + 1) && HasLowerCase(before) && HasLowerCase(At(j + 1));
  if (c == U'.') return j > i && letters && GoesOnAfterStop(i, j);
  if (c == U'-') {
    constexpr std::size_t kLongestPrefix = 8;
    return j > i && (LetterAt(j + 1) || DigitAt(j + 1)) && j - i <= kLongestPrefix &&
           IsIn(Lowered(text_.Between(i, j)), kPrefixes);
  }
  if (c == U'/' && j == i + 1 && IsWordLetter(before) && At(j + 2) == kNone) {
    return LetterAt(j + 1) || SimpleLower(before) == U'w';  // b/c, w/
  }
  return false;
}

/// Whether the stop at j belongs inside: U.S., e.g., example.com, report.doc.
bool Chunk::GoesOnAfterStop(std::size_t i, std::size_t j) const {
  if (j - i > kLongest) return false;
  std::size_t b = j;
  while (b > i && IsAlphanumeric(text_[b - 1])) --b;
  const std::size_t k = EndOfAlphanumerics(j + 1);
  const std::u32string tail = Lowered(text_.Between(j + 1, k));
  if (j - b == 1 && tail.size() == 1) return true;  // U.S
  const auto small = [&] { return std::ranges::none_of(text_.Between(i, k), HasLowerCase); };
  if (b > i && ((j - b == 1 && At(k) == U'.') || small())) return true;
  if (text_.Between(b, j) == U"Ph" && tail == U"d") return true;
  if (IsIn(tail, kDomains) && !IsIn(At(k), kApostrophes)) return true;
  return !HasLowerCase(text_[j + 1]) && At(k) == U'.' && LetterAt(k + 1);
}

/// `j` moved behind the stop of an abbreviation or an initial.
std::size_t Chunk::WithStop(std::size_t i, std::size_t j) const {
  if (At(j) != U'.') return j;
  const std::u32string low = Lowered(text_.Between(i, j));
  if (At(j + 1) == U'.') {
    const bool known = low.find(U'.') != low.npos || IsIn(low, kAbbreviations);
    if (At(j + 2) == U'.' || !known) return j;
  }
  if (low == U"etc") {
    const char32_t next = NextSign(j + 1);
    if (j + 1 < end_) return j + 1;
    if (next == kNone || HasLowerCase(next)) return j;
  }
  return KeepsStop(i, j, low) ? j + 1 : j;
}

bool Chunk::KeepsStop(std::size_t i, std::size_t j, Letters low) const {
  if (low.size() > 1 && low[low.size() - 2] == U'.') return true;  // U.S.  Ph.D.  a.m.
  if (IsIn(low, kAbbreviations)) return true;
  const char32_t next = NextSign(j + 1);
  const bool first = i == begin_ || IsIn(text_[i - 1], U"(\"“'‘[-.");
  if (j - i == 1 && HasLowerCase(text_[i]) && first && text_[i] != U'I' && next != kNone) {
    return true;  // J. Smith
  }
  return IsAsciiDigit(next) && IsIn(low, kBeforeDigit);
}

/// US$, U.S.'s.
std::size_t Chunk::WithCurrencyOrPossessive(std::size_t i, std::size_t j) const {
  if (j - i <= 3 && IsIn(At(j), kCurrencies) &&
      std::ranges::all_of(text_.Between(i, j), HasLowerCase)) {
    return j + 1;
  }
  const bool possessive = text_[j - 1] == U'.' && IsCurlyOrStraight(At(j)) &&
                          SimpleLower(At(j + 1)) == U's' && !LetterAt(j + 2);
  return possessive ? j + 2 : j;
}

/// Where the second and third word of the token [i, j) begin, as far as there are any (else 0).
std::array<std::size_t, 2> Chunk::Cuts(std::size_t i, std::size_t j, Letters low) const {
  const auto known = std::ranges::lower_bound(kContractions, low, {}, &Contraction::word);
  if (known != kContractions.end() && known->word == low) {
    const bool capitals = HasLowerCase(text_[j - 1]) && j - i > 2;
    if (!capitals || !IsIn(low, kNotInCapitals)) {
      return {i + known->second, known->third == 0 ? 0 : i + known->third};
    }
  }
  if (EndsWith(low, U"n't") && low.size() > 3) return {j - 3, 0};
  const std::size_t k = low.rfind(U'\'');
  if (k == low.npos || k == 0 || !IsIn(low.substr(k + 1), kClitics)) return {0, 0};
  const Letters head = low.substr(0, k);
  if (EndsWith(head, U"n't") && head.size() > 3) return {i + k - 3, i + k};
  if (EndsWith(head, U"'d") || EndsWith(head, U"'ll") || EndsWith(head, U"'ve")) {
    return {i + head.rfind(U'\''), i + k};
  }
  return {i + k, 0};
}

/// Writes the word [i, j), parted where it is a contraction.
std::size_t Chunk::TakeWithClitics(std::size_t i, std::size_t j) {
  const std::u32string low = Normalised(text_.Between(i, j));
  std::array<std::size_t, 2> cuts = Cuts(i, j, low);
  if (cuts[0] == 0 && IsCurlyOrStraight(At(j)) && IsPossessive(j, low)) cuts[0] = j++;
  std::size_t from = i;
  bool continues = false;
  for (const std::size_t cut : cuts) {
    if (cut == 0) continue;
    Take(from, cut);
    out_.back().continues = continues;
    continues = true;
    from = cut;
  }
  Take(from, j);
  out_.back().continues = continues;
  return j;
}

/// Whether the apostrophe at j behind a plural is a possessive, not a closing quotation mark.
bool Chunk::IsPossessive(std::size_t j, Letters low) const {
  if (!EndsWith(low, U"s") && !EndsWith(low, U"z") && !EndsWith(low, U"x")) return false;
  if (At(j + 1) != kNone || InsideSingleQuotes(j)) return false;
  const char32_t after = NextSign(j + 1);
  return after != kNone && (IsAlphanumeric(after) || IsIn(after, U"\"“("));
}

/// Whether a single quotation mark opens in the paragraph not far before j.
bool Chunk::InsideSingleQuotes(std::size_t j) const {
  const std::size_t first = j > kLongest ? j - kLongest + 1 : 0;
  for (std::size_t back = 1; back <= j - first; ++back) {
    const std::size_t k = j - back;
    if (!IsIn(text_[k], U"'‘`") || IsSpaceSign(text_[k + 1])) continue;
    const char32_t before = k > 0 ? text_[k - 1] : U' ';
    if (IsSpaceSign(before) || IsIn(before, U"(\"“[—-")) return true;
  }
  return false;
}

}  // namespace

void SplitWords(std::string_view text, Span block, std::vector<Word>& out) {
  const Paragraph paragraph(text, block);
  for (std::size_t i = 0; i < paragraph.size();) {
    if (IsSpaceSign(paragraph[i])) {
      ++i;
      continue;
    }
    std::size_t j = i;
    while (j < paragraph.size() && !IsSpaceSign(paragraph[j])) ++j;
    Chunk(paragraph, i, j, out).Read();
    i = j;
  }
}

std::vector<Span> SplitParagraphs(std::string_view text) {
  std::vector<Span> out;
  const auto space = [&](std::size_t at) { return IsSpaceSign(CodePointAt(text, at).value); };
  std::size_t begin = 0;
  bool empty = true;
  const auto add = [&](std::size_t end) {
    if (!empty) out.push_back(MakeSpan(begin, end));
    empty = true;
  };
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\n') {
      empty = empty && space(i);
      i += CodePointAt(text, i).length;
      continue;
    }
    std::size_t j = i + 1;
    bool blank = false;
    for (; j < text.size() && space(j); j += CodePointAt(text, j).length) {
      blank = blank || text[j] == '\n';
    }
    if (blank) {
      add(i);
      begin = j;
    }
    i = j;
  }
  add(text.size());
  return out;
}

}  // namespace dateline::text
