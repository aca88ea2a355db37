// The language model finds names by how they stand in the sentence; the tables know some for
// certain. Where both speak of the same words the model decides what is a name, and the tables may
// mend its type ("Tonga" is no person). Where the model saw nothing, a name that the tables know
// and that is written as a name is added.
#include "names/names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "names/known.h"
#include "names/lexicon.h"
#include "names/reading.h"
#include "text/unicode.h"

namespace dateline::names {

struct NameFinder::Impl {
  Lexicon lexicon;
  KnownNames known;
};

namespace {

constexpr std::array<std::string_view, 5> kTypeNames{"PER", "ORG", "LOC", "NORP", "MISC"};

/// The names that BIO tags mark.
std::vector<Name> ReadTags(const std::vector<Token>& tokens) {
  std::vector<Name> names;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const std::string_view tag = tokens[i].ner;
    if (tag.size() < 3) continue;
    const auto type = std::ranges::find(kTypeNames, tag.substr(2));
    if (type == kTypeNames.end()) continue;
    if (tag.starts_with("B-") || names.empty()) {
      names.push_back({static_cast<NameType>(type - kTypeNames.begin()), TokenIndex{i}, {}});
    }
    names.back().last = TokenIndex{i + 1};
  }
  return names;
}

/// One story being read.
class NameReader {
 public:
  NameReader(const NameFinder::Impl& know, const Reading& reading)
      : know_(know), reading_(reading), story_(reading.story()) {}

  std::vector<Name> Run() {
    for (const Name& name : ReadTags(story_.tokens)) {
      if (!IsTitleCase(reading_.sentences()[reading_.SentenceOf(First(name))])) AddParts(name);
    }
    JoinCoordinated();
    JoinGiven();
    JoinHyphened();
    JoinBodies();
    std::erase_if(found_, [this](const Name& name) { return IsDay(name) || IsOffice(name); });
    for (Name& name : found_) {
      WithoutHonorific(name);
      MendType(name);
    }
    AddHeadlines();
    AddKnown();
    return std::move(found_);
  }

 private:
  static std::uint32_t First(const Name& name) { return static_cast<std::uint32_t>(name.first); }
  static std::uint32_t Last(const Name& name) { return static_cast<std::uint32_t>(name.last); }

  /// A name, or the names it is made of: "Kenya's Energy Ministry", "Macron-Xi".
  void AddParts(const Name& name) {
    if (!AddPossessed(name) && !AddPair(name)) found_.push_back(name);
  }

  bool AddPossessed(const Name& name) {
    const auto owner = know_.known.At(reading_, First(name), Last(name));
    if (!owner || owner->kind != KnownKind::kCountry) return false;
    const std::uint32_t joint = First(name) + owner->length;
    if (joint + 1 >= Last(name)) return false;
    if (reading_[joint].form != "'s" && reading_[joint].form != "’s") return false;
    found_.push_back({NameType::kLoc, name.first, TokenIndex{joint}});
    found_.push_back({name.type, TokenIndex{joint + 1}, name.last});
    return true;
  }

  /// Two countries or leaders with a hyphen between.
  bool AddPair(const Name& name) {
    const std::uint32_t joint = First(name) + 1;
    if (Last(name) - First(name) != 3 || reading_[joint].form != "-") return false;
    const auto whole = know_.known.At(reading_, First(name), Last(name));
    const auto right = know_.known.At(reading_, joint + 1, Last(name));
    if (!whole || whole->length != 1 || !right || !IsPower(*whole) || !IsPower(*right))
      return false;
    found_.push_back({KnownNames::TypeOf(whole->kind), name.first, TokenIndex{joint}});
    found_.push_back({KnownNames::TypeOf(right->kind), TokenIndex{joint + 1}, name.last});
    return true;
  }
  static bool IsPower(const Known& known) {
    return known.kind == KnownKind::kCountry || known.kind == KnownKind::kLeader ||
           known.kind == KnownKind::kCalled;
  }

  // ---- headlines in title case, where capitals tell nothing

  /// Most words of four letters or more are capitalised.
  [[nodiscard]] bool IsTitleCase(TokenRange sentence) const {
    std::size_t words = 0;
    std::size_t capitals = 0;
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      if (reading_[i].form.size() < 4 || !text::HasLetter(reading_[i].form)) continue;
      ++words;
      capitals += reading_[i].capital ? 1U : 0U;
    }
    return words > 1 && capitals * 10 >= words * 8 && (words > 3 || capitals == words) &&
           IsHeading(sentence, words);
  }

  /// A full stop ends prose; two or three capitalised words ("Putin Meets Xi") are a headline only
  /// in a block of that kind, or in capitals throughout.
  [[nodiscard]] bool IsHeading(TokenRange sentence, std::size_t words) const {
    const Sentence& whole = story_.sentences[reading_.SentenceOf(sentence.first)];
    const BlockKind kind = story_.blocks[Raw(whole.block)].kind;
    const bool heading = kind == BlockKind::kHeadline || kind == BlockKind::kSubheading;
    if (!heading && reading_[sentence.last - 1].form == ".") return false;
    return words > 3 || heading || !text::HasLower(whole.span.of(story_.text));
  }

  /// What names of the body a word stands in.
  struct Bearer {
    NameType type = NameType::kMisc;
    bool alone = false;  ///< it is the whole name
  };
  using Bearers = std::unordered_map<std::string_view, Bearer>;

  /// Words of the names found in the body name the same in a headline. Where capitals tell
  /// something, only whole names and the names of people do.
  void AddHeadlines() {
    Bearers bearers;
    for (const Name& name : found_) {
      for (std::uint32_t i = First(name); i < Last(name); ++i) {
        if (!reading_[i].capital || reading_.Is(i, kCommon)) continue;
        Bearer& bearer = bearers.try_emplace(reading_.Folded(i), Bearer{name.type}).first->second;
        bearer.alone = bearer.alone || (Last(name) - First(name) == 1 && bearer.type == name.type);
      }
    }
    for (const TokenRange sentence : reading_.sentences()) {
      if (IsTitleCase(sentence)) {
        AddHeadline(sentence, bearers);
      } else if (IsHeadline(sentence)) {
        Bearers sure = bearers;
        std::erase_if(sure, [](const auto& bearer) {
          return !bearer.second.alone && bearer.second.type != NameType::kPer;
        });
        AddHeadline(sentence, sure);
      }
    }
    std::ranges::sort(found_, {}, &Name::first);
  }

  [[nodiscard]] bool IsHeadline(TokenRange sentence) const {
    const Sentence& whole = story_.sentences[reading_.SentenceOf(sentence.first)];
    return story_.blocks[Raw(whole.block)].kind == BlockKind::kHeadline;
  }

  [[nodiscard]] bool IsNamed(std::uint32_t token) const {
    return std::ranges::any_of(
        found_, [token](const Name& name) { return First(name) <= token && token < Last(name); });
  }

  void AddHeadline(TokenRange sentence, const Bearers& bearers) {
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      const auto bearer = bearers.find(reading_.Folded(i));
      const auto known = know_.known.At(reading_, i, sentence.last);
      if (bearer == bearers.end() || !reading_[i].capital || IsNamed(i)) continue;
      if (known && known->length > 1) continue;
      const NameType type = bearer->second.type;
      std::uint32_t last = i + 1;
      while (last < sentence.last && reading_[last].capital && !IsNamed(last)) {
        const auto more = bearers.find(reading_.Folded(last));
        if (more == bearers.end() || more->second.type != type) break;
        ++last;
      }
      found_.push_back({type, TokenIndex{i}, TokenIndex{last}});
      i = last - 1;
    }
  }

  /// "House Oversight and" + "Reform Committee" are one; else a name does not end in "and".
  void JoinCoordinated() {
    for (std::size_t i = 0; i < found_.size(); ++i) {
      Name& name = found_[i];
      const std::string_view last = reading_.Folded(Last(name) - 1);
      if (Last(name) - First(name) < 2 || (last != "and" && last != "of" && last != "the"))
        continue;
      const bool more = i + 1 < found_.size() && found_[i + 1].first == name.last &&
                        found_[i + 1].type == name.type;
      if (more) {
        name.last = found_[i + 1].last;
        found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      } else {
        name.last = TokenIndex{Last(name) - 1};
      }
    }
  }

  /// "Monday" by itself.
  [[nodiscard]] bool IsDay(const Name& name) const {
    return Last(name) - First(name) == 1 && reading_.Is(First(name), kTimeWord) &&
           (name.type != NameType::kPer || reading_.Folded(First(name)).ends_with("day"));
  }

  /// "the Taoiseach": a title, not who bears it.
  [[nodiscard]] bool IsOffice(const Name& name) const {
    return Last(name) - First(name) == 1 && name.type == NameType::kPer && First(name) > 0 &&
           reading_.Is(First(name), kHead) && reading_.Folded(First(name) - 1) == "the";
  }

  /// "Mr Ito" is "Ito".
  void WithoutHonorific(Name& name) const {
    if (name.type != NameType::kPer) return;
    while (First(name) + 1 < Last(name) && reading_.Is(First(name), kHonorific)) {
      name.first = TokenIndex{First(name) + 1};
    }
  }

  /// "Urs" + "Keller" are one: a given name does not end where a name begins right behind it.
  void JoinGiven() {
    for (std::size_t i = 0; i + 1 < found_.size(); ++i) {
      const Name& next = found_[i + 1];
      const bool person = found_[i].type == NameType::kPer && next.type == NameType::kPer;
      if (!person || found_[i].last != next.first || Last(found_[i]) - First(found_[i]) != 1)
        continue;
      if (reading_.SentenceOf(First(found_[i])) != reading_.SentenceOf(First(next))) continue;
      // "WASHINGTON Barack Obama": a dateline without its dash
      if (reading_[First(found_[i])].upper != reading_[First(next)].upper) continue;
      found_[i].last = next.last;
      found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  }

  /// "Guinea" + "-" + "Bissau" are one, where that is the name of a country.
  void JoinHyphened() {
    for (std::size_t i = 0; i + 1 < found_.size(); ++i) {
      const std::uint32_t joint = Last(found_[i]);
      if (First(found_[i + 1]) != joint + 1 || reading_[joint].form != "-") continue;
      const auto whole = know_.known.At(reading_, First(found_[i]), Last(found_[i + 1]));
      const bool country = whole && whole->kind == KnownKind::kCountry;
      if (!country || whole->length != Last(found_[i + 1]) - First(found_[i])) continue;
      found_[i] = {NameType::kLoc, found_[i].first, found_[i + 1].last};
      found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  }

  /// "Organisation for Security and Co-operation in" + "Europe" are one, where that is the name of
  /// a body.
  void JoinBodies() {
    for (std::size_t i = 0; i + 1 < found_.size(); ++i) {
      const std::uint32_t gap = First(found_[i + 1]) - Last(found_[i]);
      if (found_[i].type != NameType::kOrg || gap > 1) continue;
      const auto whole = know_.known.At(reading_, First(found_[i]), Last(found_[i + 1]));
      const bool body = whole && whole->kind == KnownKind::kOrganization;
      if (!body || whole->length != Last(found_[i + 1]) - First(found_[i])) continue;
      found_[i].last = found_[i + 1].last;
      found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  }

  /// A country is no person and no thing, unless its name is a first name too ("Jordan"); nor is
  /// its capital or seat of government a person, nor a body whose name has several words.
  void MendType(Name& name) const {
    if (name.type == NameType::kLoc && IsFullName(name)) name.type = NameType::kPer;
    if (name.type != NameType::kPer && name.type != NameType::kMisc) return;
    const auto known = know_.known.At(reading_, First(name), Last(name));
    if (!known || known->length != Last(name) - First(name)) return;
    if (known->kind == KnownKind::kCountry && !reading_.Is(First(name), kGiven)) {
      name.type = NameType::kLoc;
    }
    if (known->kind == KnownKind::kOrganization && known->length > 1) name.type = NameType::kOrg;
    const bool seat = known->kind == KnownKind::kCapital || known->kind == KnownKind::kSeat;
    if (seat && name.type == NameType::kPer && !reading_.Is(First(name), kGiven) &&
        !IsSurname(First(name)))
      name.type = NameType::kLoc;
  }

  /// "Pedro Lagos": a first name before a word, neither it nor both a known place.
  [[nodiscard]] bool IsFullName(const Name& name) const {
    const std::uint32_t last = Last(name) - 1;
    if (last - First(name) != 1 || !reading_.Is(First(name), kGiven)) return false;
    if (reading_.Is(last, kPlaceWord | kOrgWord | kCommon)) return false;
    return !know_.known.At(reading_, First(name), Last(name));
  }

  /// Whether a longer person's name ends with the word: "Jack London".
  [[nodiscard]] bool IsSurname(std::uint32_t at) const {
    return std::ranges::any_of(found_, [&](const Name& name) {
      return name.type == NameType::kPer && Last(name) - First(name) > 1 &&
             reading_.Folded(Last(name) - 1) == reading_.Folded(at);
    });
  }

  /// Known names in the gaps between the names found.
  void AddKnown() {
    std::vector<Name> added;
    auto next = found_.begin();
    for (const TokenRange sentence : reading_.sentences()) {
      for (std::uint32_t i = sentence.first; i < sentence.last;) {
        while (next != found_.end() && Last(*next) <= i) ++next;
        const bool inside = next != found_.end() && First(*next) <= i;
        const std::uint32_t end =
            next == found_.end() ? sentence.last : std::min(sentence.last, First(*next));
        i = inside ? Last(*next) : AddAt(i, end, added);
      }
    }
    found_.insert(found_.end(), added.begin(), added.end());
    std::ranges::sort(found_, {}, &Name::first);
  }

  /// Adds the name known at `at`, if there is one that is sure enough; the token to go on from.
  std::uint32_t AddAt(std::uint32_t at, std::uint32_t end, std::vector<Name>& added) const {
    const auto known = know_.known.At(reading_, at, end);
    if (!known || !IsSure(*known, at)) return at + 1;
    const std::uint32_t last = at + known->length;
    added.push_back({KnownNames::TypeOf(known->kind), TokenIndex{at}, TokenIndex{last}});
    return last;
  }

  [[nodiscard]] bool IsSure(const Known& known, std::uint32_t at) const {
    if (reading_.Is(at, kTimeWord)) return false;
    const bool upper = reading_[at].upper;
    switch (known.kind) {
      case KnownKind::kCountry:
      case KnownKind::kCapital:
      case KnownKind::kSeat:
      case KnownKind::kAdjective:
        return known.length > 1 || upper || !reading_.Is(at, kCommon | kGiven);
      case KnownKind::kOrganization:
        return known.length > 1 || upper || IsPlainlyNamed(at);
      case KnownKind::kLeader:
        return known.length > 1;
      case KnownKind::kCalled:
        return at > 0 && reading_.SentenceOf(at - 1) == reading_.SentenceOf(at);
      default:
        return false;
    }
  }

  /// "the Houthis": a capital within the sentence, on no common word.
  [[nodiscard]] bool IsPlainlyNamed(std::uint32_t at) const {
    return reading_[at].capital && !reading_.Is(at, kCommon | kGiven) && at > 0 &&
           reading_.Folded(at - 1) == "the";
  }

  const NameFinder::Impl& know_;
  const Reading& reading_;
  const Story& story_;
  std::vector<Name> found_{};
};

}  // namespace

Result<NameFinder> NameFinder::Load(const tables::Tables& tables) {
  auto impl = std::make_shared<Impl>();
  DATELINE_TRY(impl->lexicon, Lexicon::Load(tables));
  DATELINE_TRY(impl->known, KnownNames::Load(tables));
  NameFinder finder;
  finder.impl_ = std::move(impl);
  return finder;
}

Reading NameFinder::Read(const Story& story) const { return {story, impl_->lexicon}; }

std::vector<Name> NameFinder::Find(const Reading& reading) const {
  return NameReader(*impl_, reading).Run();
}

void TagTokens(const std::vector<Name>& names, Story& story) {
  for (Token& token : story.tokens) token.ner.clear();
  for (const Name& name : names) {
    const std::string type(kTypeNames.at(static_cast<std::size_t>(name.type)));
    for (std::size_t i = Raw(name.first); i < Raw(name.last); ++i) {
      story.tokens[i].ner = (i == Raw(name.first) ? "B-" : "I-") + type;
    }
  }
}

}  // namespace dateline::names
