/// What JSON values say, and the two formats of news that are JSON: JSON Feed and ninjs.
#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "readers/pages.h"

namespace dateline::readers {

/// A string, a number as printed, or what an object calls its name.
std::optional<std::string> TextOf(const simdjson::dom::element& value);
/// One text, or those of a list; empty ones are left out.
std::vector<std::string> ListOf(const simdjson::dom::element& value);
/// The value of a key, or under "a.b" of a key inside an object.
std::optional<simdjson::dom::element> FindPath(const simdjson::dom::object& record,
                                               std::string_view path);
/// The first of the keys that is there and is a text with a letter in it.
std::optional<std::string> FirstText(const simdjson::dom::object& record,
                                     std::initializer_list<std::string_view> keys);

/// https://www.jsonfeed.org/version/1.1/
bool IsJsonFeed(const simdjson::dom::object& record);
/// False when the item has neither text nor title.
bool FillFeedItem(const simdjson::dom::object& feed, const simdjson::dom::object& item, Page& page);

/// IPTC ninjs 1.x, 2.x, 3.x.
bool IsNinjs(const simdjson::dom::object& record);
/// Why the item is no story, when it is none.
std::optional<std::string> FillNinjs(const simdjson::dom::object& item, Page& page);

}  // namespace dateline::readers
