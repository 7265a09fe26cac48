#include "plots/ticks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/numbers.hpp"

namespace tcosim::text {
namespace {

// The least of 1, 2, 5, 10 ... that is not under `least`.
double round_step(double least) {
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

std::string label_of(double at, double step, double largest) {
  // From 1e15 on amounts are written with an exponent; as many digits as tell two ticks apart.
  if (largest >= 1e15) {
    const int digits = static_cast<int>(std::floor(std::log10(largest)) - std::floor(std::log10(step)));
    return at == 0 ? "0" : fmt::format("{:.{}e}", at, std::clamp(digits, 0, 15));
  }
  if (step < 1e-9) return fmt::format("{:.6g}", at);
  return grouped(at, std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 12));
}

}  // namespace

std::vector<Tick> round_ticks(double low, double high, std::size_t most) {
  if (!(high > low) || !std::isfinite(high - low) || most == 0) return {};
  std::vector<Tick> ticks;
  // Rounding up a step may leave no tick inside; one size down there is.
  const double step = round_step((high - low) / static_cast<double>(most));
  const double largest = std::max(std::abs(low), std::abs(high));
  for (double i = std::ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; ++i) {
    ticks.push_back({i * step, label_of(i * step, step, largest)});
    if (ticks.size() > most + 1) break;
  }
  return ticks;
}

}  // namespace tcosim::text
