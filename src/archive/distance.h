/// How far apart two places are, and the squares of the map by which events near a place are found.
///
/// A square is a word of the index of events: "h142157" is one degree wide and has its south-west
/// corner at 55 (145 - 90) degrees north and 37 (217 - 180) east: tens of both, then ones. Its
/// first four digits are the square of ten degrees that it lies in.
#pragma once

#include <string>
#include <vector>

namespace dateline::archive {

/// Kilometres between two points in degrees, along a great circle.
double Kilometres(double lat, double lon, double other_lat, double other_lon);

/// The square that a point lies in; empty for what is none.
std::string SquareOf(double lat, double lon);
/// Squares that together hold every point within `km`: small ones, or the beginnings that tell
/// large ones where they would be hundreds.
std::vector<std::string> SquaresAround(double lat, double lon, double km);

}  // namespace dateline::archive
