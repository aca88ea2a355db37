// Two passes. The first reads sentences in which capitals mean something. At each capitalised word
// the tables are asked (countries, organisations, leaders, cities, regions); where they know
// nothing, or know only the beginning of a longer name ("Kabul University"), the run of capitalised
// words is the name, typed by its own words ("Ministry", "River"), by the title before it, by first
// names, or by the preposition. What that pass found is then known, so that the second can give
// single surnames their type and read title-case headlines, where only known names count.
#include "names/names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "names/known.h"
#include "names/lexicon.h"
#include "names/reading.h"
#include "names/titles.h"
#include "text/unicode.h"

namespace dateline::names {

struct NameFinder::Impl {
  Lexicon lexicon;
  KnownNames known;
  TitleFinder titles;
};

namespace {

bool IsHyphen(std::string_view form) { return form == "-" || form == "–" || form == "‑"; }

/// Verbs that people, not places, stand before.
bool IsSpeaking(std::string_view folded) {
  constexpr std::array<std::string_view, 9> kVerbs{
      "said", "says", "told", "added", "tweeted", "who", "insisted", "replied", "wrote"};
  return std::ranges::find(kVerbs, folded) != kVerbs.end();
}

/// One story being read.
class NameReader {
 public:
  NameReader(const NameFinder::Impl& know, const Story& story)
      : know_(know),
        reading_(story, know.lexicon),
        titles_(know.titles.Find(reading_)),
        title_at_(reading_.size(), nullptr) {
    for (const Title& title : titles_) title_at_[title.range.first] = &title;
    NoteCapitals();
  }

  std::vector<Name> Run() {
    std::vector<TokenRange> headlines;
    for (const TokenRange sentence : reading_.sentences()) {
      if (IsTitleCase(sentence)) {
        headlines.push_back(sentence);
      } else {
        ReadSentence(sentence);
      }
    }
    TypeByOthers();
    for (const TokenRange sentence : headlines) ReadHeadline(sentence);
    std::ranges::sort(found_, {}, &Name::first);
    return std::move(found_);
  }

 private:
  [[nodiscard]] const Word& At(std::size_t i) const { return reading_[i]; }

  /// Most words of four letters or more are capitalised: case tells nothing.
  [[nodiscard]] bool IsTitleCase(TokenRange sentence) const {
    std::size_t words = 0;
    std::size_t capitals = 0;
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      if (At(i).form.size() < 4 || !text::HasLetter(At(i).form)) continue;
      ++words;
      capitals += At(i).capital ? 1U : 0U;
    }
    return words > 1 && capitals * 10 >= words * 8 && (words > 3 || capitals == words) &&
           IsHeading(sentence, words);
  }

  /// A full stop ends prose; two or three capitalised words ("Putin Meets Xi") are a headline only
  /// in a block of that kind, or in capitals throughout.
  [[nodiscard]] bool IsHeading(TokenRange sentence, std::size_t words) const {
    const Story& story = reading_.story();
    const Sentence& whole = story.sentences[Raw(story.tokens[sentence.first].sentence)];
    const BlockKind kind = story.blocks[Raw(whole.block)].kind;
    const bool heading = kind == BlockKind::kHeadline || kind == BlockKind::kSubheading;
    if (!heading && At(sentence.last - 1).form == ".") return false;
    return words > 3 || heading || !text::HasLower(whole.span.of(story.text));
  }

  /// Words seen with a capital where no sentence begins: their capital is their own.
  void NoteCapitals() {
    for (const TokenRange sentence : reading_.sentences()) {
      if (IsTitleCase(sentence)) continue;
      for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
        if (At(i).capital && !At(i).starts) capitals_.insert(reading_.Folded(i));
      }
    }
  }

  void ReadSentence(TokenRange sentence) {
    bool titled = false;
    for (std::uint32_t i = sentence.first; i < sentence.last;) {
      const auto known = know_.known.At(reading_, i, sentence.last);
      if (const Title* title = title_at_[i]; title != nullptr && IsTitle(*title, known)) {
        titled = !title->plural;
        i = title->range.last;
        continue;
      }
      if (reading_.Is(i, kHonorific) && At(i).capital) {
        titled = true;
        i += i + 1 < sentence.last && At(i + 1).form == "." ? 2 : 1;
        continue;
      }
      const std::uint32_t last = BeginsName(i, known) ? ReadName(sentence, i, known, titled) : i;
      titled = false;
      i = std::max(last, i + 1);
    }
  }

  /// Whether the title stands for itself: not inside a longer known name ("General Assembly"), and
  /// no plural in capitals ("Workers' Front").
  [[nodiscard]] static bool IsTitle(const Title& title, const std::optional<Known>& known) {
    if (known && known->length > title.range.size()) return false;
    return !title.plural || !title.capital;
  }

  [[nodiscard]] bool BeginsName(std::uint32_t i, const std::optional<Known>& known) const {
    if (!At(i).capital || reading_.Is(i, kTimeWord)) return false;
    if (known && (known->length > 1 || At(i).upper || !reading_.Is(i, kCommon))) return true;
    if (reading_.Is(i, kCommon)) return !At(i).starts && At(i).form.size() > 3;
    return true;
  }

  /// Finds where the name that begins at `first` ends, types it, and returns the token behind it.
  std::uint32_t ReadName(TokenRange sentence, std::uint32_t first,
                         const std::optional<Known>& known, bool titled) {
    const std::uint32_t run = EndOfRun(first, sentence.last);
    if (known) {
      const TokenRange range{first, first + known->length};
      if (!titled || known->length > 1 || run == range.last) {
        if (const auto type = TypeOfKnown(sentence, range, *known, run)) return Add(*type, range);
      }
    }
    const TokenRange range{first, run};
    if (!known && reading_.Is(first, kGroup) && !Holds({first + 1, run}, kOrgWord))
      return Add(NameType::kNorp, {first, first + 1});
    const bool sure = known || titled || range.size() > 1 || !At(first).starts ||
                      reading_.Is(first, kGiven) || capitals_.contains(reading_.Folded(first));
    if (!sure) return first;
    return Add(TypeOfRun(sentence, range, titled), range);
  }

  [[nodiscard]] bool Holds(TokenRange range, WordFlags flags) const {
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      if (reading_.Is(i, flags) && At(i).capital) return true;
    }
    return false;
  }

  /// The type of a name that a table knows, or nothing when the run it begins is a name of its own.
  [[nodiscard]] std::optional<NameType> TypeOfKnown(TokenRange sentence, TokenRange range,
                                                    const Known& known, std::uint32_t run) const {
    const NameType type = KnownNames::TypeOf(known.kind);
    const TokenRange rest{range.last, run};
    if (Holds(rest, kOrgWord) || (type == NameType::kLoc && Holds(rest, kPlaceWord)))
      return std::nullopt;
    if (range.size() > 1 || type == NameType::kNorp || type == NameType::kOrg) return type;
    const bool alone = rest.size() == 0;
    if (known.kind == KnownKind::kLeader) return alone ? std::optional(type) : std::nullopt;
    if (!alone && reading_.Is(range.first, kGiven)) return std::nullopt;
    if (known.kind != KnownKind::kCity) return type;
    if (!alone) return std::nullopt;
    if (know_.known.IsLargeCity(known) || IsPlaced(sentence, range)) return type;
    return std::nullopt;
  }

  /// Whether a preposition or a word such as "village of" before, or "district" behind, makes it a
  /// place.
  [[nodiscard]] bool IsPlaced(TokenRange sentence, TokenRange range) const {
    const auto folded = [&](std::uint32_t i) { return reading_.Folded(i); };
    if (range.last < sentence.last && reading_.Is(range.last, kPlaceWord)) return true;
    if (range.last + 1 < sentence.last && folded(range.last) == "," &&
        know_.known.At(reading_, range.last + 1, sentence.last)) {
      return true;
    }
    if (range.first == sentence.first) return false;
    std::uint32_t before = range.first - 1;
    if (folded(before) == "the" && before > sentence.first) --before;
    if (reading_.Is(before, kLocative)) return true;
    return folded(before) == "of" && before > sentence.first && reading_.Is(before - 1, kPlaceWord);
  }

  // ---- runs of capitals

  [[nodiscard]] std::uint32_t EndOfRun(std::uint32_t first, std::uint32_t end) const {
    std::uint32_t last = first + 1;
    while (last < end) {
      const std::uint32_t next = Next({first, last}, end);
      if (next == last) break;
      last = next;
    }
    return last;
  }

  [[nodiscard]] bool MayJoin(std::uint32_t i, std::uint32_t end) const {
    return i < end && At(i).capital && (title_at_[i] == nullptr || title_at_[i]->plural) &&
           !reading_.Is(i, kTimeWord) && text::HasLetter(At(i).form);
  }

  /// Where the run goes on to behind `run.last`, or `run.last`.
  [[nodiscard]] std::uint32_t Next(TokenRange run, std::uint32_t end) const {
    const std::uint32_t at = run.last;
    if (MayJoin(at, end)) return at + 1;
    const std::string_view form = At(at).form;
    if (IsHyphen(form)) return AcrossHyphen(run, end);
    if (form == "&" && MayJoin(at + 1, end)) return at + 2;
    if (form == "'" || form == "’" || form == "'s" || form == "’s")
      return AcrossPossessive(run, end);
    if (reading_.Folded(at) == "of" || reading_.Folded(at) == "for") return AcrossOf(run, end);
    if (!reading_.Is(at, kParticle) || Holds(run, kOrgWord)) return at;
    std::uint32_t next = at + 1;
    while (next < end && (reading_.Is(next, kParticle) || IsHyphen(At(next).form)) &&
           !At(next).capital)
      ++next;
    return MayJoin(next, end) ? next + 1 : at;
  }

  /// "Ak-Tatyr" is one name, "Macron-Xi" and "Russia-China" are two.
  [[nodiscard]] std::uint32_t AcrossHyphen(TokenRange run, std::uint32_t end) const {
    const std::uint32_t at = run.last;
    const bool tight = At(at).glued && at + 1 < end && At(at + 1).glued;
    if (tight && IsSyllable(at + 1)) return at + 2;
    if (!tight || !MayJoin(at + 1, end)) return at;
    const bool two = know_.known.At(reading_, at - 1, at) || know_.known.At(reading_, at + 1, end);
    return two && !reading_.Is(at - 1, kGiven) ? at : at + 2;
  }

  /// The second half of a Chinese or Korean given name: "Tsai Ing-wen".
  [[nodiscard]] bool IsSyllable(std::uint32_t i) const {
    return !At(i).capital && At(i).form.size() <= 5 && text::HasLower(At(i).form) &&
           !reading_.Is(i, kCommon) && i >= 3 && At(i - 2).capital && At(i - 3).capital &&
           At(i - 2).form.size() <= 6;
  }

  /// "Garment Workers' Front", "People's Party": only before a word that makes an organisation.
  [[nodiscard]] std::uint32_t AcrossPossessive(TokenRange run, std::uint32_t end) const {
    const std::uint32_t at = run.last;
    const std::string_view owner = reading_.Folded(at - 1);
    const bool plural = owner.ends_with('s') && !At(at).form.ends_with('s');
    const bool people =
        owner == "people" || owner == "women" || owner == "children" || owner == "men";
    if (!plural && !people) return at;
    std::uint32_t next = at + 1;
    while (MayJoin(next, end)) ++next;
    return Holds({at + 1, next}, kOrgWord) ? next : at;
  }

  /// "Federation of Atlas Growers", "Ministry of the Interior".
  [[nodiscard]] std::uint32_t AcrossOf(TokenRange run, std::uint32_t end) const {
    const std::uint32_t at = run.last;
    if (!Holds(run, kOrgWord)) return at;
    std::uint32_t next = at + 1;
    if (next < end && reading_.Folded(next) == "the") ++next;
    const bool name =
        next < end && At(next).capital && !At(next).starts && !reading_.Is(next, kTimeWord);
    return name && text::HasLetter(At(next).form) ? next + 1 : at;
  }

  NameType TypeOfRun(TokenRange sentence, TokenRange range, bool titled) {
    if (titled && !reading_.Is(range.last - 1, kOrgWord)) return NameType::kPer;
    if (Holds(range, kOrgWord)) return NameType::kOrg;
    if (Holds(range, kPlaceWord)) return NameType::kLoc;
    if (reading_.Is(range.first, kGiven) && (range.size() > 1 || !IsPlaced(sentence, range)))
      return NameType::kPer;
    if (range.size() <= 3 && IsPlaced(sentence, range)) return NameType::kLoc;
    if (range.size() == 1 && At(range.first).upper) return NameType::kOrg;
    if (range.size() == 1 && people_.contains(reading_.Folded(range.first))) return NameType::kPer;
    if (const auto other = TypeInList(range)) return *other;
    const bool the = range.first > sentence.first && reading_.Folded(range.first - 1) == "the";
    if (the && range.size() > 1) return NameType::kOrg;
    const bool speaks = range.last < sentence.last && IsSpeaking(reading_.Folded(range.last));
    weak_.insert(range.first);
    if (range.size() > 1 ? range.size() < 5 : speaks) return NameType::kPer;
    return NameType::kMisc;
  }

  /// In an enumeration ("Rayong, Chonburi and Trat") a name is of the type of the one before it.
  [[nodiscard]] std::optional<NameType> TypeInList(TokenRange range) const {
    if (found_.empty() || range.first < 2 || range.size() > 2) return std::nullopt;
    const std::string_view joint = reading_.Folded(range.first - 1);
    const Name& before = found_.back();
    if (Raw(before.last) != range.first - 1) return std::nullopt;
    if (IsHyphen(joint) && At(range.first).glued) return before.type;
    if (joint != "," && joint != "and") return std::nullopt;
    if (before.type != NameType::kLoc && before.type != NameType::kOrg) return std::nullopt;
    return before.type;
  }

  // ---- what the story knows of itself

  std::uint32_t Add(NameType type, TokenRange range) {
    found_.push_back({.type = type,
                      .first = static_cast<TokenIndex>(range.first),
                      .last = static_cast<TokenIndex>(range.last)});
    if (type == NameType::kPer) {
      for (std::uint32_t i = range.first; i < range.last; ++i) {
        if (At(i).capital && At(i).form.size() > 1) people_.insert(reading_.Folded(i));
      }
    }
    return range.last;
  }

  [[nodiscard]] std::string KeyOf(const Name& name) const {
    std::string key;
    for (std::size_t i = Raw(name.first); i < Raw(name.last); ++i)
      key.append(reading_.Folded(i)).push_back(' ');
    return key;
  }

  /// A name without a type of its own takes that of the same name elsewhere, or of the longer name
  /// it is part of.
  void TypeByOthers() {
    std::unordered_map<std::string, NameType> same;
    std::unordered_map<std::string_view, NameType> parts;
    for (const Name& name : found_) {
      if (name.type == NameType::kMisc || weak_.contains(static_cast<std::uint32_t>(name.first)))
        continue;
      same.emplace(KeyOf(name), name.type);
      if (Raw(name.last) - Raw(name.first) < 2) continue;
      for (std::size_t i = Raw(name.first); i < Raw(name.last); ++i) {
        if (At(i).capital) parts.emplace(reading_.Folded(i), name.type);
      }
    }
    for (Name& name : found_) {
      const std::string_view first = reading_.Folded(Raw(name.first));
      const bool single = Raw(name.last) - Raw(name.first) == 1;
      if (!weak_.contains(static_cast<std::uint32_t>(name.first)) && name.type != NameType::kMisc)
        continue;
      const auto other = same.find(KeyOf(name));
      const auto part = parts.find(first);
      if (other != same.end()) {
        name.type = other->second;
      } else if (single && people_.contains(first)) {
        name.type = NameType::kPer;
      } else if (single && part != parts.end() && !At(Raw(name.first)).starts) {
        name.type = part->second;
      }
    }
    std::erase_if(found_,
                  [&](const Name& name) { return name.type == NameType::kMisc && IsStray(name); });
  }

  /// A single capitalised word that stands only once and tells nothing.
  [[nodiscard]] bool IsStray(const Name& name) const {
    if (Raw(name.last) - Raw(name.first) > 1) return false;
    const std::string_view word = reading_.Folded(Raw(name.first));
    const auto same = [&](const Name& other) {
      return Raw(other.last) - Raw(other.first) == 1 && reading_.Folded(Raw(other.first)) == word;
    };
    return std::ranges::count_if(found_, same) < 2;
  }

  /// Only what the tables or the body know.
  void ReadHeadline(TokenRange sentence) {
    for (std::uint32_t i = sentence.first; i < sentence.last;) {
      std::uint32_t last = i;
      const auto known = know_.known.At(reading_, i, sentence.last);
      if (known && title_at_[i] == nullptr && (known->length > 1 || !reading_.Is(i, kCommon))) {
        const TokenRange range{i, i + known->length};
        const bool small = known->kind == KnownKind::kCity && range.size() == 1 &&
                           !know_.known.IsLargeCity(*known);
        if (!small || IsPlaced(sentence, range)) last = Add(KnownNames::TypeOf(known->kind), range);
      }
      if (last == i) {
        while (last < sentence.last && people_.contains(reading_.Folded(last)) && At(last).capital)
          ++last;
        if (last > i) Add(NameType::kPer, {i, last});
      }
      i = std::max(last, i + 1);
    }
  }

  const NameFinder::Impl& know_;
  Reading reading_;
  std::vector<Title> titles_;
  std::vector<const Title*> title_at_;  ///< by first token
  std::vector<Name> found_;
  std::unordered_set<std::uint32_t> weak_;  ///< first tokens of names typed by nothing but default
  std::unordered_set<std::string_view> people_;    ///< folded words of persons' names
  std::unordered_set<std::string_view> capitals_;  ///< folded words whose capital is their own
};

}  // namespace

Result<NameFinder> NameFinder::Load(const tables::Tables& tables) {
  auto impl = std::make_shared<Impl>();
  DATELINE_TRY(impl->lexicon, Lexicon::Load(tables));
  DATELINE_TRY(impl->known, KnownNames::Load(tables));
  DATELINE_TRY(impl->titles, TitleFinder::Load(tables));
  NameFinder finder;
  finder.impl_ = std::move(impl);
  return finder;
}

std::vector<Name> NameFinder::Find(const Story& story) const {
  return NameReader(*impl_, story).Run();
}

std::vector<Name> ReadTags(const std::vector<Token>& tokens) {
  constexpr std::array<std::string_view, 5> kTypes{"PER", "ORG", "LOC", "NORP", "MISC"};
  std::vector<Name> names;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const std::string_view tag = tokens[i].ner;
    if (tag.size() < 3) continue;
    const auto type = std::ranges::find(kTypes, tag.substr(2));
    if (type == kTypes.end()) continue;
    if (tag.starts_with("B-")) {
      names.push_back({static_cast<NameType>(type - kTypes.begin()), TokenIndex{i}, {}});
    }
    if (!names.empty()) names.back().last = TokenIndex{i + 1};
  }
  return names;
}

void TagTokens(const std::vector<Name>& names, Story& story) {
  static constexpr std::array<std::string_view, 5> kTypes{"PER", "ORG", "LOC", "NORP", "MISC"};
  for (const Name& name : names) {
    const std::string_view type = kTypes.at(static_cast<std::size_t>(name.type));
    for (std::size_t i = Raw(name.first); i < Raw(name.last); ++i) {
      story.tokens[i].ner = std::string(i == Raw(name.first) ? "B-" : "I-").append(type);
    }
  }
}

}  // namespace dateline::names
