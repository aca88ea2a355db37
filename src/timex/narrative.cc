#include "timex/narrative.h"

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

}  // namespace

void NarrativeSigns::AddStated(const Told& date) {
  if (!first_) first_ = date;
  const bool past = !anchor_ || date.day + kPastAfter < Days{anchor_->ymd};
  ++(past ? past_ : recent_);
}

bool NarrativeSigns::IsNarrative() const {
  return past_ >= kMinPast && past_ >= kOverDeictic * deictic_ && past_ >= kOverRecent * recent_;
}

}  // namespace dateline::timex
