#include "cli/lever_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cli/errors.hpp"
#include "plots/numbers.hpp"
#include "sim/levers/lever_sets.hpp"

namespace tcosim {
namespace {

constexpr const char* kExample =
    "levers:\n"
    "  lora:\n"
    "    set: {gpu_hours_per_run: \"pert(40, 60, 100) gpu_hour/run\"}\n"
    "    cost: 500 to 2k USD";

std::optional<Objective> objective_of(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto objective = parse_objective(*text);
  if (!objective)
    throw UsageError(
        fmt::format("--objective: mean, a percentile such as P80, or the mean of the worst draws such as "
                    "cvar80 (of the worst 20%) is expected, not '{}'",
                    *text));
  return objective;
}

void require_levers(const Scenario& scenario) {
  if (scenario.levers.empty())
    throw UsageError(
        fmt::format("'{}' declares no levers; write what could be changed, such as\n{}", scenario.file, kExample));
  if (candidates(scenario.levers, scenario.pulled) == 0)
    throw UsageError("no lever is left to study: --with has pulled all that can be pulled together");
}

/// The draws of the command line; else the file's, where they are fewer than this command takes by itself.
LeversOptions levers_options(const LeversArguments& arguments, const Scenario& scenario,
                             std::vector<std::string>& notes) {
  RunOptions typed = run_options(arguments.sampling);
  if (typed.sampling != Sampling::monte_carlo)
    throw UsageError(
        "--sampling: levers draws by mc only, since its intervals pair independent draws; leave the option out");
  add_file_defaults(scenario, arguments.sampling, typed);
  LeversOptions options;
  options.seed = typed.seed;
  options.threads = typed.threads;
  if (arguments.sampling.draws) {
    options.draws = typed.draws;
  } else if (scenario.draws) {
    options.draws = std::min(kLeverDraws, *scenario.draws);
    if (*scenario.draws > kLeverDraws)
      notes.push_back(fmt::format("The file's {} draws are for run; levers takes {} unless --draws says more.",
                                  *scenario.draws, kLeverDraws));
  } else {
    notes.push_back(
        fmt::format("levers takes {} draws, since differences on the same draws settle sooner than totals; "
                    "--draws says otherwise.",
                    text::count(kLeverDraws)));
  }
  if (options.draws > kMostLeverDraws)
    throw UsageError(fmt::format("--draws: levers keeps whole columns of draws and takes at most {}", kMostLeverDraws));
  if (typed.sampling != Sampling::monte_carlo)
    notes.emplace_back("The file's sampling is for run; levers draws by Monte Carlo.");
  options.objective = objective_of(arguments.objective);
  if (!arguments.scenario.budgets.empty()) {
    options.budget = scenario.contingency.budgets.back();
    if (*options.budget < 0)
      throw UsageError(
          fmt::format("--budget '{}': adoption cannot cost less than nothing", arguments.scenario.budgets.back()));
  }
  return options;
}

/// The file with a set of levers pulled; what is wrong with one is remembered as wrong input.
VariantOf variants_of(const LoadedVariants& loaded, std::optional<std::string>& wrong) {
  return [&](LeverSet set) -> Expected<Scenario, std::string> {
    ReadResult read = loaded.variants.resolve({set, {}});
    if (read.scenario && !has_errors(read.diagnostics)) return std::move(*read.scenario);
    std::string with;
    for (const std::string& name : names(loaded.base->levers, set)) with += (with.empty() ? "" : ", ") + name;
    std::string why = "the file cannot be resolved";
    for (const Diagnostic& diagnostic : read.diagnostics) {
      if (diagnostic.severity != Severity::error) continue;
      why = format(diagnostic);
      break;
    }
    wrong = fmt::format("with {} pulled: {}", with, why);
    return Unexpected{*wrong};
  };
}

}  // namespace

void check_levers(const LeversArguments& arguments) {
  static_cast<void>(run_options(arguments.sampling));
  static_cast<void>(objective_of(arguments.objective));
  if (arguments.scenario.budgets.size() > 1)
    throw UsageError("--budget is given twice: levers takes one, the sum that adoption may cost");
}

std::optional<LeversResult> study_file(const LeversArguments& arguments, const Console& console,
                                       std::optional<Scenario>* read) {
  const LoadedVariants loaded = load_variants(arguments.scenario, Severity::warning, console);
  if (!loaded.base) return std::nullopt;
  if (read != nullptr) *read = loaded.base;
  std::vector<std::string> notes;
  const LeversOptions options = levers_options(arguments, *loaded.base, notes);
  require_levers(*loaded.base);

  std::optional<std::string> wrong;
  auto studied = study_levers(variants_of(loaded, wrong), loaded.base->pulled, options);
  if (!studied && wrong) throw UsageError(*wrong);
  if (!studied) throw RunFailure(studied.error().message);
  LeversResult result = *std::move(studied);
  result.notes.insert(result.notes.end(), notes.begin(), notes.end());
  return result;
}

}  // namespace tcosim
