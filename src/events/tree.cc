#include "events/tree.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "events/calls.h"
#include "events/one_of.h"

namespace dateline::events {
namespace {

using base::Lower;

constexpr int kDeepest = 6;  ///< of chains "wants to try to begin to …"

/// "Ties soured after Chad expelled a consul and charged two clerks": what charges nobody.
bool IsAboutMatter(const Tree& tree, std::uint32_t verb) {
  static constexpr std::array<std::string_view, 16> kMatters{
      "relation", "tie",   "tension", "row",   "crisis", "dispute", "violence", "fighting",
      "unrest",   "clash", "quarrel", "price", "share",  "market",  "mood",     "conflict"};
  const auto subject = tree.Child(verb, "nsubj");
  return subject && IsOneOf(tree.Lemma(*subject), kMatters) && !tree.Child(verb, "obj");
}

/// "has recalled its envoy after gunmen seized ten men and threatened to try them" is at times
/// parsed as if the envoy's country threatened: what is joined tells as the clause before it does.
std::optional<std::uint32_t> ClauseJoined(const Tree& tree, std::uint32_t verb,
                                          std::uint32_t head) {
  constexpr std::array<std::string_view, 4> kMarks{"after", "when", "since", "while"};
  const auto have = tree.Child(head, "aux");
  const bool perfect = have && tree.Lemma(*have) == "have" && tree.Feature(*have, "Tense=Pres");
  const bool matter = IsAboutMatter(tree, head) && tree.Child(verb, "obj");
  if (!(perfect || matter) || tree.Child(verb, "aux") || !tree.TellsPast(verb)) return std::nullopt;
  for (const std::uint32_t clause : tree.Below(head)) {
    const bool between = clause > head && clause < verb && tree.Pos(clause) == "VERB";
    const bool below = tree.Rel(clause) == "advcl" || tree.Rel(clause) == "acl";
    const auto mark = between && below ? tree.Child(clause, "mark") : std::nullopt;
    if (mark && IsOneOf(tree.Lemma(*mark), kMarks)) return clause;
  }
  return std::nullopt;
}

/// "accused Chad of massing troops", parsed below Chad: who is accused does it.
bool IsAccusedOf(const Tree& tree, std::uint32_t verb, std::uint32_t noun) {
  constexpr std::array<std::string_view, 6> kAccuse{"accuse", "suspect", "convict",
                                                    "acquit", "blame",   "criticise"};
  const auto mark = tree.Child(verb, "mark");
  const auto over = tree.Head(noun);
  return mark && over && (tree.Lemma(*mark) == "of" || tree.Lemma(*mark) == "for") &&
         tree.Rel(noun) == "obj" && IsOneOf(tree.Lemma(*over), kAccuse);
}

/// "was summoned and handed a note": a verb of giving with one object, which nobody is said to get.
bool IsGivenTo(const Tree& tree, std::uint32_t verb) {
  constexpr std::array<std::string_view, 7> kGive{"hand", "give",  "deny", "grant",
                                                  "show", "offer", "tell"};
  if (!IsOneOf(tree.Lemma(verb), kGive) || tree.Child(verb, "iobj")) return false;
  const auto object = tree.Child(verb, "obj");
  if (!object) return tree.Lemma(verb) == "tell" && tree.Child(verb, "xcomp");
  return *object > verb && std::ranges::none_of(tree.Children(verb), [&](std::uint32_t child) {
    return tree.Rel(child).starts_with("obl") && tree.Case(child) == "to";
  });
}

}  // namespace

Tree::Tree(const Story& story, quotes::Range range, const syntax::Lemmas& lemmas)
    : story_(story), range_(range), nodes_(range.end - range.begin) {
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    const Token& token = story.tokens[at];
    Node& node = nodes_[at - range.begin];
    node.rel = Relation(token.deprel);
    node.pos = PartOfSpeech(token.upos);
    node.head = HeadOf(at);
    // The table knows irregular verbs better than the model: "fought".
    const bool table = token.upos == "VERB" || token.lemma.empty();
    node.lemma = table ? lemmas.VerbLemma(Lower(FormOf(token, story.text))) : Lower(token.lemma);
  }
  JoinBetween();
  ReadChildren();
}

/// "Talks between Chad and Niger collapsed", where the second side is at times parsed as a subject
/// of its own.
void Tree::JoinBetween() {
  const auto node = [&](std::uint32_t at) -> Node& { return nodes_[at - range_.begin]; };
  for (std::uint32_t both = range_.begin + 2; both < range_.end; ++both) {
    const std::uint32_t first = both - 1;
    if (node(both).lemma != "and" || node(both).rel != "cc" || !node(both).head) continue;
    std::uint32_t second = *node(both).head;
    if (node(second).rel == "amod" && node(second).head) second = *node(second).head;
    const bool stray = second > both && node(second).rel.starts_with("nsubj");
    const bool between = node(first - 1).lemma == "between" && node(first - 1).head == first;
    if (!stray || !between) continue;
    bool below = false;
    std::optional<std::uint32_t> up = first;
    for (std::uint32_t i = range_.begin; up && i < range_.end && !below; ++i) {
      below = *up == second;
      up = node(*up).head;
    }
    if (below) continue;
    node(second).head = first;
    node(second).rel = Relation("conj");
  }
}

/// Lists the words below each word, one list behind the other.
void Tree::ReadChildren() {
  for (const Node& node : nodes_) {
    if (node.head) ++nodes_[*node.head - range_.begin].children;
  }
  std::uint32_t first = 0;
  for (Node& node : nodes_) {
    node.first_child = first;
    first += std::exchange(node.children, 0);
  }
  children_.resize(first);
  for (std::uint32_t at = range_.begin; at < range_.end; ++at) {
    const auto head = Head(at);
    if (!head) continue;
    Node& above = nodes_[*head - range_.begin];
    children_[above.first_child + above.children++] = at;
    above.below |= Rel(at).bit();
  }
}

std::optional<std::uint32_t> Tree::HeadOf(std::uint32_t at) const {
  const auto head = story_.tokens[at].head;
  if (!head) return std::nullopt;
  const auto word = static_cast<std::uint32_t>(Raw(*head));
  if (!range_.Contains(word) || word == at) return std::nullopt;
  return word;
}

std::string_view Tree::Case(std::uint32_t at) const {
  const auto child = Child(at, "case");
  return child && Rel(*child) == "case" && Lemma(*child) != "'s" ? std::string_view(Lemma(*child))
                                                                 : std::string_view();
}

bool Tree::IsOwned(std::uint32_t noun) const {
  const auto owner = Child(noun, "nmod:poss");
  return owner && Pos(*owner) == "PRON";
}

bool Tree::IsRelative(std::uint32_t at) const {
  constexpr std::array<std::string_view, 4> kWords{"who", "which", "that", "whom"};
  return Pos(at) == "PRON" && IsOneOf(Lemma(at), kWords);
}

/// Subjects and objects that the parse itself gives the verb; a relative pronoun stands for the
/// noun of its clause: "the ship that Chad seized".
void Tree::ParsedRoles(std::uint32_t verb, Roles& roles) const {
  const bool relative = Rel(verb) == "acl:relcl" && Head(verb).has_value();
  const auto resolved = [&](std::uint32_t at) {
    return relative && IsRelative(at) ? AntecedentOf(verb, *Head(verb)) : at;
  };
  // "Talks were called off", at times parsed with the subject of an active.
  const bool done = Child(verb, "aux:pass") && !Child(verb, "obj") && !Child(verb, "nsubj:pass");
  for (const std::uint32_t child : Children(verb)) {
    const Relation rel = Rel(child);
    roles.passive |= rel.ends_with(":pass");
    const bool object = rel == "obj" && !IsBehindComma(child, verb) &&
                        !(child > verb + 1 && IsSomeOfThem(child) && Lemma(child - 1) == ",");
    const bool undergoes = rel == "nsubj:pass" || (done && rel == "nsubj" && child < verb);
    if (undergoes || rel == "iobj" || object) {
      roles.object.push_back(
          relative && IsRelative(child) ? AntecedentOf(verb, ThingAt(*Head(verb))) : child);
    } else if (rel == "nsubj" || rel == "nsubj:outer") {
      roles.subject.push_back(resolved(child));
    }
  }
}

void Tree::OwnRoles(std::uint32_t verb, Roles& roles) const {
  ParsedRoles(verb, roles);
  SubjectLikeExpletive(verb, roles);
  SubjectsAround(verb, roles);
  CountedRoles(verb, roles);
  SubjectBeforeSome(verb, roles);
  SubjectOfNounJoined(verb, roles);
  SubjectOfClauseBehind(verb, roles);
  SubjectOfClauseBefore(verb, roles);
  SubjectBehindQuote(verb, roles);
  PassiveOfHeadline(verb, roles);
  const bool participle = Feature(verb, "VerbForm=Part") && Feature(verb, "Tense=Past");
  if (roles.passive || (participle && roles.subject.empty())) TakeDoers(verb, roles);
}

/// "were shot and killed by soldiers": a participle joined to a passive that tells by whom.
bool Tree::IsJoinedPassive(std::uint32_t verb) const {
  constexpr std::array<std::string_view, 12> kMeans{"helicopter", "plane", "car",  "bus",
                                                    "train",      "boat",  "ship", "truck",
                                                    "air",        "sea",   "road", "hand"};
  const auto doer = Child(verb, "obl:agent");
  const bool given = IsGivenTo(*this, verb);
  if (!given && (!doer || IsOneOf(Lemma(*doer), kMeans))) return false;
  const auto head = Head(verb);
  const bool passive = head && (Child(*head, "nsubj:pass") || Child(*head, "aux:pass"));
  return Rel(verb) == "conj" && passive && verb > *head && Feature(verb, "VerbForm=Part") &&
         Feature(verb, "Tense=Past") && !Child(verb, "nsubj") && !Child(verb, "aux") &&
         (given || !Child(verb, "obj"));
}

/// Who does what is told in the passive: behind "by", of two joined behind the last.
void Tree::TakeDoers(std::uint32_t verb, Roles& roles) const {
  for (const std::uint32_t child : Children(verb)) {
    if (Rel(child).starts_with("obl") && Case(child) == "by") roles.subject.push_back(child);
  }
  for (const std::uint32_t joined : Children(verb)) {
    if (roles.subject.empty() && IsJoinedPassive(joined)) TakeDoers(joined, roles);
  }
  // "stands accused by Chad".
  if (!roles.passive && Rel(verb) == "xcomp" && roles.object.empty() && !roles.subject.empty()) {
    roles.passive = true;
    if (const auto head = Head(verb)) roles.object = RolesOf(*head, 1).surface();
  }
}

/// The word that opens a clause, at times parsed as a preposition of what should be its subject.
std::optional<std::uint32_t> Tree::MarkOver(std::uint32_t verb) const {
  if (const auto mark = Child(verb, "mark")) return mark;
  const std::uint32_t noun = verb - 1;
  constexpr std::array<std::string_view, 3> kOpeners{"after", "before", "since"};
  const bool beside = Rel(verb) == "ccomp" && Head(noun) == Head(verb);
  if (!beside || !Rel(noun).starts_with("obl") || !IsOneOf(Case(noun), kOpeners))
    return std::nullopt;
  return Child(noun, "case");
}

/// "after gunmen killed two officers" is at times parsed as if the gunmen hung on the verb before:
/// a finite verb has for its subject the noun at its side that stands behind its "after"; a passive
/// has it for its object: "after bombs were thrown".
void Tree::SubjectBehindMark(std::uint32_t verb, Roles& roles) const {
  if (!roles.surface().empty() || verb < range_.begin + 2) return;
  const auto mark = MarkOver(verb);
  if (!mark) return;
  const auto helper = Child(verb, "aux");
  const std::uint32_t begin = roles.passive && helper ? std::min(verb, *helper) : verb;
  if (begin < range_.begin + 2) return;
  const std::uint32_t noun = begin - 1;
  const bool named = Pos(noun) == "NOUN" || Pos(noun) == "PROPN";
  if (!named || *mark >= noun) return;
  if (roles.passive && helper) roles.object.push_back(noun);
  if (!roles.passive && (Feature(verb, "VerbForm=Fin") || HasOwnObject(verb)))
    roles.subject.push_back(noun);
}

/// Whether a finite word stands in a clause that needs another, or in one joined to the verb.
bool Tree::IsSubordinate(std::uint32_t at, std::uint32_t verb) const {
  constexpr std::array<std::string_view, 4> kBelow{"acl:relcl", "advcl", "ccomp", "acl"};
  const bool helper = Rel(at).starts_with("aux") || Rel(at) == "cop";
  const std::uint32_t top = helper && Head(at) ? *Head(at) : at;
  return top != verb && (IsOneOf(Rel(top), kBelow) || (Rel(top) == "conj" && Head(top) == verb));
}

/// "Omani diplomats mediated between both." is at times parsed as diplomats who are mediated: the
/// noun is the root, nothing else in the sentence is finite, and it ends as sentences do.
bool Tree::IsMainVerb(std::uint32_t verb, std::uint32_t noun) const {
  const bool below = Rel(verb) == "acl" || Rel(verb) == "amod";
  if (Head(noun) || !below || Child(noun, "cop") || range_.begin == range_.end) return false;
  const Token& last = story_.tokens[range_.end - 1];
  if (FormOf(last, story_.text) != ".") return false;
  for (const std::uint32_t child : Children(verb)) {
    if (Rel(child).starts_with("obl") && Case(child) == "by") return false;
  }
  for (std::uint32_t at = range_.begin; at < range_.end; ++at) {
    if (at != verb && Feature(at, "VerbForm=Fin") && !IsSubordinate(at, verb)) return false;
  }
  return true;
}

/// "the bridge at Lomas, which rebels blew up": the thing, where the clause hangs on its place.
std::uint32_t Tree::ThingAt(std::uint32_t noun) const {
  constexpr std::array<std::string_view, 6> kPlaced{"at", "in", "near", "outside", "off", "on"};
  const auto thing = Head(noun);
  const bool placed = thing && Rel(noun) == "nmod" && Pos(noun) == "PROPN" &&
                      Pos(*thing) == "NOUN" && IsOneOf(Case(noun), kPlaced);
  return placed ? *thing : noun;
}

/// "a doctor and a nurse who were kidnapped": both of them.
std::uint32_t Tree::AntecedentOf(std::uint32_t verb, std::uint32_t noun) const {
  constexpr std::array<std::string_view, 3> kPlural{"were", "are", "have"};
  const auto first = Rel(noun) == "conj" ? Head(noun) : std::nullopt;
  if (!first || *first > noun || !Feature(noun, "Number=Sing")) return noun;
  const bool both = std::ranges::any_of(Children(verb), [&](std::uint32_t child) {
    return Rel(child).starts_with("aux") && child < verb &&
           IsOneOf(FormOf(story_.tokens[child], story_.text), kPlural);
  });
  return both ? *first : noun;
}

/// "the town which rebels took", "rebels who took the town"; "Chad, whose army fought" is only
/// whose the subject is.
void Tree::RolesOfRelative(std::uint32_t noun, Roles& roles) const {
  const bool owns = std::ranges::any_of(roles.surface(), [&](std::uint32_t side) {
    const auto owner = Child(side, "nmod:poss");
    return owner && Lemma(*owner) == "whose";
  });
  if (owns) return;
  if (roles.subject.empty() && !roles.passive) {
    roles.subject.push_back(noun);
  } else if (roles.object.empty()) {
    roles.object.push_back(ThingAt(noun));
  }
}

/// Who does what modifies a noun, where that is told before it: "Chad, at odds with Niger, rang
/// it"; "the premier, having spoken by telephone".
std::optional<std::uint32_t> Tree::SubjectOfAside(std::uint32_t verb, std::uint32_t noun) const {
  if (const auto before = SubjectBeforeSemicolon(verb)) return before;
  if (const auto before = SubjectBeforeAside(verb)) return before;
  const auto having = Child(verb, "aux");
  const bool had = having && Lemma(*having) == "have" && !Child(verb, "aux:pass");
  return had ? std::optional(noun) : std::nullopt;
}

/// "the town taken by rebels", "rebels holding the town", "the plan to take it", "which they took".
void Tree::RolesOfModifier(std::uint32_t verb, std::uint32_t noun, int depth, Roles& roles) const {
  // "told reporters that Chad had to go", where the clause hangs on the reporters.
  const bool whole = Child(verb, "mark") && !roles.surface().empty();
  if (Rel(verb) == "acl:relcl") return whole ? void() : RolesOfRelative(noun, roles);
  if (const auto subject = SubjectOfAside(verb, noun)) {
    roles.subject = {*subject};
    return;
  }
  const bool open = roles.subject.empty() && !roles.passive;
  if (!IsMainVerb(verb, noun) && !HasOwnObject(verb) && Feature(verb, "VerbForm=Part") &&
      Feature(verb, "Tense=Past")) {
    roles.passive = true;
    if (roles.object.empty()) roles.object.push_back(noun);
    return;
  }
  if (IsPlanOfHeadline(verb)) return SubjectOfHeadline(verb, noun, roles);
  if (!open) return;
  if (IsAccusedOf(*this, verb, noun)) return roles.subject.push_back(noun);
  const bool plan =
      !IsMainVerb(verb, noun) && (Feature(verb, "VerbForm=Inf") || Child(verb, "mark"));
  if (!plan && Head(noun) && IsSomeOfThem(noun) && Pos(*Head(noun)) == "VERB") {
    roles.subject = RolesOf(*Head(noun), depth + 1).surface();
  } else if (!plan) {
    roles.subject.push_back(OverParticiple(verb, noun));
  } else if (const auto owner = Child(noun, "nmod:poss")) {
    roles.subject.push_back(*owner);
  } else if (const auto head = Head(noun)) {
    roles.subject = RolesOf(*head, depth + 1).surface();
  }
}

/// "Gunmen have ambushed soldiers" is at times parsed as having ambushed ones.
void Tree::RolesBehindHave(std::uint32_t verb, std::uint32_t noun, Roles& roles) const {
  const auto have = Head(noun);
  if (!have || Lemma(*have) != "have" || *have + 1 != verb || Rel(noun) != "obj") return;
  OwnRoles(*have, roles);
}

/// A verb without a subject of its own has that of the verb over it, or its object ("urged Chad to
/// withdraw"); not so after verbs of promise and threat.
void Tree::InheritRoles(std::uint32_t verb, std::uint32_t head, int depth, Roles& roles) const {
  constexpr std::array<std::string_view, 4> kSubjectControl{"promise", "threaten", "vow", "use"};
  const Roles above = RolesOf(head, depth + 1);
  const bool control = Rel(verb) == "xcomp" || Rel(verb) == "advcl";
  constexpr std::array<std::string_view, 3> kGerund{"of", "from", "for"};
  const auto mark = Child(verb, "mark");
  const bool gerund = mark && IsOneOf(Lemma(*mark), kGerund);
  const bool by_object = control && !above.object.empty() && !above.passive &&
                         (Rel(verb) == "xcomp" || gerund) &&
                         !IsOneOf(Lemma(head), kSubjectControl) && !IsCalling(Lemma(head));
  const auto& from = by_object ? above.object : above.surface();
  (roles.passive ? roles.object : roles.subject) = from;
}

/// What stands before the verb below the same noun: "Norway" in "Norway first imposed bans".
std::optional<std::uint32_t> Tree::SiblingBefore(std::uint32_t verb, std::uint32_t noun) const {
  std::optional<std::uint32_t> before;
  for (const std::uint32_t child : Children(noun)) {
    const Relation rel = Rel(child);
    const bool phrase = rel == "amod" || rel == "compound" || rel == "nmod" || rel == "nmod:poss";
    if (phrase && child < verb && Pos(child) != "VERB") before = child;
  }
  return before;
}

/// "Norway first imposed travel bans." is at times parsed as bans that are imposed: the verb has a
/// subject of its own, or nothing in the sentence is finite and an adverb stands before it.
bool Tree::IsObjectOver(std::uint32_t verb, std::uint32_t noun) const {
  if (Child(verb, "nsubj")) return true;
  const auto adverb = Child(verb, "advmod");
  return adverb && *adverb < verb && IsMainVerb(verb, noun) && SiblingBefore(verb, noun);
}

bool Tree::TellsPast(std::uint32_t verb) const {
  const std::uint32_t finite = Child(verb, "aux").value_or(verb);
  return Feature(finite, "Tense=Past") && Feature(finite, "VerbForm=Fin");
}

bool Tree::OpensClause(std::uint32_t phrase) const {
  const std::string_view joint = Case(phrase);
  const auto verb = Head(phrase);
  if (!verb || !Rel(phrase).starts_with("obl")) return false;
  if (joint != "on" && joint != "at" && joint != "in") return false;
  return std::ranges::any_of(Children(*verb), [&](std::uint32_t child) {
    return Rel(child) == "nsubj" && phrase < child && child < *verb;
  });
}

bool Tree::TellsWhatWas(std::uint32_t clause) const {
  constexpr std::array<std::string_view, 5> kMarks{"after", "when", "because", "since", "as"};
  const auto mark = Rel(clause) == "advcl" ? Child(clause, "mark") : std::nullopt;
  return mark && TellsPast(clause) && IsOneOf(Lemma(*mark), kMarks);
}

bool Tree::IsJoinedAskew(std::uint32_t verb) const {
  if (Rel(verb) != "conj" || Pos(verb) != "VERB" || !Feature(verb, "Tense=Past")) return false;
  const auto head = Head(verb);
  if (!head) return false;
  if (IsSaidBesideReport(verb, *head)) return true;
  const bool bare = Rel(*head) == "xcomp" && Feature(*head, "VerbForm=Inf");
  return Feature(verb, "VerbForm=Fin") && (bare || Child(*head, "mark")) && !Child(*head, "aux") &&
         (IsInfinite(*head) || IsDemanded(*head));
}

bool Tree::IsSpeakersAside(std::uint32_t verb) const {
  constexpr std::array<std::string_view, 7> kBlame{"accuse",    "blame",     "denounce", "condemn",
                                                   "criticise", "criticize", "brand"};
  const bool parted = verb > range_.begin && Lemma(verb - 1) == ",";
  return parted && Rel(verb) == "advcl" && IsOneOf(Lemma(verb), kBlame) &&
         FormOf(story_.tokens[verb], story_.text).ends_with("ing");
}

/// "demanded that Chad pay": the clause has its verb bare.
bool Tree::IsDemanded(std::uint32_t verb) const {
  const auto over = Head(verb);
  const auto mark = Child(verb, "mark");
  const bool told = over && Rel(verb) == "ccomp" && mark && Lemma(*mark) == "that";
  return told && TellsPast(*over) && FormOf(story_.tokens[verb], story_.text) == Lemma(verb);
}

bool Tree::IsInfinite(std::uint32_t verb) const {
  const bool gerund = Feature(verb, "VerbForm=Part") && Feature(verb, "Tense=Pres");
  return gerund || Feature(verb, "VerbForm=Inf") || Feature(verb, "VerbForm=Ger");
}

/// The verb over an infinitive or gerund to which what is joined to it belongs.
std::uint32_t Tree::FiniteOver(std::uint32_t infinitive) const {
  std::uint32_t at = infinitive;
  if (const auto saying = ReportOver(at)) return *saying;
  while ((IsInfinite(at) || IsDemanded(at)) && Head(at)) at = *Head(at);
  return Feature(at, "VerbForm=Fin") ? at : infinitive;
}

/// The word that a verb belongs to where it is parsed below another.
std::uint32_t Tree::VerbOver(std::uint32_t verb, std::uint32_t head) const {
  if (IsJoinedAskew(verb) || IsSpeakersAside(verb)) head = FiniteOver(head);
  head = SayingBetween(verb, head).value_or(head);
  if (Rel(verb) != "conj") return head;
  head = HeadOutsideQuote(verb, head);
  return ClauseJoined(*this, verb, head).value_or(head);
}

Roles Tree::RolesOf(std::uint32_t verb, int depth) const {
  Roles roles;
  OwnRoles(verb, roles);
  LeaveApposed(verb, roles.passive ? roles.object : roles.subject);
  SubjectBehindMark(verb, roles);
  StraySubject(verb, roles);
  auto head = Head(verb);
  // "some of them burning flags", "each blaming the other": of those who do what is told above.
  if (Rel(verb) == "advcl" && roles.subject.size() == 1 &&
      (IsSomeOfThem(roles.subject.front()) || Lemma(roles.subject.front()) == "each"))
    roles.subject.clear();
  if (!head || depth > kDeepest) return roles;
  if (IsJoinedPassive(verb)) {
    roles.passive = true;
    roles.object = RolesOf(*head, depth + 1).object;
    return roles;
  }
  const Relation rel = Rel(verb);
  head = VerbOver(verb, *head);
  if (rel == "amod" && IsObjectOver(verb, *head)) {
    if (const auto before = SiblingBefore(verb, *head); before && roles.subject.empty())
      roles.subject.push_back(*before);
    roles.passive = false;
    roles.object.push_back(*head);
  } else if (rel == "amod") {
    RolesBehindHave(verb, *head, roles);
  } else if (rel.starts_with("acl")) {
    RolesOfModifier(verb, *head, depth, roles);
  } else if (roles.surface().empty() &&
             (rel == "conj" || rel == "xcomp" || rel == "advcl" || rel == "ccomp" ||
              (rel == "csubj" && Child(*head, "nsubj")))) {
    InheritRoles(verb, *head, depth, roles);
    if (rel == "conj") LeaveWhose(roles.subject);
  }
  return roles;
}

bool Tree::IsQuarrel(std::uint32_t noun) const {
  constexpr std::array<std::string_view, 10> kQuarrels{"row",     "dispute",  "spat",    "feud",
                                                       "rift",    "crisis",   "quarrel", "standoff",
                                                       "wrangle", "stand-off"};
  // "interceded in the quarrel over the coast": that one is what is dealt with.
  const auto determiner = Child(noun, "det");
  return IsOneOf(Lemma(noun), kQuarrels) && !(determiner && Lemma(*determiner) == "the");
}

bool Tree::IsMatterOfQuarrel(std::uint32_t phrase) const {
  const auto head = Head(phrase);
  if (!head || Case(phrase) != "over") return false;
  if (IsQuarrel(*head)) return Case(*head) == "in" || Case(*head) == "amid";
  return std::ranges::any_of(Children(*head), [&](std::uint32_t other) {
    return *head < other && other < phrase && Rel(other).starts_with("obl") && IsQuarrel(other);
  });
}

bool Tree::LeavesDomain(std::uint32_t child) const {
  constexpr Relation::Set kNever("nsubj", "nsubj:pass", "csubj", "parataxis", "punct", "cc", "aux",
                                 "discourse", "acl:relcl");
  const Relation rel = Rel(child);
  if (kNever.Holds(rel)) return true;
  if (rel == "conj") return Pos(child) == "VERB" || Pos(child) == "AUX";
  if (IsMatterOfQuarrel(child)) return true;
  if (rel != "advcl") return false;
  constexpr std::array<std::string_view, 6> kComplements{"to", "for", "from",
                                                         "of", "on",  "against"};
  const auto mark = Child(child, "mark");
  // "stopped short of owning up".
  const bool short_of = mark && *mark > range_.begin && Lemma(*mark - 1) == "short";
  return mark && (!IsOneOf(Lemma(*mark), kComplements) || short_of);
}

WordList Tree::Domain(std::uint32_t trigger) const {
  WordList out;
  for (const std::uint32_t child : Children(trigger)) {
    if (!LeavesDomain(child)) out.push_back(child);
  }
  // An object that is parsed as the verb's head; see RolesOf.
  const auto object = Head(trigger);
  if (object && Rel(trigger) == "amod" && IsObjectOver(trigger, *object)) out.push_back(*object);
  // Below a complement clause its subject belongs to the domain as well.
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const std::uint32_t child : Children(out[i])) {
      const Relation rel = Rel(child);
      const bool inner = rel.starts_with("nsubj") || (rel == "conj" && !IsJoinedAskew(child)) ||
                         rel == "acl:relcl";
      const bool leaves = LeavesDomain(child) || (rel == "conj" && IsJoinedAskew(child));
      if (child != trigger && (inner || !leaves)) out.push_back(child);
    }
  }
  return out;
}

WordList Tree::Below(std::uint32_t at) const {
  WordList out{at};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto children = Children(out[i]);
    out.insert(out.end(), children.begin(), children.end());
  }
  return out;
}

}  // namespace dateline::events
