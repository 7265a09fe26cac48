#include <array>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 1> kParameters{{{"value", Role::location, "the value"}}};

Bound bind(std::span<const Argument> a) {
  return constant(number(a, 0));
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 3> kExamples{"constant(25)", "constant(0)", "constant(-3e12)"};

double value(const Distribution& d) {
  return d.parameters[0];
}

}  // namespace

Distribution constant(double value) {
  return {&kConstant, {value}, {}};
}
bool is_constant(const Distribution& d) {
  return d.family == &kConstant;
}

constinit const Family kConstant{
    .name = "constant",
    .title = "one certain value",
    .purpose = "you know it exactly",
    .formula = "P(X = value) = 1",
    .moments = "mean value; variance 0",
    .source = "",
    .advice =
        "For a quantity that is settled; a plain number does the same. Other distributions become this one when "
        "their parameters leave no spread.",
    .signatures = kSignatures,
    .examples = kExamples,
    .kind = Kind::discrete,
    .states_mode = true,
    .cdf = [](const Distribution& d, double x) { return x >= value(d) ? 1.0 : 0.0; },
    .survival = [](const Distribution& d, double x) { return x >= value(d) ? 0.0 : 1.0; },
    .quantile = [](const Distribution& d, double) { return value(d); },
    .quantile_upper = [](const Distribution& d, double) { return value(d); },
    .pdf = [](const Distribution& d, double x) { return x == value(d) ? 1.0 : 0.0; },
    .mean = value,
    .variance = [](const Distribution&) { return 0.0; },
    .mode = value,
    .support =
        [](const Distribution& d) {
          return Interval{value(d), value(d)};
        },
    .atoms =
        [](const Distribution& d) {
          return std::vector<Atom>{{value(d), 1}};
        },
};

}  // namespace tcosim::families
