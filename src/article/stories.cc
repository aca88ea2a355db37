#include "article/stories.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "article/chars.h"
#include "article/date_stamp.h"
#include "article/people.h"
#include "article/printed_date.h"
#include "article/wire_dateline.h"

namespace dateline::article {
namespace {

/// The closing quotes and brackets at the end of a text.
std::string_view DropClosers(std::string_view text) {
  for (;;) {
    text = TrimRight(text);
    if (text.ends_with('"') || text.ends_with('\'') || text.ends_with(')') || text.ends_with(']') ||
        text.ends_with('*')) {
      text.remove_suffix(1);
    } else if (text.ends_with("”") || text.ends_with("’")) {
      text.remove_suffix(3);
    } else if (text.ends_with("»")) {
      text.remove_suffix(2);
    } else {
      return text;
    }
  }
}

/// The character a rule consists of and how often; 0 when the line is no rule.
struct Rule {
  char mark = '\0';
  std::size_t count = 0;
};

Rule RuleOf(std::string_view line) {
  Rule rule;
  for (const char c : line) {
    if (IsSpace(c)) continue;
    if (rule.mark == '\0') rule.mark = c;
    if (c != rule.mark) return {};
    ++rule.count;
  }
  constexpr std::string_view kMarks = "=-_*~#+.";
  if (!kMarks.contains(rule.mark)) return {};
  return rule;
}

bool IsFrontCue(const CueHit& hit) {
  if (hit.cue == nullptr) return false;
  switch (hit.cue->role) {
    case Role::kByline:
    case Role::kPublished:
    case Role::kUpdated:
    case Role::kDateline:
    case Role::kHeadline:
    case Role::kEmbargo:
    case Role::kStoryBreak:
    case Role::kSection:
      return true;
    default:
      return false;
  }
}

/// Whether a story seems to begin at line `i`: a title, and soon a byline, a date or a dateline.
bool StoryStarts(const std::vector<Line>& lines, std::size_t i, const LayoutCues& cues) {
  MachineHeader header;
  if (i >= lines.size()) return false;
  if (ParseMachineHeader(lines[i].text, header)) return true;
  if (IsFrontCue(cues.Find(lines[i].text)) && lines[i].text.size() < 160) return true;
  if (lines[i].text.size() > 200 || lines[i].text.ends_with('.')) return false;
  for (std::size_t j = i; j < std::min(lines.size(), i + 7); ++j) {
    const std::string_view line = lines[j].text;
    if (j > i && IsFrontCue(cues.Find(line)) && line.size() < 120) return true;
    if (WholeDate(line, cues)) return true;
    if (j > i && ParseDateline(line, cues)) return true;
    if (line.size() > 220 || IsOrnament(line)) return false;
  }
  return false;
}

class StorySplitter {
 public:
  StorySplitter(const std::vector<Line>& lines, const LayoutCues& cues)
      : lines_(lines), cues_(cues) {}

  std::vector<LineRange> Split() {
    for (std::size_t i = 0; i < lines_.size(); ++i) Look(i);
    Cut(lines_.size(), lines_.size());
    GlueFragments();
    return std::move(ranges_);
  }

 private:
  void Look(std::size_t i) {
    const std::string_view line = lines_[i].text;
    if (line.size() > 120) return;
    MachineHeader header;
    if (ParseMachineHeader(line, header)) return Cut(i, i);
    if (IsOrnament(line)) return LookAtRule(i);
    const CueHit hit = cues_.FindWhole(line);
    if (hit.cue != nullptr) return LookAtCue(i, hit.cue->role);
    if (IsDocumentNumber(line)) return Cut(i + 1, i + 1);
    RepeatedHeadline(i);
    RepeatedHeader(i);
  }

  /// How often this gap of blank lines came in the story so far, and the usual one.
  void CountGap(std::size_t i) {
    if (lines_[i].blanks > 0 && i > begin_) usual_gap_ = std::min(usual_gap_, lines_[i].blanks);
  }

  /// Whether a title with a byline or a date right under it stands at line `i`.
  struct Header {
    bool byline = false;
    bool date = false;
  };
  [[nodiscard]] Header HeaderAt(std::size_t i) const {
    Header header;
    const std::string_view title = lines_[i].text;
    if (title.size() > 150 || title.ends_with('.') || title.ends_with(':') ||
        WordsOf(title).size() < 3 || !BeginsUpper(title))
      return header;
    for (std::size_t j = i + 1; j < std::min(lines_.size(), i + 4); ++j) {
      const std::string_view line = lines_[j].text;
      if (line.size() > 120) break;
      const CueHit hit = cues_.Find(line);
      if (hit.cue != nullptr && hit.cue->role == Role::kByline && !EndsSentence(line) &&
          !NamesIn(hit.value, cues_).empty())
        header.byline = true;
      const auto date = WholeDate(line, cues_);
      if (date && date->year && j == i + 1 + (header.byline ? 1 : 0)) header.date = true;
    }
    return header;
  }

  /// A new story without anything between: it has a header as the first had.
  void RepeatedHeader(std::size_t i) {
    CountGap(i);
    if (i < begin_ + 3 || lines_[i].blanks == 0 || i + 3 > lines_.size()) return;
    const Header here = HeaderAt(i);
    if (!here.byline && !here.date) return;
    const Header first = HeaderAt(begin_);
    const bool same = here.byline == first.byline && here.date == first.date;
    const bool wide = lines_[i].blanks > usual_gap_;
    if (same && HasProse({begin_, i}) && ((here.byline && here.date) || wide)) Cut(i, i);
  }

  /// "Document TARNGZ0020060810e2890001a": the last line of a Factiva document.
  static bool IsDocumentNumber(std::string_view line) {
    constexpr std::string_view kDocument = "Document ";
    const std::size_t at = line.substr(0, 6 + kDocument.size()).find(kDocument);
    if (at == line.npos) return false;
    const std::string_view id = Trim(line.substr(at + 9));
    return id.size() >= 15 && !id.contains(' ') && std::ranges::any_of(id, IsDigit);
  }

  void LookAtRule(std::size_t i) {
    const Rule rule = RuleOf(lines_[i].text);
    if (rule.count == 0) return;
    const bool underline = lines_[i].blanks == 0 && i == begin_ + 1;
    if (rule.mark == '=' && rule.count >= 5 && !underline) return Cut(i, i + 1);
    if (i > begin_ && (rule.count >= 3) && !underline && StoryStarts(lines_, i + 1, cues_))
      Cut(i, i + 1);
  }

  void LookAtCue(std::size_t i, Role role) {
    if (role == Role::kStoryBreak) {
      const bool closes = lines_[i].text.starts_with("End ") || lines_[i].text.starts_with("END ");
      return closes ? Cut(i + 1, i + 1) : Cut(i, i);
    }
    if (role == Role::kEnd && StoryStarts(lines_, i + 1, cues_) && i + 1 < lines_.size() &&
        lines_[i + 1].blanks > 0)
      Cut(i + 1, i + 1);
  }

  /// A second "HEADLINE:" begins a second story.
  void RepeatedHeadline(std::size_t i) {
    const std::string_view line = lines_[i].text;
    const char c = ToLower(line[0]);
    if (c != 'h' && c != 't') return;
    const CueHit hit = cues_.Find(line);
    if (hit.cue == nullptr || hit.cue->role != Role::kHeadline || hit.value.empty()) return;
    if (headline_label_ == hit.cue) return Cut(i, i);
    if (headline_label_ == nullptr) headline_label_ = hit.cue;
  }

  void Cut(std::size_t end, std::size_t next) {
    if (end > begin_) ranges_.push_back({begin_, end});
    begin_ = next;
    headline_label_ = nullptr;
    usual_gap_ = UINT32_MAX;
    if (next < lines_.size()) {
      const CueHit hit = cues_.Find(lines_[next].text);
      if (hit.cue != nullptr && hit.cue->role == Role::kHeadline) headline_label_ = hit.cue;
    }
  }

  [[nodiscard]] bool HasProse(LineRange range) const {
    std::size_t bytes = 0;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const std::string_view line = lines_[i].text;
      if (line.size() >= 60 || (line.size() >= 30 && EndsSentence(line))) return true;
      bytes += line.size();
    }
    return bytes > 200;
  }

  /// A range without a sentence is no story: it goes to the one after it (a masthead), the last one
  /// to the one before it (a closing line).
  void GlueFragments() {
    std::vector<LineRange> out;
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      const bool last = i + 1 == ranges_.size();
      if (HasProse(ranges_[i]) || (last && out.empty())) {
        out.push_back(ranges_[i]);
      } else if (last) {
        out.back().end = ranges_[i].end;
      } else {
        ranges_[i + 1].begin = ranges_[i].begin;
      }
    }
    ranges_ = std::move(out);
  }

  const std::vector<Line>& lines_;
  const LayoutCues& cues_;
  std::vector<LineRange> ranges_;
  std::size_t begin_ = 0;
  const Cue* headline_label_ = nullptr;
  std::uint32_t usual_gap_ = UINT32_MAX;  ///< the least number of blank lines between paragraphs
};

/// The column at which a story's lines are wrapped; 0 when they are not.
std::size_t WrapColumn(const std::vector<Line>& lines, LineRange range) {
  std::size_t widest = 0;
  for (std::size_t i = range.begin; i < range.end; ++i)
    widest = std::max(widest, lines[i].text.size() + lines[i].indent);
  if (widest > 110 || widest < 36) return 0;
  std::size_t broken = 0;
  std::size_t whole = 0;
  for (std::size_t i = range.begin; i + 1 < range.end; ++i) {
    const Line& next = lines[i + 1];
    if (next.blanks > 0 || lines[i].text.size() * 10 < widest * 6) continue;
    if (IsLowerAscii(next.text[0])) broken += 2;
    if (EndsSentence(lines[i].text)) {
      ++whole;
    } else {
      ++broken;
    }
  }
  return broken >= 3 && broken > whole ? widest : 0;
}

std::uint32_t Margin(const std::vector<Line>& lines, LineRange range) {
  std::uint32_t least = UINT32_MAX;
  for (std::size_t i = range.begin; i < range.end; ++i) least = std::min(least, lines[i].indent);
  return least;
}

constexpr std::size_t kFrontItems = 8;  ///< among which a line may tell when the story went out

class LineJoiner {
 public:
  LineJoiner(const std::vector<Line>& lines, LineRange range, const LayoutCues& cues)
      : lines_(lines),
        range_(range),
        cues_(cues),
        column_(WrapColumn(lines, range)),
        margin_(Margin(lines, range)) {}

  std::vector<Item> Join() {
    for (std::size_t i = range_.begin; i < range_.end; ++i) {
      if (i > range_.begin && Continues(i)) {
        Item& item = items_.back();
        const char* begin = item.text.data();
        const char* end = lines_[i].text.data() + lines_[i].text.size();
        item.text = {begin, static_cast<std::size_t>(end - begin)};
      } else {
        items_.push_back({lines_[i].text, lines_[i].blanks, lines_[i].indent});
      }
    }
    return std::move(items_);
  }

 private:
  [[nodiscard]] bool Continues(std::size_t i) const {
    const Line& line = lines_[i];
    const Line& before = lines_[i - 1];
    if (line.blanks > 0 || IsOrnament(line.text) || IsOrnament(before.text)) return false;
    if (BulletLength(line.text) > 0 || IsSignOff(line.text) || IsAddress(line.text)) return false;
    const bool lower = IsLowerAscii(line.text[0]);
    if (!lower && column_ == 0) return false;
    if (cues_.Find(line.text).cue != nullptr && !(column_ > 0 && lower)) return false;
    if (lower && cues_.Find(line.text).cue != nullptr &&
        cues_.Find(line.text).cue->role == Role::kByline && items_.size() < 4)
      return false;
    if (items_.size() < kFrontItems && ReadDateStamp(line.text, cues_)) return false;
    if (before.text.data() == items_.back().text.data() && Standalone(before.text)) return false;
    if (column_ == 0) return !EndsSentence(before.text);
    return ContinuesWrapped(line, before, lower);
  }

  /// Lines that no other line continues.
  [[nodiscard]] bool Standalone(std::string_view line) const {
    MachineHeader header;
    if (ParseMachineHeader(line, header) || IsTransmission(line)) return true;
    if (WholeDate(line, cues_) || ReadDateStamp(line, cues_)) return true;
    const CueHit hit = cues_.Find(line);
    if (hit.cue == nullptr) return false;
    return hit.cue->match == CueMatch::kLine || hit.cue->role == Role::kByline ||
           hit.cue->role == Role::kCopyright || hit.cue->role == Role::kMasthead;
  }

  [[nodiscard]] bool ContinuesWrapped(const Line& line, const Line& before, bool lower) const {
    const bool bullet = BulletLength(before.text) > 0 || BulletLength(items_.back().text) > 0;
    const bool block = line.indent == before.indent && !EndsSentence(before.text);
    if (line.indent > margin_ && !bullet && !block) return false;
    if (line.indent + 2 < before.indent && before.text.data() != items_.back().text.data())
      return false;
    if (lower) return true;
    const std::size_t space = line.text.find(' ');
    const std::size_t word = std::min(space, line.text.size());
    const std::size_t room = before.text.size() + before.indent + 1 + word;
    const std::size_t slack = EndsSentence(before.text) ? column_ / 8 : column_ / 5;
    return room + slack > column_;
  }

  const std::vector<Line>& lines_;
  LineRange range_;
  const LayoutCues& cues_;
  std::size_t column_;
  std::uint32_t margin_;  ///< the least indent of the story's lines
  std::vector<Item> items_;
};

/// Wires open a field of the header with '^' and close it with '<' or '='.
std::string_view DropWireMarks(std::string_view line) {
  if (line.empty()) return line;
  const bool field = line.front() == '^';
  if (field) line = TrimLeft(line.substr(1));
  if (line.ends_with('<') || (field && line.ends_with('='))) line.remove_suffix(1);
  return TrimRight(line);
}

}  // namespace

std::vector<Line> SplitLines(std::string_view text) {
  std::vector<Line> lines;
  lines.reserve(text.size() / 80 + 8);
  std::uint32_t blanks = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const void* found = std::memchr(text.data() + at, '\n', text.size() - at);
    const std::size_t end =
        found == nullptr ? text.size()
                         : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    const std::string_view raw = text.substr(at, end - at);
    const std::string_view trimmed = DropWireMarks(Trim(raw));
    if (trimmed.empty()) {
      ++blanks;
    } else {
      const auto indent = static_cast<std::uint32_t>(trimmed.data() - raw.data());
      lines.push_back({trimmed, blanks, indent});
      blanks = 0;
    }
    at = end + 1;
  }
  return lines;
}

std::vector<LineRange> SplitStories(const std::vector<Line>& lines, const LayoutCues& cues) {
  return StorySplitter(lines, cues).Split();
}

std::vector<Item> JoinLines(const std::vector<Line>& lines, LineRange range,
                            const LayoutCues& cues) {
  return LineJoiner(lines, range, cues).Join();
}

bool ParseMachineHeader(std::string_view line, MachineHeader& out) {
  if (!line.starts_with("date ") || line.size() < 15 || line.size() > 80) return false;
  const std::string_view date = line.substr(5, 10);
  for (std::size_t i = 0; i < 10; ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? date[i] != '-' : !IsDigit(date[i])) return false;
  }
  if (line.size() > 15 && line[15] != ' ') return false;
  out = {date, Trim(line.substr(15))};
  return true;
}

bool IsOrnament(std::string_view line) {
  if (line.size() > 200) return false;
  return std::ranges::none_of(line, IsWordByte) || RuleOf(line).count > 0;
}

unsigned BulletNumber(std::string_view line) {
  std::size_t at = line.starts_with('(') ? 1 : 0;
  unsigned number = 0;
  std::size_t digits = 0;
  while (at < line.size() && IsDigit(line[at]) && digits < 3) {
    number = number * 10 + static_cast<unsigned>(line[at] - '0');
    ++at;
    ++digits;
  }
  if (digits == 0 || at + 2 > line.size()) return 0;
  const bool closed = line[at] == ')' || (line[at] == '.' && line[0] != '(');
  return closed && line[at + 1] == ' ' ? number : 0;
}

std::size_t BulletLength(std::string_view line) {
  if (line.empty()) return 0;
  const char first = line[0];
  if ((IsAlphaAscii(first) && first != 'o') || first == '"' || first == '\'' || first == '$')
    return 0;
  for (const std::string_view mark :
       {"- ", "* ", "• ", "– ", "— ", "-- ", "· ", "▪ ", "◦ ", "‣ ",
        "● ", "■ ", "○ ", "► ", "▶ ", "➤ ",  "→ ", "+ ", "> ", "•",
        "●",  "▪",  "✓ ", "✔ ", "· ", "□ ",  "◆ ", "» ", "~ ", "o "}) {
    if (line.starts_with(mark)) {
      std::size_t length = mark.size();
      while (length < line.size() && IsSpace(line[length])) ++length;
      return length < line.size() ? length : 0;
    }
  }
  if (BulletNumber(line) == 0) return 0;
  std::size_t length = line.find(' ');
  while (length < line.size() && IsSpace(line[length])) ++length;
  return length;
}

bool EndsSentence(std::string_view text) {
  const std::string_view core = DropClosers(text);
  if (core.empty()) return false;
  const char c = core.back();
  return c == '.' || c == '?' || c == '!' || c == ':' || c == ';' || core.ends_with("…");
}

bool IsSignOff(std::string_view line) {
  if (line.size() < 3 || line.size() > 32 || !line.contains('/')) return false;
  std::size_t run = 0;
  for (const char c : line) {
    if (c == '/' || c == '-') {
      if (run == 0) return false;
      run = 0;
    } else if (IsLowerAscii(c) && run < 6) {
      ++run;
    } else {
      return false;
    }
  }
  return run > 0;
}

bool IsAddress(std::string_view line) {
  return !line.contains(' ') &&
         (line.contains('@') || line.contains("://") || line.starts_with("www."));
}

bool IsTransmission(std::string_view line) {
  if (line.size() > 60 || line.size() < 3) return false;
  std::size_t digits = 0;
  bool lower = false;
  for (const char c : line) {
    digits += IsDigit(c) ? 1U : 0U;
    lower = lower || IsLowerAscii(c);
  }
  const auto words = WordsOf(line);
  for (const std::string_view slug : {"BC-", "AM-", "PM-", "BC: ", "RTRS-", "AP-"}) {
    if (line.starts_with(slug) && words.size() <= 4) return true;
  }
  if (digits < 4) return false;
  std::size_t wordy = 0;
  for (const std::string_view word : words) {
    const auto letters = static_cast<std::size_t>(std::ranges::count_if(word, IsAlphaAscii));
    const bool mixed = std::ranges::any_of(word, IsDigit);
    if (letters >= 4 && !mixed) ++wordy;
    if (word.contains('/') || word.contains(':')) ++wordy;
  }
  return wordy == 0 && words.size() >= 2 && words.size() <= 9;
}

}  // namespace dateline::article
