// Who is who over all stories: as 'dateline who' tells it.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "serve/core.h"
#include "serve/lines.h"

namespace dateline::serve {

Answered<Response> AnswerIdentities(Call& call) {
  const std::vector<std::string_view> types = {"", "person", "organization", "group"};
  IdentityFilter filter;
  filter.name = call.given.Text("name");
  filter.type = types[call.given.Choice("type", types)];
  filter.country = TakeCountry(call.given);
  const Window window = TakeWindow(call.given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  filter.offset = window.offset;
  filter.limit = window.limit;
  DATELINE_ANSWER(const std::uint64_t total, call.desk.archive.CountIdentities(filter));
  DATELINE_ANSWER(const auto found, call.desk.archive.FindIdentities(filter));
  std::vector<std::string> items;
  for (const Identity& identity : found) items.push_back(IdentityLine(identity));
  const std::uint64_t end = window.offset + items.size();
  return JsonResponse(ListJson(items, end < total ? fmt::format("{}.0.0", end) : "", total));
}

Answered<Response> AnswerIdentity(Call& call) {
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  DATELINE_ANSWER(const IdentityLife life, call.desk.archive.LoadIdentity(NumberOf(call.Part())));
  return JsonResponse(IdentityLine(life));
}

}  // namespace dateline::serve
