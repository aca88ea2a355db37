// Any valid text: words ascend, touch nothing but white space between them, cut no character.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/charsets.h"
#include "text/split_words.h"
#include "text/unicode.h"

namespace {

using dateline::Span;

void Check(bool holds) {
  if (!holds) __builtin_trap();
}

bool IsBlank(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end) {
    const auto c = dateline::text::CodePointAt(text, begin);
    if (!dateline::text::IsSpace(c.value)) return false;
    begin += c.length;
  }
  return begin == end;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!dateline::text::IsValidUtf8(text)) return 0;
  std::size_t at = 0;
  for (const Span paragraph : dateline::text::SplitParagraphs(text)) {
    std::vector<dateline::text::Word> words;
    dateline::text::SplitWords(text, paragraph, words);
    Check(paragraph.begin >= at && !words.empty() && !words.front().glued);
    for (const auto& word : words) {
      Check(word.span.begin < word.span.end && word.span.end <= paragraph.end);
      Check(IsBlank(text, at, word.span.begin));
      at = word.span.end;
    }
    Check(IsBlank(text, at, paragraph.end));
  }
  Check(IsBlank(text, at, text.size()));
  return 0;
}
