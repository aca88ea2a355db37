/// Time expressions after TimeML TIMEX3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/span.h"

namespace dateline {

enum class TimexType : std::uint8_t { kDate, kTime, kDuration, kSet };
/// "DATE", "TIME", "DURATION", "SET".
std::string_view TimexTypeName(TimexType type);
std::optional<TimexType> ParseTimexType(std::string_view name);

/// `value` is the TIMEX3 value: "2023-04-16", "2023-03", "P2D", "PXY", "PRESENT_REF" …
struct Timex {
  Span span;
  TimexType type = TimexType::kDate;
  std::string value;
  std::optional<std::string> mod;  ///< TIMEX3 mod: "START", "END", "APPROX" …
  bool operator==(const Timex&) const = default;
};

}  // namespace dateline
