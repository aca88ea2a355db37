#include "actors/offices.h"

#include <algorithm>
#include <utility>

#include "actors/roles.h"

namespace dateline::actors {

using names::Name;
using names::TokenRange;

void Offices::NoteGender(Member& member, std::string_view word) const {
  if (world_.Is(word, WordKind::kMale)) member.gender = Gender::kMale;
  if (world_.Is(word, WordKind::kFemale)) member.gender = Gender::kFemale;
}

void Offices::AddRole(Cast::Index index, const TitlePhrase& phrase) {
  const auto owner = OwnerOf(phrase);
  const std::string head(Folded(phrase.title->head));
  if (head == "counterpart" || head == "colleague") return CopyRole(index, phrase, owner);
  Member& member = cast_[index];
  const std::string_view time = phrase.time.empty() && IsOver(phrase) ? "former" : phrase.time;
  Role role{.title = TextOf(phrase.title->core),
            .of = SetCountry(member, phrase, owner),
            .time = time.empty() ? std::nullopt : std::optional(std::string(time)),
            .span = reading_.SpanOf(phrase.range)};
  if (owner && cast_[*owner].entity.type == EntityType::kPerson && *owner != index)
    member.serves = owner;
  const bool body = owner && cast_[*owner].entity.type == EntityType::kOrganization;
  if (body && !phrase.country) role.of = cast_[*owner].entity.name;
  SetCodes(member, phrase, owner, role);
  if (!owner) FollowOffice(member, phrase);
  member.offices.push_back(OfficeName(phrase));
  member.titles.push_back(
      head.ends_with('s') && phrase.title->plural ? head.substr(0, head.size() - 1) : head);
  NoteGender(member, head);
  member.entity.roles.push_back(std::move(role));
}

std::string Offices::OfficeName(const TitlePhrase& phrase) const {
  std::string name;
  const auto add = [&](std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i < last; ++i) {
      if (Folded(i) == "the" || Folded(i) == "-") continue;
      name += Folded(i);
      name += ' ';
    }
  };
  add(phrase.title->head + 2, phrase.title->core.last);
  add(phrase.title->core.first, phrase.title->head + 1);
  return name;
}

void Offices::FollowOffice(Member& member, const TitlePhrase& phrase) const {
  const std::uint32_t joint = phrase.body.last;
  if (titles_.ActorOf(*phrase.title) != "UIS" || joint + 1 >= sentence_.last) return;
  if (Folded(joint) != "for" && Folded(joint) != "of") return;
  const TitlePhrase* office = phrases_.At(joint + 1);
  if (office == nullptr || !office->country) return;
  member.entity.country = std::string(*office->country);
  member.guessed = false;
  member.owner_code =
      world_.CameoOf(*office->country) + std::string(titles_.ActorOf(*office->title));
}

std::optional<std::string> Offices::SetCountry(Member& member, const TitlePhrase& phrase,
                                               std::optional<Cast::Index> owner) const {
  std::optional<std::string> country;
  if (phrase.country) {
    country = std::string(*phrase.country);
  } else if (owner) {
    if (!cast_[*owner].guessed) country = cast_[*owner].entity.country;
    member.pointed =
        country && (!member.entity.country || member.guessed) && IsPersonal(phrase.owner->first);
  } else if (const auto national = NationalOf(phrase);
             national && !member.entity.country &&
             (phrase.article != Determiner::kNone || homelands_.MayBeOf(*national))) {
    // "Home Secretary Ali Saleh", in a story of Chad that never speaks of Britain, is Chad's.
    country = std::string(*national);
  } else if (!member.entity.country && !titles_.ActorOf(*phrase.title).starts_with("IGO")) {
    const std::string_view code = titles_.ActorOf(*phrase.title);
    const bool of_state = code.empty() || IsOfState(code) || IsOfBody(phrase);
    auto around = homelands_.CountryOfOfficeAt(*phrase.title, code);
    if (!around) around = homelands_.CountryAround(phrase.range.first, of_state);
    if (around) member.entity.country = std::string(*around);
    member.guessed = true;
  }
  if (country && (!member.entity.country || member.guessed)) ChangeCountry(member, *country);
  return country ? country : member.entity.country;
}

bool Offices::IsPrivate(const names::Title& title) const {
  const std::string_view code = titles_.ActorOf(title);
  if (code.empty()) return !title.row;
  return code != "UIS" && !IsPolitical(code);
}

std::optional<std::string_view> Offices::NationalOf(const TitlePhrase& phrase) const {
  const std::uint32_t behind = phrase.body.last;
  if (behind < reading_.size() && Folded(behind) == "for") return std::nullopt;
  return world_.NationalOf(reading_, phrase.title->core);
}

bool Offices::IsOfBody(const TitlePhrase& phrase) const {
  if (!phrase.owner) return false;
  const auto group = world_.GroupAt(reading_, phrase.owner->first, phrase.owner->last);
  return group && group->body;
}

bool Offices::IsLeader(const TitlePhrase& phrase) const {
  if (Folded(phrase.title->head) != "leader" || phrase.title->core.size() > 1) return false;
  const std::uint32_t core = phrase.title->core.first;
  for (std::uint32_t i = phrase.range.first; i < core; ++i) {
    if (const auto alias = world_.AliasAt(reading_, i, core)) return !alias->part;
  }
  return true;
}

bool Offices::IsPast(const Role& role) {
  return role.time && *role.time != "acting" && *role.time != "interim" &&
         *role.time != "caretaker";
}

bool Offices::HoldsAnother(const Member& member, const Role& past) {
  const bool state = IsOfState(member.role_code) && member.role_code != "ELI";
  return state && std::ranges::any_of(member.entity.roles, [&](const Role& role) {
           return !IsPast(role) && role.title != past.title;
         });
}

void Offices::SetCodes(Member& member, const TitlePhrase& phrase, std::optional<Cast::Index> owner,
                       const Role& role) const {
  const std::string_view code = titles_.ActorOf(*phrase.title);
  const bool served = owner && cast_[*owner].entity.type == EntityType::kOrganization;
  if (IsPast(role)) {
    if (!HoldsAnother(member, role)) member.role_code = "ELI";
  } else if (owner && (served || code == "UIS" || code.empty())) {
    member.owner_code = ActorOf(*owner);
  } else if (phrase.owner && member.entity.country &&
             (code == "UIS" || (code == "BUS" && IsOfBody(phrase)))) {
    // "the electoral commission chairman": no man of business.
    member.owner_code = OwnerCode(*phrase.owner, *member.entity.country);
  } else if (member.role_code.empty() && code != "UIS") {
    member.role_code = code;
  } else if (member.role_code.empty() && phrase.country && !phrase.owner && IsLeader(phrase)) {
    member.role_code = "GOV";
  }
}

void Offices::CopyRole(Cast::Index index, const TitlePhrase& phrase,
                       std::optional<Cast::Index> owner) {
  Member& member = cast_[index];
  if (phrase.country) member.entity.country = std::string(*phrase.country);
  if (!owner || cast_[*owner].entity.roles.empty()) return;
  Role role = cast_[*owner].entity.roles.front();
  role.of = member.entity.country;
  role.span = reading_.SpanOf(phrase.range);
  member.role_code = cast_[*owner].role_code;
  member.titles = cast_[*owner].titles;
  member.entity.roles.push_back(std::move(role));
}

std::optional<Cast::Index> Offices::OwnerOf(const TitlePhrase& phrase) const {
  if (!phrase.owner) return std::nullopt;
  const auto found = entity_at_.find(phrase.owner->first);
  if (found != entity_at_.end()) return found->second;
  const auto person = person_of_.find(phrase.owner->first);
  if (person != person_of_.end()) return person->second;
  // "foreign ministry spokesman Ali Saleh said, accusing Chad of theft": not of Chad's ministry.
  const auto body = cast_.FindBodyWith(Folded(phrase.owner->last - 1));
  const auto country = body ? cast_[*body].entity.country : std::nullopt;
  const std::string_view foe = homelands_.HostileTo(phrase.range.first);
  return country && !foe.empty() && *country == foe ? std::nullopt : body;
}

std::string Offices::OwnerCode(TokenRange owner, std::string_view country) const {
  const auto group = world_.GroupAt(reading_, owner.first, owner.last);
  return group ? world_.CameoOf(country) + std::string(group->actor) : std::string();
}

std::string Offices::ActorOf(Cast::Index index) const {
  const Member& member = cast_[index];
  if (member.entity.actor) return *member.entity.actor;
  if (!member.entity.country) return {};
  return world_.CameoOf(*member.entity.country) + member.role_code;
}

std::optional<Cast::Index> Offices::SubjectOf(const TitlePhrase& phrase) const {
  const std::uint32_t head = phrase.title->head;
  std::optional<std::uint32_t> subject;
  bool copula = false;
  for (std::uint32_t i = sentence_.first; i < head; ++i) {
    const Token& token = story_.tokens[i];
    if (!token.head || Raw(*token.head) != head) continue;
    if (token.deprel == "nsubj") subject = i;
    copula = copula || token.deprel == "cop";
  }
  if (!subject || !copula) return std::nullopt;
  if (Folded(*subject) == "who") subject = AntecedentOf(head);
  if (!subject || !entity_of_[*subject]) return std::nullopt;
  const auto index = entity_of_[*subject];
  return cast_[*index].entity.type == EntityType::kPerson ? index : std::nullopt;
}

bool Offices::IsOver(const TitlePhrase& phrase) const {
  const std::uint32_t head = phrase.title->head;
  if (story_.tokens[head].deprel != "acl:relcl") return false;
  for (std::uint32_t i = sentence_.first; i < head; ++i) {
    const Token& token = story_.tokens[i];
    if (token.deprel == "cop" && token.head && Raw(*token.head) == head) return Folded(i) == "was";
  }
  return false;
}

std::optional<std::uint32_t> Offices::AntecedentOf(std::uint32_t verb) const {
  std::uint32_t at = verb;
  while (story_.tokens[at].deprel == "acl:relcl" || story_.tokens[at].deprel == "appos") {
    if (!story_.tokens[at].head) return std::nullopt;
    at = static_cast<std::uint32_t>(Raw(*story_.tokens[at].head));
    if (entity_of_[at]) return at;
  }
  return std::nullopt;
}

bool Offices::Describes(const TitlePhrase& phrase) const {
  const std::uint32_t behind = phrase.title->head + 1;
  if (behind >= sentence_.last || story_.tokens[behind].upos != "NOUN" ||
      story_.tokens[behind - 1].deprel != "amod")
    return false;
  return !NationalOf(phrase) &&
         (!reading_.Is(behind, names::kHead) || Folded(behind).ends_with('s'));
}

bool Offices::ServesAnother(const std::optional<Cast::Index>& holder,
                            const TitlePhrase& phrase) const {
  const auto owner = OwnerOf(phrase);
  if (!holder || !owner) return false;
  // "Norway sent its foreign minister", where another has been told of.
  if (IsOfLand(phrase)) {
    const auto& country = cast_[*holder].entity.country;
    return country && country != cast_[*owner].entity.country;
  }
  if (cast_[*owner].entity.type != EntityType::kOrganization) return false;
  const Entity& body = cast_[*owner].entity;
  if (std::ranges::any_of(cast_[*holder].entity.roles,
                          [&](const Role& role) { return role.of == body.name; }))
    return false;
  const std::string code = ActorOf(*holder);
  return body.actor && !code.empty() && !code.starts_with(*body.actor);
}

bool Offices::IsOfLand(const TitlePhrase& phrase) const {
  const auto owner = OwnerOf(phrase);
  return owner && cast_[*owner].entity.type == EntityType::kCountry;
}

bool Offices::NamesBody(const names::Title& title) const {
  const std::string first = TextOf({title.core.first, title.core.first + 1});
  const bool capital = first.size() > 1 && first[0] >= 'A' && first[0] <= 'Z';
  return capital && titles_.ActorOf(title).starts_with("IGO") && title.core.size() > 1;
}

std::optional<Cast::Index> Offices::FindLeader(std::string_view country) const {
  for (const std::string_view title :
       {"president", "minister", "leader", "king", "chancellor", "premier"}) {
    if (const auto holder = cast_.FindHolder({}, title, country)) return holder;
  }
  return std::nullopt;
}

}  // namespace dateline::actors
