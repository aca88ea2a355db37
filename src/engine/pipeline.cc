// One story's way, from bytes to record, in the order the folders of src/ stand:
//
//   bytes ─ readers ─▶ page ─ text ─▶ normalised text ─ article ─▶ blocks and article fields
//         ─ text ─▶ sentences and words ─ syntax ─▶ lemmas ─ names ─▶ names
//         ─ timex ─▶ times ─ places ─▶ places ─ actors ─▶ entities
//         ─ quotes ─▶ attributions ─ events ─▶ events
//
// Each stage is a function of what the earlier ones found. Nothing here knows how a stage works.
#include "engine/pipeline.h"

#include <optional>
#include <utility>

#include "engine/compose.h"
#include "readers/pages.h"
#include "text/tokenize.h"

namespace dateline::engine {
namespace {

/// The day the story was published, or the nearest the text says.
std::optional<Date> AnchorOf(const Article& article) {
  if (article.date_published) return article.date_published->date;
  if (article.date_modified) return article.date_modified->date;
  return std::nullopt;
}

void Analyse(const Resources& resources, Story& story) {
  const std::optional<Date> anchor = AnchorOf(story.article);
  text::Tokenized cut = text::Tokenize(story.text, story.blocks);
  story.sentences = std::move(cut.sentences);
  story.tokens = std::move(cut.tokens);
  resources.lemmas.Annotate(story);
  const std::vector<names::Name> names = resources.names.Find(story);
  names::TagTokens(names, story);
  story.times = resources.times.Find(story, anchor);
  story.places = resources.places.Find(story, names);
  story.entities = resources.entities.Resolve(story, names, anchor);
  story.attributions = resources.attributions.Find(story);
  story.events = resources.events.Find(story, anchor);
}

}  // namespace

Result<std::vector<Story>> Run(std::string_view bytes, const ReadOptions& options,
                               const Resources& resources) {
  DATELINE_TRY(const auto pages, readers::ReadPages(bytes, options.format));
  std::vector<Story> stories;
  for (const readers::Page& page : pages) {
    DATELINE_TRY(auto composed, ComposeStories(page, options, resources.layouts));
    for (Story& story : composed) {
      story.source.index = options.first_index + static_cast<std::uint32_t>(stories.size());
      if (options.analyse) Analyse(resources, story);
      stories.push_back(std::move(story));
    }
  }
  return stories;
}

}  // namespace dateline::engine
