// A web archive is cut by the lengths its records state. Requests, metadata, revisits, pictures and
// answers that are no 200 are told by their heads alone and passed over unread; what may hold a
// story becomes a piece, head and all. Where a head is broken, the next line that begins "WARC/" is
// looked for.
#include <charconv>
#include <utility>

#include "readers/splitters.h"
#include "readers/warc_records.h"

namespace dateline::readers {
namespace {

constexpr std::size_t kHttpHead = std::size_t{1} << 14U;

class WarcSplitter final : public PieceSource {
 public:
  WarcSplitter(std::unique_ptr<Window> stream, std::string path, const InputOptions& options)
      : stream_(std::move(stream)), path_(std::move(path)), options_(options) {}

  std::optional<Result<InputPiece>> Next() override {
    if (const std::uint64_t from = std::exchange(options_.from, 0); from > 0) {
      jumped_ = true;
      if (!stream_->Discard(from)) return std::nullopt;
    }
    return NextRecord();
  }

 private:
  using Given = std::optional<Result<InputPiece>>;

  Given NextRecord();
  /// Goes behind the empty lines before a record; false where no more bytes come.
  bool FindHead();
  Given BrokenHead();
  Given ReadRecord(const HeaderBlock& head, std::uint64_t length);
  /// Why the record holds no story, by what its head and that of the response say.
  [[nodiscard]] std::optional<std::string> NoStory(const HeaderBlock& head, std::uint64_t length);
  Given Skip(std::uint64_t count, Error error);
  [[nodiscard]] std::string Place() const { return path_ + "@" + std::to_string(offset_); }

  std::unique_ptr<Window> stream_;
  std::string path_;
  InputOptions options_;
  bool jumped_ = false;
  std::uint64_t records_ = 0;
  std::uint64_t offset_ = 0;  ///< of the record
};

bool WarcSplitter::FindHead() {
  for (;;) {
    const std::string_view bytes = stream_->Peek(5);
    const std::size_t blank = bytes.find_first_not_of("\r\n");
    if (blank == 0) return true;
    stream_->Consume(blank == bytes.npos ? bytes.size() : blank);
    if (stream_->bytes().empty() && !stream_->More()) return false;
  }
}

WarcSplitter::Given WarcSplitter::NextRecord() {
  if (!FindHead()) {
    auto failure = stream_->TakeFailure();
    if (!failure) return std::nullopt;
    failure->where = path_ + "@" + std::to_string(stream_->offset());
    return std::unexpected(*std::move(failure));
  }
  offset_ = stream_->offset();
  auto head = ParseHeaderBlock(stream_->bytes(), kLongestHeader);
  while (!head && stream_->bytes().size() < kLongestHeader && stream_->More())
    head = ParseHeaderBlock(stream_->bytes(), kLongestHeader);
  if (!head || !head->first_line.starts_with("WARC/")) return BrokenHead();
  const std::string_view stated = head->Get("Content-Length");
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(stated.data(), stated.data() + stated.size(), length);
  if (error != std::errc() || end != stated.data() + stated.size()) return BrokenHead();
  ++records_;
  return ReadRecord(*head, length);
}

WarcSplitter::Given WarcSplitter::BrokenHead() {
  if (auto failure = stream_->TakeFailure()) {
    stream_->Consume(stream_->bytes().size());
    failure->where = Place();
    return std::unexpected(*std::move(failure));
  }
  ++records_;
  stream_->Consume(1);
  for (;;) {
    const std::string_view bytes = stream_->Peek(8);
    const std::size_t at = bytes.find("\nWARC/");
    if (at != bytes.npos) {
      stream_->Consume(at + 1);
      break;
    }
    stream_->Consume(bytes.size() > 5 ? bytes.size() - 5 : 0);
    if (!stream_->More()) {
      stream_->Consume(stream_->bytes().size());
      break;
    }
  }
  return Fail(ErrorCode::kMalformed,
              "no record of a web archive begins here; reading goes on at the next that does",
              Place());
}

std::optional<std::string> WarcSplitter::NoStory(const HeaderBlock& head, std::uint64_t length) {
  const std::string type(head.Get("WARC-Type"));
  if (type == "revisit")
    return "a revisit: the page has not changed since " +
           std::string(head.Get("WARC-Refers-To-Date").empty() ? "an earlier record"
                                                               : head.Get("WARC-Refers-To-Date"));
  if (type != "response" && type != "resource" && type != "conversion")
    return "a record of type " + (type.empty() ? "unknown" : type);
  const std::string media = MediaType(head.Get("Content-Type"));
  if (media != "application/http") {
    if (MayHoldStories(media) && type != "response") return std::nullopt;
    return "not a page: " + media;
  }
  // The window may move, so the head is not looked at any more.
  const std::size_t begin = head.size;
  const auto wanted = begin + static_cast<std::size_t>(std::min<std::uint64_t>(length, kHttpHead));
  const auto http = ParseHeaderBlock(stream_->Peek(wanted).substr(begin), kHttpHead);
  if (!http) return std::nullopt;
  const int status = HttpStatus(http->first_line);
  if (status != 200) return "an answer with status " + std::to_string(status);
  const std::string body = MediaType(http->Get("Content-Type"));
  if (!MayHoldStories(body)) return "not a page: " + body;
  return std::nullopt;
}

WarcSplitter::Given WarcSplitter::Skip(std::uint64_t count, Error error) {
  if (!stream_->Discard(count) && !stream_->failed())
    error = {ErrorCode::kMalformed, "the record is cut off by the end of the file", ""};
  if (error.where.empty()) error.where = Place();
  return std::unexpected(std::move(error));
}

WarcSplitter::Given WarcSplitter::ReadRecord(const HeaderBlock& head, std::uint64_t length) {
  const std::size_t begin = head.size;
  if (length > UINT64_MAX / 2) return BrokenHead();
  const std::uint64_t whole = begin + length;
  if (const auto reason = NoStory(head, length))
    return Skip(whole, {ErrorCode::kNoStory, *reason, ""});
  if (whole > options_.max_piece_bytes)
    return Skip(whole,
                {ErrorCode::kTooLarge,
                 "the record has " + std::to_string(whole) + " bytes, more than " +
                     std::to_string(options_.max_piece_bytes) + "; raise --max-bytes to read it",
                 ""});
  const std::size_t size = begin + static_cast<std::size_t>(length);
  const std::string_view bytes = stream_->Peek(size);
  if (bytes.size() < size) {
    Error error{ErrorCode::kMalformed, "the record is cut off by the end of the file", Place()};
    if (auto failure = stream_->TakeFailure()) error = {failure->code, failure->message, Place()};
    stream_->Consume(stream_->bytes().size());
    return std::unexpected(std::move(error));
  }
  InputPiece piece{.bytes = std::string(bytes.substr(0, size)),
                   .format = Format::kWarc,
                   .path = path_,
                   .line = 0,
                   .record = jumped_ ? 0 : records_,
                   .offset = offset_};
  stream_->Consume(size);
  return piece;
}

}  // namespace

Pieces SplitWarc(std::unique_ptr<Window> stream, std::string path, const InputOptions& options) {
  return std::make_unique<WarcSplitter>(std::move(stream), std::move(path), options);
}

}  // namespace dateline::readers
