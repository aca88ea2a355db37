/// Words, sentences, tags, lemmas, trees and names of a story, from the language model.
///
///   DATELINE_TRY(const auto parser, syntax::Parser::Load("english.dlm"));
///   auto scratch = parser.MakeScratch();
///   parser.Annotate(story, scratch);
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "dateline/story.h"
#include "model/language_model.h"
#include "syntax/lemma_script.h"
#include "syntax/word_vectors.h"
#include "text/split_words.h"

namespace dateline::syntax {

/// Working memory of one thread for one parser; see model::NetworkScratch for its size.
struct ParserScratch {
  explicit ParserScratch(const model::LanguageModel& of) : model(of), network(of.MakeScratch()) {}

  model::LanguageModel model;  ///< that the scratch was made for, kept alive
  model::NetworkScratch network;
  model::Analysis analysis{};
  std::vector<text::Word> words{};
  std::vector<std::string_view> forms{};
  std::vector<model::Spacing> spacing{};
  std::vector<std::uint32_t> paragraphs{};
  std::vector<std::uint32_t> sentences{};
  std::vector<std::uint32_t> blocks{};  ///< of Story::blocks, by paragraph
};

/// Immutable after Load; thread-safe. Copies share the model.
class Parser {
 public:
  /// Errors: those of model::LanguageModel::Load; kMalformed also for labels without meaning.
  static Result<Parser> Load(const std::filesystem::path& path,
                             const model::Kernels& kernels = model::BestKernels());

  [[nodiscard]] ParserScratch MakeScratch() const { return ParserScratch(model_); }
  /// Whether the scratch was made for this parser's model; no other may be used with it.
  [[nodiscard]] bool Fits(const ParserScratch& scratch) const { return scratch.model == model_; }

  /// Fills Story::sentences and Story::tokens, all fields of a token, from the blocks for which
  /// IsProse holds. Sentences never cross a block's end; every character of such a block that is no
  /// white space lies in just one token; heads stay in their sentence, which has one root.
  /// Linear time (trees: see model::Network).
  void Annotate(Story& story, ParserScratch& scratch) const;

  /// Does the same on words that are there already: keeps spans and sentences of a story that has
  /// tokens (sentences of at most 256 words), fills the rest.
  void AnnotateTokens(Story& story, ParserScratch& scratch) const;

  /// The vectors that the encoder begins with, for models of later stages; they share the model.
  [[nodiscard]] WordVectors Vectors() const { return WordVectors(model_); }

  /// Name, date and checksum of the model.
  [[nodiscard]] std::string Fingerprint() const { return model_.Fingerprint(); }

 private:
  explicit Parser(model::LanguageModel model) : model_(std::move(model)) {}
  void Run(ParserScratch& scratch) const;
  void Label(Story& story, const ParserScratch& scratch) const;

  model::LanguageModel model_;
  std::vector<LemmaScript> lemmas_{};
};

}  // namespace dateline::syntax
