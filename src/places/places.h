/// Toponyms to places: gazetteer look-up, countries, metonyms.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dateline/result.h"
#include "dateline/story.h"
#include "names/names.h"
#include "places/ranker.h"
#include "tables/tables.h"

namespace dateline::places {

/// A place with everything that its name might have meant: for those who ask why.
struct Explained {
  Place place;
  std::vector<Ranked> alternatives;  ///< the best first; empty for a place no table has
};

class PlaceFinder {
 public:
  /// `towns` holds the table "places/gazetteer", `tables` all others.
  static Result<PlaceFinder> Load(const tables::Tables& tables, const tables::Tables& towns);
  /// Sorted by begin. `literal` is false where a capital or country stands for its government
  /// ("Moscow denied") or modifies ("Russian troops"). Thread-safe.
  [[nodiscard]] std::vector<Place> Find(const names::Reading& reading,
                                        const std::vector<names::Name>& names) const;
  /// The same places with Place::score and Place::alternatives.
  [[nodiscard]] std::vector<Place> FindExplained(const names::Reading& reading,
                                                 const std::vector<names::Name>& names) const;
  /// The same places, with all that the ranker knows of their alternatives.
  [[nodiscard]] std::vector<Explained> Explain(const names::Reading& reading,
                                               const std::vector<names::Name>& names) const;

  /// The country that the story's outlet writes for, told by its address or name (ISO 3166-1
  /// alpha-3); empty where neither tells.
  [[nodiscard]] std::string HomeCountry(const Story& story) const;

  struct Impl;  ///< opaque

 private:
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::places
