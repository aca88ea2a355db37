#include "visitor.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "interrupt.h"

namespace dateline::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMostRedirects = 5;
constexpr auto kRobotsKept = std::chrono::hours(24);
constexpr auto kRobotsRetried = std::chrono::minutes(10);
constexpr auto kWaitStep = std::chrono::milliseconds(50);
constexpr std::size_t kLongestRobots = 524288;  // as the RFC wants to be read at least

}  // namespace

void Visitor::Wait(Host& host) const {
  while (Clock::now() < host.next && SignalReceived() == 0) std::this_thread::sleep_for(kWaitStep);
  const auto asked = std::chrono::milliseconds(static_cast<long>(host.robots.delay * 1000));
  host.next = Clock::now() + std::max(options_.pause, asked);
}

/// Without an answer, or with one that the host itself cannot give (5xx), all is forbidden; where
/// there is none (4xx), all is allowed.
void Visitor::LoadRobots(const std::string& site, Host& host) {
  FetchRequest request;
  request.url = site + "/robots.txt";
  Result<FetchAnswer> answer = Fail(ErrorCode::kUnreadable, "");
  for (int hop = 0; hop <= kMostRedirects; ++hop) {
    Wait(host);
    answer = fetcher_.Fetch(request);
    if (!answer || answer->location.empty()) break;
    request.url = answer->location;
  }
  const bool unknown = !answer || answer->status >= 500 || answer->status == 429;
  host.problem.clear();
  if (unknown) {
    host.problem = answer ? fmt::format("answered {}", answer->status) : answer.error().message;
  }
  host.robots_until =
      Clock::now() + (unknown ? Clock::duration(kRobotsRetried) : Clock::duration(kRobotsKept));
  if (unknown) {
    host.robots = follow::NoRobots();
  } else if (answer->status == 200) {
    const std::string_view body = std::string_view(answer->body).substr(0, kLongestRobots);
    host.robots = follow::ParseRobots(body, "dateline");
  } else {
    host.robots = {};
  }
}

Visitor::Host& Visitor::HostOf(const Address& address) {
  Host& host = hosts_[address.site];
  if (Clock::now() >= host.robots_until) LoadRobots(address.site, host);
  return host;
}

Result<FetchAnswer> Visitor::Once(const FetchRequest& request) {
  DATELINE_TRY(const Address address, ParseAddress(request.url));
  Host& host = HostOf(address);
  if (!host.problem.empty()) {
    return Fail(ErrorCode::kUnreadable, "its robots.txt cannot be had: " + host.problem,
                request.url);
  }
  if (!follow::IsAllowed(host.robots, address.path)) {
    return Fail(ErrorCode::kUnreadable, "the host's robots.txt does not allow it", request.url);
  }
  Wait(host);
  return fetcher_.Fetch(request);
}

Result<FetchAnswer> Visitor::Get(FetchRequest request) {
  const std::string first = request.url;
  for (int hop = 0; hop <= kMostRedirects; ++hop) {
    auto answer = Once(request);
    if (!answer || answer->location.empty()) return answer;
    request.url = answer->location;
  }
  return Fail(ErrorCode::kUnreadable, "leads on and on: more than five redirects", first);
}

}  // namespace dateline::cli
