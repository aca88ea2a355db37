/// Errors as values. What the outside can get wrong comes back as `Result<T>`; no exception crosses
/// the public API.
///
///   Result<Engine> engine = Engine::Open({});
///   if (!engine) std::cerr << engine.error().Text();
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace dateline {

enum class ErrorCode {
  kInvalidArgument,  ///< the caller asked for something that cannot be
  kNotFound,         ///< a file, folder or table is not there
  kUnreadable,       ///< the system refused: permissions, I/O error, removed while reading
  kMalformed,        ///< the bytes are not what they should be
  kTooLarge,         ///< over a stated limit
  kUnsupported,      ///< a form that is recognised and not read
  kNoStory,          ///< sound, and holds no story: a package, a picture, a web request
};

/// `message` names the thing and the remedy, `where` the place: "actors.tsv:1207",
/// "story.txt@5120".
struct Error {
  ErrorCode code = ErrorCode::kInvalidArgument;
  std::string message;
  std::string where;

  bool operator==(const Error&) const = default;
  /// "where: message", or the message alone.
  [[nodiscard]] std::string Text() const {
    return where.empty() ? message : where + ": " + message;
  }
};

template <typename T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> Fail(ErrorCode code, std::string message, std::string where = "") {
  return std::unexpected(Error{code, std::move(message), std::move(where)});
}

}  // namespace dateline

#define DATELINE_CONCAT_INNER(a, b) a##b
#define DATELINE_CONCAT(a, b) DATELINE_CONCAT_INNER(a, b)
/// Binds the value of a Result to `lhs`, or returns its error from the enclosing function:
///   DATELINE_TRY(const auto tables, Tables::Load(path));
#define DATELINE_TRY(lhs, expr) DATELINE_TRY_INNER(DATELINE_CONCAT(try_, __LINE__), lhs, expr)
#define DATELINE_TRY_INNER(temp, lhs, expr)                   \
  auto temp = (expr);                                         \
  if (!temp) return std::unexpected(std::move(temp).error()); \
  lhs = std::move(*temp)
