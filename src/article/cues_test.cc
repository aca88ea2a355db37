#include "article/cues.h"

#include <gtest/gtest.h>

#include <string>

namespace dateline::article {
namespace {

const LayoutCues& Cues() {
  static const LayoutCues kCues = *LayoutCues::Load(
      *tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {}));
  return kCues;
}

TEST(LayoutCues, EachRowIsFoundInItsExample) {
  for (const Cue& cue : Cues().cues) {
    std::string_view line = cue.example;
    const bool round = line.starts_with('(') && line.ends_with(')');
    if (round || line.starts_with('[')) line = line.substr(1, line.size() - 2);
    const CueHit hit = Cues().Find(line);
    if (hit.cue == nullptr) {
      ADD_FAILURE() << cue.id << ": nothing in " << line;
    } else {
      EXPECT_EQ(cue.role, hit.cue->role) << cue.id << ": " << line << " is " << hit.cue->id;
    }
  }
}

TEST(LayoutCues, WordsOfPlainSentencesAreNone) {
  for (const char* line : {"The minister left.", "Talks on fish go on.", "He said nothing.",
                           "Ferries ran late on Monday, the company said."}) {
    EXPECT_EQ(nullptr, Cues().Find(line).cue) << line;
  }
}

}  // namespace
}  // namespace dateline::article
