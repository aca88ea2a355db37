// Any text in one to three blocks: words are sorted, lie on code point boundaries and leave only
// white space out; sentences hold their words and stay within their block.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "text/normalise.h"
#include "text/tokenize.h"

namespace {

using namespace dateline;

void Require(bool holds) {
  if (!holds) std::abort();
}

bool IsBoundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

/// Lines are blocks.
std::vector<Block> Lines(std::string_view text) {
  std::vector<Block> blocks;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    blocks.push_back({.kind = BlockKind::kParagraph, .span = MakeSpan(begin, end), .speaker = {}});
    begin = end + 1;
  }
  return blocks;
}

void CheckSentences(const text::Tokenized& cut, const std::vector<Block>& blocks) {
  std::uint32_t at = 0;
  for (const Sentence& sentence : cut.sentences) {
    Require(sentence.span.begin >= at && !sentence.span.empty());
    Require(blocks.at(Raw(sentence.block)).span.Contains(sentence.span));
    at = sentence.span.end;
  }
}

void CheckTokens(const text::Tokenized& cut, std::string_view text) {
  std::uint32_t at = 0;
  for (const Token& token : cut.tokens) {
    Require(token.span.begin >= at && !token.span.empty());
    for (; at < token.span.begin; ++at) Require(text[at] == ' ' || text[at] == '\n');
    Require(IsBoundary(text, token.span.begin) && IsBoundary(text, token.span.end));
    Require(cut.sentences.at(Raw(token.sentence)).span.Contains(token.span));
    at = token.span.end;
  }
  for (; at < text.size(); ++at) Require(text[at] == ' ' || text[at] == '\n');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto normalised =
      text::Normalise({reinterpret_cast<const char*>(data), size}, {.encoding = "utf-8"});
  if (!normalised) return 0;
  const std::vector<Block> blocks = Lines(normalised->text);
  const text::Tokenized cut = text::Tokenize(normalised->text, blocks);
  CheckSentences(cut, blocks);
  CheckTokens(cut, normalised->text);
  return 0;
}
