#include "coreference/search.h"

#include <algorithm>
#include <functional>

namespace dateline::coreference {

std::span<const std::uint32_t> Candidates::Of(std::uint32_t i) {
  const Phrase& phrase = scene_.found.phrases[i];
  const Facts& facts = scene_.facts[i];
  const std::uint32_t near = phrase.kind == MentionKind::kPronoun ? kNear : kNearNoun;
  const std::uint32_t nearest = i > near ? i - near : 0;
  found_.clear();
  for (std::uint32_t earlier = i; earlier-- > nearest;) found_.push_back(earlier);
  Shared(facts.lemma, nearest);
  Shared(facts.form, nearest);
  if (phrase.kind == MentionKind::kName) {
    for (const std::uint32_t word : facts.modifiers) Shared(word, nearest);
    if (facts.upper) Shared(~facts.form, nearest);
  }
  std::ranges::sort(found_, std::greater{});
  found_.erase(std::ranges::unique(found_).begin(), found_.end());

  seen_ = (wholes_.contains(facts.whole) ? 1U : 0U) | (by_word_.contains(facts.lemma) ? 2U : 0U);
  wholes_.insert(facts.whole);
  Remember(facts.lemma, i);
  if (facts.form != facts.lemma) Remember(facts.form, i);
  if (phrase.kind == MentionKind::kName) {
    for (const std::uint32_t word : facts.modifiers) Remember(word, i);
    if (facts.acronym != 0) Remember(~facts.acronym, i);
  }
  return found_;
}

void Candidates::Shared(std::uint32_t word, std::uint32_t before) {
  const auto found = by_word_.find(word);
  if (found == by_word_.end()) return;
  std::size_t taken = 0;
  for (std::uint32_t at = found->second; at != kNone && taken < kShared; at = holders_[at].before) {
    if (holders_[at].phrase >= before) continue;
    found_.push_back(holders_[at].phrase);
    ++taken;
  }
}

void Candidates::Remember(std::uint32_t word, std::uint32_t phrase) {
  const auto at = static_cast<std::uint32_t>(holders_.size());
  const auto [known, fresh] = by_word_.try_emplace(word, at);
  holders_.push_back({.phrase = phrase, .before = fresh ? kNone : known->second});
  known->second = at;
}

namespace {

bool IsI(const Phrase& phrase) {
  return phrase.person == 1 && phrase.number == Number::kSingular && phrase.quotation != 0;
}

/// One is "I" in a quotation that the other speaks.
bool SpeaksOf(const Scene& scene, const Phrase& one, const Phrase& other) {
  if (!IsI(one) || other.group) return false;
  return scene.found.quotations[one.quotation].speaker == other.head;
}

/// All words of the name stand in the other, which neither holds it nor stands in it.
bool IsNamesake(const Scene& scene, std::uint32_t phrase, std::uint32_t earlier) {
  const Phrase& now = scene.found.phrases[phrase];
  const Phrase& then = scene.found.phrases[earlier];
  const auto& words = scene.facts[earlier].name;
  if (now.name != NameClass::kPerson || then.name != NameClass::kPerson) return false;
  if (now.group || then.group || (then.first <= now.first && now.last <= then.last)) return false;
  return std::ranges::all_of(scene.facts[phrase].name, [&](std::uint32_t word) {
    return std::ranges::find(words, word) != words.end();
  });
}

}  // namespace

std::size_t CertainLink(const Scene& scene, std::uint32_t phrase,
                        std::span<const std::uint32_t> earlier) {
  const Phrase& now = scene.found.phrases[phrase];
  for (std::size_t k = 0; k < earlier.size(); ++k) {
    const Phrase& then = scene.found.phrases[earlier[k]];
    if (SpeaksOf(scene, now, then) || SpeaksOf(scene, then, now) ||
        IsNamesake(scene, phrase, earlier[k])) {
      return k + 1;
    }
  }
  return 0;
}

}  // namespace dateline::coreference
