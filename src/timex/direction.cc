#include "timex/direction.h"

#include <algorithm>
#include <string_view>

#include "timex/tree.h"

namespace dateline::timex {
namespace {

/// No further than so many words: a sentence may be as long as the story, and hold as many times.
constexpr std::size_t kReach = 200;
/// Steps up the tree.
constexpr int kClimb = 12;

Span SpanOf(const DirectionReader::Place& place) {
  return {.begin = place.lexemes[place.first].span.begin,
          .end = place.lexemes[place.last - 1].span.end};
}

}  // namespace

/// Reads the verbs above an expression.
class DirectionReader::Climber {
 public:
  /// `origin` is the word that the expression hangs by.
  Climber(const DirectionReader& reader, const Tree& tree, const Vocabulary& vocabulary,
          std::size_t origin)
      : reader_(reader), tree_(tree), vocabulary_(vocabulary), origin_(origin) {
    const auto head = tree_.at(origin).head;
    const auto& deprel = tree_.at(origin).deprel;
    attribute_ =
        head && Raw(*head) > origin && (deprel.starts_with("nmod") || deprel == "compound");
  }

  /// What the nearest word above it that looks back or ahead says.
  [[nodiscard]] Direction Climb() const {
    std::size_t at = origin_;
    for (int step = 0; step < kClimb && tree_.at(at).head; ++step) {
      at = Raw(*tree_.at(at).head);
      const Direction direction = DirectionOf(at, step == 0);
      if (direction != Direction::kNone) return direction;
    }
    return Direction::kNone;
  }

 private:
  [[nodiscard]] ClassSet ClassesOf(const Token& token, std::string_view form) const {
    const Word* by_lemma = vocabulary_.Find(token.lemma);
    const Word* by_form = vocabulary_.Find(form);
    return (by_lemma != nullptr ? by_lemma->classes : 0) |
           (by_form != nullptr ? by_form->classes : 0);
  }
  [[nodiscard]] ClassSet ClassesAt(std::size_t at) const {
    return ClassesOf(tree_.at(at), tree_.form(at));
  }

  /// `direct`: the expression hangs on this very word.
  [[nodiscard]] Direction DirectionOf(std::size_t at, bool direct) const {
    const Verb verb = tree_.VerbAt(at);
    // "postponed Saturday's vote"
    if (attribute_ && (ClassesAt(at) & reader_.postpone_) != 0) return Direction::kFuture;
    const bool intends = Intends(at, verb);
    if (intends && !attribute_) return HadBeen(verb) ? Direction::kPast : Direction::kFuture;
    if (verb.perfect) return Direction::kPast;
    if (verb.modal != nullptr) return OfModal(verb);
    if (intends || (verb.to && attribute_)) return Direction::kNone;
    if (verb.to) return verb.is ? Direction::kFuture : OfInfinitive(at);
    if (verb.past) return Direction::kPast;
    if (verb.after && !HasFeature(tree_.at(at), "VerbForm=Fin")) return Direction::kPast;
    const Direction form = OfForm(at, verb, direct);
    return form == Direction::kFuture && attribute_ ? Direction::kNone : form;
  }

  /// "will", "payable"; "expected", "due", and "agreed to meet" where the meeting is dated.
  [[nodiscard]] bool Intends(std::size_t at, const Verb& verb) const {
    const ClassSet classes = ClassesAt(at);
    const ClassSet mark = verb.mark != nullptr ? ClassesOf(*verb.mark, verb.mark->lemma) : 0;
    if (((classes | mark) & reader_.future_) != 0) return true;
    if ((classes & reader_.intent_) == 0) return false;
    const Token& token = tree_.at(at);
    const bool participle = HasFeature(token, "VerbForm=Part") && !verb.perfect;
    if (token.upos == "ADJ" || participle) return true;
    return tree_.HasComplementBetween(at, origin_);
  }

  /// "had been due to land on Monday": the day has mostly come.
  [[nodiscard]] static bool HadBeen(const Verb& verb) { return verb.had && verb.been; }

  /// "could not be reached Monday", "would not say" look back.
  [[nodiscard]] Direction OfModal(const Verb& verb) const {
    const std::string& lemma = verb.modal->lemma;
    if (attribute_ && lemma != "will") return Direction::kNone;
    const bool past = verb.negated && (lemma == "could" || lemma == "would");
    return past ? Direction::kPast : Direction::kFuture;
  }

  /// "to meet" looks ahead, but for what was begun or done ("failed to meet") and purposes ("came
  /// to meet"): there the governor tells.
  [[nodiscard]] Direction OfInfinitive(std::size_t at) const {
    const Token& token = tree_.at(at);
    if (!token.head) return Direction::kFuture;
    const ClassSet governor = ClassesAt(Raw(*token.head));
    if (HadBeen(tree_.VerbAt(Raw(*token.head)))) return Direction::kPast;
    if ((governor & (reader_.intent_ | reader_.future_)) != 0) return Direction::kFuture;
    const bool told_by_governor =
        token.deprel.starts_with("advcl") || (governor & reader_.done_) != 0;
    return told_by_governor ? Direction::kNone : Direction::kFuture;
  }

  [[nodiscard]] Direction OfForm(std::size_t at, const Verb& verb, bool direct) const {
    const Token& token = tree_.at(at);
    if (token.upos != "VERB" && token.upos != "AUX") return Direction::kNone;
    if (verb.is && HasFeature(token, "VerbForm=Part"))
      return direct ? Direction::kFuture : Direction::kPresent;
    if (HasFeature(token, "Tense=Past")) return Direction::kPast;
    if (!HasFeature(token, "VerbForm=Fin")) return Direction::kNone;
    const bool scheduled = direct && (ClassesAt(at) & reader_.schedule_) != 0;
    return scheduled || verb.open ? Direction::kFuture : Direction::kPresent;
  }

  const DirectionReader& reader_;
  const Tree& tree_;
  const Vocabulary& vocabulary_;
  std::size_t origin_;
  bool attribute_ = false;  ///< "a June agreement", "Friday's vote": only "will" places it ahead
};

DirectionReader::DirectionReader(const Vocabulary& vocabulary) {
  const auto bit = [&](std::string_view name) {
    const auto id = vocabulary.FindClass(name);
    return id ? Bit(*id) : ClassSet{0};
  };
  future_ = bit("FUTURE");
  done_ = bit("DONE");
  schedule_ = bit("SCHEDULE");
  past_ = bit("PAST");
  intent_ = bit("INTENT");
  join_ = bit("JOIN");
  until_ = bit("UNTIL");
  by_ = bit("BY");
  since_ = bit("SINCE");
  weekday_ = bit("WEEKDAY");
  postpone_ = bit("POSTPONE");
  if (const Word* to = vocabulary.Find("to"); to != nullptr) to_ = to->id;
  if (const Word* word = vocabulary.Find("for"); word != nullptr) for_ = word->id;
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
  for (std::size_t after = place.first; after > begin && near(after - 1); --after) {
    const Direction cue = CueAt(place.lexemes, after - 1);
    if (cue != Direction::kNone) return cue;
  }
  const std::size_t end = std::min(place.last + kReach, place.lexemes.size());
  for (std::size_t at = place.last; at < end && near(at); ++at) {
    if (const Direction cue = CueAt(place.lexemes, at); cue != Direction::kNone) return cue;
  }
  return Direction::kNone;
}

bool DirectionReader::IsFronted(const Story& story, const Place& place) {
  const Tree tree(story);
  const auto top = tree.TopOf(SpanOf(place));
  return top && tree.at(*top).head && Raw(*tree.at(*top).head) > *top;
}

/// "called them to Lima for Monday": a weekday alone; not "blamed them for Monday's attack".
bool DirectionReader::IsForWeekday(const Story& story, const Place& place) const {
  if (place.cue == 0 || place.last != place.first + 1) return false;
  const Word* before = place.lexemes[place.cue - 1].word;
  const std::string_view behind = std::string_view(story.text).substr(SpanOf(place).end);
  return for_ && before != nullptr && before->id == *for_ && !behind.starts_with('\'') &&
         !behind.starts_with("’") && (place.lexemes[place.first].classes & weekday_) != 0;
}

/// "to feed them through February".
bool DirectionReader::HangsOnInfinitive(const Story& story, const Place& place) {
  const Tree tree(story);
  const auto top = tree.TopOf(SpanOf(place));
  return top && tree.at(*top).head && tree.VerbAt(Raw(*tree.at(*top).head)).to;
}

/// "since Monday" looks back whatever is said of it. "until Monday" looks ahead of what was done,
/// but for "Until Monday, nobody had called"; "by Monday" looks ahead of what is done, or to be.
Direction DirectionReader::Read(const Story& story, const Vocabulary& vocabulary,
                                const Place& place) const {
  const Direction clause = ReadClause(story, vocabulary, place);
  const ClassSet before = place.cue > 0 ? place.lexemes[place.cue - 1].classes : 0;
  if ((before & since_) != 0) return Direction::kPast;
  if ((before & until_) != 0 && !(clause == Direction::kPast && IsFronted(story, place)))
    return Direction::kFuture;
  if (IsForWeekday(story, place)) return Direction::kFuture;
  if ((before & by_) == 0) return clause;
  const bool open = clause == Direction::kNone || clause == Direction::kPresent ||
                    HangsOnInfinitive(story, place);
  return open ? Direction::kFuture : clause;
}

bool DirectionReader::Intends(const Tree& tree, const Vocabulary& vocabulary,
                              std::size_t verb) const {
  const auto classes = [&](std::string_view text) {
    const Word* word = vocabulary.Find(text);
    return word != nullptr ? word->classes : ClassSet{0};
  };
  return ((classes(tree.at(verb).lemma) | classes(tree.form(verb))) &
          (future_ | intent_ | postpone_)) != 0;
}

Direction DirectionReader::ReadClause(const Story& story, const Vocabulary& vocabulary,
                                      const Place& place) const {
  const Tree tree(story);
  if (const auto verb = tree.PastVerbBefore(SpanOf(place))) {
    if (!Intends(tree, vocabulary, *verb)) return Direction::kPast;
  }
  if (const auto top = tree.TopOf(SpanOf(place)))
    return Climber(*this, tree, vocabulary, *top).Climb();
  return ReadWords(place);
}

}  // namespace dateline::timex
