// A folder of tables of one's own adds an ontology: codes that are not CAMEO's, and patterns for
// them, without a compiler.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "events/event_finder.h"
#include "quotes/testing/marked_story.h"
#include "tables/tables.h"

namespace dateline::events {
namespace {

namespace fs = std::filesystem;

/// A folder with two tables, gone with the object.
class Overlay {
 public:
  Overlay(const std::string& codes, const std::string& patterns)
      : folder_(fs::path(testing::TempDir()) / "ontology") {
    fs::create_directories(folder_ / "events");
    std::ofstream(folder_ / "events" / "cameo.tsv") << kCodes << codes;
    std::ofstream(folder_ / "events" / "patterns.tsv") << kPatterns << patterns;
  }
  ~Overlay() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;
  Overlay(Overlay&&) = delete;
  Overlay& operator=(Overlay&&) = delete;

  [[nodiscard]] Result<EventFinder> Load() const {
    const std::array folders{folder_};
    auto tables =
        tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", folders);
    if (!tables) return std::unexpected(tables.error());
    return EventFinder::Load(*tables);
  }

 private:
  static constexpr const char* kCodes =
      "code\tname\tgoldstein\tquad\tplover\tmode\tontology\tsource\n";
  static constexpr const char* kPatterns =
      "id\tcameo\ttrigger\tframe\twords\tstatus\texample\tcounter\tsource\n";

  fs::path folder_;
};

TEST(Ontology, OfOnesOwnNeedsNoCompiler) {
  const Overlay overlay("fish.poach\tTake fish in foreign waters\t-2.0\t4\t\t\tFishery\town\n",
                        "fish.poach.1\tfish.poach\ttrawl\tS V in/off:O\twaters\t\t[S Peru|PER] "
                        "trawled in the waters of "
                        "[O Chile|CHL].\t\town\n");
  const auto finder = overlay.Load();
  ASSERT_TRUE(finder) << finder.error().where << ": " << finder.error().message;
  const auto story =
      quotes::testing::MakeMarkedStory("[Peru|PER] trawled in the waters of [Chile|CHL].").story;
  const auto events = finder->Find(story, std::nullopt);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].cameo, "fish.poach");
  EXPECT_EQ(events[0].ontology, "Fishery");
  EXPECT_EQ(events[0].rule, "fish.poach.1");
  EXPECT_EQ(events[0].plover, "");
}

TEST(Ontology, OfOthersLeavesCameoAsItIs) {
  const auto finder = Overlay("", "").Load();
  ASSERT_TRUE(finder);
  const auto events = finder->Find(
      quotes::testing::MakeMarkedStory("[Peru|PER] attacked [Chile|CHL].").story, std::nullopt);
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events[0].ontology, "");
}

TEST(Ontology, PatternWithAnUnknownCodeIsNamed) {
  const auto finder =
      Overlay("", "x.1\tno.such\ttrawl\tS V\t\t\tA [S Peru|PER] trawled.\t\town\n").Load();
  ASSERT_FALSE(finder);
  EXPECT_NE((finder.error().where + finder.error().message).find("patterns"), std::string::npos)
      << finder.error().where << " " << finder.error().message;
}

}  // namespace
}  // namespace dateline::events
