#include "terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include <cstdlib>
#include <iterator>

namespace dateline::cli {
namespace {

struct Character {
  utf8proc_int32_t code = -1;  ///< -1: the byte is not UTF-8
  std::string_view bytes;
};

Character FirstCharacter(std::string_view text) {
  utf8proc_int32_t code = -1;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (size <= 0) return {-1, text.substr(0, 1)};
  return {code, text.substr(0, static_cast<std::size_t>(size))};
}

/// Characters that reorder what follows them on the screen, or hide.
bool TurnsDirection(utf8proc_int32_t code) {
  return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

bool IsControl(utf8proc_int32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

void AppendPrintable(const Character& character, std::string& out) {
  const auto end = std::back_inserter(out);
  const auto code = character.code;
  if (code == '\n' || code == '\t' || code == '\r') {
    out += ' ';
  } else if (code < 0) {
    fmt::format_to(end, "\\x{:02x}", static_cast<unsigned char>(character.bytes[0]));
  } else if (IsControl(code)) {
    fmt::format_to(end, "\\x{:02x}", code);
  } else if (TurnsDirection(code) || code == 0x2028 || code == 0x2029) {
    fmt::format_to(end, "\\u{:04x}", code);
  } else {
    out += character.bytes;
  }
}

}  // namespace

std::size_t TerminalWidth(int descriptor, std::size_t otherwise) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return otherwise;
}

bool UseColor(ColorChoice choice, int descriptor) {
  if (choice != ColorChoice::kAuto) return choice == ColorChoice::kAlways;
  // NOLINTBEGIN(concurrency-mt-unsafe): nobody sets variables
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  // NOLINTEND(concurrency-mt-unsafe)
  if (no_color != nullptr && *no_color != '\0') return false;
  return terminal != nullptr && std::string_view(terminal) != "dumb" && isatty(descriptor) == 1;
}

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character character = FirstCharacter(text);
    AppendPrintable(character, out);
    text.remove_prefix(character.bytes.size());
  }
  return out;
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character character = FirstCharacter(text);
    if (character.code >= 0) {
      width += static_cast<std::size_t>(utf8proc_charwidth(character.code));
    }
    text.remove_prefix(character.bytes.size());
  }
  return width;
}

}  // namespace dateline::cli
