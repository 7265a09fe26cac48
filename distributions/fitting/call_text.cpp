#include "distributions/fitting/call_text.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <vector>

#include "distributions/catalogue.hpp"
#include "distributions/catalogue/common.hpp"
#include "distributions/fitting/goodness_of_fit.hpp"

namespace tcosim::fitting {
namespace {

constexpr double kLikelihoodLost = 1e-4;
constexpr int kFewestDigits = 4, kMostDigits = 17;

bool takes_numbers(const Signature& signature) {
  for (const Parameter& parameter : signature.parameters) {
    if (parameter.list || parameter.takes_distribution()) return false;
  }
  return signature.percentiles.least == 0;
}

std::optional<Distribution> made(const Signature& signature, const std::vector<double>& values) {
  const std::vector<Argument> arguments(values.begin(), values.end());
  auto bound = signature.bind(arguments);
  if (!bound) return std::nullopt;
  return std::move(bound).value();
}

/// The values of a signature's parameters: the canonical ones where they make the distribution again, else mean and
/// standard deviation.
std::optional<std::vector<double>> values_of(const Signature& signature, const Distribution& d) {
  if (!takes_numbers(signature)) return std::nullopt;
  std::vector<double> values;
  if (signature.parameters.size() <= d.parameters.size()) {
    values.assign(d.parameters.begin(),
                  d.parameters.begin() + static_cast<std::ptrdiff_t>(signature.parameters.size()));
    if (made(signature, values) == d) return values;
    values.clear();
  }
  for (const Parameter& parameter : signature.parameters) {
    if (parameter.name == "mean") {
      values.push_back(mean(d));
    } else if (parameter.name == "sd") {
      values.push_back(standard_deviation(d));
    } else {
      return std::nullopt;
    }
    if (!std::isfinite(values.back())) return std::nullopt;
  }
  const auto same = made(signature, values);
  return same && same->family == d.family ? std::optional(values) : std::nullopt;
}

double rounded(double x, int digits) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*g", digits, x);
  return std::strtod(text, nullptr);
}

std::string written(const Family& family, const Signature& signature, const std::vector<double>& values) {
  std::string call;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Parameter& parameter = signature.parameters[i];
    if (parameter.preset && *parameter.preset == values[i]) continue;
    call += (call.empty() ? "" : ", ") + std::string(parameter.name) + "=" + families::text(values[i]);
  }
  return std::string(family.name) + "(" + call + ")";
}

}  // namespace

std::string call_text(const Family& family, const Distribution& d, std::span<const double> data) {
  const double wanted = log_likelihood(d, data);
  for (const Signature& signature : family.signatures) {
    const auto exact = values_of(signature, d);
    if (!exact) continue;
    for (int digits = kFewestDigits; digits <= kMostDigits; ++digits) {
      std::vector<double> values = *exact;
      for (double& value : values) value = rounded(value, digits);
      const auto again = made(signature, values);
      const bool good = again && again->family == d.family && log_likelihood(*again, data) >= wanted - kLikelihoodLost;
      if (good || digits == kMostDigits) return written(family, signature, values);
    }
  }
  return "";
}

}  // namespace tcosim::fitting
