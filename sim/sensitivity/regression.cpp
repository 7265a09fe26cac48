// Standardised regression coefficients on values (SRC) and on ranks (SRRC), with R^2 and variance inflation.
#include "sim/analysis/regression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/analysis/normal_interval.hpp"
#include "sim/sensitivity/rows.hpp"

namespace tcosim::sensitivity {
namespace {

constexpr double kHighInflation = 10;  // the usual rule of thumb (Marquardt 1970)

std::optional<Regression> regress(const std::vector<std::vector<double>>& x, std::span<const double> y) {
  return standardised_regression(std::vector<std::span<const double>>(x.begin(), x.end()), y);
}

enum class RankedBy { values, ranks, nothing };

RankedBy ranked_by(const Regression& values, const Regression& ranks) {
  if (values.linear_enough) return RankedBy::values;
  return ranks.linear_enough ? RankedBy::ranks : RankedBy::nothing;
}

std::vector<std::string> notes_on(const SensitivityProblem& problem, const Regression& values, const Regression& ranks,
                                  RankedBy by) {
  std::vector<std::string> notes{
      fmt::format("R^2, what all coefficients together explain: {:.2f} on values, {:.2f} on ranks.", values.r_squared,
                  ranks.r_squared)};
  if (by == RankedBy::ranks)
    notes.push_back(
        fmt::format("A straight line explains only {:.2f} on values (under 0.70), so rows are ranked by the "
                    "coefficients on ranks: the effects are steady but not straight.",
                    values.r_squared));
  if (by == RankedBy::nothing)
    notes.emplace_back(
        "Warning: both are under 0.70. The model is neither near a straight line nor steady, so these coefficients "
        "are not ranked; take given-data or sobol (shapley for correlated inputs).");
  std::string collinear;
  for (std::size_t s = 0; s < problem.subjects.size(); ++s)
    if (values.variance_inflation[s] > kHighInflation)
      collinear += (collinear.empty() ? "" : ", ") + shown_name(problem.subjects[s]);
  if (!collinear.empty())
    notes.push_back(
        fmt::format("Warning: {}: VIF over 10, each nearly follows from the others, so that the split between them is "
                    "loose; shapley splits it fairly.",
                    collinear));
  return notes;
}

Expected<MethodTable, std::string> run(const SensitivityProblem& problem) {
  const SensitivitySample& sample = *problem.sample;
  const auto values = regress(sample.x, sample.y);
  const auto ranks = regress(sample.ranks, sample.y_ranks);
  if (!values || !ranks)
    return Unexpected{count_of(sample.y.size(), "draw") + " cannot tell " + std::to_string(problem.subjects.size()) +
                      " {all} apart: take more --draws"};
  const RankedBy by = ranked_by(*values, *ranks);
  MethodTable table;
  table.columns = {{"src", "SRC", Measure::Scale::number},
                   {"srrc", "SRRC, on ranks", Measure::Scale::number},
                   {"vif", "VIF", Measure::Scale::number}};
  table.draws = sample.y.size();
  table.ranks = by != RankedBy::nothing;
  table.notes = notes_on(problem, *values, *ranks, by);
  const Regression& ranking = by == RankedBy::ranks ? *ranks : *values;
  for (std::size_t s = 0; s < problem.subjects.size(); ++s) {
    SubjectRow row = row_of(problem.subjects[s]);
    row.values = {normal_estimate(values->coefficients[s], values->standard_errors[s]),
                  normal_estimate(ranks->coefficients[s], ranks->standard_errors[s]),
                  {values->variance_inflation[s], {}, {}}};
    row.strength = std::abs(ranking.coefficients[s]);
    row.above_noise = row.strength > kTwoSided95 * ranking.standard_errors[s];
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

const SensitivityMethod kRegression{
    "regression",
    "Regression coefficients (SRC and SRRC)",
    "By how many of its own standard deviations it moves when {a} moves by one of that {one}'s, the others "
    "held: on values (SRC) and on ranks (SRRC).",
    "Do not use it for models far from a straight line: under an R^2 of 0.70 the coefficients leave out too much to "
    "rank by.",
    "Saltelli et al. (2008), Global Sensitivity Analysis, section 1.2",
    true,
    run};

}  // namespace tcosim::sensitivity
