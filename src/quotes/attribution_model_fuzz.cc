// Any bytes as an attribution model: read or refused, and what is read again gives the same bytes.
// The checksum is set right, so that the fuzzer gets past it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/model_envelope.h"
#include "quotes/attribution_model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using dateline::quotes::AttributionModel;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  dateline::base::Seal(bytes);
  const auto model = AttributionModel::FromBytes(bytes);
  if (!model) return 0;
  const auto again = AttributionModel::FromBytes(model->ToBytes());
  if (!again || !(*again == *model)) std::abort();
  const double probability = model->Probability(0);
  if (!(probability >= 0 && probability <= 1)) std::abort();
  return 0;
}
