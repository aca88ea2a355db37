// brat standoff: what is found as lines beside the text, offsets in characters. Entities with the
// mentions that mean the same, times, places, events with their sides, and who says what.
#include <fmt/format.h>

#include <map>

#include "record/export_forms.h"
#include "record/offsets.h"
#include "record/rows.h"

namespace dateline {
namespace record {
namespace {

constexpr std::string_view kStatement = "STATEMENT";  // CAMEO 01, which has no type in PLOVER

std::string BratType(std::string_view name) {
  std::string out(name);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z')
    out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

class BratFile {
 public:
  BratFile(const Story& story, const ExportSource& source)
      : story_(story), source_(source), offsets_(story, OffsetUnit::kChars) {}

  std::string Write() {
    for (const Entity& entity : story_.entities) Mentions(entity);
    for (const Timex& time : story_.times) {
      const int id = Text(std::string("Time"), {time.span});
      Note(fmt::format("T{}", id), time.value);
    }
    for (const Place& place : story_.places) {
      const int id = Text(std::string("Location"), {place.span});
      Note(fmt::format("T{}", id), place.name);
    }
    for (std::size_t i = 0; i < story_.events.size(); ++i) {
      if (IsChosen(source_.choice, i)) OneEvent(story_.events[i]);
    }
    for (const Attribution& attribution : story_.attributions) OneAttribution(attribution);
    return std::move(out_);
  }

 private:
  /// Empty spans, and what crosses a line end, split there: brat shows one line at a time.
  [[nodiscard]] std::vector<Span> Lines(const std::vector<Span>& spans) const {
    std::vector<Span> lines;
    for (const Span span : spans) {
      std::uint32_t begin = span.begin;
      for (std::uint32_t at = span.begin; at <= span.end; ++at) {
        if (at < span.end && story_.text[at] != '\n' && story_.text[at] != '\r') continue;
        if (begin < at) lines.push_back({begin, at});
        begin = at + 1;
      }
    }
    return lines;
  }

  /// The number of a text line; 0 where the spans hold nothing.
  int Text(const std::string& type, const std::vector<Span>& spans) {
    const auto lines = Lines(spans);
    if (lines.empty()) return 0;
    const auto known = texts_.find({type, lines});
    if (known != texts_.end()) return known->second;
    const int id = ++text_count_;
    texts_[{type, lines}] = id;
    const auto place = [&](Span span) {
      const Span chars = *offsets_.Convert(span);
      return fmt::format("{} {}", chars.begin, chars.end);
    };
    const auto words = [&](Span span) { return std::string(span.of(story_.text)); };
    out_ += fmt::format("T{}\t{} {}\t{}\n", id, type, Joined(lines, place, ";"),
                        Joined(lines, words, " "));
    return id;
  }

  void Note(const std::string& of, std::string_view text) {
    std::string line(text);
    for (char& c : line) c = static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    out_ += fmt::format("#{}\tAnnotatorNotes {}\t{}\n", ++note_count_, of, line);
  }

  void Attribute(const char* name, int event, std::string_view value) {
    out_ += fmt::format("A{}\t{} E{} {}\n", ++attribute_count_, name, event, value);
  }

  void Mentions(const Entity& entity) {
    std::string same;
    int first = 0;
    int count = 0;
    for (const Mention& mention : entity.mentions) {
      const int id = Text(BratType(EntityTypeName(entity.type)), {mention.span});
      if (id == 0) continue;
      if (first == 0) first = id;
      same += fmt::format(" T{}", id);
      ++count;
    }
    if (count > 1) out_ += fmt::format("*\tEquiv{}\n", same);
    if (first > 0) {
      std::string note = entity.name;
      if (entity.actor) note += " " + *entity.actor;
      Note(fmt::format("T{}", first), note);
    }
  }

  void AddSide(std::string_view role, const std::vector<EventActor>& side, std::string& line) {
    int number = 0;
    for (const EventActor& actor : side) {
      const Entity* entity = EntityAt(story_, actor.entity);
      const std::string type = entity == nullptr ? "Actor" : BratType(EntityTypeName(entity->type));
      const int id = Text(type, {actor.span});
      if (id == 0) continue;
      ++number;
      line += number == 1 ? fmt::format(" {}:T{}", role, id)
                          : fmt::format(" {}{}:T{}", role, number, id);
    }
  }

  void OneEvent(const Event& event) {
    const std::string type = event.plover.empty() ? std::string(kStatement) : event.plover;
    std::string sides;
    AddSide("Source", event.source, sides);
    AddSide("Target", event.target, sides);
    const int trigger = Text(type, {event.trigger});
    if (trigger == 0) return;
    const int id = ++event_count_;
    out_ += fmt::format("E{}\t{}:T{}{}\n", id, type, trigger, sides);
    Attribute("Status", id, EventStatusName(event.status));
    std::string note = "CAMEO " + event.cameo;
    if (event.date) note += " " + FormatDate(*event.date);
    if (event.place) note += " " + event.place->name;
    Note(fmt::format("E{}", id), note);
  }

  void OneAttribution(const Attribution& attribution) {
    const int cue = Text("Attribution", attribution.cue);
    if (cue == 0) return;
    std::string parts;
    if (const int source = Text("Speaker", attribution.source); source > 0) {
      parts += fmt::format(" Source:T{}", source);
    }
    if (const int content = Text("Content", attribution.content); content > 0) {
      parts += fmt::format(" Content:T{}", content);
    }
    const int id = ++event_count_;
    out_ += fmt::format("E{}\tAttribution:T{}{}\n", id, cue, parts);
    Attribute("Kind", id, AttributionKindName(attribution.kind));
  }

  const Story& story_;
  const ExportSource& source_;
  Offsets offsets_;
  std::string out_;
  std::map<std::pair<std::string, std::vector<Span>>, int> texts_;
  int text_count_ = 0;
  int event_count_ = 0;
  int note_count_ = 0;
  int attribute_count_ = 0;
};

}  // namespace

std::string WriteBrat(const Story& story, const ExportSource& source) {
  return BratFile(story, source).Write();
}

}  // namespace record

std::string BratConfiguration() {
  std::string events;
  for (const char* type : {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
                           "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION",
                           "MOBILIZE", "COERCE", "ASSAULT", "STATEMENT"}) {
    events += fmt::format("{}\tSource*:<ENTITY>, Target*:<ENTITY>\n", type);
  }
  return "[entities]\nPerson\nOrganization\nCountry\nPlace\nGroup\nFacility\nWork\nEvent\nOther\n"
         "Actor\nTime\nLocation\nSpeaker\nContent\n\n[relations]\n\n"
         "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n"
         "Equiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive\n\n[events]\n" +
         events +
         "Attribution\tSource?:Speaker, Content?:Content\n\n[attributes]\n\n"
         "Status\tArg:<EVENT>, "
         "Value:occurred|ongoing|planned|requested|hypothetical|denied|claimed|offered|threatened|"
         "conditional|negated|historical\n"
         "Kind\tArg:<EVENT>, Value:direct|indirect|mixed\n";
}

}  // namespace dateline
