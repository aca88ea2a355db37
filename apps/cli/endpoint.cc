#include "endpoint.h"

#include <fmt/format.h>

namespace dateline::cli {

Result<Endpoint> ParseEndpoint(std::string_view text, std::string_view option) {
  Endpoint address{.host = "127.0.0.1"};
  std::string_view port = text;
  if (const std::size_t colon = text.rfind(':'); colon != text.npos) {
    std::string_view host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    address.host = host == "localhost" ? "127.0.0.1" : host;
    port = text.substr(colon + 1);
  }
  const bool digits =
      !port.empty() && port.size() < 6 && port.find_first_not_of("0123456789") == port.npos;
  if (digits) address.port = std::stoi(std::string(port));
  if (digits && address.port < 65536 && !address.host.empty()) return address;
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("'{}' is no address; write 8080, 127.0.0.1:8080 or [::1]:8080", text),
              std::string(option));
}

}  // namespace dateline::cli
