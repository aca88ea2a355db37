#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "dateline.h"
#include "dateline/engine.h"
#include "dateline/record.h"

namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kText =
    "Norland’s Foreign Minister Ada Berg met Halvik’s envoy on Tuesday. “We agreed,” she said.";

const std::string& TablesPath() {
  static const std::string path = DATELINE_BUILD_DIR "/share/dateline/dateline.tables";
  return path;
}

dateline_open_options OpenOptions() {
  return {.struct_size = sizeof(dateline_open_options),
          .tables = TablesPath().c_str(),
          .overlays = nullptr,
          .overlay_count = 0};
}

class CApi : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto options = OpenOptions();
    engine_ = dateline_open(&options);
    ASSERT_NE(engine_, nullptr) << dateline_last_error();
  }
  static void TearDownTestSuite() { dateline_close(engine_); }

  static dateline_stories* Read(const char* text, const dateline_read_options* options = nullptr) {
    return dateline_read(engine_, text, std::strlen(text), options);
  }

  static inline dateline_engine* engine_ = nullptr;
};

TEST_F(CApi, ARecordIsWhatTheEngineWrites) {
  auto* stories = Read(kText);
  ASSERT_NE(stories, nullptr) << dateline_last_error();
  ASSERT_EQ(dateline_count(stories), 1U);
  std::size_t size = 0;
  const std::string record = dateline_json(stories, 0, &size);
  EXPECT_EQ(record.size(), size);

  auto engine = dateline::Engine::Open({.tables = TablesPath(), .model = {}, .overlays = {}});
  ASSERT_TRUE(engine);
  dateline::Scratch scratch;
  const auto read = engine->Read(kText, {}, scratch);
  ASSERT_TRUE(read);
  EXPECT_EQ(record, dateline::WriteRecord(read->front()));
  EXPECT_EQ(dateline_engine_version(engine_), engine->Version());
  dateline_free(stories);
}

TEST_F(CApi, OptionsReachTheReader) {
  const dateline_read_options options{.struct_size = sizeof(options),
                                      .format = "text",
                                      .path = "a.txt",
                                      .date = "2031-05-04",
                                      .offsets = DATELINE_CHARS,
                                      .tokens = true,
                                      .plain = true};
  auto* stories = Read(kText, &options);
  ASSERT_NE(stories, nullptr) << dateline_last_error();
  const std::string record = dateline_json(stories, 0, nullptr);
  EXPECT_THAT(record, HasSubstr(R"("path":"a.txt")"));
  EXPECT_THAT(record, HasSubstr(R"("datePublished":"2031-05-04")"));
  EXPECT_THAT(record, HasSubstr(R"("tokens":[{"start":0,"end":7,)")) << "Norland, then ’s";
  EXPECT_THAT(record, HasSubstr(R"({"start":7,"end":9,)")) << "’ counts as one";
  dateline_free(stories);
}

TEST_F(CApi, AnOlderCallersOptionsAreEnough) {
  const dateline_read_options options{.struct_size = offsetof(dateline_read_options, path),
                                      .format = "text",
                                      .path = "not known to this caller",
                                      .date = "neither",
                                      .offsets = 77,
                                      .tokens = true,
                                      .plain = true};
  auto* stories = Read(kText, &options);
  ASSERT_NE(stories, nullptr) << dateline_last_error();
  EXPECT_THAT(dateline_json(stories, 0, nullptr), HasSubstr(R"("path":null)"));
  dateline_free(stories);
}

TEST_F(CApi, ColumnsOutliveTheStories) {
  auto* stories = Read(kText);
  ArrowSchema schema;
  ArrowArray array;
  ASSERT_TRUE(dateline_arrow(stories, &schema, &array)) << dateline_last_error();
  dateline_free(stories);
  EXPECT_STREQ(schema.format, "+s");
  EXPECT_EQ(array.length, 1);
  schema.release(&schema);
  array.release(&array);
}

TEST_F(CApi, WhatIsWrongIsSaidWithPlaceAndRemedy) {
  dateline_read_options options{};
  EXPECT_EQ(Read(kText, &options), nullptr);
  EXPECT_THAT(dateline_last_error(), HasSubstr("sizeof"));

  options = {.struct_size = sizeof(options),
             .format = "json",
             .path = "in.json",
             .date = nullptr,
             .offsets = 0,
             .tokens = false,
             .plain = false};
  EXPECT_EQ(Read("{\"text\":", &options), nullptr);
  EXPECT_THAT(dateline_last_error(), StartsWith("in.json"));
  EXPECT_EQ(dateline_last_error_code(), DATELINE_MALFORMED);

  options.format = "papyrus";
  EXPECT_EQ(Read(kText, &options), nullptr);
  EXPECT_THAT(dateline_last_error(), HasSubstr("none of text, json"));

  auto* stories = Read(kText);
  EXPECT_STREQ(dateline_last_error(), "") << "a call that does well leaves no error";
  EXPECT_EQ(dateline_json(stories, 1, nullptr), nullptr);
  EXPECT_EQ(dateline_last_error_code(), DATELINE_INVALID_ARGUMENT);
  dateline_free(stories);
}

TEST(CApiOpen, MissingTablesAreNamed) {
  auto options = OpenOptions();
  options.tables = "/no/such.tables";
  EXPECT_EQ(dateline_open(&options), nullptr);
  EXPECT_THAT(dateline_last_error(), HasSubstr("/no/such.tables"));
  EXPECT_EQ(dateline_last_error_code(), DATELINE_NOT_FOUND);
}

TEST_F(CApi, ThreadsShareAnEngineAndKeepTheirOwnErrors) {
  dateline_free(Read(kText));  // leaves no error on this thread
  std::vector<std::string> records(4);
  std::vector<std::thread> threads;
  for (std::string& record : records) {
    threads.emplace_back([&record] {
      const dateline_read_options wrong{};
      EXPECT_EQ(Read(kText, &wrong), nullptr);
      auto* stories = Read(kText);
      record = dateline_json(stories, 0, nullptr);
      dateline_free(stories);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_STREQ(dateline_last_error(), "");
  for (const std::string& record : records) EXPECT_EQ(record, records.front());
}

TEST(CApiNull, NothingIsReadFromNothing) {
  EXPECT_EQ(dateline_read(nullptr, "a", 1, nullptr), nullptr);
  EXPECT_EQ(dateline_count(nullptr), 0U);
  dateline_free(nullptr);
  dateline_close(nullptr);
}

}  // namespace
