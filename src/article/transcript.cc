#include "article/transcript.h"

#include <algorithm>
#include <map>
#include <span>

#include "article/chars.h"
#include "article/people.h"

namespace dateline::article {
namespace {

constexpr std::size_t kLongestLabel = 90;

bool NameLike(std::string_view name, const LayoutCues& cues) {
  const auto words = WordsOf(name);
  if (words.empty() || words.size() > 6) return false;
  return std::ranges::all_of(words, [&](std::string_view w) {
    return BeginsUpper(w) || IsDigit(w[0]) || cues.particles.contains(FoldCue(w)) || w[0] == '#' ||
           w[0] == '"' || w.starts_with("“");
  });
}

struct LabelUse {
  std::size_t count = 0;
  bool caps = false;
};

}  // namespace

std::optional<SpeakerLabel> ParseSpeaker(std::string_view line, const LayoutCues& cues) {
  if (line.size() < 3 || !(BeginsUpper(line) || line[0] == '*')) return std::nullopt;
  const std::size_t colon = line.substr(0, kLongestLabel).find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  if (colon + 1 < line.size() && !IsSpace(line[colon + 1]) && line[colon + 1] != '*')
    return std::nullopt;
  std::string_view name = line.substr(0, colon);
  for (const char stop : {'?', '!', ';', '"', '\n'}) {
    if (name.contains(stop)) return std::nullopt;
  }
  if (const std::size_t bracket = name.find_first_of("([");
      bracket != std::string_view::npos && bracket > 0)
    name = name.substr(0, bracket);
  if (const std::size_t comma = name.find(','); comma != std::string_view::npos)
    name = name.substr(0, comma);
  name = Trim(name);
  while (name.starts_with('*')) name.remove_prefix(1);
  if (!NameLike(name, cues)) return std::nullopt;
  std::size_t words = colon + 1;
  while (words < line.size() && (IsSpace(line[words]) || line[words] == '*')) ++words;
  return SpeakerLabel{name, line.substr(0, colon + 1), line.substr(words)};
}

bool IsTranscript(const std::vector<Item>& items, const LayoutCues& cues, bool asked) {
  std::map<std::string, LabelUse, std::less<>> uses;
  std::size_t caps = 0;
  std::size_t all = 0;
  for (const Item& item : items) {
    const auto label = ParseSpeaker(item.text, cues);
    if (!label || label->words.empty()) continue;
    const CueHit hit = cues.Find(item.text);
    if (hit.cue != nullptr && hit.cue->role != Role::kAnswer && !AllCaps(label->name)) continue;
    if (hit.cue != nullptr && hit.cue->match == CueMatch::kLabel) continue;
    LabelUse& use = uses[std::string(label->name)];
    ++use.count;
    ++all;
    caps += AllCaps(label->name) ? 1U : 0U;
  }
  const bool repeated =
      std::ranges::any_of(uses, [](const auto& use) { return use.second.count >= 2; });
  if (asked && caps >= 2 && repeated) return true;
  if (all < 2 || uses.size() < 2) return false;
  if (caps >= 2 && caps * 2 >= all) return repeated || all >= 2;
  return repeated && all >= 3;
}

std::string Speakers::FullName(std::string_view name) {
  std::string printed = Squeezed(name);
  const std::string folded = FoldCue(printed);
  for (const std::string& known : names_) {
    if (FoldCue(known) == folded) return known;
  }
  const auto words = WordsOf(printed);
  const std::string last = FoldCue(words.back());
  const bool short_form = words.size() == 1 || words[0].ends_with('.') ||
                          FoldCue(words[0]) == "mr" || FoldCue(words[0]) == "ms" ||
                          FoldCue(words[0]) == "president" || FoldCue(words[0]) == "sen";
  if (short_form) {
    for (const std::string& known : names_) {
      const auto parts = WordsOf(known);
      if (parts.size() > 1 && FoldCue(parts.back()) == last) return known;
      if (words.size() == 1 && parts.size() > 1 && FoldCue(parts.front()) == last) return known;
    }
  }
  if (auto full = FromInitials(printed)) printed = *std::move(full);
  names_.push_back(printed);
  return printed;
}

namespace {

/// "JR" of "J.R."; empty when anything else stands between.
std::string InitialsOf(std::string_view name) {
  std::string initials;
  for (const char c : name) {
    if (c == '.') continue;
    if (!IsUpperAscii(c)) return {};
    initials += c;
  }
  return initials;
}

/// Whether the words begin with these letters, one each, and are a name.
bool SpellInitials(std::span<const std::string_view> words, std::string_view initials) {
  for (std::size_t k = 0; k < initials.size(); ++k) {
    const std::string_view word = words[k];
    const bool name = word.size() > 1 && word[0] == initials[k] && !AllCaps(word) &&
                      (k + 1 == initials.size() || IsWordByte(word.back()));
    if (!name) return false;
  }
  return true;
}

std::string JoinName(std::span<const std::string_view> words) {
  std::string full;
  for (std::string_view word : words) {
    while (!word.empty() && !IsWordByte(word.back())) word.remove_suffix(1);
    if (word.ends_with("'s")) word.remove_suffix(2);
    full += (full.empty() ? "" : " ") + std::string(word);
  }
  return full;
}

}  // namespace

std::optional<std::string> Speakers::FromInitials(std::string_view name) const {
  const std::string initials = InitialsOf(name);
  if (initials.size() < 2 || initials.size() > 3) return std::nullopt;
  const auto words = WordsOf(text_.substr(0, 4000));
  for (std::size_t i = 0; i + initials.size() <= words.size(); ++i) {
    const auto some = std::span(words).subspan(i, initials.size());
    if (SpellInitials(some, initials)) return JoinName(some);
  }
  return std::nullopt;
}

namespace {

bool IsAskSign(char c) { return c == ':' || c == '.' || c == ')' || c == '*' || c == ']'; }

/// "Q: ", "A. ", "Q3 - ": the letter at `at` with what belongs to it; nothing for other words.
AskMark ParseLetter(std::string_view line, std::size_t at) {
  const bool question = line[at] == 'Q';
  std::size_t end = at + 1;
  while (end < line.size() && IsDigit(line[end])) ++end;
  const bool numbered = end > at + 1;
  if (end < line.size() && IsAskSign(line[end])) {
    const char mark = line[end];
    while (end < line.size() && (IsAskSign(line[end]) || IsSpace(line[end]))) ++end;
    // "A.B. Roe": an initial is no mark
    const bool spaced = IsSpace(line[end - 1]) || mark == ':';
    if (end < line.size() && spaced) return {end, question};
  }
  if (!numbered && (!question || end >= line.size() || !IsSpace(line[end]))) return {};
  std::size_t next = end;
  while (next < line.size() && (IsSpace(line[next]) || line[next] == '-')) ++next;
  const bool follows = next > end && next < line.size() && BeginsUpper(line.substr(next));
  return follows ? AskMark{next, question} : AskMark{};
}

}  // namespace

AskMark ParseAskMark(std::string_view line, const LayoutCues& cues) {
  constexpr std::string_view kBegins = "QARqar*[";
  if (line.empty() || !kBegins.contains(line[0])) return {};
  std::size_t at = 0;
  while (at < line.size() && (line[at] == '*' || line[at] == '[')) ++at;
  if (at + 2 < line.size() && (line[at] == 'Q' || line[at] == 'A')) {
    if (const AskMark mark = ParseLetter(line, at); mark.length > 0) return mark;
  }
  const CueHit hit = cues.Find(line);
  if (hit.cue == nullptr || hit.value.empty()) return {};
  if (hit.cue->role != Role::kQuestion && hit.cue->role != Role::kAnswer) return {};
  return {static_cast<std::size_t>(hit.value.data() - line.data()),
          hit.cue->role == Role::kQuestion};
}

}  // namespace dateline::article
