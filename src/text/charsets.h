/// Encodings: which one bytes are in, and from it to UTF-8 with every character's place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dateline/alignment.h"
#include "dateline/result.h"

namespace dateline::text {

/// Text as UTF-8, or the bytes themselves when they were UTF-8 already.
struct Decoded {
  std::string encoding;        ///< IANA name, lower case
  bool as_given = false;       ///< the bytes are valid UTF-8: `text` and `alignment` stay empty
  std::string text;            ///< valid UTF-8
  Alignment alignment;         ///< from `text` to the bytes
  std::uint32_t replaced = 0;  ///< invalid sequences that became U+FFFD
};

/// The character of a byte; the five that windows-1252 leaves undefined are C1 controls.
char32_t Windows1252(unsigned char byte);

/// Where the first byte that is not ASCII stands, from `at` on; text.size() when there is none.
std::size_t FindNonAscii(std::string_view bytes, std::size_t at);

bool IsValidUtf8(std::string_view bytes);

/// The encoding of bytes that name none: byte order mark, UTF-16 by its zero bytes, UTF-8 unless
/// more of its sequences are broken than sound, windows-1252 unless detection is sure of another.
std::string DetectEncoding(std::string_view bytes);

/// Decodes from the named encoding; a byte order mark in the bytes wins over the name.
/// kInvalidArgument when there is no such encoding. Linear time.
Result<Decoded> Decode(std::string_view bytes, std::string_view encoding);

}  // namespace dateline::text
