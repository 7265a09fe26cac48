#include "sim/inspect.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/analysis/rank_correlation.hpp"
#include "sim/draw_columns.hpp"
#include "sim/order_statistics.hpp"
#include "sim/parallel.hpp"
#include "sim/program.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kMostDraws = 100'000, kLeastDraws = 2'000, kMostKept = 10'000'000;
constexpr std::size_t kShapeBins = 16;

/// Bin heights over [low, high], the highest 1.
std::vector<double> shape(std::span<const double> draws, double low, double high) {
  if (!(high > low)) return {};
  std::vector<double> heights(kShapeBins);
  for (const double x : draws) {
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

  // percentiles, by partition: a sort takes five times as long
  const auto place = [&](Percentile p) { return static_cast<std::size_t>(rank(p, draws.size()) - 1); };
  const std::array<std::size_t, 5> places{place({5, 1000}), place({10}), place({50}), place({90}), place({995, 1000})};
  std::vector<std::size_t> distinct(places.begin(), places.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  select_places(draws, distinct);
  summary.shape_low = draws[places[0]];
  summary.p10 = draws[places[1]];
  summary.p50 = draws[places[2]];
  summary.p90 = draws[places[3]];
  summary.shape_high = draws[places[4]];
  summary.shape = shape(draws, summary.shape_low, summary.shape_high);
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

/// The draws of one end of a requested correlation: of an input, or of a risk's own variable.
std::vector<double> correlated_draws(const Scenario& scenario, const InspectedDraws& draws, const std::string& name,
                                     std::uint32_t variable) {
  const auto input = std::ranges::find(scenario.inputs, name, &Input::name);
  if (input != scenario.inputs.end()) return draws.inputs[static_cast<std::size_t>(input - scenario.inputs.begin())];
  std::vector<double> u(Sampler::kMostDraws), out(draws.draws);
  for (std::size_t first = 0; first < out.size(); first += u.size()) {
    const std::size_t count = std::min(u.size(), out.size() - first);
    draws.uniforms.fill(variable, first, {u.data(), count});
    draws.samplers[variable].quantiles({u.data(), count}, std::span(out).subspan(first, count));
  }
  return out;
}

/// The standard scores, of values or of their ranks, of every input and risk that a correlation names; each is made
/// once, since a matrix of 250 names 31,000 pairs.
class CorrelatedScores {
 public:
  CorrelatedScores(const Scenario& scenario, const InspectedDraws& draws) {
    std::vector<std::pair<std::string, std::uint32_t>> wanted;
    std::vector<bool> pearson;
    const auto want = [&](const std::string& name, std::uint32_t variable, bool of_values) {
      if (!places_.try_emplace({name, of_values}, wanted.size()).second) return;
      wanted.emplace_back(name, variable);
      pearson.push_back(of_values);
    };
    for (const RequestedCorrelation& pair : scenario.requested_correlations) {
      want(pair.first, pair.first_variable, pair.pearson);
      want(pair.second, pair.second_variable, pair.pearson);
    }
    scores_.resize(wanted.size());
    for_each_piece(wanted.size(), draws.threads, [&](std::size_t i, std::size_t) {
      const std::vector<double> values = correlated_draws(scenario, draws, wanted[i].first, wanted[i].second);
      scores_[i] = standardised(pearson[i] ? values : mid_ranks(values));
    });
  }

  [[nodiscard]] const std::vector<double>& of(const std::string& name, bool pearson) const {
    return scores_[places_.at({name, pearson})];
  }

 private:
  std::map<std::pair<std::string, bool>, std::size_t> places_;
  std::vector<std::vector<double>> scores_;
};

CorrelationSummary summarise(const RequestedCorrelation& pair, const Scenario& scenario,
                             const CorrelatedScores& scores) {
  CorrelationSummary summary{pair.first, pair.second, pair.pearson ? "pearson" : "rank", "", pair.value, 0, 0, 0};
  for (const CorrelationGroup& group : scenario.correlation_groups)
    if (std::ranges::find(group.variables, pair.first_variable) != group.variables.end())
      summary.copula = group.copula_text;
  const std::vector<double>& a = scores.of(pair.first, pair.pearson);
  const std::vector<double>& b = scores.of(pair.second, pair.pearson);
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

InputSummary summarise(const Input& input, double base, const std::vector<double>& draws) {
  InputSummary summary{input.name, input.annotation.label, input.text, input.unit, false, base, 0, 0, 0, 0, 0, {}, 0,
                       0};
  // Equal draws are certain, whatever rounding makes of their mean.
  const auto [least, most] = std::ranges::minmax_element(draws);
  summary.uncertain = *least < *most;
  if (summary.uncertain) {
    describe(draws, summary);
  } else {
    summary.mean = summary.p10 = summary.p50 = summary.p90 = summary.shape_low = summary.shape_high = *least;
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
  const std::vector<std::vector<double>> columns = draw_registers(program, *uniforms, program.targets().inputs, draws);
  return inspect(scenario, base_estimate(scenario, scenario.contingency.base).inputs,
                 {samplers, *uniforms, columns, draws});
}

Expected<Inspection, RunError> inspect(const Scenario& scenario, std::span<const double> bases,
                                       const InspectedDraws& draws) {
  const std::size_t inputs = scenario.inputs.size();
  std::vector<char> finite(inputs, 0);
  Inspection inspection;
  inspection.inputs.resize(inputs);
  for_each_piece(inputs, draws.threads, [&](std::size_t i, std::size_t) {
    finite[i] = std::ranges::all_of(draws.inputs[i], [](double x) { return std::isfinite(x); }) ? 1 : 0;
    if (finite[i] != 0) inspection.inputs[i] = summarise(scenario.inputs[i], bases[i], draws.inputs[i]);
  });
  if (const auto wrong = std::ranges::find(finite, 0); wrong != finite.end()) {
    const std::string& name = scenario.inputs[static_cast<std::size_t>(wrong - finite.begin())].name;
    return Unexpected{RunError{"the input '" + name + "' is not a finite number in some draws"}};
  }

  const CorrelatedScores scores(scenario, draws);
  const std::vector<RequestedCorrelation>& pairs = scenario.requested_correlations;
  inspection.correlations.resize(pairs.size());
  for_each_piece(pairs.size(), draws.threads, [&](std::size_t i, std::size_t) {
    inspection.correlations[i] = summarise(pairs[i], scenario, scores);
  });
  return inspection;
}

}  // namespace tcosim
