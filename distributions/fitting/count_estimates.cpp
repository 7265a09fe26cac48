#include <algorithm>
#include <cmath>

#include "distributions/catalogue/common.hpp"
#include "distributions/fitting/estimates.hpp"
#include "distributions/fitting/likelihood.hpp"
#include "distributions/fitting/summary.hpp"

namespace tcosim::fitting {

using namespace families;

namespace {

bool whole(Data data) {
  return data.front() >= 0 && std::all_of(data.begin(), data.end(), [](double x) { return x == std::floor(x); });
}

}  // namespace

Estimate fit_poisson(Data data) {
  if (!whole(data)) return std::nullopt;
  return with_parameters(kPoisson, {{"mean", mean_of(data)}});
}

Estimate fit_geometric(Data data) {
  if (!whole(data)) return std::nullopt;
  return with_parameters(kGeometric, {{"probability", 1 / (1 + mean_of(data))}});
}

/// The mean is the data's; the likelihood of the number of successes alone has one peak (Levin and Reeds, Ann. Stat. 5,
/// 1977).
Estimate fit_negative_binomial(Data data) {
  if (!whole(data)) return std::nullopt;
  const double mean = mean_of(data);
  if (!(central_moment(data, mean, 2) > mean)) return std::nullopt;
  const auto n = static_cast<double>(data.size());
  const auto profile = [&](double t) {
    const double r = std::exp(t);
    double sum = n * (r * std::log(r / (r + mean)) + mean * std::log(mean / (r + mean)));
    for (std::size_t i = 0; i < data.size();) {
      std::size_t same = i + 1;
      while (same < data.size() && data[same] == data[i]) ++same;
      sum += static_cast<double>(same - i) * (std::lgamma(data[i] + r) - std::lgamma(r));
      i = same;
    }
    return sum;
  };
  const auto t = peak(-9, 12, profile);
  if (!t) return std::nullopt;
  const double successes = std::exp(*t);
  return with_parameters(kNegativeBinomial,
                         {{"successes", successes}, {"probability", successes / (successes + mean)}});
}

}  // namespace tcosim::fitting
