/// Dates as containers state them.
#pragma once

#include <optional>
#include <string_view>

#include "dateline/date.h"

namespace dateline::readers {

/// ISO 8601, extended and basic ("2024-05-14T09:30:00.5+01:00", "20240514T093000Z", "2024-05-14
/// 09:30"); RFC 822 and its kin ("Tue, 14 May 2024 09:30:00 +0100", "14 May 24 9:30 EST",
/// "Tuesday May 14, 2024 9:30 AM", "Tue May 14 09:30:00 2024"); seconds or milliseconds since 1970,
/// which are UTC. The zone is kept as an offset from UTC where one is stated; a zone name that is
/// not of RFC 822 leaves it absent. Absent: any other text, days that do not exist, "05/06/2024",
/// which is two days. Linear time.
std::optional<DateTime> ParseStatedDate(std::string_view text);

}  // namespace dateline::readers
