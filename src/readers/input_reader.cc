// One file or stream, piece by piece.
//
// A text file is one piece: it is read whole, up to the limit. JSON is scanned as it comes, and
// each record is a piece, so that a dump of any size needs the memory of its longest record. When
// the first record fills just its line, the file is taken for JSON lines and every line is a record
// of its own: a broken line then costs that line and nothing else. A piece over the limit is not
// kept: its bytes are passed over, and an error stands in its place.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "dateline/input.h"
#include "readers/json_records.h"

namespace dateline {
namespace {

using readers::RecordScanner;

constexpr std::size_t kBufferBytes = std::size_t{1} << 18U;

/// Owns a file descriptor; standard input is not closed.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ > STDIN_FILENO) close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

std::string Reason(int error) { return std::generic_category().message(error); }

Result<int> OpenFile(const std::string& path) {
  if (path == "-") return STDIN_FILENO;
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR)
      return Fail(ErrorCode::kNotFound, "there is no such file", path);
    return Fail(ErrorCode::kUnreadable, "cannot be opened: " + Reason(error), path);
  }
  struct stat status{};
  if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
    close(fd);
    return Fail(ErrorCode::kUnreadable, "is a folder, not a file", path);
  }
  return fd;
}

}  // namespace

struct InputReader::Impl {
  Impl(Descriptor file, std::string name, const InputOptions& how)
      : fd(std::move(file)), path(std::move(name)), options(how) {}

  Descriptor fd;
  std::string path;
  InputOptions options;
  std::string buffer;      ///< read and not yet taken
  std::size_t at = 0;      ///< the next byte of it
  std::uint64_t base = 0;  ///< offset in the input of buffer[0]
  std::uint64_t line = 1;  ///< of the next byte
  bool ended = false;      ///< no more bytes to come
  bool done = false;       ///< no more pieces to come
  bool begun = false;      ///< the format is settled
  bool json = false;
  bool by_lines = false;  ///< JSON lines
  bool settled = false;   ///< whether by_lines is known
  std::optional<Error> failure;

  /// Reads on; false at the end or after a failure.
  bool Fill() {
    if (ended) return false;
    if (at > 0) {
      buffer.erase(0, at);
      base += at;
      at = 0;
    }
    const std::size_t old = buffer.size();
    ssize_t got = 0;
    int error = 0;
    buffer.resize_and_overwrite(old + kBufferBytes, [&](char* bytes, std::size_t /*size*/) {
      do {
        got = read(fd.get(), bytes + old, kBufferBytes);
      } while (got < 0 && errno == EINTR);
      error = errno;
      return old + (got > 0 ? static_cast<std::size_t>(got) : 0);
    });
    if (got < 0) failure = Error{ErrorCode::kUnreadable, "cannot be read: " + Reason(error), path};
    ended = got <= 0;
    return got > 0;
  }

  void Begin() {
    begun = true;
    while (buffer.size() < 4096 && Fill()) {
    }
    json = options.format == Format::kJson ||
           (options.format == Format::kAuto && readers::LooksLikeJson(buffer));
    if (json && buffer.starts_with("\xEF\xBB\xBF")) at = 3;
  }

  [[nodiscard]] Error TooLarge(std::string_view what, std::uint64_t from) const {
    return {ErrorCode::kTooLarge,
            std::string(what) + " has more than " + std::to_string(options.max_piece_bytes) +
                " bytes; raise --max-bytes to read it",
            from == 0 ? path : path + "@" + std::to_string(from)};
  }

  std::optional<Result<InputPiece>> Failed() {
    done = true;
    if (!failure) return std::nullopt;
    return std::unexpected(*std::exchange(failure, std::nullopt));
  }

  std::optional<Result<InputPiece>> NextText() {
    done = true;
    while (buffer.size() <= options.max_piece_bytes && Fill()) {
    }
    if (failure) return Failed();
    if (buffer.size() > options.max_piece_bytes) {
      buffer = {};
      return std::unexpected(TooLarge("the text", 0));
    }
    return InputPiece{.bytes = std::move(buffer), .format = Format::kText, .path = path};
  }

  /// A record being gathered.
  struct Gathering {
    InputPiece piece;
    bool too_large = false;
    bool newline_inside = false;
  };

  void Keep(Gathering& record, char c) const {
    if (record.too_large) return;
    if (record.piece.bytes.size() >= options.max_piece_bytes) {
      record.too_large = true;
      record.piece.bytes = {};
      return;
    }
    record.piece.bytes += c;
  }

  /// Whether the record ends with this byte (or before it, for a line end).
  bool Take(RecordScanner& scanner, char c, Gathering& record) {
    const auto step = scanner.Next(c);
    if (step == RecordScanner::Step::kOutside) return false;
    if (step == RecordScanner::Step::kBegin) {
      record.piece.line = line;
      record.piece.offset = base + at;
    }
    if (step == RecordScanner::Step::kBroken) return true;
    if (c == '\n') {
      if (by_lines) {
        scanner.Reset();
        return true;
      }
      record.newline_inside = true;
    }
    Keep(record, c);
    return step == RecordScanner::Step::kEnd;
  }

  std::optional<Result<InputPiece>> NextRecord() {
    Gathering record{
        .piece = {.bytes = {}, .format = Format::kJson, .path = path, .line = 0, .offset = 0}};
    RecordScanner scanner;
    for (;;) {
      if (at == buffer.size() && !Fill()) break;
      const char c = buffer[at];
      const bool ends = Take(scanner, c, record);
      ++at;
      if (c == '\n') ++line;
      if (ends) return Finished(std::move(record));
    }
    if (failure) return Failed();
    done = true;
    if (!scanner.open()) return std::nullopt;
    return Finished(std::move(record));
  }

  Result<InputPiece> Finished(Gathering record) {
    if (!settled) {
      settled = true;
      by_lines = !record.newline_inside && at < buffer.size() &&
                 (buffer[at] == '\n' || buffer[at] == '\r');
    }
    if (record.too_large) return std::unexpected(TooLarge("the record", record.piece.offset));
    return std::move(record.piece);
  }
};

InputReader::InputReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
InputReader::InputReader(InputReader&&) noexcept = default;
InputReader& InputReader::operator=(InputReader&&) noexcept = default;
InputReader::~InputReader() = default;

Result<InputReader> InputReader::Open(const std::string& path, const InputOptions& options) {
  DATELINE_TRY(const int fd, OpenFile(path));
  return InputReader(std::make_unique<Impl>(Descriptor(fd), path, options));
}

std::optional<Result<InputPiece>> InputReader::Next() {
  Impl& in = *impl_;
  if (in.done) return std::nullopt;
  if (!in.begun) in.Begin();
  if (in.failure) return in.Failed();
  return in.json ? in.NextRecord() : in.NextText();
}

}  // namespace dateline
