#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/percentiles.hpp"

namespace tcosim::families {
namespace {

constexpr Parameter kStages{"stages", Role::count, "the number of stages"};
constexpr std::array<Parameter, 2> kStagesScale{kStages, Parameter{"scale", Role::scale, "the mean of one stage"}};
constexpr std::array<Parameter, 2> kStagesMean{kStages, Parameter{"mean", Role::location, "the mean of all stages"}};
constexpr std::array<Parameter, 1> kStagesOnly{kStages};

std::optional<ParameterError> check_stages(double stages) {
  const std::string quoted = "the number of stages, " + text(stages) + ",";
  if (!(stages >= 1)) return ParameterError{0, quoted + " is below 1"};
  if (stages != std::floor(stages)) return ParameterError{0, quoted + " is not a whole number: use gamma"};
  if (stages > 1e7) return ParameterError{0, quoted + " is above 1e7: use normal"};
  return std::nullopt;
}

Distribution erlang(double stages, double scale) {
  return scale > 0 ? Distribution{&kGamma, {stages, scale}, {}} : constant(0);
}

Bound bind_scale(std::span<const Argument> a) {
  if (auto error = check_stages(number(a, 0))) return Unexpected<ParameterError>{*error};
  if (number(a, 1) < 0) return refuse(1, "the scale, " + text(number(a, 1)) + ", is negative");
  return erlang(number(a, 0), number(a, 1));
}

Bound bind_mean(std::span<const Argument> a) {
  if (auto error = check_stages(number(a, 0))) return Unexpected<ParameterError>{*error};
  if (number(a, 1) < 0) return refuse(1, "the mean, " + text(number(a, 1)) + ", is negative");
  return erlang(number(a, 0), number(a, 1) / number(a, 0));
}

Bound bind_percentile(std::span<const Argument> a) {
  const PercentilePoints point(a, 1);
  const double stages = number(a, 0);
  if (auto error = check_stages(stages)) return Unexpected<ParameterError>{*error};
  if (point.x[0] < 0) {
    return refuse(1, "the " + percentile_name(point.p[0]) + ", " + text(point.x[0]) + ", is negative");
  }
  return with_checked_percentiles(erlang(stages, point.x[0] / quantile(erlang(stages, 1), point.p[0])), point, 1);
}

constexpr std::array<Signature, 3> kSignatures{
    {{kStagesScale, bind_scale}, {kStagesMean, bind_mean}, {kStagesOnly, bind_percentile, kOnePercentile}}};
constexpr std::array<std::string_view, 5> kExamples{"erlang(3, 20)", "erlang(stages=3, mean=60)",
                                                    "erlang(stages=3, P90=110)", "erlang(4, 0)", "erlang(1e5, 1e-9)"};

}  // namespace

constinit const Family kErlang{
    .name = "erlang",
    .title = "the time that several stages take one after the other",
    .purpose = "you know a rate or a life",
    .formula = "f(x) = x^(stages-1) exp(-x/scale) / ((stages-1)! scale^stages): a gamma whose shape is whole",
    .moments = "mean stages scale; variance stages scale^2",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 17",
    .advice =
        "For the time of a process of equal stages, each with an exponential time of its own; the wait for the n-th "
        "chance event. One stage is exponential.",
    .signatures = kSignatures,
    .examples = kExamples,
};

}  // namespace tcosim::families
