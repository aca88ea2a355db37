#include "serve/page.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "base/ascii.h"
#include "serve/gzip.h"

namespace dateline::serve {
namespace {

constexpr std::size_t kLeastGzip = 512;
constexpr std::size_t kHash = 8;  // letters of it in a name

bool IsPacked(std::string_view type) {
  return type.starts_with("image/png") || type.starts_with("font/");
}

Response Missing() {
  Response response{.status = 404, .headers = {}, .body = {}, .stream = {}};
  response.Set("Content-Type", "text/plain; charset=utf-8");
  response.Set("Cache-Control", "no-store");
  response.body =
      "This program was built without its page: web/dist was not there. Run web/build, then build "
      "the program again.\nThe API works: /api/v1/openapi.json describes it.\n";
  return response;
}

}  // namespace

bool HasHash(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == path.npos || dot <= kHash || path[dot - kHash - 1] != '-') return false;
  return std::ranges::all_of(path.substr(dot - kHash, kHash), [](char c) {
    return base::IsDigit(c) || base::IsLetter(c) || c == '_' || c == '-';
  });
}

Page::Page(const std::vector<Asset>& assets) {
  for (const Asset& asset : assets) {
    if (!asset.path.starts_with('/')) continue;
    File& file = files_[std::string(asset.path)];
    file.type = asset.type;
    file.bytes = asset.bytes;
    file.tag = fmt::format("\"{:016x}\"", XXH3_64bits(asset.bytes.data(), asset.bytes.size()));
    file.forever = asset.path.starts_with("/assets/") && HasHash(asset.path);
    if (asset.bytes.size() >= kLeastGzip && !IsPacked(asset.type)) file.gzip = Gzip(asset.bytes);
  }
}

Response Page::Answer(const Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    Response response = ProblemResponse({405, "method-not-allowed", "this path takes GET", ""});
    response.Set("Allow", "GET, HEAD");
    return response;
  }
  const auto target = ParseTarget(request.target);
  if (!target) return ProblemResponse(target.error());
  if (!IsThere()) return Missing();
  std::string path;
  for (const std::string& segment : target->segments) path += "/" + segment;
  auto found = files_.find(path);
  const bool route =
      !request.target.starts_with("//") &&
      (target->segments.empty() || target->segments.back().find('.') == std::string::npos);
  if (found == files_.end() && route) found = files_.find("/index.html");
  if (found == files_.end()) {
    return ProblemResponse({404, "not-found", "there is no such file", ""});
  }
  const File& file = found->second;
  Response response;
  response.Set("Content-Type", std::string(file.type));
  response.Set("ETag", file.tag);
  response.Set("Cache-Control", file.forever ? "public, max-age=31536000, immutable" : "no-cache");
  response.Set("Vary", "Accept-Encoding");
  if (NamesTag(request.Header("if-none-match"), file.tag)) {
    response.status = 304;
    return response;
  }
  const bool gzip = !file.gzip.empty() && TakesGzip(request.Header("accept-encoding"));
  if (gzip) response.Set("Content-Encoding", "gzip");
  response.body = gzip ? file.gzip : std::string(file.bytes);
  return response;
}

}  // namespace dateline::serve
