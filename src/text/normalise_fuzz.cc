// Any bytes, in the encoding they seem to be in and in some that they are said to be in: the text
// is valid UTF-8 without what normalisation takes away, its alignment monotone and in range, and to
// normalise it once more changes at most entities.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/charsets.h"
#include "text/normalise.h"

namespace {

using dateline::Alignment;
using dateline::text::Normalise;
using dateline::text::Normalised;

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckAlignment(const Normalised& normalised, std::size_t source_size) {
  std::uint32_t at = 0;
  std::uint32_t source = 0;
  for (const Alignment::Run& run : normalised.alignment.runs()) {
    Require(run.normalised == at && run.length > 0 && run.source >= source);
    at += run.length;
    source = run.source + run.source_length;
  }
  Require(at == normalised.text.size() && source <= source_size);
}

void CheckText(const Normalised& normalised) {
  Require(dateline::text::IsValidUtf8(normalised.text));
  for (const char c : normalised.text) {
    const auto byte = static_cast<unsigned char>(c);
    Require(byte == '\n' || (byte >= 0x20 && byte != 0x7F));
  }
  if (normalised.text.find('&') != std::string::npos) return;
  const auto again = Normalise(normalised.text, {.encoding = "utf-8"});
  Require(again.has_value() && again->text == normalised.text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::array<std::string_view, 8> kEncodings = {
      "", "utf-8", "windows-1252", "utf-16le", "utf-16be", "shift_jis", "gb18030", "iso-2022-jp"};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string_view encoding : kEncodings) {
    const auto normalised = Normalise(bytes, {.encoding = encoding});
    if (!normalised) continue;
    CheckAlignment(*normalised, size);
    CheckText(*normalised);
  }
  return 0;
}
