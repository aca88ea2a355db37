#include "follow/alert_line.h"

#include <fmt/format.h>

#include <string_view>
#include <variant>
#include <vector>

#include "base/ascii.h"
#include "dateline/record.h"
#include "record/json_writer.h"

namespace dateline::follow {
namespace {

/// The story that mentions somebody.
std::string MentionFact(const Story& story, std::uint32_t fact) {
  const Entity& entity = story.entities[fact];
  record::JsonWriter json(false);
  const auto text = [&](std::string_view key, const std::optional<std::string>& value) {
    if (!value) return;
    json.Key(key);
    json.String(*value);
  };
  json.BeginObject();
  text("story", story.id);
  text("path", story.source.path);
  text("url", story.source.url);
  text("headline", story.article.headline);
  json.Key("entity");
  json.String(fmt::format("e{}", fact + 1));
  text("name", entity.name);
  text("actor", entity.actor);
  json.EndObject();
  return json.Take();
}

std::string FactOf(const Condition& condition, const Story& story, std::uint32_t fact) {
  const Choice choice = std::vector{fact};
  std::string line;
  if (std::holds_alternative<EventCondition>(condition)) {
    line = WriteEventLines(story, {}, choice);
  } else if (std::holds_alternative<QuoteCondition>(condition)) {
    line = WriteQuoteLines(story, {}, choice);
  } else {
    line = MentionFact(story, fact);
  }
  return std::string(base::Trim(line));
}

}  // namespace

std::string AlertLine(const Alert& alert, const Story& story, const AlertStory& where,
                      std::uint32_t fact) {
  record::JsonWriter json(false);
  json.BeginObject();
  json.Key("alert");
  json.String(alert.name);
  json.Key("condition");
  json.String(alert.text);
  json.Key("number");
  json.Number(static_cast<std::uint64_t>(where.number));
  if (where.copy_of) {
    json.Key("copy_of");
    json.Number(static_cast<std::uint64_t>(*where.copy_of));
  }
  json.EndObject();
  std::string line = json.Take();
  line.pop_back();
  return line + ",\"fact\":" + FactOf(alert.condition, story, fact) + "}";
}

}  // namespace dateline::follow
