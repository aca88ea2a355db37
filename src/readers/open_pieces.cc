// A stream is looked at, unpacked when it is packed, looked at again, and handed to the splitter of
// its format.
#include <algorithm>
#include <utility>

#include "readers/archive.h"
#include "readers/decompress.h"
#include "readers/sniff.h"
#include "readers/splitters.h"
#include "readers/utf16_source.h"

namespace dateline::readers {
namespace {

constexpr int kDeepest = 4;
constexpr std::size_t kFirstLook = 4096;

Pieces Open(std::unique_ptr<ByteSource> source, std::string path, const InputOptions& options,
            int depth);

/// One error in place of a stream.
class Refusal final : public PieceSource {
 public:
  explicit Refusal(Error error) : error_(std::move(error)) {}
  std::optional<Result<InputPiece>> Next() override {
    if (std::exchange(given_, true)) return std::nullopt;
    return std::unexpected(error_);
  }

 private:
  Error error_;
  bool given_ = false;
};

/// The whole stream as one piece.
class WholeSplitter final : public PieceSource {
 public:
  WholeSplitter(std::unique_ptr<Window> stream, std::string path, const InputOptions& options,
                Format format)
      : stream_(std::move(stream)), path_(std::move(path)), options_(options), format_(format) {}

  std::optional<Result<InputPiece>> Next() override {
    if (std::exchange(given_, true)) return std::nullopt;
    const std::uint64_t most = options_.max_piece_bytes;
    while (stream_->bytes().size() <= most && stream_->More()) {
    }
    if (auto failure = stream_->TakeFailure()) {
      failure->where = path_;
      return std::unexpected(*std::move(failure));
    }
    if (stream_->bytes().size() > most)
      return Fail(
          ErrorCode::kTooLarge,
          "the text has more than " + std::to_string(most) + " bytes; raise --max-bytes to read it",
          path_);
    return InputPiece{.bytes = std::string(stream_->bytes()), .format = format_, .path = path_};
  }

 private:
  std::unique_ptr<Window> stream_;
  std::string path_;
  InputOptions options_;
  Format format_;
  bool given_ = false;
};

/// The pieces of every file of an archive, in the archive's order.
class ArchivePieces final : public PieceSource {
 public:
  ArchivePieces(std::unique_ptr<Window> stream, std::string path, const InputOptions& options,
                int depth)
      : archive_(std::move(stream)), path_(std::move(path)), options_(options), depth_(depth) {}

  std::optional<Result<InputPiece>> Next() override {
    for (;;) {
      if (member_ != nullptr) {
        if (auto piece = member_->Next()) return piece;
        member_.reset();
      }
      auto member = archive_.Next();
      if (!member) return std::nullopt;
      if (!*member) {
        Error error = std::move(*member).error();
        error.where.insert(0, path_);
        return std::unexpected(std::move(error));
      }
      member_ =
          Open(std::move((*member)->source), path_ + "!" + (*member)->path, options_, depth_ + 1);
    }
  }

 private:
  Archive archive_;
  std::string path_;
  InputOptions options_;
  int depth_;
  Pieces member_;
};

Pieces Refuse(ErrorCode code, std::string message, std::string where) {
  return std::make_unique<Refusal>(Error{code, std::move(message), std::move(where)});
}

Pieces Split(std::unique_ptr<Window> stream, std::string path, const InputOptions& options,
             Format format) {
  switch (format) {
    case Format::kJson:
      return SplitJson(std::move(stream), std::move(path), options);
    case Format::kXml:
      return SplitXml(std::move(stream), std::move(path), options);
    case Format::kCsv:
      return SplitCsv(std::move(stream), std::move(path), options);
    case Format::kWarc:
      return SplitWarc(std::move(stream), std::move(path), options);
    case Format::kIptc7901:
      return SplitIptc7901(std::move(stream), std::move(path), options);
    default:
      break;
  }
  if (options.from > 0)
    return Refuse(ErrorCode::kInvalidArgument,
                  "has no records to begin at: leave out --from, or use --skip", std::move(path));
  return SplitWhole(std::move(stream), std::move(path), options, format);
}

/// Enough of the stream to tell what it is; a pipe is not waited for longer than needed.
std::string_view Look(Window& stream) {
  const std::string_view head = stream.Peek(kFirstLook);
  const bool line = head.contains('\n') || head.starts_with('{') || head.starts_with('[');
  return line ? head : stream.Peek(kSniffBytes);
}

Pieces Open(std::unique_ptr<ByteSource> source, std::string path, const InputOptions& options,
            int depth) {
  auto stream = std::make_unique<Window>(std::move(source));
  const std::string_view head = Look(*stream);
  const Codec codec = DetectCodec(head);
  const bool archive = codec == Codec::kNone && LooksLikeArchive(head);
  if (depth >= kDeepest && (codec != Codec::kNone || archive))
    return Refuse(ErrorCode::kUnsupported,
                  "is packed in more than 4 layers, which only decompression bombs are",
                  std::move(path));
  if (codec != Codec::kNone)
    return Open(Decompress(std::move(stream), codec), std::move(path), options, depth + 1);
  if (archive && options.from > 0)
    return Refuse(ErrorCode::kInvalidArgument,
                  "is an archive, in which --from has no meaning: use --skip", std::move(path));
  if (archive)
    return std::make_unique<ArchivePieces>(std::move(stream), std::move(path), options, depth);
  if (const auto order = DetectUtf16(head)) {
    const Format format = Sniff(AsciiOfUtf16(head, *order));
    if (format == Format::kJson || format == Format::kXml || format == Format::kCsv)
      return Open(DecodeUtf16(std::move(stream), *order), std::move(path), options, depth + 1);
  }
  return Split(std::move(stream), std::move(path), options,
               options.format == Format::kAuto ? Sniff(head) : options.format);
}

}  // namespace

Pieces SplitWhole(std::unique_ptr<Window> stream, std::string path, const InputOptions& options,
                  Format format) {
  return std::make_unique<WholeSplitter>(std::move(stream), std::move(path), options, format);
}

Pieces OpenPieces(std::unique_ptr<ByteSource> source, std::string path,
                  const InputOptions& options) {
  return Open(std::move(source), std::move(path), options, 0);
}

}  // namespace dateline::readers
