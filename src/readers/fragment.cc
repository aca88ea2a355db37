#include "readers/fragment.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "text/entities.h"
#include "text/normalise.h"
#include "text/unicode.h"

namespace dateline::readers {
namespace {

using base::Lower;

// Sorted.
constexpr std::array<std::string_view, 36> kBlockNames = {
    "address", "article", "aside",      "blockquote", "body",   "caption", "center", "dd",  "div",
    "dl",      "dt",      "figcaption", "figure",     "footer", "form",    "h1",     "h2",  "h3",
    "h4",      "h5",      "h6",         "header",     "hr",     "li",      "main",   "nav", "ol",
    "p",       "pre",     "section",    "table",      "tbody",  "td",      "th",     "tr",  "ul"};
// Sorted. What else is a tag and not a word in pointed brackets.
constexpr std::array<std::string_view, 44> kInlineNames = {
    "a",     "abbr", "b",    "bdi",    "bdo",   "big",    "br",   "cite",   "code",
    "del",   "dfn",  "em",   "embed",  "font",  "head",   "html", "i",      "iframe",
    "img",   "ins",  "kbd",  "link",   "mark",  "meta",   "nobr", "object", "picture",
    "q",     "s",    "samp", "script", "small", "source", "span", "strike", "strong",
    "style", "sub",  "sup",  "time",   "title", "u",      "var",  "wbr"};
static_assert(std::ranges::is_sorted(kBlockNames) && std::ranges::is_sorted(kInlineNames));

bool IsNameByte(char c) { return base::IsLetter(c) || base::IsDigit(c); }

struct Tag {
  std::string name;  ///< lower case
  bool closing = false;
  std::size_t length = 0;  ///< with both brackets
};

enum class TagKind { kNone, kInline, kBlock };

TagKind KindOf(std::string_view name) {
  if (std::ranges::binary_search(kBlockNames, name)) return TagKind::kBlock;
  return std::ranges::binary_search(kInlineNames, name) ? TagKind::kInline : TagKind::kNone;
}

/// The tag of HTML that `text` begins with; its length is 0 when there is none.
Tag ParseTag(std::string_view text) {
  Tag tag;
  std::size_t at = 1;
  if (at < text.size() && text[at] == '/') {
    tag.closing = true;
    ++at;
  }
  for (; at < text.size() && IsNameByte(text[at]) && tag.name.size() < 16; ++at)
    tag.name += Lower(text[at]);
  if (at >= text.size() || KindOf(tag.name) == TagKind::kNone) return tag;
  if (text[at] != '>' && text[at] != '/' && static_cast<unsigned char>(text[at]) > ' ') return tag;
  char quote = '\0';
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if ((c == '"' || c == '\'') && text[at - 1] == '=') {
      quote = c;
    } else if (c == '>') {
      tag.length = at + 1;
      return tag;
    } else if (c == '<') {
      return tag;
    }
  }
  return tag;
}

bool StartsWithNoCase(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() &&
         std::ranges::equal(text.substr(0, lower.size()), lower,
                            [](char a, char b) { return Lower(a) == b; });
}

std::size_t FindNoCase(std::string_view text, std::string_view lower, std::size_t from) {
  for (std::size_t at = text.find('<', from); at != text.npos; at = text.find('<', at + 1)) {
    if (StartsWithNoCase(text.substr(at), lower)) return at;
  }
  return text.npos;
}

std::string_view SkipSpaceAndComments(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f"), text.size()));
    if (!text.starts_with("<!--")) return text;
    const std::size_t end = text.find("-->");
    if (end == text.npos) return text;
    text.remove_prefix(end + 3);
  }
}

/// Writes text with its blocks parted; line ends of the source are spaces.
class FragmentWriter {
 public:
  explicit FragmentWriter(std::string_view html) : html_(html) {}

  std::string Write() {
    while (at_ < html_.size()) {
      const std::size_t open = std::min(html_.find('<', at_), html_.size());
      Text(html_.substr(at_, open - at_));
      at_ = open;
      if (at_ < html_.size()) Markup();
    }
    while (out_.ends_with('\n') || out_.ends_with(' ')) out_.pop_back();
    return std::move(out_);
  }

 private:
  void Text(std::string_view text) {
    for (const char c : text) {
      const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
      if (!space) {
        Break();
        out_ += c;
      } else if (!out_.empty() && out_.back() != ' ' && out_.back() != '\n' && pending_ == 0) {
        out_ += ' ';
      }
    }
  }

  /// Writes the line ends that are due.
  void Break() {
    if (pending_ == 0) return;
    while (out_.ends_with(' ')) out_.pop_back();
    if (!out_.empty()) out_.append(pending_, '\n');
    pending_ = 0;
  }

  void Markup() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) return SkipTo("-->", 4);
    if (rest.starts_with("<!") || rest.starts_with("<?")) return SkipTo(">", 2);
    const Tag tag = ParseTag(rest);
    if (tag.length == 0) {
      Text("<");
      ++at_;
      return;
    }
    at_ += tag.length;
    if (!tag.closing && (tag.name == "script" || tag.name == "style")) {
      at_ = std::min(FindNoCase(html_, "</" + tag.name, at_), html_.size());
    } else if (tag.name == "br") {
      pending_ = std::max<std::size_t>(pending_, out_.empty() ? 0 : std::min(pending_ + 1, kMost));
    } else if (KindOf(tag.name) == TagKind::kBlock) {
      pending_ = kMost;
    }
  }

  void SkipTo(std::string_view end, std::size_t from) {
    const std::size_t found = html_.find(end, at_ + from);
    at_ = found == html_.npos ? html_.size() : found + end.size();
  }

  static constexpr std::size_t kMost = 2;
  std::string_view html_;
  std::size_t at_ = 0;
  std::string out_;
  std::size_t pending_ = 0;  ///< line ends to be written before the next letter
};

std::string DecodeEntities(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t mark = std::min(text.find('&'), text.size());
    out += text.substr(0, mark);
    text.remove_prefix(mark);
    if (text.empty()) break;
    const auto entity = text::ParseEntity(text);
    if (!entity) {
      out += '&';
      text.remove_prefix(1);
      continue;
    }
    text::AppendUtf8(out, entity->value);
    text.remove_prefix(entity->length);
  }
  return out;
}

}  // namespace

bool LooksLikeHtmlPage(std::string_view text) {
  const std::string_view head = SkipSpaceAndComments(text);
  if (StartsWithNoCase(head, "<!doctype html")) return true;
  if (!head.starts_with('<')) return false;
  const Tag tag = ParseTag(head.substr(0, 4096));
  return !tag.closing && tag.length > 0 &&
         (tag.name == "html" || tag.name == "head" || tag.name == "body");
}

bool LooksLikeFragment(std::string_view text) {
  const std::string_view head = SkipSpaceAndComments(text);
  if (head.starts_with('<')) {
    const Tag tag = ParseTag(head.substr(0, 4096));
    if (tag.length > 0 && !tag.closing) {
      if (tag.name == "br" || tag.name == "img" || tag.name == "hr") return true;
      return FindNoCase(head, "</" + tag.name, tag.length) != head.npos;
    }
  }
  return FindNoCase(text, "</p>", 0) != text.npos || FindNoCase(text, "</a>", 0) != text.npos;
}

std::string FragmentText(std::string_view html) { return FragmentWriter(html).Write(); }

std::string PlainLine(std::string_view text) {
  std::string plain = text.contains('<') ? FragmentText(text) : std::string(text);
  for (int i = 0; i < 2 && plain.contains('&'); ++i) plain = DecodeEntities(plain);
  return text::Squeeze(plain);
}

}  // namespace dateline::readers
