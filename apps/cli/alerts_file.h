/// `--alerts FILE`.
#pragma once

#include <string>
#include <vector>

#include "dateline/result.h"
#include "follow/alerts.h"

namespace dateline::cli {

/// What stands in the file, with the places that it names; no path, no alerts.
Result<std::vector<follow::Alert>> LoadAlerts(const std::string& path);

}  // namespace dateline::cli
