/// The tables of identities, as a step of the schema.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dateline::archive {

/// Version 6: who is the same across stories, and corrections of that.
std::string IdentityTables();
/// Links packed story by story (version 7).
std::string PackedIdentityTables();
/// Under which names the tables have them (version 8).
std::string KnownIdentities();
/// "name" for a number of the column `rule`; of no rule "".
std::string_view IdentityRuleName(std::int64_t rule);

}  // namespace dateline::archive
