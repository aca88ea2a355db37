#include "article/captions.h"

#include <array>
#include <optional>

#include "article/chars.h"
#include "article/people.h"
#include "article/stories.h"

namespace dateline::article {
namespace {

/// "Photo by Ann Lee" → "Ann Lee"; "Photo: Reuters" → "Reuters"; else the text itself.
std::string_view DropCreditLabel(std::string_view credit, const LayoutCues& cues) {
  const CueHit hit = cues.Find(credit);
  if (hit.cue == nullptr || hit.value.empty()) return credit;
  if (hit.cue->role == Role::kPhotoCredit || hit.cue->role == Role::kCaption ||
      hit.cue->role == Role::kSource)
    return hit.value;
  return credit;
}

/// The bracket a text ends with.
std::optional<std::string_view> LastBracket(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  const char closer = text.back();
  if (closer != ')' && closer != ']') return std::nullopt;
  const std::size_t open = text.rfind(closer == ')' ? '(' : '[');
  if (open == std::string_view::npos) return std::nullopt;
  return text.substr(open);
}

bool HasPhotoWord(std::string_view inner) {
  static constexpr std::array kWords = {"photo",   "getty", "image",    "picture",  "pool",
                                        "handout", "file",  "courtesy", "reuters/", "via "};
  const std::string folded = FoldCue(inner);
  for (const std::string_view word : kWords) {
    if (folded.contains(word)) return true;
  }
  return false;
}

/// Whether what stands in a caption's last bracket can be a credit: short, a name, an agency.
bool IsCredit(std::string_view inner, const LayoutCues& cues) {
  inner = Trim(inner);
  if (inner.empty() || inner.size() > 90) return false;
  if (HasPhotoWord(inner) || cues.IsAgency(inner) || inner.contains('/')) return true;
  return BeginsUpper(inner) && WordsOf(inner).size() <= 6 && !EndsSentence(inner);
}

/// Where a credit without brackets begins: "REUTERS/Ann Lee", "AP Photo/Ann Lee".
std::size_t BareCredit(std::string_view text) {
  const std::string_view tail = Tail(text, 92);
  if (!tail.contains('/') && !tail.ends_with("Images") && !tail.ends_with("Wire"))
    return std::string_view::npos;
  for (const std::string_view mark : {" REUTERS/", " AP Photo/", " AFP PHOTO", " Reuters/", " AFP/",
                                      " AP/", " Getty Images", " PA Wire", " EPA/", " Xinhua/"}) {
    const std::size_t at = text.rfind(mark);
    if (at != std::string_view::npos && text.size() - at < 90) return at + 1;
  }
  return std::string_view::npos;
}

/// A photo-credit cue inside the text, behind a sentence or a mark: "... at dawn. Photo by Ann
/// Lee".
std::size_t CueInside(std::string_view text, const LayoutCues& cues) {
  for (std::size_t at = 1; at + 6 < text.size(); ++at) {
    const char c = ToLower(text[at]);
    if (text[at - 1] != ' ' || (c != 'p' && c != 'i' && c != 'c' && c != 's')) continue;
    const CueHit hit = cues.Find(text.substr(at));
    if (hit.cue == nullptr || hit.value.empty() || hit.value.size() > 80) continue;
    const bool credit = hit.cue->role == Role::kPhotoCredit || hit.cue->role == Role::kSource ||
                        (hit.cue->role == Role::kCaption && IsCredit(hit.value, cues));
    if (credit) return at;
  }
  return std::string_view::npos;
}

std::string_view DropMark(std::string_view s) {
  s = Trim(s);
  while (s.ends_with('|') || s.ends_with('/') || s.ends_with('-'))
    s = Trim(s.substr(0, s.size() - 1));
  while (s.ends_with("–") || s.ends_with("—") || s.ends_with("•"))
    s = Trim(s.substr(0, s.size() - 3));
  return s;
}

std::size_t MarkAt(std::string_view text, std::size_t& length) {
  if (!text.contains('|') && !text.contains('/')) return std::string_view::npos;
  for (const std::string_view mark : {" | ", "| ", " / "}) {
    const std::size_t at = text.rfind(mark);
    if (at != std::string_view::npos && at > 0) {
      length = mark.size();
      return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

CaptionParts SplitCaption(std::string_view text, const LayoutCues& cues) {
  text = Trim(text);
  if (const auto bracket = LastBracket(text)) {
    const std::string_view inner = Trim(bracket->substr(1, bracket->size() - 2));
    if (IsCredit(inner, cues))
      return {Trim(text.substr(0, text.size() - bracket->size())), DropCreditLabel(inner, cues)};
  }
  if (const std::size_t at = CueInside(text, cues); at != std::string_view::npos)
    return {DropMark(text.substr(0, at)), DropCreditLabel(text.substr(at), cues)};
  std::size_t length = 0;
  if (const std::size_t at = MarkAt(text, length); at != std::string_view::npos) {
    const std::string_view credit = Trim(text.substr(at + length));
    if (IsCredit(credit, cues)) return {Trim(text.substr(0, at)), DropCreditLabel(credit, cues)};
  }
  if (const std::size_t at = BareCredit(text); at != std::string_view::npos)
    return {DropMark(text.substr(0, at)), Trim(text.substr(at))};
  const bool only_credit =
      cues.IsAgency(text) || LooksLikeName(text, cues) ||
      (text.contains('/') && !text.contains(' ')) || text.starts_with("REUTERS/") ||
      text.starts_with("AP Photo/") ||
      (text.size() < 40 && HasPhotoWord(text) && !EndsSentence(text) && text.contains("Getty"));
  if (only_credit) return {{}, text};
  return {text, {}};
}

bool EndsInPhotoCredit(std::string_view line, const LayoutCues& cues) {
  if (line.size() > 500) return false;
  if (const auto bracket = LastBracket(line)) {
    const std::string_view inner = bracket->substr(1, bracket->size() - 2);
    const std::string folded = FoldCue(inner);
    if (bracket->size() < 100 && bracket->size() < line.size() &&
        (folded.contains("photo") || folded.contains("getty") || folded.contains("picture") ||
         folded.starts_with("image") || folded.contains("reuters/") || folded.contains("afp/")))
      return true;
  }
  const std::size_t at = BareCredit(line);
  if (at != std::string_view::npos &&
      (line.substr(at).contains('/') || line.ends_with("Getty Images")))
    return true;
  std::size_t length = 0;
  if (const std::size_t mark = MarkAt(line, length); mark != std::string_view::npos) {
    const std::string_view credit = Trim(line.substr(mark + length));
    return credit.size() < 60 && (HasPhotoWord(credit) || cues.IsAgency(credit)) &&
           line.size() < 300;
  }
  return false;
}

}  // namespace dateline::article
