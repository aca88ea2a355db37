/// Who speaks in a transcript or an interview.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/cues.h"
#include "article/stories.h"

namespace dateline::article {

/// "ANN LEE, HOST (voice-over): Good evening." Views into the line.
struct SpeakerLabel {
  std::string_view name;   ///< "ANN LEE"
  std::string_view label;  ///< up to the colon, with it
  std::string_view words;  ///< what is said; may be empty
};
std::optional<SpeakerLabel> ParseSpeaker(std::string_view line, const LayoutCues& cues);

/// Whether the items are the parts of a conversation between named speakers; `asked` tells that
/// others are marked Q.
bool IsTranscript(const std::vector<Item>& items, const LayoutCues& cues, bool asked);

/// Keeps the names in the order they speak.
class Speakers {
 public:
  explicit Speakers(std::string_view text) : text_(text) {}
  /// The full name for a label: as first printed, for "LEE" or "MS. LEE" that of the Lee before;
  /// for initials the name printed before that has them.
  std::string FullName(std::string_view name);

 private:
  [[nodiscard]] std::optional<std::string> FromInitials(std::string_view name) const;
  std::string_view text_;
  std::vector<std::string> names_;
};

/// "Q: ", "Q. ", "A: ", "Q1. ", "Question:": the length of the mark; 0 when there is none.
struct AskMark {
  std::size_t length = 0;
  bool question = false;
};
AskMark ParseAskMark(std::string_view line, const LayoutCues& cues);

}  // namespace dateline::article
