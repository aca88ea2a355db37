#include "html/plain.h"

#include <algorithm>

#include "base/ascii.h"
#include "text/entities.h"
#include "text/normalise.h"
#include "text/unicode.h"

namespace dateline::html {
namespace {

constexpr std::string_view kSpaces = " \t\r\n\f\v";

void AppendPoint(char32_t c, std::string& key) {
  if (text::IsLetter(c) || text::IsDigit(c) || text::IsMark(c))
    text::AppendUtf8(key, text::SimpleLower(c));
}

}  // namespace

std::string PlainLine(std::string_view raw) {
  if (raw.find_first_of("&\xC2\xE2\xEF\xE1\xD8\xE3") == raw.npos) return text::Squeeze(raw);
  const auto normalised = text::Normalise(raw, {.encoding = "utf-8"});
  return normalised ? text::Squeeze(normalised->text) : std::string();
}

std::string PlainLine(const Tree& tree, NodeIndex node, std::size_t limit) {
  std::string raw;
  const NodeIndex end = tree.nodes[node].text ? node + 1 : tree.nodes[node].end;
  for (NodeIndex at = node; at < end && raw.size() < limit;) {
    const Node& inner = tree.nodes[at];
    if (inner.text) {
      raw.append(CutAt(tree.TextOf(inner), limit));
      ++at;
    } else if (at != node && IsNoText(inner)) {
      at = inner.end;
    } else {
      if (inner.tag == Tag::kBr || Has(inner.tag, Trait::kBlock)) raw += ' ';
      ++at;
    }
  }
  return PlainLine(raw);
}

void AppendMatchKey(std::string_view raw, std::string& key) {
  for (std::size_t at = 0; at < raw.size();) {
    const char c = raw[at];
    if (c == '&') {
      if (const auto entity = text::ParseEntity(raw.substr(at))) {
        AppendPoint(entity->value, key);
        at += entity->length;
        continue;
      }
    }
    if (static_cast<unsigned char>(c) >= 0x80) {
      const text::CodePoint point = text::CodePointAt(raw, at);
      AppendPoint(point.value, key);
      at += point.length;
      continue;
    }
    const char lower = base::Lower(c);
    if ((lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9')) key += lower;
    ++at;
  }
}

std::string MatchKey(std::string_view raw) {
  std::string key;
  AppendMatchKey(raw, key);
  return key;
}

std::string_view CutAt(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) --size;
  return text.substr(0, size);
}

std::string_view TrimAscii(std::string_view text) { return base::Trim(text, kSpaces); }

}  // namespace dateline::html
