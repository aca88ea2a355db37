#include "event_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "record/event_rows.h"
#include "record/rows.h"

namespace dateline::cli {

void AppendPart(std::string& line, std::string_view part, std::string_view separator) {
  if (part.empty()) return;
  if (!line.empty()) line += separator;
  line += part;
}

std::string Speaker(const Story& story, const Attribution& attribution) {
  if (const Entity* entity = record::EntityAt(story, attribution.entity); entity != nullptr) {
    return entity->name;
  }
  return attribution.source.empty() ? "(not named)" : record::TextOf(story, attribution.source);
}

std::string Side(const Story& story, const std::vector<EventActor>& actors) {
  std::string line;
  for (const EventActor& actor : actors) {
    std::string name(record::NameOf(story, actor));
    if (!actor.actor.empty()) name += " (" + actor.actor + ")";
    AppendPart(line, name, " and ");
  }
  return line;
}

std::string Deed(const Event& event) {
  std::string deed = base::Lower(event.plover);
  AppendPart(deed, event.mode.value_or(""), ": ");
  return event.cameo.empty() ? deed : fmt::format("{} [{}]", deed, event.cameo);
}

std::string CountText(const EventCount& count) {
  std::string number = fmt::format("{}", count.least);
  if (!count.most) number = "at least " + number;
  if (count.most && *count.most != count.least) {
    number = count.least == 0 ? fmt::format("up to {}", *count.most)
                              : fmt::format("{} to {}", count.least, *count.most);
  }
  if (count.of == "amount") return number + " " + count.unit;
  return number + " " + count.of;
}

std::string Circumstances(const Story& story, const Event& event) {
  std::string line;
  if (event.date) AppendPart(line, FormatDate(*event.date));
  if (event.place) AppendPart(line, event.place->name);
  for (const EventCount& count : event.counts) AppendPart(line, CountText(count));
  if (event.means) AppendPart(line, "with " + event.means->kind);
  if (event.status != EventStatus::kOccurred) AppendPart(line, EventStatusName(event.status));
  if (event.attributed_to && Raw(*event.attributed_to) < story.attributions.size()) {
    AppendPart(line, "says " + Speaker(story, story.attributions[Raw(*event.attributed_to)]));
  }
  return line.empty() ? line : std::string(kBetween) + line;
}

}  // namespace dateline::cli
