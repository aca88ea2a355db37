// Every feature is one 32-bit hash of what it is and what it says. A feature of a pair counts for
// the kind of phrase that is linked (which pronoun, which sort of name, a noun); the telling ones
// count for the kinds of both once more. What training did without is not asked. After Durrett and
// Klein, "Easy Victories and Uphill Battles in Coreference Resolution" (2013), with roles from the
// tree, word classes, quotations and the chain so far.
#include "coreference/features.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "text/unicode.h"

namespace dateline::coreference {
namespace {

using std::string_view;
using std::uint32_t;

constexpr uint32_t Mix(uint32_t a, uint32_t b) {
  uint32_t h = (a ^ (b + 0x9E3779B9U + (a << 6U) + (a >> 2U))) * 0x85EBCA6BU;
  return h ^ (h >> 15U);
}
template <typename... More>
constexpr uint32_t Mix(uint32_t a, uint32_t b, More... more) {
  return Mix(Mix(a, b), more...);
}

template <typename Enum>
constexpr uint32_t U(Enum value) {
  return static_cast<uint32_t>(value);
}

const uint32_t kSubject = HashWord("nsubj");

constexpr std::size_t kMostFeatures = 64;  // of a pair: more than there are calls of Put

// ---- facts

uint32_t CoarseOf(const Phrase& phrase) { return U(phrase.kind); }

bool IsContent(const Token& token) {
  return token.upos == "NOUN" || token.upos == "PROPN" || token.upos == "ADJ" ||
         token.upos == "NUM" || token.upos == "VERB";
}

class FactReader {
 public:
  FactReader(const Story& story, const Spelling& spelling, const Words& words,
             const WordClasses& classes)
      : story_(story),
        words_(words),
        classes_(classes),
        lower_(spelling.lower),
        lemma_(spelling.lemma) {
    MarkClauses();
  }

  [[nodiscard]] Facts Read(const Phrase& phrase) const {
    Facts facts;
    facts.coarse = CoarseOf(phrase);
    facts.lemma = lemma_[phrase.head];
    facts.form = lower_[phrase.head];
    facts.first = lower_[phrase.first];
    facts.last = lower_[phrase.last - 1];
    facts.before = phrase.first > 0 ? lower_[phrase.first - 1] : 1;
    facts.after = phrase.last < lower_.size() ? lower_[phrase.last] : 1;
    facts.word_class = classes_.Of(facts.lemma);
    facts.type = TypeOf(phrase, facts);
    const string_view head = FormOf(story_.tokens[phrase.head], story_.text);
    facts.prefix = head.size() < 4 ? 0 : HashWord(text::ToLower(head.substr(0, 4)));
    facts.upper = head.size() > 1 && text::IsAllUpper(head);
    ReadGovernor(phrase, facts);
    ReadWords(phrase, facts);
    const std::size_t block = Raw(story_.sentences[phrase.sentence].block);
    facts.block = static_cast<uint32_t>(block);
    facts.block_kind = U(story_.blocks[block].kind);
    return facts;
  }

 private:
  /// Verbs and adjectives that have a clause as subject or complement beside them.
  void MarkClauses() {
    clausal_.assign(story_.tokens.size(), false);
    subject_.assign(story_.tokens.size(), ~0U);
    copular_.assign(story_.tokens.size(), false);
    for (uint32_t i = 0; i < story_.tokens.size(); ++i) {
      const Token& token = story_.tokens[i];
      if (!token.head) continue;
      const std::size_t head = Raw(*token.head);
      if (token.deprel == "csubj" || token.deprel == "ccomp" || token.deprel == "xcomp") {
        clausal_[head] = true;
      }
      if (token.deprel.starts_with("nsubj")) subject_[head] = i;
      if (token.deprel == "cop") copular_[head] = true;
    }
  }

  static uint32_t TypeOf(const Phrase& phrase, const Facts& facts) {
    if (phrase.group) return 20;
    if (phrase.kind == MentionKind::kPronoun) return facts.lemma | 0x80U;
    if (phrase.kind == MentionKind::kName) return 10 + U(phrase.name);
    return phrase.animate ? 2 : 1;
  }

  void ReadGovernor(const Phrase& phrase, Facts& facts) const {
    const Token& token = story_.tokens[phrase.head];
    facts.role = HashWord(token.deprel);
    facts.apposition = token.deprel == "appos";
    facts.governor_at = token.head ? static_cast<uint32_t>(*token.head) : phrase.head;
    facts.governor = token.head ? lemma_[facts.governor_at] : 2;
    facts.clause = clausal_[facts.governor_at];
    facts.speaker = token.head && token.deprel == "nsubj" && words_.Of(facts.governor).speech;
    if (copular_[phrase.head] && !phrase.group) facts.copula_subject = subject_[phrase.head];
  }

  void ReadWords(const Phrase& phrase, Facts& facts) const {
    std::string initials;
    facts.modifiers.reserve(phrase.last - phrase.first);
    facts.name.reserve(phrase.name_last - phrase.name_first);
    for (uint32_t i = phrase.first; i < phrase.last; ++i) {
      const Token& token = story_.tokens[i];
      if (token.upos == "DET" || lower_[i] == possessive_ || lower_[i] == curly_possessive_)
        continue;
      facts.whole = Mix(facts.whole, lower_[i]);
      if (IsContent(token) && i != phrase.head) facts.modifiers.push_back(lower_[i]);
      const string_view form = FormOf(token, story_.text);
      if (text::StartsUpper(form)) initials += form.front();
    }
    std::ranges::sort(facts.modifiers);
    for (uint32_t i = phrase.name_first; i < phrase.name_last; ++i) {
      if (story_.tokens[i].upos != "PUNCT") facts.name.push_back(lower_[i]);
    }
    if (initials.size() > 2) facts.acronym = HashWord(text::ToLower(initials));
  }

  const Story& story_;
  const Words& words_;
  const WordClasses& classes_;
  const std::vector<uint32_t>& lower_;
  const std::vector<uint32_t>& lemma_;
  std::vector<bool> clausal_{};
  std::vector<bool> copular_{};
  std::vector<uint32_t> subject_{};
  uint32_t possessive_ = HashWord("'s");
  uint32_t curly_possessive_ = HashWord("’s");
};

// ---- buckets

constexpr uint32_t Bucket(uint32_t n) {
  if (n < 5) return n;
  if (n < 8) return 5;
  if (n < 16) return 6;
  if (n < 32) return 7;
  return n < 64 ? 8 : 9;
}

/// How the modifiers of a phrase stand to those of the earlier one.
uint32_t Modifiers(const Facts& now, const Facts& earlier) {
  if (now.modifiers.empty()) return earlier.modifiers.empty() ? 0 : 1;
  if (std::ranges::includes(earlier.modifiers, now.modifiers)) return 2;
  if (std::ranges::includes(now.modifiers, earlier.modifiers)) return 3;
  return 4;
}

/// Same, not told, other.
template <typename Value>
uint32_t Agreement(Value now, Value earlier) {
  if (now == Value{} || earlier == Value{}) return now == earlier ? 3 : 1;
  return now == earlier ? 0 : 2;
}

/// What every feature of a pair is counted with: the kind of the phrase, and the kinds of both.
struct Kinds {
  uint32_t phrase = 0;
  uint32_t both = 0;
};

Kinds KindsOf(const Scene& scene, uint32_t phrase, uint32_t earlier) {
  const Phrase& m = scene.found.phrases[phrase];
  const Phrase& a = scene.found.phrases[earlier];
  const Facts& now = scene.facts[phrase];
  const uint32_t both = Mix(now.coarse + 1, scene.facts[earlier].coarse + 1, U(a.name), U(m.name));
  return {.phrase = now.type, .both = both ^ 0x5BD1E995U};
}

/// One pair of phrases; `Out` takes each feature.
template <typename Out>
class Pair {
 public:
  Pair(const Scene& scene, uint32_t phrase, uint32_t earlier, Out& out)
      : scene_(scene),
        at_(phrase),
        before_(earlier),
        m_(scene.found.phrases[phrase]),
        a_(scene.found.phrases[earlier]),
        mf_(scene.facts[phrase]),
        af_(scene.facts[earlier]),
        kinds_(KindsOf(scene, phrase, earlier)),
        out_(out) {}

  void Add(const ChainState& chain) {
    Distance();
    Text();
    Grammar();
    Meaning();
    Speech();
    Chain(chain);
  }

 private:
  template <typename... Values>
  void Put(uint32_t id, Values... values) {
    out_(Mix(Mix(id, values...), kinds_.phrase));
  }
  template <typename... Values>
  void PutTwice(uint32_t id, Values... values) {
    const uint32_t base = Mix(id, values...);
    out_(Mix(base, kinds_.phrase));
    out_(Mix(base, kinds_.both));
  }

  void Distance() {
    const uint32_t sentences = Bucket(m_.sentence - a_.sentence);
    PutTwice(1, sentences);
    PutTwice(3, sentences, af_.role);
    PutTwice(4, af_.type, sentences == 0 ? 0U : 1U);
    PutTwice(5, mf_.block == af_.block ? 0U : 1U, af_.block_kind);
  }

  void Text() {
    const bool whole = mf_.whole == af_.whole;
    const bool head = mf_.lemma == af_.lemma;
    PutTwice(10, whole ? 1U : 0U, head ? 1U : 0U, Modifiers(mf_, af_));
    if (m_.kind == MentionKind::kPronoun && a_.kind == MentionKind::kPronoun) {
      Put(11, af_.form, mf_.form);
      return;
    }
    if (head || whole) PutTwice(12, U(m_.determiner), U(a_.determiner), Modifiers(mf_, af_));
    Parts(head);
  }

  /// What the words of the phrases share short of all.
  void Parts(bool head) {
    if (!mf_.name.empty() && !af_.name.empty()) {
      PutTwice(19, NameMatch(), mf_.name.size() > 1 ? 1U : 0U, af_.name.size() > 1 ? 1U : 0U);
    }
    if (mf_.prefix != 0 && mf_.prefix == af_.prefix && !head) Put(16, 1U);
    if ((mf_.upper && mf_.form == af_.acronym) || (af_.upper && af_.form == mf_.acronym)) {
      Put(17, 1U);
    }
    if (mf_.last == af_.last) Put(18, 1U);
  }

  /// How one name stands to the other.
  [[nodiscard]] uint32_t NameMatch() const {
    const std::vector<uint32_t>& now = mf_.name;
    const std::vector<uint32_t>& then = af_.name;
    if (now == then) return 0;
    if (now.size() == 1 && now.back() == then.back()) return 1;
    if (now.size() == 1 && now.back() == then.front()) return 2;
    if (IsPart(now, then)) return 3;
    if (then.size() == 1 && now.back() == then.back()) return 4;
    if (IsPart(then, now)) return 5;
    if (now.back() == then.back()) return now.front() == then.front() ? 6 : 7;
    return now.front() == then.front() ? 8 : 9;
  }
  /// Whether all words of one name stand in the other.
  static bool IsPart(const std::vector<uint32_t>& part, const std::vector<uint32_t>& whole) {
    return std::ranges::all_of(
        part, [&](uint32_t word) { return std::ranges::find(whole, word) != whole.end(); });
  }

  void Grammar() {
    PutTwice(20, mf_.role, af_.role);
    Put(21, U(m_.determiner), U(a_.determiner));
    if (a_.first <= m_.first && m_.last <= a_.last) Put(22, mf_.role, m_.head == a_.head ? 1U : 0U);
    if (m_.first <= a_.first && a_.last <= m_.last) Put(23, af_.role, m_.head == a_.head ? 1U : 0U);
    if (mf_.apposition && mf_.governor_at == a_.head) Put(24, a_.group ? 1U : 0U);
    if (mf_.copula_subject == a_.head) Put(25, U(m_.determiner));
    if (mf_.governor_at == af_.governor_at) Put(26, mf_.role, af_.role);
    if (mf_.governor_at == a_.head) Put(27, mf_.role);
    if (mf_.governor == af_.governor && mf_.role == af_.role) Put(28, 1U);
  }

  void Meaning() {
    Put(30, af_.word_class);
    Put(31, Agreement(m_.number, a_.number), Agreement(m_.gender, a_.gender));
    Put(32, U(m_.animate), U(a_.animate), U(a_.gender));
    Put(33, af_.lemma);
    if (m_.kind == MentionKind::kPronoun) Put(34, mf_.governor, af_.word_class, mf_.role);
  }

  void Speech() {
    const uint32_t inside = m_.quotation == 0 ? 0U : 1U;
    const uint32_t other = a_.quotation == 0 ? 0U : 1U;
    Put(40, inside, other, m_.quotation == a_.quotation ? 1U : 0U);
    const auto& quotations = scene_.found.quotations;
    const auto& mine = quotations[m_.quotation].speaker;
    if (mine && *mine == a_.head) Put(41, m_.person, inside);
    const auto& theirs = quotations[a_.quotation].speaker;
    if (theirs && *theirs == m_.head) Put(42, a_.person, other);
    const uint32_t sentences = Bucket(m_.sentence - a_.sentence);
    Put(44, U(mf_.speaker), U(af_.speaker), sentences);
    if (mine && theirs) Put(43, *mine == *theirs ? 1U : 0U, a_.person);
  }

  void Chain(const ChainState& chain) {
    PutTwice(51, Agreement(m_.gender, chain.gender), Agreement(m_.number, chain.number));
    PutTwice(52, U(chain.named), U(chain.animate), U(chain.name));
    PutTwice(53, chain.newest == before_ ? 1U : 0U, Bucket(at_ - chain.newest));
    Put(56, chain.spoke == 0 ? 0U : 1 + Bucket(m_.sentence + 1 - chain.spoke), U(mf_.speaker));
    PutTwice(57, chain.acted == 0 ? 0U : 1 + Bucket(m_.sentence + 1 - chain.acted), mf_.role);
  }

  const Scene& scene_;
  uint32_t at_;
  uint32_t before_;
  const Phrase& m_;
  const Phrase& a_;
  const Facts& mf_;
  const Facts& af_;
  Kinds kinds_;
  Out& out_;
};

}  // namespace

Scene MakeScene(const Story& story, const Words& words, const WordClasses& classes) {
  const Spelling spelling = SpellingOf(story);
  Scene scene{.found = FindPhrases(story, spelling, words), .facts = {}};
  const FactReader reader(story, spelling, words, classes);
  scene.facts.reserve(scene.found.phrases.size());
  for (const Phrase& phrase : scene.found.phrases) scene.facts.push_back(reader.Read(phrase));
  return scene;
}

void AddOpening(const Scene& scene, uint32_t phrase, uint32_t seen, Features& features) {
  const Phrase& m = scene.found.phrases[phrase];
  const Facts& f = scene.facts[phrase];
  const auto put = [&](uint32_t id, auto... values) {
    features.push_back(Mix(id, f.type, values...));
    features.push_back(Mix(id, f.coarse + 0xA5U, values...));
  };
  const uint32_t determiner = U(m.determiner);
  put(60, 0U);
  put(61, seen, determiner);
  put(62, f.lemma);
  put(63, f.first);
  put(64, f.before);
  put(65, f.after);
  put(66, Bucket(m.last - m.first), determiner);
  put(67, f.role);
  put(68, f.governor, f.role);
  put(69, f.word_class, determiner);
  put(70, Bucket(m.sentence), seen);
  put(71, f.block_kind);
  put(72, U(m.number), determiner);
  put(73, m.quotation == 0 ? 0U : 1U);
  put(74, f.clause ? 1U : 0U, f.role);
  put(75, f.lemma, seen);
  put(76, U(m.name), seen, f.modifiers.empty() ? 0U : 1U);
  put(77, f.last);
}

void AddLink(const Scene& scene, uint32_t phrase, uint32_t earlier, const ChainState& chain,
             Features& features) {
  const auto take = [&](uint32_t feature) { features.push_back(feature); };
  Pair(scene, phrase, earlier, take).Add(chain);
}

std::int32_t ScoreLink(const Ranker& ranker, const Scene& scene, std::uint32_t phrase,
                       std::uint32_t earlier, const ChainState& chain) {
  // Gathered first, then looked up in one plain loop.
  std::array<uint32_t, kMostFeatures> features;  // NOLINT(*-member-init): written before it is read
  std::size_t count = 0;
  const auto take = [&](uint32_t feature) {
    ranker.Fetch(feature);
    features[count++] = feature;
  };
  Pair(scene, phrase, earlier, take).Add(chain);
  return ranker.Score(std::span(features).first(count));
}

void Extend(ChainState& chain, const Scene& scene, uint32_t phrase) {
  const Phrase& m = scene.found.phrases[phrase];
  chain.newest = phrase;
  if (chain.gender == Gender::kUnknown) chain.gender = m.gender;
  if (chain.number == Number::kUnknown) chain.number = m.number;
  if (chain.name == NameClass::kNone) chain.name = m.name;
  chain.named = chain.named || m.kind == MentionKind::kName;
  chain.animate = chain.animate || m.animate;
  const Facts& facts = scene.facts[phrase];
  if (facts.speaker) chain.spoke = m.sentence + 1;
  if (facts.role == kSubject) chain.acted = m.sentence + 1;
}

}  // namespace dateline::coreference
