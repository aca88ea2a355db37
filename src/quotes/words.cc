#include "quotes/words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/unicode.h"

namespace dateline::quotes {
namespace {

constexpr std::array<std::pair<std::string_view, WordClass>, 14> kClassNames{{
    {"aux", WordClass::kAuxiliary},
    {"modal", WordClass::kModal},
    {"neg", WordClass::kNegation},
    {"pronoun", WordClass::kPronoun},
    {"objective", WordClass::kObjective},
    {"possessive", WordClass::kPossessive},
    {"determiner", WordClass::kDeterminer},
    {"preposition", WordClass::kPreposition},
    {"conjunction", WordClass::kConjunction},
    {"subordinator", WordClass::kSubordinator},
    {"relative", WordClass::kRelative},
    {"adverb", WordClass::kAdverb},
    {"time", WordClass::kTime},
    {"opener", WordClass::kOpener},
}};

std::string FoldForm(std::string_view form) {
  std::string folded = text::ToLower(form);
  for (std::size_t at = folded.find("’"); at != std::string::npos; at = folded.find("’", at + 1)) {
    folded.replace(at, 3, "'");
  }
  return folded;
}

WordClass ShapeOf(std::string_view form) {
  WordClass shape = WordClass::kNone;
  const bool digit = text::HasDigit(form);
  if (digit) shape = shape | WordClass::kNumber;
  if (text::StartsUpper(form)) shape = shape | WordClass::kCapital;
  if (!digit && !text::HasLetter(form)) shape = shape | WordClass::kPunctuation;
  return shape;
}

std::vector<MentionRef> MentionsOf(const Story& story) {
  std::vector<MentionRef> mentions;
  for (std::size_t i = 0; i < story.entities.size(); ++i) {
    for (const Mention& mention : story.entities[i].mentions) {
      mentions.push_back({mention.span, mention.kind, static_cast<EntityIndex>(i)});
    }
  }
  std::ranges::sort(mentions, [](const MentionRef& a, const MentionRef& b) {
    return std::pair(a.span.begin, b.span.end) < std::pair(b.span.begin, a.span.end);
  });
  return mentions;
}

/// Tells each word the innermost mention it stands in. Both lists are sorted; mentions are short,
/// so the step back over those that began earlier is bounded by their nesting.
void PlaceMentions(Words& words) {
  std::size_t word = 0;
  for (std::size_t i = 0; i < words.mentions.size(); ++i) {
    const Span span = words.mentions[i].span;
    while (word < words.words.size() && words.words[word].span.end <= span.begin) ++word;
    for (std::size_t w = word; w < words.words.size() && words.words[w].span.begin < span.end;
         ++w) {
      words.words[w].mention = static_cast<std::uint32_t>(i);
    }
  }
}

}  // namespace

Result<WordClasses> WordClasses::Load(const tables::Tables& tables) {
  DATELINE_TRY(const tables::Table* table, tables.Get("quotes/words"));
  DATELINE_TRY(const tables::Column word, table->GetColumn("word"));
  DATELINE_TRY(const tables::Column name, table->GetColumn("class"));
  WordClasses classes;
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const auto* const found = std::ranges::find(kClassNames, table->Cell(row, name),
                                                [](const auto& entry) { return entry.first; });
    if (found == kClassNames.end()) {
      return Fail(ErrorCode::kMalformed, "quotes/words: no class is called \"" +
                                             std::string(table->Cell(row, name)) + "\"");
    }
    WordClass& set = classes.classes_[table->Cell(row, word)];
    set = set | found->second;
  }
  return classes;
}

WordClass WordClasses::Of(std::string_view form) const {
  const auto found = classes_.find(form);
  return found == classes_.end() ? WordClass::kNone : found->second;
}

Words ReadWords(const Story& story, const WordClasses& classes) {
  Words words;
  words.mentions = MentionsOf(story);
  words.words.reserve(story.tokens.size());
  for (const Token& token : story.tokens) {
    const std::string_view form = FormOf(token, story.text);
    Word word{.span = token.span, .form = FoldForm(form), .mention = std::nullopt};
    word.classes = classes.Of(word.form) | ShapeOf(form);
    words.words.push_back(std::move(word));
  }
  PlaceMentions(words);
  return words;
}

}  // namespace dateline::quotes
