#include "scenarios/variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "scenarios/levers.hpp"
#include "scenarios/read_file.hpp"
#include "scenarios/read_imports.hpp"
#include "scenarios/resolution_cache.hpp"
#include "scenarios/resolver.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

using Overrides = std::map<std::string, Expression>;

Scalar option_scalar(const std::string& option, const std::string& text, Report& report) {
  const SourceText& source = report.add_source(make_source(option, text, true));
  return {text, {&source, 0, std::max<std::size_t>(text.size(), 1)}, true};
}

void parse_overrides(const std::vector<std::pair<std::string, std::string>>& settings, Overrides& overrides,
                     Report& report) {
  for (const auto& [input, value] : settings) {
    const Scalar scalar = option_scalar("--set " + input, value, report);
    const Expression expression = parse_scalar(scalar, report);
    if (expression.ok) overrides[input] = expression;
  }
}

void apply_options(const ReadOptions& options, Declarations& declarations, Report& report) {
  if (options.horizon) declarations.horizon = option_scalar("--horizon", *options.horizon, report);
  for (const std::string& budget : options.budgets) {
    if (!declarations.budgets) declarations.budgets.emplace();
    declarations.budgets->push_back(option_scalar("--budget", budget, report));
  }
}

LeverSet needed_by(const std::vector<Lever>& levers, LeverSet set) {
  LeverSet needs = 0;
  for (std::size_t i = 0; i < levers.size(); ++i)
    if ((set & lever_bit(i)) != 0) needs |= levers[i].needs;
  return needs;
}

/// The levers of --with; 0, reported, where a name is unknown or they cannot be pulled together.
LeverSet read_with(const std::vector<std::string>& names, const std::vector<Lever>& levers, Report& report) {
  LeverSet set = 0;
  std::vector<std::string> known;
  for (const Lever& lever : levers) known.push_back(lever.name);
  bool good = true;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(known, name);
    if (found == known.end()) {
      good = false;
      const Scalar scalar = option_scalar("--with", name, report);
      report.error({scalar.place.source, kWholeFile}, fmt::format("unknown lever '{}'", name),
                   known.empty() ? "the file has no 'levers:'" : did_you_mean(name, known));
    } else {
      set |= lever_bit(static_cast<std::size_t>(found - known.begin()));
    }
  }
  if (!good) return 0;
  const LeverConflict conflict = find_conflict(levers, set);
  if (conflict.message.empty()) return set;
  std::string all = fmt::format("{}", fmt::join(names, ","));
  const Scalar scalar = option_scalar("--with", all, report);
  for (std::size_t i = 0; i < levers.size(); ++i)
    if ((needed_by(levers, set) & ~set & lever_bit(i)) != 0) all += "," + levers[i].name;
  report.error({scalar.place.source, kWholeFile}, conflict.message,
               (needed_by(levers, set) & ~set) != 0 ? fmt::format("write '--with {}'", all) : conflict.suggestion);
  return 0;
}

}  // namespace

struct ScenarioVariants::State {
  std::string file, text;
  Report report;  ///< what reading the file and the options has found
  Declarations declarations;
  Overrides overrides;
  std::vector<Lever> levers;
  LeverSet with = 0;
  mutable ResolutionCache cache;
  mutable std::optional<Report> without_levers;  ///< what resolving the file as it stands has found

  /// A scenario whose diagnostics are in `found`; to be thrown away when there are errors.
  Scenario resolve(LeverSet set, const Overrides& set_inputs, Report& found) const {
    if (set == 0) return finished(Resolver(declarations, set_inputs, found, cache).resolve(), set);
    if (!without_levers) {
      without_levers = report;
      (void)resolve(0, overrides, *without_levers);
    }
    // What is wrong in the file stays wrong where a lever replaces it, and whoever uses it stays silent
    if (without_levers->has_errors()) found.add_new(*without_levers, Place(), "(without levers)");
    const Declarations changed = with_levers(declarations, set);
    return finished(Resolver(changed, set_inputs, found, cache).resolve(), set);
  }

  Scenario finished(Scenario scenario, LeverSet set) const {
    scenario.file = file;
    scenario.text = text;
    scenario.imported_files = declarations.imported_files;
    scenario.levers = levers;
    scenario.pulled = set;
    return scenario;
  }

  /// Every lever as if it were pulled, with what it needs; what only then goes wrong is added to `found`.
  void check_levers(LeverSet pulled, Report& found) const {
    for (std::size_t i = 0; i < levers.size(); ++i) {
      const LeverSet set = levers[i].needs | lever_bit(i);
      if (set == pulled || !is_possible(levers, set)) continue;
      Overrides others = overrides;
      for (std::size_t j = 0; j < levers.size(); ++j)
        if ((set & lever_bit(j)) != 0)
          for (const std::string& input : levers[j].sets) others.erase(input);
      Report with_lever = report;
      (void)resolve(set, others, with_lever);
      found.add_new(with_lever, declarations.levers[i].whole, fmt::format("(with lever '{}')", levers[i].name));
    }
  }
};

ScenarioVariants::ScenarioVariants(std::shared_ptr<const State> state) : state_(std::move(state)) {}

ScenarioVariants ScenarioVariants::read_text(std::string_view text, const std::string& file,
                                             const ReadOptions& options) {
  auto state = std::make_shared<State>();
  state->file = file;
  state->declarations.whole = {&state->report.add_source(make_source(file, "")), kWholeFile};
  if (text.size() > kLargestFile) {
    state->report.error(state->declarations.whole, "the file is larger than 10 MB, too large for a scenario");
    return ScenarioVariants(std::move(state));
  }
  state->report = Report();
  state->text = std::string(text);
  Declarations& declarations = state->declarations;
  declarations = read_file(state->text, file, state->report);
  // a file whose YAML is broken has no names to resolve
  if (!declarations.read) return ScenarioVariants(std::move(state));
  apply_options(options, declarations, state->report);
  parse_overrides(options.set, state->overrides, state->report);
  settle_omissions(declarations, state->overrides, state->report);
  state->cache.units = make_units(declarations, state->report);
  state->levers = settle_levers(declarations, state->report);
  state->with = read_with(options.with, state->levers, state->report);
  return ScenarioVariants(std::move(state));
}

ScenarioVariants ScenarioVariants::read(const std::string& path, const ReadOptions& options) {
  Expected<std::string, LoadError> text = load_file(path);
  if (text) return read_text(*text, path, options);
  auto state = std::make_shared<State>();
  const SourceText& source = state->report.add_source(make_source(path, ""));
  state->report.error({&source, kWholeFile}, text.error().message, text.error().suggestion);
  return ScenarioVariants(std::move(state));
}

ReadResult ScenarioVariants::resolve() const {
  Report report = state_->report;
  ReadResult result;
  if (state_->declarations.read) {
    Scenario scenario = state_->resolve(state_->with, state_->overrides, report);
    state_->check_levers(state_->with, report);
    if (!report.has_errors()) result.scenario = std::move(scenario);
  }
  result.diagnostics = report.take();
  return result;
}

ReadResult ScenarioVariants::resolve(const VariantChanges& changes) const {
  Report report = state_->report;
  ReadResult result;
  if (state_->declarations.read) {
    Overrides overrides = state_->overrides;
    parse_overrides(changes.set, overrides, report);
    if (const LeverConflict conflict = find_conflict(state_->levers, changes.levers); !conflict.message.empty())
      report.error(state_->declarations.whole, conflict.message, conflict.suggestion);
    Scenario scenario = state_->resolve(changes.levers, overrides, report);
    if (!report.has_errors()) result.scenario = std::move(scenario);
  }
  result.diagnostics = report.take();
  return result;
}

}  // namespace tcosim
