/// The heads of web archive records (ISO 28500) and of the HTTP responses in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dateline::readers {

/// A block of "Name: value" lines up to the first empty one.
struct HeaderBlock {
  std::string_view first_line;
  std::vector<std::pair<std::string_view, std::string>> fields;  ///< folded lines are joined
  std::size_t size = 0;                                          ///< with the empty line

  /// The value of the first field of that name, whatever the case; "" when there is none.
  [[nodiscard]] std::string_view Get(std::string_view name) const;
};

/// Nothing when no empty line ends it within `limit` bytes.
std::optional<HeaderBlock> ParseHeaderBlock(std::string_view bytes, std::size_t limit);

inline constexpr std::size_t kLongestHeader = std::size_t{1} << 16U;

/// The number after "HTTP/1.1 "; 0 when the line is no status line.
int HttpStatus(std::string_view status_line);

/// A media type without its parameters, in lower case: "text/html".
std::string MediaType(std::string_view content_type);
/// The charset parameter of a media type; "" when there is none.
std::string CharsetOf(std::string_view content_type);
/// Whether stories may be in a body of that type: text, HTML, XML, JSON. An unknown type may.
bool MayHoldStories(std::string_view media_type);

}  // namespace dateline::readers
