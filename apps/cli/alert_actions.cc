#include "alert_actions.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>
#include <thread>
#include <vector>

namespace dateline::cli {
namespace {

constexpr auto kCommandTime = std::chrono::seconds(30);
constexpr auto kGlance = std::chrono::milliseconds(10);

std::string Reason(int error) { return std::generic_category().message(error); }

Result<void> Append(const std::string& path, const std::string& line) {
  const int file = open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) return Fail(ErrorCode::kUnreadable, "cannot be written: " + Reason(errno), path);
  // In one call, so that lines of several programs do not mix.
  const std::string whole = line + "\n";
  const bool written =
      write(file, whole.data(), whole.size()) == static_cast<ssize_t>(whole.size());
  const int error = errno;
  close(file);
  if (written) return {};
  return Fail(ErrorCode::kUnreadable, "cannot be written: " + Reason(error), path);
}

/// A started program and the pipe to its standard input.
struct Child {
  pid_t pid = 0;
  int input = -1;
};

Result<Child> Start(const std::vector<std::string>& words) {
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return Fail(ErrorCode::kUnreadable, "cannot be started: " + Reason(errno), words[0]);
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  Child child;
  const int error =
      posix_spawnp(&child.pid, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[0]);
  if (error == 0) {
    child.input = ends[1];
    return child;
  }
  close(ends[1]);
  return Fail(ErrorCode::kNotFound, "cannot be started: " + Reason(error), words[0]);
}

/// Writes as much as the program takes in time.
void Feed(int input, const std::string& line, std::chrono::steady_clock::time_point end) {
  fcntl(input, F_SETFL, O_NONBLOCK);
  const std::string whole = line + "\n";
  std::size_t at = 0;
  while (at < whole.size() && std::chrono::steady_clock::now() < end) {
    const ssize_t count = write(input, whole.data() + at, whole.size() - at);
    if (count > 0) at += static_cast<std::size_t>(count);
    if (count < 0 && errno != EAGAIN && errno != EINTR) break;
    if (count < 0) std::this_thread::sleep_for(kGlance);
  }
  close(input);
}

Result<void> RunProgram(const std::vector<std::string>& words, const std::string& line) {
  DATELINE_TRY(const Child child, Start(words));
  const auto end = std::chrono::steady_clock::now() + kCommandTime;
  Feed(child.input, line, end);
  int status = 0;
  while (waitpid(child.pid, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(kGlance);
      continue;
    }
    kill(child.pid, SIGKILL);
    waitpid(child.pid, &status, 0);
    return Fail(ErrorCode::kUnreadable, "took too long and was ended", words[0]);
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return Fail(ErrorCode::kUnreadable,
              WIFEXITED(status) ? fmt::format("ended with status {}", WEXITSTATUS(status))
                                : fmt::format("was ended by signal {}", WTERMSIG(status)),
              words[0]);
}

}  // namespace

bool IsLoopbackAddress(const std::string& url) {
  const auto address = ParseAddress(url);
  if (!address) return false;
  const std::string host = address->site.substr(address->site.find("://") + 3);
  const std::string name =
      host.front() == '[' ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
  const bool digits = name.find_first_not_of("0123456789.") == std::string::npos;
  return name == "localhost" || name == "[::1]" || (digits && name.starts_with("127."));
}

Result<void> AlertActions::Post(const std::string& url, const std::string& line) {
  FetchRequest request;
  request.url = url;
  request.post = line;
  request.loopback = true;
  DATELINE_TRY(const FetchAnswer answer, fetcher_.Fetch(request));
  if (answer.status >= 200 && answer.status < 300) return {};
  return Fail(ErrorCode::kUnreadable, fmt::format("answered {}", answer.status), url);
}

Result<void> AlertActions::Do(const follow::Action& action, const std::string& line) {
  using Kind = follow::Action::Kind;
  switch (action.kind) {
    case Kind::kPrint:
      output_.Write(line + "\n");
      output_.Flush();
      return {};
    case Kind::kAppend:
      return Append(action.words[0], line);
    case Kind::kPost:
      return Post(action.words[0], line);
    case Kind::kRun:
      return RunProgram(action.words, line);
  }
  return {};
}

}  // namespace dateline::cli
