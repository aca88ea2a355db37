#include "actors/origins.h"

#include <algorithm>
#include <array>
#include <string>

#include "actors/roles.h"

namespace dateline::actors {

using names::Name;
using names::NameType;
using names::TokenRange;

namespace {

template <std::size_t kCount>
bool IsOneOf(const std::array<std::string_view, kCount>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

void Origins::TakeOffice(Member& member, TokenRange range, const TitlePhrase* phrase) const {
  // "Prime Minister Sheikh Hasina": a title that is part of the name.
  const bool titled = phrase != nullptr && phrase->title->range.first < range.first &&
                      reading_[range.first - 1].capital;
  if (member.words.size() < 2 && !titled) return;
  const std::string name =
      member.words.size() < 2 ? TextOf({range.first - 1, range.last}) : member.entity.name;
  const auto office = world_.OfficeOf(name, date_, spoken_.all(), {});
  if (!office || !spoken_.SpeaksOf(office->country)) return;
  member.entity.country = std::string(office->country);
  member.guessed = member.listed = true;
}

void Origins::TakeHome(Member& member, std::uint32_t behind) {
  // "Ana Ruiz and Bo Diaz of Chad" are both of it.
  const Name* other = behind + 1 < sentence_.last && Folded(behind) == "and"
                          ? phrases_.NameAt(behind + 1)
                          : nullptr;
  if (other != nullptr && other->type == NameType::kPer) behind = RangeOf(*other).last;
  if (behind + 1 >= sentence_.last || Folded(behind) != "of") return;
  if (TakeHouse(member, behind + 1)) return;
  const Name* name = phrases_.NameAt(behind + 1);
  if (name == nullptr || (member.entity.country && !member.guessed)) return;
  const TokenRange home = RangeOf(*name);
  if (name->type == NameType::kLoc) {
    const Place* place = PlaceAt(home);
    if (place != nullptr && place->country) ChangeCountry(member, *place->country);
  } else if (name->type == NameType::kOrg && home.size() == 1) {  // a town taken for a club
    if (const auto city = homelands_.CityIn(home)) ChangeCountry(member, std::string(*city));
  }
}

bool Origins::TakeHouse(Member& member, std::uint32_t at) {
  constexpr std::array<std::string_view, 7> kPress{"newspaper", "weekly",  "daily",  "magazine",
                                                   "paper",     "monthly", "station"};
  if (member.entity.country && !member.guessed) return false;
  if (Folded(at) == "the") ++at;
  if (at < sentence_.last && IsOneOf(kPress, Folded(at))) ++at;
  const Name* house = at < sentence_.last ? phrases_.NameAt(at) : nullptr;
  if (house == nullptr || house->type != NameType::kOrg || RangeOf(*house).size() < 2) return false;
  const auto city = homelands_.CityIn(RangeOf(*house));
  if (!city) return false;
  ChangeCountry(member, std::string(*city));
  return true;
}

void Origins::TakeNamed(Member& member, std::uint32_t at) const {
  if (at < sentence_.first + 2 || Folded(at - 1) != "as") return;
  const std::uint32_t named = at - 2;
  const auto who = HeadOf(named);
  const bool tells = Folded(named) == "named" || Folded(named) == "identified";
  if (!tells || !who || *who >= named || (member.entity.country && !member.guessed)) return;
  if (!entity_of_[*who]) {
    if (*who == sentence_.first) return;
    const auto alias = world_.AliasBefore(reading_, sentence_.first, *who - 1);
    if (alias) ChangeCountry(member, std::string(alias->country));
    return;
  }
  const Member& other = cast_[*entity_of_[*who]];
  if (!other.entity.country) return;
  ChangeCountry(member, *other.entity.country);
  if (!member.role_code.empty()) return;
  const bool person = other.entity.type == EntityType::kPerson;
  member.role_code = person ? other.role_code : RoleOf(other.entity);
}

void Origins::TakeOrigin(Member& member, std::uint32_t behind) {
  constexpr std::uint32_t kReach = 9;
  if (behind >= sentence_.last || Folded(behind) != ",") return;
  if (const auto people = CompatriotsAt(behind + 1);
      people && (!member.entity.country || member.guessed))
    return ChangeCountry(member, std::string(*people));
  if (member.entity.country) return;
  const std::uint32_t end = std::min(sentence_.last, behind + kReach);
  for (std::uint32_t i = behind + 1; i + 1 < end; ++i) {
    const std::string& pos = story_.tokens[i].upos;
    if (pos == "VERB" || pos == "AUX" || pos == "PRON") return;
    if (Folded(i) != "from") continue;
    const auto place = PlaceFrom(i + 1);
    if (place != story_.places.end() && place->country &&
        place->span.begin == reading_.SpanOf({i + 1, i + 2}).begin)
      ChangeCountry(member, *place->country);
    return;
  }
}

void Origins::TakeLed(Member& member, std::uint32_t behind) {
  constexpr std::array<std::string_view, 10> kLeads{"commands", "heads",  "leads",     "runs",
                                                    "chairs",   "headed", "commanded", "led",
                                                    "chaired",  "governs"};
  if (behind + 3 >= sentence_.last || (member.entity.country && !member.guessed)) return;
  if (Folded(behind) != "," || Folded(behind + 1) != "who" || !IsOneOf(kLeads, Folded(behind + 2)))
    return;
  if (const auto led = CountryOfLed(behind + 3)) ChangeCountry(member, std::string(*led));
}

std::optional<std::string_view> Origins::CountryOfLed(std::uint32_t at) const {
  constexpr std::uint32_t kReach = 9;
  constexpr std::array<std::string_view, 12> kGuests{
      "desk",    "delegation", "mission",  "observers", "embassy",   "office",
      "section", "team",       "campaign", "talks",     "programme", "program"};
  std::optional<std::string_view> country;
  for (std::uint32_t i = at; i < std::min(sentence_.last, at + kReach); ++i) {
    const std::string& pos = story_.tokens[i].upos;
    const bool leads_on = pos == "ADP" && Folded(i) != "of";
    if (pos == "VERB" || pos == "AUX" || leads_on || Folded(i) == ",") break;
    if (IsOneOf(kGuests, Folded(i))) return std::nullopt;
    const auto alias = country ? std::nullopt : world_.AliasAt(reading_, i, sentence_.last);
    if (alias) country = alias->country;
    if (!country && reading_[i].capital) return std::nullopt;  // a body that is known by its name
  }
  return country;
}

std::optional<std::string_view> Origins::CompatriotsAt(std::uint32_t at) const {
  if (at + 2 >= sentence_.last || (Folded(at) != "a" && Folded(at) != "an" && Folded(at) != "the"))
    return std::nullopt;
  const auto alias = world_.AliasAt(reading_, at + 1, sentence_.last);
  if (!alias || alias->kind != AliasKind::kAdjective) return std::nullopt;
  const std::uint32_t behind = at + 1 + alias->length;
  const std::string_view next = behind < sentence_.last ? Folded(behind) : std::string_view{};
  return next == "who" || next == "," || next == "whose" ? std::optional(alias->country)
                                                         : std::nullopt;
}

}  // namespace dateline::actors
