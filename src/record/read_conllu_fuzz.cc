// Bytes as CoNLL-U: what is read has spans in its text, and comes back from its own CoNLL-U.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dateline/record.h"

namespace {

void Check(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto stories =
      dateline::ReadConllu(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!stories) return 0;
  for (const dateline::Story& story : *stories) {
    for (const dateline::Token& token : story.tokens) {
      Check(token.span.begin <= token.span.end && token.span.end <= story.text.size());
      Check(Raw(token.sentence) < story.sentences.size());
      Check(!token.head || Raw(*token.head) < story.tokens.size());
    }
    const auto again = dateline::ReadConllu(dateline::WriteConllu(story));
    Check(again && again->size() == 1);
    Check(again->front().tokens.size() == story.tokens.size());
  }
  return 0;
}
