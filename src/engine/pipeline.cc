// One story's way, from bytes to record, in the order the folders of src/ stand:
//
//   bytes ─ readers ─▶ page ─ text ─▶ normalised text ─ article ─▶ blocks and article fields
//         ─ syntax ─▶ sentences, words, tags, trees ─ names ─▶ names ─ coreference ─▶ references
//         ─ timex ─▶ times ─ places ─▶ places ─ actors ─▶ entities
//         ─ quotes ─▶ attributions ─ events ─▶ events
//
// A story in another language than English is marked so and left at its article, as is one that
// its agency has withdrawn. Each stage is a
// function of what the earlier ones found. Nothing here knows how a stage works.
#include "engine/pipeline.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/compose.h"
#include "readers/pages.h"
#include "text/language.h"

namespace dateline::engine {
namespace {

void Parse(const Resources& resources, Story& story, Work&, Memory& memory) {
  if (!memory.parser || !resources.parser.Fits(*memory.parser)) {
    memory.parser.emplace(resources.parser.MakeScratch());
  }
  resources.parser.Annotate(story, *memory.parser);
}

void FindNames(const Resources& resources, Story& story, Work& work, Memory&) {
  work.words.emplace(resources.names.Read(story));
  work.names = resources.names.Find(*work.words);
  names::TagTokens(work.names, story);
}

/// Whether two BCP 47 codes begin with the same language: "en" and "en-GB".
bool SameLanguage(std::string_view one, std::string_view other) {
  return one.substr(0, one.find('-')) == other.substr(0, other.find('-'));
}

constexpr std::array kStages{
    Stage{"syntax", Parse},
    Stage{"names", FindNames},
    Stage{"coreference", [](const Resources& r, Story& story, Work&,
                            Memory&) { story.references = r.coreference.Resolve(story); }},
    Stage{"timex",
          [](const Resources& r, Story& story, Work& work, Memory&) {
            story.times = r.times.Find(story, work.anchor, r.places.HomeCountry(story));
          }},
    Stage{"places",
          [](const Resources& r, Story& story, Work& work, Memory&) {
            story.places = work.explain ? r.places.FindExplained(*work.words, work.names)
                                        : r.places.Find(*work.words, work.names);
          }},
    Stage{"actors",
          [](const Resources& r, Story& story, Work& work, Memory&) {
            story.entities = r.entities.Resolve(*work.words, work.names, work.anchor);
            work.words.reset();  // read by no later stage, and as large as the text
          }},
    Stage{"quotes", [](const Resources& r, Story& story, Work& work,
                       Memory&) { work.read = r.attributions.Annotate(story); }},
    Stage{"events",
          [](const Resources& r, Story& story, Work& work, Memory&) {
            story.events = r.events.Find(story, *work.read, work.anchor,
                                         work.explain ? &story.candidates : nullptr);
            work.read.reset();
          }},
};

}  // namespace

std::optional<Date> AnchorOf(const Article& article) {
  if (article.date_published) return article.date_published->date;
  if (article.date_modified) return article.date_modified->date;
  return std::nullopt;
}

std::span<const Stage> Stages() { return kStages; }

void MarkLanguage(Story& story) {
  std::string prose;
  for (const Block& block : story.blocks) {
    if (!IsProse(block.kind) || prose.size() >= text::kLanguageBytes) continue;
    prose.append(block.span.of(story.text).substr(0, text::kLanguageBytes)).append("\n");
  }
  const auto found = text::DetectLanguage(prose);
  std::optional<std::string>& stated = story.article.in_language;
  if (found && (!stated || !SameLanguage(*stated, *found))) stated = found;
}

bool IsEnglish(const Article& article) {
  return !article.in_language || SameLanguage(*article.in_language, "en");
}

void Analyse(const Resources& resources, std::span<const Task> tasks, Memory& memory) {
  std::vector<Task> english;
  for (const Task& task : tasks) {
    MarkLanguage(*task.story);
    const Article& article = task.story->article;
    if (IsEnglish(article) && !IsWithdrawn(article)) english.push_back(task);
  }
  for (std::span<const Task> rest(english); !rest.empty();) {
    const auto some = rest.first(std::min(kReadTogether, rest.size()));
    std::vector<Work> works(some.size());
    for (std::size_t i = 0; i < some.size(); ++i) {
      works[i].anchor = AnchorOf(some[i].story->article);
      works[i].explain = some[i].explain;
    }
    for (const Stage& stage : kStages) {
      for (std::size_t i = 0; i < some.size(); ++i)
        stage.run(resources, *some[i].story, works[i], memory);
    }
    rest = rest.subspan(some.size());
  }
}

namespace {

/// The stories of an input, not yet analysed.
ReadResult Compose(const ReadInput& input, const Resources& resources) {
  const ReadOptions& options = input.options;
  auto read = readers::ReadAllPages(input.bytes, {.format = options.format,
                                                  .context = options.context,
                                                  .columns = options.columns,
                                                  .max_body_bytes = options.max_body_bytes});
  ReadResult result{.stories = {}, .problems = std::move(read.problems)};
  for (const readers::Page& page : read.pages) {
    auto composed = ComposeStories(page, options, resources.layouts, resources.html_pages);
    if (!composed) {
      result.problems.push_back(std::move(composed).error());
      continue;
    }
    for (Story& story : *composed) {
      if (options.date && !AnchorOf(story.article))
        story.article.date_published =
            DateTime{.date = *options.date, .time = {}, .utc_offset = {}};
      story.source.index = options.first_index + static_cast<std::uint32_t>(result.stories.size());
      result.stories.push_back(std::move(story));
    }
  }
  return result;
}

}  // namespace

std::vector<ReadResult> Run(std::span<const ReadInput> inputs, const Resources& resources,
                            Memory& memory) {
  std::vector<ReadResult> results;
  results.reserve(inputs.size());
  for (const ReadInput& input : inputs) results.push_back(Compose(input, resources));
  std::vector<Task> tasks;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const ReadOptions& options = inputs[i].options;
    if (!options.analyse) continue;
    for (Story& story : results[i].stories)
      tasks.push_back({.story = &story, .explain = options.explain});
  }
  Analyse(resources, tasks, memory);
  return results;
}

}  // namespace dateline::engine
