#include "article/cues.h"

#include <algorithm>
#include <array>
#include <utility>

#include "article/chars.h"

namespace dateline::article {
namespace {

constexpr std::size_t kLongestCue = 72;

struct RoleName {
  std::string_view name;
  Role role;
};
constexpr std::array kRoles = {
    RoleName{"headline", Role::kHeadline},
    RoleName{"description", Role::kDescription},
    RoleName{"byline", Role::kByline},
    RoleName{"reporting", Role::kReporting},
    RoleName{"writing", Role::kWriting},
    RoleName{"contributor", Role::kContributor},
    RoleName{"editor", Role::kEditor},
    RoleName{"credit", Role::kCredit},
    RoleName{"published", Role::kPublished},
    RoleName{"updated", Role::kUpdated},
    RoleName{"section", Role::kSection},
    RoleName{"keywords", Role::kKeywords},
    RoleName{"publisher", Role::kPublisher},
    RoleName{"source", Role::kSource},
    RoleName{"agencycredit", Role::kAgencyCredit},
    RoleName{"dateline", Role::kDateline},
    RoleName{"body", Role::kBody},
    RoleName{"embargo", Role::kEmbargo},
    RoleName{"correction", Role::kCorrection},
    RoleName{"editorsnote", Role::kEditorsNote},
    RoleName{"notestoend", Role::kNotesToEnd},
    RoleName{"note", Role::kNote},
    RoleName{"notesline", Role::kNotesLine},
    RoleName{"advice", Role::kAdvice},
    RoleName{"related", Role::kRelated},
    RoleName{"relatedhead", Role::kRelatedHead},
    RoleName{"caption", Role::kCaption},
    RoleName{"photocredit", Role::kPhotoCredit},
    RoleName{"question", Role::kQuestion},
    RoleName{"answer", Role::kAnswer},
    RoleName{"contact", Role::kContact},
    RoleName{"end", Role::kEnd},
    RoleName{"storybreak", Role::kStoryBreak},
    RoleName{"storybreakafter", Role::kStoryBreakAfter},
    RoleName{"database", Role::kDatabase},
    RoleName{"url", Role::kUrl},
    RoleName{"boilerplate", Role::kBoilerplate},
    RoleName{"jobline", Role::kJobLine},
    RoleName{"readingtime", Role::kReadingTime},
    RoleName{"copyright", Role::kCopyright},
    RoleName{"stage", Role::kStage},
    RoleName{"edition", Role::kEdition},
    RoleName{"masthead", Role::kMasthead},
};

Result<Role> ParseRole(std::string_view name) {
  for (const RoleName& entry : kRoles) {
    if (entry.name == name) return entry.role;
  }
  return Fail(ErrorCode::kMalformed, "unknown role '" + std::string(name) + "'", "article/cues");
}

/// Whether U+2019 stands at `i`.
bool IsCurlyApostrophe(std::string_view text, std::size_t i) {
  return text[i] == '\xE2' && text.substr(i).starts_with("\u2019");
}

/// The beginning of a line in the form cues are written in: folded, digits as one '#', spaces as
/// one. `at` tells where in the line each folded byte ends.
struct FoldedStart {
  std::array<char, kLongestCue> bytes;  // not cleared: filled up to `size`
  std::array<std::uint16_t, kLongestCue> ends;
  std::size_t size = 0;

  [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};

FoldedStart FoldStart(std::string_view line, std::size_t limit) {
  FoldedStart out;
  std::size_t i = 0;
  while (i < line.size() && out.size < limit) {
    char c = line[i];
    std::size_t step = 1;
    if (IsDigit(c)) {
      while (i + step < line.size() &&
             (IsDigit(line[i + step]) ||
              (line[i + step] == ',' && i + step + 1 < line.size() && IsDigit(line[i + step + 1]))))
        ++step;
      c = '#';
    } else if (IsSpace(c)) {
      while (i + step < line.size() && IsSpace(line[i + step])) ++step;
      c = ' ';
    } else if (IsCurlyApostrophe(line, i)) {
      step = 3;
      c = '\'';
    } else {
      c = ToLower(c);
    }
    i += step;
    out.bytes[out.size] = c;
    out.ends[out.size] = static_cast<std::uint16_t>(i);
    ++out.size;
  }
  return out;
}

/// The first word of a line, folded; empty when it is longer than any cue's.
struct FirstWordBuffer {
  static constexpr std::size_t kLongest = 24;
  std::array<char, kLongest> bytes{};
  std::size_t size = 0;
  [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};

FirstWordBuffer FoldFirstWord(std::string_view line) {
  FirstWordBuffer out;
  const bool word = IsWordByte(line[0]);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (IsWordByte(c) != word || IsSpace(c)) break;
    if (out.size == FirstWordBuffer::kLongest) return {};
    if (!word && IsCurlyApostrophe(line, i)) {
      out.bytes[out.size++] = '\'';
      i += 2;
    } else if (IsDigit(c)) {
      if (out.size == 0 || out.bytes[out.size - 1] != '#') out.bytes[out.size++] = '#';
      // "1,040" is one number
      if (i + 2 < line.size() && line[i + 1] == ',' && IsDigit(line[i + 2])) ++i;
    } else {
      out.bytes[out.size++] = ToLower(c);
    }
  }
  return out;
}

/// The folded byte behind the first word and what parts it from the next; as entries keep it.
char SecondWordByte(std::string_view line, std::size_t folded_first) {
  const FoldedStart start = FoldStart(line, folded_first + 2);
  return start.size > folded_first + 1 ? start.bytes[folded_first + 1] : '\0';
}

std::string_view FirstWord(std::string_view folded) {
  if (folded.empty()) return {};
  std::size_t end = 0;
  if (!IsWordByte(folded[0])) {
    while (end < folded.size() && !IsWordByte(folded[end]) && folded[end] != ' ') ++end;
    return folded.substr(0, end);
  }
  while (end < folded.size() && IsWordByte(folded[end])) ++end;
  return folded.substr(0, end);
}

/// Whether what follows a phrase lets it be the whole line: only closing punctuation.
bool OnlyClosers(std::string_view rest) {
  rest = Trim(rest);
  while (!rest.empty()) {
    if (rest[0] == '.' || rest[0] == ':' || rest[0] == '!' || rest[0] == '*' || rest[0] == '>') {
      rest.remove_prefix(1);
    } else if (rest.starts_with("…") || rest.starts_with("»") || rest.starts_with("›") ||
               rest.starts_with("→")) {
      rest.remove_prefix(rest.starts_with("»") ? 2 : 3);
    } else {
      return false;
    }
    rest = Trim(rest);
  }
  return true;
}

/// The value behind a label's mark; absent when no mark follows.
std::optional<std::string_view> BehindMark(std::string_view rest, bool comma) {
  std::string_view r = TrimLeft(rest);
  if (comma && r.starts_with(',')) return Trim(r.substr(1));
  if (r.empty() || IsAlphaAscii(r[0]) || IsDigit(r[0])) return std::nullopt;
  const bool spaced = r.size() < rest.size();
  for (const std::string_view mark : {":", "|", "：", "»", "›", "→", ">"}) {
    if (r.starts_with(mark)) return Trim(r.substr(mark.size()));
  }
  for (const std::string_view mark : {"-", "–", "—", "--"}) {
    if (spaced && r.starts_with(mark) && r.size() > mark.size() && r[mark.size()] == ' ')
      return Trim(r.substr(mark.size()));
  }
  return std::nullopt;
}

std::optional<CueHit> Try(const Cue& cue, std::string_view line, const FoldedStart& folded) {
  const std::size_t n = cue.phrase.size();
  if (!folded.view().starts_with(cue.phrase)) return std::nullopt;
  if (folded.size > n && IsWordByte(cue.phrase.back()) && IsWordByte(folded.bytes[n]))
    return std::nullopt;
  const std::size_t end = folded.ends[n - 1];
  const std::string_view label = line.substr(0, end);
  const std::string_view rest = line.substr(end);
  switch (cue.match) {
    case CueMatch::kLine:
      if (!OnlyClosers(rest)) return std::nullopt;
      return CueHit{&cue, line, {}};
    case CueMatch::kLabel:
      if (const auto value = BehindMark(rest, cue.phrase.starts_with("image ")))
        return CueHit{&cue, label, *value};
      return std::nullopt;
    case CueMatch::kStart: {
      std::string_view value = TrimLeft(rest);
      while (!value.empty() && (value[0] == ':' || value[0] == '|' || value[0] == '-'))
        value = TrimLeft(value.substr(1));
      return CueHit{&cue, label, value};
    }
  }
  return std::nullopt;
}

Result<void> LoadSet(const tables::Tables& tables, std::string_view table, std::string_view column,
                     WordSet& out) {
  DATELINE_TRY(const tables::Table* rows, tables.Get(table));
  DATELINE_TRY(const auto name, rows->GetColumn(column));
  for (std::uint32_t row = 0; row < rows->row_count(); ++row)
    out.insert(FoldCue(rows->Cell(row, name)));
  return {};
}

Result<void> LoadAgencies(const tables::Tables& tables, WordSet& out) {
  DATELINE_TRY(const tables::Table* rows, tables.Get("article/agencies"));
  DATELINE_TRY(const auto name, rows->GetColumn("name"));
  DATELINE_TRY(const auto names, rows->GetColumn("names"));
  for (std::uint32_t row = 0; row < rows->row_count(); ++row) {
    out.insert(std::string(rows->Cell(row, name)));
    for (const std::string_view other : tables::Values(rows->Cell(row, names)))
      out.insert(std::string(other));
  }
  return {};
}

Result<void> LoadTags(const tables::Tables& tables, WordMap<Role>& out) {
  DATELINE_TRY(const tables::Table* rows, tables.Get("article/tags"));
  DATELINE_TRY(const auto tag, rows->GetColumn("tag"));
  DATELINE_TRY(const auto role, rows->GetColumn("role"));
  for (std::uint32_t row = 0; row < rows->row_count(); ++row) {
    DATELINE_TRY(out[std::string(rows->Cell(row, tag))], ParseRole(rows->Cell(row, role)));
  }
  return {};
}

Result<int> ParseClock(std::string_view text) {
  const int sign = text.starts_with('-') ? -1 : 1;
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text.size() != 5 || text[2] != ':' || !IsDigit(text[0]) || !IsDigit(text[1]) ||
      !IsDigit(text[3]) || !IsDigit(text[4]))
    return Fail(ErrorCode::kMalformed, "'" + std::string(text) + "' is no clock time, want hh:mm");
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  return sign * (hours * 60 + (text[3] - '0') * 10 + (text[4] - '0'));
}

Result<void> LoadZones(const tables::Tables& tables, WordMap<Zone>& out) {
  DATELINE_TRY(const tables::Table* rows, tables.Get("article/zones"));
  DATELINE_TRY(const auto zone, rows->GetColumn("zone"));
  DATELINE_TRY(const auto offset, rows->GetColumn("offset"));
  DATELINE_TRY(const auto dst, rows->GetColumn("dst"));
  DATELINE_TRY(const auto american, rows->GetColumn("american"));
  for (std::uint32_t row = 0; row < rows->row_count(); ++row) {
    DATELINE_TRY(const int minutes, ParseClock(rows->Cell(row, offset)));
    out[std::string(rows->Cell(row, zone))] = {.offset = std::chrono::minutes(minutes),
                                               .us_summer = rows->Cell(row, dst) == "us",
                                               .american = rows->Cell(row, american) == "1"};
  }
  return {};
}

Result<unsigned> WordValue(std::string_view value) {
  if (value.contains(':')) {
    DATELINE_TRY(const int minutes, ParseClock(value));
    return static_cast<unsigned>(minutes);
  }
  unsigned number = 0;
  for (const char c : value) number = number * 10 + static_cast<unsigned>(c - '0');
  return number;
}

Result<void> LoadWords(const tables::Tables& tables, LayoutCues& out) {
  DATELINE_TRY(const tables::Table* rows, tables.Get("article/words"));
  DATELINE_TRY(const auto of_class, rows->GetColumn("class"));
  DATELINE_TRY(const auto word, rows->GetColumn("word"));
  DATELINE_TRY(const auto of_value, rows->GetColumn("value"));
  const WordMap<WordSet*> sets = {{"job", &out.jobs},
                                  {"jobhead", &out.job_heads},
                                  {"masthead", &out.mastheads},
                                  {"particle", &out.particles},
                                  {"interview", &out.interview},
                                  {"questionword", &out.question_words},
                                  {"listhead", &out.list_heads},
                                  {"stamppublished", &out.stamp_published},
                                  {"stampupdated", &out.stamp_updated},
                                  {"stampbeside", &out.stamp_beside},
                                  {"stampword", &out.stamp_words},
                                  {"stampunit", &out.stamp_units},
                                  {"stampmonth", &out.stamp_months}};
  const WordMap<WordMap<unsigned>*> maps = {
      {"month", &out.months}, {"weekday", &out.weekdays}, {"dayword", &out.daywords}};
  for (std::uint32_t row = 0; row < rows->row_count(); ++row) {
    const std::string_view name = rows->Cell(row, of_class);
    const std::string folded = FoldCue(rows->Cell(row, word));
    if (const auto set = sets.find(name); set != sets.end()) {
      set->second->insert(folded);
    } else if (const auto map = maps.find(name); map != maps.end()) {
      DATELINE_TRY(const unsigned number, WordValue(rows->Cell(row, of_value)));
      (*map->second)[folded] = number;
    }
  }
  return {};
}

Result<std::vector<Cue>> LoadCues(const tables::Tables& tables) {
  DATELINE_TRY(const tables::Table* rows, tables.Get("article/cues"));
  DATELINE_TRY(const auto id, rows->GetColumn("id"));
  DATELINE_TRY(const auto phrase, rows->GetColumn("phrase"));
  DATELINE_TRY(const auto match, rows->GetColumn("match"));
  DATELINE_TRY(const auto role, rows->GetColumn("role"));
  DATELINE_TRY(const auto where, rows->GetColumn("where"));
  DATELINE_TRY(const auto example, rows->GetColumn("example"));
  std::vector<Cue> cues;
  for (std::uint32_t row = 0; row < rows->row_count(); ++row) {
    Cue cue{.id = std::string(rows->Cell(row, id)),
            .phrase = std::string(rows->Cell(row, phrase)),
            .example = std::string(rows->Cell(row, example))};
    if (cue.phrase.empty() || cue.phrase.size() >= kLongestCue)
      return Fail(ErrorCode::kMalformed, "phrase of 1 to 71 bytes wanted",
                  "article/cues " + cue.id);
    DATELINE_TRY(cue.role, ParseRole(rows->Cell(row, role)));
    const std::string_view how = rows->Cell(row, match);
    cue.match = how == "line"    ? CueMatch::kLine
                : how == "label" ? CueMatch::kLabel
                                 : CueMatch::kStart;
    const std::string_view place = rows->Cell(row, where);
    cue.place = place == "front"  ? CuePlace::kFront
                : place == "back" ? CuePlace::kBack
                                  : CuePlace::kAny;
    cues.push_back(std::move(cue));
  }
  return cues;
}

}  // namespace

std::string FoldCue(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsCurlyApostrophe(text, i)) {
      out += '\'';
      i += 2;
    } else {
      out += ToLower(text[i]);
    }
  }
  return out;
}

Result<LayoutCues> LayoutCues::Load(const tables::Tables& tables) {
  LayoutCues out;
  DATELINE_TRY(out.cues, LoadCues(tables));
  if (const auto ok = LoadAgencies(tables, out.agencies); !ok) return std::unexpected(ok.error());
  for (const auto& [name, _] : out.agencies) out.agency_words_.insert(FirstPart(name));
  if (const auto ok = LoadSet(tables, "article/sections", "section", out.sections); !ok)
    return std::unexpected(ok.error());
  if (const auto ok = LoadSet(tables, "article/dateline_places", "place", out.places); !ok)
    return std::unexpected(ok.error());
  if (const auto ok = LoadTags(tables, out.tags); !ok) return std::unexpected(ok.error());
  if (const auto ok = LoadZones(tables, out.zones); !ok) return std::unexpected(ok.error());
  if (const auto ok = LoadWords(tables, out); !ok) return std::unexpected(ok.error());
  for (std::uint32_t i = 0; i < out.cues.size(); ++i) {
    const std::string_view phrase = out.cues[i].phrase;
    const std::string_view first = FirstWord(phrase);
    const char second = phrase.size() > first.size() + 1 ? phrase[first.size() + 1] : '\0';
    out.by_first_[std::string(first)].push_back({i, second});
  }
  for (auto& [word, entries] : out.by_first_) {
    std::ranges::stable_sort(entries, [&](const Entry& a, const Entry& b) {
      const Cue& x = out.cues[a.row];
      const Cue& y = out.cues[b.row];
      if (x.phrase.size() != y.phrase.size()) return x.phrase.size() > y.phrase.size();
      return x.match < y.match;
    });
  }
  return out;
}

CueHit LayoutCues::FindMode(std::string_view line, bool whole_only) const {
  if (line.empty() || line.size() > 4000) return {};
  const FirstWordBuffer first = FoldFirstWord(line);
  const auto bucket = by_first_.find(first.view());
  if (bucket == by_first_.end()) return {};
  const char second = SecondWordByte(line, first.size);
  const std::vector<Entry>& entries = bucket->second;
  const auto fits = [second](const Entry& entry) {
    return entry.second == '\0' || entry.second == second;
  };
  const auto longest = std::ranges::find_if(entries, fits);
  if (longest == entries.end()) return {};
  const FoldedStart folded = FoldStart(line, cues[longest->row].phrase.size() + 1);
  for (const Entry& entry : std::ranges::subrange(longest, entries.end())) {
    if (!fits(entry)) continue;
    const Cue& cue = cues[entry.row];
    if (whole_only && cue.match != CueMatch::kLine) continue;
    if (const auto hit = Try(cue, line, folded)) return *hit;
  }
  return {};
}

CueHit LayoutCues::Find(std::string_view line) const { return FindMode(line, false); }
CueHit LayoutCues::FindWhole(std::string_view line) const { return FindMode(line, true); }

}  // namespace dateline::article
