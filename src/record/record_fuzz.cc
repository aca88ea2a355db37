// Any bytes are read as a record; what can be read must be written and read back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dateline/record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto story = dateline::ReadRecord(bytes);
  if (!story) return 0;
  const auto again =
      dateline::ReadRecord(dateline::WriteRecord(*story, {.tokens = true, .explain = true}));
  if (!again || !(*again == *story)) std::abort();
  static_cast<void>(dateline::WriteConllu(*story));
  return 0;
}
