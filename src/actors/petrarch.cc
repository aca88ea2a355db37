// A dictionary is read line by line. A line is a comment, a macro ("!PERSON! = MAN, WOMAN"), codes
// of the entry above ("  [KYLGOV >920418]"), a synonym of it ("+OSMAN_"), or it opens an entry.
// What stands in brackets are codes, each with at most one restriction by date beside it; TABARI
// puts several into one pair of brackets and dates into parentheses, PETRARCH one into each.
#include "actors/petrarch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <set>
#include <tuple>
#include <utility>

#include "base/ascii.h"
#include "dateline/date.h"
#include "tables/tables.h"
#include "text/charsets.h"
#include "text/line_reader.h"
#include "text/nfc.h"

namespace dateline::actors {
namespace {

using base::IsDigit;
using base::IsLetter;

constexpr std::string_view kBlanks = " \t";
constexpr std::size_t kMostExpansions = 1000;
constexpr std::size_t kMostWords = 32;  // what a phrase of a table may have
constexpr int kPivot = 30;              // 00 to 30 are 2000 to 2030, as PETRARCH reads them
constexpr std::string_view kNobody = "---";

std::string_view Trim(std::string_view text) { return base::Trim(text, kBlanks); }

/// Cuts off what stands behind ';', or behind '#' at the beginning or after a blank.
std::string_view WithoutComment(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool hash =
        line[i] == '#' && (i == 0 || kBlanks.contains(line[i - 1])) && line.substr(i, 3) != "###";
    if (line[i] == ';' || hash) return line.substr(0, i);
  }
  return line;
}

/// "FARID_OSMAN_" to "FARID OSMAN".
std::string PlainName(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '_' && !kBlanks.contains(c)) {
      plain += c;
    } else if (!plain.empty() && plain.back() != ' ') {
      plain += ' ';
    }
  }
  while (!plain.empty() && plain.back() == ' ') plain.pop_back();
  return plain;
}

// ---- dates

/// "920418" or "19920418".
Result<Date> ParseDay(std::string_view digits) {
  const bool all = std::ranges::all_of(digits, IsDigit);
  if (!all || (digits.size() != 6 && digits.size() != 8)) {
    return Fail(
        ErrorCode::kMalformed,
        fmt::format("date '{}' has {} characters; want YYMMDD or YYYYMMDD", digits, digits.size()));
  }
  unsigned number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  int year = static_cast<int>(number / 10000);
  if (digits.size() == 6) year += year <= kPivot ? 2000 : 1900;
  const auto date = MakeDate(year, number / 100 % 100, number % 100);
  if (date) return *date;
  return Fail(ErrorCode::kMalformed, fmt::format("there is no day '{}'", digits));
}

/// The day before or after one, as tables write it.
Result<std::string> Neighbour(const Date& date, int days) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days{date.ymd} + std::chrono::days{days}};
  const auto neighbour =
      MakeDate(static_cast<int>(ymd.year()), unsigned{ymd.month()}, unsigned{ymd.day()});
  if (neighbour) return FormatDate(*neighbour);
  return Fail(ErrorCode::kMalformed, fmt::format("no day can be written {} {}",
                                                 days < 0 ? "before" : "after", FormatDate(date)));
}

/// "<920418", ">920418" or "920418-991231" as the days of a code.
Result<void> ParseTerm(std::string_view term, DatedCode& code) {
  const char sign = term.front();
  if (sign == '<' || sign == '>') {
    DATELINE_TRY(const Date day, ParseDay(term.substr(1)));
    DATELINE_TRY((sign == '<' ? code.to : code.from), Neighbour(day, sign == '<' ? -1 : 1));
    return {};
  }
  const std::size_t dash = term.find('-');
  if (dash == term.npos) {
    return Fail(ErrorCode::kMalformed,
                fmt::format("date '{0}' tells no direction; write <{0}, >{0} or a range", term));
  }
  DATELINE_TRY(const Date from, ParseDay(term.substr(0, dash)));
  DATELINE_TRY(const Date to, ParseDay(term.substr(dash + 1)));
  if (to < from) {
    return Fail(ErrorCode::kMalformed, fmt::format("range '{}' ends before it begins", term));
  }
  code.from = FormatDate(from);
  code.to = FormatDate(to);
  return {};
}

// ---- codes

/// The pieces between blanks and parentheses; a sign stays with the date behind it.
std::vector<std::string> PiecesOf(std::string_view inside) {
  std::vector<std::string> pieces;
  bool glue = false;  // to the piece before
  std::string piece;
  const auto end = [&] {
    if (piece.empty()) return;
    if (glue && !pieces.empty()) {
      pieces.back() += piece;
    } else {
      pieces.push_back(piece);
    }
    const char last = pieces.back().back();
    glue = last == '<' || last == '>' || (last == '-' && IsDigit(pieces.back().front()));
    piece.clear();
  };
  for (const char c : inside) {
    if (kBlanks.contains(c) || c == '(' || c == ')') {
      end();
    } else {
      if (c == '<' || c == '>') end();
      piece += c;
    }
  }
  end();
  return pieces;
}

bool IsTerm(std::string_view piece) {
  return piece.front() == '<' || piece.front() == '>' || IsDigit(piece.front());
}

bool IsNobody(std::string_view code) {
  return code.size() >= 3 && code.find_first_not_of("-#*~") == code.npos;
}

/// A code as we write it; agents lose their '~'.
Result<std::string> ParseCode(std::string_view piece) {
  if (IsNobody(piece)) return std::string(kNobody);
  std::string_view code = piece;
  if (code.starts_with('~')) code.remove_prefix(1);
  if (code.ends_with('~')) code.remove_suffix(1);
  if (code.starts_with(kNobody)) code.remove_prefix(kNobody.size());
  if (code.find('/') != code.npos) {
    return Fail(ErrorCode::kUnsupported,
                fmt::format("'{}' is several codes in one; give the name to one of them", piece));
  }
  if (code.empty() || code.size() % 3 != 0 ||
      !std::ranges::all_of(code, [](char c) { return IsLetter(c) || IsDigit(c); })) {
    return Fail(ErrorCode::kMalformed,
                fmt::format("code '{}' is not made of groups of three letters", piece));
  }
  return std::string(code);
}

// ---- files

class Reader {
 public:
  Reader(std::string_view text, std::string file, DictionaryKind kind) : lines_(text) {
    out_.kind = kind;
    out_.file = std::move(file);
  }

  DictionaryFile Read() && {
    while (const auto line = lines_.Next()) ReadLine(*line);
    Close();
    return std::move(out_);
  }

 private:
  void Complain(std::string message, ErrorCode code = ErrorCode::kMalformed) {
    out_.problems.push_back(
        {code, std::move(message), fmt::format("{}:{}", out_.file, lines_.number())});
  }

  void ReadLine(std::string_view raw) {
    if (const auto fault = text::FaultOfLine(raw); !fault.empty())
      return Complain(std::string(fault));
    const std::string line = text::ToNfc(WithoutXmlComment(raw));
    const std::string_view body = WithoutComment(line);
    const std::string_view trimmed = Trim(body);
    if (trimmed.empty()) return;
    if (out_.kind == DictionaryKind::kDiscards) return ReadDiscard(trimmed);
    if (trimmed.front() == '[') return ReadMoreCodes(trimmed);
    if (trimmed.front() == '+') return ReadSynonym(Trim(trimmed.substr(1)));
    if (trimmed.front() == '!' && trimmed.find('=') != trimmed.npos) return ReadMacro(trimmed);
    OpenEntry(trimmed);
  }

  /// Without "<!-- ... -->", which may go over several lines.
  std::string WithoutXmlComment(std::string_view line) {
    std::string kept;
    while (!line.empty()) {
      const std::string_view mark = in_comment_ ? "-->" : "<!--";
      const std::size_t at = line.find(mark);
      if (!in_comment_) kept += line.substr(0, at);
      if (at == line.npos) break;
      in_comment_ = !in_comment_;
      line.remove_prefix(at + mark.size());
    }
    return kept;
  }

  // ---- names

  /// Every name that the text stands for, macros written out. Empty: a problem was noted.
  std::vector<std::string> NamesOf(std::string_view text) {
    std::vector<std::string> names{""};
    while (!text.empty()) {
      const std::size_t mark = std::min(text.find('!'), text.size());
      for (std::string& name : names) name += text.substr(0, mark);
      text.remove_prefix(mark);
      if (text.empty()) break;
      const std::size_t end = text.find('!', 1);
      const auto macro = end == text.npos ? macros_.end() : macros_.find(text.substr(0, end + 1));
      if (macro == macros_.end()) {
        Complain(fmt::format("'{}' is no macro defined above", text.substr(0, end)));
        return {};
      }
      if (names.size() * macro->second.size() > kMostExpansions) {
        Complain(fmt::format("stands for more than {} names", kMostExpansions));
        return {};
      }
      names = Crossed(names, macro->second);
      text.remove_prefix(end + 1);
    }
    std::vector<std::string> plain;
    for (const std::string& name : names) {
      std::string one = PlainName(name);
      if (!MayName(one)) return {};
      plain.push_back(std::move(one));
    }
    return plain;
  }

  static std::vector<std::string> Crossed(const std::vector<std::string>& names,
                                          const std::vector<std::string>& endings) {
    std::vector<std::string> all;
    for (const std::string& name : names) {
      for (const std::string& ending : endings) all.push_back(name + ending);
    }
    return all;
  }

  /// Whether a table can hold the name.
  static bool IsName(std::string_view name, std::size_t words) {
    return words > 0 && words <= kMostWords && name.front() != '#' &&
           name.find_first_of("|[]{}") == name.npos;
  }

  bool MayName(std::string_view name) {
    const std::size_t words = tables::FoldPhrase(name).size();
    if (IsName(name, words)) return true;
    if (words > kMostWords) {
      Complain(fmt::format("a name has {} words; at most {} are matched", words, kMostWords));
    } else {
      Complain(name.empty() ? "has no name" : fmt::format("'{}' is no name", name));
    }
    return false;
  }

  void ReadMacro(std::string_view text) {
    Close();
    const std::size_t equals = text.find('=');
    const std::string_view name = Trim(text.substr(0, equals));
    if (name.size() < 3 || name.find('!', 1) != name.size() - 1)
      return Complain(fmt::format("'{}' is no name of a macro; write !NAME! = A, B", name));
    std::vector<std::string> values;
    for (std::string_view rest = text.substr(equals + 1); !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view value = Trim(rest.substr(0, comma));
      if (!value.empty()) values.emplace_back(value);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    if (values.empty()) return Complain(fmt::format("macro {} stands for nothing", name));
    macros_.insert_or_assign(std::string(name), std::move(values));
  }

  // ---- entries

  /// "NAME {PLURALS} [CODES] [CODES]": the parts of a line.
  struct Parts {
    std::string_view name;
    std::optional<std::string_view> plurals{};
    std::string_view codes;
  };
  static Parts Split(std::string_view line) {
    Parts parts{.name = Trim(line.substr(0, line.find_first_of("[{"))), .codes = {}};
    const std::size_t bracket = line.find('[');
    if (bracket != line.npos) parts.codes = line.substr(bracket);
    const std::size_t open = line.substr(0, bracket).find('{');
    if (open == line.npos) return parts;
    const std::size_t close = line.find('}', open);
    if (close != line.npos) parts.plurals = line.substr(open + 1, close - open - 1);
    return parts;
  }

  void OpenEntry(std::string_view line) {
    Close();
    const Parts parts = Split(line);
    entry_ = DictionaryEntry{
        .names = NamesOf(parts.name), .plurals = {}, .codes = {}, .line = lines_.number()};
    broken_ = entry_->names.empty();
    problems_before_ = out_.problems.size();
    AddPlurals(parts);
    ReadCodes(parts.codes);
  }

  void ReadSynonym(std::string_view line) {
    if (!entry_) return Complain("a synonym before any entry");
    const Parts parts = Split(line);
    for (std::string& name : NamesOf(parts.name)) entry_->names.push_back(std::move(name));
    AddPlurals(parts);
    ReadCodes(parts.codes);
  }

  void ReadMoreCodes(std::string_view line) {
    if (!entry_) return Complain("codes before any entry");
    ReadCodes(line);
  }

  /// Those told; for an agent without, the regular one. "{}" tells that there is none.
  void AddPlurals(const Parts& parts) {
    if (out_.kind != DictionaryKind::kAgents) return;
    if (parts.plurals) {
      for (std::string_view rest = *parts.plurals; !rest.empty();) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        if (std::string name = PlainName(rest.substr(0, comma)); !name.empty() && MayName(name))
          entry_->plurals.push_back(std::move(name));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
      }
    } else if (parts.name.find('!') == parts.name.npos) {  // macros list their own plurals
      std::string name = PlainName(parts.name);
      if (name.empty() || !IsLetter(name.back())) return;
      name = Plural(std::move(name));
      if (IsName(name, tables::FoldPhrase(name).size())) entry_->plurals.push_back(std::move(name));
    }
  }

  static std::string Plural(std::string name) {
    const char last = name.back();
    if (last == 'S' || last == 's') return name;
    const bool small = last >= 'a';
    if (last == 'Y' || last == 'y') {
      name.pop_back();
      return name + (small ? "ies" : "IES");
    }
    return name + (small ? "s" : "S");
  }

  void ReadCodes(std::string_view codes) {
    while (!codes.empty()) {
      const std::size_t close = codes.find(']');
      if (codes.front() != '[' || close == codes.npos) {
        return Complain(fmt::format("'{}': want [CODE] or [CODE date]", codes));
      }
      const auto pieces = PiecesOf(codes.substr(1, close - 1));
      if (pieces.empty()) Complain("empty brackets");
      ReadBrackets(pieces);
      codes = Trim(codes.substr(close + 1));
    }
  }

  /// A restriction belongs to the code before it, or, at the beginning, to the one behind it.
  void ReadBrackets(const std::vector<std::string>& pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const bool leads = IsTerm(pieces[i]);
      if (leads && i + 1 >= pieces.size())
        return Complain(fmt::format("'{}' restricts no code", pieces[i]));
      const std::string& code = leads ? pieces[i + 1] : pieces[i];
      const bool follows = !leads && i + 1 < pieces.size() && IsTerm(pieces[i + 1]);
      AddCode(code, leads ? pieces[i] : follows ? pieces[i + 1] : "");
      if (leads || follows) ++i;
    }
  }

  void AddCode(std::string_view piece, std::string_view term) {
    auto code = ParseCode(piece);
    if (!code) return Complain(code.error().message, code.error().code);
    DatedCode dated{.code = *std::move(code), .from = {}, .to = {}};
    if (!term.empty()) {
      if (const auto parsed = ParseTerm(term, dated); !parsed)
        return Complain(parsed.error().message);
    }
    entry_->codes.push_back(std::move(dated));
  }

  void ReadDiscard(std::string_view line) {
    const bool story = line.starts_with('+');
    if (story) line.remove_prefix(1);
    auto names = NamesOf(Trim(line.substr(0, line.find('['))));
    if (names.empty()) return;
    out_.entries.push_back({.names = std::move(names),
                            .plurals = {},
                            .codes = {},
                            .story = story,
                            .line = lines_.number()});
  }

  /// Keeps the entry under way if it is whole.
  void Close() {
    if (!entry_) return;
    if (!broken_ && entry_->codes.empty() && out_.problems.size() > problems_before_) {
      entry_.reset();  // why it has none is told
      return;
    }
    if (!broken_ && entry_->codes.empty()) {
      out_.problems.push_back({ErrorCode::kMalformed,
                               fmt::format("'{}' has no code that can be read", entry_->names[0]),
                               fmt::format("{}:{}", out_.file, entry_->line)});
    } else if (!broken_) {
      out_.entries.push_back(*std::move(entry_));
    }
    entry_.reset();
  }

  text::LineReader lines_;
  DictionaryFile out_;
  bool in_comment_ = false;
  bool broken_ = false;              ///< the entry under way has no name
  std::size_t problems_before_ = 0;  ///< when the entry under way began
  std::optional<DictionaryEntry> entry_;
  std::map<std::string, std::vector<std::string>, std::less<>> macros_;
};

// ---- tables

std::string Joined(const std::vector<std::string>& values, std::size_t first) {
  std::vector<std::string> once;
  for (std::size_t i = first; i < values.size(); ++i) {
    if (std::ranges::find(once, values[i]) == once.end()) once.push_back(values[i]);
  }
  return fmt::format("{}", fmt::join(once, "|"));
}

using Rows = std::map<std::vector<std::string>, std::string>;  // key cells to the whole row

class OverlayMaker {
 public:
  explicit OverlayMaker(std::vector<Error>& problems) : problems_(problems) {}

  void Add(const DictionaryFile& file) {
    for (const DictionaryEntry& entry : file.entries) {
      const std::string_view path = file.file;
      source_ = fmt::format("{}:{}", Cell(path.substr(path.rfind('/') + 1)), entry.line);
      if (file.kind == DictionaryKind::kActors) AddActor(entry);
      if (file.kind == DictionaryKind::kAgents) AddAgent(entry);
      if (file.kind == DictionaryKind::kDiscards) AddDiscard(entry);
    }
  }

  [[nodiscard]] std::map<std::string, std::string> Texts() const {
    std::map<std::string, std::string> texts;
    Put(texts, "actors/dictionary.tsv", "name\tvariants\tactor\tfrom\tto\tsource", actors_);
    Put(texts, "actors/roles.tsv", "role\tplural\tkind\tactor\tsector\tsource", agents_);
    Put(texts, "actors/discards.tsv", "phrase\tscope\tsource", discards_);
    return texts;
  }

 private:
  static void Put(std::map<std::string, std::string>& texts, const char* path,
                  std::string_view header, const Rows& rows) {
    if (rows.empty()) return;
    std::string text =
        fmt::format("# Imported from dictionaries: see the last column.\n{}\n", header);
    for (const auto& [key, row] : rows) text += row + "\n";
    texts.emplace(path, std::move(text));
  }

  /// A path may hold anything; a cell may not.
  static std::string Cell(std::string_view text) {
    std::string cell(text);
    std::ranges::replace_if(cell, [](char c) { return c >= 0 && c < ' '; }, '?');
    return text::IsValidUtf8(cell) ? std::string(Trim(text::ToNfc(cell))) : "dictionary";
  }

  void AddRow(Rows& rows, std::vector<std::string> key, std::string row, std::string_view what) {
    const auto [known, added] = rows.emplace(std::move(key), std::move(row));
    if (added) return;
    problems_.push_back({ErrorCode::kMalformed,
                         fmt::format("'{}' {} stands before in {}; that one stays", known->first[0],
                                     what, known->second.substr(known->second.rfind('\t') + 1)),
                         source_});
  }

  void AddActor(const DictionaryEntry& entry) {
    const std::string variants = Joined(entry.names, 1);
    for (const DatedCode& code : entry.codes) {
      AddRow(actors_, {entry.names[0], code.code, code.from},
             fmt::format("{}\t{}\t{}\t{}\t{}\t{}", entry.names[0], variants, code.code, code.from,
                         code.to, source_),
             "with that code");
    }
  }

  /// A role with a plural may stand before a name; one without is a group.
  void AddAgent(const DictionaryEntry& entry) {
    std::vector<std::string> names(entry.names.begin() + 1, entry.names.end());
    names.insert(names.end(), entry.plurals.begin(), entry.plurals.end());
    const std::string& code = entry.codes.front().code;
    const char* kind = entry.plurals.empty() && entry.names.size() == 1 ? "group" : "noun";
    AddRow(agents_, {entry.names[0], kind},
           fmt::format("{}\t{}\t{}\t{}\t\t{}", entry.names[0], Joined(names, 0), kind,
                       code == kNobody ? "" : code, source_),
           "");
  }

  void AddDiscard(const DictionaryEntry& entry) {
    for (const std::string& name : entry.names) {
      AddRow(discards_, {name},
             fmt::format("{}\t{}\t{}", name, entry.story ? "story" : "sentence", source_), "");
    }
  }

  std::vector<Error>& problems_;
  std::string source_;
  Rows actors_;
  Rows agents_;
  Rows discards_;
};

}  // namespace

DictionaryKind GuessKind(std::string_view text, std::string_view file) {
  std::string name(file.substr(file.rfind('/') == file.npos ? 0 : file.rfind('/') + 1));
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  if (name.find("agent") != name.npos) return DictionaryKind::kAgents;
  if (name.find("discard") != name.npos) return DictionaryKind::kDiscards;
  if (name.find("actor") != name.npos) return DictionaryKind::kActors;
  const std::size_t bracket = text.find('[');
  if (bracket == text.npos) return DictionaryKind::kDiscards;
  const std::string_view code = text.substr(bracket, text.find(']', bracket) - bracket);
  return code.find('~') != code.npos ? DictionaryKind::kAgents : DictionaryKind::kActors;
}

DictionaryFile ReadDictionary(std::string_view text, std::string file, DictionaryKind kind) {
  return Reader(text, std::move(file), kind).Read();
}

std::map<std::string, std::string> MakeOverlay(std::span<const DictionaryFile> files,
                                               std::vector<Error>& problems) {
  OverlayMaker maker(problems);
  for (const DictionaryFile& file : files) maker.Add(file);
  return maker.Texts();
}

}  // namespace dateline::actors
