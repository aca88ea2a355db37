#include "explain_stored.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer.h"
#include "dateline/archive.h"
#include "dateline/engine.h"
#include "dateline/record.h"
#include "event_text.h"
#include "explain_command.h"
#include "messages.h"
#include "read_command.h"
#include "serve/rereading.h"
#include "terminal.h"

namespace dateline::cli {
namespace {

/// "v3" without its letter, from 0.
std::optional<std::size_t> NumberOf(std::string_view fact) {
  std::size_t number = 0;
  const char* end = fact.data() + fact.size();
  const auto [stop, error] = std::from_chars(fact.data() + 1, end, number);
  if (error != std::errc() || stop != end || number == 0) return std::nullopt;
  return number - 1;
}

/// Where the fact is told. Nothing when there is no such fact.
std::optional<std::vector<Span>> SpansOf(const Story& story, std::string_view fact) {
  const auto number = NumberOf(fact);
  if (!number) return std::nullopt;
  if (fact.front() == 'v' && *number < story.events.size()) {
    std::vector<Span> spans = story.events[*number].evidence;
    spans.push_back(story.events[*number].trigger);
    return spans;
  }
  if (fact.front() == 'a' && *number < story.attributions.size()) {
    const Attribution& attribution = story.attributions[*number];
    std::vector<Span> spans = attribution.content;
    spans.insert(spans.end(), attribution.cue.begin(), attribution.cue.end());
    return spans;
  }
  if (fact.front() == 's' && *number < story.sentences.size()) {
    return std::vector{story.sentences[*number].span};
  }
  return std::nullopt;
}

/// The sentences that tell it, in order.
std::vector<Span> SentencesOf(const Story& story, const std::vector<Span>& spans) {
  std::vector<Span> sentences;
  for (const Sentence& sentence : story.sentences) {
    if (std::ranges::any_of(spans, [&](Span span) { return sentence.span.Overlaps(span); })) {
      sentences.push_back(sentence.span);
    }
  }
  return sentences;
}

/// What the archive holds, where this program finds something else.
void SayDifference(const Story& stored, const Story& now, std::string_view fact) {
  const auto number = NumberOf(fact);
  if (fact.front() != 'v' || !number || *number >= stored.events.size()) return;
  const Event& event = stored.events[*number];
  const bool still = std::ranges::any_of(now.events, [&](const Event& other) {
    return other.trigger == event.trigger && other.rule == event.rule && other.cameo == event.cameo;
  });
  if (still) return;
  Say(fmt::format("the archive has it as {} → {} → {} by the rule {}; this program codes otherwise",
                  Side(stored, event.source), Deed(event), Side(stored, event.target), event.rule));
}

}  // namespace

int RunExplainStored(const ExplainCommand& command) {
  auto archive = Archive::Open(command.text, ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  const auto number = archive->FindStory(command.id);
  if (!number) return Complain(number.error());
  const auto stored = archive->LoadStory(*number);
  if (!stored) return Complain(stored.error());
  std::vector<Span> spans;
  if (!command.fact.empty()) {
    const auto found = SpansOf(*stored, command.fact);
    if (!found) {
      Say(fmt::format(
          "story {} has no '{}': it has {} events (v1 …), {} attributions (a1 …) and {} "
          "sentences (s1 …)",
          *number, command.fact, stored->events.size(), stored->attributions.size(),
          stored->sentences.size()));
      return kSomeFailed;
    }
    spans = SentencesOf(*stored, *found);
  }
  const auto engine = Engine::Open({.tables = {}, .model = {}, .overlays = command.data});
  if (!engine) {
    Say(engine.error());
    return kWrongUsage;
  }
  Scratch scratch;
  const auto story = serve::Reread(*engine, *archive, *number, true, scratch);
  if (!story) return Complain(story.error());
  if (!command.fact.empty()) SayDifference(*stored, *story, command.fact);
  const PageOptions page = PageFor(command.color);
  const std::string out =
      command.json ? WriteRecord(*story, {.tokens = true, .indent = true, .explain = true}) + "\n"
                   : WriteExplanation(*story, command.all, page, spans);
  std::fwrite(out.data(), 1, out.size(), stdout);
  return std::fflush(stdout) == 0 ? kAllRead : kSomeFailed;
}

}  // namespace dateline::cli
