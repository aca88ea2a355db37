/// What people type to search, as SQLite's FTS5 understands it.
#pragma once

#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::archive {

struct Query {
  std::string match;      ///< an FTS5 expression in which every word is quoted
  bool excludes = false;  ///< has a NOT
};

/// Grammar, loosest first; words side by side are joined by AND:
///
///   either := all ("OR" all)*
///   all    := but ("AND"? but)*
///   but    := one ("NOT" one)*
///   one    := "(" either ")" | ["headline:"] (word | word* | "words in this order")
///
/// AND, OR and NOT are capitals. What is neither letter nor digit parts words ("US-China" is the
/// two words side by side). kInvalidArgument says what is wrong and what to write.
Result<Query> ParseQuery(std::string_view text);

/// All words of `name`, in this order, as an FTS5 expression. kInvalidArgument when there is none.
Result<std::string> NameQuery(std::string_view name);

}  // namespace dateline::archive
