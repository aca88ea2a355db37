/// A text that people wrote by hand, line by line.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace dateline::text {

/// Without a byte order mark at the beginning and carriage returns at the ends of lines.
class LineReader {
 public:
  /// `text` must outlive the reader and its lines.
  explicit LineReader(std::string_view text);

  /// The next line; absent at the end. A line end at the end of the text begins no further line.
  std::optional<std::string_view> Next();
  /// Of the line last given, from 1; 0 before the first.
  [[nodiscard]] std::size_t number() const { return number_; }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

/// Why a line cannot be read, with the remedy: it is not UTF-8, or holds a control character other
/// than a tab. Empty for a good line.
std::string_view FaultOfLine(std::string_view line);

}  // namespace dateline::text
