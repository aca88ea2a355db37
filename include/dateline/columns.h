/// Which column of a table, or key of a JSON record, holds what of a story.
///
///   auto map = ParseColumnMap("headline=title,text=content.rendered,section=");
///
/// A field that the map names is taken from there and nowhere else, one that stands with nothing
/// ("section=") is not taken at all, all others are found by their usual names
/// (docs/formats/columns.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/result.h"

namespace dateline {

enum class Field : std::uint8_t {
  kText,
  kHtml,  ///< the story as HTML
  kHeadline,
  kDescription,
  kDate,
  kDateModified,
  kId,
  kUrl,
  kSection,
  kAuthor,
  kPublisher,
  kLanguage,
  kKeywords,
};
inline constexpr std::size_t kFields = 13;

/// "text", "html", "headline", "description", "date", "modified", "id", "url", "section", "author",
/// "publisher", "language", "keywords".
std::string_view FieldName(Field field);

struct ColumnMap {
  /// A name of a header, "#3" for the third column of a table, "a.b" for a key inside an object.
  std::vector<std::pair<Field, std::string>> columns;

  bool operator==(const ColumnMap&) const = default;
};

/// Reads "field=column" pairs with commas between them. A comma or backslash in a name is written
/// "\,", "\\". kInvalidArgument names what is wrong.
Result<ColumnMap> ParseColumnMap(std::string_view text);

}  // namespace dateline
