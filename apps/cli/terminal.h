/// What a terminal can take: width, colour, and text that cannot command it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "command_line.h"

namespace dateline::cli {

/// Columns of the terminal behind the descriptor; `otherwise` when it is none.
std::size_t TerminalWidth(int descriptor, std::size_t otherwise = 80);

/// Whether to colour what goes to the descriptor: on a terminal that can, unless NO_COLOR is set
/// to anything but "" (https://no-color.org); kAlways and kNever overrule both.
bool UseColor(ColorChoice choice, int descriptor);

/// `text` as one line that a terminal shows and does not obey: line ends and tabs become spaces;
/// other control characters, those that turn the direction of writing, and bytes that are not
/// UTF-8 are spelt out (`\x1b`, `\u202e`).
std::string Printable(std::string_view text);

/// Columns that `text` takes on a terminal: wide characters count twice, combining ones not at
/// all. `text` holds no control characters.
std::size_t DisplayWidth(std::string_view text);

}  // namespace dateline::cli
