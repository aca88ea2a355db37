/// Figures for Prometheus, in its text format 0.0.4.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dateline::serve {

/// The two lines before the values of a figure; `type` is "counter", "gauge" or "histogram".
void FigureHead(std::string_view name, std::string_view help, std::string_view type,
                std::string& out);

/// Thread-safe.
class Metrics {
 public:
  /// `operation`: of the API, or what else was asked for.
  void Note(std::string_view operation, int status, double seconds, std::uint64_t bytes);

  /// A figure of now.
  struct Gauge {
    std::string_view name;
    std::string_view help;
    double value = 0;
    bool counter = false;
  };
  [[nodiscard]] std::string Text(const std::vector<Gauge>& gauges) const;

 private:
  static constexpr std::array<double, 9> kBounds = {0.001, 0.005, 0.01, 0.025, 0.05,
                                                    0.1,   0.25,  1,    10};
  struct Times {
    std::array<std::uint64_t, kBounds.size()> within{};
    std::uint64_t count = 0;
    double seconds = 0;
    std::uint64_t bytes = 0;
  };

  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;
  std::map<std::string, Times, std::less<>> times_;
};

}  // namespace dateline::serve
