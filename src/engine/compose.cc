#include "engine/compose.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "article/cues.h"
#include "article/wire_dateline.h"
#include "base/bytes.h"
#include "html/charset.h"
#include "html/page_reader.h"
#include "readers/fragment.h"
#include "text/normalise.h"

namespace dateline::engine {
namespace {

std::string HashOf(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

/// The text as one story without layout: a paragraph wherever a blank line parts the lines.
article::Reading PlainReading(std::string_view text) {
  article::Reading reading;
  std::size_t at = 0;
  const auto is_space = [&](std::size_t i) { return text[i] == ' ' || text[i] == '\n'; };
  while (at < text.size()) {
    while (at < text.size() && is_space(at)) ++at;
    if (at == text.size()) break;
    const std::size_t begin = at;
    std::size_t end = at;  // behind the last character that is no space
    unsigned line_feeds = 0;
    for (; at < text.size() && line_feeds < 2; ++at) {
      if (text[at] == '\n') {
        ++line_feeds;
      } else if (text[at] != ' ') {
        line_feeds = 0;
        end = at + 1;
      }
    }
    reading.blocks.push_back(
        {.kind = BlockKind::kParagraph, .span = MakeSpan(begin, end), .speaker = {}});
  }
  if (!reading.blocks.empty()) {
    reading.extent = {reading.blocks.front().span.begin, reading.blocks.back().span.end};
  }
  return reading;
}

std::vector<article::Reading> ReadLayout(std::string_view text, const readers::Page& page,
                                         const ReadOptions& options,
                                         const article::Layouts& layouts) {
  if (options.layout) {
    const article::Known known{.headline = page.given.headline.has_value(),
                               .one_story = page.one_story};
    return article::ReadArticles(text, known, layouts);
  }
  article::Reading whole = PlainReading(text);
  if (whole.blocks.empty()) return {};
  return {std::move(whole)};
}

template <typename T>
void Prefer(T& field, const T& given) {
  if (given != T{}) field = given;
}

/// What the input states wins over what the text says.
void PreferGiven(Article& article, const Article& given) {
  Prefer(article.headline, given.headline);
  Prefer(article.alternative_headline, given.alternative_headline);
  Prefer(article.description, given.description);
  Prefer(article.author, given.author);
  Prefer(article.date_published, given.date_published);
  Prefer(article.date_modified, given.date_modified);
  Prefer(article.date_text, given.date_text);
  Prefer(article.article_section, given.article_section);
  Prefer(article.keywords, given.keywords);
  Prefer(article.publisher, given.publisher);
  Prefer(article.source_organization, given.source_organization);
  Prefer(article.dateline, given.dateline);
  Prefer(article.location_created, given.location_created);
  Prefer(article.correction, given.correction);
  Prefer(article.embargoed, given.embargoed);
  Prefer(article.creative_work_status, given.creative_work_status);
  Prefer(article.version, given.version);
  Prefer(article.url, given.url);
  Prefer(article.in_language, given.in_language);
}

/// The text of a page that is no whole page of HTML. A fragment of HTML gives its blocks as
/// paragraphs, without a place in the source; an encoding that nobody knows is not believed.
Result<text::Normalised> TextOf(const readers::Page& page) {
  if (page.kind == readers::PageKind::kHtml) {
    DATELINE_TRY(auto normalised,
                 text::Normalise(readers::FragmentText(page.text), {.encoding = "utf-8"}));
    normalised.alignment = {};
    normalised.alignment.Append(static_cast<std::uint32_t>(normalised.text.size()), 0, 0);
    return normalised;
  }
  auto normalised = text::Normalise(page.text, {.encoding = page.charset.value_or("")});
  if (!normalised && normalised.error().code == ErrorCode::kInvalidArgument)
    return text::Normalise(page.text, {});
  return normalised;
}

/// Moves every span of the reading by `by` bytes.
void Shift(std::uint32_t by, Story& story) {
  const auto move = [by](Span& span) { span = {span.begin + by, span.end + by}; };
  for (Block& block : story.blocks) move(block.span);
  for (RelatedLink& link : story.article.related_link) move(link.span);
  for (Image& image : story.article.image) move(image.span);
}

/// Sets the headline and standfirst of a record in front of its text, so that they are read too.
void PutGivenFirst(const Article& given, Story& story) {
  std::string front;
  std::vector<Block> blocks;
  const auto add = [&](const std::optional<std::string>& field, BlockKind kind) {
    if (!field) return;
    const auto normalised = text::Normalise(*field, {.encoding = "utf-8"});
    const std::string line = normalised ? text::Squeeze(normalised->text) : std::string();
    if (line.empty()) return;
    blocks.push_back(
        {.kind = kind, .span = MakeSpan(front.size(), front.size() + line.size()), .speaker = {}});
    front += line + "\n\n";
  };
  add(given.headline, BlockKind::kHeadline);
  add(given.description, BlockKind::kDescription);
  if (front.empty()) return;
  if (story.text.empty()) front.resize(front.size() - 2);

  const auto length = static_cast<std::uint32_t>(front.size());
  Alignment alignment;
  const auto& runs = story.alignment.runs();
  alignment.Append(length, runs.empty() ? 0 : runs.front().source, 0);
  for (const Alignment::Run& run : runs)
    alignment.Append(run.length, run.source, run.source_length);
  story.alignment = std::move(alignment);
  story.text.insert(0, front);
  Shift(length, story);
  story.blocks.insert(story.blocks.begin(), blocks.begin(), blocks.end());
}

/// Sets the captions that a record gives of its pictures behind its text, so that they are read
/// too.
void PutCaptionsLast(const Article& given, Story& story) {
  for (const Image& image : given.image) {
    const auto normalised = text::Normalise(image.caption.value_or(""), {.encoding = "utf-8"});
    const std::string line = normalised ? text::Squeeze(normalised->text) : std::string();
    if (line.empty()) continue;
    const std::size_t gap = story.text.empty() ? 0 : 2;
    const Span span = MakeSpan(story.text.size() + gap, story.text.size() + gap + line.size());
    story.text.append(gap, '\n').append(line);
    const auto& runs = story.alignment.runs();
    const std::uint32_t place = runs.empty() ? 0 : runs.back().source + runs.back().source_length;
    story.alignment.Append(static_cast<std::uint32_t>(gap + line.size()), place, 0);
    story.blocks.push_back({.kind = BlockKind::kCaption, .span = span, .speaker = {}});
    story.article.image.push_back(
        {.caption = line, .credit_text = image.credit_text, .span = span});
  }
}

/// How many stretches without spaces: bytes that are none behind one that is.
std::uint32_t CountWords(std::string_view text) {
  std::uint32_t words = 0;
  std::uint64_t before = 0x80;  // the byte before is a space
  for (std::size_t at = 0; at < text.size(); at += 8) {
    const std::uint64_t x = base::LoadBytes(text, at, ' ');
    const std::uint64_t spaces = base::BytesEqual(x, ' ') | base::BytesEqual(x, '\n');
    words += base::CountTopBits(~spaces & ((spaces << 8U) | before) & base::kTopBits);
    before = spaces >> 56U;
  }
  return words;
}

std::uint32_t CountWords(const Story& story) {
  std::uint32_t words = 0;
  for (const Block& block : story.blocks) {
    if (!IsProse(block.kind)) continue;
    words += CountWords(block.span.of(story.text));
  }
  return words;
}

/// What every story of a page has in common.
Story BeginStory(const readers::Page& page, const ReadOptions& options) {
  Story story;
  story.source.id = page.id;
  if (!options.path.empty()) story.source.path = options.path;
  story.source.url = page.url;
  story.source.format = page.format_name;
  return story;
}

/// Where the page's bytes are none of the input (unpacked, unescaped), no text has a place in it.
bool HasPlaces(const readers::Page& page) {
  return page.text.data() >= page.raw.data() &&
         page.text.data() + page.text.size() <= page.raw.data() + page.raw.size();
}

/// Sets the dateline of a wire story apart from its first paragraph.
void TakeDateline(const article::Layouts& layouts, Story& story) {
  const auto first = std::ranges::find(story.blocks, BlockKind::kParagraph, &Block::kind);
  if (first == story.blocks.end()) return;
  const std::string_view paragraph = first->span.of(story.text);
  const auto dateline = article::ParseDateline(paragraph, *layouts.cues);
  if (!dateline || dateline->body >= paragraph.size() || dateline->text.data() != paragraph.data())
    return;
  const std::uint32_t begin = first->span.begin;
  const Span head = MakeSpan(begin, begin + dateline->text.size());
  first->span.begin = static_cast<std::uint32_t>(begin + dateline->body);
  story.article.dateline = std::string(dateline->text);
  if (!dateline->place.empty()) story.article.location_created = std::string(dateline->place);
  for (const std::string_view agency : dateline->agencies)
    story.article.source_organization.emplace_back(agency);
  story.blocks.insert(first, {.kind = BlockKind::kDateline, .span = head, .speaker = {}});
}

/// The stories of a whole page of HTML.
Result<std::vector<Story>> ComposePage(const readers::Page& page, const ReadOptions& options,
                                       const article::Layouts& layouts,
                                       const html::PageReader& html_pages) {
  constexpr std::size_t kLimit = std::size_t{1} << 30U;
  if (page.text.size() >= kLimit)
    return Fail(ErrorCode::kTooLarge, "is 1 GiB or larger; split it into smaller files");
  const text::Decoded decoded = html::DecodePage(page.text, page.charset.value_or(""));
  const std::string_view utf8 = decoded.as_given ? page.text : std::string_view(decoded.text);
  std::vector<Story> stories;
  for (html::PageStory& read : html_pages.Read(utf8, {.url = page.url.value_or("")})) {
    Story& story = stories.emplace_back(BeginStory(page, options));
    story.source.encoding = decoded.encoding;
    story.source.replaced = decoded.replaced;
    story.article = std::move(read.article);
    story.text = std::move(read.text);
    story.blocks = std::move(read.blocks);
    story.alignment = std::move(read.alignment);
    if (!decoded.as_given) story.alignment = text::Compose(story.alignment, decoded.alignment);
    if (!HasPlaces(page)) {
      story.alignment = {};
      story.alignment.Append(static_cast<std::uint32_t>(story.text.size()), 0, 0);
    }
    PreferGiven(story.article, page.given);
    if (!story.article.url) story.article.url = page.url;
    TakeDateline(layouts, story);
    story.id = HashOf(stories.size() == 1 ? page.raw : story.text);
    story.article.word_count = CountWords(story);
  }
  return stories;
}

}  // namespace

Result<std::vector<Story>> ComposeStories(const readers::Page& page, const ReadOptions& options,
                                          const article::Layouts& layouts,
                                          const html::PageReader& html_pages) {
  if (page.kind == readers::PageKind::kHtml && !page.fragment)
    return ComposePage(page, options, layouts, html_pages);
  DATELINE_TRY(const auto normalised, TextOf(page));
  std::vector<article::Reading> readings = ReadLayout(normalised.text, page, options, layouts);
  // A record may have a headline and no text, and a notice that takes a story back neither.
  if (readings.empty() && (page.given.headline || IsWithdrawn(page.given))) readings.emplace_back();
  std::vector<Story> stories;
  for (article::Reading& reading : readings) {
    Story& story = stories.emplace_back(BeginStory(page, options));
    story.source.encoding = normalised.encoding;
    story.source.replaced = normalised.replaced;
    story.article = std::move(reading.article);
    story.blocks = std::move(reading.blocks);
    story.text = std::string(reading.extent.of(normalised.text));
    story.alignment = normalised.alignment.Slice(reading.extent);
    Shift(0U - reading.extent.begin, story);
    const Span source = story.alignment.ToSource(MakeSpan(0, story.text.size()));
    story.id = HashOf(page.format == Format::kText ? source.of(page.text) : page.raw);
    PreferGiven(story.article, page.given);
    if (!story.article.url) story.article.url = page.url;
    PutGivenFirst(page.given, story);
    PutCaptionsLast(page.given, story);
    story.article.word_count = CountWords(story);
  }
  return stories;
}

}  // namespace dateline::engine
