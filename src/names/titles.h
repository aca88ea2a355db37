/// Offices and jobs named in the text: "Deputy Foreign Minister", "police commissioner".
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "names/reading.h"
#include "tables/tables.h"

namespace dateline::names {

struct Title {
  TokenRange range{};                ///< with modifiers: "Deputy Foreign Minister"
  TokenRange core{};                 ///< without "former", "acting" …
  std::uint32_t head = 0;            ///< "minister" in "Minister of Health", else the last word
  std::optional<std::uint32_t> row;  ///< of actors/roles; absent for a title made of its parts
  bool plural = false;
  bool capital = false;  ///< the last word is written with a capital
};

/// Immutable after Load; thread-safe.
class TitleFinder {
 public:
  static Result<TitleFinder> Load(const tables::Tables& tables);
  /// Sorted, not overlapping.
  [[nodiscard]] std::vector<Title> Find(const Reading& reading) const;
  /// CAMEO role code of the title: "GOVMIL"; empty when it has none.
  [[nodiscard]] std::string_view ActorOf(const Title& title) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::names
