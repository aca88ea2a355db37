#include "archive/compress.h"

#include <zstd.h>

#include <cstdint>
#include <memory>
#include <new>

namespace dateline::archive {
namespace {

constexpr int kLevel = 3;
constexpr std::uint64_t kMostBytes = 2ULL << 30U;

}  // namespace

std::string Compress(std::string_view bytes, std::string_view dictionary) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                     ZSTD_freeCCtx);
  if (!context) throw std::bad_alloc();
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compress_usingDict(context.get(), out.data(), out.size(), bytes.data(), bytes.size(),
                              dictionary.data(), dictionary.size(), kLevel);
  out.resize(size);  // cannot fail: the room is what the library asks for
  return out;
}

Result<std::string> Decompress(std::string_view bytes, std::string_view dictionary) {
  const auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMostBytes) {
    return Fail(ErrorCode::kMalformed, "what is stored of it is damaged: no zstd frame");
  }
  // A frame holds at least a byte for each 128 KiB block: a size far beyond is a lie.
  if (size / (128U << 10U) > bytes.size()) {
    return Fail(ErrorCode::kMalformed, "what is stored of it is damaged: its size cannot be");
  }
  std::string out(size, '\0');
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                     ZSTD_freeDCtx);
  if (!context) throw std::bad_alloc();
  const std::size_t got =
      ZSTD_decompress_usingDict(context.get(), out.data(), out.size(), bytes.data(), bytes.size(),
                                dictionary.data(), dictionary.size());
  if (ZSTD_isError(got) != 0 || got != size) {
    return Fail(ErrorCode::kMalformed, "what is stored of it is damaged: zstd cannot unpack it");
  }
  return out;
}

}  // namespace dateline::archive
