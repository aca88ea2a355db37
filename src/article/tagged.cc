#include "article/tagged.h"

#include <algorithm>
#include <string>
#include <utility>

#include "article/chars.h"
#include "article/meta.h"
#include "article/people.h"

namespace dateline::article {
namespace {

struct Tag {
  Role role = Role::kNone;
  std::string_view code;
  std::string_view value;
};

/// The tag a line opens with: alone, or with a gap of two spaces behind it; in the header, before
/// the body, one space is enough.
Tag TagOf(std::string_view line, const LayoutCues& cues, bool header) {
  const std::size_t end = std::min(line.find(' '), line.size());
  if (end < 2 || end > 4) return {};
  const auto found = cues.tags.find(line.substr(0, end));
  if (found == cues.tags.end()) return {};
  const std::string_view rest = line.substr(end);
  const bool capitals = std::ranges::all_of(line.substr(0, end), IsUpperAscii);
  if (!rest.empty() && !rest.starts_with("  ") && (!header || !capitals)) return {};
  return {found->second, line.substr(0, end), Trim(rest)};
}

class TaggedReader {
 public:
  TaggedReader(std::string_view text, const std::vector<Line>& lines, LineRange range,
               const LayoutCues& cues)
      : lines_(lines), range_(range), cues_(cues), record_(text, cues) {}

  Reading Read() {
    bool header = true;
    for (std::size_t i = range_.begin; i < range_.end;) {
      const Tag tag = TagOf(lines_[i].text, cues_, header);
      header = header && tag.role != Role::kBody;
      std::size_t next = i + 1;
      while (next < range_.end && TagOf(lines_[next].text, cues_, header).role == Role::kNone)
        ++next;
      Field(tag, i, next);
      i = next;
    }
    record_.Finish();
    Reading reading;
    reading.article = std::move(record_.article);
    reading.blocks = std::move(record_.blocks);
    const Span first = record_.SpanOf(lines_[range_.begin].text);
    const Span last = record_.SpanOf(lines_[range_.end - 1].text);
    reading.extent = {first.begin, last.end};
    return reading;
  }

 private:
  /// One field: its tag's line and the lines up to the next tag.
  void Field(const Tag& tag, std::size_t begin, std::size_t end) {
    if (tag.role == Role::kNone) {
      for (std::size_t i = begin; i < end; ++i) record_.Add(BlockKind::kNote, lines_[i].text);
      return;
    }
    record_.Add(BlockKind::kNote, tag.code);
    if (tag.role == Role::kBody) {
      if (!tag.value.empty()) Prose(tag.value);
      for (const Item& item : JoinLines(lines_, {begin + 1, end}, cues_)) Prose(item.text);
      return;
    }
    const char* from = tag.value.empty() ? nullptr : tag.value.data();
    if (from == nullptr && begin + 1 < end) from = lines_[begin + 1].text.data();
    if (from == nullptr) return;
    const std::string_view last = lines_[end - 1].text;
    Value(tag.role, {from, static_cast<std::size_t>(last.data() + last.size() - from)});
  }

  void Prose(std::string_view text) {
    const bool heading = text.size() < 90 && !EndsSentence(text) && BulletLength(text) == 0;
    const Meta meta = Classify(text, Place::kBack, cues_);
    if (meta.kind != MetaKind::kNone && meta.role() != Role::kRelated &&
        meta.role() != Role::kDatabase && meta.role() != Role::kHeadline)
      return record_.Apply(text, meta, Place::kBack);
    const std::size_t bullet = BulletLength(text);
    if (bullet > 0 && BulletNumber(text) == 0)
      return record_.Add(BlockKind::kListItem, text.substr(bullet));
    record_.Add(heading ? BlockKind::kSubheading : BlockKind::kParagraph, text);
  }

  void Value(Role role, std::string_view value) {
    switch (role) {
      case Role::kHeadline:
        return record_.SetHeadline(value);
      case Role::kByline:
        record_.AddAuthors(value, true);
        return record_.Add(BlockKind::kByline, value);
      case Role::kPublished:
        if (const auto date = WholeDate(value, cues_)) {
          Meta meta;
          meta.kind = MetaKind::kDate;
          meta.date = date;
          return record_.Apply(value, meta, Place::kFront);
        }
        break;
      case Role::kPublisher:
        if (!record_.article.publisher) record_.article.publisher = Squeezed(value);
        break;
      case Role::kSection:
        if (!record_.article.article_section) record_.article.article_section = Squeezed(value);
        return record_.Add(BlockKind::kSection, value);
      case Role::kSource:
        record_.AddSources(value);
        return record_.Add(BlockKind::kCredit, value);
      case Role::kCaption:
        return record_.AddCaption(value, value);
      default:
        break;
    }
    record_.Add(BlockKind::kNote, value);
  }

  const std::vector<Line>& lines_;
  LineRange range_;
  const LayoutCues& cues_;
  Record record_;
};

}  // namespace

bool IsTagged(const std::vector<Line>& lines, LineRange range, const LayoutCues& cues) {
  bool headline = false;
  bool body = false;
  std::size_t tags = 0;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const std::string_view line = lines[i].text;
    if (line.size() < 2 || !IsUpperAscii(line[0]) || !IsUpperAscii(line[1])) continue;
    const Role role = TagOf(line, cues, !body).role;
    if (role == Role::kNone) continue;
    ++tags;
    headline = headline || role == Role::kHeadline;
    body = body || role == Role::kBody;
  }
  return headline && body && tags >= 4;
}

Reading ReadTagged(std::string_view text, const std::vector<Line>& lines, LineRange range,
                   const LayoutCues& cues) {
  return TaggedReader(text, lines, range, cues).Read();
}

}  // namespace dateline::article
