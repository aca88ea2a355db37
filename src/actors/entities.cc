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
#include <ranges>
#include <string>
#include <string_view>
#include <utility>

#include "actors/bodies.h"
#include "actors/cast.h"
#include "actors/chains.h"
#include "actors/dictionary.h"
#include "actors/homelands.h"
#include "actors/namesakes.h"
#include "actors/offices.h"
#include "actors/origins.h"
#include "actors/phrases.h"
#include "actors/roles.h"
#include "actors/speakers.h"
#include "actors/spoken.h"
#include "actors/story_reader.h"
#include "actors/world.h"
#include "names/reading.h"
#include "names/titles.h"
#include "text/unicode.h"

namespace dateline::actors {

using names::Name;
using names::NameType;

struct EntityResolver::Impl {
  World world;
  Dictionary dictionary;
  names::TitleFinder titles;
};

namespace {

class Walker : private StoryReader {
 public:
  Walker(const EntityResolver::Impl& know, const names::Reading& reading,
         const std::vector<Name>& names, std::optional<Date> date)
      : StoryReader(reading),
        know_(know),
        world_(know.world),
        day_(date ? FormatDate(*date) : std::string()),
        titles_(know.titles.Find(reading_)),
        phrases_(know.world, reading_, names, titles_),
        speakers_(FindSpeakers(story_, reading_, know.world)),
        spoken_(know.world, story_, reading_, names),
        entity_of_(story_.tokens.size()),
        homelands_(world_, reading_, date, Found()),
        offices_(world_, know.titles, reading_,
                 {.phrases = phrases_,
                  .cast = cast_,
                  .homelands = homelands_,
                  .sentence = sentence_,
                  .entity_of = entity_of_,
                  .entity_at = entity_at_,
                  .person_of = person_of_}),
        bodies_(world_, reading_,
                {.cast = cast_, .spoken = spoken_, .homelands = homelands_, .sentence = sentence_}),
        origins_(world_, reading_, date, Found(), homelands_),
        namesakes_(world_, reading_, sentence_),
        chains_(world_, reading_, {.cast = cast_, .sentence = sentence_, .entity_of = entity_of_}) {
  }

  std::vector<Entity> Run() {
    for (const TokenRange sentence : reading_.sentences()) {
      sentence_ = sentence;
      subject_open_ = true;
      match_ = namesakes_.IsMatch(sentence);
      for (std::uint32_t i = sentence.first; i < sentence.last;) i = std::max(i + 1, Step(i));
    }
    for (const auto& [phrase, range] : waiting_) JoinTitle(*phrase, range);
    JoinChains();
    for (Cast::Index i = 0; i < cast_.size(); ++i) Finish(cast_[i]);
    for (Cast::Index i = 0; i < cast_.size(); ++i) FollowPatron(cast_[i]);
    return std::move(cast_).Take();
  }

 private:
  [[nodiscard]] Walk Found() const {
    return {.phrases = phrases_,
            .cast = cast_,
            .spoken = spoken_,
            .sentence = sentence_,
            .entity_of = entity_of_};
  }

  // ---- what stands where

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

  // ---- the walk

  /// "the North": in a story of North Korea that, and "the South" the other; a part of a longer
  /// name
  /// ("the South China Sea") is neither.
  std::uint32_t ReadHalf(std::uint32_t i) {
    const bool north = Folded(i) == "north";
    if ((!north && Folded(i) != "south") || !reading_[i].capital || i == sentence_.first) return i;
    const Name* name = phrases_.NameAt(i);
    // "the South of Chad", but "accused the South of lying".
    const std::uint32_t behind = i + 1 < sentence_.last && Folded(i + 1) == "of" ? i + 2 : i + 1;
    const bool longer =
        (name != nullptr && RangeOf(*name).size() > 1) ||
        (behind < sentence_.last && (reading_[behind].capital || Folded(behind) == "-"));
    if (longer || Folded(i - 1) != "the" || !cast_.FindCountry("PRK")) return i;
    AddCountry(north ? "PRK" : "KOR", {i, i + 1}, MentionKind::kName);
    return i + 1;
  }

  std::uint32_t Step(std::uint32_t i) {
    if (const std::uint32_t behind = ReadHalf(i); behind > i) return behind;
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
    if (world_.Is(behind, WordKind::kSpeech) || world_.Is(before, WordKind::kSpeech))
      member.speaker = true;
    if (!subject_open_ || world_.Is(before, WordKind::kPreposition) || behind == "'s" ||
        behind == "'")
      return;
    member.subject = true;
    subject_open_ = before == "and" || behind == "and" || behind == ",";
    if (IsNoSubject(range.last - 1)) return;
    const bool country = member.entity.type == EntityType::kCountry;
    if (country && kind != MentionKind::kPronoun) spoken_.MarkSubject();
    // "Chad's government rejected the demand. The interior minister …".
    const bool state =
        member.entity.type == EntityType::kOrganization && IsOfState(RoleOf(member.entity));
    if (state && kind != MentionKind::kPronoun && member.entity.country)
      spoken_.MarkOwner(*member.entity.country, sentence_);
    if (!country && member.entity.country && (!member.guessed || member.listed))
      spoken_.MarkActor(homelands_.Lasting(*member.entity.country), range.first);
  }

  /// "condemned the murder and urged Norway", behind a subject that is nobody known; "New Zealand
  /// troops", who are not their country.
  [[nodiscard]] bool IsNoSubject(std::uint32_t at) const {
    const std::string& relation = story_.tokens[at].deprel;
    if (relation == "obj" || relation == "iobj" || relation == "obl" || relation == "compound")
      return true;
    // "as Norway cut its aid": told beside the news.
    const auto& verb = story_.tokens[at].head;
    const std::string_view clause =
        relation == "nsubj" && verb ? story_.tokens[Raw(*verb)].deprel : std::string_view{};
    return clause == "advcl" || clause == "acl:relcl" || clause == "acl";
  }

  std::uint32_t ReadName(const Name& name) {
    const TokenRange range = RangeOf(name);
    if (namesakes_.IsTitleOfWork(range)) {
      ReadAs(EntityType::kWork, range);
      return range.last;
    }
    if (const auto title = namesakes_.QuotedTitle(range); title && name.type != NameType::kPer) {
      ReadAs(EntityType::kOther, *title);
      return title->last;
    }
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
        (world_.Is(words.front(), WordKind::kMale) || world_.Is(words.front(), WordKind::kFemale)))
      words.erase(words.begin());
    return words;
  }

  void ReadPerson(const Name& name, const TitlePhrase* phrase) {
    const TokenRange range = RangeOf(name);
    const std::vector<std::string> words = PersonalWords(range);
    const Gender addressed = AddressedAs(range);
    const Gender given = GivenGender(words);
    auto index = cast_.FindPerson(words, addressed != Gender::kUnknown ? addressed : given);
    if (index && !Agrees(cast_[*index], phrase)) index.reset();
    if (!index) {
      index = cast_.Open(EntityType::kPerson, TextOf(range), words);
      cast_[*index].at_home = spoken_.IsHomeAround(range.first);
      origins_.TakeOffice(cast_[*index], range, phrase);
    }
    if (words.size() > cast_[*index].words.size()) {
      cast_[*index].words = words;
      cast_[*index].entity.name = TextOf(range);
    }
    person_of_[range.first] = *index;
    AddMention(*index, {phrase != nullptr ? phrase->range.first : range.first, range.last},
               MentionKind::kName);
    if (phrase != nullptr) offices_.AddRole(*index, *phrase);
    origins_.TakeHome(cast_[*index], range.last);
    origins_.TakeOrigin(cast_[*index], range.last);
    origins_.TakeLed(cast_[*index], range.last);
    origins_.TakeNamed(cast_[*index], range.first);
    if (addressed != Gender::kUnknown) cast_[*index].gender = addressed;
    if (given != Gender::kUnknown) cast_[*index].given = given;
    if (const TitlePhrase* behind = phrases_.TitleBehind(name); behind != nullptr)
      behind_.emplace(behind, *index);
  }

  /// Told by the address or title before the name: "Mrs", "his wife".
  [[nodiscard]] Gender AddressedAs(TokenRange range) const {
    if (range.first == sentence_.first) return Gender::kUnknown;
    const std::string_view before = Folded(range.first - 1);
    if (world_.Is(before, WordKind::kMale)) return Gender::kMale;
    return world_.Is(before, WordKind::kFemale) ? Gender::kFemale : Gender::kUnknown;
  }

  [[nodiscard]] Gender GivenGender(const std::vector<std::string>& words) const {
    if (words.size() < 2) return Gender::kUnknown;
    if (world_.IsGivenName(words.front(), "male-name")) return Gender::kMale;
    return world_.IsGivenName(words.front(), "female-name") ? Gender::kFemale : Gender::kUnknown;
  }

  /// A title of another country means another person of that name, unless the first one's country
  /// was only guessed.
  static bool Agrees(const Member& member, const TitlePhrase* phrase) {
    return phrase == nullptr || !phrase->country || !member.entity.country || member.guessed ||
           *member.entity.country == *phrase->country;
  }

  /// Reads a title with its owner, the people it names, and what it says of them. Returns the token
  /// behind what was read.
  std::uint32_t ReadPhrase(const TitlePhrase& phrase) {
    const bool passing = offices_.IsPrivate(*phrase.title);
    ReadInside({phrase.range.first, phrase.title->range.first}, passing);
    ReadInside({phrase.body.last, phrase.range.last}, passing);
    if (const auto behind = behind_.find(&phrase); behind != behind_.end()) {
      AddMention(behind->second, phrase.range, MentionKind::kNominal);
      offices_.AddRole(behind->second, phrase);
      return phrase.range.last;
    }
    if (const Name* name = phrases_.NamedBy(phrase); name != nullptr && !phrase.title->plural) {
      ReadPerson(*name, &phrase);
      return RangeOf(*name).last;
    }
    const auto people = phrases_.AppositionOf(phrase);
    if (!people.empty()) return ReadApposition(phrase, people);
    const auto holders = phrases_.HoldersOf(phrase);
    if (!holders.empty()) return ReadHolders(phrase, holders);
    if (phrase.title->plural) return ReadPlural(phrase);
    ReadBareTitle(phrase);
    return phrase.range.last;
  }

  /// "Russian generals"; "NYPD officers" are of the body's country and have its code, where that
  /// tells more than a country.
  std::uint32_t ReadPlural(const TitlePhrase& phrase) {
    auto country = phrase.country;
    const auto owner = offices_.OwnerOf(phrase);
    const bool body = owner && cast_[*owner].entity.type == EntityType::kOrganization;
    // "its soldiers".
    const bool land = owner && cast_[*owner].entity.type == EntityType::kCountry;
    if (!country && (body || land) && cast_[*owner].entity.country)
      country = homelands_.Lasting(*cast_[*owner].entity.country);
    if (const auto helped = land ? homelands_.CountryHelped(phrase.title->head, *country) : country)
      country = helped;
    const std::uint32_t at = phrase.title->range.first;
    const std::uint32_t behind = ReadGroup(phrase.range.first, at, country);
    const auto code = body ? cast_[*owner].entity.actor : std::nullopt;
    if (behind > phrase.range.first && !phrase.country && code && code->size() > 3)
      cast_[entity_at_[at]].entity.actor = code;
    return std::max(behind, phrase.range.last);
  }

  /// The names and pronouns before the title itself: "Benkirane's", "her", "Foreign Ministry".
  void ReadInside(TokenRange inside, bool passing) {
    for (std::uint32_t i = inside.first; i < inside.last;) {
      const Name* name = phrases_.NameAt(i);
      if (name != nullptr && name->type != NameType::kNorp && RangeOf(*name).last <= inside.last) {
        i = ReadName(*name);
        continue;
      }
      if (const TitlePhrase* inner = phrases_.At(i);
          inner != nullptr && inner->range.last <= inside.last) {
        i = ReadPhrase(*inner);
        continue;
      }
      if (name != nullptr) NoteAlias(i, inside.last, passing);
      if (Folded(i) == "the" && i + 1 < inside.last) {
        i = std::max(i + 1, ReadDefinite(i));
        continue;
      }
      ReadPronoun(i++);
    }
  }

  void NoteAlias(std::uint32_t i, std::uint32_t end, bool passing) {
    if (const auto alias = world_.AliasAt(reading_, i, end))
      spoken_.Speak(alias->country, i, passing);
  }

  std::uint32_t ReadApposition(const TitlePhrase& phrase, const std::vector<const Name*>& people) {
    std::uint32_t behind = phrases_.CommaBehind(phrase);
    ReadInside({phrase.range.last, behind}, offices_.IsPrivate(*phrase.title));
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
      offices_.AddRole(index, phrase);
      behind = range.last;
    }
    return behind;
  }

  /// "foreign ministers Ana Ruiz of Spain and Paul Marek of Poland": each has the office of their
  /// own country.
  std::uint32_t ReadHolders(const TitlePhrase& phrase, const std::vector<const Name*>& holders) {
    std::uint32_t behind = phrase.range.last;
    for (const Name* name : holders) {
      for (std::uint32_t i = behind; i < RangeOf(*name).first; ++i) {
        if (const Name* home = phrases_.NameAt(i)) ReadName(*home);
      }
      ReadPerson(*name, nullptr);
      offices_.AddRole(person_of_[RangeOf(*name).first], phrase);
      behind = RangeOf(*name).last;
    }
    return behind;
  }

  /// A title without a name.
  void ReadBareTitle(const TitlePhrase& phrase) {
    if (offices_.Describes(phrase)) return;
    if (const auto subject = offices_.SubjectOf(phrase)) {
      AddMention(*subject, phrase.range, MentionKind::kNominal);
      offices_.AddRole(*subject, phrase);
      return;
    }
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
    const std::string head(Folded(phrase.title->head));
    auto holder = cast_.FindHolder(offices_.OfficeName(phrase), head, phrase.country);
    if (phrase.article == Determiner::kA || offices_.ServesAnother(holder, phrase)) holder.reset();
    if (!holder && head == "leader" && phrase.country)
      holder = offices_.FindLeader(*phrase.country);
    const bool known = phrase.country || offices_.NamesBody(*phrase.title);
    const bool of_land = (head == "minister" || head == "president") && offices_.IsOfLand(phrase);
    if (!holder && phrase.title->row && ((known && !phrase.possessed) || of_land))
      holder = OpenHolder(phrase);
    if (!holder && IsOfficeThatActs(phrase)) holder = OpenHolder(phrase);
    if (!holder && IsOfOneCountry(phrase)) {
      holder = OpenHolder(phrase);
      cast_[*holder].guessed = true;  // the Pope travels: a government told of next is not his
    }
    if (holder) AddMention(*holder, range, MentionKind::kNominal);
  }

  /// "A judge ordered", "the governor was shot": an office of state without name or country, as the
  /// subject of its clause.
  [[nodiscard]] bool IsOfficeThatActs(const TitlePhrase& phrase) const {
    // "An attorney for the driver" is none of state.
    const bool of_somebody =
        phrase.title->range.last < sentence_.last && Folded(phrase.title->range.last) == "for";
    if (phrase.possessed || of_somebody || !phrase.time.empty()) return false;
    const std::string& relation = story_.tokens[phrase.title->head].deprel;
    return IsOfState(know_.titles.ActorOf(*phrase.title)) && relation.starts_with("nsubj");
  }

  /// "the Pope", "the Home Secretary": an office that one country alone has, where the story speaks
  /// of that country or writes the office like a name.
  [[nodiscard]] bool IsOfOneCountry(const TitlePhrase& phrase) const {
    const bool party = know_.titles.ActorOf(*phrase.title) == "PTY";
    if (phrase.country || phrase.owner || !phrase.time.empty() || party || !phrase.title->row ||
        phrase.article != Determiner::kThe)
      return false;
    const std::string& relation = story_.tokens[phrase.title->core.last - 1].deprel;
    const std::string& head = story_.tokens[phrase.title->head].deprel;
    const bool describes = relation == "compound" || head == "compound" || head == "amod" ||
                           IsHyphened(phrase.range.last);
    const auto national = describes ? std::nullopt : offices_.NationalOf(phrase);
    return national && (reading_[phrase.title->head].capital || spoken_.SpeaksOf(*national));
  }

  Cast::Index OpenHolder(const TitlePhrase& phrase) {
    const TokenRange name{
        phrase.article != Determiner::kNone ? phrase.range.first + 1 : phrase.range.first,
        phrase.range.last};
    const Cast::Index index = cast_.Open(EntityType::kPerson, TextOf(name), {});
    offices_.AddRole(index, phrase);
    return index;
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
    const auto alias = world_.AliasAt(reading_, range.first, range.last);
    if (!known && alias && alias->length == range.size() && IsCountry(*alias, range))
      return AddCountry(alias->country, range, MentionKind::kName);
    if (alias && alias->length == range.size()) NoteAlias(range.first, range.last, true);
    if (const Place* place = PlaceAt(range);
        !known && place != nullptr && !place->literal && IsSeatOfUnion(*place, range))
      return ReadUnion(range);
    const bool initials = range.size() == 1 && reading_[range.first].upper;
    const std::string name = known && initials ? std::string(known->name) : TextOf(range);
    std::vector<std::string> words = known ? FoldedWords(known->name) : WordsOf(range);
    auto index = cast_.FindNamed(EntityType::kOrganization, words);
    if (!index && range.size() == 1) index = bodies_.FindByInitials(range);
    if (!index && !known) index = Introduce(range, name, words);
    if (!index) {
      index = cast_.Open(EntityType::kOrganization, name, std::move(words));
      bodies_.SetBody(*index, range, known);
    }
    entity_at_[range.first] = *index;
    AddMention(*index, range, MentionKind::kName);
  }

  /// "The company, Novatherm, …": the name of what was only described so far.
  std::optional<Cast::Index> Introduce(TokenRange range, const std::string& name,
                                       const std::vector<std::string>& words) {
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      const Token& token = story_.tokens[i];
      if (token.deprel != "appos" || !token.head || Raw(*token.head) >= range.first) continue;
      const auto described = DescribedBefore(Raw(*token.head));
      if (!described) return std::nullopt;
      Member& member = cast_[*described];
      member.entity.type = EntityType::kOrganization;
      member.entity.name = name;
      member.words = words;
      return described;
    }
    return std::nullopt;
  }

  /// The group or body without a name that the noun, or its chain before it, means.
  [[nodiscard]] std::optional<Cast::Index> DescribedBefore(std::size_t noun) const {
    auto index = entity_of_[noun];
    if (!index) index = chains_.NamedInChain(static_cast<std::uint32_t>(noun), Gender::kUnknown);
    if (!index) return std::nullopt;
    const Entity& entity = cast_[*index].entity;
    const bool body = entity.type == EntityType::kOrganization || entity.type == EntityType::kGroup;
    const bool named = std::ranges::any_of(
        entity.mentions, [](const Mention& mention) { return mention.kind == MentionKind::kName; });
    return body && !named ? index : std::nullopt;
  }

  /// "Soviet Union" and "the Blue House", though they look like bodies.
  [[nodiscard]] bool IsCountry(const Alias& alias, TokenRange range) const {
    if (alias.kind == AliasKind::kName) return range.size() > 1;
    return alias.kind == AliasKind::kSeat && !IsAtPlace(range);
  }

  [[nodiscard]] bool IsAtPlace(TokenRange range) const {
    std::uint32_t before = range.first;
    if (before > sentence_.first && Folded(before - 1) == "the") --before;
    return before > sentence_.first && reading_.Is(before - 1, names::kLocative);
  }

  static std::vector<std::string> FoldedWords(std::string_view name) {
    std::vector<std::string> words;
    for (std::string& word : tables::FoldPhrase(name)) {
      if (text::HasLetter(word) && word != "the") words.push_back(std::move(word));
    }
    return words;
  }

  std::optional<std::string_view> CountryToldOf(std::uint32_t begin, TokenRange group,
                                                std::string_view role) {
    if (const auto told = homelands_.CountryTold(begin, group, role)) return told;
    const bool of_state = IsOfState(role) && !homelands_.IsOfUnion(begin);
    return of_state ? homelands_.CountryToldBehind(group.last) : std::nullopt;
  }

  /// "Oman frees four miners", above a text of "four Yemeni miners": of those whom a headline tells
  /// of, the one nation that stands before the same words below.
  [[nodiscard]] std::optional<std::string_view> CountryToldBelow(TokenRange group) const {
    constexpr std::uint32_t kReach = 150;
    std::optional<std::string_view> found;
    if (!InHeadline(group.first)) return found;
    const std::uint32_t end = std::min(reading_.size(), group.last + kReach);
    for (std::uint32_t i = group.last; i + group.size() <= end; ++i) {
      const std::uint32_t first = reading_.sentences()[reading_.SentenceOf(i)].first;
      if (i == first || !IsSame(group, i)) continue;
      const auto nation = world_.AliasBefore(reading_, first, i - 1);
      if (!nation || nation->kind != AliasKind::kAdjective) continue;
      if (found && *found != nation->country) return std::nullopt;
      found = nation->country;
    }
    return found;
  }

  /// "Niger held two Chadian soldiers. … the soldiers": those who were told of by their nation not
  /// long ago, where all told of by that noun were of one.
  [[nodiscard]] std::optional<std::string_view> CountryToldBefore(std::uint32_t begin,
                                                                  TokenRange noun) const {
    constexpr std::uint32_t kReach = 8;  // sentences
    const bool definite =
        Folded(begin) == "the" || (begin > sentence_.first && Folded(begin - 1) == "the");
    std::optional<std::string_view> found;
    const bool plural = story_.tokens[noun.last - 1].feats.find("Number=Plur") != std::string::npos;
    if (!definite || !plural) return found;
    const std::uint32_t sentence = reading_.SentenceOf(begin);
    for (const auto& [before, country] : told_groups_ | std::views::reverse) {
      if (reading_.SentenceOf(before.first) + kReach < sentence) break;
      if (Folded(before.last - 1) != Folded(noun.last - 1)) continue;
      if (found && *found != country) return std::nullopt;
      found = country;
    }
    return found;
  }

  /// Whether the words stand again at the token.
  [[nodiscard]] bool IsSame(TokenRange words, std::uint32_t at) const {
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      if (Folded(words.first + i) != Folded(at + i)) return false;
    }
    return true;
  }

  /// "Russian forces", "the army", "officials": people or bodies by what they are. `begin` is where
  /// the mention begins, `at` where the role noun does. Returns the token behind, or `begin`.
  std::uint32_t ReadGroup(std::uint32_t begin, std::uint32_t at,
                          std::optional<std::string_view> country) {
    const auto group = world_.GroupAt(reading_, at, sentence_.last);
    if (!group || group->actor.empty() || IsHyphened(at + group->length)) return begin;
    // "the Norwegian embassy", where no name was found in the adjective.
    const auto nation = country ? std::nullopt : homelands_.NationBefore(at);
    if (nation) country = nation->country;
    const bool national = country.has_value();
    country = CountryOfGroup(begin, at, *group, country);
    if (!country) return begin;
    const TokenRange range{nation ? begin - nation->length : begin, at + group->length};
    const bool sent = national && group->actor == "IGOUNOPKO";
    const Cast::Index index =
        GroupOf(range, {at, at + group->length}, *country, group->body,
                CodeOf(sent ? "MIL" : group->actor, *country, IsPossessed(begin, at)));
    entity_at_[at] = index;
    AddMention(index, range, MentionKind::kNominal);
    return range.last;
  }

  /// The country of the group at `at`, of which the words before tell `told`; none where nothing
  /// tells, or where it is nobody in particular.
  std::optional<std::string_view> CountryOfGroup(std::uint32_t begin, std::uint32_t at,
                                                 const Group& group,
                                                 std::optional<std::string_view> told) {
    const TokenRange noun{at, at + group.length};
    std::optional<std::string_view> country =
        told ? homelands_.CountryOfEthnic(begin, noun.last, *told)
             : homelands_.CountryBehindPossessor(begin);
    if (!country && homelands_.IsOfNoCountry(begin)) return std::nullopt;
    if (!country) country = CountryToldOf(begin, noun, group.actor);
    if (told && !group.body) told_groups_.emplace_back(noun, *country);
    if (!country && !group.body) country = CountryToldBefore(begin, noun);
    if (!country) country = CountryToldBelow(noun);
    if (!MayAct(group.actor, country.has_value()) && !IsPartyByName(at, group.actor))
      return std::nullopt;
    if (!country && !homelands_.IsOfUnion(begin))
      country = homelands_.CountryNotTold(begin, group.actor);
    return country;
  }

  /// The entity of a group called so of the country, opened with the code if there is none yet.
  Cast::Index GroupOf(TokenRange range, TokenRange noun, std::string_view country, bool body,
                      const std::string& code) {
    std::vector<std::string> words = WordsOf(noun);
    words.emplace_back(country);
    const EntityType type = body ? EntityType::kOrganization : EntityType::kGroup;
    if (const auto known = cast_.FindNamed(type, words)) return *known;
    const Cast::Index index = cast_.Open(type, TextOf(range), std::move(words));
    cast_[index].entity.country = std::string(country);
    cast_[index].entity.actor = code;
    return index;
  }

  /// "the Socialists": a party of the country that is spoken of.
  [[nodiscard]] bool IsPartyByName(std::uint32_t at, std::string_view role) const {
    return role == "PTY" && reading_[at].capital && at > sentence_.first && Folded(at - 1) == "the";
  }

  /// "the party's observers" are the party's, other observers are those of several countries;
  /// peacekeepers of a nation that is named are its soldiers.
  [[nodiscard]] std::string CodeOf(std::string_view role, std::string_view country,
                                   bool possessed) const {
    if (!role.starts_with("IGO")) return world_.CameoOf(country) + std::string(role);
    return possessed ? world_.CameoOf(country) : std::string(role);
  }

  [[nodiscard]] bool IsPossessed(std::uint32_t begin, std::uint32_t at) const {
    return at > sentence_.first && (Folded(at - 1) == "'s" || Folded(at - 1) == "'" ||
                                    (begin < at && Folded(at - 1) == "his"));
  }

  /// "military-led", "rebel-held".
  [[nodiscard]] bool IsHyphened(std::uint32_t behind) const {
    return behind + 1 < sentence_.last && Folded(behind) == "-" &&
           story_.tokens[behind + 1].upos != "NOUN";
  }

  /// Groups that are nobody in particular ("reporters", "families") are left out, unless a country
  /// beside them tells whose they are: "Kyrgyz villagers".
  static bool MayAct(std::string_view code, bool has_country) {
    if (has_country) return code != "UIS";
    return code != "CVL" && code != "MED" && code != "BUS" && code != "MNC" && code != "HLH" &&
           code != "PTY" && code != "UIS";
  }

  /// "the front", "the kingdom".
  std::uint32_t ReadDefinite(std::uint32_t the) {
    const std::uint32_t at = the + 1;
    const TokenRange range{the, at + 1};
    if (const std::uint32_t behind = ReadUnionTold(the); behind > the) return behind;
    if (reading_[at].capital) return ReadShortName(the);
    // "The army there", "the army in Goma" may be another than the army told of before.
    const std::string_view behind = at + 1 < sentence_.last ? Folded(at + 1) : "";
    if (behind == "there" || (behind == "in" && world_.GroupAt(reading_, at, sentence_.last)))
      return the;
    if (reading_.Is(at, names::kOrgWord)) {
      auto body = cast_.FindBodyWith(Folded(at));
      if (!body) body = BodyMeant(at);
      if (!body) return the;
      entity_at_[the] = entity_at_[at] = *body;
      AddMention(*body, range, MentionKind::kNominal);
      return range.last;
    }
    if (const auto body = BodyMeant(at)) {
      AddMention(*body, range, MentionKind::kNominal);
      entity_at_[the] = entity_at_[at] = *body;
      return range.last;
    }
    const bool named = at + 1 < sentence_.last && Folded(at + 1) == "of";  // "of Saudi Arabia"
    if (named || !world_.Is(Folded(at), WordKind::kLand)) return the;
    const auto around = spoken_.OfState(the);
    if (!around || !world_.IsLandOf(Folded(at), *around)) return the;
    AddCountry(*around, range, MentionKind::kNominal);
    return range.last;
  }

  /// "the regional bloc", "the 15-nation grouping": the body of several states that was spoken of
  /// last; "the world body": the United Nations. Where a name stands behind, it tells which.
  std::uint32_t ReadUnionTold(std::uint32_t the) {
    const std::uint32_t noun = UnionNoun(the + 1);
    const std::uint32_t behind = noun + 1;
    if (noun == the + 1 || behind >= sentence_.last) return the;
    const std::uint32_t next = Folded(behind) == "," ? behind + 1 : behind;
    const bool named = next < sentence_.last && reading_[next].capital;
    const auto body = named ? std::nullopt : cast_.FindUnion(Folded(noun - 1) == "world");
    if (!body) return the;
    entity_at_[the] = *body;
    AddMention(*body, {the, behind}, MentionKind::kNominal);
    return behind;
  }

  /// The noun for a body of several states behind what tells of which sort it is; `first` for none.
  [[nodiscard]] std::uint32_t UnionNoun(std::uint32_t first) const {
    constexpr std::array<std::string_view, 3> kNouns{"bloc", "body", "grouping"};
    constexpr std::array<std::string_view, 6> kSorts{"regional", "continental", "world",
                                                     "nation",   "member",      "state"};
    constexpr std::uint32_t kLongest = 5;  // "the 15 - nation African bloc"
    const auto is_sort = [&](std::uint32_t at) {
      return std::ranges::any_of(kSorts, [&](auto sort) { return Folded(at).ends_with(sort); });
    };
    bool sort = false;
    for (std::uint32_t at = first; at < std::min(sentence_.last, first + kLongest); ++at) {
      if (sort && std::ranges::find(kNouns, Folded(at)) != kNouns.end()) return at;
      const std::string& pos = story_.tokens[at].upos;
      if (pos == "VERB" || pos == "ADP" || (pos == "PUNCT" && Folded(at) != "-")) break;
      sort = sort || is_sort(at);
    }
    return first;
  }

  /// "the Tigers": the body that has so many in its name.
  std::uint32_t ReadShortName(std::uint32_t the) {
    const std::uint32_t at = the + 1;
    const bool alone = at + 1 >= sentence_.last || !reading_[at + 1].capital;
    const auto body = alone && phrases_.NameAt(at) == nullptr ? ShortNamed(at) : std::nullopt;
    if (!body) return the;
    entity_at_[the] = entity_at_[at] = *body;
    AddMention(*body, {the, at + 1}, MentionKind::kName);
    return at + 1;
  }

  [[nodiscard]] std::optional<Cast::Index> ShortNamed(std::uint32_t at) const {
    if (Folded(at).size() < 4 || !Folded(at).ends_with('s')) return std::nullopt;
    const auto body = cast_.FindBodyWith(Folded(at));
    return body && IsArmed(RoleOf(cast_[*body].entity)) ? body : std::nullopt;
  }

  /// "the company", "the group": the body named just before that may be one.
  [[nodiscard]] std::optional<Cast::Index> BodyMeant(std::uint32_t at) const {
    const bool business = world_.Is(Folded(at), WordKind::kBusiness);
    if (!business && !world_.Is(Folded(at), WordKind::kBand)) return std::nullopt;
    if (at + 1 < sentence_.last && story_.tokens[at + 1].upos == "NOUN") return std::nullopt;
    const auto body = cast_.FindBody(WhereIs(at));
    if (!body) return std::nullopt;
    const std::string_view code =
        cast_[*body].entity.actor ? std::string_view(*cast_[*body].entity.actor) : "";
    const bool trades =
        code.find("BUS") != code.npos || code.starts_with("MNC") || code.size() <= 3;
    const bool state = code.ends_with("GOV") || code.ends_with("LEG") || code.ends_with("JUD") ||
                       code.ends_with("COP");
    return (business ? trades : !state) ? body : std::nullopt;
  }

  // ---- countries, places

  /// Who plays: a team, which is no country.
  void ReadTeam(TokenRange range) {
    std::vector<std::string> words = WordsOf(range);
    words.emplace_back("team");
    auto index = cast_.FindNamed(EntityType::kOrganization, words);
    if (!index) index = cast_.Open(EntityType::kOrganization, TextOf(range), std::move(words));
    AddMention(*index, range, MentionKind::kName);
  }

  void ReadLocation(TokenRange range) {
    if (namesakes_.IsVesselName(range)) return ReadOther(range);
    // "came from the Economic Community of West African States": no place is called so.
    constexpr std::uint32_t kLong = 4;
    const auto known = range.size() >= kLong ? world_.BodyNamed(reading_, range) : std::nullopt;
    if (known && known->actor.starts_with("IGO")) return ReadOrganization(range);
    if (!IsAtPlace(range)) {
      if (match_) return ReadTeam(range);
      if (world_.BodyNamed(reading_, range)) return ReadOrganization(range);
    }
    const Place* place = PlaceAt(range);
    if (place != nullptr && !place->literal && IsSeatOfUnion(*place, range))
      return ReadUnion(range);
    if (const auto country = CountryMeant(place, range)) {
      const bool passing = place->literal && !IsSceneSet(range);
      return AddCountry(*country, range, MentionKind::kName, passing);
    }
    ReadPlace(place, range);
  }

  /// "Brussels", where the story does not speak of Belgium.
  [[nodiscard]] bool IsSeatOfUnion(const Place& place, TokenRange range) const {
    return range.size() == 1 && world_.Is(Folded(range.first), WordKind::kUnionSeat) &&
           place.country && !spoken_.Names(*place.country);
  }

  /// "In Geneva", where the story does not speak of Switzerland.
  [[nodiscard]] bool IsSeatOfBodies(const Place& place, TokenRange range) const {
    return world_.Is(Folded(range.last - 1), WordKind::kWorldSeat) && place.country &&
           !spoken_.Names(*place.country);
  }

  void ReadUnion(TokenRange range) {
    const auto known = world_.BodyCalled("European Union");
    if (!known) return;
    std::vector<std::string> words = FoldedWords(known->name);
    auto index = cast_.FindNamed(EntityType::kOrganization, words);
    if (!index) {
      index = cast_.Open(EntityType::kOrganization, std::string(known->name), std::move(words));
      bodies_.SetKnown(*known, range, cast_[*index].entity);
    }
    entity_at_[range.first] = *index;
    AddMention(*index, range, MentionKind::kName);
  }

  /// The country that a name of one, or a capital or seat that acts, means here.
  [[nodiscard]] std::optional<std::string_view> CountryMeant(const Place* place,
                                                             TokenRange range) const {
    const auto alias = world_.AliasAt(reading_, range.first, range.last);
    if (!alias || alias->length != range.size() || place == nullptr || !place->country)
      return std::nullopt;
    const bool name = alias->kind == AliasKind::kName;
    if (!name && place->literal) return std::nullopt;
    if (world_.IsHistoric(alias->country) || IsTownOfThatName(*alias, *place, range.last))
      return alias->country;
    const bool province =
        name && place->country != alias->country && place->precision != PlacePrecision::kCountry;
    return province ? std::nullopt : std::optional(std::string_view(*place->country));
  }

  void ReadPlace(const Place* place, TokenRange range) {
    const std::string name = place != nullptr ? place->name : TextOf(range);
    const std::vector<std::string> words =
        name == TextOf(range) ? WordsOf(range) : FoldedWords(name);
    auto index = cast_.FindNamed(EntityType::kPlace, words);
    if (!index) index = cast_.Open(EntityType::kPlace, name, words);
    if (place != nullptr) cast_[*index].entity.country = place->country;
    // A sea is spoken of as where something lies.
    const std::string_view last = Folded(range.last - 1);
    const bool water = range.size() > 1 && (last == "sea" || last == "ocean");
    if (place != nullptr && place->country && !water && !IsSeatOfBodies(*place, range))
      spoken_.Speak(homelands_.Lasting(*place->country), range.first, !IsSceneSet(range));
    cast_.AddMention(*index, {.span = reading_.SpanOf(range), .kind = MentionKind::kName},
                     WhereIs(range.first));
    for (std::uint32_t i = range.first; i < range.last; ++i) entity_of_[i] = index;
  }

  /// "In Lagos, …": the sentence opens with where it happens.
  [[nodiscard]] bool IsSceneSet(TokenRange range) const {
    return range.first <= sentence_.first + 1 && range.last < sentence_.last;
  }

  /// A country's name that was read as a town or province abroad, where no land of that town stands
  /// behind it ("Jordan, Minnesota"): the country is meant.
  [[nodiscard]] bool IsTownOfThatName(const Alias& alias, const Place& place,
                                      std::uint32_t behind) const {
    const bool town = place.precision == PlacePrecision::kCity ||
                      place.precision == PlacePrecision::kAdmin2 ||
                      place.precision == PlacePrecision::kPoint;
    if (alias.kind != AliasKind::kName || place.country == alias.country) return false;
    return town ? !IsLandBehind(place, behind)
                : place.precision == PlacePrecision::kAdmin1 && IsAmongCountries(behind);
  }

  /// ", Minnesota": the place told behind the comma holds the town.
  [[nodiscard]] bool IsLandBehind(const Place& town, std::uint32_t behind) const {
    if (behind + 1 >= sentence_.last || Folded(behind) != ",") return false;
    const auto land = PlaceFrom(behind + 1);
    return land != story_.places.end() &&
           land->span.begin == reading_.SpanOf({behind + 1, behind + 2}).begin &&
           land->country == town.country && land->precision != PlacePrecision::kCity;
  }

  /// "Georgia and Ukraine": a country by itself stands behind "and" or a comma.
  [[nodiscard]] bool IsAmongCountries(std::uint32_t behind) const {
    if (behind + 1 >= sentence_.last || (Folded(behind) != "and" && Folded(behind) != ","))
      return false;
    const auto next = world_.AliasAt(reading_, behind + 1, sentence_.last);
    return next && next->kind == AliasKind::kName && next->country != "USA";
  }

  void AddCountry(std::string_view country, TokenRange range, MentionKind kind,
                  bool passing = false) {
    auto index = cast_.FindCountry(country);
    if (!index) {
      const std::string name(world_.NameOf(country));
      index = cast_.Open(EntityType::kCountry, name, FoldedWords(name));
      cast_[*index].entity.country = std::string(country);
      cast_[*index].entity.actor = world_.CameoOf(country);
    }
    if (IsOfThing(range)) {
      spoken_.SpeakOfThing(homelands_.Lasting(std::string(country)), range.first);
    } else {
      spoken_.Speak(homelands_.Lasting(std::string(country)), range.first, passing);
    }
    entity_at_[range.first] = *index;
    AddMention(*index, range, kind);
  }

  /// "burnt a Myanmar flag".
  [[nodiscard]] bool IsOfThing(TokenRange range) const {
    return range.last < sentence_.last && story_.tokens[range.last - 1].deprel == "compound" &&
           phrases_.At(range.last) == nullptr && !ActsForState(range.last);
  }

  /// "troops" acts for its country, "engineer" does not.
  [[nodiscard]] bool ActsForState(std::uint32_t at) const {
    const auto group = world_.GroupAt(reading_, at, sentence_.last);
    return group && IsPolitical(group->actor);
  }

  /// "Russian forces" is a group, "the Russians" the people; an adjective before anything else
  /// tells only what is spoken of.
  std::uint32_t ReadNationality(TokenRange range) {
    const auto alias = world_.AliasAt(reading_, range.first, range.last);
    const bool whole = alias && alias->length == range.size();
    if (!whole && world_.BodyNamed(reading_, range)) {
      ReadOrganization(range);  // "the Houthis"
      return range.last;
    }
    if (!alias) {
      if (const auto body = range.size() == 1 ? ShortNamed(range.first) : std::nullopt) {
        entity_at_[range.first] = *body;
        AddMention(*body, range, MentionKind::kName);
      }
      return range.last;
    }
    const std::string_view country =
        homelands_.CountryOfEthnic(range.first, range.last, alias->country);
    if (ActsForState(range.last)) {
      spoken_.Speak(country, range.first);
    } else {
      spoken_.SpeakOfThing(alias->country, range.first);
    }
    if (const std::uint32_t behind = ReadGroup(range.first, range.last, alias->country);
        behind > range.first)
      return behind;
    if (!alias->people && !IsMinority(*alias, range)) return range.last;
    std::vector<std::string> words = WordsOf(range);
    auto index = cast_.FindNamed(EntityType::kGroup, words);
    if (!index) index = cast_.Open(EntityType::kGroup, TextOf(range), std::move(words));
    cast_[*index].entity.country = std::string(country);
    cast_[*index].entity.actor = world_.CameoOf(country);
    AddMention(*index, range, MentionKind::kName);
    return range.last;
  }

  /// "Peruvian Indians", "Croatian Serbs": a people of the country that an adjective tells before.
  [[nodiscard]] bool IsMinority(const Alias& alias, TokenRange range) const {
    const std::uint32_t at = range.first + alias.length;
    if (alias.kind != AliasKind::kAdjective || at >= range.last) return false;
    const auto people = world_.AliasAt(reading_, at, range.last);
    return people && people->people && at + people->length == range.last;
  }

  /// "the Korean War" is an event; "a U.N. resolution" is of a body that the tables know.
  void ReadOther(TokenRange range) {
    if (world_.BodyNamed(reading_, range)) return ReadOrganization(range);
    const bool event = range.size() > 1 && world_.Is(Folded(range.last - 1), WordKind::kEvent);
    ReadAs(event ? EntityType::kEvent : EntityType::kOther, range);
  }

  void ReadAs(EntityType type, TokenRange range) {
    std::vector<std::string> words = WordsOf(range);
    auto index = cast_.FindNamed(type, words);
    if (!index) index = cast_.Open(type, TextOf(range), std::move(words));
    cast_.AddMention(*index, {.span = reading_.SpanOf(range), .kind = MentionKind::kName},
                     WhereIs(range.first));
  }

  // ---- pronouns

  static bool IsBody(EntityType type) {
    return type == EntityType::kOrganization || type == EntityType::kCountry ||
           type == EntityType::kGroup;
  }

  void ReadPronoun(std::uint32_t i) {
    if (!IsPersonal(i) || (speakers_[i] && (chains_.IsFirstPerson(i) || chains_.IsWe(i)))) return;
    const Gender gender = chains_.GenderOf(i);
    const auto barred = chains_.ActorBeside(i);
    std::optional<Cast::Index> index = chains_.NamedInChain(i, gender);
    if (index == barred) index.reset();
    const bool it = world_.Is(Folded(i), WordKind::kIt);
    if (const auto speaker = it && index ? chains_.BodySaying(i) : std::nullopt) index = speaker;
    if (const auto body = it && index ? chains_.BodyActedOn(i) : std::nullopt) index = body;
    if (gender != Gender::kUnknown && (index || !chains_.NamedLater(i, gender)))
      index = cast_.FindFor(gender, WhereIs(i), index, barred);
    if (!index && it && !chains_.IsExpletive(i)) index = cast_.FindThing(WhereIs(i));
    if (!index) return;
    if (gender != Gender::kUnknown) cast_[*index].gender = gender;
    entity_at_[i] = *index;
    AddMention(*index, {i, i + 1}, MentionKind::kPronoun);
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
    if (const Reference* reference = chains_.ReferenceAt(head)) JoinDescription(*reference, head);
  }

  /// "I" in a quotation is its speaker; "he" before his name is whom the chain names next.
  void JoinPronoun(std::uint32_t pronoun) {
    const Gender gender = chains_.GenderOf(pronoun);
    std::optional<Cast::Index> index;
    const bool first = chains_.IsFirstPerson(pronoun);
    if (first && speakers_[pronoun]) {
      index = chains_.SpeakerAt(*speakers_[pronoun]);
      if (index && cast_[*index].entity.type != EntityType::kPerson) index.reset();
    } else if (chains_.IsWe(pronoun) && speakers_[pronoun]) {
      index = chains_.SpeakerAt(*speakers_[pronoun]);
      if (index && !IsBody(cast_[*index].entity.type)) index.reset();
    } else if (first || gender != Gender::kUnknown) {
      index = chains_.NextInChain(pronoun, gender);
      if (!index) index = chains_.NamedNext(pronoun, gender);
    }
    if (index) AddMention(*index, {pronoun, pronoun + 1}, MentionKind::kPronoun);
  }

  void JoinDescription(const Reference& reference, std::uint32_t head) {
    if (reference.kind != MentionKind::kNominal || !chains_.IsDefinite(reference)) return;
    const auto index = chains_.NamedInChain(head, Gender::kUnknown);
    if (!index || !chains_.MayDescribe(head, cast_[*index])) return;
    const TokenRange range{static_cast<std::uint32_t>(Raw(reference.first)), head + 1};
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      if (entity_of_[i] == index) return;
    }
    AddMention(*index, range, MentionKind::kNominal);
  }

  // ---- codes

  bool ApplyDictionary(Entity& entity) const {
    const auto listed = know_.dictionary.Named(entity.name, day_);
    if (!listed) return false;
    entity.actor.reset();
    entity.country.reset();
    entity.known_as.reset();
    if (!listed->actor.empty()) entity.actor = std::string(listed->actor);
    if (!listed->country.empty()) entity.country = std::string(listed->country);
    return true;
  }

  /// Countries and codes of persons from their roles and from the table of office holders.
  void Finish(Member& member) const {
    Entity& entity = member.entity;
    if (ApplyDictionary(entity)) return;
    if (entity.type != EntityType::kPerson) return;
    const auto office = homelands_.OfficeHeld(member);
    const bool state = office && !world_.NameOf(office->country).empty();
    if (state && (!entity.country || member.guessed || member.pointed))
      ChangeCountry(member, std::string(office->country));
    const bool agrees = office && (!state || entity.country == office->country);
    if (agrees && member.words.size() == 1) entity.name = std::string(office->name);
    if (agrees && MayHold(member, *office)) {
      entity.actor = std::string(office->actor);
      if (!office->known_as.empty()) entity.known_as = std::string(office->known_as);
    } else {
      TakeHomeOfStory(member);
      entity.actor = CodeTold(member);
    }
  }

  /// Who is named without a country where the story speaks of its home is of it.
  void TakeHomeOfStory(Member& member) const {
    const bool owned = std::ranges::any_of(member.entity.roles,
                                           [](const Role& role) { return role.of.has_value(); });
    const bool told = member.entity.country || !member.owner_code.empty() || member.serves ||
                      owned || member.role_code.starts_with("IGO");
    if (told || !member.at_home) return;
    ChangeCountry(member, std::string(*spoken_.Home()));
    member.guessed = true;
  }

  /// Whether the title told, if any, may be that of the office: a private one does not speak
  /// against.
  static bool MayHold(const Member& member, const Office& office) {
    const bool private_role = !member.role_code.empty() && !IsOfState(member.role_code);
    return !office.actor.empty() && (private_role || office.actor.ends_with(member.role_code));
  }

  /// The code that country and roles tell.
  [[nodiscard]] std::optional<std::string> CodeTold(const Member& member) const {
    const auto& country = member.entity.country;
    if (member.role_code.starts_with("IGO")) return member.role_code;
    if (country && !member.role_code.empty()) return world_.CameoOf(*country) + member.role_code;
    if (!member.owner_code.empty()) return member.owner_code;
    return country ? std::optional(world_.CameoOf(*country)) : std::nullopt;
  }

  /// Who serves a person has that person's country, and their code where the office tells none.
  void FollowPatron(Member& member) const {
    if (!member.serves || (member.entity.country && !member.guessed)) return;
    if (know_.dictionary.Named(member.entity.name, day_)) return;
    const Entity& patron = cast_[*member.serves].entity;
    if (!patron.country && patron.actor && patron.actor->starts_with("IGO") &&
        !member.entity.country)
      member.entity.actor = patron.actor;
    if (!patron.country) return;
    ChangeCountry(member, *patron.country);
    if (member.role_code.empty() || member.role_code == "UIS") {
      member.entity.actor = patron.actor;
    } else {
      member.entity.actor = world_.CameoOf(*patron.country) + member.role_code;
    }
  }

  const EntityResolver::Impl& know_;
  const World& world_;
  std::string day_;  ///< the same as FormatDate writes it, or empty
  std::vector<names::Title> titles_;
  Phrases phrases_;
  std::vector<std::optional<std::uint32_t>> speakers_;  ///< heads, by token
  Cast cast_;
  SpokenCountries spoken_;
  TokenRange sentence_;
  bool subject_open_ = true;
  bool match_ = false;                              ///< the sentence tells of a game
  std::map<std::uint32_t, Cast::Index> person_of_;  ///< by first token of the name
  std::map<std::uint32_t, Cast::Index> entity_at_;  ///< bodies, groups and pronouns by first token
  std::vector<std::optional<Cast::Index>> entity_of_;  ///< by token: who it was last read as
  Homelands homelands_;
  Offices offices_;
  Bodies bodies_;
  Origins origins_;
  Namesakes namesakes_;
  Chains chains_;
  std::map<const TitlePhrase*, Cast::Index> behind_;
  std::vector<std::pair<const TitlePhrase*, TokenRange>> waiting_;  ///< titles of the headline
  /// Groups whose nation is told, in order: "two Chadian soldiers".
  std::vector<std::pair<TokenRange, std::string_view>> told_groups_;
};

}  // namespace

Result<EntityResolver> EntityResolver::Load(const tables::Tables& tables) {
  auto impl = std::make_shared<Impl>();
  DATELINE_TRY(impl->world, World::Load(tables));
  DATELINE_TRY(impl->dictionary, Dictionary::Load(tables));
  DATELINE_TRY(impl->titles, names::TitleFinder::Load(tables));
  EntityResolver resolver;
  resolver.impl_ = std::move(impl);
  return resolver;
}

std::vector<Entity> EntityResolver::Resolve(const names::Reading& reading,
                                            const std::vector<Name>& names,
                                            std::optional<Date> date) const {
  return Walker(*impl_, reading, names, date).Run();
}

}  // namespace dateline::actors
