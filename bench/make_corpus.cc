// Writes a generated corpus as files, a thousand to a folder:  make_corpus STORIES DIR [SEED=1]
#include <fmt/core.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "corpus.h"
#include "engine/resources.h"

namespace {

using dateline::Result;

Result<std::uint64_t> Write(std::uint64_t count, const std::filesystem::path& folder,
                            std::uint64_t seed) {
  DATELINE_TRY(const auto resources, dateline::engine::Resources::Load({}));
  DATELINE_TRY(const auto corpus,
               dateline::bench::Corpus::Load(DATELINE_SOURCE_DIR "/bench/templates.tsv",
                                             resources.tables, seed));
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto part = folder / fmt::format("{:06}", i / 1000);
    if (i % 1000 == 0) std::filesystem::create_directories(part);
    std::ofstream(part / fmt::format("{:09}.txt", i)) << corpus.Story(i);
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: make_corpus STORIES DIR [SEED]\n");
    return 2;
  }
  const std::uint64_t seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
  const auto written = Write(std::strtoull(argv[1], nullptr, 10), argv[2], seed);
  if (!written) fmt::print(stderr, "{}\n", written.error().Text());
  return written ? 0 : 1;
}
