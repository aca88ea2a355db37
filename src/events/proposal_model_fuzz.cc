// Any bytes as a model of the learned classifier: read or refused, and what is read again gives the
// same bytes. The checksum is set right, so that the fuzzer gets past it.
#include <xxhash.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "events/proposal_model.h"

namespace {

constexpr std::size_t kSizeAt = 16;
constexpr std::size_t kChecksumAt = 24;
constexpr std::size_t kBodyAt = 32;

void Seal(std::string& bytes) {
  if (bytes.size() < kBodyAt) return;
  const std::uint64_t size = bytes.size();
  const std::uint64_t checksum = XXH3_64bits(bytes.data() + kBodyAt, bytes.size() - kBodyAt);
  std::memcpy(bytes.data() + kSizeAt, &size, sizeof size);
  std::memcpy(bytes.data() + kChecksumAt, &checksum, sizeof checksum);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using dateline::events::ProposalModel;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  Seal(bytes);
  const auto model = ProposalModel::FromBytes(bytes);
  if (!model) return 0;
  const auto again = ProposalModel::FromBytes(model->ToBytes());
  if (!again || !(*again == *model)) std::abort();
  return 0;
}
