// tcosim sensitivity FILE --method M: what moves the total, by one method in depth or by all side by side.
#include "sim/sensitivity/sensitivity.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/numbers.hpp"
#include "cli/sampling_options.hpp"
#include "cli/scenario_options.hpp"
#include "plots/sensitivity_markdown.hpp"
#include "plots/sensitivity_text.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kTop = 20;

struct SensitivityArguments {
  ScenarioOptions scenario;
  SamplingOptions sampling;
  std::vector<std::string> methods, stress;
  std::optional<std::string> by, of, statistic, top, csv;
  bool together = false, list = false, markdown = false;
};

/// "swing, delta" as two names.
std::vector<std::string> split_names(const std::vector<std::string>& lists) {
  std::vector<std::string> names;
  for (const std::string& list : lists)
    for (std::size_t start = 0; start <= list.size();) {
      const std::size_t end = std::min(list.find(',', start), list.size());
      const std::size_t first = list.find_first_not_of(' ', start);
      const std::size_t last = list.find_last_not_of(' ', end == 0 ? 0 : end - 1);
      if (first >= end || last == std::string::npos || last < first)
        throw UsageError(fmt::format("--method: a name is missing in '{}'", list));
      names.push_back(list.substr(first, last + 1 - first));
      start = end + 1;
    }
  return names;
}

RankBy rank_by_of(const std::string& text) {
  if (text == "inputs") return RankBy::inputs;
  if (text == "groups") return RankBy::groups;
  if (text == "lines") return RankBy::lines;
  if (text == "categories") return RankBy::categories;
  const std::string near = closest(text, {"inputs", "groups", "lines", "categories"});
  throw UsageError(fmt::format("--by: inputs, groups, lines or categories is expected, not '{}'{}", text,
                               near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

std::optional<Percentile> statistic_of(const std::string& text) {
  if (text == "mean") return std::nullopt;
  const auto percentile = parse_percentile(text);
  if (!percentile)
    throw UsageError(fmt::format("--statistic: mean or a percentile such as P80 is expected, not '{}'", text));
  return percentile;
}

std::size_t top_of(const std::optional<std::string>& text) {
  if (!text) return kTop;
  const auto rows = parse_draws(*text);
  if (!rows) throw UsageError(fmt::format("--top: a number of rows such as 10 is expected, not '{}'", *text));
  return static_cast<std::size_t>(*rows);
}

SensitivityOptions options_of(const SensitivityArguments& arguments) {
  const RunOptions run = run_options(arguments.sampling);
  SensitivityOptions options;
  if (arguments.by) options.by = rank_by_of(*arguments.by);
  if (arguments.of) options.of = *arguments.of;
  if (arguments.statistic) options.statistic = statistic_of(*arguments.statistic);
  options.together = arguments.together;
  if (arguments.sampling.draws) options.draws = run.draws;
  if (arguments.sampling.sampling) options.sampling = run.sampling;
  options.seed = run.seed;
  options.threads = run.threads;
  return options;
}

void add_file_defaults(const Scenario& scenario, const SamplingOptions& typed, SensitivityOptions& options) {
  if (!typed.draws && scenario.draws) options.draws = scenario.draws;
  if (!typed.seed && scenario.seed) options.seed = *scenario.seed;
}

int list_methods(const SensitivityArguments& arguments, const Console& console) {
  const std::vector<MethodEntry> methods = list_sensitivity_methods();
  if (arguments.markdown) {
    print(methods_markdown(methods));
    return kDone;
  }
  write_text_and_json(
      arguments.sampling, arguments.scenario.quiet, [&] { return render_methods(methods, console.out); },
      [&] { return to_json(methods); });
  return kDone;
}

int run(const SensitivityArguments& arguments, const Console& console) {
  SensitivityOptions options = options_of(arguments);
  if (arguments.list || arguments.markdown) return list_methods(arguments, console);
  SensitivityQuestions questions{split_names(arguments.methods), arguments.stress};
  if (questions.methods.empty() && questions.stress.empty()) questions.methods = {"swing"};
  const std::size_t top = top_of(arguments.top);
  const LoadedScenario loaded = load_scenario(arguments.scenario, Severity::warning, console);
  if (!loaded.scenario) return kWrongInput;
  add_file_defaults(*loaded.scenario, arguments.sampling, options);
  if (arguments.csv) require_folder(*arguments.csv);

  const auto result = analyse_sensitivity(*loaded.scenario, questions, options);
  if (!result) {
    if (result.error().wrong_input) throw UsageError(result.error().message);
    throw RunFailure(result.error().message);
  }
  write_text_and_json(
      arguments.sampling, arguments.scenario.quiet, [&] { return render_sensitivity(*result, top, console.out); },
      [&] { return to_json(*result); });
  if (arguments.csv) write_tables(*arguments.csv, to_csv(*result));
  return kDone;
}

}  // namespace

Action declare_sensitivity(CLI::App& app) {
  auto a = std::make_shared<SensitivityArguments>();
  declare_scenario_options(app, a->scenario);
  const auto option = [&](const char* name, auto& value, const char* type, const char* text) {
    return app.add_option(name, value, text)->type_name(type);
  };
  option("--method", a->methods, "NAME",
         "swing (the default), one-at-a-time, spearman, regression, sobol, given-data, shapley, delta, pawn, spider, "
         "scenario or all; several by commas; repeatable")
      ->allow_extra_args(false);
  app.add_flag("--list", a->list, "List the methods: what each measures, when not to use it, its source");
  app.add_flag("--markdown", a->markdown, "The list as a page of documentation");
  option("--by", a->by, "WHAT", "Rank inputs (the default), groups, lines or categories");
  option("--of", a->of, "NAME", "What is explained: total (the default) or an output");
  option("--statistic", a->statistic, "S", "mean (the default) or a percentile, P80: what bars show");
  app.add_flag("--together", a->together, "One at a time: correlated inputs move along");
  option("--stress", a->stress, "CONDITION", "What changes while it holds: \"gpu_rate > P90\"; repeatable")
      ->allow_extra_args(false);
  option("--top", a->top, "N", "Rows of each table (20)");
  declare_sampling_options(app, a->sampling);
  option("--csv", a->csv, "DIR", "Write each table as CSV into a folder");
  app.footer(
      "Methods with draws of their own (sobol, shapley) take --draws and --sampling for those.\n"
      "Exit status: 0 done, 1 the run failed, 2 the input is wrong or the method does not suit it.\n\n"
      "  tcosim sensitivity plan.yaml --method all\n"
      "  tcosim sensitivity plan.yaml --method swing --statistic P80 --by groups\n"
      "  tcosim sensitivity plan.yaml --stress \"gpu_rate > P90\"");
  return [a](const Console& console) { return run(*a, console); };
}

}  // namespace tcosim
