#include "timex/narrative.h"

#include <algorithm>

namespace dateline::timex {
namespace {

/// Fewer past dates than this tell nothing about a text.
constexpr std::size_t kMinPast = 6;
/// So many times as often must past dates be stated as days be named from the day of writing.
constexpr std::size_t kOverDeictic = 6;
/// So many times as often must past dates be stated as recent ones.
constexpr std::size_t kOverRecent = 2;
/// A year so long before the story's date is past.
constexpr std::chrono::days kPastAfter{550};
/// A step this long may be a detour.
constexpr std::chrono::days kLeap{200};

}  // namespace

void NarrativeSigns::AddStated(const Stated& date) {
  dates_.push_back(date);
  const bool past = !anchor_ || date.told.day + kPastAfter < Days{anchor_->ymd};
  ++(past ? past_ : recent_);
}

bool NarrativeSigns::IsNarrative() const {
  return past_ >= kMinPast && past_ >= kOverDeictic * deictic_ && past_ >= kOverRecent * recent_;
}

NarrativeTime::NarrativeTime(std::span<const Stated> stated) : stated_(stated) {
  if (!stated_.empty()) now_ = stated_.front().told;
}

/// The dates ahead tell: the first of them that is no step back goes on from the nearer of the two.
bool NarrativeTime::IsDetour(const Stated& date) const {
  const Days there = date.told.day;
  if (!now_ || std::chrono::abs(there - now_->day) < kLeap) return false;
  const Days here = now_->day;
  for (auto ahead = std::ranges::upper_bound(stated_, date.at, {}, &Stated::at);
       ahead != stated_.end(); ++ahead) {
    const Days next = ahead->told.day;
    if (there > here && next < here) continue;
    return std::chrono::abs(next - here) < std::chrono::abs(next - there);
  }
  return false;
}

void NarrativeTime::Reach(const Stated& date) {
  if (!IsDetour(date)) now_ = date.told;
}

}  // namespace dateline::timex
