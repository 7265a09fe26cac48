#include "sim/analysis/one_at_a_time.hpp"

#include <boost/math/distributions/normal.hpp>
#include <cassert>

namespace tcosim {

std::vector<OneAtATimeBar> one_at_a_time(std::span<const double> base, std::span<const double> low,
                                         std::span<const double> high, const TotalOfInputs& total) {
  assert(low.size() == base.size() && high.size() == base.size());
  std::vector<double> inputs(base.begin(), base.end());
  std::vector<OneAtATimeBar> bars;
  bars.reserve(base.size());
  for (std::size_t i = 0; i < base.size(); ++i) {
    OneAtATimeBar bar;
    inputs[i] = low[i];
    bar.at_low = total(inputs);
    inputs[i] = high[i];
    bar.at_high = total(inputs);
    inputs[i] = base[i];
    bars.push_back(bar);
  }
  return bars;
}

std::vector<OneAtATimeBar> one_at_a_time_together(std::span<const double> base, std::span<const double> correlations,
                                                  const QuantileOfInput& quantile, const TotalOfInputs& total,
                                                  double tail) {
  assert(correlations.size() == base.size() * base.size() && tail > 0 && tail < 0.5);
  const boost::math::normal normal;
  const double z = boost::math::quantile(boost::math::complement(normal, tail));
  const auto total_at = [&](std::size_t i, double moved) {
    std::vector<double> inputs(base.begin(), base.end());
    for (std::size_t j = 0; j < base.size(); ++j) {
      const double rho = j == i ? 1 : correlations[i * base.size() + j];
      if (rho != 0) inputs[j] = quantile(j, boost::math::cdf(normal, rho * moved));
    }
    return total(inputs);
  };
  std::vector<OneAtATimeBar> bars;
  bars.reserve(base.size());
  for (std::size_t i = 0; i < base.size(); ++i) bars.push_back({total_at(i, -z), total_at(i, z)});
  return bars;
}

}  // namespace tcosim
