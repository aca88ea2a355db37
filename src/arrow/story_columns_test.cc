#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "arrow/field.h"
#include "dateline/arrow.h"
#include "record/sample_story.h"

namespace dateline {
namespace {

namespace dom = simdjson::dom;
using record::FullStory;
using testing::HasSubstr;

/// What Finish gave, released at the end.
struct Table {
  ArrowSchema schema{};
  ArrowArray array{};

  explicit Table(StoryColumns& columns) { columns.Finish(&schema, &array); }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  ~Table() {
    if (schema.release != nullptr) schema.release(&schema);
    if (array.release != nullptr) array.release(&array);
  }
};

bool IsNull(const ArrowArray& array, std::int64_t row) {
  const auto* valid = static_cast<const std::uint8_t*>(array.buffers[0]);
  return valid != nullptr && ((valid[row / 8] >> (row % 8)) & 1) == 0;
}

std::string Show(const ArrowSchema& schema, const ArrowArray& array, std::int64_t row);

std::string ShowList(const ArrowSchema& schema, const ArrowArray& array, std::int64_t row) {
  const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]);
  std::string out = "[";
  for (std::int32_t i = offsets[row]; i < offsets[row + 1]; ++i)
    out += (i > offsets[row] ? "," : "") + Show(*schema.children[0], *array.children[0], i);
  return out + "]";
}

/// Fields that are null are left out.
std::string ShowStruct(const ArrowSchema& schema, const ArrowArray& array, std::int64_t row) {
  std::string out = "{";
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    if (IsNull(*array.children[i], row)) continue;
    out += (out.size() > 1 ? "," : "") + std::string(schema.children[i]->name) + ":" +
           Show(*schema.children[i], *array.children[i], row);
  }
  return out + "}";
}

/// A value in words, read off the buffers as a consumer reads them.
std::string Show(const ArrowSchema& schema, const ArrowArray& array, std::int64_t row) {
  if (IsNull(array, row)) return "null";
  const std::string_view format = schema.format;
  if (format == "+s") return ShowStruct(schema, array, row);
  if (format == "+l") return ShowList(schema, array, row);
  if (format == "i") return std::to_string(static_cast<const std::int32_t*>(array.buffers[1])[row]);
  if (format == "g") return std::to_string(static_cast<const double*>(array.buffers[1])[row]);
  if (format == "b") {
    const auto* bits = static_cast<const std::uint8_t*>(array.buffers[1]);
    return ((bits[row / 8] >> (row % 8)) & 1) != 0 ? "true" : "false";
  }
  const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]);
  const auto* bytes = static_cast<const char*>(array.buffers[2]);
  return {bytes + offsets[row], bytes + offsets[row + 1]};
}

std::string ShowColumn(const Table& table, std::string_view name, std::int64_t row) {
  for (std::int64_t i = 0; i < table.schema.n_children; ++i) {
    if (table.schema.children[i]->name == name)
      return Show(*table.schema.children[i], *table.array.children[i], row);
  }
  return "no such column";
}

/// Every path of keys that a record has: "events[].source[].actor".
void PathsOf(dom::element value, const std::string& at, std::set<std::string>& paths) {
  if (dom::object object; value.get(object) == simdjson::SUCCESS) {
    for (const auto [key, inner] : object) {
      const std::string path = at + (at.empty() ? "" : ".") + std::string(key);
      paths.insert(path);
      PathsOf(inner, path, paths);
    }
  } else if (dom::array array; value.get(array) == simdjson::SUCCESS) {
    for (const dom::element item : array) PathsOf(item, at + "[]", paths);
  }
}

void PathsOf(std::span<const arrow::Field> fields, const std::string& at,
             std::set<std::string>& paths) {
  for (const arrow::Field& field : fields) {
    const bool list =
        field.kind == arrow::FieldKind::kList || field.kind == arrow::FieldKind::kTree;
    const std::string path = at + (at.empty() ? "" : ".") + std::string(field.name);
    paths.insert(path);
    PathsOf(list ? field.children[0].children : field.children, path + (list ? "[]" : ""), paths);
  }
}

TEST(StoryColumns, EveryFieldOfARecordHasAColumn) {
  dom::parser parser;
  std::set<std::string> wanted;
  PathsOf(parser.parse(WriteRecord(FullStory(), {.tokens = true})), "", wanted);
  std::set<std::string> have{"dateline"};  // the version is of the schema, not of a row
  PathsOf(arrow::RecordFields(), "", have);
  for (const std::string& path : wanted) {
    if (path.find("nested") == std::string::npos) {
      EXPECT_TRUE(have.contains(path)) << path << " has no row in record_fields.cc";
    }
  }
}

TEST(StoryColumns, AStoryIsARow) {
  StoryColumns columns({});
  ASSERT_TRUE(columns.Add(FullStory()));
  Story small;
  small.text = "Ola Ek left.";
  ASSERT_TRUE(columns.Add(small));
  EXPECT_EQ(columns.rows(), 2);
  const Table table(columns);
  EXPECT_EQ(table.array.length, 2);
  EXPECT_EQ(ShowColumn(table, "id", 0), FullStory().id);
  EXPECT_EQ(ShowColumn(table, "text", 1), "Ola Ek left.");
  EXPECT_EQ(ShowColumn(table, "events", 1), "[]");
  EXPECT_THAT(ShowColumn(table, "article", 1), "{}");
  EXPECT_EQ(columns.rows(), 0) << "Finish leaves nothing behind";
}

TEST(StoryColumns, WhatARecordSaysIsInItsRow) {
  StoryColumns columns({});
  ASSERT_TRUE(columns.AddRecord(
      R"({"dateline":1,"id":"7","text":"é","places":[{"start":0,"end":2,"name":"E","lat":-1.5,)"
      R"("literal":false}],"events":[{"id":"v1","trigger":[3,9],"quad":4,"source":[)"
      R"({"actor":"NLD","start":1,"end":2},{"start":3,"end":4}],"attributedTo":null}]})"));
  const Table table(columns);
  EXPECT_EQ(ShowColumn(table, "places", 0), "[{start:0,end:2,name:E,lat:-1.500000,literal:false}]");
  EXPECT_EQ(ShowColumn(table, "events", 0),
            "[{id:v1,quad:4,trigger:{start:3,end:9},source:[{actor:NLD,start:1,end:2},"
            "{start:3,end:4}]}]");
  EXPECT_EQ(ShowColumn(table, "blocks", 0), "null");
}

TEST(StoryColumns, NestedAttributionsFollowTheOneTheyStandIn) {
  StoryColumns columns({});
  ASSERT_TRUE(columns.AddRecord(
      R"({"attributions":[{"id":"a1","nested":[{"id":"a2","nested":[{"id":"a3"}]}]},{"id":"a4"}]})"));
  const Table table(columns);
  EXPECT_EQ(ShowColumn(table, "attributions", 0),
            "[{id:a1},{id:a2,inside:a1},{id:a3,inside:a2},{id:a4}]");
}

TEST(StoryColumns, OffsetsAreInTheUnitAskedFor) {
  Story story;
  story.text = "é Ek";
  story.blocks.push_back({.span = {3, 5}, .speaker = {}});
  StoryColumns columns({.offsets = OffsetUnit::kChars});
  ASSERT_TRUE(columns.Add(story));
  const Table table(columns);
  EXPECT_EQ(ShowColumn(table, "blocks", 0), "[{kind:paragraph,start:2,end:4}]");
}

TEST(StoryColumns, ANullRowHasNothing) {
  StoryColumns columns({.tokens = true});
  columns.AddNull();
  ASSERT_TRUE(columns.Add(FullStory()));
  const Table table(columns);
  EXPECT_TRUE(IsNull(table.array, 0));
  EXPECT_FALSE(IsNull(table.array, 1));
  EXPECT_EQ(table.array.null_count, 1);
  EXPECT_EQ(ShowColumn(table, "tokens", 0), "null");
  EXPECT_THAT(ShowColumn(table, "tokens", 1), HasSubstr("{start:"));
}

TEST(StoryColumns, WhatIsNoRecordAddsNothing) {
  StoryColumns columns({});
  EXPECT_EQ(columns.AddRecord("[1]").error().code, ErrorCode::kMalformed);
  EXPECT_EQ(columns.AddRecord("{").error().code, ErrorCode::kMalformed);
  EXPECT_EQ(columns.rows(), 0);
}

TEST(StoryColumns, AChildMayOutliveItsParent) {
  StoryColumns columns({});
  ASSERT_TRUE(columns.Add(FullStory()));
  Table table(columns);
  ArrowArray moved = *table.array.children[0];
  table.array.children[0]->release = nullptr;
  table.array.release(&table.array);
  EXPECT_EQ(Show(*table.schema.children[0], moved, 0), FullStory().id);
  moved.release(&moved);
}

}  // namespace
}  // namespace dateline
