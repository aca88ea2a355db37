/// The formats of news that are XML, each from its element to a page.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "readers/pages.h"
#include "readers/xml_tree.h"

namespace dateline::readers {

/// What the head of a feed says of all its items.
struct FeedHead {
  std::string_view format_name;  ///< "rss", "atom"
  std::optional<std::string> title;
  std::optional<std::string> language;
  std::vector<std::string> author;
};

FeedHead ReadFeedHead(const pugi::xml_document& head);

// Each fills the page and says why the record is no story, when it is none.
std::optional<std::string> FillFeedItem(const pugi::xml_node& item, const FeedHead& head,
                                        Page& page);
std::optional<std::string> FillNewsItem(const pugi::xml_node& item, Page& page);  ///< NewsML-G2
std::optional<std::string> FillNitf(const pugi::xml_node& nitf, Page& page);
std::optional<std::string> FillNewsMl1(const pugi::xml_node& item, Page& page);
/// Sets what `nitf` says where the page has nothing yet.
void AddNitf(const pugi::xml_node& nitf, Page& page);

/// Sets the text of the page to HTML, where it holds some, else to plain text.
void SetMarkup(std::string text, Page& page);
void SetHtml(std::string html, Page& page);
/// The published date as printed and as a value; the first one wins.
void SetPublished(std::string_view printed, Article& given);
/// "By Ann Lee and Bo Ray" as two names.
std::vector<std::string> SplitByline(std::string_view by);

}  // namespace dateline::readers
