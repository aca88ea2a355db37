#include "timeline_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <pugixml.hpp>
#include <sstream>
#include <string_view>

#include "page.h"
#include "terminal.h"

namespace dateline::cli {
namespace {

constexpr double kMostScore = 10;       // of Goldstein's scale, either way
constexpr std::size_t kGapShown = 6;    // so many empty periods are drawn one by one
constexpr std::size_t kAround = 22;     // columns of a line beside name, number and bars
constexpr std::size_t kNarrowest = 10;  // columns of half a bar
constexpr std::size_t kWidest = 30;
constexpr std::array<std::string_view, 9> kEighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};

// ---- in characters

std::string Repeat(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

/// A bar that grows from the left, an eighth of a column fine.
std::string BarRight(double share, std::size_t columns) {
  const auto eighths =
      static_cast<std::size_t>(std::lround(share * static_cast<double>(columns) * 8));
  return Repeat(kEighths.back(), eighths / 8) + std::string(kEighths.at(eighths % 8));
}

/// A bar that grows from the right; whole columns, since there are no characters for less.
std::string BarLeft(double share, std::size_t columns) {
  const auto full = static_cast<std::size_t>(std::lround(share * static_cast<double>(columns)));
  return std::string(columns - full, ' ') + Repeat(kEighths.back(), full);
}

class TextPlot {
 public:
  TextPlot(const Timeline& line, const PlotOptions& options) : line_(line), color_(options.color) {
    std::uint64_t most = 1;
    for (const TimelinePoint& point : line.points) most = std::max(most, point.tally.events);
    digits_ = std::max<std::size_t>(fmt::format("{}", most).size(), 6);
    name_ = std::max<std::size_t>(line.points.front().name.size(), 6);
    const std::size_t taken = name_ + digits_ + kAround;
    const std::size_t left = options.width > taken ? options.width - taken : 0;
    half_ = std::clamp(left / 2, kNarrowest, kWidest);
  }

  std::string Draw(const std::string& title) {
    out_ += Styled(Printable(title), CodeOf(Style::kHeading)) + "\n";
    const std::string left = "conflict";
    const std::string right = "cooperation";
    out_ += fmt::format("{:<{}}  {:>{}}  {}{}│{}{}   mean  conflict\n", "", name_, "events",
                        digits_, std::string(half_ - std::min(half_, left.size()), ' '),
                        left.substr(0, half_), right.substr(0, half_),
                        std::string(half_ - std::min(half_, right.size()), ' '));
    std::size_t empty = 0;
    for (std::size_t i = 0; i < line_.points.size(); ++i) {
      const TimelinePoint& point = line_.points[i];
      if (point.tally.events == 0 && i + 1 < line_.points.size()) {
        ++empty;
        continue;
      }
      DrawGap(i, empty);
      empty = 0;
      DrawPoint(point);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string Styled(const std::string& text, std::string_view code) const {
    if (!color_ || text.empty()) return text;
    return std::string(code) + text + std::string(CodeOf(Style::kPlain));
  }

  void DrawGap(std::size_t before, std::size_t count) {
    if (count > kGapShown) {
      out_ += Styled(fmt::format("{:>{}}  {} without events\n", "⋮", name_, count),
                     CodeOf(Style::kDim));
      return;
    }
    for (std::size_t i = before - count; i < before; ++i) DrawPoint(line_.points[i]);
  }

  void DrawPoint(const TimelinePoint& point) {
    const auto mean = point.tally.Mean();
    const double share = std::min(1.0, std::abs(mean.value_or(0)) / kMostScore);
    const bool conflict = mean.value_or(0) < 0;
    const std::string left = conflict ? BarLeft(share, half_) : std::string(half_, ' ');
    const std::string right = conflict ? "" : BarRight(share, half_);
    out_ += fmt::format("{:<{}}  {:>{}}  ", point.name, name_, point.tally.events, digits_);
    out_ += Styled(left, "\x1b[31m") + "│" + Styled(right, "\x1b[32m");
    out_.append(half_ - DisplayWidth(right), ' ');
    if (mean) {
      const auto against = point.tally.quads[2] + point.tally.quads[3];
      out_ += fmt::format("  {:>5.1f}  {:>7}%", *mean,
                          std::lround(100.0 * static_cast<double>(against) /
                                      static_cast<double>(point.tally.events)));
    } else {
      out_.erase(out_.find_last_not_of(' ') + 1);
    }
    out_ += '\n';
  }

  const Timeline& line_;
  bool color_;
  std::size_t digits_ = 0;
  std::size_t name_ = 0;
  std::size_t half_ = 0;
  std::string out_;
};

// ---- SVG

constexpr double kLeft = 56;
constexpr double kRight = 16;
constexpr double kTop = 56;
constexpr double kScoreHeight = 180;
constexpr double kBetweenPanels = 34;
constexpr double kCountHeight = 150;
constexpr double kBottom = 40;
constexpr double kLeastWidth = 640;
constexpr double kMostWidth = 4000;
constexpr std::size_t kLabels = 12;

struct Quad {
  const char* name;
  const char* color;
};
/// Colours that the colour-blind tell apart.
constexpr std::array<Quad, 4> kQuads = {{{"verbal cooperation", "#8fc1e3"},
                                         {"material cooperation", "#2166ac"},
                                         {"verbal conflict", "#f4a582"},
                                         {"material conflict", "#b2182b"}}};

/// A round number not below the value: 1, 2 or 5 times a power of ten.
double RoundUp(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(std::max(1.0, value))));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= value) return step * power;
  }
  return 10 * power;
}

class SvgPlot {
 public:
  SvgPlot(const Timeline& line, const PlotOptions& options) : line_(line), options_(options) {
    const auto count = static_cast<double>(line.points.size());
    width_ = std::clamp(count * 6, kLeastWidth - kLeft - kRight, kMostWidth);
    step_ = width_ / count;
    double most = 1;
    for (const TimelinePoint& point : line.points)
      most = std::max(most, static_cast<double>(point.tally.events));
    most_ = RoundUp(most);
  }

  std::string Draw() {
    svg_ = document_.append_child("svg");
    Set(svg_, "xmlns", "http://www.w3.org/2000/svg");
    const double height = CountBase() + kBottom;
    Set(svg_, "viewBox", fmt::format("0 0 {:.0f} {:.0f}", kLeft + width_ + kRight, height));
    Set(svg_, "width", fmt::format("{:.0f}", kLeft + width_ + kRight));
    Set(svg_, "height", fmt::format("{:.0f}", height));
    Set(svg_, "role", "img");
    Set(svg_, "font-family", "sans-serif");
    Set(svg_, "font-size", "11");
    svg_.append_child("title").text().set((options_.title + ": events over time").c_str());
    auto ground = svg_.append_child("rect");
    Set(ground, "width", "100%");
    Set(ground, "height", "100%");
    Set(ground, "fill", "#ffffff");
    Text(kLeft, 20, options_.title, "start", 15);
    Legend();
    ScoreAxis();
    CountAxis();
    for (std::size_t i = 0; i < line_.points.size(); ++i) Point(i);
    Labels();
    std::ostringstream out;
    document_.save(out, " ", pugi::format_indent);
    return out.str();
  }

 private:
  static void Set(pugi::xml_node node, const char* name, const std::string& value) {
    node.append_attribute(name).set_value(value.c_str());
  }
  static std::string Number(double value) { return fmt::format("{:.1f}", value); }
  static double ScoreY(double score) { return kTop + kScoreHeight / 2 * (1 - score / kMostScore); }
  static double CountBase() { return kTop + kScoreHeight + kBetweenPanels + kCountHeight; }
  [[nodiscard]] double X(std::size_t point) const {
    return kLeft + step_ * static_cast<double>(point);
  }

  void Text(double x, double y, const std::string& text, const char* anchor, int size = 11) {
    auto node = svg_.append_child("text");
    Set(node, "x", Number(x));
    Set(node, "y", Number(y));
    Set(node, "text-anchor", anchor);
    if (size != 11) Set(node, "font-size", fmt::format("{}", size));
    node.text().set(text.c_str());
  }

  void Line(double y, const char* color) {
    auto node = svg_.append_child("line");
    Set(node, "x1", Number(kLeft));
    Set(node, "x2", Number(kLeft + width_));
    Set(node, "y1", Number(y));
    Set(node, "y2", Number(y));
    Set(node, "stroke", color);
  }

  pugi::xml_node Bar(double x, double y, double height, const char* color) {
    auto node = svg_.append_child("rect");
    Set(node, "x", Number(x));
    Set(node, "y", Number(y));
    Set(node, "width", fmt::format("{:.2f}", std::max(0.8, step_ * 0.85)));
    Set(node, "height", fmt::format("{:.2f}", height));
    Set(node, "fill", color);
    return node;
  }

  void Legend() {
    double x = kLeft;
    for (const Quad& quad : kQuads) {
      auto box = svg_.append_child("rect");
      Set(box, "x", Number(x));
      Set(box, "y", "31");
      Set(box, "width", "10");
      Set(box, "height", "10");
      Set(box, "fill", quad.color);
      Text(x + 14, 40, quad.name, "start");
      x += 140;
    }
  }

  void ScoreAxis() {
    for (const double score : {-10.0, -5.0, 0.0, 5.0, 10.0}) {
      Line(ScoreY(score), score == 0 ? "#444444" : "#dddddd");
      Text(kLeft - 6, ScoreY(score) + 4, fmt::format("{:+.0f}", score), "end");
    }
    Text(kLeft + 4, kTop + 12, "mean Goldstein score", "start");
  }

  void CountAxis() {
    const double top = CountBase() - kCountHeight;
    for (const double share : {0.0, 0.5, 1.0}) {
      const double y = CountBase() - share * kCountHeight;
      Line(y, share == 0 ? "#444444" : "#dddddd");
      Text(kLeft - 6, y + 4, fmt::format("{}", share * most_), "end");
    }
    Text(kLeft + 4, top - 6, "events", "start");
  }

  void Point(std::size_t at) {
    const TimelinePoint& point = line_.points[at];
    const auto mean = point.tally.Mean();
    if (!mean) return;
    const double score = std::clamp(*mean, -kMostScore, kMostScore);
    const double y = std::min(ScoreY(score), ScoreY(0));
    auto bar = Bar(X(at), y, std::max(1.0, std::abs(ScoreY(score) - ScoreY(0))),
                   score < 0 ? kQuads[3].color : kQuads[1].color);
    bar.append_child("title").text().set(
        fmt::format("{}: {:.2f} over {} events", point.name, *mean, point.tally.events).c_str());
    double base = CountBase();
    for (std::size_t quad = 0; quad < kQuads.size(); ++quad) {
      const auto count = point.tally.quads.at(quad);
      if (count == 0) continue;
      const double height = kCountHeight * static_cast<double>(count) / most_;
      base -= height;
      auto part = Bar(X(at), base, height, kQuads.at(quad).color);
      part.append_child("title").text().set(
          fmt::format("{}: {} of {}", point.name, count, kQuads.at(quad).name).c_str());
    }
  }

  void Labels() {
    const std::size_t every = (line_.points.size() + kLabels - 1) / kLabels;
    for (std::size_t i = 0; i < line_.points.size(); i += every) {
      Text(X(i), CountBase() + 16, line_.points[i].name, "start");
    }
  }

  const Timeline& line_;
  const PlotOptions& options_;
  double width_ = 0;
  double step_ = 0;
  double most_ = 1;
  pugi::xml_document document_;
  pugi::xml_node svg_;
};

}  // namespace

std::string DrawTimeline(const Timeline& line, const PlotOptions& options) {
  if (line.points.empty()) return "";
  return TextPlot(line, options).Draw(options.title);
}

std::string DrawTimelineSvg(const Timeline& line, const PlotOptions& options) {
  return SvgPlot(line, options).Draw();
}

}  // namespace dateline::cli
