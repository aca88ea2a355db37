#include "story_data.h"

#include <algorithm>

namespace dateline::python {

void StoryData::Count() const {
  const std::string& text = story_.text;
  const auto is_ascii = [](char c) { return (static_cast<unsigned char>(c) & 0x80U) == 0; };
  if (std::ranges::all_of(text, is_ascii)) return;
  chars_.reserve(text.size() + 1);
  std::uint32_t before = 0;
  for (const char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    chars_.push_back(begins || before == 0 ? before : before - 1);
    if (begins) ++before;
  }
  chars_.push_back(before);
}

}  // namespace dateline::python
