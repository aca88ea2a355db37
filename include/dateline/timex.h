/// Time expressions after TimeML TIMEX3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/date.h"
#include "dateline/span.h"

namespace dateline {

enum class TimexType : std::uint8_t { kDate, kTime, kDuration, kSet };
/// "DATE", "TIME", "DURATION", "SET".
std::string_view TimexTypeName(TimexType type);
std::optional<TimexType> ParseTimexType(std::string_view name);

/// Another value that the words may stand for.
struct TimexAlternative {
  std::string value;
  double probability = 0;  ///< of this value, in (0, 0.5]; the rest is the first value's
  bool operator==(const TimexAlternative&) const = default;
};

/// `value` is the TIMEX3 value: "2023-04-16", "2023-03", "P2D", "PXY", "PRESENT_REF" …
struct Timex {
  Span span;
  TimexType type = TimexType::kDate;
  std::string value;
  std::optional<std::string> mod;  ///< TIMEX3 mod: "START", "END", "APPROX" …
  /// The days that a DATE or TIME stands for, the last one included, both of day precision; also
  /// those of a DURATION that ends or begins on the story's day ("the past two years"). Absent for
  /// other lengths, sets, references, and values not known in full ("XXXX-05-03").
  std::optional<Date> first_day = std::nullopt;
  std::optional<Date> last_day = std::nullopt;
  /// Of "last February" in April, "on Friday" without a verb; in the record with
  /// RecordOptions::explain.
  std::optional<TimexAlternative> alternative = std::nullopt;
  bool operator==(const Timex&) const = default;
};

}  // namespace dateline
