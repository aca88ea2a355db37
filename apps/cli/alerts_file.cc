#include "alerts_file.h"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "alert_actions.h"
#include "near.h"
#include "whole_file.h"

namespace dateline::cli {

/// What stands in the alerts file, with the places that it names.
Result<std::vector<follow::Alert>> LoadAlerts(const std::string& path) {
  if (path.empty()) return std::vector<follow::Alert>{};
  DATELINE_TRY(const std::string bytes, ReadWholeFile(path));
  DATELINE_TRY(auto alerts, follow::ParseAlerts(bytes, path));
  for (follow::Alert& alert : alerts) {
    const auto where = [&](std::string message) {
      return Fail(ErrorCode::kInvalidArgument, std::move(message),
                  fmt::format("{}:{}", path, alert.line));
    };
    for (const follow::Action& action : alert.actions) {
      const bool post = action.kind == follow::Action::Kind::kPost;
      if (post && !IsLoopbackAddress(action.words[0])) {
        return where("post speaks to this machine alone: http://127.0.0.1:PORT/");
      }
    }
    auto* event = std::get_if<follow::EventCondition>(&alert.condition);
    if (event == nullptr || event->near_text.empty()) continue;
    const auto near = FindNear(event->near_text);
    if (!near) return where(near.error().message);
    event->near = *near;
  }
  return alerts;
}

}  // namespace dateline::cli
