/// Text for people, wrapped to a width and styled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dateline::cli {

enum class Style : std::uint8_t { kPlain, kBold, kDim, kHeading, kPerson, kAction };

/// The bytes that switch a terminal to the style.
std::string_view CodeOf(Style style);

struct PageOptions {
  std::size_t width = 80;  ///< columns; words wider than a line stand alone on one
  bool color = false;
};

/// Builds lines word by word. What is added passes through Printable.
///
///   Page page({.width = 40});
///   page.Begin(2, 4);                 // first line indented by 2, the others by 4
///   page.Add("Ann Lee", Style::kBold);
///   page.Add(" said so.");
///   page.End();
class Page {
 public:
  explicit Page(const PageOptions& options) : options_(options) {}

  /// Starts a paragraph.
  void Begin(std::size_t first_indent, std::size_t indent);
  /// Adds running text. White space between words may become a line end.
  void Add(std::string_view text, Style style = Style::kPlain);
  /// Ends the paragraph with a line feed.
  void End();
  /// A paragraph of one style.
  void Paragraph(std::string_view text, std::size_t indent, Style style = Style::kPlain);
  void EmptyLine() { text_ += '\n'; }

  [[nodiscard]] std::string Take() { return std::move(text_); }

 private:
  void PlaceWord();
  void SetStyle(Style style);

  PageOptions options_;
  std::string text_;
  std::size_t indent_ = 0;
  std::size_t column_ = 0;
  bool line_empty_ = true;      ///< only the indent stands on the line
  bool space_pending_ = false;  ///< white space was seen since the last word
  Style style_ = Style::kPlain;

  /// The word under way: its text with style codes, and the columns it takes.
  std::string word_;
  std::size_t word_width_ = 0;
};

}  // namespace dateline::cli
