#include "corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iterator>

namespace dateline::bench {
namespace {

/// SplitMix64: the same numbers everywhere, which <random>'s distributions do not promise.
class Random {
 public:
  explicit Random(std::uint64_t state) : state_(state) {}
  std::uint64_t Next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  std::size_t Below(std::size_t bound) { return static_cast<std::size_t>(Next() % bound); }

 private:
  std::uint64_t state_;
};

/// A word that no table knows, so that dictionaries are missed as often as in real text.
std::string InventedName(Random& random) {
  constexpr std::array kOnsets{"B", "Br", "D", "F", "G", "H", "K", "L",
                               "M", "N",  "P", "R", "S", "T", "V", "Z"};
  constexpr std::array kMiddles{"a",   "e",   "i",    "o",   "u",   "ara",
                                "eli", "ino", "osta", "ura", "andi"};
  constexpr std::array kCodas{"n",   "r",   "s",   "l",   "ck",  "nt",
                              "mov", "ski", "dze", "son", "rez", ""};
  std::string name = kOnsets.at(random.Below(kOnsets.size()));
  name += kMiddles.at(random.Below(kMiddles.size()));
  name += kCodas.at(random.Below(kCodas.size()));
  return name;
}

std::string Number(Random& random) {
  return std::to_string(2 + random.Below(random.Below(3) == 0 ? 9000 : 60));
}

}  // namespace

/// Fills templates for one story; people and countries recur within it as they do in news.
class Corpus::Writer {
 public:
  Writer(const Corpus& corpus, std::uint64_t index)
      : corpus_(corpus), random_(corpus.seed_ * 0x2545f4914f6cdd1dU + index) {}

  std::string Write() {
    using namespace std::chrono;
    const sys_days day = sys_days{2015y / January / 1} + days{random_.Below(3600)};
    const year_month_day date{day};
    std::string out =
        fmt::format(" date {:04}-{:02}-{:02} WORLD\n", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    out += Fill("headline") + "\n" + Fill("standfirst") + "\n";
    out += PrintedDate(date) + "\n\n" + Fill("lead") + "\n\n";
    for (int paragraph = 0; paragraph < 11; ++paragraph) {
      out += random_.Below(3) == 0 ? Fill("quote") : Fill("body") + " " + Fill("body");
      out += "\n\n";
      if (paragraph == 4) out += "READ MORE: " + Fill("related") + "\n\n";
      if (paragraph == 5) out += Fill("subheading") + "\n\n";
    }
    return out + "SOURCE: AFP\n";
  }

 private:
  static std::string PrintedDate(std::chrono::year_month_day date) {
    constexpr std::array kMonths{"January",   "February", "March",    "April",
                                 "May",       "June",     "July",     "August",
                                 "September", "October",  "November", "December"};
    return fmt::format("{} {}, {}", kMonths.at(static_cast<unsigned>(date.month()) - 1),
                       static_cast<unsigned>(date.day()), static_cast<int>(date.year()));
  }

  /// A template of the kind with every {slot} filled; digits behind a slot's name ("{country2}")
  /// mean the same filler throughout the story.
  std::string Fill(std::string_view kind) {
    const auto& choices = corpus_.Templates(kind);
    const std::string& pattern = choices.at(random_.Below(choices.size()));
    std::string out;
    std::size_t at = 0;
    while (at < pattern.size()) {
      const std::size_t open = pattern.find('{', at);
      out.append(pattern, at, open - at);
      if (open == std::string::npos) break;
      const std::size_t close = pattern.find('}', open);
      out += Slotted(pattern.substr(open + 1, close - open - 1));
      at = close + 1;
    }
    return out;
  }

  std::string Slotted(const std::string& slot) {
    const auto known = std::ranges::find(fixed_, slot, &Slot::name);
    if (known != fixed_.end()) return known->fillers.front();
    std::string name = slot;
    const bool fixed = name.back() >= '0' && name.back() <= '9';
    if (fixed) name.pop_back();
    std::string filler = Filler(name);
    if (fixed) fixed_.push_back({slot, {filler}});
    return filler;
  }

  std::string Filler(std::string_view name) {
    if (name == "number") return Number(random_);
    if (name == "name") return InventedName(random_);
    const auto slot = std::ranges::find(corpus_.slots_, name, &Slot::name);
    if (slot == corpus_.slots_.end() || slot->fillers.empty()) return std::string(name);
    return slot->fillers.at(random_.Below(slot->fillers.size()));
  }

  const Corpus& corpus_;
  Random random_;
  std::vector<Slot> fixed_;
};

const std::vector<std::string>& Corpus::Templates(std::string_view kind) const {
  static const std::vector<std::string> none{"{name}"};
  const auto found = std::ranges::find(templates_, kind, &Slot::name);
  return found == templates_.end() ? none : found->fillers;
}

Result<Corpus> Corpus::Load(const std::string& templates_path, const tables::Tables& tables,
                            std::uint64_t seed) {
  Corpus corpus;
  corpus.seed_ = seed;
  const auto add = [](std::vector<Slot>& slots, std::string_view name, std::string filler) {
    auto slot = std::ranges::find(slots, name, &Slot::name);
    if (slot == slots.end()) slot = slots.insert(slots.end(), {std::string(name), {}});
    slot->fillers.push_back(std::move(filler));
  };
  std::ifstream file(templates_path);
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    if (line.starts_with('#') || tab == std::string::npos) continue;
    const std::string kind = line.substr(0, tab);
    const bool word = kind.starts_with("word:");
    add(word ? corpus.slots_ : corpus.templates_, word ? kind.substr(5) : kind,
        line.substr(tab + 1));
  }
  if (corpus.templates_.empty()) {
    return Fail(ErrorCode::kNotFound, "no templates there; want kind<TAB>text lines",
                templates_path);
  }
  struct From {
    std::string_view slot, table, column;
  };
  for (const From& from :
       {From{"country", "actors/countries", "name"}, From{"city", "places/cities", "name"},
        From{"leader", "actors/leaders", "name"}, From{"org", "actors/organizations", "name"},
        From{"role", "actors/roles", "role"}}) {
    DATELINE_TRY(const tables::Table* table, tables.Get(from.table));
    DATELINE_TRY(const tables::Column column, table->GetColumn(from.column));
    for (std::uint32_t row = 0; row < table->row_count(); ++row) {
      add(corpus.slots_, from.slot, std::string(table->Cell(row, column)));
    }
  }
  return corpus;
}

std::string Corpus::Story(std::uint64_t index) const { return Writer(*this, index).Write(); }

}  // namespace dateline::bench
