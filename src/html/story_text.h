/// The text of chosen pieces of a page, with the place of every byte.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dateline/alignment.h"
#include "dateline/span.h"

namespace dateline::html {

/// Writes text as a story holds it (docs/formats/text.md): entities decoded, spaces of all kinds as
/// one ' ', nothing invisible. Every byte is aligned to the page's.
class StoryText {
 public:
  /// `page` is valid UTF-8 and outlives the writer.
  explicit StoryText(std::string_view page) : page_(page) {}

  /// Begins a block behind an empty line.
  void BeginBlock();
  /// Text of the page, bytes [begin, end); spaces join with those before it.
  void Add(std::uint32_t begin, std::uint32_t end);
  /// A space, where one must stand that the page has not: a line or a cell ends.
  void AddGap() { gap_ = true; }
  /// Ends the block; its span, empty when it has no text (then it leaves no trace).
  Span EndBlock();
  /// A block of plain text that stands nowhere in the page.
  Span AddLoose(std::string_view line);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string TakeText() { return std::move(text_); }
  [[nodiscard]] Alignment TakeAlignment() { return std::move(alignment_); }

 private:
  void Put(std::string_view bytes, std::uint32_t source, std::uint32_t length);
  void Separate(std::uint32_t source);
  void Copy(std::uint32_t begin, std::uint32_t end);

  std::string_view page_;
  std::string text_;
  Alignment alignment_;
  std::uint32_t place_ = 0;  ///< in the page, behind what was written last
  std::uint32_t begin_ = 0;  ///< of the block in text_
  bool gap_ = false;         ///< a space is due before the next character
  bool started_ = false;     ///< the block has text
};

}  // namespace dateline::html
