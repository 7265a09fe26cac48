#include <algorithm>
#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/catalogue/standard_beta.hpp"
#include "distributions/catalogue/three_points.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 4> kParameters{kThreePoints[0], kThreePoints[1], kThreePoints[2],
                                               Parameter{"lambda", Role::shape, "the weight of the mode", 4}};
/// The shapes are at most 1 + lambda.
constexpr double kGreatestWeight = 1e4;

std::optional<ParameterError> check_weight(double lambda, std::size_t parameter) {
  const std::string quoted = "the weight of the mode, " + text(lambda) + ",";
  if (lambda < 0) return ParameterError{parameter, quoted + " is negative"};
  if (lambda > kGreatestWeight) return ParameterError{parameter, quoted + " is above 10000: use normal"};
  return std::nullopt;
}

Bound bind(std::span<const Argument> a) {
  const double low = number(a, 0);
  const double mode = number(a, 1);
  const double high = number(a, 2);
  const double lambda = number(a, 3);
  if (auto error = check_order(low, mode, high)) return Unexpected<ParameterError>{*error};
  if (auto error = check_weight(lambda, 3)) return Unexpected<ParameterError>{*error};
  if (low == high) return constant(low);
  return Distribution{&kPert, {low, mode, high, lambda}, {}};
}

constexpr std::array<Parameter, 2> kModeWeight{kParameters[1], kParameters[3]};

Bound bind_percentiles(std::span<const Argument> a) {
  const double mode = number(a, 0);
  const double lambda = number(a, 1);
  const PercentilePoints points(a, 2);
  if (auto error = check_weight(lambda, 1)) return Unexpected<ParameterError>{*error};
  const bool one_point = points.x[0] == points.x[1];
  if (one_point && mode == points.x[0]) return constant(mode);
  const auto ends = one_point ? std::nullopt : ends_around_mode(mode, points, [lambda](double c, double p) {
    return standard_beta_quantile(1 + lambda * c, 1 + lambda * (1 - c), p, 1 - p).lower;
  });
  if (!ends) return no_such("pert with the most likely value " + text(mode), points, 0);
  return with_checked_percentiles(Distribution{&kPert, {ends->low, mode, ends->high, lambda}, {}}, points, 2);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {kModeWeight, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 6> kExamples{
    "pert(140, 200, 320)", "pert(10, 20, 60, lambda=2)", "pert(mode=200, P10=160, P90=270)", "pert(0, 0, 1)",
    "pert(5, 5, 5)",       "pert(0, 1e-9, 1e9)"};

struct Shape {
  double low, mode, high, lambda;
  explicit Shape(const Distribution& d)
      : low(d.parameters[0]), mode(d.parameters[1]), high(d.parameters[2]), lambda(d.parameters[3]) {}
  [[nodiscard]] double width() const { return high - low; }
  [[nodiscard]] FromEnds at(double x) const { return {(x - low) / width(), (high - x) / width()}; }
  [[nodiscard]] double alpha() const { return 1 + lambda * ((mode - low) / width()); }
  [[nodiscard]] double beta() const { return 1 + lambda * ((high - mode) / width()); }
  [[nodiscard]] double mean() const { return low + (width() + lambda * (mode - low)) / (lambda + 2); }
};

double cdf(const Distribution& d, double x) {
  const Shape s(d);
  return standard_beta_cdf(s.alpha(), s.beta(), s.at(x));
}

double survival(const Distribution& d, double x) {
  const Shape s(d);
  return standard_beta_cdf(s.beta(), s.alpha(), s.at(x).mirrored());
}

double quantile(const Distribution& d, double p) {
  const Shape s(d);
  return standard_beta_quantile(s.alpha(), s.beta(), p, 1 - p).between(s.low, s.high);
}

double quantile_upper(const Distribution& d, double q) {
  const Shape s(d);
  return standard_beta_quantile(s.alpha(), s.beta(), 1 - q, q).between(s.low, s.high);
}

double pdf(const Distribution& d, double x) {
  const Shape s(d);
  return standard_beta_pdf(s.alpha(), s.beta(), (x - s.low) / s.width()) / s.width();
}

double variance(const Distribution& d) {
  const Shape s(d);
  return (s.mean() - s.low) * (s.high - s.mean()) / (s.lambda + 3);
}

Standardised standardise(const Distribution& d) {
  const Shape s(d);
  return {{&kBeta, {s.alpha(), s.beta(), 0, 1}, {}}, s.low, s.width()};
}

}  // namespace

constinit const Family kPert{
    .name = "pert",
    .title = "three points, smooth",
    .purpose = "you know three points",
    .formula =
        "beta on [low, high] with alpha = 1 + lambda (mode - low) / (high - low), beta = 1 + lambda (high - "
        "mode) / (high - low)",
    .moments = "mean (low + lambda mode + high)/(lambda + 2); variance (mean - low)(high - mean)/(lambda + 3)",
    .source = "Malcolm, Roseboom, Clark, Fazar 1959; Vose, Risk Analysis, 3rd ed. 2008",
    .advice =
        "Least, most likely and greatest value, the usual choice for expert estimates. The mean is (low + lambda "
        "mode + high) / (lambda + 2); a smaller lambda trusts the mode less.",
    .signatures = kSignatures,
    .examples = kExamples,
    .states_mode = true,
    .cdf = cdf,
    .survival = survival,
    .quantile = quantile,
    .quantile_upper = quantile_upper,
    .pdf = pdf,
    .mean = [](const Distribution& d) { return Shape(d).mean(); },
    .variance = variance,
    .mode = [](const Distribution& d) { return Shape(d).mode; },
    .support =
        [](const Distribution& d) {
          return Interval{Shape(d).low, Shape(d).high};
        },
    .standardise = standardise,
    .fit = fitting::fit_pert,
    .fitted_parameters = 3,
};

}  // namespace tcosim::families
