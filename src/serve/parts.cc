// What the handlers have in common.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "serve/core.h"

namespace dateline::serve {
namespace {

/// "50.12.3": what the next number in it is.
template <typename Number>
bool TakeNumber(std::string_view& text, Number& number) {
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop == text.data()) return false;
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  if (!text.empty() && text.front() != '.') return false;
  if (!text.empty()) text.remove_prefix(1);
  return true;
}

}  // namespace

Response JsonResponse(std::string json, int status) {
  Response response{.status = status, .headers = {}, .body = std::move(json), .stream = {}};
  response.Set("Content-Type", "application/json");
  return response;
}

Window TakeWindow(Parameters& given) {
  Window window;
  window.limit = given.Number("limit", 1, kMostOnPage).value_or(kUsualLimit);
  const std::string cursor = given.Text("cursor");
  std::string_view rest = cursor;
  if (cursor.empty()) return window;
  const bool sound = TakeNumber(rest, window.offset) && TakeNumber(rest, window.last.story) &&
                     TakeNumber(rest, window.last.number) && rest.empty() && window.offset > 0;
  if (!sound) given.Complain("cursor", "is none that this server has given");
  return window;
}

std::size_t BeginOf(const Window& window, const std::vector<Found>& list) {
  const auto is_last = [&](const Found& each) {
    return each.story == window.last.story && each.number == window.last.number;
  };
  if (window.offset == 0) return 0;
  if (window.offset <= list.size() && is_last(list[window.offset - 1])) return window.offset;
  const auto moved = std::ranges::find_if(list, is_last);
  if (moved != list.end()) return static_cast<std::size_t>(moved - list.begin()) + 1;
  return std::min<std::size_t>(window.offset, list.size());
}

std::string NextCursor(std::size_t end, const std::vector<Found>& list) {
  if (end >= list.size() || end == 0) return {};
  return fmt::format("{}.{}.{}", end, list[end - 1].story, list[end - 1].number);
}

std::string ListJson(const std::vector<std::string>& items, const std::string& next,
                     std::uint64_t total, std::string_view more) {
  std::string json = "{\"items\":[";
  for (const std::string& item : items) {
    if (json.back() != '[') json += ',';
    json += item;
  }
  json += ']';
  if (!next.empty()) json += fmt::format(",\"next\":\"{}\"", next);
  json += fmt::format(",\"total\":{}", total);
  if (!more.empty()) json += fmt::format(",{}", more);
  return json + "}";
}

std::optional<Problem> MistakeOf(const Call& call) { return call.given.Mistake(); }

DayRange TakeDays(Parameters& given, std::string_view from, std::string_view to) {
  return {given.Day(from), given.Day(to)};
}

OffsetUnit TakeOffsets(Parameters& given) {
  constexpr OffsetUnit kUnits[] = {OffsetUnit::kBytes, OffsetUnit::kChars, OffsetUnit::kUtf16};
  return kUnits[given.Choice("offsets", {"bytes", "chars", "utf16"})];
}

std::string TakeCountry(Parameters& given) {
  std::string country = given.Text("country");
  if (!country.empty() && (country.size() != 3 || !std::ranges::all_of(country, base::IsUpper))) {
    given.Complain("country", fmt::format("'{}' is not three capitals, as NOR", country));
  }
  return country;
}

Answered<std::int64_t> StoryNamed(Call& call) {
  DATELINE_ANSWER(const std::int64_t number, call.desk.archive.FindStory(call.Part()));
  return number;
}

std::int64_t NumberOf(std::string_view text) {
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && stop == text.data() + text.size() ? number : 0;
}

std::string SqlText(std::string_view text) {
  std::string literal = "'";
  for (const char c : text) {
    if (c == '\0') continue;
    literal += c;
    if (c == '\'') literal += c;
  }
  return literal + "'";
}

Result<std::vector<std::pair<std::int64_t, std::string>>> Rows(Archive& archive,
                                                               const std::string& sql) {
  std::vector<std::pair<std::int64_t, std::string>> rows;
  const auto done = archive.Sql(
      sql, [](const auto&) {},
      [&](const std::vector<SqlValue>& values) {
        std::int64_t number = 0;
        const std::string& first = values[0].text;
        std::from_chars(first.data(), first.data() + first.size(), number);
        rows.emplace_back(number, values.size() > 1 ? values[1].text : "");
        return true;
      });
  if (!done) return std::unexpected(done.error());
  return rows;
}

std::vector<StoryFacts> FactsOf(const std::vector<Found>& list) {
  std::vector<StoryFacts> facts;
  for (const Found& each : list) {
    if (facts.empty() || facts.back().story != each.story) facts.push_back({each.story, {}});
    facts.back().numbers.push_back(each.number);
  }
  return facts;
}

}  // namespace dateline::serve
