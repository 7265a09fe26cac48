#include "distributions/hdr.hpp"

namespace tcosim {
namespace {

// One of the two halves of the generator: a sum of products modulo a prime, then a remainder of 999999999999989.
struct Half {
  std::uint64_t trial, variable, entity, seed3, seed4;  // factors
  std::uint64_t modulus, stretch, shift, spread, range;
};

constexpr Half kX{2499997, 1800451, 2000371, 1796777, 2299603, 7450589, 4658, 7450581, 383, 99991};
constexpr Half kY{2246527, 2399993, 2100869, 1918303, 1624729, 7450987, 7580, 7560584, 17669, 7440893};
constexpr std::uint64_t kDividend = 999'999'999'999'989;

// Factors are taken modulo first, so that no key and no trial is too large for 64 bits.
constexpr std::uint64_t times(std::uint64_t factor, std::uint64_t value, std::uint64_t modulus) {
  return factor * (value % modulus) % modulus;
}

constexpr std::uint64_t key_sum(const Half& half, const HdrKey& key) {
  return (times(half.variable, key.variable, half.modulus) + times(half.entity, key.entity, half.modulus) +
          times(half.seed3, key.seed3, half.modulus) + times(half.seed4, key.seed4, half.modulus)) %
         half.modulus;
}

// `sum` is below the modulus.
constexpr std::uint64_t remainder(const Half& half, std::uint64_t sum) {
  return kDividend % (sum * half.stretch + half.shift) * half.spread % half.range;
}

constexpr double uniform(std::uint64_t sum_x, std::uint64_t sum_y) {
  const std::uint64_t joint = remainder(kX, sum_x) * kY.range + remainder(kY, sum_y);
  return (static_cast<double>(joint * 1343 & 0xffffffffU) + 0.5) / 4294967296.0;
}

}  // namespace

double hdr_uniform(const HdrKey& key, std::uint64_t trial) {
  const auto sum = [&](const Half& half) {
    return (key_sum(half, key) + times(half.trial, trial, half.modulus)) % half.modulus;
  };
  return uniform(sum(kX), sum(kY));
}

void fill_hdr(const HdrKey& key, std::uint64_t first, std::span<double> out) {
  std::uint64_t x = (key_sum(kX, key) + times(kX.trial, first, kX.modulus)) % kX.modulus;
  std::uint64_t y = (key_sum(kY, key) + times(kY.trial, first, kY.modulus)) % kY.modulus;
  // The next trial adds one factor, which is below the modulus: a subtraction stands for the division.
  for (double& u : out) {
    x += kX.trial;
    if (x >= kX.modulus) x -= kX.modulus;
    y += kY.trial;
    if (y >= kY.modulus) y -= kY.modulus;
    u = uniform(x, y);
  }
}

}  // namespace tcosim
