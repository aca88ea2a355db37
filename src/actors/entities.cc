// Mentions are joined into entities in one walk from left to right.
//
// A person's name takes with it what stands before ("Chinese Defence Minister", "China's leader"):
// the title becomes a role, the adjective or possessor its country. A full name opens an entity; a
// surname alone joins the last person who bears it. Titles without a name ("the minister", "Chinese
// Defence Minister hails …") join the person who holds that office in the story; pronouns join the
// person who was last the subject. Countries are named by themselves, by their capitals and seats
// where these act (Place::literal is false), and by their demonyms ("Russian forces" is a group).
//
// The exception: a headline names people before they are introduced. Its title mentions are kept
// until the walk is over and then joined with whom the body introduced.
#include "actors/entities.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "tables/folded_tokens.h"
#include "text/unicode.h"

namespace dateline::actors {
namespace {

using names::Name;
using names::NameType;
using tables::Column;
using tables::FoldedTokens;
using tables::Table;

struct Source {
  const Table* table = nullptr;
  std::map<std::string_view, Column, std::less<>> columns;

  [[nodiscard]] std::string_view Cell(std::uint32_t row, std::string_view column) const {
    return table->Cell(row, columns.find(column)->second);
  }
};

Result<Source> Open(const tables::Tables& tables, std::string_view name,
                    std::initializer_list<std::string_view> columns) {
  Source source;
  DATELINE_TRY(source.table, tables.Get(name));
  for (const std::string_view column : columns) {
    DATELINE_TRY(const Column found, source.table->GetColumn(column));
    source.columns.emplace(column, found);
  }
  return source;
}

/// A title as the text has it, before or instead of a name.
struct Title {
  std::size_t first = 0;  ///< tokens [first, last), adjective or possessor among them
  std::size_t last = 0;
  std::size_t role = 0;  ///< where the role itself begins
  std::string actor;     ///< CAMEO role code: "GOVMIL"
  std::string kind;      ///< title, noun, group
  std::optional<std::string> country;
  std::optional<std::string> time;  ///< "former", "acting" …
  bool plural = false;
  std::optional<Span> possessor;  ///< "China" of "China's leader"
};

}  // namespace

struct EntityResolver::Impl {
  tables::Tables tables;
  Source aliases;
  Source countries;
  Source leaders;
  Source organizations;
  Source roles;
  Source words;  ///< actors/words: word, kind (he, she, they, time, family-first)

  [[nodiscard]] bool Is(std::string_view word, std::string_view kind) const {
    const std::array key{word, kind};
    return words.table->FindRow(key).has_value();
  }
  [[nodiscard]] std::string_view Country(std::string_view iso, std::string_view column) const {
    const std::array key{iso};
    const auto row = countries.table->FindRow(key);
    return row ? countries.Cell(*row, column) : std::string_view();
  }
};

namespace {

class Reader {
 public:
  Reader(const EntityResolver::Impl& know, const Story& story, const std::vector<Name>& names,
         std::optional<Date> date)
      : know_(know), story_(story), names_(names), date_(date), folded_(story.text, story.tokens) {}

  std::vector<Entity> Run() {
    std::size_t next = 0;
    for (std::size_t i = 0; i < story_.tokens.size();) {
      while (next < names_.size() && Raw(names_[next].first) < i) ++next;
      i = Step(i, next < names_.size() ? &names_[next] : nullptr);
    }
    for (const auto& [title, mention] : waiting_) JoinTitle(title, mention, true);
    Finish();
    return std::move(entities_);
  }

 private:
  [[nodiscard]] std::string_view Form(std::size_t i) const {
    return FormOf(story_.tokens[i], story_.text);
  }
  [[nodiscard]] std::string_view Word(std::size_t i) const { return folded_[i]; }
  [[nodiscard]] std::uint32_t SentenceOf(std::size_t i) const {
    return static_cast<std::uint32_t>(story_.tokens[i].sentence);
  }
  [[nodiscard]] bool Same(std::size_t i, std::size_t j) const {
    return j < story_.tokens.size() && SentenceOf(i) == SentenceOf(j);
  }
  [[nodiscard]] Span SpanOf(std::size_t first, std::size_t last) const {
    return {story_.tokens[first].span.begin, story_.tokens[last - 1].span.end};
  }
  [[nodiscard]] std::string TextOf(std::size_t first, std::size_t last) const {
    std::string text(SpanOf(first, last).of(story_.text));
    std::ranges::replace(text, '\n', ' ');
    return text;
  }
  [[nodiscard]] std::size_t SentenceEnd(std::size_t i) const {
    std::size_t end = i;
    while (Same(i, end)) ++end;
    return end;
  }

  /// Reads what begins at token `i` and returns the token behind it.
  std::size_t Step(std::size_t i, const Name* name) {
    if (const auto title = ReadTitle(i)) {
      const Name* named = NameAt(title->last);
      if (named != nullptr && named->type != NameType::kNorp && named->type != NameType::kLoc &&
          !title->plural && title->kind != "group") {
        AddPerson(*named, &*title);
        return Raw(named->last);
      }
      if (AddTitle(*title)) return title->last;
    }
    if (name != nullptr && Raw(name->first) == i) {
      AddName(*name);
      return Raw(name->last);
    }
    AddPronoun(i);
    return i + 1;
  }

  [[nodiscard]] const Name* NameAt(std::size_t i) const {
    const auto found =
        std::ranges::lower_bound(names_, static_cast<TokenIndex>(i), {}, &Name::first);
    return found != names_.end() && Raw(found->first) == i ? &*found : nullptr;
  }

  // -- titles ------------------------------------------------------------------------------------

  /// A country adjective or possessor ("Chinese", "China's", "US") at `i`; moves `i` behind it.
  std::optional<std::string> TakeCountry(std::size_t& i,
                                         std::optional<Span>* possessing = nullptr) const {
    const std::size_t end = SentenceEnd(i);
    const auto match = know_.aliases.table->MatchPhrase(folded_, i, end);
    if (!match || !text::StartsUpper(Form(i))) return std::nullopt;
    const std::size_t behind = i + match->length;
    const bool possessor = behind < end && (Word(behind) == "'s" || Word(behind) == "'");
    for (const std::uint32_t row : match->rows) {
      const std::string_view kind = know_.aliases.Cell(row, "kind");
      const std::string_view iso = know_.aliases.Cell(row, "country");
      const bool fits = possessor ? kind != "adjective" : kind == "adjective" || kind == "demonym";
      if (!fits || !know_.Country(iso, "valid_to").empty()) continue;
      if (possessor && possessing != nullptr) *possessing = SpanOf(i, behind);
      i = behind + static_cast<std::size_t>(possessor);
      return std::string(iso);
    }
    return std::nullopt;
  }

  /// "[the] [former] [Chinese] Defence Minister": nothing when no role noun stands there.
  std::optional<Title> ReadTitle(std::size_t i) const {
    Title title;
    title.first = i;
    std::size_t at = i;
    const std::size_t end = SentenceEnd(i);
    const auto time = [&] {
      if (at < end && know_.Is(Word(at), "time")) title.time = std::string(Word(at++));
      if (at < end && title.time && Word(at) == "-") ++at;
    };
    if (at < end && (Word(at) == "the" || Word(at) == "a" || Word(at) == "an")) ++at;
    time();
    title.country = TakeCountry(at, &title.possessor);
    time();
    if (at >= end) return std::nullopt;
    title.role = at;
    const auto match = MatchRole(at, end);
    if (!match) return std::nullopt;
    const std::uint32_t row = match->rows.front();
    title.last = at + match->length;
    title.actor = know_.roles.Cell(row, "actor");
    title.kind = know_.roles.Cell(row, "kind");
    const std::string printed = text::Fold(TextOf(title.role, title.last));
    title.plural =
        title.kind == "group" || (printed != text::Fold(know_.roles.Cell(row, "role")) &&
                                  printed == text::Fold(know_.roles.Cell(row, "plural")));
    if (!title.country) title.country = OfCountry(title.last, end);
    return title;
  }

  /// The role noun at `at`, or behind words that qualify it: "deputy police commissioner", "Foreign
  /// Trade Minister"; moves `at` to the noun.
  [[nodiscard]] std::optional<tables::PhraseMatch> MatchRole(std::size_t& at,
                                                             std::size_t end) const {
    for (std::size_t i = at; i < end && i < at + 4; ++i) {
      if (const auto match = know_.roles.table->MatchPhrase(folded_, i, end)) {
        const bool office = i == at || know_.roles.Cell(match->rows.front(), "kind") == "title";
        if (!office) return std::nullopt;
        at = i;
        return match;
      }
      const bool capital = text::StartsUpper(Form(i)) && text::HasLower(Form(i)) &&
                           !know_.Is(Word(i), "preposition");
      if (!know_.Is(Word(i), "rank") && !(capital && i > SentenceBegin(i))) return std::nullopt;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::size_t SentenceBegin(std::size_t i) const {
    while (i > 0 && Same(i, i - 1)) --i;
    return i;
  }

  /// "president of Kenya": the country behind "of".
  std::optional<std::string> OfCountry(std::size_t at, std::size_t end) const {
    if (at + 1 >= end || Word(at) != "of") return std::nullopt;
    const auto match = know_.aliases.table->MatchPhrase(folded_, at + 1, end);
    if (!match) return std::nullopt;
    const std::uint32_t row = match->rows.front();
    if (know_.aliases.Cell(row, "kind") != "name") return std::nullopt;
    return std::string(know_.aliases.Cell(row, "country"));
  }

  [[nodiscard]] Role MakeRole(const Title& title, const std::optional<std::string>& country) const {
    return {.title = TextOf(title.role, title.last),
            .of = country,
            .time = title.time,
            .span = SpanOf(title.first, title.last)};
  }

  /// "China" of "China's leader" is a mention of China too.
  void AddPossessor(const Title& title) {
    if (title.possessor) AddCountry(*title.country, {*title.possessor, MentionKind::kName});
  }

  /// A title without a name. Returns false when it means nobody in particular.
  bool AddTitle(const Title& title) {
    const Mention mention{SpanOf(title.first, title.last), MentionKind::kNominal};
    const bool definite = title.country || Word(title.first) == "the";
    if (!definite || title.actor.empty()) return false;
    if (title.plural || title.kind == "group") {
      if (!title.country) return false;
      AddGroup(title, mention);
      AddPossessor(title);
      return true;
    }
    AddPossessor(title);
    if (InHeadline(title.first)) {
      waiting_.emplace_back(title, mention);
      return true;
    }
    return JoinTitle(title, mention, title.country.has_value());
  }

  [[nodiscard]] bool InHeadline(std::size_t i) const {
    const BlockKind kind = story_.blocks[Raw(story_.sentences[SentenceOf(i)].block)].kind;
    return kind == BlockKind::kHeadline || kind == BlockKind::kDescription;
  }

  /// Joins the person who holds the office in this story; opens one where `open` says so.
  bool JoinTitle(const Title& title, const Mention& mention, bool open) {
    Entity* best = nullptr;
    for (Entity& entity : entities_) {
      if (entity.type != EntityType::kPerson || (title.country && entity.country != title.country))
        continue;
      const bool holds = std::ranges::any_of(entity.roles, [&](const Role& role) {
        return text::Fold(role.title) == text::Fold(TextOf(title.role, title.last));
      });
      const bool leads =
          Word(title.role) == "leader" && entity.actor && entity.actor->ends_with("GOV");
      if (holds || leads) best = &entity;
    }
    if (best != nullptr) {
      best->mentions.push_back(mention);
      return true;
    }
    if (!open || !title.country) return false;
    Entity& entity = Open(EntityType::kPerson, TextOf(title.first, title.last), mention);
    entity.country = title.country;
    entity.actor = *title.country + title.actor;
    entity.roles.push_back(MakeRole(title, title.country));
    return true;
  }

  /// "Russian forces", "Chinese officials".
  void AddGroup(const Title& title, const Mention& mention) {
    const std::string actor = *title.country + title.actor;
    const auto same = std::ranges::find_if(entities_, [&](const Entity& entity) {
      return entity.type == EntityType::kGroup && entity.actor == actor &&
             text::Fold(entity.name) == text::Fold(mention.span.of(story_.text));
    });
    if (same != entities_.end()) {
      same->mentions.push_back(mention);
      return;
    }
    Entity& entity = Open(EntityType::kGroup, TextOf(title.first, title.last), mention);
    entity.country = title.country;
    entity.actor = actor;
  }

  // -- names -------------------------------------------------------------------------------------

  void AddName(const Name& name) {
    switch (name.type) {
      case NameType::kPer:
        return AddPerson(name, nullptr);
      case NameType::kOrg:
        return AddOrganization(name);
      case NameType::kLoc:
        return AddLocation(name);
      case NameType::kNorp:
        return AddNationality(name);
      case NameType::kMisc:
        return AddOther(name);
    }
  }

  [[nodiscard]] std::size_t IndexOf(const Entity& entity) const {
    return static_cast<std::size_t>(&entity - entities_.data());
  }

  Entity& Open(EntityType type, std::string name, const Mention& mention) {
    Entity& entity = entities_.emplace_back();
    entity.type = type;
    entity.name = std::move(name);
    entity.mentions.push_back(mention);
    return entity;
  }

  /// The last person one of whose names the printed one is.
  [[nodiscard]] Entity* FindPerson(std::string_view printed) {
    Entity* best = nullptr;
    const std::string wanted = text::Fold(printed);
    for (Entity& entity : entities_) {
      if (entity.type != EntityType::kPerson) continue;
      const std::string have = text::Fold(entity.name);
      const bool first = have.starts_with(wanted + " ") && entity.country &&
                         know_.Is(*entity.country, "family-first");
      if (have == wanted || have.ends_with(" " + wanted) || have.ends_with("-" + wanted) || first)
        best = &entity;
    }
    return best;
  }

  void AddPerson(const Name& name, const Title* title) {
    const std::size_t first = title != nullptr ? title->first : Raw(name.first);
    const Mention mention{SpanOf(first, Raw(name.last)), MentionKind::kName};
    const std::string printed = TextOf(Raw(name.first), Raw(name.last));
    Entity* person = FindPerson(printed);
    if (person == nullptr) person = FindLonger(printed);
    if (person == nullptr) {
      person = &Open(EntityType::kPerson, printed, mention);
    } else {
      person->mentions.push_back(mention);
      if (printed.size() > person->name.size()) person->name = printed;
    }
    if (title != nullptr) {
      if (!person->country) person->country = title->country;
      person->roles.push_back(MakeRole(*title, title->country ? title->country : person->country));
      role_codes_[IndexOf(*person)] =
          title->time && *title->time != "acting" ? "ELI" : title->actor;
    }
    Note(person, first);
  }

  /// "Li" in the standfirst before "Li Shangfu" in the lead: the surname is already an entity.
  [[nodiscard]] Entity* FindLonger(std::string_view printed) {
    if (!printed.contains(' ')) return nullptr;
    const std::string wanted = text::Fold(printed);
    for (Entity& entity : entities_) {
      if (entity.type != EntityType::kPerson || entity.name.contains(' ')) continue;
      const std::string have = text::Fold(entity.name);
      if (wanted.ends_with(" " + have) || wanted.starts_with(have + " ")) return &entity;
    }
    return nullptr;
  }

  void AddOrganization(const Name& name) {
    const Mention mention{SpanOf(Raw(name.first), Raw(name.last)), MentionKind::kName};
    const std::string printed = TextOf(Raw(name.first), Raw(name.last));
    const auto match =
        know_.organizations.table->MatchPhrase(folded_, Raw(name.first), Raw(name.last));
    std::string known = printed;
    std::optional<std::uint32_t> row;
    if (match && match->length == Raw(name.last) - Raw(name.first)) {
      row = match->rows.front();
      known = know_.organizations.Cell(*row, "name");
    }
    Entity& entity = JoinOrOpen(EntityType::kOrganization, known, mention);
    if (row) {
      const std::string_view country = know_.organizations.Cell(*row, "country");
      const std::string_view actor = know_.organizations.Cell(*row, "actor");
      if (!know_.Country(country, "name").empty()) entity.country = std::string(country);
      if (!actor.empty()) entity.actor = std::string(actor);
    } else if (!entity.country) {
      std::size_t at = Raw(name.first);
      if (auto inside = TakeCountry(at)) entity.country = std::move(inside);
      if (!entity.country && Raw(name.first) > 0) entity.country = CountryBefore(Raw(name.first));
      if (entity.country && know_.Is(Word(Raw(name.last) - 1), "state-body"))
        entity.actor = *entity.country + "GOV";
      if (entity.country && know_.Is(Word(Raw(name.first)), "state-body"))
        entity.actor = *entity.country + "GOV";
    }
  }

  /// "Kenya's Energy Ministry", "Kenyan Red Cross".
  [[nodiscard]] std::optional<std::string> CountryBefore(std::size_t i) const {
    for (std::size_t back = 1; back <= 3 && back <= i; ++back) {
      std::size_t at = i - back;
      if (!Same(i, at)) break;
      const auto country = TakeCountry(at);
      if (country && at == i) return country;
    }
    return std::nullopt;
  }

  Entity& JoinOrOpen(EntityType type, const std::string& name, const Mention& mention) {
    const auto same = std::ranges::find_if(entities_, [&](const Entity& entity) {
      return entity.type == type && text::Fold(entity.name) == text::Fold(name);
    });
    if (same == entities_.end()) return Open(type, name, mention);
    same->mentions.push_back(mention);
    return *same;
  }

  [[nodiscard]] const Place* PlaceAt(Span span) const {
    const auto found = std::ranges::find(story_.places, span, &Place::span);
    return found == story_.places.end() ? nullptr : &*found;
  }

  void AddLocation(const Name& name) {
    const Span span = SpanOf(Raw(name.first), Raw(name.last));
    const Mention mention{span, MentionKind::kName};
    const Place* place = PlaceAt(span);
    const auto match = know_.aliases.table->MatchPhrase(folded_, Raw(name.first), Raw(name.last));
    const bool alias = match && match->length == Raw(name.last) - Raw(name.first);
    if (alias && place != nullptr && place->country) {
      const std::string_view kind = KindFor(*match, *place->country);
      if (kind == "name" || !place->literal) {
        AddCountry(*place->country, mention);
        return;
      }
    }
    Entity& entity = JoinOrOpen(
        EntityType::kPlace,
        place != nullptr ? place->name : TextOf(Raw(name.first), Raw(name.last)), mention);
    if (place != nullptr) entity.country = place->country;
  }

  [[nodiscard]] std::string_view KindFor(const tables::PhraseMatch& match,
                                         std::string_view iso) const {
    for (const std::uint32_t row : match.rows) {
      const std::string_view kind = know_.aliases.Cell(row, "kind");
      if (know_.aliases.Cell(row, "country") == iso && kind != "adjective" && kind != "demonym")
        return kind;
    }
    return {};
  }

  /// Whether the alias is the country's name too: "New Zealand", "US".
  [[nodiscard]] bool IsName(const tables::PhraseMatch& match, std::string_view iso) const {
    return KindFor(match, iso) == "name";
  }

  /// The country; its capital or a seat stands for it where it acts.
  void AddCountry(const std::string& iso, const Mention& mention) {
    Entity& entity =
        JoinOrOpen(EntityType::kCountry, std::string(know_.Country(iso, "name")), mention);
    entity.country = iso;
    const std::string_view cameo = know_.Country(iso, "cameo");
    entity.actor = std::string(cameo.empty() ? std::string_view(iso) : cameo);
  }

  /// "the Russians", "Russian": mentions of the country's people, a group of its own.
  void AddNationality(const Name& name) {
    const auto match = know_.aliases.table->MatchPhrase(folded_, Raw(name.first), Raw(name.last));
    if (!match) return;
    for (const std::uint32_t row : match->rows) {
      const std::string iso(know_.aliases.Cell(row, "country"));
      if (!know_.Country(iso, "valid_to").empty()) continue;
      const std::string_view kind = know_.aliases.Cell(row, "kind");
      if (IsName(*match, iso))
        return AddCountry(iso, {SpanOf(Raw(name.first), Raw(name.last)), MentionKind::kName});
      const bool noun = kind == "demonym" && Word(Raw(name.last) - 1).ends_with('s');
      if (!noun) return;  // an adjective belongs to what follows
      Entity& entity = JoinOrOpen(EntityType::kGroup, TextOf(Raw(name.first), Raw(name.last)),
                                  {SpanOf(Raw(name.first), Raw(name.last)), MentionKind::kName});
      entity.country = iso;
      entity.actor = iso;
      return;
    }
  }

  void AddOther(const Name& name) {
    const std::string printed = TextOf(Raw(name.first), Raw(name.last));
    const Mention mention{SpanOf(Raw(name.first), Raw(name.last)), MentionKind::kName};
    if (Entity* person = FindPerson(printed)) {
      person->mentions.push_back(mention);
      Note(person, Raw(name.first));
      return;
    }
    JoinOrOpen(EntityType::kOther, printed, mention);
  }

  // -- pronouns ----------------------------------------------------------------------------------

  /// Remembers that a person was mentioned at token `i`: the subject of a sentence is its first
  /// person that no preposition holds.
  void Note(const Entity* person, std::size_t i) {
    const std::size_t index = IndexOf(*person);
    const bool held = i > 0 && Same(i, i - 1) && know_.Is(Word(i - 1), "preposition");
    const bool fresh = !subject_ || SentenceOf(subject_token_) != SentenceOf(i);
    if (fresh && !(held && subject_)) {
      subject_ = index;
      subject_held_ = held;
    } else if (subject_held_ && !held) {
      subject_ = index;
      subject_held_ = false;
    } else if (!fresh) {
      return;
    }
    subject_token_ = i;
  }

  void AddPronoun(std::size_t i) {
    const bool he = know_.Is(Word(i), "he");
    const bool she = know_.Is(Word(i), "she");
    if ((!he && !she) || !subject_) return;
    Entity& person = entities_[*subject_];
    const auto gender = genders_.find(*subject_);
    if (gender != genders_.end() && gender->second != he) return;
    genders_.emplace(*subject_, he);
    person.mentions.push_back({SpanOf(i, i + 1), MentionKind::kPronoun});
  }

  // -- at the end --------------------------------------------------------------------------------

  /// Countries and codes of persons from the table of leaders and from their roles.
  void Finish() {
    const std::optional<std::string> main = MainCountry();
    for (Entity& entity : entities_) {
      if (entity.type == EntityType::kPerson && !entity.country && !entity.roles.empty() &&
          !FindLeader(entity))
        entity.country = main;
      if (entity.type == EntityType::kPerson) FinishPerson(entity);
      std::ranges::sort(entity.mentions, {}, &Mention::span);
    }
    std::ranges::stable_sort(entities_, {},
                             [](const Entity& entity) { return entity.mentions.front().span; });
  }

  /// The country that the story names most; the first of those that tie.
  [[nodiscard]] std::optional<std::string> MainCountry() const {
    const Entity* main = nullptr;
    for (const Entity& entity : entities_) {
      if (entity.type != EntityType::kCountry) continue;
      if (main == nullptr || entity.mentions.size() > main->mentions.size()) main = &entity;
    }
    return main == nullptr ? std::nullopt : main->country;
  }

  void FinishPerson(Entity& entity) const {
    const auto leader = FindLeader(entity);
    const auto code = role_codes_.find(IndexOf(entity));
    if (leader) {
      const std::string_view country = know_.leaders.Cell(*leader, "country");
      if (!entity.country && !know_.Country(country, "name").empty())
        entity.country = std::string(country);
      if (entity.name.find(' ') == std::string::npos)
        entity.name = know_.leaders.Cell(*leader, "name");
    }
    if (entity.actor) return;
    if (entity.country && code != role_codes_.end()) {
      entity.actor = *entity.country + code->second;
    } else if (leader) {
      entity.actor = std::string(know_.leaders.Cell(*leader, "actor"));
    } else if (entity.country) {
      entity.actor = entity.country;
    }
  }

  /// The row of the table of leaders: by full name, or by a surname of one who leads a country of
  /// the story now.
  [[nodiscard]] std::optional<std::uint32_t> FindLeader(const Entity& entity) const {
    const auto phrase = tables::FoldPhrase(entity.name);
    const std::vector<std::string_view> words(phrase.begin(), phrase.end());
    const auto match = know_.leaders.table->MatchPhrase(words);
    if (match && match->length == words.size() && (words.size() > 1 || match->rows.size() == 1))
      return InOffice(match->rows);
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::uint32_t> InOffice(std::span<const std::uint32_t> rows) const {
    std::optional<std::uint32_t> best;
    const std::string day = date_ ? FormatDate(*date_) : std::string("9999");
    for (const std::uint32_t row : rows) {
      const std::string_view from = know_.leaders.Cell(row, "from");
      const std::string_view to = know_.leaders.Cell(row, "to");
      if (from <= day && (to.empty() || day <= to)) return row;
      best = row;
    }
    return best;
  }

  const EntityResolver::Impl& know_;
  const Story& story_;
  const std::vector<Name>& names_;
  std::optional<Date> date_;
  FoldedTokens folded_;
  std::vector<Entity> entities_;
  std::vector<std::pair<Title, Mention>> waiting_;  ///< titles of the headline
  std::map<std::size_t, std::string> role_codes_;   ///< entity to CAMEO role code
  std::map<std::size_t, bool> genders_;             ///< entity to whether "he" was used
  std::optional<std::size_t> subject_;
  std::size_t subject_token_ = 0;
  bool subject_held_ = false;
};

}  // namespace

Result<EntityResolver> EntityResolver::Load(const tables::Tables& tables) {
  auto impl = std::make_shared<Impl>();
  impl->tables = tables;
  DATELINE_TRY(impl->aliases, Open(tables, "actors/country_aliases", {"kind", "country", "city"}));
  DATELINE_TRY(impl->countries, Open(tables, "actors/countries", {"name", "cameo", "valid_to"}));
  DATELINE_TRY(impl->leaders,
               Open(tables, "actors/leaders", {"name", "country", "actor", "from", "to"}));
  DATELINE_TRY(impl->organizations,
               Open(tables, "actors/organizations", {"name", "country", "actor"}));
  DATELINE_TRY(impl->roles, Open(tables, "actors/roles", {"role", "plural", "kind", "actor"}));
  DATELINE_TRY(impl->words, Open(tables, "actors/words", {}));
  EntityResolver resolver;
  resolver.impl_ = std::move(impl);
  return resolver;
}

std::vector<Entity> EntityResolver::Resolve(const Story& story, const std::vector<Name>& names,
                                            std::optional<Date> date) const {
  return Reader(*impl_, story, names, date).Run();
}

}  // namespace dateline::actors
