/// Whether a name is meant as a place, or stands for those who govern there.
#pragma once

#include "dateline/result.h"
#include "names/names.h"
#include "names/reading.h"
#include "places/gazetteer.h"
#include "tables/tables.h"

namespace dateline::places {

/// Immutable after Load; thread-safe.
class Metonymy {
 public:
  static Result<Metonymy> Load(const tables::Tables& tables);

  /// `joined` tells that the name is coordinated with a literal one just before ("in Lima and
  /// Quito"). Countries, capitals and seats that stand bare are not literal; other places are,
  /// unless they speak.
  [[nodiscard]] bool IsLiteral(const names::Reading& reading, names::TokenRange name, Sense sense,
                               bool joined) const;

  /// Whether data/places/words.tsv lists the word as of this kind.
  [[nodiscard]] bool Is(std::string_view folded, std::string_view kind) const;

 private:
  [[nodiscard]] bool TravelBefore(const names::Reading& reading, std::uint32_t begin,
                                  std::uint32_t at) const;
  [[nodiscard]] std::uint32_t SkipModifiers(const names::Reading& reading, std::uint32_t begin,
                                            std::uint32_t first) const;
  [[nodiscard]] bool Modifies(const names::Reading& reading, names::TokenRange name,
                              std::uint32_t end) const;

  tables::Tables tables_;  ///< keeps the table alive
  const tables::Table* words_ = nullptr;
};

}  // namespace dateline::places
