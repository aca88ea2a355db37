// Any bytes as a record: either refused, or a row whose buffers can be read from end to end.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dateline/arrow.h"

namespace {

/// Walks the offsets of every column; they must rise and end at the child's length.
void Walk(const ArrowSchema& schema, const ArrowArray& array) {
  if (std::string_view(schema.format) == "+l") {
    const auto* offsets = static_cast<const std::int32_t*>(array.buffers[1]);
    for (std::int64_t i = 0; i < array.length; ++i) assert(offsets[i] <= offsets[i + 1]);
    assert(offsets[array.length] == array.children[0]->length);
  }
  for (std::int64_t i = 0; i < array.n_children; ++i) {
    if (std::string_view(schema.format) == "+s") assert(array.children[i]->length == array.length);
    Walk(*schema.children[i], *array.children[i]);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  dateline::StoryColumns columns({.tokens = true});
  const bool added = columns.AddRecord(bytes).has_value();
  assert(columns.rows() == (added ? 1 : 0));
  columns.AddNull();
  ArrowSchema schema;
  ArrowArray array;
  columns.Finish(&schema, &array);
  Walk(schema, array);
  schema.release(&schema);
  array.release(&array);
  return 0;
}
