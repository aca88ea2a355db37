/// What a page says of itself outside its text: structured data, meta elements, links, times.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "html/json_ld.h"
#include "html/tree.h"

namespace dateline::html {

/// A `meta` element: its name (property, name, itemprop or http-equiv) in lower case.
struct Meta {
  std::string name;
  std::string_view content;  ///< as written
};

/// An element with a property of microdata.
struct Property {
  NodeIndex node = 0;
  std::string_view name;
  std::string_view scope;  ///< the type of the item it belongs to, without its address; "" for none
};

/// A `time` element.
struct TimeElement {
  NodeIndex node = 0;
  std::string_view datetime;  ///< "" when it has none
};

struct Facts {
  std::vector<StatedArticle> stated;  ///< JSON-LD
  std::vector<Meta> meta;
  std::vector<Property> properties;
  std::vector<TimeElement> times;
  std::vector<NodeIndex> headings;  ///< h1 to h6
  std::optional<std::string> title;
  std::optional<std::string> canonical;
  std::optional<std::string> language;  ///< of the html element
  std::optional<NodeIndex> body;

  /// The content of the first meta element of one of these names, the first name first; plain and
  /// never empty.
  [[nodiscard]] std::optional<std::string> First(
      std::initializer_list<std::string_view> names) const;
};

/// One walk over the tree.
Facts GatherFacts(const Tree& tree);

}  // namespace dateline::html
