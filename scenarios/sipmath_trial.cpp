#include <cmath>

#include "distributions/catalogue.hpp"
#include "distributions/metalog.hpp"
#include "scenarios/sipmath.hpp"

namespace tcosim {

double sip_uniform(const SipLibrary& library, const SipVariable& variable, std::uint64_t trial) {
  if (!variable.copula) return hdr_uniform(variable.key, trial);
  const SipCopula& copula = library.copulas[*variable.copula];
  static const Distribution kNormal = make("normal", {0, 1});
  const std::size_t size = copula.keys.size();
  double z = 0;
  for (std::size_t j = 0; j <= variable.layer; ++j) {
    const double weight = copula.factor[variable.layer * size + j];
    if (weight != 0) z += weight * quantile(kNormal, hdr_uniform(copula.keys[j], trial));
  }
  return cdf(kNormal, z);
}

double sip_trial(const SipLibrary& library, const SipVariable& variable, std::uint64_t trial) {
  const double u = sip_uniform(library, variable, trial);
  const Distribution& d = variable.distribution;
  const double x =
      d.family->name == "metalog" ? metalog_quantile(metalog_coefficients(d), metalog_bounds(d), u) : quantile(d, u);
  return variable.rounded ? std::nearbyint(x) : x;
}

}  // namespace tcosim
