/// gzip, zstd, bzip2 and xz, told by their first bytes, as a source of what they hold.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "readers/byte_source.h"
#include "readers/window.h"

namespace dateline::readers {

enum class Codec : std::uint8_t { kNone, kGzip, kZstd, kBzip2, kXz };

/// What the first bytes of a stream are compressed with; six are enough to tell.
Codec DetectCodec(std::string_view head);

/// Decompresses member after member (a WARC file holds one for each record). Checksums are
/// verified. Of a damaged member what came before the damage is given out, then an error, then
/// what the next member holds. Memory is bounded: a stream that asks for a window of more than
/// 128 MiB (zstd) or 256 MiB in all (xz) is refused; so is one that, past 256 MiB, has grown more
/// than 250 times, as only bombs do.
std::unique_ptr<ByteSource> Decompress(std::unique_ptr<Window> input, Codec codec);

/// The two bounds above, for whoever unpacks by other means.
bool IsBomb(std::uint64_t packed, std::uint64_t unpacked);
Error BombError();

}  // namespace dateline::readers
