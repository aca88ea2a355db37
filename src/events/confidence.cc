#include "events/confidence.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

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
    const std::string_view full = tree.Rel(at);
    const std::string_view rel = full.substr(0, full.find(':'));
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
    const PartOfSpeech pos = scene.tree.Pos(at);
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

/// What tells who a side is.
std::string_view KnownBy(const StoryView& view, const Scene& scene, const ActorSet& side) {
  if (side.empty()) return "none";
  const Actor& actor = scene.actors[side.front()];
  switch (actor.known) {
    case Actor::Known::kJoint:
      return "joint";
    case Actor::Known::kOther:
      return "other";
    case Actor::Known::kCitizen:
      return "citizen";
    case Actor::Known::kGroup:
      return "nation";
    case Actor::Known::kNamed:
      break;
  }
  if (!actor.entity) return actor.place ? "place" : "nation";
  const Entity& entity = view.story.entities[Raw(*actor.entity)];
  return entity.actor ? "actor" : "country";
}

/// A sentence that is handed over alone was chosen because it tells something; most sentences of an
/// article were not.
bool IsArticle(const Story& story) {
  constexpr std::size_t kSentences = 5;
  return story.sentences.size() >= kSentences;
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

std::string_view Telling(const StoryView& view, const Event& event) {
  if (!event.attributed_to) return "plainly";
  const auto& attribution = view.story.attributions[Raw(*event.attributed_to)];
  return attribution.kind == AttributionKind::kDirect ? "quoted" : "reported";
}

/// "CHN RUS", in one order; a side that nobody is on is empty.
std::string PairOf(const std::vector<EventActor>& source, const std::vector<EventActor>& target) {
  const auto country = [](const std::vector<EventActor>& side) {
    return side.empty() ? std::string() : side.front().actor.substr(0, 3);
  };
  std::string one = country(source);
  std::string other = country(target);
  if (other < one) one.swap(other);
  return one + " " + other;
}

}  // namespace

std::vector<std::string_view> Features::List() const {
  std::vector<std::string_view> list;
  list.reserve(ends_.size());
  std::size_t begin = 0;
  for (const std::uint32_t end : ends_) {
    list.push_back(std::string_view(text_).substr(begin, end - begin));
    begin = end;
  }
  return list;
}

Features FeaturesOf(const StoryView& view, const Scene& scene, const Match& match,
                    const Event& event, const DomainGate::Verdict& domain,
                    const PartyTable& parties) {
  Features features;
  const auto add = [&](std::string_view name, std::string_view value) {
    features.Add(name, value);
  };
  const std::string root = event.cameo.substr(0, 2);
  const std::string source_way = WayOf(scene, match.source, match.trigger);
  const std::string target_way = WayOf(scene, match.target, match.trigger);
  const std::string source_code = CodeKind(view, event.source);
  const std::string target_code = CodeKind(view, event.target);
  const std::string pair(PairKind(event));
  add("root", root);
  add("rule", FamilyOf(event.rule));
  if (FamilyOf(event.rule) != event.rule) add("rule", event.rule);
  add("lemma", std::string(scene.tree.Lemma(match.trigger)) + "/" + root);
  add("trigger", match.noun ? "noun" : "verb");
  add("stands", scene.tree.Rel(match.trigger));
  add("status", EventStatusName(event.status));
  add("told", Telling(view, event));
  add("source", source_way);
  add("target", match.target.empty() && !event.target.empty() ? "home" : target_way);
  add("source-code", source_code);
  add("target-code", target_code);
  add("source-words", WordsOf(view, scene, match.source));
  add("target-words", WordsOf(view, scene, match.target));
  add("source-party", PartyName(parties.MostPublic(view, scene, match.source)));
  add("target-party", PartyName(parties.MostPublic(view, scene, match.target)));
  add("source-known", KnownBy(view, scene, match.source));
  add("target-known", KnownBy(view, scene, match.target));
  add("pair", pair);
  add("root-pair", root + "/" + pair);
  if (!match.target.empty() && scene.actors[match.target.front()].place) add("target-is", "place");
  add("length", Bucket(Size(scene.words)));
  add("actors", Bucket(static_cast<std::uint32_t>(scene.actors.size())));
  add("politics", Bucket(static_cast<std::uint32_t>(2 * std::max(0, domain.real))));
  if (!IsArticle(view.story)) return features;
  add("in", "article");
  add("in-root", root);
  add("in-rule", FamilyOf(event.rule));
  if (FamilyOf(event.rule) != event.rule) add("in-rule", event.rule);
  add("in-pair", pair);
  add("in-root-pair", root + "/" + pair);
  return features;
}

std::optional<std::string> DensityFeature(const Story& story, std::size_t events,
                                          std::size_t words) {
  constexpr std::array<std::size_t, 7> kBounds{1, 2, 3, 4, 6, 8, 12};  // to two hundred words
  if (!IsArticle(story) || words == 0) return std::nullopt;
  const auto reached = std::ranges::count_if(
      kBounds, [&](std::size_t bound) { return 200 * events >= bound * words; });
  return "density=" + std::to_string(reached);
}

PairCounts::PairCounts(const std::vector<Event>& events) {
  for (const Event& event : events) ++counts_[PairOf(event.source, event.target)];
}

std::string PairCounts::FeatureOf(const std::vector<EventActor>& source,
                                  const std::vector<EventActor>& target) const {
  constexpr std::array<std::size_t, 6> kBounds{2, 3, 4, 6, 9, 13};
  const auto found = counts_.find(PairOf(source, target));
  const std::size_t count = found == counts_.end() ? 0 : found->second;
  const auto reached =
      std::ranges::count_if(kBounds, [&](std::size_t bound) { return count >= bound; });
  return "pair-told=" + std::to_string(reached);
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
    } else if (name == "least-in-article") {
      model.least_in_article_ = value;
    } else {
      model.weights_.emplace(name, value);
    }
  }
  return model;
}

double Confidence::With(double sure, const std::string& feature) const {
  const auto found = weights_.find(feature);
  if (found == weights_.end()) return sure;
  return 1 / (1 + (1 - sure) / sure * std::exp(-found->second));
}

double Confidence::Of(const std::vector<std::string_view>& features) const {
  double sum = bias_;
  for (const auto found : weights_.FindAll(features)) {
    if (found != weights_.end()) sum += found->second;
  }
  return 1 / (1 + std::exp(-sum));
}

}  // namespace dateline::events
