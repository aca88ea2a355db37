// One pass over a document. Paragraphs are taken some at a time, so that their states stay in the
// cache; sentences never cross paragraphs, so all but the names is finished with each batch. A very
// long paragraph is taken in parts that end where a sentence does, with as many words either side
// as can be seen from inside, so that the parts change nothing but the memory they take. Names wait
// for the whole document, since equal forms share what is known of them.
#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <utility>

#include "model/network.h"

namespace dateline::model {
namespace {

constexpr std::size_t kBatchWords = 256;     // of paragraphs taken together
constexpr std::size_t kLongestBatch = 1024;  // of a longer paragraph, more than a sentence can have
constexpr std::size_t kEndReach = 2;         // words either way that a sentence end is decided on
constexpr std::size_t kTileWords = 24;       // of windows laid side by side
constexpr float kScoreUnit = 1024.0F;
constexpr std::uint32_t kNoGroup = std::numeric_limits<std::uint32_t>::max();
constexpr double kMagic = 6755399441055744.0;  // 1.5 * 2^52

/// Bucket of a head `delta` words to the right (negative: left). REQUIRES: delta is not 0.
std::uint8_t BucketOf(int delta) {
  constexpr std::array<int, 14> kEdges{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97};
  const int distance = delta < 0 ? -delta : delta;
  std::size_t bucket = 0;
  while (bucket + 1 < kEdges.size() && kEdges[bucket + 1] <= distance) ++bucket;
  return static_cast<std::uint8_t>(delta < 0 ? bucket : bucket + kEdges.size());
}

/// Buckets of -255 … 255 from kLongestSentence on; 0 counts as 1.
constexpr std::size_t kMiddle = kLongestSentence;
std::array<std::uint8_t, 2 * kLongestSentence + 1> MakeBuckets() {
  std::array<std::uint8_t, 2 * kLongestSentence + 1> buckets{};
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    const int delta = static_cast<int>(i) - static_cast<int>(kMiddle);
    buckets[i] = BucketOf(delta == 0 ? 1 : delta);
  }
  return buckets;
}
const std::array<std::uint8_t, 2 * kLongestSentence + 1> kBucketOf = MakeBuckets();

/// A score as an integer: nearest of score * 1024, ties to even. Behind 1.5 * 2^52 a double has no
/// fraction left. Scores out of all reason, which a sound model has not, count as 0.
std::int64_t WholeScore(float score) {
  constexpr float kGreatest = 0x1p20F;
  if (!(score < kGreatest && score > -kGreatest)) return 0;
  const double shifted = static_cast<double>(score * kScoreUnit) + kMagic;
  return std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(kMagic);
}

/// round(x) clamped to [0, 127], x not negative.
std::int8_t RoundMean(std::int32_t total, std::int32_t count) {
  const float mean = static_cast<float>(total) / static_cast<float>(count);
  const double shifted = static_cast<double>(mean) + kMagic;
  const auto whole = std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(kMagic);
  return static_cast<std::int8_t>(std::clamp<std::int64_t>(whole, 0, 127));
}

}  // namespace

/// One document going through the network.
class Pass {
 public:
  Pass(const Network& net, const WordsView& words, NetworkScratch& scratch, Analysis& out,
       Heads heads)
      : net_(net), words_(words), s_(scratch), out_(out), heads_(heads), width_(net.sizes_.width) {}

  void Run();

 private:
  /// Words [first, last) of the document.
  struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
    [[nodiscard]] std::size_t size() const { return last - first; }
  };

  void Prepare();
  [[nodiscard]] std::size_t EndOfBatch(std::size_t first) const;
  [[nodiscard]] bool PartsParagraph(std::size_t at) const;
  [[nodiscard]] Range WithNeighbours(Range batch) const;
  [[nodiscard]] std::size_t EndOfLastSentence(Range batch) const;
  void Narrow(Range wide, Range batch);
  void Embed(Range batch);
  void RunBlock(const Network::Block& block, Range batch, std::span<const std::uint32_t> segments);
  void FillWindow(std::size_t at, std::size_t count, Range batch, std::ptrdiff_t first,
                  std::ptrdiff_t step, std::size_t parts, std::span<const std::uint32_t> segments);
  void CutSentences(Range batch, Range wide);
  void Tag(Range batch);
  void Parse(Range batch);
  void ParseSentence(Range sentence, std::size_t at);
  void ScoreHeads(std::size_t at, std::size_t n);
  void Label(Range sentences, std::size_t at);
  void HideNames(Range batch);
  void FindNames();
  void ShareForms();
  void ScoreNames(std::size_t first, std::size_t count, float* logits);
  void DecodeNames(Range sentence, std::span<const float> logits);
  [[nodiscard]] std::size_t EndOf(std::size_t first, std::span<const std::uint32_t> segments) const;

  const Network& net_;
  const WordsView& words_;
  NetworkScratch& s_;
  Analysis& out_;
  Heads heads_;
  std::size_t width_;
};

void Pass::Run() {
  Prepare();
  const std::size_t size = words_.forms.size();
  for (Range batch; batch.first < size; batch.first = batch.last) {
    batch.last = EndOfBatch(batch.first);
    const Range wide = WithNeighbours(batch);
    Embed(wide);
    for (std::size_t k = 0; k < net_.sizes_.paragraph_blocks; ++k) {
      RunBlock(net_.blocks_[k], wide, words_.paragraphs);
    }
    if (words_.sentences.empty()) CutSentences(batch, wide);
    batch.last = EndOfLastSentence(batch);
    Narrow(wide, batch);
    for (std::size_t k = net_.sizes_.paragraph_blocks; k < net_.blocks_.size(); ++k) {
      RunBlock(net_.blocks_[k], batch, out_.sentences);
    }
    s_.runner_.kernels().norm8(s_.x_.data(), batch.size(), width_, net_.final_norm_.gamma.data(),
                               net_.final_norm_.beta.data(), s_.q_.data());
    if (heads_.tags) Tag(batch);
    if (heads_.trees) Parse(batch);
    if (heads_.names) HideNames(batch);
  }
  if (heads_.names) FindNames();
}

/// Whole paragraphs until they are kBatchWords, but no more than kLongestBatch words.
std::size_t Pass::EndOfBatch(std::size_t first) const {
  const std::size_t limit = std::min(words_.forms.size(), first + kLongestBatch);
  std::size_t last = first;
  while (last < limit && last - first < kBatchWords) {
    last = EndOf(last, words_.paragraphs.first(limit));
  }
  return last;
}

bool Pass::PartsParagraph(std::size_t at) const {
  return at > 0 && at < words_.paragraphs.size() &&
         words_.paragraphs[at] == words_.paragraphs[at - 1];
}

/// The batch with the words that its own can see in a paragraph that it begins or ends in.
Pass::Range Pass::WithNeighbours(Range batch) const {
  std::size_t reach = kEndReach;
  for (std::size_t k = 0; k < net_.sizes_.paragraph_blocks; ++k) reach += net_.blocks_[k].dilation;
  Range wide = batch;
  if (PartsParagraph(batch.first)) wide.first -= std::min(wide.first, reach);
  if (PartsParagraph(batch.last)) wide.last = std::min(words_.forms.size(), wide.last + reach);
  return wide;
}

/// Where the last sentence ends that the batch holds all of; the next batch begins there.
std::size_t Pass::EndOfLastSentence(Range batch) const {
  if (!PartsParagraph(batch.last)) return batch.last;
  std::size_t last = batch.last;
  while (last > batch.first && out_.sentences[last] == out_.sentences[last - 1]) --last;
  return last == batch.first ? batch.last : last;
}

/// Leaves the states of the batch alone.
void Pass::Narrow(Range wide, Range batch) {
  const std::size_t skipped = (batch.first - wide.first) * width_;
  if (skipped > 0) std::copy_n(s_.x_.data() + skipped, batch.size() * width_, s_.x_.data());
}

void Pass::Prepare() {
  const std::size_t size = words_.forms.size();
  s_.forms_.Trim();
  s_.forms_.Number(words_.forms, s_.numbers_);
  out_.sentences.assign(size, 0);
  if (!words_.sentences.empty()) {
    std::ranges::copy(words_.sentences, out_.sentences.begin());
  }
  for (auto* list : {&out_.upos, &out_.feats, &out_.lemma, &out_.deprel, &out_.names}) {
    list->assign(size, 0);
  }
  out_.heads.assign(size, 0);
  if (heads_.names) s_.known_.resize(size * net_.sizes_.name);
}

std::size_t Pass::EndOf(std::size_t first, std::span<const std::uint32_t> segments) const {
  std::size_t last = first + 1;
  while (last < segments.size() && segments[last] == segments[first]) ++last;
  return last;
}

void Pass::Embed(Range batch) {
  s_.x_.resize(batch.size() * width_);
  s_.q_.resize(batch.size() * width_);
  float* x = s_.x_.data();
  for (std::size_t i = batch.first; i < batch.last; ++i, x += width_) {
    const float* state = s_.forms_.State(s_.numbers_[i]);
    const float* space = net_.space_.data() + static_cast<std::size_t>(words_.spacing[i]) * width_;
    for (std::size_t c = 0; c < width_; ++c) x[c] = state[c] + space[c];
  }
}

/// Lays the rows of s_.q_ at the offsets first, first + step … side by side for `count` words from
/// `at` on (counted in the batch); zeros where a word is not in the segment.
void Pass::FillWindow(std::size_t at, std::size_t count, Range batch, std::ptrdiff_t first,
                      std::ptrdiff_t step, std::size_t parts,
                      std::span<const std::uint32_t> segments) {
  s_.window_.resize(kTileWords * parts * width_);
  std::int8_t* to = s_.window_.data();
  const auto size = static_cast<std::ptrdiff_t>(batch.size());
  for (std::size_t i = at; i < at + count; ++i) {
    for (std::size_t p = 0; p < parts; ++p, to += width_) {
      const std::ptrdiff_t j =
          static_cast<std::ptrdiff_t>(i) + first + static_cast<std::ptrdiff_t>(p) * step;
      const bool inside =
          j >= 0 && j < size &&
          segments[batch.first + static_cast<std::size_t>(j)] == segments[batch.first + i];
      if (inside) {
        std::copy_n(s_.q_.data() + static_cast<std::size_t>(j) * width_, width_, to);
      } else {
        std::fill_n(to, width_, std::int8_t{0});
      }
    }
  }
}

void Pass::RunBlock(const Network::Block& block, Range batch,
                    std::span<const std::uint32_t> segments) {
  const Kernels& kernels = s_.runner_.kernels();
  kernels.norm8(s_.x_.data(), batch.size(), width_, block.norm.gamma.data(), block.norm.beta.data(),
                s_.q_.data());
  const auto d = static_cast<std::ptrdiff_t>(block.dilation);
  for (std::size_t at = 0; at < batch.size(); at += kTileWords) {
    const std::size_t count = std::min(kTileWords, batch.size() - at);
    FillWindow(at, count, batch, -d, d, 3, segments);
    const auto* sums = s_.runner_.Products(block.layer.weights.view(), s_.window_.data(), count);
    kernels.gate(sums, count, width_, block.layer.scale.data(), block.layer.bias.data(),
                 s_.x_.data() + at * width_);
  }
}

/// Numbers the sentences of the batch, and of the word behind it where the batch ends inside a
/// paragraph: it begins a sentence, or goes on with the last.
void Pass::CutSentences(Range batch, Range wide) {
  s_.runner_.kernels().norm8(s_.x_.data(), wide.size(), width_, net_.end_norm_.gamma.data(),
                             net_.end_norm_.beta.data(), s_.q_.data());
  std::uint32_t sentence = batch.first == 0 ? 0 : out_.sentences[batch.first - 1] + 1;
  std::size_t length = 0;
  std::array<std::int8_t, kTileWords * kEndWidth> hidden{};
  std::array<float, kTileWords * kGroup> logits{};
  for (std::size_t at = batch.first; at < batch.last; at += kTileWords) {
    const std::size_t count = std::min(kTileWords, batch.last - at);
    FillWindow(at - wide.first, count, wide, -2, 1, 5, words_.paragraphs);
    s_.runner_.Hidden(net_.end_hidden_, s_.window_.data(), count, hidden.data());
    s_.runner_.Linear(net_.end_out_, hidden.data(), count, logits.data());
    for (std::size_t k = 0; k < count; ++k) {
      out_.sentences[at + k] = sentence;
      ++length;
      if (!PartsParagraph(at + k + 1) || logits[k * kGroup] > 0 ||
          length == net_.sizes_.longest_sentence) {
        ++sentence;
        length = 0;
      }
    }
  }
  if (batch.last < out_.sentences.size()) out_.sentences[batch.last] = sentence;
}

void Pass::Tag(Range batch) {
  const std::vector<float> none(std::max({net_.upos_.outputs(), net_.lemma_.outputs()}), 0.0F);
  s_.runner_.Classify(net_.upos_, s_.q_.data(), batch.size(), none.data(),
                      out_.upos.data() + batch.first);
  s_.runner_.Classify(net_.lemma_, s_.q_.data(), batch.size(), none.data(),
                      out_.lemma.data() + batch.first);
  s_.far_.resize(Runner::kTile * net_.feats_.outputs());
  for (std::size_t at = 0; at < batch.size(); at += Runner::kTile) {
    const std::size_t count = std::min(Runner::kTile, batch.size() - at);
    s_.runner_.Linear(net_.feats_, s_.q_.data() + at * width_, count, s_.far_.data());
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t i = batch.first + at + k;
      const std::vector<float>& mask = net_.feats_mask_[out_.upos[i]];
      const float* logits = s_.far_.data() + k * net_.feats_.outputs();
      out_.feats[i] = static_cast<std::uint16_t>(
          s_.runner_.kernels().argmax(logits, mask.data(), net_.feats_.outputs()));
    }
  }
}

void Pass::Parse(Range batch) {
  for (Range some{batch.first, batch.first}; some.first < batch.last; some.first = some.last) {
    while (some.last < batch.last && some.size() < 2 * kTileWords) {
      some.last = EndOf(some.last, out_.sentences);
    }
    const std::int8_t* h = s_.q_.data() + (some.first - batch.first) * width_;
    const std::size_t count = some.size();
    s_.dependents_.resize(count * net_.arc_dependent_.outputs());
    s_.governors_.resize(count * net_.arc_governor_.outputs());
    s_.projected_.resize(count * net_.arc_project_.outputs());
    s_.far_.resize(count * net_.arc_distance_.outputs());
    s_.runner_.Hidden(net_.arc_dependent_, h, count, s_.dependents_.data());
    s_.runner_.Hidden(net_.arc_governor_, h, count, s_.governors_.data());
    s_.runner_.Rounded(net_.arc_project_, s_.dependents_.data(), count, s_.projected_.data());
    s_.runner_.Linear(net_.arc_distance_, s_.dependents_.data(), count, s_.far_.data());
    for (Range one{some.first, some.first}; one.first < some.last; one.first = one.last) {
      one.last = EndOf(one.first, out_.sentences);
      ParseSentence(one, one.first - some.first);
    }
    Label(some, some.first - batch.first);
  }
}

/// `at`: where the sentence begins in s_.dependents_ and its like.
void Pass::ParseSentence(Range sentence, std::size_t at) {
  ScoreHeads(at, sentence.size());
  const std::span heads = std::span(out_.heads).subspan(sentence.first, sentence.size());
  FindGreatestTree(s_.scores_, heads, s_.tree_);
}

/// Fills s_.scores_: n rows of n + 1, the root first.
void Pass::ScoreHeads(std::size_t at, std::size_t n) {
  const std::size_t arc = net_.sizes_.arc;
  s_.joined_.assign(net_.arc_root_.begin(), net_.arc_root_.end());
  s_.joined_.insert(s_.joined_.end(), s_.governors_.data() + at * arc,
                    s_.governors_.data() + (at + n) * arc);
  Pack(s_.joined_.data(), n + 1, arc, s_.packed_);
  s_.bias_.resize((n + 1) * kGroup);
  s_.runner_.Linear(net_.arc_bias_, s_.joined_.data(), n + 1, s_.bias_.data());
  s_.scores_.resize(n * (n + 1));
  std::int64_t* score = s_.scores_.data();
  const std::size_t buckets = net_.arc_distance_.outputs();
  for (std::size_t tile = 0; tile < n; tile += Runner::kTile) {
    const std::size_t count = std::min(Runner::kTile, n - tile);
    const auto* sums =
        s_.runner_.Products(s_.packed_.view(), s_.projected_.data() + (at + tile) * arc, count);
    for (std::size_t k = 0; k < count; ++k, sums += s_.packed_.outputs) {
      const float* far = s_.far_.data() + (at + tile + k) * buckets;
      const std::uint8_t* bucket = kBucketOf.data() + kMiddle - (tile + k);
      const auto whole = [&](std::size_t head, std::size_t distance) {
        const float product = static_cast<float>(sums[head]) * net_.arc_scale_;
        return WholeScore((product + s_.bias_[head * kGroup]) + far[distance]);
      };
      *score++ = whole(0, kRootBucket);
      for (std::size_t j = 0; j < n; ++j) *score++ = whole(j + 1, bucket[j]);
    }
  }
}

/// `at`: where the sentences begin in s_.q_.
void Pass::Label(Range sentences, std::size_t at) {
  const std::size_t label = net_.sizes_.label;
  const std::size_t count = sentences.size();
  const std::int8_t* h = s_.q_.data() + at * width_;
  s_.label_dependents_.resize(count * label);
  s_.label_governors_.resize(count * label);
  s_.joined_.resize(count * label);
  s_.runner_.Linear(net_.label_dependent_, h, count, s_.label_dependents_.data());
  s_.runner_.Linear(net_.label_governor_, h, count, s_.label_governors_.data());
  std::size_t start = 0;  // of the sentence
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t i = sentences.first + k;
    if (k > 0 && out_.sentences[i] != out_.sentences[i - 1]) start = k;
    const std::size_t head = out_.heads[i];
    const bool root = head == 0;
    const std::size_t governor = start + head - (root ? 0 : 1);
    const std::size_t bucket = root ? kRootBucket : kBucketOf[kMiddle + governor - k];
    s_.runner_.kernels().joined(
        s_.label_dependents_.data() + k * label,
        root ? net_.label_root_.data() : s_.label_governors_.data() + governor * label,
        net_.label_distance_.data() + bucket * label, label, net_.label_inverse_,
        s_.joined_.data() + k * label);
  }
  s_.runner_.Classify(net_.label_out_, s_.joined_.data(), count, net_.label_mask_.data(),
                      out_.deprel.data() + sentences.first);
  for (std::size_t i = sentences.first; i < sentences.last; ++i) {
    if (out_.heads[i] == 0) out_.deprel[i] = net_.root_label_;
  }
}

void Pass::HideNames(Range batch) {
  for (std::size_t at = 0; at < batch.size(); at += kTileWords) {
    const std::size_t count = std::min(kTileWords, batch.size() - at);
    FillWindow(at, count, batch, -1, 1, 3, out_.sentences);
    s_.runner_.Hidden(net_.name_hidden_, s_.window_.data(), count,
                      s_.known_.data() + (batch.first + at) * net_.sizes_.name);
  }
}

/// Fills s_.shared_ for each word: what all words of its form have in common, 0 for small letters.
void Pass::ShareForms() {
  const std::size_t name = net_.sizes_.name;
  const std::size_t forms = s_.forms_.size();
  s_.group_.assign(forms, kNoGroup);
  s_.totals_.clear();
  s_.counts_.clear();
  for (std::size_t i = 0; i < s_.numbers_.size(); ++i) {
    const std::uint32_t number = s_.numbers_[i];
    if (!s_.forms_.IsCapital(number)) continue;
    if (s_.group_[number] == kNoGroup) {
      s_.group_[number] = static_cast<std::uint32_t>(s_.counts_.size());
      s_.counts_.push_back(0);
      s_.totals_.resize(s_.counts_.size() * name, 0);
    }
    ++s_.counts_[s_.group_[number]];
    std::int32_t* total = s_.totals_.data() + s_.group_[number] * name;
    const std::int8_t* known = s_.known_.data() + i * name;
    for (std::size_t c = 0; c < name; ++c) total[c] += known[c];
  }
  s_.shared_.resize(s_.totals_.size());
  for (std::size_t g = 0; g < s_.counts_.size(); ++g) {
    for (std::size_t c = g * name; c < (g + 1) * name; ++c) {
      s_.shared_[c] = RoundMean(s_.totals_[c], s_.counts_[g]);
    }
  }
}

/// Writes the scores of the tags of words [first, first + count) to `logits`, kGroup a word.
void Pass::ScoreNames(std::size_t first, std::size_t count, float* logits) {
  const std::size_t name = net_.sizes_.name;
  s_.window_.resize(count * 2 * name);
  std::int8_t* to = s_.window_.data();
  for (std::size_t i = first; i < first + count; ++i) {
    to = std::copy_n(s_.known_.data() + i * name, name, to);
    const std::uint32_t group = s_.group_[s_.numbers_[i]];
    to = group == kNoGroup ? std::fill_n(to, name, std::int8_t{0})
                           : std::copy_n(s_.shared_.data() + group * name, name, to);
  }
  s_.joined_.resize(count * kJoinWidth);
  s_.runner_.Hidden(net_.name_join_, s_.window_.data(), count, s_.joined_.data());
  s_.runner_.Linear(net_.name_out_, s_.joined_.data(), count, logits);
}

void Pass::FindNames() {
  ShareForms();
  const std::size_t size = words_.forms.size();
  const std::size_t stride = net_.name_out_.outputs();
  for (Range some; some.first < size; some.first = some.last) {
    while (some.last < size && some.size() < kBatchWords) {
      some.last = EndOf(some.last, out_.sentences);
    }
    s_.bias_.resize(some.size() * stride);
    ScoreNames(some.first, some.size(), s_.bias_.data());
    for (Range one{some.first, some.first}; one.first < some.last; one.first = one.last) {
      one.last = EndOf(one.first, out_.sentences);
      const std::span logits = std::span(s_.bias_).subspan((one.first - some.first) * stride);
      DecodeNames(one, logits);
    }
  }
}

/// The best sequence of tags in which I-X stands only behind B-X or I-X; of equal ones that with
/// the lower tag, decided from the last word backwards.
void Pass::DecodeNames(Range sentence, std::span<const float> logits) {
  constexpr std::int64_t kForbidden = -(std::int64_t{1} << 40U);
  const std::size_t tags = net_.name_tags_;
  const std::size_t stride = net_.name_out_.outputs();
  s_.best_.assign(tags, 0);
  s_.next_.resize(tags);
  s_.back_.resize(sentence.size() * tags);
  for (std::size_t t = 0; t < tags; ++t) {
    s_.best_[t] = WholeScore(logits[t]) + (net_.name_may_begin_[t] ? 0 : kForbidden);
  }
  for (std::size_t i = 1; i < sentence.size(); ++i) {
    for (std::size_t t = 0; t < tags; ++t) {
      std::size_t from = 0;
      std::int64_t greatest = std::numeric_limits<std::int64_t>::min();
      for (std::size_t b = 0; b < tags; ++b) {
        const std::int64_t score =
            s_.best_[b] + (net_.name_may_follow_[b * tags + t] ? 0 : kForbidden);
        if (score > greatest) {
          greatest = score;
          from = b;
        }
      }
      s_.back_[i * tags + t] = static_cast<std::uint16_t>(from);
      s_.next_[t] = greatest + WholeScore(logits[i * stride + t]);
    }
    std::swap(s_.best_, s_.next_);
  }
  auto tag = static_cast<std::uint16_t>(std::ranges::max_element(s_.best_) - s_.best_.begin());
  for (std::size_t i = sentence.size(); i-- > 0;) {
    out_.names[sentence.first + i] = tag;
    tag = s_.back_[i * tags + tag];
  }
}

void Network::Run(const WordsView& words, NetworkScratch& scratch, Analysis& out,
                  Heads heads) const {
  Pass(*this, words, scratch, out, heads).Run();
}

}  // namespace dateline::model
