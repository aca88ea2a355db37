#include "quotes/extents.h"

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "quotes/testing/marked_story.h"
#include "tables/tables.h"

namespace dateline::quotes {
namespace {

using testing::MakeMarkedStory;

const Lexicon& TheLexicon() {
  static const Lexicon lexicon = [] {
    const auto tables =
        *tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
    return Lexicon{*WordClasses::Load(tables), *CueTable::Load(tables)};
  }();
  return lexicon;
}

/// What was labelled, as words of the text, "|" between parts of content; and what comes of it.
struct Case {
  std::string name;
  std::string text;
  std::string source;
  std::string cue;
  std::string content;
  std::string want;  ///< source: content
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Extents : public ::testing::TestWithParam<Case> {
 protected:
  Extents()
      : story_(MakeMarkedStory(GetParam().text).story),
        reading_(ReadStory(story_, TheLexicon())),
        graph_(MakeGraph(reading_, TheLexicon(), {})) {}

  Range WordsOf(std::string_view part) const {
    const auto begin = static_cast<std::uint32_t>(story_.text.find(part));
    Range range{graph_.size(), 0};
    for (std::uint32_t at = 0; at < graph_.size(); ++at) {
      const Span span = reading_.word(at).span;
      if (span.begin < begin || span.end > begin + part.size()) continue;
      range = {std::min(range.begin, at), at + 1};
    }
    EXPECT_LT(range.begin, range.end) << part;
    return range;
  }

  Candidate Labelled() const {
    Candidate found{.cue = WordsOf(GetParam().cue)};
    found.head = found.cue.begin;
    if (!GetParam().source.empty()) found.source = {WordsOf(GetParam().source)};
    std::string_view left = GetParam().content;
    while (!left.empty()) {
      const std::size_t cut = std::min(left.find('|'), left.size());
      found.content.push_back(WordsOf(left.substr(0, cut)));
      left.remove_prefix(std::min(cut + 1, left.size()));
    }
    return found;
  }

  std::string Dump(const Candidate& found) const {
    std::string out;
    for (const Range range : found.source) out += reading_.SpanOf(range).of(story_.text);
    out += ":";
    for (const Range range : found.content) {
      out += " [" + std::string(reading_.SpanOf(range).of(story_.text)) + "]";
    }
    return out;
  }

  Story story_;
  Reading reading_;
  Graph graph_;
};

TEST_P(Extents, AreMended) {
  Candidate found = Labelled();
  MendExtents(reading_, graph_, found);
  EXPECT_EQ(Dump(found), GetParam().want);
}

const Case kCases[] = {
    {"whole_quotation", "She said: \"We counted every box when it came.\"", "She", "said",
     "\"We counted every box", "She: [\"We counted every box when it came.\"]"},
    {"part_of_a_quotation_without_its_marks", "She said: \"We counted every box today.\"", "She",
     "said", "counted every box", "She: [counted every box]"},
    {"interrupted", "The bridge, she said, would open in May.", "she", "said", "would open in May",
     "she: [The bridge] [would open in May]"},
    {"interrupted_after_a_conjunction", "But the bridge, she said, would open in May.", "she",
     "said", "would open in May", "she: [the bridge] [would open in May]"},
    {"commas_before_an_interruption", "In May, when it rains, she said, the bridge would open.",
     "she", "said", "the bridge would open", "she: [the bridge would open]"},
    {"no_second_comma", "On Monday, she said the bridge would open.", "she", "said",
     "the bridge would open", "she: [the bridge would open]"},
    {"object", "She joked of the hall, \"We want it all back.\"", "She", "joked",
     "the hall|\"We want it all back.\"", "She: [\"We want it all back.\"]"},
    {"two_parts_around_the_cue", "The hall, she joked, is too small.", "she", "joked",
     "The hall|is too small", "she: [The hall] [is too small]"},
    {"shared_subject", "The minister laughed and said, \"We go now.\"", "", "said",
     "\"We go now.\"", "The minister: [\"We go now.\"]"},
    {"no_subject_without_a_quotation", "The minister laughed and said it was late.", "", "said",
     "it was late", ": [it was late]"},
};
INSTANTIATE_TEST_SUITE_P(Cases, Extents, ::testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace dateline::quotes
