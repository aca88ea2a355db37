/// What the tables know of countries, office holders and organisations, and CAMEO codes made of it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "actors/people.h"
#include "actors/terms.h"
#include "dateline/date.h"
#include "dateline/result.h"
#include "names/reading.h"
#include "tables/named_table.h"
#include "tables/tables.h"

namespace dateline::actors {

/// The kinds of data/actors/words.tsv, one bit each.
enum class WordKind : std::uint32_t {
  kHe = 1U << 0U,
  kShe = 1U << 1U,
  kIt = 1U << 2U,
  kTime = 1U << 3U,
  kTimeBehind = 1U << 4U,
  kAbroad = 1U << 5U,
  kMatch = 1U << 6U,
  kScoreWord = 1U << 7U,
  kBallot = 1U << 8U,
  kVessel = 1U << 9U,
  kWork = 1U << 10U,
  kBusiness = 1U << 11U,
  kBand = 1U << 12U,
  kPreposition = 1U << 13U,
  kFamilyFirst = 1U << 14U,
  kStateBody = 1U << 15U,
  kSpeech = 1U << 16U,
  kLand = 1U << 17U,
  kMale = 1U << 18U,
  kFemale = 1U << 19U,
  kEvent = 1U << 20U,
  kUnionSeat = 1U << 21U,
  kDiplomat = 1U << 22U,
  kTowards = 1U << 23U,
  kWorldSeat = 1U << 24U,
  kCallsOn = 1U << 25U,
};

/// How a country is called at some place in the text.
enum class AliasKind : std::uint8_t { kName, kAdjective, kCapital, kSeat };

struct Alias {
  AliasKind kind = AliasKind::kName;
  std::string_view country;  ///< ISO 3166-1 alpha-3
  std::uint32_t length = 0;  ///< tokens
  bool people = false;       ///< a demonym in the plural: "Russians"
  bool part = false;         ///< of a people in a part of the country: "Tamil"
};

struct Office {
  std::string_view name;      ///< the holder's full name
  std::string_view known_as;  ///< see People
  std::string_view country;   ///< alpha-3, or an organisation's code
  std::string actor;          ///< CAMEO code on the day asked for
  std::string_view title;
};

struct KnownBody {
  std::string_view name;
  std::optional<std::string_view> country;
  std::string_view actor;
  bool shared = false;  ///< bodies of other countries are called so too: "Democratic Party"
  bool alone = true;    ///< no other body of the table is called so
};

/// A town or province that something is called after.
struct Town {
  std::string_view country;
  bool large = false;  ///< a city known far away
  bool province = false;
};

/// A role noun that means several people or a body: "troops", "foreign ministry".
struct Group {
  std::uint32_t length = 0;
  std::string_view actor;  ///< CAMEO role code
  bool body = false;       ///< an institution, not people
};

/// Immutable after Load; thread-safe.
class World {
 public:
  static Result<World> Load(const tables::Tables& tables);

  /// The country word that begins at token `at`: a state that exists on the story's day (without
  /// one, today) before one that does not, a sovereign one before a territory.
  [[nodiscard]] std::optional<Alias> AliasAt(const names::Reading& reading, std::uint32_t at,
                                             std::uint32_t end) const;
  /// The country word whose last token is `last`.
  [[nodiscard]] std::optional<Alias> AliasBefore(const names::Reading& reading, std::uint32_t first,
                                                 std::uint32_t last) const;
  [[nodiscard]] std::string_view NameOf(std::string_view country) const;
  /// CAMEO's code of the country: alpha-3 but for a few.
  [[nodiscard]] std::string CameoOf(std::string_view country) const;
  /// The days the country exists between; empty ends are open.
  [[nodiscard]] std::pair<std::string_view, std::string_view> TermOf(
      std::string_view country) const;
  /// Whether the country exists no more.
  [[nodiscard]] bool IsHistoric(std::string_view country) const {
    return !TermOf(country).second.empty();
  }
  /// Whether the family name stands first in names of that country.
  [[nodiscard]] bool FamilyFirst(std::string_view country) const;

  /// The office that a person of that name held on the day, else the one just before or the next;
  /// without a day the last one. Out of office the code is that of the elites of the country,
  /// before office that of the country. Middle initials need not stand. Single words count only for
  /// an office that is held, of a country of `countries`, or for one of a title of `titles` (folded
  /// last words: "president") that is held within ten years.
  [[nodiscard]] std::optional<Office> OfficeOf(std::string_view name, std::optional<Date> date,
                                               std::span<const std::string_view> countries,
                                               std::span<const std::string> titles) const;
  /// The office of the only head of state or government in power on that day whose surname it is,
  /// where no other office holder has it.
  [[nodiscard]] std::optional<Office> LeaderOf(const std::string& surname,
                                               std::optional<Date> date) const;
  /// The office of the one of its holders who is in it on that day, where news calls them so
  /// without introducing them (actors/sole_names): "Saddam". `words` are folded.
  [[nodiscard]] std::optional<Office> CalledAlone(std::span<const std::string> words,
                                                  std::optional<Date> date) const;
  /// The one country that has an office or body of that name: "Home Secretary".
  [[nodiscard]] std::optional<std::string_view> NationalOf(const names::Reading& reading,
                                                           names::TokenRange range) const;
  /// The body whose name the range begins with: "United Nations" of "United Nations envoy's
  /// office".
  [[nodiscard]] std::optional<KnownBody> BodyAt(const names::Reading& reading,
                                                names::TokenRange range) const;
  [[nodiscard]] std::optional<KnownBody> BodyNamed(const names::Reading& reading,
                                                   names::TokenRange range) const;
  /// The body of just that name, as the table writes it.
  [[nodiscard]] std::optional<KnownBody> BodyCalled(std::string_view name) const;
  [[nodiscard]] std::optional<Group> GroupAt(const names::Reading& reading, std::uint32_t at,
                                             std::uint32_t end) const;
  /// Whether the land noun may stand for the country: "the island" only for Malta and its like.
  [[nodiscard]] bool IsLandOf(std::string_view noun, std::string_view country) const;
  /// The province or city of that name, for "Lisbon University": of `home` where it has one, else
  /// the province, else the largest city.
  [[nodiscard]] std::optional<Town> TownAt(const names::Reading& reading, std::uint32_t at,
                                           std::uint32_t end, std::string_view home) const;
  /// Whether actors/words lists the word with that kind.
  [[nodiscard]] bool Is(std::string_view folded, WordKind kind) const {
    const auto found = kinds_.find(folded);
    return found != kinds_.end() && (found->second & static_cast<std::uint32_t>(kind)) != 0;
  }
  /// Whether coreference/words lists the word with that kind: "male-name", "female-name".
  [[nodiscard]] bool IsGivenName(std::string_view folded, std::string_view kind) const;
  /// Role code of an organisation that has this word in its name: "Party" is PTY.
  [[nodiscard]] std::string_view CodeOfWord(std::string_view folded) const;

  /// The code of somebody whose office has this code, as their term stands to the day.
  [[nodiscard]] std::string CodeOnDay(std::string_view country, std::string_view actor,
                                      Standing standing) const;

 private:
  struct FoldedHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  /// How much speaks for a country among those of one name on the day.
  [[nodiscard]] int RankOf(std::string_view country, std::string_view day) const;
  /// Whether the story names the country more often than any other of those alias rows: "Serb" in a
  /// story of Bosnia.
  [[nodiscard]] bool IsNamedMost(const names::Reading& reading, std::string_view country,
                                 std::span<const std::uint32_t> rows) const;
  Result<void> AddKinds(const tables::Tables& tables);
  [[nodiscard]] std::optional<Office> OfficeOfWords(std::span<const std::string_view> words,
                                                    std::optional<Date> date,
                                                    std::span<const std::string_view> countries,
                                                    std::span<const std::string> titles) const;
  /// Of a row of an office table, as of a day within its term.
  [[nodiscard]] Office OfficeAt(const tables::NamedTable& table, std::uint32_t row) const;
  [[nodiscard]] std::optional<Office> HeldBy(std::string_view name, const std::string& day) const;
  [[nodiscard]] bool Exists(std::string_view country, std::string_view day) const;
  [[nodiscard]] bool Sovereign(std::string_view country) const;
  [[nodiscard]] std::optional<std::string_view> CountryOfProvince(const names::Reading& reading,
                                                                  std::uint32_t at,
                                                                  std::uint32_t end) const;
  [[nodiscard]] std::string_view CountryCell(std::string_view country,
                                             std::string_view column) const;

  tables::Tables tables_;  ///< keeps the tables alive
  tables::NamedTable aliases_;
  tables::NamedTable countries_;
  std::array<tables::NamedTable, 2> offices_;  ///< leaders, office holders
  /// Rows of an office table by the surnames of the holders.
  struct Holder {
    std::size_t table = 0;
    std::uint32_t row = 0;
  };
  void IndexSurnames(std::size_t table);
  std::unordered_map<std::string, std::vector<Holder>> surnames_;
  tables::NamedTable sole_names_;
  void AddPeople(std::size_t table);
  People people_;
  tables::NamedTable national_;
  tables::NamedTable shared_;
  tables::NamedTable regions_;
  tables::NamedTable islands_;
  tables::NamedTable organizations_;
  tables::NamedTable roles_;
  std::unordered_map<std::string, std::uint32_t, FoldedHash, std::equal_to<>> kinds_;  ///< WordKind
  tables::NamedTable given_names_;
  tables::NamedTable body_words_;
  tables::NamedTable cities_;
};

}  // namespace dateline::actors
