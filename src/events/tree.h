/// The dependency tree of a sentence and the deep roles that follow from it: who is the subject and
/// the object of a verb, whatever the voice and wherever they stand.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/short_list.h"
#include "dateline/story.h"
#include "events/labels.h"
#include "quotes/frames.h"
#include "syntax/lemmas.h"

namespace dateline::events {

/// Most are short.
using WordList = base::ShortList<std::uint32_t, 12>;

/// The words of both, in this order.
inline WordList With(WordList words, const WordList& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// The words without the others.
inline WordList Less(WordList words, const WordList& others) {
  erase_if(words, [&](std::uint32_t at) { return std::ranges::find(others, at) != others.end(); });
  return words;
}

/// Heads of noun phrases that a verb has for subject and object, below passive, control and
/// raising.
struct Roles {
  WordList subject;
  WordList object;
  bool passive = false;
  /// What stands where a subject stands: the object of a passive.
  [[nodiscard]] const WordList& surface() const { return passive ? object : subject; }
};

/// Of the words [range) of one sentence; keeps a view of the story. Words are positions in
/// Story::tokens. A word whose head lies elsewhere is a root. What is asked of every word again and
/// again lies close together, apart from the tokens.
class Tree {
 public:
  Tree(const Story& story, quotes::Range range, const syntax::Lemmas& lemmas);

  [[nodiscard]] std::optional<std::uint32_t> Head(std::uint32_t at) const {
    return nodes_[at - range_.begin].head;
  }
  /// In the order of the text.
  [[nodiscard]] std::span<const std::uint32_t> Children(std::uint32_t at) const {
    const Node& node = nodes_[at - range_.begin];
    return std::span(children_).subspan(node.first_child, node.children);
  }
  [[nodiscard]] Relation Rel(std::uint32_t at) const { return nodes_[at - range_.begin].rel; }
  [[nodiscard]] PartOfSpeech Pos(std::uint32_t at) const { return nodes_[at - range_.begin].pos; }
  /// In lower case.
  [[nodiscard]] std::string_view Lemma(std::uint32_t at) const {
    return nodes_[at - range_.begin].lemma;
  }
  [[nodiscard]] bool Feature(std::uint32_t at, std::string_view feature) const {
    return story_.tokens[at].feats.find(feature) != std::string::npos;
  }
  /// The first child with the relation, subtypes included ("aux" finds "aux:pass").
  [[nodiscard]] std::optional<std::uint32_t> Child(std::uint32_t at,
                                                   Relation::Beginning rel) const {
    if (!rel.HoldsAny(nodes_[at - range_.begin].below)) return std::nullopt;
    return *std::ranges::find_if(Children(at),
                                 [&](std::uint32_t child) { return Rel(child).starts_with(rel); });
  }
  /// The preposition of a noun phrase; "" when it has none.
  [[nodiscard]] std::string_view Case(std::uint32_t at) const;
  /// Whether a pronoun owns the noun: "its troops".
  [[nodiscard]] bool IsOwned(std::uint32_t noun) const;
  [[nodiscard]] Roles RolesOf(std::uint32_t verb) const { return RolesOf(verb, 0); }
  /// Whether a finite verb is parsed as joined to an infinitive or gerund: "urged him to rest and
  /// accused Chad", "kept him from landing and stopped a loan".
  [[nodiscard]] bool IsJoinedAskew(std::uint32_t verb) const;
  /// "ordered them to leave, accusing them of theft": who orders accuses, whatever verb the parser
  /// hangs it on.
  [[nodiscard]] bool IsSpeakersAside(std::uint32_t verb) const;
  [[nodiscard]] bool IsDemanded(std::uint32_t verb) const;
  /// "On a visit to Lima, Ruiz pledged to pay": the occasion, not what is pledged.
  [[nodiscard]] bool OpensClause(std::uint32_t phrase) const;
  /// "Ruiz vowed revenge after Chad shot two men": what has been, whatever is told above.
  [[nodiscard]] bool TellsWhatWas(std::uint32_t clause) const;
  /// "Chad to free ten sailors", a headline: the infinitive is all that the sentence tells.
  [[nodiscard]] bool IsPlanOfHeadline(std::uint32_t verb) const;
  /// Whether the clause of the verb tells what has been: "was arrested", "had met", "telephoned".
  [[nodiscard]] bool TellsPast(std::uint32_t verb) const;
  /// The words below a trigger that belong to what it tells, nearest first: not its subject, nor
  /// clauses joined to it or told beside it.
  [[nodiscard]] WordList Domain(std::uint32_t trigger) const;
  /// All words below a word and itself, nearest first.
  [[nodiscard]] WordList Below(std::uint32_t at) const;
  [[nodiscard]] quotes::Range range() const { return range_; }

 private:
  struct Node {
    Relation rel;
    PartOfSpeech pos;
    std::string lemma;
    std::uint64_t below = 0;  ///< the relations of the children
    std::optional<std::uint32_t> head;
    std::uint32_t first_child = 0;  ///< in children_
    std::uint32_t children = 0;
  };

  [[nodiscard]] std::optional<std::uint32_t> HeadOf(std::uint32_t at) const;
  void JoinBetween();
  void ReadChildren();
  [[nodiscard]] Roles RolesOf(std::uint32_t verb, int depth) const;
  [[nodiscard]] std::optional<std::uint32_t> NounInOpening(std::uint32_t phrase,
                                                           std::uint32_t verb) const;
  [[nodiscard]] std::optional<std::uint32_t> SubjectInPhrase(std::uint32_t phrase,
                                                             std::uint32_t verb) const;
  void StraySubject(std::uint32_t verb, Roles& roles) const;
  [[nodiscard]] bool IsFinite(std::uint32_t verb) const;
  [[nodiscard]] bool HasOwnObject(std::uint32_t verb) const;
  [[nodiscard]] bool IsSomeOfThem(std::uint32_t noun) const;
  void SubjectLikeExpletive(std::uint32_t verb, Roles& roles) const;
  void SubjectsAround(std::uint32_t verb, Roles& roles) const;
  [[nodiscard]] std::uint32_t OverParticiple(std::uint32_t verb, std::uint32_t noun) const;
  [[nodiscard]] bool IsBehindComma(std::uint32_t noun, std::uint32_t verb) const;
  void SubjectOfClauseBefore(std::uint32_t verb, Roles& roles) const;
  [[nodiscard]] bool IsSubordinate(std::uint32_t at, std::uint32_t verb) const;
  void CountedRoles(std::uint32_t verb, Roles& roles) const;
  void PassiveOfHeadline(std::uint32_t verb, Roles& roles) const;
  void SubjectOfHeadline(std::uint32_t verb, std::uint32_t noun, Roles& roles) const;
  void SubjectOfClauseBehind(std::uint32_t verb, Roles& roles) const;
  [[nodiscard]] bool HasSubjectBetween(std::uint32_t verb, std::uint32_t clause) const;
  void SubjectBeforeSome(std::uint32_t verb, Roles& roles) const;
  [[nodiscard]] std::optional<std::uint32_t> SubjectBeforeSemicolon(std::uint32_t verb) const;
  [[nodiscard]] std::uint32_t HeadOutsideQuote(std::uint32_t verb, std::uint32_t head) const;
  void SubjectOfNounJoined(std::uint32_t verb, Roles& roles) const;
  [[nodiscard]] std::uint32_t VerbOver(std::uint32_t verb, std::uint32_t head) const;
  [[nodiscard]] std::optional<std::uint32_t> SubjectBeforeAside(std::uint32_t verb) const;
  void LeaveWhose(WordList& subject) const;
  void LeaveApposed(std::uint32_t verb, WordList& subject) const;
  void SubjectBehindQuote(std::uint32_t verb, Roles& roles) const;
  [[nodiscard]] std::optional<std::uint32_t> SayingBetween(std::uint32_t verb,
                                                           std::uint32_t head) const;
  [[nodiscard]] std::optional<std::uint32_t> ReportOver(std::uint32_t clause) const;
  [[nodiscard]] bool IsSaidBesideReport(std::uint32_t verb, std::uint32_t head) const;
  [[nodiscard]] bool IsInfinite(std::uint32_t verb) const;
  [[nodiscard]] std::uint32_t FiniteOver(std::uint32_t infinitive) const;
  [[nodiscard]] std::optional<std::uint32_t> MarkOver(std::uint32_t verb) const;
  void SubjectBehindMark(std::uint32_t verb, Roles& roles) const;
  void ParsedRoles(std::uint32_t verb, Roles& roles) const;
  void OwnRoles(std::uint32_t verb, Roles& roles) const;
  [[nodiscard]] bool IsJoinedPassive(std::uint32_t verb) const;
  void TakeDoers(std::uint32_t verb, Roles& roles) const;
  void InheritRoles(std::uint32_t verb, std::uint32_t head, int depth, Roles& roles) const;
  [[nodiscard]] bool IsMainVerb(std::uint32_t verb, std::uint32_t noun) const;
  [[nodiscard]] bool IsObjectOver(std::uint32_t verb, std::uint32_t noun) const;
  [[nodiscard]] std::optional<std::uint32_t> SiblingBefore(std::uint32_t verb,
                                                           std::uint32_t noun) const;
  void RolesBehindHave(std::uint32_t verb, std::uint32_t noun, Roles& roles) const;
  [[nodiscard]] std::uint32_t ThingAt(std::uint32_t noun) const;
  [[nodiscard]] std::uint32_t AntecedentOf(std::uint32_t verb, std::uint32_t noun) const;
  void RolesOfRelative(std::uint32_t noun, Roles& roles) const;
  [[nodiscard]] std::optional<std::uint32_t> SubjectOfAside(std::uint32_t verb,
                                                            std::uint32_t noun) const;
  void RolesOfModifier(std::uint32_t verb, std::uint32_t noun, int depth, Roles& roles) const;
  [[nodiscard]] bool IsRelative(std::uint32_t at) const;
  [[nodiscard]] bool IsQuarrel(std::uint32_t noun) const;
  /// "bans Chadian wine in row over missing journalist": what the quarrel is about is no part of
  /// what is done in it.
  [[nodiscard]] bool IsMatterOfQuarrel(std::uint32_t phrase) const;
  [[nodiscard]] bool LeavesDomain(std::uint32_t child) const;

  const Story& story_;
  quotes::Range range_;
  std::vector<Node> nodes_;  ///< by word from range_.begin
  std::vector<std::uint32_t> children_;
};

}  // namespace dateline::events
