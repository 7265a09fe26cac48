// Distributions on an equidistant lattice and the Fourier transform that convolves them.
// Radix 2 after Cooley and Tukey 1965; the sum of a random number of terms by its generating function
// after Heckman and Meyers 1983: transform, apply the function, transform back.
// Absolute error of a probability is about 1e-16; sums that leave the lattice wrap around.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace tcosim::families {

using Complex = std::complex<double>;
/// E[z^N] of a count N for |z| <= 1.
using GeneratingFunction = std::function<Complex(Complex)>;

/// In place, of a power of two of values; the inverse is not divided by their number.
void fourier(std::vector<Complex>& values, bool inverse);

/// Probabilities of the values step * (first + i).
struct Lattice {
  double step = 1;
  std::int64_t first = 0;
  std::vector<double> mass;
};

/// The probabilities of the sum of N independent terms at the places of `window`, whose size is a power of
/// two, less `at_zero` at the value 0 (the atom of no event, which would swamp the tail with its rounding).
/// Negative noise is left in, so that running sums do not drift.
[[nodiscard]] std::vector<double> sum_on_lattice(const Lattice& term, const GeneratingFunction& count,
                                                 std::int64_t window_first, std::size_t window_size, double at_zero);

}  // namespace tcosim::families
