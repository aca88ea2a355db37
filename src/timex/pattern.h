/// The small pattern language of data/timex/rules.tsv, and the trie that all rules are matched
/// with.
///
///   pattern     matches
///   MONTH DAY , YEAR              "April 16, 2023"; capitals name classes, other words themselves
///   until [ MONTH DAY ]           brackets mark the expression; the rest must stand around it
///   HOUR ~: ~MINUTE               '~': no white space before this piece
///   " ^this ^week                  '^': begins with a capital letter
///   the (past|last) UNIT          one of these
///   NUM1 to NUM2 UNIT             digits tell two of one class apart
///   the YEAR !-                    '!' at the end: this word does not follow
///   the? same day                 '?': may be missing
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "timex/lexer.h"
#include "timex/vocabulary.h"

namespace dateline::timex {

/// A named class in a pattern ("NUM1") and which piece of the match it took.
struct Slot {
  std::string label;
  ClassId id = 0;
  std::uint32_t position = 0;
};

/// One straight form of a rule's pattern: optional pieces chosen.
struct Form {
  std::uint32_t rule = 0;
  std::uint32_t begin = 0;  ///< the expression, as positions in the match
  std::uint32_t end = 0;
  std::uint32_t length = 0;
  std::optional<std::uint32_t> unless{};  ///< a word that must not follow
  std::vector<Slot> slots{};
};

struct Match {
  std::uint32_t form = 0;
  std::uint32_t first = 0;  ///< lexeme where the match starts
};

/// Immutable once built; Find is thread-safe.
class PatternTrie {
 public:
  /// Adds a rule's pattern; kMalformed says what is wrong with it.
  Result<void> Add(std::uint32_t rule, std::string_view pattern, Vocabulary& vocabulary);
  /// Sorts the edges. Call once after the last Add.
  void Finish();

  /// Every match in the lexemes, by first piece. Linear in practice: a word that begins no pattern
  /// costs one look-up.
  void Find(std::span<const Lexeme> lexemes, std::vector<Match>& out) const;

  [[nodiscard]] const Form& form(std::uint32_t index) const { return forms_[index]; }

 private:
  struct Edge {
    std::uint32_t symbol = 0;  ///< word id, or kClassSymbol | class
    bool glued = false;
    bool capital = false;
    std::uint32_t next = 0;
  };
  struct Node {
    std::vector<Edge> edges;
    std::vector<std::uint32_t> forms;
  };
  struct Step {
    std::vector<std::uint32_t> symbols{};
    bool glued = false;
    bool capital = false;
  };
  struct Cursor;
  struct Piece;

  static Piece ReadPiece(std::string_view token);

  /// Adds the pattern with those of its optional pieces whose bits are set in `chosen`.
  Result<void> AddForm(std::uint32_t rule, std::span<const std::string_view> tokens,
                       std::uint32_t chosen, Vocabulary& vocabulary);
  /// What one piece may be; its classes become slots of the form.
  static Result<Step> MakeStep(const Piece& piece, std::uint32_t position, Form& form,
                               Vocabulary& vocabulary);
  void Insert(std::span<const Step> steps, std::uint32_t form);
  void Walk(const Cursor& cursor, std::uint32_t node, std::size_t at) const;
  void Follow(const Cursor& cursor, const Node& node, std::uint32_t symbol, std::size_t at) const;

  std::vector<Node> nodes_{Node{}};
  std::vector<Form> forms_;
  ClassSet first_classes_ = 0;     ///< classes that begin a pattern
  std::vector<bool> first_words_;  ///< by word id
};

}  // namespace dateline::timex
