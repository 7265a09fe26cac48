#include "cli/compared_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/errors.hpp"
#include "cli/progress.hpp"
#include "cli/scenario_options.hpp"
#include "scenarios/section.hpp"
#include "scenarios/variants.hpp"
#include "sim/levers/lever_sets.hpp"

namespace tcosim {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

/// The set that the names stand for. Throws UsageError.
LeverSet levers_named(const std::vector<std::string>& names, const Scenario& scenario) {
  if (scenario.levers.empty())
    throw UsageError(fmt::format("--with '{}': '{}' declares no levers", joined(names), scenario.file));
  std::vector<std::string> known;
  for (const Lever& lever : scenario.levers) known.push_back(lever.name);
  LeverSet set = 0;
  for (const std::string& name : names) {
    const auto at = std::ranges::find(known, name);
    if (at == known.end()) {
      const std::string meant = did_you_mean(name, known);
      throw UsageError(fmt::format("--with: '{}' has no lever '{}'{}", scenario.file, name,
                                   meant.empty() ? "; it has " + joined(known) : "; " + meant));
    }
    set |= LeverSet{1} << static_cast<unsigned>(at - known.begin());
  }
  return set;
}

/// Columns in the making. A reading with errors leaves `wrong` set, so that all files show theirs.
class Entries {
 public:
  Entries(const CompareArguments& arguments, const Console& console) : arguments_(arguments), console_(console) {}

  std::optional<std::vector<CompareEntry>> read() {
    const auto settings = split_settings(arguments_.set);
    ScenarioOptions options;
    options.command = "compare";
    options.horizon = arguments_.horizon;
    options.budgets = arguments_.budgets;
    options.quiet = arguments_.quiet;
    for (std::size_t i = 0; i < arguments_.files.size(); ++i) {
      options.file = arguments_.files[i];
      LoadedVariants loaded = load_variants(options, Severity::warning, console_);
      // Budgets are those of the first; a wrong horizon is wrong once
      options.budgets.clear();
      if (std::ranges::any_of(loaded.diagnostics, [](const Diagnostic& d) { return d.span.file == "--horizon"; }))
        options.horizon.reset();
      if (!loaded.base) {
        wrong_ = true;
        continue;
      }
      const std::string name = name_of(arguments_.files[i]);
      const Scenario first = *loaded.base;
      add(name, std::move(*loaded.base), {});
      if (i == 0) add_variants(name, first, loaded.variants, settings);
    }
    if (wrong_) return std::nullopt;
    std::ranges::move(variants_, std::back_inserter(entries_));
    return std::move(entries_);
  }

 private:
  /// The file's name without folder and extension, with the folder where two have one name; the second of a name gets
  /// a number.
  [[nodiscard]] std::string name_of(const std::string& file) const {
    if (file == "-") return unused("standard input");
    const std::filesystem::path path(file);
    const auto has_its_name = [&](const std::string& other) {
      return other != file && std::filesystem::path(other).stem() == path.stem();
    };
    if (std::ranges::none_of(arguments_.files, has_its_name)) return unused(path.stem().string());
    return unused((path.parent_path() / path.stem()).string());
  }

  [[nodiscard]] std::string unused(const std::string& wanted) const {
    std::string name = wanted;
    const auto is_taken = [&](const CompareEntry& entry) { return entry.name == name; };
    for (int n = 2; std::ranges::any_of(entries_, is_taken) || std::ranges::any_of(variants_, is_taken); ++n)
      name = fmt::format("{} ({})", wanted, n);
    return name;
  }

  void add(const std::string& name, Scenario scenario, std::vector<std::string> changes) {
    entries_.push_back({name, std::move(scenario), std::move(changes)});
  }

  /// Variants of the first file: one a --with, one of all --set together. They stand behind the files.
  void add_variants(const std::string& name, const Scenario& first, const ScenarioVariants& variants,
                    const std::vector<std::pair<std::string, std::string>>& settings) {
    std::vector<LeverSet> sets;
    for (const std::string& list : arguments_.with) {
      const LeverSet set = levers_named(split_levers(list), first);
      if (std::ranges::find(sets, set) != sets.end())
        throw UsageError(fmt::format("--with '{}': these levers are a column already", list));
      sets.push_back(set);
      add_variant(name, variants, {set, {}}, names(first.levers, set));
    }
    if (settings.empty()) return;
    std::vector<std::string> texts;
    for (const auto& [input, value] : settings) texts.push_back(input + "=" + value);
    add_variant(name, variants, {first.pulled, settings}, texts);
  }

  void add_variant(const std::string& name, const ScenarioVariants& variants, const VariantChanges& changes,
                   const std::vector<std::string>& texts) {
    ReadResult result = variants.resolve(changes);
    if (has_errors(result.diagnostics) || !result.scenario) {
      print_diagnostics(result.diagnostics, Severity::error, console_);
      wrong_ = true;
      return;
    }
    variants_.push_back({unused(name + " + " + joined(texts)), std::move(*result.scenario), texts});
  }

  const CompareArguments& arguments_;
  const Console& console_;
  std::vector<CompareEntry> entries_, variants_;
  bool wrong_ = false;
};

void require_two(const CompareArguments& arguments) {
  if (arguments.files.empty())
    throw UsageError("no scenario file: write tcosim compare A.yaml B.yaml; tcosim new prints one to start from");
  if (std::ranges::count(arguments.files, "-") > 1) throw UsageError("standard input can be one of the scenarios only");
  if (arguments.files.size() == 1 && arguments.with.empty() && arguments.set.empty())
    throw UsageError(
        fmt::format("'{}' alone cannot be compared: name a second file, or make a variant of it with --with LEVER or "
                    "--set NAME=VALUE",
                    arguments.files[0]));
}

RunOptions options_for(const CompareArguments& arguments) {
  RunOptions options = run_options(arguments.sampling);
  if (options.sampling != Sampling::monte_carlo)
    throw UsageError(fmt::format("--sampling: compare pairs independent draws, so that only mc is possible, not '{}'",
                                 arguments.sampling.sampling.value_or("")));
  return options;
}

/// What the files ask for and do not get.
std::vector<std::string> ignored_requests(const std::vector<CompareEntry>& entries) {
  std::vector<std::string> files;
  for (const CompareEntry& entry : entries)
    if (entry.changes.empty() && entry.scenario.sampling.value_or(Sampling::monte_carlo) != Sampling::monte_carlo)
      files.push_back(entry.name);
  if (files.empty()) return {};
  return {fmt::format("The sampling that {} asks for is for run: compare draws by Monte Carlo", joined(files))};
}

}  // namespace

void check_compare(const CompareArguments& arguments) {
  require_two(arguments);
  static_cast<void>(options_for(arguments));
}

std::optional<ComparedFiles> read_compared_files(const CompareArguments& arguments, const Console& console) {
  RunOptions options = options_for(arguments);
  auto entries = Entries(arguments, console).read();
  if (!entries) return std::nullopt;
  if (const auto reason = cannot_compare(*entries)) throw UsageError(*reason);
  add_file_defaults((*entries)[0].scenario, arguments.sampling, options);
  options.sampling = Sampling::monte_carlo;
  return ComparedFiles{*std::move(entries), options};
}

CompareResult compare_files(const ComparedFiles& files, bool quiet, const Console& console) {
  RunOptions options = files.options;
  ProgressLine line(console.err);
  if (console.err_is_terminal && !quiet) options.progress = [&](const Progress& progress) { line.show(progress); };
  auto compared = compare(files.entries, options);
  if (!compared) throw RunFailure(compared.error().message);
  CompareResult result = *std::move(compared);
  std::ranges::move(ignored_requests(files.entries), std::back_inserter(result.warnings));
  return result;
}

}  // namespace tcosim
