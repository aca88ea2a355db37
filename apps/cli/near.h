/// `--near Moscow,50km`: a place and a distance.
#pragma once

#include <memory>
#include <mutex>
#include <string_view>

#include "dateline/archive.h"
#include "dateline/result.h"
#include "places/gazetteer.h"

namespace dateline::cli {

/// "Moscow,50km", "Moscow,USA,50km" (the country as ISO 3166-1 alpha-3) or "55.75,37.62,50km". Of
/// several places of a name the largest is taken, and said on standard error. Loads the gazetteer
/// where a name is given. kInvalidArgument, kNotFound.
Result<Near> FindNear(std::string_view text);

/// The same for who asks often: the gazetteer is loaded once. Thread-safe.
class PlaceFinder {
 public:
  Result<Near> Find(std::string_view text);

 private:
  std::mutex mutex_;
  std::unique_ptr<const places::Gazetteer> gazetteer_;
};

}  // namespace dateline::cli
