/// Bytes of one input piece to pages: the text of a story, or several, and what the input says of
/// it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/article.h"
#include "dateline/columns.h"
#include "dateline/engine.h"
#include "dateline/result.h"

namespace dateline::readers {

/// What the text of a page is written in.
enum class PageKind : std::uint8_t { kText, kHtml };

struct Page {
  Format format = Format::kText;
  /// Source::format: "text", "json", "html", "rss", "atom", "jsonfeed", "csv", "warc", "newsml-g2",
  /// "newsml1", "nitf", "ninjs", "iptc7901".
  std::string_view format_name = "text";
  PageKind kind = PageKind::kText;
  /// Of HTML: the body of a story alone (content:encoded, body_html), not a page around one.
  bool fragment = false;
  std::string_view raw;           ///< the bytes of this page in the input: what Story::id hashes
  std::string owned_raw;          ///< them, when they are no stretch of the input; else empty
  std::string owned;              ///< the text when it had to be unescaped (JSON); else empty
  std::string_view text;          ///< the text's bytes as given: `raw`, or a view of `owned`
  std::optional<std::string> id;  ///< the caller's own
  std::optional<std::string> url;
  std::optional<std::string> charset;  ///< of `text`, as the container or HTTP header states it
  Article given;           ///< fields the input states (headline, date …); they win over the text's
  bool one_story = false;  ///< the page is one story, even where it looks like several
};

struct PageOptions {
  Format format = Format::kAuto;
  std::string_view context{};          ///< see InputPiece::context
  const ColumnMap* columns = nullptr;  ///< may be null
  std::uint64_t max_body_bytes = 16U << 20U;
};

struct Pages {
  std::vector<Page> pages;
  std::vector<Error> problems;  ///< one for each record that gave no page
};

/// Views point into `bytes` and into the pages themselves, which therefore are not copied. `where`
/// of an error is "@offset" or empty. What is taken from where: docs/formats/.
/// No address that the bytes name is ever fetched. Thread-safe.
Pages ReadAllPages(std::string_view bytes, const PageOptions& options);

/// The same without options; the first problem, if there is any, stands for all.
Result<std::vector<Page>> ReadPages(std::string_view bytes, Format format);

}  // namespace dateline::readers
