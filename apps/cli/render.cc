#include "render.h"

#include "fact_rows.h"

namespace dateline::cli {
namespace {

std::string RenderOne(const Story& story, const RenderOptions& options) {
  switch (options.form) {
    case OutputForm::kJsonLines:
      return WriteRecord(story, options.record) + "\n";
    case OutputForm::kJsonArray:
      return WriteRecord(story, options.record);
    case OutputForm::kText:
      return WriteDigest(story, options.digest);
    case OutputForm::kConllu:
      return WriteConllu(story);
    case OutputForm::kEvents:
      return WriteEventDigest(story, options.digest);
    case OutputForm::kEventJsonLines:
      return WriteEventLines(story, options.record);
    case OutputForm::kQuotes:
      return WriteQuoteDigest(story, options.digest);
    case OutputForm::kQuoteJsonLines:
      return WriteQuoteLines(story, options.record);
    default:
      return FactRows(story, options.form, {}, options.safe);
  }
}

}  // namespace

std::string Render(const std::vector<Story>& stories, const RenderOptions& options) {
  std::string all;
  for (const Story& story : stories) {
    if (!all.empty() && options.form == OutputForm::kJsonArray) all += ",\n";
    all += RenderOne(story, options);
  }
  return all;
}

}  // namespace dateline::cli
