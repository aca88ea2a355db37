#include "quotes/manner.h"

#include <algorithm>
#include <array>
#include <optional>

// The cue's head and what hangs from it say it all: an object of "tell" is the hearer, so is the
// phrase with "to"; a phrase with "in" or "on" around a word of the table is the medium; "not" and
// "would" hang from the verb. Where the verb of saying hangs from "decline", that is what negates.

namespace dateline::quotes {
namespace {

using enum WordClass;

class Manner {
 public:
  Manner(const Reading& reading, const Graph& graph, const CueTable& cues, const MediaTable& media,
         Finding& found)
      : reading_(reading), graph_(graph), cues_(cues), media_(media), found_(found) {}

  void Set() {
    ReadVerb(found_.head);
    if (const auto governor = Governor()) ReadVerb(*governor);
    if (SaysNobody()) found_.made.negated = true;
  }

 private:
  [[nodiscard]] const Token& token(std::uint32_t at) const { return reading_.story->tokens[at]; }

  /// The verb that a verb of saying completes: "declined to comment", "refused to say".
  [[nodiscard]] std::optional<std::uint32_t> Governor() const {
    if (token(found_.head).deprel != "xcomp" || !token(found_.head).head) return std::nullopt;
    return static_cast<std::uint32_t>(*token(found_.head).head);
  }

  void ReadVerb(std::uint32_t verb) {
    if (IsRefusal(verb)) found_.made.negated = true;
    for (std::uint32_t k = graph_.child_begin[verb]; k < graph_.child_begin[verb + 1]; ++k) {
      ReadChild(verb, graph_.children[k]);
    }
  }

  /// "declined to say": refusing is itself said, so the refusal counts only with a verb of saying.
  [[nodiscard]] bool IsRefusal(std::uint32_t verb) const {
    const auto& rows = cues_.Of(token(verb).lemma, CueKind::kVerb);
    if (std::ranges::none_of(rows, &Cue::refusal)) return false;
    if (verb != found_.head) return true;
    return std::any_of(graph_.children.begin() + graph_.child_begin[verb],
                       graph_.children.begin() + graph_.child_begin[verb + 1],
                       [&](std::uint32_t c) { return IsSaying(c); });
  }

  [[nodiscard]] bool IsSaying(std::uint32_t at) const {
    if (token(at).deprel != "xcomp") return false;
    const auto& rows = cues_.Of(token(at).lemma, CueKind::kVerb);
    return std::ranges::any_of(rows, [](const Cue& cue) { return cue.that || cue.quote; }) ||
           token(at).lemma == "comment" || token(at).lemma == "discuss";
  }

  void ReadChild(std::uint32_t verb, std::uint32_t child) {
    const std::string& deprel = token(child).deprel;
    const Word& word = reading_.word(child);
    if (deprel == "advmod" && word.Is(kNegation)) found_.made.negated = true;
    if (deprel == "cc:preconj" && word.form == "neither") found_.made.negated = true;
    if (deprel == "aux" && word.Is(kModal)) found_.made.modal = token(child).lemma;
    if (deprel.starts_with("obj") || deprel.starts_with("iobj")) AddObject(verb, child);
    if (deprel.starts_with("obl")) AddOblique(child);
  }

  void AddObject(std::uint32_t verb, std::uint32_t object) {
    const auto& rows = cues_.Of(token(verb).lemma, CueKind::kVerb);
    if (std::ranges::none_of(rows, &Cue::hearer)) return;
    Add(object, found_.made.addressee);
    if (media_.IsOutlet(token(object).lemma)) Add(object, found_.made.medium);
  }

  void AddOblique(std::uint32_t phrase) {
    const std::string preposition = CaseOf(phrase);
    constexpr std::array<std::string_view, 2> kHearing{"to", "with"};
    constexpr std::array<std::string_view, 9> kMedia{"in",     "on", "via",  "through", "by",
                                                     "during", "at", "over", "from"};
    const std::string& lemma = token(phrase).lemma;
    const bool medium = media_.IsMedium(lemma) || media_.IsOutlet(lemma);
    if (medium && std::ranges::find(kMedia, preposition) != kMedia.end()) {
      Add(phrase, found_.made.medium);
    } else if (std::ranges::find(kHearing, preposition) != kHearing.end() && Listens(phrase)) {
      Add(phrase, found_.made.addressee);
      if (media_.IsOutlet(lemma)) Add(phrase, found_.made.medium);
    }
  }

  /// The preposition of a phrase; empty where it has none.
  [[nodiscard]] std::string CaseOf(std::uint32_t phrase) const {
    for (std::uint32_t k = graph_.child_begin[phrase]; k < graph_.child_begin[phrase + 1]; ++k) {
      const std::uint32_t c = graph_.children[k];
      if (token(c).deprel == "case") return reading_.word(c).form;
    }
    return {};
  }

  /// Persons, offices and outlets do; places and times do not.
  [[nodiscard]] bool Listens(std::uint32_t at) const {
    if (media_.IsOutlet(token(at).lemma) || reading_.word(at).Is(kObjective)) return true;
    const auto mention = reading_.word(at).mention;
    if (!mention) return false;
    const MentionRef& ref = reading_.words->mentions[*mention];
    const EntityType type = reading_.story->entities[Raw(ref.entity)].type;
    return type == EntityType::kPerson || type == EntityType::kOrganization ||
           type == EntityType::kGroup;
  }

  /// Adds the phrase around `head`, without its preposition and up to the content.
  void Add(std::uint32_t head, std::vector<Span>& spans) {
    const Node& node = graph_.nodes[head];
    std::uint32_t begin = node.first;
    if (token(begin).deprel == "case" && begin < head) ++begin;
    std::uint32_t end = begin;
    while (end <= node.last && !Holds(found_.content, end) && !Holds(found_.source, end)) ++end;
    while (end > head + 1 && reading_.word(end - 1).Is(kPunctuation)) --end;
    if (end <= head) return;
    const Span span = reading_.SpanOf({begin, end});
    if (spans.empty() || spans.back().end <= span.begin) spans.push_back(span);
  }

  /// "No minister said", "Nobody claimed": the source itself denies it.
  [[nodiscard]] bool SaysNobody() const {
    if (found_.source.empty()) return false;
    constexpr std::array<std::string_view, 5> kNobody{"no", "nobody", "none", "neither", "nothing"};
    const std::string& form = reading_.word(found_.source.front().begin).form;
    return std::ranges::find(kNobody, form) != kNobody.end();
  }

  const Reading& reading_;
  const Graph& graph_;
  const CueTable& cues_;
  const MediaTable& media_;
  Finding& found_;
};

}  // namespace

Result<MediaTable> MediaTable::Load(const tables::Tables& tables) {
  DATELINE_TRY(const tables::Table* table, tables.Get("quotes/media"));
  DATELINE_TRY(const tables::Column lemma, table->GetColumn("lemma"));
  DATELINE_TRY(const tables::Column kind, table->GetColumn("kind"));
  MediaTable media;
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const unsigned bit = table->Cell(row, kind) == "outlet" ? 2 : 1;
    media.kinds_[table->Cell(row, lemma)] |= bit;
  }
  return media;
}

bool MediaTable::Has(std::string_view lemma, unsigned kind) const {
  const auto found = kinds_.find(lemma);
  return found != kinds_.end() && (found->second & kind) != 0;
}

void SetManner(const Reading& reading, const Graph& graph, const CueTable& cues,
               const MediaTable& media, Finding& found) {
  if (found.head == kNoNode) return;
  Manner(reading, graph, cues, media, found).Set();
}

}  // namespace dateline::quotes
