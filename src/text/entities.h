/// HTML entities as they are left in news text: `&amp;`, `&#8217;`, `&#x2019;`.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace dateline::text {

struct Entity {
  char32_t value = 0;
  std::size_t length = 0;  ///< bytes of the entity, '&' and ';' among them
  bool operator==(const Entity&) const = default;
};

/// The entity that `text` begins with; absent when the '&' stands for itself. Numbers that are no
/// character give U+FFFD, 128 to 159 are read as windows-1252, as the HTML standard has it.
/// The semicolon may be missing after a decimal number of two digits and after nbsp, amp, quot, lt
/// and gt. REQUIRES: text begins with '&'. Linear in the entity.
std::optional<Entity> ParseEntity(std::string_view text);

}  // namespace dateline::text
