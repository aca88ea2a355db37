/// Who may ask what: against pages of other sites that try to use the reader's browser (DNS
/// rebinding, cross-site requests), and against strangers where the server listens elsewhere.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "serve/http.h"

namespace dateline::serve {

struct GuardOptions {
  std::vector<std::string> hosts{};  ///< "127.0.0.1:8080": what Host may be; lower case
  std::string token{};               ///< empty: none is wanted
  bool read_only = false;
};

/// Refuses: 421 another Host, 403 another Origin, 401 no token (of the API alone: the page itself
/// holds nothing), 403 a change where only reading is allowed. Nothing: it may go on.
std::optional<Problem> Guard(const Request& request, const GuardOptions& options, bool api);

/// What every answer carries.
void AddSecurityHeaders(Response& response);

}  // namespace dateline::serve
