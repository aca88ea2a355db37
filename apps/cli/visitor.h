/// A polite guest on the web: robots.txt, a pause between two visits of a host, redirects.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "dateline/result.h"
#include "fetch.h"
#include "follow/robots.h"

namespace dateline::cli {

struct VisitorOptions {
  FetchLimits limits{};
  std::chrono::milliseconds pause{1000};  ///< between two requests to one host, or as it asks for
};

/// Not thread-safe.
class Visitor {
 public:
  explicit Visitor(const VisitorOptions& options) : options_(options), fetcher_(options.limits) {}

  /// Follows up to five redirects, each only where robots.txt of its host lets it. An answer that
  /// is still a redirect, or is forbidden by robots.txt, is an error. Waits as long as politeness
  /// asks, but not on when a signal comes.
  Result<FetchAnswer> Get(FetchRequest request);

 private:
  struct Host {
    follow::Robots robots{};
    std::string problem{};  ///< why the host cannot tell its robots; empty: it could
    std::chrono::steady_clock::time_point robots_until{};
    std::chrono::steady_clock::time_point next{};  ///< when it may be asked again
  };

  Result<FetchAnswer> Once(const FetchRequest& request);
  Host& HostOf(const Address& address);
  void LoadRobots(const std::string& site, Host& host);
  void Wait(Host& host) const;

  VisitorOptions options_;
  Fetcher fetcher_;
  std::map<std::string, Host> hosts_;
};

}  // namespace dateline::cli
