/// Verbs with which somebody gets hold of another to say something to him.
#pragma once

#include <array>
#include <string_view>

#include "events/one_of.h"

namespace dateline::events {

/// "telephoned Ruiz to thank him", "summoned the envoy to protest": who calls says it, and whoever
/// is called is told.
inline bool IsCalling(std::string_view lemma) {
  constexpr std::array<std::string_view, 10> kCalls{"ring",  "phone", "telephone", "write", "cable",
                                                    "radio", "wire",  "summon",    "email", "fax"};
  return IsOneOf(lemma, kCalls);
}

}  // namespace dateline::events
