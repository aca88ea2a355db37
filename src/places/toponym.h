/// A name that may be a place, and what stands around it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "names/names.h"
#include "names/reading.h"
#include "places/gazetteer.h"

namespace dateline::places {

/// What the words beside a name say of its kind.
enum class Cue : std::uint8_t {
  kNone,
  kCity,    ///< "the city of Lima", "Kansas City" is none
  kCounty,  ///< "Paris County"
  kState,   ///< "Washington state", "the province of Lima"
};

/// How sure it is that the words are a place at all.
enum class Standing : std::uint8_t {
  kName,   ///< the names stage or the words beside it say so
  kInner,  ///< inside another name: "Springfield Museum"
  kGuess,  ///< nothing but the gazetteer says so: it must fit the story well
};
inline constexpr std::size_t kStandings = 3;

/// One name in the text.
struct Toponym {
  Span span{};                       ///< of the place that will be reported
  names::TokenRange range{};         ///< of the words; empty for a dateline block
  std::vector<std::string> words{};  ///< folded, as the gazetteer is asked
  ShortNames shorts = ShortNames::kFree;
  Cue cue = Cue::kNone;
  Standing standing = Standing::kName;
  bool adjective = false;            ///< "Russian": a modifier or demonym
  bool modifier = false;             ///< inside the name of something else: never literal
  bool dateline = false;             ///< stands where wire stories say they are written
  bool part = false;                 ///< the words are but part of the span: "St. Cloud Hospital"
  std::optional<Candidate> fixed{};  ///< what it means without doubt: "the Moroccan capital"
  std::vector<Area> inside{};        ///< what its qualifier names: "Paris, Texas"
  std::uint32_t sentence = 0;        ///< that it stands in
  std::uint32_t block = 0;           ///< the paragraph or headline
};

}  // namespace dateline::places
