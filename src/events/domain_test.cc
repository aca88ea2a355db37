// Sport is no war; a bomb at a stadium is one. Both ways, on passages made for it.
#include "events/domain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "quotes/frames.h"
#include "syntax/testing/shared_parser.h"
#include "tables/tables.h"

namespace dateline::events {
namespace {

const tables::Tables& Tables() {
  static const tables::Tables kTables =
      *tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
  return kTables;
}

/// "10" for two sentences of which the first is closed.
std::string Closed(const std::string& text) {
  static const DomainGate kGate = *DomainGate::Load(Tables());
  Story story;
  story.text = text;
  story.blocks = {{BlockKind::kParagraph, MakeSpan(0, text.size()), {}}};
  syntax::testing::Annotate(story);
  std::string out;
  for (const DomainGate::Verdict& verdict :
       kGate.Judge(story, {story.text, story.tokens}, quotes::SentenceRanges(story))) {
    out += verdict.closed ? '1' : '0';
  }
  return out;
}

TEST(DomainGate, ClosesOnSportGamesAndMarkets) {
  for (const char* text : {
           "Norway's cricketers beat Denmark by six wickets in Bergen.",
           "The sevens team crushed Samoa 31-5 in Suva.",
           "Peru beat Chile 2-1 in the final.",
           "Ghana defeated Togo 3-0 at the World Cup.",
           "The striker scored two goals and shot over the bar.",
           "Kenya attacked from the first minute of the rugby match.",
           "The champions signed a Brazilian midfielder.",
           "Serbia fought back to win the basketball tournament.",
           "The Russian grandmaster attacked and the American surrendered a rook.",
           "The Colombian attacked the peloton on the last climb.",
           "The coach threatened his players with extra training.",
           "Mexico's boxer knocked out the American in round five.",
           "France invades Italy in the new video game.",
           "In the film, Britain bombs a town in Norway, and the actor is shot.",
           "The price war hit the airlines of Japan and Korea.",
           "Shares in Turkey's banks were hit, and the share index fell 2 percent.",
           "Iran's team beat Iraq in the semi-final after a penalty shootout.",
           "Jamaica won the gold medal and Cuba lost.",
       }) {
    EXPECT_EQ("1", Closed(text)) << text;
  }
}

TEST(DomainGate, StaysOpenForWhatIsReal) {
  for (const char* text : {
           "A bomb went off outside the football stadium in Kano.",
           "Gunmen attacked the bus of the Togo football team and killed the driver.",
           "Police arrested the coach of the football team on Friday.",
           "Rioters fought police after the match in Port Said.",
           "Kenya will boycott the Olympics in protest.",
           "The sports minister of Ghana was arrested over the World Cup tickets.",
           "The government banned fans from the football match.",
           "Troops shelled the stadium where the club plays.",
           "Rebels beat the soldiers of the Third Division near Goma.",
           "Russia attacked Ukraine with missiles on Monday.",
           "The army defeated the rebels in the final battle.",
           "Iran signed an agreement with Iraq.",
           "The opposition lost the vote in parliament by 51-49.",
           "Serbia's president met his Croatian counterpart at the tennis final.",
           "Diplomats of Qatar and Egypt met before the World Cup draw.",
           "Protesters stormed the pitch during the football match.",
           "China imposed sanctions on two American firms, and shares fell.",
           "The two leaders watched the game and agreed to open the border.",
           "The government team won the war of words, ministers said.",
           "Hooligans wounded eleven people before the match.",
       }) {
    EXPECT_EQ("0", Closed(text)) << text;
  }
}

TEST(DomainGate, OneLessIsEnoughInAStoryOfSport) {
  const std::string sport =
      "The bowlers took four wickets. The batsmen answered with two hundred runs. The innings "
      "ended "
      "at tea. The players of India met Oman. ";
  EXPECT_EQ("1111", Closed(sport));
  EXPECT_EQ("0", Closed("The players of India met Oman."));
}

TEST(DomainGate, EachRowHoldsItsExample) {
  const tables::Table* const table = *Tables().Get("events/domains");
  const auto example = *table->GetColumn("example");
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const std::string text(table->Cell(row, example));
    const auto words = tables::FoldPhrase(text);
    const tables::FoldedTokens folded(std::vector<std::string_view>(words.begin(), words.end()));
    bool found = false;
    for (std::size_t at = 0; at < folded.size(); ++at) {
      const auto match = table->MatchPhrase(folded, at, folded.size());
      found = found || (match && std::ranges::count(match->rows, row) > 0);
    }
    EXPECT_TRUE(found) << text;
  }
}

}  // namespace
}  // namespace dateline::events
