#include <array>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 1> kParameters{{{"df", Role::shape, "the degrees of freedom"}}};

Bound bind(std::span<const Argument> a) {
  const std::string quoted = "the degrees of freedom, " + text(number(a, 0)) + ",";
  if (!(number(a, 0) > 0)) return refuse(0, quoted + " are not above 0");
  if (number(a, 0) < 0.002) return refuse(0, quoted + " are below 0.002");
  if (number(a, 0) > 2e7) return refuse(0, quoted + " are above 2e7: use normal");
  return Distribution{&kGamma, {number(a, 0) / 2, 2}, {}};
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 3> kExamples{"chi_squared(4)", "chi_squared(0.5)", "chi_squared(1e7)"};

}  // namespace

constinit const Family kChiSquared{
    .name = "chi_squared",
    .title = "a sum of squared standard normals",
    .purpose = "a test or an estimate has it",
    .formula = "f(x) = x^(df/2-1) exp(-x/2) / (2^(df/2) Gamma(df/2)): a gamma of shape df/2 and scale 2",
    .moments = "mean df; variance 2 df",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 18",
    .advice =
        "For the spread of a sample variance: df times it over the true one. The mean is df, the variance 2 df. For "
        "costs take gamma, which has a scale.",
    .signatures = kSignatures,
    .examples = kExamples,
};

}  // namespace tcosim::families
