#include "quotes/quotation.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"

// Each block is cut into marks first (one pass), each mark told what it may be from the characters
// beside it; then one pass with a short stack pairs them. A straight mark may open or close: it
// opens where a word follows and none goes before, and closes otherwise. Single marks are mostly
// apostrophes, so one opens only if a mark that can close it follows in the block.

namespace dateline::quotes {
namespace {

using base::IsDigit;

/// What the two marks of a pair have in common.
enum class Family : std::uint8_t {
  kDouble,
  kSingle,
  kCurly,
  kCurlySingle,
  kBackticks,
  kAngle,
  kLow
};

struct Mark {
  Span span;
  Family family = Family::kDouble;
  bool opens = false;
  bool closes = false;
};

constexpr std::size_t kMaxDepth = 3;

struct Form {
  std::string_view bytes;
  Family family;
  bool opens;
  bool closes;
};
// Longer forms stand before their beginnings.
constexpr std::array<Form, 10> kForms{{
    {"“", Family::kCurly, true, true},  // closes „, and by mistake “
    {"”", Family::kCurly, false, true},
    {"„", Family::kLow, true, false},
    {"‘", Family::kCurlySingle, true, false},
    {"’", Family::kCurlySingle, false, true},
    {"«", Family::kAngle, true, false},
    {"»", Family::kAngle, false, true},
    {"``", Family::kBackticks, true, false},
    {"''", Family::kBackticks, true, true},
    {"\"", Family::kDouble, true, true},
}};

bool IsWordByte(char c) {
  const auto u = static_cast<unsigned char>(c);
  return (u >= '0' && u <= '9') || ((u | 0x20U) >= 'a' && (u | 0x20U) <= 'z') || u >= 0xC3U;
}
bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\t'; }

/// The characters beside a mark, ' ' at the ends of the block. A letter beyond ASCII counts by its
/// last byte before the mark and its first byte after it.
struct Sides {
  bool word_before = false;
  bool blank_before = false;
  bool word_after = false;
  bool blank_after = false;
  char before = ' ';
  char after = ' ';
};

/// True for the bytes of a letter that is not ASCII; the marks themselves begin with 0xE2 or 0xC2.
bool EndsInLetter(std::string_view text) {
  if (text.empty()) return false;
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead == 0xE2U ? false : IsWordByte(text[at]);
}
bool BeginsWithLetter(std::string_view text) {
  if (text.empty()) return false;
  return static_cast<unsigned char>(text[0]) == 0xE2U ? false : IsWordByte(text[0]);
}

Sides SidesOf(std::string_view text, Span block, Span mark) {
  const std::string_view left = text.substr(block.begin, mark.begin - block.begin);
  const std::string_view right = text.substr(mark.end, block.end - mark.end);
  Sides sides;
  sides.before = left.empty() ? ' ' : left.back();
  sides.after = right.empty() ? ' ' : right.front();
  sides.word_before = EndsInLetter(left);
  sides.word_after = BeginsWithLetter(right);
  sides.blank_before = IsBlank(sides.before);
  sides.blank_after = IsBlank(sides.after);
  return sides;
}

/// A straight mark: opening where it leans on what follows, closing where it leans on what
/// precedes.
void ReadStraight(const Sides& sides, Mark& mark) {
  const bool leans_right = !sides.blank_after && !sides.word_before &&
                           (sides.blank_before || sides.before == '(' || sides.before == '[' ||
                            sides.before == '-' || sides.before == ':' || sides.word_after);
  const bool leans_left = !sides.blank_before;
  mark.opens = leans_right;
  mark.closes = leans_left || sides.blank_after;
  if (leans_right && sides.blank_before) mark.closes = false;
}

/// A single mark, straight or curly: an apostrophe unless it stands at the edge of a word.
void ReadSingle(const Sides& sides, bool curly_open, bool curly_close, Mark& mark) {
  mark.opens = !curly_close && !sides.word_before && !sides.blank_after && sides.before != '\'' &&
               (sides.word_after || curly_open || sides.after == '.' || sides.after == '"');
  if (IsDigit(sides.after) && !curly_open) mark.opens = false;  // '90s
  mark.closes = !curly_open && !sides.blank_before && !sides.word_after;
}

std::optional<Mark> MarkAt(std::string_view text, Span block, std::uint32_t at) {
  const std::string_view rest = text.substr(at, block.end - at);
  for (const Form& form : kForms) {
    if (!rest.starts_with(form.bytes)) continue;
    Mark mark{MakeSpan(at, at + form.bytes.size()), form.family, form.opens, form.closes};
    const Sides sides = SidesOf(text, block, mark.span);
    if (form.bytes == "\"" || form.bytes == "''") ReadStraight(sides, mark);
    if (form.bytes == "“" && !sides.blank_before && sides.blank_after) mark.opens = false;
    if (form.bytes == "”" && sides.blank_before && sides.word_after) mark.opens = true;
    if (form.family == Family::kCurlySingle) ReadSingle(sides, form.opens, form.closes, mark);
    return mark;
  }
  if (rest.front() != '\'') return std::nullopt;
  Mark mark{MakeSpan(at, at + 1), Family::kSingle, false, false};
  ReadSingle(SidesOf(text, block, mark.span), false, false, mark);
  return mark;
}

bool Pairs(Family open, Family close) {
  return open == close || (open == Family::kLow && close == Family::kCurly) ||
         (open == Family::kDouble && close == Family::kCurly) ||
         (open == Family::kCurly && close == Family::kDouble);
}
bool IsSingle(Family family) { return family == Family::kSingle || family == Family::kCurlySingle; }

std::vector<Mark> MarksOf(std::string_view text, Span block) {
  std::vector<Mark> marks;
  for (std::uint32_t at = block.begin; at < block.end;) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c != '"' && c != '\'' && c != '`' && c != 0xE2U && c != 0xC2U) {
      ++at;
      continue;
    }
    const auto mark = MarkAt(text, block, at);
    if (mark && (mark->opens || mark->closes)) marks.push_back(*mark);
    at = mark ? mark->span.end : at + 1;
  }
  return marks;
}

/// A single mark after an s ("the workers' hall") closes only when no better one follows before the
/// next opening; and an opening one needs one that closes it. Looked up from the right, once.
void SettleSingles(std::string_view text, std::vector<Mark>& marks) {
  bool closer_follows = false;
  for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
    if (!IsSingle(mark->family)) continue;
    const bool after_s = mark->span.begin > 0 && text[mark->span.begin - 1] == 's';
    if (mark->opens) {
      if (!closer_follows) mark->opens = false;
      closer_follows = false;
    } else if (mark->closes) {
      if (after_s && closer_follows) mark->closes = false;
      closer_follows = true;
    }
  }
}

struct Open {
  Mark mark;
  std::size_t slot;  // in the result
};

class Pairing {
 public:
  Pairing(std::string_view text, const Block& block, BlockIndex index, std::vector<Quotation>& out)
      : text_(text), block_(block), index_(index), out_(out), first_(out.size()) {}

  void Run() {
    std::vector<Mark> marks = MarksOf(text_, block_.span);
    SettleSingles(text_, marks);
    for (const Mark& mark : marks) Take(mark);
    Finish();
  }

 private:
  void Take(const Mark& mark) {
    if (mark.closes && Close(mark)) return;
    if (!mark.opens) return;
    // The same mark again while open: the earlier one was never closed.
    for (std::size_t i = 0; i < stack_.size(); ++i) {
      if (stack_[i].mark.family == mark.family) stack_.resize(i);
    }
    if (stack_.size() >= kMaxDepth) return;
    stack_.push_back({mark, out_.size()});
    out_.push_back({.outer = mark.span,
                    .inner = {mark.span.end, mark.span.end},
                    .block = index_,
                    .depth = static_cast<std::uint32_t>(stack_.size() - 1),
                    .closed = false});
  }

  bool IsOpeningCurly(const Mark& mark) const { return mark.opens && mark.span.of(text_) == "“"; }

  bool Close(const Mark& mark) {
    for (std::size_t i = stack_.size(); i-- > 0;) {
      if (!Pairs(stack_[i].mark.family, mark.family)) continue;
      if (IsOpeningCurly(mark) && stack_[i].mark.family != Family::kLow) return false;
      Quotation& quotation = out_[stack_[i].slot];
      quotation.outer.end = mark.span.end;
      quotation.inner.end = mark.span.begin;
      quotation.closed = true;
      stack_.resize(i);
      return true;
    }
    return false;
  }

  /// Whether quotations in double marks stand behind the one at `slot`. Speech within speech has
  /// single ones; so an open mark before double ones has gone astray, or opens an excerpt.
  bool HoldsDoubles(std::size_t slot) const {
    return std::any_of(out_.begin() + static_cast<std::ptrdiff_t>(slot) + 1, out_.end(),
                       [&](const Quotation& q) {
                         const std::string_view mark = text_.substr(q.outer.begin, 3);
                         return q.closed && !mark.starts_with("‘") &&
                                (!mark.starts_with("'") || mark.starts_with("''"));
                       });
  }

  /// What is still open runs to the block's end when it is a double mark with at least a few words
  /// and no speech of its own after it; everything else that never closed is no quotation.
  void Finish() {
    std::optional<std::size_t> kept;
    if (!stack_.empty() && !IsSingle(stack_.front().mark.family)) {
      Quotation& quotation = out_[stack_.front().slot];
      const std::string_view rest =
          text_.substr(quotation.outer.begin, block_.span.end - quotation.outer.begin);
      if (std::ranges::count(rest, ' ') >= 3 && !HoldsDoubles(stack_.front().slot)) {
        quotation.outer.end = quotation.inner.end = block_.span.end;
        kept = stack_.front().slot;
      }
    }
    std::size_t slot = first_;
    std::size_t to = first_;
    for (; slot < out_.size(); ++slot) {
      if (out_[slot].closed || kept == slot) out_[to++] = out_[slot];
    }
    out_.resize(to);
    SetDepths();
  }

  /// Depths are counted again after unclosed marks have gone.
  void SetDepths() {
    std::vector<std::uint32_t> ends;
    for (std::size_t slot = first_; slot < out_.size(); ++slot) {
      while (!ends.empty() && ends.back() <= out_[slot].outer.begin) ends.pop_back();
      out_[slot].depth = static_cast<std::uint32_t>(ends.size());
      ends.push_back(out_[slot].outer.end);
    }
  }

  std::string_view text_;
  const Block& block_;
  BlockIndex index_;
  std::vector<Quotation>& out_;
  std::size_t first_;
  std::vector<Open> stack_;
};

}  // namespace

std::vector<Quotation> PairQuotations(std::string_view text, const std::vector<Block>& blocks) {
  std::vector<Quotation> quotations;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (!IsProse(blocks[i].kind)) continue;
    Pairing(text, blocks[i], static_cast<BlockIndex>(i), quotations).Run();
  }
  return quotations;
}

}  // namespace dateline::quotes
