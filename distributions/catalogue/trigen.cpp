#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/percentiles.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 1> kMode{{{"mode", Role::location, "the most likely value"}}};
constexpr std::array<Parameter, 5> kParameters{
    {{"bottom", Role::location, "a low value, rarely undercut"},
     kMode[0],
     {"top", Role::location, "a high value, rarely exceeded"},
     {"p_bottom", Role::probability, "the probability of less than bottom", 0.1},
     {"p_top", Role::probability, "the probability of less than top", 0.9}}};

std::optional<ParameterError> check_probability(std::size_t parameter, double p) {
  if (p >= 0 && p <= 1) return std::nullopt;
  return ParameterError{parameter, "the probability, " + text(p) + ", is not within 0 to 1"};
}

Bound bind(std::span<const Argument> a) {
  const std::array<double, 2> x{number(a, 0), number(a, 2)};
  const std::array<double, 2> p{number(a, 3), number(a, 4)};
  const double mode = number(a, 1);
  if (x[0] > mode) {
    return refuse(0, "the low value, " + text(x[0]) + ", is above the most likely, " + text(mode));
  }
  if (mode > x[1]) {
    return refuse(1, "the most likely value, " + text(mode) + ", is above the high one, " + text(x[1]));
  }
  for (std::size_t k = 0; k < 2; ++k) {
    if (auto error = check_probability(3 + k, p[k])) return Unexpected<ParameterError>{*error};
  }
  if (!(p[0] < p[1])) {
    return refuse(
        3, "the probability of the low value, " + text(p[0]) + ", is not below that of the high one, " + text(p[1]));
  }
  return triangular_through(mode, {p, x}, 1, 0);
}

Bound bind_percentiles(std::span<const Argument> a) {
  return triangular_through(number(a, 0), {a, 1}, 0, 1);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {kMode, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"trigen(mode=20, P10=12, P90=40)", "trigen(12, 20, 40)",
                                                    "trigen(12, 20, 40, 5%, 95%)", "trigen(7, 7, 7)",
                                                    "trigen(0, 1e-9, 1e9)"};

}  // namespace

constinit const Family kTrigen{
    .name = "trigen",
    .title = "a triangle by its mode and two percentiles",
    .purpose = "you know three points",
    .formula =
        "the triangular on [a, b] with (P10 - a)^2 = 0.1 (b - a)(mode - a) and (b - P90)^2 = 0.1 (b - a)(b - mode), "
        "and so for other percentiles",
    .moments = "those of the solved triangular",
    .source = "Vose, Risk Analysis, 3rd ed. 2008; the ends solved from the triangular's quantiles",
    .advice =
        "For experts who name a low and a high value that are not the extremes: people rarely know those. The "
        "ends lie beyond both; look at them, a range that reaches below zero may not make sense.",
    .signatures = kSignatures,
    .examples = kExamples,
    .states_mode = true,
};

}  // namespace tcosim::families
