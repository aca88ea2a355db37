/// The body of an HTTP response as it was meant: chunks joined, encodings undone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dateline/result.h"
#include "readers/warc_records.h"

namespace dateline::readers {

/// Undoes Transfer-Encoding: chunked and Content-Encoding (gzip, deflate, br, zstd, several). An
/// archive may have undone them and kept the headers: a body that does not look encoded is taken as
/// it is. kTooLarge beyond `limit` bytes, kMalformed for broken ones (a body that is cut off is
/// given as far as it goes), kUnsupported for other encodings.
Result<std::string> DecodeBody(std::string_view body, const HeaderBlock& head, std::uint64_t limit);

}  // namespace dateline::readers
