#include "timex/direction.h"

namespace dateline::timex {

DirectionReader::DirectionReader(const Vocabulary& vocabulary) {
  const auto bit = [&](std::string_view name) {
    const auto id = vocabulary.FindClass(name);
    return id ? Bit(*id) : ClassSet{0};
  };
  future_ = bit("FUTURE");
  past_ = bit("PAST");
  intent_ = bit("INTENT");
  if (const Word* to = vocabulary.Find("to"); to != nullptr) to_ = to->id;
}

Direction DirectionReader::CueAt(std::span<const Lexeme> sentence, std::size_t at) const {
  const Lexeme& lexeme = sentence[at];
  if ((lexeme.classes & future_) != 0) return Direction::kFuture;
  const bool to = to_ && lexeme.word != nullptr && lexeme.word->id == *to_;
  if (to && at > 0 && (sentence[at - 1].classes & intent_) != 0) return Direction::kFuture;
  if ((lexeme.classes & past_) != 0) return Direction::kPast;
  return lexeme.past ? Direction::kPast : Direction::kNone;
}

Direction DirectionReader::Read(std::span<const Lexeme> sentence, std::size_t first,
                                std::size_t last) const {
  for (std::size_t at = first; at-- > 0;) {
    if (const Direction cue = CueAt(sentence, at); cue != Direction::kNone) return cue;
  }
  for (std::size_t at = last; at < sentence.size(); ++at) {
    if (const Direction cue = CueAt(sentence, at); cue != Direction::kNone) return cue;
  }
  return Direction::kNone;
}

}  // namespace dateline::timex
