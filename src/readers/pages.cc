// Each format has a reader of its own (page_readers.h); text and HTML are one page as they stand.
#include "readers/pages.h"

#include <utility>

#include "readers/page_readers.h"
#include "readers/sniff.h"

namespace dateline::readers {
namespace {

void ReadWhole(std::string_view bytes, Format format, Pages& out) {
  Page& page = out.pages.emplace_back();
  page.raw = bytes;
  page.text = bytes;
  if (format != Format::kHtml) return;
  page.format = Format::kHtml;
  page.format_name = "html";
  page.kind = PageKind::kHtml;
}

void ReadAs(std::string_view bytes, const PageOptions& options, Format format, Pages& out) {
  switch (format) {
    case Format::kJson:
      return ReadJsonPages(bytes, options, out);
    case Format::kXml:
      return ReadXmlPages(bytes, options, out);
    case Format::kCsv:
      return ReadCsvPages(bytes, options, out);
    case Format::kWarc:
      return ReadWarcPages(bytes, options, out);
    case Format::kIptc7901:
      return ReadIptc7901Pages(bytes, out);
    default:
      return ReadWhole(bytes, format, out);
  }
}

}  // namespace

std::string At(std::size_t offset) { return "@" + std::to_string(offset); }

void Refuse(ErrorCode code, std::string message, std::string where, Pages& out) {
  out.problems.push_back({code, std::move(message), std::move(where)});
}

Pages ReadAllPages(std::string_view bytes, const PageOptions& options) {
  Pages out;
  const bool guess = options.format == Format::kAuto;
  const Format format = guess ? Sniff(bytes.substr(0, kSniffBytes)) : options.format;
  ReadAs(bytes, options, format, out);
  // What only looked like JSON is text.
  if (guess && format == Format::kJson && !out.problems.empty()) {
    out = {};
    ReadWhole(bytes, Format::kText, out);
  }
  // Only now does no page move any more: a short string moves with its page.
  for (Page& page : out.pages) {
    if (page.text.data() == nullptr) page.text = page.owned;
    if (!page.owned_raw.empty()) page.raw = page.owned_raw;
  }
  return out;
}

Result<std::vector<Page>> ReadPages(std::string_view bytes, Format format) {
  Pages read = ReadAllPages(bytes, {.format = format});
  if (!read.problems.empty()) return std::unexpected(std::move(read.problems.front()));
  // Moving the vector leaves its pages where they are.
  return std::move(read.pages);
}

}  // namespace dateline::readers
