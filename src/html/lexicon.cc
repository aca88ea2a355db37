#include "html/lexicon.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"

namespace dateline::html {
namespace {

constexpr std::array<std::string_view, kPhraseRoles> kRoleNames = {
    "related", "share", "comment", "newsletter", "login", "ad",   "legal", "author",
    "date",    "photo", "tags",    "nav",        "video", "note", "press"};
constexpr std::size_t kLongestWord = 40;

using base::IsDigit;
using base::IsLetter;
using base::IsLower;
using base::IsUpper;

bool IsBeyondAscii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// Whether a phrase may end before this byte: no letter, digit or byte of one goes on.
bool EndsWord(std::string_view line, std::size_t at) {
  if (at >= line.size()) return true;
  const char c = line[at];
  return !IsLetter(c) && !IsDigit(c) && (!IsBeyondAscii(c) || c == '\xE2');
}

/// A slot for the first three bytes of a line, 0 where it has fewer.
std::size_t StartSlot(char first, char second, char third) {
  const auto byte = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(c)); };
  return (byte(first) * 0x101U + byte(second) * 0x1FD3U + byte(third) * 0x3B9U) & 0xFFFFU;
}

bool IsDecoration(char c) { return !IsLetter(c) && !IsBeyondAscii(c); }

/// The parts that words name, each alone ("body") or together with the one before it
/// ("story-body").
class PartWords {
 public:
  explicit PartWords(const StringMap<std::uint8_t>& part_of) : part_of_(part_of) {}

  void Add(char c) { word_ += base::Lower(c); }

  void End() {
    if (word_.empty()) return;
    if (word_.size() <= kLongestWord) {
      Look(word_);
      if (!previous_.empty()) Look(previous_ + "-" + word_);
    }
    previous_ = word_;
    word_.clear();
  }

  void ForgetPrevious() { previous_.clear(); }

  [[nodiscard]] PartSet found() const { return found_; }

 private:
  void Look(const std::string& words) {
    const auto at = part_of_.find(words);
    if (at != part_of_.end()) found_ |= PartSet{1} << at->second;
  }

  const StringMap<std::uint8_t>& part_of_;
  std::string previous_;
  std::string word_;
  PartSet found_ = 0;
};

}  // namespace

std::optional<PhraseRole> ParsePhraseRole(std::string_view name) {
  const auto* found = std::ranges::find(kRoleNames, name);
  if (found == kRoleNames.end()) return std::nullopt;
  return static_cast<PhraseRole>(found - kRoleNames.begin());
}

std::string_view PhraseRoleName(PhraseRole role) {
  return kRoleNames.at(static_cast<std::size_t>(role));
}

Result<PageLexicon> PageLexicon::Load(const tables::Tables& tables) {
  PageLexicon out;
  DATELINE_TRY(const tables::Table* words, tables.Get("html/parts"));
  DATELINE_TRY(const tables::Column word, words->GetColumn("word"));
  DATELINE_TRY(const tables::Column part, words->GetColumn("part"));
  for (std::uint32_t row = 0; row < words->row_count(); ++row)
    out.parts.emplace_back(words->Cell(row, part));
  std::ranges::sort(out.parts);
  const auto [first, last] = std::ranges::unique(out.parts);
  out.parts.erase(first, last);
  if (out.parts.size() > kMostParts)
    return Fail(ErrorCode::kMalformed, "more than 64 kinds of parts; join some", "html/parts");
  for (std::uint32_t row = 0; row < words->row_count(); ++row) {
    const auto at = std::ranges::lower_bound(out.parts, words->Cell(row, part));
    out.part_of_.emplace(words->Cell(row, word), static_cast<std::uint8_t>(at - out.parts.begin()));
  }
  DATELINE_TRY(const tables::Table* phrases, tables.Get("html/phrases"));
  DATELINE_TRY(const tables::Column phrase, phrases->GetColumn("phrase"));
  DATELINE_TRY(const tables::Column role, phrases->GetColumn("role"));
  DATELINE_TRY(const tables::Column where, phrases->GetColumn("where"));
  for (std::uint32_t row = 0; row < phrases->row_count(); ++row) {
    const auto known = ParsePhraseRole(phrases->Cell(row, role));
    if (!known) return Fail(ErrorCode::kMalformed, "unknown role", "html/phrases");
    auto& roles = phrases->Cell(row, where) == "inside" ? out.role_inside_ : out.role_of_;
    roles.emplace(phrases->Cell(row, phrase), *known);
    if (&roles == &out.role_of_) out.NoteStart(phrases->Cell(row, phrase));
  }
  DATELINE_TRY(const tables::Table* months, tables.Get("html/months"));
  DATELINE_TRY(const tables::Column name, months->GetColumn("name"));
  DATELINE_TRY(const tables::Column month, months->GetColumn("month"));
  for (std::uint32_t row = 0; row < months->row_count(); ++row) {
    const std::string_view cell = months->Cell(row, month);
    int value = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    out.month_of_.emplace(months->Cell(row, name), value);
  }
  return out;
}

bool PageLexicon::SaysUpdated(std::string_view line) const {
  static constexpr auto kUpdated = std::to_array<std::string_view>(
      {"updated", "last updated", "modified", "aktualisiert", "zuletzt", "letzte", "stand",
       "mis à jour", "actualizado", "atualizado", "aggiornato"});
  const std::string lower = base::Lower(line.substr(0, 24));
  return std::ranges::any_of(kUpdated,
                             [&](std::string_view word) { return lower.starts_with(word); });
}

int PageLexicon::MonthOf(std::string_view word) const {
  const auto at = month_of_.find(word);
  return at == month_of_.end() ? 0 : at->second;
}

PartSet PageLexicon::Part(std::string_view name) const {
  const auto at = std::ranges::lower_bound(parts, name);
  if (at == parts.end() || *at != name) return 0;
  return PartSet{1} << static_cast<unsigned>(at - parts.begin());
}

PartSet PageLexicon::PartsIn(std::string_view value) const {
  // Publishing systems put what a post is about among its classes ("tag-footer-design").
  if (value.contains("hentry") || value.contains(" type-")) return Part("article");
  PartWords words(part_of_);
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (IsLetter(c) || IsBeyondAscii(c)) {
      if (at > 0 && IsUpper(c) && IsLower(value[at - 1])) words.End();
      words.Add(c);
    } else {
      words.End();
      if (c == ' ' || c == '\n' || c == '\t') words.ForgetPrevious();
    }
  }
  words.End();
  return words.found();
}

void PageLexicon::NoteStart(std::string_view phrase) {
  starts_.resize(std::size_t{1} << 16U);
  longest_phrase_ = std::max(longest_phrase_, phrase.size());
  const char second = phrase.size() > 1 ? phrase[1] : '\0';
  if (phrase.size() > 2) {
    starts_[StartSlot(phrase[0], second, phrase[2])] = true;
    return;
  }
  // What follows a short phrase may be anything.
  for (int any = 0; any < 256; ++any) {
    const auto c = static_cast<char>(any);
    starts_[phrase.size() > 1 ? StartSlot(phrase[0], second, c) : StartSlot(phrase[0], c, '\0')] =
        true;
  }
}

std::optional<PhraseRole> PageLexicon::RoleOfWord(std::string_view word) const {
  const auto at = role_inside_.find(word);
  return at == role_inside_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<PhraseRole> PageLexicon::RoleOf(std::string_view line, bool& whole) const {
  whole = false;
  if (line.empty() || starts_.empty()) return std::nullopt;
  const char second = line.size() > 1 ? line[1] : '\0';
  if (!starts_[StartSlot(line[0], second, line.size() > 2 ? line[2] : '\0')]) return std::nullopt;
  const std::size_t limit = std::min(line.size(), longest_phrase_);
  for (std::size_t end = limit; end > 0; --end) {
    if (!EndsWord(line, end)) continue;
    const auto at = role_of_.find(line.substr(0, end));
    if (at == role_of_.end()) continue;
    whole = std::ranges::all_of(line.substr(end), IsDecoration);
    return at->second;
  }
  return std::nullopt;
}

}  // namespace dateline::html
