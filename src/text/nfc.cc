#include "text/nfc.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace dateline::text {

std::string ToNfc(std::string_view text) {
  std::string out(text);
  const bool ascii = std::ranges::all_of(text, [](char c) { return (c & '\x80') == 0; });
  if (ascii) return out;
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> composed(
      utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(out.c_str())), &std::free);
  if (composed) out = reinterpret_cast<const char*>(composed.get());
  return out;
}

}  // namespace dateline::text
