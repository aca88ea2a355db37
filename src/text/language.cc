#include "text/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <array>
#include <cstddef>

namespace dateline::text {
namespace {

constexpr int kMajority = 60;  // per cent of the text
constexpr int kShortest = 40;  // bytes that letters of the language must take

/// `text` cut to a number of bytes, before a character.
std::string_view Head(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return text.substr(0, size);
}

}  // namespace

std::optional<std::string> DetectLanguage(std::string_view text) {
  const std::string_view head = Head(text, kLanguageBytes);
  const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int bytes = 0;
  bool reliable = false;
  CLD2::ExtDetectLanguageSummary(head.data(), static_cast<int>(head.size()), true, &hints, 0,
                                 languages.data(), percents.data(), scores.data(), nullptr, &bytes,
                                 &reliable);
  if (!reliable || languages[0] == CLD2::UNKNOWN_LANGUAGE || percents[0] < kMajority ||
      bytes < kShortest) {
    return std::nullopt;
  }
  const std::string_view code = CLD2::LanguageCode(languages[0]);
  if (code == "iw") return "he";  // codes that BCP 47 has replaced
  if (code == "jw") return "jv";
  return std::string(code);
}

}  // namespace dateline::text
