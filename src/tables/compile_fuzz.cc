// Bytes as a TSV file. What passes the linter is compiled and must be read back cell by cell, every
// row found by its key, every phrase by its words.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tables/image.h"
#include "tables/lint.h"
#include "tables/phrase_hash.h"
#include "tables/schema.h"
#include "tables/sheet.h"
#include "tables/tables.h"

namespace {

using dateline::tables::Image;
using dateline::tables::Schema;
using dateline::tables::Sheet;

void Check(bool holds) {
  if (!holds) __builtin_trap();
}

void CheckKey(const Sheet& sheet, const Schema& schema, const Image& image, std::uint32_t row) {
  std::vector<std::string_view> key;
  for (const std::size_t column : schema.key) key.push_back(sheet.Cell(row, column));
  if (!key.empty()) Check(image.FindRow(key) == row);
}

void CheckPhrase(const Image& image, std::string_view phrase) {
  const std::vector<std::string> folded = dateline::tables::FoldPhrase(phrase);
  const std::vector<std::string_view> words(folded.begin(), folded.end());
  Check(((image.PhraseLengths(dateline::tables::HashToken(words.front())) >> (words.size() - 1)) &
         1U) == 1);
  std::uint64_t hash = 0;
  for (const std::string_view word : words) {
    hash = dateline::tables::ExtendHash(hash, dateline::tables::HashToken(word));
  }
  Check(!image.FindPhrase(hash, words).empty());
}

void CheckImage(const Sheet& sheet, const Schema& schema, const Image& image) {
  Check(image.row_count() == sheet.row_count());
  for (std::uint32_t row = 0; row < image.row_count(); ++row) {
    for (std::uint32_t column = 0; column < image.column_count(); ++column) {
      Check(image.Cell(row, column) == sheet.Cell(row, column));
    }
    CheckKey(sheet, schema, image, row);
    for (const std::size_t column : schema.phrases) {
      for (const auto phrase : dateline::tables::Values(sheet.Cell(row, column))) {
        CheckPhrase(image, phrase);
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  dateline::tables::Problems problems;
  const Sheet sheet = dateline::tables::ParseSheet(text, "t.tsv", problems);
  const Schema schema = dateline::tables::ReadSchema(sheet, problems);
  LintRows(sheet, schema, problems);
  if (!problems.empty()) return 0;
  const auto bytes = MakeImage(sheet, schema);
  Check(bytes.has_value());
  const auto image = Image::Open(*bytes);
  Check(image.has_value());
  CheckImage(sheet, schema, *image);
  return 0;
}
