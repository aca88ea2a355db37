// Any bytes as a page: the tree nests, every story's blocks lie in its text in order, and places
// lie in the page.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "html/charset.h"
#include "html/json_ld.h"
#include "html/page_reader.h"
#include "html/tree.h"

namespace {

using namespace dateline;

void Require(bool holds) {
  if (!holds) std::abort();
}

const html::PageReader& Reader() {
  static const auto reader = [] {
    auto tables = tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
    Require(tables.has_value());
    return html::PageReader::Load(*tables);
  }();
  Require(reader.has_value());
  return *reader;
}

void CheckTree(const html::Tree& tree) {
  for (html::NodeIndex at = 1; at < tree.nodes.size(); ++at) {
    const html::Node& node = tree.nodes[at];
    Require(node.begin <= node.finish && node.finish <= tree.source.size());
    Require(node.parent < at);
    if (node.text) continue;
    Require(node.end > at && node.end <= tree.nodes[node.parent].end && node.closed <= node.end);
  }
}

void CheckStory(const html::PageStory& story, std::string_view page) {
  std::uint32_t behind = 0;
  for (const Block& block : story.blocks) {
    Require(block.span.begin >= behind && block.span.end <= story.text.size());
    Require(!block.span.empty());
    behind = block.span.end;
    Require(story.alignment.ToSource(block.span).end <= page.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto decoded = html::DecodePage(bytes, (data[0] & 2U) != 0 ? "shift_jis" : "");
  const std::string_view utf8 = decoded.as_given ? bytes : std::string_view(decoded.text);
  CheckTree(html::ParseTree(utf8, {.open_templates = (data[0] & 4U) != 0}));
  const html::PageOptions options{.url = "https://paper.example/2024/05/14/pier",
                                  .fragment = (data[0] & 1U) != 0};
  for (const html::PageStory& story : Reader().Read(utf8, options)) CheckStory(story, utf8);
  html::ReadJsonLd({utf8});
  return 0;
}
