#include "serve/story_export.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "record/rows.h"
#include "serve/rereading.h"

namespace dateline::serve {
namespace {

/// "2031-05-04T08:15:00Z" as "20310504081500".
std::string Digits(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits),
                       [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

bool HasCells(ExportForm form) {
  using enum ExportForm;
  return form == kGdelt1 || form == kGdelt2 || form == kGdeltMentions || form == kIcews ||
         form == kPhoenix || form == kGkg2 || form == kPolecat;
}

}  // namespace

bool IsTold(EventStatus status) {
  return status == EventStatus::kOccurred || status == EventStatus::kOngoing ||
         status == EventStatus::kClaimed;
}

Result<std::vector<StoryFacts>> ChooseStories(Archive& archive, ExportForm form,
                                              const EventFilter& filter) {
  const EventFilter any{.days = filter.days, .limit = filter.limit};
  if (UnitOf(form) == ExportUnit::kEvents || filter != any) return archive.FindEvents(filter);
  DATELINE_TRY(const auto stories, archive.FindStories(filter.days, filter.limit));
  std::vector<StoryFacts> facts;
  facts.reserve(stories.size());
  for (const std::int64_t story : stories) facts.push_back({story, {}});
  return facts;
}

std::string StoryExport::Begin() const { return Safe(ExportHeader(options_.form)); }

std::string StoryExport::End() const { return ExportFooter(options_.form); }

Result<StoryExport::Exported> StoryExport::Make(const StoryFacts& facts) {
  DATELINE_TRY(Story story, engine_ != nullptr && options_.form == ExportForm::kConllu
                                ? Reread(*engine_, archive_, facts.story, false, scratch_)
                                : LoadCorrected(archive_, facts.story));
  DATELINE_TRY(const std::string added, archive_.AddedAt(facts.story));
  std::string text = WriteExport(
      story, {.number = facts.story, .added = Digits(added), .choice = ChoiceOf(story, facts)},
      names_, options_.form);
  return Exported{std::move(story), std::move(text)};
}

std::string StoryExport::Joined(const std::string& text) {
  if (text.empty()) return {};
  std::string joined(first_ ? std::string_view() : ExportSeparator(options_.form));
  first_ = false;
  return joined + Safe(text);
}

Choice StoryExport::ChoiceOf(const Story& story, const StoryFacts& facts) const {
  std::vector<std::uint32_t> chosen = facts.numbers;
  if (facts.numbers.empty()) {
    for (std::uint32_t i = 0; i < story.events.size(); ++i) chosen.push_back(i);
  }
  std::erase_if(chosen, [&](std::uint32_t at) {
    return at >= story.events.size() || (!options_.any_status && !IsTold(story.events[at].status));
  });
  return chosen;
}

std::string StoryExport::Safe(const std::string& rows) const {
  if (!options_.safe || !HasCells(options_.form)) return rows;
  std::string out;
  std::size_t begin = 0;
  while (begin < rows.size()) {
    const std::size_t end = std::min(rows.find_first_of("\t\n", begin), rows.size());
    out += record::Inert(rows.substr(begin, end - begin));
    if (end < rows.size()) out += rows[end];
    begin = end + 1;
  }
  return out;
}

}  // namespace dateline::serve
