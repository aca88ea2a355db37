#include "quotes/uncued.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "text/unicode.h"

namespace dateline::quotes {
namespace {

using enum WordClass;

constexpr std::uint32_t kShortest = 4;  // words, without the marks
constexpr std::uint32_t kLongestSignature = 8;

bool MayHold(BlockKind kind) {
  return kind == BlockKind::kParagraph || kind == BlockKind::kListItem ||
         kind == BlockKind::kDescription || kind == BlockKind::kAnswer;
}

bool IsDash(std::string_view form) {
  constexpr std::array<std::string_view, 5> kDashes{"—", "―", "–", "--", "-"};
  return std::ranges::find(kDashes, form) != kDashes.end();
}

/// The words of the quotation that begins the range.
Range QuotationAt(const Reading& reading, Range words) {
  Range quoted{words.begin, words.begin};
  const auto quotation = reading.quotation_of[words.begin];
  if (!quotation) return quoted;
  while (quoted.end < words.end && reading.quotation_of[quoted.end] == quotation) ++quoted.end;
  return quoted;
}

std::uint32_t CountWords(const Reading& reading, Range words) {
  std::uint32_t count = 0;
  for (std::uint32_t at = words.begin; at < words.end; ++at) {
    if (!reading.word(at).Is(kPunctuation)) ++count;
  }
  return count;
}

Range WithoutStops(const Reading& reading, Range words) {
  while (!words.empty() && reading.word(words.end - 1).Is(kPunctuation)) --words.end;
  return words;
}

/// The end of the block that holds the frame.
std::uint32_t BlockEnd(const Reading& reading, std::size_t frame) {
  std::size_t last = frame;
  while (last + 1 < reading.frames.size() &&
         reading.frames[last + 1].block == reading.frames[frame].block) {
    ++last;
  }
  return reading.frames[last].words.end;
}

/// A speaker's name in capitals and a colon at the beginning of a quoted transcript.
std::optional<Uncued> Labelled(const Reading& reading, Range quoted) {
  const Range words{quoted.begin + 1, quoted.end};
  const std::string_view text = reading.text();
  for (std::uint32_t at = words.begin; at < words.end && at < words.begin + 5; ++at) {
    if (reading.word(at).form == ":" && at > words.begin && at + 2 < words.end) {
      return Uncued{
          .source = {words.begin, at}, .cue = {at, at + 1}, .content = {at + 1, words.end}};
    }
    if (!text::IsAllUpper(reading.word(at).span.of(text))) break;
  }
  return std::nullopt;
}

/// A dash and a short name up to the end of the block, which a quotation begins.
std::optional<Uncued> Signed(const Reading& reading, Range quoted, std::uint32_t end) {
  std::uint32_t dash = end;
  while (dash > quoted.end && end - dash <= kLongestSignature &&
         !IsDash(reading.word(dash - 1).form)) {
    --dash;
  }
  if (dash <= quoted.end || end - dash > kLongestSignature) return std::nullopt;
  const Range source = WithoutStops(reading, {dash, end});
  if (source.empty() || !reading.word(source.begin).Is(kCapital)) return std::nullopt;
  for (std::uint32_t at = source.begin; at < source.end; ++at) {
    if (reading.quotation_of[at] || reading.word(at).Is(kAuxiliary | kModal)) return std::nullopt;
  }
  // What stands between quotation and dash is speech whose marks went astray, if it ends in one.
  if (dash - 1 > quoted.end && !reading.quotation_of[dash - 2] &&
      !reading.word(dash - 2).Is(kPunctuation)) {
    return std::nullopt;
  }
  return Uncued{.source = source, .cue = {dash - 1, dash}, .content = {quoted.begin, dash - 1}};
}

}  // namespace

std::vector<Uncued> FindUncued(const Reading& reading, const std::vector<bool>& taken) {
  std::vector<Uncued> found;
  for (std::size_t f = 0; f < reading.frames.size(); ++f) {
    const Frame& frame = reading.frames[f];
    if (!MayHold(reading.story->blocks[Raw(frame.block)].kind)) continue;
    const Range quoted = QuotationAt(reading, frame.words);
    if (CountWords(reading, quoted) < kShortest) continue;
    const auto label = Labelled(reading, quoted);
    if (label && !taken[label->content.begin]) {
      found.push_back(*label);
      continue;
    }
    if (std::any_of(taken.begin() + quoted.begin, taken.begin() + quoted.end, std::identity{}))
      continue;
    if (auto one = Signed(reading, quoted, BlockEnd(reading, f))) {
      found.push_back(*one);
    } else if (WithoutStops(reading, frame.words).end <= quoted.end) {
      found.push_back({.source = {}, .cue = {}, .content = quoted});
    }
  }
  return found;
}

}  // namespace dateline::quotes
