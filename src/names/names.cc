// Two passes. The first reads the body, where capitals mean something: at each word the tables are
// asked (countries, organisations, leaders, cities, regions), and where they know nothing a run of
// capitalised words is a name, typed by its own words ("Ministry", "River"), by the title before it
// or by the preposition. What the first pass found is then known, so that the second can type
// single surnames and read headlines, where every word may be capitalised: there only known names
// count.
#include "names/names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "tables/folded_tokens.h"
#include "text/unicode.h"

namespace dateline::names {
namespace {

using tables::Column;
using tables::FoldedTokens;
using tables::PhraseMatch;
using tables::Table;
using tables::Tables;

bool Capitalised(std::string_view word) { return text::StartsUpper(word); }

bool AllCapitals(std::string_view word) {
  return word.size() > 1 && std::ranges::all_of(word, [](char c) { return c < 'a' || c > 'z'; }) &&
         std::ranges::any_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Whether the words as printed may stand for the phrase: the first is capitalised, and a phrase
/// that is all capitals ("US") is all capitals in the text.
bool CaseAgrees(std::string_view phrase, std::string_view first_word) {
  const std::string_view head = phrase.substr(0, phrase.find(' '));
  if (AllCapitals(head)) return AllCapitals(first_word);
  return Capitalised(first_word) || !Capitalised(head);
}

}  // namespace

struct NameFinder::Impl {
  struct Source {
    const Table* table;
    std::vector<Column> phrases;
    std::optional<Column> kind;
    NameType type;
    bool needs_two_words;  ///< single words are too ambiguous
  };
  Tables tables;
  std::vector<Source> sources;
  const Table* roles = nullptr;
  const Table* words = nullptr;  ///< names/words: word, kind (organization, location, particle …)
  Column word_kind{};
  const Table* given = nullptr;

  [[nodiscard]] bool Is(std::string_view folded, std::string_view kind) const {
    const std::array key{folded, kind};
    return words->FindRow(key).has_value();
  }
};

namespace {

/// One story being read.
class Reader {
 public:
  Reader(const NameFinder::Impl& know, const Story& story)
      : know_(know), story_(story), folded_(story.text, story.tokens) {}

  std::vector<Name> Run() {
    for (const bool headline : {false, true}) {
      for (std::size_t begin = 0; begin < story_.tokens.size();) {
        std::size_t end = begin;
        while (end < story_.tokens.size() &&
               story_.tokens[end].sentence == story_.tokens[begin].sentence)
          ++end;
        if (IsTitleCase(begin, end) == headline) ReadSentence(begin, end, headline);
        begin = end;
      }
    }
    std::ranges::sort(found_, {}, &Name::first);
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::string_view Form(std::size_t i) const {
    return FormOf(story_.tokens[i], story_.text);
  }

  /// Most words of four letters or more are capitalised: case tells nothing.
  [[nodiscard]] bool IsTitleCase(std::size_t begin, std::size_t end) const {
    std::size_t long_words = 0;
    std::size_t capitals = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (Form(i).size() < 4 || !text::IsLetter(text::FirstCodePoint(Form(i)))) continue;
      ++long_words;
      capitals += static_cast<std::size_t>(Capitalised(Form(i)));
    }
    return long_words > 3 && capitals * 10 >= long_words * 8;
  }

  void ReadSentence(std::size_t begin, std::size_t end, bool headline) {
    for (std::size_t i = begin; i < end;) {
      std::size_t last = FromTables(i, end);
      if (last == i && !headline) last = FromCapitals(begin, i, end);
      if (last == i && headline) last = FromKnown(i, end);
      i = std::max(last, i + 1);
    }
  }

  void Add(NameType type, std::size_t first, std::size_t last) {
    found_.push_back({type, static_cast<TokenIndex>(first), static_cast<TokenIndex>(last)});
    if (type != NameType::kPer) return;
    for (std::size_t i = first; i < last; ++i) {
      if (Form(i).size() > 1 && Capitalised(Form(i))) people_.insert(std::string(Form(i)));
    }
  }

  /// The longest phrase of any table at `i`; returns the token behind it, or `i`.
  std::size_t FromTables(std::size_t i, std::size_t end) {
    if (!Capitalised(Form(i)) && Form(i) != "the") return i;
    std::size_t best = i;
    NameType type = NameType::kMisc;
    for (const auto& source : know_.sources) {
      const auto match = source.table->MatchPhrase(folded_, i, end);
      if (!match || i + match->length <= best) continue;
      if (source.needs_two_words && match->length < 2) continue;
      const auto named = TypeOf(source, *match, i);
      if (!named) continue;
      best = i + match->length;
      type = *named;
    }
    if (best == i) return i;
    // A longer run of capitals is another name: "Georgia Institute", "Paris Hilton".
    if (type == NameType::kLoc && RunsOn(best, end)) return i;
    Add(type, i, best);
    return best;
  }

  [[nodiscard]] bool RunsOn(std::size_t i, std::size_t end) const {
    if (i >= end || !Capitalised(Form(i)) || !text::IsLetter(text::FirstCodePoint(Form(i))))
      return false;
    const std::string_view word = folded_[i];
    return know_.Is(word, "organization") || know_.Is(word, "location") ||
           know_.Is(word, "company");
  }

  [[nodiscard]] std::optional<NameType> TypeOf(const NameFinder::Impl::Source& source,
                                               const PhraseMatch& match, std::size_t i) const {
    for (const std::uint32_t row : match.rows) {
      for (const Column column : source.phrases) {
        for (const std::string_view phrase : tables::Values(source.table->Cell(row, column))) {
          if (!CaseAgrees(phrase, Form(i))) continue;
          const auto folded = tables::FoldPhrase(phrase);
          if (folded.size() != match.length || folded.front() != folded_[i]) continue;
          if (!source.kind) return source.type;
          const std::string_view kind = source.table->Cell(row, *source.kind);
          if (kind == "adjective" || kind == "demonym") return NameType::kNorp;
          return source.type;
        }
      }
    }
    return std::nullopt;
  }

  /// A run of capitalised words from `i` on.
  std::size_t FromCapitals(std::size_t begin, std::size_t i, std::size_t end) {
    if (!StartsName(i)) return i;
    std::size_t first = SkipTitle(i, end);
    if (first >= end || !StartsName(first)) return first > i ? first : i;
    std::size_t last = first + 1;
    while (last < end && Continues(last, end)) ++last;
    const bool opens = first == begin || OpensQuote(first, begin);
    if (opens && last == first + 1 && first == i && !people_.contains(std::string(Form(first))) &&
        !IsGiven(first)) {
      if (!SeenInside(first)) return i;
    }
    Add(TypeOfRun(begin, first, last, end, first > i), first, last);
    return last;
  }

  [[nodiscard]] bool StartsName(std::size_t i) const {
    if (!Capitalised(Form(i)) || !text::IsLetter(text::FirstCodePoint(Form(i)))) return false;
    return !know_.Is(folded_[i], "function") && !know_.Is(folded_[i], "calendar");
  }

  [[nodiscard]] bool OpensQuote(std::size_t i, std::size_t begin) const {
    if (i == begin) return true;
    const std::string_view before = Form(i - 1);
    return before == "\"" || before == "“" || before == "'" || before == "‘" || before == "``" ||
           before == ":";
  }

  /// Titles and honorifics before a name are not the name: "Foreign Minister Rita Falcao".
  [[nodiscard]] std::size_t SkipTitle(std::size_t i, std::size_t end) const {
    std::size_t at = i;
    while (at < end) {
      std::size_t next = at;
      if (const auto role = know_.roles->MatchPhrase(folded_, at, end)) next = at + role->length;
      if (next == at && know_.Is(folded_[at], "honorific")) next = at + 1;
      if (next == at) break;
      // "Prime Minister" alone, or before no name, is no title of one.
      if (next >= end || !Capitalised(Form(next))) return next;
      at = next;
    }
    return at;
  }

  [[nodiscard]] bool Continues(std::size_t i, std::size_t end) const {
    const std::string_view word = Form(i);
    if (Capitalised(word) && text::IsLetter(text::FirstCodePoint(word))) {
      return !know_.Is(folded_[i], "calendar") && !Apart(i);
    }
    if (i + 1 >= end || !Capitalised(Form(i + 1))) return false;
    if (word == "-" || word == "–") return Touches(i) && Touches(i + 1) && !Apart(i + 1);
    if (word == "&") return true;
    return know_.Is(folded_[i], "particle");
  }

  /// Whether a known country or demonym begins here: it ends the run ("Putin Russia").
  [[nodiscard]] bool Apart(std::size_t i) const { return know_.Is(folded_[i], "function"); }

  [[nodiscard]] bool Touches(std::size_t i) const {
    return i > 0 && story_.tokens[i - 1].span.end == story_.tokens[i].span.begin;
  }

  [[nodiscard]] bool IsGiven(std::size_t i) const {
    if (know_.given == nullptr) return false;
    const std::array key{folded_[i]};
    return know_.given->FindRow(key).has_value();
  }

  /// Whether the word stands capitalised inside some sentence too.
  [[nodiscard]] bool SeenInside(std::size_t at) const {
    for (std::size_t i = 1; i < story_.tokens.size(); ++i) {
      if (i != at && folded_[i] == folded_[at] && Capitalised(Form(i)) &&
          story_.tokens[i - 1].sentence == story_.tokens[i].sentence &&
          text::IsLetter(text::FirstCodePoint(Form(i - 1)))) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] NameType TypeOfRun(std::size_t begin, std::size_t first, std::size_t last,
                                   std::size_t end, bool titled) const {
    for (std::size_t i = first; i < last; ++i) {
      if (know_.Is(folded_[i], "organization") || know_.Is(folded_[i], "company"))
        return NameType::kOrg;
    }
    for (std::size_t i = first; i < last; ++i) {
      if (know_.Is(folded_[i], "location")) return NameType::kLoc;
    }
    if (titled || IsGiven(first)) return NameType::kPer;
    if (last == first + 1 && people_.contains(std::string(Form(first)))) return NameType::kPer;
    const std::string_view before = first > begin ? folded_[first - 1] : std::string_view();
    if (know_.Is(before, "locative")) return NameType::kLoc;
    const std::string_view after = last < end ? folded_[last] : std::string_view();
    if (last == first + 1 && AllCapitals(Form(first))) return NameType::kOrg;
    if (last > first + 1 && last < first + 5) return NameType::kPer;
    if (after == "said" || after == "says" || after == "told" || after == "added")
      return NameType::kPer;
    return NameType::kMisc;
  }

  /// In a headline: a surname that the body knows.
  std::size_t FromKnown(std::size_t i, std::size_t end) {
    std::size_t last = i;
    while (last < end && people_.contains(std::string(Form(last)))) ++last;
    if (last > i) Add(NameType::kPer, i, last);
    return last;
  }

  const NameFinder::Impl& know_;
  const Story& story_;
  FoldedTokens folded_;
  std::vector<Name> found_;
  std::set<std::string> people_;  ///< words of persons' names, as printed
};

}  // namespace

Result<NameFinder> NameFinder::Load(const Tables& tables) {
  auto impl = std::make_shared<Impl>();
  impl->tables = tables;
  struct Wanted {
    std::string_view table;
    std::vector<std::string_view> phrases;
    std::string_view kind;
    NameType type;
    bool needs_two_words;
  };
  const std::array wanted{
      Wanted{"actors/country_aliases", {"alias"}, "kind", NameType::kLoc, false},
      Wanted{
          "actors/organizations", {"name", "abbreviations", "variants"}, "", NameType::kOrg, false},
      Wanted{"actors/leaders", {"name", "variants"}, "", NameType::kPer, true},
      Wanted{"places/cities", {"name", "alternates"}, "", NameType::kLoc, false},
      Wanted{"places/regions", {"name", "names"}, "", NameType::kLoc, false},
  };
  for (const Wanted& want : wanted) {
    DATELINE_TRY(const Table* table, tables.Get(want.table));
    Impl::Source source{table, {}, std::nullopt, want.type, want.needs_two_words};
    for (const std::string_view name : want.phrases) {
      DATELINE_TRY(const Column column, table->GetColumn(name));
      source.phrases.push_back(column);
    }
    if (!want.kind.empty()) {
      DATELINE_TRY(source.kind, table->GetColumn(want.kind));
    }
    impl->sources.push_back(std::move(source));
  }
  DATELINE_TRY(impl->roles, tables.Get("actors/roles"));
  DATELINE_TRY(impl->words, tables.Get("names/words"));
  impl->given = tables.Find("names/given_names");
  NameFinder finder;
  finder.impl_ = std::move(impl);
  return finder;
}

std::vector<Name> NameFinder::Find(const Story& story) const { return Reader(*impl_, story).Run(); }

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
