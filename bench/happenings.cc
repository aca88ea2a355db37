#include "happenings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <random>
#include <utility>

namespace dateline::bench {
namespace {

using Random = std::mt19937_64;

constexpr std::array kCountryNames = {
    std::pair{"Kenya", "KEN"},     std::pair{"Peru", "PER"},     std::pair{"Iraq", "IRQ"},
    std::pair{"Ukraine", "UKR"},   std::pair{"Russia", "RUS"},   std::pair{"China", "CHN"},
    std::pair{"India", "IND"},     std::pair{"Pakistan", "PAK"}, std::pair{"Nigeria", "NGA"},
    std::pair{"Egypt", "EGY"},     std::pair{"Turkey", "TUR"},   std::pair{"Iran", "IRN"},
    std::pair{"Israel", "ISR"},    std::pair{"Lebanon", "LBN"},  std::pair{"Syria", "SYR"},
    std::pair{"Sudan", "SDN"},     std::pair{"Somalia", "SOM"},  std::pair{"Mali", "MLI"},
    std::pair{"Chad", "TCD"},      std::pair{"Brazil", "BRA"},   std::pair{"Chile", "CHL"},
    std::pair{"Colombia", "COL"},  std::pair{"Mexico", "MEX"},   std::pair{"France", "FRA"},
    std::pair{"Germany", "DEU"},   std::pair{"Poland", "POL"},   std::pair{"Serbia", "SRB"},
    std::pair{"Georgia", "GEO"},   std::pair{"Armenia", "ARM"},  std::pair{"Japan", "JPN"},
    std::pair{"Thailand", "THA"},  std::pair{"Myanmar", "MMR"},  std::pair{"Vietnam", "VNM"},
    std::pair{"Indonesia", "IDN"}, std::pair{"Bolivia", "BOL"},  std::pair{"Haiti", "HTI"},
    std::pair{"Ethiopia", "ETH"},  std::pair{"Uganda", "UGA"},   std::pair{"Yemen", "YEM"},
    std::pair{"Libya", "LBY"}};

constexpr std::array kTitles = {"President", "Prime Minister", "Foreign Minister",
                                "Defence Minister", "Interior Minister"};
constexpr std::array kWeekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                  "Thursday", "Friday", "Saturday"};

std::uint64_t Below(Random& random, std::uint64_t bound) { return random() % bound; }
bool Chance(Random& random, std::uint64_t percent) { return Below(random, 100) < percent; }

template <typename Items>
const auto& Pick(Random& random, const Items& items) {
  return items[Below(random, items.size())];
}

std::string Invented(Random& random, std::uint64_t syllables) {
  constexpr std::array kParts = {"ba",  "ke",  "lo",  "mi",  "nu",  "pra", "sto", "ven",
                                 "dor", "ash", "el",  "tri", "gon", "ran", "sul", "ta",
                                 "kar", "per", "ist", "wal", "zo",  "mar", "hin", "bek",
                                 "lu",  "fan", "gri", "od",  "sha", "ye"};
  std::string word;
  for (std::uint64_t i = 0; i < syllables; ++i) word += Pick(random, kParts);
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

const char* WeekdayOf(std::int32_t day) {
  return kWeekdays[std::chrono::weekday{std::chrono::sys_days{std::chrono::days{day}}}
                       .c_encoding()];
}

Date DateOf(std::int32_t day) {
  return {.ymd = std::chrono::sys_days{std::chrono::days{day}}, .precision = Date::Precision::kDay};
}

/// A word of a language whose frequencies fall as in English (Zipf): a few words are most of it.
std::string Word(Random& random) {
  constexpr double kWords = 30000;
  const double u = static_cast<double>(Below(random, 1000003)) / 1000003.0;
  Random rank(static_cast<std::uint64_t>(std::pow(kWords, u)) * 7919);
  std::string word = Invented(rank, 1 + Below(rank, 4));
  word[0] = static_cast<char>(word[0] - 'A' + 'a');
  return word;
}

/// How many reports a happening has: most few, some many.
std::uint64_t SizeOf(Random& random) {
  const auto roll = Below(random, 100);
  if (roll < 40) return 1;
  if (roll < 65) return 2 + Below(random, 2);
  if (roll < 87) return 4 + Below(random, 5);
  return 9 + Below(random, 22);
}

/// Days after the happening on which it is reported.
std::int32_t Delay(Random& random) {
  const auto roll = Below(random, 100);
  if (roll < 58) return 0;
  if (roll < 80) return 1;
  return static_cast<std::int32_t>(2 + Below(random, 5));
}

struct Coded {
  const char* kind;
  const char* cameo;
  const char* plover;
  bool on_other;  ///< its target is the other country
};
constexpr std::array<Coded, 8> kCodes = {{{"attack", "183", "ASSAULT", false},
                                          {"visit", "042", "CONSULT", true},
                                          {"protest", "141", "PROTEST", false},
                                          {"flood", "070", "AID", false},
                                          {"trial", "173", "COERCE", false},
                                          {"accord", "057", "COOPERATE", true},
                                          {"strike", "190", "ASSAULT", true},
                                          {"poll", "010", "CONSULT", false}}};

}  // namespace

/// Writes one report.
class Happenings::Writer {
 public:
  Writer(const Happenings& all, const Plan& plan)
      : all_(all),
        happening_(all.happenings_[plan.happening]),
        country_(all.countries_[happening_.country]),
        other_(all.countries_[happening_.other]),
        plan_(plan),
        random_(plan.copy_of != 0 ? plan.copy_of : plan.seed),
        own_(plan.seed) {}

  Story Write() {
    Story story;
    const bool later = plan_.day > happening_.day && Chance(random_, 75);
    number_ = happening_.number + (later ? Below(random_, 4) : 0);
    Random& top = plan_.copy_of != 0 ? own_ : random_;
    const std::string headline = Filled(later ? "later" : "headline", top);
    std::vector<std::string> sentences = {Filled(later ? "laterlead" : "lead", random_)};
    AddBody(later, sentences);
    story.id = fmt::format("{:016x}{:016x}", own_(), own_());
    story.source.path = fmt::format("wire/{}.txt", plan_.seed);
    story.article.headline = headline;
    story.article.publisher = fmt::format("Outlet {}", Below(own_, 60));
    story.article.date_published =
        DateTime{.date = DateOf(plan_.day), .time = {}, .utc_offset = {}};
    AddText(sentences, story);
    AddFacts(story);
    return story;
  }

 private:
  void AddBody(bool later, std::vector<std::string>& sentences) {
    const std::uint64_t wanted = 2 + Below(random_, 12);
    std::vector<const Template*> pool;
    for (const Template& each : all_.templates_) {
      if (Fits(each, later)) pool.push_back(&each);
    }
    std::ranges::shuffle(pool, random_);
    for (const Template* each : pool) {
      if (sentences.size() > wanted) break;
      sentences.push_back(Fill(each->text, random_));
      if (Chance(random_, 65)) sentences.back() += " " + Telling();
    }
  }

  /// A sentence with what templates lack: words of this happening alone, and of nothing at all.
  std::string Telling() {
    constexpr std::uint64_t kWordsOfHappening = 45;
    std::string sentence;
    for (auto words = 10 + Below(random_, 12); words > 0; --words) {
      Random own(plan_.happening * 1000 + Below(random_, kWordsOfHappening) *
                                              Below(random_, kWordsOfHappening) /
                                              kWordsOfHappening);
      sentence += (sentence.empty() ? "" : " ") + (Chance(random_, 22) ? Word(own) : Word(random_));
    }
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
    return sentence + ".";
  }

  [[nodiscard]] bool Fits(const Template& each, bool later) {
    if (each.kind != "any" && each.kind != happening_.kind) return false;
    if (each.part == "detail") return !later || Chance(random_, 40);
    if (each.part == "laterdetail") return later;
    return each.part == "quote" || each.part == "background";
  }

  std::string Filled(std::string_view part, Random& random) {
    std::vector<const Template*> choices;
    for (const Template& each : all_.templates_) {
      if (each.kind == happening_.kind && each.part == part) choices.push_back(&each);
    }
    return Fill(Pick(random, choices)->text, random);
  }

  std::string Fill(std::string_view pattern, Random& random) {
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      if (pattern[at] == '{') {
        const auto close = pattern.find('}', at);
        out += Slot(pattern.substr(at + 1, close - at - 1));
        at = close;
      } else if (pattern[at] == '[') {
        const auto close = pattern.find(']', at);
        out += Choice(pattern.substr(at + 1, close - at - 1), random);
        at = close;
      } else {
        out += pattern[at];
      }
    }
    return out;
  }

  std::string Choice(std::string_view choices, Random& random) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= choices.size();) {
      const auto end = std::min(choices.find('|', at), choices.size());
      parts.push_back(choices.substr(at, end - at));
      at = end + 1;
    }
    return Fill(Pick(random, parts), random);
  }

  std::string Slot(std::string_view slot) {
    const Happening& h = happening_;
    if (slot == "P") return h.city;
    if (slot == "C") return country_.name;
    if (slot == "D") return other_.name;
    if (slot == "A") return Introduced(h.first, first_told_);
    if (slot == "B") return Introduced(h.second, second_told_);
    if (slot == "a") return h.first.surname;
    if (slot == "b") return h.second.surname;
    if (slot == "O") return h.organisation;
    if (slot == "X") return h.thing;
    if (slot == "N") return fmt::format("{}", number_);
    if (slot == "M") return fmt::format("{}", h.second_number);
    if (slot == "day") return WeekdayOf(h.day);
    return WeekdayOf(plan_.day);
  }

  static std::string Introduced(const Person& person, bool& told) {
    const std::string words = told ? person.surname : person.title + " " + person.name;
    told = true;
    return words;
  }

  static void AddText(const std::vector<std::string>& sentences, Story& story) {
    story.text = *story.article.headline + "\n\n";
    story.blocks.push_back({BlockKind::kHeadline, MakeSpan(0, story.article.headline->size()), {}});
    story.sentences.push_back({story.blocks[0].span, BlockIndex{0}});
    for (const std::string& sentence : sentences) {
      const Span span = MakeSpan(story.text.size(), story.text.size() + sentence.size());
      story.text += sentence + "\n\n";
      story.sentences.push_back(
          {span, BlockIndex{static_cast<std::uint32_t>(story.blocks.size())}});
      story.blocks.push_back({BlockKind::kParagraph, span, {}});
    }
    story.text.pop_back();
  }

  static std::vector<Span> Places(std::string_view text, std::string_view part) {
    std::vector<Span> spans;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) {
      spans.push_back(MakeSpan(at, at + part.size()));
    }
    return spans;
  }

  void AddEntity(EntityType type, const std::string& name, const std::string& words,
                 const std::string& code, Story& story) {
    Entity entity{
        .type = type, .name = name, .country = code, .actor = code, .roles = {}, .mentions = {}};
    for (const Span span : Places(story.text, words)) entity.mentions.push_back({span});
    if (!entity.mentions.empty()) story.entities.push_back(std::move(entity));
  }

  void AddFacts(Story& story) {
    const Happening& h = happening_;
    AddEntity(EntityType::kCountry, country_.name, country_.name, country_.code, story);
    AddEntity(EntityType::kPerson, h.first.name, h.first.surname, country_.code, story);
    AddEntity(EntityType::kPerson, h.second.name, h.second.surname, country_.code, story);
    AddEntity(EntityType::kOrganization, h.organisation, h.organisation, country_.code, story);
    for (const Span span : Places(story.text, h.city)) {
      story.places.push_back({.span = span,
                              .name = h.city,
                              .country = country_.code,
                              .admin1 = {},
                              .lat = 1.5,
                              .lon = 2.5,
                              .geonameid = {},
                              .literal = true,
                              .precision = PlacePrecision::kCity});
    }
    for (const Span span : Places(story.text, WeekdayOf(h.day))) {
      if (!Chance(random_, 75)) continue;
      story.times.push_back({span, TimexType::kDate, FormatDate(DateOf(h.day)), {}});
      story.times.back().first_day = story.times.back().last_day = DateOf(h.day);
    }
    if (Chance(random_, 80)) AddEvent(story);
  }

  void AddEvent(Story& story) {
    const auto* coded = std::ranges::find(
        kCodes, happening_.kind, [](const Coded& each) { return std::string_view(each.kind); });
    if (coded == kCodes.end()) return;
    const Span lead = story.sentences[1].span;
    Event event;
    event.cameo = coded->cameo;
    event.plover = coded->plover;
    event.trigger = {lead.begin, lead.begin + 4};
    event.evidence = {lead};
    event.source = {{{}, country_.code, event.trigger}};
    event.target = {{{}, coded->on_other ? other_.code : country_.code + "CVL", event.trigger}};
    if (Chance(random_, 80)) event.date = DateOf(happening_.day);
    if (Chance(random_, 80)) event.place = EventPlace{happening_.city, country_.code, 1.5, 2.5};
    event.counts = {
        {"killed", static_cast<double>(number_), static_cast<double>(number_), "", event.trigger}};
    event.confidence = 0.8;
    event.rule = fmt::format("{}.{}", coded->cameo, coded->kind);
    story.events.push_back(std::move(event));
  }

  const Happenings& all_;
  const Happening& happening_;
  const Country& country_;
  const Country& other_;
  const Plan& plan_;
  Random random_;
  Random own_;
  std::uint64_t number_ = 0;
  bool first_told_ = false;
  bool second_told_ = false;
};

void Happenings::MakeCountries(std::uint64_t seed) {
  Random random(seed);
  for (const auto& [name, code] : kCountryNames) {
    Country country{.name = name, .code = code, .officials = {}, .cities = {}};
    for (const char* title : kTitles) {
      const std::string surname = Invented(random, 2 + Below(random, 2));
      country.officials.push_back({title, Invented(random, 2) + " " + surname, surname});
    }
    for (int i = 0; i < 8; ++i) country.cities.push_back(Invented(random, 2 + Below(random, 2)));
    countries_.push_back(std::move(country));
  }
}

Happenings::Happening Happenings::MakeHappening(std::int32_t day,
                                                const std::vector<std::string>& things,
                                                const std::vector<std::string>& organisations,
                                                Random& random) const {
  constexpr std::int32_t kTwinDays = 6;
  Happening h;
  const bool twin = !happenings_.empty() && Chance(random, 25);
  const auto back = std::min<std::uint64_t>(happenings_.size(), 300);
  if (twin) {
    h = happenings_[happenings_.size() - 1 - Below(random, back)];
  } else {
    h.kind = Pick(random, kinds_);
    h.country = Below(random, countries_.size());
    h.other = (h.country + 1 + Below(random, countries_.size() - 1)) % countries_.size();
    h.city = Pick(random, countries_[h.country].cities);
    h.first = Pick(random, countries_[h.country].officials);
    h.organisation = Pick(random, organisations);
  }
  const bool abroad = h.kind == "visit" || h.kind == "accord" || h.kind == "strike";
  const std::string surname = Invented(random, 2 + Below(random, 2));
  h.second = {"lawmaker", Invented(random, 2) + " " + surname, surname};
  if (abroad) h.second = Pick(random, countries_[h.other].officials);
  h.thing = Pick(random, things);
  h.number = 2 + Below(random, Chance(random, 50) ? 12 : 90);
  h.second_number = 3 + Below(random, Chance(random, 50) ? 20 : 400);
  const auto later = static_cast<std::int32_t>(twin ? 1 + Below(random, kTwinDays) : 0);
  h.day = twin ? std::max(day, h.day + later) : day;
  return h;
}

void Happenings::PlanReports(std::uint64_t size, Random& random) {
  const std::int32_t day = happenings_.back().day;
  std::uint64_t last_seed = 0;
  for (std::uint64_t i = 0; i < size; ++i) {
    Plan plan{.happening = happenings_.size() - 1,
              .day = day + (i == 0 ? 0 : Delay(random)),
              .seed = random() | 1U,
              .order = random(),
              .copy_of = 0};
    if (last_seed != 0 && Chance(random, 12)) {
      plan.copy_of = last_seed;
      plan.day = reports_.back().day;
    } else {
      last_seed = plan.seed;
    }
    reports_.push_back(plan);
  }
}

void Happenings::MakeHappenings(const HappeningsOptions& options) {
  constexpr std::int32_t kFirstDay = 22400;  // 2031-05-01
  Random random(options.seed + 1);
  std::vector<std::string> things;
  std::vector<std::string> organisations;
  for (const Template& each : templates_) {
    if (each.kind == "word") (each.part == "X" ? things : organisations).push_back(each.text);
  }
  std::int32_t day = kFirstDay;
  std::uint64_t of_day = 0;
  while (reports_.size() < options.reports) {
    happenings_.push_back(MakeHappening(day, things, organisations, random));
    const std::uint64_t size = SizeOf(random);
    PlanReports(size, random);
    of_day += size;
    if (of_day >= options.reports_a_day) {
      of_day = 0;
      ++day;
    }
  }
  std::ranges::sort(reports_, [](const Plan& one, const Plan& other) {
    return std::pair(one.day, one.order) < std::pair(other.day, other.order);
  });
}

Result<Happenings> Happenings::Load(const std::string& templates_path,
                                    const HappeningsOptions& options) {
  Happenings all;
  std::ifstream file(templates_path);
  for (std::string line; std::getline(file, line);) {
    const auto first = line.find('\t');
    const auto second = line.find('\t', first + 1);
    if (line.starts_with('#') || second == std::string::npos) continue;
    all.templates_.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1),
                              line.substr(second + 1)});
    const std::string& kind = all.templates_.back().kind;
    const bool known = std::ranges::find(all.kinds_, kind) != all.kinds_.end();
    if (!known && kind != "any" && kind != "word") all.kinds_.push_back(kind);
  }
  if (all.kinds_.empty()) {
    return Fail(ErrorCode::kNotFound, "no templates there; want kind<TAB>part<TAB>text lines",
                templates_path);
  }
  all.MakeCountries(options.seed);
  all.MakeHappenings(options);
  return all;
}

Report Happenings::Make(std::uint64_t index) const {
  const Plan& plan = reports_[index];
  return {Writer(*this, plan).Write(), plan.happening};
}

}  // namespace dateline::bench
