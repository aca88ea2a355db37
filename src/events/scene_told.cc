#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "actors/roles.h"
#include "events/scene_parts.h"

// How often the text before a sentence tells of which country.

namespace dateline::events {
namespace {

void NoteTold(const MentionTold& mention, std::size_t weight, std::vector<CountryTold>& lands) {
  auto land = std::ranges::find(lands, mention.country, &CountryTold::country);
  if (land == lands.end()) land = lands.insert(land, {.country = mention.country});
  ++land->times;
  if (mention.named) ++land->named;
  if (mention.insurgent) ++land->insurgents;
  land->weight += weight;
}

/// Of the countries spoken of lately the one that is told most, if often.
std::string MostToldBut(const Scene& scene, std::string_view but) {
  constexpr std::size_t kOften = 3;
  std::size_t most = kOften - 1;
  const std::string* found = nullptr;
  for (const CountryTold& land : std::span(scene.told).first(scene.recent.size())) {
    if (land.times <= most || *land.country == but) continue;
    most = land.times;
    found = land.country;
  }
  return found == nullptr ? std::string() : *found;
}

/// The country that a mention of the entity speaks of.
const std::string* CountrySpokenOf(const Entity& entity) {
  const bool press = entity.actor && std::string_view(*entity.actor).substr(0, 6).ends_with("MED");
  return entity.country && !press ? &*entity.country : nullptr;
}

}  // namespace

std::string TornLand(std::span<const CountryTold> lands) {
  constexpr std::size_t kEnough = 2;
  const auto most = std::ranges::max_element(lands, {}, &CountryTold::named);
  if (most == lands.end() || most->insurgents < kEnough) return {};
  const bool alone = std::ranges::all_of(lands, [&](const CountryTold& land) {
    return land.country == most->country || land.named <= most->insurgents;
  });
  return alone ? *most->country : std::string();
}

void ReadRecent(const StoryView& view, Scene& scene) {
  constexpr std::size_t kFar = 60;  ///< mentions looked back over
  constexpr std::size_t kEnough = 4;
  constexpr std::size_t kHalf = 6;  ///< a mention that far back counts half
  constexpr std::size_t kNear = 600;
  const auto& mentions = view.words.mentions;
  const auto first = std::ranges::lower_bound(mentions, view.word(scene.words.begin).span.begin, {},
                                              [](const auto& m) { return m.span.begin; });
  auto at = static_cast<std::size_t>(first - mentions.begin());
  for (std::size_t seen = 0; at > 0 && seen < kFar; ++seen) {
    const MentionTold& mention = view.told[--at];
    if (mention.country != nullptr) NoteTold(mention, 1000 * kHalf / (kHalf + seen), scene.told);
  }
  scene.torn = TornLand(scene.told);
  std::ranges::stable_sort(scene.told, std::ranges::greater{}, &CountryTold::weight);
  for (const CountryTold& land : scene.told) {
    if (scene.recent.size() < kEnough) scene.recent.push_back(*land.country);
    if (land.weight >= kNear) ++scene.near;
    if (land.named > 0 && scene.acting.size() < kEnough) scene.acting.push_back(*land.country);
  }
  scene.theme = MostToldBut(scene, {});
  scene.rival = MostToldBut(scene, scene.theme);
}

std::vector<MentionTold> CountriesTold(const Story& story, const quotes::Words& words) {
  std::unordered_map<std::string_view, const std::string*> same;
  std::vector<MentionTold> by_entity(story.entities.size());
  for (std::size_t i = 0; i < by_entity.size(); ++i) {
    const Entity& entity = story.entities[i];
    const std::string* country = CountrySpokenOf(entity);
    if (country == nullptr) continue;
    by_entity[i] = {.country = same.emplace(*country, country).first->second,
                    .named = entity.type != EntityType::kPlace,
                    .insurgent = actors::IsInsurgent(actors::RoleOf(entity))};
  }
  std::vector<MentionTold> told;
  told.reserve(words.mentions.size());
  for (const auto& mention : words.mentions) told.push_back(by_entity[Raw(mention.entity)]);
  return told;
}

std::string_view MostTold(std::span<const MentionTold> told) {
  constexpr std::size_t kEnough = 3;
  std::size_t all = 0;
  std::unordered_map<const std::string*, std::size_t> times;
  for (const MentionTold& mention : told) {
    if (mention.country == nullptr) continue;
    ++all;
    ++times[mention.country];
  }
  for (const auto& [country, often] : times) {
    if (often >= kEnough && 2 * often > all) return *country;
  }
  return {};
}

}  // namespace dateline::events
