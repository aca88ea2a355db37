/// What an archive answers, as JSON objects: the command line prints them one a line, the server
/// puts them into lists.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/archive.h"
#include "dateline/same.h"
#include "dateline/series.h"
#include "record/json_writer.h"
#include "record/rows.h"

namespace dateline::serve {

// Without line ends.
std::string HitLine(const SearchHit& hit);
std::string SameLine(const SameEvent& event);
std::string ClusterLine(const StoryCluster& cluster);
std::string ClusterLine(const ClusterLife& life);
std::string IdentityLine(const Identity& identity);
std::string IdentityLine(const IdentityLife& life);
std::string CorrectionLine(const Correction& correction);

/// The cells of a row of corrections.
record::Fields CorrectionFields(const Correction& correction);
/// "holds", "taken back", "stale".
std::string_view StateOf(const Correction& correction);

/// A key with a text, where there is one.
void AddText(record::JsonWriter& json, std::string_view key,
             const std::optional<std::string>& text);
void AddNumber(record::JsonWriter& json, std::string_view key, std::uint64_t number);

/// Seconds since 1970 as "2031-05-04T08:15:00Z".
std::string Written(std::int64_t seconds);

/// Puts "key":value (JSON) behind the other fields of an object.
std::string WithField(std::string object, std::string_view key, std::string_view value);
/// Puts it before them.
std::string WithFirst(std::string_view key, std::string_view value, std::string_view object);

}  // namespace dateline::serve
