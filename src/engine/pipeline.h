/// The whole run: bytes to stories.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dateline/engine.h"
#include "engine/resources.h"
#include "names/names.h"
#include "quotes/words.h"

namespace dateline::engine {

/// What stages hand on of one story beside itself.
struct Work {
  std::optional<Date> anchor;           ///< the day the story was published
  bool explain = false;                 ///< see ReadOptions::explain
  std::optional<names::Reading> words;  ///< from names to actors
  std::vector<names::Name> names;
  std::shared_ptr<const quotes::Words> read;  ///< from quotes to events
};

/// Working memory of one thread, reused from story to story.
struct Memory {
  std::optional<syntax::ParserScratch> parser;
};

/// The day the story was published, or the nearest that it says.
std::optional<Date> AnchorOf(const Article& article);

/// One step of the analysis: reads what earlier stages left in the story, adds its own.
struct Stage {
  std::string_view name;  ///< the folder of src/ it lives in
  void (*run)(const Resources& resources, Story& story, Work& work, Memory& memory);
};

/// All of them, in order.
std::span<const Stage> Stages();

/// Sets Article::in_language to what the prose is written in, where that can be told.
void MarkLanguage(Story& story);
/// Whether the story is in English, as far as is known: others are not analysed.
bool IsEnglish(const Article& article);

/// A story that has text, blocks and article, and what it is read for.
struct Task {
  Story* story = nullptr;
  bool explain = false;  ///< see ReadOptions::explain
};

/// Marks the languages and runs all stages on the English stories. `kReadTogether` at a time go
/// through each stage together, so that what a stage works with stays near; what is found in a
/// story does not depend on the others.
void Analyse(const Resources& resources, std::span<const Task> tasks, Memory& memory);

/// Reads every story of each input; see Engine::ReadAll.
std::vector<ReadResult> Run(std::span<const ReadInput> inputs, const Resources& resources,
                            Memory& memory);

}  // namespace dateline::engine
