// The four libraries have one shape: a state that takes bytes and gives bytes, and says when a
// member has ended. Decoder is that shape; Decompressed feeds it from a window, begins the next
// member where one ends, and looks for the next one where one is broken.
#include "readers/decompress.h"

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>

namespace dateline::readers {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::uint64_t kUnpackedFreely = 256ULL << 20U;
constexpr std::uint64_t kMostGrowth = 250;
constexpr std::uint64_t kXzMemory = 256ULL << 20U;
constexpr std::size_t kLongestMagic = 10;

enum class Status : std::uint8_t { kMore, kMemberEnd, kBroken, kTooLarge };

/// What is left to take and to fill.
struct Buffers {
  const char* in = nullptr;
  std::size_t in_size = 0;
  char* out = nullptr;
  std::size_t out_size = 0;
};

class Decoder {
 public:
  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  virtual ~Decoder() = default;
  /// Begins a member.
  virtual bool Begin() = 0;
  virtual Status Run(Buffers& buffers) = 0;
};

/// Moves the buffers on by what a stream of the zlib family took and gave.
template <typename Stream>
void Advance(const Stream& stream, Buffers& buffers) {
  buffers.in += buffers.in_size - stream.avail_in;
  buffers.in_size = stream.avail_in;
  buffers.out += buffers.out_size - stream.avail_out;
  buffers.out_size = stream.avail_out;
}

class GzipDecoder final : public Decoder {
 public:
  ~GzipDecoder() override { inflateEnd(&stream_); }
  bool Begin() override {
    inflateEnd(&stream_);
    stream_ = {};
    return inflateInit2(&stream_, 15 + 16) == Z_OK;
  }
  Status Run(Buffers& buffers) override {
    // The library does not write through next_in.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(buffers.in));
    stream_.avail_in = static_cast<uInt>(buffers.in_size);
    stream_.next_out = reinterpret_cast<Bytef*>(buffers.out);
    stream_.avail_out = static_cast<uInt>(buffers.out_size);
    const int code = inflate(&stream_, Z_NO_FLUSH);
    Advance(stream_, buffers);
    if (code == Z_STREAM_END) return Status::kMemberEnd;
    return code == Z_OK || code == Z_BUF_ERROR ? Status::kMore : Status::kBroken;
  }

 private:
  z_stream stream_{};
};

class Bzip2Decoder final : public Decoder {
 public:
  ~Bzip2Decoder() override { BZ2_bzDecompressEnd(&stream_); }
  bool Begin() override {
    BZ2_bzDecompressEnd(&stream_);
    stream_ = {};
    return BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK;
  }
  Status Run(Buffers& buffers) override {
    stream_.next_in = const_cast<char*>(buffers.in);
    stream_.avail_in = static_cast<unsigned>(buffers.in_size);
    stream_.next_out = buffers.out;
    stream_.avail_out = static_cast<unsigned>(buffers.out_size);
    const int code = BZ2_bzDecompress(&stream_);
    Advance(stream_, buffers);
    if (code == BZ_STREAM_END) return Status::kMemberEnd;
    return code == BZ_OK ? Status::kMore : Status::kBroken;
  }

 private:
  bz_stream stream_{};
};

class XzDecoder final : public Decoder {
 public:
  ~XzDecoder() override { lzma_end(&stream_); }
  bool Begin() override {
    lzma_end(&stream_);
    stream_ = LZMA_STREAM_INIT;
    return lzma_stream_decoder(&stream_, kXzMemory, 0) == LZMA_OK;
  }
  Status Run(Buffers& buffers) override {
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(buffers.in);
    stream_.avail_in = buffers.in_size;
    stream_.next_out = reinterpret_cast<std::uint8_t*>(buffers.out);
    stream_.avail_out = buffers.out_size;
    const lzma_ret code = lzma_code(&stream_, LZMA_RUN);
    Advance(stream_, buffers);
    if (code == LZMA_STREAM_END) return Status::kMemberEnd;
    if (code == LZMA_MEMLIMIT_ERROR) return Status::kTooLarge;
    return code == LZMA_OK || code == LZMA_BUF_ERROR ? Status::kMore : Status::kBroken;
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
};

class ZstdDecoder final : public Decoder {
 public:
  ZstdDecoder() : context_(ZSTD_createDCtx()) {}
  ~ZstdDecoder() override { ZSTD_freeDCtx(context_); }
  bool Begin() override {
    return context_ != nullptr &&
           ZSTD_isError(ZSTD_DCtx_reset(context_, ZSTD_reset_session_only)) == 0;
  }
  Status Run(Buffers& buffers) override {
    ZSTD_inBuffer in{buffers.in, buffers.in_size, 0};
    ZSTD_outBuffer out{buffers.out, buffers.out_size, 0};
    const std::size_t code = ZSTD_decompressStream(context_, &out, &in);
    buffers.in += in.pos;
    buffers.in_size -= in.pos;
    buffers.out += out.pos;
    buffers.out_size -= out.pos;
    if (code == 0) return Status::kMemberEnd;
    if (ZSTD_isError(code) == 0) return Status::kMore;
    const bool window = std::string_view(ZSTD_getErrorName(code)).contains("memory");
    return window ? Status::kTooLarge : Status::kBroken;
  }

 private:
  ZSTD_DCtx* context_;
};

std::unique_ptr<Decoder> MakeDecoder(Codec codec) {
  switch (codec) {
    case Codec::kZstd:
      return std::make_unique<ZstdDecoder>();
    case Codec::kBzip2:
      return std::make_unique<Bzip2Decoder>();
    case Codec::kXz:
      return std::make_unique<XzDecoder>();
    default:
      return std::make_unique<GzipDecoder>();
  }
}

std::string_view NameOf(Codec codec) {
  static constexpr std::array kNames = {""sv, "gzip"sv, "zstd"sv, "bzip2"sv, "xz"sv};
  return kNames[static_cast<std::size_t>(codec)];
}

bool IsGzip(std::string_view head) {
  if (!head.starts_with("\x1F\x8B\x08") || head.size() < 4) return false;
  if ((static_cast<unsigned char>(head[3]) & 0xE0U) != 0) return false;
  if (head.size() < 10) return true;
  const auto extra = static_cast<unsigned char>(head[8]);
  const auto system = static_cast<unsigned char>(head[9]);
  return (extra == 0 || extra == 2 || extra == 4) && (system <= 13 || system == 255);
}

bool IsZstd(std::string_view head) {
  if (head.starts_with("\x28\xB5\x2F\xFD")) return true;
  // A frame to be skipped, as parallel compressors set in front.
  return head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50 &&
         head.substr(1, 3) == "\x2A\x4D\x18";
}

bool IsBzip2(std::string_view head) {
  return head.size() >= 10 && head.starts_with("BZh") && head[3] >= '1' && head[3] <= '9' &&
         (head.substr(4, 6) == "1AY&SY" || head.substr(4, 6) == "\x17\x72\x45\x38\x50\x90");
}

class Decompressed final : public ByteSource {
 public:
  Decompressed(std::unique_ptr<Window> input, Codec codec)
      : input_(std::move(input)), codec_(codec), decoder_(MakeDecoder(codec)) {}

  Result<std::size_t> Read(char* bytes, std::size_t size) override;

 private:
  /// Begins the next member; false at the end. An error stands for bytes that are no member.
  Result<bool> BeginMember();
  Result<std::size_t> Step(char* bytes, std::size_t size);
  std::unexpected<Error> Damaged(Status status);
  /// Goes to the next place that looks like the begin of a member.
  void FindMember();

  std::unique_ptr<Window> input_;
  Codec codec_;
  std::unique_ptr<Decoder> decoder_;
  bool in_member_ = false;
  bool lost_ = false;  ///< the next member is to be looked for
  bool ended_ = false;
  std::uint64_t taken_ = 0;
  std::uint64_t given_ = 0;
};

Result<std::size_t> Decompressed::Read(char* bytes, std::size_t size) {
  while (!ended_) {
    if (lost_) FindMember();
    if (!in_member_) {
      DATELINE_TRY(const bool begun, BeginMember());
      if (!begun) break;
    }
    DATELINE_TRY(const std::size_t got, Step(bytes, size));
    if (got > 0) return got;
  }
  ended_ = true;
  return 0;
}

Result<bool> Decompressed::BeginMember() {
  for (;;) {  // some writers fill up with zeros
    const std::string_view rest = input_->Peek(kLongestMagic);
    const std::size_t zeros = std::min(rest.find_first_not_of('\0'), rest.size());
    if (zeros == 0) break;
    input_->Consume(zeros);
  }
  const std::string_view head = input_->bytes();
  if (auto failure = input_->TakeFailure()) return std::unexpected(*std::move(failure));
  if (head.empty()) return false;
  if (DetectCodec(head) != codec_) {
    lost_ = true;
    return Fail(ErrorCode::kMalformed, "what follows byte " + std::to_string(input_->offset()) +
                                           " of the " + std::string(NameOf(codec_)) +
                                           " data is none and is passed over");
  }
  in_member_ = decoder_->Begin();
  if (!in_member_) {
    ended_ = true;
    return Fail(ErrorCode::kTooLarge, "no memory to decompress it");
  }
  return true;
}

Result<std::size_t> Decompressed::Step(char* bytes, std::size_t size) {
  const std::string_view in = input_->bytes();
  Buffers buffers{in.data(), in.size(), bytes, size};
  const Status status = decoder_->Run(buffers);
  const std::size_t taken = in.size() - buffers.in_size;
  const std::size_t given = size - buffers.out_size;
  input_->Consume(taken);
  taken_ += taken;
  given_ += given;
  if (status == Status::kMemberEnd) in_member_ = false;
  if (status == Status::kBroken || status == Status::kTooLarge) {
    // A head may be refused without being taken; the same one must not be found again.
    if (taken == 0 && !in.empty()) input_->Consume(1);
    return Damaged(status);
  }
  if (IsBomb(taken_, given_)) {
    ended_ = true;
    return std::unexpected(BombError());
  }
  if (given > 0 || taken > 0 || status == Status::kMemberEnd) return given;
  if (input_->More()) return 0;
  if (auto failure = input_->TakeFailure()) return std::unexpected(*std::move(failure));
  ended_ = true;
  return Fail(ErrorCode::kMalformed,
              "the " + std::string(NameOf(codec_)) + " data ends too early: the file is cut off");
}

std::unexpected<Error> Decompressed::Damaged(Status status) {
  in_member_ = false;
  lost_ = true;
  const std::string name(NameOf(codec_));
  if (status == Status::kTooLarge)
    return Fail(ErrorCode::kTooLarge,
                "the " + name + " data asks for more memory than is given to one stream");
  return Fail(ErrorCode::kMalformed, "the " + name + " data is damaged near byte " +
                                         std::to_string(input_->offset()) +
                                         "; reading goes on behind it");
}

void Decompressed::FindMember() {
  lost_ = false;
  for (;;) {
    const std::string_view in = input_->Peek(kLongestMagic);
    if (input_->failed() || in.size() < 4) {
      input_->Consume(in.size());
      return;
    }
    // The codec's first byte; of zstd the skippable frames are not looked for.
    static constexpr std::array kFirst = {'\0', '\x1F', '\x28', 'B', '\xFD'};
    const std::size_t at = in.find(kFirst[static_cast<std::size_t>(codec_)]);
    input_->Consume(std::min(at, in.size()));
    if (at == in.npos) continue;
    if (DetectCodec(input_->Peek(kLongestMagic)) == codec_) return;
    input_->Consume(1);
  }
}

}  // namespace

Codec DetectCodec(std::string_view head) {
  if (IsGzip(head)) return Codec::kGzip;
  if (IsZstd(head)) return Codec::kZstd;
  if (IsBzip2(head)) return Codec::kBzip2;
  return head.starts_with("\xFD\x37zXZ\0"sv) ? Codec::kXz : Codec::kNone;
}

std::unique_ptr<ByteSource> Decompress(std::unique_ptr<Window> input, Codec codec) {
  return std::make_unique<Decompressed>(std::move(input), codec);
}

bool IsBomb(std::uint64_t packed, std::uint64_t unpacked) {
  return unpacked > kUnpackedFreely && unpacked / kMostGrowth > packed;
}

Error BombError() {
  return {ErrorCode::kTooLarge,
          "grows more than 250 times when it is unpacked, as only decompression bombs do; what is "
          "left of it is not read",
          ""};
}

}  // namespace dateline::readers
