#include "file_walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace dateline::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A folder of its own for each test, gone at the end.
class FileWalkTest : public ::testing::Test {
 protected:
  FileWalkTest() {
    std::string name = (fs::temp_directory_path() / "file_walk_XXXXXX").string();
    root_ = mkdtemp(name.data());
  }
  ~FileWalkTest() override { fs::remove_all(root_); }

  void Touch(const std::string& path) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << "x";
  }

  /// What the walk gives, without the root; errors as "! path".
  [[nodiscard]] std::vector<std::string> Walk(const std::string& below = "") const {
    FileWalk walk(below.empty() ? root_.string() : (root_ / below).string());
    std::vector<std::string> found;
    while (const auto path = walk.Next()) {
      const std::string name = path->has_value() ? **path : "! " + path->error().where;
      const auto begin = name.find(root_.string());
      found.push_back(std::string(name).erase(begin, root_.string().size() + 1));
    }
    return found;
  }

  fs::path root_;
};

TEST_F(FileWalkTest, PathsComeInByteOrder) {
  for (const char* path : {"b.txt", "a/2", "a/10", "a.txt", "a-z", "B", "é", "a/c/deep"}) {
    Touch(path);
  }
  EXPECT_THAT(Walk(), ElementsAre("B", "a-z", "a.txt", "a/10", "a/2", "a/c/deep", "b.txt", "é"));
}

TEST_F(FileWalkTest, HiddenFilesAndFoldersAreSkipped) {
  for (const char* path : {".hidden", ".git/config", "seen"}) Touch(path);
  EXPECT_THAT(Walk(), ElementsAre("seen"));
}

TEST_F(FileWalkTest, AnEmptyFolderGivesNothing) {
  fs::create_directories(root_ / "a/b/c");
  EXPECT_THAT(Walk(), IsEmpty());
}

TEST_F(FileWalkTest, LinkLoopsEnd) {
  Touch("a/story");
  fs::create_directory_symlink("..", root_ / "a/up");
  fs::create_directory_symlink(".", root_ / "a/self");
  fs::create_symlink("ring", root_ / "a/ring");
  EXPECT_THAT(Walk(), ElementsAre("a/ring", "a/story")) << "a/ring cannot be opened: said then";
}

TEST_F(FileWalkTest, LinkedFilesAndFoldersAreRead) {
  Touch("kept/story");
  fs::create_directories(root_ / "corpus");
  fs::create_directory_symlink("../kept", root_ / "corpus/folder");
  fs::create_symlink("../kept/story", root_ / "corpus/one");
  EXPECT_THAT(Walk("corpus"), ElementsAre("corpus/folder/story", "corpus/one"));
}

TEST_F(FileWalkTest, PipesAreNoFiles) {
  ASSERT_EQ(mkfifo((root_ / "pipe").c_str(), 0600), 0);
  Touch("story");
  EXPECT_THAT(Walk(), ElementsAre("story"));
}

TEST_F(FileWalkTest, AFinalSlashOfTheRootIsNotDoubled) {
  Touch("a/story");
  EXPECT_THAT(Walk("a/"), ElementsAre("a/story"));
}

TEST_F(FileWalkTest, AFolderThatGoesAwayIsNamedAndTheWalkGoesOn) {
  Touch("a/1");
  Touch("b/2");
  FileWalk walk(root_.string());
  EXPECT_EQ(**walk.Next(), (root_ / "a/1").string());
  fs::remove_all(root_ / "b");
  const auto gone = walk.Next();
  ASSERT_TRUE(gone && !gone->has_value());
  EXPECT_EQ(gone->error().code, ErrorCode::kNotFound);
  EXPECT_EQ(gone->error().where, (root_ / "b/").string());
  EXPECT_FALSE(walk.Next().has_value());
}

}  // namespace
}  // namespace dateline::cli
