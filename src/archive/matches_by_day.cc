#include "archive/matches_by_day.h"

#include <algorithm>
#include <limits>
#include <unordered_set>
#include <utility>

namespace dateline::archive {
namespace {

constexpr std::size_t kFewMatches = 1000;
constexpr std::size_t kLongestStretch = 1U << 16U;
constexpr std::size_t kMostListed = 200'000;
constexpr std::int64_t kGap = 1024;   // numbers that are looked at rather than left out
constexpr std::int64_t kWidest = 32;  // numbers looked at for a story of a stretch

struct NumberRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// Ranges that hold all of the numbers.
std::vector<NumberRange> RangesOf(std::vector<std::int64_t> numbers) {
  std::ranges::sort(numbers);
  std::vector<NumberRange> ranges;
  for (const std::int64_t number : numbers) {
    if (ranges.empty() || number - ranges.back().last > kGap) {
      ranges.push_back({number, number});
    } else {
      ranges.back().last = number;
    }
  }
  return ranges;
}

std::int64_t SizeOf(const std::vector<NumberRange>& ranges) {
  std::int64_t size = 0;
  for (const NumberRange& range : ranges) size += range.last - range.first + 1;
  return size;
}

}  // namespace

MatchesByDay::MatchesByDay(Database& database, std::string match, const DayRange& days)
    : database_(database),
      match_(std::move(match)),
      bounded_(days.from || days.to),
      in_range_(database,
                "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? AND rowid <= ?") {
  days_.Add("published IS NOT NULL");
  days_.AddDays("published", days);
}

std::vector<std::int64_t> MatchesByDay::Next() {
  if (!std::exchange(started_, true)) {
    if (auto few = ListUpTo(kFewMatches)) {
      done_ = true;
      return InOrder(*few);
    }
  }
  while (!done_) {
    std::vector<std::int64_t> stretch = Stretch();
    KeepMatches(stretch);
    if (!stretch.empty()) return stretch;
  }
  return {};
}

/// Nothing where there are more than `most`.
std::optional<std::vector<std::int64_t>> MatchesByDay::ListUpTo(std::size_t most) {
  std::vector<std::int64_t> stories;
  in_range_.Start(match_, std::int64_t{0}, std::numeric_limits<std::int64_t>::max());
  while (stories.size() <= most && in_range_.Step()) stories.push_back(in_range_.Number(0));
  in_range_.Reset();
  return stories.size() > most ? std::nullopt : std::optional(std::move(stories));
}

/// Those of the days, the first day first.
std::vector<std::int64_t> MatchesByDay::InOrder(const std::vector<std::int64_t>& stories) {
  DayConditions wanted = days_;
  wanted.Add("story = ?");
  Statement published(database_, "SELECT published FROM stories" + wanted.Where());
  std::vector<std::pair<std::string, std::int64_t>> dated;
  std::vector<std::int64_t> undated;
  for (const std::int64_t story : stories) {
    published.Reset();
    published.Bind(days_.BindTo(published), story);
    if (published.Step()) {
      dated.emplace_back(published.Text(0), story);
    } else if (!bounded_) {
      undated.push_back(story);
    }
  }
  published.Reset();
  std::ranges::sort(dated);
  std::vector<std::int64_t> order;
  order.reserve(stories.size());
  for (const auto& [day, story] : dated) order.push_back(story);
  order.insert(order.end(), undated.begin(), undated.end());
  return order;
}

/// The next stories of the days, whether they match or not.
std::vector<std::int64_t> MatchesByDay::Stretch() {
  std::vector<std::int64_t> stretch;
  if (!stories_) {
    stories_.emplace(database_,
                     "SELECT story FROM stories" + days_.Where() + " ORDER BY published, story");
    stories_->Reset();
    days_.BindTo(*stories_);
  }
  while (stretch.size() < most_) {
    if (stories_->Step()) {
      stretch.push_back(stories_->Number(0));
    } else if (bounded_ || std::exchange(undated_, true)) {
      done_ = true;  // another step would begin anew
      break;
    } else {
      stories_.emplace(database_,
                       "SELECT story FROM stories WHERE published IS NULL ORDER BY story");
    }
  }
  most_ = std::min(most_ * 2, kLongestStretch);
  return stretch;
}

/// Takes out those that do not match, where the index tells at a fair price.
void MatchesByDay::KeepMatches(std::vector<std::int64_t>& stretch) {
  const std::vector<NumberRange> ranges = RangesOf(stretch);
  if (SizeOf(ranges) > kWidest * static_cast<std::int64_t>(stretch.size())) {
    KeepListed(stretch);
    return;
  }
  std::unordered_set<std::int64_t> matches;
  for (const NumberRange& range : ranges) {
    in_range_.Start(match_, range.first, range.last);
    while (in_range_.Step()) matches.insert(in_range_.Number(0));
  }
  in_range_.Reset();
  std::erase_if(stretch, [&](std::int64_t story) { return !matches.contains(story); });
}

/// Days lie so far apart in numbers that all matches are listed, once; too many are too dear, and
/// most stories match then.
void MatchesByDay::KeepListed(std::vector<std::int64_t>& stretch) {
  if (!std::exchange(listed_, true)) {
    auto all = ListUpTo(kMostListed);
    if (!all) return;
    all_.emplace();
    for (const std::int64_t story : *all) {
      const auto at = static_cast<std::size_t>(story);
      if (all_->size() <= at) all_->resize(at + 1);
      (*all_)[at] = true;
    }
  }
  if (!all_) return;
  std::erase_if(stretch, [&](std::int64_t story) {
    const auto at = static_cast<std::size_t>(story);
    return at >= all_->size() || !(*all_)[at];
  });
}

}  // namespace dateline::archive
