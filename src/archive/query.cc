#include "archive/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/ascii.h"

namespace dateline::archive {
namespace {

constexpr int kDeepest = 32;  // parentheses in each other; FTS5's own parser stops at 100
constexpr std::size_t kMostWords = 64;

struct Piece {
  enum class Kind { kOpen, kClose, kAnd, kOr, kNot, kWords, kEnd };
  Kind kind = Kind::kEnd;
  std::string words;  ///< quoted for FTS5, with "headline : " and "*"
};

bool IsSpace(char c) { return std::string_view(" \t\n\v\f\r").contains(c); }

bool HasLetter(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || base::IsLetter(c) || base::IsDigit(c);
  });
}

std::string Quoted(std::string_view words) {
  std::string out = "\"";
  for (const char c : words) {
    if (c == '\0') continue;  // would end the expression
    out += c;
    if (c == '"') out += c;
  }
  return out + "\"";
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<Piece> Next() {
    while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
    if (at_ == text_.size()) return Piece{};
    if (text_[at_] == '(' || text_[at_] == ')') {
      return Piece{text_[at_++] == '(' ? Piece::Kind::kOpen : Piece::Kind::kClose, ""};
    }
    std::string column;
    constexpr std::string_view kHeadline = "headline:";
    if (text_.substr(at_).starts_with(kHeadline)) {
      at_ += kHeadline.size();
      column = "headline : ";
    }
    return at_ < text_.size() && text_[at_] == '"' ? Phrase(column) : Word(column);
  }

 private:
  Result<Piece> Phrase(const std::string& column) {
    const auto close = text_.find('"', at_ + 1);
    if (close == std::string_view::npos) {
      return Fail(ErrorCode::kInvalidArgument, "a quotation mark is not closed");
    }
    const std::string_view words = text_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    return Piece{Piece::Kind::kWords, HasLetter(words) ? column + Quoted(words) + Star() : ""};
  }

  Result<Piece> Word(const std::string& column) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !IsSpace(text_[at_]) &&
           std::string_view("()\"*").find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (column.empty() && word == "AND") return Piece{Piece::Kind::kAnd, ""};
    if (column.empty() && word == "OR") return Piece{Piece::Kind::kOr, ""};
    if (column.empty() && word == "NOT") return Piece{Piece::Kind::kNot, ""};
    const std::string star = Star();
    return Piece{Piece::Kind::kWords, HasLetter(word) ? column + Quoted(word) + star : ""};
  }

  std::string Star() {
    if (at_ == text_.size() || text_[at_] != '*') return "";
    ++at_;
    return " *";
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

constexpr auto kNotBetween = "NOT stands between what is wanted and what is not: 'ties NOT trade'";

/// Recursive descent; every function gives the FTS5 expression of what it has read.
class QueryParser {
 public:
  explicit QueryParser(std::string_view text) : lexer_(text) {}

  Result<Query> Parse() {
    Advance();
    std::string match = Either(0);
    if (!error_ && next_.kind == Piece::Kind::kClose) Complain("there is a ')' without its '('");
    if (!error_ && match.empty()) Complain("there is no word to search for");
    if (error_) return std::unexpected(*error_);
    return Query{std::move(match), excludes_};
  }

 private:
  void Complain(std::string message) {
    if (error_) return;
    error_ = Error{ErrorCode::kInvalidArgument, std::move(message), "query"};
    next_ = {};
  }

  void Advance() {
    if (error_) return;
    auto piece = lexer_.Next();
    if (!piece) return Complain(piece.error().message);
    next_ = *std::move(piece);
    const bool word = next_.kind == Piece::Kind::kWords && !next_.words.empty();
    if (word && ++words_ > kMostWords) {
      Complain(fmt::format("it has more than {} words; use fewer", kMostWords));
    }
  }

  bool Take(Piece::Kind kind) {
    if (next_.kind != kind) return false;
    Advance();
    return true;
  }

  static std::string Join(const std::vector<std::string>& parts, std::string_view by) {
    if (parts.size() < 2) return parts.empty() ? "" : parts.front();
    return fmt::format("({})", fmt::join(parts, by));
  }

  std::string Either(int depth) {
    std::vector<std::string> parts;
    do {
      std::string part = All(depth);
      if (!part.empty()) parts.push_back(std::move(part));
    } while (Take(Piece::Kind::kOr));
    return Join(parts, " OR ");
  }

  bool BeginsOne() const {
    return next_.kind == Piece::Kind::kOpen || next_.kind == Piece::Kind::kWords ||
           next_.kind == Piece::Kind::kNot;
  }

  std::string All(int depth) {
    std::vector<std::string> parts;
    do {
      std::string part = But(depth);
      if (!part.empty()) parts.push_back(std::move(part));
    } while (Take(Piece::Kind::kAnd) || BeginsOne());
    return Join(parts, " AND ");
  }

  std::string But(int depth) {
    std::string kept = One(depth);
    while (Take(Piece::Kind::kNot)) {
      excludes_ = true;
      if (kept.empty()) Complain(kNotBetween);
      const std::string left_out = One(depth);
      if (!left_out.empty()) kept = fmt::format("({} NOT {})", kept, left_out);
    }
    return kept;
  }

  std::string One(int depth) {
    if (next_.kind == Piece::Kind::kWords) {
      std::string words = std::move(next_.words);
      Advance();
      return words;
    }
    if (next_.kind == Piece::Kind::kNot) {
      Complain(kNotBetween);
      return "";
    }
    if (next_.kind != Piece::Kind::kOpen) {
      Complain("a word is missing beside AND, OR or NOT, or between '(' and ')'");
      return "";
    }
    if (depth == kDeepest) {
      Complain(fmt::format("parentheses stand more than {} deep", kDeepest));
      return "";
    }
    Advance();
    std::string inner = Either(depth + 1);
    if (!Take(Piece::Kind::kClose)) Complain("a '(' is not closed");
    return inner;
  }

  Lexer lexer_;
  Piece next_;
  std::size_t words_ = 0;
  bool excludes_ = false;
  std::optional<Error> error_;
};

}  // namespace

Result<Query> ParseQuery(std::string_view text) { return QueryParser(text).Parse(); }

Result<std::string> NameQuery(std::string_view name) {
  if (HasLetter(name)) return Quoted(name);
  return Fail(ErrorCode::kInvalidArgument, fmt::format("'{}' is no name", name));
}

}  // namespace dateline::archive
