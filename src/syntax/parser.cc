#include "syntax/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "syntax/mend.h"

namespace dateline::syntax {

Result<Parser> Parser::Load(const std::filesystem::path& path, const model::Kernels& kernels) {
  DATELINE_TRY(auto model, model::LanguageModel::Load(path, kernels));
  Parser parser(std::move(model));
  for (const std::string& text : parser.model_.lemma()) {
    const auto script = LemmaScript::Parse(text);
    if (!script) {
      return Fail(ErrorCode::kMalformed,
                  fmt::format("lemma script '{}' has no meaning; get the model file again", text),
                  path.string());
    }
    parser.lemmas_.push_back(*script);
  }
  return parser;
}

void Parser::Annotate(Story& story, ParserScratch& scratch) const {
  scratch.words.clear();
  scratch.paragraphs.clear();
  scratch.blocks.clear();
  for (std::uint32_t b = 0; b < story.blocks.size(); ++b) {
    if (!IsProse(story.blocks[b].kind)) continue;
    text::SplitWords(story.text, story.blocks[b].span, scratch.words);
    const auto paragraph = static_cast<std::uint32_t>(scratch.blocks.size());
    scratch.paragraphs.resize(scratch.words.size(), paragraph);
    scratch.blocks.push_back(b);
  }
  scratch.forms.clear();
  scratch.spacing.clear();
  scratch.sentences.clear();
  for (std::size_t i = 0; i < scratch.words.size(); ++i) {
    const bool first = i == 0 || scratch.paragraphs[i] != scratch.paragraphs[i - 1];
    const text::Word& word = scratch.words[i];
    scratch.forms.push_back(word.span.of(story.text));
    scratch.spacing.push_back(first        ? model::Spacing::kUnknown
                              : word.glued ? model::Spacing::kGlued
                                           : model::Spacing::kSpaced);
  }
  Run(scratch);

  story.sentences.clear();
  story.tokens.clear();
  story.tokens.reserve(scratch.words.size());
  for (std::size_t i = 0; i < scratch.words.size(); ++i) {
    const auto& sentences = scratch.analysis.sentences;
    const Span span = scratch.words[i].span;
    if (i == 0 || sentences[i] != sentences[i - 1]) {
      story.sentences.push_back({span, BlockIndex{scratch.blocks[scratch.paragraphs[i]]}});
    }
    story.sentences.back().span.end = span.end;
    Token& token = story.tokens.emplace_back();
    token.span = span;
    token.sentence = SentenceIndex{sentences[i]};
    token.continues = scratch.words[i].continues;
  }
  Label(story, scratch);
}

void Parser::AnnotateTokens(Story& story, ParserScratch& scratch) const {
  scratch.forms.clear();
  scratch.spacing.clear();
  scratch.paragraphs.clear();
  scratch.sentences.clear();
  for (std::size_t i = 0; i < story.tokens.size(); ++i) {
    const Token& token = story.tokens[i];
    const auto paragraph = static_cast<std::uint32_t>(story.sentences[Raw(token.sentence)].block);
    const bool first = i == 0 || paragraph != scratch.paragraphs.back();
    const bool glued = !first && token.span.begin == story.tokens[i - 1].span.end;
    scratch.forms.push_back(FormOf(token, story.text));
    scratch.spacing.push_back(first   ? model::Spacing::kUnknown
                              : glued ? model::Spacing::kGlued
                                      : model::Spacing::kSpaced);
    scratch.paragraphs.push_back(paragraph);
    scratch.sentences.push_back(static_cast<std::uint32_t>(token.sentence));
  }
  Run(scratch);
  Label(story, scratch);
}

void Parser::Run(ParserScratch& scratch) const {
  model_.Run({.forms = scratch.forms,
              .spacing = scratch.spacing,
              .paragraphs = scratch.paragraphs,
              .sentences = scratch.sentences},
             scratch.network, scratch.analysis);
}

/// Writes what the classes of the analysis mean into the tokens.
void Parser::Label(Story& story, const ParserScratch& scratch) const {
  const model::Analysis& found = scratch.analysis;
  std::size_t first = 0;  // of the sentence
  for (std::size_t i = 0; i < story.tokens.size(); ++i) {
    Token& token = story.tokens[i];
    if (i > 0 && token.sentence != story.tokens[i - 1].sentence) first = i;
    token.upos = model_.upos()[found.upos[i]];
    token.feats = model_.feats()[found.feats[i]];
    token.lemma = lemmas_[found.lemma[i]].Apply(scratch.forms[i]);
    token.deprel = model_.deprel()[found.deprel[i]];
    token.head.reset();
    if (found.heads[i] != 0) {
      token.head = TokenIndex{static_cast<std::uint32_t>(first + found.heads[i] - 1)};
    }
    const std::string& name = model_.names()[found.names[i]];
    token.ner = name == "O" ? "" : name;
  }
  for (std::size_t begin = 0; begin < story.tokens.size();) {
    std::size_t end = begin + 1;
    while (end < story.tokens.size() && story.tokens[end].sentence == story.tokens[begin].sentence)
      ++end;
    MendTree(story, begin, end);
    begin = end;
  }
}

}  // namespace dateline::syntax
