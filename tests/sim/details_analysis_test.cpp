// Convergence, conditional means and rank correlations of columns at hand, against what they must be.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "distributions/stream.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/analysis/rank_correlation.hpp"
#include "sim/analysis/replicates.hpp"
#include "sim/details/convergence.hpp"
#include "sim/details/rank_correlations.hpp"
#include "sim/details/scatters.hpp"

namespace tcosim {
namespace {

std::vector<double> details_uniforms(std::size_t count, const std::string& name) {
  std::vector<double> draws(count);
  fill_uniforms(make_stream(1, name), 0, draws);
  return draws;
}

std::vector<std::uint64_t> draws_of(const std::vector<ConvergenceRow>& rows) {
  std::vector<std::uint64_t> draws;
  for (const ConvergenceRow& row : rows) draws.push_back(row.draws);
  return draws;
}

const PercentileValue kAll{"P80", 0.8, 123, {122, std::nullopt}};

TEST(Convergence, GoesUpInOneTwoFiveToAllDraws) {
  const std::vector<double> totals = details_uniforms(30'000, "totals");
  const auto of = [&](std::uint64_t draws) {
    return draws_of(
        convergence_by_draws(std::span(totals).first(std::min<std::size_t>(draws, 30'000)), {80}, draws, kAll));
  };
  EXPECT_EQ(of(1), (std::vector<std::uint64_t>{1}));
  EXPECT_EQ(of(1'000), (std::vector<std::uint64_t>{1'000}));
  EXPECT_EQ(of(6'000), (std::vector<std::uint64_t>{1'000, 2'000, 5'000, 6'000}));
  EXPECT_EQ(of(20'000), (std::vector<std::uint64_t>{1'000, 2'000, 5'000, 10'000, 20'000}));
  // more draws than totals are kept
  EXPECT_EQ(of(9'000'000), (std::vector<std::uint64_t>{1'000, 2'000, 5'000, 10'000, 20'000, 9'000'000}));
}

TEST(Convergence, EndsWithThePercentileOfAllDraws) {
  const auto last = convergence_by_draws(details_uniforms(2'500, "totals"), {80}, 2'500, kAll).back();
  EXPECT_EQ(last.value, 123);
  EXPECT_EQ(last.interval.low, 122);
  EXPECT_FALSE(last.interval.high.has_value());
}

TEST(Convergence, IsThePercentileOfTheFirstDrawsAlone) {
  std::vector<double> totals = details_uniforms(300'000, "totals");
  for (double& total : totals) total = std::exp(total);
  for (const Percentile percentile : {Percentile{80}, Percentile{975, 1000}}) {
    for (const int threads : {1, 2, 5}) {
      const auto rows = convergence_by_draws(totals, percentile, totals.size(), kAll, threads);
      ASSERT_EQ(rows.size(), 9U);
      for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
        std::vector<double> sorted(totals.begin(), totals.begin() + static_cast<std::ptrdiff_t>(rows[i].draws));
        std::ranges::sort(sorted);
        const Estimate exact = percentile_estimate(sorted, percentile);
        EXPECT_EQ(rows[i].value, exact.value) << rows[i].draws;
        EXPECT_EQ(rows[i].interval.low, exact.low) << rows[i].draws;
        EXPECT_EQ(rows[i].interval.high, exact.high) << rows[i].draws;
      }
    }
  }
}

TEST(Convergence, FindsThePercentileWhereTheFirstDrawsMislead) {
  // the first 20,000 are all alike: the bracket from them misses
  std::vector<double> totals = details_uniforms(60'000, "totals");
  std::fill_n(totals.begin(), 20'000, 0.25);
  const auto rows = convergence_by_draws(totals, {80}, totals.size(), kAll);
  std::vector<double> sorted(totals.begin(), totals.begin() + 50'000);
  std::ranges::sort(sorted);
  ASSERT_EQ(rows[rows.size() - 2].draws, 50'000U);
  EXPECT_EQ(rows[rows.size() - 2].value, percentile_estimate(sorted, {80}).value);
}

TEST(Convergence, OfReplicatesIsByWholeReplicates) {
  const std::vector<double> totals = details_uniforms(16'000, "totals");
  const Percentile p80{80};
  const auto rows = convergence_by_replicates(totals, p80, 16, kAll);
  EXPECT_EQ(draws_of(rows), (std::vector<std::uint64_t>{2'000, 4'000, 8'000, 16'000}));
  EXPECT_EQ(rows.back().value, 123);
  const std::span<const double> first(totals.data(), 4'000);
  std::vector<double> sorted(first.begin(), first.end());
  std::ranges::sort(sorted);
  const double value = percentile_estimate(sorted, p80).value;
  EXPECT_EQ(rows[1].value, value);
  const double reach = replicate_half_widths(first, 4, {&p80, 1})[0].value();
  EXPECT_DOUBLE_EQ(rows[1].interval.low.value(), value - reach);
  EXPECT_DOUBLE_EQ(rows[1].interval.high.value(), value + reach);
}

TEST(Convergence, OfTinyReplicatesHasNoInterval) {
  const auto rows = convergence_by_replicates(details_uniforms(16, "totals"), {80}, 16, kAll);
  EXPECT_EQ(draws_of(rows), (std::vector<std::uint64_t>{2, 4, 8, 16}));
  EXPECT_FALSE(rows[0].interval.low.has_value());
}

TEST(ConditionalMeans, FollowALineInSlicesOfEqualCount) {
  const std::vector<double> x = details_uniforms(40'000, "x"), noise = details_uniforms(40'000, "noise");
  std::vector<double> y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = 100 * x[i] + noise[i];
  const auto means = conditional_means(x, rank_shares(x), y);
  ASSERT_EQ(means.size(), 20U);
  for (std::size_t s = 0; s < 20; ++s) {
    const double edge = static_cast<double>(s) / 20;
    EXPECT_NEAR(means[s].low, edge, 5 * std::sqrt(.25 / 40'000));
    EXPECT_NEAR(means[s].high, edge + .05, 5 * std::sqrt(.25 / 40'000));
    // of 2,000 draws: the noise's sd sqrt(1/12) over sqrt(2,000)
    EXPECT_NEAR(means[s].mean.value, 100 * means[s].centre + .5, 5 * std::sqrt(1.0 / 12 / 2'000));
  }
}

TEST(ConditionalMeans, CoverTheTruthInNineteenOfTwenty) {
  // y does not depend on x: every slice's truth is 1/2; 2,000 slices, standard error of the share .0049
  int covered = 0, slices = 0;
  for (int study = 0; study < 100; ++study) {
    const std::vector<double> x = details_uniforms(400, "x" + std::to_string(study));
    const auto means = conditional_means(x, rank_shares(x), details_uniforms(400, "y" + std::to_string(study)));
    for (const ConditionalMean& slice : means) {
      ++slices;
      covered += *slice.mean.low <= 0.5 && 0.5 <= *slice.mean.high ? 1 : 0;
    }
  }
  EXPECT_EQ(slices, 2'000);
  EXPECT_NEAR(covered / 2'000.0, 0.95, 5 * .0049);
}

TEST(ConditionalMeans, CutADiscreteInputByItsValues) {
  const std::vector<double> x{0, 1, 0, 1, 2, 0}, y{10, 20, 14, 20, 50, 12};
  const auto means = conditional_means(x, rank_shares(x), y);
  ASSERT_EQ(means.size(), 3U);
  EXPECT_EQ(means[0].low, 0);
  EXPECT_EQ(means[0].high, 0);
  EXPECT_EQ(means[0].mean.value, 12);
  // t with 2 degrees of freedom, 4.3027, times 2 / sqrt(3)
  EXPECT_NEAR(*means[0].mean.high, 12 + 4.30265 * 2 / std::sqrt(3), 1e-4);
  EXPECT_EQ(means[1].mean.value, 20);
  EXPECT_EQ(means[1].mean.low, 20);
  EXPECT_EQ(means[2].mean.value, 50);
  EXPECT_FALSE(means[2].mean.low.has_value());
}

TEST(RankCorrelationMatrix, IsTheRankCorrelationOfEachPair) {
  BarColumns columns;
  columns.draws = 10'000;
  columns.inputs = {details_uniforms(10'000, "a"), details_uniforms(10'000, "b")};
  std::vector<double> risk(10'000);
  for (std::size_t i = 0; i < risk.size(); ++i) {
    columns.inputs[1][i] = std::exp(columns.inputs[0][i] + columns.inputs[1][i]);
    risk[i] = columns.inputs[0][i] > 0.9 ? 1 : 0;
  }
  const auto ranks = [&](std::size_t input) { return rank_shares(columns.inputs[input]); };
  columns.bars = {{"b", "B", "", 1, true, {}, {}, ranks(1)},
                  {"a", "", "", 0, true, {}, {}, ranks(0)},
                  {"r", "", "", 0, false, risk, {}, rank_shares(risk)}};
  const std::vector<SensitivityRow> tornado{{.name = "a", .label = "", .unit = "", .spearman = .25},
                                            {.name = "r", .label = "", .unit = "", .spearman = -.5}};
  const RankCorrelations matrix = rank_correlations(columns, tornado, 2);
  EXPECT_EQ(matrix.names, (std::vector<std::string>{"b", "a", "r", "total"}));
  EXPECT_EQ(matrix.labels, (std::vector<std::string>{"B", "", "", ""}));
  EXPECT_EQ(matrix.draws, 10'000U);
  EXPECT_NEAR(matrix.values[0][1], rank_correlation(columns.inputs[0], columns.inputs[1]), 1e-12);
  EXPECT_NEAR(matrix.values[1][2], rank_correlation(columns.inputs[0], risk), 1e-12);
  EXPECT_EQ(matrix.values[1][3], .25);
  EXPECT_EQ(matrix.values[2][3], -.5);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(matrix.values[i][i], 1);
    for (std::size_t j = 0; j < 4; ++j) EXPECT_EQ(matrix.values[i][j], matrix.values[j][i]);
  }
}

}  // namespace
}  // namespace tcosim
