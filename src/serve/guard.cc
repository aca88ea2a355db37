#include "serve/guard.h"

#include <algorithm>
#include <string_view>

#include "base/ascii.h"

namespace dateline::serve {
namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

/// Takes as long whatever is wrong with it.
bool IsToken(std::string_view given, std::string_view wanted) {
  unsigned difference = given.size() == wanted.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i) {
    difference |= static_cast<unsigned char>(given[i]) ^
                  static_cast<unsigned char>(wanted[i % std::max<std::size_t>(wanted.size(), 1)]);
  }
  return difference == 0;
}

bool IsOwnOrigin(std::string_view origin, const std::vector<std::string>& hosts) {
  const std::string own = Lower(origin);
  return std::ranges::any_of(hosts, [&](const std::string& host) {
    return own == "http://" + host || own == "https://" + host;
  });
}

bool IsChange(const Request& request) {
  return request.method != "GET" && request.method != "HEAD";
}

}  // namespace

std::optional<Problem> Guard(const Request& request, const GuardOptions& options, bool api) {
  if (std::ranges::find(options.hosts, Lower(request.Header("host"))) == options.hosts.end()) {
    return Problem{421, "wrong-host",
                   "this server is not called so; start it with --allow-host NAME where it is", ""};
  }
  const std::string_view origin = request.Header("origin");
  const std::string_view site = request.Header("sec-fetch-site");
  const bool foreign = (!origin.empty() && !IsOwnOrigin(origin, options.hosts)) ||
                       (api && (site == "cross-site" || site == "same-site"));
  if (foreign) return Problem{403, "wrong-origin", "pages of other sites may not ask here", ""};
  if (!api) return std::nullopt;
  if (!options.token.empty()) {
    constexpr std::string_view kBearer = "Bearer ";
    const std::string_view given = request.Header("authorization");
    if (!given.starts_with(kBearer) ||
        !IsToken(base::Trim(given.substr(kBearer.size())), options.token)) {
      return Problem{401, "token-wanted", "send 'Authorization: Bearer TOKEN'", ""};
    }
  }
  const std::string_view path =
      std::string_view(request.target).substr(0, request.target.find('?'));
  const bool keeps_nothing = path == "/api/v1/read" || path == "/api/v1/explain";
  if (options.read_only && IsChange(request) && !keeps_nothing) {
    return Problem{403, "read-only", "this server was started with --read-only", ""};
  }
  return std::nullopt;
}

void AddSecurityHeaders(Response& response) {
  response.Set("Content-Security-Policy",
               "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
               "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
               "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  response.Set("X-Content-Type-Options", "nosniff");
  response.Set("X-Frame-Options", "DENY");
  response.Set("Referrer-Policy", "no-referrer");
  response.Set("Cross-Origin-Opener-Policy", "same-origin");
  response.Set("Cross-Origin-Resource-Policy", "same-origin");
  response.Set("Permissions-Policy", "geolocation=(), camera=(), microphone=()");
}

}  // namespace dateline::serve
