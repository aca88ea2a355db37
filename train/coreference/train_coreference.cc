// Trains the coreference ranker on gold chains and writes models/coreference.dlc.
//
//   train_coreference TRAIN.jsonl DEV.jsonl CLASSES.tsv OUT.dlc [PREDICTIONS.jsonl] [option=value
//   ...]
//
// Gold: a JSON object a line with `doc`, `text`, `mentions` (`cluster`, `begin`, `end` in bytes of
// the text). Texts are read by the engine itself, from raw text, so that the ranker learns from the
// trees it will see. Log-linear ranking of antecedents with the costs of Durrett and Klein (2013),
// AdaGrad, documents in an order shuffled by a fixed seed; chains are those the model itself makes.
#include <fmt/format.h>
#include <simdjson.h>
#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "article/article_reader.h"
#include "coreference/ranker.h"
#include "coreference/search.h"
#include "dateline/engine.h"
#include "engine/compose.h"
#include "html/page_reader.h"
#include "names/names.h"
#include "readers/pages.h"
#include "syntax/parser.h"
#include "tables/tables.h"

namespace {

using namespace dateline;
using namespace dateline::coreference;

template <typename T>
T Value(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().Text());
  return std::move(*result);
}

/// Words of the classes file, sorted by hash.
struct ClassList {
  std::vector<std::uint32_t> words;
  std::vector<std::uint8_t> classes;
};

ClassList ReadClasses(const std::string& tsv) {
  std::map<std::uint32_t, std::uint8_t> sorted;
  std::istringstream lines(tsv);
  std::string word;
  int number = 0;
  while (lines >> word >> number) sorted[HashWord(word)] = static_cast<std::uint8_t>(number);
  ClassList list;
  for (const auto& [hash, of] : sorted) {
    list.words.push_back(hash);
    list.classes.push_back(of);
  }
  return list;
}

struct Document {
  std::string name;
  std::vector<Span> spans;           ///< of the phrases, in the gold text
  std::vector<std::uint32_t> heads;  ///< where their heads begin
  std::vector<int> gold;             ///< chain of each phrase; -1: none
  Scene scene;
};

struct Settings {
  std::map<std::string, double> values{{"epochs", 12}, {"rate", 0.03}, {"l2", 1e-6},   {"new", 4.0},
                                       {"wrong", 1.0}, {"false", 0.1}, {"bits", 19},   {"seed", 1},
                                       {"bias", 0},    {"average", 3}, {"scale", 0.01}};
  double operator[](const std::string& name) const { return values.at(name); }
};

std::string ReadFile(const char* path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(fmt::format("{}: cannot be read", path));
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// What the engine does before coreference.
class StoryReader {
 public:
  static StoryReader Open() {
    const std::filesystem::path file = std::getenv("DATELINE_TABLES");
    StoryReader reader;
    reader.tables = Value(tables::Tables::Load(file, {}));
    reader.layouts_ = Value(article::Layouts::Load(reader.tables));
    reader.html_pages_ = Value(html::PageReader::Load(reader.tables));
    reader.parser_ = Value(syntax::Parser::Load(file.parent_path() / "english.dlm"));
    reader.names_ = Value(names::NameFinder::Load(reader.tables));
    reader.scratch_ = reader.parser_->MakeScratch();
    return reader;
  }

  Story Read(const std::string& text) {
    ReadOptions options;
    options.format = Format::kText;
    options.layout = false;
    const auto pages = Value(readers::ReadPages(text, options.format));
    auto stories = Value(engine::ComposeStories(pages.at(0), options, *layouts_, *html_pages_));
    Story story = std::move(stories.at(0));
    parser_->Annotate(story, *scratch_);
    names::TagTokens(names_->Find(names_->Read(story)), story);
    return story;
  }

  tables::Tables tables;

 private:
  StoryReader() = default;
  std::optional<article::Layouts> layouts_;
  std::optional<html::PageReader> html_pages_;
  std::optional<syntax::Parser> parser_;
  std::optional<names::NameFinder> names_;
  std::optional<syntax::ParserScratch> scratch_;
};

class Loader {
 public:
  Loader(StoryReader& reader, const Words& words, const WordClasses& classes)
      : reader_(reader), words_(words), classes_(classes) {}

  std::vector<Document> Load(const char* path) {
    const simdjson::padded_string json(ReadFile(path));
    simdjson::dom::parser parser;
    std::vector<Document> documents;
    for (const simdjson::dom::element line : parser.parse_many(json, std::size_t{16} << 20U)) {
      documents.push_back(Read(line));
    }
    fmt::print("{}: {} documents, {} gold mentions in chains, {:.1f} % found as phrases\n", path,
               documents.size(), wanted_, 100.0 * found_ / std::max(1, wanted_));
    for (const auto& [text, count] : Top()) fmt::print("  missed {:4} {}\n", count, text);
    wanted_ = found_ = 0;
    missed_.clear();
    return documents;
  }

 private:
  Document Read(const simdjson::dom::element& line) {
    Document document;
    document.name = std::string{line["doc"].get_string().value()};
    const std::string text{line["text"].get_string().value()};
    const Story story = reader_.Read(text);
    document.scene = MakeScene(story, words_, classes_);
    std::map<Span, int> chain_of;
    for (const simdjson::dom::element mention : line["mentions"]) {
      chain_of[MakeSpan(std::uint64_t(mention["begin"]), std::uint64_t(mention["end"]))] =
          static_cast<int>(std::int64_t(mention["cluster"]));
    }
    std::map<int, int> sizes;
    for (const auto& [span, chain] : chain_of) ++sizes[chain];
    for (const Phrase& phrase : document.scene.found.phrases) {
      const Span span = story.alignment.ToSource(
          {story.tokens[phrase.first].span.begin, story.tokens[phrase.last - 1].span.end});
      document.spans.push_back(span);
      document.heads.push_back(story.alignment.ToSource(story.tokens[phrase.head].span).begin);
      const auto gold = chain_of.find(span);
      document.gold.push_back(gold == chain_of.end() ? -1 : gold->second);
    }
    for (const auto& [span, chain] : chain_of) {
      if (sizes[chain] < 2) continue;
      ++wanted_;
      if (std::ranges::find(document.spans, span) != document.spans.end()) {
        ++found_;
        continue;
      }
      std::string printed(span.of(text));
      std::string nearest = "nothing";
      for (const Span& other : document.spans) {
        if (other.Overlaps(span) && (other.begin == span.begin || other.end == span.end)) {
          nearest = std::string(other.of(text));
        }
      }
      ++missed_[printed.substr(0, 70) + " | " + nearest.substr(0, 70)];
    }
    return document;
  }

  [[nodiscard]] std::vector<std::pair<std::string, int>> Top() const {
    std::vector<std::pair<std::string, int>> top(missed_.begin(), missed_.end());
    std::ranges::stable_sort(top, std::greater{}, &std::pair<std::string, int>::second);
    if (top.size() > 40) top.resize(40);
    return std::getenv("MISSED") != nullptr ? top : std::vector<std::pair<std::string, int>>{};
  }

  StoryReader& reader_;
  const Words& words_;
  const WordClasses& classes_;
  int wanted_ = 0;
  int found_ = 0;
  std::map<std::string, int> missed_;
};

class Trainer {
 public:
  explicit Trainer(const Settings& settings)
      : settings_(settings),
        mask_((1U << static_cast<unsigned>(settings["bits"])) - 1),
        weights_(mask_ + 1),
        squares_(mask_ + 1, 1e-6F) {}

  void Train(const std::vector<Document>& documents) {
    std::mt19937 random(static_cast<unsigned>(settings_["seed"]));
    std::vector<std::size_t> order(documents.size());
    std::vector<float> sum;
    int summed = 0;
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (int epoch = 1; epoch <= static_cast<int>(settings_["epochs"]); ++epoch) {
      std::ranges::shuffle(order, random);
      loss_ = 0;
      right_ = all_ = 0;
      for (const std::size_t i : order) Walk(documents[i], true);
      fmt::print("epoch {} loss {:.4f} right {:.2f} %\n", epoch, loss_ / static_cast<double>(all_),
                 100.0 * static_cast<double>(right_) / static_cast<double>(all_));
      std::fflush(stdout);
      if (epoch >= static_cast<int>(settings_["average"])) {
        if (sum.empty()) sum.assign(weights_.size(), 0);
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += weights_[i];
        ++summed;
      }
    }
    if (summed > 0) {
      for (std::size_t i = 0; i < sum.size(); ++i)
        weights_[i] = sum[i] / static_cast<float>(summed);
    }
  }

  /// Chains of a document's phrases by today's weights, updating them if `learn`.
  std::vector<std::uint32_t> Walk(const Document& document, bool learn) {
    const Scene& scene = document.scene;
    Chains chains(scene);
    Candidates candidates(scene);
    for (std::uint32_t i = 0; i < scene.found.phrases.size(); ++i) {
      const auto earlier = candidates.Of(i);
      Score(scene, i, candidates.seen(), earlier, chains);
      auto best = static_cast<std::size_t>(std::ranges::max_element(scores_) - scores_.begin());
      if (learn) Learn(document, i, earlier, best);
      if (best == 0) best = CertainLink(scene, i, earlier);
      if (best == 0) {
        chains.Open();
      } else {
        chains.Join(earlier[best - 1]);
      }
    }
    return chains.chain_of();
  }

  /// Rounds the weights to bytes, in units of the settings' scale.
  std::vector<std::int8_t> Quantise() {
    const auto scale = static_cast<float>(settings_["scale"]);
    std::vector<std::int8_t> bytes;
    bytes.reserve(weights_.size());
    for (float& w : weights_) {
      bytes.push_back(static_cast<std::int8_t>(std::clamp(std::round(w / scale), -127.F, 127.F)));
      w = static_cast<float>(bytes.back()) * scale;
    }
    return bytes;
  }

 private:
  void Score(const Scene& scene, std::uint32_t phrase, std::uint32_t seen,
             std::span<const std::uint32_t> earlier, const Chains& chains) {
    features_.clear();
    ends_.clear();
    scores_.clear();
    AddOpening(scene, phrase, seen, features_);
    Finish(settings_["bias"]);
    for (const std::uint32_t candidate : earlier) {
      AddLink(scene, phrase, candidate, chains.Of(candidate), features_);
      Finish(0);
    }
  }
  void Finish(double score) {
    const std::size_t begin = ends_.empty() ? 0 : ends_.back();
    for (std::size_t i = begin; i < features_.size(); ++i) score += weights_[features_[i] & mask_];
    ends_.push_back(features_.size());
    scores_.push_back(score);
  }

  void Learn(const Document& document, std::uint32_t phrase, std::span<const std::uint32_t> earlier,
             std::size_t best) {
    const int gold = document.gold[phrase];
    std::vector<bool> right(scores_.size());
    bool linked = false;
    for (std::size_t k = 0; k < earlier.size(); ++k) {
      right[k + 1] = gold >= 0 && document.gold[earlier[k]] == gold;
      linked = linked || right[k + 1];
    }
    right[0] = !linked;
    ++all_;
    right_ += right[best] ? 1 : 0;
    std::vector<double> cost(scores_.size());
    for (std::size_t k = 0; k < scores_.size(); ++k) {
      if (right[k]) continue;
      cost[k] = k == 0 ? settings_["new"] : linked ? settings_["wrong"] : settings_["false"];
    }
    Descend(right, cost);
  }

  void Descend(const std::vector<bool>& right, const std::vector<double>& cost) {
    double top = -1e30;
    for (std::size_t k = 0; k < scores_.size(); ++k) top = std::max(top, scores_[k] + cost[k]);
    double sum = 0;
    double good = 0;
    for (std::size_t k = 0; k < scores_.size(); ++k) {
      const double e = std::exp(scores_[k] + cost[k] - top);
      sum += e;
      if (right[k]) good += e;
    }
    good = std::max(good, 1e-12 * sum);
    loss_ += std::log(sum / good);
    for (std::size_t k = 0; k < scores_.size(); ++k) {
      const double e = std::exp(scores_[k] + cost[k] - top);
      const double gradient = e / sum - (right[k] ? e / good : 0);
      if (std::abs(gradient) > 1e-4) Move(k, static_cast<float>(gradient));
    }
  }

  void Move(std::size_t option, float gradient) {
    const std::size_t begin = option == 0 ? 0 : ends_[option - 1];
    const auto rate = static_cast<float>(settings_["rate"]);
    const auto decay = static_cast<float>(settings_["l2"]);
    for (std::size_t i = begin; i < ends_[option]; ++i) {
      const std::size_t at = features_[i] & mask_;
      const float g = gradient + decay * weights_[at];
      squares_[at] += g * g;
      weights_[at] -= rate * g / std::sqrt(squares_[at]);
    }
  }

  const Settings& settings_;
  std::uint32_t mask_;
  std::vector<float> weights_;
  std::vector<float> squares_;
  Features features_;
  std::vector<std::size_t> ends_;
  std::vector<double> scores_;
  double loss_ = 0;
  std::size_t right_ = 0;
  std::size_t all_ = 0;
};

/// docs/formats/coreference.md
void Write(const char* path, const ClassList& classes, const std::vector<std::int8_t>& weights,
           unsigned bits) {
  std::string body(reinterpret_cast<const char*>(classes.words.data()), classes.words.size() * 4);
  body.append(reinterpret_cast<const char*>(classes.classes.data()), classes.classes.size());
  body.append((4 - classes.classes.size() % 4) % 4, '\0');
  body.append(reinterpret_cast<const char*>(weights.data()), weights.size());
  const std::uint32_t head[4] = {kFeatureVersion, bits,
                                 static_cast<std::uint32_t>(classes.words.size()), 0};
  const std::uint64_t checksum = XXH3_64bits(body.data(), body.size());
  std::ofstream out(path, std::ios::binary);
  out << "DLCOREF1";
  out.write(reinterpret_cast<const char*>(head), sizeof head);
  out.write(reinterpret_cast<const char*>(&checksum), sizeof checksum);
  out << body;
}

void Predict(Trainer& trainer, const std::vector<Document>& documents, const char* path) {
  std::ofstream out(path);
  for (const Document& document : documents) {
    const auto chain_of = trainer.Walk(document, false);
    std::map<std::uint32_t, std::string> chains;
    for (std::size_t i = 0; i < chain_of.size(); ++i) {
      std::string& chain = chains[chain_of[i]];
      chain += fmt::format("{}[{},{},{}]", chain.empty() ? "" : ",", document.spans[i].begin,
                           document.spans[i].end, document.heads[i]);
    }
    out << fmt::format(R"({{"doc":"{}","chains":[)", document.name);
    bool first = true;
    for (const auto& [number, chain] : chains) {
      out << (first ? "" : ",") << '[' << chain << ']';
      first = false;
    }
    out << "]}\n";
  }
}

int Run(int argc, char** argv) {
  Settings settings;
  for (int i = 6; i < argc; ++i) {
    const std::string option(argv[i]);
    const std::size_t equals = option.find('=');
    settings.values[option.substr(0, equals)] = std::stod(option.substr(equals + 1));
  }
  StoryReader reader = StoryReader::Open();
  const Words words = Value(Words::Load(reader.tables));
  const ClassList classes = ReadClasses(ReadFile(argv[3]));
  const WordClasses view{.words = classes.words, .classes = classes.classes};
  Loader loader(reader, words, view);
  const auto train = loader.Load(argv[1]);
  const auto dev = loader.Load(argv[2]);
  Trainer trainer(settings);
  trainer.Train(train);
  const auto bytes = trainer.Quantise();
  Write(argv[4], classes, bytes, static_cast<unsigned>(settings["bits"]));
  if (argc > 5) Predict(trainer, dev, argv[5]);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  try {
    return Run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "train_coreference: {}\n", error.what());
    return 1;
  }
}
