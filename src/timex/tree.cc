#include "timex/tree.h"

#include <algorithm>

namespace dateline::timex {
namespace {

/// Words on each side among which the children of a word are sought.
constexpr std::size_t kFamily = 40;

bool IsAuxiliary(const Token& token) {
  return token.deprel.starts_with("aux") || token.deprel == "cop";
}

bool Negates(const Token& token) {
  return HasFeature(token, "Polarity=Neg") || token.lemma == "not" || token.lemma == "neither" ||
         token.lemma == "never";
}

/// Begins a clause of what may come.
bool OpensClause(const Token& token) {
  if (token.deprel != "mark" && token.deprel != "advmod") return false;
  return token.lemma == "if" || token.lemma == "when" || token.lemma == "once" ||
         token.lemma == "unless" || token.lemma == "until";
}

void AddAuxiliary(const Token& token, Verb& verb) {
  verb.past = verb.past || HasFeature(token, "Tense=Past");
  verb.perfect = verb.perfect || token.lemma == "have";
  const bool is = token.lemma == "be";
  verb.had = verb.had || (token.lemma == "have" && HasFeature(token, "Tense=Past"));
  verb.been = verb.been || (is && HasFeature(token, "VerbForm=Part"));
  verb.is = verb.is || (is && HasFeature(token, "Tense=Pres"));
  if (!is && token.lemma != "have" && token.lemma != "do" && token.lemma != "get")
    verb.modal = &token;
}

}  // namespace

bool HasFeature(const Token& token, std::string_view feature) {
  return token.feats.find(feature) != std::string::npos;
}

std::optional<std::size_t> Tree::TokenAt(std::uint32_t byte) const {
  const auto& tokens = story_.tokens;
  const auto found =
      std::ranges::upper_bound(tokens, byte, {}, [](const Token& t) { return t.span.end; });
  if (found == tokens.end()) return std::nullopt;
  return static_cast<std::size_t>(found - tokens.begin());
}

std::optional<std::size_t> Tree::TopOf(Span span) const {
  const auto& tokens = story_.tokens;
  const auto first = TokenAt(span.begin);
  if (!first) return std::nullopt;
  const auto inside = [&](const Token& token) {
    return token.span.begin < span.end && token.span.end > span.begin;
  };
  for (std::size_t i = *first; i < tokens.size() && tokens[i].span.begin < span.end; ++i) {
    if (tokens[i].deprel.empty()) return std::nullopt;
    if (!tokens[i].head || !inside(tokens[Raw(*tokens[i].head)])) return i;
  }
  return std::nullopt;
}

Verb Tree::VerbAt(std::size_t index) const {
  const auto& tokens = story_.tokens;
  Verb verb;
  const std::size_t begin = index > kFamily ? index - kFamily : 0;
  const std::size_t end = std::min(index + kFamily, tokens.size());
  for (std::size_t i = begin; i < end; ++i) {
    const Token& token = tokens[i];
    if (token.sentence != tokens[index].sentence || !token.head || Raw(*token.head) != index)
      continue;
    verb.to = verb.to || (token.deprel == "mark" && token.upos == "PART");
    verb.negated = verb.negated || Negates(token);
    verb.after = verb.after ||
                 (token.deprel == "mark" && (token.lemma == "after" || token.lemma == "since"));
    if (token.upos == "ADJ" && token.deprel == "mark") verb.mark = &token;
    verb.open = verb.open || OpensClause(token);
    if (IsAuxiliary(token)) AddAuxiliary(token, verb);
  }
  return verb;
}

std::optional<std::size_t> Tree::PastVerbBefore(Span span) const {
  const auto first = TokenAt(span.begin);
  if (!first || *first == 0 || at(*first - 1).sentence != at(*first).sentence) return std::nullopt;
  const Token& before = at(*first - 1);
  const bool past = before.upos == "VERB" && HasFeature(before, "Tense=Past") &&
                    HasFeature(before, "VerbForm=Fin");
  return past ? std::optional(*first - 1) : std::nullopt;
}

bool Tree::HasComplementBetween(std::size_t index, std::size_t other) const {
  for (std::size_t i = index + 1; i < std::min(other, index + kFamily); ++i) {
    if (at(i).head && Raw(*at(i).head) == index && at(i).deprel == "xcomp") return true;
  }
  return false;
}

bool Tree::IsCounted(std::size_t index) const {
  const Token& token = at(index);
  if (token.upos == "NUM" || token.upos == "SYM" || token.lemma == "percent") return true;
  const bool plural = token.upos == "NOUN" && HasFeature(token, "Number=Plur");
  for (std::size_t i = index; plural && i > 0 && at(i).sentence == token.sentence; --i) {
    if (at(i - 1).upos == "NUM") return true;
    if (at(i - 1).upos != "ADJ" && at(i - 1).upos != "NOUN") return false;
  }
  return false;
}

bool Tree::IsRate(Span span) const {
  const auto first = TokenAt(span.begin);
  const auto top = TopOf(span);
  return first && top && *first > 0 && at(*top).deprel.ends_with(":unmarked") &&
         at(*first - 1).sentence == at(*first).sentence && IsCounted(*first - 1);
}

bool Tree::IsPerson(Span span) const {
  const auto index = TokenAt(span.begin);
  if (!index) return false;
  if (at(*index).ner.ends_with("PER")) return true;
  const std::size_t next = *index + 1;
  if (next >= story_.tokens.size()) return false;
  const bool first_name = at(*index).head && Raw(*at(*index).head) == next;
  const bool last_name = at(next).head && Raw(*at(next).head) == *index;
  return (first_name && at(next).ner.ends_with("PER")) ||
         (last_name && at(next).deprel == "flat" && at(next).upos == "PROPN");
}

}  // namespace dateline::timex
