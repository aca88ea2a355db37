/// What is remembered of a feed between two visits, and when the next one is due.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::follow {

struct FeedState {
  std::string url{};
  std::string etag{};                 ///< as the server gave it, quotation marks included
  std::string last_modified{};        ///< likewise
  std::int64_t next = 0;              ///< when the next visit is due, seconds since 1970
  std::uint32_t failures = 0;         ///< one after the other
  bool gone = false;                  ///< the server says that it will not come back
  std::vector<std::uint64_t> seen{};  ///< hashes of the items it had, in order
  bool operator==(const FeedState&) const = default;
};

struct Pace {
  std::int64_t every = 900;      ///< seconds between two visits
  std::int64_t longest = 21600;  ///< so long at most after failures
};

/// After an answer that could be used: no failures, the next visit after `every` or what the server
/// asks for, whichever is later.
void Succeed(FeedState& state, const Pace& pace, std::int64_t now, std::int64_t asked = 0);
/// After none: twice as long with each failure, up to `longest`, and not before what is asked for.
void FailOnce(FeedState& state, const Pace& pace, std::int64_t now, std::int64_t asked = 0);

/// A line for each feed: address, ETag, Last-Modified, next, failures, gone, hashes; tabs between.
std::string WriteStates(const std::vector<FeedState>& states);
/// ReadStates(WriteStates(s)) is `s`. kMalformed names the line ("path:3").
Result<std::vector<FeedState>> ReadStates(std::string_view bytes, std::string_view path);

}  // namespace dateline::follow
