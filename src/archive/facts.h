/// All facts of a story in one row: lists of numbers that a query in plain SQL can take apart.
///
/// A list is a text; a number is the character behind it: 0 is U+0001, 1 is U+0002 and so on. An
/// item is a fixed count of numbers, so that number k of item n stands at ((n - 1) * fields + k).
/// Where a number of the story is kNumberBase or more, all its lists are "wide": two characters a
/// number, the low digit first. Words are numbers of the tables `names`, `codes`, `terms`, `spots`,
/// `kinds`, `time_values`; the numbers of a table that may grow past the base take two fields, the
/// low digit first. 0 is "none".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/interned.h"
#include "archive/sqlite.h"
#include "dateline/story.h"

namespace dateline::archive {

constexpr std::uint32_t kNumberBase = 55000;  // below the surrogates, which are no characters

enum class FactList : std::uint8_t {
  kBlocks,        // kind, start, size, speaker (term: 2)
  kSentences,     // start, size
  kEntities,      // type, name (2), country, actor
  kRoles,         // entity, title (term: 2), of (term: 2), time, start, size
  kMentions,      // entity, kind, start, size
  kTimes,         // value (2), start, size
  kPlaces,        // spot (2), literal, start, size
  kAttributions,  // kind, entity, lemma, negated, modal, inside, confidence, start, size, cue (2)
  kSaid,          // attribution, part (0 source, 1 cue, 2 content, 3 addressee, 4 medium), start,
                  // size
  kQuoted,        // kind, start, size
  kEvents,        // kind, status, date (term: 2), spot (2), attribution, means, confidence,
                  // trigger start, size, evidence start, size, means start, size
  kEvidence,      // event, start, size: of the second passage on
  kActors,        // event, side (0 source, 1 target), entity, actor, name (2), start, size
  kCounts,        // event, of, least (term: 2), most (term: 2), unit, start, size
  kLinks,         // start, size: of related links, then of images
  kKnown,         // entity, known as (term: 2)
};
constexpr std::size_t kFactLists = 16;

struct FactLayout {
  const char* column;
  std::uint32_t fields;
};
constexpr std::array<FactLayout, kFactLists> kFactLayouts = {{{"blocks", 5},
                                                              {"sentences", 2},
                                                              {"entities", 5},
                                                              {"roles", 8},
                                                              {"mentions", 4},
                                                              {"times", 4},
                                                              {"places", 5},
                                                              {"attributions", 11},
                                                              {"said", 4},
                                                              {"quoted", 3},
                                                              {"events", 15},
                                                              {"evidence", 3},
                                                              {"actors", 8},
                                                              {"counts", 9},
                                                              {"links", 2},
                                                              {"known", 3}}};

/// Numbers of all lists, item after item.
struct Facts {
  std::array<std::vector<std::uint32_t>, kFactLists> lists;
  /// Exact confidences, attributions first, where one of them is no whole number of thousandths.
  std::vector<double> exact;

  [[nodiscard]] const std::vector<std::uint32_t>& operator[](FactList list) const {
    return lists[static_cast<std::size_t>(list)];
  }
  [[nodiscard]] std::vector<std::uint32_t>& operator[](FactList list) {
    return lists[static_cast<std::size_t>(list)];
  }
  /// The greatest number of items in a list.
  [[nodiscard]] std::size_t Longest() const;
};

/// As it is stored.
struct FactRow {
  bool wide = false;
  std::array<std::string, kFactLists> lists;
  std::string exact;
};
FactRow RowOf(const Facts& facts);
/// Nothing for what RowOf has not made.
std::optional<Facts> FactsOf(const FactRow& row);

/// A character for each number below kNumberBase: the one that has the number's place and one more.
std::string TextOfNumbers(std::span<const std::uint32_t> numbers);
/// Nothing for what TextOfNumbers has not made.
std::optional<std::vector<std::uint32_t>> NumbersOfText(std::string_view text);

/// The tables that numbers stand for.
struct Lookups {
  explicit Lookups(Database& database);
  /// Tables of one story's own, in memory: numbers that Renumber makes those of an archive.
  Lookups();
  void Forget();
  std::uint32_t Code(std::string_view text);
  std::uint32_t CodeOrNone(const std::optional<std::string>& text);
  std::string CodeText(std::int64_t code);
  std::string NameText(std::int64_t name);

  Interned codes;  // text: a word of a closed set
  Interned terms;  // text: of an open set
  Interned names;  // text: what `name_search` finds
  Interned spots;  // name, country, admin1, lat, lon, geonameid, precision
  Interned kinds;  // cameo, plover, mode, quad, goldstein, rule, ontology, contexts, date_from,
                   // place_from
  Interned time_values;  // value, type, mod, first_day, last_day
  std::optional<Statement> index_name;
};

/// The facts of `story`. What it holds beside them (`candidates` and the rest of what only an
/// explanation shows, tokens) is left out. REQUIRES: inside a transaction for writing.
Facts PackFacts(const Story& story, Lookups& lookups);
/// Gives the facts, packed with tables of their own, the numbers of other tables. REQUIRES: as
/// PackFacts, of `to`.
void Renumber(Lookups& from, Lookups& to, Facts& facts);
/// Puts the facts back. REQUIRES: story.text. kMalformed where they cannot be of this text.
Result<void> UnpackFacts(const Facts& facts, Lookups& lookups, Story& story);

}  // namespace dateline::archive
