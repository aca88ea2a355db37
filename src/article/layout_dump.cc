#include "article/layout_dump.h"

#include <optional>

#include "article/people.h"

namespace dateline::article {
namespace {

class Dump {
 public:
  explicit Dump(std::string_view text) : text_(text) {}

  void Field(std::string_view name, const std::optional<std::string>& value) {
    if (value) out_.append(name).append(": ").append(*value) += '\n';
  }
  void Field(std::string_view name, const std::optional<DateTime>& value) {
    if (value) Field(name, FormatDateTime(*value));
  }
  void Field(std::string_view name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    std::string joined;
    for (const std::string& value : values) joined += (joined.empty() ? "" : " | ") + value;
    Field(name, joined);
  }
  void Pair(std::string_view name, const std::optional<std::string>& a,
            const std::optional<std::string>& b) {
    Field(name, a.value_or("") + " > " + b.value_or(""));
  }
  void Line(const Block& block) {
    out_.append("[").append(BlockKindName(block.kind));
    if (block.speaker) out_.append(" ").append(*block.speaker);
    out_.append("] ").append(Squeezed(block.span.of(text_))) += '\n';
  }
  void Blank() { out_ += '\n'; }
  std::string Take() { return std::move(out_); }

 private:
  std::string_view text_;
  std::string out_;
};

}  // namespace

std::string DumpReading(const Reading& reading, std::string_view text) {
  Dump dump(text);
  const Article& article = reading.article;
  dump.Field("headline", article.headline);
  dump.Field("alternativeHeadline", article.alternative_headline);
  dump.Field("description", article.description);
  dump.Field("author", article.author);
  dump.Field("contributor", article.contributor);
  dump.Field("editor", article.editor);
  dump.Field("datePublished", article.date_published);
  dump.Field("dateModified", article.date_modified);
  dump.Field("dateText", article.date_text);
  dump.Field("dateline", article.dateline);
  dump.Field("locationCreated", article.location_created);
  dump.Field("articleSection", article.article_section);
  dump.Field("keywords", article.keywords);
  dump.Field("publisher", article.publisher);
  dump.Field("sourceOrganization", article.source_organization);
  dump.Field("correction", article.correction);
  dump.Field("embargoed", article.embargoed);
  dump.Field("url", article.url);
  for (const RelatedLink& link : article.related_link) {
    dump.Pair("related", link.label, link.headline);
    dump.Field("  url", link.url);
  }
  for (const Image& image : article.image) dump.Pair("image", image.caption, image.credit_text);
  dump.Blank();
  for (const Block& block : reading.blocks) dump.Line(block);
  return dump.Take();
}

std::string DumpReadings(const std::vector<Reading>& readings, std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (readings.size() > 1)
      out += (i > 0 ? "\n== story " : "== story ") + std::to_string(i + 1) + "\n";
    out += DumpReading(readings[i], text);
  }
  return out;
}

}  // namespace dateline::article
