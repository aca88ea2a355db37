/// Lines of a text, its cut into stories, and the lines of a story joined to items (paragraphs).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "article/cues.h"

namespace dateline::article {

/// A line that is not blank, without outer spaces.
struct Line {
  std::string_view text;
  std::uint32_t blanks = 0;  ///< blank lines before it
  std::uint32_t indent = 0;  ///< spaces before it
};

/// A line, or several that a hard wrap parted.
struct Item {
  std::string_view text;  ///< may hold line feeds
  std::uint32_t blanks = 0;
  std::uint32_t indent = 0;
};

std::vector<Line> SplitLines(std::string_view text);

/// The lines of each story: `[begin, end)` of `lines`, without what separates them.
struct LineRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};
std::vector<LineRange> SplitStories(const std::vector<Line>& lines, const LayoutCues& cues);

/// The items of one story.
std::vector<Item> JoinLines(const std::vector<Line>& lines, LineRange range,
                            const LayoutCues& cues);

/// " date 2023-04-16 WORLD": the day and the section, which may be empty.
struct MachineHeader {
  std::string_view date;
  std::string_view section;
};
bool ParseMachineHeader(std::string_view line, MachineHeader& out);

/// No letter and no digit: a rule, an ornament.
bool IsOrnament(std::string_view line);
/// The length of a list marker with its spaces ("- ", "• ", "3. "); 0 when there is none.
std::size_t BulletLength(std::string_view line);
/// "3. ", "(3) ": the number; 0 when the marker is no number.
unsigned BulletNumber(std::string_view line);
/// Whether the text ends as a sentence does, closing quotes and brackets aside.
bool EndsSentence(std::string_view text);
/// "wk/lt/mb", "bur-abc/def": who wrote and edited, by initials.
bool IsSignOff(std::string_view line);
/// A mail or web address alone.
bool IsAddress(std::string_view line);
/// "BC-Velmara-Road,0250", "a0512 04-16 1203": what wires send ahead of a story.
bool IsTransmission(std::string_view line);

}  // namespace dateline::article
