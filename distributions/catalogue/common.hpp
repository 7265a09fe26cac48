// What the families share: the accuracy policy, words for their errors, and the rows themselves.
// Boost.Math is asked for plain doubles without promotion and must never throw: a bad argument gives NaN
// or an infinity, which the checks of `bind` have already ruled out.
#pragma once

#include <boost/math/policies/policy.hpp>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "distributions/distribution.hpp"

namespace tcosim::families {

namespace policies = boost::math::policies;
using Policy = policies::policy<
    policies::promote_float<false>, policies::promote_double<false>, policies::domain_error<policies::ignore_error>,
    policies::pole_error<policies::ignore_error>, policies::overflow_error<policies::ignore_error>,
    policies::underflow_error<policies::ignore_error>, policies::denorm_error<policies::ignore_error>,
    policies::evaluation_error<policies::ignore_error>, policies::rounding_error<policies::ignore_error>,
    policies::indeterminate_result_error<policies::ignore_error>>;

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// The smallest uniform that the streams give is 2^-53; tails are cut below half of it.
inline constexpr double kLeastProbability = 0x1p-54;
/// Values beyond this overflow when squared.
inline constexpr double kHugest = 1e150;

using Bound = Expected<Distribution, ParameterError>;

/// The shortest decimal text that reads back as the number: 0.05, 20000, 1e+30.
[[nodiscard]] std::string text(double x);

[[nodiscard]] inline Unexpected<ParameterError> refuse(std::size_t parameter, std::string message) {
  return {ParameterError{parameter, std::move(message)}};
}

[[nodiscard]] inline double number(std::span<const Argument> arguments, std::size_t i) {
  return std::get<double>(arguments[i]);
}

/// The distribution that always gives `value`; what every family with degenerate parameters becomes.
[[nodiscard]] Distribution constant(double value);
[[nodiscard]] bool is_constant(const Distribution& d);

/// The support of whatever has no bounds, and of whatever is positive.
[[nodiscard]] inline Interval whole_line(const Distribution&) {
  return {-kInfinity, kInfinity};
}
[[nodiscard]] inline Interval above_zero(const Distribution&) {
  return {0, kInfinity};
}

/// The values with their probabilities, which need not be sorted, distinct or normalised; at least one
/// must be positive. One value makes a constant.
[[nodiscard]] Distribution discrete(std::vector<Atom> atoms);

/// Least whole number k >= `low` with `reached(k)`, by doubling steps from `start`; `reached` must be
/// monotone and hold in the end. The answer is exact up to 2^53, whatever the quality of the start.
template <class Predicate>
[[nodiscard]] double least_integer(double low, double start, Predicate reached) {
  double below = low - 1;
  double above = std::fmax(low, std::floor(start));
  double step = 1;
  if (reached(above)) {
    while (above - step > below && reached(above - step)) {
      above -= step;
      step *= 2;
    }
    below = std::fmax(below, above - step);
  } else {
    do {
      below = above;
      above += step;
      step *= 2;
    } while (!reached(above));
  }
  while (above - below > 1) {
    const double middle = std::floor(below + (above - below) / 2);
    if (!(middle > below && middle < above)) break;  // beyond 2^53 neighbouring doubles are further apart than 1
    (reached(middle) ? above : below) = middle;
  }
  return above;
}

/// Mean and variance of a continuous distribution by double-exponential quadrature of its quantile.
struct Moments {
  double mean = 0;
  double variance = 0;
};
[[nodiscard]] Moments moments_by_quantile(const Distribution& d);
/// The same of the values clamped to [low, high].
[[nodiscard]] Moments clipped_moments(const Distribution& d, double low, double high);
/// What the lowest (or highest) share `p` adds to the first and second moment about `centre`.
[[nodiscard]] Moments tail_moments(const Distribution& d, double p, bool upper, double centre);
[[nodiscard]] Moments moments(const std::vector<Atom>& atoms);

extern const Family kConstant, kUniform, kTriangular, kPert, kNormal, kLognormal, kBeta, kGamma, kExponential, kWeibull,
    kPoisson, kBinomial, kBernoulli, kDiscrete, kTruncate, kScale, kShift, kZeroInflated, kCompound, kTabulated,
    kTrigen, kDoubleTriangular, kBetaSubjective, kPiecewiseLinear, kCumulative, kHistogram, kEmpirical, kMetalog,
    kMixture, kCensor, kStudentT, kCauchy, kLogistic, kLoglogistic, kLaplace, kGumbel, kGev, kFrechet, kPareto, kLomax,
    kBurr, kDagum, kF, kInverseGaussian, kInverseGamma, kRayleigh, kChiSquared, kErlang, kKumaraswamy, kJohnsonSu,
    kJohnsonSb, kSkewNormal, kReciprocal, kGeometric, kNegativeBinomial, kHypergeometric, kUniformInt;

}  // namespace tcosim::families
