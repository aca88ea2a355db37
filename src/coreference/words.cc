#include "coreference/words.h"

#include "tables/named_table.h"

namespace dateline::coreference {
namespace {

void Note(WordFacts& facts, std::string_view kind) {
  if (kind == "male" || kind == "male-name") facts.gender = Gender::kMale;
  if (kind == "female" || kind == "female-name") facts.gender = Gender::kFemale;
  if (kind == "male" || kind == "female" || kind == "person") facts.person = true;
  if (kind == "speech") facts.speech = true;
}

}  // namespace

Result<Words> Words::Load(const tables::Tables& tables) {
  DATELINE_TRY(const auto table,
               tables::NamedTable::Open(tables, "coreference/words", {"word", "kind"}));
  Words words;
  for (std::uint32_t row = 0; row < table.table->row_count(); ++row) {
    Note(words.words_[std::string(table.Cell(row, "word"))], table.Cell(row, "kind"));
  }
  return words;
}

WordFacts Words::Of(std::string_view lower) const {
  const auto found = words_.find(lower);
  return found == words_.end() ? WordFacts{} : found->second;
}

}  // namespace dateline::coreference
