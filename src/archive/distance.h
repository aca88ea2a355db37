/// How far apart two places are, and the squares of the map by which events near a place are found.
///
/// A square is a word of the index of events: "h145217" is one degree wide and has its south-west
/// corner at 55 (145 - 90) degrees north and 37 (217 - 180) east; "g1421" is ten degrees wide.
#pragma once

#include <string>
#include <vector>

namespace dateline::archive {

/// Kilometres between two points in degrees, along a great circle.
double Kilometres(double lat, double lon, double other_lat, double other_lon);

/// The squares that a point lies in, the small one first.
std::vector<std::string> SquaresOf(double lat, double lon);
/// Squares that together hold every point within `km`: small ones if some dozens do.
std::vector<std::string> SquaresAround(double lat, double lon, double km);

}  // namespace dateline::archive
