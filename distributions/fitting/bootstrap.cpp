#include "distributions/fitting/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "distributions/stream.hpp"

namespace tcosim::fitting {
namespace {

/// D times this hardly depends on n (Stephens, JRSS B 32, 1970).
double scaled(double kolmogorov_smirnov, std::size_t count) {
  const double root = std::sqrt(static_cast<double>(count));
  return kolmogorov_smirnov * (root + 0.12 + 0.11 / root);
}

std::vector<double> drawn(const Distribution& d, std::size_t count, Stream stream) {
  std::vector<double> x(count);
  fill_uniforms(stream, 0, x);
  for (double& value : x) value = value <= 0.5 ? quantile(d, value) : quantile_upper(d, 1 - value);
  std::sort(x.begin(), x.end());
  return x;
}

/// The distances of one replicate from its own fit.
std::optional<Distances> replicate(const Family& family, const Distribution& d, std::size_t count, Stream stream) {
  const std::vector<double> x = drawn(d, count, stream);
  const auto again = family.fit(x);
  if (!again) return std::nullopt;
  return distances(*again, x);
}

std::optional<PValues> p_values(const Fitted& fitted, std::size_t count, std::size_t replicated,
                                std::span<const std::optional<Distances>> replicates) {
  std::size_t valid = 0, farther_ad = 0, farther_ks = 0;
  const double ks = scaled(fitted.distances.kolmogorov_smirnov, count);
  for (const auto& distances : replicates) {
    if (!distances) continue;
    ++valid;
    if (distances->anderson_darling >= fitted.distances.anderson_darling) ++farther_ad;
    if (scaled(distances->kolmogorov_smirnov, replicated) >= ks) ++farther_ks;
  }
  if (valid * 10 < replicates.size() * 9) return std::nullopt;
  const auto share = [&](std::size_t farther) {
    return static_cast<double>(farther + 1) / static_cast<double>(valid + 1);
  };
  return PValues{share(farther_ad), share(farther_ks)};
}

}  // namespace

std::vector<std::optional<PValues>> bootstrap_p_values(std::span<const Fitted> fitted, std::size_t count,
                                                       std::size_t replicates, std::uint64_t seed,
                                                       const ForEach& for_each) {
  const std::size_t replicated = std::min(count, kMostReplicated);
  std::vector<std::optional<Distances>> all(fitted.size() * replicates);
  const auto body = [&](std::size_t task) {
    const Fitted& each = fitted[task / replicates];
    const auto number = static_cast<std::uint32_t>(task % replicates);
    all[task] = replicate(*each.family, *each.distribution, replicated,
                          make_stream(seed, "fit/" + std::string(each.family->name), number));
  };
  if (for_each) {
    for_each(all.size(), body);
  } else {
    for (std::size_t task = 0; task < all.size(); ++task) body(task);
  }
  std::vector<std::optional<PValues>> out;
  for (std::size_t i = 0; i < fitted.size(); ++i) {
    out.push_back(p_values(fitted[i], count, replicated, std::span(all).subspan(i * replicates, replicates)));
  }
  return out;
}

}  // namespace tcosim::fitting
