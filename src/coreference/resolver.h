/// Which phrases of a story mean the same person or thing.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "dateline/coreference.h"
#include "dateline/result.h"
#include "dateline/story.h"
#include "tables/tables.h"

namespace dateline::coreference {

class CoreferenceResolver {
 public:
  /// Maps `weights` (english.dlc). kNotFound, kMalformed or kUnsupported with the file's name.
  static Result<CoreferenceResolver> Load(const tables::Tables& tables,
                                          const std::filesystem::path& weights);

  /// All names, noun phrases and pronouns with the chain each belongs to, most of them alone.
  /// Sorted by first token, longer before shorter. `story` carries tags, trees and names.
  /// Thread-safe; linear in the tokens.
  [[nodiscard]] std::vector<Reference> Resolve(const Story& story) const;

  struct Impl;  ///< opaque

 private:
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::coreference
