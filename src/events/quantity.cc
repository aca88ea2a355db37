#include "events/quantity.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

namespace dateline::events {
namespace {

using Named = std::pair<std::string_view, double>;

constexpr std::array<Named, 29> kWords{{
    {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},
    {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},
    {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
    {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
    {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},    {"seventy", 70},
    {"eighty", 80},  {"ninety", 90},    {"zero", 0},      {"both", 2},
}};
constexpr std::array<Named, 10> kScales{{
    {"hundred", 1e2},
    {"thousand", 1e3},
    {"million", 1e6},
    {"billion", 1e9},
    {"trillion", 1e12},
    {"dozen", 12},
    {"m", 1e6},
    {"mn", 1e6},
    {"bn", 1e9},
    {"tn", 1e12},
}};
/// Open above: at least two of them.
constexpr std::array<Named, 6> kMany{{
    {"dozens", 24},
    {"scores", 40},
    {"hundreds", 200},
    {"thousands", 2e3},
    {"millions", 2e6},
    {"several", 3},
}};

/// By first letter: how long the names are that begin with it, a bit for each length.
template <const auto& kNames>
constexpr std::array<std::uint16_t, 26> kLengths = [] {
  std::array<std::uint16_t, 26> lengths{};
  for (const Named& named : kNames)
    lengths[static_cast<std::size_t>(named.first.front() - 'a')] |=
        static_cast<std::uint16_t>(1U << named.first.size());
  return lengths;
}();

template <const auto& kNames>
std::optional<double> Find(std::string_view word) {
  constexpr std::size_t kLongest = 15;
  if (word.empty() || word.size() > kLongest || word.front() < 'a' || word.front() > 'z')
    return std::nullopt;
  const std::uint16_t lengths = kLengths<kNames>[static_cast<std::size_t>(word.front() - 'a')];
  if ((lengths >> word.size() & 1U) == 0) return std::nullopt;
  for (const auto& [name, value] : kNames) {
    if (name == word) return value;
  }
  return std::nullopt;
}

/// "12", "1,200", "3.5"; absent for "2-1", "1990s".
std::optional<double> Digits(std::string_view form) {
  if (form.empty() || form.front() < '0' || form.front() > '9') return std::nullopt;
  std::string plain;
  for (const char c : form) {
    if (c == ',' && !plain.empty()) continue;
    plain += c;
  }
  constexpr std::size_t kLongest = 15;
  if (plain.size() > kLongest) return std::nullopt;
  double value = 0;
  const auto [stop, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  const bool whole = error == std::errc() && stop == plain.data() + plain.size();
  return whole ? std::optional(value) : std::nullopt;
}

/// "twenty-one".
std::optional<double> SpelledOut(std::string_view form) {
  if (const auto word = Find<kWords>(form)) return word;
  const std::size_t hyphen = form.find('-');
  if (hyphen == form.npos) return std::nullopt;
  const auto tens = Find<kWords>(form.substr(0, hyphen));
  const auto ones = Find<kWords>(form.substr(hyphen + 1));
  const bool right = tens && ones && *tens >= 20 && *ones >= 1 && *ones < 10;
  return right ? std::optional(*tens + *ones) : std::nullopt;
}

/// Reads numbers of one sentence.
class Reader {
 public:
  Reader(const StoryView& view, Range sentence) : view_(view), sentence_(sentence) {}

  [[nodiscard]] std::string_view Form(std::uint32_t at) const {
    return sentence_.Contains(at) ? std::string_view(view_.word(at).form) : std::string_view();
  }

  /// A number without its qualifier.
  [[nodiscard]] std::optional<Quantity> Plain(std::uint32_t at) const {
    if (auto many = Many(at)) return many;
    std::optional<double> value = Digits(Form(at));
    if (!value) value = SpelledOut(Form(at));
    std::uint32_t last = at;
    if (!value && Find<kScales>(Form(at))) return Scaled(1, at, at);
    if (!value) return std::nullopt;
    return Scaled(*value, at, last + 1);
  }

 private:
  /// `value` times the scale words from `next` on: "two hundred thousand".
  [[nodiscard]] Quantity Scaled(double value, std::uint32_t first, std::uint32_t next) const {
    while (const auto scale = Find<kScales>(Form(next))) {
      value *= *scale;
      ++next;
    }
    return {.least = value, .most = value, .words = {first, next}, .last = next - 1};
  }

  /// "dozens", "tens of thousands", "hundreds of thousands".
  [[nodiscard]] std::optional<Quantity> Many(std::uint32_t at) const {
    const bool tens = Form(at) == "tens" && Form(at + 1) == "of";
    const auto value = tens ? std::optional(10.0) : Find<kMany>(Form(at));
    if (!value) return std::nullopt;
    Quantity quantity{.least = *value, .most = {}, .words = {at, at + 1}, .last = at};
    const auto more = Form(at + 1) == "of" ? Find<kMany>(Form(at + 2)) : std::nullopt;
    if (more && *more >= 200) {
      quantity.least = *value * *more;
      if (!tens) quantity.least /= 2;
      quantity.words.end = at + 3;
      quantity.last = at + 2;
    } else if (tens) {
      return std::nullopt;
    }
    return quantity;
  }

  const StoryView& view_;
  Range sentence_;
};

enum class Bound : std::uint8_t { kExact, kAtLeast, kAtMost, kAbout, kNearly };

struct Qualifier {
  std::array<std::string_view, 3> words;
  Bound bound;
};
constexpr std::array<Qualifier, 22> kQualifiers{{
    {{"no", "fewer", "than"}, Bound::kAtLeast}, {{"no", "less", "than"}, Bound::kAtLeast},
    {{"not", "less", "than"}, Bound::kAtLeast}, {{"as", "many", "as"}, Bound::kAtMost},
    {{"no", "more", "than"}, Bound::kAtMost},   {{"not", "more", "than"}, Bound::kAtMost},
    {{"", "at", "least"}, Bound::kAtLeast},     {{"", "more", "than"}, Bound::kAtLeast},
    {{"", "fewer", "than"}, Bound::kAtMost},    {{"", "less", "than"}, Bound::kAtMost},
    {{"", "at", "most"}, Bound::kAtMost},       {{"", "up", "to"}, Bound::kAtMost},
    {{"", "", "over"}, Bound::kAtLeast},        {{"", "", "above"}, Bound::kAtLeast},
    {{"", "", "under"}, Bound::kAtMost},        {{"", "", "about"}, Bound::kAbout},
    {{"", "", "around"}, Bound::kAbout},        {{"", "", "some"}, Bound::kAbout},
    {{"", "", "roughly"}, Bound::kAbout},       {{"", "", "approximately"}, Bound::kAbout},
    {{"", "", "nearly"}, Bound::kNearly},       {{"", "", "almost"}, Bound::kNearly},
}};

/// The qualifier whose last word stands before `at`; sets the first word.
Bound QualifierBefore(const Reader& reader, std::uint32_t at, std::uint32_t& first) {
  for (const Qualifier& qualifier : kQualifiers) {
    std::uint32_t length = 0;
    bool stands = true;
    for (std::size_t i = qualifier.words.size(); i-- > 0 && stands;) {
      if (qualifier.words.at(i).empty()) break;
      ++length;
      stands = at >= length && reader.Form(at - length) == qualifier.words.at(i);
    }
    if (!stands) continue;
    first = at - length;
    return qualifier.bound;
  }
  return Bound::kExact;
}

void Bind(Bound bound, Quantity& quantity) {
  constexpr double kTenth = 0.1;
  const double value = quantity.least;
  switch (bound) {
    case Bound::kExact:
      return;
    case Bound::kAtLeast:
      quantity.most.reset();
      return;
    case Bound::kAtMost:
      quantity.least = 0;
      quantity.most = value;
      return;
    case Bound::kAbout:
      if (quantity.most) quantity.most = value + value * kTenth;
      quantity.least = value - value * kTenth;
      return;
    case Bound::kNearly:
      quantity.least = value - value * kTenth;
      return;
  }
}

/// "20 to 30", "between 20 and 30": takes the second number in.
void TakeRange(const Reader& reader, std::uint32_t at, Quantity& quantity) {
  const std::string_view joint = reader.Form(quantity.words.end);
  const bool between = at > 0 && reader.Form(at - 1) == "between" && joint == "and";
  if (!between && joint != "to") return;
  const auto upper = reader.Plain(quantity.words.end + 1);
  if (!upper || !upper->most || *upper->most <= quantity.least) return;
  quantity.most = upper->most;
  quantity.words = {between ? at - 1 : at, upper->words.end};
  quantity.last = upper->last;
}

}  // namespace

std::optional<Quantity> QuantityAt(const StoryView& view, Range sentence, std::uint32_t at) {
  const Reader reader(view, sentence);
  auto quantity = reader.Plain(at);
  if (!quantity) return std::nullopt;
  std::uint32_t first = at;
  const Bound bound = QualifierBefore(reader, at, first);
  if (bound == Bound::kExact) {
    TakeRange(reader, at, *quantity);
  } else {
    Bind(bound, *quantity);
    quantity->words.begin = first;
  }
  return quantity;
}

}  // namespace dateline::events
