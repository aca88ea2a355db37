/// Titles with what belongs to them, and the people they stand beside.
///
///   Chinese Defence Minister [Li Shangfu]      country and title before the name
///   China's leader [Xi Jinping]                the possessor is a country
///   her spokesman, [Ernesto Cruz], …           apposition before the name
///   [Rita Falcao], the front's president, …    apposition behind the name
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "actors/world.h"
#include "names/names.h"
#include "names/reading.h"
#include "names/titles.h"

namespace dateline::actors {

using names::TokenRange;

/// The tokens of a name.
inline TokenRange RangeOf(const names::Name& name) {
  return {static_cast<std::uint32_t>(name.first), static_cast<std::uint32_t>(name.last)};
}

enum class Determiner : std::uint8_t { kNone, kThe, kA };

/// "[the] [former] [Chinese] [interim government's] Defence Minister[-designate] [of Kenya]".
struct TitlePhrase {
  const names::Title* title = nullptr;
  TokenRange range{};  ///< all of it
  Determiner article = Determiner::kNone;
  TokenRange body{};        ///< the title with "-elect" or "-designate"
  std::string_view time{};  ///< "former", "ex", "elect" …, as a lower-case word; empty: none
  std::optional<std::string_view> country{};  ///< of the adjective, possessor or "of"
  std::optional<TokenRange> owner{};  ///< possessor or body that is no country: a name, "its"
  bool possessed = false;             ///< a possessor stands before it
};

/// A story's names and title phrases, found again by token. Keeps views; must not outlive them.
class Phrases {
 public:
  Phrases(const World& world, const names::Reading& reading, const std::vector<names::Name>& names,
          const std::vector<names::Title>& titles);

  /// The phrase whose range begins at the token, or null.
  [[nodiscard]] const TitlePhrase* At(std::uint32_t token) const;
  /// The name that begins at the token, or null.
  [[nodiscard]] const names::Name* NameAt(std::uint32_t token) const;
  /// The name that ends just before the token, or null.
  [[nodiscard]] const names::Name* NameBefore(std::uint32_t token) const;

  /// The person's name that the title stands before, an honorific between them at most.
  [[nodiscard]] const names::Name* NamedBy(const TitlePhrase& phrase) const;
  /// The people in apposition behind the title: "her spokesman, Ernesto Cruz,". At most one unless
  /// the title is plural. "The ambassador in Lima, Ana Holst,": where, of what or for whom somebody
  /// serves may stand between.
  [[nodiscard]] std::vector<const names::Name*> AppositionOf(const TitlePhrase& phrase) const;
  /// Where that apposition may begin: a comma, or the token behind the phrase where it is none.
  [[nodiscard]] std::uint32_t CommaBehind(const TitlePhrase& phrase) const;
  /// The people right behind a plural title, each perhaps with "of" and a place: "ministers Ana
  /// Ruiz of Spain and Paul Marek of Poland". Empty unless there are two.
  [[nodiscard]] std::vector<const names::Name*> HoldersOf(const TitlePhrase& phrase) const;
  /// The title in apposition behind a person's name, or null; an age may stand between.
  [[nodiscard]] const TitlePhrase* TitleBehind(const names::Name& name) const;

 private:
  [[nodiscard]] const names::Name* HomeBehind(std::uint32_t at, std::uint32_t end) const;
  [[nodiscard]] TitlePhrase Grow(const names::Title& title) const;
  void TakeTime(TitlePhrase& phrase, std::uint32_t end) const;
  bool TakeLeft(TitlePhrase& phrase, std::uint32_t begin) const;
  bool TakeCountry(TitlePhrase& phrase, std::uint32_t begin) const;
  void TakeFarOwner(TitlePhrase& phrase, std::uint32_t begin) const;
  bool TakeOwner(TitlePhrase& phrase, std::uint32_t begin) const;
  void TakeCountryOfOwner(TitlePhrase& phrase, std::uint32_t begin) const;
  [[nodiscard]] std::optional<TokenRange> GroupBefore(std::uint32_t at, std::uint32_t begin) const;
  bool TakeBody(TitlePhrase& phrase, std::uint32_t begin) const;
  bool TakeArticle(TitlePhrase& phrase, std::uint32_t begin) const;
  [[nodiscard]] bool IsPosting(std::uint32_t head) const;
  [[nodiscard]] std::optional<std::string_view> LandNamed(names::TokenRange name,
                                                          std::uint32_t end) const;
  void TakeOf(TitlePhrase& phrase, std::uint32_t end) const;
  void TakeOwnerBehind(TitlePhrase& phrase, const names::Name& name, bool sent,
                       std::uint32_t end) const;
  [[nodiscard]] bool MayStandBehind(const TitlePhrase& phrase) const;
  [[nodiscard]] std::optional<std::string_view> CountryOfPlace(const names::Name& name) const;
  bool TakePatron(TitlePhrase& phrase, std::uint32_t at, std::uint32_t end) const;
  [[nodiscard]] TokenRange SentenceAt(std::uint32_t token) const;
  [[nodiscard]] std::uint32_t SkipHonorific(std::uint32_t token, std::uint32_t end) const;

  const World& world_;
  const names::Reading& reading_;
  std::vector<const names::Name*> name_at_;
  std::vector<const names::Name*> name_before_;  ///< by the token behind the name
  std::vector<TitlePhrase> phrases_;
  std::vector<std::uint32_t> phrase_at_;  ///< by first token: index + 1
};

}  // namespace dateline::actors
