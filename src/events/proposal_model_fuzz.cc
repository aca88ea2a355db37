// Any bytes as a model of the learned classifier: read or refused, and what is read again gives the
// same bytes. The checksum is set right, so that the fuzzer gets past it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/model_envelope.h"
#include "events/proposal_model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using dateline::events::ProposalModel;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  dateline::base::Seal(bytes);
  const auto model = ProposalModel::FromBytes(bytes);
  if (!model) return 0;
  const auto again = ProposalModel::FromBytes(model->ToBytes());
  if (!again || !(*again == *model)) std::abort();
  return 0;
}
