/// An archive's stories in the forms that other programs read, one after the other.
///
///   StoryExport exporting(archive, names, nullptr, {.form = ExportForm::kIcews});
///   Write(exporting.Begin());
///   for (const auto& each : *ChooseStories(archive, form, filter))
///     Write(exporting.Joined(exporting.Make(each)->text));
///   Write(exporting.End());
#pragma once

#include <string>
#include <vector>

#include "dateline/archive.h"
#include "dateline/engine.h"
#include "dateline/export.h"
#include "dateline/result.h"
#include "dateline/story.h"

namespace dateline::serve {

/// Which stories to write, and which of their events; without numbers: all.
Result<std::vector<StoryFacts>> ChooseStories(Archive& archive, ExportForm form,
                                              const EventFilter& filter);

class StoryExport {
 public:
  struct Options {
    ExportForm form = ExportForm::kGdelt2;
    /// Also events that did not happen; else what occurred, goes on or is claimed, because most
    /// forms have no column for a status.
    bool any_status = false;
    bool safe = false;  ///< no cell between tabs is what a spreadsheet takes for a formula
  };
  struct Exported {
    Story story{};
    std::string text{};
  };

  /// `engine` reads stories again for their words; needed by kConllu alone.
  StoryExport(Archive& archive, const CodeNames& names, const Engine* engine,
              const Options& options)
      : archive_(archive), names_(names), engine_(engine), options_(options) {}

  [[nodiscard]] std::string Begin() const;
  Result<Exported> Make(const StoryFacts& facts);
  /// The text behind the one before it.
  std::string Joined(const std::string& text);
  [[nodiscard]] std::string End() const;

 private:
  [[nodiscard]] Choice ChoiceOf(const Story& story, const StoryFacts& facts) const;
  [[nodiscard]] std::string Safe(const std::string& rows) const;

  Archive& archive_;
  const CodeNames& names_;
  const Engine* engine_;
  Options options_;
  Scratch scratch_;
  bool first_ = true;
};

/// What occurred, goes on or is claimed.
bool IsTold(EventStatus status);

}  // namespace dateline::serve
