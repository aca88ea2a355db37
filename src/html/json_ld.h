/// What a page says of its article in JSON-LD (https://json-ld.org, schema.org's Article).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::html {

/// One article as structured data has it; texts are plain lines but for the body.
struct StatedArticle {
  std::string type;  ///< "NewsArticle", "LiveBlogPosting" …; "WebPage" when no article is described
  std::optional<std::string> headline;
  std::optional<std::string> alternative_headline;
  std::optional<std::string> description;
  std::optional<std::string> body;  ///< as given
  std::vector<std::string> author;
  std::optional<std::string> date_published;
  std::optional<std::string> date_modified;
  std::optional<std::string> section;
  std::optional<std::string> publisher;
  std::optional<std::string> language;
  std::optional<std::string> url;
  std::vector<std::string> keywords;
};

/// The articles of all scripts together, in order. Graphs, lists and references by "@id" are
/// followed; a script that is no sound JSON is mended where that is possible (raw line ends and
/// quotes in strings, commas too many, an end cut off) and else passed over.
std::vector<StatedArticle> ReadJsonLd(const std::vector<std::string_view>& scripts);

/// JSON with its common faults mended; see ReadJsonLd.
std::string MendJson(std::string_view json);

}  // namespace dateline::html
