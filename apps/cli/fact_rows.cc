#include "fact_rows.h"

#include <optional>

#include "record/event_rows.h"
#include "record/quote_rows.h"

namespace dateline::cli {
namespace {

struct RowsOfFacts {
  bool events = true;
  record::RowForm form = record::RowForm::kCsv;
};

std::optional<RowsOfFacts> FormOf(OutputForm form) {
  using record::RowForm;
  switch (form) {
    case OutputForm::kEventCsv:
      return RowsOfFacts{true, RowForm::kCsv};
    case OutputForm::kEventTsv:
      return RowsOfFacts{true, RowForm::kTsv};
    case OutputForm::kEventMarkdown:
      return RowsOfFacts{true, RowForm::kMarkdown};
    case OutputForm::kQuoteCsv:
      return RowsOfFacts{false, RowForm::kCsv};
    case OutputForm::kQuoteTsv:
      return RowsOfFacts{false, RowForm::kTsv};
    case OutputForm::kQuoteMarkdown:
      return RowsOfFacts{false, RowForm::kMarkdown};
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string FactRows(const Story& story, OutputForm form, const Choice& choice, bool safe) {
  std::string out;
  const auto wanted = FormOf(form);
  if (!wanted) return out;
  for (const auto& fields :
       wanted->events ? record::EventFields(story, choice) : record::QuoteFields(story, choice)) {
    out += record::Row(fields, wanted->form, safe);
  }
  return out;
}

std::string FactHeader(OutputForm form) {
  const auto wanted = FormOf(form);
  if (!wanted) return "";
  return record::HeaderRow(wanted->events ? record::EventFieldNames() : record::QuoteFieldNames(),
                           wanted->form);
}

const std::vector<std::string>& ShortColumns(bool events) {
  static const std::vector<std::string> of_events = {"event",  "date",   "source", "source_name",
                                                     "cameo",  "plover", "target", "target_name",
                                                     "status", "place"};
  static const std::vector<std::string> of_quotes = {"attribution", "published", "speaker",
                                                     "country",     "cue",       "quote"};
  return events ? of_events : of_quotes;
}

}  // namespace dateline::cli
