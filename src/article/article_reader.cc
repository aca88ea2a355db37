// How a page of text becomes stories.
//
// Lines first: every line that is not blank, trimmed, with the blank lines and the indent before
// it. Lines are cut into stories where something says so: a machine header, a rule, "2 of 5
// DOCUMENTS", an end mark with a new title and byline behind it. Within a story, lines that a hard
// wrap parted are joined to items; from there on an item is a paragraph, a title, a label, a note.
//
// Items are classified one by one and cheaply: the first word is looked up among the first words of
// the cues (data/article/cues.tsv), and only then is anything compared. Dates, bylines and
// datelines have small scanners of their own.
//
// Then a grammar of three parts: front matter (masthead, section, headline, standfirst, byline,
// dates, in any order), body, back matter (credits, related stories, copyright; whatever stands
// behind an end mark). The one hard question is where the front ends, because a standfirst looks
// like a paragraph: a plain line is standfirst when a byline, a date or the dateline still follows
// it, or when it stands against the headline while blank lines part all other paragraphs.
//
// Nothing is dropped: what is no prose becomes a block of its own kind.
#include "article/article_reader.h"

#include <algorithm>
#include <utility>

#include "article/chars.h"
#include "article/cues.h"
#include "article/stories.h"
#include "article/story_reader.h"
#include "article/tagged.h"

namespace dateline::article {

Result<Layouts> Layouts::Load(const tables::Tables& tables) {
  DATELINE_TRY(LayoutCues cues, LayoutCues::Load(tables));
  return Layouts{std::make_shared<const LayoutCues>(std::move(cues))};
}

std::vector<Reading> ReadArticles(std::string_view text, const Known& known,
                                  const Layouts& layouts) {
  const LayoutCues& cues = *layouts.cues;
  const std::vector<Line> lines = SplitLines(text);
  std::vector<LineRange> ranges;
  if (known.one_story) {
    if (!lines.empty()) ranges.push_back({0, lines.size()});
  } else {
    ranges = SplitStories(lines, cues);
  }
  std::vector<Reading> readings;
  for (const LineRange range : ranges) {
    if (IsTagged(lines, range, cues)) {
      readings.push_back(ReadTagged(text, lines, range, cues));
      continue;
    }
    const std::vector<Item> items = JoinLines(lines, range, cues);
    const bool lettered = std::ranges::any_of(
        items, [](const Item& item) { return std::ranges::any_of(item.text, IsWordByte); });
    if (lettered) readings.push_back(ReadStory(text, items, known, cues));
  }
  return readings;
}

}  // namespace dateline::article
