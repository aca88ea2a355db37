#include "digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

namespace dateline::cli {
namespace {

constexpr std::size_t kItemIndent = 2;
constexpr std::size_t kProofIndent = 6;
constexpr std::string_view kBetween = " · ";

/// Texts with a separator between them.
void AppendPart(std::string& line, std::string_view part, std::string_view separator = kBetween) {
  if (part.empty()) return;
  if (!line.empty()) line += separator;
  line += part;
}

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

std::string TextOf(const Story& story, const std::vector<Span>& spans) {
  std::string text;
  for (const Span span : spans) AppendPart(text, span.of(story.text), " … ");
  return text;
}

std::string Speaker(const Story& story, const Attribution& attribution) {
  if (attribution.entity && Raw(*attribution.entity) < story.entities.size()) {
    return story.entities[Raw(*attribution.entity)].name;
  }
  return attribution.source.empty() ? "(not named)" : TextOf(story, attribution.source);
}

void AddAttribution(const Story& story, const Attribution& attribution, Page& page) {
  page.Begin(kItemIndent, kItemIndent + 2);
  page.Add(Speaker(story, attribution), Style::kPerson);
  if (!attribution.cue.empty()) {
    page.Add(" ");
    page.Add(TextOf(story, attribution.cue), Style::kAction);
  }
  page.Add(": ");
  page.Add(TextOf(story, attribution.content));
  page.End();
  const Span at = attribution.cue.empty() ? attribution.content.front() : attribution.cue.front();
  AddProof(story, Sentences(story, at), attribution.cue, page);
}

/// "Northland (NRL) and Ann Lee".
std::string Side(const Story& story, const std::vector<EventActor>& actors) {
  std::string line;
  for (const EventActor& actor : actors) {
    const bool known = actor.entity && Raw(*actor.entity) < story.entities.size();
    std::string name =
        known ? story.entities[Raw(*actor.entity)].name : std::string(actor.span.of(story.text));
    if (!actor.actor.empty()) name += " (" + actor.actor + ")";
    AppendPart(line, name, " and ");
  }
  return line;
}

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// "consult: visit [042]".
std::string Deed(const Event& event) {
  std::string deed = Lower(event.plover);
  AppendPart(deed, event.mode.value_or(""), ": ");
  return event.cameo.empty() ? deed : fmt::format("{} [{}]", deed, event.cameo);
}

/// " · 2023-03 · Moscow · planned · says Ann Lee".
std::string Circumstances(const Story& story, const Event& event) {
  std::string line;
  if (event.date) AppendPart(line, FormatDate(*event.date));
  if (event.place) AppendPart(line, event.place->name);
  if (event.status != EventStatus::kOccurred) AppendPart(line, EventStatusName(event.status));
  if (event.attributed_to && Raw(*event.attributed_to) < story.attributions.size()) {
    AppendPart(line, "says " + Speaker(story, story.attributions[Raw(*event.attributed_to)]));
  }
  return line.empty() ? line : std::string(kBetween) + line;
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
