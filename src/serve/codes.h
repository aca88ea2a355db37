/// What codes are called and what they stand for, from the tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dateline/archive.h"
#include "dateline/export.h"
#include "dateline/result.h"

namespace dateline::serve {

struct CameoCode {
  std::string code{};
  std::string name{};
  std::string plover{};
  int quad = 0;
  double goldstein = 0;
};

struct Codes {
  std::vector<CameoCode> cameo{};  ///< sorted by code
  CodeNames names{};

  /// Null where there is no such code.
  [[nodiscard]] const CameoCode* Find(std::string_view code) const;
};

Result<Codes> LoadCodes();

/// Makes of a correction one that gives the event this code. kInvalidArgument: it is none.
Result<void> GiveCode(const Codes& codes, const std::string& code, Correction& correction);

/// "v2" as the place of an event. kInvalidArgument.
Result<std::uint32_t> ParseEventName(std::string_view fact);
/// "e2" as the place of an entity. kInvalidArgument.
Result<std::uint32_t> ParseEntityName(std::string_view fact);

}  // namespace dateline::serve
