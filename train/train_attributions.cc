// Trains models/attributions.dlm, the learned part of who said what.
//
//   train_attributions TRAIN.jsonl TABLES LANGUAGE_MODEL OUT.dlm DATE
//
// TRAIN.jsonl is what attribution_gold.py writes. Everything is read, parsed and turned into
// features by the engine's own code, so that training and run time cannot differ. Same input, same
// output: one seed, one thread, no clock.
//
// Four log-linear models, each by stochastic gradient with AdaGrad steps and features dropped at
// random: cue heads, labels of words and of gaps (one conditional random field), verdicts. A model
// that reads what another one says is trained on what that one says of articles it has not seen:
// the articles are cut in two halves for that.
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "dateline/engine.h"
#include "quotes/attribution_model.h"
#include "quotes/labeller.h"
#include "quotes/verdict.h"
#include "tables/tables.h"

namespace {

using namespace dateline;          // NOLINT(google-build-using-namespace): a program of one file
using namespace dateline::quotes;  // NOLINT(google-build-using-namespace)

constexpr int kCueEpochs = 5;
constexpr int kLabelEpochs = 6;
constexpr int kVerdictEpochs = 6;
constexpr float kRate = 0.1F;
constexpr float kVerdictRate = 0.05F;
constexpr float kFirstSquare = 0.1F;     // of AdaGrad
constexpr int kRuns = 3;                 // orders of the examples, whose weights are averaged
constexpr std::uint32_t kDropped = 100;  // of 256 features
constexpr float kCueThreshold = -2.2F;   // one in ten

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

std::vector<std::unique_ptr<Article>> ReadArticles(const Engine& engine, const Lexicon& lexicon,
                                                   const char* path) {
  std::vector<std::unique_ptr<Article>> articles;
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
      article->reading = ReadStory(article->story, lexicon);
      article->graph = MakeGraph(article->reading, lexicon);
      LinkGold(root["gold"].get_array(), *article);
      articles.push_back(std::move(article));
    }
  }
  return articles;
}

// --------------------------------------------------------------------------------------- weights

using Random = std::mt19937;

/// A table of weights while it is being learned.
class Learner {
 public:
  Learner(std::uint32_t outputs, std::uint32_t bits)
      : outputs_(outputs),
        bits_(bits),
        weights_((std::size_t{1} << bits) * outputs, 0.0F),
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

  void Score(const Features& features, float* scores) const {
    std::fill_n(scores, outputs_, 0.0F);
    for (const std::uint32_t feature : features) {
      const float* row = weights_.data() + RowOf(feature);
      for (std::size_t k = 0; k < outputs_; ++k) scores[k] += row[k];
    }
  }

  /// One step against the gradient of the loss by the scores.
  void Learn(const Features& features, const float* gradient) {
    for (const std::uint32_t feature : features) {
      const std::size_t row = RowOf(feature);
      for (std::size_t k = 0; k < outputs_; ++k) {
        if (gradient[k] == 0) continue;
        squares_[row + k] += gradient[k] * gradient[k];
        weights_[row + k] -= rate_ * gradient[k] / std::sqrt(squares_[row + k]);
      }
    }
  }

  /// The mean of what was remembered in 255 steps; the few greatest are cut at the end of the
  /// scale. REQUIRES: Remember was called.
  [[nodiscard]] HashedWeights Quantised() const {
    std::vector<float> sizes;
    for (const float w : sum_) {
      if (w != 0) sizes.push_back(std::fabs(w) / remembered_);
    }
    std::ranges::sort(sizes);
    const float greatest = sizes.empty() ? 1.0F : sizes[sizes.size() - 1];
    HashedWeights out{.outputs = outputs_, .bits = bits_, .scale = greatest / 127.0F, .table = {}};
    out.table.reserve(weights_.size());
    for (const float w : sum_) {
      const float steps = std::round(w / remembered_ / out.scale);
      out.table.push_back(static_cast<std::int8_t>(std::clamp(steps, -127.0F, 127.0F)));
    }
    return out;
  }

 private:
  [[nodiscard]] std::size_t RowOf(std::uint32_t feature) const {
    return static_cast<std::size_t>(feature & ((1U << bits_) - 1U)) * outputs_;
  }

  std::uint32_t outputs_;
  std::uint32_t bits_;
  float rate_ = kRate;
  std::vector<float> weights_;
  std::vector<float> squares_;
  std::vector<float> sum_;
  float remembered_ = 0;
};

void DropSome(Features& features, Random& random) {
  std::erase_if(features, [&](std::uint32_t) { return (random() & 255U) < kDropped; });
}

float RateAt(float rate, int epoch, int epochs) {
  return rate * (1.0F - 0.85F * static_cast<float>(epoch) / static_cast<float>(epochs));
}

float Sigmoid(float x) { return 1.0F / (1.0F + std::exp(-x)); }

void Tell(const char* what, int epoch, double loss, std::size_t count) {
  std::fprintf(stderr, "%s, epoch %d: loss %.5f\n", what, epoch,
               loss / static_cast<double>(std::max<std::size_t>(count, 1)));
}

/// One step of a yes-or-no model; its loss.
double LearnYesNo(Learner& learner, Features& features, bool yes, Random& random) {
  DropSome(features, random);
  float score = 0;
  learner.Score(features, &score);
  const float p = Sigmoid(score);
  const float gradient = p - (yes ? 1.0F : 0.0F);
  if (std::fabs(gradient) > 1e-3F) learner.Learn(features, &gradient);
  return -std::log(std::max(1e-9F, yes ? p : 1.0F - p));
}

// ------------------------------------------------------------------------------------------ cues

HashedWeights TrainCues(Articles articles, Random& random) {
  Learner learner(1, 18);
  Features features;
  for (int step = 0; step < kRuns * kCueEpochs; ++step) {
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

  void Score(const Learner& word, const Learner& gap, const Graph& graph,
             const std::vector<std::uint8_t>& levels, const Scene& scene, Random& random) {
    const std::size_t size = scene.window.end - scene.window.begin;
    word_features.resize(size);
    gap_features.resize(size);
    words.resize(size);
    gaps.resize(size);
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint32_t at = scene.window.begin + i;
      WordFeatures(graph, levels, scene, at, word_features[i]);
      GapFeatures(graph, scene, at, gap_features[i]);
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

using Levels = std::vector<std::vector<std::uint8_t>>;

struct LabelWeights {
  HashedWeights word, gap;
};

LabelWeights TrainLabels(const Articles& articles, const Levels& levels, Random& random) {
  std::vector<std::pair<std::size_t, const Gold*>> order;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    for (const Gold& gold : articles[i]->gold) order.emplace_back(i, &gold);
  }
  Learner word(kLabels, 17);
  Learner gap(kLabels * kLabels, 16);
  Scene scene;
  Field field;
  for (int step = 0; step < kRuns * kLabelEpochs; ++step) {
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
};

void AddJudged(const AttributionModel& model, const Article& article, std::vector<Judged>& out) {
  const auto candidates = FindCandidates(model, article.reading, article.graph);
  const auto right = Right(article, candidates);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Judged& one = out.emplace_back();
    VerdictFeatures(article.graph, candidates, i, one.features);
    one.right = right[i] && !candidates[i].content.empty();
  }
}

HashedWeights TrainVerdicts(std::vector<Judged> cases, Random& random) {
  Learner learner(1, 17);
  for (int step = 0; step < kRuns * kVerdictEpochs; ++step) {
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

/// Scores of cases that the weights have not seen: each half judged by what the other taught.
Scored CrossScore(const std::array<std::vector<Judged>, 2>& halves, Random& random) {
  Scored scored;
  for (std::size_t half = 0; half < 2; ++half) {
    const HashedWeights weights = TrainVerdicts(halves[1 - half], random);
    for (const Judged& one : halves[half]) {
      float score = 0;
      weights.Score(one.features, std::span(&score, 1));
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
  std::fprintf(stderr, "held out of training: full F1 %.2f from score %.3f on\n", 100 * best,
               static_cast<double>(threshold));
  return threshold;
}

// ------------------------------------------------------------------------------------- the whole

Articles HalfOf(const std::vector<std::unique_ptr<Article>>& articles, std::size_t half) {
  Articles out;
  for (std::size_t i = half; i < articles.size(); i += 2) out.push_back(articles[i].get());
  return out;
}

Levels LevelsOf(const AttributionModel& model, const Articles& articles) {
  Levels levels;
  for (const Article* article : articles) {
    levels.push_back(CueLevels(CueScores(model, article->graph)));
  }
  return levels;
}

AttributionModel Train(const std::vector<std::unique_ptr<Article>>& articles) {
  Random random(1);  // NOLINT(cert-msc51-cpp): the same model each time
  const std::array<Articles, 2> halves{HalfOf(articles, 0), HalfOf(articles, 1)};
  std::array<AttributionModel, 2> taught;  // by the other half
  std::array<Levels, 2> levels;
  for (std::size_t half = 0; half < 2; ++half) {
    taught[half].cue_threshold = kCueThreshold;
    taught[half].verdict = {.outputs = 1, .bits = 0, .scale = 1, .table = {0}};
    taught[half].cue = TrainCues(halves[1 - half], random);
    levels[half] = LevelsOf(taught[half], halves[half]);
  }
  std::array<std::vector<Judged>, 2> judged;
  std::size_t gold = 0;
  for (std::size_t half = 0; half < 2; ++half) {
    auto [word, gap] = TrainLabels(halves[1 - half], levels[1 - half], random);
    taught[half].word = std::move(word);
    taught[half].gap = std::move(gap);
    for (const Article* article : halves[half]) {
      AddJudged(taught[half], *article, judged[half]);
      gold += article->gold.size();
    }
  }
  AttributionModel model;
  const Scored scored = CrossScore(judged, random);
  model.calibration = Calibrate(scored);
  model.verdict_threshold = BestThreshold(scored, gold);
  model.cue_threshold = kCueThreshold;
  std::vector<Judged> all = judged[0];
  all.insert(all.end(), judged[1].begin(), judged[1].end());
  model.verdict = TrainVerdicts(std::move(all), random);

  Articles both = halves[0];
  both.insert(both.end(), halves[1].begin(), halves[1].end());
  Levels both_levels = levels[0];
  both_levels.insert(both_levels.end(), levels[1].begin(), levels[1].end());
  model.cue = TrainCues(both, random);
  auto [word, gap] = TrainLabels(both, both_levels, random);
  model.word = std::move(word);
  model.gap = std::move(gap);
  return model;
}

AttributionModel Blank() {
  AttributionModel blank;
  const std::array<std::pair<HashedWeights*, std::uint32_t>, 4> tables{
      {{&blank.cue, 1}, {&blank.word, 4}, {&blank.gap, 16}, {&blank.verdict, 1}}};
  for (const auto& [weights, outputs] : tables) {
    *weights = {.outputs = outputs, .bits = 0, .scale = 1, .table = {}};
    weights->table.assign(outputs, 0);
  }
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
  if (argc != 6) {
    std::cerr << "usage: train_attributions TRAIN.jsonl TABLES LANGUAGE_MODEL OUT.dlm DATE\n";
    return 2;
  }
  // The engine wants an attribution model to open: one that knows nothing.
  const std::string out = argv[4];
  Write(Blank(), out);
  const Engine engine = Need(
      Engine::Open({.tables = argv[2], .model = argv[3], .attributions = out, .overlays = {}}));
  const auto tables = Need(tables::Tables::Load(argv[2], {}));
  const Lexicon lexicon{Need(WordClasses::Load(tables)), Need(CueTable::Load(tables))};
  const auto articles = ReadArticles(engine, lexicon, argv[1]);
  AttributionModel model = Train(articles);
  model.notes = std::string("attributions ") + argv[5] +
                "\ntrained on PolNeAR's training part (no text of it is in this file)\n"
                "Apache-2.0\n";
  model.fingerprint = FeatureFingerprint();
  for (std::uint32_t seed = 1; seed <= 10; ++seed) model.tests.push_back(model.MakeTest(seed));
  Write(model, out);
  return 0;
}
