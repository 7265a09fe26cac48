#include "sim/simulate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <new>
#include <string>
#include <utility>

#include "sim/analysis/breakdown.hpp"
#include "sim/analysis/contingency.hpp"
#include "sim/analysis/swing.hpp"
#include "sim/details/details.hpp"
#include "sim/parallel.hpp"
#include "sim/sample.hpp"
#include "sim/samples.hpp"
#include "sim/tornado.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kFirstLook = 16384;  // draws before the stopping rule is asked for the first time

std::string name(BaseRule rule) {
  switch (rule) {
    case BaseRule::declared:
      return "declared";
    case BaseRule::mode:
      return "mode";
    case BaseRule::median:
      return "median";
    case BaseRule::mean:
      return "mean";
  }
  return {};
}

/// Percentiles that every result has, with the scenario's targets; ascending.
std::vector<Percentile> reported_percentiles(const ContingencyPlan& plan) {
  std::vector<Percentile> all{{1}, {99}};
  for (int p = 5; p <= 95; p += 5) all.push_back({p});
  all.insert(all.end(), plan.targets.begin(), plan.targets.end());
  all.push_back(plan.headline);
  // 800/1000 is P80 too
  const auto less = [](const Percentile& a, const Percentile& b) {
    __extension__ using Wide = __int128;  // P99.99999999 against P12.34567891 overflows 64 bits
    return static_cast<Wide>(a.numerator) * b.denominator < static_cast<Wide>(b.numerator) * a.denominator;
  };
  const auto same = [&](const Percentile& a, const Percentile& b) { return !less(a, b) && !less(b, a); };
  std::ranges::stable_sort(all, less);
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

/// P1 to P99.
std::vector<Percentile> curve_percentiles() {
  std::vector<Percentile> all;
  for (int p = 1; p <= 99; ++p) all.push_back({p});
  return all;
}

const PercentileValue& find(const Distributed& total, const Percentile& percentile) {
  // The list holds one entry a probability, under the name of the first that had it.
  const double p = percentile.probability();
  return *std::ranges::min_element(total.percentiles, {},
                                   [&](const PercentileValue& v) { return std::abs(v.probability - p); });
}

/// Sums to compare the total with: base, flat budgets, budgets. A total that equals one of them in exact arithmetic
/// counts as enough, whatever the order in which its lines were added up.
std::vector<double> tested_sums(const ContingencyPlan& plan, double base) {
  std::vector<double> sums{base};
  for (const double percent : plan.flat_percent) sums.push_back(flat_budget(base, percent));
  sums.insert(sums.end(), plan.budgets.begin(), plan.budgets.end());
  for (double& sum : sums) sum += 1e-12 * std::abs(sum);
  return sums;
}

std::vector<ContingencyRow> contingency_table(const ContingencyPlan& plan, const Distributed& total, double base) {
  // the headline is a target too, whether or not the plan lists it
  std::vector<Percentile> targets = plan.targets;
  if (std::ranges::find(targets, plan.headline) == targets.end()) targets.push_back(plan.headline);
  std::ranges::stable_sort(targets, {}, &Percentile::probability);
  std::vector<ContingencyRow> rows;
  for (const Percentile& target : targets) {
    rows.push_back(contingency_row(find(total, target), base));
    rows.back().target = tcosim::name(target);
  }
  return rows;
}

/// Base and mean by month; shares are certain, so means follow from the lines'.
std::vector<MonthRow> monthly_table(const Scenario& scenario, std::span<const BreakdownRow> lines) {
  if (scenario.currency.empty()) return {};
  std::vector<MonthRow> rows(static_cast<std::size_t>(month_count(scenario)));
  double base = 0, mean = 0;
  for (std::size_t m = 0; m < rows.size(); ++m) {
    rows[m].month = static_cast<int>(m) + 1;
    rows[m].date = month_name(scenario, rows[m].month);
    for (std::size_t i = 0; i < scenario.lines.size(); ++i) {
      const Line& line = scenario.lines[i];
      if (line.has_items || m >= line.monthly_share.size()) continue;
      rows[m].base += lines[i].base * line.monthly_share[m];
      rows[m].mean += lines[i].mean * line.monthly_share[m];
    }
    rows[m].cumulative_base = base += rows[m].base;
    rows[m].cumulative_mean = mean += rows[m].mean;
  }
  return rows;
}

ForEach parallel_for_each(int threads) {
  return [threads](std::size_t count, const std::function<void(std::size_t)>& body) {
    for_each_piece(count, threads, [&](std::size_t i, std::size_t) { body(i); });
  };
}

class Simulation {
 public:
  Simulation(const Scenario& scenario, const RunOptions& options)
      : scenario_(scenario),
        options_(options),
        plan_(scenario.contingency),
        base_(base_estimate(scenario, plan_.base)) {}

  Expected<Result, RunError> run() {
    const auto start = std::chrono::steady_clock::now();
    samplers_ = make_samplers(distributions(scenario_), parallel_for_each(options_.threads));
    std::optional<SamplesFile> samples;  // made now: what cannot be written should be known before the draws
    if (options_.samples_file) {
      auto file = SamplesFile::create(*options_.samples_file);
      if (!file) return Unexpected{RunError{file.error()}};
      samples.emplace(*std::move(file));
    }

    SampleQuestions questions{reported_percentiles(plan_), {{80}, {90}, {95}}, tested_sums(plan_, base_.total)};
    if (options_.curve || options_.details) questions.curve = curve_percentiles();
    std::uint64_t draws = options_.until ? std::min(kFirstLook, options_.draws) : options_.draws;
    while (true) {
      auto uniforms = draw_uniforms(draws);
      if (!uniforms) return Unexpected{RunError{uniforms.error()}};
      auto sample = draw_sample(scenario_, samplers_, *uniforms, questions, options_);
      if (!sample) return Unexpected{sample.error()};
      const bool precise =
          options_.until && precise_enough(contingency_table(plan_, sample->total, base_.total), *options_.until);
      if (!options_.until || precise || draws >= options_.draws) {
        if (samples) {
          if (const auto error = write_samples(scenario_, samplers_, *uniforms, options_, *std::move(samples)))
            return Unexpected{*error};
        }
        if (options_.progress) options_.progress({sample->draws, sample->draws});
        Result result = analyse(*sample, *uniforms);
        if (options_.details) {
          auto details = make_details({scenario_, samplers_, *uniforms, *sample, base_, result,
                                       find(sample->total, plan_.headline), options_.seed, options_.threads});
          if (!details) return Unexpected{details.error()};
          result.details = *std::move(details);
        }
        result.run.until = options_.until;
        result.run.until_reached = precise;
        result.run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return result;
      }
      draws = std::min(2 * draws, options_.draws);
    }
  }

 private:
  [[nodiscard]] Expected<UniformSource, std::string> draw_uniforms(std::uint64_t draws) const {
    return UniformSource::for_scenario(options_.sampling, options_.seed, draws, scenario_);
  }

  [[nodiscard]] Result analyse(const Sample& sample, const UniformSource& uniforms) const {
    Result result;
    result.title = scenario_.title;
    result.file = scenario_.file;
    result.currency = scenario_.currency;
    result.horizon = scenario_.horizon_text;
    result.with = pulled_levers(scenario_);
    result.run.draws = sample.draws;
    result.run.sensitivity_draws = sample.leading_totals.size();
    result.run.seed = options_.seed;
    result.run.sampling = name(options_.sampling);
    result.run.replicates = uniforms.replicates();
    result.run.threads = thread_count(options_.threads);
    describe_total(sample, result);
    size_contingency(sample, result);
    break_down(sample, result);
    result.monthly = monthly_table(scenario_, result.lines);

    result.correlated = !scenario_.correlation_groups.empty();
    const SwingNoise noise = swing_noise(sample.total.sd, sample.leading_totals.size());
    result.noise_floor = noise.floor;
    result.noise_threshold = noise.threshold;
    const std::span<const ColumnSummary> lines(sample.rows.data(), scenario_.lines.size());
    result.sensitivity =
        tornado(scenario_, samplers_, uniforms, {sample.leading_totals, sample.total.sd, lines}, options_.threads);
    return result;
  }

  void describe_total(const Sample& sample, Result& result) const {
    result.total = sample.total;
    result.total.name = "total";
    result.total.unit = scenario_.currency;
    result.outputs = sample.outputs;
    for (std::size_t i = 0; i < result.outputs.size(); ++i) {
      result.outputs[i].name = scenario_.outputs[i].name;
      result.outputs[i].unit = scenario_.outputs[i].unit;
    }
  }

  void size_contingency(const Sample& sample, Result& result) const {
    const auto n = static_cast<double>(sample.draws);
    auto count = sample.at_or_under.begin();
    result.base = {base_.total, static_cast<double>(*count++) / n, name(plan_.base)};
    result.headline = tcosim::name(plan_.headline);
    result.contingency = contingency_table(plan_, sample.total, base_.total);
    result.curve = curve_points(sample.curve, base_.total);
    for (const double percent : plan_.flat_percent)
      result.flat.push_back(flat_row(base_.total, percent, *count++, sample.draws));
    for (const double budget : plan_.budgets) {
      BudgetRow row = budget_row(budget, *count, sample.draws);
      if (!sample.share_half_widths.empty()) {
        const double reach = sample.share_half_widths[static_cast<std::size_t>(count - sample.at_or_under.begin())];
        row.interval = {std::max(0.0, row.confidence - reach), std::min(1.0, row.confidence + reach)};
      }
      result.budgets.push_back(row);
      ++count;
    }
  }

  void break_down(const Sample& sample, Result& result) const {
    const TotalMoments total{sample.total.mean, sample.total.sd * sample.total.sd,
                             find(sample.total, plan_.headline).value, base_.total};
    const std::span<const ColumnSummary> columns = sample.rows;
    const auto categories = category_groups(scenario_), tags = tag_groups(scenario_);
    const std::size_t lines = scenario_.lines.size();
    result.lines = line_rows(scenario_, base_.lines, columns.first(lines), total);
    result.categories = group_rows(categories, result.lines, columns.subspan(lines, categories.size()), total);
    result.tags = group_rows(tags, result.lines, columns.subspan(lines + categories.size()), total);
  }

  const Scenario& scenario_;
  const RunOptions& options_;
  const ContingencyPlan& plan_;
  BaseEstimate base_;
  std::vector<Sampler> samplers_;
};

}  // namespace

Expected<Result, RunError> simulate(const Scenario& scenario, const RunOptions& options) {
  if (options.draws == 0) return Unexpected{RunError{"at least one draw is needed"}};
  try {
    return Simulation(scenario, options).run();
  } catch (const std::bad_alloc&) {
    return Unexpected{RunError{"out of memory: fewer draws need less"}};
  }
}

}  // namespace tcosim
