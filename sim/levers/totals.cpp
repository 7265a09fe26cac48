#include "sim/levers/totals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "sim/draw_columns.hpp"
#include "sim/levers/lever_sets.hpp"
#include "sim/parallel.hpp"
#include "sim/program.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kMostKeptValues = std::uint64_t{1} << 23;
constexpr std::size_t kMostAtOnce = 64;

std::size_t batch_size(std::uint64_t draws) {
  return static_cast<std::size_t>(std::clamp<std::uint64_t>(kMostKeptValues / draws, 1, kMostAtOnce));
}

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

SetSummary summarise(std::span<const double> draws, const TotalsQuestion& question) {
  SetSummary summary;
  const std::size_t n = draws.size(), groups = std::min(kMostGroups, n);
  double total = 0;
  for (std::size_t g = 0; g < groups; ++g) {
    const std::size_t from = g * n / groups, to = (g + 1) * n / groups;
    const double part = sum(draws.subspan(from, to - from));
    total += part;
    if (question.group_means) summary.group_means.push_back(part / static_cast<double>(to - from));
  }
  summary.mean = total / static_cast<double>(n);
  if (question.objective && std::isfinite(summary.mean)) {
    const bool is_mean = question.objective->kind == Objective::Kind::mean;
    summary.objective = is_mean ? summary.mean : measure(*question.objective, draws);
  }
  return summary;
}

}  // namespace

Expected<std::vector<SetSummary>, RunError> LeverTotals::summaries(std::span<const LeverSet> sets,
                                                                   const TotalsQuestion& question) {
  std::vector<Lines> totals;
  for (const LeverSet set : sets) {
    const auto line = composition_.total(set);
    if (!line) return Unexpected{RunError{line.error()}};
    totals.push_back({*line});
  }
  if (const auto error = refresh(question.draws)) return Unexpected{*error};
  evaluations_ += sets.size();

  // In ascending order neighbours differ in their lowest levers, and share the rest
  std::vector<std::size_t> order(sets.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return sets[i]; });
  std::vector<SetSummary> result(sets.size());
  const std::size_t batch = batch_size(question.draws);
  std::vector<std::vector<double>> columns;
  for (std::size_t first = 0; first < order.size(); first += batch) {
    const std::span<const std::size_t> here(order.data() + first, std::min(batch, order.size() - first));
    std::vector<Lines> wanted;
    for (const std::size_t i : here) wanted.push_back(totals[i]);
    draw(wanted, question.draws, columns);
    std::vector<std::optional<RunError>> errors(here.size());
    for_each_piece(here.size(), threads_, [&](std::size_t i, std::size_t) {
      SetSummary& summary = result[here[i]] = summarise(columns[i], question);
      if (std::isfinite(summary.mean)) return;
      errors[i] = not_finite(sets[here[i]], columns[i]).value_or(RunError{"the totals are too large to be added up"});
    });
    for (const std::optional<RunError>& error : errors)
      if (error) return Unexpected{*error};
  }
  return result;
}

Expected<std::vector<SetColumns>, RunError> LeverTotals::columns(std::span<const LeverSet> sets, LeverSet baseline,
                                                                 std::uint64_t draws) {
  std::vector<Lines> wanted;
  for (const LeverSet set : sets) {
    const auto total = composition_.total(set);
    if (!total) return Unexpected{RunError{total.error()}};
    const auto costs = cost_lines(set, baseline);
    if (!costs) return Unexpected{RunError{costs.error()}};
    wanted.push_back({*total});
    wanted.push_back(*costs);
  }
  if (const auto error = refresh(draws)) return Unexpected{*error};
  evaluations_ += sets.size();
  std::vector<std::vector<double>> drawn;
  draw(wanted, draws, drawn);
  std::vector<SetColumns> result;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (auto error = not_finite(sets[i], drawn[2 * i])) return Unexpected{*std::move(error)};
    result.push_back({std::move(drawn[2 * i]), std::move(drawn[2 * i + 1])});
  }
  return result;
}

Expected<std::vector<double>, RunError> LeverTotals::bases(std::span<const LeverSet> sets, BaseRule rule) {
  Lines lines;
  for (const LeverSet set : sets) {
    const auto total = composition_.total(set);
    if (!total) return Unexpected{RunError{total.error()}};
    lines.push_back(*total);
  }
  const BaseEstimate base = base_estimate(composition_.scenario(), rule);
  std::vector<double> result;
  for (const std::uint32_t line : lines) result.push_back(base.lines[line]);
  return result;
}

Expected<std::vector<double>, RunError> LeverTotals::mean_costs(std::span<const LeverSet> sets, LeverSet baseline,
                                                                std::uint64_t draws) {
  std::vector<Lines> costs;
  std::set<std::uint32_t> fresh;
  std::map<std::uint32_t, double>& means = cost_means_[draws];
  for (const LeverSet set : sets) {
    auto lines = cost_lines(set, baseline);
    if (!lines) return Unexpected{RunError{lines.error()}};
    for (const std::uint32_t line : *lines)
      if (!means.contains(line)) fresh.insert(line);
    costs.push_back(*std::move(lines));
  }
  if (const auto error = refresh(draws)) return Unexpected{*error};
  const std::vector<std::uint32_t> lines(fresh.begin(), fresh.end());
  const std::size_t batch = batch_size(draws);
  std::vector<std::vector<double>> columns;
  for (std::size_t first = 0; first < lines.size(); first += batch) {
    std::vector<Lines> wanted;
    for (std::size_t i = first; i < std::min(lines.size(), first + batch); ++i) wanted.push_back({lines[i]});
    draw(wanted, draws, columns);
    for (std::size_t i = 0; i < columns.size(); ++i)
      means[lines[first + i]] = sum(columns[i]) / static_cast<double>(draws);
  }
  std::vector<double> result;
  for (const Lines& set : costs) {
    result.push_back(0);
    for (const std::uint32_t line : set) result.back() += means.at(line);
  }
  return result;
}

/// Samplers and uniforms for all parts that the composition has by now.
std::optional<RunError> LeverTotals::refresh(std::uint64_t draws) {
  const Scenario& parts = composition_.scenario();
  if (sampled_ != composition_.placed_variables() || !uniforms_) {
    sampled_ = composition_.placed_variables();
    samplers_ = make_samplers(distributions(parts), [&](std::size_t n, const std::function<void(std::size_t)>& body) {
      for_each_piece(n, threads_, [&](std::size_t i, std::size_t) { body(i); });
    });
    uniforms_.reset();
  }
  if (!uniforms_ || uniforms_->draws() != draws) {
    auto uniforms = UniformSource::for_scenario(Sampling::monte_carlo, seed_, draws, parts);
    if (!uniforms) return RunError{uniforms.error()};
    uniforms_ = *std::move(uniforms);
  }
  return std::nullopt;
}

void LeverTotals::draw(const std::vector<Lines>& sums, std::uint64_t draws,
                       std::vector<std::vector<double>>& columns) const {
  const Program program(composition_.scenario(), samplers_, {false, {}, {}, sums, {}});
  draw_registers(program, *uniforms_, program.targets().sums, draws, threads_, columns);
}

std::optional<RunError> LeverTotals::not_finite(LeverSet set, std::span<const double> column) const {
  const auto wrong = std::ranges::find_if(column, [](double x) { return !std::isfinite(x); });
  if (wrong == column.end()) return std::nullopt;
  std::string levers;
  for (const std::string& name : names(composition_.baseline().levers, set))
    levers += (levers.empty() ? "" : ", ") + name;
  return RunError{fmt::format("the total is not a finite number in draw {} {}", wrong - column.begin() + 1,
                              levers.empty() ? "without levers" : "with " + levers)};
}

Expected<LeverTotals::Lines, std::string> LeverTotals::cost_lines(LeverSet set, LeverSet baseline) {
  Lines lines;
  for (const std::size_t lever : members(set & ~baseline)) {
    const auto line = composition_.cost(lever, set);
    if (!line) return Unexpected{line.error()};
    if (*line) lines.push_back(**line);
  }
  return lines;
}

}  // namespace tcosim
