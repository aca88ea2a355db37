#include "readers/http_body.h"

#include <brotli/decode.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "readers/decompress.h"

namespace dateline::readers {
namespace {

constexpr std::size_t kStep = std::size_t{1} << 16U;

Error TooLong(std::uint64_t limit) {
  return {ErrorCode::kTooLarge,
          "the unpacked body has more than " + std::to_string(limit) +
              " bytes; raise --max-bytes to read it",
          ""};
}

std::optional<unsigned> HexDigit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return std::nullopt;
}

/// Takes "1f3;extension CR LF" off the front.
std::optional<std::size_t> TakeChunkSize(std::string_view& rest) {
  std::size_t size = 0;
  std::size_t at = 0;
  for (; at < rest.size() && at < 8; ++at) {
    const auto digit = HexDigit(rest[at]);
    if (!digit) break;
    size = size * 16 + *digit;
  }
  if (at == 0) return std::nullopt;
  const std::size_t line = rest.find('\n', at);
  if (line == rest.npos || line - at > 256) return std::nullopt;
  const std::string_view between = rest.substr(at, line - at);
  if (between.find_first_not_of(" \t\r") != between.npos && !between.contains(';'))
    return std::nullopt;
  rest.remove_prefix(line + 1);
  return size;
}

/// Nothing when the body is not in chunks.
std::optional<std::string> JoinChunks(std::string_view rest) {
  std::string out;
  bool first = true;
  while (!rest.empty()) {
    const auto size = TakeChunkSize(rest);
    if (!size) {
      if (first) return std::nullopt;
      break;
    }
    first = false;
    if (*size == 0) break;
    out += rest.substr(0, *size);
    rest.remove_prefix(std::min(*size, rest.size()));
    while (rest.starts_with('\r') || rest.starts_with('\n')) rest.remove_prefix(1);
  }
  return out;
}

Result<std::string> ReadAll(ByteSource& source, std::uint64_t limit) {
  std::string out;
  std::vector<char> buffer(kStep);
  for (;;) {
    auto got = source.Read(buffer.data(), buffer.size());
    if (!got) {
      // Servers cut bodies off, and so do crawlers: what is there is read.
      if (got.error().code == ErrorCode::kMalformed && !out.empty()) return out;
      return std::unexpected(std::move(got).error());
    }
    if (*got == 0) return out;
    out.append(buffer.data(), *got);
    if (out.size() > limit) return std::unexpected(TooLong(limit));
  }
}

/// "deflate": a zlib stream, from some servers without its head.
Result<std::string> Inflate(std::string_view body, std::uint64_t limit) {
  const auto first = static_cast<unsigned char>(body[0]);
  const auto second = static_cast<unsigned char>(body.size() > 1 ? body[1] : 0);
  const bool zlib = (first & 0x0FU) == 8 && (first * 256U + second) % 31 == 0;
  z_stream stream{};
  if (inflateInit2(&stream, zlib ? 15 : -15) != Z_OK)
    return Fail(ErrorCode::kTooLarge, "no memory to unpack the body");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  std::string out;
  std::vector<char> buffer(kStep);
  int code = Z_OK;
  while (code == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    code = inflate(&stream, Z_NO_FLUSH);
    out.append(buffer.data(), buffer.size() - stream.avail_out);
    if (out.size() > limit) return std::unexpected(TooLong(limit));
    if (stream.avail_in == 0 && stream.avail_out > 0) break;
  }
  if (out.empty()) return Fail(ErrorCode::kMalformed, "the deflated body is damaged");
  return out;
}

Result<std::string> Unbrotli(std::string_view body, std::uint64_t limit) {
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  if (state == nullptr) return Fail(ErrorCode::kTooLarge, "no memory to unpack the body");
  const auto* in = reinterpret_cast<const std::uint8_t*>(body.data());
  std::size_t in_size = body.size();
  std::string out;
  std::vector<char> buffer(kStep);
  auto code = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (code == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
    auto* next = reinterpret_cast<std::uint8_t*>(buffer.data());
    std::size_t room = buffer.size();
    code = BrotliDecoderDecompressStream(state.get(), &in_size, &in, &room, &next, nullptr);
    out.append(buffer.data(), buffer.size() - room);
    if (out.size() > limit) return std::unexpected(TooLong(limit));
  }
  if (code == BROTLI_DECODER_RESULT_ERROR && out.empty())
    return Fail(ErrorCode::kMalformed, "the body is said to be in brotli and is not");
  return out;
}

bool LooksLikeMarkup(std::string_view body) {
  const std::size_t at = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return at != body.npos && (body[at] == '<' || body[at] == '{' || body[at] == '[');
}

Result<std::string> Undo(std::string_view coding, std::string body, std::uint64_t limit) {
  if (coding.empty() || coding == "identity" || body.empty() || LooksLikeMarkup(body)) return body;
  if (coding == "gzip" || coding == "x-gzip" || coding == "zstd") {
    const Codec codec = DetectCodec(body);
    if (codec == Codec::kNone) return body;
    const auto source = Decompress(
        std::make_unique<Window>(std::make_unique<MemorySource>(std::move(body))), codec);
    return ReadAll(*source, limit);
  }
  if (coding == "deflate") return Inflate(body, limit);
  if (coding == "br") return Unbrotli(body, limit);
  return Fail(ErrorCode::kUnsupported,
              "the body is encoded as '" + std::string(coding) + "', which is not read");
}

}  // namespace

Result<std::string> DecodeBody(std::string_view body, const HeaderBlock& head,
                               std::uint64_t limit) {
  std::string out(body);
  if (MediaType(head.Get("Transfer-Encoding")).contains("chunked")) {
    if (auto joined = JoinChunks(body)) out = *std::move(joined);
  }
  // Several encodings are named in the order in which they were applied.
  std::string codings = MediaType(head.Get("Content-Encoding"));
  for (int i = 0; i < 4 && !codings.empty(); ++i) {
    const std::size_t comma = codings.rfind(',');
    std::string coding = codings.substr(comma == codings.npos ? 0 : comma + 1);
    coding.erase(0, coding.find_first_not_of(' '));
    DATELINE_TRY(out, Undo(coding, std::move(out), limit));
    codings.resize(comma == codings.npos ? 0 : comma);
  }
  if (out.size() > limit) return std::unexpected(TooLong(limit));
  return out;
}

}  // namespace dateline::readers
