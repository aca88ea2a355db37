#include "file_walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>
#include <system_error>

namespace dateline::cli {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

std::string SystemMessage(int error) { return std::generic_category().message(error); }

std::unexpected<Error> FailedFolder(int error, const std::string& path) {
  const ErrorCode code = error == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable;
  return Fail(code, fmt::format("the folder cannot be listed: {}", SystemMessage(error)), path);
}

enum class Kind { kFile, kFolder, kOther };

/// What a name stands for, links followed. A link that leads nowhere counts as a file: opening it
/// gives the message.
Kind KindOf(int folder, const dirent& entry) {
  if (entry.d_type == DT_REG) return Kind::kFile;
  if (entry.d_type == DT_DIR) return Kind::kFolder;
  if (entry.d_type != DT_LNK && entry.d_type != DT_UNKNOWN) return Kind::kOther;
  struct stat info{};
  if (fstatat(folder, entry.d_name, &info, 0) != 0) return Kind::kFile;
  if (S_ISREG(info.st_mode)) return Kind::kFile;
  return S_ISDIR(info.st_mode) ? Kind::kFolder : Kind::kOther;
}

}  // namespace

FileWalk::FileWalk(std::string root) : root_(std::move(root)) {}

std::optional<Result<std::string>> FileWalk::Next() {
  if (root_) {
    if (auto error = Enter(*std::exchange(root_, std::nullopt))) {
      return std::unexpected(*std::move(error));
    }
  }
  while (!open_.empty()) {
    Folder& folder = open_.back();
    if (folder.next == folder.entries.size()) {
      open_.pop_back();
      continue;
    }
    const auto [begin, size] = folder.entries[folder.next++];
    std::string path = folder.path + folder.names.substr(begin, size);
    if (path.back() != '/') return path;
    if (auto error = Enter(std::move(path))) return std::unexpected(*std::move(error));
  }
  return std::nullopt;
}

std::optional<Error> FileWalk::Enter(std::string path) {
  if (path.empty() || path.back() != '/') path += '/';
  auto folder = List(std::move(path));
  if (!folder) return std::move(folder).error();
  if (!folder->entries.empty()) open_.push_back(*std::move(folder));
  return std::nullopt;
}

Result<FileWalk::Folder> FileWalk::List(std::string path) {
  const OpenFolder open(opendir(path.c_str()));
  if (open == nullptr) return FailedFolder(errno, path);
  struct stat info{};
  // An open folder has a descriptor. NOLINTNEXTLINE(clang-analyzer-unix.StdCLibraryFunctions)
  if (fstat(dirfd(open.get()), &info) != 0) return FailedFolder(errno, path);
  Folder folder{.path = std::move(path), .names = {}, .entries = {}};
  if (!seen_.emplace(info.st_dev, info.st_ino).second) return folder;
  while (true) {
    errno = 0;
    const dirent* entry = readdir(open.get());  // NOLINT(concurrency-mt-unsafe): its own stream
    if (entry == nullptr) break;
    if (entry->d_name[0] == '.') continue;
    const Kind kind = KindOf(dirfd(open.get()), *entry);
    if (kind == Kind::kOther) continue;
    const auto begin = static_cast<std::uint32_t>(folder.names.size());
    folder.names.append(entry->d_name).append(kind == Kind::kFolder ? "/" : "");
    folder.entries.emplace_back(begin, static_cast<std::uint32_t>(folder.names.size()) - begin);
  }
  if (errno != 0) return FailedFolder(errno, folder.path);
  const std::string_view names = folder.names;
  std::ranges::sort(folder.entries, {},
                    [names](const auto& entry) { return names.substr(entry.first, entry.second); });
  return folder;
}

}  // namespace dateline::cli
