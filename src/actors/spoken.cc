#include "actors/spoken.h"

#include <algorithm>

#include "actors/phrases.h"

namespace dateline::actors {

using names::Name;
using names::TokenRange;

namespace {

/// Sentences that what was spoken of reaches over.
constexpr std::uint32_t kSpokenReach = 2;

}  // namespace

SpokenCountries::SpokenCountries(const World& world, const Story& story,
                                 const names::Reading& reading, const std::vector<Name>& names)
    : world_(world), story_(story), reading_(reading) {
  CountNames(names);
  ReadDateline();
  ReadLead();
}

void SpokenCountries::CountNames(const std::vector<Name>& names) {
  int most = 0;
  const auto weigh = [&](std::string_view country, int weight, Span span) {
    NoteWhere(country, weight, span);
    const int whole = weights_[country] += weight;
    whole_ += weight;
    if (whole <= most) return;
    most = whole;
    home_ = country;
  };
  for (const Name& name : names) {
    const TokenRange range = RangeOf(name);
    const auto alias = world_.AliasAt(reading_, range.first, range.last);
    if (alias && alias->length == range.size()) {
      all_.push_back(alias->country);
      NoteAlias(*alias, range);
      weigh(alias->country, 2, reading_.SpanOf(range));
    } else if (const auto body = world_.BodyNamed(reading_, range); body && body->country) {
      weigh(*body->country, 1, reading_.SpanOf(range));
    }
  }
  for (const Place& place : story_.places) {
    if (place.country && place.precision != PlacePrecision::kCountry)
      weigh(*place.country, 1, place.span);
  }
  ruled_ = most >= kEnough && most * 3 >= whole_ * 2;
}

void SpokenCountries::NoteWhere(std::string_view country, int weight, Span span) {
  if (InLead(span) && std::ranges::find(lead_, country) == lead_.end()) lead_.push_back(country);
  if (InDateline(span)) dateline_[country] += weight;
}

void SpokenCountries::NoteAlias(const Alias& alias, TokenRange range) {
  if (alias.kind == AliasKind::kName || alias.kind == AliasKind::kAdjective) {
    named_.insert(alias.country);
    if (!InDateline(reading_.SpanOf(range))) ++told_of_[alias.country];
  }
  ++counts_[alias.country];
  if (!opener_ && alias.kind != AliasKind::kAdjective && Opens(range)) opener_ = alias.country;
}

bool SpokenCountries::InDateline(Span span) const {
  return std::ranges::any_of(story_.blocks, [&](const Block& block) {
    return block.kind == BlockKind::kDateline && block.span.Contains(span);
  });
}

bool SpokenCountries::Opens(TokenRange range) const {
  const TokenRange sentence = reading_.sentences()[reading_.SentenceOf(range.first)];
  return range.first <= sentence.first + 1 && InLead(reading_.SpanOf(range));
}

bool SpokenCountries::InLead(Span span) const {
  for (const Sentence& sentence : story_.sentences) {
    const BlockKind kind = story_.blocks[Raw(sentence.block)].kind;
    const bool text = kind == BlockKind::kParagraph;
    if ((text || kind == BlockKind::kHeadline) && sentence.span.Contains(span)) return true;
    if (text) return false;
  }
  return false;
}

int SpokenCountries::WeightOf(std::string_view country) const {
  const auto weight = weights_.find(country);
  return weight == weights_.end() ? 0 : weight->second;
}

/// A dateline tells the home where the story speaks of that country at all; a lead that names one
/// country, the one spoken of most, tells it where there is no dateline or one that is hardly
/// spoken of ("PANAMA CITY" above a story of Nicaragua).
void SpokenCountries::ReadLead() {
  constexpr int kShare = 4;
  firm_ = ruled_ || (told_ && !thin_ && WeightOf(*home_) * kShare >= whole_);
  // "Egypt recalls its envoy to Libya" is news of Egypt before it is news of Libya.
  if (!told_ && !firm_ && opener_ && WeightOf(*opener_) * 3 >= WeightOf(*home_) * 2)
    home_ = opener_;
  if (firm_ || lead_.size() != 1) return;
  const std::string_view lead = lead_.front();
  const int weight = WeightOf(lead);
  const auto more = [&](const auto& other) { return other.second > weight; };
  if (weight * kShare < whole_ || std::ranges::any_of(weights_, more)) return;
  if (told_ && WeightOf(*home_) * 2 > weight) return;
  home_ = lead;
  told_ = false;
  firm_ = true;
}

void SpokenCountries::ReadDateline() {
  if (dateline_.size() > 1) return;
  for (const Place& place : story_.places) {
    if (!place.country || !InDateline(place.span)) continue;
    // News from New York of which nearly all is about India is India's.
    // Nor is news from a city home whose country it never names, while it names others often. A
    // story that tells of another town there is.
    const bool abroad = home_ != *place.country && !NamesTownOf(*place.country);
    if (abroad && ruled_ && CountOf(*place.country) == 0) return;
    if (abroad && !told_of_.contains(*place.country) && TellsOftenOfAny()) return;
    ruled_ = ruled_ && home_ == *place.country;
    const auto weight = dateline_.find(*place.country);
    thin_ = home_ != *place.country && whole_ >= 2 * kEnough && weight != dateline_.end() &&
            weight->second == WeightOf(*place.country);
    home_ = *place.country;
    told_ = true;
    return;
  }
}

void SpokenCountries::Speak(std::string_view country, std::uint32_t token, bool passing) {
  spoken_.push_back({.country = country,
                     .token = token,
                     .sentence = reading_.SentenceOf(token),
                     .passing = passing,
                     .scene = SetsScene(token)});
}

bool SpokenCountries::SetsScene(std::uint32_t token) const {
  constexpr std::uint32_t kLongest = 8;
  const std::uint32_t first = reading_.sentences()[reading_.SentenceOf(token)].first;
  if (token == first || token - first > kLongest || !reading_.Is(first, names::kLocative))
    return false;
  for (std::uint32_t i = first; i < token; ++i) {
    const Token& word = story_.tokens[i];
    if (word.upos == "VERB" || word.upos == "AUX" || word.deprel == "nsubj") return false;
  }
  return true;
}

void SpokenCountries::SpeakOfThing(std::string_view country, std::uint32_t token) {
  Speak(country, token, true);
  spoken_.back().thing = true;
  spoken_.back().scene = false;
}

bool SpokenCountries::ActsIn(std::uint32_t sentence) const {
  constexpr std::uint32_t kReach = 5;
  if (!actor_ || actor_->sentence != sentence) return false;
  const auto end = std::min<std::size_t>(story_.tokens.size(), actor_->token + kReach);
  for (std::size_t i = actor_->token; i < end; ++i) {
    if (story_.tokens[i].deprel == "nsubj") return true;
  }
  return false;
}

void SpokenCountries::MarkActor(std::string_view country, std::uint32_t token) {
  actor_ = Spoken{
      .country = country, .token = token, .sentence = reading_.SentenceOf(token), .subject = true};
}

void SpokenCountries::MarkSubject() {
  if (!spoken_.empty()) spoken_.back().subject = true;
}

void SpokenCountries::MarkOwner(std::string_view country, TokenRange sentence) {
  if (IsNamedIn(sentence) && spoken_.back().country == country) spoken_.back().subject = true;
}

std::optional<std::string_view> SpokenCountries::Home() const {
  return IsHomeSure() ? home_ : std::nullopt;
}

std::optional<std::string_view> SpokenCountries::AloneIn(TokenRange sentence) const {
  std::optional<std::string_view> alone;
  for (auto spoken = spoken_.rbegin(); spoken != spoken_.rend(); ++spoken) {
    if (spoken->token < sentence.first) break;
    if (alone && spoken->country != *alone) return std::nullopt;
    alone = spoken->country;
  }
  return alone;
}

bool SpokenCountries::InHeadline(std::uint32_t token) const {
  const auto block = story_.sentences[reading_.SentenceOf(token)].block;
  const BlockKind kind = story_.blocks[Raw(block)].kind;
  return kind == BlockKind::kHeadline || kind == BlockKind::kDescription;
}

bool SpokenCountries::IsOutweighed(const Spoken& spoken) const {
  return spoken.country != home_ && (ruled_ || (firm_ && spoken.passing));
}

bool SpokenCountries::IsAside(const Spoken& spoken, std::uint32_t token) const {
  constexpr int kDeep = 12;
  if (!spoken.passing) return false;
  const auto over = [&](std::uint32_t at) -> std::optional<std::uint32_t> {
    const auto& head = story_.tokens[at].head;
    return head ? std::optional(static_cast<std::uint32_t>(Raw(*head))) : std::nullopt;
  };
  std::optional<std::uint32_t> clause = spoken.token;
  for (int up = 0; clause && up < kDeep && story_.tokens[*clause].deprel != "acl:relcl"; ++up)
    clause = over(*clause);
  if (!clause || story_.tokens[*clause].deprel != "acl:relcl") return false;
  std::optional<std::uint32_t> at = token;
  for (int up = 0; at && up < kDeep && at != clause; ++up) at = over(*at);
  return at != clause;
}

std::optional<std::string_view> SpokenCountries::InSentence(std::uint32_t token,
                                                            std::string_view but) const {
  const std::uint32_t sentence = reading_.SentenceOf(token);
  const Spoken* last = nullptr;
  for (auto spoken = spoken_.rbegin(); spoken != spoken_.rend(); ++spoken) {
    if (spoken->sentence != sentence) break;
    if (spoken->country == but) continue;
    const bool counts = spoken->subject || spoken->scene ||
                        ((but == home_ || !IsOutweighed(*spoken)) && !IsAside(*spoken, token));
    // "Students in Oran burnt a French flag before police came."
    if (counts &&
        (last == nullptr || (last->thing && !spoken->thing && (spoken->passing || spoken->scene))))
      last = &*spoken;
  }
  if (last != nullptr) return last->country;
  // A guest's sentence tells of his hosts as well.
  const bool host = actor_ && actor_->country != but && (!firm_ || actor_->country == home_);
  return host && actor_->sentence == sentence ? std::optional(actor_->country) : std::nullopt;
}

std::optional<std::string_view> SpokenCountries::OfState(std::uint32_t token,
                                                         std::string_view but) const {
  const std::uint32_t sentence = reading_.SentenceOf(token);
  if (const auto here = InSentence(token, but)) return here;
  const Spoken* last = nullptr;
  const bool told = home_ && home_ != but && !InHeadline(token);
  for (auto spoken = spoken_.rbegin(); spoken != spoken_.rend(); ++spoken) {
    if (spoken->sentence == sentence || spoken->country == but) continue;
    // What the headline names last is often whom it is done to.
    if (told && InHeadline(spoken->token)) return home_;
    if (sentence - spoken->sentence > kSpokenReach) break;
    if (last != nullptr && spoken->sentence != last->sentence) break;
    if (GoesOn(*spoken, sentence, told)) return spoken->country;
    if ((but == home_ || !IsOutweighed(*spoken)) && GivesWay(last, *spoken)) last = &*spoken;
  }
  return OfLast(last, but);
}

bool SpokenCountries::GoesOn(const Spoken& spoken, std::uint32_t sentence, bool may_be_home) const {
  // "In Lagos, …" and "Nigeria condemned the raid." tell of whom the paragraph goes on.
  if (AreTogether(spoken.sentence, sentence)) return spoken.scene || spoken.subject;
  // What another paragraph tells at length does not outweigh a home that is sure.
  const bool settled = may_be_home && firm_ && !thin_;
  return spoken.subject && !(may_be_home && IsOutweighed(spoken)) &&
         !(settled && IsInLongParagraph(spoken.sentence));
}

bool SpokenCountries::IsInLongParagraph(std::uint32_t sentence) const {
  const auto together = [&](std::uint32_t other) {
    return other < story_.sentences.size() && AreTogether(sentence, other);
  };
  return together(sentence + 1) || (sentence > 0 && together(sentence - 1));
}

bool SpokenCountries::GivesWay(const Spoken* last, const Spoken& before) {
  return last == nullptr || (last->thing && !before.passing);
}

std::optional<std::string_view> SpokenCountries::OfLast(const Spoken* last,
                                                        std::string_view but) const {
  const bool may_be_home = home_ != but;
  if (may_be_home && IsHomeSure() && !thin_) return home_;
  if (last == nullptr) return may_be_home ? home_ : std::nullopt;
  // "A spokesman for Belarus spoke of a Russian port. The ministry …"
  return may_be_home && last->thing && ActsIn(last->sentence) ? actor_->country : last->country;
}

std::optional<std::uint32_t> SpokenCountries::LastActing() const {
  for (auto spoken = spoken_.rbegin(); spoken != spoken_.rend(); ++spoken) {
    if (!spoken->passing) return spoken->token;
  }
  return std::nullopt;
}

std::string_view SpokenCountries::OfThingAbroad(TokenRange sentence) const {
  const auto home = FirmHome();
  if (!home) return {};
  for (auto spoken = spoken_.rbegin(); spoken != spoken_.rend(); ++spoken) {
    if (spoken->token < sentence.first) break;
    if (spoken->thing && spoken->country != *home) return spoken->country;
  }
  return {};
}

bool SpokenCountries::IsHomeNamedIn(TokenRange sentence) const {
  return std::ranges::any_of(spoken_, [&](const Spoken& spoken) {
    return spoken.token >= sentence.first && spoken.country == home_;
  });
}

std::optional<std::string_view> SpokenCountries::LastPlace() const {
  for (auto spoken = spoken_.rbegin(); spoken != spoken_.rend(); ++spoken) {
    if (!spoken->thing && !spoken->subject && (spoken->passing || spoken->scene))
      return spoken->country;
  }
  return std::nullopt;
}

bool SpokenCountries::NamesTownOf(std::string_view country) const {
  std::string_view seat;
  for (const Place& place : story_.places) {
    if (place.country != country) continue;
    if (InDateline(place.span)) {
      seat = place.name;
    } else if (place.precision == PlacePrecision::kCity && place.name != seat) {
      return true;
    }
  }
  return false;
}

bool SpokenCountries::TellsOftenOfAny() const {
  constexpr int kOften = 4;
  return std::ranges::any_of(told_of_, [](const auto& told) { return told.second >= kOften; });
}

std::size_t SpokenCountries::CountOf(std::string_view country) const {
  const auto count = counts_.find(country);
  return count == counts_.end() ? 0 : static_cast<std::size_t>(count->second);
}

std::optional<std::string_view> SpokenCountries::OfAnybody(std::uint32_t token) const {
  const bool fresh = spoken_.empty() || spoken_.back().sentence != reading_.SentenceOf(token);
  if (IsHomeSure() && !thin_ && fresh) return home_;
  const auto around = OfState(token);
  if (!around) return std::nullopt;
  return CountOf(*around) * 3 >= all_.size() * 2 ? around : std::nullopt;
}

}  // namespace dateline::actors
