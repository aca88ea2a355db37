/// Where a program listens.
#pragma once

#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::cli {

struct Endpoint {
  std::string host;
  int port = 0;  ///< 0: any that is free
};

/// HOST:PORT, [::1]:PORT, or PORT of this machine alone. kInvalidArgument, with `option` as its
/// place.
Result<Endpoint> ParseEndpoint(std::string_view text, std::string_view option);

}  // namespace dateline::cli
