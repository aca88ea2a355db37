#include "readers/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace dateline::readers {
namespace {

std::string Reason(int error) { return std::generic_category().message(error); }

/// Owns a file descriptor; standard input is not closed.
class FileSource final : public ByteSource {
 public:
  explicit FileSource(int fd) : fd_(fd) {}
  ~FileSource() override {
    if (fd_ > STDIN_FILENO) close(fd_);
  }

  Result<std::size_t> Read(char* bytes, std::size_t size) override {
    if (failed_) return 0;
    ssize_t got = 0;
    do {
      got = read(fd_, bytes, size);
    } while (got < 0 && errno == EINTR);
    if (got >= 0) return static_cast<std::size_t>(got);
    failed_ = true;
    return Fail(ErrorCode::kUnreadable, "cannot be read: " + Reason(errno));
  }

  std::uint64_t Skip(std::uint64_t count) override {
    struct stat status{};
    if (fstat(fd_, &status) != 0 || !S_ISREG(status.st_mode)) return 0;
    const off_t here = lseek(fd_, 0, SEEK_CUR);
    if (here < 0 || here >= status.st_size) return 0;
    const auto left = static_cast<std::uint64_t>(status.st_size - here);
    const std::uint64_t step = std::min(count, left);
    return lseek(fd_, static_cast<off_t>(step), SEEK_CUR) < 0 ? 0 : step;
  }

 private:
  int fd_;
  bool failed_ = false;
};

}  // namespace

std::uint64_t ByteSource::Skip(std::uint64_t /*count*/) { return 0; }

Result<std::unique_ptr<ByteSource>> OpenFile(const std::string& path) {
  if (path == "-") return std::make_unique<FileSource>(STDIN_FILENO);
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR)
      return Fail(ErrorCode::kNotFound, "there is no such file", path);
    return Fail(ErrorCode::kUnreadable, "cannot be opened: " + Reason(error), path);
  }
  auto source = std::make_unique<FileSource>(fd);
  struct stat status{};
  if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode))
    return Fail(ErrorCode::kUnreadable, "is a folder, not a file", path);
  return source;
}

Result<std::size_t> MemorySource::Read(char* bytes, std::size_t size) {
  const std::size_t count = std::min({size, step_, bytes_.size() - at_});
  std::memcpy(bytes, bytes_.data() + at_, count);
  at_ += count;
  return count;
}

}  // namespace dateline::readers
