// The language model finds names by how they stand in the sentence; the tables know some for
// certain. Where both speak of the same words the model decides what is a name, and the tables may
// mend its type ("Tonga" is no person). Where the model saw nothing, a name that the tables know
// and that is written as a name is added.
#include "names/names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "names/known.h"
#include "names/lexicon.h"
#include "names/reading.h"

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
  NameReader(const NameFinder::Impl& know, const Story& story)
      : know_(know), reading_(story, know.lexicon), story_(story) {}

  std::vector<Name> Run() {
    found_ = ReadTags(story_.tokens);
    for (Name& name : found_) {
      WithoutHonorific(name);
      MendType(name);
    }
    AddKnown();
    return std::move(found_);
  }

 private:
  static std::uint32_t First(const Name& name) { return static_cast<std::uint32_t>(name.first); }
  static std::uint32_t Last(const Name& name) { return static_cast<std::uint32_t>(name.last); }

  /// "Mr Ito" is "Ito".
  void WithoutHonorific(Name& name) const {
    if (name.type != NameType::kPer) return;
    while (First(name) + 1 < Last(name) && reading_.Is(First(name), kHonorific)) {
      name.first = TokenIndex{First(name) + 1};
    }
  }

  /// A country is no person and no thing, unless its name is a first name too ("Jordan").
  void MendType(Name& name) const {
    if (name.type != NameType::kPer && name.type != NameType::kMisc) return;
    const auto known = know_.known.At(reading_, First(name), Last(name));
    if (!known || known->length != Last(name) - First(name)) return;
    if (known->kind == KnownKind::kCountry && !reading_.Is(First(name), kGiven)) {
      name.type = NameType::kLoc;
    }
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
        return known.length > 1 || upper;
      case KnownKind::kLeader:
        return known.length > 1;
      default:
        return false;
    }
  }

  const NameFinder::Impl& know_;
  Reading reading_;
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

std::vector<Name> NameFinder::Find(const Story& story) const {
  return NameReader(*impl_, story).Run();
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
