// Any bytes as a stream: the first byte chooses the limit, the steps and the format. Pieces come in
// order, hold no more than the limit, and are the same whatever the steps.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "readers/splitters.h"

namespace {

using namespace dateline;

void Require(bool holds) {
  if (!holds) std::abort();
}

std::vector<std::string> Pieces(std::string_view bytes, const InputOptions& options,
                                std::size_t step) {
  std::vector<std::string> out;
  const auto pieces = readers::OpenPieces(
      std::make_unique<readers::MemorySource>(std::string(bytes), step), "in", options);
  std::string path;
  std::uint64_t offset = 0;
  while (auto piece = pieces->Next()) {
    if (!*piece) {
      out.push_back(piece->error().Text());
      continue;
    }
    Require((*piece)->bytes.size() <= options.max_piece_bytes);
    // An archive may hold a name twice, and each of the two begins anew.
    if ((*piece)->path == path && !path.contains('!')) Require((*piece)->offset >= offset);
    path = (*piece)->path;
    offset = (*piece)->offset;
    out.push_back((*piece)->bytes);
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > (1U << 16U)) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const unsigned choice = data[0];
  InputOptions options;
  options.format = static_cast<Format>(choice % 8);
  if ((choice & 0x08U) != 0) options.max_piece_bytes = 100;
  if ((choice & 0x10U) != 0) options.from = 20;
  const auto whole = Pieces(bytes, options, size);
  const std::size_t step = (choice & 0x20U) != 0 ? 1 : 13;
  // Where a packed stream is damaged, how much comes before the damage depends on the steps.
  const auto again = Pieces(bytes, options, step);
  if (options.format == Format::kAuto) return 0;
  Require(Pieces(bytes, options, size) == whole);
  Require(again.empty() == whole.empty());
  return 0;
}
