/// The words by which parts of a page are known, out of the tables html/*.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dateline/result.h"
#include "tables/tables.h"

namespace dateline::html {

/// Parts of a page as bits: see PageLexicon::parts.
using PartSet = std::uint64_t;
inline constexpr std::size_t kMostParts = 64;

/// What a line that belongs to no story is; the names are the `role` column of html/phrases.
enum class PhraseRole : std::uint8_t {
  kRelated,
  kShare,
  kComment,
  kNewsletter,
  kLogin,
  kAd,
  kLegal,
  kAuthor,
  kDate,
  kPhoto,
  kTags,
  kNav,
  kVideo,
  kNote,
  kPress,
};
inline constexpr std::size_t kPhraseRoles = 15;

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
template <typename T>
using StringMap = std::unordered_map<std::string, T, StringHash, std::equal_to<>>;

/// Immutable after Load; thread-safe.
class PageLexicon {
 public:
  static Result<PageLexicon> Load(const tables::Tables& tables);

  /// The parts that the words of an attribute's value name ("story-body js-share").
  [[nodiscard]] PartSet PartsIn(std::string_view value) const;
  /// The bit of a part by name; 0 when no word of the table names it.
  [[nodiscard]] PartSet Part(std::string_view name) const;
  /// What the longest phrase says that `line` begins with, if there is one. `line` is lower case
  /// as far as LowerStart goes; `whole` is set when the phrase is all of it.
  [[nodiscard]] std::optional<PhraseRole> RoleOf(std::string_view line, bool& whole) const;

  /// What a word in lower case that stands in the line says.
  [[nodiscard]] std::optional<PhraseRole> RoleOfWord(std::string_view word) const;

  /// The month that a word in lower case names; 0 for none.
  [[nodiscard]] int MonthOf(std::string_view word) const;

  /// Whether a line begins as one that tells when a page was changed.
  [[nodiscard]] bool SaysUpdated(std::string_view line) const;

  std::vector<std::string> parts;  ///< names of the bits, lowest first

 private:
  void NoteStart(std::string_view phrase);

  StringMap<std::uint8_t> part_of_;
  StringMap<PhraseRole> role_of_;
  std::vector<bool> starts_;  ///< of the first three bytes of a line: whether a phrase may begin so
  std::size_t longest_phrase_ = 0;
  StringMap<PhraseRole> role_inside_;
  StringMap<int> month_of_;
};

std::optional<PhraseRole> ParsePhraseRole(std::string_view name);
std::string_view PhraseRoleName(PhraseRole role);

}  // namespace dateline::html
