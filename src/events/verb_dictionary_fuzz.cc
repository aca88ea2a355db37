// Any bytes as a verb dictionary: every frame made of them can be read, the same bytes give the
// same tables, and what is refused says where and why.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "events/patterns.h"
#include "events/verb_dictionary.h"
#include "tables/tables.h"

namespace dateline::events {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

VerbDictionary Read(std::string_view text) {
  return ReadVerbDictionary(text, "d", [](std::string_view code) { return code.size() > 2; });
}

void Check(std::string_view text) {
  const VerbDictionary read = Read(text);
  WordSets classes;
  for (const VerbSet& set : read.sets) classes[set.name] = set.words;
  for (const VerbPattern& pattern : read.patterns) {
    for (const std::string_view frame : tables::Values(pattern.frame))
      Require(ParseFrame(frame).has_value());
    Require(!pattern.triggers.empty() && ExpandWords(classes, pattern.words).has_value());
  }
  for (const Error& problem : read.problems) Require(problem.where.starts_with("d:"));
  const VerbDictionary again = Read(text);
  Require(MakeVerbOverlay({&read, 1}) == MakeVerbOverlay({&again, 1}));
}

}  // namespace
}  // namespace dateline::events

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dateline::events::Check(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
