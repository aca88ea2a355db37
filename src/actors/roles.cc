#include "actors/roles.h"

#include <algorithm>
#include <array>
#include <string>

namespace dateline::actors {

bool IsOfState(std::string_view code) {
  constexpr std::array<std::string_view, 15> kRoles{"GOV", "MIL", "LEG", "JUD", "COP",
                                                    "SPY", "OPP", "REB", "UAF", "INS",
                                                    "SEP", "PTY", "ELI", "AGR", "LAB"};
  return std::ranges::any_of(kRoles, [&](std::string_view role) { return code.starts_with(role); });
}

bool IsPolitical(std::string_view code) {
  return IsOfState(code) && !code.starts_with("AGR") && !code.starts_with("LAB");
}

bool IsArmed(std::string_view code) {
  return code.starts_with("MIL") || code.starts_with("UAF") || IsInsurgent(code);
}

bool IsInsurgent(std::string_view code) {
  return code.starts_with("REB") || code.starts_with("INS") || code.starts_with("SEP");
}

bool IsOnSpot(std::string_view code) {
  constexpr std::array<std::string_view, 5> kRoles{"UAF", "COP", "REB", "INS", "SEP"};
  return std::ranges::any_of(kRoles, [&](std::string_view role) { return code.starts_with(role); });
}

bool IsOfThePeople(std::string_view code) {
  constexpr std::array<std::string_view, 12> kRoles{"LEG", "OPP", "PTY", "LAB", "CVL", "AGR",
                                                    "JUD", "MED", "EDU", "HLH", "REL", "BUS"};
  return std::ranges::any_of(kRoles, [&](std::string_view role) { return code.starts_with(role); });
}

std::string_view RoleOf(const Entity& entity) {
  const std::string_view code = entity.actor ? std::string_view(*entity.actor) : "";
  return code.size() > 3 ? code.substr(3) : std::string_view{};
}

}  // namespace dateline::actors
