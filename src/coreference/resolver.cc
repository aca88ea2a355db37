// Phrases are read in order. Each is scored as the opening of a new chain and as a link to every
// candidate before it; the best score decides. Scores are sums of whole numbers.
#include "coreference/resolver.h"

#include <utility>

#include "base/mapped_file.h"
#include "coreference/ranker.h"
#include "coreference/search.h"

namespace dateline::coreference {

struct CoreferenceResolver::Impl {
  Words words;
  base::MappedFile file;
  Ranker ranker;
};

namespace {

/// The index of the best candidate + 1; 0 when a new chain is better.
std::size_t Best(const Ranker& ranker, const Scene& scene, std::uint32_t phrase, std::uint32_t seen,
                 std::span<const std::uint32_t> earlier, const Chains& chains, Features& features) {
  features.clear();
  AddOpening(scene, phrase, seen, features);
  std::int32_t top = ranker.Score(features);
  std::size_t best = 0;
  for (std::size_t k = 0; k < earlier.size(); ++k) {
    const std::int32_t score = ScoreLink(ranker, scene, phrase, earlier[k], chains.Of(earlier[k]));
    if (score <= top) continue;
    top = score;
    best = k + 1;
  }
  return best != 0 ? best : CertainLink(scene, phrase, earlier);
}

}  // namespace

Result<CoreferenceResolver> CoreferenceResolver::Load(const tables::Tables& tables,
                                                      const std::filesystem::path& weights) {
  DATELINE_TRY(auto words, Words::Load(tables));
  DATELINE_TRY(auto file, base::MappedFile::Open(weights));
  auto ranker = Ranker::Open(file.view());
  if (!ranker) return Fail(ranker.error().code, ranker.error().message, weights.string());
  CoreferenceResolver resolver;
  resolver.impl_ = std::make_shared<const Impl>(
      Impl{.words = std::move(words), .file = std::move(file), .ranker = *ranker});
  return resolver;
}

std::vector<Reference> CoreferenceResolver::Resolve(const Story& story) const {
  const Scene scene = MakeScene(story, impl_->words, impl_->ranker.classes());
  const std::vector<Phrase>& phrases = scene.found.phrases;
  Chains chains(scene);
  Candidates candidates(scene);
  Features features;
  std::vector<Reference> references;
  references.reserve(phrases.size());
  for (std::uint32_t i = 0; i < phrases.size(); ++i) {
    const auto earlier = candidates.Of(i);
    const std::size_t best =
        Best(impl_->ranker, scene, i, candidates.seen(), earlier, chains, features);
    if (best == 0) {
      chains.Open();
    } else {
      chains.Join(earlier[best - 1]);
    }
    const Phrase& phrase = phrases[i];
    references.push_back({.first = TokenIndex{phrase.first},
                          .last = TokenIndex{phrase.last},
                          .head = TokenIndex{phrase.head},
                          .kind = phrase.kind,
                          .chain = chains.chain_of()[i]});
  }
  return references;
}

}  // namespace dateline::coreference
