// Numbers, means and contexts, each told by an invented sentence.
#include "events/attributes.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/event_finder.h"
#include "events/quantity.h"
#include "quotes/testing/marked_story.h"
#include "tables/tables.h"

namespace dateline::events {
namespace {

const tables::Tables& TheTables() {
  static const tables::Tables kTables =
      *tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
  return kTables;
}

std::vector<Event> EventsIn(const std::string& sentence) {
  static const EventFinder kFinder = *EventFinder::Load(TheTables());
  return kFinder.Find(quotes::testing::MakeMarkedStory(sentence).story, MakeDate(2024, 5, 6));
}

std::string Number(const EventCount& count) {
  if (!count.most) return fmt::format("{}+ {}", count.least, count.of);
  if (*count.most != count.least)
    return fmt::format("{}-{} {}", count.least, *count.most, count.of);
  return fmt::format("{} {}", count.least, count.of);
}

/// "12+ killed, 40 injured with artillery" of the first event of the root.
std::string Told(const std::string& sentence, const std::string& root) {
  for (const Event& event : EventsIn(sentence)) {
    if (!event.cameo.starts_with(root)) continue;
    std::string out;
    for (const EventCount& count : event.counts) {
      out += (out.empty() ? "" : ", ") + Number(count);
      if (!count.unit.empty()) out += " " + count.unit;
    }
    if (event.means) out += (out.empty() ? "with " : " with ") + event.means->kind;
    return out;
  }
  return "no event";
}

struct Case {
  const char* root;
  const char* sentence;
  const char* told;
};

TEST(Attributes, CountWhatTheSentenceCounts) {
  for (const Case& c : {
           Case{"19", "[Chad|CHD] attacked [Niger|NER], killing at least 12 people.", "12+ killed"},
           Case{"19", "[Chad|CHD] attacked [Niger|NER], killing 12 villagers and wounding dozens.",
                "12 killed, 24+ injured"},
           Case{"19", "[Chad|CHD] attacked [Niger|NER] and left six people dead.", "6 killed"},
           Case{"19", "[Chad|CHD] attacked [Niger|NER], killing between 20 and 30 people.",
                "20-30 killed"},
           Case{"19", "[Chad|CHD] attacked [Niger|NER], killing up to 15 people.", "0-15 killed"},
           Case{"19", "[Chad|CHD] attacked [Niger|NER], killing about 200 people.",
                "180-220 killed"},
           Case{"17", "[Police|PERCOP] arrested more than 40 protesters in [Peru|PER].",
                "40+ arrested"},
           Case{"14", "About 2,000 [students|PEREDU] protested against [Peru|PERGOV].",
                "1800-2200 crowd"},
           Case{"16", "[Kenya|KENGOV] expelled two diplomats of [Chad|CHDGOV].", "2 expelled"},
           Case{"07", "[Norway|NORGOV] gave 3 million dollars to [Chad|CHDGOV] in aid.",
                "3000000 amount USD"},
           Case{"07", "[Norway|NORGOV] gave €75mn to [Chad|CHDGOV].", "75000000 amount EUR"},
           Case{"07", "[Norway|NORGOV] sent 1,200 tonnes of food aid to [Chad|CHD].",
                "1200 relief"},
       }) {
    EXPECT_EQ(Told(c.sentence, c.root), c.told) << c.sentence;
  }
}

TEST(Attributes, NameTheMeans) {
  for (const Case& c : {
           Case{"19", "[Chad|CHD] attacked [Niger|NER] with mortars.", "with artillery"},
           Case{"19", "[Chad|CHD] shelled [Niger|NER].", "with artillery"},
           Case{"19", "[Chad|CHD] attacked [Niger|NER] with drones.", "with drone"},
           Case{"04", "[Chad|CHD] met [Niger|NER] to talk about drones.", ""},
       }) {
    EXPECT_EQ(Told(c.sentence, c.root), c.told) << c.sentence;
  }
}

TEST(Attributes, NumbersOfOtherThingsAreLeftOut) {
  EXPECT_EQ(Told("[Chad|CHD] attacked [Niger|NER] on 12 May at 3 places.", "19"), "");
  EXPECT_EQ(Told("[Chad|CHD] met [Niger|NER] after 12 hours of waiting.", "04"), "");
}

TEST(Attributes, ContextsAreToldByTheWordsOfTheSentence) {
  const auto events =
      EventsIn("[Chad|CHDGOV] signed a trade agreement on oil with [Niger|NERGOV].");
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events.front().contexts, (std::vector<std::string>{"economic", "resource"}));
}

TEST(Attributes, EachMeansStandsInItsExample) {
  const tables::Table* const table = *TheTables().Get("events/means");
  const auto example = *table->GetColumn("example");
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const auto words = tables::FoldPhrase(table->Cell(row, example));
    const std::vector<std::string_view> views(words.begin(), words.end());
    const tables::FoldedTokens folded{std::span<const std::string_view>(views)};
    bool found = false;
    for (std::size_t at = 0; at < folded.size(); ++at) {
      const auto match = table->MatchPhrase(folded, at, folded.size());
      found = found || (match && std::ranges::count(match->rows, row) > 0);
    }
    EXPECT_TRUE(found) << table->Cell(row, example);
  }
}

}  // namespace
}  // namespace dateline::events
