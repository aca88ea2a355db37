// A phrase is what hangs from a noun, name or pronoun in the tree: its determiners, adjectives,
// compounds, "of" phrases, clauses and appositions; not the preposition before it, nor what the
// clause adds when the noun is its predicate. A coordination is a phrase of its own beside its
// members ("France and Italy", for "they"). Names inside a phrase are phrases too ("US officials").
//
// Quotations are told by their marks, paragraph by paragraph; a straight mark opens and closes in
// turn. Their speaker is the subject of the verb of saying that stands outside the marks in the
// same sentence; a quotation without one keeps the speaker of the one before it.
#include "coreference/mentions.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/unicode.h"

namespace dateline::coreference {
namespace {

using std::string_view;

constexpr std::uint32_t kNoToken = ~std::uint32_t{0};

bool OneOf(string_view word, std::initializer_list<string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

/// What stands in the phrase that its head's child heads.
bool Belongs(string_view deprel, bool before) {
  if (deprel.starts_with("nmod") || deprel.starts_with("acl") || deprel.starts_with("det")) {
    return true;
  }
  if (OneOf(deprel, {"amod", "nummod", "compound", "flat", "fixed", "goeswith", "appos", "list",
                     "dep", "nummod:gov"})) {
    return true;
  }
  return before ? deprel == "advmod" : deprel == "case";
}

NameClass ClassOf(string_view ner) {
  if (ner.size() < 3) return NameClass::kNone;
  const string_view type = ner.substr(2);
  if (type == "PER") return NameClass::kPerson;
  if (type == "ORG") return NameClass::kOrganization;
  if (type == "LOC") return NameClass::kLocation;
  return type == "NORP" ? NameClass::kNationality : NameClass::kOther;
}

class Finder {
 public:
  Finder(const Story& story, const Spelling& spelling, const Words& words)
      : story_(story), spelling_(spelling), words_(words) {}

  Phrases Run() {
    const auto size = static_cast<std::uint32_t>(story_.tokens.size());
    SpreadSubtrees(size);
    FindNames(size);
    FindQuotations(size);
    for (std::uint32_t i = 0; i < size; ++i) Consider(i);
    std::ranges::sort(found_.phrases, {},
                      [](const Phrase& p) { return std::pair(p.first, ~p.last); });
    return std::move(found_);
  }

 private:
  [[nodiscard]] const Token& At(std::uint32_t i) const { return story_.tokens[i]; }
  [[nodiscard]] std::uint32_t HeadOf(std::uint32_t i) const {
    return At(i).head ? static_cast<std::uint32_t>(*At(i).head) : kNoToken;
  }
  [[nodiscard]] string_view FormAt(std::uint32_t i) const { return FormOf(At(i), story_.text); }

  // ---- the tree

  struct Subtree {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };

  /// The stretch of each subtree, and the phrase stretch: what belongs to a head as a noun phrase.
  void SpreadSubtrees(std::uint32_t size) {
    subtree_.resize(size);
    phrase_.resize(size);
    children_.assign(size, kNoToken);
    sibling_.assign(size, kNoToken);
    for (std::uint32_t i = 0; i < size; ++i) subtree_[i] = phrase_[i] = {i, i + 1};
    for (std::uint32_t i = size; i-- > 0;) {
      if (const std::uint32_t head = HeadOf(i); head != kNoToken) {
        sibling_[i] = children_[head];
        children_[head] = i;
      }
    }
    for (std::uint32_t i = 0; i < size; ++i) Climb(i);
    for (std::uint32_t i = 0; i < size; ++i) GrowPhrase(i);
  }

  /// Widens the subtrees of all heads above; ends where a subtree holds the word already.
  void Climb(std::uint32_t i) {
    for (std::uint32_t head = HeadOf(i); head != kNoToken; head = HeadOf(head)) {
      Subtree& tree = subtree_[head];
      if (tree.first <= i && i < tree.last) break;
      tree.first = std::min(tree.first, i);
      tree.last = std::max(tree.last, i + 1);
    }
  }

  void GrowPhrase(std::uint32_t head) {
    Subtree& range = phrase_[head];
    for (std::uint32_t child = children_[head]; child != kNoToken; child = sibling_[child]) {
      if (!Belongs(At(child).deprel, child < head)) continue;
      range.first = std::min(range.first, subtree_[child].first);
      range.last = std::max(range.last, subtree_[child].last);
    }
  }

  /// The stretch of the name each word stands in, and the word that heads it.
  void FindNames(std::uint32_t size) {
    name_.assign(size, {});
    for (std::uint32_t i = 0; i < size;) {
      std::uint32_t last = i + 1;
      if (!At(i).ner.starts_with("B-")) {
        i = last;
        continue;
      }
      while (last < size && At(last).ner.starts_with("I-")) ++last;
      for (std::uint32_t k = i; k < last; ++k) name_[k] = {i, last};
      i = last;
    }
  }
  [[nodiscard]] bool InName(std::uint32_t i) const { return name_[i].last > name_[i].first; }
  /// Whether the word's governor stands outside its name.
  [[nodiscard]] bool HeadsName(std::uint32_t i) const {
    const std::uint32_t head = HeadOf(i);
    return head == kNoToken || head < name_[i].first || head >= name_[i].last;
  }

  template <typename Function>
  void ForChildren(std::uint32_t head, Function&& function) const {
    for (std::uint32_t child = children_[head]; child != kNoToken; child = sibling_[child]) {
      function(child, string_view(At(child).deprel));
    }
  }

  // ---- quotations

  void FindQuotations(std::uint32_t size) {
    quotation_.assign(size, 0);
    found_.quotations.emplace_back();
    std::uint32_t open = 0;
    std::size_t block = ~std::size_t{0};
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::size_t here = Raw(story_.sentences[Raw(At(i).sentence)].block);
      if (here != block) open = 0;
      block = here;
      open = Mark(i, open);
      quotation_[i] = open;
    }
    FindSpeakers(size);
  }

  /// The quotation that is open behind the token.
  std::uint32_t Mark(std::uint32_t i, std::uint32_t open) {
    const string_view form = FormAt(i);
    const bool straight = form == "\"" || form == "''" || form == "``";
    if (open != 0 && (straight || form == "”")) return 0;
    if (open == 0 && (straight || form == "“")) {
      found_.quotations.emplace_back();
      return static_cast<std::uint32_t>(found_.quotations.size() - 1);
    }
    return open;
  }

  void FindSpeakers(std::uint32_t size) {
    for (std::uint32_t i = 0; i < size; ++i) {
      if (quotation_[i] != 0 || At(i).upos != "VERB" || !words_.Of(spelling_.lemma[i]).speech)
        continue;
      const std::uint32_t speaker = SubjectOf(i);
      if (speaker == kNoToken || quotation_[speaker] != 0) continue;
      for (const std::uint32_t quotation : QuotationsBeside(i)) {
        auto& known = found_.quotations[quotation].speaker;
        if (!known) known = speaker;
      }
    }
    for (std::size_t q = 2; q < found_.quotations.size(); ++q) {
      if (!found_.quotations[q].speaker) {
        found_.quotations[q].speaker = found_.quotations[q - 1].speaker;
      }
    }
  }

  [[nodiscard]] std::uint32_t SubjectOf(std::uint32_t verb) const {
    std::uint32_t subject = kNoToken;
    ForChildren(verb, [&](std::uint32_t child, string_view deprel) {
      if (deprel.starts_with("nsubj")) subject = child;
    });
    return subject;
  }

  /// The quotations that touch the sentence of a token.
  [[nodiscard]] std::vector<std::uint32_t> QuotationsBeside(std::uint32_t token) const {
    std::vector<std::uint32_t> beside;
    const SentenceIndex sentence = At(token).sentence;
    const auto visit = [&](std::uint32_t i) {
      const std::uint32_t q = quotation_[i];
      if (q != 0 && (beside.empty() || beside.back() != q)) beside.push_back(q);
    };
    std::uint32_t first = token;
    while (first > 0 && At(first - 1).sentence == sentence) --first;
    for (std::uint32_t i = first; i < story_.tokens.size() && At(i).sentence == sentence; ++i) {
      visit(i);
    }
    return beside;
  }

  // ---- phrases

  void Consider(std::uint32_t i) {
    const Token& token = At(i);
    if (!MayHead(i)) return;
    Phrase phrase = Describe(i);
    found_.phrases.push_back(phrase);
    if (token.deprel != "conj") AddCoordination(phrase);
  }

  [[nodiscard]] bool MayHead(std::uint32_t i) const {
    const Token& token = At(i);
    const bool inner = OneOf(token.deprel, {"flat", "fixed", "goeswith"});
    const bool name = ClassOf(token.ner) != NameClass::kNone;
    if (name && token.ner.ends_with("PER") && !HeadsName(i)) return false;
    if (token.upos == "PRON") return token.feats.find("PronType=Rel") == std::string::npos;
    if (token.upos == "NOUN" || token.upos == "PROPN") return !inner;
    if (token.upos == "ADJ") {
      return !inner && (token.deprel == "amod" ? name && !IsNorp(token) : IsArgument(token.deprel));
    }
    if (token.upos == "NUM") {
      return !inner && (IsYear(FormAt(i)) || !OneOf(token.deprel, {"nummod", "compound"}));
    }
    if (token.upos == "ADV") return OneOf(token.lemma, {"here", "there", "home", "then"});
    return token.upos == "DET" && IsArgument(token.deprel);
  }
  static bool IsYear(string_view form) { return form.size() == 4 && text::AllDigits(form); }
  static bool IsNorp(const Token& token) { return ClassOf(token.ner) == NameClass::kNationality; }
  static bool IsArgument(string_view deprel) {
    return deprel.starts_with("nsubj") || deprel.starts_with("obl") || deprel == "obj" ||
           deprel == "iobj" || deprel.starts_with("nmod");
  }

  [[nodiscard]] Phrase Describe(std::uint32_t head) const {
    Phrase phrase;
    phrase.head = head;
    const bool adverb = At(head).upos == "ADV";
    phrase.first = adverb ? head : phrase_[head].first;
    phrase.last = adverb ? head + 1 : phrase_[head].last;
    if (InName(head) && HeadsName(head)) {
      phrase.first = std::min(phrase.first, name_[head].first);
      phrase.last = std::max(phrase.last, name_[head].last);
    }
    phrase.sentence = static_cast<std::uint32_t>(At(head).sentence);
    phrase.quotation = quotation_[head];
    phrase.name_first = name_[head].first;
    phrase.name_last = name_[head].last;
    Trim(phrase);
    const Token& token = At(head);
    phrase.name = ClassOf(token.ner);
    if (token.upos == "PRON") {
      phrase.kind = MentionKind::kPronoun;
    } else if (phrase.name != NameClass::kNone || token.upos == "PROPN") {
      phrase.kind = MentionKind::kName;
    }
    phrase.number = NumberOf(token);
    ReadPerson(phrase);
    ReadGender(phrase);
    phrase.determiner = DeterminerOf(phrase);
    return phrase;
  }

  /// No mark at the edges.
  void Trim(Phrase& phrase) const {
    while (phrase.last - 1 > phrase.head && At(phrase.last - 1).upos == "PUNCT") --phrase.last;
    while (phrase.first < phrase.head && OneOf(At(phrase.first).upos, {"PUNCT", "ADP", "CCONJ"})) {
      ++phrase.first;
    }
    if (phrase.last < story_.tokens.size() && Opens(phrase)) ++phrase.last;
  }

  /// Whether the phrase opens a quotation that closes just behind it: the “quiet man”.
  [[nodiscard]] bool Opens(const Phrase& phrase) const {
    const string_view behind = FormAt(phrase.last);
    if (behind != "”" && behind != "\"") return false;
    std::uint32_t opened = 0;
    for (std::uint32_t i = phrase.first; i < phrase.last; ++i) {
      const string_view form = FormAt(i);
      if (form == "“" || form == "\"") ++opened;
      if (form == "”") opened = 0;
    }
    return opened % 2 == 1;
  }

  static Number NumberOf(const Token& token) {
    if (token.feats.find("Number=Plur") != std::string::npos) return Number::kPlural;
    if (token.feats.find("Number=Sing") != std::string::npos) return Number::kSingular;
    return Number::kUnknown;
  }

  void ReadPerson(Phrase& phrase) const {
    if (phrase.kind != MentionKind::kPronoun) return;
    const std::string& feats = At(phrase.head).feats;
    const std::size_t at = feats.find("Person=");
    if (at != std::string::npos && at + 7 < feats.size()) {
      phrase.person = static_cast<std::uint8_t>(feats[at + 7] - '0');
    }
    phrase.animate = phrase.person == 1 || phrase.person == 2;
  }

  void ReadGender(Phrase& phrase) const {
    const std::string& feats = At(phrase.head).feats;
    if (phrase.kind == MentionKind::kPronoun) {
      if (feats.find("Gender=Masc") != std::string::npos) phrase.gender = Gender::kMale;
      if (feats.find("Gender=Fem") != std::string::npos) phrase.gender = Gender::kFemale;
      phrase.animate = phrase.animate || phrase.gender != Gender::kUnknown;
      return;
    }
    const WordFacts lemma = words_.Of(spelling_.lemma[phrase.head]);
    const bool person = phrase.name == NameClass::kPerson;
    phrase.animate = person || (phrase.name == NameClass::kNone && lemma.person);
    if (phrase.animate && !person) phrase.gender = lemma.gender;
    if (!person) return;
    for (std::uint32_t i = phrase.first; i < phrase.last && phrase.gender == Gender::kUnknown;
         ++i) {
      const bool title = i < phrase.head && ClassOf(At(i).ner) == NameClass::kNone;
      if (title || ClassOf(At(i).ner) == NameClass::kPerson)
        phrase.gender = words_.Of(spelling_.lower[i]).gender;
      if (i > phrase.head && At(i).upos == "PUNCT") break;
    }
  }

  [[nodiscard]] Determiner DeterminerOf(const Phrase& phrase) const {
    Determiner determiner = Determiner::kNone;
    ForChildren(phrase.head, [&](std::uint32_t child, string_view deprel) {
      if (determiner != Determiner::kNone) return;
      if (deprel == "nmod:poss") determiner = Determiner::kPossessive;
      if (deprel != "det") return;
      const string_view lemma = At(child).lemma;
      if (lemma == "the")
        determiner = Determiner::kDefinite;
      else if (lemma == "a" || lemma == "an")
        determiner = Determiner::kIndefinite;
      else if (OneOf(lemma, {"this", "that"}))
        determiner = Determiner::kDemonstrative;
      else
        determiner = Determiner::kOther;
    });
    return determiner;
  }

  /// "France and Italy": from the first member to the end of the last.
  void AddCoordination(const Phrase& member) {
    std::uint32_t last = member.head;
    ForChildren(member.head, [&](std::uint32_t child, string_view deprel) {
      if (deprel == "conj" && MayHead(child)) last = std::max(last, child);
    });
    if (last == member.head) return;
    Phrase group = member;
    group.group = true;
    group.kind = MentionKind::kNominal;
    group.number = Number::kPlural;
    group.gender = Gender::kUnknown;
    group.first = std::min(member.first, phrase_[member.head].first);
    group.last = std::max(phrase_[last].last, last + 1);
    Trim(group);
    if (group.last > member.last) found_.phrases.push_back(group);
  }

  const Story& story_;
  const Spelling& spelling_;
  const Words& words_;
  Phrases found_{};
  std::vector<Subtree> subtree_{};
  std::vector<Subtree> phrase_{};
  std::vector<std::uint32_t> children_{};
  std::vector<std::uint32_t> sibling_{};
  std::vector<std::uint32_t> quotation_{};
  std::vector<Subtree> name_{};
};

}  // namespace

Phrases FindPhrases(const Story& story, const Spelling& spelling, const Words& words) {
  return Finder(story, spelling, words).Run();
}

}  // namespace dateline::coreference
