// What met the conditions of the alerts file, among the newest stories.
#include <fmt/format.h>

#include <algorithm>

#include "follow/alert_line.h"
#include "serve/core.h"
#include "serve/lines.h"

namespace dateline::serve {
namespace {

constexpr std::size_t kMostStories = 1000;

struct Met {
  std::vector<std::string> lines{};
  std::size_t stories = 0;
};

void Hold(const follow::Alert& alert, const Story& story, const follow::AlertStory& where,
          Met& met) {
  for (const std::uint32_t fact : follow::FindMatches(alert.condition, story)) {
    met.lines.push_back(follow::AlertLine(alert, story, where, fact));
  }
}

Result<Met> HoldAll(Call& call, const std::string& name) {
  Met met;
  for (const std::uint32_t place : call.index.newest()) {
    if (met.stories == kMostStories || call.core.options.alerts.empty()) break;
    ++met.stories;
    const StoryRow& row = call.index.stories()[place];
    follow::AlertStory where{.number = row.story};
    if (row.original != row.story) where.copy_of = row.original;
    DATELINE_TRY(const Story story, call.desk.archive.LoadStory(row.story));
    for (const follow::Alert& alert : call.core.options.alerts) {
      if (name.empty() || alert.name == name) Hold(alert, story, where, met);
    }
  }
  return met;
}

}  // namespace

Answered<Response> AnswerAlerts(Call& call) {
  const std::string name = call.given.Text("alert");
  const Window window = TakeWindow(call.given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  DATELINE_ANSWER(const Met met, HoldAll(call, name));
  record::JsonWriter json(false);
  json.BeginArray();
  for (const follow::Alert& alert : call.core.options.alerts) {
    json.BeginObject();
    AddText(json, "alert", alert.name);
    AddText(json, "condition", alert.text);
    json.EndObject();
  }
  json.EndArray();
  const std::size_t begin = std::min<std::size_t>(window.offset, met.lines.size());
  const std::size_t end = std::min<std::size_t>(begin + window.limit, met.lines.size());
  const std::vector<std::string> items(met.lines.begin() + static_cast<std::ptrdiff_t>(begin),
                                       met.lines.begin() + static_cast<std::ptrdiff_t>(end));
  const std::string next = end < met.lines.size() ? fmt::format("{}.0.0", end) : "";
  return JsonResponse(
      ListJson(items, next, met.lines.size(),
               fmt::format("\"alerts\":{},\"stories\":{}", json.Take(), met.stories)));
}

}  // namespace dateline::serve
