#include "actors/homelands.h"

#include <algorithm>
#include <array>
#include <ranges>

#include "actors/roles.h"

namespace dateline::actors {

using names::Name;
using names::NameType;
using names::TokenRange;

std::optional<std::string_view> Homelands::CountryOfOfficeAt(const names::Title& title,
                                                             std::string_view code) const {
  const bool office = code.starts_with("GOV") || code.starts_with("LEG") ||
                      code.starts_with("COP") || code.starts_with("JUD");
  if (!office) return std::nullopt;
  for (std::uint32_t at = title.head; at >= title.range.first && at > sentence_.first; --at) {
    const Name* name = phrases_.NameBefore(at);
    const Place* place = name != nullptr ? PlaceAt(RangeOf(*name)) : nullptr;
    if (place != nullptr && place->country) return std::string_view(*place->country);
  }
  return std::nullopt;
}

std::optional<std::string_view> Homelands::CountryAround(std::uint32_t token, bool of_state) {
  if (const auto seat = CountryOfBriefing(token)) return seat;
  if (const auto land = LandOfRegion(token)) return land;
  if (const auto land = CountryOfCommander(token); of_state && land) return land;
  const auto home = spoken_.FirmHome();
  if (of_state && home && ClosesSentence(token) && spoken_.IsHomeNamedIn(sentence_) &&
      HostileTo(token) != *home)
    return home;
  if (const auto land = of_state ? CountrySpokenTo(token) : std::nullopt) return land;
  if (!of_state) return spoken_.OfAnybody(token);
  const std::string_view not_of = NotOf(token);
  const auto state = spoken_.OfState(token, not_of);
  // "Police broke up a rally outside the Chadian embassy", where only Chad was spoken of before.
  return state || NationOfMissionNear(token).empty() ? state : HostOf(not_of);
}

std::optional<std::string_view> Homelands::HostOf(std::string_view guest) {
  const auto there = std::ranges::find_if(story_.places, [&](const Place& place) {
    return place.country && *place.country != guest &&
           reading_.SpanOf(sentence_).begin <= place.span.begin &&
           place.span.begin < reading_.SpanOf(sentence_).end;
  });
  if (there != story_.places.end()) return Lasting(*there->country);
  return std::nullopt;
}

std::optional<std::string_view> Homelands::CountryOfCommander(std::uint32_t token) {
  constexpr std::array<std::string_view, 14> kOrders{
      "sent",   "dispatched", "appointed", "named",   "sacked",   "dismissed",  "fired",
      "orders", "ordered",    "sends",     "recalls", "recalled", "instructed", "replaced"};
  const auto patient = PatientAt(token);
  const auto verb = patient ? HeadOf(*patient) : std::nullopt;
  if (!verb || !IsObjectAt(*patient) || std::ranges::find(kOrders, Folded(*verb)) == kOrders.end())
    return std::nullopt;
  const auto subject = SubjectAt(*verb);
  if (!subject || !entity_of_[*subject]) return std::nullopt;
  const Member& commander = cast_[*entity_of_[*subject]];
  if (commander.entity.type == EntityType::kPerson) return CountryLed(commander);
  return commander.entity.country ? std::optional(Lasting(*commander.entity.country))
                                  : std::nullopt;
}

bool Homelands::ClosesSentence(std::uint32_t token) const {
  constexpr std::uint32_t kBehind = 6;  // "on Friday in a statement."
  constexpr std::uint32_t kLongest = 5;
  std::uint32_t first = token;
  if (first > sentence_.first && Folded(first - 1) == "the") --first;
  if (first == sentence_.first || Folded(first - 1) != ",") return false;
  std::uint32_t verb = token;
  while (verb < sentence_.last && verb - token < kLongest &&
         !world_.Is(Folded(verb), WordKind::kSpeech))
    ++verb;
  return verb < sentence_.last && world_.Is(Folded(verb), WordKind::kSpeech) &&
         sentence_.last - verb <= kBehind;
}

bool Homelands::IsRegion(std::string_view word) {
  constexpr std::array<std::string_view, 6> kRegions{"region",    "province", "enclave",
                                                     "territory", "exclave",  "statelet"};
  return std::ranges::find(kRegions, word) != kRegions.end();
}

std::optional<std::string_view> Homelands::LandOfRegion(std::uint32_t token) const {
  constexpr std::uint32_t kFar = 600;
  std::uint32_t owner = token + 1;
  if (token >= sentence_.first + 2 && Folded(token - 1) == "'s") owner = token - 2;
  if (owner + 1 >= sentence_.last || !IsRegion(Folded(owner)) || Folded(owner + 1) != "'s")
    return std::nullopt;
  const std::uint32_t end = owner > kFar ? owner - kFar : 0;
  for (std::uint32_t noun = owner; noun-- > end;) {
    const auto land = IsRegion(Folded(noun)) ? LandAround(noun) : std::nullopt;
    if (land) return land;
  }
  return std::nullopt;
}

std::optional<std::string_view> Homelands::LandAround(std::uint32_t region) const {
  constexpr std::uint32_t kReach = 4;
  if (region + 2 < reading_.size() && Folded(region + 1) == "of") {
    const auto alias = world_.AliasAt(reading_, region + 2, reading_.size());
    if (alias) return alias->country;
  }
  const std::uint32_t first = region - std::min(region, kReach);
  for (std::uint32_t at = region; at-- > first;) {
    if (story_.tokens[at].upos == "VERB" || story_.tokens[at].upos == "PUNCT") break;
    const auto alias = world_.AliasAt(reading_, at, region);
    if (alias) return alias->country;
  }
  return std::nullopt;
}

std::string_view Homelands::NotOf(std::uint32_t token) const {
  constexpr std::uint32_t kReach = 3;
  const std::uint32_t end = std::min(sentence_.last, token + kReach);
  for (std::uint32_t i = token; i < end; ++i) {
    if (world_.Is(Folded(i), WordKind::kDiplomat)) return spoken_.FirmHome().value_or("");
    if (story_.tokens[i].upos == "NOUN" || story_.tokens[i].upos == "VERB") break;
  }
  const std::string_view hostile = HostileTo(token);
  if (!hostile.empty()) return hostile;
  if (const std::string_view guest = NationOfMissionNear(token); !guest.empty()) return guest;
  const std::string_view guest = NationOfGuest(token);
  return guest.empty() ? spoken_.OfThingAbroad(sentence_) : guest;
}

bool Homelands::IsSaidBy(std::uint32_t speaker, std::uint32_t token) const {
  constexpr int kDeep = 8;
  std::optional<std::uint32_t> at = token;
  for (int up = 0; at && up < kDeep; ++up, at = HeadOf(*at)) {
    const auto over = HeadOf(*at);
    const bool said =
        over && story_.tokens[*at].deprel == "ccomp" && world_.Is(Folded(*over), WordKind::kSpeech);
    if (said && SubjectAt(*over) == speaker) return true;
  }
  return false;
}

std::string_view Homelands::NationOfGuest(std::uint32_t token) const {
  for (std::uint32_t i = sentence_.first; i < token; ++i) {
    const auto nation = NationOfDiplomat(i);
    if (nation && HeadOf(i) != token && !IsSaidBy(i, token)) return *nation;
  }
  return {};
}

std::string_view Homelands::BlamedBy(std::uint32_t participle) const {
  if (!Folded(participle).ends_with("ing") || !world_.Is(Folded(participle), WordKind::kTowards))
    return {};
  for (std::uint32_t i = participle + 1; i < sentence_.last; ++i) {
    if (HeadOf(i) != participle || !IsObjectAt(i)) continue;
    const auto blamed = world_.AliasAt(reading_, i, sentence_.last);
    if (blamed && blamed->kind != AliasKind::kAdjective) return blamed->country;
  }
  return {};
}

std::string_view Homelands::NationOfMissionNear(std::uint32_t token) const {
  constexpr std::array<std::string_view, 4> kMissions{"embassy", "consulate", "embassies",
                                                      "consulates"};
  constexpr std::array<std::string_view, 6> kNear{"outside", "near",    "at",
                                                  "around",  "towards", "of"};
  for (std::uint32_t i = token + 1; i < sentence_.last; ++i) {
    if (std::ranges::find(kMissions, Folded(i)) == kMissions.end()) continue;
    const bool near = std::ranges::any_of(std::views::iota(token + 1, i), [&](std::uint32_t at) {
      return HeadOf(at) == i && story_.tokens[at].deprel == "case" &&
             std::ranges::find(kNear, Folded(at)) != kNear.end();
    });
    const auto nation = near ? NationOfDiplomat(i) : std::nullopt;
    if (nation) return *nation;
  }
  return {};
}

std::optional<std::uint32_t> Homelands::SayingRightBehind(std::uint32_t token) const {
  for (std::uint32_t i = token; i < sentence_.last; ++i) {
    const std::string& pos = story_.tokens[i].upos;
    if (world_.Is(Folded(i), WordKind::kSpeech)) return i;
    if (pos == "VERB" || pos == "AUX" || pos == "PUNCT" || pos == "ADP") return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> Homelands::VerbOver(std::uint32_t token) const {
  constexpr int kDeep = 5;
  std::optional<std::uint32_t> verb = HeadOf(token);
  for (int up = 0; verb && up < kDeep && story_.tokens[*verb].upos != "VERB"; ++up)
    verb = HeadOf(*verb);
  return verb;
}

std::string_view Homelands::NationBelow(std::uint32_t at, bool subject, bool towards) const {
  const std::string& relation = story_.tokens[at].deprel;
  // "said the spokesman, accusing Chad of theft".
  if (subject && relation == "advcl") return BlamedBy(at);
  if (!IsObjectAt(at) && relation != "nsubj:pass") return {};
  if (const auto nation = NationOfDiplomat(at)) return *nation;
  // "The government thanked Paris".
  const auto other = towards ? world_.AliasAt(reading_, at, sentence_.last) : std::nullopt;
  return other && other->kind != AliasKind::kAdjective ? other->country : std::string_view();
}

std::string_view Homelands::HostileTo(std::uint32_t token) const {
  // "The ship had turned, the spokesman said": at times parsed as the object of the first verb.
  const auto saying = SayingRightBehind(token);
  std::optional<std::uint32_t> verb = saying;
  if (!verb) verb = VerbOver(token);
  if (!verb) return {};
  const bool subject = saying || IsSubjectOf(token, *verb);
  const bool towards = subject && world_.Is(Folded(*verb), WordKind::kTowards);
  for (std::uint32_t i = sentence_.first; i < sentence_.last; ++i) {
    if (HeadOf(i) != verb) continue;
    if (const auto nation = NationBelow(i, subject, towards); !nation.empty()) return nation;
  }
  return {};
}

bool Homelands::IsSubjectOf(std::uint32_t token, std::uint32_t verb) const {
  std::optional<std::uint32_t> noun = token;
  for (int up = 0; noun && up < 3 && HeadOf(*noun) != verb; ++up) noun = HeadOf(*noun);
  return noun && *noun < verb && story_.tokens[*noun].deprel == "nsubj";
}

const Member* Homelands::SpeakerTo(std::uint32_t token) const {
  std::optional<std::uint32_t> noun = token;
  const auto addressed = [&](std::uint32_t at) {
    return IsObjectAt(at) || story_.tokens[at].deprel == "obl";
  };
  for (int up = 0; noun && up < 3 && !addressed(*noun); ++up) noun = HeadOf(*noun);
  if (!noun || !addressed(*noun)) return nullptr;
  const auto verb = HeadOf(*noun);
  if (!verb ||
      !world_.Is(Folded(*verb), IsObjectAt(*noun) ? WordKind::kTowards : WordKind::kCallsOn))
    return nullptr;
  const auto subject = SubjectAt(*verb);
  if (!subject || !entity_of_[*subject]) return nullptr;
  return &cast_[*entity_of_[*subject]];
}

std::optional<std::string_view> Homelands::CountrySpokenTo(std::uint32_t token) {
  const Member* speaker = SpeakerTo(token);
  if (speaker == nullptr) return std::nullopt;
  const auto& country = speaker->entity.country;
  const std::string_view role =
      speaker->role_code.empty() ? RoleOf(speaker->entity) : speaker->role_code;
  if (IsOfThePeople(role) && country) return Lasting(*country);
  const auto home = spoken_.FirmHome();
  const bool abroad = home && !IsInsurgent(role) && country != std::string(*home);
  return abroad ? home : std::nullopt;
}

bool Homelands::IsObjectAt(std::uint32_t at) const {
  return story_.tokens[at].deprel == "obj" || story_.tokens[at].deprel == "iobj";
}

std::optional<std::uint32_t> Homelands::PatientAt(std::uint32_t token) const {
  std::optional<std::uint32_t> noun = token;
  const auto patient = [&](std::uint32_t at) {
    return IsObjectAt(at) || story_.tokens[at].deprel == "nsubj:pass";
  };
  for (int up = 0; noun && up < 3 && !patient(*noun); ++up) noun = HeadOf(*noun);
  return noun && patient(*noun) ? noun : std::nullopt;
}

std::optional<std::string_view> Homelands::CountryHelped(std::uint32_t owned,
                                                         std::string_view owner) const {
  constexpr std::array<std::string_view, 9> kHelps{
      "train", "trains", "trained", "training", "arm", "equip", "equipped", "advise", "advising"};
  const auto patient = PatientAt(owned);
  const auto verb = patient ? HeadOf(*patient) : std::nullopt;
  if (!verb || std::ranges::find(kHelps, Folded(*verb)) == kHelps.end()) return owner;
  const auto other = spoken_.OfState(owned, owner);
  return other ? other : std::optional(owner);
}

bool Homelands::IsPatient(std::uint32_t token) const { return PatientAt(token).has_value(); }

std::optional<std::string_view> Homelands::CountryOfPolice(std::uint32_t token) {
  const auto patient = PatientAt(token);
  const auto verb = patient ? HeadOf(*patient) : std::nullopt;
  const auto subject = verb ? SubjectAt(*verb) : std::nullopt;
  if (!subject || *subject >= token || !entity_of_[*subject]) return std::nullopt;
  const Entity& entity = cast_[*entity_of_[*subject]].entity;
  const std::string_view role = RoleOf(entity);
  if (!entity.country || (!role.starts_with("COP") && !role.starts_with("JUD")))
    return std::nullopt;
  return Lasting(*entity.country);
}

std::optional<std::string_view> Homelands::CountryOfBriefing(std::uint32_t token) const {
  constexpr std::array<std::string_view, 5> kPress{"reporters", "journalists", "briefing",
                                                   "conference", "correspondents"};
  std::uint32_t at = token;
  bool speaks = false;
  for (; at < sentence_.last && story_.tokens[at].upos != "VERB"; ++at)
    speaks |= Folded(at).starts_with("spokes");
  if (!speaks || at == sentence_.last || !world_.Is(Folded(at), WordKind::kSpeech))
    return std::nullopt;
  bool press = false;
  for (++at; at + 1 < sentence_.last && !reading_[at].capital; ++at)
    press |= std::ranges::find(kPress, Folded(at)) != kPress.end();
  const auto seat =
      press && Folded(at - 1) == "in" ? world_.AliasAt(reading_, at, sentence_.last) : std::nullopt;
  const bool capital =
      seat && (seat->kind == AliasKind::kCapital || seat->kind == AliasKind::kSeat);
  return capital ? std::optional(seat->country) : std::nullopt;
}

std::optional<std::string_view> Homelands::NationOfDiplomat(std::uint32_t noun) const {
  constexpr std::uint32_t kLongest = 5;
  if (!world_.Is(Folded(noun), WordKind::kDiplomat)) return std::nullopt;
  const std::uint32_t first = std::max(sentence_.first, noun - std::min(noun, kLongest));
  for (std::uint32_t i = noun; i-- > first;) {
    if (story_.tokens[i].upos == "VERB" || story_.tokens[i].upos == "ADP") break;
    if (const auto alias = world_.AliasAt(reading_, i, noun)) return alias->country;
  }
  return std::nullopt;
}

bool Homelands::IsPartyElsewhere(TokenRange range, std::string_view city) const {
  const auto home = spoken_.Home();
  return Folded(range.last - 1) == "party" && home && *home != city &&
         std::ranges::find(spoken_.all(), city) == spoken_.all().end();
}

std::optional<std::string_view> Homelands::CountryInOrBefore(TokenRange body) const {
  for (std::uint32_t i = body.first; i < body.last; ++i) {
    if (const auto alias = world_.AliasAt(reading_, i, body.last)) return alias->country;
  }
  if (body.first == sentence_.first) return std::nullopt;
  std::uint32_t last = body.first - 1;
  if (Folded(last) == "'s" && last > sentence_.first) --last;
  const auto alias = world_.AliasBefore(reading_, sentence_.first, last);
  return alias ? std::optional(alias->country) : std::nullopt;
}

std::optional<std::string_view> Homelands::CountryOfFighters(TokenRange body,
                                                             std::string_view code) {
  if (const auto country = CountryOfArmed(body.first)) return country;
  const auto group = world_.GroupAt(reading_, body.first, body.last);
  const bool state = group && group->length == body.size();  // "the Coast Guard"
  return state ? std::nullopt : CountryOfScene(body.last, code);
}

std::optional<std::string_view> Homelands::CountryOfRival(std::uint32_t token) {
  const auto verb = HeadOf(token);
  if (!verb || *verb < token || !story_.tokens[token].deprel.starts_with("nsubj") ||
      !world_.Is(Folded(*verb), WordKind::kTowards))
    return std::nullopt;
  for (std::uint32_t i = *verb + 1; i < sentence_.last; ++i) {
    if (HeadOf(i) != verb || !IsObjectAt(i) || story_.tokens[i].upos != "PROPN") continue;
    const auto rival = cast_.FindPerson({std::string(Folded(i))}, Gender::kUnknown);
    if (!rival || !cast_[*rival].entity.country) return std::nullopt;
    return Lasting(*cast_[*rival].entity.country);
  }
  return std::nullopt;
}

std::optional<std::string_view> Homelands::CountryOfBody(TokenRange range, std::string_view code) {
  const bool of_state = IsOfState(code) || code == "CVL";
  if (const auto told = CountryInOrBefore(range)) return told;
  if (const auto owner = CountryOfPronoun(range.first)) return owner;
  if (const auto rival = code == "PTY" ? CountryOfRival(range.last - 1) : std::nullopt)
    return rival;
  if (const auto described = CountryDescribed(range)) return described;
  const auto city = CityIn(range);
  // A brigade is called after anything: "the Wadi Brigade" is not of the Wadi of a land that the
  // story never speaks of.
  const bool armed = IsArmed(code) || HasFighters(range.first);
  const bool strange = armed && !(city && spoken_.SpeaksOf(*city));
  if (strange) {
    if (const auto country = CountryOfFighters(range, code)) return country;
  }
  if (city && !strange && !(of_state && IsPartyElsewhere(range, *city))) return city;
  if (IsAbroad(range)) return std::nullopt;
  return CountryAround(range.first, of_state);
}

bool Homelands::HasFighters(std::uint32_t body) const {
  std::uint32_t at = body;
  if (at > sentence_.first && Folded(at - 1) == "the") --at;
  if (at < sentence_.first + 2 || Folded(at - 1) != "of") return false;
  const auto group = world_.GroupAt(reading_, at - 2, sentence_.last);
  return group && IsArmed(group->actor);
}

std::optional<std::string_view> Homelands::CountryDescribed(TokenRange body) const {
  constexpr std::uint32_t kReach = 10;
  constexpr std::uint32_t kShort = 4;
  std::uint32_t at = body.last;
  if (at < sentence_.last && Folded(at) == "(") {
    const std::uint32_t end = std::min(sentence_.last, at + kShort);
    while (at < end && Folded(at) != ")") ++at;
    ++at;
  }
  if (at + 2 >= sentence_.last || Folded(at) != ",") return std::nullopt;
  std::optional<std::string_view> country;
  bool band = false;
  const std::uint32_t end = std::min(sentence_.last, at + kReach);
  for (++at; at < end; ++at) {
    const std::string& pos = story_.tokens[at].upos;
    if (pos == "PUNCT" && Folded(at) != "-") return band ? country : std::nullopt;
    if (pos == "PRON" || pos == "VERB" || pos == "AUX") break;  // "… Front, a Danish ship sank"
    if (!country) country = CountryAsOwner(at);
    band = band || IsBand(at);
  }
  return std::nullopt;
}

std::optional<std::string_view> Homelands::CountryAsOwner(std::uint32_t at) const {
  const bool owns = at + 1 < sentence_.last && Folded(at + 1) == "'s";
  if (owns && (Folded(at) == "country" || Folded(at) == "nation")) return spoken_.OfState(at);
  const auto alias = world_.AliasAt(reading_, at, sentence_.last);
  if (!alias) return std::nullopt;
  const std::uint32_t behind = at + alias->length;
  const bool possessor = behind < sentence_.last && Folded(behind) == "'s";
  return possessor || alias->kind == AliasKind::kAdjective ? std::optional(alias->country)
                                                           : std::nullopt;
}

bool Homelands::IsBand(std::uint32_t at) const {
  if (reading_[at].capital) return false;
  if (world_.Is(Folded(at), WordKind::kBand) || reading_.Is(at, names::kOrgWord)) return true;
  const auto group = world_.GroupAt(reading_, at, sentence_.last);
  return group && (group->actor.starts_with("UAF") || IsInsurgent(group->actor));
}

std::optional<std::string_view> Homelands::CityIn(TokenRange range) const {
  if (const auto city = CityAt(range.first, range.last)) return city;
  for (std::uint32_t i = range.first + 1; i + 1 < range.last; ++i) {
    if (Folded(i) == "of") return CityAt(i + 1, range.last);
  }
  return std::nullopt;
}

std::optional<std::string_view> Homelands::CityAt(std::uint32_t at, std::uint32_t end,
                                                  bool body) const {
  constexpr names::WordFlags kOrdinary = names::kCommon | names::kOrgWord | names::kGroup;
  const auto home = spoken_.Home();
  const auto town = world_.TownAt(reading_, at, end, home.value_or(""));
  if (!town || town->country == home) return town ? home : std::nullopt;
  // "Colorado Party", in a story of Paraguay that mentions Washington.
  const bool itself = town->province && end == at + 1;  // "Darfur", taken for a body
  if (body && spoken_.Likely() && !town->large && !itself && !spoken_.SpeaksMuchOf(town->country))
    return std::nullopt;
  const bool meant =
      spoken_.SpeaksOf(town->country) || (reading_.FlagsOf(Folded(at)) & kOrdinary) == 0;
  return meant ? std::optional(town->country) : std::nullopt;
}

bool Homelands::IsAbroad(TokenRange range) const {
  constexpr std::array<std::string_view, 11> kAbroad{
      "international", "world",   "global",  "united", "inter", "pan",
      "european",      "african", "pacific", "arab",   "asian"};
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    if (std::ranges::find(kAbroad, Folded(i)) != kAbroad.end()) return true;
  }
  return false;
}

std::optional<std::string_view> Homelands::CountryTold(std::uint32_t begin, TokenRange group,
                                                       std::string_view code) {
  auto country = CountryOfPronoun(begin);
  if (!country) country = CountryRightBefore(begin);
  if (!country) country = CountryOfNamed(begin, code);
  if (!country) country = CountryOfPlaceBefore(begin, code);
  return country ? country : NationalGroup(group);
}

std::optional<std::string_view> Homelands::CountryToldBehind(std::uint32_t at) {
  // "Chad's troops crossed into Darfur. The army there …"
  if (at < sentence_.last && Folded(at) == "there") {
    if (const auto last = spoken_.LastPlace()) return last;
  }
  const auto country = CountryBehind(at);
  return country ? country : CountryOf(at);
}

bool Homelands::IsBehindRegion(std::uint32_t at) const {
  constexpr std::array<std::string_view, 4> kParts{"central", "latin", "south", "north"};
  return at > sentence_.first + 1 && Folded(at - 1) == "american" &&
         std::ranges::find(kParts, Folded(at - 2)) != kParts.end();
}

std::optional<Alias> Homelands::NationBefore(std::uint32_t at) const {
  if (at == sentence_.first || IsBehindRegion(at)) return std::nullopt;
  const auto alias = world_.AliasBefore(reading_, sentence_.first, at - 1);
  return alias && alias->kind == AliasKind::kAdjective ? alias : std::nullopt;
}

std::optional<std::string_view> Homelands::CountryNotTold(std::uint32_t at, std::string_view code) {
  std::optional<std::string_view> country;
  country = CountryOfPolice(at);
  if (!country && code == "OPP") country = CountryOfRival(at);
  // "A bomb killed four soldiers near Kismayo".
  const bool struck = code == "MIL" && IsPatient(at);
  const bool fighters = Folded(at) == "fighters";
  if (!country && (IsOnSpot(code) || struck || fighters)) country = CountryOfScene(at, code);
  // "The army sent men to Kisumu", in a story of Kenya that has just told of another land.
  if (!country && code == "MIL" && CountryOfScene(at, code) == spoken_.FirmHome())
    country = spoken_.FirmHome();
  if (!country) country = CountryOfKnownArmed(at, code);
  if (!country && (code == "UAF" || IsInsurgent(code))) country = CountryOfArmed(at);
  // "Norway complained that local officials had lied".
  const bool local = Folded(at) == "local" || (at > sentence_.first && Folded(at - 1) == "local");
  if (!country && IsOfState(code) && (local || OpensInCapital())) country = spoken_.FirmHome();
  if (!country) country = CountryOfFoes(at, code);
  return country ? country : CountryAround(at, IsOfState(code));
}

bool Homelands::OpensInCapital() const {
  const std::uint32_t first = sentence_.first;
  return !spoken_.IsNamedIn(sentence_) && first + 2 < sentence_.last && Folded(first) == "in" &&
         Folded(first + 1) == "the" && Folded(first + 2) == "capital";
}

std::optional<std::string_view> Homelands::CountryOfFoes(std::uint32_t at, std::string_view code) {
  if (!code.starts_with("MIL") && !code.starts_with("GOV")) return std::nullopt;
  const Member* foe = nullptr;
  for (Cast::Index i = 0; i < cast_.size(); ++i) {
    const Member& member = cast_[i];
    if (!member.entity.country || !MayFight(member, reading_.SentenceOf(at))) continue;
    if (foe == nullptr || member.last.token > foe->last.token) foe = &member;
  }
  const bool last = foe != nullptr && spoken_.LastActing().value_or(0) <= foe->last.token;
  return last ? std::optional(Lasting(*foe->entity.country)) : std::nullopt;
}

bool Homelands::MayFight(const Member& member, std::uint32_t sentence) const {
  constexpr std::array<std::string_view, 3> kParties{"OPP", "PTY", "LAB"};
  const std::string_view role = RoleOf(member.entity);
  const std::uint32_t told = member.last.sentence;
  if (told == sentence) {
    const bool body = member.entity.type == EntityType::kOrganization &&
                      std::ranges::any_of(member.entity.mentions, [](const Mention& mention) {
                        return mention.kind == MentionKind::kName;
                      });
    const bool party = std::ranges::any_of(kParties, [&](auto p) { return role.starts_with(p); });
    return IsInsurgent(role) || party || (body && (role.empty() || IsArmed(role)));
  }
  return IsInsurgent(role) && told + 1 == sentence && spoken_.AreTogether(told, sentence) &&
         !spoken_.IsNamedIn(sentence_);
}

bool Homelands::IsOfNoCountry(std::uint32_t at) const {
  if (IsOfCountries(at)) return true;
  if (at == sentence_.first) return false;
  const std::string_view before = Folded(at - 1);
  return world_.Is(before, WordKind::kAbroad) || IsBehindRegion(at) || before == "our" ||
         before == "my" || before == "your";
}

bool Homelands::IsOfCountries(std::uint32_t at) const {
  constexpr std::array<std::string_view, 5> kSeveral{"countries", "nations", "neighbours",
                                                     "neighbors", "states"};
  const auto several = [&](std::uint32_t owner) {
    const bool owns =
        owner + 1 < sentence_.last && (Folded(owner + 1) == "'" || Folded(owner + 1) == "'s");
    return owns && std::ranges::find(kSeveral, Folded(owner)) != kSeveral.end();
  };
  return several(at) || (at >= sentence_.first + 2 && several(at - 2));
}

bool Homelands::IsOfUnion(std::uint32_t at) const {
  if (at == sentence_.first || !entity_of_[at - 1]) return false;
  const Entity& body = cast_[*entity_of_[at - 1]].entity;
  return body.type == EntityType::kOrganization && !body.country && body.actor &&
         body.actor->starts_with("IGO");
}

std::optional<std::string_view> Homelands::CountryOfPronoun(std::uint32_t at) {
  if (at == sentence_.first || !IsPersonal(at - 1) || !entity_of_[at - 1]) return std::nullopt;
  const auto& country = cast_[*entity_of_[at - 1]].entity.country;
  return country ? std::optional(Lasting(*country)) : std::nullopt;
}

std::optional<std::string_view> Homelands::CountryRightBefore(std::uint32_t at) const {
  if (at == sentence_.first || !reading_[at - 1].capital ||
      story_.tokens[at - 1].deprel != "compound")
    return std::nullopt;
  const auto alias = world_.AliasBefore(reading_, sentence_.first, at - 1);
  return alias ? std::optional(alias->country) : std::nullopt;
}

std::optional<std::string_view> Homelands::CountryOfNamed(std::uint32_t at, std::string_view code) {
  const bool government = code.starts_with("GOV");
  if (!IsOfState(code)) return std::nullopt;
  std::uint32_t behind = at;  // the token behind the name
  // "Marek's Conservative government".
  const bool described = government && at > sentence_.first + 2 && Folded(at - 2) == "'s";
  if (described) --behind;
  if (behind > sentence_.first && Folded(behind - 1) == "'s") --behind;
  if (government && behind == at && behind > sentence_.first + 2 && Folded(at - 1) == "led" &&
      Folded(at - 2) == "-")
    behind = at - 2;
  if (behind == sentence_.first || !reading_[behind - 1].capital) return std::nullopt;
  const std::uint32_t last = behind - 1;
  if (const auto country = CountryOfBodyBefore(behind)) return country;
  const Member* owner = entity_of_[last] ? &cast_[*entity_of_[last]] : nullptr;
  if (!government) return std::nullopt;
  if (owner != nullptr && owner->entity.type == EntityType::kPerson) return CountryLed(*owner);
  return CountryLedBy(std::string(Folded(last)));
}

std::optional<std::string_view> Homelands::CountryOfBodyBefore(std::uint32_t behind) const {
  constexpr std::uint32_t kLongest = 4;
  const std::uint32_t most = std::min(kLongest, behind - sentence_.first);
  for (std::uint32_t length = most; length > 0; --length) {
    if (!reading_[behind - length].capital) continue;
    const auto body = world_.BodyNamed(reading_, {behind - length, behind});
    if (body && !body->shared) return body->country;
  }
  return std::nullopt;
}

std::optional<std::string_view> Homelands::CountryOfPlaceBefore(std::uint32_t at,
                                                                std::string_view code) {
  const bool there = IsOnSpot(code) || code.starts_with("GOV");
  if (!there || at == sentence_.first) return std::nullopt;
  if (const Name* name = phrases_.NameBefore(at); name != nullptr) {
    const Place* place = PlaceAt(RangeOf(*name));
    return place != nullptr && place->country ? std::optional(Lasting(*place->country))
                                              : std::nullopt;
  }
  const bool proper = story_.tokens[at - 1].upos == "PROPN" && reading_[at - 1].capital;
  return proper && IsInsurgent(code) ? CityAt(at - 1, at, false) : std::nullopt;
}

std::optional<std::string_view> Homelands::CountryLed(const Member& leader) {
  const auto office = OfficeHeld(leader);
  if (office && !world_.NameOf(office->country).empty()) return office->country;
  if (leader.entity.country && !leader.guessed) return Lasting(*leader.entity.country);
  return std::nullopt;
}

std::optional<std::string_view> Homelands::CountryLedBy(const std::string& surname) const {
  auto office = world_.CalledAlone(std::array{surname}, date_);
  if (!office) office = world_.LeaderOf(surname, date_);
  const bool state = office && !world_.NameOf(office->country).empty();
  return state ? std::optional(office->country) : std::nullopt;
}

std::optional<std::string_view> Homelands::CountryOf(std::uint32_t at) {
  if (at + 1 >= sentence_.last || Folded(at) != "of") return std::nullopt;
  std::uint32_t named = at + 1;
  if (Folded(named) == "the" && named + 1 < sentence_.last) ++named;
  const auto alias = world_.AliasAt(reading_, named, sentence_.last);
  if (alias && alias->kind == AliasKind::kName) return alias->country;
  const TitlePhrase* phrase = phrases_.At(named);
  if (phrase != nullptr && phrase->country) return phrase->country;
  const Name* name = phrase != nullptr ? phrases_.NamedBy(*phrase) : phrases_.NameAt(named);
  if (name != nullptr && name->type == NameType::kOrg) return CountryOfNamedBody(RangeOf(*name));
  if (name == nullptr || name->type != NameType::kPer) return std::nullopt;
  std::vector<std::string> titles;
  if (phrase != nullptr) titles.emplace_back(Folded(phrase->title->head));
  const auto office = world_.OfficeOf(TextOf(RangeOf(*name)), date_, spoken_.all(), titles);
  const bool state = office && !world_.NameOf(office->country).empty();
  return state ? std::optional(office->country) : std::nullopt;
}

std::optional<std::string_view> Homelands::CountryOfNamedBody(TokenRange body) {
  if (const auto known = world_.BodyNamed(reading_, body); known && !known->shared)
    return known->country;
  const std::string name = TextOf(body);
  for (Cast::Index i = 0; i < cast_.size(); ++i) {
    const Entity& entity = cast_[i].entity;
    if (entity.type == EntityType::kOrganization && entity.name == name && entity.country)
      return Lasting(*entity.country);
  }
  return CountryDescribed(body);
}

std::optional<std::string_view> Homelands::NationalGroup(TokenRange range) const {
  const auto national = world_.NationalOf(reading_, range);
  const auto home = spoken_.Home();
  if (!national || std::ranges::find(spoken_.all(), *national) == spoken_.all().end() ||
      (home && *home != *national))
    return std::nullopt;
  return national;
}

std::optional<std::string_view> Homelands::CountryBehind(std::uint32_t at) {
  constexpr std::uint32_t kReach = 6;
  const bool from = at + 1 < sentence_.last && Folded(at) == "from";
  if (at + 1 >= sentence_.last || (Folded(at) != "in" && !from)) return std::nullopt;
  const std::uint32_t end = std::min(sentence_.last, at + kReach);
  const std::uint32_t reach_end = reading_.SpanOf({end - 1, end}).end;
  const auto place = PlaceFrom(at + 1);
  if (place == story_.places.end() || place->span.begin >= reach_end || !place->country)
    return std::nullopt;
  for (std::uint32_t i = at + 1; i < end && reading_.SpanOf({i, i + 1}).begin < place->span.begin;
       ++i) {
    if (story_.tokens[i].upos == "VERB" || story_.tokens[i].upos == "PUNCT") return std::nullopt;
  }
  // "pulled troops from Chad" are not Chad's.
  if (from && !IsNounAbove(place->span, at - 1)) return std::nullopt;
  return Lasting(*place->country);
}

bool Homelands::IsNounAbove(Span place, std::uint32_t noun) const {
  for (std::uint32_t i = noun + 1; i < sentence_.last; ++i) {
    if (reading_.SpanOf({i, i + 1}).begin != place.begin) continue;
    const auto head = HeadOf(i);
    const bool owns = head && story_.tokens[i].deprel == "nmod:poss";
    return head == noun || (owns && HeadOf(*head) == noun);
  }
  return false;
}

bool Homelands::IsSpot(const Place& place) {
  // A name that no table has is a village.
  return place.precision ? place.precision == PlacePrecision::kCity : place.literal;
}

std::optional<std::string_view> Homelands::CountryOfScene(std::uint32_t at, std::string_view code) {
  // "Two Danish peacekeepers died when gunmen fired on them near Kidal", in a story of Mali.
  const bool named = spoken_.IsNamedIn(sentence_);
  if (named && code != "UAF") return std::nullopt;
  const std::uint32_t end = reading_.SpanOf({sentence_.last - 1, sentence_.last}).end;
  bool other = false;
  for (auto place = PlaceFrom(at); place != story_.places.end() && place->span.begin < end;
       ++place) {
    other |= RelationOf(place->span) == "nsubj";
    if (!place->country || !IsSpot(*place)) continue;
    // "Police fired, while Ghana shut its crossing at Aflao".
    if (other) return std::nullopt;
    if (named && spoken_.Likely() != *place->country) continue;
    // "rebels blockaded Kathmandu": whoever fights a capital is of its country.
    if (place->literal || (IsInsurgent(code) && RelationOf(place->span) == "obj"))
      return Lasting(*place->country);
  }
  return std::nullopt;
}

std::optional<std::string_view> Homelands::CountryOfArmed(std::uint32_t at) {
  constexpr std::uint32_t kReach = 2;
  if (spoken_.IsNamedIn(sentence_)) return std::nullopt;
  const Member* armed = nullptr;
  const std::uint32_t sentence = reading_.SentenceOf(at);
  for (Cast::Index i = 0; i < cast_.size(); ++i) {
    const Member& member = cast_[i];
    const std::string_view role = RoleOf(member.entity);
    const bool fights = role == "UAF" || IsInsurgent(role);
    if (!fights || !member.entity.country || sentence - member.last.sentence > kReach) continue;
    if (armed == nullptr || member.last.token > armed->last.token) armed = &member;
  }
  return armed == nullptr ? std::nullopt : std::optional(Lasting(*armed->entity.country));
}

std::optional<std::string_view> Homelands::CountryOfKnownArmed(std::uint32_t at,
                                                               std::string_view code) {
  constexpr std::uint32_t kReach = 4;
  const bool insurgent = IsInsurgent(code);
  const bool definite = Folded(at) == "the" || (at > sentence_.first && Folded(at - 1) == "the");
  if (!definite || (code != "UAF" && !insurgent)) return std::nullopt;
  const std::uint32_t sentence = reading_.SentenceOf(at);
  std::optional<std::string_view> country;
  for (Cast::Index i = 0; i < cast_.size(); ++i) {
    const Member& member = cast_[i];
    const std::string_view role = RoleOf(member.entity);
    const bool group = member.entity.type == EntityType::kGroup && member.entity.country;
    const bool alike = insurgent ? IsInsurgent(role) : role == "UAF" || IsInsurgent(role);
    if (!group || !alike || (!insurgent && sentence - member.last.sentence > kReach)) continue;
    if (country && *country != *member.entity.country) return std::nullopt;
    country = Lasting(*member.entity.country);
  }
  return country;
}

std::string_view Homelands::RelationOf(Span place) const {
  for (std::uint32_t i = sentence_.first; i < sentence_.last; ++i) {
    if (reading_.SpanOf({i, i + 1}).begin == place.begin) return story_.tokens[i].deprel;
  }
  return {};
}

std::optional<std::string_view> Homelands::CountryBehindPossessor(std::uint32_t at) const {
  if (at < sentence_.first + 2 || Folded(at - 1) != "'s") return std::nullopt;
  const auto alias = world_.AliasBefore(reading_, sentence_.first, at - 2);
  return alias ? std::optional(alias->country) : std::nullopt;
}

std::string_view Homelands::Lasting(const std::string& country) {
  return *codes_.insert(country).first;
}

std::string_view Homelands::CountryOfEthnic(std::uint32_t first, std::uint32_t behind,
                                            std::string_view own) {
  const bool ethnic =
      Folded(first) == "ethnic" || (first > sentence_.first && Folded(first - 1) == "ethnic");
  return ethnic ? CountryBehind(behind).value_or(own) : own;
}

std::optional<Office> Homelands::OfficeHeld(const Member& member) const {
  auto office = world_.OfficeOf(member.entity.name, date_, spoken_.all(), member.titles);
  if (!office && member.titles.empty()) office = world_.CalledAlone(member.words, date_);
  const bool leads = IsBareSurname(member) || IsLeaderUntold(member);
  if (!office && leads) office = world_.LeaderOf(member.words.front(), date_);
  return office;
}

bool Homelands::IsBareSurname(const Member& member) const {
  constexpr names::WordFlags kNoSurname = names::kGiven | names::kCommon | names::kHead |
                                          names::kTimeWord | names::kOrgWord | names::kPlaceWord;
  return member.words.size() == 1 && member.titles.empty() &&
         (reading_.FlagsOf(member.words.front()) & kNoSurname) == 0;
}

bool Homelands::IsLeaderUntold(const Member& member) {
  const bool leads = std::ranges::any_of(member.entity.roles, [](const Role& role) {
    return role.title == "President" || role.title == "Prime Minister" ||
           role.title == "Chancellor" || role.title == "Premier";
  });
  return leads && member.guessed && member.words.size() == 1;
}

}  // namespace dateline::actors
