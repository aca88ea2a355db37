/// Events in the columns that other programs read: GDELT, ICEWS, Phoenix.
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

#include "dateline/record.h"
#include "dateline/story.h"

namespace dateline {

enum class ExportForm : std::uint8_t {
  kGdelt1,         ///< GDELT 1.0 Events, 58 columns
  kGdelt2,         ///< GDELT 2.0 Events, 61 columns
  kGdeltMentions,  ///< GDELT 2.0 Mentions, 16 columns
  kIcews,          ///< 20 columns and a header
  kPhoenix,        ///< 26 columns
};
/// "gdelt1", "gdelt2", "gdelt2-mentions", "icews", "phoenix".
std::string_view ExportFormName(ExportForm form);
std::optional<ExportForm> ParseExportForm(std::string_view name);

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
/// A row (of mentions: a row for each passage) for each pair of a source and a target of each
/// event, tab-separated. Cells hold neither tabs nor line ends. Deterministic, thread-safe.
std::string WriteExport(const Story& story, const ExportSource& source, const CodeNames& names,
                        ExportForm form);

}  // namespace dateline
