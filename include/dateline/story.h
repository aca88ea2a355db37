/// One story with everything found in it: plain values with byte spans into `text`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dateline/alignment.h"
#include "dateline/article.h"
#include "dateline/attribution.h"
#include "dateline/coreference.h"
#include "dateline/document.h"
#include "dateline/entity.h"
#include "dateline/event.h"
#include "dateline/place.h"
#include "dateline/timex.h"

namespace dateline {

/// Where a story came from.
struct Source {
  std::optional<std::string> id;  ///< the caller's own, when the input carries one
  std::optional<std::string> path;
  std::optional<std::string> url;
  std::string format = "text";     ///< "text", "json"
  std::string encoding = "utf-8";  ///< IANA name, lower case
  std::uint32_t index = 0;         ///< which story of the input, from 0
  std::uint32_t replaced = 0;      ///< invalid byte sequences that were replaced by U+FFFD
  bool operator==(const Source&) const = default;
};

struct Topic {
  std::string name;
  double confidence = 0;
  bool operator==(const Topic&) const = default;
};

/// All spans are byte offsets into `text`, which is normalised UTF-8 (see docs/formats/text.md).
struct Story {
  std::string id;  ///< 32 hex digits: XXH3-128 of the source bytes of this story
  Source source;
  Article article;
  std::string text;
  Alignment alignment;  ///< from `text` to the bytes as handed in; not part of the record
  std::vector<Block> blocks;
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
  std::vector<Reference> references;  ///< sorted by first token, longer before shorter
  std::vector<Entity> entities;
  std::vector<Timex> times;
  std::vector<Place> places;
  std::vector<Attribution> attributions;
  std::vector<Event> events;
  std::vector<Topic> topics;
  std::vector<Candidate> candidates{};  ///< with ReadOptions::explain: every rule tried

  bool operator==(const Story&) const = default;
};

}  // namespace dateline
