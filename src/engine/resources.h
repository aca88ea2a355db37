/// Everything the engine loads once and then only reads.
#pragma once

#include "actors/entities.h"
#include "article/article_reader.h"
#include "coreference/resolver.h"
#include "dateline/engine.h"
#include "dateline/result.h"
#include "events/event_finder.h"
#include "html/page_reader.h"
#include "names/names.h"
#include "places/gazetteer.h"
#include "places/places.h"
#include "quotes/attributions.h"
#include "syntax/parser.h"
#include "tables/tables.h"
#include "timex/times.h"

namespace dateline::engine {

/// Immutable after Load and shared by all threads.
struct Resources {
  tables::Tables tables;
  article::Layouts layouts;
  html::PageReader html_pages;
  syntax::Parser parser;
  names::NameFinder names;
  coreference::CoreferenceResolver coreference;
  timex::TimeFinder times;
  places::PlaceFinder places;
  actors::EntityResolver entities;
  quotes::AttributionFinder attributions;
  events::EventFinder events;

  /// Without `proposals` patterns alone tell events: for training what else does.
  static Result<Resources> Load(const EngineOptions& options, bool proposals = true);
};

/// The tables alone, with the overlays of the options, where Resources::Load would find them.
Result<tables::Tables> LoadTables(const EngineOptions& options);

/// The places of the world alone, for those who name one.
Result<places::Gazetteer> LoadGazetteer(const EngineOptions& options);

}  // namespace dateline::engine
