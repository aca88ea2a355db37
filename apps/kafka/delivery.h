/// How often a record may arrive when a worker dies.
#pragma once

#include <cstdint>

namespace dateline::kafka {

/// See sender.h.
enum class Delivery : std::uint8_t { kExactlyOnce, kAtLeastOnce };

}  // namespace dateline::kafka
