// Any bytes as a plain-text file: stories lie in the text in order, blocks lie in their story in
// order and hold every letter of it but labels and marks of layout, related lines and pictures
// point into the text, and reading the same text again gives the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "article/article_reader.h"
#include "tables/tables.h"
#include "text/normalise.h"

namespace {

using namespace dateline;

void Require(bool holds) {
  if (!holds) std::abort();
}

const article::Layouts& Shared() {
  static const article::Layouts layouts = [] {
    const auto tables =
        tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
    if (!tables) std::abort();
    auto loaded = article::Layouts::Load(*tables);
    if (!loaded) std::abort();
    return *loaded;
  }();
  return layouts;
}

bool IsBoundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

void CheckReading(const article::Reading& reading, std::string_view text) {
  std::uint32_t at = reading.extent.begin;
  for (const Block& block : reading.blocks) {
    Require(block.span.begin >= at && !block.span.empty());
    Require(reading.extent.Contains(block.span));
    Require(IsBoundary(text, block.span.begin) && IsBoundary(text, block.span.end));
    at = block.span.end;
  }
  for (const RelatedLink& link : reading.article.related_link)
    Require(reading.extent.Contains(link.span));
  for (const Image& image : reading.article.image) Require(reading.extent.Contains(image.span));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto normalised = text::Normalise({reinterpret_cast<const char*>(data), size});
  if (!normalised) return 0;
  const std::string_view text = normalised->text;
  const article::Known known{.headline = size % 5 == 0, .one_story = size % 7 == 0};
  const auto readings = article::ReadArticles(text, known, Shared());
  std::uint32_t at = 0;
  for (const article::Reading& reading : readings) {
    Require(reading.extent.begin >= at && reading.extent.end <= text.size());
    CheckReading(reading, text);
    at = reading.extent.end;
  }
  const auto again = article::ReadArticles(text, known, Shared());
  Require(again.size() == readings.size());
  for (std::size_t i = 0; i < again.size(); ++i) Require(again[i].blocks == readings[i].blocks);
  return 0;
}
