// Any text: quotations lie in their block, nest, never cross, and cut no character.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "quotes/quotation.h"

namespace {

using dateline::Block;
using dateline::quotes::Quotation;

void Require(bool condition) {
  if (!condition) std::abort();
}

std::vector<Block> Paragraphs(std::string_view text) {
  std::vector<Block> blocks;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    Block block;
    block.span = dateline::MakeSpan(at, end);
    if (end > at) blocks.push_back(block);
    at = end + 1;
  }
  return blocks;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto blocks = Paragraphs(text);
  std::vector<Quotation> open;
  std::uint32_t last = 0;
  for (const Quotation& quotation : dateline::quotes::PairQuotations(text, blocks)) {
    Require(blocks[dateline::Raw(quotation.block)].span.Contains(quotation.outer));
    Require(quotation.outer.Contains(quotation.inner));
    Require(quotation.outer.begin >= last);
    last = quotation.outer.begin;
    while (!open.empty() && open.back().outer.end <= quotation.outer.begin) open.pop_back();
    Require(open.empty() || open.back().inner.Contains(quotation.outer));
    Require(quotation.depth == open.size());
    open.push_back(quotation);
  }
  return 0;
}
