// tcosim export FILE --sipmath F: inputs and total for other tools.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/numbers.hpp"
#include "cli/scenario_options.hpp"
#include "plots/export_text.hpp"
#include "scenarios/sipmath_export.hpp"
#include "sim/draw_columns.hpp"

namespace tcosim {
namespace {

struct ExportArguments {
  ScenarioOptions scenario;
  std::optional<std::string> sipmath, draws, seed, entity;
};

// Whole columns are kept, some at a time.
constexpr std::uint64_t kMostDraws = 20'000'000, kLeastDraws = 1000;
constexpr std::size_t kColumnsAtOnce = 8;

struct Figures {
  std::uint64_t draws = 1'000'000, seed = 1, entity = 0;
};

Figures figures_of(const ExportArguments& arguments, const Scenario& scenario) {
  Figures out;
  if (scenario.draws) out.draws = std::clamp(*scenario.draws, kLeastDraws, kMostDraws);
  if (arguments.draws) out.draws = value_or_throw(parse_draws(*arguments.draws), "--draws");
  if (out.draws < kLeastDraws || out.draws > kMostDraws)
    throw UsageError("--draws: an export takes 1000 to 20 million draws");
  out.seed = scenario.seed.value_or(1);
  if (arguments.seed) out.seed = value_or_throw(parse_seed(*arguments.seed), "--seed");
  out.entity = entity_of(scenario);
  if (arguments.entity) out.entity = value_or_throw(parse_seed(*arguments.entity), "--entity");
  return out;
}

std::vector<std::vector<double>> draw_or_throw(const Scenario& scenario, std::span<const std::uint32_t> inputs,
                                               bool total, const Figures& figures) {
  auto columns = draw_columns(scenario, inputs, total, figures.draws, figures.seed);
  if (!columns) throw RunFailure(columns.error().message);
  return std::move(columns).value();
}

bool is_certain(const std::vector<double>& draws) {
  return std::ranges::all_of(draws, [&](double x) { return x == draws.front(); });
}

// Inputs that are one distribution by its quantiles, the others by their draws.
std::vector<std::optional<ExportedCurve>> input_curves(const Scenario& scenario, const Figures& figures) {
  std::vector<std::optional<ExportedCurve>> curves(scenario.inputs.size());
  std::vector<std::uint32_t> drawn;
  for (std::uint32_t i = 0; i < scenario.inputs.size(); ++i) {
    const auto plain = plain_variable(scenario.inputs[i]);
    if (plain && !plain->rounded) {
      curves[i] = ExportedCurve{curve_of(scenario.variables[plain->variable].distribution), true};
    } else {
      drawn.push_back(i);
    }
  }
  for (std::size_t first = 0; first < drawn.size(); first += kColumnsAtOnce) {
    const auto some = std::span(drawn).subspan(first, std::min(kColumnsAtOnce, drawn.size() - first));
    auto columns = draw_or_throw(scenario, some, false, figures);
    for (std::size_t i = 0; i < some.size(); ++i)
      if (!is_certain(columns[i])) curves[some[i]] = ExportedCurve{curve_of(std::move(columns[i])), false};
  }
  return curves;
}

std::optional<QuantileCurve> total_curve(const Scenario& scenario, const Figures& figures) {
  auto columns = draw_or_throw(scenario, {}, true, figures);
  if (is_certain(columns[0])) return std::nullopt;
  return curve_of(std::move(columns[0]));
}

ExportReport report_of(const ExportArguments& arguments, const SipExport& exported, const Figures& figures) {
  ExportReport report{*arguments.scenario.file, *arguments.sipmath, figures.entity, figures.draws, {}, exported.notes};
  for (const SipExportRow& row : exported.rows) {
    const MetalogBounds bounds = metalog_bounds(row.fit.metalog);
    report.variables.push_back({row.name, row.unit, row.from_draws, metalog_coefficients(row.fit.metalog).size(),
                                bounds.low, bounds.high, row.fit.exact, row.fit.rounded, row.fit.error});
  }
  return report;
}

// What a metalog cannot follow (an atom, two humps) other tools will draw wrongly, whatever the table says.
void warn_of_losses(const SipExport& exported) {
  constexpr double kNoticeable = 0.05;
  for (const SipExportRow& row : exported.rows) {
    if (row.fit.error <= kNoticeable) continue;
    print_message(fmt::format("tcosim: warning: no metalog follows '{}': the library's is off by up to {:.0f}% of {}",
                              row.name, 100 * row.fit.error, row.fit.rounded ? "chance" : "its standard deviation"));
  }
}

int run_export(const ExportArguments& arguments, const Console& console) {
  if (!arguments.sipmath) throw UsageError("say what to write: tcosim export FILE --sipmath LIBRARY.SIPmath");
  const LoadedScenario loaded = load_scenario(arguments.scenario, Severity::warning, console);
  if (!loaded.scenario) return kWrongInput;
  const Scenario& scenario = *loaded.scenario;
  const Figures figures = figures_of(arguments, scenario);
  if (*arguments.sipmath != "-") require_writable_place(*arguments.sipmath);

  SipExport exported =
      to_sipmath(scenario, input_curves(scenario, figures), total_curve(scenario, figures), figures.entity);
  if (exported.library.variables.empty()) throw RunFailure("nothing in the scenario is uncertain");
  exported.library.provenance =
      fmt::format("tcosim {}, {}, {} draws, seed {}", TCOSIM_VERSION, scenario.file, figures.draws, figures.seed);
  const std::string json = write_sipmath(exported.library);
  if (*arguments.sipmath == "-") {
    print(json);
    warn_of_losses(exported);
    return kDone;
  }
  write_file(*arguments.sipmath, json);
  warn_of_losses(exported);
  if (!arguments.scenario.quiet) print(render_export(report_of(arguments, exported, figures), console.out));
  return kDone;
}

}  // namespace

Action declare_export(CLI::App& app) {
  auto arguments = std::make_shared<ExportArguments>();
  declare_scenario_options(app, arguments->scenario);
  const auto option = [&](const char* name, auto& value, const char* type, const char* text) {
    app.add_option(name, value, text)->type_name(type);
  };
  option("--sipmath", arguments->sipmath, "FILE", "Write a SIPmath 3.0 library; - prints it");
  option("--draws", arguments->draws, "N", "Draws behind what is no single distribution (1e6)");
  option("--seed", arguments->seed, "N", "Seed of the random numbers (1)");
  option("--entity", arguments->entity, "N", "Entity of the library's generator (from the title)");
  app.footer(
      "Each input and the total become a metalog; the table says what that loses.\n"
      "Exit status: 0 done, 1 the run failed, 2 the input is wrong.\n\n"
      "  tcosim export plan.yaml --sipmath plan.SIPmath");
  return [arguments](const Console& console) { return run_export(*arguments, console); };
}

}  // namespace tcosim
