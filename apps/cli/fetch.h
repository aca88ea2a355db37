/// One request over HTTP, bounded in time and size. Redirects are told and not followed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::cli {

struct FetchLimits {
  std::uint64_t bytes = 16U << 20U;  ///< of a body, unpacked
  long seconds = 30;                 ///< for the whole of a request
};

struct FetchRequest {
  std::string url{};
  std::string etag{};                 ///< ask for what is not this version
  std::string last_modified{};        ///< ask for what is newer
  std::optional<std::string> post{};  ///< a body of JSON to be posted; absent: GET
  bool loopback = false;              ///< speak to this machine alone, and to no proxy
};

struct FetchAnswer {
  long status = 0;
  std::string body{};
  std::string etag{};
  std::string last_modified{};
  std::string location{};        ///< where a redirect leads, in full; empty: nowhere
  std::int64_t retry_after = 0;  ///< seconds that the server asks to wait; 0: none asked
};

/// Parts of an address.
struct Address {
  std::string site{};  ///< "https://example.org:8080"
  std::string path{};  ///< with its query: "/news?page=2"
};
/// kInvalidArgument for what is no address of http or https.
Result<Address> ParseAddress(const std::string& url);

/// Keeps connections open between requests. Not thread-safe.
class Fetcher {
 public:
  explicit Fetcher(const FetchLimits& limits);
  Fetcher(Fetcher&&) noexcept;
  Fetcher& operator=(Fetcher&&) noexcept;
  ~Fetcher();

  /// kUnreadable: no answer (no such host, refused, too slow, cut off, interrupted by a signal);
  /// kTooLarge: over FetchLimits::bytes. An answer of any status is an answer.
  [[nodiscard]] Result<FetchAnswer> Fetch(const FetchRequest& request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::cli
