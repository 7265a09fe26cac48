// Scrambled Sobol uniforms, by index: low-discrepancy points whose every coordinate is uniform.
// Directions: Joe & Kuo (2008), as tabulated in Boost.Random; Owen's scrambling as a hash of the reversed bits
// (Laine & Karras 2011; Burley 2020; the hash is Vegdahl's, 2021); the first point is kept (Owen 2020).
// Point i is a pure function of (key, i); any 2^k consecutive points from a multiple of 2^k form a net.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "distributions/expected.hpp"

namespace tcosim {

/// The 32 direction numbers of each dimension, bits reversed: what the scrambling hash takes.
struct SobolDirections {
  std::vector<std::array<std::uint32_t, 32>> reversed;
};

/// At most 3,667 dimensions; the error says how many were asked for. Compute it once.
[[nodiscard]] Expected<SobolDirections, std::string> sobol_directions(std::size_t dimensions);

/// Point `index` before scrambling, in units of 2^-32, in natural (not Gray code) order.
[[nodiscard]] std::uint32_t sobol_point(const SobolDirections& directions, std::size_t dimension, std::uint32_t index);

/// Nested uniform scrambling of the 32 bits of x. Two numbers that agree in their first k bits agree there
/// afterwards, and differ in the bit after. The seed must be well mixed: 0 maps 0 to itself.
[[nodiscard]] std::uint32_t owen_scramble(std::uint32_t x, std::uint32_t seed);

/// u[j] for point first + j: 32 scrambled bits, 20 hashed bits below them, open interval [2^-53, 1 - 2^-53].
/// One key a (seed, replicate, dimension); it is mixed here, so neighbouring keys are fine. Points from 2^32 on
/// do not exist: first + u.size() <= 2^32, else std::out_of_range. About 3 ns a value.
void fill_sobol(const SobolDirections& directions, std::size_t dimension, std::uint64_t key, std::uint64_t first,
                std::span<double> u);

}  // namespace tcosim
