/// The folder's door: a language model loaded once, checked against its own tests, then shared.
///
///   DATELINE_TRY(const auto model, model::LanguageModel::Load("english.dlm"));
///   auto scratch = model.MakeScratch();
///   model.Run(words, scratch, analysis);
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "model/kernels.h"
#include "model/network.h"

namespace dateline::model {

/// Immutable after Load; thread-safe. Copies share the model.
class LanguageModel {
 public:
  /// Maps and checks the file, then runs its self-tests with `kernels`. kNotFound, kUnreadable as
  /// base::MappedFile; kUnsupported for a file of another version; kMalformed for a damaged one or
  /// one whose self-tests come out otherwise. `where` is the path.
  static Result<LanguageModel> Load(const std::filesystem::path& path,
                                    const Kernels& kernels = BestKernels());
  /// The same for bytes in memory, which are copied.
  static Result<LanguageModel> FromBytes(std::string_view bytes,
                                         const Kernels& kernels = BestKernels());

  /// Whether both share one loaded model.
  bool operator==(const LanguageModel& other) const = default;

  /// Keeps views into the model, which must outlive it.
  [[nodiscard]] NetworkScratch MakeScratch() const;
  /// See Network::Run.
  void Run(const WordsView& words, NetworkScratch& scratch, Analysis& out, Heads heads = {}) const;

  /// See FormEncoder::VectorOf; views into the model.
  [[nodiscard]] std::span<const std::int8_t> VectorOf(std::string_view form) const;

  /// What the classes of an Analysis mean, by their index.
  [[nodiscard]] const std::vector<std::string>& upos() const;
  [[nodiscard]] const std::vector<std::string>& feats() const;
  [[nodiscard]] const std::vector<std::string>& lemma() const;  ///< edit scripts
  [[nodiscard]] const std::vector<std::string>& deprel() const;
  [[nodiscard]] const std::vector<std::string>& names() const;  ///< BIO tags
  /// "english 2026-11-24 3f9c…": name, date and checksum.
  [[nodiscard]] std::string Fingerprint() const;
  [[nodiscard]] std::string_view KernelName() const;

  struct Impl;  ///< opaque

 private:
  explicit LanguageModel(std::shared_ptr<const Impl> impl);
  static Result<LanguageModel> FromImpl(std::shared_ptr<Impl> impl, std::string_view bytes,
                                        const Kernels& kernels);
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::model
