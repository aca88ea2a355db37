/// The network: words of a document in, sentences, tags, trees and names out, as class numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "model/forms.h"
#include "model/kernels.h"
#include "model/layers.h"
#include "model/model_file.h"
#include "model/tree.h"

namespace dateline::model {

/// How a word follows the one before.
enum class Spacing : std::uint8_t { kSpaced = 0, kGlued = 1, kUnknown = 2 };

/// The words of one document, one entry a word in each list.
struct WordsView {
  std::span<const std::string_view> forms;
  std::span<const Spacing> spacing;           ///< kUnknown for the first of a paragraph
  std::span<const std::uint32_t> paragraphs;  ///< ascending numbers
  /// Sentences where they are known (ascending numbers, inside paragraphs, at most 256 words
  /// each); empty: the network finds them.
  std::span<const std::uint32_t> sentences;
};

/// One entry a word; classes are indices into the label lists of the model file.
struct Analysis {
  std::vector<std::uint32_t> sentences;  ///< ascending from 0
  std::vector<std::uint16_t> upos;
  std::vector<std::uint16_t> feats;
  std::vector<std::uint16_t> lemma;
  std::vector<std::uint32_t> heads;  ///< 0 root, else 1 … n in the sentence
  std::vector<std::uint16_t> deprel;
  std::vector<std::uint16_t> names;

  [[nodiscard]] std::size_t size() const { return sentences.size(); }
  bool operator==(const Analysis&) const = default;
};

inline constexpr std::size_t kLongestSentence = 256;  ///< words
inline constexpr std::size_t kBuckets = 29;           ///< of the distance to a head
inline constexpr std::size_t kRootBucket = 28;
inline constexpr std::size_t kEndWidth = 32;   ///< hidden units of the sentence ends
inline constexpr std::size_t kJoinWidth = 96;  ///< hidden units of the names

class Network;

/// Working memory of one thread for one network: some megabytes, and 150 bytes a word of the
/// longest document met; forms: see FormCache.
class NetworkScratch {
 public:
  NetworkScratch(const Network& network, const Kernels& kernels);

 private:
  friend class Network;
  friend class Pass;

  FormCache forms_;
  Runner runner_;
  TreeScratch tree_{};
  // Of the whole document.
  std::vector<std::uint32_t> numbers_{};  ///< of the forms
  std::vector<std::int8_t> known_{};      ///< hidden states of names
  // Of some paragraphs.
  std::vector<float> x_{};
  std::vector<std::int8_t> q_{};
  std::vector<std::int8_t> window_{};
  // Of some sentences, or of a tile of words.
  std::vector<std::int8_t> dependents_{};
  std::vector<std::int8_t> governors_{};
  std::vector<std::int8_t> projected_{};
  std::vector<float> far_{};
  std::vector<float> bias_{};
  std::vector<float> label_dependents_{};
  std::vector<float> label_governors_{};
  std::vector<std::int8_t> joined_{};
  std::vector<std::int64_t> scores_{};
  PackedWeights packed_{};
  // Of names: groups of equal forms, and the best ways to each tag.
  std::vector<std::uint32_t> group_{};  ///< of a form's number
  std::vector<std::int32_t> totals_{};
  std::vector<std::int32_t> counts_{};
  std::vector<std::int8_t> shared_{};
  std::vector<std::int64_t> best_{};
  std::vector<std::int64_t> next_{};
  std::vector<std::uint16_t> back_{};
};

/// The parts of the work, for benchmarks: Run does those that are asked for.
struct Heads {
  bool tags = true;
  bool trees = true;
  bool names = true;
};

/// Immutable after Read, thread-safe. Keeps views into the file.
///
/// Two gated convolution blocks read across a paragraph, the sentence ends are decided on them, two
/// more blocks read inside the sentences, and small heads read off the rest; docs/formats/model.md
/// states the arithmetic, bit by bit. Time is linear in the words; the cost of trees is square in
/// the length of a sentence, which has at most 256 words (cubic where its best heads form cycles).
class Network {
 public:
  static Result<Network> Read(const ModelFile& file);

  /// REQUIRES: all lists of `words` of one length (`sentences` may be empty), forms valid UTF-8 and
  /// not empty. `scratch` was made for this network.
  void Run(const WordsView& words, NetworkScratch& scratch, Analysis& out, Heads heads = {}) const;
  [[nodiscard]] const FormEncoder& forms() const { return forms_; }

 private:
  friend class NetworkScratch;
  friend class Pass;

  struct Block {
    Norm norm{};
    Layer layer{};
    std::size_t dilation = 0;
  };

  Result<void> ReadTagHeads(const ModelFile& file);
  Result<void> ReadTreeHeads(const ModelFile& file);
  Result<void> ReadNameHeads(const ModelFile& file);

  Sizes sizes_;
  FormEncoder forms_;
  std::vector<float> space_;  ///< 3 x width
  std::vector<Block> blocks_;
  Norm end_norm_;
  Layer end_hidden_;
  Layer end_out_;
  Norm final_norm_;
  Layer upos_;
  Layer feats_;
  Layer lemma_;
  std::vector<std::vector<float>> feats_mask_;  ///< for each upos: 0 or minus infinity
  Layer arc_dependent_;
  Layer arc_governor_;
  Layer arc_project_;
  Layer arc_bias_;
  Layer arc_distance_;
  std::vector<std::int8_t> arc_root_;
  float arc_scale_ = 0;
  Layer label_dependent_;
  Layer label_governor_;
  Layer label_out_;
  std::vector<float> label_root_;
  std::vector<float> label_distance_;  ///< buckets x label
  float label_inverse_ = 0;
  std::vector<float> label_mask_;  ///< minus infinity at `root`
  std::uint16_t root_label_ = 0;
  Layer name_hidden_;
  Layer name_join_;
  Layer name_out_;
  std::size_t name_tags_ = 0;
  std::vector<bool> name_may_follow_;  ///< [tag before][tag]
  std::vector<bool> name_may_begin_;
};

}  // namespace dateline::model
