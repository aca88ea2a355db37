#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "dateline/input.h"

namespace dateline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class InputReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("dateline_input_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& bytes) {
    const std::filesystem::path path = folder_ / "input";
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

  /// What comes out: the bytes of each piece, or "! code" for an error.
  static std::vector<std::string> Pieces(const std::string& path, const InputOptions& options) {
    std::vector<std::string> out;
    auto reader = InputReader::Open(path, options);
    if (!reader) return {"! " + reader.error().message};
    while (auto piece = reader->Next())
      out.push_back(*piece ? (*piece)->bytes : "! " + piece->error().Text());
    return out;
  }

  std::filesystem::path folder_;
};

TEST_F(InputReaderTest, ATextFileIsOnePiece) {
  EXPECT_THAT(Pieces(Write("one\ntwo\n"), {}), ElementsAre("one\ntwo\n"));
}

TEST_F(InputReaderTest, AnEmptyFileIsOneEmptyPiece) {
  EXPECT_THAT(Pieces(Write(""), {}), ElementsAre(""));
}

TEST_F(InputReaderTest, JsonLinesComeRecordByRecordWithLineAndOffset) {
  auto reader = InputReader::Open(Write("{\"text\":\"a\"}\n\n{\"text\":\"b\"}\n"), {});
  ASSERT_TRUE(reader);
  auto first = reader->Next();
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->line, 1U);
  auto second = reader->Next();
  ASSERT_TRUE(second && *second);
  EXPECT_EQ((*second)->bytes, "{\"text\":\"b\"}");
  EXPECT_EQ((*second)->line, 3U);
  EXPECT_EQ((*second)->offset, 14U);
  EXPECT_EQ((*second)->format, Format::kJson);
  EXPECT_FALSE(reader->Next());
}

TEST_F(InputReaderTest, ArraysAndSpreadObjectsAreCutToo) {
  EXPECT_THAT(Pieces(Write("[{\"text\":\"a\"},\n {\"text\":\n\"b\"}]"), {}),
              ElementsAre("{\"text\":\"a\"}", "{\"text\":\n\"b\"}"));
}

TEST_F(InputReaderTest, ABrokenLineCostsThatLineOnly) {
  EXPECT_THAT(
      Pieces(Write("{\"text\":\"a\"}\n{\"text\":\"b\n{\"text\": [\n{\"text\":\"d\"}\n"), {}),
      ElementsAre("{\"text\":\"a\"}", "{\"text\":\"b", "{\"text\": [", "{\"text\":\"d\"}"));
}

TEST_F(InputReaderTest, APieceOverTheLimitIsRefusedAndTheNextOneRead) {
  const std::string path =
      Write("{\"text\":\"" + std::string(500, 'x') + "\"}\n{\"text\":\"b\"}\n");
  const auto pieces = Pieces(path, {.max_piece_bytes = 100});
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_THAT(pieces[0], HasSubstr("has more than 100 bytes; raise --max-bytes"));
  EXPECT_EQ(pieces[1], "{\"text\":\"b\"}");
}

TEST_F(InputReaderTest, ATextOverTheLimitIsRefused) {
  const auto pieces = Pieces(Write(std::string(101, 'x')), {.max_piece_bytes = 100});
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_THAT(pieces[0], HasSubstr("the text has more than 100 bytes"));
  EXPECT_THAT(Pieces(Write(std::string(100, 'x')), {.max_piece_bytes = 100}),
              ElementsAre(std::string(100, 'x')));
}

TEST_F(InputReaderTest, RecordsLongerThanTheBufferAreWhole) {
  const std::string record = "{\"text\":\"" + std::string(1U << 20U, 'y') + "\"}";
  EXPECT_THAT(Pieces(Write(record + "\n" + record), {}), ElementsAre(record, record));
}

TEST_F(InputReaderTest, AMissingFileIsNotFound) {
  const auto reader = InputReader::Open((folder_ / "none").string(), {});
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, ErrorCode::kNotFound);
}

TEST_F(InputReaderTest, AFolderIsUnreadable) {
  const auto reader = InputReader::Open(folder_.string(), {});
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, ErrorCode::kUnreadable);
}

TEST_F(InputReaderTest, AFileRemovedWhileReadingIsReadToItsEnd) {
  const std::string path = Write("{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
  auto reader = InputReader::Open(path, {});
  ASSERT_TRUE(reader);
  ASSERT_TRUE(reader->Next());
  std::filesystem::remove(path);
  const auto piece = reader->Next();
  ASSERT_TRUE(piece && *piece);
  EXPECT_EQ((*piece)->bytes, "{\"text\":\"b\"}");
}

}  // namespace
}  // namespace dateline
