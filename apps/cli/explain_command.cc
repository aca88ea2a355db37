// The answer has five parts, in the order in which the engine works: the tree with the words of
// each sentence, who is in it, what is said by whom, the rules that were tried at each trigger, and
// the events that came of it. Columns are aligned; colour is for terminals alone.
#include "explain_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "answer.h"
#include "dateline/archive.h"
#include "dateline/engine.h"
#include "event_text.h"
#include "explain_stored.h"
#include "messages.h"
#include "read_command.h"
#include "record/rows.h"
#include "terminal.h"

namespace dateline::cli {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kWidestTree = 44;

/// A line of cells, each padded to its column; for tables that are not wrapped.
class Lines {
 public:
  explicit Lines(bool color) : color_(color) {}

  struct Cell {
    std::string text;
    Style style = Style::kPlain;
  };
  using Row = std::vector<Cell>;

  void Heading(std::string_view title) {
    out_ += '\n';
    Put({std::string(title), Style::kHeading}, 0);
    out_ += '\n';
  }

  /// Rows below one another, each column as wide as its widest cell but at most `widest`.
  void Table(const std::vector<Row>& rows, std::size_t indent, std::size_t widest = 60) {
    std::vector<std::size_t> widths;
    for (const Row& row : rows) {
      widths.resize(std::max(widths.size(), row.size()));
      for (std::size_t i = 0; i < row.size(); ++i)
        widths[i] = std::max(widths[i], std::min(widest, DisplayWidth(Printable(row[i].text))));
    }
    for (const Row& row : rows) {
      out_.append(indent, ' ');
      std::size_t last = row.size();
      while (last > 0 && row[last - 1].text.empty()) --last;
      for (std::size_t i = 0; i < last; ++i) Put(row[i], i + 1 < last ? widths[i] + 2 : 0);
      out_ += '\n';
    }
  }

  std::string Take() { return std::move(out_); }

 private:
  void Put(const Cell& cell, std::size_t width) {
    const std::string shown = Printable(cell.text);
    if (color_) out_ += CodeOf(cell.style);
    out_ += shown;
    if (color_) out_ += CodeOf(Style::kPlain);
    const std::size_t taken = DisplayWidth(shown);
    if (taken < width) out_.append(width - taken, ' ');
    if (taken >= width && width > 0) out_ += ' ';
  }

  std::string out_;
  bool color_;
};

/// Which part of a story the answer is about.
class Scope {
 public:
  explicit Scope(const std::vector<Span>& spans) : spans_(spans) {}
  [[nodiscard]] bool Holds(Span span) const {
    return spans_.empty() ||
           std::ranges::any_of(spans_, [&](Span part) { return part.Overlaps(span); });
  }
  [[nodiscard]] bool HoldsAny(const std::vector<Span>& spans) const {
    return spans_.empty() || std::ranges::any_of(spans, [&](Span span) { return Holds(span); });
  }

 private:
  const std::vector<Span>& spans_;  ///< empty: all
};

// ---- the tree

/// The words of one sentence as a tree: who hangs on whom.
class TreeDrawing {
 public:
  TreeDrawing(const Story& story, std::size_t begin, std::size_t end)
      : story_(story), begin_(begin), children_(end - begin) {
    for (std::size_t at = begin; at < end; ++at) {
      const auto& head = story.tokens[at].head;
      const std::size_t over = head ? Raw(*head) : at;
      const bool rooted = !head || over == at || over < begin || over >= end;
      (rooted ? roots_ : children_[over - begin]).push_back(at);
    }
  }

  std::vector<Lines::Row> Draw() {
    for (const std::size_t root : roots_) Add(root, "", "");
    return std::move(rows_);
  }

 private:
  void Add(std::size_t at, const std::string& branch, const std::string& below) {
    const Token& token = story_.tokens[at];
    const bool event =
        std::ranges::any_of(story_.events, [&](const Event& e) { return e.trigger == token.span; });
    rows_.push_back(
        {{branch + std::string(FormOf(token, story_.text)), event ? Style::kAction : Style::kPlain},
         {token.lemma, Style::kDim},
         {token.upos, Style::kDim},
         {token.deprel, Style::kDim}});
    const auto& children = children_[at - begin_];
    if (DisplayWidth(branch) > kWidestTree) return;
    for (std::size_t i = 0; i < children.size(); ++i) {
      const bool last = i + 1 == children.size();
      Add(children[i], below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
    }
  }

  const Story& story_;
  std::size_t begin_;
  std::vector<std::size_t> roots_;
  std::vector<std::vector<std::size_t>> children_;
  std::vector<Lines::Row> rows_;
};

void AddTrees(const Story& story, const Scope& scope, Lines& lines) {
  std::size_t at = 0;
  for (const Sentence& sentence : story.sentences) {
    const std::size_t begin = at;
    while (at < story.tokens.size() && story.tokens[at].span.begin < sentence.span.end) ++at;
    if (at == begin || !scope.Holds(sentence.span)) continue;
    lines.Heading("Tree");
    lines.Table(TreeDrawing(story, begin, at).Draw(), kIndent);
  }
}

// ---- who, and who says what

std::string Code(const Entity& entity) {
  return entity.actor.value_or(entity.country.value_or("-"));
}

/// Where it is mentioned: "Norland | it".
std::string MentionsOf(const Story& story, const Entity& entity, const Scope& scope) {
  std::string mentions;
  for (const Mention& mention : entity.mentions) {
    if (scope.Holds(mention.span)) AppendPart(mentions, mention.span.of(story.text), " | ");
  }
  return mentions;
}

void AddActors(const Story& story, const Scope& scope, Lines& lines) {
  std::vector<Lines::Row> rows;
  for (const Entity& entity : story.entities) {
    const std::string mentions = MentionsOf(story, entity, scope);
    if (mentions.empty() && !entity.mentions.empty()) continue;
    rows.push_back({{entity.name, Style::kPerson},
                    {Code(entity)},
                    {std::string(EntityTypeName(entity.type)), Style::kDim},
                    {mentions, Style::kDim}});
  }
  for (const Place& place : story.places) {
    if (!scope.Holds(place.span)) continue;
    rows.push_back({{std::string(place.span.of(story.text)), Style::kPerson},
                    {place.country.value_or("-")},
                    {place.literal ? "place" : "stands for its country", Style::kDim},
                    {place.name, Style::kDim}});
  }
  std::ranges::sort(rows, {}, [](const Lines::Row& row) { return row.front().text + row[1].text; });
  const auto repeated = std::ranges::unique(
      rows, {}, [](const Lines::Row& row) { return row.front().text + row[1].text; });
  rows.erase(repeated.begin(), repeated.end());
  for (const Timex& time : story.times) {
    if (!scope.Holds(time.span)) continue;
    rows.push_back({{std::string(time.span.of(story.text)), Style::kPerson},
                    {time.value},
                    {"time", Style::kDim}});
  }
  lines.Heading("Who, where, when");
  if (rows.empty()) rows.push_back({{"nobody the tables know", Style::kDim}});
  lines.Table(rows, kIndent, 36);
  rows.clear();
  for (const Attribution& attribution : story.attributions) {
    if (!scope.HoldsAny(attribution.cue) && !scope.HoldsAny(attribution.content)) continue;
    rows.push_back({{Speaker(story, attribution), Style::kPerson},
                    {record::TextOf(story, attribution.cue), Style::kAction},
                    {record::TextOf(story, attribution.content)}});
  }
  if (rows.empty()) return;
  lines.Heading("Who says what");
  lines.Table(rows, kIndent, 30);
}

// ---- candidates

/// What a reason means, for people who write patterns.
std::string_view Meaning(std::string_view reason) {
  static constexpr std::pair<std::string_view, std::string_view> kMeanings[] = {
      {"no-source", "nobody stands where the frame wants the source (S)"},
      {"no-target", "nobody stands where the frame wants the target (O)"},
      {"nobody-known", "no side has an actor code"},
      {"no-word", "none of the pattern's words (W) stands there"},
      {"figure", "told within a country in the words of force, with no word of the real thing"},
      {"at-home", "a journey within a country is no visit"},
      {"reflexive", "done to oneself"},
      {"self", "both sides are one"},
      {"vague", "said within a country, and not of what, or by nobody in office"},
      {"has-object", "the verb has an object, which the frame forbids (!O)"},
      {"not-denied", "the frame wants the verb denied (!V)"},
      {"has-complement", "a clause or predicate completes the verb, which the frame forbids (!C)"},
      {"no-sides", "the sides do not stand as the frame wants"},
      {"outscored", "another rule or frame fits more fully"},
      {"part-of-an-act", "it is what an act is about: urged, promised, refused, denied …"},
      {"a-state", "a state that protests complains, it does not march"},
      {"infinitive", "an infinitive that nothing gives a status"},
      {"governed", "the word over it makes it no event of its own"},
      {"reported", "what somebody so says is no event of its own"},
      {"history", "too long ago to be news"},
      {"contest", "two countries in a contest, not at war"},
  };
  for (const auto& [name, meaning] : kMeanings) {
    if (name == reason) return meaning;
  }
  return {};
}

std::string SidesOf(const Candidate& candidate) {
  const auto codes = [](const std::vector<EventActor>& side) {
    std::string out;
    for (const EventActor& actor : side)
      AppendPart(out, actor.actor.empty() ? "?" : actor.actor, "+");
    return out.empty() ? std::string("-") : out;
  };
  return codes(candidate.source) + " → " + codes(candidate.target);
}

std::string Because(const Candidate& candidate) {
  if (candidate.verdict == Candidate::Verdict::kAccepted) return candidate.detail;
  std::string text = candidate.reason;
  AppendPart(text, candidate.detail, ": ");
  AppendPart(text, Meaning(candidate.reason), " – ");
  return text;
}

Lines::Row CandidateRow(const Candidate& candidate) {
  using enum Candidate::Verdict;
  const bool accepted = candidate.verdict == kAccepted;
  const Style style = candidate.verdict == kRefused ? Style::kDim : Style::kPlain;
  return {{accepted                         ? "✓"
           : candidate.verdict == kRejected ? "✗"
                                            : "·",
           accepted ? Style::kAction : Style::kPlain},
          {candidate.rule, accepted ? Style::kAction : style},
          {candidate.cameo, style},
          {candidate.frame, style},
          {SidesOf(candidate), style},
          {Because(candidate), style}};
}

void AddCandidates(const Story& story, const Scope& scope, bool all, Lines& lines) {
  std::map<Span, std::vector<const Candidate*>> by_trigger;
  std::size_t left_out = 0;
  for (const Candidate& candidate : story.candidates) {
    if (!scope.Holds(candidate.trigger)) continue;
    const bool noise = candidate.reason == "no-word" || candidate.reason == "outscored";
    if (noise && !all && ++left_out > 0) continue;
    by_trigger[candidate.trigger].push_back(&candidate);
  }
  lines.Heading("Rules tried");
  for (auto& [trigger, candidates] : by_trigger) {
    std::ranges::stable_sort(candidates, {}, [](const Candidate* c) { return c->verdict; });
    lines.Table({{{std::string(trigger.of(story.text)), Style::kBold}}}, kIndent);
    std::vector<Lines::Row> rows;
    rows.reserve(candidates.size());
    for (const Candidate* candidate : candidates) rows.push_back(CandidateRow(*candidate));
    lines.Table(rows, 2 * kIndent, 28);
  }
  std::vector<Lines::Row> note;
  if (by_trigger.empty() && left_out == 0)
    note = {{{"no word of the sentence sets off a rule", Style::kDim}}};
  if (left_out > 0) {
    note = {{{fmt::format("{} more whose words do not stand here or that another outdoes: --all",
                          left_out),
              Style::kDim}}};
  }
  lines.Table(note, kIndent);
}

// ---- events

void AddEvents(const Story& story, const Scope& scope, Lines& lines) {
  std::vector<Lines::Row> rows;
  for (const Event& event : story.events) {
    if (!scope.HoldsAny(event.evidence)) continue;
    const std::string source = Side(story, event.source);
    const std::string target = Side(story, event.target);
    std::string about = std::string(EventStatusName(event.status));
    if (event.status == EventStatus::kOccurred) about += Circumstances(story, event);
    if (event.status != EventStatus::kOccurred)
      about = Circumstances(story, event).substr(kBetween.size());
    rows.push_back({{source.empty() ? "(somebody)" : source, Style::kPerson},
                    {Deed(event), Style::kAction},
                    {target.empty() ? "(nobody named)" : target, Style::kPerson},
                    {about},
                    {fmt::format("{:.2f} {}", event.confidence, event.rule), Style::kDim}});
  }
  lines.Heading("Events");
  if (rows.empty()) rows.push_back({{"none", Style::kDim}});
  lines.Table(rows, kIndent, 40);
}

std::string ReadStandardInput() {
  std::string text;
  char buffer[4096];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, stdin))
    text.append(buffer, count);
  return text;
}

}  // namespace

std::string WriteExplanation(const Story& story, bool all, const PageOptions& options,
                             const std::vector<Span>& spans) {
  Page page(options);
  if (spans.empty()) page.Paragraph(story.text, 0, Style::kBold);
  for (const Span span : spans) page.Paragraph(span.of(story.text), 0, Style::kBold);
  const Scope scope(spans);
  Lines lines(options.color);
  AddTrees(story, scope, lines);
  AddActors(story, scope, lines);
  AddCandidates(story, scope, all, lines);
  AddEvents(story, scope, lines);
  return page.Take() + lines.Take() + "\n";
}

int RunExplain(const ExplainCommand& command) {
  if (!command.id.empty()) return RunExplainStored(command);
  if (Archive::IsArchive(command.text)) {
    Say("say which story of the archive: dateline explain " + command.text + " 12 v1");
    return kWrongUsage;
  }
  const auto engine = Engine::Open({.tables = {}, .model = {}, .overlays = command.data});
  if (!engine) {
    Say(engine.error());
    return kWrongUsage;
  }
  const std::string text = command.text == "-" ? ReadStandardInput() : command.text;
  Scratch scratch;
  const auto stories = engine->Read(
      text,
      {.format = Format::kText, .path = "", .layout = false, .explain = true, .date = command.date},
      scratch);
  if (!stories) {
    Say(stories.error());
    return kSomeFailed;
  }
  if (stories->empty()) {
    Say("there is nothing to explain: no letter of text");
    return kSomeFailed;
  }
  const PageOptions page = PageFor(command.color);
  for (const Story& story : *stories) {
    const std::string out =
        command.json ? WriteRecord(story, {.tokens = true, .indent = true, .explain = true}) + "\n"
                     : WriteExplanation(story, command.all, page);
    std::fwrite(out.data(), 1, out.size(), stdout);
  }
  return std::fflush(stdout) == 0 ? kAllRead : kSomeFailed;
}

}  // namespace dateline::cli
