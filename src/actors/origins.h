/// Of which country a person is by what stands beside the name.
///
///   "[Ana Ruiz] of Spain", "[Paolo Ferraris], 54, a restorer from Turin"
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "actors/homelands.h"
#include "actors/sentence_reader.h"

namespace dateline::actors {

/// Reads what stands beside a name in the sentence at hand. Keeps references to what the walk over
/// the story fills; must not outlive it.
class Origins : private SentenceReader {
 public:
  Origins(const World& world, const names::Reading& reading, std::optional<Date> date,
          const Walk& walk, const Homelands& homelands)
      : SentenceReader(world, reading, date, walk), homelands_(homelands) {}

  /// Whom the tables know by a full name speaks for the country from the first: the government
  /// that he accuses is rather its.
  void TakeOffice(Member& member, names::TokenRange range, const TitlePhrase* phrase) const;
  /// "Ana Ruiz of Spain", "Mayor Lindgren of Malmo": tells a country that is only guessed so far.
  void TakeHome(Member& member, std::uint32_t behind);
  /// "of the weekly Kampala Post": a body that bears the name of a town; whether it does.
  bool TakeHouse(Member& member, std::uint32_t at);
  /// "the Chadian consul, named as Ali Saleh": of whom the name is told.
  void TakeNamed(Member& member, std::uint32_t at) const;
  /// "Paolo Ferraris, 54, a restorer from Turin": before any verb.
  void TakeOrigin(Member& member, std::uint32_t behind);
  /// "General Ali Saleh, who commands Chad's army": whose the body is that he leads.
  void TakeLed(Member& member, std::uint32_t behind);

 private:
  /// "the army of Chad", "the naval arm of Chad's guards", "Chadian troops"; not "the desk for
  /// Chadian affairs".
  [[nodiscard]] std::optional<std::string_view> CountryOfLed(std::uint32_t at) const;
  /// "a Norwegian", "the Norwegian who heads the mission": no adjective of a noun behind.
  [[nodiscard]] std::optional<std::string_view> CompatriotsAt(std::uint32_t at) const;

  const Homelands& homelands_;
};

}  // namespace dateline::actors
