// CoNLL-U (https://universaldependencies.org/format.html) as stories, so that later stages can be
// tested on gold trees, and the parser be run on gold words.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/record.h"
#include "text/charsets.h"

namespace dateline {
namespace {

constexpr std::size_t kColumns = 10;
using Columns = std::array<std::string_view, kColumns>;

std::string_view ValueOf(std::string_view cell) { return cell == "_" ? std::string_view() : cell; }

/// The part of MISC or of a comment behind `key`; empty when it is not there.
std::string_view MiscValue(std::string_view misc, std::string_view key) {
  while (!misc.empty()) {
    const std::size_t bar = std::min(misc.find('|'), misc.size());
    const std::string_view part = misc.substr(0, bar);
    if (part.starts_with(key)) return part.substr(key.size());
    misc.remove_prefix(std::min(bar + 1, misc.size()));
  }
  return {};
}

bool ParseNumber(std::string_view text, std::uint32_t& out) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

class ConlluReader {
 public:
  explicit ConlluReader(std::string_view text) : text_(text) {}

  Result<std::vector<Story>> Read() {
    while (!text_.empty()) {
      const std::size_t end = std::min(text_.find('\n'), text_.size());
      std::string_view line = text_.substr(0, end);
      text_.remove_prefix(std::min(end + 1, text_.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      ++line_;
      if (auto read = ReadLine(line); !read) return std::unexpected(read.error());
    }
    if (auto ended = EndSentence(); !ended) return std::unexpected(ended.error());
    EndStory();
    return std::move(stories_);
  }

 private:
  Result<void> ReadLine(std::string_view line) {
    if (line.empty()) return EndSentence();
    return line.front() == '#' ? ReadComment(line) : ReadWord(line);
  }

  Result<void> ReadComment(std::string_view line) {
    constexpr std::string_view kDocument = "# newdoc";
    constexpr std::string_view kId = "id = ";
    if (line.starts_with(kDocument)) {
      if (auto ended = EndSentence(); !ended) return ended;
      EndStory();
      const std::size_t id = line.find(kId);
      if (id != line.npos) story_.source.id = std::string(line.substr(id + kId.size()));
    } else if (line.starts_with("# newpar")) {
      paragraph_ = true;
    }
    return {};
  }

  [[nodiscard]] std::unexpected<Error> Malformed(std::string message) const {
    return Fail(ErrorCode::kMalformed, std::move(message), fmt::format(":{}", line_));
  }

  Result<Columns> Cut(std::string_view line) const {
    Columns cells;
    for (std::size_t i = 0; i < kColumns; ++i) {
      const std::size_t tab = line.find('\t');
      if ((tab == line.npos) != (i + 1 == kColumns)) {
        return Malformed("a word needs ten columns with tabs between them");
      }
      cells[i] = line.substr(0, tab);
      line.remove_prefix(std::min(tab, line.size() - 1) + 1);
      if (i + 1 == kColumns) break;
    }
    return cells;
  }

  Result<void> ReadWord(std::string_view line) {
    DATELINE_TRY(const Columns cells, Cut(line));
    const std::string_view id = cells[0];
    if (id.find('.') != id.npos) return {};  // an empty node of the enhanced trees
    const bool spaced = MiscValue(cells[9], "SpaceAfter=") != "No";
    if (const std::size_t dash = id.find('-'); dash != id.npos) {
      std::uint32_t first = 0;
      if (!ParseNumber(id.substr(0, dash), first) ||
          !ParseNumber(id.substr(dash + 1), range_end_) || first != words_.size() + 1 ||
          range_end_ <= first) {
        return Malformed(fmt::format("'{}' is no range of the words that follow", id));
      }
      range_begin_ = first;
      range_form_ = cells[1];
      range_spaced_ = spaced;
      return {};
    }
    std::uint32_t number = 0;
    if (!ParseNumber(id, number) || number != words_.size() + 1) {
      return Malformed(fmt::format("word '{}' where {} should be", id, words_.size() + 1));
    }
    return AddWord(cells, number, spaced);
  }

  Result<void> AddWord(const Columns& cells, std::uint32_t number, bool spaced) {
    Token token;
    const bool inside = number >= range_begin_ && number <= range_end_;
    token.continues = inside && number > range_begin_;
    token.lemma = ValueOf(cells[2]);
    token.upos = ValueOf(cells[3]);
    token.feats = ValueOf(cells[5]);
    token.deprel = ValueOf(cells[7]);
    token.ner = MiscValue(cells[9], "NER=");
    if (token.ner == "O") token.ner.clear();
    std::uint32_t head = 0;
    if (!ValueOf(cells[6]).empty() && !ParseNumber(cells[6], head)) {
      return Malformed(fmt::format("head '{}' is no number", cells[6]));
    }
    heads_.push_back(head);
    Place(token, cells[1], inside, number);
    words_.push_back(std::move(token));
    if (inside ? number == range_end_ && range_spaced_ : spaced) pending_ = ' ';
    return {};
  }

  /// Gives the word its letters: its own, or its part of those of the range, as far as they agree.
  void Place(Token& token, std::string_view form, bool inside, std::uint32_t number) {
    if (!inside || number == range_begin_) {
      StartText();
      const std::size_t begin = story_.text.size();
      story_.text += inside ? range_form_ : form;
      token.span = MakeSpan(begin, story_.text.size());
      rest_ = token.span;
    }
    if (!inside) return;
    const std::string_view left = rest_.of(story_.text);
    const bool last = number == range_end_;
    const bool agrees = left.starts_with(form) && (last == (left.size() == form.size()));
    token.span = rest_;
    if (agrees && !last) token.span.end = rest_.begin + static_cast<std::uint32_t>(form.size());
    if (!agrees) token.form = std::string(form);
    rest_.begin = agrees ? token.span.end : rest_.begin;
  }

  /// What stands between the words before and the next.
  void StartText() {
    if (words_.empty() && (story_.blocks.empty() || paragraph_)) {
      if (!story_.text.empty()) story_.text += "\n\n";
      story_.blocks.push_back({BlockKind::kParagraph, MakeSpan(story_.text.size(), 0), {}});
      story_.blocks.back().span.end = story_.blocks.back().span.begin;
      paragraph_ = false;
    } else if (pending_ != '\0') {
      story_.text += pending_;
    }
    pending_ = '\0';
  }

  Result<void> EndSentence() {
    if (words_.empty()) return {};
    if (range_end_ > words_.size()) {
      return Malformed(fmt::format("the range to word {} ends with its sentence", range_end_));
    }
    const auto first = static_cast<std::uint32_t>(story_.tokens.size());
    const auto sentence = static_cast<std::uint32_t>(story_.sentences.size());
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i].sentence = SentenceIndex{sentence};
      if (heads_[i] > words_.size()) {
        return Malformed(fmt::format("word {} has head {} in a sentence of {} words", i + 1,
                                     heads_[i], words_.size()));
      }
      if (heads_[i] != 0) words_[i].head = TokenIndex{first + heads_[i] - 1};
    }
    Block& block = story_.blocks.back();
    block.span.end = static_cast<std::uint32_t>(story_.text.size());
    const auto in_block = static_cast<std::uint32_t>(story_.blocks.size() - 1);
    story_.sentences.push_back({{words_.front().span.begin, block.span.end}, BlockIndex{in_block}});
    story_.tokens.insert(story_.tokens.end(), std::make_move_iterator(words_.begin()),
                         std::make_move_iterator(words_.end()));
    words_.clear();
    heads_.clear();
    range_begin_ = range_end_ = 0;
    return {};
  }

  void EndStory() {
    if (!story_.tokens.empty()) {
      story_.source.format = "conllu";
      story_.source.index = static_cast<std::uint32_t>(stories_.size());
      stories_.push_back(std::move(story_));
    }
    story_ = {};
    pending_ = '\0';
    paragraph_ = false;
  }

  std::string_view text_;
  std::size_t line_ = 0;
  std::vector<Story> stories_{};
  Story story_{};
  std::vector<Token> words_{};  ///< of the open sentence
  std::vector<std::uint32_t> heads_{};
  bool paragraph_ = false;  ///< the next word begins one
  char pending_ = '\0';     ///< space before the next word
  std::uint32_t range_begin_ = 0;
  std::uint32_t range_end_ = 0;
  std::string_view range_form_{};
  bool range_spaced_ = true;
  Span rest_{};  ///< letters of the range that no word has taken yet
};

}  // namespace

Result<std::vector<Story>> ReadConllu(std::string_view bytes) {
  if (!text::IsValidUtf8(bytes)) {
    return Fail(ErrorCode::kMalformed, "is not UTF-8, which CoNLL-U has to be");
  }
  return ConlluReader(bytes).Read();
}

}  // namespace dateline
