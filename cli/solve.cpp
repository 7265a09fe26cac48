// tcosim solve FILE --input NAME --target "P80 <= 20k": the value of an input that meets a budget.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/sampling_options.hpp"
#include "cli/scenario_options.hpp"
#include "plots/solve_text.hpp"
#include "sim/measure.hpp"
#include "sim/solve.hpp"
#include "sim/typed_number.hpp"

namespace tcosim {
namespace {

struct SolveArguments {
  ScenarioOptions scenario;
  SamplingOptions sampling;
  std::optional<std::string> input, target, from, to;
};

constexpr std::uint64_t kMostDraws = 100'000'000;  // each is kept: 8 bytes

ResultCondition parse_target(const SolveArguments& arguments) {
  if (!arguments.target) throw UsageError("--target is missing: say what is to be met, as in --target \"P80 <= 20k\"");
  auto target = parse_result_condition(*arguments.target);
  if (!target) throw UsageError(fmt::format("--target '{}': {}", *arguments.target, target.error()));
  return std::move(target).value();
}

std::uint32_t find_input(const Scenario& scenario, const std::string& name) {
  std::vector<std::string> names;
  for (const Input& input : scenario.inputs) names.push_back(input.name);
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
  const std::string near = closest(name, names);
  throw UsageError(fmt::format("--input: there is no input '{}'; {}", name,
                               near.empty() ? "tcosim check lists them all" : fmt::format("did you mean '{}'?", near)));
}

/// An input that something else on the command line has set cannot be looked for.
void require_free(const SolveArguments& arguments, const Scenario& scenario) {
  for (const auto& [name, value] : split_settings(arguments.scenario.set))
    if (name == *arguments.input)
      throw UsageError(fmt::format("--input: '{}' is set to '{}' by --set; leave one of the two out", name, value));
  for (std::size_t i = 0; i < scenario.levers.size(); ++i) {
    const Lever& lever = scenario.levers[i];
    const bool sets = std::ranges::find(lever.sets, *arguments.input) != lever.sets.end();
    if ((scenario.pulled >> i & 1U) != 0 && sets) {
      throw UsageError(fmt::format("--input: '{}' is set by the lever '{}' of --with; leave one of the two out",
                                   *arguments.input, lever.name));
    }
  }
}

std::optional<double> end_of(const std::optional<std::string>& typed, const std::string& option, const Input& input) {
  if (!typed) return std::nullopt;
  const TypedQuantity quantity = value_or_throw(parse_quantity(*typed), option);
  if (quantity.number.percent && !input.unit.empty())
    throw UsageError(fmt::format("{} '{}': '{}' is in {}, not a percentage", option, *typed, input.name, input.unit));
  const auto value = in_unit(quantity, input.unit);
  if (!value) throw UsageError(fmt::format("{} '{}': '{}': {}", option, *typed, input.name, value.error()));
  return *value;
}

/// The file resolved with the input at a value, for what depends on a certain input besides formulas: parameters of
/// distributions. Uncertain ones need not be resolved again.
ScenarioAt resolved_at(const ScenarioVariants& variants, const Scenario& base, const std::string& input) {
  return [&variants, &base, input](double value) -> Expected<Scenario, std::string> {
    ReadResult read = variants.resolve({base.pulled, {{input, fmt::format("{}", value)}}});
    if (read.scenario && !has_errors(read.diagnostics)) return std::move(*read.scenario);
    const auto error = std::ranges::find(read.diagnostics, Severity::error, &Diagnostic::severity);
    return Unexpected<std::string>{error != read.diagnostics.end() ? error->message : "the file cannot be resolved"};
  };
}

int solve(const SolveArguments& arguments, const Console& console) {
  // Everything that can be wrong, before anything is computed
  RunOptions options = run_options(arguments.sampling);
  if (!arguments.input) throw UsageError("--input is missing: name the input to look for, as in --input gpu_rate");
  SolveProblem problem;
  problem.target = parse_target(arguments);
  LoadedVariants loaded = load_variants(arguments.scenario, Severity::warning, console);
  if (!loaded.base) return kWrongInput;
  Scenario& scenario = *loaded.base;
  add_file_defaults(scenario, arguments.sampling, options);
  if (options.draws > kMostDraws) throw UsageError("--draws: solve keeps all draws, and at most 1e8 of them");
  if (const auto wrong = prepare_result_condition(problem.target, scenario))
    throw UsageError(fmt::format("--target '{}': {}", problem.target.text, *wrong));
  problem.input = find_input(scenario, *arguments.input);
  require_free(arguments, scenario);
  const Input& input = scenario.inputs[problem.input];
  problem.from = end_of(arguments.from, "--from", input);
  problem.to = end_of(arguments.to, "--to", input);
  if (problem.from && problem.to && *problem.from >= *problem.to)
    throw UsageError(fmt::format("--from '{}' is not below --to '{}'", *arguments.from, *arguments.to));
  if (is_certain(scenario, problem.input)) problem.at = resolved_at(loaded.variants, scenario, input.name);

  const auto result = tcosim::solve(scenario, problem, options);
  if (!result) throw RunFailure(result.error().message);
  write_text_and_json(
      arguments.sampling, arguments.scenario.quiet, [&] { return render_solve(*result, console.out); },
      [&] { return to_json(*result); });
  return kDone;
}

}  // namespace

Action declare_solve(CLI::App& app) {
  auto arguments = std::make_shared<SolveArguments>();
  declare_scenario_options(app, arguments->scenario);
  const auto option = [&](const char* name, auto& value, const char* type, const char* text) {
    app.add_option(name, value, text)->type_name(type);
  };
  option("--input", arguments->input, "NAME", "The input whose value is looked for");
  option("--target", arguments->target, "CONDITION", "What is to be met: \"P80 <= 20k\"");
  option("--from", arguments->from, "VALUE", "Search from here (the input's own range, and beyond)");
  option("--to", arguments->to, "VALUE", "Search up to here");
  declare_sampling_options(app, arguments->sampling);
  app.footer(
      "Targets compare mean, base, Pn, contingency, confidence or an output with a number.\n"
      "Exit status: 0 done (also where no value meets the target), 1 the run failed, 2 the input is wrong.\n\n"
      "  tcosim solve plan.yaml --input gpu_hours_per_run --target \"P80 <= 20k\"\n"
      "  tcosim solve plan.yaml --input gpu_rate --target \"contingency < 25%\" --from 1 --to 5");
  return [arguments](const Console& console) { return solve(*arguments, console); };
}

}  // namespace tcosim
