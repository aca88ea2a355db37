/// What is done when an alert's condition is met.
#pragma once

#include <string>

#include "dateline/result.h"
#include "fetch.h"
#include "follow/alerts.h"
#include "output.h"

namespace dateline::cli {

/// Hands lines to actions. Not thread-safe.
class AlertActions {
 public:
  /// `fetcher` posts, to this machine alone.
  AlertActions(Output& output, Fetcher& fetcher) : output_(output), fetcher_(fetcher) {}

  /// Errors say what could not be done; nothing is tried twice.
  Result<void> Do(const follow::Action& action, const std::string& line);

 private:
  Result<void> Post(const std::string& url, const std::string& line);

  Output& output_;
  Fetcher& fetcher_;
};

/// Whether the address is one of this machine by its name: 127.0.0.1, localhost, [::1].
bool IsLoopbackAddress(const std::string& url);

}  // namespace dateline::cli
