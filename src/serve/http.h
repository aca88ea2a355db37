/// Requests and answers of HTTP as values; sockets are the program's.
///
///   const auto target = ParseTarget("/api/v1/events?code=04&limit=10");
///   target->segments;           // {"api", "v1", "events"}
///   Parameters given(target->query);
///   given.Text("code");         // "04"
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/date.h"
#include "dateline/result.h"

namespace dateline::serve {

struct Request {
  std::string method{};
  std::string target{};                                       ///< as sent: path and query
  std::map<std::string, std::string, std::less<>> headers{};  ///< names in lower case
  std::string body{};
  std::int64_t now = 0;  ///< seconds since 1970, UTC

  /// Empty where it was not sent.
  [[nodiscard]] std::string_view Header(std::string_view name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
  }
};

/// Takes bytes; false: the reader went away, no more are wanted.
using Sink = std::function<bool(std::string_view)>;

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers{};  ///< without Content-Length
  std::string body{};
  /// Instead of `body`: writes it piece by piece. False: it broke off, and the reader must be told
  /// by a broken connection.
  std::function<bool(const Sink&)> stream{};

  void Set(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
  }
  /// Empty where it is not set.
  [[nodiscard]] std::string_view Header(std::string_view name) const;
};

/// What went wrong, as RFC 9457 has it.
struct Problem {
  int status = 400;
  std::string type{};    ///< "bad-parameter": the last part of its URI
  std::string detail{};  ///< what is wrong and what to do
  std::string parameter{};

  bool operator==(const Problem&) const = default;
};
/// "Bad Request".
std::string_view StatusText(int status);
Response ProblemResponse(const Problem& problem);
/// kNotFound is 404, kTooLarge 413, kInvalidArgument 400, an archive that cannot be read 503.
Problem ProblemOf(const Error& error);

template <typename T>
using Answered = std::expected<T, Problem>;
std::unexpected<Problem> Refuse(int status, std::string type, std::string detail,
                                std::string parameter = "");

struct Target {
  std::vector<std::string> segments{};  ///< of the path, decoded; none is empty, "." or ".."
  std::vector<std::pair<std::string, std::string>> query{};  ///< decoded
  bool operator==(const Target&) const = default;
};
/// "/a/b?c=d". Refused: what does not begin with "/", broken %-escapes, a NUL, bytes that are no
/// UTF-8, slashes and backslashes in segments, and segments that lead upwards.
Answered<Target> ParseTarget(std::string_view target);

/// The parameters of a query, each asked for by its name; what nobody has asked for is an error.
/// The first mistake is kept.
class Parameters {
 public:
  explicit Parameters(const std::vector<std::pair<std::string, std::string>>& query);

  std::string Text(std::string_view name);
  std::optional<std::uint64_t> Number(std::string_view name, std::uint64_t least,
                                      std::uint64_t most);
  /// From 0 to 1, as "0.5".
  std::optional<double> Share(std::string_view name);
  bool Flag(std::string_view name);
  std::optional<Date> Day(std::string_view name);
  /// One of `choices`; the first where it is not given.
  std::size_t Choice(std::string_view name, const std::vector<std::string_view>& choices);
  void Complain(std::string_view name, std::string detail);

  /// What is wrong with them; to be asked when all have been taken.
  [[nodiscard]] std::optional<Problem> Mistake() const;

 private:
  const std::string* Find(std::string_view name);

  std::map<std::string, std::string, std::less<>> values_;
  std::set<std::string, std::less<>> taken_;
  std::optional<Problem> mistake_;
};

/// Whether `accepted` (Accept-Encoding) takes gzip.
bool TakesGzip(std::string_view accepted);
/// Whether `tags` (If-None-Match) names the ETag, or is "*".
bool NamesTag(std::string_view tags, std::string_view tag);

}  // namespace dateline::serve
