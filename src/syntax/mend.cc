#include "syntax/mend.h"

#include <algorithm>
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

  /// "A soldier shot dead a boy", read as a noun with a soldier before it.
  void MendShotDead() {
    for (std::size_t at = first_ + 1; at + 1 < last_; ++at) {
      if (FormOf(token(at), story_.text) != "shot" || Pos(at) != "NOUN") continue;
      if (FormOf(token(at + 1), story_.text) != "dead" || Head(at + 1) != at) continue;
      const auto shooter = Child(at, "compound");
      if (!shooter || *shooter > at) continue;
      token(at).upos = "VERB";
      token(at).lemma = "shoot";
      token(at).feats = "Mood=Ind|Tense=Past|VerbForm=Fin";
      token(*shooter).deprel = "nsubj";
      token(at + 1).deprel = "xcomp";
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
    if (!verb) return;
    token(*verb).head.reset();
    token(*verb).deprel = "root";
    token(*root).head = Index(*verb);
    token(*root).deprel = "nsubj";
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
    const auto beside = Child(root, "appos");
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
  mender.MendShotDead();
  mender.MendSubjectsBefore();
  mender.MendSubjects();
  mender.MendObjectOfClauseBehind();
  mender.MendRoot();
}

}  // namespace dateline::syntax
