/// Stories for the tests of this folder, and their places in print. Only for tests.
#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/story.h"
#include "names/names.h"
#include "places/places.h"
#include "syntax/testing/shared_parser.h"
#include "tables/tables.h"

namespace dateline::places::testing {

inline tables::Tables LoadTables(std::string_view name) {
  auto loaded =
      tables::Tables::Load(std::string(DATELINE_BUILD_DIR "/share/dateline/").append(name), {});
  if (!loaded) throw std::runtime_error(loaded.error().Text());
  return *std::move(loaded);
}

struct Finders {
  names::NameFinder names;
  PlaceFinder places;
};

inline const Finders& SharedFinders() {
  static const Finders kFinders = [] {
    const tables::Tables tables = LoadTables("dateline.tables");
    auto names = names::NameFinder::Load(tables);
    auto places = PlaceFinder::Load(tables, LoadTables("gazetteer.tables"));
    if (!names || !places) throw std::runtime_error("the finders cannot be loaded");
    return Finders{*std::move(names), *std::move(places)};
  }();
  return kFinders;
}

/// Adds a block behind those there are.
inline void AddBlock(BlockKind kind, std::string_view text, Story& story) {
  if (text.empty()) return;
  const std::size_t begin = story.text.size();
  story.text.append(text).append("\n\n");
  story.blocks.push_back({kind, MakeSpan(begin, begin + text.size()), {}});
}

/// A story of one paragraph; `dateline` and `url` may be empty.
inline Story MakeStory(std::string_view text, std::string_view dateline = {},
                       std::string_view url = {}) {
  Story story;
  AddBlock(BlockKind::kDateline, dateline, story);
  AddBlock(BlockKind::kParagraph, text, story);
  if (!url.empty()) story.article.url = std::string(url);
  syntax::testing::Annotate(story);
  return story;
}

inline std::vector<Place> FindPlaces(const Story& story) {
  const Finders& finders = SharedFinders();
  const names::Reading words = finders.names.Read(story);
  return finders.places.Find(words, finders.names.Find(words));
}

/// "Paris | Paris, Texas, USA | place"; "-" for what no table has; "stands for it" where it is not
/// meant as a place.
inline std::string Print(const Place& place, std::string_view text) {
  std::string where = place.lat ? place.name : "-";
  if (place.admin1 && *place.admin1 != place.name) where += ", " + *place.admin1;
  if (place.country) where += ", " + *place.country;
  return fmt::format("{} | {} | {}", place.span.of(text), where,
                     place.literal ? "place" : "stands for it");
}

inline std::string Print(const Story& story) {
  std::string out;
  for (const Place& place : FindPlaces(story)) out += Print(place, story.text) + "\n";
  return out;
}

}  // namespace dateline::places::testing
