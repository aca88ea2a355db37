#include "events/roles.h"

#include <algorithm>
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

/// Three letters as one number.
constexpr std::uint32_t Packed(std::string_view part) {
  const auto byte = [&](std::size_t i) {
    return std::uint32_t{static_cast<unsigned char>(part[i])};
  };
  return byte(0) << 16U | byte(1) << 8U | byte(2);
}

struct Role {
  consteval Role(std::string_view name, std::uint8_t what) : code(Packed(name)), classes(what) {}
  std::uint32_t code;
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
    const std::uint32_t part = Packed(code);
    for (const Role& role : kRoles) classes |= role.code == part ? role.classes : 0U;
  }
  return classes;
}

}  // namespace

bool HasRole(std::string_view code, std::string_view role) {
  for (; code.size() >= 3; code.remove_prefix(3)) {
    if (Packed(code) == Packed(role)) return true;
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

bool IsPublic(std::string_view code) { return (ClassesOf(code) & ~unsigned{kFirm}) != 0; }

bool IsFirm(std::string_view code) { return (ClassesOf(code) & kFirm) != 0; }

bool SameCountry(const std::vector<EventActor>& side, std::string_view code) {
  return std::ranges::any_of(side, [&](const EventActor& actor) {
    return actor.actor.size() >= 3 && CountryIn(actor.actor) == CountryIn(code);
  });
}

}  // namespace dateline::events
