/// The forms of export, a function each; which story goes to which is decided in export.cc.
#pragma once

#include <string>
#include <vector>

#include "dateline/export.h"
#include "dateline/story.h"

namespace dateline::record {

/// A row of GDELT's GKG 2.1.
std::string WriteGkg(const Story& story, const ExportSource& source, const CodeNames& names);

const std::vector<std::string>& PolecatColumns();
/// A row for each chosen event that has a PLOVER type.
std::string WritePolecat(const Story& story, const ExportSource& source, const CodeNames& names);
/// A line of JSON for each of the same events.
std::string WritePlover(const Story& story, const ExportSource& source, const CodeNames& names);

/// A GeoJSON feature for each chosen event that has a position, a comma and a line end between
/// them.
std::string WriteGeoJson(const Story& story, const ExportSource& source);

/// A NewsArticle, with its chosen events.
std::string WriteJsonLd(const Story& story, const ExportSource& source, const CodeNames& names);

/// The .ann of a story whose .txt is Story::text.
std::string WriteBrat(const Story& story, const ExportSource& source);

/// A TimeML document.
std::string WriteTimeMl(const Story& story);

}  // namespace dateline::record
