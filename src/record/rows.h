/// What tables of facts have in common: cells, and several values in one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/story.h"

namespace dateline::record {

/// The cells of a row, each with the name of its column.
using Fields = std::vector<std::pair<std::string_view, std::string>>;

/// A row as RFC 4180 wants it. What a spreadsheet would take for a formula gets an apostrophe.
std::string Row(const Fields& fields);
/// The names of the columns as a row.
std::string HeaderRow(const Fields& fields);

/// The entity that a fact names; null where it names none, or none that the story has.
const Entity* EntityAt(const Story& story, std::optional<EntityIndex> index);

/// The words of several spans, with " … " between them.
std::string TextOf(const Story& story, const std::vector<Span>& spans);

/// Whether the speaker stands as a label before a colon ("Q: …"), with no word of saying.
bool IsLabelled(const Story& story, const Attribution& attribution);

/// Shortest form that gives the same number back; nothing for none.
std::string Number(const std::optional<double>& value);

/// Several values of a cell, with `between` between them.
template <typename Item, typename Write>
std::string Joined(const std::vector<Item>& items, Write write, std::string_view between = "|") {
  std::string out;
  for (const Item& item : items) {
    if (!out.empty()) out += between;
    out += write(item);
  }
  return out;
}

}  // namespace dateline::record
