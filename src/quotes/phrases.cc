#include "quotes/phrases.h"

#include <algorithm>
#include <optional>

namespace dateline::quotes {
namespace {

using enum WordClass;

constexpr std::uint32_t kLongestTerm = 6;  // words
constexpr std::uint32_t kReach = 3;        // words before it in which a word of the table counts

/// What is known of a quotation before it is judged.
struct Quoted {
  Range words;  ///< without its marks
  std::uint32_t count = 0;
  std::uint32_t capitals = 0;  ///< of the words that are capital in titles
  std::uint32_t plain = 0;     ///< those that should be and are not
  bool finite = false;         ///< holds a verb with a tense
};

bool IsShortWord(const Word& word) {
  return word.Is(kDeterminer | kPreposition | kConjunction | kPossessive | kAuxiliary) ||
         word.form.size() < 3;
}

Quoted Measure(const Reading& reading, std::uint32_t q) {
  Quoted quoted;
  quoted.words = reading.quoted[q];
  while (!quoted.words.empty() && reading.word(quoted.words.begin).Is(kPunctuation)) {
    ++quoted.words.begin;
  }
  while (!quoted.words.empty() && reading.word(quoted.words.end - 1).Is(kPunctuation)) {
    --quoted.words.end;
  }
  for (std::uint32_t at = quoted.words.begin; at < quoted.words.end; ++at) {
    const Word& word = reading.word(at);
    if (word.Is(kPunctuation)) continue;
    ++quoted.count;
    if (word.Is(kCapital) || word.Is(kNumber)) ++quoted.capitals;
    if (!word.Is(kCapital) && !word.Is(kNumber) && !IsShortWord(word)) ++quoted.plain;
    if (reading.story->tokens[at].feats.find("VerbForm=Fin") != std::string::npos) {
      quoted.finite = true;
    }
  }
  return quoted;
}

/// Whether nothing but the quotation stands in its block, and the block is a heading.
bool IsHeading(const Reading& reading, std::uint32_t q) {
  const Block& block = reading.story->blocks[Raw(reading.quotations[q].block)];
  if (block.kind != BlockKind::kHeadline && block.kind != BlockKind::kSubheading) return false;
  return reading.quotations[q].outer.Contains(block.span);
}

/// A name in two parts with the quotation between them: Otto "The Bull" Ferrante.
bool IsNickname(const Reading& reading, std::uint32_t q) {
  const Range words = reading.quoted[q];
  if (words.begin == 0 || words.end >= reading.words->words.size()) return false;
  const Token& before = reading.story->tokens[words.begin - 1];
  const Token& after = reading.story->tokens[words.end];
  return before.upos == "PROPN" && after.upos == "PROPN" && before.sentence == after.sentence;
}

std::optional<QuotedKind> Told(const Reading& reading, const QuotedTable& table, std::uint32_t q) {
  const std::uint32_t begin = reading.quoted[q].begin;
  for (std::uint32_t step = 1; step <= kReach && step <= begin; ++step) {
    const Token& token = reading.story->tokens[begin - step];
    if (token.sentence != reading.story->tokens[begin].sentence) return std::nullopt;
    if (const auto kind = table.Of(token.lemma)) return kind;
    if (reading.word(begin - step).Is(kPunctuation) && token.lemma != ",") return std::nullopt;
  }
  return std::nullopt;
}

QuotedKind KindOf(const Reading& reading, const QuotedTable& table, std::uint32_t q) {
  if (IsHeading(reading, q)) return QuotedKind::kHeading;
  if (IsNickname(reading, q)) return QuotedKind::kName;
  const Quoted quoted = Measure(reading, q);
  const bool title_case = quoted.capitals > 0 && quoted.plain == 0;
  const auto told = Told(reading, table, q);
  if (told && (title_case || quoted.count <= kLongestTerm)) return *told;
  if (title_case && quoted.count > 1) return QuotedKind::kTitle;
  if (title_case) return QuotedKind::kName;
  return quoted.count > kLongestTerm || (quoted.finite && quoted.count > 3) ? QuotedKind::kSpeech
                                                                            : QuotedKind::kTerm;
}

}  // namespace

Result<QuotedTable> QuotedTable::Load(const tables::Tables& tables) {
  DATELINE_TRY(const tables::Table* table, tables.Get("quotes/quoted"));
  DATELINE_TRY(const tables::Column lemma, table->GetColumn("lemma"));
  DATELINE_TRY(const tables::Column kind, table->GetColumn("kind"));
  QuotedTable quoted;
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const auto known = ParseQuotedKind(table->Cell(row, kind));
    if (!known) {
      return Fail(ErrorCode::kMalformed, "quotes/quoted: no kind is called \"" +
                                             std::string(table->Cell(row, kind)) + "\"");
    }
    quoted.kinds_[table->Cell(row, lemma)] = *known;
  }
  return quoted;
}

std::optional<QuotedKind> QuotedTable::Of(std::string_view lemma) const {
  const auto found = kinds_.find(lemma);
  return found == kinds_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<QuotedPhrase> FindQuotedPhrases(const Reading& reading, const Graph& graph,
                                            const QuotedTable& table,
                                            const std::vector<bool>& taken) {
  std::vector<QuotedPhrase> phrases;
  for (std::uint32_t q = 0; q < reading.quotations.size(); ++q) {
    const Range words = reading.quoted[q];
    if (words.empty()) continue;
    const bool said = std::any_of(taken.begin() + words.begin, taken.begin() + words.end,
                                  [](bool word) { return word; });
    const bool marks_alone =
        std::all_of(graph.nodes.begin() + words.begin, graph.nodes.begin() + words.end,
                    [](const Node& node) { return node.punctuation(); });
    if (said || marks_alone) continue;
    phrases.push_back({reading.quotations[q].outer, KindOf(reading, table, q)});
  }
  return phrases;
}

}  // namespace dateline::quotes
