// The story of the fingerprint. Whatever changes a feature changes the fingerprint.
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "events/proposal_input.h"

namespace dateline::events {

// Seven words with a tree, made by hand, so that neither the language model nor the tables have a
// part in it; the table of lemmas is not asked about auxiliaries.
std::uint64_t ProposalFingerprint() {
  struct Sample {
    std::string_view form;
    std::string_view upos;
    std::string_view deprel;
    std::uint32_t head;
  };
  constexpr std::array<Sample, 7> kWords{{{"Peru", "PROPN", "nsubj", 1},
                                          {"pulled", "AUX", "root", 1},
                                          {"down", "ADP", "compound:prt", 1},
                                          {"walls", "NOUN", "obj", 1},
                                          {"over", "ADP", "case", 5},
                                          {"Chile", "PROPN", "obl", 1},
                                          {"singing", "AUX", "xcomp", 1}}};
  Story story;
  quotes::Words words;
  for (const Sample& sample : kWords) {
    Token& token = story.tokens.emplace_back();
    token.span = MakeSpan(story.text.size(), story.text.size() + sample.form.size());
    token.lemma = sample.form;
    token.upos = sample.upos;
    token.deprel = sample.deprel;
    if (sample.head != static_cast<std::uint32_t>(story.tokens.size() - 1))
      token.head = TokenIndex{sample.head};
    story.text.append(sample.form).append(" ");
    words.words.emplace_back().form = sample.form;
  }
  const tables::FoldedTokens folded(story.text, story.tokens);
  const syntax::Lemmas lemmas;
  const PatternTable patterns;
  const quotes::CueTable cues;
  const Nations nations;
  const People people;
  const StoryView view{.story = story,
                       .words = words,
                       .folded = folded,
                       .lemmas = lemmas,
                       .patterns = patterns,
                       .cues = cues,
                       .nations = nations,
                       .people = people};
  const Range all{0, kWords.size()};
  const Actor one{.words = {0, 1}, .entity = std::nullopt, .code = "PERGOV"};
  const Actor other{.words = {5, 6}, .entity = std::nullopt, .code = "CHL"};
  Scene scene{.words = all,
              .tree = Tree(story, all, lemmas),
              .actors = {one, other},
              .actor_at = {0, {}, {}, {}, {}, 1, {}},
              .verbs = {},
              .joint = {},
              .recent = {},
              .citizen_at = {},
              .others_at = {}};
  scene.verbs.push_back(
      {.at = 1, .lemma = "pull", .group = {1, 2}, .roles = scene.tree.RolesOf(1)});
  ProposalInput input;
  ReadInput(view, scene, {.trigger = 1, .source = {0}, .target = {1}, .verb = 0}, {}, {}, input);
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const HashedFeature& feature : input.features) {
    hash = (hash ^ feature.kind) * 0x100000001B3U;
    hash = (hash ^ feature.hash) * 0x100000001B3U;
  }
  return hash;
}

}  // namespace dateline::events
