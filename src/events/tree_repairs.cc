#include <algorithm>
#include <array>
#include <string_view>

#include "events/one_of.h"
#include "events/tree.h"

// News is full of sentences that a parser gets wrong in the same few ways: a subject behind "In
// Lima," or a long apposition hangs on the wrong word. A verb that then lacks a side looks for it
// where it is known to go astray; a verb that has its sides is left alone.

namespace dateline::events {
namespace {

/// "The council, meeting in Lima, condemned it and fined anyone who ran": the noun that opens the
/// sentence is at times hung on a phrase behind the verb.
std::optional<std::uint32_t> NounThatOpens(const Tree& tree, std::uint32_t verb) {
  for (std::uint32_t at = tree.range().begin; at < verb; ++at) {
    const auto head = tree.Head(at);
    const bool noun = tree.Pos(at) == "NOUN" || tree.Pos(at) == "PROPN";
    if (!head || *head < verb || !noun || !tree.Case(at).empty() || tree.Rel(at) == "obl") continue;
    if (*head != verb && std::ranges::min(tree.Below(at)) == tree.range().begin) return at;
  }
  return std::nullopt;
}

/// "The ministry lost the files and Labour accused it of theft": what stands between "and" and the
/// verb is at times joined to the object before.
std::optional<std::uint32_t> NounBehindAnd(const Tree& tree, std::uint32_t verb) {
  constexpr std::uint32_t kLongest = 6;
  if (tree.Rel(verb) != "conj" && tree.Rel(verb) != "ccomp") return std::nullopt;
  for (std::uint32_t at = verb; at > tree.range().begin && verb - at < kLongest; --at) {
    const std::uint32_t noun = at - 1;
    const auto object = tree.Rel(noun) == "conj" ? tree.Head(noun) : std::nullopt;
    const bool before = object && *object < noun && tree.Rel(*object) == "obj";
    if (before && std::ranges::max(tree.Below(noun)) + 1 == verb) return noun;
  }
  return std::nullopt;
}

/// "The council last met in Lima": the subject is at times parsed below "last".
std::optional<std::uint32_t> SubjectBelowAdverb(const Tree& tree, std::uint32_t verb) {
  for (const std::uint32_t child : tree.Children(verb)) {
    const bool adverb = child < verb && tree.Rel(child) == "advmod";
    if (const auto noun = adverb ? tree.Child(child, "nsubj") : std::nullopt) return noun;
  }
  return std::nullopt;
}

}  // namespace

/// "Up to 600 miners marched", "sank more than ten boats": a counted noun beside a verb that lacks
/// a side is at times parsed as a phrase.
void Tree::CountedRoles(std::uint32_t verb, Roles& roles) const {
  for (const std::uint32_t child : Children(verb)) {
    if (!Rel(child).starts_with("obl") || !Child(child, "nummod") || Pos(child) != "NOUN") continue;
    const auto mark = Child(child, "case");
    const bool up_to = mark && Lemma(*mark) == "up" && Child(*mark, "fixed");
    const auto more = Child(child, "advmod");
    const bool than = more && Child(*more, "fixed");
    // "handed over 40 men": the particle is parsed as the number's.
    const auto over = Child(*Child(child, "nummod"), "advmod");
    const bool particle = over && *over == verb + 1 && Lemma(*over) == "over";
    const bool more_than = !mark && (than || particle);
    auto& before = roles.passive ? roles.object : roles.subject;
    if (child < verb && (up_to || more_than) && roles.surface().empty()) before.push_back(child);
    if (child > verb && more_than && !roles.passive && roles.object.empty())
      roles.object.push_back(child);
  }
}

/// "Ten sailors freed in Lima": in a headline the helper is dropped, and the participle of a verb
/// that cannot do without an object is at times parsed as finite.
void Tree::PassiveOfHeadline(std::uint32_t verb, Roles& roles) const {
  static constexpr std::array<std::string_view, 25> kNeedObject{
      "arrest", "detain", "jail",   "imprison",   "free",     "release", "expel",
      "expell", "deport", "evict",  "kill",       "wound",    "injure",  "hurt",
      "kidnap", "abduct", "murder", "execute",    "sentence", "convict", "oust",
      "behead", "bomb",   "acquit", "assassinate"};
  const Relation rel = Rel(verb);
  const bool clause = rel == "root" || rel == "conj" || rel == "parataxis" || !Head(verb);
  if (roles.passive || !clause || roles.subject.size() != 1 || !roles.object.empty()) return;
  if (roles.subject.front() > verb || Pos(verb) != "VERB" || !Feature(verb, "Tense=Past")) return;
  if (!IsOneOf(Lemma(verb), kNeedObject) || Lemma(roles.subject.front()) == "who") return;
  if (FormOf(story_.tokens[range_.end - 1], story_.text) == ".") return;
  const bool whole = std::ranges::any_of(Children(verb), [&](std::uint32_t child) {
    const Relation below = Rel(child);
    return below.starts_with("aux") || below.ends_with("comp") ||
           (below == "conj" && Pos(child) == "VERB");
  });
  if (whole) return;
  roles.passive = true;
  roles.object = std::move(roles.subject);
  roles.subject.clear();
}

/// "Chad to free ten sailors", "Chad, Niger to hold talks".
void Tree::SubjectOfHeadline(std::uint32_t verb, std::uint32_t noun, Roles& roles) const {
  const auto comma = Child(noun, "punct");
  const auto second = Child(noun, "appos");
  const bool parted = comma && Lemma(*comma) == ",";
  if (roles.subject.empty() && second && *second < verb && Pos(noun) == "PROPN" &&
      Pos(*second) == "PROPN") {
    roles.subject = {noun, *second};
  } else if (roles.subject.empty()) {
    roles.subject = {noun};
  } else if (roles.subject.size() == 1 && parted && Pos(noun) == "PROPN") {
    roles.subject.insert(roles.subject.begin(), noun);
  }
}

bool Tree::IsPlanOfHeadline(std::uint32_t verb) const {
  const auto noun = Rel(verb) == "acl" ? Head(verb) : std::nullopt;
  const auto mark = Child(verb, "mark");
  if (!noun || Head(*noun) || *noun > verb || !mark || Lemma(*mark) != "to") return false;
  if (Child(*noun, "cop") || Child(verb, "aux") || !Case(*noun).empty()) return false;
  for (std::uint32_t at = range_.begin; at < range_.end; ++at) {
    if (Feature(at, "VerbForm=Fin") && !IsSubordinate(at, verb)) return false;
  }
  return FormOf(story_.tokens[range_.end - 1], story_.text) != "?";
}

/// "hours after the council met, the premier spoke": no object of "met", as it is at times parsed.
bool Tree::IsBehindComma(std::uint32_t noun, std::uint32_t verb) const {
  if (noun < verb + 2 || Rel(verb) != "advcl" || Pos(verb + 1) != "PUNCT") return false;
  return Lemma(verb + 1) == "," && std::ranges::min(Below(noun)) == verb + 2;
}

/// The verb of saying that has told the clause, where an auxiliary stands in that: "said two men
/// had been beaten".
std::optional<std::uint32_t> Tree::ReportOver(std::uint32_t clause) const {
  constexpr std::array<std::string_view, 8> kSays{"say",  "tell",  "add",      "announce",
                                                  "note", "state", "maintain", "report"};
  const auto saying = Rel(clause) == "ccomp" ? Head(clause) : std::nullopt;
  const bool told = saying && *saying < clause && IsOneOf(Lemma(*saying), kSays);
  return told && TellsPast(*saying) && (Child(clause, "aux") || Child(clause, "cop"))
             ? saying
             : std::nullopt;
}

/// "said two men had been beaten and urged Chad to free the rest": a plain past of a verb of
/// speech, joined to a report that is no plain past, is what the speaker did.
bool Tree::IsSaidBesideReport(std::uint32_t verb, std::uint32_t head) const {
  static constexpr std::array<std::string_view, 28> kActs{
      "urge",    "call",   "ask",    "appeal",  "demand",    "accuse",    "blame",
      "warn",    "vow",    "pledge", "promise", "threaten",  "condemn",   "denounce",
      "reject",  "praise", "deny",   "insist",  "criticise", "criticize", "welcome",
      "dismiss", "offer",  "thank",  "propose", "refuse",    "request",   "implore"};
  // A participle with an object of its own is not joined to a passive.
  constexpr std::array<std::string_view, 3> kTo{"on", "for", "to"};
  const bool whole = Child(verb, "obj") || Child(verb, "ccomp") ||
                     (verb + 1 < range_.end && IsOneOf(Lemma(verb + 1), kTo));
  const bool told = Feature(verb, "VerbForm=Fin") || (Child(head, "aux:pass") && whole);
  return told && IsOneOf(Lemma(verb), kActs) && !Child(verb, "aux") && !Child(verb, "nsubj") &&
         ReportOver(head).has_value();
}

/// "Chad on Monday sent home ten men caught at sea": the subject is at times parsed as that of a
/// clause which stands behind the verb, or of what is quoted there: "In Lima, Ruiz accused Diaz of
/// having "sold a river"", or of a clause with a subject of its own: "40 miners rallied at a mine,
/// where a speech was called off".
void Tree::SubjectOfClauseBehind(std::uint32_t verb, Roles& roles) const {
  if (!roles.surface().empty()) return;
  const bool acts = !roles.object.empty();
  for (const std::uint32_t clause : Children(verb)) {
    const bool opens = Rel(clause) == "advcl" || Rel(clause) == "ccomp";
    if (clause < verb || Child(clause, "mark")) continue;
    const auto subject = Child(clause, "nsubj");
    if (!subject || *subject > verb) continue;
    if ((opens && acts) || HasSubjectBetween(verb, clause)) roles.subject.push_back(*subject);
  }
}

/// Whether the clause behind the verb has a subject that stands behind the verb as well.
bool Tree::HasSubjectBetween(std::uint32_t verb, std::uint32_t clause) const {
  return IsFinite(verb) && std::ranges::any_of(Children(clause), [&](std::uint32_t child) {
           return Rel(child).starts_with("nsubj") && child > verb && child < clause;
         });
}

/// "Some 90 youths, most of them hooded, pelted it": those of whom most are something.
void Tree::SubjectBeforeSome(std::uint32_t verb, Roles& roles) const {
  auto& side = roles.passive ? roles.object : roles.subject;
  if (side.size() != 1 || !IsSomeOfThem(side.front()) || !Feature(verb, "Tense=Past")) return;
  const std::uint32_t some = side.front();
  if (some < range_.begin + 2 || some >= verb || Lemma(some - 1) != "," || Lemma(verb - 1) != ",")
    return;
  const std::uint32_t before = some - 2;
  if (Pos(before) == "NOUN" || Pos(before) == "PROPN") side = {before};
}

/// "Border guards shot and killed two men": where the first of two joined verbs is taken for a
/// noun, its subject, or what is compounded with it, is the subject of the second.
void Tree::SubjectOfNounJoined(std::uint32_t verb, Roles& roles) const {
  if (Rel(verb) != "conj" || !roles.surface().empty() || !HasOwnObject(verb)) return;
  if (verb < range_.begin + 2 || Pos(verb - 1) != "CCONJ") return;
  const std::uint32_t first = verb - 2;
  if (Pos(first) != "NOUN" || Lemma(first) != "shot") return;
  const auto subject = Child(first, "nsubj");
  const auto doer = subject ? subject : Child(first, "compound");
  if (doer) roles.subject.push_back(*doer);
}

/// "Oman, by contrast, railed against the pact; its envoys stayed": what stands before a semicolon
/// and has no finite verb is at times parsed as a participle of the subject behind it.
std::optional<std::uint32_t> Tree::SubjectBeforeSemicolon(std::uint32_t verb) const {
  constexpr int kSteps = 4;
  if (Rel(verb) != "acl" || verb == range_.begin || Lemma(verb - 1) != "," || Child(verb, "aux"))
    return std::nullopt;
  auto noun = Head(verb);
  for (int up = 0; noun && up < kSteps && !Rel(*noun).starts_with("nsubj"); ++up)
    noun = Head(*noun);
  const auto over = noun ? Head(*noun) : std::nullopt;
  if (!over || !Rel(*noun).starts_with("nsubj") || *over < verb) return std::nullopt;
  for (std::uint32_t at = verb; at < *over; ++at) {
    if (Lemma(at) == ";") return noun;
  }
  return std::nullopt;
}

/// "Oman, at odds with its neighbour for years, called for talks": what stands before the main verb
/// is at times parsed as the whole, the verb as a participle within.
std::optional<std::uint32_t> Tree::SubjectBeforeAside(std::uint32_t verb) const {
  constexpr std::array<std::string_view, 3> kWithin{"nmod", "appos", "conj"};
  if (Rel(verb) != "acl" || verb < range_.begin + 2 || Lemma(verb - 1) != "," ||
      !Feature(verb, "Tense=Past") || Child(verb, "aux"))
    return std::nullopt;
  auto noun = Head(verb);
  while (noun && Head(*noun) && IsOneOf(Rel(*noun), kWithin)) noun = Head(*noun);
  const bool whole = noun && !Head(*noun) && *noun + 1 < verb && Lemma(*noun + 1) == ",";
  if (!whole || Pos(*noun) != "PROPN" || noun == Head(verb)) return std::nullopt;
  for (std::uint32_t at = range_.begin; at < range_.end; ++at) {
    if (at != verb && Feature(at, "VerbForm=Fin") && !IsSubordinate(at, verb)) return std::nullopt;
  }
  return noun;
}

/// "Oman, whose growers have lost a market, scrapped a tax", where both are at times parsed as
/// subjects of the clause between: not its growers.
void Tree::LeaveWhose(WordList& subject) const {
  if (subject.size() < 2) return;
  erase_if(subject, [&](std::uint32_t side) {
    const auto owner = Child(side, "nmod:poss");
    return owner && Lemma(*owner) == "whose";
  });
}

/// "In Lima, the capital, hundreds marched": what the place is said to be is at times parsed as a
/// subject before the subject.
void Tree::LeaveApposed(std::uint32_t verb, WordList& subject) const {
  if (subject.size() < 2) return;
  const std::uint32_t first = subject.front();
  const std::uint32_t second = subject[1];
  if (Head(first) != verb || Head(second) != verb || second > verb) return;
  const WordList below = Below(first);
  const std::uint32_t begin = std::ranges::min(below);
  const std::uint32_t end = std::ranges::max(below) + 1;
  const bool between =
      begin > range_.begin && end < second && Lemma(begin - 1) == "," && Lemma(end) == ",";
  const bool placed = std::ranges::any_of(Children(verb), [&](std::uint32_t child) {
    return child < begin && Rel(child).starts_with("obl") && !Case(child).empty();
  });
  if (between && placed) subject = WordList(subject.begin() + 1, subject.end());
}

/// ""Chad must go," Ana Ruiz, the premier, said": who says it is at times parsed as spoken to.
void Tree::SubjectBehindQuote(std::uint32_t verb, Roles& roles) const {
  if (!roles.surface().empty()) return;
  const auto clause = Child(verb, "ccomp");
  const auto name = clause && *clause < verb ? Child(*clause, "vocative") : std::nullopt;
  if (name && *name > *clause && *name < verb) roles.subject.push_back(*name);
}

/// "Chad had lied, Ruiz said, calling it an outrage": the verb of saying before a participle that
/// is parsed as if whoever is spoken of called it so.
std::optional<std::uint32_t> Tree::SayingBetween(std::uint32_t verb, std::uint32_t head) const {
  const bool beside = Rel(verb) == "advcl" && !Child(verb, "mark") && verb > range_.begin &&
                      Lemma(verb - 1) == "," && Feature(verb, "Tense=Pres");
  if (!beside || head > verb) return std::nullopt;
  for (const std::uint32_t child : Children(head)) {
    const bool between = child > head && child < verb && Rel(child) == "parataxis";
    if (between && Child(child, "nsubj")) return child;
  }
  return std::nullopt;
}

/// "dismissed it as "a tale told in bars" and called a strike": what is joined behind a quotation
/// is joined to the verb before it.
std::uint32_t Tree::HeadOutsideQuote(std::uint32_t verb, std::uint32_t head) const {
  const auto is_mark = [&](std::uint32_t at) {
    return Lemma(at) == "\"" || Lemma(at) == "”" || Lemma(at) == "“" || Lemma(at) == "''";
  };
  if (verb < head + 3 || Pos(verb - 1) != "CCONJ" || !is_mark(verb - 2)) return head;
  std::uint32_t opening = verb - 3;
  while (opening > range_.begin && !is_mark(opening)) --opening;
  std::optional<std::uint32_t> outer = head;
  while (outer && (*outer > opening || Pos(*outer) != "VERB")) outer = Head(*outer);
  return is_mark(opening) && head > opening ? outer.value_or(head) : head;
}

/// The subject that is at times parsed as the object of the clause before; see IsBehindComma.
void Tree::SubjectOfClauseBefore(std::uint32_t verb, Roles& roles) const {
  if (!roles.surface().empty()) return;
  for (const std::uint32_t clause : Children(verb)) {
    const auto noun = clause < verb ? Child(clause, "obj") : std::nullopt;
    if (!noun || *noun > verb || !IsBehindComma(*noun, clause)) continue;
    (roles.passive ? roles.object : roles.subject).push_back(*noun);
  }
}

/// "In Lima, General Ana Ruiz, the leader, condemned it": what stands behind the opening phrase is
/// at times parsed as a part of it; nearest to the phrase first.
std::optional<std::uint32_t> Tree::NounInOpening(std::uint32_t phrase, std::uint32_t verb) const {
  for (const std::uint32_t at : Below(phrase)) {
    const Relation rel = Rel(at);
    const bool aside = rel == "appos" || rel == "nsubj" || (rel == "conj" && !Child(at, "cc"));
    const bool noun = Pos(at) == "NOUN" || Pos(at) == "PROPN";
    if (at > phrase && at < verb && noun && aside) return at;
  }
  return std::nullopt;
}

/// What stands before a verb in a phrase and is its subject: "as police firing gas moved in", "on
/// Monday gunmen of the front fell upon a village".
std::optional<std::uint32_t> Tree::SubjectInPhrase(std::uint32_t phrase, std::uint32_t verb) const {
  constexpr std::array<std::string_view, 7> kDays{"monday", "tuesday",  "wednesday", "thursday",
                                                  "friday", "saturday", "sunday"};
  if (phrase >= verb || !Rel(phrase).starts_with("obl")) return std::nullopt;
  const auto mark = Child(verb, "mark");
  const auto day = Child(phrase, "compound");
  const bool bare = Case(phrase).empty();
  if ((mark && *mark < phrase && bare) || (day && *day < phrase && IsOneOf(Lemma(*day), kDays)))
    return phrase;
  return bare ? std::nullopt : NounInOpening(phrase, verb);
}

/// The subject of a finite verb that has none of its own, in what stands before it.
void Tree::StraySubject(std::uint32_t verb, Roles& roles) const {
  const Relation rel = Rel(verb);
  const auto mark = Child(verb, "mark");
  if (!roles.surface().empty() || Pos(verb) != "VERB") return;
  auto& side = roles.passive ? roles.object : roles.subject;
  if (const auto noun = SubjectBelowAdverb(*this, verb)) return side.push_back(*noun);
  if (!IsFinite(verb)) return;
  if (const auto noun = NounBehindAnd(*this, verb)) return side.push_back(*noun);
  if (rel == "conj" || rel.starts_with("acl") || (rel == "xcomp" && !mark)) return;
  for (const std::uint32_t child : Children(verb)) {
    if (const auto noun = SubjectInPhrase(child, verb)) return side.push_back(*noun);
  }
  const auto opening = rel == "root" ? NounThatOpens(*this, verb) : std::nullopt;
  if (opening) return side.push_back(*opening);
  // "Chad, whose capital lies near, pleaded for calm", parsed below "lies".
  const auto clause = Head(verb);
  const bool inside = rel == "advcl" && !mark && clause && Rel(*clause) == "acl:relcl";
  if (inside && verb > range_.begin && Lemma(verb - 1) == ",") side.push_back(*Head(*clause));
}

/// "after gunmen seized ten drivers" is at times parsed as gunmen who were seized: a participle of
/// the passive has no object, but for what is given and how something is called.
bool Tree::HasOwnObject(std::uint32_t verb) const {
  static constexpr std::array<std::string_view, 24> kTwo{
      "give",  "award", "deny", "offer", "pay",    "grant",   "hand", "show",
      "teach", "tell",  "send", "owe",   "allow",  "promise", "ask",  "name",
      "call",  "elect", "dub",  "label", "charge", "entitle", "fine", "appoint"};
  const auto object = Child(verb, "obj");
  return Pos(verb) == "VERB" && object && *object > verb && !Child(verb, "aux") &&
         !IsOneOf(Lemma(verb), kTwo);
}

/// "marched through the town, some of them burning flags" is at times parsed as some who are
/// marched.
bool Tree::IsSomeOfThem(std::uint32_t noun) const {
  constexpr std::array<std::string_view, 8> kSome{"some", "many",  "most",  "several",
                                                  "few",  "other", "dozen", "hundred"};
  const auto them = Child(noun, "nmod");
  return IsOneOf(Lemma(noun), kSome) && them && Pos(*them) == "PRON" && Case(*them) == "of";
}

bool Tree::IsFinite(std::uint32_t verb) const {
  const auto helper = Child(verb, "aux");
  return Feature(helper ? *helper : verb, "VerbForm=Fin");
}

/// "Ann Ruiz rang President Bo Diaz" with two subjects: the one behind the verb is its object.
void Tree::SubjectsAround(std::uint32_t verb, Roles& roles) const {
  if (roles.subject.size() != 2 || !roles.object.empty() || roles.passive) return;
  if (roles.subject.front() >= verb || roles.subject.back() <= verb) return;
  roles.object.push_back(roles.subject.back());
  roles.subject.pop_back();
}

/// "It denied that anyone had died": whoever says something is at times parsed as the "it" of "it
/// seems that".
void Tree::SubjectLikeExpletive(std::uint32_t verb, Roles& roles) const {
  constexpr std::array<std::string_view, 7> kImpersonal{"seem",   "appear", "happen", "turn",
                                                        "emerge", "follow", "matter"};
  if (!roles.subject.empty() || roles.passive || Pos(verb) != "VERB" || !IsFinite(verb)) return;
  if (!Child(verb, "ccomp")) return;
  const auto it = Child(verb, "expl");
  if (it && *it < verb && Lemma(*it) == "it" && !IsOneOf(Lemma(verb), kImpersonal))
    roles.subject.push_back(*it);
}

/// "Two planes carrying doctors landed": a finite verb parsed below the load is what the carrier
/// does.
std::uint32_t Tree::OverParticiple(std::uint32_t verb, std::uint32_t noun) const {
  if (Rel(verb) != "acl" || !Feature(verb, "VerbForm=Fin")) return noun;
  const auto participle = Head(noun);
  if (!participle || Rel(*participle) != "acl") return noun;
  return Head(*participle).value_or(noun);
}

}  // namespace dateline::events
