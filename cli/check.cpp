// tcosim check FILE: is the scenario what was meant?
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/numbers.hpp"
#include "cli/scenario_options.hpp"
#include "plots/check_text.hpp"
#include "plots/json.hpp"
#include "sim/inspect.hpp"

namespace tcosim {
namespace {

struct CheckArguments {
  ScenarioOptions scenario;
  std::optional<std::string> seed, json;
};

std::string severity_name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "";
}

std::vector<CheckedLine> checked_lines(const Scenario& scenario, const BaseEstimate& base) {
  std::vector<CheckedLine> lines;
  for (std::size_t i = 0; i < scenario.lines.size(); ++i) {
    const Line& line = scenario.lines[i];
    lines.push_back({line.name, line.annotation.label, name(line.kind), line.category,
                     line.parent ? scenario.lines[*line.parent].name : "", line.text, line.spend_text, base.lines[i]});
  }
  return lines;
}

std::vector<CheckedGroup> checked_groups(const Scenario& scenario) {
  std::vector<CheckedGroup> groups;
  for (const DriverGroup& group : scenario.groups) {
    CheckedGroup& checked = groups.emplace_back();
    checked.name = group.name;
    for (const std::uint32_t input : group.inputs) checked.members.push_back(scenario.inputs[input].name);
    for (const std::uint32_t risk : group.risks) checked.members.push_back(scenario.lines[risk].name);
  }
  return groups;
}

std::vector<CheckedLever> checked_levers(const Scenario& scenario) {
  const auto names = [&](LeverSet set) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < scenario.levers.size(); ++i)
      if ((set >> i & 1) != 0) out.push_back(scenario.levers[i].name);
    return out;
  };
  std::vector<CheckedLever> levers;
  for (std::size_t i = 0; i < scenario.levers.size(); ++i) {
    const Lever& lever = scenario.levers[i];
    CheckedLever& checked = levers.emplace_back();
    checked.name = lever.name;
    checked.label = lever.annotation.label;
    checked.pulled = (scenario.pulled >> i & 1) != 0;
    for (std::size_t k = 0; k < lever.sets.size(); ++k) checked.sets.push_back({lever.sets[k], lever.set_texts[k]});
    for (std::size_t k = 0; k < lever.scales.size(); ++k)
      checked.scales.push_back({lever.scales[k], lever.scale_texts[k]});
    checked.adds = lever.adds;
    checked.removes = lever.removes;
    checked.cost = lever.cost_text;
    checked.needs = names(lever.needs);
    checked.excludes = names(lever.excludes);
  }
  return levers;
}

CheckReport report_of(const LoadedScenario& loaded, std::uint64_t seed, std::vector<InputSummary> inputs) {
  const Scenario& scenario = *loaded.scenario;
  const BaseEstimate base = base_estimate(scenario, scenario.contingency.base);
  CheckReport report{scenario.file,
                     scenario.title,
                     scenario.currency,
                     scenario.horizon_text,
                     inspected_draws(scenario),
                     seed,
                     0,
                     base.total,
                     std::move(inputs),
                     checked_lines(scenario, base),
                     {},
                     {},
                     {},
                     {},
                     {}};
  for (std::size_t i = 0; i < scenario.outputs.size(); ++i) {
    const Output& output = scenario.outputs[i];
    report.outputs.push_back({output.name, output.unit, output.text, base.outputs[i]});
  }
  report.groups = checked_groups(scenario);
  report.levers = checked_levers(scenario);
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    report.diagnostics.push_back({severity_name(diagnostic.severity), diagnostic.span.file, diagnostic.message,
                                  diagnostic.suggestion, diagnostic.span.line, diagnostic.span.column});
  }
  return report;
}

int check(const CheckArguments& arguments, const Console& console) {
  std::optional<std::uint64_t> seed;
  if (arguments.seed) seed = value_or_throw(parse_seed(*arguments.seed), "--seed");
  const LoadedScenario loaded = load_scenario(arguments.scenario, Severity::note, console);
  if (!loaded.scenario) return kWrongInput;
  const std::uint64_t used_seed = seed ? *seed : loaded.scenario->seed.value_or(1);
  if (arguments.json && *arguments.json != "-") require_writable_place(*arguments.json);

  const auto start = std::chrono::steady_clock::now();
  auto inspection = inspect(*loaded.scenario, used_seed);
  if (!inspection) throw RunFailure(inspection.error().message);
  CheckReport report = report_of(loaded, used_seed, std::move(inspection->inputs));
  report.correlations = std::move(inspection->correlations);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (arguments.json && *arguments.json == "-") {
    print(to_json(report));
    return kDone;
  }
  if (!arguments.scenario.quiet) print(render_check(report, console.out));
  if (arguments.json) write_file(*arguments.json, to_json(report));
  return kDone;
}

}  // namespace

Action declare_check(CLI::App& app) {
  auto arguments = std::make_shared<CheckArguments>();
  declare_scenario_options(app, arguments->scenario);
  app.add_option("--seed", arguments->seed, "Seed of the random numbers (1)")->type_name("N");
  app.add_option("--json", arguments->json, "Write what was found as JSON; - prints nothing else")->type_name("FILE");
  app.footer("Exit status: 0 no errors (warnings may be), 2 the scenario is wrong.");
  return [arguments](const Console& console) { return check(*arguments, console); };
}

}  // namespace tcosim
