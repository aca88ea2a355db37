/// Of which country somebody is who is told without one.
///
///   "Gunmen attacked a camp in Bujumbura. [The rebels] …"      Burundi's
///   "[the Marek government]", "[police] in Accra"             of who or what is named beside
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "actors/sentence_reader.h"
#include "names/titles.h"

namespace dateline::actors {

/// Groups, bodies and offices at a token of the sentence that is read: what their own words, those
/// right before and behind, the sentence and the story before it tell. Views that are returned last
/// as long as this. Keeps references to what the walk over the story fills; must not outlive it.
class Homelands : private SentenceReader {
 public:
  Homelands(const World& world, const names::Reading& reading, std::optional<Date> date,
            const Walk& walk)
      : SentenceReader(world, reading, date, walk) {}

  /// "Texas Governor Paul Marek": that of the town or province right before an office.
  [[nodiscard]] std::optional<std::string_view> CountryOfOfficeAt(const names::Title& title,
                                                                  std::string_view code) const;
  /// The country that what is told of around the token tells, for somebody of a state or not.
  [[nodiscard]] std::optional<std::string_view> CountryAround(std::uint32_t token, bool of_state);
  /// "The opposition accused Ms Ruiz": parties quarrel with people of their country. Of the subject
  /// at the token.
  [[nodiscard]] std::optional<std::string_view> CountryOfRival(std::uint32_t token);
  /// By a country or city in the name, the country word before it, else the country around.
  [[nodiscard]] std::optional<std::string_view> CountryOfBody(names::TokenRange range,
                                                              std::string_view code);
  /// The country of a town or province in the name: "Lisbon University", "University of Miami".
  [[nodiscard]] std::optional<std::string_view> CityIn(names::TokenRange range) const;
  /// Whether the body's name tells that it is of more than one country.
  [[nodiscard]] bool IsAbroad(names::TokenRange range) const;
  /// The country of a group that the words right before it tell, or its own name.
  [[nodiscard]] std::optional<std::string_view> CountryTold(std::uint32_t begin,
                                                            names::TokenRange group,
                                                            std::string_view code);
  /// "police in Accra", "the government of Ghana".
  [[nodiscard]] std::optional<std::string_view> CountryToldBehind(std::uint32_t at);
  /// The nationality right before a group.
  [[nodiscard]] std::optional<Alias> NationBefore(std::uint32_t at) const;
  /// The country of a group that neither it nor an owner tells.
  [[nodiscard]] std::optional<std::string_view> CountryNotTold(std::uint32_t at,
                                                               std::string_view code);
  /// "world leaders", "Latin American troops", "our forces": of none that is told.
  [[nodiscard]] bool IsOfNoCountry(std::uint32_t at) const;
  /// "the European Union delegation", "NATO forces": of the body of several countries right before.
  [[nodiscard]] bool IsOfUnion(std::uint32_t at) const;
  /// "Chad's", behind which the token stands.
  [[nodiscard]] std::optional<std::string_view> CountryBehindPossessor(std::uint32_t at) const;
  /// The code of a country in a view that outlives the entity.
  std::string_view Lasting(const std::string& country);
  /// "ethnic Albanians in Macedonia" are of where they live: the country told behind the token for
  /// a people that stands at `first`, else their own.
  [[nodiscard]] std::string_view CountryOfEthnic(std::uint32_t first, std::uint32_t behind,
                                                 std::string_view own);
  /// "Norway will train two hundred of its officers": whom a state trains or arms are of another
  /// land than its own; of any others the owner's.
  [[nodiscard]] std::optional<std::string_view> CountryHelped(std::uint32_t owned,
                                                              std::string_view owner) const;
  /// The office that the tables know of the person.
  [[nodiscard]] std::optional<Office> OfficeHeld(const Member& member) const;

  /// The verb that a phrase hangs on.
  [[nodiscard]] std::optional<std::uint32_t> VerbOver(std::uint32_t token) const;
  /// The nation that what hangs on a verb tells to be dealt with or blamed; empty: none. `subject`:
  /// whoever is asked about is the verb's subject, `towards`: which is of one that deals with
  /// others.
  [[nodiscard]] std::string_view NationBelow(std::uint32_t at, bool subject, bool towards) const;
  /// "The ministry summoned the Chadian ambassador": nobody deals with a diplomat of his own. The
  /// nation of the diplomat who is an object, or the subject of a passive, of the verb over the
  /// token; empty: none.
  [[nodiscard]] std::string_view HostileTo(std::uint32_t token) const;
  /// Whether the story may play in a country: it speaks of it, or nothing tells where it is at
  /// home.
  [[nodiscard]] bool MayBeOf(std::string_view country) const {
    return spoken_.SpeaksOf(country) || !spoken_.FirmHome();
  }

 private:
  /// "Marek sent [the foreign minister]": whom somebody sends, names or orders is of his land.
  [[nodiscard]] std::optional<std::string_view> CountryOfCommander(std::uint32_t token);
  /// "Chadian troops shelled a Nigerian post, [the army] said": who tells it all at its end.
  [[nodiscard]] bool ClosesSentence(std::uint32_t token) const;
  /// Whether the token stands in what the subject says.
  [[nodiscard]] bool IsSaidBy(std::uint32_t speaker, std::uint32_t token) const;
  /// "province", "enclave".
  static bool IsRegion(std::string_view word);
  /// "Moldova's breakaway Dniester region … The region's leader": the land whose region was told of
  /// last, where the phrase at the token, or the noun there, is a region's.
  [[nodiscard]] std::optional<std::string_view> LandOfRegion(std::uint32_t token) const;
  /// "Moldova's breakaway Dniester region", "a region of Moldova".
  [[nodiscard]] std::optional<std::string_view> LandAround(std::uint32_t region) const;
  /// The country that an office at the token cannot be of: an ambassador or an embassy is not of
  /// where the story plays.
  [[nodiscard]] std::string_view NotOf(std::uint32_t token) const;
  /// The country of the first place in the sentence that is not the guest's.
  [[nodiscard]] std::optional<std::string_view> HostOf(std::string_view guest);
  /// "the spokesman Ali Saleh said": the verb of speech behind the title and the name.
  [[nodiscard]] std::optional<std::uint32_t> SayingRightBehind(std::uint32_t token) const;
  /// "said the spokesman, accusing Chad of theft": whom the participle blames; empty: nobody.
  [[nodiscard]] std::string_view BlamedBy(std::uint32_t participle) const;
  /// "Police dispersed a rally outside the Chadian embassy": whose mission is told of behind the
  /// token as where something happens; empty: none.
  [[nodiscard]] std::string_view NationOfMissionNear(std::uint32_t token) const;
  /// "China's ambassador thanked the union, and police …": the nation of a diplomat told of before
  /// in the sentence, unless what he says of his own is told.
  [[nodiscard]] std::string_view NationOfGuest(std::uint32_t token) const;
  [[nodiscard]] bool IsSubjectOf(std::uint32_t token, std::uint32_t verb) const;
  /// Who turns by a verb to those that the token begins, its object; null for none. Valid until
  /// the cast grows.
  [[nodiscard]] const Member* SpeakerTo(std::uint32_t token) const;
  /// "Norway urged the authorities to hold talks", "met the foreign minister": of the story's home;
  /// "a Chadian senator accused the government": of his own.
  [[nodiscard]] std::optional<std::string_view> CountrySpokenTo(std::uint32_t token);
  [[nodiscard]] bool IsObjectAt(std::uint32_t at) const;
  /// The noun at the token, or over it, that is the patient of a verb.
  [[nodiscard]] std::optional<std::uint32_t> PatientAt(std::uint32_t token) const;
  [[nodiscard]] bool IsPatient(std::uint32_t token) const;
  /// "Police in Nairobi arrested two lawmakers": whom police and courts deal with is of their land.
  [[nodiscard]] std::optional<std::string_view> CountryOfPolice(std::uint32_t token);
  /// "Foreign Ministry spokesman Bo Li told reporters in Beijing": who speaks for a government
  /// does so in its capital. The country of a capital behind the press that is told.
  [[nodiscard]] std::optional<std::string_view> CountryOfBriefing(std::uint32_t token) const;
  /// "the Chadian ambassador", "Chad's chargé d'affaires": of the noun, where it is one for a
  /// diplomat.
  [[nodiscard]] std::optional<std::string_view> NationOfDiplomat(std::uint32_t noun) const;
  /// "Colorado Party" in a story of Paraguay that does not speak of the United States.
  [[nodiscard]] bool IsPartyElsewhere(names::TokenRange range, std::string_view city) const;
  /// That of the story's home, one that the story speaks of, or that of a city which no ordinary
  /// word is called like ("Union"); a body is called after a small place abroad ("Colorado Party")
  /// only where the story speaks of that land much.
  [[nodiscard]] std::optional<std::string_view> CityAt(std::uint32_t at, std::uint32_t end,
                                                       bool body = true) const;
  /// "the Front for Change (FFC), Burundi's main rebel group": of whose land the apposition behind
  /// a body tells that it is.
  [[nodiscard]] std::optional<std::string_view> CountryDescribed(names::TokenRange body) const;
  /// "Bank of Chad", "Chad's Supreme Court".
  [[nodiscard]] std::optional<std::string_view> CountryInOrBefore(names::TokenRange body) const;
  /// That of the armed men told of before or of the town that the body strikes.
  [[nodiscard]] std::optional<std::string_view> CountryOfFighters(names::TokenRange body,
                                                                  std::string_view code);
  /// "fighters of the Front": whether armed men of the body at the token are told of.
  [[nodiscard]] bool HasFighters(std::uint32_t body) const;
  /// "Burundi's", "the country's", "Burundian".
  [[nodiscard]] std::optional<std::string_view> CountryAsOwner(std::uint32_t at) const;
  /// "group", "movement", "rebels".
  [[nodiscard]] bool IsBand(std::uint32_t at) const;
  /// "fighters of the Front for Change": of a body that the tables, the story or what stands behind
  /// tell.
  [[nodiscard]] std::optional<std::string_view> CountryOfNamedBody(names::TokenRange body);
  /// "Central American", behind which the token stands.
  [[nodiscard]] bool IsBehindRegion(std::uint32_t at) const;
  /// "the two countries' ministers": of more than one.
  [[nodiscard]] bool IsOfCountries(std::uint32_t at) const;
  /// "its troops".
  [[nodiscard]] std::optional<std::string_view> CountryOfPronoun(std::uint32_t at);
  /// "the US embassy", where the country is taken for a body.
  [[nodiscard]] std::optional<std::string_view> CountryRightBefore(std::uint32_t at) const;
  /// "the Marek government", "President Marek's government", "the Ruiz-led cabinet", "Hamas
  /// fighters": whose land is known by the leader or the body right before.
  [[nodiscard]] std::optional<std::string_view> CountryOfNamed(std::uint32_t at,
                                                               std::string_view code);
  /// That of a body of the tables whose name ends before the token: "Hamas".
  [[nodiscard]] std::optional<std::string_view> CountryOfBodyBefore(std::uint32_t behind) const;
  /// "Darfur rebels", "Kaduna police"; not troops, which may stand in the lands of others.
  [[nodiscard]] std::optional<std::string_view> CountryOfPlaceBefore(std::uint32_t at,
                                                                     std::string_view code);
  /// The country that the person leads, or is told to be of.
  [[nodiscard]] std::optional<std::string_view> CountryLed(const Member& leader);
  /// That of the one leader in power of that surname.
  [[nodiscard]] std::optional<std::string_view> CountryLedBy(const std::string& surname) const;
  /// "the government of Chad", "the government of Prime Minister Ana Ruiz".
  [[nodiscard]] std::optional<std::string_view> CountryOf(std::uint32_t at);
  /// "the administration", where the story speaks of the country that calls its government so.
  [[nodiscard]] std::optional<std::string_view> NationalGroup(names::TokenRange range) const;
  /// "police in Accra", "officials in the northern province of Badakhshan", "rebels from Chad".
  [[nodiscard]] std::optional<std::string_view> CountryBehind(std::uint32_t at);
  /// Whether the place, or what it owns ("from Chad's ruling party"), hangs on the noun.
  [[nodiscard]] bool IsNounAbove(Span place, std::uint32_t noun) const;
  /// "Gunmen attacked three camps in Bujumbura": the land of the first town told behind `at`, where
  /// the sentence has named no country before; of gunmen also where it is the story's home.
  [[nodiscard]] std::optional<std::string_view> CountryOfScene(std::uint32_t at,
                                                               std::string_view code);
  /// "Gunmen held ten men in Libya. A militia …": of the armed men told of in the two sentences
  /// before, where this one has named no country.
  [[nodiscard]] std::optional<std::string_view> CountryOfArmed(std::uint32_t at);
  /// "the rebels", "two of the attackers": of the armed men told of before, be it another country
  /// that the sentence names. Insurgents are known from anywhere before where all are of one
  /// country, others from a few sentences before.
  [[nodiscard]] std::optional<std::string_view> CountryOfKnownArmed(std::uint32_t at,
                                                                    std::string_view code);
  /// A town or village, not a land or region.
  static bool IsSpot(const Place& place);
  /// "In the capital, police …", where no country is named before.
  [[nodiscard]] bool OpensInCapital() const;
  /// "The rebels walked out. [The army] …", "the Front rejected [the government]'s offer": of the
  /// land of insurgents told of in this sentence or the one before, or of a party or body in this
  /// one, where no other country has acted since.
  [[nodiscard]] std::optional<std::string_view> CountryOfFoes(std::uint32_t at,
                                                              std::string_view code);
  /// Whether the member, told of there or before, may be the foe of a government told of in the
  /// sentence.
  [[nodiscard]] bool MayFight(const Member& member, std::uint32_t sentence) const;
  /// How the place hangs in the sentence: "obj"; empty: not told.
  [[nodiscard]] std::string_view RelationOf(Span place) const;
  /// "Erdogan" in a story that never introduces him.
  [[nodiscard]] bool IsBareSurname(const Member& member) const;
  /// "President Marek", whose country the story does not tell.
  [[nodiscard]] static bool IsLeaderUntold(const Member& member);

  std::set<std::string, std::less<>> codes_{};
};

}  // namespace dateline::actors
