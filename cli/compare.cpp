// tcosim compare A.yaml B.yaml ...: scenarios side by side on common random numbers.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/compared_files.hpp"
#include "cli/errors.hpp"
#include "cli/page_source.hpp"
#include "cli/picture_options.hpp"
#include "plots/charts/charts.hpp"
#include "plots/compare_text.hpp"
#include "plots/report/report.hpp"

namespace tcosim {
namespace {

struct CompareCommand {
  CompareArguments study;
  std::optional<std::string> csv;
  PictureOptions pictures;
};

/// The command line that makes the same numbers again.
std::string compare_again(const CompareArguments& arguments, const RunInfo& run) {
  std::string command = "tcosim compare";
  for (const std::string& file : arguments.files) command += " " + quoted_word(file);
  const auto add = [&](const char* name, const std::string& value) {
    command += std::string(" ") + name + " " + quoted_word(value);
  };
  for (const std::string& levers : arguments.with) add("--with", levers);
  for (const std::string& setting : arguments.set) add("--set", setting);
  if (arguments.horizon) add("--horizon", *arguments.horizon);
  for (const std::string& budget : arguments.budgets) add("--budget", budget);
  add("--draws", std::to_string(run.draws));
  add("--seed", std::to_string(run.seed));
  return command;
}

int compare_scenarios(const CompareCommand& command, const Console& console) {
  // Everything that can be wrong, before anything is computed
  check_compare(command.study);
  auto files = read_compared_files(command.study, console);
  if (!files) return kWrongInput;
  if (command.csv) require_folder(*command.csv);
  require_picture_places(command.pictures);

  files->options.curve = wants_pictures(command.pictures);
  const CompareResult result = compare_files(*files, command.study.quiet, console);
  write_text_and_json(
      command.study.sampling, command.study.quiet, [&] { return render_compare(result, console.out); },
      [&] { return to_json(result); });
  if (command.csv) write_tables(*command.csv, to_csv(result));
  write_pictures(
      command.pictures, [&] { return all_charts(compare_charts(), result); },
      [&](const std::vector<Chart>& charts) {
        std::vector<const Scenario*> scenarios;
        for (const CompareEntry& entry : files->entries) scenarios.push_back(&entry.scenario);
        return report_html(result, charts, page_source(scenarios, compare_again(command.study, result.run)));
      });
  return kDone;
}

}  // namespace

Action declare_compare(CLI::App& app) {
  auto command = std::make_shared<CompareCommand>();
  CompareArguments& arguments = command->study;
  app.add_option("FILES", arguments.files, "The scenario files; the others are compared with the first")->type_name("");
  const auto several = [&](const char* name, auto& values, const char* type, const char* text) {
    app.add_option(name, values, text)->type_name(type)->allow_extra_args(false);
  };
  several("--with", arguments.with, "LEVERS", "One more column: the first file with levers: lora,spot; repeatable");
  several("--set", arguments.set, "NAME=VALUE", "One more column: the first file with inputs replaced; repeatable");
  app.add_option("--horizon", arguments.horizon, "Replace the horizon of all: \"12 months\"")->type_name("TIME");
  several("--budget", arguments.budgets, "SUM", "Also test this sum: 25k; repeatable");
  declare_sampling_options(app, arguments.sampling);
  app.add_option("--csv", command->csv, "Write the result as CSV tables into a folder")->type_name("DIR");
  declare_picture_options(app, command->pictures);
  app.add_flag("--quiet", arguments.quiet, "Print errors only");
  app.footer(
      "What has the same name in two scenarios has the same random numbers in them.\n"
      "Exit status: 0 done, 1 the run failed, 2 the input is wrong.\n\n"
      "  tcosim compare plan.yaml cheaper.yaml\n"
      "  tcosim compare plan.yaml --with lora --with lora,active_learning --set gpu_rate=2");
  return [command](const Console& console) { return compare_scenarios(*command, console); };
}

}  // namespace tcosim
