#include "text/abbreviations.h"

#include <algorithm>
#include <array>

namespace dateline::text {
namespace {

struct Entry {
  std::string_view word;
  Abbreviation kind;
};

// clang-format off
/// Titles, months, states, companies as English-language news prints them (AP and Reuters style
/// books), sorted by byte.
constexpr auto kAbbreviations = std::to_array<Entry>({
    {"AUG", Abbreviation::kMonth}, {"Adm", Abbreviation::kTitle}, {"Ala", Abbreviation::kPlace},
    {"Alta", Abbreviation::kPlace}, {"Amb", Abbreviation::kTitle},
    {"Approx", Abbreviation::kInner}, {"Apr", Abbreviation::kMonth},
    {"Ariz", Abbreviation::kPlace}, {"Ark", Abbreviation::kPlace}, {"Art", Abbreviation::kNumber},
    {"Arts", Abbreviation::kNumber}, {"Ass'n", Abbreviation::kEnding},
    {"Assn", Abbreviation::kEnding}, {"Asst", Abbreviation::kTitle},
    {"Attn", Abbreviation::kInner}, {"Atty", Abbreviation::kTitle}, {"Aug", Abbreviation::kMonth},
    {"Ave", Abbreviation::kEnding}, {"Bhd", Abbreviation::kEnding},
    {"Blvd", Abbreviation::kEnding}, {"Brig", Abbreviation::kTitle},
    {"Bros", Abbreviation::kEnding}, {"CO", Abbreviation::kEnding},
    {"CORP", Abbreviation::kEnding}, {"Calif", Abbreviation::kPlace},
    {"Capt", Abbreviation::kTitle}, {"Ch", Abbreviation::kNumber}, {"Cmdr", Abbreviation::kTitle},
    {"Co", Abbreviation::kEnding}, {"Col", Abbreviation::kTitle},
    {"Col-Gen", Abbreviation::kTitle}, {"Colo", Abbreviation::kPlace},
    {"Conf", Abbreviation::kInner}, {"Conn", Abbreviation::kPlace},
    {"Corp", Abbreviation::kEnding}, {"Cos", Abbreviation::kEnding}, {"Cpl", Abbreviation::kTitle},
    {"DEC", Abbreviation::kMonth}, {"DR", Abbreviation::kTitle}, {"Dec", Abbreviation::kMonth},
    {"Del", Abbreviation::kPlace}, {"Dep", Abbreviation::kTitle}, {"Dept", Abbreviation::kEnding},
    {"Det", Abbreviation::kTitle}, {"Dipl", Abbreviation::kTitle}, {"Dist", Abbreviation::kEnding},
    {"Dr", Abbreviation::kTitle}, {"Drs", Abbreviation::kTitle}, {"Eds", Abbreviation::kInner},
    {"Eq", Abbreviation::kNumber}, {"Esp", Abbreviation::kInner}, {"Esq", Abbreviation::kEnding},
    {"Ext", Abbreviation::kInner}, {"FEB", Abbreviation::kMonth}, {"Feb", Abbreviation::kMonth},
    {"Fig", Abbreviation::kNumber}, {"Figs", Abbreviation::kNumber}, {"Fla", Abbreviation::kPlace},
    {"Fr", Abbreviation::kTitle}, {"Fri", Abbreviation::kMonth}, {"Ft", Abbreviation::kTitle},
    {"GEN", Abbreviation::kTitle}, {"GOV", Abbreviation::kTitle}, {"Ga", Abbreviation::kPlace},
    {"Gen", Abbreviation::kTitle}, {"Gens", Abbreviation::kTitle}, {"Gov", Abbreviation::kTitle},
    {"Govs", Abbreviation::kTitle}, {"Govt", Abbreviation::kEnding}, {"Hon", Abbreviation::kTitle},
    {"Hr", Abbreviation::kTitle}, {"Hwy", Abbreviation::kEnding}, {"INC", Abbreviation::kEnding},
    {"Ida", Abbreviation::kPlace}, {"Ill", Abbreviation::kPlace}, {"Inc", Abbreviation::kEnding},
    {"Ind", Abbreviation::kPlace}, {"Ing", Abbreviation::kTitle}, {"Insp", Abbreviation::kTitle},
    {"Intl", Abbreviation::kEnding}, {"JAN", Abbreviation::kMonth}, {"JR", Abbreviation::kEnding},
    {"Jan", Abbreviation::kMonth}, {"Jr", Abbreviation::kEnding}, {"Jul", Abbreviation::kMonth},
    {"Jun", Abbreviation::kMonth}, {"Kan", Abbreviation::kPlace}, {"Kans", Abbreviation::kPlace},
    {"Ky", Abbreviation::kPlace}, {"LLC", Abbreviation::kEnding}, {"LLP", Abbreviation::kEnding},
    {"LTD", Abbreviation::kEnding}, {"La", Abbreviation::kPlace}, {"Lieut", Abbreviation::kTitle},
    {"Lt", Abbreviation::kTitle}, {"Ltd", Abbreviation::kEnding}, {"MR", Abbreviation::kTitle},
    {"MRS", Abbreviation::kTitle}, {"MS", Abbreviation::kTitle}, {"Maj", Abbreviation::kTitle},
    {"Man", Abbreviation::kPlace}, {"Mar", Abbreviation::kMonth}, {"Mass", Abbreviation::kPlace},
    {"Md", Abbreviation::kPlace}, {"Messrs", Abbreviation::kTitle}, {"Mfg", Abbreviation::kEnding},
    {"Mich", Abbreviation::kPlace}, {"Minn", Abbreviation::kPlace}, {"Miss", Abbreviation::kPlace},
    {"Mlle", Abbreviation::kTitle}, {"Mme", Abbreviation::kTitle}, {"Mo", Abbreviation::kPlace},
    {"Mon", Abbreviation::kMonth}, {"Mont", Abbreviation::kPlace}, {"Mr", Abbreviation::kTitle},
    {"Mrs", Abbreviation::kTitle}, {"Ms", Abbreviation::kTitle}, {"Msgr", Abbreviation::kTitle},
    {"Mt", Abbreviation::kTitle}, {"Mx", Abbreviation::kTitle}, {"NO", Abbreviation::kNumber},
    {"NOV", Abbreviation::kMonth}, {"Natl", Abbreviation::kEnding}, {"Neb", Abbreviation::kPlace},
    {"Nebr", Abbreviation::kPlace}, {"Nev", Abbreviation::kPlace}, {"No", Abbreviation::kNumber},
    {"Nos", Abbreviation::kNumber}, {"Nov", Abbreviation::kMonth}, {"OCT", Abbreviation::kMonth},
    {"Oct", Abbreviation::kMonth}, {"Okla", Abbreviation::kPlace}, {"Ont", Abbreviation::kPlace},
    {"Ore", Abbreviation::kPlace}, {"PLC", Abbreviation::kEnding}, {"Pa", Abbreviation::kPlace},
    {"Para", Abbreviation::kNumber}, {"Paras", Abbreviation::kNumber},
    {"Penn", Abbreviation::kPlace}, {"Ph", Abbreviation::kEnding}, {"Pkwy", Abbreviation::kEnding},
    {"Plc", Abbreviation::kEnding}, {"Pres", Abbreviation::kTitle}, {"Prof", Abbreviation::kTitle},
    {"Profs", Abbreviation::kTitle}, {"Pte", Abbreviation::kEnding},
    {"Pty", Abbreviation::kEnding}, {"Pvt", Abbreviation::kTitle}, {"Que", Abbreviation::kPlace},
    {"REP", Abbreviation::kTitle}, {"REV", Abbreviation::kTitle}, {"Rd", Abbreviation::kEnding},
    {"Rep", Abbreviation::kTitle}, {"Reps", Abbreviation::kTitle}, {"Ret", Abbreviation::kEnding},
    {"Rev", Abbreviation::kTitle}, {"SEN", Abbreviation::kTitle}, {"SEPT", Abbreviation::kMonth},
    {"Sask", Abbreviation::kPlace}, {"Sat", Abbreviation::kMonth}, {"Sec", Abbreviation::kNumber},
    {"Sen", Abbreviation::kTitle}, {"Sens", Abbreviation::kTitle}, {"Sep", Abbreviation::kMonth},
    {"Sept", Abbreviation::kMonth}, {"Sgt", Abbreviation::kTitle}, {"Sgts", Abbreviation::kTitle},
    {"Spc", Abbreviation::kTitle}, {"Spec", Abbreviation::kTitle}, {"Sq", Abbreviation::kEnding},
    {"Sr", Abbreviation::kEnding}, {"Sra", Abbreviation::kTitle}, {"Srta", Abbreviation::kTitle},
    {"St", Abbreviation::kTitle}, {"Ste", Abbreviation::kTitle}, {"Sun", Abbreviation::kMonth},
    {"Supt", Abbreviation::kTitle}, {"Tel", Abbreviation::kInner}, {"Tenn", Abbreviation::kPlace},
    {"Tex", Abbreviation::kPlace}, {"Thu", Abbreviation::kMonth}, {"Thur", Abbreviation::kMonth},
    {"Thurs", Abbreviation::kMonth}, {"Tue", Abbreviation::kMonth}, {"Tues", Abbreviation::kMonth},
    {"Univ", Abbreviation::kEnding}, {"Va", Abbreviation::kPlace}, {"Vol", Abbreviation::kNumber},
    {"Vols", Abbreviation::kNumber}, {"Vt", Abbreviation::kPlace}, {"Wash", Abbreviation::kPlace},
    {"Wed", Abbreviation::kMonth}, {"Weds", Abbreviation::kMonth}, {"Wis", Abbreviation::kPlace},
    {"Wisc", Abbreviation::kPlace}, {"Wyo", Abbreviation::kPlace}, {"aka", Abbreviation::kInner},
    {"al", Abbreviation::kEnding}, {"approx", Abbreviation::kInner},
    {"art", Abbreviation::kNumber}, {"assoc", Abbreviation::kInner},
    {"attn", Abbreviation::kInner}, {"avg", Abbreviation::kInner}, {"c", Abbreviation::kInner},
    {"ca", Abbreviation::kEnding}, {"cf", Abbreviation::kInner}, {"ch", Abbreviation::kNumber},
    {"dept", Abbreviation::kInner}, {"eds", Abbreviation::kInner}, {"eg", Abbreviation::kInner},
    {"esp", Abbreviation::kInner}, {"etc", Abbreviation::kEnding}, {"fig", Abbreviation::kNumber},
    {"figs", Abbreviation::kNumber}, {"ft", Abbreviation::kEnding}, {"hr", Abbreviation::kEnding},
    {"hrs", Abbreviation::kEnding}, {"ie", Abbreviation::kInner}, {"incl", Abbreviation::kInner},
    {"lb", Abbreviation::kEnding}, {"lbs", Abbreviation::kEnding}, {"mins", Abbreviation::kEnding},
    {"n.b", Abbreviation::kInner}, {"nos", Abbreviation::kNumber}, {"orig", Abbreviation::kInner},
    {"oz", Abbreviation::kEnding}, {"p", Abbreviation::kNumber}, {"para", Abbreviation::kNumber},
    {"pg", Abbreviation::kNumber}, {"pp", Abbreviation::kNumber}, {"resp", Abbreviation::kInner},
    {"ret", Abbreviation::kEnding}, {"sec", Abbreviation::kNumber}, {"tel", Abbreviation::kInner},
    {"v", Abbreviation::kInner}, {"viz", Abbreviation::kInner}, {"vol", Abbreviation::kNumber},
    {"vols", Abbreviation::kNumber}, {"vs", Abbreviation::kInner}, {"yr", Abbreviation::kEnding},
    {"yrs", Abbreviation::kEnding},
});

constexpr auto kStarters = std::to_array<std::string_view>({
    "A", "About", "According", "After", "Against", "All", "Also", "Although", "Among", "An",
    "Analysts", "And", "Another", "Are", "As", "Asked", "At", "Authorities", "Because", "Before",
    "Between", "Both", "But", "By", "Can", "Could", "Critics", "Despite", "Did", "Do", "Does",
    "During", "Each", "Earlier", "Even", "Every", "Experts", "For", "From", "Had", "Has", "Have",
    "He", "Her", "Here", "His", "How", "However", "I", "If", "In", "Instead", "Is", "It", "Its",
    "Just", "Last", "Later", "Let", "Many", "May", "Meanwhile", "Might", "Moreover", "Most",
    "Must", "My", "Nevertheless", "Next", "No", "Nonetheless", "Nor", "Not", "Now", "Of",
    "Officials", "On", "Once", "One", "Only", "Or", "Other", "Others", "Our", "Over", "Perhaps",
    "Please", "Police", "Several", "She", "Should", "Since", "So", "Some", "Still", "Such", "That",
    "The", "Their", "Then", "There", "Therefore", "These", "They", "This", "Those", "Though",
    "Thus", "To", "Today", "Tomorrow", "Two", "Under", "Until", "Was", "We", "Well", "Were",
    "What", "When", "Where", "While", "Who", "Why", "Will", "With", "Without", "Would", "Yes",
    "Yesterday", "Yet", "You", "Your",
});

constexpr auto kSpeechVerbs = std::to_array<std::string_view>({
    "added", "adds", "answered", "asked", "asks", "concluded", "continued", "cried", "cries",
    "declared", "declares", "demanded", "demands", "exclaimed", "explained", "insisted", "insists",
    "joked", "muttered", "noted", "quipped", "recalled", "remarked", "replied", "replies", "said",
    "say", "says", "shouted", "shouts", "stated", "tells", "told", "tweeted", "warned", "wondered",
    "writes", "wrote", "yelled",
});
// clang-format on

static_assert(std::is_sorted(kAbbreviations.begin(), kAbbreviations.end(),
                             [](const Entry& a, const Entry& b) { return a.word < b.word; }));
static_assert(std::is_sorted(kStarters.begin(), kStarters.end()));
static_assert(std::is_sorted(kSpeechVerbs.begin(), kSpeechVerbs.end()));

bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// "U.S", "a.m", "D.C", "Ph.D": groups of at most two letters, or one of them longer at most three.
bool IsDottedLetters(std::string_view word) {
  std::size_t group = 0;
  bool dotted = false;
  for (const char c : word) {
    if (c == '.') {
      if (group == 0 || group > 2) return false;
      dotted = true;
      group = 0;
    } else if (IsAsciiLetter(c)) {
      ++group;
    } else {
      return false;
    }
  }
  return dotted && (group == 1 || group == 2);
}

}  // namespace

Abbreviation FindAbbreviation(std::string_view word) {
  const auto found =
      std::lower_bound(kAbbreviations.begin(), kAbbreviations.end(), word,
                       [](const Entry& entry, std::string_view w) { return entry.word < w; });
  if (found != kAbbreviations.end() && found->word == word) return found->kind;
  return IsDottedLetters(word) ? Abbreviation::kEnding : Abbreviation::kNone;
}

bool IsSentenceStarter(std::string_view word) {
  return std::binary_search(kStarters.begin(), kStarters.end(), word);
}

bool IsSpeechVerb(std::string_view word) {
  return std::binary_search(kSpeechVerbs.begin(), kSpeechVerbs.end(), word);
}

}  // namespace dateline::text
