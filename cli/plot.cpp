// tcosim plot FILE --chart CHART -o PICTURE: one chart as SVG, PNG or PDF.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/sampling_options.hpp"
#include "cli/scenario_options.hpp"
#include "plots/charts/charts.hpp"
#include "plots/images/image_file.hpp"
#include "sim/simulate.hpp"

namespace tcosim {
namespace {

struct PlotArguments {
  ScenarioOptions scenario;
  SamplingOptions sampling;
  std::optional<std::string> chart, output;
};

std::string list_charts() {
  std::string list;
  for (const ChartRow<Result>& row : run_charts()) list += fmt::format("  {:<22} {}\n", row.name, row.shows);
  return list;
}

const ChartRow<Result>& row_of(const std::string& name) {
  for (const ChartRow<Result>& row : run_charts())
    if (row.name == name) return row;
  throw UsageError(fmt::format("--chart: there is no chart '{}'; the charts are\n{}", name, list_charts()));
}

int plot(const PlotArguments& arguments, const Console& console) {
  // Everything that can be wrong, before anything is computed
  if (!arguments.chart) throw UsageError(fmt::format("--chart is needed; the charts are\n{}", list_charts()));
  const ChartRow<Result>& row = row_of(*arguments.chart);
  if (!arguments.output) throw UsageError("-o is needed: the picture's file, such as tornado.png");
  const auto format = image_format(*arguments.output);
  if (!format) throw UsageError(fmt::format("-o '{}': the name ends in .svg, .png or .pdf", *arguments.output));
  require_writable_place(*arguments.output);
  RunOptions options = run_options(arguments.sampling);
  const LoadedScenario loaded = load_scenario(arguments.scenario, Severity::warning, console);
  if (!loaded.scenario) return kWrongInput;
  add_file_defaults(*loaded.scenario, arguments.sampling, options);

  options.details = true;
  const auto result = simulate(*loaded.scenario, options);
  if (!result) throw RunFailure(result.error().message);
  const std::vector<Chart> charts = row.make(*result);
  if (charts.empty()) throw RunFailure(fmt::format("there is nothing to show in '{}'", row.name));
  const auto drawn = svgs({charts.data(), 1});
  if (!drawn) throw RunFailure(drawn.error());
  const auto bytes = image(drawn->front(), *format);
  if (!bytes) throw RunFailure(bytes.error());
  write_file(*arguments.output, *bytes);
  return kDone;
}

}  // namespace

Action declare_plot(CLI::App& app) {
  auto arguments = std::make_shared<PlotArguments>();
  declare_scenario_options(app, arguments->scenario);
  declare_sampling_options(app, arguments->sampling);
  app.add_option("--chart", arguments->chart, "Which chart")->type_name("CHART");
  app.add_option("-o,--output", arguments->output, "The picture: .svg, .png or .pdf")->type_name("PICTURE");
  app.footer("Charts:\n" + list_charts() + "\n  tcosim plot plan.yaml --chart histogram -o histogram.png");
  return [arguments](const Console& console) { return plot(*arguments, console); };
}

}  // namespace tcosim
