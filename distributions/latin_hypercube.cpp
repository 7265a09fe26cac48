#include "distributions/latin_hypercube.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>

#include "distributions/stream.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kChunk = 256;
constexpr std::uint64_t kMost = std::uint64_t{1} << 40;

// Four rounds of pseudo-random functions make a pseudo-random permutation (Luby & Rackoff 1988), but of a large set
// only. Measured over keys: with 6 rounds the odds of the permutations of five spread by 30% (rms), with 24 no spread
// is seen; with 4 the pairs of places at n = 65,536 spread by 1%, with 6 none is seen from n = 4,096 on.
constexpr std::size_t rounds_for(std::uint64_t n) {
  if (n < 4096) return Permutation::kMostRounds;
  return n < (1u << 19) ? 6 : 4;
}

// `cell` moved on by a pseudo-random number that depends on `other`, modulo `limit` (below 2^21). The
// multiplications come from Wellons' lowbias32; 32-bit ones, since baseline x86-64 vectors have no 64-bit product.
// Wrapping by a mask of the sign, as they have no unsigned comparison either.
inline std::uint32_t moved(std::uint32_t cell, std::uint32_t other, std::uint32_t key, std::uint32_t limit) {
  std::uint32_t x = other + key;
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  const auto step = static_cast<std::uint32_t>((static_cast<std::uint64_t>(x) * limit) >> 32);
  const std::uint32_t sum = cell + step - limit;
  return sum + (limit & static_cast<std::uint32_t>(static_cast<std::int32_t>(sum) >> 31));
}

struct Cell {
  std::uint32_t row, column;
};

// One pass over the grid: alternate rounds move the row by a function of the column and back.
Cell shuffle(const Permutation& p, Cell c) {
  for (std::size_t round = 0; round < p.rounds; round += 2) {
    c.row = moved(c.row, c.column, p.round_keys[round], p.rows);
    c.column = moved(c.column, c.row, p.round_keys[round + 1], p.columns);
  }
  return c;
}

// The same for many cells, a round at a time, which compilers vectorise.
void shuffle_all(const Permutation& p, std::uint32_t* __restrict row, std::uint32_t* __restrict column) {
  for (std::size_t round = 0; round < p.rounds; round += 2) {
    const std::uint32_t row_key = p.round_keys[round], column_key = p.round_keys[round + 1];
    const std::uint32_t rows = p.rows, columns = p.columns;
    for (std::size_t j = 0; j < kChunk; ++j) row[j] = moved(row[j], column[j], row_key, rows);
    for (std::size_t j = 0; j < kChunk; ++j) column[j] = moved(column[j], row[j], column_key, columns);
  }
}

std::uint64_t index_of(const Permutation& p, Cell c) {
  return static_cast<std::uint64_t>(c.row) * p.columns + c.column;
}

std::uint64_t shuffle_index(const Permutation& p, std::uint64_t index) {
  return index_of(
      p, shuffle(p, {static_cast<std::uint32_t>(index / p.columns), static_cast<std::uint32_t>(index % p.columns)}));
}

std::uint64_t walk(const Permutation& p, std::uint64_t index) {
  while (index >= p.size) index = shuffle_index(p, index);
  return index;
}

// Uniform on the open interval: 32 hashed bits and 20 derived from them. A 64-bit hash takes 3 ns more a value.
inline double jitter(std::uint32_t index, std::uint32_t factor, std::uint32_t offset) {
  std::uint32_t x = index * factor + offset;
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  x ^= x >> 16;
  const std::uint32_t low = x * 0x9e3779b1u;
  return open_uniform((static_cast<std::uint64_t>(x) << 32) | low);
}

void fill_chunk(const Permutation& p, std::uint64_t jitter_key, std::uint64_t first, std::span<double> u) {
  // the cells of consecutive draws
  std::array<std::uint32_t, kChunk> row{}, column{};
  Cell next{static_cast<std::uint32_t>(first / p.columns), static_cast<std::uint32_t>(first % p.columns)};
  for (std::size_t j = 0; j < u.size();) {
    const std::size_t run = std::min<std::size_t>(p.columns - next.column, u.size() - j);
    for (std::size_t i = 0; i < run; ++i) {
      row[j + i] = next.row;
      column[j + i] = next.column + static_cast<std::uint32_t>(i);
    }
    j += run;
    next = {next.row + 1, 0};
  }

  // their strata; a grid has less than one row too many, so that few cells walk on
  shuffle_all(p, row.data(), column.data());
  const auto last_row = static_cast<std::uint32_t>((p.size - 1) / p.columns);
  std::array<double, kChunk> stratum;
  for (std::size_t j = 0; j < kChunk; ++j) {
    stratum[j] = static_cast<double>(static_cast<std::int32_t>(row[j])) * p.columns +
                 static_cast<double>(static_cast<std::int32_t>(column[j]));
  }
  for (std::size_t j = 0; j < u.size(); ++j) {
    if (row[j] < last_row) continue;
    stratum[j] = static_cast<double>(walk(p, index_of(p, {row[j], column[j]})));
  }

  // a place inside each stratum; at n near 2^40 the sum can round up to n
  const auto n = static_cast<double>(p.size);
  const std::uint64_t word = mix64(jitter_key + (first >> 32));
  const std::uint32_t factor = static_cast<std::uint32_t>(word) | 1u;
  const auto offset = static_cast<std::uint32_t>(word >> 32);
  for (std::size_t j = 0; j < u.size(); ++j) {
    const double within = jitter(static_cast<std::uint32_t>(first + j), factor, offset);
    u[j] = std::min(std::max((stratum[j] + within) / n, 0x1p-53), 1.0 - 0x1p-53);
  }
}

}  // namespace

Permutation make_permutation(std::uint64_t key, std::uint64_t n) {
  if (n == 0 || n > kMost) {
    throw std::invalid_argument("a latin hypercube needs 1 to 2^40 draws, got " + std::to_string(n));
  }
  Permutation p;
  p.size = n;
  p.rows = static_cast<std::uint32_t>(std::ceil(std::sqrt(static_cast<double>(n))));
  p.columns = static_cast<std::uint32_t>((n + p.rows - 1) / p.rows);
  p.rounds = rounds_for(n);
  for (std::size_t round = 0; round < p.rounds; ++round) {
    p.round_keys[round] = static_cast<std::uint32_t>(mix64(mix64(key) + (round + 1) * 0x9e3779b97f4a7c15u) >> 32);
  }
  return p;
}

std::uint64_t permute(const Permutation& permutation, std::uint64_t index) {
  assert(index < permutation.size);
  return walk(permutation, shuffle_index(permutation, index));
}

void fill_latin_hypercube(std::uint64_t key, std::uint64_t n, std::uint64_t first, std::span<double> u) {
  assert(first <= n && u.size() <= n - first);
  const Permutation permutation = make_permutation(key, n);
  const std::uint64_t jitter_key = mix64(key ^ 0x6a09e667f3bcc908u);
  for (std::size_t done = 0; done < u.size();) {
    // chunks end at multiples of kChunk, so that none straddles a change of the index's upper half
    const std::size_t count = std::min<std::size_t>(kChunk - (first + done) % kChunk, u.size() - done);
    fill_chunk(permutation, jitter_key, first + done, u.subspan(done, count));
    done += count;
  }
}

}  // namespace tcosim
