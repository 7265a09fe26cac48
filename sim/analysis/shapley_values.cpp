#include "sim/analysis/shapley_values.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <numeric>

#include "distributions/stream.hpp"

namespace tcosim {

std::vector<double> shapley_values(std::span<const double> worth, std::size_t players) {
  assert(players <= 20 && worth.size() == std::size_t{1} << players);
  // s! (m - 1 - s)! / m! for a set of s others, as 1 / (m C(m - 1, s))
  std::vector<double> weights(players);
  const auto m = static_cast<double>(players);
  double weight = 1 / m;
  for (std::size_t s = 0; s < players; ++s) {
    weights[s] = weight;
    if (s + 1 < players) weight *= static_cast<double>(s + 1) / (m - 1 - static_cast<double>(s));
  }
  std::vector<double> values(players, 0.0);
  for (std::size_t set = 0; set < worth.size(); ++set) {
    const auto size = static_cast<std::size_t>(std::popcount(set));
    for (std::size_t i = 0; i < players; ++i)
      if ((set >> i & 1) == 0) values[i] += weights[size] * (worth[set | std::size_t{1} << i] - worth[set]);
  }
  return values;
}

std::vector<std::vector<std::size_t>> antithetic_orders(std::size_t players, std::size_t pairs, std::uint64_t seed) {
  StreamEngine engine(make_stream(seed, "shapley/orders"));
  std::vector<std::vector<std::size_t>> orders;
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    std::vector<std::size_t> order(players);
    std::iota(order.begin(), order.end(), std::size_t{0});
    // Fisher and Yates; of 64 random bits the remainder favours no place by more than 1e-17
    for (std::size_t i = players; i > 1; --i) std::swap(order[i - 1], order[engine() % i]);
    orders.push_back(order);
    std::ranges::reverse(order);
    orders.push_back(std::move(order));
  }
  return orders;
}

SampledShapley sampled_shapley_values(
    std::span<const std::vector<std::size_t>> orders,
    const std::function<std::vector<double>(const std::vector<std::size_t>&)>& worth_along) {
  assert(!orders.empty() && orders.size() % 2 == 0);
  const std::size_t players = orders[0].size(), pairs = orders.size() / 2;
  std::vector<std::vector<double>> credits(pairs, std::vector<double>(players, 0.0));
  for (std::size_t o = 0; o < orders.size(); ++o) {
    const std::vector<double> worth = worth_along(orders[o]);
    for (std::size_t k = 0; k < players; ++k) credits[o / 2][orders[o][k]] += (worth[k + 1] - worth[k]) / 2;
  }
  SampledShapley result{std::vector<double>(players, 0.0), std::vector<double>(players, 0.0)};
  const auto n = static_cast<double>(pairs);
  for (std::size_t i = 0; i < players; ++i) {
    for (const std::vector<double>& pair : credits) result.values[i] += pair[i] / n;
    double squares = 0;
    for (const std::vector<double>& pair : credits)
      squares += (pair[i] - result.values[i]) * (pair[i] - result.values[i]);
    if (pairs > 1) result.standard_errors[i] = std::sqrt(squares / (n - 1) / n);
  }
  return result;
}

}  // namespace tcosim
