// Any text with any trees: attributions lie in the text, are never empty, nest and never cross.
// The first bytes choose tags and heads; the rest is the text.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "quotes/attributions.h"
#include "text/split_words.h"
#include "text/unicode.h"

namespace {

using namespace dateline;  // NOLINT(google-build-using-namespace): a program of one file

void Require(bool condition) {
  if (!condition) std::abort();
}

const quotes::AttributionFinder& Finder() {
  static const quotes::AttributionFinder finder = [] {
    const auto tables =
        tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
    Require(tables.has_value());
    auto loaded = quotes::AttributionFinder::Load(
        *tables, DATELINE_BUILD_DIR "/share/dateline/attributions.dlm");
    Require(loaded.has_value());
    return *std::move(loaded);
  }();
  return finder;
}

/// One word after the other: short sentences, each word hanging from an earlier one.
void Annotate(Story& story, std::string_view choices) {
  constexpr std::array<const char*, 5> kUpos{"VERB", "NOUN", "PUNCT", "PROPN", "SCONJ"};
  constexpr std::array<const char*, 5> kDeprel{"ccomp", "nsubj", "punct", "obl", "mark"};
  std::vector<text::Word> words;
  for (std::uint32_t b = 0; b < story.blocks.size(); ++b) {
    words.clear();
    text::SplitWords(story.text, story.blocks[b].span, words);
    std::uint32_t first = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto choice = static_cast<unsigned char>(choices[i % choices.size()]);
      const auto at = static_cast<std::uint32_t>(story.tokens.size());
      if (i == 0 || choice % 16 == 0) {
        first = at;
        story.sentences.push_back({words[i].span, BlockIndex{b}});
      }
      Token& token = story.tokens.emplace_back();
      token.span = words[i].span;
      token.sentence = SentenceIndex{static_cast<std::uint32_t>(story.sentences.size() - 1)};
      token.lemma = text::ToLower(words[i].span.of(story.text));
      token.upos = kUpos[choice % kUpos.size()];
      token.deprel = at == first ? "root" : kDeprel[choice / 5 % kDeprel.size()];
      if (at != first) token.head = TokenIndex{first + choice % (at - first)};
    }
  }
}

void Check(const std::vector<Attribution>& found, std::size_t size) {
  std::vector<std::uint32_t> ends;
  for (const Attribution& a : found) {
    Require(!a.content.empty() && a.content.back().end <= size);
    Require(a.confidence >= 0 && a.confidence <= 1);
    for (std::size_t i = 0; i < a.content.size(); ++i) {
      Require(a.content[i].begin < a.content[i].end);
      Require(i == 0 || a.content[i - 1].end <= a.content[i].begin);
    }
    while (!ends.empty() && ends.back() <= a.content.front().begin) ends.pop_back();
    Require(ends.empty() || a.content.back().end <= ends.back());
    ends.push_back(a.content.back().end);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kChoices = 8;
  if (size <= kChoices) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Story story;
  for (const char c : bytes.substr(kChoices)) {
    story.text.push_back(static_cast<unsigned char>(c) < 0x80 ? c : '"');
  }
  for (std::size_t at = 0; at < story.text.size();) {
    const std::size_t end = std::min(story.text.find('\n', at), story.text.size());
    if (end > at) {
      story.blocks.push_back(
          {.kind = BlockKind::kParagraph, .span = MakeSpan(at, end), .speaker = std::nullopt});
    }
    at = end + 1;
  }
  Annotate(story, bytes.substr(0, kChoices));
  Check(Finder().Find(story), story.text.size());
  return 0;
}
