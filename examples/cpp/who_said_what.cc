// Prints who said what in the story on standard input.
#include <dateline/dateline.h>

#include <iostream>
#include <iterator>
#include <string>

namespace {

std::string SpeakerOf(const dateline::Story& story, const dateline::Attribution& attribution) {
  if (attribution.entity) return story.entities[dateline::Raw(*attribution.entity)].name;
  return attribution.source.empty() ? "somebody"
                                    : std::string(attribution.source.front().of(story.text));
}

}  // namespace

int main() {
  const auto engine = dateline::Engine::Open({});
  if (!engine) {
    std::cerr << engine.error().Text() << '\n';
    return 2;
  }
  const std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
  dateline::Scratch scratch;
  const auto stories = engine->Read(bytes, {.path = "-"}, scratch);
  if (!stories) {
    std::cerr << stories.error().Text() << '\n';
    return 1;
  }
  for (const dateline::Story& story : *stories) {
    for (const dateline::Attribution& attribution : story.attributions) {
      std::cout << SpeakerOf(story, attribution) << ':';
      for (const dateline::Span span : attribution.content) std::cout << ' ' << span.of(story.text);
      std::cout << '\n';
    }
  }
}
