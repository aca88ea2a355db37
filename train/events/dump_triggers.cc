// Writes what the learned classifier of events is trained on.
//
//   dump_triggers MARKED.jsonl TABLES LANGUAGE_MODEL > TRIGGERS.jsonl
//
// A line of MARKED.jsonl is {"id", "text", "date"}. For each trigger that has sides a line is
// written: where it stands (bytes), its lemma, whether a pattern fired there or next to it
// ("taken"), the code of the event that the patterns made of it ("cameo"; empty: none), its
// features as pairs of kind and hash, and its dense inputs. The first line is the fingerprint of
// the features. Everything is read by the engine's own code, so that training and run time cannot
// differ.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include "engine/pipeline.h"
#include "engine/resources.h"

namespace {

using namespace dateline;  // NOLINT(google-build-using-namespace): a program of one file

/// The codes that the patterns made, by where their triggers begin.
std::map<std::uint32_t, std::string> CodesOf(const Story& story) {
  std::map<std::uint32_t, std::string> codes;
  for (const Candidate& candidate : story.candidates) {
    if (candidate.verdict == Candidate::Verdict::kAccepted && candidate.rule != "learned")
      codes[candidate.trigger.begin] = candidate.cameo;
  }
  return codes;
}

/// Letters alone: nothing that would need escapes.
std::string Plain(std::string text) {
  std::erase_if(text, [](char c) { return c == '"' || c == '\\' || (c >= 0 && c < ' '); });
  return text;
}

std::string SideOf(const events::Scene& scene, const events::ActorSet& side) {
  return side.empty() ? "" : scene.actors[side.front()].code;
}

void WriteTrigger(std::string_view id, const std::map<std::uint32_t, std::string>& codes,
                  const events::StoryView& view, const events::Scene& scene,
                  const events::OpenTrigger& trigger) {
  const Span span = view.word(trigger.match.trigger).span;
  const Span source = view.story.alignment.ToSource(span);
  const auto code = codes.find(span.begin);
  std::string line = fmt::format(
      R"({{"id":"{}","start":{},"end":{},"lemma":"{}","noun":{},"taken":{},"cameo":"{}","source":"{}","target":"{}","features":[)",
      id, source.begin, source.end, Plain(scene.tree.Lemma(trigger.match.trigger)),
      trigger.match.noun, trigger.taken, code == codes.end() ? "" : code->second,
      SideOf(scene, trigger.match.source), SideOf(scene, trigger.match.target));
  for (const auto& feature : trigger.input.features)
    line += fmt::format("[{},{}],", feature.kind, feature.hash);
  line.back() = ']';
  line += R"(,"dense":[)";
  for (const std::int8_t value : trigger.input.dense) line += fmt::format("{},", value);
  line.back() = ']';
  std::puts((line + "}").c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: dump_triggers MARKED.jsonl TABLES LANGUAGE_MODEL\n", stderr);
    return 2;
  }
  EngineOptions options;
  options.tables = argv[2];
  options.model = argv[3];
  const auto resources = engine::Resources::Load(options, false);
  if (!resources) {
    std::fputs((resources.error().message + "\n").c_str(), stderr);
    return 1;
  }
  std::puts(fmt::format(R"({{"fingerprint":{}}})", events::ProposalFingerprint()).c_str());
  engine::Memory memory;
  simdjson::dom::parser parser;
  std::ifstream in(argv[1]);
  for (std::string line; std::getline(in, line);) {
    const simdjson::dom::element document = parser.parse(line);
    const std::string_view id = document["id"];
    ReadOptions reading;
    reading.format = Format::kText;
    reading.layout = false;
    reading.explain = true;
    const ReadInput input{.bytes = std::string_view(document["text"]), .options = reading};
    const ReadResult read =
        std::move(engine::Run(std::span(&input, 1), *resources, memory).front());
    for (const Story& story : read.stories) {
      if (story.tokens.empty()) continue;
      const auto codes = CodesOf(story);
      resources->events.VisitTriggers(
          story, [&](const auto& view, const auto& scene, const auto& trigger) {
            WriteTrigger(id, codes, view, scene, trigger);
          });
    }
  }
  return EXIT_SUCCESS;
}
