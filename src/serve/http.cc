#include "serve/http.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "record/json_writer.h"

namespace dateline::serve {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// With its %-escapes undone; nothing where one is broken, or what comes is no text.
std::optional<std::string> Decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '+' && plus_is_space) c = ' ';
    if (c == '%') {
      if (at + 2 >= text.size()) return std::nullopt;
      const int high = HexDigit(text[at + 1]);
      const int low = HexDigit(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      at += 2;
    }
    if (c == '\0') return std::nullopt;
    out += c;
  }
  if (!simdjson::validate_utf8(out)) return std::nullopt;
  return out;
}

/// Calls `take` with each part between separators.
template <typename Take>
bool EachPart(std::string_view text, char separator, Take take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (!take(text.substr(0, end))) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

bool IsSafe(std::string_view segment) {
  return segment != "." && segment != ".." && segment.find_first_of("/\\") == segment.npos;
}

std::unexpected<Problem> BadTarget(const char* detail) { return Refuse(400, "bad-target", detail); }

}  // namespace

std::string_view Response::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

std::string_view StatusText(int status) {
  static constexpr std::pair<int, std::string_view> kTexts[] = {
      {200, "OK"},
      {201, "Created"},
      {304, "Not Modified"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {411, "Length Required"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {421, "Misdirected Request"},
      {422, "Unprocessable Content"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {503, "Service Unavailable"},
  };
  for (const auto& [code, text] : kTexts) {
    if (code == status) return text;
  }
  return "Error";
}

std::unexpected<Problem> Refuse(int status, std::string type, std::string detail,
                                std::string parameter) {
  return std::unexpected(Problem{status, std::move(type), std::move(detail), std::move(parameter)});
}

Response ProblemResponse(const Problem& problem) {
  record::JsonWriter json(false);
  json.BeginObject();
  json.Key("type");
  json.String("/api/v1/problems/" + problem.type);
  json.Key("title");
  json.String(StatusText(problem.status));
  json.Key("status");
  json.Number(static_cast<std::uint64_t>(problem.status));
  json.Key("detail");
  json.String(problem.detail);
  if (!problem.parameter.empty()) {
    json.Key("parameter");
    json.String(problem.parameter);
  }
  json.EndObject();
  Response response{.status = problem.status, .headers = {}, .body = json.Take(), .stream = {}};
  response.Set("Content-Type", "application/problem+json");
  response.Set("Cache-Control", "no-store");
  if (problem.status == 401) response.Set("WWW-Authenticate", "Bearer");
  if (problem.status == 503) response.Set("Retry-After", "1");
  return response;
}

Problem ProblemOf(const Error& error) {
  switch (error.code) {
    case ErrorCode::kInvalidArgument:
      return {400, "bad-parameter", error.message, ""};
    case ErrorCode::kNotFound:
      return {404, "not-found", error.message, ""};
    case ErrorCode::kTooLarge:
      return {413, "too-large", error.message, ""};
    case ErrorCode::kUnreadable:
      return {503, "busy", error.message, ""};
    default:
      return {422, "unprocessable", error.message, ""};
  }
}

Answered<Target> ParseTarget(std::string_view text) {
  if (!text.starts_with('/')) return BadTarget("the target of a request begins with /");
  text = text.substr(0, text.find('#'));
  const std::size_t mark = std::min(text.find('?'), text.size());
  Target target;
  const bool path = EachPart(text.substr(1, mark - 1), '/', [&](std::string_view part) {
    auto segment = Decoded(part, false);
    if (!segment || !IsSafe(*segment)) return false;
    if (!segment->empty()) target.segments.push_back(*std::move(segment));
    return true;
  });
  if (!path) return BadTarget("the path has a broken escape, or leads upwards");
  const bool query =
      EachPart(text.substr(std::min(mark + 1, text.size())), '&', [&](std::string_view part) {
        if (part.empty()) return true;
        const std::size_t equals = std::min(part.find('='), part.size());
        auto name = Decoded(part.substr(0, equals), true);
        auto value = Decoded(part.substr(std::min(equals + 1, part.size())), true);
        if (!name || !value) return false;
        target.query.emplace_back(*std::move(name), *std::move(value));
        return true;
      });
  if (!query) return BadTarget("the query has a broken escape");
  return target;
}

Parameters::Parameters(const std::vector<std::pair<std::string, std::string>>& query) {
  for (const auto& [name, value] : query) {
    if (!values_.emplace(name, value).second) Complain(name, "is given twice");
  }
}

const std::string* Parameters::Find(std::string_view name) {
  taken_.emplace(name);
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? nullptr : &found->second;
}

void Parameters::Complain(std::string_view name, std::string detail) {
  if (mistake_) return;
  mistake_ = Problem{400, "bad-parameter", fmt::format("{}: {}", name, detail), std::string(name)};
}

std::string Parameters::Text(std::string_view name) {
  const std::string* value = Find(name);
  return value == nullptr ? "" : *value;
}

std::optional<std::uint64_t> Parameters::Number(std::string_view name, std::uint64_t least,
                                                std::uint64_t most) {
  const std::string* value = Find(name);
  if (value == nullptr) return std::nullopt;
  std::uint64_t number = 0;
  const char* end = value->data() + value->size();
  const auto [stop, error] = std::from_chars(value->data(), end, number);
  if (error == std::errc() && stop == end && number >= least && number <= most) return number;
  Complain(name, fmt::format("'{}' is not a whole number from {} to {}", *value, least, most));
  return std::nullopt;
}

std::optional<double> Parameters::Share(std::string_view name) {
  const std::string* value = Find(name);
  if (value == nullptr) return std::nullopt;
  double share = 0;
  const char* end = value->data() + value->size();
  const auto [stop, error] = std::from_chars(value->data(), end, share);
  if (error == std::errc() && stop == end && share >= 0 && share <= 1) return share;
  Complain(name, fmt::format("'{}' is not a number from 0 to 1", *value));
  return std::nullopt;
}

bool Parameters::Flag(std::string_view name) {
  const std::string* value = Find(name);
  if (value == nullptr || *value == "false") return false;
  if (*value == "true" || *value == "1") return true;
  Complain(name, fmt::format("'{}' is neither true nor false", *value));
  return false;
}

std::optional<Date> Parameters::Day(std::string_view name) {
  const std::string* value = Find(name);
  if (value == nullptr) return std::nullopt;
  auto date = ParseDate(*value);
  if (date) return *date;
  Complain(name, fmt::format("'{}' is not YYYY-MM-DD", *value));
  return std::nullopt;
}

std::size_t Parameters::Choice(std::string_view name,
                               const std::vector<std::string_view>& choices) {
  const std::string* value = Find(name);
  if (value == nullptr) return 0;
  const auto found = std::ranges::find(choices, *value);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  Complain(name, fmt::format("'{}' is not one of {}", *value, fmt::join(choices, ", ")));
  return 0;
}

std::optional<Problem> Parameters::Mistake() const {
  if (mistake_) return mistake_;
  for (const auto& [name, value] : values_) {
    if (taken_.contains(name)) continue;
    return Problem{
        400, "bad-parameter",
        fmt::format("'{}' is no parameter here; there are: {}", name, fmt::join(taken_, ", ")),
        name};
  }
  return std::nullopt;
}

bool TakesGzip(std::string_view accepted) {
  bool takes = false;
  EachPart(accepted, ',', [&](std::string_view part) {
    const std::size_t semicolon = std::min(part.find(';'), part.size());
    const std::string_view name = base::Trim(part.substr(0, semicolon));
    const std::string_view weight = base::Trim(part.substr(std::min(semicolon + 1, part.size())));
    const bool refused = weight == "q=0" || weight == "q=0.0" || weight == "q=0.00";
    if (name == "gzip") takes = !refused;
    return true;
  });
  return takes;
}

bool NamesTag(std::string_view tags, std::string_view tag) {
  if (tag.empty()) return false;
  bool names = false;
  EachPart(tags, ',', [&](std::string_view part) {
    part = base::Trim(part);
    if (part.starts_with("W/")) part.remove_prefix(2);
    names = names || part == "*" || part == tag;
    return true;
  });
  return names;
}

}  // namespace dateline::serve
