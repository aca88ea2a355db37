// A record of a web archive: what it says of the page, and the page, read as what it looks like.
#include <algorithm>
#include <utility>

#include "readers/http_body.h"
#include "readers/page_readers.h"
#include "readers/sniff.h"
#include "readers/warc_records.h"

namespace dateline::readers {
namespace {

/// What is known of a body before it is looked at.
struct Capture {
  std::string_view record;
  std::string url;
  std::string media_type;
  std::string charset;
  std::string language;
};

/// The pages of a body that is a feed, a table or JSON, or the one that it is. The type that the
/// server states decides only where the bytes leave it open.
void ReadBody(std::string body, const Capture& capture, const PageOptions& options, Pages& out) {
  Format format = Sniff(std::string_view(body).substr(0, kSniffBytes));
  if (format == Format::kText && capture.media_type.contains("html")) format = Format::kHtml;
  if (format == Format::kWarc || format == Format::kIptc7901) format = Format::kText;
  if (format == Format::kText || format == Format::kHtml) {
    Page& page = out.pages.emplace_back();
    page.format = Format::kWarc;
    page.format_name = "warc";
    page.kind = format == Format::kHtml ? PageKind::kHtml : PageKind::kText;
    page.raw = capture.record;
    page.owned = std::move(body);
    page.one_story = true;
    page.url = capture.url;
    if (!capture.charset.empty()) page.charset = capture.charset;
    if (!capture.language.empty()) page.given.in_language = capture.language;
    return;
  }
  Pages inner = ReadAllPages(body, {.format = format,
                                    .context = {},
                                    .columns = options.columns,
                                    .max_body_bytes = options.max_body_bytes});
  for (Page& page : inner.pages) {
    // Their views end with the body.
    page.owned_raw = std::string(page.raw);
    if (page.owned.empty()) page.owned = std::string(page.text);
    page.text = {};
    if (!page.url && inner.pages.size() == 1) page.url = capture.url;
    out.pages.push_back(std::move(page));
  }
  for (Error& error : inner.problems) {
    error.message += " (in " + capture.url + ")";
    error.where.clear();
    out.problems.push_back(std::move(error));
  }
}

std::string StripBrackets(std::string_view url) {
  if (url.starts_with('<') && url.ends_with('>')) url = url.substr(1, url.size() - 2);
  return std::string(url);
}

void ReadRecord(std::string_view record, const HeaderBlock& head, const PageOptions& options,
                Pages& out) {
  std::string_view block = record.substr(head.size);
  Capture capture;
  capture.record = record;
  capture.url = StripBrackets(head.Get("WARC-Target-URI"));
  std::string_view content_type = head.Get("Content-Type");
  if (MediaType(content_type) != "application/http") {
    capture.media_type = MediaType(content_type);
    capture.charset = CharsetOf(content_type);
    return ReadBody(std::string(block), capture, options, out);
  }
  const auto http = ParseHeaderBlock(block, block.size());
  if (!http || HttpStatus(http->first_line) == 0)
    return Refuse(ErrorCode::kMalformed, "the record holds no HTTP response", At(head.size), out);
  if (HttpStatus(http->first_line) != 200)
    return Refuse(ErrorCode::kNoStory,
                  "an answer with status " + std::to_string(HttpStatus(http->first_line)), "", out);
  capture.media_type = MediaType(http->Get("Content-Type"));
  capture.charset = CharsetOf(http->Get("Content-Type"));
  capture.language = MediaType(http->Get("Content-Language"));
  if (capture.language.contains(',')) capture.language.clear();
  if (!MayHoldStories(capture.media_type))
    return Refuse(ErrorCode::kNoStory, "not a page: " + capture.media_type, "", out);
  auto body = DecodeBody(block.substr(http->size), *http, options.max_body_bytes);
  if (!body) return Refuse(body.error().code, body.error().message, At(head.size), out);
  if (body->empty()) return Refuse(ErrorCode::kNoStory, "an answer without a body", "", out);
  ReadBody(*std::move(body), capture, options, out);
}

}  // namespace

void ReadWarcPages(std::string_view bytes, const PageOptions& options, Pages& out) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (bytes[at] == '\r' || bytes[at] == '\n') {
      ++at;
      continue;
    }
    const std::string_view rest = bytes.substr(at);
    const auto head = ParseHeaderBlock(rest, kLongestHeader);
    if (!head || !head->first_line.starts_with("WARC/"))
      return Refuse(ErrorCode::kMalformed, "no record of a web archive begins here", At(at), out);
    std::size_t length = 0;
    for (const char c : head->Get("Content-Length")) {
      if (c < '0' || c > '9' || length > rest.size()) break;
      length = length * 10 + static_cast<std::size_t>(c - '0');
    }
    const std::size_t size = std::min(head->size + length, rest.size());
    ReadRecord(rest.substr(0, size), *head, options, out);
    at += size;
  }
}

}  // namespace dateline::readers
