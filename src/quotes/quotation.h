/// Quotation marks in pairs: which stretches of the text stand between them.
///
///   “A,” he said. “B.”        two quotations
///   "A 'b' c"                 one quotation with one inside it
///   “First paragraph.         a quotation that runs to the paragraph's end, because
///   “Second paragraph.”       the next one opens again without having closed it
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dateline/document.h"
#include "dateline/span.h"

namespace dateline::quotes {

/// One pair of quotation marks, or an opening mark and the end of its paragraph.
struct Quotation {
  Span outer;  ///< with its marks
  Span inner;  ///< between the marks, as printed
  BlockIndex block{};
  std::uint32_t depth = 0;  ///< 0: not inside another quotation
  bool closed = true;       ///< false: it runs to the end of its block
  bool operator==(const Quotation&) const = default;
};

/// Pairs the marks “…”, ‘…’, "…", '…', ``…'', ''…'', «…» and „…“ within each prose block.
/// Apostrophes (don't, the workers' hall, '90s) and inch marks are no quotation marks. A mark left
/// open counts when its quotation can be believed to run to the block's end, else it is passed
/// over; a closing mark that nothing opened is passed over. Sorted by begin, outer before inner;
/// quotations nest, never cross. Linear time. Thread-safe.
std::vector<Quotation> PairQuotations(std::string_view text, const std::vector<Block>& blocks);

}  // namespace dateline::quotes
