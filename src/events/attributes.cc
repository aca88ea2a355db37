#include "events/attributes.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "events/one_of.h"
#include "events/quantity.h"

// A number counts what its noun is ("40 protesters"), what the verb does that has the noun for
// object
// ("killed 12 villagers"), or what the word behind it says ("left 12 dead"). It belongs to an event
// when it stands in the clause that tells it, or when the verb that counts hangs on the trigger or
// has the trigger for head ("shelled a village, killing 12").

namespace dateline::events {
namespace {

bool IsRoot(const std::vector<std::string>& roots, std::string_view root) {
  return std::ranges::find(roots, root) != roots.end();
}

/// The word that the number stands for: its noun, or itself where it stands alone.
std::uint32_t NounOf(const Tree& tree, const Quantity& quantity) {
  const auto head = tree.Head(quantity.last);
  const Relation rel = tree.Rel(quantity.last);
  const bool modifies = rel == "nummod" || rel == "det" || rel == "amod" || rel == "compound";
  if (head && modifies) return *head;
  // "dozens of villagers"
  for (const std::uint32_t child : tree.Children(quantity.last)) {
    if (tree.Rel(child) == "nmod" && tree.Case(child) == "of") return child;
  }
  return quantity.last;
}

/// The verbs that have the number or its noun for object, and the one that stands right before it:
/// "killing up to 15 people" is at times parsed as an oblique.
std::vector<const Verb*> VerbsOver(const Scene& scene, const Quantity& quantity,
                                   std::uint32_t noun) {
  std::vector<const Verb*> out;
  for (const Verb& verb : scene.verbs) {
    const auto& objects = verb.roles.object;
    if (verb.at + 1 == quantity.words.begin || std::ranges::find(objects, noun) != objects.end() ||
        std::ranges::find(objects, quantity.last) != objects.end())
      out.push_back(&verb);
  }
  return out;
}

/// Whether the word stands in what tells the event, or hangs on it.
bool Belongs(const Scene& scene, const Match& match, std::uint32_t word) {
  if (match.extent.Contains(word)) return true;
  const Tree& tree = scene.tree;
  std::optional<std::uint32_t> at = word;
  for (int up = 0; at && up < 6; ++up) {
    if (*at == match.trigger) return true;
    const auto head = tree.Head(*at);
    // The trigger may be joined to what counts, or hang on it: "12 were killed when Chad attacked".
    if (tree.Head(match.trigger) == at) return true;
    at = head;
  }
  return false;
}

std::string_view CurrencyOf(std::string_view form) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kCurrencies{{
      {"$", "USD"},
      {"us$", "USD"},
      {"dollar", "USD"},
      {"dollars", "USD"},
      {"€", "EUR"},
      {"euro", "EUR"},
      {"euros", "EUR"},
      {"£", "GBP"},
      {"pound", "GBP"},
      {"pounds", "GBP"},
      {"yen", "JPY"},
      {"yuan", "CNY"},
      {"rupees", "INR"},
      {"roubles", "RUB"},
      {"rubles", "RUB"},
  }};
  for (const auto& [name, code] : kCurrencies) {
    if (name == form) return code;
  }
  return {};
}

/// The currency before or after the number; empty for none.
std::string_view CurrencyAround(const StoryView& view, const Scene& scene,
                                const Quantity& quantity) {
  const std::uint32_t begin = quantity.words.begin;
  if (begin > scene.words.begin) {
    const std::string_view before = CurrencyOf(view.word(begin - 1).form);
    if (!before.empty()) return before;
  }
  const std::uint32_t end = quantity.words.end;
  if (end < scene.words.end) return CurrencyOf(view.word(end).form);
  return {};
}

Span SpanOfWords(const StoryView& view, Range words) {
  return {view.word(words.begin).span.begin, view.word(words.end - 1).span.end};
}

}  // namespace

std::vector<Quantity> ReadQuantities(const StoryView& view, Range sentence) {
  std::vector<Quantity> quantities;
  for (std::uint32_t at = sentence.begin; at < sentence.end; ++at) {
    const auto quantity = QuantityAt(view, sentence, at);
    if (!quantity) continue;
    at = std::max(at, quantity->last);
    quantities.push_back(*quantity);
  }
  return quantities;
}

Result<AttributeTable> AttributeTable::Load(const tables::Tables& tables) {
  AttributeTable result;
  result.tables_ = tables;
  DATELINE_TRY(result.means_, result.tables_.Get("events/means"));
  DATELINE_TRY(result.contexts_, result.tables_.Get("events/contexts"));
  DATELINE_TRY(result.context_openers_, PhraseOpeners::Load(*result.contexts_, "phrase"));
  DATELINE_TRY(const tables::Table* table, tables.Get("events/quantities"));
  DATELINE_TRY(const tables::Column of, table->GetColumn("of"));
  DATELINE_TRY(const tables::Column roots, table->GetColumn("roots"));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    Kind& kind = result.kinds_.emplace_back();
    kind.of = table->Cell(row, of);
    for (const std::string_view root : tables::Values(table->Cell(row, roots)))
      kind.roots.emplace_back(root);
    for (const auto& [name, index] :
         {std::pair{"verbs", &result.verbs_}, std::pair{"nouns", &result.nouns_},
          std::pair{"words", &result.words_}}) {
      DATELINE_TRY(const tables::Column column, table->GetColumn(name));
      for (const std::string_view word : tables::Values(table->Cell(row, column)))
        (*index)[word].push_back(result.kinds_.size() - 1);
    }
  }
  return result;
}

const AttributeTable::Kind* AttributeTable::KindAmong(const Index& index, std::string_view word,
                                                      std::string_view root) const {
  const auto found = index.find(word);
  if (found == index.end()) return nullptr;
  for (const std::size_t kind : found->second) {
    if (IsRoot(kinds_[kind].roots, root)) return &kinds_[kind];
  }
  return nullptr;
}

const AttributeTable::Kind* AttributeTable::KindOf(const StoryView& view, const Scene& scene,
                                                   const Quantity& quantity,
                                                   std::string_view root) const {
  const std::uint32_t noun = NounOf(scene.tree, quantity);
  for (const Verb* verb : VerbsOver(scene, quantity, noun)) {
    if (verb->negated) continue;
    if (const Kind* kind = KindAmong(verbs_, verb->lemma, root)) return kind;
  }
  // "12 dead", "12 people dead", "12 people were injured"
  constexpr std::uint32_t kNear = 4;
  const std::uint32_t end = std::min(scene.words.end, std::max(noun, quantity.last) + kNear);
  for (std::uint32_t at = quantity.last + 1; at < end; ++at) {
    if (view.word(at).Is(quotes::WordClass::kPunctuation) || view.word(at).form == "and") break;
    if (const Kind* kind = KindAmong(words_, view.word(at).form, root)) return kind;
  }
  return KindAmong(nouns_, scene.tree.Lemma(noun), root);
}

void AttributeTable::AddCounts(const StoryView& view, const Scene& scene, const Match& match,
                               const std::vector<Quantity>& quantities, Event& event) const {
  const std::string_view root = std::string_view(event.cameo).substr(0, 2);
  for (const Quantity& quantity : quantities) {
    if (!Belongs(scene, match, quantity.last)) continue;
    const std::string_view currency = CurrencyAround(view, scene, quantity);
    const Kind* kind =
        currency.empty() ? KindOf(view, scene, quantity, root) : KindAmong(words_, "dollar", root);
    if (kind == nullptr || (kind->of == "amount" && currency.empty())) continue;
    event.counts.push_back({.of = kind->of,
                            .least = quantity.least,
                            .most = quantity.most,
                            .unit = std::string(currency),
                            .span = SpanOfWords(view, quantity.words)});
  }
}

void AttributeTable::AddMeans(const StoryView& view, const Match& match, Event& event) const {
  constexpr std::array<std::string_view, 5> kForceful{"14", "17", "18", "19", "20"};
  const std::string_view root = std::string_view(event.cameo).substr(0, 2);
  if (!IsOneOf(root, kForceful)) return;
  std::uint32_t nearest = 0;
  for (std::uint32_t at = match.extent.begin; at < match.extent.end; ++at) {
    const auto found = means_->MatchPhrase(view.folded, at, match.extent.end);
    if (!found) continue;
    const std::uint32_t distance = at > match.trigger ? at - match.trigger : match.trigger - at;
    if (event.means && distance >= nearest) continue;
    nearest = distance;
    const auto kind = *means_->GetColumn("kind");
    const auto length = static_cast<std::uint32_t>(found->length);
    event.means = EventMeans{.kind = std::string(means_->Cell(found->rows.front(), kind)),
                             .span = SpanOfWords(view, {at, at + length})};
    at += length - 1;
  }
}

void AttributeTable::AddContexts(const StoryView& view, Range sentence, Event& event) const {
  constexpr std::size_t kMost = 3;
  std::map<std::uint32_t, int> words;
  for (std::size_t at = sentence.begin; at < sentence.end;) {
    const auto found = context_openers_.MayOpen(view.folded, at)
                           ? contexts_->MatchPhrase(view.folded, at, sentence.end)
                           : std::nullopt;
    if (found) {
      for (const std::uint32_t row : found->rows) ++words[row];
    }
    at += found ? found->length : 1;
  }
  std::vector<std::pair<std::uint32_t, int>> ranked(words.begin(), words.end());
  std::ranges::stable_sort(ranked,
                           [](const auto& a, const auto& b) { return a.second > b.second; });
  if (ranked.size() > kMost) ranked.resize(kMost);
  const auto name = *contexts_->GetColumn("context");
  for (const auto& [row, count] : ranked) event.contexts.emplace_back(contexts_->Cell(row, name));
}

void AttributeTable::AddTo(const StoryView& view, const Scene& scene, const Match& match,
                           const std::vector<Quantity>& quantities, Event& event) const {
  AddCounts(view, scene, match, quantities, event);
  AddMeans(view, match, event);
  AddContexts(view, scene.words, event);
}

}  // namespace dateline::events
