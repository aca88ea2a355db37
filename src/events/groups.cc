#include "events/groups.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "events/one_of.h"
#include "events/quantity.h"
#include "events/roles.h"
#include "events/scene.h"

// Chains of coreference seldom reach from "them" to people of whom only the nationality is told. So
// the groups of the text are kept, and what points back is the nearest before it that agrees in
// number and kind and is not itself the subject of the verb.

namespace dateline::events {
namespace {

constexpr std::uint32_t kNearby = 500;    ///< bytes back to whom "them" means
constexpr std::uint32_t kFarBack = 2500;  ///< … to whom "the fishermen" means, told of before

/// What points back, by what it can mean.
enum class Pointer : std::uint8_t {
  kPronoun,   ///< "them": people and what carries them
  kCounted,   ///< "the five": as many
  kBare,      ///< "arrested 15", "eleven were held": people
  kPeople,    ///< "the men", "the survivors": people, be they those whom a ship carries
  kRepeated,  ///< "the fishermen": those of the same name
};

bool IsCarrier(std::string_view lemma) {
  static constexpr std::array<std::string_view, 23> kWords{
      "ship",       "trawler", "boat",  "vessel",  "tanker", "plane", "aircraft", "airliner",
      "jet",        "bus",     "truck", "lorry",   "convoy", "train", "ferry",    "yacht",
      "helicopter", "canoe",   "barge", "minibus", "dinghy", "tug",   "freighter"};
  return IsOneOf(lemma, kWords);
}

/// "the Andean neighbours": countries.
bool IsLands(std::string_view lemma) {
  constexpr std::array<std::string_view, 6> kWords{"neighbour", "neighbor", "ally",
                                                   "rival",     "foe",      "partner"};
  return IsOneOf(lemma, kWords);
}

/// Those on board.
bool IsAboard(std::string_view lemma) {
  constexpr std::array<std::string_view, 9> kWords{"crew",    "passenger", "survivor",
                                                   "sailor",  "crewman",   "driver",
                                                   "crewmen", "seaman",    "seamen"};
  return IsOneOf(lemma, kWords);
}

/// Nouns that say no more of people than that they are some, or what befell them.
bool IsAnybody(std::string_view lemma) {
  static constexpr std::array<std::string_view, 28> kWords{
      "man",       "men",       "woman",    "women",    "person",   "people",   "captive",
      "detainee",  "hostage",   "survivor", "victim",   "prisoner", "suspect",  "arrival",
      "foreigner", "passenger", "stranger", "intruder", "crew",     "sailor",   "crewman",
      "newcomer",  "abductee",  "internee", "deportee", "inmate",   "castaway", "evacuee"};
  return IsOneOf(lemma, kWords);
}

/// Words that count people without naming them: "dozens of miners", "half of them".
bool IsCount(const Tree& tree, std::uint32_t at) {
  static constexpr std::array<std::string_view, 20> kWords{
      "dozen", "score", "hundred", "thousand", "group", "number",  "handful",
      "pair",  "half",  "most",    "all",      "some",  "many",    "several",
      "both",  "few",   "third",   "quarter",  "rest",  "majority"};
  return tree.Pos(at) == "NUM" || IsOneOf(tree.Lemma(at), kWords);
}

bool IsDefinite(const Tree& tree, std::uint32_t at) {
  constexpr std::array<std::string_view, 3> kWords{"the", "those", "these"};
  const auto determiner = tree.Child(at, "det");
  return determiner && IsOneOf(tree.Lemma(*determiner), kWords);
}

/// The word that stands where a verb has its subject or object: of "seven of them", the seven.
std::uint32_t CountOver(const Tree& tree, std::uint32_t at) {
  const auto head = tree.Head(at);
  const bool part = head && tree.Rel(at) == "nmod" && tree.Case(at) == "of";
  return part && IsCount(tree, *head) ? *head : at;
}

/// Whether the word is what a verb acts on: "freed them", "they were freed".
bool IsActedOn(const Tree& tree, std::uint32_t at) {
  const Relation rel = tree.Rel(at);
  return rel == "obj" || rel == "nsubj:pass" || rel == "iobj";
}

/// Whether something is done to whoever stands there, or a noun says it is: "fired at them", "the
/// release of the five".
bool IsPatient(const Tree& tree, std::uint32_t at) {
  constexpr std::array<std::string_view, 5> kAt{"at", "on", "upon", "against", "to"};
  const Relation rel = tree.Rel(at);
  if (IsActedOn(tree, at)) return true;
  if (rel == "nmod") return tree.Case(at) == "of";
  return rel.starts_with("obl") && IsOneOf(tree.Case(at), kAt);
}

/// The verb over a word.
std::optional<std::uint32_t> VerbOver(const Tree& tree, std::uint32_t at) {
  std::optional<std::uint32_t> over = tree.Head(at);
  for (int up = 0; over && up < 4 && tree.Pos(*over) != "VERB"; ++up) over = tree.Head(*over);
  return over && tree.Pos(*over) == "VERB" ? over : std::nullopt;
}

/// Whether the verb is done to those who have been taken or held before.
bool IsDoneToCaptives(std::string_view lemma) {
  static constexpr std::array<std::string_view, 16> kVerbs{
      "free",   "release",  "hold",  "rescue", "deport", "extradite", "repatriate", "ransom",
      "return", "exchange", "expel", "jail",   "try",    "detain",    "evacuate",   "sentence"};
  return IsOneOf(lemma, kVerbs);
}

/// Whether somebody named or a clause below the noun says who is meant.
bool IsTold(const Scene& scene, std::uint32_t noun) {
  const auto own = scene.ActorAt(noun);
  return std::ranges::any_of(scene.tree.Below(noun), [&](std::uint32_t at) {
    const auto actor = scene.ActorAt(at);
    if (at == noun || (own && actor == own)) return false;
    const bool named = actor && !scene.actors[*actor].code.empty();
    const Relation rel = scene.tree.Rel(at);
    return (named && rel != "nmod:poss") || rel == "acl:relcl" || rel == "acl" || rel == "amod" ||
           rel == "compound";
  });
}

class GroupReader {
 public:
  GroupReader(const StoryView& view, Scene& scene, Groups& groups)
      : view_(view), scene_(scene), tree_(scene.tree), groups_(groups) {}

  void Read() {
    for (std::uint32_t at = scene_.words.begin; at < scene_.words.end; ++at) {
      if (const Group* meant = MeantBy(at)) Point(at, *meant);
      if (auto group = GroupAt(at)) groups_.push_back(*std::move(group));
    }
  }

 private:
  [[nodiscard]] bool IsPeople(std::uint32_t at) const;
  [[nodiscard]] bool IsKnown(std::uint32_t at) const;
  [[nodiscard]] bool IsCommonNoun(std::uint32_t at) const;
  [[nodiscard]] bool IsSpeaker(std::uint32_t at) const;
  [[nodiscard]] bool IsPlural(std::uint32_t at) const;
  [[nodiscard]] std::uint32_t CountAt(std::uint32_t at) const;
  [[nodiscard]] bool NamesCountry(std::uint32_t noun, std::string_view country) const;
  [[nodiscard]] bool StandsForItself(std::uint32_t at) const;
  [[nodiscard]] std::optional<std::string> CodeOf(const ActorSet& actors) const;
  [[nodiscard]] std::optional<Group> GroupAt(std::uint32_t at) const;
  [[nodiscard]] std::optional<Pointer> PointerOfNumber(std::uint32_t at) const;
  [[nodiscard]] std::optional<Pointer> PointerAt(std::uint32_t at) const;
  [[nodiscard]] bool Agrees(Pointer pointer, std::uint32_t at, const Group& group) const;
  [[nodiscard]] bool Outweighs(Pointer pointer, std::uint32_t at, std::string_view own,
                               const Group& group) const;
  [[nodiscard]] const Group* MeantBy(std::uint32_t at) const;
  void Point(std::uint32_t at, const Group& group);

  const StoryView& view_;
  Scene& scene_;
  const Tree& tree_;
  Groups& groups_;
};

/// Whether the noun is one for people: "miners", "Belarusians".
bool GroupReader::IsPeople(std::uint32_t at) const {
  const PartOfSpeech pos = tree_.Pos(at);
  if (pos == "NOUN") return scene_.IsForPeople(at) || IsAnybody(tree_.Lemma(at));
  return pos == "PROPN" && tree_.Rel(at) != "amod" && tree_.Rel(at) != "compound" &&
         view_.nations.countries.contains(view_.word(at).form);
}

/// Whether it is known whose whoever stands there is.
bool GroupReader::IsKnown(std::uint32_t at) const {
  const auto actor = scene_.ActorAt(at);
  return actor && !scene_.actors[*actor].code.empty();
}

/// Whether a noun alone tells who stands there: "the fishermen".
bool GroupReader::IsCommonNoun(std::uint32_t at) const {
  const Actor& actor = scene_.actors[*scene_.ActorAt(at)];
  return actor.words.end - 1 == at && actor.words.end - actor.words.begin < 3 && !actor.person;
}

/// "officials said", "told reporters": who tells the story, and to whom, is none of those it is
/// about.
bool GroupReader::IsSpeaker(std::uint32_t at) const {
  constexpr std::array<std::string_view, 9> kSay{"say",     "tell", "report", "add",  "announce",
                                                 "confirm", "note", "warn",   "claim"};
  const auto verb = tree_.Head(at);
  const Relation rel = tree_.Rel(at);
  const bool side = rel == "nsubj" || rel == "obj" || rel == "iobj";
  return tree_.Case(at) == "to" || (verb && side && IsOneOf(tree_.Lemma(*verb), kSay));
}

bool GroupReader::IsPlural(std::uint32_t at) const {
  return tree_.Feature(at, "Number=Plur") || tree_.Child(at, "nummod") || tree_.Lemma(at) == "crew";
}

std::uint32_t GroupReader::CountAt(std::uint32_t at) const {
  if (view_.word(at).form == "both") return 2;
  constexpr double kMost = 100000;
  const auto number = tree_.Pos(at) == "NUM" ? std::optional(at) : tree_.Child(at, "nummod");
  const auto quantity = number ? QuantityAt(view_, scene_.words, *number) : std::nullopt;
  const bool exact = quantity && quantity->most == quantity->least && quantity->least < kMost;
  return exact ? static_cast<std::uint32_t>(quantity->least) : 0;
}

/// Whether the phrase names the country whose they are: "Kenyan fishermen", "miners from Chad".
bool GroupReader::NamesCountry(std::uint32_t noun, std::string_view country) const {
  return std::ranges::any_of(tree_.Below(noun), [&](std::uint32_t at) {
    const auto nation = view_.nations.countries.find(view_.word(at).form);
    if (nation != view_.nations.countries.end() && nation->second == country) return true;
    const auto actor = scene_.ActorAt(at);
    return at != noun && actor && scene_.actors[*actor].code == country;
  });
}

/// Not "the miners" of "the leaders of the miners", nor what names another noun.
bool GroupReader::StandsForItself(std::uint32_t at) const {
  const auto head = tree_.Head(at);
  const bool inner =
      head && tree_.Rel(at).starts_with("nmod") && IsPeople(*head) && !IsCount(tree_, *head);
  return !inner && tree_.Rel(at) != "compound" && !IsSpeaker(at);
}

/// The code of actors of one country; empty where none is known, absent where they are of two.
std::optional<std::string> GroupReader::CodeOf(const ActorSet& actors) const {
  std::string found;
  for (const std::uint32_t actor : actors) {
    const std::string& code = scene_.actors[actor].code;
    if (code.size() < 3) continue;
    if (!found.empty() && CountryIn(code) != CountryIn(found)) return std::nullopt;
    if (found.empty()) found = code;
  }
  return found;
}

/// The group that the noun names.
std::optional<Group> GroupReader::GroupAt(std::uint32_t at) const {
  const bool carrier = tree_.Pos(at) == "NOUN" && IsCarrier(tree_.Lemma(at));
  const bool people = IsPeople(at) && IsPlural(at) && !IsLands(tree_.Lemma(at));
  if ((!carrier && !people) || !StandsForItself(at)) return std::nullopt;
  const auto head = tree_.Head(at);
  Group group{.head = at, .lemma = std::string(tree_.Lemma(at)), .code = {}, .carrier = carrier};
  group.count = CountAt(at);
  group.patient = IsActedOn(tree_, at);
  ActorSet whose = ActorsOf(scene_, at);
  // "a trawler with 12 crew".
  const bool aboard = whose.empty() && head && IsCarrier(tree_.Lemma(*head));
  if (aboard) whose = ActorsOf(scene_, *head);
  auto code = CodeOf(whose);
  if (!code) return std::nullopt;
  group.code = *std::move(code);
  if (!group.code.empty() && NamesCountry(aboard ? *head : at, CountryIn(group.code))) return group;
  const auto citizen = scene_.citizen_at.find(at);
  if (citizen == scene_.citizen_at.end() || carrier) return std::nullopt;
  group.code = scene_.actors[citizen->second].code;
  group.home = true;
  return group;
}

std::optional<Pointer> GroupReader::PointerOfNumber(std::uint32_t at) const {
  // "five of them", but "accused the five of spying".
  const auto part = tree_.Child(at, "nmod");
  const bool told = part && (IsPeople(*part) || tree_.Pos(*part) == "PRON" || IsKnown(*part));
  if (!IsPatient(tree_, CountOver(tree_, at)) || IsKnown(at) || told) return std::nullopt;
  if (IsDefinite(tree_, at)) return Pointer::kCounted;
  return IsActedOn(tree_, at) ? std::optional(Pointer::kBare) : std::nullopt;
}

/// How the word points back, if it does and nothing says better whom it means.
std::optional<Pointer> GroupReader::PointerAt(std::uint32_t at) const {
  const std::string& form = view_.word(at).form;
  // "Both were deported": two who are told of before.
  if (form == "both" && tree_.Children(at).empty() && IsPatient(tree_, at) && !IsKnown(at))
    return Pointer::kCounted;
  if (tree_.Pos(at) == "PRON") {
    const bool pronoun = (form == "them" || form == "they") && tree_.Children(at).size() < 2;
    const bool means = pronoun && IsPatient(tree_, CountOver(tree_, at));
    return means ? std::optional(Pointer::kPronoun) : std::nullopt;
  }
  if (tree_.Pos(at) == "NUM") return PointerOfNumber(at);
  if (tree_.Pos(at) != "NOUN" || !IsPeople(at) || IsTold(scene_, at)) return std::nullopt;
  if (IsKnown(at) && !IsCommonNoun(at)) return std::nullopt;
  const bool aboard = IsAboard(tree_.Lemma(at)) && (IsDefinite(tree_, at) || tree_.IsOwned(at));
  if (!aboard && !IsDefinite(tree_, at)) return std::nullopt;
  return aboard || IsAnybody(tree_.Lemma(at)) ? Pointer::kPeople : Pointer::kRepeated;
}

bool GroupReader::Agrees(Pointer pointer, std::uint32_t at, const Group& group) const {
  const std::uint32_t far = view_.word(at).span.begin - view_.word(group.head).span.begin;
  switch (pointer) {
    case Pointer::kPronoun:
      return far < kNearby;
    case Pointer::kCounted:
      return !group.carrier && !group.home && far < kFarBack && group.count == CountAt(at);
    case Pointer::kBare:
      return !group.carrier && !group.home && far < kNearby && !HoldsOffice(group.code) &&
             (group.count == 0 || CountAt(at) < group.count);
    case Pointer::kPeople:
      return far < kNearby && (!group.carrier || IsAboard(tree_.Lemma(at)));
    case Pointer::kRepeated:
      return far < kFarBack && group.lemma == tree_.Lemma(at);
  }
  return false;
}

/// The nearest group before the word that agrees with it, but for whoever acts on it.
const Group* GroupReader::MeantBy(std::uint32_t at) const {
  const auto pointer = PointerAt(at);
  if (!pointer) return nullptr;
  const auto verb = VerbOver(tree_, at);
  const WordList doers = verb ? tree_.RolesOf(*verb).subject : WordList{};
  const ActorSet acting = doers.empty() ? ActorSet{} : ActorsOf(scene_, doers.front());
  const std::string own = acting.empty() ? std::string() : scene_.actors[acting.front()].code;
  const auto fits = [&](const Group& group) {
    if (std::ranges::find(doers, group.head) != doers.end()) return false;
    // Police and their country are one.
    const bool of_doer = HoldsOffice(group.code) && CountryIn(group.code) == CountryIn(own);
    return !of_doer && Agrees(*pointer, at, group);
  };
  // "the two men" are rather two told of before than nearer people of whom no number is told.
  const std::uint32_t count = *pointer == Pointer::kPeople ? CountAt(at) : 0;
  auto found = groups_.rend();
  if (count > 0) {
    found = std::find_if(groups_.rbegin(), groups_.rend(), [&](const Group& group) {
      return group.count == count && !group.home && fits(group);
    });
  }
  if (found == groups_.rend()) found = std::find_if(groups_.rbegin(), groups_.rend(), fits);
  if (found == groups_.rend()) return nullptr;
  return !IsKnown(at) || Outweighs(*pointer, at, own, *found) ? &*found : nullptr;
}

/// Whether the group goes before whom the word is taken for: a namesake does; those who have been
/// taken, where they are freed or held; and any of another country than whoever acts on them.
bool GroupReader::Outweighs(Pointer pointer, std::uint32_t at, std::string_view own,
                            const Group& group) const {
  const std::string_view known = scene_.actors[*scene_.ActorAt(at)].code;
  if (group.home || CountryIn(known) == CountryIn(group.code)) return false;
  if (pointer == Pointer::kRepeated) return true;
  if (pointer != Pointer::kPronoun) return false;
  const auto verb = VerbOver(tree_, at);
  const bool captives = group.patient && verb && IsDoneToCaptives(tree_.Lemma(*verb));
  return captives || CountryIn(known) == CountryIn(own);
}

/// Lets the word stand for the group.
void GroupReader::Point(std::uint32_t at, const Group& group) {
  if (group.home && !scene_.citizen_at.contains(at)) return;
  const auto index = static_cast<std::uint32_t>(scene_.actors.size());
  const auto known = group.home ? Actor::Known::kCitizen : Actor::Known::kGroup;
  // Of a state's own people are no state.
  const bool people = !group.carrier || tree_.Pos(at) == "NOUN";
  const bool country = group.code.size() == 3 && group.code != "NGO" && group.code != "IGO";
  const std::string role = !group.home && people && country ? "CVL" : "";
  scene_.actors.push_back(
      {.words = {at, at + 1}, .entity = std::nullopt, .code = group.code + role, .known = known});
  if (group.home) {
    scene_.citizen_at.insert_or_assign(at, index);
    return;
  }
  scene_.citizen_at.erase(at);
  scene_.actor_at[at - scene_.words.begin] = index;
}

}  // namespace

void ReadGroups(const StoryView& view, Scene& scene, Groups& groups) {
  GroupReader(view, scene, groups).Read();
}

}  // namespace dateline::events
