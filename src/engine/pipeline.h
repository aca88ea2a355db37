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

/// What stages hand on beside the story itself; belongs to one thread, reused between stories.
struct Work {
  std::optional<Date> anchor;           ///< the day the story was published
  bool explain = false;                 ///< see ReadOptions::explain
  std::optional<names::Reading> words;  ///< of the story in hand, from names to actors
  std::vector<names::Name> names;
  std::shared_ptr<const quotes::Words> read;  ///< of the story in hand, from quotes to events
  std::optional<syntax::ParserScratch> parser;
};

/// The day the story was published, or the nearest that it says.
std::optional<Date> AnchorOf(const Article& article);

/// One step of the analysis: reads what earlier stages left in the story, adds its own.
struct Stage {
  std::string_view name;  ///< the folder of src/ it lives in
  void (*run)(const Resources& resources, Story& story, Work& work);
};

/// All of them, in order.
std::span<const Stage> Stages();

/// Sets Article::in_language to what the prose is written in, where that can be told.
void MarkLanguage(Story& story);
/// Whether the story is in English, as far as is known: others are not analysed.
bool IsEnglish(const Article& article);

/// Marks the language and, for English, runs all stages on a story that has text, blocks and
/// article.
void Analyse(const Resources& resources, Story& story, Work& work);

/// Reads every story in `bytes`; see Engine::ReadAll.
ReadResult Run(std::string_view bytes, const ReadOptions& options, const Resources& resources,
               Work& work);

}  // namespace dateline::engine
