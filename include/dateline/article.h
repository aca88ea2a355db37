/// What a story's page says of itself: headline, people, dates, source, related stories, pictures.
/// Field names are schema.org's NewsArticle; a field the story does not have is absent.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dateline/date.h"
#include "dateline/span.h"

namespace dateline {

/// Another story that this one points to ("READ MORE: …"). `span` is the headline in Story::text.
struct RelatedLink {
  std::optional<std::string> label;  ///< as printed, without its colon
  std::string headline;              ///< without a pair of quotation marks around the whole
  std::optional<std::string> url;
  Span span;
  bool operator==(const RelatedLink&) const = default;
};

/// A picture as the text shows it. `span` is the caption (with its credit) in Story::text.
struct Image {
  std::optional<std::string> caption;
  std::optional<std::string> credit_text;
  Span span;
  bool operator==(const Image&) const = default;
};

/// Texts are as printed, with any run of white space as one space.
struct Article {
  std::optional<std::string> headline;
  std::optional<std::string> alternative_headline;
  std::optional<std::string> description;  ///< the standfirst
  std::vector<std::string> author;
  std::vector<std::string> contributor;
  std::vector<std::string> editor;
  std::optional<DateTime> date_published;
  std::optional<DateTime> date_modified;
  std::optional<std::string> date_text;  ///< the publication date (else the dateline's) as printed
  std::optional<std::string> dateline;   ///< "MOSCOW, April 16 (Xinhua)", without the dash
  std::optional<std::string> location_created;  ///< the dateline's place as printed
  std::optional<std::string> article_section;
  std::vector<std::string> keywords;
  std::optional<std::string> publisher;
  std::vector<std::string> source_organization;
  std::optional<std::string> correction;
  std::optional<DateTime> embargoed;
  /// What the agency says of the story, in IPTC's words: "usable", "withheld", "canceled". A story
  /// that is withheld or canceled (killed) is to be taken back, not read.
  std::optional<std::string> creative_work_status;
  std::optional<std::string> version;  ///< of the story, as its agency counts
  std::optional<std::string> url;
  std::optional<std::string> in_language;   ///< BCP 47, e.g. "en"
  std::optional<std::uint32_t> word_count;  ///< words of the prose blocks
  std::vector<RelatedLink> related_link;
  std::vector<Image> image;

  bool operator==(const Article&) const = default;
};

/// Whether the agency has taken the story back.
inline bool IsWithdrawn(const Article& article) {
  return article.creative_work_status == "withheld" || article.creative_work_status == "canceled";
}

}  // namespace dateline
