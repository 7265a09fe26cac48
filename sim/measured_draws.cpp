#include "sim/measured_draws.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/analysis/contingency.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/analysis/replicates.hpp"
#include "sim/draw_columns.hpp"
#include "sim/order_statistics.hpp"
#include "sim/program.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {
namespace {

std::vector<double> draw_quantity(const Scenario& scenario, std::span<const Sampler> samplers,
                                  std::optional<std::uint32_t> output, const UniformSource& uniforms, int threads) {
  Program::Wanted wanted{false};
  if (output) {
    wanted.outputs = {*output};
  } else {
    wanted.sums = {leaves(scenario)};
  }
  const Program program(scenario, samplers, wanted);
  const Register from = output ? program.targets().outputs[0] : program.targets().sums[0];
  return std::move(draw_registers(program, uniforms, {&from, 1}, uniforms.draws(), threads)[0]);
}

void describe_mean(const std::vector<double>& y, int replicates, Distributed& quantity) {
  const auto n = static_cast<double>(y.size());
  const double centre = y.front();
  double sum = 0, squares = 0;
  for (const double value : y) {
    sum += value - centre;
    squares += (value - centre) * (value - centre);
  }
  quantity.mean = centre + sum / n;
  quantity.sd = std::sqrt(std::max(0.0, squares - sum * sum / n) / std::max(1.0, n - 1));
  quantity.mean_standard_error = replicates > 1 ? replicate_mean_error(y, replicates) : quantity.sd / std::sqrt(n);
}

/// Leaves `y` in another order.
PercentileValue percentile_value(const Percentile& percentile, std::vector<double>& y, int replicates) {
  PercentileValue result{name(percentile), percentile.probability(), 0, {}};
  std::optional<double> reach;
  if (replicates > 1) reach = replicate_half_widths(y, replicates, std::span(&percentile, 1))[0];
  const std::size_t place = rank(percentile, y.size()) - 1;
  const RankInterval ranks = replicates > 1 ? RankInterval{} : confidence_ranks(percentile, y.size());
  std::vector<std::size_t> places{place};
  if (ranks.low) places.push_back(*ranks.low - 1);
  if (ranks.high) places.push_back(*ranks.high - 1);
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  select_places(y, places);
  result.value = y[place];
  if (reach) result.interval = {result.value - *reach, result.value + *reach};
  if (ranks.low) result.interval.low = y[*ranks.low - 1];
  if (ranks.high) result.interval.high = y[*ranks.high - 1];
  return result;
}

}  // namespace

Expected<Measurement, RunError> measure_draws(const Scenario& scenario, std::span<const Sampler> samplers,
                                              const ResultCondition& condition, const RunOptions& options) {
  const auto no_value = [&] {
    return Unexpected{RunError{condition.quantity + " has no value: the base estimate is not positive"}};
  };
  Result result;
  const double base = base_estimate(scenario, scenario.contingency.base).total;
  result.base.value = base;
  if (condition.quantity == "base") return Measurement{base, {base, base}};
  if (condition.quantity == "contingency" && condition.percent && !(base > 0)) return no_value();

  const auto uniforms = UniformSource::for_scenario(options.sampling, options.seed, options.draws, scenario);
  if (!uniforms) return Unexpected{RunError{uniforms.error()}};
  const auto output = measured_output(condition, scenario);
  std::vector<double> y = draw_quantity(scenario, samplers, output, *uniforms, options.threads);
  const int replicates = uniforms->replicates();
  result.run.draws = y.size();
  if (!std::ranges::all_of(y, [](double value) { return std::isfinite(value); })) {
    const std::string what = output ? "the output '" + condition.quantity + "'" : "the total";
    return Unexpected{RunError{what + " is not a finite number in some draws"}};
  }

  // The part of a result that is asked for
  if (condition.quantity == "confidence") {
    const double limit = base + 1e-12 * std::abs(base);  // as a run does: the order of sums must not matter
    const auto under = std::ranges::count_if(y, [&](double value) { return value <= limit; });
    result.base.confidence = static_cast<double>(under) / static_cast<double>(y.size());
    if (replicates > 1) {
      const double share = result.base.confidence, reach = replicate_share_half_width(y, replicates, limit);
      return Measurement{share, {std::max(0.0, share - reach), std::min(1.0, share + reach)}};
    }
  } else if (condition.quantity == "contingency") {
    result.headline = name(scenario.contingency.headline);
    result.contingency = {contingency_row(percentile_value(scenario.contingency.headline, y, replicates), base)};
    result.contingency[0].target = result.headline;
  } else if (output) {
    result.outputs.emplace_back();
    result.outputs[0].name = condition.quantity;
    describe_mean(y, replicates, result.outputs[0]);
  } else if (condition.quantity == "mean") {
    describe_mean(y, replicates, result.total);
  } else if (const auto percentile = parse_percentile(condition.quantity)) {
    result.total.percentiles = {percentile_value(*percentile, y, replicates)};
  }
  const auto value = measured(condition, result);
  if (!value) return no_value();
  if (replicates > 1 && (output || condition.quantity == "mean")) {
    const double reach = replicate_mean_half_width(y, replicates);
    return Measurement{*value, {*value - reach, *value + reach}};
  }
  return Measurement{*value, measured_interval(condition, result)};
}

}  // namespace tcosim
