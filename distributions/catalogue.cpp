#include "distributions/catalogue.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "distributions/catalogue/common.hpp"

namespace tcosim {
namespace {

using namespace families;

// clang-format off: one purpose a line, in the order that users see
constexpr auto kCatalogue = std::to_array<const Family*>({
    &kTriangular,
    &kPert,
    &kTrigen,
    &kDoubleTriangular,
    &kBetaSubjective,
    &kMetalog,
    &kCumulative,
    &kUniform,
    &kBeta,
    &kKumaraswamy,
    &kJohnsonSb,
    &kReciprocal,
    &kUniformInt,
    &kNormal,
    &kLognormal,
    &kGamma,
    &kInverseGaussian,
    &kInverseGamma,
    &kLogistic,
    &kLaplace,
    &kSkewNormal,
    &kJohnsonSu,
    &kExponential,
    &kWeibull,
    &kErlang,
    &kRayleigh,
    &kPareto,
    &kLomax,
    &kLoglogistic,
    &kBurr,
    &kDagum,
    &kFrechet,
    &kGumbel,
    &kGev,
    &kCauchy,
    &kEmpirical,
    &kHistogram,
    &kPiecewiseLinear,
    &kPoisson,
    &kBinomial,
    &kGeometric,
    &kNegativeBinomial,
    &kHypergeometric,
    &kBernoulli,
    &kZeroInflated,
    &kCompound,
    &kDiscrete,
    &kMixture,
    &kConstant,
    &kTruncate,
    &kCensor,
    &kScale,
    &kShift,
    &kStudentT,
    &kChiSquared,
    &kF,
});
// clang-format on

}  // namespace

std::span<const Family* const> catalogue() {
  return kCatalogue;
}

const Family* find_family(std::string_view name) {
  const auto found =
      std::find_if(kCatalogue.begin(), kCatalogue.end(), [&](const Family* family) { return family->name == name; });
  return found == kCatalogue.end() ? nullptr : *found;
}

Distribution make(std::string_view family, std::vector<Argument> arguments) {
  const Family* row = find_family(family);
  if (row == nullptr) throw std::invalid_argument("there is no distribution " + std::string(family));
  std::vector<NamedArgument> named;
  named.reserve(arguments.size());
  for (Argument& argument : arguments) named.push_back({{}, std::move(argument)});
  auto bound = bind(*row, named);
  if (!bound) throw std::invalid_argument(std::string(family) + ": " + bound.error().message);
  return std::move(bound).value();
}

Distribution make(std::string_view family, std::initializer_list<double> numbers) {
  return make(family, std::vector<Argument>(numbers.begin(), numbers.end()));
}

Expected<Distribution, BindError> interval_90(double low, double high) {
  if (!std::isfinite(low)) return Unexpected<BindError>{{0, "the low end is not a finite number", {}}};
  if (!std::isfinite(high)) return Unexpected<BindError>{{1, "the high end is not a finite number", {}}};
  if (low > high)
    return Unexpected<BindError>{{1, "the low end, " + text(low) + ", is above the high end, " + text(high), {}}};
  // The 95% point of the standard normal.
  constexpr double z = 1.6448536269514722;
  const auto between = [](double a, double b) { return std::pair{a + (b - a) / 2, (b - a) / (2 * z)}; };
  const bool positive = low > 0;
  const auto [centre, spread] = positive ? between(std::log(low), std::log(high)) : between(low, high);
  const std::vector<NamedArgument> arguments{{positive ? "mu" : "mean", centre}, {positive ? "sigma" : "sd", spread}};
  if (low == high) return constant(low);
  return tcosim::bind(positive ? kLognormal : kNormal, arguments);
}

}  // namespace tcosim
