/// Who did what to whom: CAMEO and PLOVER events by trigger patterns over lemmas and entities.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "dateline/date.h"
#include "dateline/result.h"
#include "dateline/story.h"
#include "tables/tables.h"

namespace dateline::events {

class EventFinder {
 public:
  static Result<EventFinder> Load(const tables::Tables& tables);
  /// In order of first evidence; mentions of one happening are one event. Needs every earlier
  /// stage. `date` is the story's. Where `candidates` is given, every rule that was tried is added
  /// to it, with what became of it. Thread-safe.
  [[nodiscard]] std::vector<Event> Find(const Story& story, std::optional<Date> date,
                                        std::vector<Candidate>* candidates = nullptr) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::events
