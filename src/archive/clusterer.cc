#include "archive/clusterer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace dateline::archive {
namespace {

// Found on the generated corpus of bench/cluster_run (docs/RESULTS.md) and looked at on real
// stories.
constexpr double kJoin = 0.36;              // from this similarity on a story joins
constexpr double kMerge = 0.42;             // likewise, of a second cluster that is taken in
constexpr double kApart = 0.18;             // two halves less alike than this are two happenings
constexpr double kDecayADay = 0.05;         // what a day between two stories takes off
constexpr std::size_t kTerms = 40;          // of a signature
constexpr std::size_t kLeastCommon = 3;     // terms of two stories that are to be alike
constexpr std::size_t kMostPostings = 400;  // a term that more stories have finds none
constexpr std::size_t kMostLooked = 6000;   // postings looked at for a story
constexpr std::size_t kMostCompared = 48;   // stories compared term by term
constexpr std::size_t kNearest = 3;         // members that decide
constexpr std::size_t kSampled = 6;         // members compared before two clusters become one
constexpr std::size_t kLeastReviewed = 4;
constexpr std::size_t kMostReviewed = 64;
constexpr std::size_t kLeastLeaving = 3;

constexpr double kPriorStories = 25;  // how many stories the priors of terms weigh as much as

/// What a term of the kind says beyond its rarity.
double WeightOf(TermKind kind) {
  constexpr std::array<double, kTermKinds> kWeights = {1, 1, 1, 1.15, 1.4, 1.1, 0.8, 1.4};
  return kWeights.at(static_cast<std::size_t>(kind));
}

constexpr std::uint32_t TermOf(std::uint32_t entry) { return entry >> 8U; }
constexpr std::uint32_t WeightOf(std::uint32_t entry) { return entry & 0xffU; }

double CosineOf(std::uint64_t product) {
  return std::min(1.0, static_cast<double>(product) / (kUnit * kUnit));
}

double Decay(std::int32_t one, std::int32_t other) {
  return std::max(0.0, 1 - kDecayADay * std::abs(static_cast<double>(one) - other));
}

bool AreNear(std::int32_t one, std::int32_t other) {
  if (one == kNoDay || other == kNoDay) return one == other;
  return std::abs(one - other) <= kWindowDays;
}

/// How alike the stories of a cluster are, each with each.
class Table {
 public:
  explicit Table(std::size_t size) : size_(size), values_(size * size) {}
  double& At(std::size_t one, std::size_t other) { return values_[one * size_ + other]; }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Mean of `one` with those that `in` holds, itself left out; 0 when there is none.
  double Mean(std::size_t one, const std::vector<bool>& group, bool wanted) {
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t other = 0; other < size_; ++other) {
      if (other == one || group[other] != wanted) continue;
      sum += At(one, other);
      ++count;
    }
    return count == 0 ? 0 : sum / static_cast<double>(count);
  }

 private:
  std::size_t size_;
  std::vector<double> values_;
};

/// The two that are least alike.
std::pair<std::size_t, std::size_t> Furthest(Table& alike) {
  std::pair<std::size_t, std::size_t> furthest{0, 1};
  for (std::size_t i = 0; i < alike.size(); ++i) {
    for (std::size_t j = i + 1; j < alike.size(); ++j) {
      if (alike.At(i, j) < alike.At(furthest.first, furthest.second)) furthest = {i, j};
    }
  }
  return furthest;
}

/// In two around the two least alike; true: with the second.
std::vector<bool> Halves(Table& alike) {
  constexpr int kRounds = 4;
  const auto [one, other] = Furthest(alike);
  std::vector<bool> group(alike.size());
  for (std::size_t i = 0; i < alike.size(); ++i) {
    group[i] = i == other || (i != one && alike.At(i, other) > alike.At(i, one));
  }
  for (int round = 0; round < kRounds; ++round) {
    std::vector<bool> next(alike.size());
    for (std::size_t i = 0; i < alike.size(); ++i) {
      next[i] = alike.Mean(i, group, true) > alike.Mean(i, group, false);
    }
    if (next == group) break;
    group = std::move(next);
  }
  return group;
}

/// Mean likeness of members of one half with members of the other, or of those of a half.
double MeanBetween(Table& alike, const std::vector<bool>& group, bool one, bool other) {
  double sum = 0;
  double count = 0;
  for (std::size_t i = 0; i < alike.size(); ++i) {
    for (std::size_t j = 0; j < alike.size(); ++j) {
      if (i == j || group[i] != one || group[j] != other) continue;
      sum += alike.At(i, j);
      ++count;
    }
  }
  return count == 0 ? 0 : sum / count;
}

bool AreApart(Table& alike, const std::vector<bool>& group) {
  const auto second = static_cast<std::size_t>(std::ranges::count(group, true));
  return second >= kLeastLeaving && group.size() - second >= kLeastLeaving &&
         MeanBetween(alike, group, false, true) < kApart &&
         MeanBetween(alike, group, false, false) >= kJoin &&
         MeanBetween(alike, group, true, true) >= kJoin;
}

/// The cosines of one signature with many others, most of whose terms it has not.
class Likeness {
 public:
  explicit Likeness(const Signature& one) : one_(one) {
    for (const std::uint32_t entry : one) marks_[PlaceOf(entry)] = true;
  }
  /// `common`: how many terms both have.
  double To(const Signature& other, std::size_t& common) const {
    std::uint64_t product = 0;
    common = 0;
    for (const std::uint32_t entry : other) {
      if (!marks_[PlaceOf(entry)]) [[likely]]
        continue;
      const auto same = std::ranges::lower_bound(one_, TermOf(entry), {}, TermOf);
      if (same == one_.end() || TermOf(*same) != TermOf(entry)) continue;
      product += std::uint64_t{WeightOf(*same)} * WeightOf(entry);
      ++common;
    }
    return CosineOf(product);
  }

 private:
  static constexpr std::size_t kPlaces = 4096;
  static std::size_t PlaceOf(std::uint32_t entry) { return TermOf(entry) % kPlaces; }

  const Signature& one_;
  std::array<bool, kPlaces> marks_{};  ///< by a part of the key
};

}  // namespace

double Cosine(const Signature& one, const Signature& other, std::size_t* common) {
  std::uint64_t product = 0;
  std::size_t count = 0;
  // Which of two is the lesser key is as good as thrown dice: no branch should bet on it.
  for (auto a = one.begin(), b = other.begin(); a != one.end() && b != other.end();) {
    const std::uint32_t left = TermOf(*a);
    const std::uint32_t right = TermOf(*b);
    if (left == right) [[unlikely]] {
      product += std::uint64_t{WeightOf(*a)} * WeightOf(*b);
      ++count;
    }
    a += left <= right ? 1 : 0;
    b += right <= left ? 1 : 0;
  }
  if (common != nullptr) *common = count;
  return CosineOf(product);
}

std::size_t Clusterer::Index::PlaceOf(std::uint32_t key) const {
  std::size_t at = key & (places_.size() - 1);
  while (places_[at].list != 0 && places_[at].key != key) at = (at + 1) & (places_.size() - 1);
  return at;
}

const Clusterer::Postings* Clusterer::Index::Find(std::uint32_t key) const {
  if (places_.empty()) return nullptr;
  const std::uint32_t list = places_[PlaceOf(key)].list;
  return list == 0 ? nullptr : &lists_[list - 1];
}

Clusterer::Postings& Clusterer::Index::operator[](std::uint32_t key) {
  if ((lists_.size() + 1) * 2 > places_.size()) Grow();
  Place& place = places_[PlaceOf(key)];
  if (place.list == 0) {
    lists_.emplace_back();
    place = {key, static_cast<std::uint32_t>(lists_.size())};
  }
  return lists_[place.list - 1];
}

void Clusterer::Index::Grow() {
  constexpr std::size_t kFirst = 1024;
  std::vector<Place> old(std::max(kFirst, places_.size() * 2));
  std::swap(old, places_);
  for (const Place& place : old) {
    if (place.list != 0) places_[PlaceOf(place.key)] = place;
  }
}

void Clusterer::Index::Clear() {
  places_.clear();
  lists_.clear();
}

std::vector<std::int32_t> Clusterer::Missing(std::int32_t day) const {
  std::vector<std::int32_t> missing;
  if (day == kNoDay) {
    if (!held_.contains(day)) missing.push_back(day);
    return missing;
  }
  for (std::int32_t each = day - kWindowDays; each <= day + kWindowDays; ++each) {
    if (!held_.contains(each)) missing.push_back(each);
  }
  return missing;
}

void Clusterer::Hold(std::int32_t day, std::vector<Member> members) {
  held_.try_emplace(day, 0);
  for (Member& member : members) Insert(std::move(member));
}

/// The lists lie all over memory: each is asked for while the others are looked at.
std::vector<Clusterer::Stretch> Clusterer::Around(std::span<const std::uint32_t> keys,
                                                  std::int32_t day) const {
  static const Postings none;
  for (const std::uint32_t key : keys) index_.Prefetch(key);
  std::vector<const Postings*> lists;
  lists.reserve(keys.size());
  for (const std::uint32_t key : keys) {
    const Postings* found = index_.Find(key);
    lists.push_back(found == nullptr ? &none : found);
    __builtin_prefetch(lists.back());
  }
  for (const Postings* list : lists) {
    __builtin_prefetch(list->data() + list->size() / 2);
    __builtin_prefetch(list->data() + list->size());
  }
  const std::int32_t reach = day == kNoDay ? 0 : kWindowDays;
  std::vector<Stretch> stretches;
  stretches.reserve(keys.size());
  for (const Postings* list : lists) {
    const auto begin = std::ranges::lower_bound(*list, day - reach, {}, &Posting::day);
    const auto end = std::ranges::upper_bound(begin, list->end(), day + reach, {}, &Posting::day);
    stretches.emplace_back(begin, end);
  }
  return stretches;
}

double Clusterer::CountAround(std::int32_t day) const {
  const std::int32_t reach = day == kNoDay ? 0 : kWindowDays;
  std::size_t count = 0;
  for (auto at = held_.lower_bound(day - reach); at != held_.end() && at->first <= day + reach;
       ++at) {
    count += at->second;
  }
  return static_cast<double>(count);
}

Signature Clusterer::Weigh(const std::vector<StoryTerm>& terms, std::int32_t day) const {
  const double stories = CountAround(day) + kPriorStories;
  std::vector<std::uint32_t> keys;
  keys.reserve(terms.size());
  for (const StoryTerm& term : terms) keys.push_back(term.key);
  const std::vector<Stretch> around = Around(keys, day);
  std::vector<std::pair<double, std::uint32_t>> weighed;
  weighed.reserve(terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const StoryTerm& term = terms[i];
    const auto have = static_cast<double>(around[i].size()) + kPriorStories * PriorOf(term.kind);
    const double rarity = std::max(0.0, std::log(stories / have));
    weighed.emplace_back(rarity * WeightOf(term.kind) * term.weight, term.key);
  }
  std::ranges::sort(weighed, [](const auto& one, const auto& other) {
    return one.first != other.first ? one.first > other.first : one.second < other.second;
  });
  if (weighed.size() > kTerms) weighed.resize(kTerms);
  double squares = 0;
  for (const auto& [weight, key] : weighed) squares += weight * weight;
  const double scale = squares > 0 ? kUnit / std::sqrt(squares) : 0;
  Signature signature;
  for (const auto& [weight, key] : weighed) {
    const auto whole = static_cast<std::uint32_t>(std::lround(weight * scale));
    if (whole > 0) signature.push_back(key << 8U | std::min(whole, 255U));
  }
  std::ranges::sort(signature);
  return signature;
}

std::vector<Clusterer::Slot> Clusterer::Candidates(const Signature& signature, std::int32_t day) {
  Signature heaviest = signature;
  std::ranges::sort(heaviest, [](std::uint32_t one, std::uint32_t other) {
    const auto a = WeightOf(one);
    const auto b = WeightOf(other);
    return a != b ? a > b : one < other;
  });
  std::vector<std::uint32_t> keys;
  keys.reserve(heaviest.size());
  for (const std::uint32_t entry : heaviest) keys.push_back(TermOf(entry));
  const std::vector<Stretch> around = Around(keys, day);
  shared_.resize(slots_.size(), 0);
  std::vector<Slot> touched;
  std::size_t looked = 0;
  for (std::size_t i = 0; i < heaviest.size(); ++i) {
    const std::size_t count = around[i].size();
    if (count > kMostPostings || looked + count > kMostLooked) continue;
    looked += count;
    const std::uint32_t weight = WeightOf(heaviest[i]) * WeightOf(heaviest[i]);
    for (const Posting& posting : around[i]) {
      std::uint32_t& shared = shared_[posting.slot];
      if (shared == 0) touched.push_back(posting.slot);
      shared += weight;
    }
  }
  const auto nearer = [&](Slot one, Slot other) {
    if (shared_[one] != shared_[other]) return shared_[one] > shared_[other];
    return slots_[one].story < slots_[other].story;
  };
  const std::size_t kept = std::min(touched.size(), kMostCompared);
  std::ranges::nth_element(touched, touched.begin() + static_cast<std::ptrdiff_t>(kept), nearer);
  for (const Slot slot : touched) shared_[slot] = 0;
  touched.resize(kept);
  return touched;
}

std::vector<Clusterer::Near> Clusterer::Nearest(const Signature& signature, std::int32_t day) {
  std::vector<Near> near;
  const Likeness likeness(signature);
  const std::vector<Slot> candidates = Candidates(signature, day);
  for (const Slot slot : candidates) __builtin_prefetch(&slots_[slot].signature);
  for (const Slot slot : candidates) __builtin_prefetch(slots_[slot].signature.data());
  for (const Slot slot : candidates) {
    std::size_t common = 0;
    const double cosine = likeness.To(slots_[slot].signature, common);
    if (common < kLeastCommon) continue;
    near.push_back({slot, cosine * Decay(day, slots_[slot].day)});
  }
  std::ranges::sort(near, [&](const Near& one, const Near& other) {
    if (one.similarity != other.similarity) return one.similarity > other.similarity;
    return slots_[one.slot].story < slots_[other.slot].story;
  });
  return near;
}

Placing Clusterer::Place(const Signature& signature, std::int32_t day) {
  struct Found {
    std::int64_t cluster = 0;
    std::size_t members = 0;
    double sum = 0;
    double mean = 0;
  };
  std::vector<Found> found;
  for (const Near& near : Nearest(signature, day)) {
    const std::int64_t cluster = slots_[near.slot].cluster;
    auto known = std::ranges::find(found, cluster, &Found::cluster);
    if (known == found.end()) known = found.insert(found.end(), Found{.cluster = cluster});
    if (known->members == kNearest) continue;
    ++known->members;
    known->sum += near.similarity;
  }
  for (Found& each : found) {
    const auto held = CountMembers(each.cluster, day, kNearest);
    each.mean = each.sum / static_cast<double>(held);
  }
  std::ranges::sort(found, [](const Found& one, const Found& other) {
    return one.mean != other.mean ? one.mean > other.mean : one.cluster < other.cluster;
  });
  Placing placing;
  if (found.empty() || found.front().mean < kJoin) return placing;
  placing.cluster = found.front().cluster;
  placing.similarity = found.front().mean;
  if (found.size() > 1 && found[1].mean >= kMerge &&
      Same(found[0].cluster, found[1].cluster, day)) {
    placing.merged = std::max(found[0].cluster, found[1].cluster);
    placing.cluster = std::min(found[0].cluster, found[1].cluster);
  }
  return placing;
}

void Clusterer::Insert(Member member) {
  std::size_t& of_day = held_[member.day];
  if (of_day >= kMostOfADay || slot_of_.contains(member.story)) return;
  ++of_day;
  const auto slot = static_cast<Slot>(slots_.size());
  for (const std::uint32_t entry : member.signature) {
    Postings& postings = index_[TermOf(entry)];
    const auto at = std::ranges::upper_bound(postings, member.day, {}, &Posting::day);
    postings.insert(at, {member.day, slot});
  }
  slot_of_.emplace(member.story, slot);
  clusters_[member.cluster].push_back(slot);
  slots_.push_back(std::move(member));
}

void Clusterer::Merge(std::int64_t from, std::int64_t into) {
  const auto leaving = clusters_.find(from);
  if (leaving == clusters_.end()) return;
  const std::vector<Slot> moved = std::move(leaving->second);
  clusters_.erase(leaving);
  auto& kept = clusters_[into];
  for (const Slot slot : moved) {
    slots_[slot].cluster = into;
    kept.push_back(slot);
  }
}

void Clusterer::Move(const std::vector<std::int64_t>& stories, std::int64_t into) {
  for (const std::int64_t story : stories) {
    const auto known = slot_of_.find(story);
    if (known == slot_of_.end()) continue;
    Member& member = slots_[known->second];
    std::erase(clusters_[member.cluster], known->second);
    member.cluster = into;
    clusters_[into].push_back(known->second);
  }
}

double Clusterer::Alike(Slot one, Slot other) const {
  return Cosine(slots_[one].signature, slots_[other].signature) *
         Decay(slots_[one].day, slots_[other].day);
}

std::size_t Clusterer::CountMembers(std::int64_t cluster, std::int32_t day,
                                    std::size_t enough) const {
  std::size_t count = 0;
  const auto& members = clusters_.at(cluster);
  for (auto at = members.rbegin(); at != members.rend() && count < enough; ++at) {
    count += AreNear(slots_[*at].day, day) ? 1U : 0U;
  }
  return count;
}

std::vector<Clusterer::Slot> Clusterer::MembersAround(std::int64_t cluster, std::int32_t day,
                                                      std::size_t most) const {
  std::vector<Slot> members;
  const auto known = clusters_.find(cluster);
  if (known == clusters_.end()) return members;
  for (const Slot slot : known->second) {
    if (AreNear(slots_[slot].day, day)) members.push_back(slot);
  }
  std::ranges::sort(members, {}, [&](Slot slot) { return slots_[slot].story; });
  if (members.size() > most) {
    members.erase(members.begin(), members.end() - static_cast<std::ptrdiff_t>(most));
  }
  return members;
}

bool Clusterer::Same(std::int64_t one, std::int64_t other, std::int32_t day) const {
  const auto some = MembersAround(one, day, kSampled);
  const auto others = MembersAround(other, day, kSampled);
  double sum = 0;
  for (const Slot a : some) {
    for (const Slot b : others) sum += Alike(a, b);
  }
  return sum >= kJoin * static_cast<double>(some.size() * others.size());
}

std::optional<Review> Clusterer::Look(std::int64_t cluster, std::int32_t day) const {
  const auto members = MembersAround(cluster, day, kMostReviewed);
  if (members.size() < kLeastReviewed) return std::nullopt;
  Table alike(members.size());
  std::vector<double> sums(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = i + 1; j < members.size(); ++j) {
      alike.At(i, j) = alike.At(j, i) = Alike(members[i], members[j]);
      sums[i] += alike.At(i, j);
      sums[j] += alike.At(i, j);
    }
  }
  Review review;
  const auto best = std::ranges::max_element(sums) - sums.begin();
  review.title = slots_[members[static_cast<std::size_t>(best)]].story;
  const auto group = Halves(alike);
  if (!AreApart(alike, group)) return review;
  // The half with the first story keeps the cluster.
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (group[i] != group[0]) review.leaves.push_back(slots_[members[i]].story);
  }
  const bool title_leaves = std::ranges::find(review.leaves, review.title) != review.leaves.end();
  if (title_leaves) review.title = slots_[members[0]].story;
  return review;
}

void Clusterer::Forget() {
  slots_.clear();
  slot_of_.clear();
  clusters_.clear();
  index_.Clear();
  held_.clear();
  shared_.clear();
}

}  // namespace dateline::archive
