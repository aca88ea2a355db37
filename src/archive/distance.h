/// How far apart two places are.
#pragma once

namespace dateline::archive {

/// Kilometres between two points in degrees, along a great circle.
double Kilometres(double lat, double lon, double other_lat, double other_lon);

}  // namespace dateline::archive
