#include "serve/metrics.h"

#include <fmt/format.h>

namespace dateline::serve {

void FigureHead(std::string_view name, std::string_view help, std::string_view type,
                std::string& out) {
  out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
}

void Metrics::Note(std::string_view operation, int status, double seconds, std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  ++requests_[{std::string(operation), status}];
  Times& times = times_.try_emplace(std::string(operation)).first->second;
  for (std::size_t i = 0; i < kBounds.size(); ++i) {
    times.within.at(i) += seconds <= kBounds.at(i) ? 1U : 0U;
  }
  ++times.count;
  times.seconds += seconds;
  times.bytes += bytes;
}

std::string Metrics::Text(const std::vector<Gauge>& gauges) const {
  std::string out;
  for (const Gauge& gauge : gauges) {
    FigureHead(gauge.name, gauge.help, gauge.counter ? "counter" : "gauge", out);
    out += fmt::format("{} {}\n", gauge.name, gauge.value);
  }
  const std::lock_guard lock(mutex_);
  FigureHead("dateline_http_requests_total", "Requests answered.", "counter", out);
  for (const auto& [key, count] : requests_) {
    out += fmt::format("dateline_http_requests_total{{operation=\"{}\",status=\"{}\"}} {}\n",
                       key.first, key.second, count);
  }
  FigureHead("dateline_http_response_bytes_total", "Bytes of bodies sent.", "counter", out);
  for (const auto& [operation, times] : times_) {
    out += fmt::format("dateline_http_response_bytes_total{{operation=\"{}\"}} {}\n", operation,
                       times.bytes);
  }
  FigureHead("dateline_http_request_seconds",
             "From the whole head of a request to the end of its answer.", "histogram", out);
  for (const auto& [operation, times] : times_) {
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
      out += fmt::format("dateline_http_request_seconds_bucket{{operation=\"{}\",le=\"{}\"}} {}\n",
                         operation, kBounds.at(i), times.within.at(i));
    }
    out += fmt::format("dateline_http_request_seconds_bucket{{operation=\"{}\",le=\"+Inf\"}} {}\n",
                       operation, times.count);
    out += fmt::format("dateline_http_request_seconds_sum{{operation=\"{}\"}} {}\n", operation,
                       times.seconds);
    out += fmt::format("dateline_http_request_seconds_count{{operation=\"{}\"}} {}\n", operation,
                       times.count);
  }
  return out;
}

}  // namespace dateline::serve
