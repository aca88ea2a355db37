#include "page.h"

#include <utility>

#include "terminal.h"

namespace dateline::cli {

std::string_view CodeOf(Style style) {
  switch (style) {
    case Style::kPlain:
      return "\x1b[0m";
    case Style::kBold:
      return "\x1b[0;1m";
    case Style::kDim:
      return "\x1b[0;2m";
    case Style::kHeading:
      return "\x1b[0;1;36m";
    case Style::kPerson:
      return "\x1b[0;33m";
    case Style::kAction:
      return "\x1b[0;32m";
  }
  return "";
}

void Page::Begin(std::size_t first_indent, std::size_t indent) {
  indent_ = indent;
  column_ = first_indent;
  text_.append(first_indent, ' ');
  line_empty_ = true;
  space_pending_ = false;
}

void Page::Add(std::string_view text, Style style) {
  const std::string shown = Printable(text);
  SetStyle(style);
  std::size_t begin = 0;
  while (begin < shown.size()) {
    const std::size_t end = std::min(shown.find(' ', begin), shown.size());
    if (end > begin) {
      const std::string_view part = std::string_view(shown).substr(begin, end - begin);
      word_ += part;
      word_width_ += DisplayWidth(part);
    }
    if (end < shown.size()) {
      PlaceWord();
      space_pending_ = true;
    }
    begin = end + 1;
  }
}

void Page::End() {
  SetStyle(Style::kPlain);
  PlaceWord();
  text_ += '\n';
}

void Page::Paragraph(std::string_view text, std::size_t indent, Style style) {
  Begin(indent, indent);
  Add(text, style);
  End();
}

/// Puts the word under way on the line, or on a new one where it does not fit.
void Page::PlaceWord() {
  if (word_width_ == 0) {  // style codes alone stay with the line
    text_ += std::exchange(word_, {});
    return;
  }
  const bool space = space_pending_ && !line_empty_;
  if (space && column_ + 1 + word_width_ > options_.width) {
    text_ += '\n';
    text_.append(indent_, ' ');
    column_ = indent_;
  } else if (space) {
    text_ += ' ';
    ++column_;
  }
  text_ += std::exchange(word_, {});
  column_ += std::exchange(word_width_, 0);
  line_empty_ = false;
  space_pending_ = false;
}

void Page::SetStyle(Style style) {
  if (style != std::exchange(style_, style) && options_.color) word_ += CodeOf(style);
}

}  // namespace dateline::cli
