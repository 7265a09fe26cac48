#include "sim/compare/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <new>

#include "sim/analysis/contingency.hpp"
#include "sim/analysis/dominance.hpp"
#include "sim/analysis/expected_shortfall.hpp"
#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/paired.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/compare/decision.hpp"
#include "sim/compare/drawn_difference.hpp"
#include "sim/compare/inputs.hpp"
#include "sim/compare/rows.hpp"
#include "sim/compare/totals.hpp"
#include "sim/parallel.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kMostTotals = 250'000'000;    // 4 GB with their sorted copies, 16 bytes each
constexpr std::uint64_t kLeastDecisionDraws = 1'000;  // for regressions
constexpr double kUnclear = 3;                        // standard errors; a violation is the worst of many places

Estimate estimate(double value, const SamplingInterval& interval) {
  return {value, interval.low, interval.high};
}

std::vector<Percentile> compared_percentiles(const ContingencyPlan& plan) {
  std::vector<Percentile> all{{50}, {80}, {90}};
  all.insert(all.end(), plan.targets.begin(), plan.targets.end());
  all.push_back(plan.headline);
  std::ranges::stable_sort(all, {}, &Percentile::probability);
  const auto same = [](const Percentile& a, const Percentile& b) { return a.probability() == b.probability(); };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

Expected<std::vector<PreparedEntry>, RunError> prepare(std::span<const CompareEntry> entries,
                                                       const RunOptions& options) {
  const ForEach for_each = [&](std::size_t count, const std::function<void(std::size_t)>& body) {
    for_each_piece(count, options.threads, [&](std::size_t i, std::size_t) { body(i); });
  };
  std::vector<PreparedEntry> prepared;
  for (const CompareEntry& entry : entries) {
    auto uniforms = UniformSource::for_scenario(Sampling::monte_carlo, options.seed, options.draws, entry.scenario);
    if (!uniforms) return Unexpected{RunError{entry.name + ": " + uniforms.error()}};
    prepared.push_back({make_samplers(distributions(entry.scenario), for_each), *std::move(uniforms)});
  }
  return prepared;
}

class Comparison {
 public:
  Comparison(std::span<const CompareEntry> entries, const RunOptions& options)
      : entries_(entries),
        options_(options),
        plan_(entries[0].scenario.contingency),
        percentiles_(compared_percentiles(plan_)) {}

  Expected<CompareResult, RunError> run();

 private:
  void sort_totals();
  [[nodiscard]] SortedColumn column(std::size_t s) const { return {sums_.totals[s], sorted_[s]}; }
  [[nodiscard]] double percentile(std::size_t s, const Percentile& p) const {
    return sorted_[s][rank(p, sorted_[s].size()) - 1];
  }
  void describe_scenarios(CompareResult& result) const;
  [[nodiscard]] ComparedScenario describe(std::size_t s) const;
  [[nodiscard]] std::vector<CurvePoint> curve(std::size_t s, double base) const;
  [[nodiscard]] Estimate mean_difference(std::size_t a, std::size_t b) const;
  void take_differences(CompareResult& result) const;
  void take_pairs(CompareResult& result) const;
  [[nodiscard]] DominanceRow dominance(std::size_t a, std::size_t b) const;
  void warn(CompareResult& result) const;
  [[nodiscard]] std::optional<RunError> decide(std::span<const PreparedEntry> prepared, CompareResult& result) const;

  std::span<const CompareEntry> entries_;
  const RunOptions& options_;
  const ContingencyPlan& plan_;
  std::vector<Percentile> percentiles_;
  ComparedTotals sums_;
  std::vector<std::vector<double>> sorted_;  ///< totals in ascending order, by scenario
};

Expected<CompareResult, RunError> Comparison::run() {
  const auto start = std::chrono::steady_clock::now();
  auto prepared = prepare(entries_, options_);
  if (!prepared) return Unexpected{prepared.error()};
  RowMatches matches = match_rows(entries_);
  auto sums = draw_compared_totals(entries_, *prepared, matches.rows, options_);
  if (!sums) return Unexpected{sums.error()};
  sums_ = std::move(sums).value();
  sort_totals();

  CompareResult result;
  result.currency = entries_[0].scenario.currency;
  result.headline = name(plan_.headline);
  describe_scenarios(result);
  take_differences(result);
  take_pairs(result);
  std::vector<double> headlines;
  for (std::size_t s = 0; s < entries_.size(); ++s) headlines.push_back(percentile(s, plan_.headline));
  fill_rows(matches, sums_, headlines);
  result.lines = std::move(matches.lines);
  result.categories = std::move(matches.categories);
  warn(result);
  if (const auto error = decide(*prepared, result)) return Unexpected{*error};
  result.run.draws = sums_.draws;
  result.run.seed = options_.seed;
  result.run.threads = thread_count(options_.threads);
  result.run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

void Comparison::sort_totals() {
  sorted_ = sums_.totals;
  for_each_piece(sorted_.size(), options_.threads, [&](std::size_t s, std::size_t) { std::ranges::sort(sorted_[s]); });
}

void Comparison::describe_scenarios(CompareResult& result) const {
  result.scenarios.resize(entries_.size());
  for_each_piece(entries_.size(), options_.threads,
                 [&](std::size_t s, std::size_t) { result.scenarios[s] = describe(s); });
  const std::vector<std::span<const double>> totals(sums_.totals.begin(), sums_.totals.end());
  const std::vector<double> shares = cheapest_shares(totals);
  for (std::size_t s = 0; s < entries_.size(); ++s)
    result.scenarios[s].cheapest = estimate(shares[s], share_interval(shares[s], sums_.draws));
}

ComparedScenario Comparison::describe(std::size_t s) const {
  const Scenario& scenario = entries_[s].scenario;
  const std::vector<double>& sorted = sorted_[s];
  const std::uint64_t n = sums_.draws;
  ComparedScenario described{entries_[s].name, scenario.title, scenario.file, scenario.horizon_text,
                             entries_[s].changes};
  described.base = base_estimate(scenario, scenario.contingency.base).total;
  described.sd = std::sqrt(sums_.variances[s]);
  described.mean = {sums_.means[s], {}, {}};
  const double error = described.sd / std::sqrt(static_cast<double>(n));
  if (n > 1) described.mean = estimate(sums_.means[s], normal_interval(sums_.means[s], error));
  for (const Percentile& p : percentiles_) {
    const Estimate value = percentile_estimate(sorted, p);
    described.percentiles.push_back({name(p), p.probability(), value.value, {value.low, value.high}});
  }
  for (const Percentile& p : {Percentile{80}, Percentile{90}})
    described.cvar.emplace_back(name(p), expected_shortfall(sorted, p.probability(), percentile(s, p)).value);
  for (const double budget : plan_.budgets) {
    // A total that equals the budget in exact arithmetic counts as within it.
    const auto above = std::ranges::upper_bound(sorted, budget + 1e-12 * std::abs(budget));
    described.budgets.push_back(budget_row(budget, static_cast<std::uint64_t>(above - sorted.begin()), n));
  }
  if (options_.curve) described.curve = curve(s, described.base);
  return described;
}

std::vector<CurvePoint> Comparison::curve(std::size_t s, double base) const {
  std::vector<PercentileValue> percentiles;
  for (std::int64_t p = 1; p <= 99; ++p) {
    const Percentile at{p};
    const Estimate value = percentile_estimate(sorted_[s], at);
    percentiles.push_back({name(at), at.probability(), value.value, {value.low, value.high}});
  }
  return curve_points(percentiles, base);
}

/// b less a.
Estimate Comparison::mean_difference(std::size_t a, std::size_t b) const {
  const double mean = sums_.means[b] - sums_.means[a];
  if (sums_.draws == 1) return {mean, {}, {}};
  return estimate(mean, normal_interval(mean, paired_mean(sums_.totals[a], sums_.totals[b]).standard_error));
}

void Comparison::take_differences(CompareResult& result) const {
  result.differences.resize(entries_.size() - 1);
  const auto percent = [](double difference, double of) {
    return of > 0 ? std::optional(100 * difference / of) : std::nullopt;
  };
  for_each_piece(entries_.size() - 1, options_.threads, [&](std::size_t i, std::size_t) {
    const std::size_t s = i + 1;
    ScenarioDifference& row = result.differences[i];
    row.scenario = s;
    const Estimate mean = mean_difference(0, s);
    row.statistics.push_back({"mean", mean, percent(mean.value, sums_.means[0])});
    for (const Percentile& p : percentiles_) {
      const double first = percentile(0, p), difference = percentile(s, p) - first;
      const auto error = percentile_difference_error(column(0), column(s), p);
      const SamplingInterval interval = error ? normal_interval(difference, *error) : SamplingInterval{};
      row.statistics.push_back({name(p), estimate(difference, interval), percent(difference, first)});
    }
    if (options_.curve) row.drawn = drawn_difference(sums_.totals[0], sums_.totals[s]);
  });
}

void Comparison::take_pairs(CompareResult& result) const {
  for (std::size_t a = 0; a < entries_.size(); ++a)
    for (std::size_t b = a + 1; b < entries_.size(); ++b) result.cheaper.push_back({a, b, {}});
  result.dominance.resize(result.cheaper.size());
  for_each_piece(result.cheaper.size(), options_.threads, [&](std::size_t i, std::size_t) {
    CheaperPair& pair = result.cheaper[i];
    const std::vector<double>&first = sums_.totals[pair.first], &second = sums_.totals[pair.second];
    pair.difference = mean_difference(pair.first, pair.second);
    const double share = cheaper_share(first, second);
    pair.probability = estimate(share, share_interval(share, sums_.draws));
    const bool turned = pair.difference.value < 0;
    result.dominance[i] = turned ? dominance(pair.second, pair.first) : dominance(pair.first, pair.second);
  });
  const auto n = static_cast<double>(sums_.draws);
  result.dominance_up_to = 1 - static_cast<double>(least_tail(sums_.draws)) / n;
}

DominanceRow Comparison::dominance(std::size_t a, std::size_t b) const {
  const auto judged = [](const Violation& found) {
    const bool surely = found.value > kUnclear * found.standard_error;
    return DominanceViolation{found.value, found.at, found.standard_error,
                              found.value <= 0 ? "holds"
                              : surely         ? "fails"
                                               : "unclear"};
  };
  return {a, b, judged(first_order_violation(column(a), column(b))),
          judged(risk_averse_violation(column(a), column(b)))};
}

void Comparison::warn(CompareResult& result) const {
  const Scenario& first = entries_[0].scenario;
  for (const CompareEntry& entry : entries_.subspan(1)) {
    if (entry.scenario.horizon_months == first.horizon_months) continue;
    const auto text = [](const Scenario& s) { return s.horizon_text.empty() ? "no horizon" : s.horizon_text; };
    result.warnings.push_back(fmt::format("The horizons differ: {} covers {}, {} covers {}. --horizon sets one for all",
                                          entries_[0].name, text(first), entry.name, text(entry.scenario)));
  }
}

std::optional<RunError> Comparison::decide(std::span<const PreparedEntry> prepared, CompareResult& result) const {
  const auto least = std::ranges::min_element(sums_.means);
  result.information.choice = static_cast<std::size_t>(least - sums_.means.begin());
  value_everything(sums_.totals, result);
  const std::uint64_t draws = matched_draws(entries_, sums_.draws);
  if (draws < kLeastDecisionDraws) {
    result.warnings.push_back(
        "Fewer than 1,000 draws are too few to say where the choice flips and which input is worth measuring");
    return std::nullopt;
  }
  result.run.sensitivity_draws = draws;
  const auto inputs = draw_matched_inputs(entries_, prepared, draws, options_.threads);
  if (!inputs) return inputs.error();
  weigh_inputs(*inputs, entries_, sums_.totals, options_.threads, result);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> cannot_compare(std::span<const CompareEntry> entries) {
  if (entries.size() < 2)
    return "there is one scenario only: name a second file, or make a variant with --with LEVER or --set NAME=VALUE";
  if (entries.size() > kMostCompared)
    return fmt::format("{} scenarios are too many to compare: at most {}", entries.size(), kMostCompared);
  const auto money = [](const Scenario& s) { return s.currency.empty() ? "plain numbers" : s.currency; };
  for (const CompareEntry& entry : entries)
    if (entry.scenario.currency != entries[0].scenario.currency)
      return fmt::format(
          "'{}' counts in {} and '{}' in {}: scenarios must have one currency; an exchange rate can be an "
          "input of one of them",
          entries[0].name, money(entries[0].scenario), entry.name, money(entry.scenario));
  return std::nullopt;
}

Expected<CompareResult, RunError> compare(std::span<const CompareEntry> entries, const RunOptions& options) {
  if (const auto reason = cannot_compare(entries)) return Unexpected{RunError{*reason}};
  if (options.draws == 0) return Unexpected{RunError{"at least one draw is needed"}};
  if (options.sampling != Sampling::monte_carlo)
    return Unexpected{RunError{"scenarios are compared draw by draw, on independent draws: --sampling mc"}};
  if (options.draws > kMostTotals / entries.size())
    return Unexpected{RunError{fmt::format(
        "compare keeps every total: {} draws of {} scenarios would need {:.3g} GB of memory, and it takes 4 "
        "at most; that is --draws {}",
        options.draws, entries.size(), 16e-9 * static_cast<double>(options.draws) * static_cast<double>(entries.size()),
        kMostTotals / entries.size())}};
  try {
    return Comparison(entries, options).run();
  } catch (const std::bad_alloc&) {
    return Unexpected{RunError{"out of memory: fewer draws need less"}};
  }
}

}  // namespace tcosim
