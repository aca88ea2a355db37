#include "events/confidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "base/split.h"

namespace dateline::events {
namespace {

constexpr int kFarthest = 6;  ///< steps up the tree that are looked at

std::uint32_t Size(Range words) { return words.end - words.begin; }

/// The word of a range whose head lies outside.
std::uint32_t TopOf(const Tree& tree, Range words) {
  for (std::uint32_t at = words.begin; at < words.end; ++at) {
    const auto head = tree.Head(at);
    if (!head || !words.Contains(*head)) return at;
  }
  return words.begin;
}

/// How a side hangs below the trigger: "obj", "obl/with", "deep" where phrases lie between.
std::optional<std::string> WayDown(const Tree& tree, std::uint32_t side, std::uint32_t trigger) {
  std::uint32_t at = side;
  for (int up = 0; up < kFarthest; ++up) {
    const auto head = tree.Head(at);
    if (!head) return std::nullopt;
    if (*head != trigger) {
      at = *head;
      continue;
    }
    const std::string_view rel = tree.Rel(at).substr(0, tree.Rel(at).find(':'));
    const std::string_view preposition = tree.Case(at);
    std::string way = up == 0 ? "" : "deep/";
    way += rel;
    if (rel == "obl" || rel == "nmod") way += "/" + std::string(preposition);
    return way;
  }
  return std::nullopt;
}

/// How the trigger hangs below the side: "over/acl".
std::optional<std::string> WayUp(const Tree& tree, std::uint32_t side, std::uint32_t trigger) {
  std::uint32_t at = trigger;
  for (int up = 0; up < kFarthest; ++up) {
    const auto head = tree.Head(at);
    if (!head) return std::nullopt;
    if (*head == side) return "over/" + std::string(tree.Rel(at));
    at = *head;
  }
  return std::nullopt;
}

/// Where a side stands that hangs beside the trigger: below a verb over it.
std::string WayOver(const Tree& tree, std::uint32_t side, std::uint32_t trigger) {
  auto over = tree.Head(trigger);
  for (int up = 0; over && up < 3; ++up, over = tree.Head(*over)) {
    if (const auto way = WayDown(tree, side, *over)) return "beside/" + *way;
  }
  return "far";
}

std::string WayOf(const Scene& scene, const ActorSet& side, std::uint32_t trigger) {
  if (side.empty()) return "none";
  const std::uint32_t top = TopOf(scene.tree, scene.actors[side.front()].words);
  if (top == trigger) return "itself";
  if (auto way = WayDown(scene.tree, top, trigger)) return *way;
  if (auto way = WayUp(scene.tree, top, trigger)) return *way;
  return WayOver(scene.tree, top, trigger);
}

/// With what words a side is named.
std::string_view WordsOf(const StoryView& view, const Scene& scene, const ActorSet& side) {
  if (side.empty()) return "none";
  const Actor& actor = scene.actors[side.front()];
  bool noun = false;
  for (std::uint32_t at = actor.words.begin; at < actor.words.end; ++at) {
    const std::string_view pos = scene.tree.Pos(at);
    if (pos == "PRON" && Size(actor.words) == 1) return "pronoun";
    if (pos == "PROPN") return Size(actor.words) == 1 ? "name" : "names";
    noun = noun || pos == "NOUN";
  }
  if (Size(actor.words) == 1 && view.word(actor.words.begin).form.size() < 4) return "short";
  return noun ? "noun" : "adjective";
}

/// What the code tells of a side: its first role, or what bears a country alone.
std::string CodeKind(const StoryView& view, const std::vector<EventActor>& side) {
  if (side.empty()) return "none";
  const EventActor& actor = side.front();
  if (actor.actor.size() > 3) return actor.actor.substr(3, 3);
  std::string kind = actor.actor.empty() ? "unknown" : "country";
  if (actor.entity) {
    const EntityType type = view.story.entities[Raw(*actor.entity)].type;
    kind += "/" + std::string(EntityTypeName(type));
  }
  return kind;
}

std::string_view PartyName(const std::optional<Party>& party) {
  if (!party) return "none";
  switch (party->kind) {
    case PartyKind::kState:
      return "state";
    case PartyKind::kPublic:
      return "public";
    case PartyKind::kCivic:
      return "civic";
    case PartyKind::kPrivate:
      return "private";
    case PartyKind::kNamed:
      break;
  }
  return "named";
}

std::string_view PairKind(const Event& event) {
  if (event.source.empty() || event.target.empty()) return "one";
  const std::string_view source = event.source.front().actor;
  const std::string_view target = event.target.front().actor;
  if (source.empty() || target.empty()) return "unknown";
  if (event.source.front().entity && event.source.front().entity == event.target.front().entity)
    return "self";
  return source.substr(0, 3) == target.substr(0, 3) ? "home" : "abroad";
}

/// "040.meet" is a family of its own, "appeal.05" one with all appeals.
std::string_view FamilyOf(std::string_view rule) {
  const bool digits = !rule.empty() && rule.front() >= '0' && rule.front() <= '9';
  return digits ? rule : rule.substr(0, rule.find('.'));
}

std::string_view Bucket(std::uint32_t count) {
  if (count < 4) return "few";
  if (count < 12) return "some";
  return count < 30 ? "many" : "most";
}

/// How the country of a side is known: it is one, an office tells it, its words do.
std::string_view CountryFrom(const StoryView& view, const std::vector<EventActor>& side) {
  if (side.empty() || side.front().actor.size() < 3) return "none";
  if (!side.front().entity) return "unnamed";
  const Entity& entity = view.story.entities[Raw(*side.front().entity)];
  const std::string country = side.front().actor.substr(0, 3);
  if (entity.type == EntityType::kCountry || entity.type == EntityType::kPlace) return "itself";
  const bool office =
      std::ranges::any_of(entity.roles, [&](const Role& role) { return role.of == country; });
  if (office) return "office";
  std::string name = entity.name;
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  const auto words = base::SplitPhrase(name);
  const bool told = std::ranges::any_of(words, [&](const std::string& word) {
    const auto found = view.nations.find(word);
    return found != view.nations.end() && found->second == country;
  });
  return told ? "name" : "elsewhere";
}

/// How far from the trigger a side stands, and on which side of it.
std::string NearnessOf(const Scene& scene, const ActorSet& side, std::uint32_t trigger) {
  if (side.empty()) return "none";
  const Range words = scene.actors[side.front()].words;
  const bool before = words.end <= trigger;
  const std::uint32_t far =
      before ? trigger - words.end : words.begin - std::min(words.begin, trigger);
  return std::string(before ? "before/" : "behind/") + std::string(Bucket(far));
}

/// "passive", "infinitive" …, "noun".
std::string_view FormOfTrigger(const Scene& scene, const Match& match) {
  if (match.noun) return "noun";
  if (!match.verb) return "other";
  const Verb& verb = scene.verbs[*match.verb];
  if (verb.passive) return "passive";
  if (verb.infinitive) return "infinitive";
  if (verb.ing) return verb.progressive ? "progressive" : "ing";
  if (verb.future) return "future";
  if (verb.modal || verb.must) return "modal";
  return verb.perfect ? "perfect" : "plain";
}

std::string PlaceInStory(const StoryView& view, const Scene& scene) {
  const std::size_t length = view.story.tokens.size();
  const std::string_view size = length < 80 ? "note" : length < 400 ? "short" : "long";
  const std::uint32_t at = scene.words.begin;
  const std::string_view part = at < 60 ? "lead" : at < 250 ? "early" : "late";
  return std::string(size) + "/" + std::string(part);
}

struct Features {
  std::vector<std::string> list;
  void Add(std::string_view name, std::string_view value) {
    list.push_back(fmt::format("{}={}", name, value));
  }
};

void AddAct(const StoryView& view, const Scene& scene, const Match& match, const Event& event,
            Features& features) {
  const std::string root = event.cameo.substr(0, 2);
  features.Add("root", root);
  features.Add("rule", FamilyOf(event.rule));
  if (FamilyOf(event.rule) != event.rule) features.Add("rule", event.rule);
  features.Add("lemma", scene.tree.Lemma(match.trigger) + "/" + root);
  features.Add("trigger", match.noun ? "noun" : "verb");
  features.Add("form", FormOfTrigger(scene, match));
  features.Add("stands", scene.tree.Rel(match.trigger));
  features.Add("status", EventStatusName(event.status));
  features.Add("score", Bucket(static_cast<std::uint32_t>(std::max(0, match.score))));
  const bool quoted =
      event.attributed_to &&
      view.story.attributions[Raw(*event.attributed_to)].kind == AttributionKind::kDirect;
  features.Add("told", !event.attributed_to ? "plainly" : quoted ? "quoted" : "reported");
}

/// A side as it was matched and as the event tells it.
struct Side {
  std::string name;
  const ActorSet& matched;
  const std::vector<EventActor>& told;
};

void AddSide(const StoryView& view, const Scene& scene, const Match& match, const Side& side,
             const PartyTable& parties, Features& features) {
  const bool home = side.matched.empty() && !side.told.empty();
  features.Add(side.name, home ? "home" : WayOf(scene, side.matched, match.trigger));
  features.Add(side.name + "-near", NearnessOf(scene, side.matched, match.trigger));
  features.Add(side.name + "-code", CodeKind(view, side.told));
  features.Add(side.name + "-words", WordsOf(view, scene, side.matched));
  features.Add(side.name + "-party", PartyName(parties.MostPublic(view, scene, side.matched)));
  features.Add(side.name + "-from", CountryFrom(view, side.told));
  features.Add(side.name + "-count", side.told.size() > 1 ? "several" : "one");
}

}  // namespace

std::vector<std::string> FeaturesOf(const StoryView& view, const Scene& scene, const Match& match,
                                    const Event& event, const DomainGate::Verdict& domain,
                                    const PartyTable& parties) {
  Features features;
  AddAct(view, scene, match, event, features);
  AddSide(view, scene, match, {"source", match.source, event.source}, parties, features);
  AddSide(view, scene, match, {"target", match.target, event.target}, parties, features);
  const std::string root = event.cameo.substr(0, 2);
  const std::string source_code = CodeKind(view, event.source);
  const std::string target_code = CodeKind(view, event.target);
  const std::string_view pair = PairKind(event);
  features.Add("kinds", source_code + ">" + target_code);
  features.Add("pair", pair);
  features.Add("root-pair", root + "/" + std::string(pair));
  if (!match.target.empty() && scene.actors[match.target.front()].place)
    features.Add("target-is", "place");
  features.Add("length", Bucket(Size(scene.words)));
  features.Add("actors", Bucket(static_cast<std::uint32_t>(scene.actors.size())));
  features.Add("politics", Bucket(static_cast<std::uint32_t>(2 * std::max(0, domain.real))));
  features.Add("place", PlaceInStory(view, scene));
  return std::move(features.list);
}

Result<Confidence> Confidence::Load(const tables::Tables& tables) {
  Confidence model;
  DATELINE_TRY(const tables::Table* table, tables.Get("events/confidence"));
  DATELINE_TRY(const tables::Column feature, table->GetColumn("feature"));
  DATELINE_TRY(const tables::Column weight, table->GetColumn("weight"));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const std::string_view cell = table->Cell(row, weight);
    double value = 0;
    const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (read.ec != std::errc{} || !std::isfinite(value))
      return Fail(ErrorCode::kMalformed, "not a number: " + std::string(cell), "events/confidence");
    const std::string_view name = table->Cell(row, feature);
    if (name == "bias") {
      model.bias_ = value;
    } else if (name == "least") {
      model.least_ = value;
    } else {
      model.weights_.emplace(name, value);
    }
  }
  return model;
}

double Confidence::Of(const std::vector<std::string>& features) const {
  double sum = bias_;
  for (const std::string& feature : features) {
    const auto found = weights_.find(feature);
    if (found != weights_.end()) sum += found->second;
  }
  return 1 / (1 + std::exp(-sum));
}

}  // namespace dateline::events
