#include "sim/sensitivity/sensitivity.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <new>
#include <numeric>

#include "sim/analysis/percentile.hpp"
#include "sim/parallel.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kDefaultDraws = 1'000'000;

std::string name(RankBy by) {
  switch (by) {
    case RankBy::inputs:
      return "inputs";
    case RankBy::groups:
      return "groups";
    case RankBy::lines:
      return "lines";
    case RankBy::categories:
      return "categories";
  }
  return "";
}

/// The output that `of` names; nothing for the total.
Expected<std::optional<std::uint32_t>, RunError> output_of(const Scenario& scenario, const std::string& of) {
  if (of == "total") return std::optional<std::uint32_t>();
  const auto found = std::ranges::find(scenario.outputs, of, &Output::name);
  if (found == scenario.outputs.end())
    return Unexpected{RunError{"there is no output '" + of + "' to explain: take total or an entry of 'outputs:'"}};
  return std::optional(static_cast<std::uint32_t>(found - scenario.outputs.begin()));
}

void describe(const SensitivitySample& sample, const SensitivityOptions& options, SensitivityResult& result) {
  const auto n = static_cast<double>(sample.y.size());
  result.mean = std::accumulate(sample.y.begin(), sample.y.end(), 0.0) / n;
  double squares = 0;
  for (const double value : sample.y) squares += (value - result.mean) * (value - result.mean);
  result.sd = n > 1 ? std::sqrt(squares / (n - 1)) : 0;
  result.overall = result.mean;
  result.statistic = options.statistic ? name(*options.statistic) : "mean";
  if (!options.statistic) return;
  std::vector<double> sorted = sample.y;
  const auto place = sorted.begin() + static_cast<std::ptrdiff_t>(rank(*options.statistic, sorted.size()) - 1);
  std::nth_element(sorted.begin(), place, sorted.end());
  result.overall = *place;
}

void complete(const SensitivityMethod& method, MethodTable& table) {
  table.method = method.name;
  table.title = method.title;
  table.measures = method.measures;
  table.caution = method.caution;
  std::ranges::stable_sort(table.rows, std::greater{}, &SubjectRow::strength);
}

}  // namespace

Expected<SensitivityResult, RunError> analyse_sensitivity(const Scenario& scenario,
                                                          const std::vector<std::string>& methods,
                                                          const SensitivityOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto output = output_of(scenario, options.of);
  if (!output) return Unexpected{output.error()};
  const bool all = std::ranges::find(methods, "all") != methods.end();
  std::vector<const SensitivityMethod*> chosen;
  for (const SensitivityMethod* method : sensitivity_methods())
    if (all || std::ranges::find(methods, method->name) != methods.end()) chosen.push_back(method);

  const std::vector<Subject> ranked = subjects(scenario, options.by, *output);
  if (ranked.empty()) return Unexpected{RunError{"nothing in this scenario is uncertain: there is nothing to rank"}};
  const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
  const std::uint64_t draws = sensitivity_draws(options.draws.value_or(kDefaultDraws), ranked.size());
  const auto sample =
      draw_sensitivity_sample(scenario, samplers, ranked, *output, draws, options.seed, options.threads);
  if (!sample) return Unexpected{sample.error()};

  SensitivityResult result;
  result.title = scenario.title;
  result.file = scenario.file;
  result.currency = scenario.currency;
  result.horizon = scenario.horizon_text;
  result.of = options.of;
  result.unit = *output ? scenario.outputs[**output].unit : scenario.currency;
  result.by = name(options.by);
  describe(*sample, options, result);
  const SensitivityProblem problem{
      scenario, options, samplers, ranked, *output, base_estimate(scenario, scenario.contingency.base), &*sample};
  for (const SensitivityMethod* method : chosen) {
    auto outcome = method->run(problem);
    if (!outcome) {
      if (!all) return Unexpected{RunError{std::string(method->name) + ": " + outcome.error()}};
      result.refused.push_back({std::string(method->name), outcome.error()});
      continue;
    }
    MethodTable table = std::move(outcome).value();
    complete(*method, table);
    result.methods.push_back(std::move(table));
  }
  result.run.draws = options.draws.value_or(kDefaultDraws);
  result.run.sensitivity_draws = draws;
  result.run.seed = options.seed;
  result.run.threads = thread_count(options.threads);
  result.run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace tcosim
