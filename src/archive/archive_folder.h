/// A folder with an archive that goes with the test, for tests.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>

#include "dateline/archive.h"

namespace dateline::archive {

class ArchiveFolderTest : public testing::Test {
 protected:
  ArchiveFolderTest() { std::filesystem::create_directories(folder_); }
  ~ArchiveFolderTest() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string Path() const { return (folder_ / "news.db").string(); }

  [[nodiscard]] Archive Open(ArchiveAccess access = ArchiveAccess::kWrite) const {
    auto archive = Archive::Open(Path(), access);
    EXPECT_TRUE(archive) << archive.error().Text();
    archive->BeginRun({.started = "2031-05-04T08:15:00Z", .program = "dateline 1"});
    return *std::move(archive);
  }

 private:
  static std::filesystem::path Made() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    return std::filesystem::temp_directory_path() /
           fmt::format("{}_{}_{}", test->test_suite_name(), test->name(), getpid());
  }

  std::filesystem::path folder_ = Made();
};

}  // namespace dateline::archive
