/// The statements that make the views of an archive from its packed rows.
#pragma once

#include <string>

namespace dateline::archive {

/// Views that show each list of `facts` as a table, the texts, and those named for what people ask.
std::string MakeViews();
/// The view `known_entities`, of a later version than the others.
std::string KnownView();
/// Takes away what MakeViews makes.
std::string DropViews();

}  // namespace dateline::archive
