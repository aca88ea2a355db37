#include "job_stream.h"

#include <sys/stat.h>

#include <utility>

namespace dateline::cli {
namespace {

bool IsFolder(const std::string& path) {
  struct stat info{};
  return path != "-" && stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace

std::string ShownPath(const std::string& path) { return path == "-" ? "standard input" : path; }

std::optional<Job> JobStream::Next() {
  while (true) {
    if (reader_) {
      if (auto job = NextOfReader()) return job;
    } else if (in_argument_) {
      if (auto job = NextOfArgument()) return job;
    } else if (next_path_ < paths_.size()) {
      if (auto job = BeginArgument()) return job;
    } else {
      return std::nullopt;
    }
  }
}

std::optional<Job> JobStream::NextOfReader() {
  for (;;) {
    auto piece = reader_->Next();
    if (!piece) break;
    const std::uint32_t ordinal = ordinal_++;
    if (skip_ > 0) {
      --skip_;
      continue;
    }
    if (!*piece) return std::move(*piece).error();
    return Piece{std::move(**piece), ordinal};
  }
  reader_.reset();
  if (ordinal_ > 0) return std::nullopt;
  return Error{ErrorCode::kMalformed, "empty: there is no story in it", ShownPath(reader_path_)};
}

std::optional<Job> JobStream::NextOfArgument() {
  if (walk_) {
    auto path = walk_->Next();
    if (path && path->has_value()) return OpenFile(**path);
    if (path) return std::move(*path).error();
  }
  in_argument_ = false;
  const bool is_folder = std::exchange(walk_, std::nullopt).has_value();
  return ArgumentEnd{paths_[next_path_ - 1], is_folder};
}

std::optional<Job> JobStream::BeginArgument() {
  in_argument_ = true;
  const std::string& path = paths_[next_path_++];
  if (!IsFolder(path)) return OpenFile(path);
  walk_.emplace(path);
  return std::nullopt;
}

std::optional<Job> JobStream::OpenFile(const std::string& path) {
  auto reader = InputReader::Open(path, options_);
  if (!reader) return std::move(reader).error();
  reader_ = *std::move(reader);
  reader_path_ = path;
  ordinal_ = 0;
  return std::nullopt;
}

}  // namespace dateline::cli
