#include "who_is_told.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <utility>

namespace dateline::bench {
namespace {

constexpr std::size_t kPeople = 420;
constexpr std::size_t kNamesakes = 60;
constexpr std::size_t kBodies = 90;
constexpr std::int32_t kDays = 360;
constexpr std::int32_t kFirstDay = 22281;  // 2031-01-02

constexpr std::array<std::string_view, 20> kCountries = {
    "USA", "GBR", "FRA", "DEU", "ESP", "POL", "RUS", "TUR", "IRQ", "EGY",
    "KEN", "NGA", "IND", "CHN", "KOR", "JPN", "BRA", "MEX", "CAN", "AUS"};
constexpr std::array<std::string_view, 18> kSyllables = {"ma",  "lo",  "ren", "ti",  "sa",  "kov",
                                                         "be",  "dal", "ni",  "ör",  "hal", "jé",
                                                         "vik", "un",  "ra",  "sto", "ly",  "ed"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kOffices = {{
    {"Foreign Minister", "GOV"},
    {"Defence Minister", "GOVMIL"},
    {"President", "GOV"},
    {"senator", "LEG"},
    {"general", "MIL"},
    {"judge", "JUD"},
    {"chief executive", "BUS"},
    {"chairman", "BUS"},
    {"editor", "MED"},
    {"professor", "EDU"},
    {"bishop", "REL"},
    {"striker", ""},
}};
constexpr std::array<std::string_view, 4> kBodyKinds = {"Trade Federation", "Health Organization",
                                                        "Oil Company", "Grain and Fishing Board"};

std::string Capital(std::string word) {
  if (word.starts_with("ö")) return "Ö" + word.substr(2);
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

std::string Replaced(std::string text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

std::string Plain(const std::string& name) {
  return Replaced(Replaced(Replaced(name, "ö", "o"), "é", "e"), "Ö", "O");
}

std::string Upper(const std::string& name) {
  std::string upper = Replaced(Replaced(name, "ö", "Ö"), "é", "É");
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return upper;
}

std::string Initial(const std::string& name) { return Plain(name).substr(0, 1) + "."; }

Date DateOf(std::int32_t day) {
  return {.ymd = std::chrono::sys_days{std::chrono::days{day}}, .precision = Date::Precision::kDay};
}

}  // namespace

WhoIsTold::WhoIsTold(std::size_t stories, std::uint64_t seed) : random_(seed) {
  MakePeople();
  MakeBodies();
  std::int32_t day = 0;
  while (stories_.size() < stories) {
    TellHappening(kFirstDay + day, stories - stories_.size());
    day = static_cast<std::int32_t>(stories_.size() * kDays / stories);
  }
  std::ranges::stable_sort(stories_, {}, [](const ToldStory& told) {
    return FormatDateTime(*told.story.article.date_published);
  });
}

std::string WhoIsTold::Word(std::size_t syllables) {
  std::string word;
  for (std::size_t i = 0; i < syllables; ++i) word += kSyllables.at(Below(kSyllables.size()));
  return word;
}

WhoIsTold::Someone WhoIsTold::MakePerson(const std::vector<std::string>& given,
                                         const std::vector<std::string>& surnames) {
  // The smaller of two: some surnames are frequent.
  const std::size_t surname = std::min(Below(surnames.size()), Below(surnames.size()));
  Someone who{.number = people_.size() + 1,
              .given = given[Below(given.size())],
              .surname = surnames[surname],
              .country = std::string(kCountries.at(Below(kCountries.size()))),
              .woman = Chance(35)};
  if (Chance(30)) who.middle = given[Below(given.size())];
  const std::size_t offices = 1 + Below(3);
  for (std::size_t i = 0; i < offices; ++i) {
    const auto& [title, actor] = kOffices.at(Below(kOffices.size()));
    who.offices.push_back({std::string(title), std::string(actor)});
  }
  return who;
}

void WhoIsTold::MakePeople() {
  std::vector<std::string> given;
  std::vector<std::string> surnames;
  for (int i = 0; i < 110; ++i) given.push_back(Capital(Word(2)));
  for (int i = 0; i < 130; ++i) surnames.push_back(Capital(Word(2 + Below(2))));
  while (people_.size() < kPeople) people_.push_back(MakePerson(given, surnames));
  for (std::size_t i = 0; i < kNamesakes; ++i) {
    const Someone& like = people_[Below(kPeople)];
    Someone who = MakePerson(given, surnames);
    who.given = like.given;
    who.surname = like.surname;
    who.middle.clear();
    if (Chance(20)) who.country = like.country;
    people_.push_back(std::move(who));
  }
}

void WhoIsTold::MakeBodies() {
  while (bodies_.size() < kBodies) {
    Someone body{.number = 100'000 + bodies_.size(), .type = EntityType::kOrganization};
    if (bodies_.size() < kCountries.size()) {
      body.country = kCountries.at(bodies_.size());
      body.surname = "Defence Ministry";
    } else {
      const std::string first = Capital(Word(2));
      const std::string_view kind = kBodyKinds.at(Below(kBodyKinds.size()));
      body.surname = fmt::format("{} {}", first, kind);
      body.acronym = Plain(first).substr(0, 1);
      for (std::size_t at = 0; at < kind.size(); ++at) {
        if ((at == 0 || kind[at - 1] == ' ') && kind[at] != 'a') body.acronym += kind[at];
      }
      if (Chance(70)) body.country = kCountries.at(Below(kCountries.size()));
    }
    bodies_.push_back(std::move(body));
  }
}

void WhoIsTold::TellHappening(std::int32_t day, std::size_t most) {
  std::vector<const Someone*> cast;
  const std::size_t people = 2 + Below(4);
  // Some are told much more often than others.
  for (std::size_t i = 0; i < people; ++i) {
    const std::size_t pick = Chance(50) ? Below(people_.size()) : Below(people_.size() / 8) * 8;
    if (std::ranges::find(cast, &people_[pick]) == cast.end()) cast.push_back(&people_[pick]);
  }
  cast.push_back(&bodies_[Below(bodies_.size())]);
  std::string about;
  for (int i = 0; i < 14; ++i) about += Word(4) + " ";
  const std::size_t size = std::min<std::size_t>(most, 1 + Below(7));
  for (std::size_t i = 0; i < size; ++i) {
    const auto later = static_cast<std::int32_t>(Below(4));
    ToldStory told{.story = MakeStory(about, day + later), .meant = {}};
    for (const Someone* who : cast) {
      if (Chance(75)) Tell(*who, day + later, told);
    }
    told.story.text += "\n";
    told.story.blocks = {{BlockKind::kParagraph, MakeSpan(0, told.story.text.size() - 1), {}}};
    stories_.push_back(std::move(told));
  }
}

Story WhoIsTold::MakeStory(const std::string& about, std::int32_t day) {
  Story story;
  story.id = fmt::format("{:032x}", stories_.size() + 1);
  story.text = about;
  for (int i = 0; i < 24; ++i) story.text += Word(4) + " ";
  story.article.headline = about.substr(0, about.find(' ', about.find(' ') + 1));
  story.article.date_published.emplace().date = DateOf(day);
  return story;
}

std::string WhoIsTold::PersonNameOf(const Someone& who) {
  const std::uint64_t way = Below(100);
  const std::string full = who.given + " " + who.surname;
  if (way < 15) return who.surname;
  if (way < 23) return Initial(who.given) + " " + who.surname;
  if (way < 26) return Upper(full);
  if (way < 31) return Plain(full);
  if (way < 35) return Capital(Chance(50) ? "mr " : "president ") + full;
  const bool first = who.country == "CHN" || who.country == "KOR";
  if (first && way < 50) return who.surname + " " + who.given;
  if (who.middle.empty() || way < 70) return full;
  const std::string middle = way < 85 ? who.middle : Initial(who.middle);
  return who.given + " " + middle + " " + who.surname;
}

std::string WhoIsTold::NameOf(const Someone& who) {
  if (who.type == EntityType::kPerson) return PersonNameOf(who);
  if (!who.acronym.empty() && Chance(30)) return who.acronym;
  return Chance(20) ? "The " + who.surname : who.surname;
}

void WhoIsTold::Tell(const Someone& who, std::int32_t day, ToldStory& told) {
  Story& story = told.story;
  Entity entity;
  entity.type = who.type;
  entity.name = NameOf(who);
  const auto mention = [&](const std::string& words, MentionKind kind) {
    const std::size_t at = story.text.size();
    story.text += words + " ";
    entity.mentions.push_back({MakeSpan(at, at + words.size()), kind});
  };
  mention(entity.name, MentionKind::kName);
  if (!who.country.empty() && Chance(70)) entity.country = who.country;
  if (Chance(1)) entity.country = std::string(kCountries.at(Below(kCountries.size())));
  if (!who.acronym.empty() && entity.name != who.acronym && Chance(25)) {
    mention(who.acronym, MentionKind::kName);
  }
  if (!who.offices.empty()) {
    const auto now = static_cast<std::size_t>(day - kFirstDay) * who.offices.size() / (kDays + 10);
    const Office& office = who.offices[std::min(now, who.offices.size() - 1)];
    if (Chance(50)) entity.roles = {{office.title, {}, {}, entity.mentions.front().span}};
    if (Chance(60) && !office.actor.empty()) entity.actor = who.country + office.actor;
    for (int i = 0; i < 3; ++i) {
      const bool woman = Chance(3) ? !who.woman : who.woman;
      if (Chance(45)) mention(woman ? "she" : "he", MentionKind::kPronoun);
    }
  }
  told.meant.push_back(who.number);
  story.entities.push_back(std::move(entity));
}

}  // namespace dateline::bench
