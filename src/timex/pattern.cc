#include "timex/pattern.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/split.h"

namespace dateline::timex {
namespace {

constexpr std::uint32_t kClassSymbol = 1U << 31U;
constexpr std::size_t kMaxOptional = 6;

/// "NUM1" is a class name, "." and "a" are words.
bool NamesClass(std::string_view atom) {
  return atom.size() > 1 &&
         std::ranges::all_of(atom,
                             [](unsigned char c) { return std::isupper(c) || std::isdigit(c); }) &&
         std::isupper(static_cast<unsigned char>(atom.front()));
}

std::string_view ClassPart(std::string_view label) {
  while (std::isdigit(static_cast<unsigned char>(label.back()))) label.remove_suffix(1);
  return label;
}

}  // namespace

/// One piece of a pattern as written.
struct PatternTrie::Piece {
  std::string_view atoms;  ///< without marks; alternatives still joined by '|'
  bool glued = false;
  bool capital = false;
  bool optional = false;
};

PatternTrie::Piece PatternTrie::ReadPiece(std::string_view token) {
  Piece piece;
  if (token.size() > 1 && token.starts_with('~')) {
    piece.glued = true;
    token.remove_prefix(1);
  }
  if (token.size() > 1 && token.starts_with('^')) {
    piece.capital = true;
    token.remove_prefix(1);
  }
  if (token.size() > 1 && token.ends_with('?')) {
    piece.optional = true;
    token.remove_suffix(1);
  }
  if (token.size() > 2 && token.starts_with('(') && token.ends_with(')'))
    token = token.substr(1, token.size() - 2);
  piece.atoms = token;
  return piece;
}

struct PatternTrie::Cursor {
  std::span<const Lexeme> lexemes;
  std::uint32_t first;
  std::vector<Match>& out;
};

Result<void> PatternTrie::Add(std::uint32_t rule, std::string_view pattern,
                              Vocabulary& vocabulary) {
  const auto tokens = base::Split(pattern, ' ');
  const auto optional = static_cast<std::size_t>(std::ranges::count_if(
      tokens, [](std::string_view token) { return ReadPiece(token).optional; }));
  if (optional > kMaxOptional) return Fail(ErrorCode::kTooLarge, "more than six optional pieces");
  for (std::uint32_t chosen = 0; chosen < (1U << optional); ++chosen) {
    if (auto added = AddForm(rule, tokens, chosen, vocabulary); !added) return added;
  }
  return {};
}

Result<PatternTrie::Step> PatternTrie::MakeStep(const Piece& piece, std::uint32_t position,
                                                Form& form, Vocabulary& vocabulary) {
  Step step{.glued = piece.glued, .capital = piece.capital};
  for (const std::string_view atom : base::Split(piece.atoms, '|')) {
    if (!NamesClass(atom)) {
      step.symbols.push_back(vocabulary.Intern(atom));
      continue;
    }
    const auto id = vocabulary.FindClass(ClassPart(atom));
    if (!id) return Fail(ErrorCode::kMalformed, "unknown class " + std::string(atom));
    form.slots.push_back({.label = std::string(atom), .id = *id, .position = position});
    step.symbols.push_back(kClassSymbol | *id);
  }
  return step;
}

Result<void> PatternTrie::AddForm(std::uint32_t rule, std::span<const std::string_view> tokens,
                                  std::uint32_t chosen, Vocabulary& vocabulary) {
  Form form{.rule = rule};
  std::vector<Step> steps;
  std::optional<std::uint32_t> begin;
  std::optional<std::uint32_t> end;
  std::uint32_t bit = 0;
  for (const std::string_view token : tokens) {
    const auto position = static_cast<std::uint32_t>(steps.size());
    if (token == "[" || token == "]") {
      (token == "[" ? begin : end) = position;
      continue;
    }
    if (token.size() > 1 && token.starts_with('!')) {
      form.unless = vocabulary.Intern(token.substr(1));
      continue;
    }
    const Piece piece = ReadPiece(token);
    if (piece.optional && ((chosen >> bit++) & 1U) == 0) continue;
    DATELINE_TRY(auto step, MakeStep(piece, position, form, vocabulary));
    steps.push_back(std::move(step));
  }
  form.length = static_cast<std::uint32_t>(steps.size());
  form.begin = begin.value_or(0);
  form.end = end.value_or(form.length);
  if (form.begin >= form.end) return Fail(ErrorCode::kMalformed, "empty pattern or empty brackets");
  forms_.push_back(std::move(form));
  Insert(steps, static_cast<std::uint32_t>(forms_.size() - 1));
  return {};
}

void PatternTrie::Insert(std::span<const Step> steps, std::uint32_t form) {
  std::vector<std::uint32_t> level{0};
  for (const Step& step : steps) {
    std::vector<std::uint32_t> below;
    for (const std::uint32_t at : level) {
      for (const std::uint32_t symbol : step.symbols) {
        const auto found = std::ranges::find_if(nodes_[at].edges, [&](const Edge& edge) {
          return edge.symbol == symbol && edge.glued == step.glued && edge.capital == step.capital;
        });
        if (found != nodes_[at].edges.end()) {
          below.push_back(found->next);
          continue;
        }
        const auto next = static_cast<std::uint32_t>(nodes_.size());
        nodes_[at].edges.push_back(
            {.symbol = symbol, .glued = step.glued, .capital = step.capital, .next = next});
        nodes_.emplace_back();
        below.push_back(next);
      }
    }
    level = std::move(below);
  }
  for (const std::uint32_t at : level) nodes_[at].forms.push_back(form);
}

void PatternTrie::Finish() {
  for (Node& node : nodes_) std::ranges::sort(node.edges, {}, &Edge::symbol);
  for (const Edge& edge : nodes_.front().edges) {
    if ((edge.symbol & kClassSymbol) != 0) {
      first_classes_ |= Bit(edge.symbol & ~kClassSymbol);
      continue;
    }
    if (edge.symbol >= first_words_.size()) first_words_.resize(edge.symbol + 1);
    first_words_[edge.symbol] = true;
  }
}

void PatternTrie::Find(std::span<const Lexeme> lexemes, std::vector<Match>& out) const {
  for (std::size_t at = 0; at < lexemes.size(); ++at) {
    const Lexeme& lexeme = lexemes[at];
    const bool by_word = lexeme.word != nullptr && lexeme.word->id < first_words_.size() &&
                         first_words_[lexeme.word->id];
    if (!by_word && (lexeme.classes & first_classes_) == 0) continue;
    Walk({.lexemes = lexemes, .first = static_cast<std::uint32_t>(at), .out = out}, 0, at);
  }
}

void PatternTrie::Walk(const Cursor& cursor, std::uint32_t node_index, std::size_t at) const {
  const Node& node = nodes_[node_index];
  for (const std::uint32_t form : node.forms) {
    const auto& unless = forms_[form].unless;
    const Word* next = at < cursor.lexemes.size() ? cursor.lexemes[at].word : nullptr;
    if (!unless || next == nullptr || next->id != *unless)
      cursor.out.push_back({.form = form, .first = cursor.first});
  }
  if (node.edges.empty() || at >= cursor.lexemes.size()) return;
  const Lexeme& lexeme = cursor.lexemes[at];
  if (lexeme.word != nullptr) Follow(cursor, node, lexeme.word->id, at);
  for (ClassSet rest = lexeme.classes; rest != 0; rest &= rest - 1) {
    Follow(cursor, node, kClassSymbol | static_cast<std::uint32_t>(__builtin_ctzll(rest)), at);
  }
}

void PatternTrie::Follow(const Cursor& cursor, const Node& node, std::uint32_t symbol,
                         std::size_t at) const {
  const auto edges = std::ranges::equal_range(node.edges, symbol, {}, &Edge::symbol);
  for (const Edge& edge : edges) {
    if (edge.glued && !cursor.lexemes[at].glued) continue;
    if (edge.capital && !cursor.lexemes[at].capital) continue;
    Walk(cursor, edge.next, at + 1);
  }
}

}  // namespace dateline::timex
