/// A member of a consumer group that reads one topic.
///
///   auto member = Member::Join({.brokers = "broker:9092", .group = "dateline", .topic =
///   "stories"},
///                              {.settle = commit_all, .drop = forget_all});
///   while (auto polled = (*member)->Poll(100ms)) if (*polled) Use(**polled);
///
/// Nothing is committed by itself. Belongs to one thread; the hooks are called by it, within Poll
/// and Leave.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dateline/result.h"
#include "kafka/message.h"
#include "kafka/settings.h"

namespace dateline::kafka {

struct MemberOptions {
  std::string brokers;
  std::string group;
  std::string topic;
  Settings settings;
};

/// The first two give the offsets from which partitions that stay this member's are read again.
struct MemberHooks {
  /// Partitions are about to go to another member: what was read must be committed now, or be
  /// forgotten; they are given up on return.
  std::function<Offsets()> settle;
  /// Partitions went to another member already: nothing that was read may be committed any more.
  std::function<Offsets()> drop;
  /// Told of what goes wrong and may pass by itself; called by threads of librdkafka too.
  std::function<void(const std::string&)> say;
};

/// How far a partition is behind.
struct Lag {
  std::int32_t partition = 0;
  std::int64_t messages = 0;
};

class Member {
 public:
  /// kInvalidArgument for settings that librdkafka does not take.
  static Result<std::unique_ptr<Member>> Join(const MemberOptions& options, MemberHooks hooks);
  ~Member();
  Member(const Member&) = delete;
  Member& operator=(const Member&) = delete;

  /// The next message; nothing when `patience` is over. Messages of a partition come in order. An
  /// error is final.
  Result<std::optional<Message>> Poll(std::chrono::milliseconds patience);
  /// All partitions of this member, known by now, have been read to their ends.
  [[nodiscard]] bool AtEnd() const;
  /// Commits without a transaction, and waits for it.
  Result<void> Commit(const Offsets& next);
  /// Partitions that are still this member's are read again from there.
  Result<void> Rewind(const Offsets& next);
  /// Gives partitions up (with MemberHooks::settle) and leaves the group.
  void Leave();

  /// Against the offsets `read`, the next to be read of each partition; as the broker said last.
  [[nodiscard]] std::vector<Lag> Lags(const Offsets& read) const;
  /// Times that partitions were given or taken.
  [[nodiscard]] std::uint64_t rebalances() const;
  [[nodiscard]] std::size_t partitions() const;

 private:
  friend class Sender;  // commits offsets in the name of the member
  struct Impl;
  explicit Member(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::kafka
