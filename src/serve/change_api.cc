// What changes the archive: stories that are sent, corrections. And texts that are only read.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "dateline/record.h"
#include "serve/core.h"
#include "serve/lines.h"
#include "serve/rereading.h"

namespace dateline::serve {
namespace {

/// How a body is read.
struct ReadingAsk {
  Format format = Format::kAuto;
  std::optional<Date> date{};
  bool layout = true;
  OffsetUnit offsets = OffsetUnit::kBytes;
};

ReadingAsk TakeReadingAsk(Parameters& given) {
  ReadingAsk ask;
  ask.format =
      static_cast<Format>(given.Choice("format", {kFormatNames.begin(), kFormatNames.end()}));
  ask.date = given.Day("date");
  ask.layout = !given.Flag("plain");
  ask.offsets = TakeOffsets(given);
  return ask;
}

ReadResult ReadPiece(Call& call, const InputPiece& piece, const ReadingAsk& ask, bool explain,
                     std::uint32_t index) {
  return call.core.options.engine->ReadAll(
      piece.bytes,
      {.format = piece.format,
       .path = "",
       .first_index = index,
       .context = piece.context ? std::string_view(*piece.context) : std::string_view(),
       .layout = ask.layout,
       .explain = explain,
       .date = ask.date},
      call.desk.scratch);
}

Answered<std::vector<InputPiece>> Pieces(Call& call, const ReadingAsk& ask) {
  if (call.request.body.empty()) {
    return Refuse(422, "no-story", "the body is empty: send a story in it");
  }
  DATELINE_ANSWER(auto pieces, call.core.options.cut(call.request.body, ask.format));
  if (pieces.empty()) return Refuse(422, "no-story", "there is no story in the body");
  return pieces;
}

void AddProblems(record::JsonWriter& json, const std::vector<Error>& problems) {
  json.Key("problems");
  json.BeginArray();
  for (const Error& problem : problems) {
    if (problem.code != ErrorCode::kNoStory) json.String(problem.Text());
  }
  json.EndArray();
}

/// What was read of a body.
struct Taken {
  std::vector<Story> stories{};
  std::vector<Error> problems{};
};

/// The stories of a body; 422 where it has none.
Answered<Taken> ReadBody(Call& call, const ReadingAsk& ask) {
  const auto pieces = Pieces(call, ask);
  if (!pieces) return std::unexpected(pieces.error());
  Taken taken;
  for (const InputPiece& piece : *pieces) {
    ReadResult result =
        ReadPiece(call, piece, ask, false, static_cast<std::uint32_t>(taken.stories.size()));
    std::ranges::move(result.stories, std::back_inserter(taken.stories));
    std::ranges::move(result.problems, std::back_inserter(taken.problems));
  }
  if (!taken.stories.empty()) return taken;
  return Refuse(422, "no-story",
                taken.problems.empty() ? "there is no story in the body: no letter of text"
                                       : taken.problems.front().Text());
}

/// The sentences of a story in which the spans stand.
std::vector<Span> SentencesWith(const Story& story, const std::vector<Span>& spans) {
  std::vector<Span> sentences;
  for (const Sentence& sentence : story.sentences) {
    if (std::ranges::any_of(spans, [&](Span span) { return sentence.span.Overlaps(span); })) {
      sentences.push_back(sentence.span);
    }
  }
  return sentences;
}

/// Where the fact is told: "v3", "a1", "s5". Nothing: there is none.
std::optional<std::vector<Span>> SpansOf(const Story& story, std::string_view fact) {
  const std::int64_t number = fact.empty() ? 0 : NumberOf(fact.substr(1));
  if (number < 1) return std::nullopt;
  const auto at = static_cast<std::size_t>(number - 1);
  if (fact.front() == 'v' && at < story.events.size()) {
    std::vector<Span> spans = story.events[at].evidence;
    spans.push_back(story.events[at].trigger);
    return spans;
  }
  if (fact.front() == 'a' && at < story.attributions.size()) {
    std::vector<Span> spans = story.attributions[at].content;
    const auto& cue = story.attributions[at].cue;
    spans.insert(spans.end(), cue.begin(), cue.end());
    return spans;
  }
  if (fact.front() == 's' && at < story.sentences.size()) {
    return std::vector{story.sentences[at].span};
  }
  return std::nullopt;
}

/// Leaves the candidates and words of these sentences alone. Words keep their places only where
/// all before them stay, so heads that lead outside go.
void Narrow(const std::vector<Span>& sentences, Story& story) {
  const auto outside = [&](Span span) {
    return std::ranges::none_of(sentences, [&](Span part) { return part.Overlaps(span); });
  };
  std::erase_if(story.candidates, [&](const Candidate& each) { return outside(each.trigger); });
}

/// Offsets of spans in the unit asked for, by a story that has nothing but them.
std::string SpansJson(const Story& story, const std::vector<Span>& spans, OffsetUnit unit) {
  const auto offset = [&](std::uint32_t byte) {
    if (unit == OffsetUnit::kBytes) return std::uint64_t{byte};
    std::uint64_t count = 0;
    for (const char c : std::string_view(story.text).substr(0, byte)) {
      const auto code = static_cast<unsigned char>(c);
      if ((code & 0xC0U) != 0x80U) ++count;
      if (unit == OffsetUnit::kUtf16 && code >= 0xF0U) ++count;
    }
    return count;
  };
  record::JsonWriter json(false);
  json.BeginArray();
  for (const Span span : spans) {
    json.BeginArray();
    json.Number(offset(span.begin));
    json.Number(offset(span.end));
    json.EndArray();
  }
  json.EndArray();
  return json.Take();
}

RecordOptions Explained(OffsetUnit offsets) {
  return {.tokens = true, .explain = true, .offsets = offsets};
}

// ---- writing

/// The archive, open for writing. REQUIRES: the writer's lock is held.
Result<Archive*> Writer(Api::Core& core) {
  if (!core.writer) {
    DATELINE_TRY(Archive writer, Archive::Open(core.options.archive, ArchiveAccess::kWrite));
    core.writer.emplace(std::move(writer));
  }
  return &*core.writer;
}

/// "dateline 0.1.0, tables 3f9c…, model english …" by its parts.
ArchiveRun RunOf(Call& call, const ReadingAsk& ask) {
  ArchiveRun run;
  const std::string version = call.core.options.engine->Version();
  const auto tables = version.find(", tables ");
  const auto model = version.find(", model ");
  run.program = version.substr(0, tables);
  if (tables != version.npos && model != version.npos) {
    run.tables = version.substr(tables + 9, model - tables - 9);
    run.model = version.substr(model + 8);
  }
  run.started = Written(call.request.now);
  run.options = "add";
  if (!ask.layout) run.options += " --plain";
  if (ask.date) run.options += " --date " + FormatDate(*ask.date);
  return run;
}

Result<AddCounts> AddPiece(Call& call, const ReadingAsk& ask, const InputPiece& piece,
                           std::vector<Story> stories) {
  const ArchiveInput input = PrepareInput(piece, std::move(stories));
  const std::lock_guard lock(call.core.writer_mutex);
  DATELINE_TRY(Archive * writer, Writer(call.core));
  writer->BeginRun(RunOf(call, ask));
  return writer->Add(std::span(&input, 1));
}

/// A body that asks for a correction.
struct CorrectionAsk {
  std::string story{};
  std::string fact{};
  std::string code{};
  std::string note{};
  bool not_an_event = false;
  bool another = false;
  std::int64_t same_as = 0;
};

using TextField = std::pair<std::string_view, std::string CorrectionAsk::*>;
constexpr std::array<TextField, 4> kTextFields = {{{"story", &CorrectionAsk::story},
                                                   {"fact", &CorrectionAsk::fact},
                                                   {"code", &CorrectionAsk::code},
                                                   {"note", &CorrectionAsk::note}}};

std::unexpected<Problem> BadField(std::string_view name, std::string_view detail) {
  return Refuse(400, "bad-body", fmt::format("{}: {}", name, detail), std::string(name));
}

Answered<void> TakeField(std::string_view name, const simdjson::dom::element& value,
                         CorrectionAsk& ask) {
  if (name == "not_an_event" || name == "another") {
    bool& flag = name == "another" ? ask.another : ask.not_an_event;
    if (value.get_bool().get(flag) == simdjson::SUCCESS && flag) return {};
    return BadField(name, "is true or absent");
  }
  if (name == "same_as") {
    if (value.get_int64().get(ask.same_as) == simdjson::SUCCESS && ask.same_as > 0) return {};
    return BadField(name, "is the number of an identity");
  }
  if (name == "story" && value.is_int64()) {
    ask.story = fmt::format("{}", value.get_int64().value());
    return {};
  }
  const auto known = std::ranges::find(kTextFields, name, &TextField::first);
  if (known == kTextFields.end()) return BadField(name, "is no field here");
  std::string_view text;
  if (value.get_string().get(text) != simdjson::SUCCESS) return BadField(name, "is no text");
  ask.*known->second = text;
  return {};
}

}  // namespace

/// Reads {"story": 12, "fact": "v2", "code": "042"}.
static Answered<CorrectionAsk> ParseCorrection(const std::string& body) {
  constexpr std::size_t kLongestNote = 2000;
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(body).get_object().get(object) != simdjson::SUCCESS) {
    return Refuse(400, "bad-body", "the body is no JSON object");
  }
  CorrectionAsk ask;
  for (const auto& [name, value] : object) {
    if (auto taken = TakeField(name, value, ask); !taken) return std::unexpected(taken.error());
  }
  if (ask.story.empty()) return BadField("story", "is wanted");
  if (ask.fact.empty()) return BadField("fact", "is wanted: v1, or e1 of an entity");
  const int said = (ask.not_an_event ? 1 : 0) + (ask.code.empty() ? 0 : 1) + (ask.another ? 1 : 0) +
                   (ask.same_as > 0 ? 1 : 0);
  if (said != 1) {
    return BadField("code",
                    "say what is so: one of not_an_event, code; of an entity another, same_as");
  }
  if (ask.note.size() > kLongestNote) return BadField("note", "is longer than 2000 bytes");
  return ask;
}

Answered<Response> AnswerRead(Call& call) {
  const ReadingAsk ask = TakeReadingAsk(call.given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto taken = ReadBody(call, ask);
  if (!taken) return std::unexpected(taken.error());
  record::JsonWriter json(false);
  json.BeginObject();
  json.Key("items");
  json.BeginArray();
  for (const Story& story : taken->stories) {
    json.Raw(WriteRecord(story, {.offsets = ask.offsets}));
  }
  json.EndArray();
  AddProblems(json, taken->problems);
  json.EndObject();
  return JsonResponse(json.Take());
}

Answered<Response> AddStories(Call& call) {
  const ReadingAsk ask = TakeReadingAsk(call.given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto pieces = Pieces(call, ask);
  if (!pieces) return std::unexpected(pieces.error());
  AddCounts counts;
  std::vector<Error> problems;
  std::string items;
  for (const InputPiece& piece : *pieces) {
    ReadResult result = ReadPiece(call, piece, ask, false, 0);
    std::ranges::move(result.problems, std::back_inserter(problems));
    if (result.stories.empty()) continue;
    DATELINE_ANSWER(const AddCounts added, AddPiece(call, ask, piece, result.stories));
    counts.stories += added.stories;
    counts.known += added.known;
    counts.copies += added.copies;
    for (const Story& story : result.stories) {
      DATELINE_ANSWER(const std::int64_t number, call.desk.archive.FindStory(story.id));
      items +=
          fmt::format("{}{{\"story\":{},\"id\":\"{}\",\"record\":{}}}", items.empty() ? "" : ",",
                      number, story.id, WriteRecord(story, {.offsets = ask.offsets}));
    }
  }
  if (items.empty()) {
    return Refuse(422, "no-story",
                  problems.empty() ? "there is no story in the body: no letter of text"
                                   : problems.front().Text());
  }
  record::JsonWriter json(false);
  json.BeginObject();
  AddNumber(json, "added", counts.stories);
  AddNumber(json, "known", counts.known);
  AddNumber(json, "copies", counts.copies);
  json.Key("items");
  json.Raw("[" + items + "]");
  AddProblems(json, problems);
  json.EndObject();
  return JsonResponse(json.Take(), counts.stories > 0 ? 201 : 200);
}

Answered<Response> AnswerExplain(Call& call) {
  const std::string fact = call.given.Text("fact");
  const OffsetUnit offsets = TakeOffsets(call.given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto number = StoryNamed(call);
  if (!number) return std::unexpected(number.error());
  DATELINE_ANSWER(const Story stored, call.desk.archive.LoadStory(*number));
  DATELINE_ANSWER(Story story, Reread(*call.core.options.engine, call.desk.archive, *number, true,
                                      call.desk.scratch));
  std::string sentences;
  if (!fact.empty()) {
    const auto spans = SpansOf(stored, fact);
    if (!spans) {
      return Refuse(404, "not-found",
                    fmt::format("story {} has no '{}': it has {} events (v1 …), {} attributions "
                                "(a1 …) and {} sentences (s1 …)",
                                *number, fact, stored.events.size(), stored.attributions.size(),
                                stored.sentences.size()),
                    "fact");
    }
    const auto told = SentencesWith(stored, *spans);
    Narrow(told, story);
    sentences = ",\"sentences\":" + SpansJson(stored, told, offsets);
  }
  return JsonResponse(
      fmt::format("{{\"items\":[{}]{}}}", WriteRecord(story, Explained(offsets)), sentences));
}

Answered<Response> AnswerExplainText(Call& call) {
  ReadingAsk ask{.format = Format::kText, .date = call.given.Day("date"), .layout = false};
  const OffsetUnit offsets = TakeOffsets(call.given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const InputPiece piece{.bytes = call.request.body, .path = ""};
  const ReadResult result = ReadPiece(call, piece, ask, true, 0);
  if (result.stories.empty()) {
    return Refuse(422, "no-story", "there is nothing to explain: no letter of text");
  }
  std::string items;
  for (const Story& story : result.stories) {
    items += (items.empty() ? "" : ",") + WriteRecord(story, Explained(offsets));
  }
  return JsonResponse("{\"items\":[" + items + "]}");
}

Answered<Response> AnswerCorrections(Call& call) {
  const std::string story = call.given.Text("story");
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  std::int64_t only = 0;
  if (!story.empty()) {
    DATELINE_ANSWER(only, call.desk.archive.FindStory(story));
  }
  DATELINE_ANSWER(const auto all, call.desk.archive.Corrections());
  std::vector<std::string> items;
  for (const Correction& each : all) {
    if (only == 0 || each.story == only) items.push_back(CorrectionLine(each));
  }
  return JsonResponse(ListJson(items, "", items.size()));
}

/// The correction with this number, as it is now.
static Answered<std::string> CorrectionNow(Archive& archive, std::int64_t number) {
  DATELINE_ANSWER(const auto all, archive.Corrections());
  const auto found = std::ranges::find(all, number, &Correction::number);
  if (found == all.end()) {
    return Refuse(404, "not-found", fmt::format("there is no correction {}", number));
  }
  return CorrectionLine(*found);
}

/// What is so, of which event or entity.
static Answered<void> GiveMeaning(Call& call, const CorrectionAsk& ask, Correction& correction) {
  if (ask.another || ask.same_as > 0) {
    correction.kind =
        ask.another ? Correction::Kind::kAnotherEntity : Correction::Kind::kSameEntity;
    correction.identity = ask.same_as;
    DATELINE_ANSWER(correction.fact, ParseEntityName(ask.fact));
  } else {
    DATELINE_ANSWER(correction.fact, ParseEventName(ask.fact));
  }
  DATELINE_ANSWER(correction.story, call.desk.archive.FindStory(ask.story));
  if (ask.code.empty()) return {};
  const auto coded = GiveCode(*call.core.options.codes, ask.code, correction);
  if (!coded) return std::unexpected(ProblemOf(coded.error()));
  return {};
}

Answered<Response> AddCorrection(Call& call) {
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto ask = ParseCorrection(call.request.body);
  if (!ask) return std::unexpected(ask.error());
  Correction correction{.made = Written(call.request.now), .note = ask->note};
  if (auto given = GiveMeaning(call, *ask, correction); !given) {
    return std::unexpected(given.error());
  }
  const std::lock_guard lock(call.core.writer_mutex);
  DATELINE_ANSWER(Archive * writer, Writer(call.core));
  const auto number = writer->Correct(correction);
  if (!number && number.error().code == ErrorCode::kInvalidArgument) {
    return Refuse(409, "conflict", number.error().message);
  }
  if (!number) return std::unexpected(ProblemOf(number.error()));
  auto line = CorrectionNow(*writer, *number);
  if (!line) return std::unexpected(line.error());
  return JsonResponse(*std::move(line), 201);
}

Answered<Response> UndoCorrection(Call& call) {
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const std::int64_t number = NumberOf(call.Part());
  const std::lock_guard lock(call.core.writer_mutex);
  DATELINE_ANSWER(Archive * writer, Writer(call.core));
  const auto done = writer->TakeBack(number, Written(call.request.now));
  if (!done) return std::unexpected(ProblemOf(done.error()));
  auto line = CorrectionNow(*writer, number);
  if (!line) return std::unexpected(line.error());
  return JsonResponse(*std::move(line));
}

}  // namespace dateline::serve
