// XML is cut into records by a scanner of tags, and each record parsed by itself: an unsound one is
// named and costs no other. What stands before the first record is parsed once.
#include <utility>

#include "readers/page_readers.h"
#include "readers/sniff.h"
#include "readers/xml_formats.h"
#include "readers/xml_records.h"

namespace dateline::readers {
namespace {

std::optional<std::string> Fill(const pugi::xml_node& record, const FeedHead& head, Page& page) {
  const std::string_view name = Local(record);
  if (name == "item" || name == "entry") return FillFeedItem(record, head, page);
  if (name == "nitf") return FillNitf(record, page);
  if (name == "NewsItem" || name == "newsitem") return FillNewsMl1(record, page);
  return FillNewsItem(record, page);
}

/// What stands before the records, read once.
struct Head {
  std::string_view bytes;
  FeedHead feed;
};

void ReadRecord(std::string_view raw, std::size_t offset, const Head& head, Pages& out) {
  const auto document = ParseXml(ToUtf8(raw, head.bytes.empty() ? raw : head.bytes));
  if (!document)
    return Refuse(
        document.error().code,
        document.error().message + ", at byte " + document.error().where.substr(1) + " of it",
        At(offset), out);
  Page page;
  page.format = Format::kXml;
  page.raw = raw;
  page.one_story = true;
  page.charset = "utf-8";
  if (const auto reason = Fill(document->document_element(), head.feed, page))
    return Refuse(ErrorCode::kNoStory, *reason, At(offset), out);
  out.pages.push_back(std::move(page));
}

}  // namespace

void ReadXmlPages(std::string_view bytes, const PageOptions& options, Pages& out) {
  const bool one = !options.context.empty();
  XmlRecords records;
  if (one) {
    records = {.context = options.context, .records = {{0, bytes.size()}}, .root = {}};
  } else {
    records = FindXmlRecords(bytes);
  }
  if (auto sound = CheckDoctype(records.context); !sound)
    return Refuse(sound.error().code, sound.error().message, At(0), out);
  if (records.records.empty()) {
    const Error error = NoXmlRecords(records.root);
    return Refuse(error.code, error.message, At(0), out);
  }
  const std::string context = ToUtf8(records.context, records.context);
  const Head head{records.context, ReadFeedHead(ParseXmlHead(context))};
  for (const auto [begin, end] : records.records)
    ReadRecord(bytes.substr(begin, end - begin), begin, head, out);
}

}  // namespace dateline::readers
