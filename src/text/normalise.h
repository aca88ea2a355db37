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
  std::string text;            ///< valid UTF-8, lines end in '\n'
  Alignment alignment;         ///< from `text` to the bytes handed in
  std::string encoding;        ///< "utf-8", "utf-16le", "windows-1252" …
  std::uint32_t replaced = 0;  ///< invalid sequences that became U+FFFD
};

/// Decodes; turns CRLF, CR, vertical tab, form feed, U+0085, U+2028 and U+2029 into '\n' and every
/// other space (no-break, thin, tab …) into ' ', byte for byte aligned; drops byte order marks,
/// soft hyphens, zero-width and direction marks; decodes HTML entities (twice at most: `&amp;amp;`
/// is
/// '&'); C1 controls become the windows-1252 characters they were meant for, other control
/// characters ' '. Nothing else changes: runs of spaces and all line ends stay.
/// kMalformed for bytes that are no text (over one NUL in 1024 bytes outside UTF-16, over one
/// control character in 16), with the offset of the first as `where` ("@512"); kTooLarge from 1 GiB
/// on; kInvalidArgument for an unknown encoding. Linear time. Thread-safe.
Result<Normalised> Normalise(std::string_view bytes, const NormaliseOptions& options = {});

/// `outer` leads from a text to another, `inner` from that to the bytes: the way through both.
Alignment Compose(const Alignment& outer, const Alignment& inner);

/// `text` with any run of white space as one ' ' and none at the ends: how a field of the article
/// is written.
std::string Squeeze(std::string_view text);

}  // namespace dateline::text
