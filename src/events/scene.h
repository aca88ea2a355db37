/// A sentence as the patterns see it: its tree, its actors and its verbs with their roles.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text_map.h"
#include "dateline/date.h"
#include "dateline/result.h"
#include "dateline/story.h"
#include "events/groups.h"
#include "events/patterns.h"
#include "events/tree.h"
#include "quotes/frames.h"
#include "quotes/words.h"
#include "syntax/lemmas.h"
#include "tables/folded_tokens.h"

namespace dateline::events {

using quotes::Range;
using quotes::Word;

/// Somebody, or a place that stands for its country where a target is wanted ("flew to Lima").
struct Actor {
  /// What tells who it is.
  enum class Known : std::uint8_t {
    kNamed,    ///< a mention of an entity, a place or a nationality
    kJoint,    ///< "both governments": the countries spoken of before
    kOther,    ///< "the accusation": who is named before it
    kCitizen,  ///< somebody in the country that is spoken of
    kGroup,    ///< "them": people told of before
  };
  Range words;
  std::optional<EntityIndex> entity;
  std::string code;         ///< CAMEO actor code or country; may be empty
  bool place = false;       ///< known only as a place
  bool possessive = false;  ///< "Peru's", "his"
  bool person = false;      ///< somebody by name
  bool body = false;        ///< an organization
  Known known = Known::kNamed;
};

using ActorSet = base::ShortList<std::uint32_t, 4>;  ///< positions in Scene::actors

struct Verb {
  std::uint32_t at = 0;
  std::string lemma;
  Range group;  ///< with auxiliaries, negation and adverbs
  Roles roles;
  bool passive = false;
  bool negated = false;
  bool infinitive = false;
  bool ing = false;
  bool future = false;  ///< will, shall
  bool modal = false;   ///< would, could, may, might, should
  bool would = false;
  bool must = false;     ///< must, should
  bool perfect = false;  ///< has, have, had
  bool past_perfect = false;
  bool progressive = false;
};

/// How often the text tells of a country, and of those who fight its government.
struct CountryTold {
  const std::string* country = nullptr;
  std::size_t times = 0;
  std::size_t named = 0;  ///< but for places
  std::size_t insurgents = 0;
  std::size_t weight = 0;  ///< of the mentions, the farther back the less
};

/// Of the form and the lemma of a word, in the vocabulary of the patterns.
struct WordNumbers {
  WordId form = kNoWord;
  WordId lemma = kNoWord;
};

struct Scene {
  Range words;
  Tree tree;
  std::vector<Actor> actors;  ///< sorted
  std::vector<std::optional<std::uint32_t>>
      actor_at;             ///< by word from words.begin: the outermost actor
  std::vector<Verb> verbs;  ///< sorted
  /// Phrases that mean several at once, by their heads: "both governments".
  std::vector<std::pair<std::uint32_t, ActorSet>> joint;
  /// Countries named before this sentence, the latest first.
  std::vector<std::string> recent;
  std::size_t near = 0;               ///< how many of them were named not long ago
  std::vector<std::string> acting{};  ///< those of `recent` that were named but for a place
  /// The country that the text before speaks of most; empty where it hardly speaks of one.
  std::string theme{};
  /// The one it speaks of most beside the theme, if it often does.
  std::string rival{};
  /// The country whose armed opponents the text before names as often as any other land: "both
  /// sides" are its.
  std::string torn{};
  std::vector<CountryTold> told{};  ///< the countries named before
  /// The subject of the sentence before, where it is known whose it is.
  std::optional<Actor> doer_before{};
  /// People without a country of their own, as citizens of the country the text speaks of.
  std::unordered_map<std::uint32_t, std::uint32_t> citizen_at;
  /// Nouns that point to the other side ("the accusation", "its neighbour"), as the countries it
  /// may be, likeliest first.
  std::unordered_map<std::uint32_t, ActorSet> others_at;
  std::vector<WordNumbers> numbers{};  ///< by word from words.begin
  [[nodiscard]] WordNumbers NumbersOf(std::uint32_t word) const {
    return numbers[word - words.begin];
  }
  /// Whether the phrase stands there, each of its words as a form or a lemma.
  [[nodiscard]] bool Stands(std::span<const WordId> phrase, std::uint32_t at) const;
  /// The words of the longest of the phrases that stand there; 0 when none does.
  [[nodiscard]] std::size_t LongestAt(const WordPhrases& phrases, std::uint32_t at) const;
  std::vector<bool> people{};  ///< by word from words.begin: lemmas for people
  [[nodiscard]] bool IsForPeople(std::uint32_t word) const { return people[word - words.begin]; }
  /// How often the text before names the country.
  [[nodiscard]] std::size_t TimesTold(std::string_view country) const {
    const auto found = std::ranges::find(
        told, country, [](const CountryTold& land) { return std::string_view(*land.country); });
    return found == told.end() ? 0 : found->times;
  }
  [[nodiscard]] std::optional<std::uint32_t> ActorAt(std::uint32_t word) const {
    return words.Contains(word) ? actor_at[word - words.begin] : std::nullopt;
  }
};

/// Words of nationality in lower case: "french", "south koreans".
struct Nations {
  base::TextMap<std::string> countries{};  ///< in alpha-3, by the whole of several words
  base::TextSet openers{};                 ///< the first words of several
};

/// What the sentences before leave to the next.
struct TextBefore {
  Groups groups;
  std::optional<Actor> doer;  ///< the subject of the last sentence
  /// The two countries whose people the last sentence tells to have dealt with each other; empty
  /// for none.
  std::vector<std::string> together;
};

/// Of data/actors/country_aliases.
Result<Nations> LoadNations(const tables::Tables& tables);

/// Lemmas of nouns for people and bodies of people: "bishop", "police".
using People = base::TextSet;

/// Of data/actors/roles: the last word of each; of data/coreference/words: nouns for people.
Result<People> LoadPeople(const tables::Tables& tables);

/// A mention, as the text before a sentence tells of countries.
struct MentionTold {
  const std::string* country = nullptr;  ///< that it speaks of, in alpha-3; null: of none
  bool named = false;                    ///< but for places
  bool insurgent = false;
};

/// What a scene is read from.
struct StoryView {
  const Story& story;
  const quotes::Words& words;
  const tables::FoldedTokens& folded;  ///< of Story::tokens
  const syntax::Lemmas& lemmas;
  const PatternTable& patterns;
  const quotes::CueTable& cues;
  const Nations& nations;
  const People& people;
  std::span<const MentionTold> told{};      ///< CountriesTold
  std::string_view home{};                  ///< MostTold
  std::optional<Date> lead_day{};           ///< DayOfLead
  std::vector<Candidate>* trace = nullptr;  ///< where notes on candidates go; null: none are taken
  /// What the sentences read before leave to the next; null: nothing is kept.
  struct TextBefore* before = nullptr;
  [[nodiscard]] const Word& word(std::uint32_t at) const { return words.words[at]; }
};

/// By mention of `words`. The press only tells, and speaks of no country. Mentions of one country
/// point to the same text, which is the story's.
std::vector<MentionTold> CountriesTold(const Story& story, const quotes::Words& words);

/// The country that more than half of the mentions of countries speak of, of three or more; else
/// empty. A view of the story's text.
std::string_view MostTold(std::span<const MentionTold> told);

/// Reads words [range) of one sentence. Linear in its length.
Scene ReadScene(const StoryView& view, Range range);

/// Who stands for one country in another.
bool IsEnvoy(std::string_view lemma);

/// "In Lima, Ruiz told": whether a town or a country opens the sentence and says where.
bool SetsScene(const Scene& scene, std::uint32_t noun);

/// ""Chad must go," Ruiz said": whether a verb of speech stands behind the clause and tells it; it
/// is at times parsed as a clause of circumstance.
bool IsToldBehind(const Tree& tree, std::uint32_t saying, std::uint32_t clause);

/// The verb of speech that tells the clause of the verb: "said" of "Chad will go, Ruiz said"; null
/// for none.
const Verb* SayingOver(const Scene& scene, const Verb& verb);
/// "Police broke up a rally": whether the noun is a gathering that is dispersed, of people of the
/// country.
bool IsBrokenUp(const Scene& scene, std::uint32_t noun);

/// "signed a truce under Danish auspices": whether the word names who watches over what is told.
bool WatchesOver(const Scene& scene, std::uint32_t at);

/// The actors that a noun phrase means, by its head; those joined to it as well.
ActorSet ActorsOf(const Scene& scene, std::uint32_t head);

}  // namespace dateline::events
