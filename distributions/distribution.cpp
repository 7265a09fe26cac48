#include "distributions/distribution.hpp"

#include <cmath>

namespace tcosim {

double cdf(const Distribution& d, double x) {
  if (std::isinf(x)) return x > 0 ? 1 : 0;
  return d.family->cdf(d, x);
}

double survival(const Distribution& d, double x) {
  if (std::isinf(x)) return x > 0 ? 0 : 1;
  return d.family->survival(d, x);
}

double quantile(const Distribution& d, double p) {
  if (!(p > 0)) return support(d).low;
  if (!(p < 1)) return support(d).high;
  return d.family->quantile(d, p);
}

double quantile_upper(const Distribution& d, double q) {
  if (!(q > 0)) return support(d).high;
  if (!(q < 1)) return support(d).low;
  return d.family->quantile_upper(d, q);
}

double pdf(const Distribution& d, double x) {
  return d.family->pdf(d, x);
}

double mean(const Distribution& d) {
  return d.family->mean(d);
}

double variance(const Distribution& d) {
  return d.family->variance(d);
}

double standard_deviation(const Distribution& d) {
  return std::sqrt(variance(d));
}

double mode(const Distribution& d) {
  return d.family->mode(d);
}

double median(const Distribution& d) {
  return quantile(d, 0.5);
}

Interval support(const Distribution& d) {
  return d.family->support(d);
}

std::vector<double> kinks(const Distribution& d) {
  return d.family->kinks != nullptr ? d.family->kinks(d) : std::vector<double>();
}

bool states_mode(const Distribution& d) {
  return d.family->states_mode;
}

}  // namespace tcosim
