// tcosim plot FILE --chart CHART -o PICTURE: one chart as SVG, PNG or PDF.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/plot_studies.hpp"
#include "plots/charts/charts.hpp"
#include "plots/images/image_file.hpp"
#include "scenarios/diagnostic.hpp"

namespace tcosim {
namespace {

constexpr int kLeastWidth = 320, kMostWidth = 4000;

struct PlotArguments {
  StudyArguments study;
  std::optional<std::string> chart, output, theme, width;
  bool list = false;
};

std::string list_of(const std::vector<PlotChart>& charts) {
  std::string list;
  for (const PlotChart& chart : charts) list += fmt::format("  {:<22} {}\n", chart.name, chart.shows);
  return list;
}

bool is_named(const PlotChart& row, const std::string& name) {
  return name == row.name || (row.one_each && name.starts_with(std::string(row.name) + "-"));
}

[[noreturn]] void refuse_chart(const std::string& name, const std::vector<std::string>& known) {
  const std::string near = closest(name, known);
  throw UsageError(
      fmt::format("--chart: there is no chart '{}'; {}", name,
                  near.empty() ? "tcosim plot --list shows them all" : fmt::format("did you mean '{}'?", near)));
}

/// The one place where a chart's name is looked up, whatever study it belongs to.
const PlotChart& row_of(const std::vector<PlotChart>& charts, const std::string& name) {
  const auto found = std::ranges::find_if(charts, [&](const PlotChart& row) { return is_named(row, name); });
  if (found != charts.end()) return *found;
  if (std::ranges::find(fit_charts(), name, &ChartRow<FitPage>::name) != fit_charts().end())
    throw UsageError(
        fmt::format("--chart: '{}' is a chart of data: tcosim fit DATA.csv --column NAME --charts DIR", name));
  std::vector<std::string> known;
  for (const PlotChart& chart : charts) known.emplace_back(chart.name);
  refuse_chart(name, known);
}

/// Of a row's charts the one asked for by its whole name; the first by the row's.
const Chart& chart_of(const std::vector<Chart>& made, const PlotChart& row, const std::string& name) {
  if (made.empty()) {
    throw UsageError(
        fmt::format("--chart {}: there is nothing to show: this scenario has no such figures ({})", name, row.shows));
  }
  if (name == row.name) return made.front();
  std::vector<std::string> known;
  for (const Chart& chart : made) {
    if (chart.name == name) return chart;
    known.push_back(chart.name);
  }
  refuse_chart(name, known);
}

ImageView view_of(const PlotArguments& arguments) {
  ImageView view;
  if (arguments.theme) {
    if (*arguments.theme != "light" && *arguments.theme != "dark")
      throw UsageError(fmt::format("--theme: light or dark is expected, not '{}'", *arguments.theme));
    view.theme = *arguments.theme;
  }
  if (arguments.width) {
    const std::string& text = *arguments.width;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), view.width);
    if (error != std::errc{} || end != text.data() + text.size() || view.width < kLeastWidth || view.width > kMostWidth)
      throw UsageError(fmt::format("--width: a whole number of pixels from {} to {} is expected, not '{}'", kLeastWidth,
                                   kMostWidth, text));
  }
  return view;
}

ImageFormat format_of(const PlotArguments& arguments) {
  if (!arguments.output)
    throw UsageError(fmt::format("-o is needed: the picture's file, such as -o {}.png", *arguments.chart));
  const auto format = image_format(*arguments.output);
  if (!format) throw UsageError(fmt::format("-o '{}': let the name end in .svg, .png or .pdf", *arguments.output));
  return *format;
}

std::string drawn(const Chart& chart, const ImageView& view, ImageFormat format) {
  const auto documents = svgs({&chart, 1}, view);
  if (!documents) throw RunFailure(documents.error());
  auto bytes = image(documents->front(), format);
  if (!bytes) throw RunFailure(bytes.error());
  return *std::move(bytes);
}

int plot(const PlotArguments& arguments, const Console& console) {
  const std::vector<PlotChart> charts = plot_charts();
  if (arguments.list || arguments.chart == "list") {
    print(list_of(charts));
    return kDone;
  }
  // Everything that can be wrong, before anything is computed
  if (!arguments.chart) throw UsageError("--chart is needed: tcosim plot --list shows them all");
  const PlotChart& row = row_of(charts, *arguments.chart);
  const ImageView view = view_of(arguments);
  const ImageFormat format = format_of(arguments);
  row.check(arguments.study);
  require_writable_place(*arguments.output);

  const auto made = row.make(arguments.study, console);
  if (!made) return kWrongInput;
  write_file(*arguments.output, drawn(chart_of(*made, row, *arguments.chart), view, format));
  return kDone;
}

}  // namespace

Action declare_plot(CLI::App& app) {
  auto arguments = std::make_shared<PlotArguments>();
  declare_scenario_options(app, arguments->study.scenario);
  declare_sampling_options(app, arguments->study.sampling);
  app.add_option("MORE", arguments->study.others, "Further scenario files, for charts that compare")->type_name("");
  app.remove_option(app.get_option("--json"));
  const auto option = [&](const char* name, auto& value, const char* type, const char* text) {
    app.add_option(name, value, text)->type_name(type);
  };
  option("--chart", arguments->chart, "CHART", "Which chart; list shows them all");
  option("--objective", arguments->study.objective, "WHAT", "Of lever charts: mean, P80 (the file's headline), cvar80");
  option("-o,--output", arguments->output, "PICTURE", "The picture's file: .svg, .png or .pdf");
  option("--theme", arguments->theme, "THEME", "light (the default) or dark");
  option("--width", arguments->width, "PIXELS", "960 (the default); png has two points a pixel each way");
  app.add_flag("--list", arguments->list, "Show all charts, and draw none");
  app.footer("Charts:\n" + list_of(plot_charts()) +
             "\n  tcosim plot plan.yaml --chart tornado -o tornado.png\n"
             "  tcosim plot plan.yaml cheaper.yaml --chart paired-difference -o difference.pdf\n"
             "  tcosim plot plan.yaml --chart scatter-gpu_rate --theme dark --width 1280 -o rate.svg");
  return [arguments](const Console& console) { return plot(*arguments, console); };
}

}  // namespace tcosim
