/// Toponyms and what they stand for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "dateline/span.h"

namespace dateline {

struct Place {
  Span span;
  std::string name;                    ///< the place's own name, not necessarily as printed
  std::optional<std::string> country;  ///< ISO 3166-1 alpha-3
  std::optional<std::string> admin1;
  std::optional<double> lat;  ///< degrees north, WGS 84
  std::optional<double> lon;  ///< degrees east
  std::optional<std::uint32_t> geonameid;
  bool literal = true;  ///< false: a metonym ("Moscow denied") or modifier
  bool operator==(const Place&) const = default;
};

}  // namespace dateline
