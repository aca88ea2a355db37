/// Messages as plain values; nothing here knows librdkafka.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace dateline::kafka {

using Header = std::pair<std::string, std::string>;

/// A message of the topic that is read.
struct Message {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::optional<std::string> key{};
  std::optional<std::string> value{};  ///< absent: a tombstone, what had this key is gone
  std::vector<Header> headers{};
};

/// A message to be written.
struct Outgoing {
  std::string topic{};
  std::optional<std::string> key{};
  std::optional<std::string> value{};
  std::vector<Header> headers{};

  bool operator==(const Outgoing&) const = default;
};

/// Of each partition the offset of the next message to read.
using Offsets = std::map<std::int32_t, std::int64_t>;

}  // namespace dateline::kafka
