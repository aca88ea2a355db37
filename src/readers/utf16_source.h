/// UTF-16 streams as UTF-8: the encoding of tables that spreadsheets call "Unicode text", and of
/// some feeds.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "readers/byte_source.h"
#include "readers/window.h"

namespace dateline::readers {

enum class ByteOrder : std::uint8_t { kLittle, kBig };

/// By the byte order mark, or by the zero byte of a first ASCII character.
std::optional<ByteOrder> DetectUtf16(std::string_view head);
/// The characters below U+0080 of the head; the others as '?'. For Sniff.
std::string AsciiOfUtf16(std::string_view head, ByteOrder order);
/// Half a surrogate pair becomes U+FFFD; the byte order mark goes.
std::unique_ptr<ByteSource> DecodeUtf16(std::unique_ptr<Window> input, ByteOrder order);

}  // namespace dateline::readers
