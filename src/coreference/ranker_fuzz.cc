// Any bytes as a weights file: refused, or opened and safe to ask.
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "coreference/ranker.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::uint32_t> aligned(size / 4 + 1);
  if (size > 0) std::memcpy(aligned.data(), data, size);
  const std::string_view bytes(reinterpret_cast<const char*>(aligned.data()), size);
  const auto ranker = dateline::coreference::Ranker::Open(bytes);
  if (!ranker) return 0;
  const std::vector<std::uint32_t> features{0, 1, ~std::uint32_t{0}};
  (void)ranker->Score(features);
  (void)ranker->classes().Of(7);
  return 0;
}
