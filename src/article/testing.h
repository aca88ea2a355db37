/// What the tests of this folder share.
#pragma once

#include <stdexcept>

#include "article/article_reader.h"
#include "article/cues.h"
#include "tables/tables.h"

namespace dateline::article {

/// The layouts of the project's own tables, loaded once.
inline const Layouts& TheLayouts() {
  static const Layouts kLayouts = [] {
    const auto tables =
        tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
    if (!tables) throw std::runtime_error(tables.error().Text());
    auto layouts = Layouts::Load(*tables);
    if (!layouts) throw std::runtime_error(layouts.error().Text());
    return *layouts;
  }();
  return kLayouts;
}

inline const LayoutCues& TheCues() { return *TheLayouts().cues; }

}  // namespace dateline::article
