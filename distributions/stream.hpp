// Uniform random numbers of one input: a pure function of (seed, replicate, stream name, draw).
// Every segment of 2,048 draws has eight lanes of xoshiro256++ (Blackman and Vigna 2021, ACM TOMS 47(4)),
// keyed by Philox4x32-10, so that any segment can be made alone, by any thread, in any order.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace tcosim {

/// Draws that share one keyed state. Part of what the generator is: changing it changes every draw.
inline constexpr std::size_t kStreamSegment = 2048;
inline constexpr std::size_t kStreamLanes = 8;

/// FNV-1a, 64 bit (Fowler, Noll, Vo).
[[nodiscard]] constexpr std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3;
  }
  return hash;
}

/// A bijection that mixes all 64 bits (the finaliser of SplitMix64, Steele, Lea and Flood 2014).
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

/// The middle of one of 2^52 equal cells: a uniform in [2^-53, 1 - 2^-53], symmetric, never 0 or 1.
[[nodiscard]] constexpr double open_uniform(std::uint64_t word) {
  return std::bit_cast<double>((word >> 12) | 0x3FF0000000000000) - (1 - 0x1p-53);
}

/// What makes a stream: seed and name hashed to a key, and the replicate. For one seed, two names share a
/// key only if their FNV-1a hashes collide, which loading a scenario checks.
struct Stream {
  std::uint64_t key = 0;
  std::uint32_t replicate = 0;
};
[[nodiscard]] constexpr Stream make_stream(std::uint64_t seed, std::string_view name, std::uint32_t replicate = 0) {
  // The odd constant keeps seed 0 an ordinary seed: mix64 maps 0 to 0.
  return {mix64(fnv1a(name) ^ mix64(seed + 0x9e3779b97f4a7c15)), replicate};
}

/// xoshiro256++ 1.0, one lane; `state` must not be all zero.
struct Xoshiro256pp {
  std::array<std::uint64_t, 4> state{};

  constexpr std::uint64_t operator()() {
    const std::uint64_t result = std::rotl(state[0] + state[3], 23) + state[0];
    const std::uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = std::rotl(state[3], 45);
    return result;
  }
};

/// The state of one lane at the start of a segment.
[[nodiscard]] Xoshiro256pp lane_state(Stream stream, std::uint64_t segment, std::uint32_t lane);

/// Uniforms of draws first, first + 1, ... into `out`. Fast where `first` starts a segment; elsewhere the
/// segment is made from its start.
void fill_uniforms(Stream stream, std::uint64_t first, std::span<double> out);

/// The stream as a uniform random bit generator in the sense of Boost.Random and <random>: the words behind
/// draws first, first + 1, ... in order. Not for the block loop; it lets any sampler run on our numbers.
class StreamEngine {
 public:
  using result_type = std::uint64_t;
  static constexpr bool has_fixed_range = false;

  explicit StreamEngine(Stream stream = {}, std::uint64_t first = 0);
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }
  result_type operator()();
  void discard(std::uint64_t count);
  friend bool operator==(const StreamEngine& a, const StreamEngine& b) {
    return a.stream_.key == b.stream_.key && a.stream_.replicate == b.stream_.replicate && a.draw_ == b.draw_;
  }

 private:
  void enter_segment();
  Stream stream_;
  std::uint64_t draw_ = 0;
  std::array<Xoshiro256pp, kStreamLanes> lanes_{};
};

}  // namespace tcosim
