#include "sim/sensitivity/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <new>
#include <numeric>

#include "scenarios/diagnostic.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/parallel.hpp"
#include "sim/sensitivity/disagreements.hpp"
#include "sim/sensitivity/stress.hpp"

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

std::string name(Sampling sampling) {
  switch (sampling) {
    case Sampling::monte_carlo:
      return "mc";
    case Sampling::latin_hypercube:
      return "lhs";
    case Sampling::sobol:
      return "sobol";
  }
  return "";
}

Unexpected<SensitivityError> wrong(std::string message) {
  return Unexpected{SensitivityError{{std::move(message)}, true}};
}
Unexpected<SensitivityError> failed(RunError error) {
  return Unexpected{SensitivityError{std::move(error), false}};
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = closest(word, known);
  return near.empty() ? "" : "; did you mean '" + near + "'?";
}

/// The output that `of` names; nothing for the total.
Expected<std::optional<std::uint32_t>, SensitivityError> output_of(const Scenario& scenario, const std::string& of) {
  if (of == "total") return std::optional<std::uint32_t>();
  const auto found = std::ranges::find(scenario.outputs, of, &Output::name);
  if (found != scenario.outputs.end())
    return std::optional(static_cast<std::uint32_t>(found - scenario.outputs.begin()));
  std::vector<std::string> known{"total"};
  for (const Output& output : scenario.outputs) known.push_back(output.name);
  const std::string hint = did_you_mean(of, known);
  return wrong("there is no output '" + of + "' to explain" +
               (hint.empty() ? ": take total or an entry of 'outputs:'" : hint));
}

Expected<std::vector<const SensitivityMethod*>, SensitivityError> chosen(const std::vector<std::string>& names) {
  std::vector<std::string> known{"all"};
  for (const SensitivityMethod* method : sensitivity_methods()) known.emplace_back(method->name);
  for (const std::string& asked : names)
    if (std::ranges::find(known, asked) == known.end()) {
      const std::string hint = did_you_mean(asked, known);
      return wrong("there is no method '" + asked + "'" + (hint.empty() ? "; --list shows them" : hint));
    }
  const bool all = std::ranges::find(names, "all") != names.end();
  std::vector<const SensitivityMethod*> methods;
  for (const SensitivityMethod* method : sensitivity_methods())
    if (all || std::ranges::find(names, method->name) != names.end()) methods.push_back(method);
  return methods;
}

void describe(const SensitivitySample& sample, const SensitivityOptions& options, SensitivityResult& result) {
  const auto n = static_cast<double>(sample.y.size());
  result.mean = std::accumulate(sample.y.begin(), sample.y.end(), 0.0) / n;
  double squares = 0;
  for (const double value : sample.y) squares += (value - result.mean) * (value - result.mean);
  result.sd = n > 1 ? std::sqrt(squares / (n - 1)) : 0;
  result.overall = result.mean;
  if (!options.statistic) return;
  std::vector<double> sorted = sample.y;
  const auto place = sorted.begin() + static_cast<std::ptrdiff_t>(rank(*options.statistic, sorted.size()) - 1);
  std::nth_element(sorted.begin(), place, sorted.end());
  result.overall = *place;
}

void complete(const SensitivityMethod& method, const SensitivityOptions& options, MethodTable& table) {
  table.method = method.name;
  table.title = method.title;
  table.measures = method.measures;
  table.caution = method.caution;
  table.source = method.source;
  std::ranges::stable_sort(table.rows, std::greater{}, &SubjectRow::strength);
  if (options.statistic && !method.wants_statistic)
    table.notes.push_back("This method explains the whole distribution: --statistic " + name(*options.statistic) +
                          " changes nothing here.");
}

/// The methods' tables, ranks and refusals.
std::optional<SensitivityError> run_methods(const SensitivityQuestions& questions, const SensitivityProblem& problem,
                                            const std::vector<const SensitivityMethod*>& methods,
                                            SensitivityResult& result) {
  std::string refusals;
  for (const SensitivityMethod* method : methods) {
    auto outcome = method->run(problem);
    if (!outcome) {
      result.refused.push_back({std::string(method->name), outcome.error()});
      if (std::ranges::find(questions.methods, method->name) != questions.methods.end())
        refusals += (refusals.empty() ? "" : "\n") + std::string(method->name) + ": " + outcome.error();
      continue;
    }
    MethodTable table = std::move(outcome).value();
    complete(*method, problem.options, table);
    result.methods.push_back(std::move(table));
  }
  if (!refusals.empty()) return SensitivityError{{refusals}, true};
  if (methods.size() > 1) {
    result.ranks = rank_rows(problem, result.methods);
    for (const MethodTable* table : ranking_tables(result.methods)) result.rank_methods.push_back(table->method);
    result.verdict = verdict(result.ranks, result.rank_methods);
  }
  return std::nullopt;
}

std::optional<SensitivityError> analyse(const Scenario& scenario, const SensitivityQuestions& questions,
                                        const SensitivityOptions& options, std::optional<std::uint32_t> output,
                                        const std::vector<const SensitivityMethod*>& methods,
                                        SensitivityResult& result) {
  const std::vector<Subject> ranked = subjects(scenario, options.by, output);
  if (ranked.empty())
    return SensitivityError{{"nothing in this scenario is uncertain: there is nothing to rank"}, true};
  const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
  const std::uint64_t draws = sensitivity_draws(options.draws.value_or(kDefaultDraws), ranked.size());
  const auto sample = draw_sensitivity_sample(scenario, samplers, ranked, output, draws, options.seed, options.threads);
  if (!sample) return SensitivityError{sample.error(), false};
  describe(*sample, options, result);
  result.run.sensitivity_draws = draws;
  for (const Subject& subject : ranked)
    if (subject.kind == Subject::Kind::group) {
      std::string members;
      for (const std::uint32_t input : subject.inputs)
        members += (members.empty() ? "" : ", ") + scenario.inputs[input].name;
      for (const std::uint32_t risk : subject.lines)
        members += (members.empty() ? "" : ", ") + scenario.lines[risk].name;
      result.groups.push_back({subject.name, members});
    }
  return run_methods(
      questions,
      {scenario, options, samplers, ranked, output, base_estimate(scenario, scenario.contingency.base), &*sample},
      methods, result);
}

}  // namespace

std::vector<MethodEntry> list_sensitivity_methods() {
  std::vector<MethodEntry> entries;
  for (const SensitivityMethod* method : sensitivity_methods())
    entries.push_back({std::string(method->name), std::string(method->title), std::string(method->measures),
                       std::string(method->caution), std::string(method->source)});
  return entries;
}

Expected<SensitivityResult, SensitivityError> analyse_sensitivity(const Scenario& scenario,
                                                                  const SensitivityQuestions& questions,
                                                                  const SensitivityOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto output = output_of(scenario, options.of);
  if (!output) return Unexpected{output.error()};
  const auto methods = chosen(questions.methods);
  if (!methods) return Unexpected{methods.error()};
  for (const std::string& condition : questions.stress)
    if (const auto parsed = parse_stress(condition, scenario); !parsed) return wrong(parsed.error());

  SensitivityResult result;
  result.all = std::ranges::find(questions.methods, "all") != questions.methods.end();
  result.title = scenario.title;
  result.file = scenario.file;
  result.currency = scenario.currency;
  result.horizon = scenario.horizon_text;
  result.of = options.of;
  result.unit = *output ? scenario.outputs[**output].unit : scenario.currency;
  result.statistic = options.statistic ? name(*options.statistic) : "mean";
  result.by = name(options.by);
  result.run.draws = options.draws.value_or(kDefaultDraws);
  result.run.seed = options.seed;
  result.run.sampling = name(options.sampling.value_or(Sampling::monte_carlo));
  result.run.threads = thread_count(options.threads);
  try {
    if (!methods->empty())
      if (auto error = analyse(scenario, questions, options, *output, *methods, result))
        return Unexpected{std::move(*error)};
    if (!questions.stress.empty()) {
      auto stress = run_stress(scenario, questions.stress, options);
      if (!stress) return failed(stress.error());
      result.stress = std::move(stress).value();
    }
  } catch (const std::bad_alloc&) {
    return failed({"out of memory; fewer --draws need less"});
  }
  result.run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace tcosim
