/// What the forms of export have in common: actors by the parts of their codes, places, addresses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/export.h"
#include "dateline/story.h"
#include "record/json_writer.h"
#include "record/rows.h"

namespace dateline::record {

/// CAMEO codes of roles and of kinds of organisations, with ICEWS's word for the sector.
struct RoleName {
  std::string_view code;
  std::string_view sector;
};
/// Null for a code that is no role.
const RoleName* RoleOf(std::string_view code);

/// An actor code by its parts of three letters.
struct ActorParts {
  std::string code;
  std::string name;
  std::string country;
  std::string group;  ///< a known organisation: UNO, NAT
  std::vector<std::string> religions;
  std::vector<std::string> roles;
  std::optional<Span> span;
};
/// `side` may be null: nobody.
ActorParts ActorOf(const Story& story, const EventActor* side, const CodeNames& names);

/// Empty where the code has no name.
std::string Looked(const CodeNames::Map& map, std::string_view key);

/// Where something is, as far as the story's places tell more than the event.
struct Location {
  std::string name;
  std::string printed;  ///< the words of the story
  std::string admin1;
  std::string country;
  std::optional<double> lat;
  std::optional<double> lon;
  std::optional<std::uint32_t> geonameid;
  std::optional<PlacePrecision> precision;
};
Location LocationOf(const Story& story, const Event& event);
Location LocationOf(const Story& story, const Place& place);
/// A city, or what is part of one or smaller than a division of the first order.
bool IsCity(const Location& location);
/// As GDELT has it: 1 country, 2 US state, 3 US city, 4 world city, 5 world ADM1; 0 none.
int GeoType(const Location& location);
/// "Halvik, North, Norland".
std::string FullName(const Location& location, const CodeNames& names);

/// Where the story can be found: its address, else its file.
std::string Url(const Story& story);
bool IsWeb(std::string_view url);
std::string Publisher(const Story& story);
/// "https://www.example.org/a" is from "example.org".
std::string SourceName(const Story& story);

/// The sentence that holds the byte, from 1; 0 where none does.
std::size_t SentenceNumber(const Story& story, std::uint32_t at);
/// Characters before the byte.
std::size_t CharsBefore(std::string_view text, std::uint32_t at);
/// "20310504".
std::string Digits(const std::optional<Date>& date);
/// The event's day, else the story's.
std::optional<Date> DateOf(const Story& story, const Event& event);
/// "VERBAL COOPERATION" …; empty for another number.
std::string_view QuadName(int quad);

/// A member of an object; nothing where the value is empty.
void AddMember(JsonWriter& json, std::string_view key, std::string_view value);

/// Without what XML 1.0 cannot hold: control characters become spaces, bytes that are not UTF-8
/// U+FFFD.
std::string ForXml(std::string_view text);

}  // namespace dateline::record
