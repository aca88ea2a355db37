#include "article/people.h"

#include <gtest/gtest.h>

#include <string>

#include "article/testing.h"

namespace dateline::article {
namespace {

std::string Join(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : " | ") + name;
  return out;
}

struct Case {
  const char* line;
  const char* names;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.line; }

class Names : public testing::TestWithParam<Case> {};

TEST_P(Names, AreFoundInOrder) {
  EXPECT_EQ(Join(NamesIn(GetParam().line, TheCues())), GetParam().names);
}

INSTANTIATE_TEST_SUITE_P(
    People, Names,
    testing::Values(
        Case{"Ann Lee", "Ann Lee"}, Case{"ANN LEE and BO RAY", "ANN LEE | BO RAY"},
        Case{"Ann Lee, Bo Ray and Cy Dow", "Ann Lee | Bo Ray | Cy Dow"},
        Case{"Ann Lee, Bo Ray, and Cy Dow", "Ann Lee | Bo Ray | Cy Dow"},
        Case{"Ann Lee & Bo Ray", "Ann Lee | Bo Ray"}, Case{"Ann Lee; Bo Ray", "Ann Lee | Bo Ray"},
        Case{"Ann Lee, Science Correspondent", "Ann Lee"}, Case{"Ann Lee, Staff Writer", "Ann Lee"},
        Case{"ANN LEE, STAFF WRITER", "ANN LEE"},
        Case{"Ann Lee, Chief Ferry Correspondent, and Bo Ray", "Ann Lee | Bo Ray"},
        Case{"Ann Lee in Kell and Bo Ray in Oslo", "Ann Lee | Bo Ray"},
        Case{"Ann Lee in Kell; Bo Ray", "Ann Lee | Bo Ray"},
        Case{"Ann Lee in London and Berlin", "Ann Lee"},
        Case{"Ann Lee and Bo Ray in Oslo, with Cy Dow", "Ann Lee | Bo Ray | Cy Dow"},
        Case{"Ann Lee for Kell News", "Ann Lee"}, Case{"Ann Lee, BBC News", "Ann Lee"},
        Case{"Ann Lee, Reuters", "Ann Lee"}, Case{"Ann Lee | Reuters", "Ann Lee"},
        Case{"Ann Lee - Kell News", "Ann Lee"}, Case{"Ann Lee (Reuters)", "Ann Lee"},
        Case{"Ann Lee, The Lake Herald", "Ann Lee"}, Case{"Ann Lee March 3, 2021", "Ann Lee"},
        Case{"Ann Lee, 3 March 2021", "Ann Lee"}, Case{"Ann Lee @annlee", "Ann Lee"},
        Case{"Ann Lee ann@kell.example", "Ann Lee"},
        Case{"Associated Press writer Ann Lee in Kell", "Ann Lee"},
        Case{"Associated Press Writer Ann Lee", "Ann Lee"},
        Case{"AP Science Writer Ann Lee", "Ann Lee"},
        Case{"AP writers Ann Lee and Bo Ray", "Ann Lee | Bo Ray"},
        Case{"Associated Press writers Ann Lee in Kell, Bo Ray in Oslo and video journalist Cy Dow",
             "Ann Lee | Bo Ray | Cy Dow"},
        Case{"Reuters", "Reuters"}, Case{"The Associated Press", "The Associated Press"},
        Case{"Zoë Lefèvre-Núñez", "Zoë Lefèvre-Núñez"}, Case{"Óscar Ruiz", "Óscar Ruiz"},
        Case{"Ludwig van der Meer", "Ludwig van der Meer"}, Case{"J. R. Poole", "J. R. Poole"},
        Case{"Ann O'Lee", "Ann O'Lee"}, Case{"Ann Lee Jr.", "Ann Lee Jr."},
        Case{"Dr. Ann Lee", "Dr. Ann Lee"}, Case{"Staff Writer", ""}, Case{"staff reporter", ""},
        Case{"Our Correspondent", ""}, Case{"Friday, three hundred people had asked", ""},
        Case{"hand is slow work", ""}, Case{"", ""}, Case{",;", ""}, Case{"Roe, Jane", "Roe, Jane"},
        Case{"Roe, Jane; Ray, Bo", "Roe, Jane | Ray, Bo"}));

TEST(People, MastheadsAreKnownByTheirWords) {
  for (const char* line : {"The Lake Herald", "Kell Times", "THE KELL TIMES", "Kell Times (Norway)",
                           "lakenews.com", "The Times of Kell", "Kell News Agency"})
    EXPECT_TRUE(LooksLikeMasthead(line, TheCues())) << line;
  for (const char* line : {"Ferry gets a piano", "Herald", "Mayor reads the Times",
                           "Lake Herald sold to its readers", "Ann Lee", "the kell times"})
    EXPECT_FALSE(LooksLikeMasthead(line, TheCues())) << line;
}

TEST(People, JobsAreKnownByTheirLastWord) {
  for (const char* line : {"Staff Writer", "STAFF WRITER", "Science Correspondent",
                           "Political Editor, London", "Chief Ferry Correspondent in Oslo"})
    EXPECT_TRUE(LooksLikeJob(line, TheCues())) << line;
  for (const char* line : {"Ann Lee", "Kell Times", "The writer of the wall came back home late"})
    EXPECT_FALSE(LooksLikeJob(line, TheCues())) << line;
}

}  // namespace
}  // namespace dateline::article
