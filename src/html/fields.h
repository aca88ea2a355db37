/// What a page says its story is called, who wrote it, when it was published …
///
/// Pages say most things several times and not alike. Which word counts is told in
/// docs/formats/html.md; the order of the sources below is that order.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dateline/article.h"
#include "html/facts.h"
#include "html/features.h"

namespace dateline::html {

struct FieldOptions {
  std::string_view url;  ///< where the page was found; may be empty
  /// Of one of several stories on a page: its element, and the block of its headline.
  NodeIndex scope = 0;
  std::optional<std::size_t> title_block = std::nullopt;
};

/// The fields of a story. `page` must have been made of `facts`, or `facts` be what is said of one
/// of its stories (story_parts.h). `date_text` is the publication date as the source that won has
/// it.
Article FindFields(const PageView& page, const Facts& facts, const FieldOptions& options);

/// A title without the name of the site behind or before it: "Dam opens | Lake Herald".
std::string WithoutSite(std::string_view title, std::span<const std::string> site_keys);

/// The persons of a byline: "By Ann Lee and Bo Ray, Staff Writers" is two.
std::vector<std::string> NamesInByline(std::string_view line);

}  // namespace dateline::html
