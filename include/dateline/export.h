/// Stories and events in the forms that other programs read: GDELT, ICEWS, POLECAT, GeoJSON …
///
///   std::string file = ExportHeader(ExportForm::kIcews);
///   file += WriteExport(story, {.number = 7}, names, ExportForm::kIcews);
///
/// What each column holds, and what has no counterpart here, is docs/formats/exports.md.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/record.h"
#include "dateline/series.h"
#include "dateline/story.h"

namespace dateline {

enum class ExportForm : std::uint8_t {
  kGdelt1,         ///< GDELT 1.0 Events, 58 columns
  kGdelt2,         ///< GDELT 2.0 Events, 61 columns
  kGdeltMentions,  ///< GDELT 2.0 Mentions, 16 columns
  kIcews,          ///< 20 columns and a header
  kPhoenix,        ///< 26 columns
  kGkg2,           ///< GDELT Global Knowledge Graph 2.1, 27 columns, a story a row
  kPolecat,        ///< 40 columns and a header
  kPlover,         ///< PLOVER's JSON, an event a line
  kGeoJson,        ///< RFC 7946, a feature for each event with a position
  kJsonLd,         ///< schema.org's NewsArticle with its Events
  kBrat,           ///< standoff (.ann) to the story's text (.txt)
  kConllu,         ///< sentences and words; the story must carry tokens
  kTimeMl,         ///< TIMEX3 in the text, a document a story
  kGexf,           ///< the network of who did how much to whom; see WriteNetwork
  kGraphMl,
};
/// "gdelt1", "gdelt2", "gdelt2-mentions", "icews", "phoenix", "gkg2", "polecat", "plover",
/// "geojson", "json-ld", "brat", "conllu", "timeml", "gexf", "graphml".
std::string_view ExportFormName(ExportForm form);
std::optional<ExportForm> ParseExportForm(std::string_view name);

/// What a form is a list of.
enum class ExportUnit : std::uint8_t { kEvents, kStories, kNetwork };
ExportUnit UnitOf(ExportForm form);

/// What codes are called; a code that is not there leaves its cell empty.
struct CodeNames {
  using Map = std::map<std::string, std::string, std::less<>>;
  Map events{};     ///< CAMEO code to name
  Map countries{};  ///< ISO 3166-1 alpha-3 or CAMEO code to name
  Map fips{};       ///< ISO 3166-1 alpha-3 to FIPS 10-4
};

/// What a story's rows say of it that it does not say itself.
struct ExportSource {
  std::int64_t number = 0;  ///< of the story; below 10^14
  std::string added{};      ///< when it was added, UTC: "20310504081500"
  Choice choice{};          ///< of its events
};

/// The line of column names where the form has one, with its line feed.
std::string ExportHeader(ExportForm form);
/// What ends the document behind the last story, and what stands between two stories whose text is
/// not empty.
std::string ExportFooter(ExportForm form);
std::string_view ExportSeparator(ExportForm form);
/// Of GDELT's events, ICEWS and Phoenix a row (of mentions: a row for each passage) for each pair
/// of a source and a target of each event, tab-separated; of the others what ExportForm says. Cells
/// hold neither tabs nor line ends. Deterministic, thread-safe.
std::string WriteExport(const Story& story, const ExportSource& source, const CodeNames& names,
                        ExportForm form);

/// The ties as a directed graph in GEXF 1.2 or GraphML. REQUIRES: kGexf or kGraphMl.
std::string WriteNetwork(const std::vector<Tie>& ties, ExportForm form);
/// The annotation.conf that brat needs beside the files of kBrat.
std::string BratConfiguration();

}  // namespace dateline
