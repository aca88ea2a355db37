/// Writes what became of a batch of messages, and commits that they were read.
///
///   auto sender = Sender::Open({.brokers = "broker:9092", .delivery = Delivery::kExactlyOnce,
///                               .id = "dateline-worker-1"}, say);
///   const Delivered done = (*sender)->Deliver(messages, next, *member);
///
/// kExactlyOnce: messages and offsets are one transaction: who reads what is committed sees all of
/// it once or nothing. kAtLeastOnce: messages first (each once in a session of the sender), offsets
/// after they have arrived: a sender that dies in between leaves messages that the next one writes
/// again, with the same keys and the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "dateline/result.h"
#include "kafka/delivery.h"
#include "kafka/member.h"
#include "kafka/message.h"
#include "kafka/settings.h"

namespace dateline::kafka {

struct SenderOptions {
  std::string brokers;
  Delivery delivery = Delivery::kExactlyOnce;
  std::string id;  ///< of the transactions; whoever opens it again ends those of its forerunner
  Settings settings;
};

struct Delivered {
  enum class Verdict : std::uint8_t {
    kDone,
    kUndone,  ///< nothing was committed: read the messages again, from the same offsets
    kOver,    ///< the sender can be used no more
  };
  Verdict verdict = Verdict::kDone;
  std::string reason{};  ///< of kUndone and kOver
  /// Messages, by their place, that are larger than the brokers take.
  std::vector<std::size_t> too_large{};
};

/// Belongs to one thread.
class Sender {
 public:
  /// Waits for the brokers, a minute at most. kInvalidArgument for settings that librdkafka does
  /// not take; kUnreadable when no broker answers.
  static Result<std::unique_ptr<Sender>> Open(const SenderOptions& options,
                                              std::function<void(const std::string&)> say);
  ~Sender();
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  /// `next`: the offsets behind what `messages` were made of; not empty.
  Delivered Deliver(std::span<const Outgoing> messages, const Offsets& next, Member& member);

 private:
  struct Impl;
  explicit Sender(std::unique_ptr<Impl> impl);
  // Member lets nobody else see these.
  Delivered InTransaction(std::span<const Outgoing> messages, const Offsets& next, Member& member);
  Delivered AtLeastOnce(std::span<const Outgoing> messages, const Offsets& next, Member& member);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::kafka
