#include "sim/sensitivity/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <new>
#include <numeric>

#include "scenarios/section.hpp"
#include "sim/analysis/column_moments.hpp"
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

Unexpected<SensitivityError> wrong(std::string message) {
  return Unexpected{SensitivityError{{std::move(message)}, true}};
}
Unexpected<SensitivityError> failed(RunError error) {
  return Unexpected{SensitivityError{std::move(error), false}};
}

Expected<std::vector<const SensitivityMethod*>, SensitivityError> chosen(const std::vector<std::string>& names) {
  std::vector<std::string> known{"all"};
  for (const SensitivityMethod* method : sensitivity_methods()) known.emplace_back(method->name);
  for (const std::string& asked : names)
    if (std::ranges::find(known, asked) == known.end()) {
      const std::string hint = did_you_mean(asked, known);
      return wrong("there is no method '" + asked + "'" + "; " + (hint.empty() ? "--list shows them" : hint));
    }
  const bool all = std::ranges::find(names, "all") != names.end();
  std::vector<const SensitivityMethod*> methods;
  for (const SensitivityMethod* method : sensitivity_methods())
    if (all || std::ranges::find(names, method->name) != names.end()) methods.push_back(method);
  return methods;
}

void describe(const SensitivitySample& sample, const SensitivityOptions& options, SensitivityResult& result) {
  const ColumnMoments moments = column_moments(sample.y);
  result.mean = moments.mean;
  result.sd = moments.sd;
  std::vector<double> draws = sample.y;
  result.overall = options.statistic ? percentile_of(draws, *options.statistic) : result.mean;
}

/// The method's texts where the table has none of its own, in words for what is ranked; rows in order.
void complete(const SensitivityMethod& method, const SensitivityOptions& options, MethodTable& table) {
  table.method = method.name;
  table.source = method.source;
  const auto fill = [&](std::string& text, std::string_view usual) {
    text = worded(text.empty() ? usual : std::string_view(text), options.by);
  };
  fill(table.title, method.title);
  fill(table.measures, method.measures);
  fill(table.caution, method.caution);
  for (std::string& note : table.notes) fill(note, "");
  fill(table.curve_title, "");
  // those that cannot be ranked stand between those that are and those that do nothing
  const auto place = [](const SubjectRow& row) { return !row.ranked ? 1 : row.strength > 0 ? 0 : 2; };
  std::ranges::stable_sort(table.rows, [&](const SubjectRow& a, const SubjectRow& b) {
    return place(a) != place(b) ? place(a) < place(b) : a.strength > b.strength;
  });
  if (options.statistic && !method.wants_statistic)
    table.notes.push_back("This method explains the whole distribution: --statistic " + name(*options.statistic) +
                          " changes nothing here.");
}

/// Of an input or a line: what tables call it.
template <class Entry>
const std::string& shown(const Entry& entry) {
  return entry.annotation.label.empty() ? entry.name : entry.annotation.label;
}

/// The methods' tables, ranks and refusals.
std::optional<SensitivityError> run_methods(const SensitivityQuestions& questions, const SensitivityProblem& problem,
                                            const std::vector<const SensitivityMethod*>& methods,
                                            SensitivityResult& result) {
  std::string refusals;
  for (const SensitivityMethod* method : methods) {
    auto outcome = method->run(problem);
    if (!outcome) {
      const std::string reason = worded(outcome.error(), problem.options.by);
      result.refused.push_back({std::string(method->name), reason});
      if (std::ranges::find(questions.methods, method->name) != questions.methods.end())
        refusals += (refusals.empty() ? "" : "\n") + std::string(method->name) + ": " + reason;
      continue;
    }
    MethodTable table = std::move(outcome).value();
    complete(*method, problem.options, table);
    result.methods.push_back(std::move(table));
  }
  if (!refusals.empty()) return SensitivityError{{refusals}, true};
  if (methods.size() > 1) {
    result.ranks = rank_rows(problem, result.methods, result.sd);
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
  if (ranked.empty()) {
    const bool by_inputs = options.by == RankBy::inputs || subjects(scenario, RankBy::inputs, output).empty();
    return SensitivityError{
        {by_inputs ? "nothing in this scenario is uncertain: there is nothing to rank"
                   : "there are no uncertain " + name(options.by) + " to rank: take --by inputs or --by lines"},
        true};
  }
  const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
  const std::uint64_t draws = sensitivity_draws(options.draws.value_or(kDefaultDraws), ranked.size());
  const auto sample = draw_sensitivity_sample(scenario, samplers, ranked, output, draws, options.seed, options.threads);
  if (!sample) return SensitivityError{sample.error(), false};
  if (std::ranges::count(sample->y, sample->y.front()) == std::ssize(sample->y))
    return SensitivityError{
        {fmt::format("{} is the same in {}, {:.6g}: there is nothing to explain",
                     output ? "the output '" + options.of + "'" : "the total",
                     draws == 1 ? "the only draw" : "each of " + count_of(draws, "draw"), sample->y.front())},
        true};
  describe(*sample, options, result);
  result.run.sensitivity_draws = draws;
  for (const Subject& subject : ranked)
    if (subject.kind == Subject::Kind::group) {
      std::string members;
      for (const std::uint32_t input : subject.inputs)
        members += (members.empty() ? "" : ", ") + shown(scenario.inputs[input]);
      for (const std::uint32_t risk : subject.lines)
        members += (members.empty() ? "" : ", ") + shown(scenario.lines[risk]);
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
    entries.push_back({std::string(method->name), worded(method->title, RankBy::inputs),
                       worded(method->measures, RankBy::inputs), worded(method->caution, RankBy::inputs),
                       std::string(method->source)});
  return entries;
}

Expected<SensitivityResult, SensitivityError> analyse_sensitivity(const Scenario& scenario,
                                                                  const SensitivityQuestions& questions,
                                                                  const SensitivityOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto output = explained_output(scenario, options.of);
  if (!output) return wrong(output.error());
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
