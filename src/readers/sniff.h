/// What a stream holds, told by its first bytes and not by its name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "dateline/engine.h"

namespace dateline::readers {

/// How many bytes Sniff wants to see, or all there are.
inline constexpr std::size_t kSniffBytes = std::size_t{1} << 16U;

/// kJson, kXml, kHtml, kCsv, kWarc, kIptc7901, else kText.
Format Sniff(std::string_view head);

/// The name of the root element of XML, with its prefix; nothing when the bytes do not begin like
/// XML. Declaration, doctype, comments and instructions before it are passed over.
std::optional<std::string_view> RootElement(std::string_view bytes);

/// A name without its prefix.
std::string_view LocalName(std::string_view name);

}  // namespace dateline::readers
