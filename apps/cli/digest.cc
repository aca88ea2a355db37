#include "digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "event_text.h"
#include "record/rows.h"

namespace dateline::cli {
namespace {

constexpr std::size_t kItemIndent = 2;
constexpr std::size_t kProofIndent = 6;

std::string JoinNames(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

/// "2023-04-16 · MOSCOW · by Ann Lee · WORLD · World Wire".
std::string AboutLine(const Article& article) {
  std::string line;
  if (article.date_published) {
    AppendPart(line, FormatDateTime(*article.date_published));
  } else {
    AppendPart(line, article.date_text.value_or(""));
  }
  AppendPart(line, article.location_created.value_or(""));
  if (!article.author.empty()) AppendPart(line, "by " + JoinNames(article.author));
  AppendPart(line, article.article_section.value_or(""));
  AppendPart(line, article.publisher.value_or(""));
  AppendPart(line, JoinNames(article.source_organization));
  return line;
}

std::string SourceLine(const Source& source) {
  std::string line = source.path.value_or("");
  if (source.id) AppendPart(line, *source.id);
  if (source.index > 0) AppendPart(line, fmt::format("story {}", source.index + 1));
  if (source.replaced > 0) {
    AppendPart(line, fmt::format("{} invalid characters replaced", source.replaced));
  }
  return line;
}

void AddHead(const Story& story, Page& page) {
  page.Paragraph(story.article.headline.value_or("(no headline)"), 0, Style::kBold);
  const std::string about = AboutLine(story.article);
  if (!about.empty()) page.Paragraph(about, 0);
  const std::string source = SourceLine(story.source);
  if (!source.empty()) page.Paragraph(source, 0, Style::kDim);
  if (story.article.correction) page.Paragraph("Correction: " + *story.article.correction, 0);
  if (story.article.description) page.Paragraph(*story.article.description, kItemIndent);
}

/// The sentences that the span touches, as one span; the span itself where there are none.
Span Sentences(const Story& story, Span span) {
  const auto end_of = [](const Sentence& sentence) { return sentence.span.end; };
  const auto first = std::ranges::upper_bound(story.sentences, span.begin, {}, end_of);
  if (first == story.sentences.end() || !first->span.Overlaps(span)) return span;
  auto last = first;
  while (last + 1 != story.sentences.end() && (last + 1)->span.Overlaps(span)) ++last;
  return {first->span.begin, last->span.end};
}

/// The proof: a passage of the story with the telling words marked.
void AddProof(const Story& story, Span passage, const std::vector<Span>& marks, Page& page) {
  page.Begin(kProofIndent, kProofIndent + 2);
  page.Add("> ", Style::kDim);
  std::uint32_t at = passage.begin;
  for (const Span mark : marks) {
    if (mark.begin < at || mark.end > passage.end) continue;
    page.Add(Span{at, mark.begin}.of(story.text), Style::kDim);
    page.Add(mark.of(story.text), Style::kAction);
    at = mark.end;
  }
  page.Add(Span{at, passage.end}.of(story.text), Style::kDim);
  page.End();
}

void AddAttribution(const Story& story, const Attribution& attribution, Page& page) {
  page.Begin(kItemIndent, kItemIndent + 2);
  page.Add(Speaker(story, attribution), Style::kPerson);
  const bool labelled = record::IsLabelled(story, attribution);
  if (!attribution.cue.empty() && !labelled) {
    page.Add(" ");
    page.Add(record::TextOf(story, attribution.cue), Style::kAction);
  }
  page.Add(": ");
  page.Add(record::TextOf(story, attribution.content));
  page.End();
  const Span at =
      attribution.cue.empty() || labelled ? attribution.content.front() : attribution.cue.front();
  AddProof(story, Sentences(story, at), attribution.cue, page);
}

void AddEvent(const Story& story, const Event& event, Page& page) {
  page.Begin(kItemIndent, kItemIndent + 2);
  const std::string source = Side(story, event.source);
  const std::string target = Side(story, event.target);
  page.Add(source.empty() ? "(somebody)" : source, Style::kPerson);
  page.Add(" — ");
  page.Add(Deed(event), Style::kAction);
  if (!target.empty()) {
    page.Add(" → ");
    page.Add(target, Style::kPerson);
  }
  page.Add(Circumstances(story, event));
  page.End();
  AddProof(story, Sentences(story, event.trigger), {event.trigger}, page);
}

void AddFindings(const Story& story, Page& page) {
  if (!story.attributions.empty()) {
    page.EmptyLine();
    page.Paragraph("Who said what", 0, Style::kHeading);
  }
  for (const Attribution& attribution : story.attributions) {
    if (!attribution.content.empty()) AddAttribution(story, attribution, page);
  }
  if (!story.events.empty()) {
    page.EmptyLine();
    page.Paragraph("Who did what to whom", 0, Style::kHeading);
  }
  for (const Event& event : story.events) AddEvent(story, event, page);
  if (story.attributions.empty() && story.events.empty()) {
    page.EmptyLine();
    page.Paragraph("Nobody is quoted and no political event was found.", 0, Style::kDim);
  }
}

void AddBody(const Story& story, Page& page) {
  for (const Block& block : story.blocks) {
    if (!IsBody(block.kind)) continue;
    page.EmptyLine();
    page.Begin(0, 0);
    if (block.speaker) page.Add(*block.speaker + ": ", Style::kPerson);
    const bool heading = block.kind == BlockKind::kSubheading;
    page.Add(block.span.of(story.text), heading ? Style::kHeading : Style::kPlain);
    page.End();
  }
}

}  // namespace

std::string WriteEventDigest(const Story& story, const DigestOptions& options) {
  if (story.events.empty()) return {};
  Page page(options.page);
  AddHead(story, page);
  for (const Event& event : story.events) AddEvent(story, event, page);
  page.EmptyLine();
  return page.Take();
}

std::string WriteQuoteDigest(const Story& story, const DigestOptions& options) {
  if (story.attributions.empty()) return {};
  Page page(options.page);
  AddHead(story, page);
  for (const Attribution& attribution : story.attributions) {
    if (!attribution.content.empty()) AddAttribution(story, attribution, page);
  }
  page.EmptyLine();
  return page.Take();
}

std::string WriteDigest(const Story& story, const DigestOptions& options) {
  Page page(options.page);
  AddHead(story, page);
  if (options.analysed) {
    AddFindings(story, page);
  } else {
    AddBody(story, page);
  }
  page.EmptyLine();
  return page.Take();
}

}  // namespace dateline::cli
