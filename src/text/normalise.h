/// Bytes of any common encoding to normalised UTF-8, with every byte's way back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dateline/alignment.h"
#include "dateline/result.h"

namespace dateline::text {

struct NormaliseOptions {
  /// The encoding when it is known (an IANA name); empty: byte order mark, else valid UTF-8, else
  /// UTF-16 by its zero bytes, else windows-1252, or what detection is sure of.
  std::string_view encoding;
};

struct Normalised {
  std::string text;          ///< valid UTF-8, lines end in '\n'
  Alignment alignment;       ///< from `text` to the bytes handed in
  std::string encoding;      ///< "utf-8", "utf-16le", "windows-1252" …
  std::uint32_t replaced = 0;  ///< invalid sequences that became U+FFFD
};

/// Decodes; turns CRLF, CR, U+0085, U+2028 and U+2029 into '\n' and every other space (no-break,
/// thin, tab …) into ' ', byte for byte aligned; drops byte order marks, soft hyphens and
/// zero-width marks; decodes HTML entities (twice at most: `&amp;amp;` is '&'); control characters
/// become ' '. Nothing else changes: runs of spaces and all line ends stay.
/// kMalformed for bytes that are no text (NULs outside UTF-16, mostly control characters), with the
/// offset as `where` ("@512"); kTooLarge from 1 GiB on. Linear time. Thread-safe.
Result<Normalised> Normalise(std::string_view bytes, const NormaliseOptions& options = {});

/// `text` with any run of white space as one ' ' and none at the ends: how a field of the article
/// is written.
std::string Squeeze(std::string_view text);

}  // namespace dateline::text
