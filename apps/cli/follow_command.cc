// One thread goes around: the feeds that are due, one after the other, then the folders. What a
// feed or folder gives is cut into pieces as `dateline add` cuts it, and what the archive does not
// know is read, added and held against the alerts. What is remembered of feeds lies in a file
// beside the archive, written after each round that changed it.
#include "follow_command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "adding_run.h"
#include "alert_actions.h"
#include "alerts_file.h"
#include "base/ascii.h"
#include "dateline/archive.h"
#include "dateline/engine.h"
#include "dateline/input.h"
#include "file_walk.h"
#include "follow/alert_line.h"
#include "follow/alerts.h"
#include "follow/feed_state.h"
#include "interrupt.h"
#include "memory_file.h"
#include "messages.h"
#include "read_command.h"
#include "visitor.h"
#include "whole_file.h"

namespace dateline::cli {
namespace {

using follow::Alert;
using follow::FeedState;

constexpr std::int64_t kLongestPause = 21600;  // seconds between two visits of what fails
constexpr std::int64_t kSettled = 2;           // seconds that a file must have been left alone
constexpr std::size_t kMostItems = 5000;       // of one feed that are remembered
constexpr auto kSleepStep = std::chrono::milliseconds(100);
constexpr int kHttpGone = 410;
constexpr int kTooSlow = 408;
constexpr int kTooMany = 429;
constexpr int kNotModified = 304;

std::int64_t Now() { return static_cast<std::int64_t>(std::time(nullptr)); }

/// Whether the end of a feed is there: its last tag closes its first, its last bracket is one that
/// closes. What the server cut off is not told by XML's reader, which keeps what came.
bool IsWhole(std::string_view body) {
  body = base::Trim(body);
  if (body.ends_with('}') || body.ends_with(']')) return true;
  const auto is_root = [&](std::size_t at) {
    return at + 1 < body.size() && base::IsLetter(body[at + 1]);
  };
  std::size_t root = body.find('<');
  while (root != body.npos && !is_root(root)) root = body.find('<', root + 1);
  if (root == body.npos) return false;
  const std::string_view name =
      body.substr(root + 1, body.find_first_of(" \t\r\n/>", root) - root - 1);
  const std::size_t last = body.rfind("</");
  return last != body.npos && body.substr(last + 2).starts_with(name) && body.ends_with('>');
}

/// Adds pieces, and holds what is new against the alerts.
class Intake {
 public:
  Intake(const Engine& engine, Archive& archive, const FollowCommand& command,
         const std::vector<Alert>& alerts, Fetcher& fetcher)
      : engine_(engine),
        archive_(archive),
        command_(command),
        alerts_(alerts),
        output_(STDOUT_FILENO),
        actions_(output_, fetcher) {}

  /// How many stories of the piece are new. What the archive knows is passed over.
  Result<std::size_t> Add(const InputPiece& piece) {
    DATELINE_TRY(const bool known, archive_.Knows(InputHash(piece)));
    if (known) return 0;
    ReadResult result = Read(piece, true);
    for (const Error& problem : result.problems) {
      if (problem.code != ErrorCode::kNoStory) Say({problem.code, problem.message, piece.path});
    }
    if (result.stories.empty()) return 0;
    std::vector<Story> fresh;
    for (const Story& story : result.stories) {
      if (!archive_.FindStory(story.id)) fresh.push_back(story);
    }
    const ArchiveInput input = PrepareInput(piece, std::move(result.stories));
    DATELINE_TRY(const AddCounts counts, archive_.Add(std::span(&input, 1)));
    for (const Story& story : fresh) Tell(story);
    return counts.stories;
  }

  /// Without analysis: for the addresses in it.
  ReadResult Read(const InputPiece& piece, bool analyse) {
    return engine_.ReadAll(
        piece.bytes,
        {.format = piece.format,
         .path = piece.path,
         .context = piece.context ? std::string_view(*piece.context) : std::string_view(),
         .max_body_bytes = command_.max_bytes,
         .analyse = analyse},
        scratch_);
  }

  [[nodiscard]] bool failed() const { return output_.state() != Output::State::kOpen; }

 private:
  follow::AlertStory WhereOf(const Story& story) {
    follow::AlertStory where;
    where.number = archive_.FindStory(story.id).value_or(0);
    const auto copies = archive_.CopiesOf(where.number);
    if (copies && !copies->empty() && copies->front() < where.number) {
      where.copy_of = copies->front();
    }
    return where;
  }

  void Tell(const Story& story) {
    const follow::AlertStory where = WhereOf(story);
    for (const Alert& alert : alerts_) {
      for (const std::uint32_t fact : follow::FindMatches(alert.condition, story)) {
        const std::string line = follow::AlertLine(alert, story, where, fact);
        for (const follow::Action& action : alert.actions) {
          if (const auto done = actions_.Do(action, line); !done) {
            Say(fmt::format("alert {}: {}", alert.name, done.error().Text()));
          }
        }
      }
    }
  }

  const Engine& engine_;
  Archive& archive_;
  const FollowCommand& command_;
  const std::vector<Alert>& alerts_;
  Output output_;
  AlertActions actions_;
  Scratch scratch_;
};

/// One feed's visit.
class Feed {
 public:
  Feed(FeedState& state, Visitor& visitor, Intake& intake, const FollowCommand& command)
      : state_(state), visitor_(visitor), intake_(intake), command_(command) {}

  void Visit() {
    FetchRequest request;
    request.url = state_.url;
    request.etag = state_.etag;
    request.last_modified = state_.last_modified;
    const auto answer = visitor_.Get(request);
    if (SignalReceived() != 0) return;
    const follow::Pace pace{.every = command_.every, .longest = kLongestPause};
    const std::int64_t asked = answer ? answer->retry_after : 0;
    const auto taken = answer ? Take(*answer) : Result<void>(std::unexpected(answer.error()));
    if (taken) {
      follow::Succeed(state_, pace, Now(), asked);
      return;
    }
    follow::FailOnce(state_, pace, Now(), asked);
    Say(taken.error());
    if (state_.gone) return;
    Say(fmt::format("{}: asked again in {} s", state_.url, state_.next - Now()));
  }

 private:
  Result<void> Take(const FetchAnswer& answer) {
    if (answer.status == kNotModified) return {};
    state_.gone = answer.status == kHttpGone;
    if (answer.status != 200) {
      return Fail(ErrorCode::kUnreadable,
                  fmt::format("answered {}{}", answer.status,
                              state_.gone ? ": it is gone, and is not asked again" : ""),
                  state_.url);
    }
    DATELINE_TRY(const std::size_t count, TakeItems(answer.body));
    // Only now, and only when all of it was read: what could not be must come again.
    state_.etag = clean_ ? answer.etag : "";
    state_.last_modified = clean_ ? answer.last_modified : "";
    if (count > 0) Say(fmt::format("{}: {} added", state_.url, Stories(count)));
    return {};
  }

  static std::string Stories(std::size_t count) {
    return count == 1 ? "one story" : fmt::format("{} stories", count);
  }

  /// Reads the feed's items. A feed of which nothing can be read is an error.
  Result<std::size_t> TakeItems(const std::string& body) {
    const MemoryFile file(body);
    if (!file.whole()) return Fail(ErrorCode::kTooLarge, "does not fit in memory", state_.url);
    InputOptions options;
    options.max_piece_bytes = command_.max_bytes;
    DATELINE_TRY(InputReader reader, InputReader::Open(file.path(), options));
    Items items;
    while (SignalReceived() == 0 && items.hashes.size() < kMostItems) {
      auto piece = reader.Next();
      if (!piece) break;
      if (auto taken = TakePiece(*std::move(piece), items); !taken) {
        return std::unexpected(taken.error());
      }
    }
    if (!items.problem && !IsWhole(body)) {
      items.problem = {ErrorCode::kMalformed, "is cut off: its end is missing", ""};
    }
    return Finish(std::move(items));
  }

  /// What a feed gave.
  struct Items {
    std::vector<std::uint64_t> hashes;
    std::size_t added = 0;
    std::optional<Error> problem;
    bool again = false;  ///< a page could not be had now
  };

  Result<void> TakePiece(Result<InputPiece> piece, Items& items) {
    if (!piece) {
      if (piece.error().code != ErrorCode::kNoStory) items.problem = std::move(piece.error());
      return {};
    }
    const bool feed = piece->format == Format::kXml || piece->format == Format::kJson;
    if (!feed) return Fail(ErrorCode::kMalformed, "is no feed", state_.url);
    piece->path = state_.url;
    const std::uint64_t hash = XXH3_64bits(piece->bytes.data(), piece->bytes.size());
    const bool seen = std::ranges::find(state_.seen, hash) != state_.seen.end();
    if (seen || TakeItem(*piece, items)) items.hashes.push_back(hash);
    return failure_ ? Result<void>(std::unexpected(*failure_)) : Result<void>();
  }

  Result<std::size_t> Finish(Items items) {
    clean_ = !items.problem && !items.again;
    if (items.problem) Say({items.problem->code, items.problem->message, state_.url});
    if (items.hashes.empty() && items.problem) {
      return Fail(items.problem->code, "nothing of it can be read", state_.url);
    }
    if (SignalReceived() == 0) state_.seen = std::move(items.hashes);
    return items.added;
  }

  /// Whether the item is done with: it is not looked at again.
  bool TakeItem(const InputPiece& piece, Items& items) {
    if (!command_.pages) return AddPiece(piece, items);
    const ReadResult item = intake_.Read(piece, false);
    bool done = true;
    for (const Story& story : item.stories) {
      const auto url = story.article.url ? story.article.url : story.source.url;
      if (url && !TakePage(*url, items)) done = false;
    }
    return done;
  }

  bool AddPiece(const InputPiece& piece, Items& items) {
    const auto added = intake_.Add(piece);
    if (!added) failure_ = added.error();
    items.added += added.value_or(0);
    return added.has_value();
  }

  /// False when the page is to be asked for again.
  bool TakePage(const std::string& url, Items& items) {
    FetchRequest request;
    request.url = url;
    auto answer = visitor_.Get(request);
    if (!answer || answer->status != 200) {
      const long status = answer ? answer->status : 0;
      Say(answer ? Error{ErrorCode::kUnreadable, fmt::format("answered {}", status), url}
                 : answer.error());
      const bool final = status >= 400 && status < 500 && status != kTooMany && status != kTooSlow;
      items.again = items.again || !final;
      return final;
    }
    InputPiece page;
    page.bytes = std::move(answer->body);
    page.format = Format::kHtml;
    page.path = url;
    return AddPiece(page, items);
  }

  FeedState& state_;
  Visitor& visitor_;
  Intake& intake_;
  const FollowCommand& command_;
  bool clean_ = true;             ///< all items could be read
  std::optional<Error> failure_;  ///< of the archive
};

/// The files of the watched folders, each read when it is new or has changed.
class Folders {
 public:
  Folders(const FollowCommand& command, Intake& intake) : command_(command), intake_(intake) {}

  Result<void> Scan() {
    for (const std::string& folder : command_.folders) {
      FileWalk walk(folder);
      while (auto path = walk.Next()) {
        if (SignalReceived() != 0) return {};
        if (!*path) {
          if (told_.insert(path->error().Text()).second) Say(path->error());
          continue;
        }
        if (!IsNew(**path)) continue;
        if (auto read = ReadFile(**path); !read) return read;
      }
    }
    return {};
  }

 private:
  /// Whether the file is not as it was last time; one that is still being written is left for
  /// later.
  bool IsNew(const std::string& path) {
    struct stat found{};
    if (stat(path.c_str(), &found) != 0) return false;
    const std::pair<std::int64_t, std::int64_t> state = {
        found.st_mtim.tv_sec * 1'000'000'000LL + found.st_mtim.tv_nsec, found.st_size};
    const auto known = known_.find(path);
    if (known != known_.end() && known->second == state) return false;
    if (!command_.once && Now() - found.st_mtim.tv_sec < kSettled) return false;
    known_[path] = state;
    return true;
  }

  Result<void> ReadFile(const std::string& path) {
    InputOptions options;
    options.max_piece_bytes = command_.max_bytes;
    auto reader = InputReader::Open(path, options);
    if (!reader) {
      Say(reader.error());
      return {};
    }
    std::size_t count = 0;
    while (SignalReceived() == 0) {
      auto piece = reader->Next();
      if (!piece) break;
      if (!*piece) {
        if (piece->error().code != ErrorCode::kNoStory) Say(piece->error());
        continue;
      }
      DATELINE_TRY(const std::size_t added, intake_.Add(**piece));
      count += added;
    }
    if (count > 0) Say(fmt::format("{}: {} added", path, count));
    return {};
  }

  const FollowCommand& command_;
  Intake& intake_;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> known_;
  std::set<std::string> told_;
};

/// The states of the feeds asked for, and of others that were followed before.
class States {
 public:
  static Result<States> Load(const FollowCommand& command) {
    States states(command.state.empty() ? command.archive + ".follow" : command.state);
    if (std::filesystem::exists(states.path_)) {
      DATELINE_TRY(const std::string bytes, ReadWholeFile(states.path_));
      DATELINE_TRY(states.all_, follow::ReadStates(bytes, states.path_));
    }
    for (const std::string& url : command.feeds) {
      if (std::ranges::find(states.all_, url, &FeedState::url) != states.all_.end()) continue;
      states.all_.emplace_back().url = url;
    }
    return states;
  }

  FeedState& Of(const std::string& url) { return *std::ranges::find(all_, url, &FeedState::url); }

  /// A file of its own that takes the other's place, so that one of them is whole at any moment.
  Result<void> Save() {
    const std::string bytes = follow::WriteStates(all_);
    if (bytes == saved_) return {};
    const std::string fresh = path_ + ".new";
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    std::error_code failed;
    if (file) std::filesystem::rename(fresh, path_, failed);
    if (!file || failed)
      return Fail(ErrorCode::kUnreadable, "cannot be written; see --state", path_);
    saved_ = bytes;
    return {};
  }

 private:
  explicit States(std::string path) : path_(std::move(path)) {}

  std::string path_;
  std::string saved_;
  std::vector<FeedState> all_;
};

/// Waits until `until`, or for a signal.
void Sleep(std::int64_t until) {
  while (SignalReceived() == 0 && Now() < until) std::this_thread::sleep_for(kSleepStep);
}

/// Goes around until somebody ends it.
class Following {
 public:
  Following(const FollowCommand& command, States states, Visitor& visitor, Intake& intake)
      : command_(command),
        states_(std::move(states)),
        visitor_(visitor),
        intake_(intake),
        folders_(command, intake) {}

  int Run() {
    while (true) {
      const std::int64_t next = GoAround();
      if (const auto saved = states_.Save(); !saved) return Complain(saved.error());
      if (failed_) return kSomeFailed;
      if (SignalReceived() != 0) return kSignalBase + SignalReceived();
      if (intake_.failed()) return kReaderWentAway;
      if (command_.once) return kAllRead;
      Sleep(next);
    }
  }

 private:
  /// One round; when the next is due.
  std::int64_t GoAround() {
    std::int64_t next = Now() + command_.every;
    for (const std::string& url : command_.feeds) {
      FeedState& state = states_.Of(url);
      const bool due = state.next <= Now() || (command_.once && state.failures == 0);
      if (!state.gone && due && SignalReceived() == 0) {
        Feed(state, visitor_, intake_, command_).Visit();
      }
      if (!state.gone) next = std::min(next, state.next);
    }
    if (const auto scanned = folders_.Scan(); !scanned) {
      Say(scanned.error());
      failed_ = true;
    }
    if (!command_.folders.empty()) next = std::min(next, Now() + command_.look);
    return next;
  }

  const FollowCommand& command_;
  States states_;
  Visitor& visitor_;
  Intake& intake_;
  Folders folders_;
  bool failed_ = false;
};

}  // namespace

int RunFollow(const FollowCommand& command) {
  const auto alerts = LoadAlerts(command.alerts);
  if (!alerts) {
    Say(alerts.error());
    return kWrongUsage;
  }
  for (const std::string& url : command.feeds) {
    if (const auto address = ParseAddress(url); !address) {
      Say(address.error());
      return kWrongUsage;
    }
  }
  auto states = States::Load(command);
  if (!states) {
    Say(states.error());
    return kSomeFailed;
  }
  const auto engine = Engine::Open({.tables = {}, .model = {}, .overlays = command.data});
  if (!engine) {
    Say(engine.error());
    return kWrongUsage;
  }
  auto archive = Archive::Open(command.archive, ArchiveAccess::kWrite);
  if (!archive) {
    Say(archive.error());
    return kSomeFailed;
  }
  archive->BeginRun(RunOf(*engine, "follow", command.data));
  WatchSignals();
  const FetchLimits limits{.bytes = command.max_bytes, .seconds = command.timeout};
  Visitor visitor({.limits = limits, .pause = std::chrono::milliseconds(command.pause_ms)});
  Fetcher hooks(limits);
  Intake intake(*engine, *archive, command, *alerts, hooks);
  return Following(command, *std::move(states), visitor, intake).Run();
}

}  // namespace dateline::cli
