#include "archive/event_reader.h"

#include <utility>

namespace dateline::archive {
namespace {

std::string_view ViewOf(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

}  // namespace

std::size_t CountOf(const Facts& facts, FactList list) {
  return facts[list].size() / kFactLayouts[static_cast<std::size_t>(list)].fields;
}

Result<void> EventReader::Open(std::int64_t story) {
  if (story == story_) return {};
  story_ = 0;
  DATELINE_TRY(facts_, store_.LoadFacts(story));
  story_ = story;
  return {};
}

const Row& EventReader::KindOf(std::size_t event) {
  return store_.lookups().kinds.RowOf(Event(event)[0]);
}

std::string_view EventReader::Cameo(std::size_t event) { return ViewOf(KindOf(event)[0]); }

int EventReader::Quad(std::size_t event) { return static_cast<int>(NumberOf(KindOf(event)[3])); }

double EventReader::Goldstein(std::size_t event) { return RealOf(KindOf(event)[4]).value_or(0); }

std::string_view EventReader::Status(std::size_t event) { return CodeOf(Event(event)[1]); }

double EventReader::Confidence(std::size_t event) {
  constexpr double kThousand = 1000;
  return Event(event)[8] / kThousand;
}

std::string_view EventReader::Day(std::size_t event) {
  const std::int64_t term = Event(event).Two(2);
  return term == 0 ? std::string_view() : ViewOf(store_.lookups().terms.RowOf(term)[0]);
}

const Row* EventReader::SpotOf(std::size_t event) {
  const std::int64_t spot = Event(event).Two(4);
  return spot == 0 ? nullptr : &store_.lookups().spots.RowOf(spot);
}

std::int64_t EventReader::PlaceName(std::size_t event) {
  const Row* spot = SpotOf(event);
  return spot == nullptr ? 0 : NumberOf((*spot)[0]);
}

std::string_view EventReader::PlaceCountry(std::size_t event) {
  const Row* spot = SpotOf(event);
  return spot == nullptr ? std::string_view() : ViewOf((*spot)[1]);
}

std::optional<EventReader::Position> EventReader::Where(std::size_t event) {
  const Row* spot = SpotOf(event);
  if (spot == nullptr) return std::nullopt;
  const auto lat = RealOf((*spot)[3]);
  const auto lon = RealOf((*spot)[4]);
  return lat && lon ? std::optional(Position{*lat, *lon}) : std::nullopt;
}

std::string_view EventReader::Name(std::int64_t name) {
  return ViewOf(store_.lookups().names.RowOf(name)[0]);
}

std::string_view EventReader::CodeOf(std::uint32_t code) {
  return code == 0 ? std::string_view() : ViewOf(store_.lookups().codes.RowOf(code)[0]);
}

std::int64_t EventReader::NameOf(const FactItem& actor) const {
  const std::uint32_t entity = actor[2];
  const bool known = entity > 0 && entity <= CountOf(facts_, FactList::kEntities);
  return known ? FactItem(facts_, FactList::kEntities, entity - 1).Two(1) : actor.Two(4);
}

}  // namespace dateline::archive
