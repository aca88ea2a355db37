/// What speaks for and against a block's being the story's: the features of the block model.
///
/// Every feature is a group and a bin of it ("words:5", "own:comment"); a block has it or not.
/// Two passes: the first looks at the block and what stands around it, the second also at what the
/// first said of its neighbours and of the elements that hold it (stacking, which takes the place
/// of smoothing over the sequence). The groups are listed, with what they look at, in README.md.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "html/blocks.h"
#include "html/facts.h"
#include "html/lexicon.h"

namespace dateline::html {

using FeatureIndex = std::uint16_t;

/// Features of all blocks, one after the other.
struct FeatureRows {
  std::vector<FeatureIndex> features;
  std::vector<std::uint32_t> begins;  ///< of each block, and the end of the last

  [[nodiscard]] std::span<const FeatureIndex> Row(std::size_t block) const {
    return std::span(features).subspan(begins[block], begins[block + 1] - begins[block]);
  }
  [[nodiscard]] std::size_t size() const { return begins.empty() ? 0 : begins.size() - 1; }
};

/// How many features there may be.
std::size_t FeatureCount();
/// "words:5"; parts are named by the lexicon: "own:comment".
std::string FeatureName(FeatureIndex feature, const PageLexicon& lexicon);

/// A page cut up, with what both passes look at. Refers to its arguments, which must outlive it.
class PageView {
 public:
  PageView(const Tree& tree, const Facts& facts, const PageLexicon& lexicon);

  [[nodiscard]] const Tree& tree() const { return tree_; }
  [[nodiscard]] const Facts& facts() const { return facts_; }
  [[nodiscard]] const std::vector<TextBlock>& blocks() const { return blocks_; }

  /// Those and the ones that were set aside.
  [[nodiscard]] const std::vector<TextBlock>& all_blocks() const { return all_blocks_; }

  [[nodiscard]] FeatureRows FirstPass() const;
  /// What the second pass adds to the features of the first. `first` holds for each block what the
  /// first pass gave: a probability in [0, 1].
  [[nodiscard]] FeatureRows SecondPass(std::span<const float> first) const;

  /// The blocks in the subtree of a node: [begin, end).
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  [[nodiscard]] Range BlocksIn(NodeIndex node) const {
    return {before_[node], before_[tree_.nodes[node].end]};
  }
  /// The block that is the headline as the page shows it; blocks().size() for none.
  [[nodiscard]] std::size_t title_block() const { return title_block_; }
  /// Whether the block says the headline again, is a caption, or a line that as a whole is no
  /// story's ("Read more", "Advertisement").
  [[nodiscard]] bool IsNoBody(std::size_t block) const;
  [[nodiscard]] PartSet PartsAround(NodeIndex node) const { return around_[node]; }
  [[nodiscard]] PartSet PartsOf(NodeIndex node) const { return parts_[node]; }
  [[nodiscard]] const PageLexicon& lexicon() const { return lexicon_; }

 private:
  friend class FirstPassWriter;
  friend class SecondPassWriter;
  struct Line {
    std::string key;    ///< MatchKey of the first 200 bytes
    std::string start;  ///< lower case, at most 48 bytes
    bool whole_phrase = false;
    std::uint8_t phrase = 0xFF;
    std::uint16_t flags = 0;
    std::uint16_t inside = 0;  ///< roles of words in it
    std::uint32_t copies = 1;  ///< blocks of the page that say the same
  };

  void NameParts();
  void CountBefore();
  void SumUp();
  void SetAside();
  [[nodiscard]] bool IsForum() const;
  void ReadLines();
  void ReadLine(std::size_t block);
  void FindWords(std::string_view lower, Line& line) const;
  void CountCopies();
  void ReadStated();
  void FindTitle();
  /// How well a block serves as the headline; 0 or less: not at all.
  [[nodiscard]] int TitleRank(std::size_t block) const;
  void WeighParts();

  const Tree& tree_;
  const Facts& facts_;
  const PageLexicon& lexicon_;
  std::vector<TextBlock> blocks_;
  std::vector<TextBlock> all_blocks_;
  std::vector<Line> lines_;
  std::vector<PartSet> parts_;         ///< of each node's own attributes
  std::vector<PartSet> around_;        ///< of its ancestors and itself, below the body
  std::vector<std::uint32_t> tags_;    ///< which kinds of elements stand around it, itself included
  std::vector<std::uint32_t> before_;  ///< how many blocks begin before each node
  // Sums over the blocks before each one.
  std::vector<std::uint32_t> letters_;
  std::vector<std::uint32_t> link_letters_;
  std::vector<std::uint32_t> paragraphs_;
  std::array<std::uint32_t, kMostParts>
      outside_{};                    ///< letters of running paragraphs not in a part
  std::vector<std::string> titles_;  ///< match keys of what the page gives as its headline
  std::string description_;          ///< match key
  std::string body_;                 ///< match key of the articleBody in structured data
  std::size_t title_block_ = 0;
};

}  // namespace dateline::html
