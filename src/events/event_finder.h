/// Who did what to whom: CAMEO and PLOVER events by trigger patterns over lemmas and entities.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "dateline/date.h"
#include "dateline/result.h"
#include "dateline/story.h"
#include "events/proposer.h"
#include "quotes/words.h"
#include "syntax/word_vectors.h"
#include "tables/tables.h"

namespace dateline::events {

class EventFinder {
 public:
  /// `proposals` is the model of the learned classifier, which reads `vectors`; without it only
  /// patterns tell events.
  static Result<EventFinder> Load(const tables::Tables& tables,
                                  const std::filesystem::path& proposals = {},
                                  const syntax::WordVectors& vectors = {});
  /// In order of first evidence; mentions of one happening are one event. Needs every earlier
  /// stage. `date` is the story's. Where `candidates` is given, every rule that was tried is added
  /// to it, with what became of it. Thread-safe.
  [[nodiscard]] std::vector<Event> Find(const Story& story, std::optional<Date> date,
                                        std::vector<Candidate>* candidates = nullptr) const;
  /// The same of words that were read before: those of quotes::ReadWords.
  [[nodiscard]] std::vector<Event> Find(const Story& story, const quotes::Words& words,
                                        std::optional<Date> date,
                                        std::vector<Candidate>* candidates = nullptr) const;

  /// What the classifier is trained on: each trigger of the story that has sides.
  using TriggerVisitor = std::function<void(const StoryView&, const Scene&, const OpenTrigger&)>;
  void VisitTriggers(const Story& story, const TriggerVisitor& visit) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::events
