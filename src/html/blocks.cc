#include "html/blocks.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "text/unicode.h"

namespace dateline::html {
namespace {

bool IsAsciiSpace(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\0';
}

bool IsHidden(const Tree& tree, const Node& node) {
  if (tree.Find(node, AttributeName::kHidden)) return true;
  const std::string_view style = tree.Get(node, AttributeName::kStyle);
  const std::size_t display = style.find("display");
  if (display == style.npos) return false;
  const std::size_t none = style.find("none", display);
  return none != style.npos && none - display < 12;
}

/// Counts what a text is made of; words go on from one text node to the next.
class Counter {
 public:
  void Begin() { in_word_ = false; }

  /// A line end within the block.
  void Break() { EndWord(); }

  void Count(std::string_view text, bool link, bool bold, TextBlock& block) {
    block_ = &block;
    const std::uint32_t before = block.letters;
    for (std::size_t at = 0; at < text.size();) at = Step(text, at);
    const std::uint32_t added = block.letters - before;
    if (link) block.link_letters += added;
    if (bold) block.bold_letters += added;
  }

  /// Whether there was a letter or digit since the last call.
  bool TakeWordly() { return std::exchange(wordly_, false); }

  void Finish(TextBlock& block) {
    block_ = &block;
    EndWord();
    block.words += ideographs_ / 2;
    ideographs_ = 0;
  }

 private:
  void EndWord() {
    if (in_word_ && stop_ && block_ != nullptr) ++block_->stops;
    in_word_ = false;
    stop_ = false;
  }

  std::size_t Step(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (IsAsciiSpace(c)) {
      EndWord();
      return at + 1;
    }
    if (static_cast<unsigned char>(c) >= 0x80) return Wide(text, at);
    if (c == '&') {
      const std::size_t end = text.find(';', at);
      if (end != text.npos && end - at <= 10) {
        if (text.substr(at, end - at) == "&nbsp" || text.substr(at, end - at) == "&#160") {
          EndWord();
        } else {
          Letter('&');
        }
        return end + 1;
      }
    }
    Letter(c);
    return at + 1;
  }

  std::size_t Wide(std::string_view text, std::size_t at) {
    const text::CodePoint point = text::CodePointAt(text, at);
    const char32_t c = point.value;
    if (c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B)) {
      EndWord();
    } else if (c >= 0x3040 && c <= 0x9FFF) {
      ++ideographs_;
      wordly_ = true;
      ++block_->letters;
      in_word_ = true;
      stop_ = false;
    } else if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x0964) {
      ++block_->letters;
      ++block_->stops;
    } else if (c == 0xFF0C || c == 0x3001) {
      ++block_->letters;
      ++block_->commas;
    } else if (c == 0x2026) {
      Letter('~');
    } else if (c == 0x201D || c == 0x2019 || c == 0xBB || c == 0x201C) {
      Letter('"');
    } else {
      wordly_ |= text::IsLetter(c) || text::IsDigit(c);
      Letter('~');
    }
    return at + point.length;
  }

  void Letter(char c) {
    TextBlock& block = *block_;
    if (!in_word_) {
      ++block.words;
      if (c >= 'A' && c <= 'Z') ++block.capitals;
      in_word_ = true;
    }
    ++block.letters;
    const char lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'z') wordly_ = true;
    if (c >= '0' && c <= '9') {
      wordly_ = true;
      ++block.digits;
    } else if (c == ',') {
      ++block.commas;
    }
    // A closing quote or bracket behind a stop leaves it one.
    if (c == '.' || c == '!' || c == '?') {
      stop_ = true;
    } else if (c != '"' && c != '\'' && c != ')' && c != '&') {
      stop_ = false;
    }
  }

  TextBlock* block_ = nullptr;
  bool in_word_ = false;
  bool stop_ = false;
  bool wordly_ = false;
  std::uint32_t ideographs_ = 0;
};

class Cutter {
 public:
  explicit Cutter(const Tree& tree) : tree_(tree) { open_.push_back({.node = 0, .end = 0}); }

  std::vector<TextBlock> Cut() {
    const auto count = static_cast<NodeIndex>(tree_.nodes.size());
    open_.front().end = count;
    for (NodeIndex at = 0; at < count;) at = Step(at);
    Flush();
    return std::move(blocks_);
  }

 private:
  struct Open {
    NodeIndex node = 0;
    NodeIndex end = 0;
  };

  NodeIndex Step(NodeIndex at) {
    const Node& node = tree_.nodes[at];
    while (open_.size() > 1 && open_.back().end <= at) {
      Flush();
      open_.pop_back();
    }
    if (node.text) {
      Text(at, node);
      return at + 1;
    }
    if (IsNoText(node)) return node.end;
    Element(at, node);
    return at + 1;
  }

  void Element(NodeIndex at, const Node& node) {
    if (IsHidden(tree_, node)) hidden_until_ = std::max(hidden_until_, node.end);
    if (node.tag == Tag::kBr) {
      counter_.Break();
      if (++breaks_ > 1) Flush();
    } else if (node.tag == Tag::kA) {
      link_until_ = std::max(link_until_, node.closed);
    } else if (node.tag == Tag::kB || node.tag == Tag::kStrong) {
      bold_until_ = std::max(bold_until_, node.closed);
    } else if (at < row_until_) {
      counter_.Break();
    } else if (Has(node.tag, Trait::kBlock)) {
      Flush();
      if (node.tag == Tag::kTr && IsDataRow(at, node)) row_until_ = node.end;
      open_.push_back({.node = at, .end = node.end});
    }
  }

  /// Whether a row is one of a table of figures: two cells at least, each no more than a line.
  [[nodiscard]] bool IsDataRow(NodeIndex row, const Node& tr) const {
    constexpr std::size_t kLongest = 160;
    std::size_t cells = 0;
    std::size_t bytes = 0;
    for (NodeIndex at = row + 1; at < tr.end; ++at) {
      const Node& node = tree_.nodes[at];
      if (node.text) {
        bytes += TrimmedSize(tree_.TextOf(node));
        if (bytes > kLongest) return false;
      } else if (node.tag == Tag::kTd || node.tag == Tag::kTh) {
        ++cells;
        bytes = 0;
      } else if (IsNoText(node)) {
        at = node.end - 1;
      } else if (Has(node.tag, Trait::kBlock) && node.tag != Tag::kP) {
        return false;
      }
    }
    return cells > 1;
  }

  static std::size_t TrimmedSize(std::string_view text) {
    std::size_t size = 0;
    for (const char c : text) size += IsAsciiSpace(c) ? 0 : 1;
    return size;
  }

  void Text(NodeIndex at, const Node& node) {
    const std::string_view text = tree_.TextOf(node);
    if (std::ranges::all_of(text, IsAsciiSpace)) {
      counter_.Break();
      return;
    }
    if (!started_) {
      block_ = {};
      block_.parent = open_.back().node;
      block_.first = at;
      block_.hidden = at < hidden_until_;
      counter_.Begin();
      started_ = true;
    }
    breaks_ = 0;
    block_.last = at;
    counter_.Count(text, at < link_until_, at < bold_until_, block_);
  }

  void Flush() {
    breaks_ = 0;
    if (!started_) return;
    started_ = false;
    counter_.Finish(block_);
    if (counter_.TakeWordly()) blocks_.push_back(block_);
  }

  const Tree& tree_;
  std::vector<Open> open_;  ///< block elements
  std::vector<TextBlock> blocks_;
  TextBlock block_;
  bool started_ = false;
  Counter counter_;
  unsigned breaks_ = 0;
  NodeIndex link_until_ = 0;
  NodeIndex bold_until_ = 0;
  NodeIndex hidden_until_ = 0;
  NodeIndex row_until_ = 0;  ///< of a row that is one block
};

}  // namespace

std::vector<TextBlock> FindBlocks(const Tree& tree) { return Cutter(tree).Cut(); }

}  // namespace dateline::html
