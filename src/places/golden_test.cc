// The cases of tests/golden/places/*.txt. Each is:
//
//   === what it shows
//   outlet: https://www.example.com        (may be absent)
//   dateline: LIMA, Peru (AP)              (may be absent)
//   text, one paragraph
//   ---
//   Paris | Paris, Texas, USA | place      (a line for each place, in order)
//
// DATELINE_UPDATE_GOLDEN=1 writes what is found into the files; review the difference.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "places/testing/marked.h"

namespace dateline::places {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> Files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(DATELINE_SOURCE_DIR "/tests/golden/places"))
    files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

struct Case {
  std::string head;  ///< as in the file, up to and with "---"
  std::string name;
  std::string outlet;
  std::string dateline;
  std::string text;
  std::string expected;
};

std::string Field(std::string_view line, std::string_view name) {
  if (!line.starts_with(name)) return {};
  return std::string(line.substr(name.size()));
}

std::vector<Case> ReadCases(const fs::path& path) {
  std::ifstream in(path);
  std::vector<Case> cases;
  bool answer = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("=== ")) {
      cases.emplace_back().name = line.substr(4);
      answer = false;
    }
    Case& the = cases.back();
    if (answer) {
      the.expected += line + "\n";
      continue;
    }
    the.head += line + "\n";
    if (line == "---") {
      answer = true;
    } else if (auto outlet = Field(line, "outlet: "); !outlet.empty()) {
      the.outlet = outlet;
    } else if (auto dateline = Field(line, "dateline: "); !dateline.empty()) {
      the.dateline = dateline;
    } else if (!line.starts_with("=== ")) {
      the.text += line;
    }
  }
  return cases;
}

class GoldenPlaces : public ::testing::TestWithParam<fs::path> {};

TEST_P(GoldenPlaces, AreFoundAsAReaderWould) {
  std::string written;
  for (const Case& the : ReadCases(GetParam())) {
    const std::string found =
        testing::Print(testing::MakeStory(the.text, the.dateline, the.outlet));
    written += the.head + found;
    if (std::getenv("DATELINE_UPDATE_GOLDEN") == nullptr) {
      EXPECT_EQ(the.expected, found) << GetParam().filename() << ": " << the.name;
    }
  }
  if (std::getenv("DATELINE_UPDATE_GOLDEN") != nullptr) std::ofstream(GetParam()) << written;
}

std::string NameOf(const ::testing::TestParamInfo<fs::path>& info) {
  std::string name = info.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenPlaces, ::testing::ValuesIn(Files()), NameOf);

}  // namespace
}  // namespace dateline::places
