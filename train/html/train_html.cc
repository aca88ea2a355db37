// Trains the weights by which blocks of a page are told to be the story's (data/html/weights.tsv).
//
//   train_html TABLES PAGES TRUTH.json WEIGHTS.tsv ANSWERS.jsonl
//
// PAGES is a folder of ID.html; TRUTH.json is {ID: {"set", "site", "articleBody" | "with",
// "without"}}. Labels come from the gold text: of pages with a whole body a block is right when
// most of its runs of four words stand in it; of pages with samples, the blocks that hold a sample
// that must (not) be there. Logistic regression by AdaGrad with L2, two passes: what the second
// sees of the first was given by models that had not seen the page (inner folds). ANSWERS.jsonl
// holds the text found on each page by models that have seen no page of its site: the figures to
// report. See README.md.
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "html/block_model.h"
#include "html/charset.h"
#include "html/choose.h"
#include "html/facts.h"
#include "html/features.h"
#include "html/plain.h"

namespace {

namespace fs = std::filesystem;
namespace html = dateline::html;
using simdjson::dom::element;

struct Page {
  std::string id;
  std::size_t fold = 0;
  bool whole = false;  ///< the gold is the whole body
  std::string bytes;
  dateline::text::Decoded decoded;
  html::Tree tree;
  html::Facts facts;
  std::unique_ptr<html::PageView> view;
  html::FeatureRows rows;
  std::vector<float> labels;  ///< 1, 0; or -1 for not known
  std::vector<float> weights;
};

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || byte >= 0x80) {
      word += static_cast<char>(std::tolower(byte));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::string BlockText(const Page& page, const html::TextBlock& block) {
  std::string raw;
  html::ForEachText(page.tree, block, [&](html::NodeIndex at, const html::Node& node) {
    if (at > block.first) {
      for (html::NodeIndex gap = at; gap-- > block.first && !page.tree.nodes[gap].text;) {
        if (page.tree.nodes[gap].tag == html::Tag::kBr ||
            html::Has(page.tree.nodes[gap].tag, html::Trait::kBlock))
          raw += '\n';
      }
    }
    raw.append(page.tree.TextOf(node));
  });
  return html::PlainLine(raw);
}

using Shingles = std::set<std::vector<std::string>>;

Shingles ShinglesOf(const std::vector<std::string>& words) {
  Shingles out;
  for (std::size_t i = 0; i + 4 <= words.size(); ++i)
    out.emplace(words.begin() + static_cast<std::ptrdiff_t>(i),
                words.begin() + static_cast<std::ptrdiff_t>(i) + 4);
  return out;
}

/// Of blocks that say the same only the one among most other right blocks is right.
void KeepOneCopy(Page& page) {
  std::unordered_map<std::string, std::size_t> best;
  const auto company = [&](std::size_t i) {
    int count = 0;
    for (std::size_t k = i < 4 ? 0 : i - 4; k < std::min(i + 5, page.labels.size()); ++k)
      count += page.labels[k] > 0 ? 1 : 0;
    return count;
  };
  for (std::size_t i = 0; i < page.labels.size(); ++i) {
    if (page.labels[i] <= 0) continue;
    std::string key = html::MatchKey(BlockText(page, page.view->blocks()[i])).substr(0, 60);
    if (key.size() < 24) continue;
    const auto [entry, fresh] = best.try_emplace(std::move(key), i);
    if (fresh) continue;
    const bool better = company(i) > company(entry->second);
    page.labels[better ? entry->second : i] = 0;
    if (better) entry->second = i;
  }
}

void LabelWhole(Page& page, std::string_view body) {
  const auto gold = Words(body);
  const Shingles inside = ShinglesOf(gold);
  std::string joined = " ";
  for (const std::string& word : gold) joined += word + " ";
  const auto& blocks = page.view->blocks();
  const float all = static_cast<float>(std::max<std::size_t>(gold.size(), 50));
  std::vector<float> labels(blocks.size(), 0);
  std::vector<bool> small(blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto words = Words(BlockText(page, blocks[i]));
    page.weights[i] = std::clamp(100.0F * static_cast<float>(words.size() + 2) / all, 0.3F, 12.0F);
    small[i] = words.size() < 4;
    if (small[i]) {
      std::string line = " ";
      for (const std::string& word : words) line += word + " ";
      labels[i] = !words.empty() && joined.contains(line) ? 1 : 0;
      continue;
    }
    std::size_t hits = 0;
    for (std::size_t k = 0; k + 4 <= words.size(); ++k)
      hits += inside.contains(
          std::vector<std::string>(words.begin() + static_cast<std::ptrdiff_t>(k),
                                   words.begin() + static_cast<std::ptrdiff_t>(k) + 4));
    labels[i] = hits * 2 > words.size() - 3 ? 1 : 0;
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    float label = labels[i];
    if (small[i] && label > 0) {
      const bool before = i > 0 && labels[i - 1] > 0 && !small[i - 1];
      const bool after = i + 1 < blocks.size() && labels[i + 1] > 0 && !small[i + 1];
      if (!before && !after) label = 0;
    }
    page.labels[i] = label;
  }
  KeepOneCopy(page);
}

void LabelSamples(Page& page, const std::vector<std::string>& samples, float label) {
  const auto& blocks = page.view->blocks();
  for (const std::string& sample : samples) {
    const std::string wanted = html::PlainLine(sample);
    const std::string key = html::MatchKey(wanted);
    if (key.size() < 4) continue;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const std::string text = html::MatchKey(BlockText(page, blocks[i]));
      const bool holds = text.contains(key) || (text.size() >= 25 && key.contains(text));
      if (!holds) continue;
      // A sample that must be there may stand in teasers as well.
      if (label > 0 && (blocks[i].link_letters * 2 > blocks[i].letters || page.labels[i] == 0))
        continue;
      page.labels[i] = label;
      page.weights[i] = 2.0F;
    }
  }
}

constexpr int kEpochs = 12;
constexpr float kRate = 0.1F;
constexpr float kDecay = 0.03F;
constexpr std::size_t kFolds = 10;

struct Model {
  std::vector<float> weights;
};

struct Example {
  const Page* page = nullptr;
  std::size_t block = 0;
};

/// Logistic regression over rows that `row_of` gives.
Model Train(
    const std::vector<const Page*>& pages,
    const std::function<void(const Page&, std::size_t, std::vector<html::FeatureIndex>&)>& row_of,
    const std::function<float(const Page&, std::size_t)>& label_of,
    const std::function<float(const Page&, std::size_t)>& weight_of) {
  std::vector<Example> examples;
  for (const Page* page : pages) {
    for (std::size_t i = 0; i < page->labels.size(); ++i) {
      if (label_of(*page, i) >= 0) examples.push_back({page, i});
    }
  }
  Model model{std::vector<float>(html::FeatureCount())};
  std::vector<float> squares(html::FeatureCount(), 1e-3F);
  std::mt19937 random(17);
  std::vector<html::FeatureIndex> row;
  std::vector<float> mean(html::FeatureCount());
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    for (std::size_t i = examples.size(); i > 1; --i)
      std::swap(examples[i - 1], examples[random() % i]);
    for (const Example& example : examples) {
      row.clear();
      row_of(*example.page, example.block, row);
      float sum = 0;
      for (const auto feature : row) sum += model.weights[feature];
      const float p = 1.0F / (1.0F + std::exp(-sum));
      const float slope =
          (p - label_of(*example.page, example.block)) * weight_of(*example.page, example.block);
      for (const auto feature : row) {
        float& weight = model.weights[feature];
        const float g = slope + kDecay * weight;
        squares[feature] += g * g;
        weight -=
            kRate / static_cast<float>(1 + epoch * 3 / kEpochs) * g / std::sqrt(squares[feature]);
      }
    }
    if (epoch >= kEpochs - 4) {
      for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += model.weights[i] / 4;
    }
  }
  model.weights = mean;
  return model;
}

using Trained = std::array<std::vector<float>, html::kPasses>;

using RowOf = std::function<void(const Page&, std::size_t, std::vector<html::FeatureIndex>&)>;
using MoreRows = std::unordered_map<const Page*, html::FeatureRows>;

std::vector<float> Scores(const Model& model, const Page& page, const RowOf& row_of) {
  std::vector<float> out(page.rows.size());
  std::vector<html::FeatureIndex> row;
  for (std::size_t i = 0; i < out.size(); ++i) {
    row.clear();
    row_of(page, i, row);
    float sum = 0;
    for (const auto feature : row) sum += model.weights[feature];
    out[i] = 1.0F / (1.0F + std::exp(-sum));
  }
  return out;
}

/// `pseudo`: for pages with samples, what an earlier model says of blocks that have no label.
Trained TrainPasses(const std::vector<const Page*>& pages,
                    const std::unordered_map<const Page*, std::vector<float>>& pseudo) {
  constexpr std::size_t kInner = 4;
  const auto label = [&](const Page& page, std::size_t i) {
    if (page.labels[i] >= 0) return page.labels[i];
    const auto at = pseudo.find(&page);
    return at == pseudo.end() ? -1.0F : at->second[i];
  };
  const auto weight = [&](const Page& page, std::size_t i) {
    return page.labels[i] >= 0 ? page.weights[i] : 0.25F;
  };
  Trained out;
  MoreRows more;
  for (std::size_t pass = 0; pass < html::kPasses; ++pass) {
    const RowOf row_of = [&](const Page& page, std::size_t i,
                             std::vector<html::FeatureIndex>& row) {
      const auto given = page.rows.Row(i);
      row.assign(given.begin(), given.end());
      const auto added = more.find(&page);
      if (added == more.end()) return;
      const auto extra = added->second.Row(i);
      row.insert(row.end(), extra.begin(), extra.end());
    };
    out[pass] = Train(pages, row_of, label, weight).weights;
    if (pass + 1 == html::kPasses) break;
    MoreRows next;
    for (std::size_t inner = 0; inner < kInner; ++inner) {
      std::vector<const Page*> kept;
      for (const Page* page : pages) {
        if (page->fold % kInner != inner) kept.push_back(page);
      }
      const Model model = Train(kept, row_of, label, weight);
      for (const Page* page : pages) {
        if (page->fold % kInner == inner)
          next[page] = page->view->SecondPass(Scores(model, *page, row_of));
      }
    }
    more = std::move(next);
  }
  return out;
}

std::vector<float> ScoreWith(const Trained& model, const Page& page) {
  return html::BlockModel::Make(model).Score(*page.view);
}

Trained TrainTwice(const std::vector<const Page*>& pages) {
  Trained model = TrainPasses(pages, {});
  std::unordered_map<const Page*, std::vector<float>> pseudo;
  for (const Page* page : pages) {
    if (!page->whole) pseudo[page] = ScoreWith(model, *page);
  }
  return TrainPasses(pages, pseudo);
}

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out;
}

std::string Slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> Strings(const element& value) {
  std::vector<std::string> out;
  simdjson::dom::array array;
  if (value.get(array) != simdjson::SUCCESS) return out;
  for (const element each : array) {
    std::string_view text;
    if (each.get(text) == simdjson::SUCCESS) out.emplace_back(text);
  }
  return out;
}

void WriteWeights(const std::string& path, const Trained& model, const html::PageLexicon& lexicon) {
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < html::FeatureCount(); ++i) {
    const auto small = [&](const std::vector<float>& weights) {
      return std::abs(weights[i]) < 0.005F;
    };
    if (std::ranges::all_of(model, small)) continue;
    std::string row = html::FeatureName(static_cast<html::FeatureIndex>(i), lexicon);
    for (const auto& weights : model) {
      std::array<char, 32> cell{};
      std::snprintf(cell.data(), cell.size(), "\t%.2f", static_cast<double>(weights[i]));
      row += cell.data();
    }
    rows.push_back(row + "\ttrained\n");
  }
  std::ranges::sort(rows);
  std::ofstream out(path);
  out << "# What speaks for a block's being the story's: log-linear weights of the three passes, "
         "see src/html/README.md.\n"
         "# Made by train/html/run; edit features there, not weights here.\n"
         "#: key = feature\n#: sorted\n#: required = feature source\n#: type first = number\n#: "
         "type second = number\n"
         "#: type third = number\nfeature\tfirst\tsecond\tthird\tsource\n";
  for (const std::string& row : rows) out << row;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) {
    std::fprintf(stderr, "usage: train_html TABLES PAGES TRUTH.json WEIGHTS.tsv ANSWERS.jsonl\n");
    return 2;
  }
  const auto tables = dateline::tables::Tables::Load(argv[1], {});
  if (!tables) return std::fprintf(stderr, "%s\n", tables.error().Text().c_str()), 2;
  const auto lexicon = html::PageLexicon::Load(*tables);
  if (!lexicon) return std::fprintf(stderr, "%s\n", lexicon.error().Text().c_str()), 2;
  simdjson::dom::parser parser;
  const simdjson::dom::object truth = parser.load(argv[3]);
  std::vector<std::unique_ptr<Page>> pages;
  for (const auto entry : truth) {
    auto page = std::make_unique<Page>();
    page->id = entry.key;
    page->bytes = Slurp(fs::path(argv[2]) / (page->id + ".html"));
    page->decoded = html::DecodePage(page->bytes, "");
    page->tree = html::ParseTree(page->decoded.as_given ? page->bytes : page->decoded.text);
    page->facts = html::GatherFacts(page->tree);
    page->view = std::make_unique<html::PageView>(page->tree, page->facts, *lexicon);
    page->rows = page->view->FirstPass();
    page->labels.assign(page->view->blocks().size(), -1);
    page->weights.assign(page->view->blocks().size(), 1);
    const std::string_view site = entry.value["site"].get_string();
    std::uint32_t hash = 7;
    for (const char c : site) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
    page->fold = (hash >> 8U) % kFolds;
    std::string_view body;
    if (entry.value["articleBody"].get(body) == simdjson::SUCCESS) {
      page->whole = true;
      LabelWhole(*page, body);
    } else {
      LabelSamples(*page, Strings(entry.value["without"].value()), 0);
      LabelSamples(*page, Strings(entry.value["with"].value()), 1);
    }
    pages.push_back(std::move(page));
  }
  std::ofstream answers(argv[5]);
  std::ofstream oracle(std::string(argv[5]) + ".labels");
  std::ofstream detail(std::string(argv[5]) + ".blocks");
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    std::vector<const Page*> kept;
    for (const auto& page : pages) {
      if (page->fold != fold) kept.push_back(page.get());
    }
    const Trained model = TrainTwice(kept);
    for (const auto& page : pages) {
      if (page->fold != fold) continue;
      const auto scores = ScoreWith(model, *page);
      std::string text;
      std::string right;
      const auto chosen = html::ChooseBlocks(*page->view, scores);
      detail << "#### " << page->id << '\n';
      for (std::size_t i = 0; i < scores.size(); ++i) {
        const std::string line = BlockText(*page, page->view->blocks()[i]);
        if (std::ranges::binary_search(chosen, i)) text += line + "\n\n";
        if (page->labels[i] >= 0.5F) right += line + "\n\n";
        char head[64];
        std::snprintf(head, sizeof head, "%.2f %2.0f ", static_cast<double>(scores[i]),
                      static_cast<double>(page->labels[i]));
        detail << head << html::TagName(page->tree.nodes[page->view->blocks()[i].parent].tag) << ' '
               << line.substr(0, 150) << '\n';
      }
      answers << "{\"id\":\"" << page->id << "\",\"articleBody\":\"" << Escaped(text) << "\"}\n";
      if (page->whole)
        oracle << "{\"id\":\"" << page->id << "\",\"articleBody\":\"" << Escaped(right) << "\"}\n";
    }
    std::fprintf(stderr, "fold %zu done\n", fold);
  }
  std::vector<const Page*> all;
  for (const auto& page : pages) all.push_back(page.get());
  WriteWeights(argv[4], TrainTwice(all), *lexicon);
  return 0;
}
