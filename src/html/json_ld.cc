#include "html/json_ld.h"

#include <simdjson.h>

#include <array>
#include <memory>
#include <unordered_map>
#include <utility>

#include "html/plain.h"

namespace dateline::html {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kScripts = 64;
constexpr int kDeepest = 12;

/// Whether a type is one of schema.org's Article and its kinds.
bool IsArticleType(std::string_view type) {
  return type.ends_with("Article") || type.ends_with("Posting") || type == "Report" ||
         type == "Review" || type == "Recipe" || type == "PressRelease";
}

bool IsPageType(std::string_view type) { return type.ends_with("Page"); }

std::optional<std::string_view> StringOf(const dom::element& value) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
  return text;
}

std::optional<dom::element> Member(const dom::object& object, std::string_view key) {
  dom::element value;
  if (object[key].get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

/// The types of an object: one, or several.
template <typename Test>
std::optional<std::string> TypeOf(const dom::object& object, Test test) {
  const auto type = Member(object, "@type");
  if (!type) return std::nullopt;
  if (const auto one = StringOf(*type)) {
    const std::string_view name = one->substr(one->rfind('/') + 1);
    return test(name) ? std::optional<std::string>(name) : std::nullopt;
  }
  dom::array several;
  if (type->get(several) != simdjson::SUCCESS) return std::nullopt;
  for (const dom::element each : several) {
    const auto name = StringOf(each);
    if (name && test(name->substr(name->rfind('/') + 1))) return std::string(*name);
  }
  return std::nullopt;
}

class Reader {
 public:
  std::vector<StatedArticle> Read(const std::vector<std::string_view>& scripts) {
    for (std::size_t i = 0; i < std::min(scripts.size(), kScripts); ++i) Parse(scripts[i]);
    for (const dom::element& root : roots_) Index(root, 0);
    for (const dom::element& root : roots_) Walk(root, 0);
    if (articles_.empty()) return std::move(pages_);
    return std::move(articles_);
  }

 private:
  void Parse(std::string_view script) {
    auto parser = std::make_unique<dom::parser>();
    dom::element root;
    const simdjson::padded_string padded{script};
    if (parser->parse(padded).get(root) != simdjson::SUCCESS) {
      const simdjson::padded_string mended{MendJson(script)};
      if (parser->parse(mended).get(root) != simdjson::SUCCESS) return;
    }
    roots_.push_back(root);
    parsers_.push_back(std::move(parser));
  }

  /// Notes every object that has an id and more than that.
  void Index(const dom::element& value, int depth) {
    if (depth > kDeepest) return;
    dom::array array;
    if (value.get(array) == simdjson::SUCCESS) {
      for (const dom::element each : array) Index(each, depth + 1);
      return;
    }
    dom::object object;
    if (value.get(object) != simdjson::SUCCESS) return;
    const auto id = Member(object, "@id");
    if (id && object.size() > 1) {
      if (const auto name = StringOf(*id)) by_id_.try_emplace(std::string(*name), object);
    }
    for (const auto field : object) Index(field.value, depth + 1);
  }

  /// Finds articles where one that is the page's own stands.
  void Walk(const dom::element& value, int depth) {
    if (depth > kDeepest) return;
    dom::array array;
    if (value.get(array) == simdjson::SUCCESS) {
      for (const dom::element each : array) Walk(each, depth + 1);
      return;
    }
    dom::object object;
    if (value.get(object) != simdjson::SUCCESS) return;
    if (auto type = TypeOf(object, IsArticleType)) {
      articles_.push_back(ReadArticle(object, std::move(*type)));
      return;
    }
    if (auto type = TypeOf(object, IsPageType))
      pages_.push_back(ReadArticle(object, std::move(*type)));
    static constexpr std::array<std::string_view, 4> kInside = {"@graph", "mainEntity",
                                                                "mainEntityOfPage", "review"};
    for (const std::string_view key : kInside) {
      if (const auto inner = Member(object, key)) Walk(*inner, depth + 1);
    }
  }

  /// The object itself, or the one it only refers to.
  dom::object Resolve(const dom::object& object) const {
    const auto id = Member(object, "@id");
    if (!id || object.size() > 2) return object;
    const auto name = StringOf(*id);
    const auto found = name ? by_id_.find(std::string(*name)) : by_id_.end();
    return found == by_id_.end() ? object : found->second;
  }

  /// A line of text: a string, a number's digits, the first of a list, an object's name.
  std::optional<std::string> Line(const dom::element& value, int depth = 0) const {
    if (const auto text = StringOf(value)) {
      std::string line = PlainLine(WithoutTags(*text));
      return line.empty() ? std::nullopt : std::optional(std::move(line));
    }
    if (depth > kDeepest) return std::nullopt;
    std::int64_t number = 0;
    if (value.get(number) == simdjson::SUCCESS) return std::to_string(number);
    dom::array array;
    if (value.get(array) == simdjson::SUCCESS) {
      for (const dom::element each : array) {
        if (auto line = Line(each, depth + 1)) return line;
      }
      return std::nullopt;
    }
    dom::object object;
    if (value.get(object) != simdjson::SUCCESS) return std::nullopt;
    const dom::object meant = Resolve(object);
    for (const std::string_view key : {"name", "@value", "alternateName", "legalName"}) {
      if (const auto name = Member(meant, key)) return Line(*name, depth + 1);
    }
    return std::nullopt;
  }

  static std::string WithoutTags(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
      const bool tag = text[at] == '<' && at + 1 < text.size() &&
                       (text[at + 1] == '/' || (text[at + 1] | 0x20) >= 'a');
      const std::size_t end = tag ? text.find('>', at) : text.npos;
      if (end == text.npos) {
        out += text[at];
      } else {
        out += ' ';
        at = end;
      }
    }
    return out;
  }

  std::vector<std::string> Lines(const dom::element& value, int depth = 0) const {
    std::vector<std::string> lines;
    dom::array array;
    if (value.get(array) == simdjson::SUCCESS && depth < kDeepest) {
      for (const dom::element each : array) {
        for (std::string& line : Lines(each, depth + 1)) lines.push_back(std::move(line));
      }
      return lines;
    }
    if (auto line = Line(value)) lines.push_back(std::move(*line));
    return lines;
  }

  std::optional<std::string> Field(const dom::object& object,
                                   std::initializer_list<std::string_view> keys) const {
    for (const std::string_view key : keys) {
      if (const auto value = Member(object, key)) {
        if (auto line = Line(*value)) return line;
      }
    }
    return std::nullopt;
  }

  StatedArticle ReadArticle(const dom::object& object, std::string type) const {
    StatedArticle out;
    out.type = std::move(type);
    out.headline = Field(object, {"headline", "name"});
    out.alternative_headline = Field(object, {"alternativeHeadline", "alternateName"});
    out.description = Field(object, {"description", "abstract"});
    out.date_published = Field(object, {"datePublished", "dateCreated", "uploadDate"});
    out.date_modified = Field(object, {"dateModified"});
    out.section = Field(object, {"articleSection", "genre"});
    out.publisher = Field(object, {"publisher", "sourceOrganization"});
    out.language = Field(object, {"inLanguage"});
    out.url = Field(object, {"url"});
    for (const std::string_view key : {"author", "creator"}) {
      if (const auto value = Member(object, key); value && out.author.empty())
        out.author = Lines(*value);
    }
    if (const auto value = Member(object, "keywords")) out.keywords = Lines(*value);
    for (const std::string_view key : {"articleBody", "reviewBody", "text"}) {
      const auto value = Member(object, key);
      const auto text = value ? StringOf(*value) : std::nullopt;
      if (text && !out.body) out.body = std::string(*text);
    }
    return out;
  }

  std::vector<std::unique_ptr<dom::parser>> parsers_;
  std::vector<dom::element> roots_;
  std::unordered_map<std::string, dom::object> by_id_;
  std::vector<StatedArticle> articles_;
  std::vector<StatedArticle> pages_;
};

/// Copies JSON and mends it on the way.
class Mender {
 public:
  explicit Mender(std::string_view in) : in_(in) {}

  std::string Mend() {
    SkipWrapping();
    for (; at_ < in_.size() && !(done_ && open_.empty()); ++at_) {
      if (in_string_) {
        InString(in_[at_]);
      } else {
        Outside(in_[at_]);
      }
    }
    if (in_string_) out_ += '"';
    DropComma();
    while (!open_.empty()) {
      out_ += open_.back() == '{' ? '}' : ']';
      open_.pop_back();
    }
    return std::move(out_);
  }

 private:
  /// "<!--", "//<![CDATA[" and the like before the first bracket.
  void SkipWrapping() {
    at_ = in_.find('{');
    const std::size_t cdata = in_.find("CDATA[");
    const std::size_t list = in_.find('[', cdata == in_.npos || cdata > at_ ? 0 : cdata + 6);
    at_ = std::min({at_, list, in_.size()});
  }

  void InString(char c) {
    if (c == '\\' && at_ + 1 < in_.size()) {
      const char next = in_[at_ + 1];
      if (std::string_view("\"\\/bfnrtu").contains(next)) {
        out_ += c;
        out_ += next;
      } else {
        out_ += next == '\'' ? '\'' : ' ';
      }
      ++at_;
    } else if (c == '"') {
      if (EndsString()) {
        in_string_ = false;
        out_ += c;
      } else {
        out_ += "\\\"";
      }
    } else {
      out_ += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }

  /// A quote ends a string when what follows could follow one.
  [[nodiscard]] bool EndsString() const {
    const std::size_t next = in_.find_first_not_of(" \t\r\n", at_ + 1);
    if (next == in_.npos) return true;
    const char c = in_[next];
    if (c == ':' || c == '}' || c == ']') return true;
    if (c != ',') return c == '"';
    const std::size_t after = in_.find_first_not_of(" \t\r\n", next + 1);
    return after == in_.npos || std::string_view("\"{[}]-0123456789tfn").contains(in_[after]);
  }

  void Outside(char c) {
    switch (c) {
      case '"':
        in_string_ = true;
        out_ += c;
        return;
      case '{':
      case '[':
        open_ += c;
        done_ = true;
        out_ += c;
        return;
      case '}':
      case ']':
        DropComma();
        if (!open_.empty() && (open_.back() == '{') == (c == '}')) {
          open_.pop_back();
          out_ += c;
        }
        return;
      default:
        out_ += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }

  void DropComma() {
    const std::size_t last = out_.find_last_not_of(' ');
    if (last != out_.npos && out_[last] == ',') out_.resize(last);
  }

  std::string_view in_;
  std::string out_;
  std::string open_;  ///< brackets
  std::size_t at_ = 0;
  bool in_string_ = false;
  bool done_ = false;  ///< the first bracket was met
};

}  // namespace

std::string MendJson(std::string_view json) { return Mender(json).Mend(); }

std::vector<StatedArticle> ReadJsonLd(const std::vector<std::string_view>& scripts) {
  return Reader().Read(scripts);
}

}  // namespace dateline::html
