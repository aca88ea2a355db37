#include "syntax/mend.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace dateline::syntax {
namespace {

class Mender {
 public:
  Mender(Story& story, std::size_t first, std::size_t last)
      : story_(story), first_(first), last_(last) {}

  /// Where something is quoted, subjects stand behind their verbs: nothing is touched there.
  void MendSubjects() {
    if (HasQuotes()) return;
    for (std::size_t at = first_; at < last_; ++at) {
      if (Rel(at) != "nsubj") continue;
      const auto verb = Head(at);
      if (!verb || at < *verb || Pos(*verb) != "VERB" || !HasSubjectBefore(*verb)) continue;
      if (Child(*verb, "ccomp") || Child(*verb, "parataxis")) continue;  // "so he said, X said"
      const auto object = Child(*verb, "obj");
      if (!object) {
        token(at).deprel = "obj";
      } else if (*object < at &&
                 (FormOf(token(at - 1), story_.text) == "," || HasComma(*object, at))) {
        token(at).head = Index(*object);
        token(at).deprel = "appos";
      }
    }
  }

  /// What stands before the root is no object of a clause that opens behind it.
  void MendObjectOfClauseBehind() {
    const auto root = Root();
    if (!root || Pos(*root) != "VERB" || HasAny(*root, "nsubj") || HasAny(*root, "nsubj:pass"))
      return;
    for (std::size_t at = first_; at < *root; ++at) {
      const auto verb = Rel(at) == "obj" ? Head(at) : std::nullopt;
      const auto mark = verb && Head(*verb) == root ? Child(*verb, "mark") : std::nullopt;
      if (!mark || *mark < *root || *verb < *mark) continue;
      token(at).head = Index(*root);
      token(at).deprel = "nsubj";
      return;
    }
  }

  /// "met the envoy, Said Djinnit": in front of a capital the capital makes a name that stands
  /// beside the noun before the comma, and no verb of speech.
  void MendNameSaid() {
    if (HasQuotes()) return;
    for (std::size_t at = first_ + 2; at + 1 < last_; ++at) {
      const std::size_t noun = IsNameSaid(at) ? NounBefore(at) : at;
      const auto over = Head(at) ? Head(at) : Child(at, "ccomp");
      if (noun == at || !over) continue;
      for (std::size_t i = first_; i < last_; ++i) {
        if (Head(i) == at && i != at + 1 && i != *over) token(i).head = Index(*over);
      }
      if (!Head(at)) {
        token(*over).head.reset();
        token(*over).deprel = "root";
      }
      Attach(at, noun, "appos");
      Attach(at + 1, at, "flat");
      token(at).upos = "PROPN";
      token(at).feats = "Number=Sing";
    }
  }

  /// A noun, adjective or adverb with an object behind it is a verb whose tag went astray: "Rebels
  /// storm a port", "The bloc on Monday froze their assets", "A soldier shot dead a boy".
  void MendVerbsWithObjects() {
    // From behind: what is read as a noun's object may prove to name it.
    for (std::size_t at = last_; at-- > first_;) {
      if (!MayBeVerb(at) || !HasObjectBehind(at)) continue;
      if (IsMarkedInfinitive(at)) {
        MakeVerb(at, "VerbForm=Inf");
      } else if (TakeSubject(at) || TakeRoot(at)) {
        MakeVerb(at, "Mood=Ind|Tense=Past|VerbForm=Fin");
      }
    }
  }

  /// A verb with a subject or a conjunction of its own is not compounded with the noun behind it,
  /// which is its object: "Chad froze aid to Niger", "they met but drew crowds".
  void MendVerbsCompounded() {
    for (std::size_t at = first_; at < last_; ++at) {
      const bool modifies = Rel(at) == "compound" || (Rel(at) == "amod" && HasSubject(at));
      const auto noun = Pos(at) == "VERB" && modifies ? Head(at) : std::nullopt;
      if (!noun || *noun < at || !IsVerbOfClause(at)) continue;
      const auto over = Head(*noun);
      const bool relative = at > first_ && IsRelative(at - 1);
      const std::string_view joined = HasAny(at, "cc") ? "conj" : "parataxis";
      token(at).head = token(*noun).head;
      token(at).deprel = relative ? token(*noun).deprel : std::string(over ? joined : "root");
      if (over && Rel(*noun) == "appos") TakeNamedSubject(at, *over);
      Attach(*noun, at, "obj");
    }
  }

  /// "Chad, which shipped oil, urged calm": what stands right behind the pronoun is the verb of its
  /// clause, and no part of the clause around it.
  void MendRelatives() {
    for (std::size_t at = first_ + 2; at + 1 < last_; ++at) {
      if (!IsRelative(at) || Rel(at) != "nsubj" || Pos(at + 1) != "VERB") continue;
      const std::size_t verb = at + 1;
      const std::string_view rel = Rel(verb);
      if (rel != "nsubj" && rel != "ccomp" && rel != "parataxis") continue;
      const std::size_t noun = NounBefore(at);
      if (noun == at || IsBelow(noun, verb) || IsBelow(noun, at)) continue;
      token(verb).head = Index(noun);
      token(verb).deprel = "acl:relcl";
      token(at).head = Index(verb);
    }
  }

  /// "Chad said ten men would be tried": what stands right before the helper of a finite verb that
  /// has no subject is its subject, and no object of the verb before it.
  void MendToldClauses() {
    for (std::size_t at = first_ + 2; at < last_; ++at) {
      if (Pos(at) != "VERB" || HasSubject(at) || HasAny(at, "cc") || HasAny(at, "mark")) continue;
      const auto helper = FirstHelper(at);
      const auto noun = helper ? NounEndingAt(*helper) : std::nullopt;
      const auto saying = noun ? Head(*noun) : std::nullopt;
      if (!saying || *saying == at || IsBelow(*saying, at)) continue;
      token(at).head = Index(*saying);
      token(at).deprel = "ccomp";
      token(*noun).head = Index(at);
      token(*noun).deprel = HasAny(at, "aux:pass") ? "nsubj:pass" : "nsubj";
    }
  }

  /// "Chad demanded on Monday that Norway and Niger leave": what is demanded is no clause beside
  /// the demand, nor joined to it; "was hit so hard that it fell" tells what follows.
  void MendClausesOfThat() {
    constexpr std::array<std::string_view, 5> kBefore{"so", "now", "given", "order", "except"};
    for (std::size_t at = first_ + 2; at < last_; ++at) {
      const bool beside = Rel(at) == "advcl" || (Rel(at) == "conj" && !HasAny(at, "cc"));
      const auto mark = beside ? Child(at, "mark") : std::nullopt;
      const auto verb = mark ? Head(at) : std::nullopt;
      if (!verb || *verb >= *mark || FormOf(token(*mark), story_.text) != "that") continue;
      const std::string_view before = FormOf(token(*mark - 1), story_.text);
      const bool follows =
          HasAny(*verb, "advmod") || std::ranges::find(kBefore, before) != kBefore.end();
      const bool told = HasAny(*verb, "obj") || HasAny(*verb, "ccomp") || HasAny(*verb, "xcomp");
      if (Pos(*verb) == "VERB" && HasSubject(*verb) && !follows && !told)
        token(at).deprel = "ccomp";
    }
  }

  /// "in a town where the mayor, an ally, hit out": what stands right behind the word that opens a
  /// clause is the subject of its finite verb, if that has none.
  void MendOpenedClauses() {
    for (std::size_t at = first_ + 2; at < last_; ++at) {
      if (Pos(at) != "VERB" || !token(at).feats.contains("VerbForm=Fin") || HasSubject(at))
        continue;
      const auto opener = OpenerOf(at);
      const auto noun = opener ? NounBeginningAt(*opener + 1, at) : std::nullopt;
      if (!noun || IsBelow(*noun, at) || IsBelow(at, *noun)) continue;
      token(*noun).head = Index(at);
      token(*noun).deprel = "nsubj";
    }
  }

  /// "Chad protested, and Niger, while denying that it had fired, freed ten men": the name behind
  /// "and" is the subject of the verb behind what it does meanwhile, and not joined to the noun
  /// before.
  void MendSubjectsBeforeAsides() {
    for (std::size_t noun = first_ + 2; noun + 4 < last_; ++noun) {
      const bool name = Pos(noun) == "PROPN" || Pos(noun) == "NOUN";
      if (!name || Rel(noun) != "conj" || !IsComma(noun + 1)) continue;
      const auto joint = Child(noun, "cc");
      if (!joint || *joint == first_ || !IsComma(*joint - 1)) continue;
      const auto aside = Head(noun + 2);
      if (Rel(noun + 2) != "mark" || !aside) continue;
      const auto before = VerbOver(noun);
      const auto verb = VerbBehindAside(*aside);
      if (!verb || !before || IsBelow(*before, *verb) || IsBelow(*before, *aside)) continue;
      Attach(*verb, *before, "conj");
      Attach(*aside, *verb, "advcl");
      Attach(noun, *verb, "nsubj");
      Attach(*joint, *verb, "cc");
    }
  }

  /// "A plea for help had been turned down, a source said": who stands behind what is told says it,
  /// and what stands before is told.
  void MendSpeakersBehind() {
    for (std::size_t at = first_ + 1; at + 1 < last_; ++at) {
      const auto saying = Rel(at) == "ccomp" && Pos(at) == "VERB" ? Head(at) : std::nullopt;
      if (!saying || *saying < at) continue;
      const auto before = Child(*saying, "nsubj");
      const std::string_view role = HasAny(at, "nsubj:pass") ? "nsubj:pass" : "nsubj";
      const auto behind = Child(at, role);
      if (!before || !behind || *before > at || *behind < at || *behind > *saying) continue;
      if (HasTwo(*saying, "nsubj") || !HasCommaBetween(at, *behind)) continue;
      Attach(*before, at, role);
      Attach(*behind, *saying, "nsubj");
    }
  }

  /// "He left; the envoys, both ill, were held": a name beside a joined verb without subject.
  void MendSubjectsBeside() {
    for (std::size_t at = first_ + 2; at < last_; ++at) {
      const bool joined = Rel(at) == "conj" || Rel(at) == "parataxis";
      if (Pos(at) != "VERB" || !joined || HasSubject(at) || HasAny(at, "cc") || !FirstHelper(at))
        continue;
      for (std::size_t noun = at; noun-- > first_ && Pos(noun) != "VERB";) {
        const bool beside = Rel(noun) == "parataxis" && Head(noun) == Head(at);
        if (!beside || (Pos(noun) != "NOUN" && Pos(noun) != "PROPN")) continue;
        Attach(noun, at, HasAny(at, "aux:pass") ? "nsubj:pass" : "nsubj");
        break;
      }
    }
  }

  /// "Speaking in Lima, the minister condemned it": what stands right before the root, parted by a
  /// comma from the clause that opens the sentence, is its subject.
  void MendSubjectBehindOpening() {
    const auto root = Root();
    if (!root || *root < first_ + 3 || Pos(*root) != "VERB" || HasSubject(*root)) return;
    const bool finite = token(*root).feats.contains("VerbForm=Fin");
    const auto helper = FirstHelper(*root);
    if (!finite && !helper) return;
    std::optional<std::size_t> noun;
    const std::size_t end = helper ? *helper : *root;
    if (end < first_ + 3) return;
    for (std::optional<std::size_t> at = end - 1; at && Pos(*at) != "VERB"; at = Head(*at))
      noun = at;
    if (!noun || (Pos(*noun) != "NOUN" && Pos(*noun) != "PROPN") || HasAny(*noun, "case")) return;
    const std::size_t begin = FirstBelow(*noun);
    if (begin == first_ || !IsComma(begin - 1) || !Head(*noun) || Head(*noun) == *root) return;
    if (*Head(*noun) > begin) return;
    Attach(*noun, *root, HasAny(*root, "aux:pass") ? "nsubj:pass" : "nsubj");
  }

  /// "Chad fired, Niger said, and rammed a boat": what is joined behind a verb of speech between
  /// commas is joined to what is said.
  void MendJoinedBehindSpeech() {
    for (std::size_t at = first_ + 3; at < last_; ++at) {
      const auto saying = Head(at);
      if (Rel(at) != "conj" || Pos(at) != "VERB" || !saying || HasSubject(at)) continue;
      if (*saying + 2 >= at || Rel(*saying) != "parataxis" || !HasAny(at, "cc")) continue;
      const auto said = Head(*saying);
      if (said && *said < *saying && IsComma(*saying + 1) && Child(at, "cc") == *saying + 2)
        token(at).head = Index(*said);
    }
  }

  /// Of two subjects before a verb the second is joined to the first, or names it: "neighbours Chad
  /// and Niger".
  void MendSubjectsBefore() {
    for (std::size_t at = first_; at < last_; ++at) {
      const auto verb = Rel(at) == "nsubj" ? Head(at) : std::nullopt;
      if (!verb || *verb < at) continue;
      const auto first = Child(*verb, "nsubj");
      if (!first || *first >= at) continue;
      if (HasAny(at, "cc")) {
        token(at).head = Index(*first);
        token(at).deprel = "conj";
      } else if (*first + 1 == at && Pos(at) == "PROPN" && Pos(*first) == "NOUN") {
        token(at).head = Index(*first);
        token(at).deprel = "appos";
      }
    }
  }

  void MendRoot() {
    const auto root = Root();
    if (!root || (Pos(*root) != "PROPN" && Pos(*root) != "NOUN")) return;
    if (last_ - first_ < 4 || FormOf(token(last_ - 1), story_.text) != ".") return;
    auto verb = LostVerb(*root);
    if (!verb) verb = BareConjunct(*root);
    if (!verb) verb = StrandedVerb(*root);
    if (!verb) verb = LoneParticiple(*root);
    if (!verb) return;
    token(*verb).head.reset();
    token(*verb).deprel = "root";
    token(*root).head = Index(*verb);
    token(*root).deprel = HasAny(*verb, "aux:pass") ? "nsubj:pass" : "nsubj";
  }

 private:
  Token& token(std::size_t at) { return story_.tokens[at]; }
  [[nodiscard]] const Token& token(std::size_t at) const { return story_.tokens[at]; }
  [[nodiscard]] std::string_view Rel(std::size_t at) const { return token(at).deprel; }
  [[nodiscard]] std::string_view Pos(std::size_t at) const { return token(at).upos; }
  static TokenIndex Index(std::size_t at) { return TokenIndex{static_cast<std::uint32_t>(at)}; }
  [[nodiscard]] std::optional<std::size_t> Head(std::size_t at) const {
    const auto& head = token(at).head;
    return head ? std::optional<std::size_t>(Raw(*head)) : std::nullopt;
  }

  [[nodiscard]] std::optional<std::size_t> Child(std::size_t of, std::string_view rel) const {
    for (std::size_t at = first_; at < last_; ++at) {
      if (Rel(at) == rel && Head(at) == of) return at;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool HasQuotes() const {
    for (std::size_t at = first_; at < last_; ++at) {
      const std::string_view form = FormOf(token(at), story_.text);
      if (form.contains('"') || form == "“" || form == "”" || form == "``" || form == "''")
        return true;
    }
    return false;
  }

  [[nodiscard]] bool HasSubjectBefore(std::size_t verb) const {
    for (std::size_t at = first_; at < verb; ++at) {
      if (Rel(at) == "nsubj" && Head(at) == verb) return true;
    }
    return false;
  }

  /// Whether the word stands where a verb may stand and is tagged as something else. What has a
  /// price is "worth" it.
  [[nodiscard]] bool MayBeVerb(std::size_t at) const {
    const std::string_view pos = Pos(at);
    const std::string_view rel = Rel(at);
    if (pos != "NOUN" && pos != "PROPN" && pos != "ADJ" && pos != "ADV") return false;
    if (rel == "obj" || rel == "iobj" || rel.starts_with("obl") || rel.starts_with("nmod"))
      return false;
    const std::string_view form = FormOf(token(at), story_.text);
    return form != "worth" && form != "like" && form != "unlike";
  }

  [[nodiscard]] bool HasObjectBehind(std::size_t at) const {
    const auto object = Child(at, "obj");
    return object && *object > at;
  }

  [[nodiscard]] bool IsMarkedInfinitive(std::size_t at) const {
    const auto mark = Child(at, "mark");
    return mark && *mark < at && FormOf(token(*mark), story_.text) == "to";
  }

  /// The subject before the verb: what is compounded with it, where none is read as one.
  bool TakeSubject(std::size_t at) {
    const auto subject = Child(at, "nsubj");
    if (subject && *subject < at) {
      // "Chad armed the rebels, Niger said".
      if (Rel(at).starts_with("nsubj")) token(at).deprel = "ccomp";
      return true;
    }
    if (at == first_ || Head(at - 1) != at) return false;
    if (Rel(at - 1) != "compound" && Rel(at - 1) != "amod") return false;
    for (std::size_t before = first_; before + 1 < at; ++before) {
      const bool modifies = Rel(before) != "cc" && Pos(before) != "PUNCT";
      if (Head(before) == at && modifies) token(before).head = Index(at - 1);
    }
    token(at - 1).deprel = "nsubj";
    return true;
  }

  /// The noun that opens the sentence and is read as its root is the verb's subject; what is read
  /// as the noun's object names it.
  bool TakeRoot(std::size_t at) {
    const auto root = Head(at);
    if (!root || *root > at || token(*root).head || HasAny(*root, "cop")) return false;
    if (Pos(*root) != "NOUN" && Pos(*root) != "PROPN") return false;
    for (std::size_t i = first_; i < last_; ++i) {
      if (Head(i) != *root || i == at) continue;
      if (Rel(i) == "obj" && i < at) token(i).deprel = "appos";
      if (i > at) token(i).head = Index(at);
    }
    token(at).head.reset();
    token(at).deprel = "root";
    token(*root).head = Index(at);
    token(*root).deprel = "nsubj";
    return true;
  }

  void MakeVerb(std::size_t at, std::string_view feats) {
    token(at).upos = "VERB";
    token(at).feats = feats;
    for (std::size_t i = at + 1; i < last_; ++i) {
      if (Head(i) == at && Rel(i) == "amod") token(i).deprel = "xcomp";  // "shot dead"
    }
  }

  [[nodiscard]] bool IsRelative(std::size_t at) const {
    const std::string_view form = FormOf(token(at), story_.text);
    return form == "which" || form == "who";
  }

  /// Whether the verb has a subject or a conjunction of its own, or stands behind "which".
  [[nodiscard]] bool IsVerbOfClause(std::size_t at) const {
    const auto subject = Child(at, "nsubj");
    return (at > first_ && IsRelative(at - 1)) || HasAny(at, "cc") || (subject && *subject < at);
  }

  /// The noun that the relative pronoun stands for: the head of the phrase before it and its comma.
  [[nodiscard]] std::size_t NounBefore(std::size_t pronoun) const {
    std::size_t noun = pronoun - 1;
    if (FormOf(token(noun), story_.text) == ",") --noun;
    if (Pos(noun) != "NOUN" && Pos(noun) != "PROPN") return pronoun;
    while (Rel(noun) == "flat" || Rel(noun) == "compound") {
      const auto head = Head(noun);
      if (!head || *head > pronoun) break;
      noun = *head;
    }
    return noun;
  }

  /// "Chad, Niger sign pact", a headline: the name before the verb's subject is one too.
  void TakeNamedSubject(std::size_t verb, std::size_t name) {
    const auto subject = Child(verb, "nsubj");
    if (!subject || name + 2 != *subject || Pos(name) != "PROPN" || !Head(name)) return;
    token(verb).head = token(name).head;
    token(name).head = Index(verb);
    token(name).deprel = "nsubj";
  }

  [[nodiscard]] bool HasSubject(std::size_t verb) const {
    for (std::size_t at = first_; at < last_; ++at) {
      const std::string_view rel = Rel(at);
      const bool subject = rel.starts_with("nsubj") || rel.starts_with("csubj") || rel == "expl";
      if (subject && Head(at) == verb) return true;
    }
    return false;
  }

  /// The first of the verb's helpers, if it stands in a tense: "would" of "would be tried".
  [[nodiscard]] std::optional<std::size_t> FirstHelper(std::size_t verb) const {
    for (std::size_t at = first_; at < verb; ++at) {
      if (Head(at) == verb && Rel(at).starts_with("aux"))
        return token(at).feats.contains("VerbForm=Fin") ? std::optional(at) : std::nullopt;
    }
    return std::nullopt;
  }

  /// The noun whose phrase ends right before the word and which is read as the object of a verb
  /// that stands before it, or as a second subject of one behind it: "men who planted a bomb |
  /// had".
  [[nodiscard]] std::optional<std::size_t> NounEndingAt(std::size_t end) const {
    std::optional<std::size_t> noun;
    if (end < first_ + 2) return noun;
    std::size_t from = end - 1;
    if (IsComma(from)) --from;
    // "Chad, which he said was ready".
    if (Pos(from) == "VERB" && Rel(from) != "acl") return noun;
    for (std::optional<std::size_t> at = from; at && *at >= first_; at = Head(*at)) {
      const std::string_view rel = Rel(*at);
      const auto over = Head(*at);
      if (Pos(*at) == "VERB" && !rel.starts_with("acl")) break;
      if (Pos(*at) == "VERB") noun.reset();
      if (rel == "ccomp" || (rel == "obj" && over && *over < *at)) noun = at;
      const bool second = rel == "nsubj" && over && *over > end && HasTwo(*over, "nsubj");
      if (second) return at;
    }
    return noun;
  }

  [[nodiscard]] bool HasTwo(std::size_t of, std::string_view rel) const {
    int found = 0;
    for (std::size_t at = first_; at < last_; ++at) found += Rel(at) == rel && Head(at) == of;
    return found > 1;
  }

  /// The word before the verb that opens its clause: "after", "where".
  [[nodiscard]] std::optional<std::size_t> OpenerOf(std::size_t verb) const {
    for (std::size_t at = first_; at + 1 < verb; ++at) {
      if (Head(at) != verb) continue;
      const std::string_view form = FormOf(token(at), story_.text);
      const bool adverb = form == "where" || form == "when" || form == "why";
      if ((Rel(at) == "mark" && form != "to") || (Rel(at) == "advmod" && adverb)) return at;
    }
    return std::nullopt;
  }

  /// The noun without a preposition whose phrase begins at the word, and ends before `end`.
  [[nodiscard]] std::optional<std::size_t> NounBeginningAt(std::size_t begin,
                                                           std::size_t end) const {
    std::optional<std::size_t> noun;
    for (std::optional<std::size_t> at = begin; at && *at >= begin && *at < end; at = Head(*at)) {
      if (Pos(*at) == "VERB" || Pos(*at) == "AUX" || Rel(*at) == "case") return std::nullopt;
      noun = at;
    }
    if (!noun || (Pos(*noun) != "NOUN" && Pos(*noun) != "PROPN" && Pos(*noun) != "PRON"))
      return std::nullopt;
    return HasAny(*noun, "case") ? std::nullopt : noun;
  }

  [[nodiscard]] bool IsComma(std::size_t at) const { return FormOf(token(at), story_.text) == ","; }

  void Attach(std::size_t at, std::size_t head, std::string_view rel) {
    token(at).head = Index(head);
    token(at).deprel = rel;
  }

  [[nodiscard]] bool HasCommaBetween(std::size_t from, std::size_t to) const {
    for (std::size_t at = from + 1; at < to; ++at) {
      if (IsComma(at)) return true;
    }
    return false;
  }

  /// The first word of the phrase.
  [[nodiscard]] std::size_t FirstBelow(std::size_t noun) const {
    for (std::size_t at = first_; at < noun; ++at) {
      if (IsBelow(at, noun) && Pos(at) != "PUNCT") return at;
    }
    return noun;
  }

  /// The nearest verb above the word.
  [[nodiscard]] std::optional<std::size_t> VerbOver(std::size_t at) const {
    auto up = Head(at);
    while (up && Pos(*up) != "VERB") up = Head(*up);
    return up;
  }

  /// The verb in the past without subject behind the comma that ends the aside, read as a part of
  /// it.
  [[nodiscard]] std::optional<std::size_t> VerbBehindAside(std::size_t aside) const {
    for (std::size_t at = aside + 1; at < last_; ++at) {
      const bool past = Pos(at) == "VERB" && token(at).feats.contains("Tense=Past");
      if (past && IsComma(at - 1) && IsBelow(at, aside) && !HasSubject(at) && !HasAny(at, "mark"))
        return at;
    }
    return std::nullopt;
  }

  /// Whether the phrase of `at` begins with a comma: the comma hangs on it.
  [[nodiscard]] bool HasComma(std::size_t from, std::size_t at) const {
    for (std::size_t i = from + 1; i < at; ++i) {
      if (FormOf(token(i), story_.text) == "," && Head(i) == at) return true;
    }
    return false;
  }

  [[nodiscard]] std::optional<std::size_t> Root() const {
    for (std::size_t at = first_; at < last_; ++at) {
      if (!token(at).head) return at;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool IsBelow(std::size_t at, std::size_t over) const {
    for (std::size_t step = first_; step < last_; ++step) {
      const auto head = Head(at);
      if (!head) return false;
      if (*head == over) return true;
      at = *head;
    }
    return false;
  }

  /// The verb without subject or mark behind the comma that ends what is told of the name. A past
  /// participle will do: "spoke" is read as one where no subject is seen.
  [[nodiscard]] std::optional<std::size_t> LostVerb(std::size_t root) const {
    auto beside = Child(root, "appos");
    if (!beside) beside = Child(root, "acl:relcl");
    if (!beside) return std::nullopt;
    for (std::size_t at = *beside + 1; at < last_; ++at) {
      if (Pos(at) != "VERB" || !token(at).feats.contains("Tense=Past")) continue;
      if (FormOf(token(at - 1), story_.text) != "," || !IsBelow(at, root)) continue;
      if (Rel(at) == "conj" || HasAny(at, "nsubj") || HasAny(at, "mark") ||
          HasAny(at, "nsubj:pass"))
        continue;
      return at;
    }
    return std::nullopt;
  }
  /// A verb in the past that is read as joined to the name, by no word and no comma: "Relations
  /// improved".
  [[nodiscard]] std::optional<std::size_t> BareConjunct(std::size_t root) const {
    for (std::size_t at = root + 1; at < last_; ++at) {
      if (Rel(at) != "conj" || Head(at) != root || Pos(at) != "VERB") continue;
      const bool comma = FormOf(token(at - 1), story_.text) == ",";
      const bool bare =
          !comma && !HasAny(at, "cc") && !HasAny(at, "nsubj") && !HasAny(at, "nsubj:pass");
      if (bare && token(at).feats.contains("Tense=Past")) return at;
    }
    return std::nullopt;
  }
  /// The finite verb in the past that lacks a subject and is read as part of what is told of the
  /// noun: "Two planes carrying doctors landed", "A general, who had denied it, apologised".
  [[nodiscard]] std::optional<std::size_t> StrandedVerb(std::size_t root) const {
    if (HasAny(root, "cop") || HasAny(root, "case") || HasSubject(root)) return std::nullopt;
    for (std::size_t at = root + 1; at < last_; ++at) {
      if (!IsStranded(at) || !IsBelow(at, root)) continue;
      // "Hackers linked to Chad crippled a site": the participle comes first.
      const auto later = at == root + 1 ? ParticipleWithObject(at) : std::nullopt;
      return later ? later : at;
    }
    return std::nullopt;
  }

  /// "A senator called for talks": in prose what is told of a noun that is all of the sentence is
  /// its verb. Captions have no other ("Ann Lee, pictured in May.").
  [[nodiscard]] std::optional<std::size_t> LoneParticiple(std::size_t root) const {
    constexpr std::array<std::string_view, 6> kOfCaptions{"pictured",     "seen",   "shown",
                                                          "photographed", "posted", "based"};
    if (HasAny(root, "cop") || HasAny(root, "case") || HasSubject(root)) return std::nullopt;
    for (std::size_t at = root + 1; at < last_; ++at) {
      if (Head(at) != root || Rel(at) != "acl" || Pos(at) != "VERB") continue;
      const std::string_view form = FormOf(token(at), story_.text);
      const bool caption = std::ranges::find(kOfCaptions, form) != kOfCaptions.end();
      const bool past = token(at).feats.contains("Tense=Past");
      if (!past || caption || HasSubject(at) || HasAny(at, "aux") || HasAny(at, "mark"))
        return std::nullopt;
      // "The consul, named as Ana Ruiz, left".
      return IsComma(at - 1) ? VerbBehindAside(at) : std::optional(at);
    }
    return std::nullopt;
  }

  [[nodiscard]] bool IsNameSaid(std::size_t at) const {
    const std::string_view behind = FormOf(token(at + 1), story_.text);
    return FormOf(token(at), story_.text) == "Said" && FormOf(token(at - 1), story_.text) == "," &&
           Pos(at + 1) == "PROPN" && Head(at + 1) == at && behind.front() >= 'A' &&
           behind.front() <= 'Z';
  }

  [[nodiscard]] bool IsStranded(std::size_t at) const {
    if (Pos(at) != "VERB" || HasSubject(at) || HasAny(at, "mark") || HasAny(at, "cc")) return false;
    for (std::size_t i = first_; i < at; ++i) {
      const std::string_view form = FormOf(token(i), story_.text);
      const bool relative = form == "which" || form == "whom" || form == "that";
      if (relative && Head(i) == at) return false;
    }
    const std::string& feats = token(at).feats;
    const bool past = feats.contains("VerbForm=Fin") && feats.contains("Tense=Past");
    return past || FirstHelper(at);
  }

  [[nodiscard]] std::optional<std::size_t> ParticipleWithObject(std::size_t behind) const {
    for (std::size_t at = behind + 1; at < last_; ++at) {
      const bool past = Pos(at) == "VERB" && token(at).feats.contains("Tense=Past");
      if (past && HasObjectBehind(at) && !HasSubject(at) && !HasAny(at, "aux") &&
          !HasAny(at, "mark") && !HasAny(at, "cc"))
        return at;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool HasAny(std::size_t of, std::string_view rel) const {
    return Child(of, rel).has_value();
  }

  Story& story_;
  std::size_t first_;
  std::size_t last_;
};

}  // namespace

void MendTree(Story& story, std::size_t first, std::size_t last) {
  Mender mender(story, first, last);
  mender.MendNameSaid();
  mender.MendVerbsWithObjects();
  mender.MendVerbsCompounded();
  mender.MendRelatives();
  mender.MendToldClauses();
  mender.MendClausesOfThat();
  mender.MendOpenedClauses();
  mender.MendSubjectsBeforeAsides();
  mender.MendSubjectBehindOpening();
  mender.MendJoinedBehindSpeech();
  mender.MendSpeakersBehind();
  mender.MendSubjectsBeside();
  mender.MendSubjectsBefore();
  mender.MendSubjects();
  mender.MendObjectOfClauseBehind();
  mender.MendRoot();
}

}  // namespace dateline::syntax
