#include "readers/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <utility>

#include "readers/decompress.h"

namespace dateline::readers {
namespace {

struct CloseArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

/// "._a" and "__MACOSX" are what one system leaves in archives for itself.
bool IsHidden(std::string_view path) {
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view name = path.substr(0, slash);
    if (name == "__MACOSX" || (name.starts_with('.') && name != "." && name != "..")) return true;
    path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
  }
  return false;
}

std::string PathOf(archive_entry* entry) {
  if (const char* path = archive_entry_pathname_utf8(entry)) return path;
  if (const char* path = archive_entry_pathname(entry)) return path;
  return "member";
}

bool SumsUp(std::string_view head) {
  if (head.size() < 512) return false;
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i)
    sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(head[i]);
  unsigned stated = 0;
  bool any = false;
  for (const char c : head.substr(148, 8)) {
    if (c >= '0' && c <= '7') {
      stated = stated * 8 + static_cast<unsigned>(c - '0');
      any = true;
    } else if (any || c != ' ') {
      break;
    }
  }
  return any && stated == sum;
}

}  // namespace

struct Archive::State {
  std::unique_ptr<Window> input;
  std::array<char, std::size_t{1} << 16U> chunk{};
  std::optional<Error> failure;
  bool ended = false;
  std::unique_ptr<archive, CloseArchive> handle;

  static la_ssize_t Pull(archive* a, void* data, const void** bytes) {
    auto& state = *static_cast<State*>(data);
    const std::string_view in = state.input->Peek(1);
    if (in.empty()) {
      auto failure = state.input->TakeFailure();
      if (!failure) return 0;
      archive_set_error(a, EIO, "%s", failure->message.c_str());
      state.failure = std::move(failure);
      return -1;
    }
    const std::size_t count = in.copy(state.chunk.data(), state.chunk.size());
    state.input->Consume(count);
    *bytes = state.chunk.data();
    return static_cast<la_ssize_t>(count);
  }

  [[nodiscard]] std::uint64_t taken() const {
    return static_cast<std::uint64_t>(archive_filter_bytes(handle.get(), -1));
  }

  std::unexpected<Error> Failed() {
    if (failure) return std::unexpected(*std::exchange(failure, std::nullopt));
    const char* reason = archive_error_string(handle.get());
    return Fail(ErrorCode::kMalformed, std::string("the archive cannot be read here: ") +
                                           (reason == nullptr ? "it is damaged" : reason));
  }
};

namespace {

/// The bytes of one member.
class MemberSource final : public ByteSource {
 public:
  /// `taken` says how much of the archive has been read.
  MemberSource(archive* handle, std::uint64_t begin) : handle_(handle), begin_(begin) {}

  Result<std::size_t> Read(char* bytes, std::size_t size) override {
    if (ended_) return 0;
    const la_ssize_t got = archive_read_data(handle_, bytes, size);
    if (got < 0) {
      ended_ = true;
      const char* reason = archive_error_string(handle_);
      return Fail(ErrorCode::kMalformed, std::string("cannot be unpacked: ") +
                                             (reason == nullptr ? "it is damaged" : reason));
    }
    given_ += static_cast<std::uint64_t>(got);
    const auto taken = static_cast<std::uint64_t>(archive_filter_bytes(handle_, -1)) - begin_;
    if (IsBomb(taken, given_)) {
      ended_ = true;
      return std::unexpected(BombError());
    }
    return static_cast<std::size_t>(got);
  }

 private:
  archive* handle_;
  std::uint64_t begin_;
  std::uint64_t given_ = 0;
  bool ended_ = false;
};

}  // namespace

Archive::Archive(std::unique_ptr<Window> input) : state_(std::make_unique<State>()) {
  state_->input = std::move(input);
  state_->handle.reset(archive_read_new());
  archive* handle = state_->handle.get();
  archive_read_support_format_tar(handle);
  archive_read_support_format_zip_streamable(handle);
  if (archive_read_open(handle, state_.get(), nullptr, State::Pull, nullptr) != ARCHIVE_OK)
    state_->failure = state_->Failed().error();
}

Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

std::optional<Result<Archive::Member>> Archive::Next() {
  State& state = *state_;
  archive* handle = state.handle.get();
  while (!state.ended) {
    archive_entry* entry = nullptr;
    const int code = archive_read_next_header(handle, &entry);
    if (code == ARCHIVE_EOF) break;
    if (code == ARCHIVE_FATAL || code == ARCHIVE_RETRY) {
      state.ended = code == ARCHIVE_FATAL;
      return state.Failed();
    }
    std::string path = PathOf(entry);
    if (archive_entry_filetype(entry) != AE_IFREG || IsHidden(path)) continue;
    if (archive_entry_is_data_encrypted(entry) != 0)
      return Fail(ErrorCode::kUnsupported, "is encrypted and cannot be read", "!" + path);
    return Member{std::move(path), std::make_unique<MemberSource>(handle, state.taken())};
  }
  state.ended = true;
  return std::nullopt;
}

bool LooksLikeArchive(std::string_view head) {
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return true;
  return head.size() >= 512 && SumsUp(head);
}

}  // namespace dateline::readers
