#include "actors/phrases.h"

#include <algorithm>
#include <array>

namespace dateline::actors {

using names::Name;
using names::NameType;

namespace {

bool IsPossessive(std::string_view folded) { return folded == "'s" || folded == "'"; }

bool IsPossessivePronoun(std::string_view folded) {
  return folded == "his" || folded == "her" || folded == "its" || folded == "their" ||
         folded == "whose";
}

bool IsNumber(std::string_view form) {
  return !form.empty() && std::ranges::all_of(form, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Phrases::Phrases(const World& world, const names::Reading& reading, const std::vector<Name>& names,
                 const std::vector<names::Title>& titles)
    : world_(world),
      reading_(reading),
      name_at_(reading.size() + 1),
      name_before_(reading.size() + 1),
      phrase_at_(reading.size() + 1) {
  std::vector<const Name*> over(reading.size());
  for (const Name& name : names) {
    name_at_[Raw(name.first)] = &name;
    name_before_[Raw(name.last)] = &name;
    for (std::size_t i = Raw(name.first); i < Raw(name.last); ++i) over[i] = &name;
  }
  phrases_.reserve(titles.size());
  for (const names::Title& title : titles) {
    // Inside a longer name ("General Assembly") a title is none.
    const Name* outer = over[title.range.first];
    const bool in_name =
        outer != nullptr && outer->type != NameType::kNorp && title.range.last <= Raw(outer->last);
    if (in_name) continue;
    phrases_.push_back(Grow(title));
    phrase_at_[phrases_.back().range.first] = static_cast<std::uint32_t>(phrases_.size());
  }
}

const TitlePhrase* Phrases::At(std::uint32_t token) const {
  return token < phrase_at_.size() && phrase_at_[token] != 0 ? &phrases_[phrase_at_[token] - 1]
                                                             : nullptr;
}

const Name* Phrases::NameAt(std::uint32_t token) const {
  return token < name_at_.size() ? name_at_[token] : nullptr;
}

const Name* Phrases::NameBefore(std::uint32_t token) const {
  return token < name_before_.size() ? name_before_[token] : nullptr;
}

TokenRange Phrases::SentenceAt(std::uint32_t token) const {
  return reading_.sentences()[reading_.SentenceOf(token)];
}

TitlePhrase Phrases::Grow(const names::Title& title) const {
  TitlePhrase phrase{.title = &title, .range = title.range, .body = title.range};
  const TokenRange sentence = SentenceAt(title.range.first);
  TakeTime(phrase, sentence.last);
  constexpr int kMost = 6;
  for (int step = 0; step < kMost && TakeLeft(phrase, sentence.first); ++step) {
  }
  TakeFarOwner(phrase, sentence.first);
  TakeOf(phrase, sentence.last);
  return phrase;
}

/// "ex-minister" and "former" inside the title, "minister-designate" behind it.
void Phrases::TakeTime(TitlePhrase& phrase, std::uint32_t end) const {
  for (std::uint32_t i = phrase.range.first; i < phrase.range.last; ++i) {
    const std::string_view word = reading_.Folded(i);
    if (world_.Is(word, WordKind::kTime) || world_.Is(word, WordKind::kTimeBehind))
      phrase.time = word;
    if (word.starts_with("ex-")) phrase.time = "ex";
  }
  std::uint32_t at = phrase.range.last;
  if (at < end && reading_.Folded(at) == "-") ++at;
  if (at >= end || !world_.Is(reading_.Folded(at), WordKind::kTimeBehind)) return;
  phrase.time = reading_.Folded(at);
  phrase.range.last = phrase.body.last = at + 1;
}

/// Takes one more part before the phrase; false when there is none.
bool Phrases::TakeLeft(TitlePhrase& phrase, std::uint32_t begin) const {
  if (phrase.range.first == begin || phrase.article != Determiner::kNone) return false;
  return TakeCountry(phrase, begin) || TakeOwner(phrase, begin) || TakeBody(phrase, begin) ||
         TakeArticle(phrase, begin);
}

bool Phrases::TakeCountry(TitlePhrase& phrase, std::uint32_t begin) const {
  if (phrase.country || phrase.possessed) return false;
  std::uint32_t last = phrase.range.first - 1;
  const bool possessor = IsPossessive(reading_.Folded(last));
  if (possessor && last == begin) return false;
  if (possessor) --last;
  const auto alias = world_.AliasBefore(reading_, begin, last);
  if (!alias) return false;
  // "US President" is an adjective, "Kenya President" headline style for one.
  if (!possessor && alias->kind != AliasKind::kAdjective && alias->kind != AliasKind::kName)
    return false;
  if (!possessor && alias->people) return false;
  phrase.country = alias->country;
  phrase.possessed = possessor;
  phrase.range.first = last + 1 - alias->length;
  if (reading_.Folded(phrase.range.first).starts_with("ex-")) phrase.time = "ex";
  return true;
}

/// "Algeria's leading human rights activist": words that praise stand between the owner and the
/// title.
void Phrases::TakeFarOwner(TitlePhrase& phrase, std::uint32_t begin) const {
  constexpr std::uint32_t kMost = 3;
  if (phrase.country || phrase.owner || phrase.possessed || phrase.article != Determiner::kNone)
    return;
  for (std::uint32_t at = phrase.range.first; at > begin + 1 && phrase.range.first - at < kMost;
       --at) {
    const Token& word = reading_.story().tokens[at - 1];
    if (IsPossessive(reading_.Folded(at - 1))) {
      const auto alias = world_.AliasBefore(reading_, begin, at - 2);
      if (!alias) return;
      phrase.country = alias->country;
      phrase.possessed = true;
      phrase.range.first = at - 1 - alias->length;
      return;
    }
    if (word.upos != "ADJ" && word.upos != "VERB") return;
  }
}

/// "Benkirane's", "the front's", "her".
bool Phrases::TakeOwner(TitlePhrase& phrase, std::uint32_t begin) const {
  if (phrase.owner || phrase.possessed) return false;
  const std::uint32_t last = phrase.range.first - 1;
  if (IsPossessivePronoun(reading_.Folded(last))) {
    phrase.owner = TokenRange{last, last + 1};
    phrase.possessed = true;
    phrase.range.first = last;
    return true;
  }
  if (!IsPossessive(reading_.Folded(last)) || last == begin) return false;
  TokenRange owner = GroupBefore(last, begin).value_or(TokenRange{last - 1, last});
  if (const Name* name = NameBefore(last); name != nullptr) owner = RangeOf(*name);
  phrase.owner = owner;
  phrase.possessed = true;
  phrase.range.first = owner.first;
  TakeCountryOfOwner(phrase, begin);
  return true;
}

/// "Chadian students' leader".
void Phrases::TakeCountryOfOwner(TitlePhrase& phrase, std::uint32_t begin) const {
  const std::uint32_t first = phrase.range.first;
  if (phrase.country || first == begin || reading_[first].capital) return;
  const auto alias = world_.AliasBefore(reading_, begin, first - 1);
  if (!alias || alias->kind != AliasKind::kAdjective || alias->people) return;
  phrase.country = alias->country;
  phrase.range.first = first - alias->length;
}

/// "Foreign Ministry spokesman", "ministry spokesman": the body the office belongs to.
bool Phrases::TakeBody(TitlePhrase& phrase, std::uint32_t begin) const {
  if (phrase.owner) return false;
  const std::uint32_t at = phrase.range.first;
  if (const Name* name = NameBefore(at); name != nullptr) {
    if (name->type != NameType::kOrg) return false;
    phrase.owner = RangeOf(*name);
    phrase.range.first = phrase.owner->first;
    return true;
  }
  const auto body = GroupBefore(at, begin);
  if (!body || !world_.GroupAt(reading_, body->first, at)->body) return false;
  phrase.owner = body;
  phrase.range.first = body->first;
  return true;
}

/// The longest group of the tables that ends before the token: "electoral commission".
std::optional<TokenRange> Phrases::GroupBefore(std::uint32_t at, std::uint32_t begin) const {
  constexpr std::uint32_t kLongest = 3;
  for (std::uint32_t length = std::min(kLongest, at - begin); length > 0; --length) {
    const auto group = world_.GroupAt(reading_, at - length, at);
    if (group && group->length == length) return TokenRange{at - length, at};
  }
  return std::nullopt;
}

bool Phrases::TakeArticle(TitlePhrase& phrase, [[maybe_unused]] std::uint32_t begin) const {
  const std::string_view word = reading_.Folded(phrase.range.first - 1);
  if (word == "the") phrase.article = Determiner::kThe;
  if (word == "a" || word == "an") phrase.article = Determiner::kA;
  if (phrase.article == Determiner::kNone) {
    if (!world_.Is(word, WordKind::kTime)) return false;
    phrase.time = word;
  }
  --phrase.range.first;
  return true;
}

/// Whether the title is of one whom a state or body sends: "special envoy for Chad".
bool Phrases::IsPosting(std::uint32_t head) const {
  const std::string_view word = reading_.Folded(head);
  return world_.Is(word, WordKind::kDiplomat) || word == "representative" || word == "mediator";
}

/// "Kenya", "the Portuguese Republic".
std::optional<std::string_view> Phrases::LandNamed(TokenRange name, std::uint32_t end) const {
  const auto alias = world_.AliasAt(reading_, name.first, end);
  if (!alias) return std::nullopt;
  const bool whole = alias->kind == AliasKind::kName && alias->length == name.size();
  const bool land = alias->length + 1 == name.size() &&
                    world_.Is(reading_.Folded(name.last - 1), WordKind::kLand);
  return whole || land ? std::optional(alias->country) : std::nullopt;
}

/// "president of Kenya", "head of the Red Cross", "aide to President Bell".
void Phrases::TakeOf(TitlePhrase& phrase, std::uint32_t end) const {
  std::uint32_t at = phrase.range.last;
  if (at + 1 >= end) return;
  const std::string_view joint = reading_.Folded(at);
  if (joint != "of" && joint != "for" && joint != "at" && joint != "to") return;
  ++at;
  if (TakePatron(phrase, at, end)) return;
  if (reading_.Folded(at) == "the" && at + 1 < end) ++at;
  const Name* name = NameAt(at);
  if (name == nullptr) return;
  // "ambassador to Chile", "the Danish minister for Chile" are not of Chile.
  const bool sent = phrase.country || phrase.owner || IsPosting(phrase.title->head);
  if (joint == "to" || (joint == "for" && sent && name->type == NameType::kLoc)) {
    if (name->type == NameType::kLoc) phrase.range.last = RangeOf(*name).last;
    return;
  }
  TakeOwnerBehind(phrase, *name, sent, end);
}

/// "of Kenya", "of the Red Cross"; of "the head of Chad's army" only the land. `sent`: the office
/// is one abroad.
void Phrases::TakeOwnerBehind(TitlePhrase& phrase, const Name& name, bool sent,
                              std::uint32_t end) const {
  const bool location = name.type == NameType::kLoc;
  if (location && !phrase.country) phrase.country = CountryOfPlace(name);
  const auto land = LandNamed(RangeOf(name), end);
  const std::uint32_t behind = RangeOf(name).last;
  if (behind < end && IsPossessive(reading_.Folded(behind))) {
    if (land && !sent) phrase.country = land;
    return;
  }
  const bool body = name.type == NameType::kOrg && !phrase.owner;
  if (!land && !body && !location) return;
  if (land) phrase.country = land;
  if (!land && body) phrase.owner = RangeOf(name);
  phrase.range.last = behind;
}

/// The country that a town or province lies in: "mayor of Bogota".
std::optional<std::string_view> Phrases::CountryOfPlace(const Name& name) const {
  const std::vector<Place>& places = reading_.story().places;
  const Span span = reading_.SpanOf(RangeOf(name));
  const auto place = std::ranges::lower_bound(places, span, {}, &Place::span);
  if (place == places.end() || place->span != span || !place->country) return std::nullopt;
  return *place->country;
}

/// The person served, titles before the name passed over.
bool Phrases::TakePatron(TitlePhrase& phrase, std::uint32_t at, std::uint32_t end) const {
  if (phrase.owner) return false;
  constexpr std::uint32_t kTitleWords = 4;
  for (std::uint32_t i = at; i < end && i <= at + kTitleWords; ++i) {
    if (const Name* name = NameAt(i); name != nullptr && name->type == NameType::kPer) {
      phrase.owner = RangeOf(*name);
      phrase.range.last = phrase.owner->last;
      return true;
    }
    const bool title = reading_[i].capital || reading_.Is(i, names::kHead | names::kHonorific) ||
                       world_.Is(reading_.Folded(i), WordKind::kTime);
    if (!title) return false;
  }
  return false;
}

std::uint32_t Phrases::SkipHonorific(std::uint32_t token, std::uint32_t end) const {
  while (token < end && reading_.Is(token, names::kHonorific) && NameAt(token) == nullptr) ++token;
  return token;
}

const Name* Phrases::NamedBy(const TitlePhrase& phrase) const {
  if (phrase.range.last != phrase.body.last) return nullptr;
  const std::uint32_t at = SkipHonorific(phrase.range.last, SentenceAt(phrase.range.first).last);
  const Name* name = NameAt(at);
  return name != nullptr && name->type == NameType::kPer ? name : nullptr;
}

std::uint32_t Phrases::CommaBehind(const TitlePhrase& phrase) const {
  constexpr std::uint32_t kLongest = 8;
  constexpr std::array<std::string_view, 6> kJoints{"in", "at", "of", "for", "to", "on"};
  constexpr std::array<std::string_view, 5> kEnds{"VERB", "AUX", "PUNCT", "SCONJ", "PRON"};
  const std::uint32_t at = phrase.range.last;
  const std::uint32_t end = std::min(SentenceAt(phrase.range.first).last, at + kLongest);
  if (at >= end || std::ranges::find(kJoints, reading_.Folded(at)) == kJoints.end()) return at;
  for (std::uint32_t i = at + 1; i < end; ++i) {
    if (reading_.Folded(i) == ",") return i;
    const Name* name = NameAt(i);
    const bool person = name != nullptr && name->type == NameType::kPer;
    const std::string& pos = reading_.story().tokens[i].upos;
    if (person || At(i) != nullptr || std::ranges::find(kEnds, pos) != kEnds.end()) return at;
  }
  return at;
}

std::vector<const Name*> Phrases::AppositionOf(const TitlePhrase& phrase) const {
  std::vector<const Name*> people;
  const std::uint32_t end = SentenceAt(phrase.range.first).last;
  std::uint32_t at = CommaBehind(phrase);
  const bool may_be =
      phrase.possessed || phrase.country || phrase.article != Determiner::kNone || phrase.owner;
  if (!may_be || at + 1 >= end || reading_.Folded(at) != ",") return people;
  ++at;
  while (at < end) {
    if (const TitlePhrase* rank = At(at); rank != nullptr) at = rank->range.last;
    at = SkipHonorific(at, end);
    const Name* name = NameAt(at);
    if (name == nullptr || name->type != NameType::kPer) return people;
    people.push_back(name);
    at = RangeOf(*name).last;
    const bool more = phrase.title->plural && at < end &&
                      (reading_.Folded(at) == "," || reading_.Folded(at) == "and");
    if (!more) break;
    ++at;
  }
  // "the minister, John Lee said": an apposition is closed, or goes on with "of" or "who".
  const bool closed = at >= end || reading_.Folded(at) == "," || reading_.Folded(at) == "." ||
                      reading_.Folded(at) == "of" || reading_.Folded(at) == ";" ||
                      reading_.Folded(at) == ")";
  if (!closed && !phrase.title->plural) people.clear();
  return people;
}

std::vector<const Name*> Phrases::HoldersOf(const TitlePhrase& phrase) const {
  std::vector<const Name*> people;
  if (!phrase.title->plural) return people;
  const std::uint32_t end = SentenceAt(phrase.range.first).last;
  std::uint32_t at = phrase.range.last;
  while (at < end) {
    at = SkipHonorific(at, end);
    const Name* name = NameAt(at);
    if (name == nullptr || name->type != NameType::kPer) break;
    people.push_back(name);
    at = RangeOf(*name).last;
    if (const Name* home = HomeBehind(at, end)) at = RangeOf(*home).last;
    while (at < end && (reading_.Folded(at) == "," || reading_.Folded(at) == "and")) ++at;
  }
  if (people.size() < 2) people.clear();
  return people;
}

/// "of Spain".
const Name* Phrases::HomeBehind(std::uint32_t at, std::uint32_t end) const {
  if (at + 1 >= end || reading_.Folded(at) != "of") return nullptr;
  const Name* home = NameAt(at + 1);
  return home != nullptr && home->type == NameType::kLoc ? home : nullptr;
}

/// One title of nobody else; not "a miner's son".
bool Phrases::MayStandBehind(const TitlePhrase& phrase) const {
  const std::uint32_t behind = phrase.range.last;
  const bool owns =
      behind < SentenceAt(phrase.range.first).last && IsPossessive(reading_.Folded(behind));
  return !owns && !phrase.title->plural && NamedBy(phrase) == nullptr;
}

const TitlePhrase* Phrases::TitleBehind(const Name& name) const {
  const TokenRange range = RangeOf(name);
  const std::uint32_t end = SentenceAt(range.first).last;
  std::uint32_t at = range.last;
  if (at + 2 < end && reading_.Folded(at) == "," && IsNumber(reading_[at + 1].form) &&
      reading_.Folded(at + 2) == ",")
    at += 2;
  if (at + 1 >= end || reading_.Folded(at) != ",") return nullptr;
  constexpr std::uint32_t kAdjectives = 2;
  for (std::uint32_t skip = 0; skip <= kAdjectives && at + 1 + skip < end; ++skip) {
    const TitlePhrase* phrase = At(at + 1 + skip);
    if (phrase != nullptr) return MayStandBehind(*phrase) ? phrase : nullptr;
    if (NameAt(at + 1 + skip) != nullptr) return nullptr;
    const std::string_view word = reading_.Folded(at + 1 + skip);
    if (skip == 0 && word != "the" && word != "a" && word != "an") return nullptr;
  }
  return nullptr;
}

}  // namespace dateline::actors
