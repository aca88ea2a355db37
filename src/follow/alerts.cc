// A line is cut into words first; quotation marks make one word of several, which is then never a
// word of the language. What stands before the verb (does, quotes, mentions) is the subject, what
// stands behind it is cut at the words that begin a part (to, near, in, as, on).
#include "follow/alerts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "archive/distance.h"
#include "base/ascii.h"
#include "record/event_rows.h"
#include "record/rows.h"
#include "text/unicode.h"

namespace dateline::follow {
namespace {

constexpr std::string_view kUsualDistance = "50km";
constexpr std::size_t kLongestName = 64;

struct Word {
  std::string text;
  bool quoted = false;
};
using Words = std::vector<Word>;

/// "CHN", "CHNGOV", "IGOUNO": three capitals and what may follow.
bool IsActorCode(std::string_view text) {
  const auto part = [](char c) { return base::IsUpper(c) || base::IsDigit(c); };
  return text.size() >= 3 && std::ranges::all_of(text.substr(0, 3), base::IsUpper) &&
         std::ranges::all_of(text, part);
}

bool Is(const Word& word, std::string_view text) { return !word.quoted && word.text == text; }

std::unexpected<Error> Complain(std::string message) {
  return Fail(ErrorCode::kMalformed, std::move(message));
}

/// Words between blanks; "…" and '…' are one.
Result<Words> Cut(std::string_view line) {
  Words words;
  std::size_t at = 0;
  while (at < line.size()) {
    if (line[at] == ' ' || line[at] == '\t') {
      ++at;
      continue;
    }
    const bool quoted = line[at] == '"' || line[at] == '\'';
    const std::size_t begin = quoted ? at + 1 : at;
    const std::size_t end =
        quoted ? line.find(line[at], begin) : std::min(line.find_first_of(" \t", at), line.size());
    if (end == line.npos) return Complain("a quotation mark is not closed");
    words.push_back({std::string(line.substr(begin, end - begin)), quoted});
    at = quoted ? end + 1 : end;
  }
  return words;
}

/// Letters and digits, without case and accents.
std::vector<std::string> Folded(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text::Fold(text)) {
    const bool inside =
        base::IsLetter(c) || base::IsDigit(c) || static_cast<unsigned char>(c) >= 0x80;
    if (inside) word += c;
    if (inside || word.empty()) continue;
    words.push_back(std::move(word));
    word.clear();
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::string Together(const Words& words) {
  return record::Joined(words, [](const Word& word) { return word.text; }, " ");
}

Result<Who> WhoOf(const Words& words, const char* part) {
  Who who;
  if (words.empty()) {
    return Complain(fmt::format("{} is missing; write an actor code, a name, or anyone", part));
  }
  if (words.size() == 1 && (Is(words[0], "anyone") || Is(words[0], "anybody"))) return who;
  if (words.size() == 1 && !words[0].quoted && IsActorCode(words[0].text)) {
    who.code = words[0].text;
    return who;
  }
  who.words = Folded(Together(words));
  if (who.words.empty()) {
    return Complain(fmt::format("'{}' is no name: it has no letter", Together(words)));
  }
  return who;
}

/// The words behind a verb, by the word that begins each part; "" is what stands before the first.
using Parts = std::vector<std::pair<std::string, Words>>;

Parts PartsOf(const Words& words, std::size_t from, std::initializer_list<std::string_view> heads) {
  Parts parts = {{"", {}}};
  for (std::size_t i = from; i < words.size(); ++i) {
    const bool begins =
        std::ranges::any_of(heads, [&](std::string_view head) { return Is(words[i], head); });
    if (begins) {
      parts.emplace_back(words[i].text, Words{});
    } else {
      parts.back().second.push_back(words[i]);
    }
  }
  return parts;
}

// ---- what is done

bool AreDigits(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most && std::ranges::all_of(text, base::IsDigit);
}

bool AreCapitals(std::string_view text) {
  return text.size() > 2 && std::ranges::all_of(text, base::IsUpper);
}

Result<void> TakeDeed(const Words& words, EventCondition& condition) {
  const auto wrong = [&] {
    return Complain(
        fmt::format("'{}' is nothing that can be done; write a CAMEO code (042), root 19, quad 4, "
                    "a PLOVER type "
                    "(ASSAULT) or anything",
                    Together(words)));
  };
  if (words.empty()) return wrong();
  const std::string& first = words[0].text;
  if (words.size() == 2 && Is(words[0], "root") && AreDigits(words[1].text, 2, 2)) {
    condition.cameo = words[1].text;
    return {};
  }
  if (words.size() == 2 && Is(words[0], "quad") && AreDigits(words[1].text, 1, 1) &&
      words[1].text >= "1" && words[1].text <= "4") {
    condition.quad = words[1].text[0] - '0';
    return {};
  }
  if (words.size() != 1) return wrong();
  if (Is(words[0], "anything")) return {};
  if (AreDigits(first, 2, 4)) {
    condition.cameo = first;
  } else if (AreCapitals(first)) {
    condition.plover = first;
  } else {
    return wrong();
  }
  return {};
}

Result<void> TakeStatus(const Words& words, EventCondition& condition) {
  for (const Word& word : words) {
    if (Is(word, "or")) continue;
    const auto status = ParseEventStatus(word.text);
    if (!status) {
      return Complain(
          fmt::format("'{}' is no status; write occurred, planned, denied …, several "
                      "with or between them",
                      word.text));
    }
    condition.status.push_back(*status);
  }
  if (condition.status.empty()) return Complain("behind as stands no status; write as planned");
  return {};
}

Result<void> TakePlace(const Words& words, EventCondition& condition) {
  if (words.size() == 1 && !words[0].quoted && words[0].text.size() == 3 &&
      IsActorCode(words[0].text)) {
    condition.country = words[0].text;
    return {};
  }
  condition.place = Folded(Together(words));
  if (condition.place.empty()) {
    return Complain("behind in stands no place; write in Kharkiv or in UKR");
  }
  return {};
}

Result<void> TakeNear(const Words& words, EventCondition& condition) {
  condition.near_text = Together(words);
  if (condition.near_text.empty()) {
    return Complain("behind near stands no place; write near Kharkiv,50km");
  }
  if (condition.near_text.find(',') == std::string::npos) {
    condition.near_text += fmt::format(",{}", kUsualDistance);
  }
  return {};
}

Result<void> TakeEventPart(const std::string& head, const Words& words, EventCondition& condition) {
  if (head == "near") return TakeNear(words, condition);
  if (head == "in") return TakePlace(words, condition);
  if (head == "as") return TakeStatus(words, condition);
  DATELINE_TRY(condition.target, WhoOf(words, "to whom"));
  return {};
}

Result<Condition> EventOf(const Words& subject, const Words& words, std::size_t from) {
  EventCondition condition;
  DATELINE_TRY(condition.source, WhoOf(subject, "who does it"));
  const Parts parts = PartsOf(words, from, {"to", "near", "in", "as"});
  if (auto taken = TakeDeed(parts[0].second, condition); !taken) {
    return std::unexpected(taken.error());
  }
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (auto taken = TakeEventPart(parts[i].first, parts[i].second, condition); !taken) {
      return std::unexpected(taken.error());
    }
  }
  return condition;
}

/// Words to be said; a star behind one stays with it.
Result<std::vector<std::string>> AboutOf(const Words& words) {
  std::vector<std::string> about;
  for (const Word& word : words) {
    for (std::string& each : Folded(word.text)) about.push_back(std::move(each));
    const bool star = word.text.ends_with('*') && !about.empty();
    if (star) about.back() += '*';
  }
  if (about.empty()) return Complain("behind on stand no words; write on ties");
  return about;
}

Result<Condition> QuoteOf(const Words& subject, const Words& words, std::size_t from) {
  QuoteCondition condition;
  DATELINE_TRY(condition.outlet, WhoOf(subject, "whose story it is"));
  const Parts parts = PartsOf(words, from, {"on"});
  DATELINE_TRY(condition.speaker, WhoOf(parts[0].second, "who is quoted"));
  if (parts.size() > 2) return Complain("on stands there twice; put a name that has it in quotes");
  if (parts.size() == 2) {
    DATELINE_TRY(condition.about, AboutOf(parts[1].second));
  }
  return condition;
}

Result<Condition> MentionOf(const Words& subject, const Words& words, std::size_t from) {
  MentionCondition condition;
  DATELINE_TRY(condition.outlet, WhoOf(subject, "whose story it is"));
  DATELINE_TRY(
      condition.entity,
      WhoOf({words.begin() + static_cast<std::ptrdiff_t>(from), words.end()}, "who is mentioned"));
  return condition;
}

Result<Condition> ConditionOf(std::string_view text) {
  DATELINE_TRY(const Words words, Cut(text));
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Words subject(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i));
    if (Is(words[i], "does")) return EventOf(subject, words, i + 1);
    if (Is(words[i], "quotes")) return QuoteOf(subject, words, i + 1);
    if (Is(words[i], "mentions")) return MentionOf(subject, words, i + 1);
  }
  return Complain(
      "there is no does, quotes or mentions; write 'RUS does root 19 to UKR near Kharkiv,50km' or "
      "'anyone quotes X on Y'");
}

Result<Action> ActionOf(std::string_view line) {
  DATELINE_TRY(const Words words, Cut(line));
  Action action;
  for (std::size_t i = 1; i < words.size(); ++i) action.words.push_back(words[i].text);
  constexpr std::array<std::string_view, 4> kVerbs = {"print", "append", "post", "run"};
  const auto verb =
      std::ranges::find_if(kVerbs, [&](std::string_view each) { return Is(words[0], each); });
  if (verb == kVerbs.end()) {
    return Complain(
        fmt::format("'{}' is nothing to do; write print, append FILE, post http://127.0.0.1:PORT/ "
                    "or run PROGRAM",
                    words[0].text));
  }
  action.kind = static_cast<Action::Kind>(verb - kVerbs.begin());
  const bool one = action.words.size() == 1;
  const bool fits = action.kind == Action::Kind::kPrint ? action.words.empty()
                    : action.kind == Action::Kind::kRun ? !action.words.empty()
                                                        : one;
  if (!fits) {
    return Complain(fmt::format("behind {} stand too many or too few words", words[0].text));
  }
  return action;
}

bool IsName(std::string_view name) {
  const auto fits = [](char c) {
    return base::IsLetter(c) || base::IsDigit(c) || c == '-' || c == '_' || c == '.';
  };
  return !name.empty() && name.size() <= kLongestName && std::ranges::all_of(name, fits);
}

Result<Alert> AlertOf(std::string_view line) {
  const std::size_t colon = line.find(':');
  const std::string_view name = base::Trim(line.substr(0, std::min(colon, line.size())));
  if (colon == line.npos || !IsName(name)) {
    return Complain(
        "no name before a colon; write NAME: CONDITION, the name of letters, digits, - "
        "and _");
  }
  Alert alert;
  alert.name = name;
  alert.text = base::Trim(line.substr(colon + 1));
  DATELINE_TRY(alert.condition, ConditionOf(alert.text));
  return alert;
}

/// Takes one line that is neither empty nor a comment.
Result<void> TakeLine(std::string_view line, std::size_t number, std::vector<Alert>& alerts) {
  if (line.front() == ' ' || line.front() == '\t') {
    if (alerts.empty()) return Complain("an indented line stands before the first alert");
    DATELINE_TRY(Action action, ActionOf(line));
    alerts.back().actions.push_back(std::move(action));
    return {};
  }
  DATELINE_TRY(Alert alert, AlertOf(line));
  if (std::ranges::find(alerts, alert.name, &Alert::name) != alerts.end()) {
    return Complain(fmt::format("there is an alert '{}' already", alert.name));
  }
  alert.line = number;
  alerts.push_back(std::move(alert));
  return {};
}

// ---- matching

bool HoldsInOrder(const std::vector<std::string>& words, const std::vector<std::string>& wanted) {
  return !std::ranges::search(words, wanted).empty();
}

bool Meets(const Who& who, std::string_view code, std::string_view name) {
  if (who.IsAnyone()) return true;
  if (!who.code.empty()) return code.starts_with(who.code);
  return HoldsInOrder(Folded(name), who.words);
}

bool MeetsSide(const Who& who, const Story& story, const std::vector<EventActor>& side) {
  if (who.IsAnyone()) return true;
  return std::ranges::any_of(side, [&](const EventActor& actor) {
    return Meets(who, actor.actor, record::NameOf(story, actor));
  });
}

bool MeetsStatus(const EventCondition& condition, EventStatus status) {
  if (!condition.status.empty()) {
    return std::ranges::find(condition.status, status) != condition.status.end();
  }
  return status == EventStatus::kOccurred || status == EventStatus::kOngoing ||
         status == EventStatus::kClaimed;
}

bool MeetsPlace(const EventCondition& condition, const std::optional<EventPlace>& place) {
  const bool anywhere = condition.place.empty() && condition.country.empty() &&
                        condition.near_text.empty() && !condition.near;
  if (anywhere) return true;
  if (!place) return false;
  if (!condition.country.empty() && place->country != condition.country) return false;
  if (!condition.place.empty() && !HoldsInOrder(Folded(place->name), condition.place)) return false;
  if (condition.near_text.empty() && !condition.near) return true;
  if (!condition.near || !place->lat || !place->lon) return false;
  return archive::Kilometres(*place->lat, *place->lon, condition.near->lat, condition.near->lon) <=
         condition.near->km;
}

bool MeetsEvent(const EventCondition& condition, const Story& story, const Event& event) {
  return event.cameo.starts_with(condition.cameo) &&
         (condition.plover.empty() || event.plover == condition.plover) &&
         (condition.quad == 0 || event.quad == condition.quad) &&
         MeetsStatus(condition, event.status) && MeetsPlace(condition, event.place) &&
         MeetsSide(condition.source, story, event.source) &&
         MeetsSide(condition.target, story, event.target);
}

bool MeetsOutlet(const Who& outlet, const Story& story) {
  if (outlet.IsAnyone()) return true;
  if (outlet.words.empty()) return false;  // a code is no outlet's
  if (story.article.publisher && HoldsInOrder(Folded(*story.article.publisher), outlet.words)) {
    return true;
  }
  return std::ranges::any_of(story.article.source_organization, [&](const std::string& name) {
    return HoldsInOrder(Folded(name), outlet.words);
  });
}

bool IsSaid(const std::string& wanted, const std::vector<std::string>& words) {
  const bool begins = wanted.ends_with('*');
  const std::string_view stem =
      std::string_view(wanted).substr(0, wanted.size() - (begins ? 1 : 0));
  return std::ranges::any_of(words, [&](const std::string& word) {
    return begins ? word.starts_with(stem) : word == stem;
  });
}

bool MeetsQuote(const QuoteCondition& condition, const Story& story,
                const Attribution& attribution) {
  const Entity* entity = record::EntityAt(story, attribution.entity);
  const std::string name =
      entity != nullptr ? entity->name : record::TextOf(story, attribution.source);
  const std::string code = entity != nullptr ? entity->actor.value_or("") : "";
  if (!Meets(condition.speaker, code, name)) return false;
  if (condition.about.empty()) return true;
  const auto words = Folded(record::TextOf(story, attribution.content));
  return std::ranges::all_of(condition.about,
                             [&](const std::string& wanted) { return IsSaid(wanted, words); });
}

/// The places of the items that meet it.
template <typename Item, typename Meet>
std::vector<std::uint32_t> Places(const std::vector<Item>& items, Meet meet) {
  std::vector<std::uint32_t> places;
  for (std::uint32_t i = 0; i < items.size(); ++i) {
    if (meet(items[i])) places.push_back(i);
  }
  return places;
}

struct Finder {
  const Story& story;

  std::vector<std::uint32_t> operator()(const EventCondition& condition) const {
    return Places(story.events,
                  [&](const Event& event) { return MeetsEvent(condition, story, event); });
  }
  std::vector<std::uint32_t> operator()(const QuoteCondition& condition) const {
    if (!MeetsOutlet(condition.outlet, story)) return {};
    return Places(story.attributions,
                  [&](const Attribution& each) { return MeetsQuote(condition, story, each); });
  }
  std::vector<std::uint32_t> operator()(const MentionCondition& condition) const {
    if (!MeetsOutlet(condition.outlet, story)) return {};
    return Places(story.entities, [&](const Entity& entity) {
      return Meets(condition.entity, entity.actor.value_or(""), entity.name);
    });
  }
};

}  // namespace

Result<std::vector<Alert>> ParseAlerts(std::string_view bytes, std::string_view path) {
  std::vector<Alert> alerts;
  std::size_t number = 0;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    ++number;
    while (!line.empty() && std::string_view(" \t\r").find(line.back()) != line.npos) {
      line.remove_suffix(1);
    }
    if (line.empty() || base::Trim(line).front() == '#') continue;
    if (auto taken = TakeLine(line, number, alerts); !taken) {
      return Fail(taken.error().code, taken.error().message, fmt::format("{}:{}", path, number));
    }
  }
  for (Alert& alert : alerts) {
    if (alert.actions.empty()) alert.actions.emplace_back();
  }
  return alerts;
}

std::vector<std::uint32_t> FindMatches(const Condition& condition, const Story& story) {
  return std::visit(Finder{story}, condition);
}

}  // namespace dateline::follow
