// Mentions are joined into entities in one walk from left to right.
//
// A person's name takes with it what stands before or behind ("Chinese Defence Minister", "China's
// leader", ", the front's president,"): the title becomes a role; its adjective or possessor tells
// the country. A title that tells none belongs to the country last spoken of: news names the
// country once. A full name opens a person; a part of it joins the person who bears it. Titles
// without a name ("the minister") join who holds that office in the story. Pronouns and phrases
// of ordinary nouns ("the company") join the entity that their chain of coreference named last
// (or, before any name, names next); "he" and "she" without one the most prominent person shortly
// before. Countries are named by themselves, by their capitals and seats
// where these act (Place::literal is false) and by "the kingdom"; bodies by a word of their name
// ("the front").
//
// The exception: a headline names people before they are introduced. Its title mentions are kept
// until the walk is over and then joined with whom the body introduced.
#include "actors/entities.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "actors/cast.h"
#include "actors/dictionary.h"
#include "actors/phrases.h"
#include "actors/speakers.h"
#include "actors/world.h"
#include "names/lexicon.h"
#include "names/reading.h"
#include "names/titles.h"
#include "text/unicode.h"

namespace dateline::actors {

using names::Name;
using names::NameType;

struct EntityResolver::Impl {
  World world;
  Dictionary dictionary;
  names::Lexicon lexicon;
  names::TitleFinder titles;
};

namespace {

/// A country word as the story uses it, for the context of what follows.
struct Spoken {
  std::string_view country;
  std::uint32_t token = 0;
  std::uint32_t sentence = 0;
  bool subject = false;
};

class Walker {
 public:
  Walker(const EntityResolver::Impl& know, const Story& story, const std::vector<Name>& names,
         std::optional<Date> date)
      : know_(know),
        world_(know.world),
        story_(story),
        names_(names),
        date_(date),
        day_(date ? FormatDate(*date) : std::string()),
        reading_(story, know.lexicon),
        titles_(know.titles.Find(reading_)),
        phrases_(know.world, reading_, names, titles_),
        speakers_(FindSpeakers(story, reading_, know.world)),
        entity_of_(story.tokens.size()) {
    reference_of_.assign(story.tokens.size(), nullptr);
    // Of phrases with one head the longer is a coordination, which is nobody's name.
    for (const Reference& reference : story.references) {
      reference_of_[Raw(reference.head)] = &reference;
    }
    for (std::size_t head = 0; head < reference_of_.size(); ++head) {
      if (reference_of_[head] == nullptr) continue;
      const std::size_t chain = reference_of_[head]->chain;
      if (chain >= chains_.size()) chains_.resize(chain + 1);
      chains_[chain].push_back(head);
    }
  }

  std::vector<Entity> Run() {
    FindCountries();
    for (const TokenRange sentence : reading_.sentences()) {
      sentence_ = sentence;
      subject_open_ = true;
      for (std::uint32_t i = sentence.first; i < sentence.last;) i = std::max(i + 1, Step(i));
    }
    for (const auto& [phrase, range] : waiting_) JoinTitle(*phrase, range);
    JoinChains();
    for (Cast::Index i = 0; i < cast_.size(); ++i) Finish(cast_[i]);
    return std::move(cast_).Take();
  }

 private:
  // ---- what stands where

  [[nodiscard]] std::string_view Folded(std::uint32_t i) const { return reading_.Folded(i); }

  [[nodiscard]] std::string TextOf(TokenRange range) const {
    std::string text(reading_.SpanOf(range).of(story_.text));
    std::ranges::replace(text, '\n', ' ');
    return text;
  }

  [[nodiscard]] std::vector<std::string> WordsOf(TokenRange range) const {
    std::vector<std::string> words;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      if (text::HasLetter(Folded(i)) && Folded(i) != "the" && Folded(i) != "'s")
        words.emplace_back(Folded(i));
    }
    return words;
  }

  [[nodiscard]] Where WhereIs(std::uint32_t token) const {
    const std::uint32_t sentence = reading_.SentenceOf(token);
    return {.token = token,
            .sentence = sentence,
            .block = static_cast<std::uint32_t>(story_.sentences[sentence].block)};
  }

  [[nodiscard]] bool InHeadline(std::uint32_t token) const {
    const BlockKind kind = story_.blocks[WhereIs(token).block].kind;
    return kind == BlockKind::kHeadline || kind == BlockKind::kDescription;
  }

  // ---- the countries of the story

  /// The countries spoken of, and the one the story is told from: that of its dateline, else the
  /// one it speaks of most.
  void FindCountries() {
    std::map<std::string_view, int> counts;
    int most = 0;
    for (const Name& name : names_) {
      const TokenRange range = RangeOf(name);
      const auto alias = world_.AliasAt(reading_, range.first, range.last);
      if (!alias || alias->length != range.size()) continue;
      countries_.push_back(alias->country);
      const int count = ++counts[alias->country];
      if (count <= most) continue;
      most = count;
      home_ = alias->country;
    }
    std::vector<Span> datelines;
    for (const Block& block : story_.blocks) {
      if (block.kind == BlockKind::kDateline) datelines.push_back(block.span);
    }
    for (const Place& place : story_.places) {
      const bool dateline = std::ranges::any_of(
          datelines, [&](const Span& span) { return span.Contains(place.span); });
      if (!dateline || !place.country) continue;
      home_ = *place.country;
      return;
    }
  }

  void Speak(std::string_view country, std::uint32_t token, bool subject) {
    spoken_.push_back({.country = country,
                       .token = token,
                       .sentence = reading_.SentenceOf(token),
                       .subject = subject});
  }

  /// The country that something without one belongs to: the last named in the sentence; else, in
  /// the nearest of the two sentences before that names one, the subject or the last; else the
  /// story's own.
  [[nodiscard]] std::optional<std::string_view> CountryAround(std::uint32_t token) const {
    const std::uint32_t sentence = reading_.SentenceOf(token);
    std::uint32_t last_sentence = sentence;
    std::optional<std::string_view> last;
    const bool told = !InHeadline(token);
    for (auto spoken = spoken_.rbegin(); spoken != spoken_.rend(); ++spoken) {
      if (spoken->sentence == sentence) return spoken->country;
      // What the headline names last is often whom it is done to.
      if (told && InHeadline(spoken->token) && home_) return home_;
      if (sentence - spoken->sentence > 2) break;
      if (last && spoken->sentence != last_sentence) break;
      if (spoken->subject) return spoken->country;
      if (!last) last = spoken->country;
      last_sentence = spoken->sentence;
    }
    return last ? last : home_;
  }

  // ---- the walk

  std::uint32_t Step(std::uint32_t i) {
    if (const std::uint32_t behind = ReadListed(i); behind > i) return behind;
    if (const TitlePhrase* phrase = phrases_.At(i); phrase != nullptr) return ReadPhrase(*phrase);
    if (const Name* name = phrases_.NameAt(i); name != nullptr) return ReadName(*name);
    if (const std::uint32_t behind = ReadGroup(i, i, std::nullopt); behind > i) return behind;
    if (Folded(i) == "the" && i + 1 < sentence_.last) {
      if (const std::uint32_t behind = ReadDefinite(i); behind > i) return behind;
    }
    ReadPronoun(i);
    return i + 1;
  }

  /// Adds the mention and tells whether it is the subject of its sentence.
  void AddMention(Cast::Index index, TokenRange range, MentionKind kind) {
    cast_.AddMention(index, {.span = reading_.SpanOf(range), .kind = kind}, WhereIs(range.first));
    for (std::uint32_t i = range.first; i < range.last; ++i) entity_of_[i] = index;
    Member& member = cast_[index];
    const std::string_view before =
        range.first > sentence_.first ? Folded(range.first - 1) : std::string_view{};
    const std::string_view behind =
        range.last < sentence_.last ? Folded(range.last) : std::string_view{};
    if (world_.Is(behind, "speech") || world_.Is(before, "speech")) member.speaker = true;
    if (!subject_open_ || world_.Is(before, "preposition") || behind == "'s" || behind == "'")
      return;
    member.subject = true;
    subject_open_ = before == "and" || behind == "and" || behind == ",";
    if (member.entity.type == EntityType::kCountry && kind != MentionKind::kPronoun &&
        !spoken_.empty())
      spoken_.back().subject = true;
  }

  std::uint32_t ReadName(const Name& name) {
    const TokenRange range = RangeOf(name);
    switch (name.type) {
      case NameType::kPer:
        ReadPerson(name, nullptr);
        break;
      case NameType::kOrg:
        ReadOrganization(range);
        break;
      case NameType::kLoc:
        ReadLocation(range);
        break;
      case NameType::kNorp:
        return ReadNationality(range);
      case NameType::kMisc:
        ReadOther(range);
        break;
    }
    return range.last;
  }

  // ---- people

  /// "Mr Keller" is a Keller.
  [[nodiscard]] std::vector<std::string> PersonalWords(TokenRange range) const {
    std::vector<std::string> words = WordsOf(range);
    const bool address =
        words.size() > 1 && (words.front().starts_with("mr") || words.front().starts_with("ms"));
    if (address && words.front().size() <= 4 &&
        (world_.Is(words.front(), "male") || world_.Is(words.front(), "female")))
      words.erase(words.begin());
    return words;
  }

  void ReadPerson(const Name& name, const TitlePhrase* phrase) {
    const TokenRange range = RangeOf(name);
    const std::vector<std::string> words = PersonalWords(range);
    auto index = cast_.FindPerson(words);
    if (index && !Agrees(cast_[*index], phrase)) index.reset();
    if (!index) index = cast_.Open(EntityType::kPerson, TextOf(range), words);
    if (words.size() > cast_[*index].words.size()) {
      cast_[*index].words = words;
      cast_[*index].entity.name = TextOf(range);
    }
    person_of_[range.first] = *index;
    AddMention(*index, {phrase != nullptr ? phrase->range.first : range.first, range.last},
               MentionKind::kName);
    if (phrase != nullptr) AddRole(*index, *phrase);
    if (range.first > sentence_.first) NoteGender(cast_[*index], Folded(range.first - 1));
    if (const TitlePhrase* behind = phrases_.TitleBehind(name); behind != nullptr)
      behind_.emplace(behind, *index);
  }

  /// A title of another country means another person of that name, unless the first one's country
  /// was only guessed.
  static bool Agrees(const Member& member, const TitlePhrase* phrase) {
    return phrase == nullptr || !phrase->country || !member.entity.country || member.guessed ||
           *member.entity.country == *phrase->country;
  }

  void NoteGender(Member& member, std::string_view word) const {
    if (world_.Is(word, "male")) member.gender = Gender::kMale;
    if (world_.Is(word, "female")) member.gender = Gender::kFemale;
  }

  /// Reads a title with its owner, the people it names, and what it says of them. Returns the token
  /// behind what was read.
  std::uint32_t ReadPhrase(const TitlePhrase& phrase) {
    ReadInside({phrase.range.first, phrase.title->range.first});
    if (const auto behind = behind_.find(&phrase); behind != behind_.end()) {
      AddMention(behind->second, phrase.range, MentionKind::kNominal);
      AddRole(behind->second, phrase);
      return phrase.range.last;
    }
    if (const Name* name = phrases_.NamedBy(phrase); name != nullptr && !phrase.title->plural) {
      ReadPerson(*name, &phrase);
      return RangeOf(*name).last;
    }
    const auto people = phrases_.AppositionOf(phrase);
    if (!people.empty()) return ReadApposition(phrase, people);
    if (phrase.title->plural)
      return std::max(ReadGroup(phrase.range.first, phrase.title->range.first, phrase.country),
                      phrase.range.last);
    ReadBareTitle(phrase);
    return phrase.range.last;
  }

  /// The names and pronouns before the title itself: "Benkirane's", "her", "Foreign Ministry".
  void ReadInside(TokenRange inside) {
    for (std::uint32_t i = inside.first; i < inside.last;) {
      const Name* name = phrases_.NameAt(i);
      if (name != nullptr && name->type != NameType::kNorp && RangeOf(*name).last <= inside.last) {
        i = ReadName(*name);
        continue;
      }
      if (name != nullptr) NoteAlias(i, inside.last);
      if (Folded(i) == "the" && i + 1 < inside.last) {
        i = std::max(i + 1, ReadDefinite(i));
        continue;
      }
      ReadPronoun(i++);
    }
  }

  void NoteAlias(std::uint32_t i, std::uint32_t end) {
    if (const auto alias = world_.AliasAt(reading_, i, end)) Speak(alias->country, i, false);
  }

  std::uint32_t ReadApposition(const TitlePhrase& phrase, const std::vector<const Name*>& people) {
    std::uint32_t behind = phrase.range.last;
    for (const Name* name : people) {
      const TokenRange range = RangeOf(*name);
      for (std::uint32_t i = behind; i < range.first; ++i) {
        if (const TitlePhrase* rank = phrases_.At(i);
            rank != nullptr && phrases_.NamedBy(*rank) == name) {
          ReadPerson(*name, rank);
          i = range.first;
        }
      }
      if (!person_of_.contains(range.first)) ReadPerson(*name, nullptr);
      const Cast::Index index = person_of_[range.first];
      AddMention(index, phrase.range, MentionKind::kNominal);
      AddRole(index, phrase);
      behind = range.last;
    }
    return behind;
  }

  void AddRole(Cast::Index index, const TitlePhrase& phrase) {
    const auto owner = OwnerOf(phrase);
    const std::string head(Folded(phrase.title->core.last - 1));
    if (head == "counterpart") return CopyRole(index, phrase, owner);
    Member& member = cast_[index];
    Role role{.title = TextOf(phrase.title->core),
              .of = SetCountry(member, phrase, owner),
              .time = TimeOf(phrase),
              .span = reading_.SpanOf(phrase.range)};
    const bool body = owner && cast_[*owner].entity.type == EntityType::kOrganization;
    if (body && !phrase.country) role.of = cast_[*owner].entity.name;
    SetCodes(member, phrase, owner, role);
    member.titles.push_back(
        head.ends_with('s') && phrase.title->plural ? head.substr(0, head.size() - 1) : head);
    NoteGender(member, head);
    member.entity.roles.push_back(std::move(role));
  }

  /// The country of an office: told by its adjective or owner, else that of what stands around. A
  /// told one replaces a guess.
  std::optional<std::string> SetCountry(Member& member, const TitlePhrase& phrase,
                                        std::optional<Cast::Index> owner) const {
    std::optional<std::string> country;
    if (phrase.country) {
      country = std::string(*phrase.country);
    } else if (owner) {
      country = cast_[*owner].entity.country;
    } else if (!member.entity.country) {
      if (const auto around = CountryAround(phrase.range.first))
        member.entity.country = std::string(*around);
      member.guessed = true;
    }
    if (country && (!member.entity.country || member.guessed)) {
      for (Role& role : member.entity.roles) {
        if (role.of == member.entity.country) role.of = country;
      }
      member.entity.country = country;
      member.guessed = false;
    }
    return country ? country : member.entity.country;
  }

  /// Who speaks for another or serves a body has the other's code; who held the office is elite.
  void SetCodes(Member& member, const TitlePhrase& phrase, std::optional<Cast::Index> owner,
                const Role& role) const {
    const std::string_view code = know_.titles.ActorOf(*phrase.title);
    const bool served = owner && cast_[*owner].entity.type == EntityType::kOrganization;
    if (role.time && *role.time != "acting" && *role.time != "interim" &&
        *role.time != "caretaker") {
      member.role_code = "ELI";
    } else if (owner && (served || code == "UIS" || code.empty())) {
      member.owner_code = ActorOf(*owner);
    } else if (phrase.owner && code == "UIS" && member.entity.country) {
      member.owner_code = OwnerCode(*phrase.owner, *member.entity.country);
    } else if (member.role_code.empty() && code != "UIS") {
      member.role_code = code;
    }
  }

  /// "his Tajik counterpart": the office of the other.
  void CopyRole(Cast::Index index, const TitlePhrase& phrase, std::optional<Cast::Index> owner) {
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

  [[nodiscard]] std::optional<std::string> TimeOf(const TitlePhrase& phrase) const {
    for (std::uint32_t i = phrase.range.first; i < phrase.title->core.first; ++i) {
      if (world_.Is(Folded(i), "time")) return std::string(Folded(i));
    }
    return std::nullopt;
  }

  /// The entity that the title's possessor or body means.
  [[nodiscard]] std::optional<Cast::Index> OwnerOf(const TitlePhrase& phrase) const {
    if (!phrase.owner) return std::nullopt;
    const auto found = entity_at_.find(phrase.owner->first);
    if (found != entity_at_.end()) return found->second;
    const auto person = person_of_.find(phrase.owner->first);
    if (person != person_of_.end()) return person->second;
    return cast_.FindBodyWith(Folded(phrase.owner->last - 1));
  }

  [[nodiscard]] std::string OwnerCode(TokenRange owner, std::string_view country) const {
    const auto group = world_.GroupAt(reading_, owner.first, owner.last);
    return group ? world_.CameoOf(country) + std::string(group->actor) : std::string();
  }

  [[nodiscard]] std::string ActorOf(Cast::Index index) const {
    const Member& member = cast_[index];
    if (member.entity.actor) return *member.entity.actor;
    if (!member.entity.country) return {};
    return world_.CameoOf(*member.entity.country) + member.role_code;
  }

  /// A title without a name.
  void ReadBareTitle(const TitlePhrase& phrase) {
    const bool definite = phrase.country || phrase.owner || phrase.article == Determiner::kThe;
    if (!definite && phrase.article == Determiner::kNone && !InHeadline(phrase.range.first)) return;
    if (InHeadline(phrase.range.first)) {
      waiting_.emplace_back(&phrase, phrase.range);
      return;
    }
    JoinTitle(phrase, phrase.range);
  }

  /// Joins the person who holds the office in this story; opens one for an office of a country.
  void JoinTitle(const TitlePhrase& phrase, TokenRange range) {
    sentence_ = reading_.sentences()[reading_.SentenceOf(range.first)];
    const std::string head(Folded(phrase.title->core.last - 1));
    auto holder = cast_.FindHolder(head, phrase.country);
    if (holder && phrase.article == Determiner::kA) holder.reset();
    if (!holder && head == "leader" && phrase.country) holder = FindLeader(*phrase.country);
    if (!holder && phrase.country && phrase.title->row && !phrase.possessed)
      holder = OpenHolder(phrase);
    if (holder) AddMention(*holder, range, MentionKind::kNominal);
  }

  Cast::Index OpenHolder(const TitlePhrase& phrase) {
    const TokenRange name{
        phrase.article != Determiner::kNone ? phrase.range.first + 1 : phrase.range.first,
        phrase.range.last};
    const Cast::Index index = cast_.Open(EntityType::kPerson, TextOf(name), {});
    AddRole(index, phrase);
    return index;
  }

  [[nodiscard]] std::optional<Cast::Index> FindLeader(std::string_view country) const {
    for (const std::string_view title :
         {"president", "minister", "leader", "king", "chancellor", "premier"}) {
      if (const auto holder = cast_.FindHolder(title, country)) return holder;
    }
    return std::nullopt;
  }

  // ---- bodies, groups

  /// What the user's dictionary names, where that is more than a name or title found there.
  std::uint32_t ReadListed(std::uint32_t at) {
    const auto listed = know_.dictionary.At(reading_, at, sentence_.last, day_);
    if (!listed) return at;
    const TokenRange range{at, at + listed->length};
    const Name* name = phrases_.NameAt(at);
    const TitlePhrase* phrase = phrases_.At(at);
    if (name != nullptr && RangeOf(*name).size() >= range.size()) return at;
    if (phrase != nullptr && phrase->range.size() >= range.size()) return at;
    std::vector<std::string> words = WordsOf(range);
    auto index = cast_.FindNamed(EntityType::kOrganization, words);
    if (!index) index = cast_.Open(EntityType::kOrganization, TextOf(range), std::move(words));
    entity_at_[at] = *index;
    AddMention(*index, range, MentionKind::kName);
    return range.last;
  }

  void ReadOrganization(TokenRange range) {
    const auto known = world_.BodyNamed(reading_, range);
    const bool initials = range.size() == 1 && reading_[range.first].upper;
    const std::string name = known && initials ? std::string(known->name) : TextOf(range);
    std::vector<std::string> words = known ? FoldedWords(known->name) : WordsOf(range);
    auto index = cast_.FindNamed(EntityType::kOrganization, words);
    if (!index && range.size() == 1) index = FindByInitials(range);
    if (!index) {
      index = cast_.Open(EntityType::kOrganization, name, std::move(words));
      SetBody(*index, range, known);
    }
    entity_at_[range.first] = *index;
    AddMention(*index, range, MentionKind::kName);
  }

  static std::vector<std::string> FoldedWords(std::string_view name) {
    std::vector<std::string> words;
    for (std::string& word : tables::FoldPhrase(name)) {
      if (text::HasLetter(word) && word != "the") words.push_back(std::move(word));
    }
    return words;
  }

  /// "the Garment Workers' Front (GWF)".
  [[nodiscard]] std::optional<Cast::Index> FindByInitials(TokenRange range) const {
    const std::string_view form = Folded(range.first);
    if (!reading_[range.first].upper || form.size() < 2) return std::nullopt;
    for (Cast::Index i = 0; i < cast_.size(); ++i) {
      if (cast_[i].entity.type != EntityType::kOrganization || cast_[i].words.size() < 2) continue;
      std::string initials;
      for (const std::string& word : cast_[i].words) {
        if (word != "of" && word != "for" && word != "and") initials += word.front();
      }
      if (initials == form) return i;
    }
    return std::nullopt;
  }

  void SetBody(Cast::Index index, TokenRange range, const std::optional<KnownBody>& known) {
    Entity& entity = cast_[index].entity;
    if (known) {
      if (known->country) entity.country = std::string(*known->country);
      if (!known->actor.empty()) entity.actor = std::string(known->actor);
      return;
    }
    std::string_view code;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      if (const std::string_view word = world_.CodeOfWord(Folded(i)); !word.empty()) code = word;
    }
    if (const auto head = world_.BodyAt(reading_, range)) {
      if (head->country) entity.country = std::string(*head->country);
      entity.actor = std::string(head->actor);
      return;
    }
    if (const auto country = CountryOfBody(range)) entity.country = std::string(*country);
    if (entity.country) {
      entity.actor = world_.CameoOf(*entity.country) + std::string(code);
    } else if (IsAbroad(range) && !code.empty()) {
      entity.actor = AbroadCode(code);
    }
  }

  /// By a country or city in the name, the country word before it, else the country around.
  [[nodiscard]] std::optional<std::string_view> CountryOfBody(TokenRange range) const {
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      if (const auto alias = world_.AliasAt(reading_, i, range.last)) return alias->country;
    }
    if (range.first > sentence_.first) {
      std::uint32_t last = range.first - 1;
      if (Folded(last) == "'s" && last > sentence_.first) --last;
      if (const auto alias = world_.AliasBefore(reading_, sentence_.first, last))
        return alias->country;
    }
    if (const auto city = world_.CountryOfCity(reading_, range.first, range.last)) return city;
    if (IsAbroad(range)) return std::nullopt;
    return CountryAround(range.first);
  }

  /// Whether the body's name tells that it is of more than one country.
  [[nodiscard]] bool IsAbroad(TokenRange range) const {
    constexpr std::array<std::string_view, 11> kAbroad{
        "international", "world",   "global",  "united", "inter", "pan",
        "european",      "african", "pacific", "arab",   "asian"};
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      if (std::ranges::find(kAbroad, Folded(i)) != kAbroad.end()) return true;
    }
    return false;
  }

  /// The code of a body of several countries, by the role that its name tells: of states, of
  /// business or of people.
  static std::string AbroadCode(std::string_view role) {
    constexpr std::array<std::string_view, 4> kStates{"GOV", "MIL", "LEG", "COP"};
    if (role == "BUS") return "MNC";
    if (std::ranges::find(kStates, role) != kStates.end()) return "IGO" + std::string(role);
    return role == "CVL" ? "NGO" : "NGO" + std::string(role);
  }

  /// "Russian forces", "the army", "officials": people or bodies by what they are. `begin` is where
  /// the mention begins, `at` where the role noun does. Returns the token behind, or `begin`.
  std::uint32_t ReadGroup(std::uint32_t begin, std::uint32_t at,
                          std::optional<std::string_view> country) {
    const auto group = world_.GroupAt(reading_, at, sentence_.last);
    if (!group || group->actor.empty()) return begin;
    if (!country) country = CountryBehindPossessor(begin);
    if (!MayAct(group->actor, country.has_value())) return begin;
    if (!country) country = CountryAround(begin);
    if (!country) return begin;
    const TokenRange range{begin, at + group->length};
    std::vector<std::string> words = WordsOf({at, at + group->length});
    words.emplace_back(*country);
    const EntityType type = group->body ? EntityType::kOrganization : EntityType::kGroup;
    auto index = cast_.FindNamed(type, words);
    if (!index) {
      index = cast_.Open(type, TextOf(range), std::move(words));
      cast_[*index].entity.country = std::string(*country);
      cast_[*index].entity.actor = group->actor.starts_with("IGO")
                                       ? std::string(group->actor)
                                       : world_.CameoOf(*country) + std::string(group->actor);
    }
    entity_at_[at] = *index;
    AddMention(*index, range, MentionKind::kNominal);
    return range.last;
  }

  /// Groups that are nobody in particular ("reporters", "families") are left out, unless a country
  /// beside them tells whose they are: "Kyrgyz villagers".
  static bool MayAct(std::string_view code, bool has_country) {
    if (has_country) return code != "UIS";
    return code != "CVL" && code != "MED" && code != "BUS" && code != "MNC" && code != "HLH" &&
           code != "PTY" && code != "UIS";
  }

  [[nodiscard]] std::optional<std::string_view> CountryBehindPossessor(std::uint32_t at) const {
    if (at < sentence_.first + 2 || Folded(at - 1) != "'s") return std::nullopt;
    const auto alias = world_.AliasBefore(reading_, sentence_.first, at - 2);
    return alias ? std::optional(alias->country) : std::nullopt;
  }

  /// "the front", "the kingdom".
  std::uint32_t ReadDefinite(std::uint32_t the) {
    const std::uint32_t at = the + 1;
    const TokenRange range{the, at + 1};
    if (reading_[at].capital) return the;
    if (reading_.Is(at, names::kOrgWord)) {
      const auto body = cast_.FindBodyWith(Folded(at));
      if (!body) return the;
      entity_at_[the] = entity_at_[at] = *body;
      AddMention(*body, range, MentionKind::kNominal);
      return range.last;
    }
    if (!world_.Is(Folded(at), "land")) return the;
    const auto around = CountryAround(the);
    if (!around) return the;
    AddCountry(*around, range, MentionKind::kNominal);
    return range.last;
  }

  // ---- countries, places

  void ReadLocation(TokenRange range) {
    const Span span = reading_.SpanOf(range);
    const auto place = std::ranges::lower_bound(story_.places, span, {}, &Place::span);
    const bool found = place != story_.places.end() && place->span == span;
    const auto alias = world_.AliasAt(reading_, range.first, range.last);
    if (alias && alias->length == range.size() && found && place->country &&
        (alias->kind == AliasKind::kName || !place->literal)) {
      AddCountry(IsTownOfThatName(*alias, *place, range.last) ? alias->country : *place->country,
                 range, MentionKind::kName);
      return;
    }
    const std::string name = found ? place->name : TextOf(range);
    const std::vector<std::string> words = FoldedWords(name);
    auto index = cast_.FindNamed(EntityType::kPlace, words);
    if (!index) index = cast_.Open(EntityType::kPlace, name, words);
    if (found) cast_[*index].entity.country = place->country;
    if (found && place->country) Speak(Lasting(*place->country), range.first, false);
    cast_.AddMention(*index, {.span = span, .kind = MentionKind::kName}, WhereIs(range.first));
    for (std::uint32_t i = range.first; i < range.last; ++i) entity_of_[i] = index;
  }

  /// A country's name that was read as a town abroad, where nothing behind it says so ("Jordan,
  /// Minnesota"): the country is meant.
  [[nodiscard]] bool IsTownOfThatName(const Alias& alias, const Place& place,
                                      std::uint32_t behind) const {
    const bool town = place.precision == PlacePrecision::kCity ||
                      place.precision == PlacePrecision::kAdmin2 ||
                      place.precision == PlacePrecision::kPoint;
    const bool told = behind < sentence_.last && Folded(behind) == ",";
    return alias.kind == AliasKind::kName && town && !told && place.country != alias.country;
  }

  /// A view that outlives the entity: the code as the tables hold it.
  std::string_view Lasting(const std::string& country) { return *codes_.insert(country).first; }

  void AddCountry(std::string_view country, TokenRange range, MentionKind kind) {
    auto index = cast_.FindCountry(country);
    if (!index) {
      const std::string name(world_.NameOf(country));
      index = cast_.Open(EntityType::kCountry, name, FoldedWords(name));
      cast_[*index].entity.country = std::string(country);
      cast_[*index].entity.actor = world_.CameoOf(country);
    }
    Speak(Lasting(std::string(country)), range.first, false);
    entity_at_[range.first] = *index;
    AddMention(*index, range, kind);
  }

  /// "Russian forces" is a group, "the Russians" the people; an adjective before anything else
  /// tells only what is spoken of.
  std::uint32_t ReadNationality(TokenRange range) {
    const auto alias = world_.AliasAt(reading_, range.first, range.last);
    if (!alias) return range.last;
    Speak(alias->country, range.first, false);
    if (const std::uint32_t behind = ReadGroup(range.first, range.last, alias->country);
        behind > range.first)
      return behind;
    if (!alias->people) return range.last;
    std::vector<std::string> words = WordsOf(range);
    auto index = cast_.FindNamed(EntityType::kGroup, words);
    if (!index) index = cast_.Open(EntityType::kGroup, TextOf(range), std::move(words));
    cast_[*index].entity.country = std::string(alias->country);
    cast_[*index].entity.actor = world_.CameoOf(alias->country);
    AddMention(*index, range, MentionKind::kName);
    return range.last;
  }

  void ReadOther(TokenRange range) {
    std::vector<std::string> words = WordsOf(range);
    auto index = cast_.FindNamed(EntityType::kOther, words);
    if (!index) index = cast_.Open(EntityType::kOther, TextOf(range), std::move(words));
    cast_.AddMention(*index, {.span = reading_.SpanOf(range), .kind = MentionKind::kName},
                     WhereIs(range.first));
  }

  // ---- pronouns

  [[nodiscard]] bool IsPersonal(std::uint32_t i) const {
    const Token& token = story_.tokens[i];
    return token.upos == "PRON" && token.feats.find("PronType=Prs") != std::string::npos;
  }

  /// "I", "me", "my".
  [[nodiscard]] bool IsFirstPerson(std::uint32_t i) const {
    const std::string& feats = story_.tokens[i].feats;
    return feats.find("Person=1") != std::string::npos &&
           feats.find("Number=Sing") != std::string::npos;
  }

  [[nodiscard]] Gender GenderOf(std::uint32_t pronoun) const {
    if (world_.Is(Folded(pronoun), "he")) return Gender::kMale;
    return world_.Is(Folded(pronoun), "she") ? Gender::kFemale : Gender::kUnknown;
  }

  void ReadPronoun(std::uint32_t i) {
    if (!IsPersonal(i) || (speakers_[i] && IsFirstPerson(i))) return;
    const Gender gender = GenderOf(i);
    std::optional<Cast::Index> index = NamedInChain(i, gender);
    if (gender != Gender::kUnknown && (index || !NamedLater(i, gender)))
      index = cast_.FindFor(gender, WhereIs(i), index);
    if (!index && world_.Is(Folded(i), "it") && !IsExpletive(i))
      index = cast_.FindThing(WhereIs(i));
    if (!index) return;
    if (gender != Gender::kUnknown) cast_[*index].gender = gender;
    entity_at_[i] = *index;
    AddMention(*index, {i, i + 1}, MentionKind::kPronoun);
  }

  /// The entity that the pronoun's chain of coreference named last before it.
  [[nodiscard]] std::optional<Cast::Index> NamedInChain(std::uint32_t pronoun,
                                                        Gender gender) const {
    const auto* heads = ChainOf(pronoun);
    if (heads == nullptr) return std::nullopt;
    const auto here = std::ranges::lower_bound(*heads, pronoun);
    for (auto head = here; head != heads->begin();) {
      const auto index = MeantAt(*--head);
      if (index && MayMean(pronoun, gender, cast_[*index])) return index;
    }
    return std::nullopt;
  }

  /// The entity that the pronoun's chain names next, once the walk is over.
  [[nodiscard]] std::optional<Cast::Index> NextInChain(std::uint32_t pronoun, Gender gender) const {
    const auto* heads = ChainOf(pronoun);
    if (heads == nullptr) return std::nullopt;
    for (auto head = std::ranges::upper_bound(*heads, pronoun); head != heads->end(); ++head) {
      const auto index = MeantAt(*head);
      if (index && MayMean(pronoun, gender, cast_[*index])) return index;
    }
    return std::nullopt;
  }

  /// True where the chain opens with the pronoun and a name follows in its sentence: "After his
  /// return, President Mesa …".
  [[nodiscard]] bool NamedLater(std::uint32_t pronoun, Gender gender) const {
    const auto* heads = ChainOf(pronoun);
    if (heads == nullptr || heads->front() != pronoun) return false;
    return gender != Gender::kUnknown && std::ranges::any_of(*heads, [&](std::size_t head) {
             return head > pronoun && head < sentence_.last &&
                    reference_of_[head]->kind == MentionKind::kName;
           });
  }

  [[nodiscard]] const std::vector<std::size_t>* ChainOf(std::uint32_t head) const {
    return reference_of_[head] == nullptr ? nullptr : &chains_[reference_of_[head]->chain];
  }

  /// The entity read at a head; the adjective in "Chinese minister" is not the minister.
  [[nodiscard]] std::optional<Cast::Index> MeantAt(std::size_t head) const {
    return story_.tokens[head].upos == "ADJ" ? std::nullopt : entity_of_[head];
  }

  // ---- what only its chain names

  /// Pronouns before any name, and definite phrases of ordinary nouns.
  void JoinChains() {
    for (const TokenRange sentence : reading_.sentences()) {
      sentence_ = sentence;
      subject_open_ = false;
      for (std::uint32_t head = sentence.first; head < sentence.last; ++head) {
        if (!entity_of_[head]) JoinHead(head);
      }
    }
  }

  void JoinHead(std::uint32_t head) {
    if (IsPersonal(head)) return JoinPronoun(head);
    if (reference_of_[head] != nullptr) JoinDescription(*reference_of_[head], head);
  }

  /// "I" in a quotation is its speaker; "he" before his name is whom the chain names next.
  void JoinPronoun(std::uint32_t pronoun) {
    const Gender gender = GenderOf(pronoun);
    std::optional<Cast::Index> index;
    const bool first = IsFirstPerson(pronoun);
    if (first && speakers_[pronoun]) {
      index = SpeakerAt(*speakers_[pronoun]);
      if (index && cast_[*index].entity.type != EntityType::kPerson) index.reset();
    } else if (first || gender != Gender::kUnknown) {
      index = NextInChain(pronoun, gender);
    }
    if (index) AddMention(*index, {pronoun, pronoun + 1}, MentionKind::kPronoun);
  }

  /// "said boxer Yoel Diaz": the name hangs on the noun.
  [[nodiscard]] std::optional<Cast::Index> SpeakerAt(std::uint32_t head) const {
    if (entity_of_[head]) return entity_of_[head];
    for (std::uint32_t i = head + 1; i < entity_of_.size() && i < head + 4; ++i) {
      const Token& token = story_.tokens[i];
      if (token.head && Raw(*token.head) == head && entity_of_[i]) return entity_of_[i];
    }
    return std::nullopt;
  }

  void JoinDescription(const Reference& reference, std::uint32_t head) {
    if (reference.kind != MentionKind::kNominal || !IsDefinite(reference)) return;
    const auto index = NamedInChain(head, Gender::kUnknown);
    if (!index || cast_[*index].entity.type == EntityType::kPlace) return;
    const TokenRange range{static_cast<std::uint32_t>(Raw(reference.first)), head + 1};
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      if (entity_of_[i] == index) return;
    }
    AddMention(*index, range, MentionKind::kNominal);
  }

  /// "the company", "this group", "the Russian leader".
  [[nodiscard]] bool IsDefinite(const Reference& reference) const {
    const std::string_view first = Folded(static_cast<std::uint32_t>(Raw(reference.first)));
    return first == "the" || first == "this" || first == "that" || first == "these" ||
           first == "those";
  }

  /// "he" is a person of no other gender, "it" none.
  [[nodiscard]] bool MayMean(std::uint32_t pronoun, Gender gender, const Member& member) const {
    const bool person = member.entity.type == EntityType::kPerson;
    if (gender != Gender::kUnknown) {
      return person && (member.gender == gender || member.gender == Gender::kUnknown);
    }
    const bool plural = story_.tokens[pronoun].feats.find("Number=Plur") != std::string::npos;
    return world_.Is(Folded(pronoun), "it") || plural ? !person : true;
  }

  /// "It was the worst …": means nothing before.
  [[nodiscard]] bool IsExpletive(std::uint32_t i) const {
    if (Folded(i) != "it" || i + 1 >= sentence_.last) return false;
    const std::string_view verb = Folded(i + 1);
    return verb == "is" || verb == "was" || verb == "'s" || verb == "takes" || verb == "took" ||
           verb == "seems" || verb == "appears";
  }

  // ---- codes

  bool ApplyDictionary(Entity& entity) const {
    const auto listed = know_.dictionary.Named(entity.name, day_);
    if (!listed) return false;
    entity.actor.reset();
    entity.country.reset();
    if (!listed->actor.empty()) entity.actor = std::string(listed->actor);
    if (!listed->country.empty()) entity.country = std::string(listed->country);
    return true;
  }

  /// Countries and codes of persons from their roles and from the table of office holders.
  void Finish(Member& member) const {
    Entity& entity = member.entity;
    if (ApplyDictionary(entity)) return;
    if (entity.type != EntityType::kPerson) return;
    const auto office = world_.OfficeOf(entity.name, date_, countries_, member.titles);
    const bool state = office && !world_.NameOf(office->country).empty();
    if (state && (!entity.country || member.guessed)) entity.country = std::string(office->country);
    const bool agrees = office && (!state || entity.country == office->country);
    if (agrees && member.words.size() == 1) entity.name = std::string(office->name);
    const bool told = office && !office->actor.empty();
    if (agrees && told && (member.role_code.empty() || office->actor.ends_with(member.role_code))) {
      entity.actor = std::string(office->actor);
    } else if (entity.country && !member.role_code.empty()) {
      entity.actor = member.role_code.starts_with("IGO")
                         ? member.role_code
                         : world_.CameoOf(*entity.country) + member.role_code;
    } else if (!member.owner_code.empty()) {
      entity.actor = member.owner_code;
    } else if (entity.country) {
      entity.actor = world_.CameoOf(*entity.country);
    }
  }

  const EntityResolver::Impl& know_;
  const World& world_;
  const Story& story_;
  const std::vector<Name>& names_;
  std::optional<Date> date_;
  std::string day_;  ///< the same as FormatDate writes it, or empty
  names::Reading reading_;
  std::vector<names::Title> titles_;
  Phrases phrases_;
  std::vector<std::optional<std::uint32_t>> speakers_;  ///< heads, by token
  Cast cast_;
  std::set<std::string, std::less<>> codes_;
  std::vector<std::string_view> countries_;  ///< spoken of anywhere, with repetitions
  std::optional<std::string_view> home_;
  std::vector<Spoken> spoken_;
  TokenRange sentence_;
  bool subject_open_ = true;
  std::map<std::uint32_t, Cast::Index> person_of_;  ///< by first token of the name
  std::map<std::uint32_t, Cast::Index> entity_at_;  ///< bodies, groups and pronouns by first token
  std::vector<std::optional<Cast::Index>> entity_of_;  ///< by token: who it was last read as
  std::vector<const Reference*> reference_of_{};       ///< by head token; null: none
  std::vector<std::vector<std::size_t>> chains_{};     ///< head tokens in order of the references
  std::map<const TitlePhrase*, Cast::Index> behind_;
  std::vector<std::pair<const TitlePhrase*, TokenRange>> waiting_;  ///< titles of the headline
};

}  // namespace

Result<EntityResolver> EntityResolver::Load(const tables::Tables& tables) {
  auto impl = std::make_shared<Impl>();
  DATELINE_TRY(impl->world, World::Load(tables));
  DATELINE_TRY(impl->dictionary, Dictionary::Load(tables));
  DATELINE_TRY(impl->lexicon, names::Lexicon::Load(tables));
  DATELINE_TRY(impl->titles, names::TitleFinder::Load(tables));
  EntityResolver resolver;
  resolver.impl_ = std::move(impl);
  return resolver;
}

std::vector<Entity> EntityResolver::Resolve(const Story& story, const std::vector<Name>& names,
                                            std::optional<Date> date) const {
  return Walker(*impl_, story, names, date).Run();
}

}  // namespace dateline::actors
