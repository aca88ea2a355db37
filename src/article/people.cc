#include "article/people.h"

#include <algorithm>
#include <array>

#include "article/chars.h"
#include "article/printed_date.h"
#include "text/unicode.h"

namespace dateline::article {
namespace {

using Views = std::vector<std::string_view>;

std::string_view StripEdges(std::string_view s) {
  constexpr std::string_view kEdges = " \n.,;:*_()[]=<^|\"";
  while (!s.empty() && kEdges.contains(s.front())) s.remove_prefix(1);
  while (!s.empty() && kEdges.contains(s.back())) {
    // "Ann Lee Jr." keeps its full stop
    if (s.back() == '.' && s.size() > 3 && (s.ends_with("Jr.") || s.ends_with("Sr."))) break;
    s.remove_suffix(1);
  }
  return s;
}

/// What stands before the first of these words (with spaces around them).
std::string_view CutBefore(std::string_view s, const LayoutCues& cues) {
  static constexpr std::array kCuts = {
      " in ",    " at ",       " for ", " from ",   " reports",    " reported", " contributed",
      " writes", " | ",        " - ",   " – ",      " — ",         " / ",       " • ",
      " · ",     " (",         " @",    " of The ", " of the ",    " on ",      " also ",
      " via ",   " [",         " -- ",  " of AP",   " of Reuters", " of AFP",   " IN ",
      " is a ",  " provided ", " was "};
  std::size_t cut = s.size();
  for (const std::string_view mark : kCuts) cut = std::min(cut, s.find(mark));
  (void)cues;
  return s.substr(0, cut);
}

void SplitAt(std::string_view s, std::string_view mark, Views& out) {
  for (std::size_t at = 0;;) {
    const std::size_t next = s.find(mark, at);
    out.push_back(s.substr(at, next == std::string_view::npos ? next : next - at));
    if (next == std::string_view::npos) return;
    at = next + mark.size();
  }
}

Views SplitAll(const Views& parts, std::initializer_list<std::string_view> marks) {
  Views now = parts;
  for (const std::string_view mark : marks) {
    Views next;
    for (const std::string_view part : now) SplitAt(part, mark, next);
    now = std::move(next);
  }
  return now;
}

bool IsParticle(std::string_view word, const LayoutCues& cues) {
  return cues.particles.contains(FoldCue(word));
}

bool IsJobWord(std::string_view word, const LayoutCues& cues) {
  return cues.jobs.contains(FoldCue(StripEdges(word)));
}

/// Drops "Associated Press writer" and "photographer" before a name, and lower-case words.
std::string_view DropTitles(std::string_view s, const LayoutCues& cues) {
  const Views words = WordsOf(s);
  std::size_t begin = 0;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string folded = FoldCue(StripEdges(words[i]));
    const bool lower_job = cues.job_heads.contains(folded) && i + 1 < words.size();
    const bool lower = !BeginsUpper(words[i]) && !IsParticle(words[i], cues);
    if (lower_job || lower) begin = i + 1;
  }
  if (begin >= words.size()) return {};
  const std::string_view kept = words[begin];
  return s.substr(static_cast<std::size_t>(kept.data() - s.data()));
}

bool NameWord(std::string_view word, const LayoutCues& cues) {
  if (word.empty() || IsDigit(word[0])) return false;
  if (BeginsUpper(word)) return !word.contains('@') && !word.contains("://");
  return IsParticle(word, cues) || word.starts_with("d'") || word.starts_with("al-") ||
         word.starts_with("el-") || word.starts_with("d’");
}

bool NameShape(std::string_view s, const LayoutCues& cues, std::size_t least) {
  const Views words = WordsOf(s);
  if (words.size() < least || words.size() > 6) return false;
  return std::ranges::all_of(words, [&](std::string_view w) { return NameWord(w, cues); });
}

bool EndsInJob(std::string_view s, const LayoutCues& cues) {
  const Views words = WordsOf(s);
  if (words.empty()) return false;
  const auto fits = [&](std::string_view w) {
    return BeginsUpper(w) || IsParticle(w, cues) || IsJobWord(w, cues) || w == "and" || w == "&";
  };
  if (!std::ranges::all_of(words, fits)) return false;
  return cues.job_heads.contains(FoldCue(StripEdges(words.back())));
}

std::string_view DropBy(std::string_view s) {
  s = Trim(s);
  while (s.size() > 3 && FoldCue(s.substr(0, 3)) == "by ") s = Trim(s.substr(3));
  return s;
}

struct NameList {
  const LayoutCues& cues;
  bool lenient = false;
  std::vector<std::string> names;

  void Add(std::string_view segment) {
    const bool first = names.empty();
    std::string_view s = StripEdges(DropBy(segment));
    s = StripEdges(CutBefore(s, cues));
    if (const std::size_t address = s.find('@'); address != std::string_view::npos)
      s = StripEdges(s.substr(0, std::min(s.rfind(' ', address), s.size())));
    if (s.empty() || s.contains('@') || cues.weekdays.contains(FoldCue(s)) ||
        cues.months.contains(FoldCue(s)))
      return;
    s = StripEdges(DropAgency(s));
    if (!lenient || WordsOf(s).size() > 4) s = StripEdges(DropTitles(s, cues));
    if (s.empty() || EndsInJob(s, cues) || LooksLikeJob(s, cues)) return;
    if (!first &&
        (cues.IsAgency(s) || LooksLikeMasthead(s, cues) || cues.places.contains(FoldCue(s))))
      return;
    if (!NameShape(s, cues, first || lenient ? 1 : 2) && !(lenient && WordsOf(s).size() <= 4))
      return;
    names.push_back(Squeezed(s));
  }

  /// "Associated Press Writer Ann Lee" without the agency.
  [[nodiscard]] std::string_view DropAgency(std::string_view s) const {
    const Views words = WordsOf(s);
    for (std::size_t n = std::min<std::size_t>(words.size(), 4); n-- > 1;) {
      const auto end =
          static_cast<std::size_t>(words[n - 1].data() - s.data()) + words[n - 1].size();
      if (cues.IsAgency(s.substr(0, end)) && n < words.size() && IsJobWord(words[n], cues))
        return s.substr(end);
    }
    return s;
  }

  /// "Roe, Jane": surname first.
  [[nodiscard]] bool Inverted(std::string_view s) const {
    const std::size_t comma = s.find(',');
    if (comma == std::string_view::npos || s.find(',', comma + 1) != std::string_view::npos)
      return false;
    const std::string_view last = Trim(s.substr(0, comma));
    const std::string_view given = Trim(s.substr(comma + 1));
    return WordsOf(last).size() == 1 && WordsOf(given).size() <= 2 && NameShape(last, cues, 1) &&
           NameShape(given, cues, 1) && !LooksLikeJob(given, cues) && !IsJobWord(last, cues) &&
           !s.contains(" and ") && !cues.IsAgency(given) && !LooksLikeMasthead(given, cues) &&
           !cues.places.contains(FoldCue(given));
  }

  void AddPart(std::string_view part) {
    part = StripEdges(DropBy(part));
    if (part.empty()) return;
    if (Inverted(part)) {
      names.push_back(Squeezed(part));
      return;
    }
    if (cues.IsAgency(part)) {
      names.push_back(Squeezed(part));
      return;
    }
    for (const std::string_view s :
         SplitAll({part}, {", and ", " and ", " AND ", " And ", " & ", ",", " with ", "\n"}))
      Add(s);
  }
};

}  // namespace

std::vector<std::string_view> WordsOf(std::string_view text) {
  Views words;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && IsSpace(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && !IsSpace(text[at])) ++at;
    if (at > begin) words.push_back(text.substr(begin, at - begin));
  }
  return words;
}

std::string Squeezed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : Trim(text)) {
    if (!IsSpace(c)) {
      out += c;
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

bool BeginsUpper(std::string_view text) {
  if (text.empty()) return false;
  if (static_cast<unsigned char>(text[0]) < 0x80) return IsUpperAscii(text[0]);
  return text::StartsUpper(text);
}

bool AllCaps(std::string_view text) {
  bool upper = false;
  for (const char c : text) {
    if (IsLowerAscii(c)) return false;
    upper = upper || IsUpperAscii(c);
  }
  return upper;
}

std::vector<std::string> NamesIn(std::string_view line, const LayoutCues& cues,
                                 const NameOptions& options) {
  if (const auto date = FindDate(line, cues)) {
    const auto at = static_cast<std::size_t>(date->text.data() - line.data());
    line = at > 0 ? line.substr(0, at) : line.substr(date->text.size());
  }
  NameList list{.cues = cues, .lenient = options.lenient, .names = {}};
  Views parts;
  SplitAt(line, ";", parts);
  for (const std::string_view part : parts) list.AddPart(part);
  return std::move(list.names);
}

bool LooksLikeName(std::string_view line, const LayoutCues& cues) {
  if (line.size() > 60 || !BeginsUpper(line)) return false;
  const Views words = WordsOf(line);
  if (words.size() < 2 || words.size() > 5) return false;
  for (const std::string_view word : words) {
    if (!NameWord(word, cues) || IsJobWord(word, cues)) return false;
    for (const char c : word) {
      if (IsDigit(c) || c == ':' || c == '?' || c == '!' || c == '"') return false;
    }
  }
  return !cues.mastheads.contains(FoldCue(words.back())) && !IsParticle(words.back(), cues) &&
         !cues.IsAgency(line) && !cues.sections.contains(FoldCue(line));
}

bool LooksLikeJob(std::string_view line, const LayoutCues& cues) {
  line = StripEdges(line);
  if (line.empty() || line.size() > 70) return false;
  if (WordsOf(line).size() > 8) return false;
  line = line.substr(0, line.find(','));
  const Views words = WordsOf(StripEdges(CutBefore(line, cues)));
  if (words.empty()) return false;
  return cues.job_heads.contains(FoldCue(StripEdges(words.back()))) ||
         std::ranges::all_of(words, [&](std::string_view w) { return IsJobWord(w, cues); });
}

bool LooksLikeMasthead(std::string_view line, const LayoutCues& cues) {
  if (line.size() > 70) return false;
  const bool domain = !line.contains(' ') && line.contains('.');
  if (!BeginsUpper(line) && !domain) return false;
  std::string_view core = line;
  if (const std::size_t bracket = core.find(" ("); bracket != std::string_view::npos) {
    if (!line.ends_with(')')) return false;
    core = core.substr(0, bracket);
  }
  if (const std::size_t comma = core.find(','); comma != std::string_view::npos)
    core = core.substr(0, comma);
  const Views words = WordsOf(core);
  if (words.empty() || words.size() > 6) return false;
  const std::string last = FoldCue(StripEdges(words.back()));
  if (words.size() == 1 && (last.ends_with(".com") || last.ends_with(".org") ||
                            last.ends_with(".net") || last.ends_with(".news")))
    return true;
  const auto capital = [&](std::string_view w) {
    return BeginsUpper(w) || IsParticle(w, cues) || w == "&" || w == "and" || w == "the";
  };
  if (!std::ranges::all_of(words, capital) || words.size() < 2) return false;
  if (cues.mastheads.contains(last)) return true;
  return words[0] == "The" && std::ranges::any_of(words, [&](std::string_view w) {
           return cues.mastheads.contains(FoldCue(w));
         });
}

}  // namespace dateline::article
