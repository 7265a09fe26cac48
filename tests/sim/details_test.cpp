// What a run adds for pictures and pages: of the same draws and with the same figures as check, tornado and spider.
#include "sim/details/details.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "scenario_texts.hpp"
#include "sensitivity_run.hpp"
#include "sim/inspect.hpp"
#include "sim/simulate.hpp"

namespace tcosim {
namespace {

using testing_support::kProject;
using testing_support::kRose;
using testing_support::read;

/// A project whose prices move together, with notes, a formula of two distributions and a draw in a line.
const char* const kAnnotated = R"(
tcosim: 1
currency: USD
horizon: 6 months
inputs:
  rate:
    value: lognormal(mean=2.5, sd=0.5) USD/gpu_hour
    label: GPU rate
    note: spot
    source: three clouds
    owner: Ann
  hours: pert(140, 200, 320) gpu_hour
  salary: {value: "normal(9000, 800) USD/month", tags: [people]}
  overtime: salary * uniform(0.9, 1.2)
  fixed: 3 month
costs:
  compute: {category: training, label: Compute, formula: 40 * hours * rate, note: on demand, tags: [gpu]}
  labor:
    category: labor
    items:
      engineer: fixed * salary
      lead: 0.5 month * overtime
  extras: {category: operations, formula: "triangular(10, 20, 400) USD"}
risks:
  leak: {category: risk, probability: 5%, impact: 20k to 80k USD, owner: Bob}
  price_rise: {category: risk, probability: 30%, impact: 5000 gpu_hour * rate}
outputs:
  per_hour: {formula: total / hours, note: what an hour costs}
correlations:
  - {inputs: [rate, salary], rank: 0.6}
  - {inputs: [hours, leak], rank: 0.3}
)";

Result run_with_details(const Scenario& scenario, std::uint64_t draws, Sampling sampling = Sampling::monte_carlo,
                        int threads = 0) {
  RunOptions options;
  options.draws = draws;
  options.sampling = sampling;
  options.threads = threads;
  options.details = true;
  auto result = simulate(scenario, options);
  if (!result) ADD_FAILURE() << result.error().message;
  if (!result) return {};
  EXPECT_TRUE(result->details.has_value());
  return *std::move(result);
}

std::string figures(const InputSummary& input) {
  return fmt::format("{} {} {} {} {} {} {} {} {} {} {} {}\n", input.name, input.uncertain, input.base, input.mean,
                     input.sd, input.p10, input.p50, input.p90, fmt::join(input.shape, " "), input.shape_low,
                     input.shape_high, input.text);
}

std::string figures(const CorrelationSummary& pair) {
  return fmt::format("{} {} {} {} {}\n", pair.first, pair.second, pair.achieved, pair.low, pair.high);
}

/// Every number of the details, in full.
std::string all_figures(const Result& result) {
  const Details& details = *result.details;
  std::string text;
  for (const ConvergenceRow& row : details.convergence)
    text += fmt::format("{} {} {} {}\n", row.draws, row.value, row.interval.low.value_or(-1),
                        row.interval.high.value_or(-1));
  for (const auto& row : details.rank_correlations.values) text += fmt::format("{}\n", fmt::join(row, " "));
  for (const Scatter& scatter : details.scatters) {
    text += scatter.name + "\n";
    for (const auto& [x, y] : scatter.draws) text += fmt::format("{} {}\n", x, y);
    for (const ConditionalMean& slice : scatter.means)
      text += fmt::format("{} {} {} {} {} {}\n", slice.low, slice.high, slice.centre, slice.mean.value,
                          slice.mean.low.value_or(-1), slice.mean.high.value_or(-1));
  }
  for (const SpiderLine& line : details.spider.lines)
    text += fmt::format("{} {}\n", line.name, fmt::join(line.values, " "));
  for (const Assumption& input : details.inputs) text += figures(input.summary);
  for (const CorrelationSummary& pair : details.correlations) text += figures(pair);
  for (const CurvePoint& point : result.curve) text += fmt::format("{} {}\n", point.confidence, point.budget);
  return text;
}

TEST(Details, DoNotDependOnTheNumberOfThreads) {
  const Scenario scenario = read(kAnnotated);
  for (const Sampling sampling : {Sampling::monte_carlo, Sampling::latin_hypercube, Sampling::sobol}) {
    const std::string one = all_figures(run_with_details(scenario, 40'000, sampling, 1));
    for (const int threads : {2, 5})
      EXPECT_EQ(one, all_figures(run_with_details(scenario, 40'000, sampling, threads))) << name(sampling);
  }
}

TEST(Details, LeaveTheResultAsItIs) {
  const Scenario scenario = read(kAnnotated);
  RunOptions options;
  options.draws = 20'000;
  const Result plain = simulate(scenario, options).value(), with = run_with_details(scenario, 20'000);
  EXPECT_EQ(plain.total.mean, with.total.mean);
  ASSERT_EQ(plain.sensitivity.size(), with.sensitivity.size());
  for (std::size_t i = 0; i < plain.sensitivity.size(); ++i)
    EXPECT_EQ(plain.sensitivity[i].spearman, with.sensitivity[i].spearman);
  EXPECT_EQ(with.curve.size(), 99U);
}

TEST(Details, ShowTheInputsAndCorrelationsThatCheckShows) {
  const Scenario scenario = read(kAnnotated);
  const Result result = run_with_details(scenario, 120'000);
  const Inspection check = inspect(scenario, 1).value();
  ASSERT_EQ(result.details->inputs.size(), check.inputs.size());
  for (std::size_t i = 0; i < check.inputs.size(); ++i)
    EXPECT_EQ(figures(result.details->inputs[i].summary), figures(check.inputs[i]));
  ASSERT_EQ(result.details->correlations.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i)
    EXPECT_EQ(figures(result.details->correlations[i]), figures(check.correlations[i]));
  // Spearman's standard error at .6 and 100,000 draws is about .0024
  EXPECT_NEAR(result.details->correlations[0].achieved, 0.6, 5 * .0024);
}

TEST(InputSummaries, HaveTheFiguresOfTheirDistribution) {
  const Scenario scenario = read("tcosim: 1\ninputs:\n  x: uniform(0, 1)\n  c: 4\ncosts:\n  y: x + c\n");
  const InputSummary x = inspect(scenario, 1).value().inputs[0];
  const double n = 100'000;
  EXPECT_NEAR(x.mean, .5, 5 * std::sqrt(1 / 12.0 / n));
  EXPECT_NEAR(x.sd, std::sqrt(1 / 12.0), 5 * std::sqrt(1 / 12.0) * std::sqrt((1.8 - 1) / 4 / n));
  for (const auto& [p, value] :
       {std::pair{.005, x.shape_low}, {.1, x.p10}, {.5, x.p50}, {.9, x.p90}, {.995, x.shape_high}})
    EXPECT_NEAR(value, p, 5 * std::sqrt(p * (1 - p) / n));
  ASSERT_EQ(x.shape.size(), 16U);
  // 6,187 draws a bin: the least of sixteen stands under the highest by less than 10 standard errors of 1.2%
  EXPECT_EQ(std::ranges::max(x.shape), 1);
  EXPECT_GT(std::ranges::min(x.shape), .88);
  const InputSummary c = inspect(scenario, 1).value().inputs[1];
  EXPECT_FALSE(c.uncertain);
  EXPECT_TRUE(c.shape.empty());
  EXPECT_EQ(c.shape_low, 4);
  EXPECT_EQ(c.shape_high, 4);
}

TEST(Details, ConvergenceEndsAtTheTotalsOwnPercentile) {
  for (const Sampling sampling : {Sampling::monte_carlo, Sampling::latin_hypercube, Sampling::sobol}) {
    const Result result = run_with_details(read(kRose), 30'000, sampling);
    const ConvergenceRow& last = result.details->convergence.back();
    const auto p80 = std::ranges::find(result.total.percentiles, "P80", &PercentileValue::name);
    EXPECT_EQ(last.draws, result.run.draws);
    EXPECT_EQ(last.value, p80->value);
    EXPECT_EQ(last.interval.low, p80->interval.low);
    EXPECT_EQ(last.interval.high, p80->interval.high);
    EXPECT_EQ(result.details->convergence.size(), sampling == Sampling::monte_carlo ? 6U : 4U);
  }
}

TEST(Details, ConvergenceIsThatOfShorterRuns) {
  const Scenario scenario = read(kProject);
  const Result result = run_with_details(scenario, 12'000);
  for (const ConvergenceRow& row : result.details->convergence) {
    RunOptions options;
    options.draws = row.draws;
    const Result shorter = simulate(scenario, options).value();
    EXPECT_EQ(row.value, std::ranges::find(shorter.total.percentiles, "P80", &PercentileValue::name)->value);
  }
}

TEST(Details, BarsComeInTheTornadosOrder) {
  const Result result = run_with_details(read(kAnnotated), 40'000);
  const Details& details = *result.details;
  ASSERT_EQ(result.sensitivity.size(), 7U);
  ASSERT_EQ(details.rank_correlations.names.size(), 8U);
  ASSERT_EQ(details.scatters.size(), 6U);
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_EQ(details.rank_correlations.names[i], result.sensitivity[i].name);
    EXPECT_EQ(details.rank_correlations.values[i][7], result.sensitivity[i].spearman);
    if (i < 6) {
      EXPECT_EQ(details.scatters[i].name, result.sensitivity[i].name);
      EXPECT_EQ(details.scatters[i].unit, result.sensitivity[i].unit);
    }
  }
  EXPECT_EQ(details.rank_correlations.names[7], "total");
}

TEST(Details, RankCorrelationsAreTheRequestedOnes) {
  const Result result = run_with_details(read(kAnnotated), 100'000);
  const RankCorrelations& matrix = result.details->rank_correlations;
  const auto place = [&](const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(matrix.names, name) - matrix.names.begin());
  };
  const double error = 1 / std::sqrt(100'000);
  EXPECT_NEAR(matrix.values[place("rate")][place("salary")], 0.6, 5 * error);
  EXPECT_NEAR(matrix.values[place("rate")][place("hours")], 0, 5 * error);
  // as it is achieved, from the same draws; ranks shared by nearly equal values cost less than a thousandth
  EXPECT_NEAR(matrix.values[place("rate")][place("salary")], result.details->correlations[0].achieved, 1e-5);
}

TEST(Details, ScattersAreDrawsOfTheRun) {
  // the total is the sum of two inputs: each point's total less its input is the other input's draw
  const Result result = run_with_details(read(kRose), 5'000);
  const std::vector<Scatter>& scatters = result.details->scatters;
  ASSERT_EQ(scatters.size(), 2U);
  EXPECT_EQ(scatters[0].name, "x1");
  ASSERT_EQ(scatters[0].draws.size(), 1'500U);
  for (std::size_t i = 0; i < 1'500; ++i) {
    EXPECT_EQ(scatters[0].draws[i].second, scatters[1].draws[i].second);
    EXPECT_NEAR(scatters[0].draws[i].first + scatters[1].draws[i].first, scatters[0].draws[i].second, 1e-9);
  }
  ASSERT_EQ(scatters[0].means.size(), 20U);
  for (const ConditionalMean& slice : scatters[0].means)  // the other's mean is 20, its sd 4.08; 250 draws a slice
    EXPECT_NEAR(slice.mean.value, slice.centre + 20, 5 * 4.09 / std::sqrt(250));
}

TEST(Details, ARiskIsShownByWhatItCosts) {
  const Result result = run_with_details(read(kAnnotated), 40'000);
  const auto leak = std::ranges::find(result.details->scatters, "leak", &Scatter::name);
  ASSERT_NE(leak, result.details->scatters.end());
  EXPECT_EQ(leak->unit, "USD");
  // some 95% of the draws are at nothing, in one slice; the rest in the twentieth, a few perhaps before
  ASSERT_GE(leak->means.size(), 2U);
  ASSERT_LE(leak->means.size(), 3U);
  EXPECT_EQ(leak->means[0].high, 0);
  EXPECT_GT(leak->means[1].low, 0);
  // what it costs comes on top, and a little of the hours that go with it
  EXPECT_NEAR(leak->means.back().mean.value - leak->means[0].mean.value, leak->means.back().centre, 5'000);
  const auto line = std::ranges::find(result.lines, "leak", &BreakdownRow::name);
  double sum = 0;
  for (const auto& [money, total] : leak->draws) sum += money;
  EXPECT_NEAR(sum / 1'500, line->mean, 5 * line->sd / std::sqrt(1'500));
}

TEST(Details, ADistributionInALineGoesByTheLinesName) {
  const Result result = run_with_details(
      read("tcosim: 1\ninputs:\n  x: uniform(0, 1)\ncosts:\n  a: triangular(0, 10, 20) + x\n  b: uniform(0, 5) * "
           "uniform(0, 2)\n"),
      3'000);
  std::vector<std::string> names;
  for (const Scatter& scatter : result.details->scatters) names.push_back(scatter.name);
  std::ranges::sort(names);
  EXPECT_EQ(names, (std::vector<std::string>{"a", "b#1", "b#2", "x"}));
  const auto a = std::ranges::find(result.details->scatters, "a", &Scatter::name);
  for (const auto& [value, total] : a->draws) {
    EXPECT_GT(value, 0);
    EXPECT_LT(value, 20);
  }
}

TEST(Details, SpiderIsThatOfTheSensitivityMethod) {
  const Scenario scenario = read(kAnnotated);
  const Spider spider = run_with_details(scenario, 5'000).details->spider;
  const MethodTable table = testing_support::table_of(scenario, "spider", testing_support::with_draws(10'000));
  EXPECT_EQ(spider.base, *table.centre);
  EXPECT_EQ(spider.at, table.curve_at);
  ASSERT_FALSE(spider.lines.empty());
  double before = std::numeric_limits<double>::infinity();
  for (const SpiderLine& line : spider.lines) {
    const SubjectRow& row = testing_support::row_named(table, line.name);
    ASSERT_EQ(line.values.size(), row.curve.size());
    for (std::size_t i = 0; i < row.curve.size(); ++i) EXPECT_EQ(line.values[i], row.curve[i].value) << line.name;
    const auto [least, greatest] = std::ranges::minmax(line.values);
    EXPECT_GT(greatest, least);
    EXPECT_LE(greatest - least, before);
    before = greatest - least;
  }
}

TEST(Details, AssumptionsAreInFileOrderAsWritten) {
  const Details details = *run_with_details(read(kAnnotated), 100).details;
  ASSERT_EQ(details.inputs.size(), 5U);
  EXPECT_EQ(details.inputs[0].summary.label, "GPU rate");
  EXPECT_EQ(details.inputs[0].note, "spot");
  EXPECT_EQ(details.inputs[0].source, "three clouds");
  EXPECT_EQ(details.inputs[0].owner, "Ann");
  EXPECT_EQ(details.inputs[2].tags, (std::vector<std::string>{"people"}));
  EXPECT_FALSE(details.inputs[4].summary.uncertain);
  std::vector<std::string> entries;
  for (const LineAssumption& line : details.lines) entries.push_back(line.kind + " " + line.name);
  EXPECT_EQ(entries, (std::vector<std::string>{"line compute", "line labor", "item labor.engineer", "item labor.lead",
                                               "line extras", "risk leak", "risk price_rise", "output per_hour"}));
  EXPECT_EQ(details.lines[0].label, "Compute");
  EXPECT_EQ(details.lines[0].note, "on demand");
  EXPECT_EQ(details.lines[0].text, "40 * hours * rate");
  EXPECT_EQ(details.lines[0].category, "training");
  EXPECT_EQ(details.lines[0].spend, "once");
  EXPECT_EQ(details.lines[0].tags, (std::vector<std::string>{"gpu"}));
  EXPECT_EQ(details.lines[2].parent, "labor");
  EXPECT_EQ(details.lines[5].owner, "Bob");
  EXPECT_EQ(details.lines[7].text, "total / hours");
  EXPECT_EQ(details.lines[7].note, "what an hour costs");
}

TEST(Details, OfNothingUncertainAreFlat) {
  const Result result = run_with_details(read("tcosim: 1\ninputs:\n  x: 7\ncosts:\n  y: x\n"), 2'500);
  const Details& details = *result.details;
  EXPECT_TRUE(details.scatters.empty());
  EXPECT_TRUE(details.spider.lines.empty());
  EXPECT_EQ(details.spider.base, 7);
  EXPECT_EQ(details.rank_correlations.names, (std::vector<std::string>{"total"}));
  EXPECT_EQ(details.rank_correlations.values, (std::vector<std::vector<double>>{{1}}));
  for (const ConvergenceRow& row : details.convergence) EXPECT_EQ(row.value, 7);
}

TEST(Details, OfNoInputsAtAll) {
  const Result result = run_with_details(read("tcosim: 1\ncosts:\n  y: normal(10, 1)\n"), 2'500);
  EXPECT_TRUE(result.details->inputs.empty());
  ASSERT_EQ(result.details->scatters.size(), 1U);
  EXPECT_EQ(result.details->scatters[0].name, "y");
  EXPECT_EQ(result.details->scatters[0].means.size(), 20U);
}

TEST(Details, OfOneAndTwoDraws) {
  for (const std::uint64_t draws : {1U, 2U}) {
    for (const Sampling sampling : {Sampling::monte_carlo, Sampling::latin_hypercube, Sampling::sobol}) {
      const Result result = run_with_details(read(kAnnotated), draws, sampling);
      EXPECT_EQ(result.details->draws, result.run.draws);
      EXPECT_EQ(all_figures(result).find("nan"), std::string::npos) << name(sampling) << draws;
      EXPECT_EQ(all_figures(result).find("inf"), std::string::npos) << name(sampling) << draws;
    }
  }
}

TEST(Details, OfRisksThatAreCorrelatedWithoutAnyInput) {
  const Scenario scenario = read(R"(
tcosim: 1
currency: USD
horizon: 6 months
costs:
  team: {category: labor, formula: 1000 USD}
risks:
  a: {category: risk, probability: 40%, impact: 100 USD}
  b: {category: risk, probability: 40%, impact: 100 USD}
correlations:
  - {inputs: [a, b], rank: 0.4}
)");
  const Result result = run_with_details(scenario, 50'000);
  ASSERT_EQ(result.details->correlations.size(), 1U);
  EXPECT_NEAR(result.details->correlations[0].achieved, 0.4, 5 / std::sqrt(50'000));
  EXPECT_EQ(inspect(scenario, 1).value().correlations.size(), 1U);
}

TEST(Details, OfHundredsOfInputsStayWithinTheirLimits) {
  std::string inputs = "tcosim: 1\ninputs:\n", sum = "0";
  for (int i = 0; i < 200; ++i) {
    inputs += fmt::format("  x{}: uniform(0, {})\n", i, i + 1);
    sum += fmt::format(" + x{}", i);
  }
  const Result result = run_with_details(read(inputs + "costs:\n  y: " + sum + "\n"), 30'000);
  const Details& details = *result.details;
  EXPECT_EQ(details.draws, 20'000U);
  EXPECT_EQ(details.inputs.size(), 200U);
  EXPECT_EQ(details.rank_correlations.names.size(), 13U);
  EXPECT_EQ(details.scatters.size(), 6U);
  EXPECT_EQ(details.spider.lines.size(), 10U);
  EXPECT_EQ(details.spider.lines[0].name, "x199");
}

TEST(Details, NameAnInputThatIsNoFiniteNumber) {
  RunOptions options;
  options.draws = 5'000;
  options.details = true;
  const auto result = simulate(read("tcosim: 1\ninputs:\n  x: {value: \"discrete([0, 1], [0.5, 0.5])\", base: 1}\n  z: "
                                    "1 / x\ncosts:\n  y: min(z, 5)\n"),
                               options);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().message, "the input 'z' is not a finite number in some draws");
}

}  // namespace
}  // namespace tcosim
