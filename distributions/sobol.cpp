#include "distributions/sobol.hpp"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <cassert>
#include <stdexcept>

#include "distributions/stream.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kDimensions = boost::random::default_sobol_table::max_dimension;
constexpr std::size_t kChunk = 256;  // a power of two: points of a chunk share all but the low index bits

constexpr std::uint32_t reverse_bits(std::uint32_t x) {
  x = ((x >> 1) & 0x55555555u) | ((x & 0x55555555u) << 1);
  x = ((x >> 2) & 0x33333333u) | ((x & 0x33333333u) << 2);
  x = ((x >> 4) & 0x0f0f0f0fu) | ((x & 0x0f0f0f0fu) << 4);
  x = ((x >> 8) & 0x00ff00ffu) | ((x & 0x00ff00ffu) << 8);
  return (x >> 16) | (x << 16);
}

// Each step lets a bit depend on lower ones only, which reversed are the higher ones: that is Owen's tree.
constexpr std::uint32_t vegdahl_hash(std::uint32_t x, std::uint32_t seed) {
  x ^= x * 0x3d20adeau;
  x += seed;
  x *= (seed >> 16) | 1u;
  x ^= x * 0x05526c56u;
  x ^= x * 0x53a22864u;
  return x;
}

// The bits under the net's resolution, so that a tail is not cut at 2^-33.
constexpr std::uint32_t low_bits(std::uint32_t index, std::uint32_t factor, std::uint32_t offset) {
  std::uint32_t x = index * factor + offset;
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  return x;
}

std::uint32_t reversed_point(std::span<const std::uint32_t, 32> directions, std::uint32_t index) {
  std::uint32_t x = 0;
  for (std::size_t k = 0; index != 0; ++k, index >>= 1) {
    if (index & 1u) x ^= directions[k];
  }
  return x;
}

}  // namespace

Expected<SobolDirections, std::string> sobol_directions(std::size_t dimensions) {
  if (dimensions > kDimensions) {
    return Unexpected<std::string>{"Sobol sampling has " + std::to_string(kDimensions) + " dimensions, this needs " +
                                   std::to_string(dimensions)};
  }
  SobolDirections result;
  if (dimensions == 0) return result;
  const boost::random::qrng_detail::sobol_lattice<std::uint32_t, 32, boost::random::default_sobol_table> lattice(
      dimensions);
  result.reversed.resize(dimensions);
  for (std::size_t k = 0; k < 32; ++k) {
    auto direction = lattice.iter_at(k * dimensions);
    for (auto& numbers : result.reversed) numbers[k] = reverse_bits(*direction++);
  }
  return result;
}

std::uint32_t sobol_point(const SobolDirections& directions, std::size_t dimension, std::uint32_t index) {
  assert(dimension < directions.reversed.size());
  return reverse_bits(reversed_point(directions.reversed[dimension], index));
}

std::uint32_t owen_scramble(std::uint32_t x, std::uint32_t seed) {
  return reverse_bits(vegdahl_hash(reverse_bits(x), seed));
}

void fill_sobol(const SobolDirections& directions, std::size_t dimension, std::uint64_t key, std::uint64_t first,
                std::span<double> u) {
  assert(dimension < directions.reversed.size());
  constexpr std::uint64_t kPoints = std::uint64_t{1} << 32;
  if (first > kPoints || u.size() > kPoints - first) {
    throw std::out_of_range("Sobol sampling has 2^32 points, point " + std::to_string(first + u.size() - 1) +
                            " was asked for");
  }
  const std::span<const std::uint32_t, 32> numbers = directions.reversed[dimension];
  const std::uint64_t scramble_word = mix64(key + 0x9e3779b97f4a7c15u);
  const std::uint64_t low_word = mix64(key + 2 * 0x9e3779b97f4a7c15u);
  const auto seed = static_cast<std::uint32_t>(scramble_word >> 32);
  const std::uint32_t factor = static_cast<std::uint32_t>(low_word) | 1u;
  const auto offset = static_cast<std::uint32_t>(low_word >> 32);

  // the part of a point that the low bits of its index make
  std::array<std::uint32_t, kChunk> low{};
  for (std::size_t k = 0, width = 1; width < kChunk; ++k, width *= 2) {
    for (std::size_t j = 0; j < width; ++j) low[width + j] = low[j] ^ numbers[k];
  }

  for (std::size_t done = 0; done < u.size();) {
    const auto start = static_cast<std::uint32_t>(first + done);
    const std::size_t offset_in_chunk = start % kChunk;
    const std::size_t count = std::min(kChunk - offset_in_chunk, u.size() - done);
    const std::uint32_t high = reversed_point(numbers, start - static_cast<std::uint32_t>(offset_in_chunk));
    for (std::size_t j = 0; j < count; ++j) {
      const std::uint32_t x = reverse_bits(vegdahl_hash(high ^ low[offset_in_chunk + j], seed));
      const std::uint32_t r = low_bits(start + static_cast<std::uint32_t>(j), factor, offset);
      u[done + j] = open_uniform((static_cast<std::uint64_t>(x) << 32) | r);
    }
    done += count;
  }
}

}  // namespace tcosim
