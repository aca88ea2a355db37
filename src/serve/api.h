/// The HTTP API: requests in, answers out. Blind to sockets, threads and the clock, which are the
/// program's. What it answers is described in docs/api/openapi.json.
///
///   Api api(options);
///   auto desk = Desk::Open("news.db");
///   api.Refresh(*desk);
///   api.Answer({.method = "GET", .target = "/api/v1/events?code=04"}, *desk).body;
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/archive.h"
#include "dateline/engine.h"
#include "dateline/input.h"
#include "dateline/result.h"
#include "follow/alerts.h"
#include "serve/codes.h"
#include "serve/http.h"

namespace dateline::serve {

struct ApiOptions {
  std::string archive{};
  const Engine* engine = nullptr;  ///< never null
  const Codes* codes = nullptr;    ///< never null
  std::vector<follow::Alert> alerts{};
  bool read_only = false;
  std::string program{};        ///< what /health says it is
  std::string_view document{};  ///< openapi.json
  unsigned threads = 1;         ///< that read the archive at the beginning
  /// "Moscow,50km" as a place.
  std::function<Result<Near>(std::string_view)> find_near{};
  /// The pieces of a file that was sent.
  std::function<Result<std::vector<InputPiece>>(std::string_view bytes, Format format)> cut{};
};

/// What one thread works with.
struct Desk {
  Archive archive;
  Scratch scratch{};
  std::string seen{};   ///< of the file, when `state` was asked for
  std::string state{};  ///< tells whether the archive is what it was

  static Result<Desk> Open(const std::string& archive);
};

/// Thread-safe; a desk belongs to one thread at a time.
class Api {
 public:
  explicit Api(ApiOptions options);
  ~Api();
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  /// Reads the stories that have come into its columns in memory. Answer does so too, but the first
  /// time takes seconds for a large archive.
  Result<void> Refresh(Desk& desk);

  /// Never throws. Paths that are not of the API give 404.
  Response Answer(const Request& request, Desk& desk);

  /// The name of the operation that a request asks for, for figures: "search"; "" for none.
  [[nodiscard]] std::string_view OperationOf(const Request& request) const;

  struct Core;

 private:
  std::unique_ptr<Core> core_;
};

}  // namespace dateline::serve
