/// One record of XML as a tree, and what its elements say.
///
/// Nothing is expanded or fetched: entities that a document declares are never replaced (what it
/// refers to as "&name;" stays as it is written, and HTML's names are decoded with the rest of the
/// text), external ones are never opened.
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::readers {

/// Elements stand at most this deep in each other.
inline constexpr int kDeepestElement = 256;

/// kMalformed with the offset in `bytes` as "@offset", also for a tree that is too deep.
Result<pugi::xml_document> ParseXml(std::string_view bytes);
/// The tree of what stands before the records, as far as it goes; it never ends soundly.
pugi::xml_document ParseXmlHead(std::string_view bytes);

/// What a doctype may not do: declare entities made of other entities (bombs). kMalformed.
Result<void> CheckDoctype(std::string_view head);

/// UTF-8 for bytes in the encoding that `head` declares, or that they look like.
std::string ToUtf8(std::string_view bytes, std::string_view head);

/// The name without its prefix.
std::string_view Local(const pugi::xml_node& node);
/// The first child element of that local name; null when there is none.
pugi::xml_node Child(const pugi::xml_node& node, std::string_view local);
/// Child of child …: "contentMeta/located/name".
pugi::xml_node Descend(const pugi::xml_node& node, std::string_view path);
/// All text below the node, as one line without markup; "" for none.
std::string LineOf(const pugi::xml_node& node);
/// The same, where there is any.
std::optional<std::string> MaybeLine(const pugi::xml_node& node);
/// Fills an empty field with it.
void SetLine(std::optional<std::string>& field, const pugi::xml_node& node);
/// The text of the node itself and of its CDATA, as it stands.
std::string RawText(const pugi::xml_node& node);
/// The value of an attribute by its local name; "" for none.
std::string_view Attribute(const pugi::xml_node& node, std::string_view local);

/// What lies in the node as HTML: prefixes go, NITF's elements become those of HTML.
std::string HtmlOf(const pugi::xml_node& node);

}  // namespace dateline::readers
