#include "fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <utility>

#include "interrupt.h"

namespace dateline::cli {
namespace {

constexpr const char* kAgent = "dateline/0.1 (a reader of news; follows feeds)";
constexpr long kSlowest = 64;  // bytes a second, over a third of the time that a request has

struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, ListFree>;

struct UrlFree {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, UrlFree>;

void Add(Headers& headers, const std::string& line) {
  curl_slist* grown = curl_slist_append(headers.get(), line.c_str());
  if (grown == nullptr) return;
  std::ignore = headers.release();
  headers.reset(grown);
}

std::string PartOf(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string out(text);
  curl_free(text);
  return out;
}

/// Takes the body until it is too long.
struct Body {
  std::string bytes;
  std::uint64_t most = 0;
  bool over = false;
};

std::size_t TakeBody(char* data, std::size_t size, std::size_t count, void* user) {
  auto* body = static_cast<Body*>(user);
  const std::size_t length = size * count;
  body->over = body->bytes.size() + length > body->most;
  if (body->over) return 0;
  body->bytes.append(data, length);
  return length;
}

int StopOnSignal(void* /*user*/, curl_off_t /*a*/, curl_off_t /*b*/, curl_off_t /*c*/,
                 curl_off_t /*d*/) {
  return SignalReceived() == 0 ? 0 : 1;
}

bool IsLoopback(const curl_sockaddr& address) {
  if (address.family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address.addr, sizeof in);
    return (ntohl(in.sin_addr.s_addr) >> 24U) == 127;
  }
  if (address.family != AF_INET6) return false;
  // The address of a curl_sockaddr may be longer than its member says: curl keeps the whole behind.
  sockaddr_in6 in6{};
  std::memcpy(&in6, &address.addr, std::min<std::size_t>(sizeof in6, address.addrlen));
  return IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr) != 0;
}

curl_socket_t OpenLoopback(void* /*user*/, curlsocktype /*purpose*/, curl_sockaddr* address) {
  if (!IsLoopback(*address)) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::string HeaderOf(CURL* handle, const char* name) {
  curl_header* header = nullptr;
  const CURLHcode code = curl_easy_header(handle, name, 0, CURLH_HEADER, -1, &header);
  return code == CURLHE_OK ? std::string(header->value) : std::string();
}

Error ErrorOf(CURLcode code, const Body& body, const FetchLimits& limits, const std::string& url) {
  if (body.over || code == CURLE_FILESIZE_EXCEEDED) {
    return {ErrorCode::kTooLarge, fmt::format("is over {} bytes; see --max-bytes", limits.bytes),
            url};
  }
  if (code == CURLE_ABORTED_BY_CALLBACK) return {ErrorCode::kUnreadable, "interrupted", url};
  return {ErrorCode::kUnreadable, fmt::format("no answer: {}", curl_easy_strerror(code)), url};
}

}  // namespace

struct Fetcher::Impl {
  FetchLimits limits;
  CURL* handle = nullptr;

  explicit Impl(const FetchLimits& wanted) : limits(wanted) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    handle = curl_easy_init();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    curl_easy_cleanup(handle);
    curl_global_cleanup();
  }

  template <typename Value>
  void Set(CURLoption option, Value value) const {
    curl_easy_setopt(handle, option, value);
  }

  void Prepare(const FetchRequest& request, Body& body) const {
    curl_easy_reset(handle);
    Set(CURLOPT_URL, request.url.c_str());
    Set(CURLOPT_USERAGENT, kAgent);
    Set(CURLOPT_PROTOCOLS_STR, "http,https");
    Set(CURLOPT_ACCEPT_ENCODING, "");
    Set(CURLOPT_NOSIGNAL, 1L);
    Set(CURLOPT_CONNECTTIMEOUT, std::min(limits.seconds, 15L));
    Set(CURLOPT_TIMEOUT, limits.seconds);
    Set(CURLOPT_LOW_SPEED_LIMIT, kSlowest);
    Set(CURLOPT_LOW_SPEED_TIME, std::max(1L, limits.seconds / 3));
    Set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.bytes));
    Set(CURLOPT_WRITEFUNCTION, &TakeBody);
    Set(CURLOPT_WRITEDATA, static_cast<void*>(&body));
    Set(CURLOPT_NOPROGRESS, 0L);
    Set(CURLOPT_XFERINFOFUNCTION, &StopOnSignal);
    if (request.loopback) {
      Set(CURLOPT_NOPROXY, "*");
      Set(CURLOPT_OPENSOCKETFUNCTION, &OpenLoopback);
    }
    if (request.post) {
      Set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.post->size()));
      Set(CURLOPT_POSTFIELDS, request.post->data());
    }
  }
};

Fetcher::Fetcher(const FetchLimits& limits) : impl_(std::make_unique<Impl>(limits)) {}
Fetcher::Fetcher(Fetcher&&) noexcept = default;
Fetcher& Fetcher::operator=(Fetcher&&) noexcept = default;
Fetcher::~Fetcher() = default;

Result<FetchAnswer> Fetcher::Fetch(const FetchRequest& request) {
  Body body{.bytes = {}, .most = impl_->limits.bytes, .over = false};
  impl_->Prepare(request, body);
  Headers headers;
  if (!request.etag.empty()) Add(headers, "If-None-Match: " + request.etag);
  if (!request.last_modified.empty()) Add(headers, "If-Modified-Since: " + request.last_modified);
  if (request.post) Add(headers, "Content-Type: application/json");
  impl_->Set(CURLOPT_HTTPHEADER, headers.get());
  const CURLcode code = curl_easy_perform(impl_->handle);
  if (code != CURLE_OK) {
    return std::unexpected(ErrorOf(code, body, impl_->limits, request.url));
  }
  FetchAnswer answer;
  curl_easy_getinfo(impl_->handle, CURLINFO_RESPONSE_CODE, &answer.status);
  char* location = nullptr;
  curl_easy_getinfo(impl_->handle, CURLINFO_REDIRECT_URL, &location);
  if (location != nullptr) answer.location = location;
  curl_off_t wait = 0;
  curl_easy_getinfo(impl_->handle, CURLINFO_RETRY_AFTER, &wait);
  answer.retry_after = wait;
  answer.etag = HeaderOf(impl_->handle, "ETag");
  answer.last_modified = HeaderOf(impl_->handle, "Last-Modified");
  answer.body = std::move(body.bytes);
  return answer;
}

Result<Address> ParseAddress(const std::string& url) {
  const Url parsed(curl_url());
  const auto code = curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0);
  const std::string scheme = code == CURLUE_OK ? PartOf(parsed.get(), CURLUPART_SCHEME) : "";
  if (scheme != "http" && scheme != "https") {
    return Fail(ErrorCode::kInvalidArgument, "is no address of http or https", url);
  }
  Address address;
  address.site = scheme + "://" + PartOf(parsed.get(), CURLUPART_HOST);
  const std::string port = PartOf(parsed.get(), CURLUPART_PORT);
  if (!port.empty()) address.site += ":" + port;
  address.path = PartOf(parsed.get(), CURLUPART_PATH);
  const std::string query = PartOf(parsed.get(), CURLUPART_QUERY);
  if (!query.empty()) address.path += "?" + query;
  return address;
}

}  // namespace dateline::cli
