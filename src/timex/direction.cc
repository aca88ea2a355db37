#include "timex/direction.h"

#include <algorithm>
#include <string_view>

namespace dateline::timex {
namespace {

/// No further than so many words: a sentence may be as long as the story, and hold as many times.
constexpr std::size_t kReach = 200;
/// Words on each side among which the children of a word are sought.
constexpr std::size_t kFamily = 40;
/// Steps up the tree.
constexpr int kClimb = 12;

bool HasFeature(const Token& token, std::string_view feature) {
  return token.feats.find(feature) != std::string::npos;
}

bool IsAuxiliary(const Token& token) {
  return token.deprel.starts_with("aux") || token.deprel == "cop";
}

}  // namespace

/// The words of a parsed sentence, read from one expression upwards.
class DirectionReader::Tree {
 public:
  Tree(const DirectionReader& reader, const Story& story, const Vocabulary& vocabulary)
      : reader_(reader), story_(story), vocabulary_(vocabulary) {}

  /// The word of the expression that hangs on one outside it; absent in a text without a parse.
  [[nodiscard]] std::optional<std::size_t> TopOf(Span span) const {
    const auto& tokens = story_.tokens;
    const auto first =
        std::ranges::upper_bound(tokens, span.begin, {}, [](const Token& t) { return t.span.end; });
    const auto inside = [&](const Token& token) {
      return token.span.begin < span.end && token.span.end > span.begin;
    };
    for (auto token = first; token != tokens.end() && token->span.begin < span.end; ++token) {
      if (token->deprel.empty()) return std::nullopt;
      if (!token->head || !inside(tokens[Raw(*token->head)]))
        return static_cast<std::size_t>(token - tokens.begin());
    }
    return std::nullopt;
  }

  /// What the nearest verb above that tells a time says.
  [[nodiscard]] Direction ReadUpwards(std::size_t at) const {
    for (int step = 0; step < kClimb; ++step) {
      if (step > 0) {
        if (const Direction direction = DirectionOf(at); direction != Direction::kNone)
          return direction;
      }
      const auto head = story_.tokens[at].head;
      if (!head) break;
      at = Raw(*head);
    }
    return Direction::kNone;
  }

 private:
  [[nodiscard]] ClassSet ClassesOf(const Token& token) const {
    const Word* word = vocabulary_.Find(token.lemma);
    const Word* form = vocabulary_.Find(FormOf(token, story_.text));
    return (word != nullptr ? word->classes : 0) | (form != nullptr ? form->classes : 0);
  }

  /// Auxiliaries, copulas and "to" of a verb.
  struct Verb {
    bool ahead = false;        ///< "will", "may"
    bool to = false;           ///< an infinitive
    bool past = false;         ///< "was", "did"
    bool perfect = false;      ///< "has", "had"
    bool progressive = false;  ///< "is meeting"
    bool is = false;           ///< a form of "be"
  };

  [[nodiscard]] Verb VerbOf(std::size_t at) const {
    const auto& tokens = story_.tokens;
    Verb verb;
    const std::size_t begin = at > kFamily ? at - kFamily : 0;
    const std::size_t end = std::min(at + kFamily, tokens.size());
    for (std::size_t i = begin; i < end; ++i) {
      const Token& token = tokens[i];
      if (token.sentence != tokens[at].sentence || !token.head || Raw(*token.head) != at) continue;
      if (token.deprel == "mark" && token.upos == "PART") verb.to = true;
      if (!IsAuxiliary(token)) continue;
      const ClassSet classes = ClassesOf(token);
      verb.ahead = verb.ahead || (classes & (reader_.future_ | reader_.modal_)) != 0;
      verb.past = verb.past || HasFeature(token, "Tense=Past");
      verb.perfect = verb.perfect || token.lemma == "have";
      verb.is = verb.is || (token.lemma == "be" && HasFeature(token, "VerbForm=Fin"));
      verb.progressive = verb.progressive || (token.lemma == "be" && token.deprel == "aux");
    }
    return verb;
  }

  [[nodiscard]] Direction DirectionOf(std::size_t at) const {
    const Token& token = story_.tokens[at];
    const bool verbal = token.upos == "VERB" || token.upos == "AUX";
    if ((ClassesOf(token) & reader_.future_) != 0) return Direction::kFuture;
    const Verb verb = VerbOf(at);
    if (verb.perfect) return Direction::kPast;
    if (verb.ahead) return Direction::kFuture;
    if (verb.to && verb.is) return Direction::kFuture;
    if (verb.to) return OfInfinitive(token);
    if (verb.past) return Direction::kPast;
    if (!verbal) return Direction::kNone;
    if (verb.progressive && HasFeature(token, "Tense=Pres")) return Direction::kFuture;
    const bool participle = HasFeature(token, "VerbForm=Part");
    if (participle && (ClassesOf(token) & reader_.intent_) != 0) return Direction::kFuture;
    if (HasFeature(token, "Tense=Past")) return Direction::kPast;
    return HasFeature(token, "VerbForm=Fin") ? Direction::kPresent : Direction::kNone;
  }

  /// "to meet" looks ahead after a noun or a verb of intent; else its governor tells.
  [[nodiscard]] Direction OfInfinitive(const Token& token) const {
    if (!token.head) return Direction::kFuture;
    const Token& governor = story_.tokens[Raw(*token.head)];
    const bool ahead = (ClassesOf(governor) & (reader_.intent_ | reader_.future_)) != 0;
    return ahead || token.deprel.starts_with("acl") ? Direction::kFuture : Direction::kNone;
  }

  const DirectionReader& reader_;
  const Story& story_;
  const Vocabulary& vocabulary_;
};

DirectionReader::DirectionReader(const Vocabulary& vocabulary) {
  const auto bit = [&](std::string_view name) {
    const auto id = vocabulary.FindClass(name);
    return id ? Bit(*id) : ClassSet{0};
  };
  future_ = bit("FUTURE");
  modal_ = bit("MODAL");
  past_ = bit("PAST");
  intent_ = bit("INTENT");
  join_ = bit("JOIN");
  until_ = bit("UNTIL");
  by_ = bit("BY");
  if (const Word* to = vocabulary.Find("to"); to != nullptr) to_ = to->id;
}

Direction DirectionReader::CueAt(std::span<const Lexeme> lexemes, std::size_t at) const {
  const Lexeme& lexeme = lexemes[at];
  if ((lexeme.classes & future_) != 0) return Direction::kFuture;
  const bool to = to_ && lexeme.word != nullptr && lexeme.word->id == *to_;
  if (to && at > 0 && (lexemes[at - 1].classes & intent_) != 0) return Direction::kFuture;
  if ((lexeme.classes & past_) != 0) return Direction::kPast;
  return lexeme.past ? Direction::kPast : Direction::kNone;
}

Direction DirectionReader::ReadWords(const Place& place) const {
  const std::uint32_t sentence = place.sentences[place.first];
  const auto near = [&](std::size_t at) { return place.sentences[at] == sentence; };
  const std::size_t begin = place.first > kReach ? place.first - kReach : 0;
  for (std::size_t at = place.first; at-- > begin && near(at);) {
    if (const Direction cue = CueAt(place.lexemes, at); cue != Direction::kNone) return cue;
  }
  const std::size_t end = std::min(place.last + kReach, place.lexemes.size());
  for (std::size_t at = place.last; at < end && near(at); ++at) {
    if (const Direction cue = CueAt(place.lexemes, at); cue != Direction::kNone) return cue;
  }
  return Direction::kNone;
}

/// "until Monday" looks ahead of what was done, "by Monday" of what is done.
Direction DirectionReader::Read(const Story& story, const Vocabulary& vocabulary,
                                const Place& place) const {
  const Direction clause = ReadClause(story, vocabulary, place);
  const ClassSet before = place.first > 0 ? place.lexemes[place.first - 1].classes : 0;
  if ((before & until_) != 0) return Direction::kFuture;
  const bool open = clause == Direction::kNone || clause == Direction::kPresent;
  return (before & by_) != 0 && open ? Direction::kFuture : clause;
}

Direction DirectionReader::ReadClause(const Story& story, const Vocabulary& vocabulary,
                                      const Place& place) const {
  const Tree tree(*this, story, vocabulary);
  const Span span{.begin = place.lexemes[place.first].span.begin,
                  .end = place.lexemes[place.last - 1].span.end};
  if (const auto top = tree.TopOf(span)) return tree.ReadUpwards(*top);
  return ReadWords(place);
}

}  // namespace dateline::timex
