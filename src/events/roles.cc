#include "events/roles.h"

#include <array>
#include <cstdint>

namespace dateline::events {
namespace {

/// Classes of roles, as bits.
enum : std::uint8_t {
  kBranch = 1,    ///< of a state, without arms
  kForce = 2,     ///< of a state, with arms
  kFighter = 4,   ///< armed, and of no state
  kPartisan = 8,  ///< in politics, and in no office
  kOpponent = 16,
  kWorldBody = 32,
  kFirm = 64,
};

struct Role {
  std::string_view code;
  std::uint8_t classes;
};

constexpr std::array<Role, 24> kRoles{{
    {"GOV", kBranch},    {"LEG", kBranch},    {"JUD", kBranch},    {"MIL", kForce},
    {"COP", kForce},     {"SPY", kForce},     {"REB", kFighter},   {"UAF", kFighter},
    {"INS", kFighter},   {"SEP", kFighter},   {"RAD", kFighter},   {"IMG", kFighter},
    {"PTY", kPartisan},  {"ELI", kPartisan},  {"OPP", kOpponent},  {"IGO", kWorldBody},
    {"UNO", kWorldBody}, {"NGO", kWorldBody}, {"NGM", kWorldBody}, {"INT", kWorldBody},
    {"HRI", kWorldBody}, {"EUR", kWorldBody}, {"BUS", kFirm},      {"MNC", kFirm},
}};

/// The classes of all roles in the code.
unsigned ClassesOf(std::string_view code) {
  unsigned classes = 0;
  for (; code.size() >= 3; code.remove_prefix(3)) {
    for (const Role& role : kRoles) classes |= code.starts_with(role.code) ? role.classes : 0U;
  }
  return classes;
}

}  // namespace

bool HasRole(std::string_view code, std::string_view role) {
  for (; code.size() >= 3; code.remove_prefix(3)) {
    if (code.starts_with(role)) return true;
  }
  return false;
}

bool IsArmed(std::string_view code) { return (ClassesOf(code) & (kForce | kFighter)) != 0; }

bool HoldsOffice(std::string_view code) { return (ClassesOf(code) & (kBranch | kForce)) != 0; }

bool IsPolitical(std::string_view code) {
  const unsigned classes = ClassesOf(code);
  return (classes & (kBranch | kPartisan | kOpponent)) != 0 && (classes & (kForce | kFighter)) == 0;
}

bool IsPartisan(std::string_view code) { return (ClassesOf(code) & kPartisan) != 0; }

bool IsWorldBody(std::string_view code) { return (ClassesOf(code) & kWorldBody) != 0; }

bool IsFirm(std::string_view code) { return (ClassesOf(code) & kFirm) != 0; }

}  // namespace dateline::events
