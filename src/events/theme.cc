#include "events/theme.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace dateline::events {
namespace {

constexpr std::size_t kArticle = 5;  ///< sentences
constexpr int kOfName = 2;
constexpr int kOfTown = 1;
constexpr int kOfHeadline = 2;
constexpr int kOfDateline = 3;
constexpr int kEnough = 8;

bool StandsIn(const Story& story, Span span, BlockKind kind) {
  return std::ranges::any_of(story.blocks, [&](const Block& block) {
    return block.kind == kind && block.span.Contains(span);
  });
}

std::map<std::string_view, int> WeightsOf(const Story& story) {
  std::map<std::string_view, int> weights;
  for (const Entity& entity : story.entities) {
    if (entity.type != EntityType::kCountry || !entity.country) continue;
    int& weight = weights[*entity.country];
    for (const Mention& mention : entity.mentions) {
      weight += kOfName;
      if (StandsIn(story, mention.span, BlockKind::kHeadline)) weight += kOfHeadline;
    }
  }
  for (const Place& place : story.places) {
    if (!place.country || place.precision == PlacePrecision::kCountry) continue;
    weights[*place.country] +=
        StandsIn(story, place.span, BlockKind::kDateline) ? kOfDateline : kOfTown;
  }
  return weights;
}

}  // namespace

std::optional<EntityIndex> ThemeOf(const Story& story) {
  if (story.sentences.size() < kArticle) return std::nullopt;
  const auto weights = WeightsOf(story);
  std::string_view best;
  int most = kEnough - 1;
  bool alone = false;
  for (const auto& [country, weight] : weights) {
    if (weight < most) continue;
    alone = weight > most;
    if (alone) best = country;
    most = weight;
  }
  if (!alone || best.empty()) return std::nullopt;
  const auto theme = std::ranges::find_if(story.entities, [&](const Entity& entity) {
    return entity.type == EntityType::kCountry && entity.country == best && entity.actor &&
           !entity.mentions.empty();
  });
  if (theme == story.entities.end()) return std::nullopt;
  return static_cast<EntityIndex>(theme - story.entities.begin());
}

bool IsForTheme(std::string_view cameo) {
  constexpr std::array<std::string_view, 4> kCodes{"033", "07", "111", "160"};
  return std::ranges::any_of(kCodes, [&](auto code) { return cameo.starts_with(code); });
}

EventActor ThemeBefore(const Story& story, EntityIndex theme, Span trigger) {
  const Entity& entity = story.entities[Raw(theme)];
  Span named = entity.mentions.front().span;
  for (const Mention& mention : entity.mentions) {
    if (mention.span.begin < trigger.begin) named = mention.span;
  }
  return {.entity = theme, .actor = entity.actor.value_or(""), .span = named};
}

}  // namespace dateline::events
