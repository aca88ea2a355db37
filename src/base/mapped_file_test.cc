#include "base/mapped_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

namespace dateline::base {
namespace {

/// A file of the given content in the test's folder, removed at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content)
      : path_(std::filesystem::path(testing::TempDir()) / "dateline_mapped_file_test") {
    std::ofstream(path_, std::ios::binary) << content;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path_); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST(MappedFileTest, ShowsAllBytes) {
  const std::string content("a\0b\nlast", 8);
  const TemporaryFile file(content);
  const auto mapped = MappedFile::Open(file.path());
  ASSERT_TRUE(mapped.has_value());
  EXPECT_EQ(mapped->view(), content);
}

TEST(MappedFileTest, AnEmptyFileIsAnEmptyView) {
  const TemporaryFile file("");
  const auto mapped = MappedFile::Open(file.path());
  ASSERT_TRUE(mapped.has_value());
  EXPECT_TRUE(mapped->view().empty());
}

TEST(MappedFileTest, MovingCarriesTheView) {
  const TemporaryFile file("moved");
  auto mapped = MappedFile::Open(file.path());
  ASSERT_TRUE(mapped.has_value());
  const MappedFile other = std::move(*mapped);
  EXPECT_EQ(other.view(), "moved");
}

TEST(MappedFileTest, AMissingFileIsNotFoundAndNamed) {
  const auto mapped = MappedFile::Open("/nonexistent/dateline");
  ASSERT_FALSE(mapped.has_value());
  EXPECT_EQ(mapped.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(mapped.error().where, "/nonexistent/dateline");
}

TEST(MappedFileTest, AFolderIsUnreadable) {
  const auto mapped = MappedFile::Open(testing::TempDir());
  ASSERT_FALSE(mapped.has_value());
  EXPECT_EQ(mapped.error().code, ErrorCode::kUnreadable);
}

}  // namespace
}  // namespace dateline::base
