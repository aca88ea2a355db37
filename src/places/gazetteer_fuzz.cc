// Bytes as the compiled gazetteer: opened as they are, and with a line of the source replaced by
// them, compiled and asked.
#include <stdlib.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "places/gazetteer.h"
#include "tables/compile.h"
#include "tables/tables.h"

namespace {

namespace fs = std::filesystem;
using dateline::tables::Tables;

constexpr std::string_view kHead =
    "#: phrases = name|names\n"
    "geonameid\tkind\tname\tnames\tlat\tlon\tcountry\tadmin1\tpopulation\n"
    "1\tcity\tAlpha\tBeta|Gamma\t1.5\t-2\tPER\tLima\t5000\n";

const Tables& Shipped() {
  static const auto tables = Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
  if (!tables) std::abort();
  return *tables;
}

void Write(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

void Ask(const fs::path& file, std::string_view words) {
  const auto towns = Tables::Load(file, {});
  if (!towns) return;
  const auto gazetteer = dateline::places::Gazetteer::Load(Shipped(), *towns);
  if (!gazetteer) return;
  for (const std::string_view name :
       {std::string_view("alpha"), std::string_view("gamma"), words}) {
    const std::vector<std::string> phrase = dateline::tables::FoldPhrase(name);
    const std::vector<std::string_view> views(phrase.begin(), phrase.end());
    for (const auto& candidate : gazetteer->Find(views, dateline::places::ShortNames::kAll)) {
      if (candidate.name.size() > (1U << 20U)) __builtin_trap();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fs::path folder = [] {
    std::string pattern = (fs::temp_directory_path() / "gazetteer_XXXXXX").string();
    const fs::path made = mkdtemp(pattern.data());
    fs::create_directories(made / "data/places");
    return made;
  }();
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  Write(folder / "raw.tables", bytes);
  Ask(folder / "raw.tables", "alpha");
  Write(folder / "data/places/gazetteer.tsv", std::string(kHead) + bytes);
  const auto compiled = dateline::tables::CompileFolder(folder / "data");
  if (!compiled || compiled->bytes.empty()) return 0;
  Write(folder / "made.tables", compiled->bytes);
  Ask(folder / "made.tables", "alpha beta");
  return 0;
}
