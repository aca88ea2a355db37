/// What a question asks of rows, as SQL with parameters.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/sqlite.h"
#include "dateline/archive.h"
#include "dateline/result.h"

namespace dateline::archive {

/// Conditions of a statement, joined by AND, with their parameters.
class Conditions {
 public:
  void Add(std::string condition) { conditions_.push_back(std::move(condition)); }
  void Add(std::string condition, std::string value) {
    Add(std::move(condition));
    values_.push_back(std::move(value));
  }
  void AddDays(std::string_view column, const DayRange& days);
  /// Equal to `begin`, or beginning so.
  void AddBeginning(std::string_view column, const std::string& begin);

  /// That all of `one` or all of `other` holds. REQUIRES: neither is empty.
  void AddEither(const Conditions& one, const Conditions& other);

  /// " WHERE …", empty without conditions.
  [[nodiscard]] std::string Where() const;
  void BindTo(Statement& statement) const;

 private:
  std::vector<std::string> conditions_;
  std::vector<std::string> values_;
};

/// "CHN", "CHNGOV", "IGOUNO": three capitals and what may follow.
bool IsActorCode(std::string_view text);

/// That the row `alias` of event_actors is whom `wanted` means: an actor code or its beginning, else
/// words of a name.
Result<void> AddSide(std::string_view alias, const std::string& wanted, Conditions& conditions);
/// Joins event_actors as `alias` to events as v.
std::string JoinSide(std::string_view alias, std::string_view side);

/// What the filter asks of the rows `v` of events: code, status, place, distance, days. The
/// connection learns to reckon distances.
Result<void> AddEvents(const EventFilter& filter, Database& database, Conditions& conditions);

/// Kilometres between two points in degrees, along a great circle.
double Kilometres(double lat, double lon, double other_lat, double other_lon);

}  // namespace dateline::archive
