#include "actors/speakers.h"

#include <string_view>

namespace dateline::actors {
namespace {

/// A quotation's number by token (0: none), paragraph by paragraph.
struct Quotations {
  std::vector<std::uint32_t> of_token;
  std::uint32_t count = 0;
};

Quotations FindQuotations(const Story& story) {
  Quotations found{.of_token = std::vector<std::uint32_t>(story.tokens.size())};
  std::uint32_t open = 0;
  std::size_t block = ~std::size_t{0};
  for (std::size_t i = 0; i < story.tokens.size(); ++i) {
    const std::size_t here = Raw(story.sentences[Raw(story.tokens[i].sentence)].block);
    if (here != block) open = 0;
    block = here;
    const std::string_view form = FormOf(story.tokens[i], story.text);
    const bool straight = form == "\"" || form == "''" || form == "``";
    if (open != 0 && (straight || form == "”")) {
      open = 0;
    } else if (open == 0 && (straight || form == "“")) {
      open = ++found.count;
    }
    found.of_token[i] = open;
  }
  return found;
}

}  // namespace

std::vector<std::optional<std::uint32_t>> FindSpeakers(const Story& story,
                                                       const names::Reading& reading,
                                                       const World& world) {
  const Quotations quotations = FindQuotations(story);
  const auto& of_token = quotations.of_token;
  std::vector<std::optional<std::uint32_t>> by_sentence(story.sentences.size());
  for (std::uint32_t i = 0; i < story.tokens.size(); ++i) {
    const Token& token = story.tokens[i];
    if (!token.deprel.starts_with("nsubj") || !token.head || of_token[i] != 0) continue;
    const auto verb = static_cast<std::uint32_t>(Raw(*token.head));
    auto& speaker = by_sentence[Raw(token.sentence)];
    if (of_token[verb] == 0 && world.Is(reading.Folded(verb), WordKind::kSpeech) && !speaker)
      speaker = i;
  }
  std::vector<std::optional<std::uint32_t>> by_quotation(quotations.count + 1);
  for (std::uint32_t i = 0; i < story.tokens.size(); ++i) {
    auto& speaker = by_quotation[of_token[i]];
    if (of_token[i] != 0 && !speaker) speaker = by_sentence[Raw(story.tokens[i].sentence)];
  }
  for (std::size_t q = 2; q < by_quotation.size(); ++q) {
    if (!by_quotation[q]) by_quotation[q] = by_quotation[q - 1];
  }
  std::vector<std::optional<std::uint32_t>> speakers(story.tokens.size());
  for (std::size_t i = 0; i < speakers.size(); ++i) {
    if (of_token[i] != 0) speakers[i] = by_quotation[of_token[i]];
  }
  return speakers;
}

}  // namespace dateline::actors
