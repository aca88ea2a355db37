/// The text of a story cut up: blocks, sentences, tokens.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/span.h"

namespace dateline {

enum class BlockKind : std::uint8_t {
  kHeadline,
  kDescription,
  kDate,
  kSection,
  kByline,
  kDateline,
  kParagraph,
  kSubheading,
  kListItem,
  kQuestion,
  kAnswer,
  kUtterance,
  kCaption,
  kRelated,
  kCredit,
  kNote,
};

/// The name in the story record: "headline", "listItem" …
std::string_view BlockKindName(BlockKind kind);
std::optional<BlockKind> ParseBlockKind(std::string_view name);
/// True for the blocks a reader reads as the story: headline, description, paragraph, subheading,
/// listItem, question, answer, utterance, caption. Later stages analyse these; the others are kept
/// as they stand.
bool IsProse(BlockKind kind);
/// True for the blocks that make up schema.org's articleBody: paragraph, subheading, listItem,
/// question, answer, utterance.
bool IsBody(BlockKind kind);

/// One piece of the story's text. Blocks are sorted, do not overlap, and hold every character of
/// the text but white space and marks of layout (list bullets, "Q:", ornaments of a sub-heading).
struct Block {
  BlockKind kind = BlockKind::kParagraph;
  Span span;
  std::optional<std::string> speaker;  ///< of an utterance: the full name as first printed
  bool operator==(const Block&) const = default;
};

/// Never crosses the end of its block.
struct Sentence {
  Span span;
  BlockIndex block{};
  bool operator==(const Sentence&) const = default;
};

/// A word after Universal Dependencies. Fields a stage did not fill are absent.
/// Words of one multiword token share its letters: their spans part it, and `form` tells the word
/// where it is not the text of the span.
struct Token {
  Span span;
  SentenceIndex sentence{};
  std::optional<std::string> form;  ///< only where it differs from span.of(text)
  bool continues = false;           ///< belongs to the orthographic word of the token before: "n't"
  std::string lemma;                ///< empty: not lemmatised
  std::string upos;                 ///< Universal POS tag; empty: not tagged
  std::string feats;                ///< "Number=Sing|…"; empty: none
  std::optional<TokenIndex> head;  ///< in the same sentence; absent at the root (and when unparsed)
  std::string deprel;              ///< "root" at the root; empty: not parsed
  std::string ner;                 ///< BIO tag of the name it stands in: "B-PER"; empty: none
  bool operator==(const Token&) const = default;
};

/// The word as written in the text.
inline std::string_view FormOf(const Token& token, std::string_view text) {
  return token.form ? std::string_view(*token.form) : token.span.of(text);
}

}  // namespace dateline
