#include "sim/inspect.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/analysis/rank_correlation.hpp"
#include "sim/draw_columns.hpp"
#include "sim/program.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kMostDraws = 100'000, kLeastDraws = 2'000, kMostKept = 10'000'000;
constexpr std::size_t kShapeBins = 16;

/// Bin heights over P0.5 to P99.5 of sorted draws, the highest 1.
std::vector<double> shape(const std::vector<double>& sorted) {
  const double low = sorted[rank({5, 1000}, sorted.size()) - 1], high = sorted[rank({995, 1000}, sorted.size()) - 1];
  std::vector<double> heights(kShapeBins);
  if (!(high > low)) return {};
  for (const double x : sorted) {
    const double place = (x - low) / (high - low) * static_cast<double>(kShapeBins);
    if (place >= 0 && x <= high) heights[std::min(kShapeBins - 1, static_cast<std::size_t>(place))] += 1;
  }
  const double highest = *std::ranges::max_element(heights);
  for (double& height : heights) height /= highest;
  return heights;
}

void describe(std::vector<double> draws, InputSummary& summary) {
  const auto n = static_cast<double>(draws.size());
  summary.mean = std::accumulate(draws.begin(), draws.end(), 0.0) / n;
  double squares = 0;
  for (const double x : draws) squares += (x - summary.mean) * (x - summary.mean);
  summary.sd = std::sqrt(squares / (n - 1));
  std::ranges::sort(draws);
  const auto draw = [&](Percentile p) { return draws[rank(p, draws.size()) - 1]; };
  summary.p10 = draw({10});
  summary.p50 = draw({50});
  summary.p90 = draw({90});
  summary.shape = shape(draws);
}

/// In units of its sd from its mean.
std::vector<double> standardised(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double sd = squares > 0 ? std::sqrt(squares / n) : 1;
  std::vector<double> result;
  result.reserve(values.size());
  for (const double value : values) result.push_back((value - mean) / sd);
  return result;
}

/// Of two columns in standard units.
double pearson(std::span<const double> a, std::span<const double> b) {
  const auto n = static_cast<double>(a.size());
  return std::clamp(std::inner_product(a.begin(), a.end(), b.begin(), 0.0) / n, -1.0, 1.0);
}

/// The half-width of its interval, by its influence function: that of one draw is a b - r (a^2 + b^2) / 2.
double pearson_reach(std::span<const double> a, std::span<const double> b, double r) {
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double influence = a[i] * b[i] - r * (a[i] * a[i] + b[i] * b[i]) / 2;
    squares += influence * influence;
  }
  return kTwoSided95 * std::sqrt(squares) / static_cast<double>(a.size());
}

/// The standard scores, of values or of their ranks, of every input and risk that a correlation names; each is made
/// once, since a matrix of 250 names 31,000 pairs.
class CorrelatedScores {
 public:
  /// `columns` has the draws of each input.
  CorrelatedScores(const Scenario& scenario, const UniformSource& uniforms, std::span<const Sampler> samplers,
                   std::span<const std::vector<double>> columns)
      : scenario_(scenario), uniforms_(uniforms), samplers_(samplers), columns_(columns) {}

  const std::vector<double>& of(const std::string& name, std::uint32_t variable, bool pearson) {
    std::vector<double>& known = scores_[{name, pearson}];
    if (!known.empty()) return known;
    const auto input = std::ranges::find(scenario_.inputs, name, &Input::name);
    const std::vector<double> values = input == scenario_.inputs.end()
                                           ? risk(variable)
                                           : columns_[static_cast<std::size_t>(input - scenario_.inputs.begin())];
    known = standardised(pearson ? values : mid_ranks(values));
    return known;
  }

 private:
  [[nodiscard]] std::vector<double> risk(std::uint32_t variable) const {
    std::vector<double> u(Sampler::kMostDraws), out(columns_[0].size());
    for (std::size_t first = 0; first < out.size(); first += u.size()) {
      const std::size_t count = std::min(u.size(), out.size() - first);
      uniforms_.fill(variable, first, {u.data(), count});
      samplers_[variable].quantiles({u.data(), count}, std::span(out).subspan(first, count));
    }
    return out;
  }

  const Scenario& scenario_;
  const UniformSource& uniforms_;
  std::span<const Sampler> samplers_;
  std::span<const std::vector<double>> columns_;
  std::map<std::pair<std::string, bool>, std::vector<double>> scores_;
};

CorrelationSummary summarise(const RequestedCorrelation& pair, const Scenario& scenario, CorrelatedScores& scores) {
  CorrelationSummary summary{pair.first, pair.second, pair.pearson ? "pearson" : "rank", "", pair.value, 0, 0, 0};
  for (const CorrelationGroup& group : scenario.correlation_groups)
    if (std::ranges::find(group.variables, pair.first_variable) != group.variables.end())
      summary.copula = group.copula_text;
  const std::vector<double>& a = scores.of(pair.first, pair.first_variable, pair.pearson);
  const std::vector<double>& b = scores.of(pair.second, pair.second_variable, pair.pearson);
  summary.achieved = pearson(a, b);
  if (pair.pearson) {
    const double reach = pearson_reach(a, b, summary.achieved);
    summary.low = std::max(-1.0, summary.achieved - reach);
    summary.high = std::min(1.0, summary.achieved + reach);
  } else {
    const Interval interval = rank_correlation_interval(summary.achieved, a.size());
    summary.low = interval.low;
    summary.high = interval.high;
  }
  return summary;
}

InputSummary summarise(const Input& input, double base, std::vector<double> draws) {
  InputSummary summary{input.name, input.annotation.label, input.text, input.unit, false, base, 0, 0, 0, 0, 0, {}};
  // Equal draws are certain, whatever rounding makes of their mean.
  const auto [least, most] = std::ranges::minmax_element(draws);
  summary.uncertain = *least < *most;
  if (summary.uncertain) {
    describe(std::move(draws), summary);
  } else {
    summary.mean = summary.p10 = summary.p50 = summary.p90 = *least;
  }
  return summary;
}

}  // namespace

std::uint64_t inspected_draws(const Scenario& scenario) {
  const std::uint64_t inputs = std::max<std::uint64_t>(1, scenario.inputs.size());
  return std::clamp(kMostKept / inputs, kLeastDraws, kMostDraws);
}

Expected<Inspection, RunError> inspect(const Scenario& scenario, std::uint64_t seed) {
  const std::uint64_t draws = inspected_draws(scenario);
  const auto uniforms = UniformSource::for_scenario(Sampling::monte_carlo, seed, draws, scenario);
  if (!uniforms) return Unexpected{RunError{uniforms.error()}};

  // every input's column
  Program::Wanted wanted{false, std::vector<std::uint32_t>(scenario.inputs.size())};
  std::iota(wanted.inputs.begin(), wanted.inputs.end(), 0U);
  const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
  const Program program(scenario, samplers, wanted);
  std::vector<std::vector<double>> columns = draw_registers(program, *uniforms, program.targets().inputs, draws);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!std::ranges::all_of(columns[i], [](double x) { return std::isfinite(x); }))
      return Unexpected{RunError{"the input '" + scenario.inputs[i].name + "' is not a finite number in some draws"}};
  }

  Inspection inspection;
  CorrelatedScores scores(scenario, *uniforms, samplers, columns);
  for (const RequestedCorrelation& pair : scenario.requested_correlations)
    inspection.correlations.push_back(summarise(pair, scenario, scores));
  const BaseEstimate base = base_estimate(scenario, scenario.contingency.base);
  for (std::size_t i = 0; i < columns.size(); ++i)
    inspection.inputs.push_back(summarise(scenario.inputs[i], base.inputs[i], std::move(columns[i])));
  return inspection;
}

}  // namespace tcosim
