// Any bytes as a piece of any format: every page has text or says something, and its views lie in
// memory that is its own or the input's.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "readers/dates.h"
#include "readers/fragment.h"
#include "readers/pages.h"

namespace {

using namespace dateline;

void Require(bool holds) {
  if (!holds) std::abort();
}

bool Within(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  // A context is what stands before the first empty line, where the choice asks for one.
  const std::size_t line = (data[0] & 0x80U) != 0 ? bytes.find("\n\n") : bytes.npos;
  const bool split = line != bytes.npos;
  const std::string_view piece = split ? bytes.substr(line + 2) : bytes;
  const auto map = ParseColumnMap("text=a.b,headline=#2,date=d");
  readers::PageOptions options{.format = static_cast<Format>(data[0] % 8),
                               .context = split ? bytes.substr(0, line) : "",
                               .columns = (data[0] & 0x40U) != 0 ? &*map : nullptr,
                               .max_body_bytes = 1U << 16U};
  const auto read = readers::ReadAllPages(piece, options);
  for (const readers::Page& page : read.pages) {
    Require(Within(page.raw, piece) || Within(page.raw, page.owned_raw));
    Require(Within(page.text, piece) || Within(page.text, page.owned));
    if (page.kind == readers::PageKind::kHtml) readers::FragmentText(page.text);
  }
  readers::PlainLine(piece.substr(0, 256));
  if (const auto date = readers::ParseStatedDate(piece.substr(0, 80))) {
    const auto again = readers::ParseStatedDate(FormatDateTime(*date));
    Require(again && *again == *date);
  }
  (void)ParseColumnMap(piece);
  return 0;
}
