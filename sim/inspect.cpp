#include "sim/inspect.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "sim/analysis/percentile.hpp"
#include "sim/analysis/rank_correlation.hpp"
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

/// The draws of every input and risk that a correlation names.
class CorrelatedDraws {
 public:
  CorrelatedDraws(const Scenario& scenario, const UniformSource& uniforms, std::uint64_t draws) {
    const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
    std::vector<std::string> names;
    Program::Wanted wanted{false, {}};
    for (const RequestedCorrelation& pair : scenario.requested_correlations) {
      for (const auto& [name, variable] :
           {std::pair(pair.first, pair.first_variable), std::pair(pair.second, pair.second_variable)}) {
        if (!columns_.try_emplace(name, draws).second) continue;
        const auto input = std::ranges::find(scenario.inputs, name, &Input::name);
        if (input == scenario.inputs.end()) {
          draw_risk(uniforms, samplers[variable], variable, columns_[name]);
          continue;
        }
        wanted.inputs.push_back(static_cast<std::uint32_t>(input - scenario.inputs.begin()));
        names.push_back(name);
      }
    }
    const Program program(scenario, samplers, wanted);
    Block block(program);
    for (std::uint64_t first = 0; first < draws; first += kBlock) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, draws - first));
      block.run(uniforms, first, count);
      for (std::size_t i = 0; i < names.size(); ++i) {
        std::copy_n(block.column(program.targets().inputs[i]), count,
                    columns_[names[i]].begin() + static_cast<std::ptrdiff_t>(first));
      }
    }
  }

  [[nodiscard]] const std::vector<double>& values(const std::string& name) const { return columns_.at(name); }
  const std::vector<double>& ranks(const std::string& name) {
    std::vector<double>& known = ranks_[name];
    if (known.empty()) known = mid_ranks(values(name));
    return known;
  }

 private:
  static void draw_risk(const UniformSource& uniforms, const Sampler& sampler, std::uint32_t variable,
                        std::vector<double>& out) {
    std::vector<double> u(Sampler::kMostDraws);
    for (std::size_t first = 0; first < out.size(); first += u.size()) {
      const std::size_t count = std::min(u.size(), out.size() - first);
      uniforms.fill(variable, first, {u.data(), count});
      sampler.quantiles({u.data(), count}, std::span(out).subspan(first, count));
    }
  }

  std::map<std::string, std::vector<double>> columns_, ranks_;
};

/// Pearson's correlation and the half-width of its interval, by its influence function: with both columns in
/// standard units, that of one draw is x y - r (x^2 + y^2) / 2.
std::pair<double, double> pearson(std::span<const double> x, std::span<const double> y) {
  const auto n = static_cast<double>(x.size());
  const auto standardised = [n](std::span<const double> values) {
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    const double sd = squares > 0 ? std::sqrt(squares / n) : 1;
    std::vector<double> result;
    for (const double value : values) result.push_back((value - mean) / sd);
    return result;
  };
  const std::vector<double> a = standardised(x), b = standardised(y);
  const double r = std::clamp(std::inner_product(a.begin(), a.end(), b.begin(), 0.0) / n, -1.0, 1.0);
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double influence = a[i] * b[i] - r * (a[i] * a[i] + b[i] * b[i]) / 2;
    squares += influence * influence;
  }
  constexpr double kNormal975 = 1.959963984540054;
  return {r, kNormal975 * std::sqrt(squares) / n};
}

}  // namespace

std::uint64_t inspected_draws(const Scenario& scenario) {
  const std::uint64_t inputs = std::max<std::uint64_t>(1, scenario.inputs.size());
  return std::clamp(kMostKept / inputs, kLeastDraws, kMostDraws);
}

Expected<std::vector<InputSummary>, RunError> inspect_inputs(const Scenario& scenario, std::uint64_t seed) {
  const std::uint64_t all = inspected_draws(scenario);
  auto uniforms = UniformSource::for_scenario(Sampling::monte_carlo, seed, all, scenario);
  if (!uniforms) return Unexpected{RunError{uniforms.error()}};

  // every input's column
  Program::Wanted wanted{false, std::vector<std::uint32_t>(scenario.inputs.size())};
  std::iota(wanted.inputs.begin(), wanted.inputs.end(), 0U);
  const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
  const Program program(scenario, samplers, wanted);
  Block block(program);
  std::vector<std::vector<double>> draws(scenario.inputs.size(), std::vector<double>(all));
  for (std::uint64_t first = 0; first < all; first += kBlock) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, all - first));
    block.run(*uniforms, first, count);
    for (std::size_t i = 0; i < draws.size(); ++i) {
      std::copy_n(block.column(program.targets().inputs[i]), count,
                  draws[i].begin() + static_cast<std::ptrdiff_t>(first));
    }
  }

  const BaseEstimate base = base_estimate(scenario, scenario.contingency.base);
  std::vector<InputSummary> summaries;
  for (std::size_t i = 0; i < scenario.inputs.size(); ++i) {
    const Input& input = scenario.inputs[i];
    if (!std::ranges::all_of(draws[i], [](double x) { return std::isfinite(x); }))
      return Unexpected{RunError{"the input '" + input.name + "' is not a finite number in some draws"}};
    InputSummary summary{
        input.name, input.annotation.label, input.text, input.unit, false, base.inputs[i], 0, 0, 0, 0, 0, {}};
    // Equal draws are certain, whatever rounding makes of their mean.
    const auto [least, most] = std::ranges::minmax_element(draws[i]);
    summary.uncertain = *least < *most;
    if (summary.uncertain) {
      describe(std::move(draws[i]), summary);
    } else {
      summary.mean = summary.p10 = summary.p50 = summary.p90 = *least;
    }
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

Expected<std::vector<CorrelationSummary>, RunError> inspect_correlations(const Scenario& scenario, std::uint64_t seed) {
  std::vector<CorrelationSummary> summaries;
  if (scenario.requested_correlations.empty()) return summaries;
  const std::uint64_t draws = inspected_draws(scenario);
  const auto uniforms = UniformSource::for_scenario(Sampling::monte_carlo, seed, draws, scenario);
  if (!uniforms) return Unexpected{RunError{uniforms.error()}};
  CorrelatedDraws columns(scenario, *uniforms, draws);
  for (const RequestedCorrelation& pair : scenario.requested_correlations) {
    CorrelationSummary summary{pair.first, pair.second, pair.pearson ? "pearson" : "rank", "", pair.value, 0, 0, 0};
    for (const CorrelationGroup& group : scenario.correlation_groups)
      if (std::ranges::find(group.variables, pair.first_variable) != group.variables.end())
        summary.copula = group.copula_text;
    if (pair.pearson) {
      const auto [r, reach] = pearson(columns.values(pair.first), columns.values(pair.second));
      summary.achieved = r;
      summary.low = std::max(-1.0, r - reach);
      summary.high = std::min(1.0, r + reach);
    } else {
      summary.achieved = pearson(columns.ranks(pair.first), columns.ranks(pair.second)).first;
      const Interval interval = rank_correlation_interval(summary.achieved, draws);
      summary.low = interval.low;
      summary.high = interval.high;
    }
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

}  // namespace tcosim
