/// The dateline that opens a wire story: "HALLVIK, Norway (AP) —", "SARATOV, October 7. /TASS/."
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "article/cues.h"
#include "article/printed_date.h"

namespace dateline::article {

struct WireDateline {
  std::string_view text;   ///< the whole, up to and not with the dash
  std::string_view place;  ///< empty: none printed
  std::vector<std::string_view> agencies;
  std::optional<PrintedDate> date;
  std::size_t body = 0;  ///< where the story goes on in the paragraph; its size when it does not
};

struct DatelineOptions {
  bool label = false;  ///< the whole line is a dateline ("DATELINE: …"): no mark needs to follow
};

std::optional<WireDateline> ParseDateline(std::string_view paragraph, const LayoutCues& cues,
                                          const DatelineOptions& options = {});

}  // namespace dateline::article
