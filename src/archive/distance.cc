#include "archive/distance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace dateline::archive {
namespace {

constexpr double kEarthRadius = 6371.0088;  // km, the mean
constexpr double kDegree = std::numbers::pi / 180;
constexpr int kHalfTurn = 180;
constexpr int kQuarterTurn = 90;
constexpr int kLarge = 10;  // degrees
constexpr std::size_t kMostSmall = 400;

/// Whole degrees from the south pole and from the antimeridian.
struct Corner {
  int north = 0;
  int east = 0;
};

int Wrapped(int east) { return ((east % 360) + 360) % 360; }

Corner CornerOf(double lat, double lon) {
  const auto north = static_cast<int>(std::floor(std::clamp(lat, -90.0, 90.0))) + kQuarterTurn;
  const auto east = static_cast<int>(std::floor(std::clamp(lon, -720.0, 720.0))) + kHalfTurn;
  return {std::min(north, 2 * kQuarterTurn - 1), Wrapped(east)};
}

std::string Large(Corner corner) {
  return fmt::format("h{:02}{:02}", corner.north / kLarge, corner.east / kLarge);
}

std::string Small(Corner corner) {
  return Large(corner) + fmt::format("{}{}", corner.north % kLarge, corner.east % kLarge);
}

/// How many degrees east and west of the point the circle reaches in a row of squares.
double ReachEast(double degrees, int north) {
  const double south_edge = std::abs(static_cast<double>(north - kQuarterTurn));
  const double north_edge = std::abs(static_cast<double>(north + 1 - kQuarterTurn));
  const double shrink = std::cos(std::min(90.0, std::max(south_edge, north_edge)) * kDegree);
  // Near a pole the meridians run together: all of them are near.
  return shrink < 0.01 || degrees >= kQuarterTurn ? kHalfTurn
                                                  : std::min<double>(kHalfTurn, degrees / shrink);
}

}  // namespace

double Kilometres(double lat, double lon, double other_lat, double other_lon) {
  const double north = std::sin((other_lat - lat) * kDegree / 2);
  const double east = std::sin((other_lon - lon) * kDegree / 2);
  const double part =
      north * north + std::cos(lat * kDegree) * std::cos(other_lat * kDegree) * east * east;
  return 2 * kEarthRadius * std::asin(std::min(1.0, std::sqrt(part)));
}

std::string SquareOf(double lat, double lon) {
  return std::isfinite(lat) && std::isfinite(lon) ? Small(CornerOf(lat, lon)) : "";
}

std::vector<std::string> SquaresAround(double lat, double lon, double km) {
  const double degrees = km / Kilometres(0, 0, 1, 0) + 1e-6;
  const int first = CornerOf(lat - degrees, 0).north;
  const int last = CornerOf(lat + degrees, 0).north;
  std::vector<std::string> small;
  std::vector<std::string> large;
  for (int north = first; north <= last; ++north) {
    // A circle around a pole reaches all meridians in every row.
    const bool polar = std::abs(lat) + degrees >= kQuarterTurn;
    const double reach = polar ? kHalfTurn : ReachEast(degrees, north);
    const auto west = static_cast<int>(std::floor(lon - reach)) + kHalfTurn;
    const int count = std::min(2 * kHalfTurn, static_cast<int>(std::ceil(2 * reach)) + 2);
    for (int i = 0; i < count; ++i) {
      const Corner corner{north, Wrapped(west + i)};
      if (small.size() <= kMostSmall) small.push_back(Small(corner));
      if (large.empty() || large.back() != Large(corner)) large.push_back(Large(corner));
    }
  }
  auto& squares = small.size() <= kMostSmall ? small : large;
  std::ranges::sort(squares);
  squares.erase(std::ranges::unique(squares).begin(), squares.end());
  return std::move(squares);
}

}  // namespace dateline::archive
