#include "distributions/catalogue/lattice.hpp"

#include <bit>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace tcosim::families {
namespace {

void reverse_bits(std::vector<Complex>& values) {
  const std::size_t n = values.size();
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n >> 1;
    for (; (j & bit) != 0; bit >>= 1) j ^= bit;
    j |= bit;
    if (i < j) std::swap(values[i], values[j]);
  }
}

/// Products written out: operator* of std::complex checks for NaN, at three times the time.
Complex times(Complex a, Complex b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

std::size_t wrapped(std::int64_t place, std::size_t size) {
  return static_cast<std::size_t>(place) & (size - 1);
}

}  // namespace

void fourier(std::vector<Complex>& values, bool inverse) {
  const std::size_t n = values.size();
  assert(std::has_single_bit(n));
  reverse_bits(values);

  // Roots of unity, each computed by itself: a recurrence would lose four digits.
  std::vector<Complex> roots(n / 2);
  const double turn = (inverse ? 2 : -2) * std::numbers::pi / static_cast<double>(n);
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const double angle = turn * static_cast<double>(i);
    roots[i] = {std::cos(angle), std::sin(angle)};
  }

  std::vector<Complex> level(n / 2);
  for (std::size_t half = 1; half < n; half *= 2) {
    // Gathered once a level: strided reads in the loop below cost twice the time.
    const std::size_t stride = n / (2 * half);
    for (std::size_t i = 0; i < half; ++i) level[i] = roots[i * stride];
    for (std::size_t block = 0; block < n; block += 2 * half) {
      for (std::size_t i = 0; i < half; ++i) {
        const Complex even = values[block + i];
        const Complex odd = times(level[i], values[block + half + i]);
        values[block + i] = even + odd;
        values[block + half + i] = even - odd;
      }
    }
  }
}

std::vector<double> sum_on_lattice(const Lattice& term, const GeneratingFunction& count, std::int64_t window_first,
                                   std::size_t window_size, double at_zero) {
  std::vector<Complex> values(window_size);
  for (std::size_t i = 0; i < term.mass.size(); ++i) {
    values[wrapped(term.first + static_cast<std::int64_t>(i), window_size)] += term.mass[i];
  }
  fourier(values, false);
  // The input is real: the second half mirrors the first.
  for (std::size_t i = 0; i <= window_size / 2; ++i) {
    // Restored moments may carry a coarse lattice a little beyond the unit circle, which N would raise.
    const double size = std::abs(values[i]);
    values[i] = count(size > 1 ? values[i] / size : values[i]) - at_zero;
    if (i > 0) values[window_size - i] = std::conj(values[i]);
  }
  fourier(values, true);
  std::vector<double> mass(window_size);
  for (std::size_t i = 0; i < window_size; ++i) {
    mass[i] = values[wrapped(window_first + static_cast<std::int64_t>(i), window_size)].real() /
              static_cast<double>(window_size);
  }
  return mass;
}

}  // namespace tcosim::families
