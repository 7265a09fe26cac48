// tcosim levers FILE: which lever to pull first.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/lever_study.hpp"
#include "cli/page_source.hpp"
#include "cli/picture_options.hpp"
#include "cli/workbook_options.hpp"
#include "plots/charts/charts.hpp"
#include "plots/levers_text.hpp"
#include "plots/report/report.hpp"

namespace tcosim {
namespace {

struct LeversCommand {
  LeversArguments study;
  std::optional<std::string> csv;
  PictureOptions pictures;
};

int levers(const LeversCommand& command, const Console& console) {
  check_levers(command.study);
  if (command.csv) require_folder(*command.csv);
  require_picture_places(command.pictures);

  std::optional<Scenario> scenario;
  const auto result = study_file(command.study, console, &scenario);
  if (!result) return kWrongInput;
  write_text_and_json(
      command.study.sampling, command.study.scenario.quiet, [&] { return render_levers(*result, console.out); },
      [&] { return to_json(*result); });
  if (command.csv) write_tables(*command.csv, to_csv(*result));
  write_pictures(
      command.pictures, [&] { return all_charts(levers_charts(), *result); },
      [&](const std::vector<Chart>& charts) {
        const Scenario* const read = &*scenario;
        std::string again = command_again(command.study.scenario, result->run);
        if (command.study.objective) again += " --objective " + quoted_word(*command.study.objective);
        return report_html(*result, charts, page_source({&read, 1}, again));
      });
  return kDone;
}

}  // namespace

Action declare_levers(CLI::App& app) {
  auto command = std::make_shared<LeversCommand>();
  LeversArguments& arguments = command->study;
  declare_scenario_options(app, arguments.scenario);
  declare_sampling_options(app, arguments.sampling);
  app.get_option("--budget")->description("What adoption may cost, on average: the best set within 10k");
  app.get_option("--with")->description("Levers that are pulled already");
  app.get_option("--draws")->description("Draws: 1e5 (the default), 200_000, 1M");
  app.get_option("--sampling")->description("mc only");
  app.add_option("--objective", arguments.objective, "What is to be low: mean, P80 (the file's headline), cvar80")
      ->type_name("WHAT");
  app.add_option("--csv", command->csv, "Write the result as CSV tables into a folder")->type_name("DIR");
  declare_picture_options(app, command->pictures);
  app.footer(
      "cvar80 is the mean of the worst 20% of the draws.\n"
      "Exit status: 0 done, 1 the run failed, 2 the input is wrong.\n\n"
      "  tcosim levers plan.yaml\n"
      "  tcosim levers plan.yaml --budget 10k --objective P90 --with lora");
  return [command](const Console& console) { return levers(*command, console); };
}

}  // namespace tcosim
