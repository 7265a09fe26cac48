// Latin hypercube uniforms without a stored permutation: draw i of n falls in stratum pi(i).
// McKay, Beckman & Conover (1979), Technometrics 21; pi is a generalised Feistel network on a grid of about
// sqrt(n) by sqrt(n) cells with cycle walking (Black & Rogaway 2002, CT-RSA).
// Every value is a pure function of (key, n, i); each stratum [k/n, (k+1)/n) is hit exactly once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tcosim {

/// A keyed permutation of [0, n), evaluated at any place in constant time and space.
struct Permutation {
  static constexpr std::size_t kMostRounds = 24;
  std::uint64_t size = 0;
  std::uint32_t rows = 0, columns = 0;  ///< rows * columns >= size, by less than one row
  std::size_t rounds = 0;               ///< even
  std::array<std::uint32_t, kMostRounds> round_keys{};
};

/// n from 1 to 2^40; throws std::invalid_argument outside.
[[nodiscard]] Permutation make_permutation(std::uint64_t key, std::uint64_t n);

/// Where `index` (less than the size) goes.
[[nodiscard]] std::uint64_t permute(const Permutation& permutation, std::uint64_t index);

/// u[j] = (pi(i) + U_i) / n with i = first + j, within [2^-53, 1 - 2^-53]; first + u.size() <= n.
/// One key a dimension and replicate; the jitter U_i comes of the same key. About 7 ns a value
/// with baseline x86-64 vectors.
void fill_latin_hypercube(std::uint64_t key, std::uint64_t n, std::uint64_t first, std::span<double> u);

}  // namespace tcosim
