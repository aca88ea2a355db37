/// What CAMEO role codes tell of who bears them.
#pragma once

#include <string_view>

#include "dateline/entity.h"

namespace dateline::actors {

/// Whether who has the role code acts in the politics of one country.
bool IsOfState(std::string_view code);
/// Whether who has the role code acts for a country, or against its government.
bool IsPolitical(std::string_view code);
/// Armies, gunmen and insurgents.
bool IsArmed(std::string_view code);
/// Rebels, insurgents and separatists.
bool IsInsurgent(std::string_view code);
/// Whether who has the role code is of where the act is: gunmen, police, rebels.
bool IsOnSpot(std::string_view code);
/// Lawmakers, parties, unions, courts, citizens and firms: whoever speaks to the government at
/// home.
bool IsOfThePeople(std::string_view code);
/// The role in the code of an entity: "MIL" of "GHAMIL"; empty: none.
std::string_view RoleOf(const Entity& entity);

}  // namespace dateline::actors
