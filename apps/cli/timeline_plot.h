/// A timeline as a picture: in characters, and as SVG.
#pragma once

#include <cstddef>
#include <string>

#include "dateline/series.h"

namespace dateline::cli {

struct PlotOptions {
  std::string title;       ///< "CHN ↔ RUS"
  std::size_t width = 80;  ///< columns of the terminal
  bool color = false;
};

/// A line for each period: how many events, their mean Goldstein score as a bar to the left
/// (conflict) or right (cooperation) of zero, and the share of conflict among them. Long gaps are
/// one line.
std::string DrawTimeline(const Timeline& line, const PlotOptions& options);

/// One picture in SVG 1.1 without scripts, fonts or links: above the mean score, below the events
/// by quad class. Each bar says its figures when pointed at.
std::string DrawTimelineSvg(const Timeline& line, const PlotOptions& options);

}  // namespace dateline::cli
