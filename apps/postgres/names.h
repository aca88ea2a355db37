/// What archives and server call the same thing alike.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/archive.h"
#include "dateline/result.h"

namespace dateline::postgres {

/// 32 hex digits: XXH3-128 of the parts, each with its size.
std::string KeyOf(std::initializer_list<std::string_view> parts);
/// The key of a run. Runs that say the same of themselves are one.
std::string RunKey(const ArchiveRun& run);
/// The digits of a uuid as PostgreSQL prints it.
std::string DigitsOf(std::string_view uuid);
/// NULL for an empty text.
std::optional<std::string> NonEmpty(const std::string& text);
/// The moment, or the first one of 1970 where the text says none.
std::string MomentOrFirst(std::string_view text);

}  // namespace dateline::postgres
