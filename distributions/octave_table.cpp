#include "distributions/octave_table.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

#include "distributions/kernels.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kNodes = 8;
constexpr std::size_t kMostLanes = 8;  // of the kernel's vectors
constexpr int kOctaves = 53;           // of the kernel's segments: [2^-53, 1)

/// Power-basis coefficients in t on [-reach, reach] of the polynomial through f(centre + unit t) at Chebyshev's nodes.
std::array<long double, kNodes> interpolate(const std::function<double(double)>& f, double centre, double unit,
                                            long double reach) {
  // Newton's divided differences
  std::array<long double, kNodes> place{}, difference{};
  for (std::size_t k = 0; k < kNodes; ++k) {
    place[k] = -std::cos((static_cast<long double>(k) + 0.5L) * std::numbers::pi_v<long double> / kNodes);
    difference[k] = f(centre + unit * static_cast<double>(reach * place[k]));
  }
  for (std::size_t order = 1; order < kNodes; ++order) {
    for (std::size_t k = kNodes - 1; k >= order; --k)
      difference[k] = (difference[k] - difference[k - 1]) / (place[k] - place[k - order]);
  }
  // multiplied out, from the innermost bracket
  std::array<long double, kNodes> power{};
  for (std::size_t k = kNodes; k-- > 0;) {
    for (std::size_t p = kNodes - 1; p > 0; --p) power[p] = power[p - 1] - place[k] * power[p];
    power[0] = difference[k] - place[k] * power[0];
  }
  long double factor = 1;
  for (long double& coefficient : power) {
    coefficient *= factor;
    factor /= reach;
  }
  return power;
}

}  // namespace

OctaveTable::OctaveTable(const std::function<double(double)>& f, int octaves, int index_bits)
    : count_(static_cast<std::size_t>(octaves) << index_bits),
      index_bits_(index_bits),
      scale_(std::ldexp(1.0, octaves - kOctaves)) {
  assert(octaves >= 1 && octaves <= kOctaves && index_bits >= 0);
  segments_ = std::make_unique<Segment[]>(count_);
  const std::size_t per_octave = std::size_t{1} << index_bits;
  const double half = std::ldexp(0.5, -index_bits);
  for (std::size_t s = 0; s < count_; ++s) {
    const double unit = std::ldexp(1.0, static_cast<int>(s / per_octave) - octaves);
    const double centre = unit * (1 + half * static_cast<double>(2 * (s % per_octave) + 1));
    const auto power = interpolate(f, centre, unit, half);
    for (std::size_t p = 0; p < kNodes; ++p) segments_[s].coefficient[p] = static_cast<double>(power[p]);
  }
}

void OctaveTable::apply(std::span<const double> scaled, std::span<double> out) const {
  assert(scaled.size() == out.size());
  // All numbers are on the lower side of the split: there is no other half.
  const kernel::QuantileSegments table{segments_[0].coefficient, 0, index_bits_, 1, 0, 1};
  const std::size_t whole = scaled.size() / kMostLanes * kMostLanes;
  kernel::quantiles(table, scaled.data(), whole, out.data());
  if (whole == scaled.size()) return;
  // The kernel fills a short vector up with 1/2, which is outside of a table with fewer octaves.
  std::array<double, kMostLanes> rest;
  rest.fill(0x1p-53);
  std::copy(scaled.begin() + static_cast<std::ptrdiff_t>(whole), scaled.end(), rest.begin());
  kernel::quantiles(table, rest.data(), rest.size(), rest.data());
  std::copy_n(rest.begin(), scaled.size() - whole, out.begin() + static_cast<std::ptrdiff_t>(whole));
}

}  // namespace tcosim
