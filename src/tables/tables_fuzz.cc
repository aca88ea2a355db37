// Bytes as a compiled file. Each input is opened as it is and once more with its magic, version,
// size and checksum put right, so that damage behind the checksum is reached; then all of it is
// read.
#include <xxhash.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tables/container.h"
#include "tables/image.h"
#include "tables/phrase_hash.h"

namespace {

using dateline::tables::Image;

void Check(bool holds) {
  if (!holds) __builtin_trap();
}

/// Reads every byte, so that the sanitizers see them.
void Touch(std::string_view text) { Check(XXH3_64bits(text.data(), text.size()) != 1); }

void MatchWords(const Image& image, std::string_view text) {
  const std::array<std::string_view, 2> words = {text, text.substr(0, text.find(' '))};
  for (const std::string_view word : words) {
    const std::uint64_t token = dateline::tables::HashToken(word);
    if (image.PhraseLengths(token) == 0) continue;
    const std::uint64_t hash = dateline::tables::ExtendHash(0, token);
    for (const std::uint32_t row : image.FindPhrase(hash, std::span(&word, 1))) {
      Check(row < image.row_count());
    }
  }
}

void ReadImage(const Image& image) {
  Touch(image.name());
  Touch(image.directives());
  for (std::uint32_t column = 0; column < image.column_count(); ++column) {
    Touch(image.ColumnName(column));
  }
  for (std::uint32_t row = 0; row < image.row_count(); ++row) {
    for (std::uint32_t column = 0; column < image.column_count(); ++column) {
      const std::string_view cell = image.Cell(row, column);
      Touch(cell);
      MatchWords(image, cell);
      if (const auto found = image.FindRow(std::span(&cell, 1))) Check(*found < image.row_count());
    }
  }
}

void ReadAll(std::string_view bytes) {
  const auto container = dateline::tables::OpenContainer(bytes);
  if (!container) return;
  for (const std::string_view part : container->images) {
    if (const auto image = Image::Open(part)) ReadImage(*image);
  }
}

/// Puts the header right.
void Seal(std::string& bytes) {
  if (bytes.size() < 32) return;
  const std::uint32_t version = dateline::tables::kVersion;
  const std::uint64_t size = bytes.size();
  std::memcpy(bytes.data(), dateline::tables::kMagic.data(), 8);
  std::memcpy(bytes.data() + 16, &version, sizeof version);
  std::memcpy(bytes.data() + 24, &size, sizeof size);
  const std::uint64_t checksum = XXH3_64bits(bytes.data() + 16, bytes.size() - 16);
  std::memcpy(bytes.data() + 8, &checksum, sizeof checksum);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (size < 32) bytes.reserve(64);  // heap memory is aligned as a mapping is
  ReadAll(bytes);
  Seal(bytes);
  ReadAll(bytes);
  return 0;
}
