#include "readers/xml_tree.h"

#include <algorithm>
#include <array>
#include <utility>

#include "readers/fragment.h"
#include "readers/sniff.h"
#include "text/charsets.h"

namespace dateline::readers {
namespace {

constexpr unsigned kParse = pugi::parse_default | pugi::parse_ws_pcdata;

/// Where the deepest element stands; elements inside comments count too, which harms nobody.
int DepthOf(std::string_view bytes) {
  int depth = 0;
  int most = 0;
  for (std::size_t at = bytes.find('<'); at != bytes.npos; at = bytes.find('<', at)) {
    const std::string_view rest = bytes.substr(at);
    if (rest.starts_with("<![CDATA[")) {
      at = bytes.find("]]>", at);
      if (at == bytes.npos) break;
      continue;
    }
    const char next = rest.size() > 1 ? rest[1] : '\0';
    if (next == '/') {
      --depth;
    } else if (next != '!' && next != '?') {
      const std::size_t end = bytes.find('>', at);
      if (end == bytes.npos) break;
      if (bytes[end - 1] != '/') most = std::max(most, ++depth);
    }
    ++at;
  }
  return most;
}

bool IsText(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

/// Calls `enter` and `leave` for the nodes below `root`, without recursion. `enter` says whether to
/// go below the node.
template <typename Enter, typename Leave>
void Walk(const pugi::xml_node& root, Enter enter, Leave leave) {
  pugi::xml_node node = root.first_child();
  while (node && node != root) {
    if (enter(node) && node.first_child()) {
      node = node.first_child();
      continue;
    }
    leave(node);
    while (!node.next_sibling()) {
      node = node.parent();
      if (!node || node == root) return;
      leave(node);
    }
    node = node.next_sibling();
  }
}

void AppendEscaped(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
}

struct Renamed {
  std::string_view from;
  std::string_view to;  ///< empty: the tag goes, what is in it stays
};
// NITF 3.6 to HTML; sorted.
constexpr std::array kRenamed =
    std::to_array<Renamed>({{"alt-code", ""},     {"block", "div"},
                            {"bq", "blockquote"}, {"chron", ""},
                            {"city", ""},         {"classifier", ""},
                            {"copyrite", ""},     {"country", ""},
                            {"credit", "p"},      {"datasource", "p"},
                            {"event", ""},        {"fn", "p"},
                            {"frac", ""},         {"function", ""},
                            {"hl1", "h1"},        {"hl2", "h2"},
                            {"inlineData", ""},   {"inlineXML", ""},
                            {"lang", ""},         {"location", ""},
                            {"media", "figure"},  {"media-caption", "figcaption"},
                            {"money", ""},        {"name.family", ""},
                            {"name.given", ""},   {"nitf-table", "table"},
                            {"num", ""},          {"object.title", ""},
                            {"org", ""},          {"person", ""},
                            {"postaddr", "p"},    {"pronounce", ""},
                            {"region", ""},       {"state", ""},
                            {"sublocation", ""},  {"virtloc", ""}});
static_assert(std::ranges::is_sorted(kRenamed, {}, &Renamed::from));
// What is no part of the story.
constexpr std::array<std::string_view, 8> kLeftOut = {
    "media-metadata",      "media-object", "media-producer", "media-reference",
    "nitf-table-metadata", "note",         "script",         "style"};

std::string_view HtmlName(std::string_view local) {
  const auto* found = std::ranges::lower_bound(kRenamed, local, {}, &Renamed::from);
  return found != kRenamed.end() && found->from == local ? found->to : local;
}

class HtmlWriter {
 public:
  bool Enter(const pugi::xml_node& node) {
    if (IsText(node)) AppendEscaped(node.value(), out_);
    if (node.type() != pugi::node_element) return false;
    const std::string_view local = Local(node);
    if (std::ranges::find(kLeftOut, local) != kLeftOut.end()) return false;
    const std::string_view name = HtmlName(local);
    if (name.empty()) return true;
    out_.append("<").append(name);
    for (const char* kept : {"href", "src", "alt", "datetime", "class"}) {
      if (const auto value = node.attribute(kept)) {
        out_.append(" ").append(kept).append("=\"");
        AppendAttribute(value.value());
        out_ += '"';
      }
    }
    out_ += '>';
    return true;
  }

  void Leave(const pugi::xml_node& node) {
    if (node.type() != pugi::node_element) return;
    const std::string_view local = Local(node);
    if (std::ranges::find(kLeftOut, local) != kLeftOut.end()) return;
    const std::string_view name = HtmlName(local);
    if (name.empty() || name == "br" || name == "img" || name == "hr") return;
    out_.append("</").append(name).append(">");
  }

  std::string Take() { return std::move(out_); }

 private:
  void AppendAttribute(std::string_view value) {
    for (const char c : value) {
      if (c == '"') {
        out_ += "&quot;";
      } else if (c == '<') {
        out_ += "&lt;";
      } else {
        out_ += c;
      }
    }
  }

  std::string out_;
};

/// "encoding" of the XML declaration; "" for none.
std::string_view DeclaredEncoding(std::string_view head) {
  const std::size_t end = head.find("?>");
  const std::size_t begin = head.find("<?xml");
  if (begin == head.npos || end == head.npos || end < begin) return "";
  const std::string_view declaration = head.substr(begin, end - begin);
  std::size_t at = declaration.find("encoding");
  if (at == declaration.npos) return "";
  at = declaration.find_first_of("\"'", at);
  if (at == declaration.npos) return "";
  const std::size_t close = declaration.find(declaration[at], at + 1);
  return close == declaration.npos ? "" : declaration.substr(at + 1, close - at - 1);
}

bool IsUtf(std::string_view encoding) {
  return encoding.empty() || encoding.starts_with("UTF-") || encoding.starts_with("utf-") ||
         encoding.starts_with("Utf-");
}

}  // namespace

Result<pugi::xml_document> ParseXml(std::string_view bytes) {
  if (DepthOf(bytes) > kDeepestElement)
    return Fail(ErrorCode::kMalformed, "elements stand more than 256 deep in each other", "@0");
  pugi::xml_document document;
  const auto parsed = document.load_buffer(bytes.data(), bytes.size(), kParse, pugi::encoding_utf8);
  if (!parsed)
    return Fail(ErrorCode::kMalformed,
                std::string("this record is no sound XML (") + parsed.description() + ")",
                "@" + std::to_string(parsed.offset));
  return document;
}

pugi::xml_document ParseXmlHead(std::string_view bytes) {
  pugi::xml_document document;
  if (DepthOf(bytes) <= kDeepestElement)
    document.load_buffer(bytes.data(), bytes.size(), kParse, pugi::encoding_utf8);
  return document;
}

Result<void> CheckDoctype(std::string_view head) {
  for (std::size_t at = head.find("<!ENTITY"); at != head.npos;
       at = head.find("<!ENTITY", at + 1)) {
    const std::string_view declaration = head.substr(at, head.find('>', at) - at);
    const std::size_t open = declaration.find_first_of("\"'");
    if (open == declaration.npos) continue;
    for (std::size_t mark = declaration.find('&', open); mark != declaration.npos;
         mark = declaration.find('&', mark + 1)) {
      if (!declaration.substr(mark).starts_with("&#"))
        return Fail(ErrorCode::kMalformed,
                    "declares entities made of other entities, as only entity bombs do; it is not "
                    "read");
    }
  }
  return {};
}

std::string ToUtf8(std::string_view bytes, std::string_view head) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::string encoding(DeclaredEncoding(head));
  if (IsUtf(encoding)) {
    if (text::IsValidUtf8(bytes)) return std::string(bytes);
    encoding = text::DetectEncoding(bytes);
  }
  const auto decoded = text::Decode(bytes, encoding);
  if (decoded) return decoded->as_given ? std::string(bytes) : decoded->text;
  const auto guessed = text::Decode(bytes, text::DetectEncoding(bytes));
  return guessed && !guessed->as_given ? guessed->text : std::string(bytes);
}

std::string_view Local(const pugi::xml_node& node) { return LocalName(node.name()); }

pugi::xml_node Child(const pugi::xml_node& node, std::string_view local) {
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_element && Local(child) == local) return child;
  }
  return {};
}

pugi::xml_node Descend(const pugi::xml_node& node, std::string_view path) {
  pugi::xml_node at = node;
  while (at && !path.empty()) {
    const std::size_t slash = path.find('/');
    at = Child(at, path.substr(0, slash));
    path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
  }
  return at;
}

std::string LineOf(const pugi::xml_node& node) {
  std::string text;
  Walk(
      node,
      [&](const pugi::xml_node& each) {
        if (IsText(each)) text += each.value();
        return each.type() == pugi::node_element;
      },
      [](const pugi::xml_node&) {});
  return PlainLine(text);
}

void SetLine(std::optional<std::string>& field, const pugi::xml_node& node) {
  if (!field) field = MaybeLine(node);
}

std::optional<std::string> MaybeLine(const pugi::xml_node& node) {
  std::string line = LineOf(node);
  if (line.empty()) return std::nullopt;
  return line;
}

std::string RawText(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    if (IsText(child)) text += child.value();
  }
  return text;
}

std::string_view Attribute(const pugi::xml_node& node, std::string_view local) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    if (LocalName(attribute.name()) == local) return attribute.value();
  }
  return "";
}

std::string HtmlOf(const pugi::xml_node& node) {
  HtmlWriter writer;
  Walk(
      node, [&](const pugi::xml_node& each) { return writer.Enter(each); },
      [&](const pugi::xml_node& each) { writer.Leave(each); });
  return writer.Take();
}

}  // namespace dateline::readers
