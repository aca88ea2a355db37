/// Golden files of several cases, which anybody can correct:
///
///   === name of the case
///   the story, with marks (see marked_story.h)
///   ---
///   what is found, a line each
///
/// DATELINE_UPDATE_GOLDEN=1 in the environment makes a test write what it finds. Only for tests.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"

namespace dateline::quotes::testing {

struct GoldenCase {
  std::string name;
  std::string input;
  std::string expected;
};

inline std::vector<GoldenCase> ReadGolden(const std::filesystem::path& path) {
  std::vector<GoldenCase> cases;
  std::ifstream file(path, std::ios::binary);
  bool output = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("=== ")) {
      cases.push_back({line.substr(4), "", ""});
      output = false;
    } else if (line == "---") {
      output = true;
    } else if (!cases.empty()) {
      (output ? cases.back().expected : cases.back().input) += line + "\n";
    }
  }
  return cases;
}

/// Runs `find` on the input of each case of each file in `folder` and compares.
template <typename Find>
void CheckGoldens(const std::filesystem::path& folder, const Find& find) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files.push_back(entry.path());
  std::ranges::sort(files);
  ASSERT_FALSE(files.empty()) << folder;
  for (const auto& path : files) {
    std::ostringstream written;
    for (const GoldenCase& golden : ReadGolden(path)) {
      const std::string found = find(golden.input);
      written << "=== " << golden.name << '\n' << golden.input << "---\n" << found;
      if (std::getenv("DATELINE_UPDATE_GOLDEN") == nullptr) {
        EXPECT_EQ(found, golden.expected) << path.filename() << ": " << golden.name;
      }
    }
    if (std::getenv("DATELINE_UPDATE_GOLDEN") != nullptr)
      std::ofstream(path, std::ios::binary) << written.str();
  }
}

}  // namespace dateline::quotes::testing
