/// Conditions of a statement, with their parameters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/sqlite.h"
#include "dateline/archive.h"

namespace dateline::archive {

class DayConditions {
 public:
  /// That a column of written dates is one of the days; nothing is if there are no bounds.
  void AddDays(std::string_view column, const DayRange& days);
  void Add(std::string condition) { conditions_.push_back(std::move(condition)); }
  /// " WHERE …"; empty where there is no condition.
  [[nodiscard]] std::string Where() const;
  /// Gives the number of the next parameter.
  int BindTo(Statement& statement) const;

 private:
  std::vector<std::string> conditions_;
  std::vector<std::string> values_;
};

}  // namespace dateline::archive
