/// What a story is about, as a handful of terms: words, names, places, days and events.
///
/// Terms of two stories in common tell that both are about one happening. A term is a hash of 24
/// bits, so that a story's terms fit a few bytes; two terms that share one by chance are 1 in 16
/// million.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/archive.h"
#include "dateline/story.h"

namespace dateline::archive {

/// Days since 1970-01-01 of stories without a date.
inline constexpr std::int32_t kNoDay = -1'000'000'000;

/// The day on which a story was published, else last changed; kNoDay when it states neither.
std::int32_t DayOf(const Story& story);

/// At most kMostTerms terms of the story, heaviest first; the same for the same story with or
/// without `tokens`. Words count by how often and how early they stand; of long words the first six
/// letters ("protes"). Any thread.
std::vector<StoryTerm> TermsOf(const Story& story);
inline constexpr std::size_t kMostTerms = 96;

/// The part of all stories that have a term of this kind, before any were seen.
double PriorOf(TermKind kind);

/// A headline without case, punctuation and the words of two letters or less; 0 for those of fewer
/// than three words, which say too little to tell a story by.
std::int64_t HeadlineKey(std::string_view headline);

}  // namespace dateline::archive
