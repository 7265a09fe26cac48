// tcosim run FILE: the main job.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/fail_if.hpp"
#include "cli/numbers.hpp"
#include "cli/page_source.hpp"
#include "cli/picture_options.hpp"
#include "cli/progress.hpp"
#include "cli/sampling_options.hpp"
#include "cli/scenario_options.hpp"
#include "cli/workbook_options.hpp"
#include "plots/charts/charts.hpp"
#include "plots/csv.hpp"
#include "plots/images/image_file.hpp"
#include "plots/json.hpp"
#include "plots/report/report.hpp"
#include "plots/terminal.hpp"
#include "plots/workbook/workbook.hpp"
#include "sim/samples_file.hpp"
#include "sim/simulate.hpp"

namespace tcosim {
namespace {

struct RunArguments {
  ScenarioOptions scenario;
  SamplingOptions sampling;
  PictureOptions pictures;
  std::optional<std::string> until, csv, xlsx, samples, plot;
  std::vector<std::string> fail_if;
};

constexpr std::uint64_t kMostDrawsUntil = 100'000'000;

RunOptions run_options(const RunArguments& arguments) {
  RunOptions options = run_options(arguments.sampling);
  if (arguments.until) options.until = value_or_throw(parse_until(*arguments.until), "--until");
  options.samples_file = arguments.samples;
  options.curve = arguments.csv || arguments.sampling.json || wants_pictures(arguments.pictures);
  options.details = arguments.xlsx || wants_pictures(arguments.pictures);
  return options;
}

PagePictures page_pictures(const RunArguments& arguments) {
  return arguments.plot ? value_or_throw(parse_page_pictures(*arguments.plot), "--plot") : PagePictures{};
}

std::vector<FailCondition> parse_conditions(const std::vector<std::string>& texts) {
  std::vector<FailCondition> conditions;
  for (const std::string& text : texts) {
    auto condition = parse_fail_condition(text);
    if (!condition) throw UsageError(condition.error());
    conditions.push_back(std::move(condition).value());
  }
  return conditions;
}

void require_writable_places(const RunArguments& arguments) {
  require_different_places({{"--json", arguments.sampling.json},
                            {"--xlsx", arguments.xlsx},
                            {"--html", arguments.pictures.html},
                            {"--samples", arguments.samples}},
                           arguments.scenario.file);
  if (arguments.samples) {
    if (!samples_format(*arguments.samples))
      throw UsageError("--samples '" + *arguments.samples + "': let the name end in .npy, for NumPy, or in .csv");
    require_writable_place(*arguments.samples);
  }
  if (arguments.csv) require_folder(*arguments.csv);
  require_workbook_place(arguments.xlsx);
  require_picture_places(arguments.pictures);
}

Result simulate_or_throw(const Scenario& scenario, RunOptions options, bool quiet, const Console& console) {
  ProgressLine line(console.err);
  if (console.err_is_terminal && !quiet) {
    options.progress = [&](const Progress& progress) { line.show(progress); };
  }
  auto result = simulate(scenario, options);
  if (!result) throw RunFailure(result.error().message);
  return std::move(result).value();
}

void write_results(const Scenario& scenario, const Result& result, const RunArguments& arguments,
                   const PagePictures& pictures, ReadyEngines* engines, const Console& console) {
  write_text_and_json(
      arguments.sampling, arguments.scenario.quiet, [&] { return render_result(result, console.out, pictures); },
      [&] { return to_json(result); });
  if (arguments.csv) write_tables(*arguments.csv, to_csv(result));
  if (arguments.xlsx)
    write_workbook(
        *arguments.xlsx, [&](const WorkbookOptions& options) { return to_workbook(result, options); },
        command_again(arguments.scenario, result.run));
  write_pictures(
      arguments.pictures, [&] { return all_charts(run_charts(), result); },
      [&](const std::vector<Chart>& charts) {
        const Scenario* const read = &scenario;
        return report_html(result, charts, page_source({&read, 1}, command_again(arguments.scenario, result.run)),
                           engines);
      });
}

int gate(const std::vector<FailCondition>& conditions, const Result& result) {
  int status = kDone;
  for (const FailCondition& condition : conditions) {
    const auto verdict = evaluate_fail_condition(condition, result);
    if (!verdict) throw RunFailure(verdict.error());
    if (!verdict->has_value()) continue;
    print_message("tcosim: " + **verdict);
    status = kConditionHolds;
  }
  return status;
}

int run(const RunArguments& arguments, const Console& console) {
  // Everything that can be wrong, before anything is computed
  RunOptions options = run_options(arguments);
  const PagePictures pictures = page_pictures(arguments);
  const std::vector<FailCondition> conditions = parse_conditions(arguments.fail_if);
  LoadedScenario loaded = load_scenario(arguments.scenario, Severity::warning, console);
  if (!loaded.scenario) return kWrongInput;
  Scenario& scenario = *loaded.scenario;
  add_file_defaults(scenario, arguments.sampling, options);
  // With --until the number of draws is only a limit, so the usual one would be in the way.
  if (options.until && !arguments.sampling.draws) options.draws = kMostDrawsUntil;
  for (const FailCondition& condition : conditions) {
    if (const auto wrong = prepare_fail_condition(condition, scenario)) throw UsageError(*wrong);
  }
  require_writable_places(arguments);

  // A simulation leaves processors idle now and then
  std::optional<ReadyEngines> engines;
  if (arguments.pictures.html) engines.emplace();
  const Result result = simulate_or_throw(scenario, options, arguments.scenario.quiet, console);
  write_results(scenario, result, arguments, pictures, engines ? &*engines : nullptr, console);
  return gate(conditions, result);
}

}  // namespace

Action declare_run(CLI::App& app) {
  auto arguments = std::make_shared<RunArguments>();
  declare_scenario_options(app, arguments->scenario);
  const auto option = [&](const char* name, auto& value, const char* type, const char* text) {
    app.add_option(name, value, text)->type_name(type);
  };
  declare_sampling_options(app, arguments->sampling);
  declare_picture_options(app, arguments->pictures);
  option("--until", arguments->until, "PRECISION", "Stop when contingencies are that precise: 0.5%");
  option("--plot", arguments->plot, "WHICH", "Show these: histogram,s-curve,tornado, or all or none");
  option("--csv", arguments->csv, "DIR", "Write the result as CSV tables into a folder");
  declare_workbook_option(app, arguments->xlsx);
  option("--samples", arguments->samples, "FILE", "Write every draw, of total and lines: .npy or .csv");
  app.add_option("--fail-if", arguments->fail_if, "Exit with status 3 if it holds: \"P90 > 30k\"")
      ->type_name("CONDITION")
      ->allow_extra_args(false);
  app.footer(
      "Conditions compare mean, base, Pn, contingency, confidence or an output with a number.\n"
      "Exit status: 0 done, 1 the run failed, 2 the input is wrong, 3 a condition holds.\n\n"
      "  tcosim run plan.yaml --budget 25k --set \"gpu_rate=2 to 4\"\n"
      "  tcosim run plan.yaml --with lora,active_learning\n"
      "  tcosim run plan.yaml --plot s-curve,tornado\n"
      "  tcosim run plan.yaml --csv tables --samples draws.npy\n"
      "  tcosim run plan.yaml --quiet --fail-if \"P90 > 30k\" --fail-if \"confidence < 20%\"");
  return [arguments](const Console& console) { return run(*arguments, console); };
}

}  // namespace tcosim
