#include "sim/analysis/percentile.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cassert>
#include <cmath>

namespace tcosim {
namespace {

using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Binomial = boost::math::binomial_distribution<double, Policy>;

double normal_quantile_upper(double q) {
  return boost::math::quantile(boost::math::complement(boost::math::normal_distribution<double, Policy>(), q));
}

// P(B <= k) and P(B > k) of the binomial, also for k = -1.
double lower_tail(const Binomial& b, std::int64_t k) {
  return k < 0 ? 0 : cdf(b, static_cast<double>(k));
}
double upper_tail(const Binomial& b, std::int64_t k) {
  return k < 0 ? 1 : cdf(boost::math::complement(b, static_cast<double>(k)));
}

}  // namespace

std::uint64_t rank(Percentile percentile, std::uint64_t n) {
  assert(n > 0 && percentile.denominator > 0 && percentile.numerator >= 0);
  __extension__ using Wide = unsigned __int128;
  const auto numerator = static_cast<Wide>(percentile.numerator),
             denominator = static_cast<Wide>(percentile.denominator);
  const auto ceiling = static_cast<std::uint64_t>((numerator * n + denominator - 1) / denominator);
  return std::clamp<std::uint64_t>(ceiling, 1, n);
}

RankInterval confidence_ranks(Percentile percentile, std::uint64_t n, double alpha) {
  assert(n > 0 && alpha > 0 && alpha < 1);
  const double p = percentile.probability(), count = static_cast<double>(n);
  const auto last = static_cast<std::int64_t>(n);
  const Binomial binomial(count, p);
  const double reach = normal_quantile_upper(alpha / 2) * std::sqrt(count * p * (1 - p));

  // low: the greatest k with P(B <= k - 1) <= alpha / 2, a step or two from the normal approximation
  auto low = std::clamp(static_cast<std::int64_t>(count * p - reach), std::int64_t{0}, last);
  while (low > 0 && lower_tail(binomial, low - 1) > alpha / 2) --low;
  while (low < last && lower_tail(binomial, low) <= alpha / 2) ++low;

  // high: the least k with P(B > k - 1) <= alpha / 2
  auto high = std::clamp(static_cast<std::int64_t>(count * p + reach) + 1, std::int64_t{1}, last + 1);
  while (high <= last && upper_tail(binomial, high - 1) > alpha / 2) ++high;
  while (high > 1 && upper_tail(binomial, high - 2) <= alpha / 2) --high;

  RankInterval interval;
  if (low >= 1) interval.low = static_cast<std::uint64_t>(low);
  if (high <= last) interval.high = static_cast<std::uint64_t>(high);
  return interval;
}

double percentile_of(std::span<double> draws, Percentile percentile) {
  const auto place = draws.begin() + static_cast<std::ptrdiff_t>(rank(percentile, draws.size()) - 1);
  std::nth_element(draws.begin(), place, draws.end());
  return *place;
}

Estimate percentile_estimate(std::span<const double> sorted, Percentile percentile) {
  const RankInterval ranks = confidence_ranks(percentile, sorted.size());
  Estimate estimate{sorted[rank(percentile, sorted.size()) - 1]};
  if (ranks.low) estimate.low = sorted[*ranks.low - 1];
  if (ranks.high) estimate.high = sorted[*ranks.high - 1];
  return estimate;
}

double percentile_standard_error(double p, std::uint64_t n, double density) {
  return std::sqrt(p * (1 - p) / static_cast<double>(n)) / density;
}

std::uint64_t draws_needed(double p, double points, double alpha) {
  return draws_needed_for_value(p, 1, points / 100, alpha);
}

std::uint64_t draws_needed_for_value(double p, double density, double half_width, double alpha) {
  assert(density > 0 && half_width > 0);
  const double z = normal_quantile_upper(alpha / 2);
  return static_cast<std::uint64_t>(std::ceil(z * z * p * (1 - p) / std::pow(density * half_width, 2)));
}

SamplingInterval proportion_interval(std::uint64_t count, std::uint64_t n, double alpha) {
  assert(n > 0 && count <= n);
  return share_interval(static_cast<double>(count) / static_cast<double>(n), n, alpha);
}

SamplingInterval share_interval(double share, std::uint64_t n, double alpha) {
  assert(n > 0 && share >= 0 && share <= 1);
  const double z = normal_quantile_upper(alpha / 2), draws = static_cast<double>(n);
  const double centre = share + z * z / (2 * draws), scale = 1 + z * z / draws;
  const double reach = z * std::sqrt(share * (1 - share) / draws + z * z / (4 * draws * draws));
  // the ends are 0 and 1 exactly there, which rounding would miss
  return {share == 0 ? 0 : (centre - reach) / scale, share == 1 ? 1 : (centre + reach) / scale};
}

}  // namespace tcosim
