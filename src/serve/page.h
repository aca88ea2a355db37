/// The files of the page.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "serve/http.h"

namespace dateline::serve {

struct Asset {
  std::string_view path{};  ///< "/index.html"; without the slash: not for the page
  std::string_view type{};
  std::string_view bytes{};
};

/// Compressed and tagged once. Thread-safe.
class Page {
 public:
  explicit Page(const std::vector<Asset>& assets);

  /// Whether there is one.
  [[nodiscard]] bool IsThere() const { return files_.contains("/index.html"); }
  /// A file, or index.html for paths that the page itself knows: those whose last part has no dot.
  [[nodiscard]] Response Answer(const Request& request) const;

 private:
  struct File {
    std::string_view type{};
    std::string_view bytes{};
    std::string gzip{};
    std::string tag{};
    bool forever = false;  ///< its name changes with its bytes
  };
  std::map<std::string, File, std::less<>> files_;
};

/// "app-3f9c2a1b.js": the name of a file holds a hash of its bytes.
bool HasHash(std::string_view path);

}  // namespace dateline::serve
