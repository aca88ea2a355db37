// Bytes as a file of settings: what is read and written as lines again is read alike; what is
// refused names its line.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kafka/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto settings = dateline::kafka::ParseSettings(text, "f");
  if (!settings) {
    if (!settings.error().where.starts_with("f:")) std::abort();
    return 0;
  }
  std::string lines;
  for (const auto& [name, value] : *settings) lines.append(name).append("=").append(value) += '\n';
  const auto again = dateline::kafka::ParseSettings(lines, "f");
  if (!again || *again != *settings) std::abort();
  return 0;
}
