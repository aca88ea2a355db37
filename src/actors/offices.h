/// What a title says of who bears it: the office, its country and its code.
///
///   "[Chadian President] Ali Saleh"             GOV of Chad
///   "[his spokesman]"                           of whom he speaks for
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/cast.h"
#include "actors/homelands.h"
#include "actors/phrases.h"
#include "actors/story_reader.h"
#include "actors/world.h"
#include "names/titles.h"

namespace dateline::actors {

/// Reads titles of the sentence at hand into roles of the cast. Keeps references to what the walk
/// over the story fills; must not outlive it.
class Offices : private StoryReader {
 public:
  /// What the walk has found so far.
  struct Walk {
    const Phrases& phrases;
    Cast& cast;
    Homelands& homelands;
    const names::TokenRange& sentence;  ///< that is read
    /// By token: who it was last read as.
    const std::vector<std::optional<Cast::Index>>& entity_of;
    const std::map<std::uint32_t, Cast::Index>& entity_at;  ///< bodies, groups and pronouns
    const std::map<std::uint32_t, Cast::Index>& person_of;  ///< by first token of the name
  };

  Offices(const World& world, const names::TitleFinder& titles, const names::Reading& reading,
          const Walk& walk)
      : StoryReader(reading),
        world_(world),
        titles_(titles),
        phrases_(walk.phrases),
        cast_(walk.cast),
        homelands_(walk.homelands),
        sentence_(walk.sentence),
        entity_of_(walk.entity_of),
        entity_at_(walk.entity_at),
        person_of_(walk.person_of) {}

  /// Adds the office to who bears it, with the country and code that it tells.
  void AddRole(Cast::Index index, const TitlePhrase& phrase);
  /// The title in folded words: "foreign minister"; "health minister" for "minister of health".
  [[nodiscard]] std::string OfficeName(const TitlePhrase& phrase) const;
  /// "engineer", "teacher": who does not act for his country.
  [[nodiscard]] bool IsPrivate(const names::Title& title) const;
  /// The one country that has an office of that name: "Home Secretary".
  [[nodiscard]] std::optional<std::string_view> NationalOf(const TitlePhrase& phrase) const;
  /// The entity that the title's possessor or body means.
  [[nodiscard]] std::optional<Cast::Index> OwnerOf(const TitlePhrase& phrase) const;
  /// "Keller was minister", "Keller, who was minister": the person that the title is said of.
  [[nodiscard]] std::optional<Cast::Index> SubjectOf(const TitlePhrase& phrase) const;
  /// "Danish civilian workers", "a general election"; not "the Republican nominee".
  [[nodiscard]] bool Describes(const TitlePhrase& phrase) const;
  /// "The OSCE chairman", where the one told of before is of another body.
  [[nodiscard]] bool ServesAnother(const std::optional<Cast::Index>& holder,
                                   const TitlePhrase& phrase) const;
  /// "its foreign minister", where a country owns the office.
  [[nodiscard]] bool IsOfLand(const TitlePhrase& phrase) const;
  /// "UN envoy": an office whose title names the body of several countries that it serves.
  [[nodiscard]] bool NamesBody(const names::Title& title) const;
  /// Who leads the country in this story.
  [[nodiscard]] std::optional<Cast::Index> FindLeader(std::string_view country) const;

 private:
  /// That which the word for the office tells.
  void NoteGender(Member& member, std::string_view word) const;
  /// "spokeswoman for the Malian president": the code is that of the office spoken for.
  void FollowOffice(Member& member, const TitlePhrase& phrase) const;
  /// The country of an office: told by its adjective or owner, else that of what stands around. A
  /// told one replaces a guess.
  std::optional<std::string> SetCountry(Member& member, const TitlePhrase& phrase,
                                        std::optional<Cast::Index> owner) const;
  /// "the interim government's spokesman".
  [[nodiscard]] bool IsOfBody(const TitlePhrase& phrase) const;
  /// "former", "late"; not "acting".
  /// "Haiti's leader": of a country, its head.
  [[nodiscard]] bool IsLeader(const TitlePhrase& phrase) const;
  static bool IsPast(const Role& role);
  /// "President Ruiz, a former general": whether who held that office holds another of the state.
  static bool HoldsAnother(const Member& member, const Role& past);
  /// Who speaks for another or serves a body has the other's code; who held the office is elite.
  void SetCodes(Member& member, const TitlePhrase& phrase, std::optional<Cast::Index> owner,
                const Role& role) const;
  /// "his Tajik counterpart": the office of the other.
  void CopyRole(Cast::Index index, const TitlePhrase& phrase, std::optional<Cast::Index> owner);
  /// That of a group without a name; empty: none.
  [[nodiscard]] std::string OwnerCode(names::TokenRange owner, std::string_view country) const;
  /// The actor code of an entity as far as it is told; empty: not at all.
  [[nodiscard]] std::string ActorOf(Cast::Index index) const;
  /// "Keller, who was minister".
  [[nodiscard]] bool IsOver(const TitlePhrase& phrase) const;
  /// The noun that a relative clause hangs on, or whom that noun stands beside.
  [[nodiscard]] std::optional<std::uint32_t> AntecedentOf(std::uint32_t verb) const;

  const World& world_;
  const names::TitleFinder& titles_;
  const Phrases& phrases_;
  Cast& cast_;
  Homelands& homelands_;
  const names::TokenRange& sentence_;
  const std::vector<std::optional<Cast::Index>>& entity_of_;
  const std::map<std::uint32_t, Cast::Index>& entity_at_;
  const std::map<std::uint32_t, Cast::Index>& person_of_;
};

}  // namespace dateline::actors
