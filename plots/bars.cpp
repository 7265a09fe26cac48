#include "plots/bars.hpp"

#include <algorithm>
#include <cmath>

namespace tcosim::text {
namespace {

std::string_view fill_of(bool muted, const TerminalStyle& style) {
  if (muted) return style.unicode ? "░" : ".";
  return style.unicode ? "█" : "#";
}

}  // namespace

void Axis::include(double value) {
  if (!std::isfinite(value)) return;
  low = std::min(low, value);
  high = std::max(high, value);
}

std::size_t Axis::column(double value, std::size_t width) const {
  const double position = high > low ? (value - low) / (high - low) : 0.5;
  return static_cast<std::size_t>(std::lround(std::clamp(position, 0.0, 1.0) * static_cast<double>(width - 1)));
}

std::string range_bar(double low, double high, double centre, const Axis& axis, std::size_t width, bool muted,
                      const TerminalStyle& style) {
  const std::size_t from = axis.column(low, width), to = axis.column(high, width);
  const std::size_t middle = axis.column(centre, width);
  const std::string_view fill = fill_of(muted, style);
  std::string bar;
  for (std::size_t i = from; i <= to; ++i) bar += i == middle && to > from ? (style.unicode ? "┃" : "|") : fill;
  return std::string(from, ' ') + bar + std::string(width - 1 - to, ' ');
}

std::string length_bar(double fraction, std::size_t width, bool muted, const TerminalStyle& style) {
  if (!muted) return bar(fraction, width, style);
  const double clamped = std::clamp(std::isfinite(fraction) ? fraction : 0.0, 0.0, 1.0);
  return repeat(fill_of(true, style), static_cast<std::size_t>(std::lround(clamped * static_cast<double>(width))));
}

}  // namespace tcosim::text
