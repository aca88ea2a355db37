/// The words of a story as the rules for quotations and events look at them: lower-case form,
/// closed classes, the quotation and the mention a word stands in.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_map.h"
#include "dateline/result.h"
#include "dateline/story.h"
#include "tables/tables.h"

namespace dateline::quotes {

/// Closed classes of data/quotes/words.tsv and what the form of a word shows. Bits of a set.
enum class WordClass : std::uint32_t {
  kNone = 0,
  kAuxiliary = 1U << 0U,
  kModal = 1U << 1U,
  kNegation = 1U << 2U,
  kPronoun = 1U << 3U,  ///< one that can be a subject
  kObjective = 1U << 4U,
  kPossessive = 1U << 5U,  ///< "his", and the 's after a name
  kDeterminer = 1U << 6U,
  kPreposition = 1U << 7U,
  kConjunction = 1U << 8U,
  kSubordinator = 1U << 9U,
  kRelative = 1U << 10U,
  kAdverb = 1U << 11U,
  kTime = 1U << 12U,
  kOpener = 1U << 13U,  ///< opens a sentence without belonging to its subject: "But"
  kPunctuation = 1U << 14U,
  kNumber = 1U << 15U,
  kCapital = 1U << 16U,  ///< begins with a capital letter
};
constexpr WordClass operator|(WordClass a, WordClass b) {
  return static_cast<WordClass>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}
constexpr bool Has(WordClass set, WordClass any) {
  return (static_cast<std::uint32_t>(set) & static_cast<std::uint32_t>(any)) != 0;
}

struct Word {
  Span span;
  std::string form;  ///< lower case, curly apostrophes straight
  WordClass classes = WordClass::kNone;
  std::optional<std::uint32_t> mention;  ///< the innermost mention that covers it: Words::mentions
  [[nodiscard]] bool Is(WordClass any) const { return Has(classes, any); }
};

/// A mention and whose it is. Sorted by begin.
struct MentionRef {
  Span span;
  MentionKind kind = MentionKind::kName;
  EntityIndex entity{};
};

/// The closed-class words. Immutable.
class WordClasses {
 public:
  static Result<WordClasses> Load(const tables::Tables& tables);
  [[nodiscard]] WordClass Of(std::string_view form) const;

 private:
  base::TextMap<WordClass> classes_;
};

/// Every word of the story, in step with Story::tokens, and its mentions.
struct Words {
  std::vector<Word> words;
  std::vector<MentionRef> mentions;
};
Words ReadWords(const Story& story, const WordClasses& classes);

}  // namespace dateline::quotes
