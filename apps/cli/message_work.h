/// What becomes of one message: the records of its stories, or a dead letter with the reason.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "command_line.h"
#include "dateline/engine.h"
#include "kafka/message.h"

namespace dateline::cli {

struct Treated {
  kafka::Message message;
  std::vector<kafka::Outgoing> out{};
  std::uint64_t records = 0;
  std::uint64_t dead_letters = 0;
  std::chrono::duration<double> spent{};  ///< by a worker
};

/// The value of the message is taken as by `dateline read -`: a JSON record or several, a page, a
/// text … A record is keyed by the message's key, or by the story's id where it has none or gave
/// several stories. What cannot be read, and a message that gives no story, is a dead letter: the
/// message as it was with the reason in its headers. A tombstone is passed on. So no message
/// vanishes. Thread-safe but for `scratch`.
Treated Treat(const Engine& engine, const WorkCommand& command, kafka::Message message,
              Scratch& scratch);

/// The same without looking into it: a dead letter. Without the value where `whole` is false.
Treated Refused(const WorkCommand& command, kafka::Message message, std::string_view reason,
                bool whole);

}  // namespace dateline::cli
