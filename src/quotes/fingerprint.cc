// The story of the fingerprint: six words with a tree, made by hand, so that neither the language
// model nor the tables have a part in it. Whatever changes a feature changes the fingerprint.
#include <algorithm>
#include <array>

#include "quotes/features.h"
#include "quotes/verdict.h"

namespace dateline::quotes {
namespace {

struct Sample {
  std::string_view form;
  std::string_view lemma;
  std::string_view upos;
  std::string_view deprel;
  std::uint32_t head;  // kNoNode: the root
};
constexpr std::array<Sample, 8> kWords{{{"\"", "\"", "PUNCT", "punct", 1},
                                        {"Yes", "yes", "INTJ", "ccomp", 5},
                                        {",", ",", "PUNCT", "punct", 5},
                                        {"\"", "\"", "PUNCT", "punct", 1},
                                        {"Lee", "Lee", "PROPN", "nsubj", 5},
                                        {"said", "say", "VERB", "root", kNoNode},
                                        {"then", "then", "ADV", "advmod", 5},
                                        {".", ".", "PUNCT", "punct", 5}}};

Story SampleStory() {
  Story story;
  for (const Sample& sample : kWords) {
    Token token;
    token.span = MakeSpan(story.text.size(), story.text.size() + sample.form.size());
    token.lemma = sample.lemma;
    token.upos = sample.upos;
    token.deprel = sample.deprel;
    token.feats = sample.upos == "VERB" ? "Mood=Ind|Tense=Past|VerbForm=Fin" : "";
    if (sample.head != kNoNode) token.head = TokenIndex{sample.head};
    story.tokens.push_back(std::move(token));
    story.text.append(sample.form).append(" ");
  }
  const Span all = MakeSpan(0, story.text.size());
  story.blocks.push_back({.kind = BlockKind::kParagraph, .span = all, .speaker = std::nullopt});
  story.sentences.push_back({.span = all, .block = BlockIndex{0}});
  return story;
}

std::uint64_t Fold(std::uint64_t hash, const Features& features) {
  for (const std::uint32_t feature : features.all()) {
    hash = (hash ^ feature) * 0x100000001B3U;
  }
  return hash;
}

}  // namespace

std::uint64_t FeatureFingerprint() {
  const Story story = SampleStory();
  const Lexicon lexicon;
  const Reading reading = ReadStory(story, lexicon);
  WordGroups groups;
  for (const Sample& sample : kWords) groups.words.push_back(HashOf(sample.lemma));
  std::ranges::sort(groups.words);
  groups.broad.push_back(0);
  for (std::size_t i = 0; i < groups.words.size(); ++i) {
    groups.groups.push_back(static_cast<std::uint16_t>(i + 1));
    groups.broad.push_back(static_cast<std::uint8_t>(i / 2 + 1));
  }
  const Graph graph = MakeGraph(reading, lexicon, groups);
  const CueLevels levels{.words = {0, 1, 0, 0, 0, 4, 2, 0},
                         .frames = std::vector<std::uint8_t>(reading.frames.size(), 1)};
  Features features;
  std::uint64_t hash = 0xCBF29CE484222325U;
  Scene scene;
  SetScene(reading, graph, levels, 5, scene);
  for (std::uint32_t at = 0; at < kWords.size(); ++at) {
    CueFeatures(graph, at, features);
    hash = Fold(hash, features);
    WordFeatures(graph, levels, scene, at, features);
    hash = Fold(hash, features);
    GapFeatures(graph, scene, at, features);
    hash = Fold(hash, features);
  }
  const std::vector<Candidate> candidates{{.head = 5,
                                           .cue = {5, 6},
                                           .source = {{4, 5}},
                                           .content = {{0, 4}},
                                           .cue_score = 2,
                                           .doubt = 0.25,
                                           .score = 0},
                                          {.head = 6,
                                           .cue = {6, 7},
                                           .source = {},
                                           .content = {{1, 2}},
                                           .cue_score = -1,
                                           .doubt = 2,
                                           .score = 0}};
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    VerdictFeatures(graph, candidates, i, features);
    hash = Fold(hash, features);
  }
  return hash;
}

}  // namespace dateline::quotes
