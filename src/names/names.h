/// Names in running text: PER, ORG, LOC, NORP, MISC; those of the language model, completed and
/// mended by the tables.
#pragma once

#include <memory>
#include <vector>

#include "dateline/result.h"
#include "dateline/story.h"
#include "names/reading.h"
#include "tables/tables.h"

namespace dateline::names {

enum class NameType : std::uint8_t { kPer, kOrg, kLoc, kNorp, kMisc };

/// Tokens [first, last) of one sentence.
struct Name {
  NameType type = NameType::kMisc;
  TokenIndex first{};
  TokenIndex last{};
  bool operator==(const Name&) const = default;
};

class NameFinder {
 public:
  static Result<NameFinder> Load(const tables::Tables& tables);
  /// The story's words beside the word lists, for this stage and those after it. `story` carries
  /// sentences and tokens; it must outlive what is given. Thread-safe.
  [[nodiscard]] Reading Read(const Story& story) const;
  /// Sorted, not overlapping, each in one sentence. The tokens carry BIO tags. Thread-safe.
  [[nodiscard]] std::vector<Name> Find(const Reading& reading) const;

  struct Impl;  ///< opaque

 private:
  std::shared_ptr<const Impl> impl_;
};

/// Writes the names into Token::ner ("B-PER", "I-PER"), in place of what stands there.
void TagTokens(const std::vector<Name>& names, Story& story);

}  // namespace dateline::names
