#include "postgres/names.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdint>

#include "archive/hex.h"
#include "postgres/copy_rows.h"

namespace dateline::postgres {

std::string DigitsOf(std::string_view uuid) {
  std::string digits(uuid);
  std::erase(digits, '-');
  return digits;
}

std::string KeyOf(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const std::string_view part : parts) all += fmt::format("{}:{}", part.size(), part);
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(all.data(), all.size()));
  return archive::HexOf({reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest});
}

std::string RunKey(const ArchiveRun& run) {
  return KeyOf({MomentOrFirst(run.started), run.program, run.tables, run.model, run.options});
}

std::optional<std::string> NonEmpty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string MomentOrFirst(std::string_view text) {
  return MomentOf(text).value_or("1970-01-01T00:00:00Z");
}

}  // namespace dateline::postgres
