/// Stories as they lie in the tables: read whole or in part.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/fact_search.h"
#include "archive/facts.h"
#include "archive/identity_signs.h"
#include "archive/sqlite.h"
#include "archive/word_codes.h"
#include "dateline/result.h"
#include "dateline/story.h"

namespace dateline::archive {

/// What can be made of a story before it is known which archive it goes into.
struct PackedStory {
  Facts facts;  ///< with numbers of `lookups`
  Lookups lookups;
  std::string rest;
  std::vector<CutWord> words;                       ///< of the text
  std::vector<std::uint64_t> shingles;              ///< see duplicates.h
  std::vector<std::optional<IdentitySigns>> signs;  ///< of its entities
  std::optional<StoryWords> fact_words;             ///< absent: a Tokenizer must cut them
};
std::shared_ptr<PackedStory> Pack(const Story& story);

/// What the columns of `stories` and the lists of `facts` do not hold of a story, as bytes for
/// `facts.rest`. Where they could not give back all that is stored of it, the whole record.
/// REQUIRES: `facts` are those of the story.
std::string RestOf(const Story& story, const Facts& facts, Lookups& lookups);

/// Belongs to one connection.
class StoryStore {
 public:
  explicit StoryStore(Database& database);

  /// As it was added, but for `alignment`, `tokens`, `references` and what only an explanation
  /// shows. kNotFound, kMalformed.
  Result<Story> Load(std::int64_t story);
  Result<std::string> LoadText(std::int64_t story);
  /// Its text and blocks alone.
  Result<Story> LoadBlocks(std::int64_t story);
  /// Only the lists that questions about facts need: entities, attributions, events, actors.
  Result<Facts> LoadFacts(std::int64_t story);

  Lookups& lookups() { return lookups_; }
  WordCodes& words() { return words_; }
  /// To be called when rows may have been given back.
  void Forget();

 private:
  Result<Story> Assemble(std::string_view rest, std::string text, const Facts& facts);
  void TakeColumns(Story& story, unsigned flags) const;
  Error Damaged(std::int64_t story, const Error& error) const;

  Database& database_;
  Lookups lookups_;
  WordCodes words_;
  Statement whole_;
  Statement text_;
  Statement blocks_;
  Statement facts_;
};

}  // namespace dateline::archive
