#include "sim/sensitivity/paired_draws.hpp"

#include <algorithm>
#include <utility>

namespace tcosim::sensitivity {
namespace {

constexpr std::uint64_t kMonteCarloParts = 64;

Program::Wanted wanted(const SensitivityProblem& problem) {
  Program::Wanted wanted{false};
  if (problem.output) {
    wanted.outputs.push_back(*problem.output);
  } else {
    wanted.sums.push_back(leaves(problem.scenario));
  }
  return wanted;
}

std::string quoted(const std::string& name) {
  return "'" + name + "'";
}

}  // namespace

Expected<PairedDraws, std::string> pair_draws(const SensitivityProblem& problem, std::uint64_t rows,
                                              const std::vector<CorrelationGroup>& second_groups,
                                              const std::vector<std::string>& extra) {
  const Scenario& scenario = problem.scenario;
  const auto count = static_cast<std::uint32_t>(scenario.variables.size());
  Scenario doubled;
  doubled.variables = scenario.variables;
  doubled.correlation_groups = scenario.correlation_groups;
  // a library's own generator would give both draws the same trials
  for (Variable& variable : doubled.variables) variable.hdr.reset();
  for (std::uint32_t v = 0; v < count; ++v) {
    doubled.variables.push_back(doubled.variables[v]);
    doubled.variables.back().stream += "/second draw";
  }
  for (CorrelationGroup group : second_groups) {
    for (std::uint32_t& variable : group.variables) variable += count;
    doubled.correlation_groups.push_back(std::move(group));
  }
  for (const std::string& name : extra) {
    doubled.variables.push_back(doubled.variables[0]);
    doubled.variables.back().stream = name;
  }

  const Sampling sampling = problem.options.sampling.value_or(Sampling::sobol);
  rows = std::max<std::uint64_t>(rows, 2 * kMonteCarloParts);
  if (sampling == Sampling::monte_carlo) rows = (rows + kMonteCarloParts - 1) / kMonteCarloParts * kMonteCarloParts;
  auto source = UniformSource::for_scenario(sampling, problem.options.seed, rows, doubled);
  if (!source) return Unexpected{source.error()};
  const std::size_t parts =
      source->replicates() > 1 ? static_cast<std::size_t>(source->replicates()) : std::size_t{kMonteCarloParts};
  const std::uint64_t draws = source->draws();
  return PairedDraws{*std::move(source), std::move(doubled.correlation_groups), doubled.variables.size(), draws, parts};
}

void PairedDraws::fill(std::uint64_t first, const DrawColumns& columns, std::vector<double>& scratch) const {
  for (std::size_t v = 0; v < width; ++v)
    if (!uniforms.membership(v)) uniforms.fill(v, first, columns[v]);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const std::vector<std::uint32_t>& members = groups[g].variables;
    scratch.resize(std::max(scratch.size(), members.size() * columns.count));
    const DrawColumns joined{scratch.data(), columns.count, columns.count};
    uniforms.fill_group(g, first, joined, std::vector<char>(members.size(), 1));
    for (std::size_t m = 0; m < members.size(); ++m) std::ranges::copy(joined[m], columns[members[m]].begin());
  }
}

ExplainedModel::ExplainedModel(const SensitivityProblem& problem)
    : program(problem.scenario, problem.samplers, wanted(problem)),
      target(problem.output ? program.targets().outputs[0] : program.targets().sums[0]) {}

std::string explained_name(const SensitivityProblem& problem) {
  return problem.output ? "the output " + quoted(problem.scenario.outputs[*problem.output].name) : "the total";
}

std::optional<std::string> parted_pair(const Scenario& scenario, std::span<const std::uint32_t> set) {
  const auto inside = [&](std::uint32_t variable) { return std::ranges::find(set, variable) != set.end(); };
  for (const RequestedCorrelation& pair : scenario.requested_correlations)
    if (pair.value != 0 && inside(pair.first_variable) != inside(pair.second_variable))
      return quoted(pair.first) + " with " + quoted(pair.second);
  for (const CorrelationGroup& group : scenario.correlation_groups) {
    const auto in = std::ranges::find_if(group.variables, inside);
    const auto out = std::ranges::find_if_not(group.variables, inside);
    if (in != group.variables.end() && out != group.variables.end())
      return quoted(scenario.variables[*in].stream) + " with " + quoted(scenario.variables[*out].stream);
  }
  return std::nullopt;
}

std::optional<std::string> note_on_statistic(const SensitivityProblem& problem) {
  if (!problem.options.statistic) return std::nullopt;
  return "These are shares of the variance: they say nothing of " + name(*problem.options.statistic) +
         " in particular. For that take swing.";
}

}  // namespace tcosim::sensitivity
