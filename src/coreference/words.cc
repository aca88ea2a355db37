#include "coreference/words.h"

#include <xxhash.h>

#include <bit>

#include "tables/named_table.h"
#include "text/unicode.h"

namespace dateline::coreference {
namespace {

void Note(WordFacts& facts, std::string_view kind) {
  if (kind == "male" || kind == "male-name") facts.gender = Gender::kMale;
  if (kind == "female" || kind == "female-name") facts.gender = Gender::kFemale;
  if (kind == "male" || kind == "female" || kind == "person") facts.person = true;
  if (kind == "speech") facts.speech = true;
}

}  // namespace

std::uint32_t HashWord(std::string_view lower) {
  return static_cast<std::uint32_t>(XXH3_64bits(lower.data(), lower.size()));
}

Spelling SpellingOf(const Story& story) {
  Spelling spelling;
  spelling.lower.reserve(story.tokens.size());
  spelling.lemma.reserve(story.tokens.size());
  for (const Token& token : story.tokens) {
    const std::string_view form = FormOf(token, story.text);
    spelling.lower.push_back(HashWord(text::ToLower(form)));
    spelling.lemma.push_back(token.lemma == form ? spelling.lower.back()
                                                 : HashWord(text::ToLower(token.lemma)));
  }
  return spelling;
}

Result<Words> Words::Load(const tables::Tables& tables) {
  DATELINE_TRY(const auto table,
               tables::NamedTable::Open(tables, "coreference/words", {"word", "kind"}));
  const std::uint32_t rows = table.table->row_count();
  Words words;
  words.slots_.resize(std::bit_ceil(std::size_t{2} * rows + 1));
  words.mask_ = words.slots_.size() - 1;
  for (std::uint32_t row = 0; row < rows; ++row) {
    const std::uint32_t hash = HashWord(table.Cell(row, "word"));
    Slot& slot = words.slots_[words.PlaceOf(hash)];
    slot.hash = hash;
    slot.taken = true;
    Note(slot.facts, table.Cell(row, "kind"));
  }
  return words;
}

}  // namespace dateline::coreference
