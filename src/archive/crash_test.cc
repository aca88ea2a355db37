// What the disk may do to an archive, and what must hold after it. DATELINE_FAULTS sets how often
// each kind of fault is tried (default 25).
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "archive/faulty_disk.h"
#include "dateline/archive.h"
#include "record/sample_story.h"

namespace dateline {
namespace {

using archive::FaultyDisk;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t kBatches = 6;
constexpr std::size_t kInBatch = 3;

int Rounds() {
  const char* rounds = std::getenv("DATELINE_FAULTS");
  return rounds == nullptr ? 25 : std::atoi(rounds);
}

ArchiveInput InputOf(std::size_t number) {
  Story story = record::FullStory();
  story.id = fmt::format("{:032x}", number + 1);
  InputPiece piece;
  piece.bytes = "bytes of " + story.id;
  piece.path = "in/story.txt";
  return PrepareInput(piece, {story});
}

std::vector<std::vector<ArchiveInput>> Batches() {
  std::vector<std::vector<ArchiveInput>> batches(kBatches);
  for (std::size_t i = 0; i < kBatches * kInBatch; ++i) {
    batches[i / kInBatch].push_back(InputOf(i));
  }
  return batches;
}

class CrashTest : public testing::Test {
 protected:
  CrashTest()
      : folder_(std::filesystem::temp_directory_path() /
                fmt::format("crash_test_{}_{}", getpid(),
                            testing::UnitTest::GetInstance()->current_test_info()->name())),
        batches_(Batches()) {
    Clear();
  }
  ~CrashTest() override { std::filesystem::remove_all(folder_); }

  void Clear() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    disk_.files().clear();
  }

  /// Adds batch after batch until something fails; how many were added. Closes the archive after
  /// every second one, so that the log is brought into the file.
  std::size_t Fill() {
    std::size_t added = 0;
    error_ = {};
    while (added < batches_.size()) {
      auto archive = Archive::Open(Path(), ArchiveAccess::kWrite);
      if (!archive) {
        error_ = archive.error();
        return added;
      }
      archive->BeginRun({.started = "2031-05-04T08:15:00Z"});
      for (int i = 0; i < 2 && added < batches_.size(); ++i) {
        const auto counts = archive->Add(batches_[added]);
        if (!counts) {
          error_ = counts.error();
          return added;
        }
        ++added;
      }
    }
    return added;
  }

  /// Whole batches in their order, at least `least` of them; then adding them all makes it whole.
  void ExpectWhole(std::size_t least, const std::string& what) {
    SCOPED_TRACE(what);
    auto archive = Archive::Open(Path(), ArchiveAccess::kWrite);
    ASSERT_TRUE(archive) << archive.error().Text();
    EXPECT_THAT(*archive->Check(), IsEmpty());
    const auto stories = static_cast<std::size_t>(*archive->CountStories());
    EXPECT_GE(stories, least * kInBatch);
    EXPECT_EQ(stories % kInBatch, 0U);
    for (std::size_t i = 0; i < stories; ++i) {
      EXPECT_TRUE(*archive->Knows(batches_[i / kInBatch][i % kInBatch].hash)) << i;
    }
    archive->BeginRun({.started = "2031-05-04T08:15:00Z"});
    for (const auto& batch : batches_) ASSERT_TRUE(archive->Add(batch));
    EXPECT_EQ(*archive->CountStories(), kBatches * kInBatch);
    EXPECT_THAT(*archive->Check(), IsEmpty());
  }

  /// Operations of an undisturbed run.
  std::uint64_t CountOperations() {
    Clear();
    disk_.Heal();
    EXPECT_EQ(Fill(), kBatches);
    return disk_.operations();
  }

  /// Tries the fault at random moments.
  void Try(FaultyDisk::Fault fault, bool power) {
    const std::uint64_t all = CountOperations();
    ASSERT_GT(all, 100U);
    int failed = 0;
    for (int round = 0; round < Rounds(); ++round) {
      std::mt19937_64 random(static_cast<std::uint64_t>(round) * 7919 + 1);
      const std::uint64_t at = random() % all;
      Clear();
      disk_.FailAfter(at, fault);
      const std::size_t added = Fill();
      failed += disk_.failed() ? 1 : 0;
      if (!error_.message.empty()) messages_.push_back(error_.message);
      disk_.Heal();
      if (power) disk_.LosePower(random);
      ExpectWhole(power ? 0 : added, fmt::format("round {}, operation {} of {}", round, at, all));
      if (testing::Test::HasFatalFailure()) return;
    }
    EXPECT_GT(failed, Rounds() / 2);
  }

  [[nodiscard]] std::string Path() const { return (folder_ / "news.db").string(); }

  std::filesystem::path folder_;
  std::vector<std::vector<ArchiveInput>> batches_;
  FaultyDisk disk_;
  Error error_;
  std::vector<std::string> messages_;
};

TEST_F(CrashTest, AFullDiskLosesAndDoublesNothing) {
  Try(FaultyDisk::Fault::kFull, false);
  EXPECT_THAT(messages_, testing::Each(HasSubstr("no space is left on the disk")));
}

TEST_F(CrashTest, AnErrorOfTheDiskLosesAndDoublesNothing) { Try(FaultyDisk::Fault::kError, false); }

TEST_F(CrashTest, ADiskThatIsGoneLosesAndDoublesNothing) { Try(FaultyDisk::Fault::kErrors, false); }

TEST_F(CrashTest, APowerCutLeavesWholeInputsInTheirOrder) {
  Try(FaultyDisk::Fault::kPowerCut, true);
}

}  // namespace
}  // namespace dateline
