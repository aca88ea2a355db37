#include "timex/vocabulary.h"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace dateline::timex {
namespace {

constexpr std::array<std::string_view, kBuiltinCount> kBuiltinNames{
    "NUM",     "DAY",    "MONTHNUM",    "YEAR",  "TWODIGITS", "HOUR", "MINUTE",
    "ORDINAL", "DECADE", "SHORTDECADE", "SMALL", "TENS",      "SCALE"};

int NumberIn(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

const Sense& Word::SenseOf(ClassId wanted) const {
  const auto found = std::ranges::find(senses, wanted, &Sense::id);
  assert(found != senses.end() && "asked for a class the word is not of");
  return *found;
}

Word& Vocabulary::Ensure(std::string_view folded) {
  auto found = words_.find(folded);
  if (found == words_.end()) {
    found = words_.emplace(std::string(folded), Word{}).first;
    found->second.id = static_cast<std::uint32_t>(words_.size());
    const auto first = static_cast<unsigned char>(folded.empty() ? '\0' : folded.front());
    if (folded.size() < kLongest) shapes_.at(first).at(folded.size()) = true;
  }
  return found->second;
}

Result<Vocabulary> Vocabulary::Load(const tables::Table& words) {
  DATELINE_TRY(const auto word_column, words.GetColumn("word"));
  DATELINE_TRY(const auto class_column, words.GetColumn("class"));
  DATELINE_TRY(const auto value_column, words.GetColumn("value"));
  DATELINE_TRY(const auto case_column, words.GetColumn("case"));
  Vocabulary vocabulary;
  for (const auto name : kBuiltinNames) vocabulary.classes_.emplace_back(name);
  for (std::uint32_t row = 0; row < words.row_count(); ++row) {
    DATELINE_TRY(const ClassId id, vocabulary.MakeClass(words.Cell(row, class_column)));
    Word& word = vocabulary.Ensure(words.Cell(row, word_column));
    const std::string_view value = words.Cell(row, value_column);
    word.classes |= Bit(id);
    word.capital = word.capital || words.Cell(row, case_column) == "capital";
    word.senses.push_back({.id = id, .text = std::string(value), .number = NumberIn(value)});
  }
  return vocabulary;
}

const Word* Vocabulary::Find(std::string_view folded) const {
  if (folded.empty() || folded.size() >= kLongest) return nullptr;
  if (!shapes_.at(static_cast<unsigned char>(folded.front())).at(folded.size())) return nullptr;
  const auto found = words_.find(folded);
  return found == words_.end() ? nullptr : &found->second;
}

std::optional<ClassId> Vocabulary::FindClass(std::string_view name) const {
  const auto found = std::ranges::find(classes_, name);
  if (found == classes_.end()) return std::nullopt;
  return static_cast<ClassId>(found - classes_.begin());
}

Result<ClassId> Vocabulary::MakeClass(std::string_view name) {
  if (const auto known = FindClass(name)) return *known;
  if (classes_.size() == 64) return Fail(ErrorCode::kTooLarge, "timex/words: more than 64 classes");
  classes_.emplace_back(name);
  return static_cast<ClassId>(classes_.size() - 1);
}

std::uint32_t Vocabulary::Intern(std::string_view folded) { return Ensure(folded).id; }

}  // namespace dateline::timex
