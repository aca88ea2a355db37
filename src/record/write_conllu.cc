// Sentences and words as CoNLL-U (https://universaldependencies.org/format.html).
//
// What makes the file valid even from a pipeline without a parser: every sentence has just one
// root. In a sentence whose words carry no relation the first word is made the root and the others
// hang on it as `dep`, the relation that says nothing.
//
// Words that continue the token before them ("can|not", "do|n't", "Ann|'s") stand with it under a
// line of their own for the whole.
//
// Chains of coreference stand in MISC as in CorefUD (https://ufal.mff.cuni.cz/corefud): `(e3-2` at
// the first word of a mention whose second word is its head, `e3)` at its last.
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/record.h"

namespace dateline {
namespace {

/// A field of a line: white space would break the line, nothing at all is "_".
std::string Field(std::string_view value) {
  if (value.empty()) return "_";
  std::string out(value);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) <= ' ') c = ' ';
  }
  return out;
}

/// The text of a comment line: any run of white space is one space.
std::string OneLine(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = static_cast<unsigned char>(c) <= ' ';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

class ConlluWriter {
 public:
  explicit ConlluWriter(const Story& story) : story_(story) { MarkChains(); }
  std::string Write();

 private:
  /// Words [first, last) of one sentence.
  struct Words {
    std::size_t first = 0;
    std::size_t last = 0;
  };

  void WriteSentence(std::size_t sentence, Words words);
  void WriteComments(std::size_t sentence);
  void WriteRange(Words words, std::size_t first, std::size_t last);
  void WriteWord(Words words, std::size_t at, bool alone, bool parsed);
  [[nodiscard]] std::size_t EndOfToken(Words words, std::size_t at) const;
  [[nodiscard]] std::string Misc(std::size_t at, bool alone) const;
  void MarkChains();
  [[nodiscard]] bool SpaceFollows(Span span) const;

  const Story& story_;
  std::string document_;
  std::string out_;
  std::size_t number_ = 0;          ///< of the sentence in the document, from 1
  std::size_t block_ = SIZE_MAX;    ///< that the last sentence stood in
  std::vector<std::string> marks_;  ///< of each word; empty without chains
};

std::string ConlluWriter::Write() {
  document_ = OneLine(story_.source.id ? *story_.source.id : story_.id);
  out_ = fmt::format("# newdoc id = {}\n", document_);
  if (!marks_.empty()) out_ += "# global.Entity = eid-head\n";
  Words words;
  for (std::size_t s = 0; s < story_.sentences.size(); ++s) {
    words.first = words.last;
    while (words.last < story_.tokens.size() && Raw(story_.tokens[words.last].sentence) == s) {
      ++words.last;
    }
    if (words.first != words.last) WriteSentence(s, words);
  }
  return number_ == 0 ? std::string() : std::move(out_);
}

void ConlluWriter::WriteSentence(std::size_t sentence, Words words) {
  ++number_;
  WriteComments(sentence);
  bool parsed = false;
  for (std::size_t w = words.first; w < words.last; ++w) {
    parsed = parsed || !story_.tokens[w].deprel.empty() || story_.tokens[w].head.has_value();
  }
  for (std::size_t first = words.first; first < words.last;) {
    const std::size_t last = EndOfToken(words, first);
    const bool alone = last == first + 1;
    if (!alone) WriteRange(words, first, last);
    for (; first < last; ++first) WriteWord(words, first, alone, parsed);
  }
  out_ += '\n';
}

void ConlluWriter::WriteComments(std::size_t sentence) {
  const Sentence& here = story_.sentences[sentence];
  if (Raw(here.block) != block_) out_ += "# newpar\n";
  block_ = Raw(here.block);
  out_ += fmt::format("# sent_id = {}-{}\n# text = {}\n", document_, number_,
                      OneLine(here.span.of(story_.text)));
}

std::size_t ConlluWriter::EndOfToken(Words words, std::size_t at) const {
  std::size_t last = at + 1;
  while (last < words.last && story_.tokens[last].continues) ++last;
  return last;
}

void ConlluWriter::WriteRange(Words words, std::size_t first, std::size_t last) {
  const Span span{story_.tokens[first].span.begin, story_.tokens[last - 1].span.end};
  out_ += fmt::format("{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{}\n", first - words.first + 1,
                      last - words.first, Field(span.of(story_.text)),
                      SpaceFollows(span) ? "_" : "SpaceAfter=No");
}

void ConlluWriter::WriteWord(Words words, std::size_t at, bool alone, bool parsed) {
  const Token& token = story_.tokens[at];
  const std::size_t id = at - words.first + 1;
  std::size_t head = 0;
  std::string_view deprel = token.deprel;
  if (parsed) {
    if (token.head && Raw(*token.head) >= words.first) head = Raw(*token.head) - words.first + 1;
  } else {
    head = id == 1 ? 0 : 1;
    deprel = id == 1 ? "root" : "dep";
  }
  const std::string_view form = alone ? token.span.of(story_.text) : FormOf(token, story_.text);
  out_ += fmt::format("{}\t{}\t{}\t{}\t_\t{}\t{}\t{}\t_\t{}\n", id, Field(form), Field(token.lemma),
                      Field(token.upos), Field(token.feats), head, Field(deprel), Misc(at, alone));
}

std::string ConlluWriter::Misc(std::size_t at, bool alone) const {
  const Token& token = story_.tokens[at];
  std::string misc;
  const auto add = [&](const std::string& field) { misc += (misc.empty() ? "" : "|") + field; };
  if (!marks_.empty() && !marks_[at].empty()) add("Entity=" + marks_[at]);
  if (!token.ner.empty() && token.ner != "O") add("NER=" + Field(token.ner));
  if (alone && !SpaceFollows(token.span)) add("SpaceAfter=No");
  return misc.empty() ? "_" : misc;
}

/// Only chains of two mentions and more. References are sorted by first token, longer before
/// shorter: what opens later closes earlier, so closing marks are set in front.
void ConlluWriter::MarkChains() {
  std::vector<std::uint32_t> sizes;
  for (const Reference& reference : story_.references) {
    if (reference.chain >= sizes.size()) sizes.resize(reference.chain + 1);
    ++sizes[reference.chain];
  }
  std::vector<std::string> closing(story_.tokens.size());
  std::vector<std::string> opening(story_.tokens.size());
  for (const Reference& reference : story_.references) {
    if (sizes[reference.chain] < 2) continue;
    const std::size_t first = Raw(reference.first);
    const std::size_t last = Raw(reference.last) - 1;
    const bool single = first == last;
    opening[first] += fmt::format("(e{}-{}{}", reference.chain + 1, Raw(reference.head) - first + 1,
                                  single ? ")" : "");
    if (!single) closing[last].insert(0, fmt::format("e{})", reference.chain + 1));
    marks_.resize(story_.tokens.size());
  }
  for (std::size_t i = 0; i < marks_.size(); ++i) marks_[i] = closing[i] + opening[i];
}

bool ConlluWriter::SpaceFollows(Span span) const {
  return span.end >= story_.text.size() || static_cast<unsigned char>(story_.text[span.end]) <= ' ';
}

}  // namespace

std::string WriteConllu(const Story& story) { return ConlluWriter(story).Write(); }

}  // namespace dateline
