// Names across stories. A name is an entity here: the same person under two names is two, and one
// identity (identity_api.cc).
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "serve/core.h"
#include "serve/lines.h"

namespace dateline::serve {
namespace {

constexpr std::size_t kMostTold = 1000;  // stories of one name that are looked into
constexpr std::size_t kMostWith = 20;
constexpr std::size_t kMostCounts = 30;
constexpr std::size_t kMonth = 7;  // of "2031-05-04"

constexpr std::size_t kTypes = 9;

EntityType TypeOf(const NameRow& row) {
  const auto most = std::max_element(std::begin(row.types), std::end(row.types));
  return static_cast<EntityType>(most - std::begin(row.types));
}

/// Of names their numbers in the archive.
Result<std::map<std::string, std::int64_t>> NumbersOf(Archive& archive,
                                                      const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ",") + SqlText(name);
  DATELINE_TRY(const auto rows,
               Rows(archive, fmt::format("SELECT name, text FROM names WHERE text IN ({})", list)));
  std::map<std::string, std::int64_t> numbers;
  for (const auto& [number, name] : rows) numbers[name] = number;
  return numbers;
}

void AddEntity(const FactIndex& index, std::uint32_t name, std::int64_t number,
               std::uint64_t stories, record::JsonWriter& json) {
  const NameRow& row = index.names()[name];
  const Strings& texts = index.texts();
  AddNumber(json, "entity", static_cast<std::uint64_t>(number));
  AddText(json, "name", texts[name]);
  AddText(json, "type", std::string(EntityTypeName(TypeOf(row))));
  AddNumber(json, "stories", stories);
  if (!texts[row.country].empty()) AddText(json, "country", texts[row.country]);
  if (!texts[row.actor].empty()) AddText(json, "actor", texts[row.actor]);
  if (row.first_day.empty()) return;
  AddText(json, "first", row.first_day);
  AddText(json, "last", row.last_day);
}

/// Entities as items: names with how many stories to tell of each.
Result<std::vector<std::string>> EntityItems(
    Call& call, std::span<const std::pair<std::uint32_t, std::uint64_t>> names) {
  std::vector<std::string> texts;
  for (const auto& [name, unused] : names) texts.push_back(call.index.texts()[name]);
  DATELINE_TRY(const auto numbers, NumbersOf(call.desk.archive, texts));
  std::vector<std::string> items;
  for (const auto& [name, stories] : names) {
    const auto number = numbers.find(call.index.texts()[name]);
    if (number == numbers.end()) continue;
    record::JsonWriter json(false);
    json.BeginObject();
    AddEntity(call.index, name, number->second, stories, json);
    json.EndObject();
    items.push_back(json.Take());
  }
  return items;
}

/// All words, the last of which may be a beginning, as an expression of FTS5.
std::string NameMatch(std::string_view words) {
  std::string match;
  std::string word;
  const auto add = [&] {
    if (!word.empty()) match += (match.empty() ? "\"" : " \"") + word + "\"";
    word.clear();
  };
  for (const char c : words) {
    if (c == ' ' || c == '\t') {
      add();
    } else {
      word += c;
      if (c == '"') word += c;
    }
  }
  add();
  return match.empty() || words.ends_with(' ') ? match : match + "*";
}

/// Which names of the index have these words; absent: all.
Result<std::optional<std::set<std::uint32_t>>> NamesWith(Call& call, const std::string& words) {
  std::optional<std::set<std::uint32_t>> names;
  const std::string match = NameMatch(words);
  if (match.empty()) return names;
  DATELINE_TRY(const auto rows,
               Rows(call.desk.archive,
                    fmt::format("SELECT name, text FROM names WHERE name IN (SELECT rowid FROM "
                                "name_search WHERE name_search MATCH {})",
                                SqlText(match))));
  names.emplace();
  for (const auto& [unused, text] : rows) {
    if (const auto name = call.index.texts().Find(text)) names->insert(*name);
  }
  return names;
}

/// A value told by stories, and from when to when.
struct Told {
  std::uint64_t stories = 0;
  std::string first{};
  std::string last{};

  void Add(const std::string& day) {
    ++stories;
    if (day.empty()) return;
    if (first.empty() || day < first) first = day;
    if (day > last) last = day;
  }
  void AddTo(record::JsonWriter& json) const {
    AddNumber(json, "stories", stories);
    if (first.empty()) return;
    AddText(json, "first", first);
    AddText(json, "last", last);
  }
};

/// What the stories of a name say of it.
struct Life {
  std::map<std::pair<std::string, std::string>, Told> roles{};
  std::map<std::string, Told> actors{};
};

/// Stories that have the name; evenly over all of them where they are many.
std::vector<std::uint32_t> StoriesWith(const FactIndex& index, std::uint32_t name) {
  std::vector<std::uint32_t> places;
  for (std::uint32_t place = 0; place < index.stories().size(); ++place) {
    bool has = false;
    index.EachEntity(place, [&](const EntityRow& entity) { has = has || entity.name == name; });
    if (has) places.push_back(place);
  }
  return places;
}

void AddLife(const Story& story, const std::string& name, const std::string& day, Life& life) {
  std::set<std::pair<std::string, std::string>> roles;
  std::set<std::string> actors;
  for (const Entity& entity : story.entities) {
    if (entity.name != name) continue;
    if (entity.actor) actors.insert(*entity.actor);
    for (const Role& role : entity.roles) roles.emplace(role.title, role.of.value_or(""));
  }
  for (const auto& role : roles) life.roles[role].Add(day);
  for (const auto& actor : actors) life.actors[actor].Add(day);
}

Result<Life> LifeOf(Call& call, std::uint32_t name, const std::vector<std::uint32_t>& stories) {
  Life life;
  const std::size_t step = stories.size() / kMostTold + 1;
  for (std::size_t i = 0; i < stories.size(); i += step) {
    const StoryRow& row = call.index.stories()[stories[i]];
    DATELINE_TRY(const Story story, call.desk.archive.LoadStory(row.story));
    AddLife(story, call.index.texts()[name], row.published.substr(0, 10), life);
  }
  return life;
}

/// In order of their first day.
template <typename Key>
std::vector<std::pair<Key, Told>> InOrder(const std::map<Key, Told>& told) {
  std::vector<std::pair<Key, Told>> order(told.begin(), told.end());
  std::ranges::stable_sort(order, {}, [](const auto& each) { return each.second.first; });
  return order;
}

void AddLifeJson(const Life& life, record::JsonWriter& json) {
  json.Key("roles");
  json.BeginArray();
  for (const auto& [role, told] : InOrder(life.roles)) {
    json.BeginObject();
    AddText(json, "title", role.first);
    if (!role.second.empty()) AddText(json, "of", role.second);
    told.AddTo(json);
    json.EndObject();
  }
  json.EndArray();
  json.Key("actors");
  json.BeginArray();
  for (const auto& [actor, told] : InOrder(life.actors)) {
    json.BeginObject();
    AddText(json, "actor", actor);
    told.AddTo(json);
    json.EndObject();
  }
  json.EndArray();
}

void AddCounts(record::JsonWriter& json, std::string_view key,
               const std::map<std::string, std::uint64_t>& counts, bool in_order) {
  std::vector<std::pair<std::string, std::uint64_t>> order(counts.begin(), counts.end());
  if (!in_order) {
    std::ranges::stable_sort(order, std::greater(), [](const auto& each) { return each.second; });
    if (order.size() > kMostCounts) order.resize(kMostCounts);
  }
  json.Key(key);
  json.BeginArray();
  for (const auto& [value, count] : order) {
    json.BeginObject();
    AddText(json, "value", value);
    AddNumber(json, "count", count);
    json.EndObject();
  }
  json.EndArray();
}

/// Who else is in the same stories, most of them first.
std::vector<std::pair<std::uint32_t, std::uint64_t>> Company(
    const FactIndex& index, std::uint32_t name, const std::vector<std::uint32_t>& stories) {
  std::map<std::uint32_t, std::uint64_t> counts;
  for (const std::uint32_t place : stories) {
    std::set<std::uint32_t> others;
    index.EachEntity(place, [&](const EntityRow& entity) {
      const bool somebody =
          entity.type == EntityType::kPerson || entity.type == EntityType::kOrganization;
      if (somebody && entity.name != name) others.insert(entity.name);
    });
    for (const std::uint32_t other : others) ++counts[other];
  }
  std::vector<std::pair<std::uint32_t, std::uint64_t>> order(counts.begin(), counts.end());
  std::ranges::stable_sort(order, std::greater(), [](const auto& each) { return each.second; });
  if (order.size() > kMostWith) order.resize(kMostWith);
  return order;
}

void AddDeeds(const FactIndex& index, std::uint32_t name, record::JsonWriter& json) {
  std::uint64_t quotes = 0;
  for (const QuoteRow& quote : index.quotes()) quotes += quote.speaker == name ? 1U : 0U;
  std::uint64_t as_source = 0;
  std::uint64_t as_target = 0;
  for (std::uint32_t at = 0; at < index.events().size(); ++at) {
    bool source = false;
    bool target = false;
    index.EachActor(at, [&](const ActorRow& actor) {
      if (actor.name == name) (actor.target ? target : source) = true;
    });
    as_source += source ? 1U : 0U;
    as_target += target ? 1U : 0U;
  }
  AddNumber(json, "quotes_by", quotes);
  AddNumber(json, "events_as_source", as_source);
  AddNumber(json, "events_as_target", as_target);
}

void AddSpread(const FactIndex& index, std::uint32_t name,
               const std::vector<std::uint32_t>& stories, record::JsonWriter& json) {
  std::map<std::string, std::uint64_t> types;
  for (std::size_t i = 0; i < kTypes; ++i) {
    const std::uint32_t count = index.names()[name].types[i];
    if (count > 0) types[std::string(EntityTypeName(static_cast<EntityType>(i)))] = count;
  }
  std::map<std::string, std::uint64_t> outlets;
  std::map<std::string, std::uint64_t> months;
  for (const std::uint32_t place : stories) {
    const StoryRow& row = index.stories()[place];
    if (!index.texts()[row.outlet].empty()) ++outlets[index.texts()[row.outlet]];
    if (!row.published.empty()) ++months[row.published.substr(0, kMonth)];
  }
  AddCounts(json, "types", types, false);
  AddCounts(json, "outlets", outlets, false);
  AddCounts(json, "months", months, true);
}

struct EntityChoice {
  std::optional<EntityType> type{};
  std::string country{};
  std::optional<std::set<std::uint32_t>> names{};  ///< absent: all
};

bool IsOfChoice(const FactIndex& index, std::uint32_t name, const EntityChoice& choice) {
  const NameRow& row = index.names()[name];
  return row.stories > 0 && (!choice.type || TypeOf(row) == *choice.type) &&
         (choice.country.empty() || index.texts()[row.country] == choice.country);
}

/// Names with the number of their stories, in order of the names' numbers.
std::vector<std::pair<std::uint32_t, std::uint64_t>> NamesOf(const FactIndex& index,
                                                             const EntityChoice& choice) {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> chosen;
  const auto take = [&](std::uint32_t name) {
    if (name < index.names().size() && IsOfChoice(index, name, choice)) {
      chosen.emplace_back(name, index.names()[name].stories);
    }
  };
  if (choice.names) {
    std::ranges::for_each(*choice.names, take);
  } else {
    for (std::uint32_t name = 0; name < index.names().size(); ++name) take(name);
  }
  return chosen;
}

}  // namespace

Answered<Response> AnswerEntities(Call& call) {
  const std::string words = call.given.Text("q");
  const std::string type = call.given.Text("type");
  EntityChoice choice{.type = ParseEntityType(type), .country = TakeCountry(call.given)};
  if (!type.empty() && !choice.type) {
    call.given.Complain("type", fmt::format("'{}' is no type of an entity", type));
  }
  const Window window = TakeWindow(call.given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  DATELINE_ANSWER(choice.names, NamesWith(call, words));
  const FactIndex& index = call.index;
  std::vector<std::pair<std::uint32_t, std::uint64_t>> order = NamesOf(index, choice);
  const std::size_t begin = std::min<std::size_t>(window.offset, order.size());
  const std::size_t end = std::min<std::size_t>(begin + window.limit, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(end), order.end(),
                    [](const auto& a, const auto& b) {
                      return a.second != b.second ? a.second > b.second : a.first < b.first;
                    });
  DATELINE_ANSWER(const auto items,
                  EntityItems(call, std::span(order).subspan(begin, end - begin)));
  const std::string next = end < order.size() ? fmt::format("{}.0.0", end) : "";
  return JsonResponse(ListJson(items, next, order.size()));
}

Answered<Response> AnswerEntity(Call& call) {
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const std::int64_t number = NumberOf(call.Part());
  DATELINE_ANSWER(
      const auto rows,
      Rows(call.desk.archive, fmt::format("SELECT name, text FROM names WHERE name = {}", number)));
  const auto name = rows.empty() ? std::nullopt : call.index.texts().Find(rows.front().second);
  if (!name || *name >= call.index.names().size() || call.index.names()[*name].stories == 0) {
    return Refuse(404, "not-found",
                  fmt::format("there is no entity '{}'; /api/v1/entities lists them", call.Part()));
  }
  const auto stories = StoriesWith(call.index, *name);
  DATELINE_ANSWER(const Life life, LifeOf(call, *name, stories));
  DATELINE_ANSWER(const auto company, EntityItems(call, Company(call.index, *name, stories)));
  record::JsonWriter json(false);
  json.BeginObject();
  AddEntity(call.index, *name, number, stories.size(), json);
  AddLifeJson(life, json);
  AddSpread(call.index, *name, stories, json);
  json.Key("with");
  json.Raw(fmt::format("[{}]", fmt::join(company, ",")));
  AddDeeds(call.index, *name, json);
  json.EndObject();
  return JsonResponse(json.Take());
}

}  // namespace dateline::serve
