// What the server says of itself and of the whole archive.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "serve/core.h"
#include "serve/lines.h"

namespace dateline::serve {
namespace {

constexpr std::size_t kMostCounts = 100;

void AddCounts(record::JsonWriter& json, std::string_view key,
               const std::map<std::uint32_t, std::uint64_t>& counts, const Strings& texts) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  for (const auto& [text, count] : counts) {
    if (!texts[text].empty()) order.emplace_back(count, text);
  }
  std::ranges::sort(order, [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : texts[a.second] < texts[b.second];
  });
  if (order.size() > kMostCounts) order.resize(kMostCounts);
  json.Key(key);
  json.BeginArray();
  for (const auto& [count, text] : order) {
    json.BeginObject();
    AddText(json, "value", texts[text]);
    AddNumber(json, "count", count);
    json.EndObject();
  }
  json.EndArray();
}

void AddBounds(const FactIndex& index, record::JsonWriter& json) {
  std::string first;
  std::string last;
  for (const StoryRow& story : index.stories()) {
    if (story.published.empty()) continue;
    if (first.empty() || story.published < first) first = story.published;
    if (story.published > last) last = story.published;
  }
  if (!first.empty()) {
    AddText(json, "first_published", first);
    AddText(json, "last_published", last);
  }
  const auto& order = index.events_by_day();
  const auto date = [&](std::uint32_t at) { return index.texts()[index.events()[at].date]; };
  const auto dated = std::ranges::find_if(order.rbegin(), order.rend(),
                                          [&](std::uint32_t at) { return !date(at).empty(); });
  if (dated == order.rend()) return;
  AddText(json, "first_event", date(order.front()));
  AddText(json, "last_event", date(*dated));
}

}  // namespace

Answered<Response> AnswerHealth(Call& call) {
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  DATELINE_ANSWER(const std::int64_t stories, call.desk.archive.CountStories());
  record::JsonWriter json(false);
  json.BeginObject();
  AddText(json, "status", "ok");
  AddText(json, "program", call.core.options.program);
  AddNumber(json, "stories", static_cast<std::uint64_t>(stories));
  json.Key("read_only");
  json.Bool(call.core.options.read_only);
  json.EndObject();
  return JsonResponse(json.Take());
}

Answered<Response> AnswerDocument(Call& call) {
  return JsonResponse(std::string(call.core.options.document));
}

Answered<Response> AnswerArchive(Call& call) {
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const FactIndex& index = call.index;
  DATELINE_ANSWER(const auto clusters,
                  Rows(call.desk.archive, "SELECT count(*) FROM clusters WHERE stories > 1"));
  std::map<std::uint32_t, std::uint64_t> outlets;
  std::map<std::uint32_t, std::uint64_t> sections;
  for (const StoryRow& story : index.stories()) {
    ++outlets[story.outlet];
    ++sections[story.section];
  }
  record::JsonWriter json(false);
  json.BeginObject();
  AddNumber(json, "stories", index.stories().size());
  AddNumber(json, "events", index.events().size());
  AddNumber(json, "quotes", index.quotes().size());
  AddNumber(json, "clusters", static_cast<std::uint64_t>(clusters.front().first));
  AddBounds(index, json);
  AddCounts(json, "outlets", outlets, index.texts());
  AddCounts(json, "sections", sections, index.texts());
  json.Key("read_only");
  json.Bool(call.core.options.read_only);
  json.Key("alerts");
  json.Bool(!call.core.options.alerts.empty());
  json.EndObject();
  return JsonResponse(json.Take());
}

Answered<Response> AnswerCodes(Call& call) {
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const Codes& codes = *call.core.options.codes;
  record::JsonWriter json(false);
  json.BeginObject();
  json.Key("events");
  json.BeginArray();
  for (const CameoCode& code : codes.cameo) {
    json.BeginObject();
    AddText(json, "code", code.code);
    AddText(json, "name", code.name);
    AddText(json, "plover", code.plover);
    AddNumber(json, "quad", static_cast<std::uint64_t>(code.quad));
    json.Key("goldstein");
    json.Number(code.goldstein);
    json.EndObject();
  }
  json.EndArray();
  json.Key("countries");
  json.BeginObject();
  for (const auto& [code, name] : codes.names.countries) AddText(json, code, name);
  json.EndObject();
  json.Key("statuses");
  json.BeginArray();
  for (unsigned i = 0; i <= static_cast<unsigned>(EventStatus::kHistorical); ++i) {
    json.String(EventStatusName(static_cast<EventStatus>(i)));
  }
  json.EndArray();
  json.EndObject();
  return JsonResponse(json.Take());
}

}  // namespace dateline::serve
