/// What the roles in a CAMEO actor code say of whoever has them: office, arms, politics.
///
///   IsArmed("PERREB")       // true
///   HoldsOffice("PERMED")   // false
///
/// A code is made of parts of three letters: mostly a country, then roles ("PERGOVMIL"); what has
/// no country begins with a role ("UAF", "IMGSEB", "IGOUNO").
#pragma once

#include <string_view>
#include <vector>

#include "dateline/event.h"

namespace dateline::events {

/// Whether a part of the code is this role, of three letters: HasRole("PERGOVMIL", "MIL").
bool HasRole(std::string_view code, std::string_view role);

/// Whoever fights: soldiers, police and spies of a state, and those who fight without one.
bool IsArmed(std::string_view code);

/// Whoever serves a state by a role: its government, parliament, courts, soldiers, police, spies.
/// A country alone has no role.
bool HoldsOffice(std::string_view code);

/// Parties, the opposition, and the unarmed offices of a state.
bool IsPolitical(std::string_view code);

/// Parties and those who were in office: they speak, and carry nothing out.
bool IsPartisan(std::string_view code);

/// Whoever is armed, in office or in politics, and bodies of states, for rights and for relief.
bool IsPublic(std::string_view code);

bool IsFirm(std::string_view code);

/// The country of an actor's code, or the body of states that stands for one.
inline std::string_view CountryIn(std::string_view code) { return code.substr(0, 3); }

/// Whether somebody on the side is of the country that the code begins with.
bool SameCountry(const std::vector<EventActor>& side, std::string_view code);

}  // namespace dateline::events
