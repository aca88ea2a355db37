/// News stories without end: composed from templates and the project's own tables, for benchmarks
/// and load tests. Not for accuracy: what they say is nonsense.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "tables/tables.h"

namespace dateline::bench {

/// Same seed, same stories, on every machine. Thread-safe.
class Corpus {
 public:
  /// Reads templates.tsv ("kind<TAB>text", kinds headline, standfirst, lead, body, quote,
  /// subheading, related) and the names that fill its {slots}.
  static Result<Corpus> Load(const std::string& templates_path, const tables::Tables& tables,
                             std::uint64_t seed);

  /// Story number `index` as a plain-text file of the machine-header layout, about 450 words.
  [[nodiscard]] std::string Story(std::uint64_t index) const;

 private:
  struct Slot {
    std::string name;
    std::vector<std::string> fillers;
  };
  class Writer;

  [[nodiscard]] const std::vector<std::string>& Templates(std::string_view kind) const;

  std::uint64_t seed_ = 0;
  std::vector<Slot> templates_;  ///< by kind
  std::vector<Slot> slots_;
};

}  // namespace dateline::bench
