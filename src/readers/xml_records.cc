#include "readers/xml_records.h"

#include <algorithm>
#include <array>
#include <utility>

#include "readers/sniff.h"

namespace dateline::readers {
namespace {

constexpr std::array<std::string_view, 9> kNewsRecords = {
    "newsItem",    "packageItem", "conceptItem", "knowledgeItem", "planningItem",
    "catalogItem", "nitf",        "NewsItem",    "newsitem"};
constexpr std::size_t kLongestName = 128;

bool IsNameEnd(char c) {
  return c == '>' || c == '/' || c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '<';
}

bool IsNameBegin(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// The place behind `mark`; npos when it is not there.
std::size_t Behind(std::string_view bytes, std::string_view mark, std::size_t from) {
  const std::size_t at = bytes.find(mark, from);
  return at == bytes.npos ? at : at + mark.size();
}

}  // namespace

void XmlScanner::Reset() {
  record_.clear();
  begun_ = false;
  opens_ = false;
  closes_ = false;
  state_ = State::kContent;
}

bool XmlScanner::IsRecord(std::string_view name) const {
  const std::string_view local = LocalName(name);
  const std::string_view root = LocalName(root_);
  if (local == "item") return root == "rss" || root == "RDF" || root == "channel";
  if (local == "entry") return root == "feed" || root == "entry";
  return std::ranges::find(kNewsRecords, local) != kNewsRecords.end();
}

XmlScanner::Step XmlScanner::Look(std::string_view bytes, bool last) {
  std::size_t at = 0;
  for (;;) {
    if (state_ != State::kContent) {
      const std::size_t behind = Inside(bytes, at);
      if (behind == bytes.npos) return {Step::Kind::kMore, Looked(bytes.size(), at, last)};
      at = behind;
      state_ = State::kContent;
      if (closes_) {
        Reset();
        return {Step::Kind::kEnd, at};
      }
    }
    at = bytes.find('<', at);
    if (at == bytes.npos) return {Step::Kind::kMore, bytes.size()};
    const auto step = Open(bytes, at, last);
    if (!step) return {Step::Kind::kMore, last ? bytes.size() : at};
    if (step->kind != Step::Kind::kMore) return *step;
    at = next_;
  }
}

/// Of `size` bytes that end inside something: a mark of two or three bytes may lie across the end,
/// while tags are followed byte by byte.
std::size_t XmlScanner::Looked(std::size_t size, std::size_t at, bool last) const {
  const bool marked = state_ != State::kTag && state_ != State::kDoctype && !last;
  return marked ? size - std::min<std::size_t>(size - at, 2) : size;
}

std::optional<XmlScanner::Step> XmlScanner::Open(std::string_view bytes, std::size_t at,
                                                 bool last) {
  const std::string_view rest = bytes.substr(at);
  if (rest.size() < 9 && !rest.contains('>') && !last) return std::nullopt;
  constexpr Step kGoOn{Step::Kind::kMore, 0};
  if (rest.starts_with("<!--")) {
    state_ = State::kComment;
    next_ = at + 4;
  } else if (rest.starts_with("<![CDATA[")) {
    state_ = State::kCdata;
    next_ = at + 9;
  } else if (rest.starts_with("<!")) {
    state_ = State::kDoctype;
    brackets_ = 0;
    quote_ = '\0';
    next_ = at + 2;
  } else if (rest.starts_with("<?")) {
    state_ = State::kInstruction;
    next_ = at + 2;
  } else {
    return OpenTag(bytes, at, last);
  }
  return kGoOn;
}

std::optional<XmlScanner::Step> XmlScanner::OpenTag(std::string_view bytes, std::size_t at,
                                                    bool last) {
  const bool closing = at + 1 < bytes.size() && bytes[at + 1] == '/';
  const std::size_t begin = at + (closing ? 2 : 1);
  next_ = begin;
  if (begin >= bytes.size()) return last ? std::optional(Step{}) : std::nullopt;
  if (!IsNameBegin(bytes[begin])) return Step{};  // a stray '<'
  std::size_t end = begin;
  while (end < bytes.size() && !IsNameEnd(bytes[end]) && end - begin < kLongestName) ++end;
  if (end == bytes.size() && !last) return std::nullopt;
  const std::string_view name = bytes.substr(begin, end - begin);
  if (!closing && root_.empty()) root_ = name;
  const bool again = std::exchange(begun_, false);
  if (!closing && !again && IsRecord(name) && (record_.empty() || name == record_)) {
    const bool broken = !record_.empty();
    record_ = name;
    begun_ = true;
    return Step{broken ? Step::Kind::kBroken : Step::Kind::kBegin, at};
  }
  opens_ = again;
  closes_ = closing && name == record_;
  state_ = State::kTag;
  quote_ = '\0';
  before_ = '\0';
  next_ = end;
  return Step{};
}

std::size_t XmlScanner::Inside(std::string_view bytes, std::size_t at) {
  switch (state_) {
    case State::kComment:
      return Behind(bytes, "-->", at);
    case State::kCdata:
      return Behind(bytes, "]]>", at);
    case State::kInstruction:
      return Behind(bytes, "?>", at);
    case State::kDoctype:
      return InsideDoctype(bytes, at);
    default:
      return InsideTag(bytes, at);
  }
}

std::size_t XmlScanner::InsideTag(std::string_view bytes, std::size_t at) {
  for (; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (c == '<') {  // never in a sound tag: this one was left open
      return at;
    }
    if (quote_ != '\0') {
      if (c == quote_) quote_ = '\0';
    } else if (c == '"' || c == '\'') {
      quote_ = c;
    } else if (c == '>') {
      // "<item/>" is a whole record.
      if (std::exchange(opens_, false) && before_ == '/') closes_ = true;
      return at + 1;
    }
    before_ = c;
  }
  return bytes.npos;
}

std::size_t XmlScanner::InsideDoctype(std::string_view bytes, std::size_t at) {
  for (; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (quote_ != '\0') {
      if (c == quote_) quote_ = '\0';
    } else if (c == '"' || c == '\'') {
      quote_ = c;
    } else if (c == '[' || c == ']') {
      brackets_ += c == '[' ? 1 : -1;
    } else if (c == '>' && brackets_ <= 0) {
      return at + 1;
    }
  }
  return bytes.npos;
}

XmlRecords FindXmlRecords(std::string_view bytes) {
  XmlRecords found;
  XmlScanner scanner;
  std::size_t at = 0;
  std::optional<std::size_t> begin;
  for (;;) {
    const auto step = scanner.Look(bytes.substr(at), true);
    const std::size_t place = at + step.size;
    const bool begins =
        step.kind == XmlScanner::Step::Kind::kBegin || step.kind == XmlScanner::Step::Kind::kBroken;
    if (begin && step.kind != XmlScanner::Step::Kind::kBegin)
      found.records.push_back({*std::exchange(begin, std::nullopt), place});
    if (begins) {
      if (found.records.empty()) found.context = bytes.substr(0, place);
      begin = place;
    }
    at = place;
    if (step.kind == XmlScanner::Step::Kind::kMore) break;
  }
  found.root = scanner.root();
  if (found.records.empty()) found.context = bytes;
  return found;
}

}  // namespace dateline::readers
