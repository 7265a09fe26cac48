// What `tcosim compare` found, in plain structs: scenarios side by side on common random numbers.
// Money is in `currency`, probabilities and shares are fractions; scenarios are named by their index in `scenarios`.
// Every difference is a later scenario less the first one; those of the lines add up to those of the totals exactly.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/result.hpp"

namespace tcosim {

struct ComparedScenario {
  std::string name;  ///< of its column: "support_assistant", "base + lora"
  std::string title, file, horizon;
  std::vector<std::string> changes{};  ///< of a variant: levers, or settings such as "gpu_rate=3"
  double base = 0, sd = 0;
  Estimate mean{};
  std::vector<PercentileValue> percentiles{};          ///< P50, P80, P90, and the first scenario's targets and headline
  std::vector<std::pair<std::string, double>> cvar{};  ///< expected shortfall beyond P80 and P90
  Estimate cheapest{};                                 ///< probability of being the cheapest of all; ties are shared
  std::vector<BudgetRow> budgets{};
  std::vector<CurvePoint> curve{};  ///< P1 to P99, where asked for (RunOptions::curve)
};

struct StatisticDifference {
  std::string statistic;  ///< "mean", "P80"
  Estimate difference{};
  std::optional<double> percent{};  ///< of the first scenario's, in per cent; missing where that is not positive
};

/// How a later scenario's total less the first's spreads over the draws.
struct DrawnDifference {
  Histogram histogram;                   ///< of the draws in which they differ; without bins where there are none
  double p10 = 0, p90 = 0;               ///< of all draws
  Estimate cheaper{}, same{}, dearer{};  ///< shares of the draws in which the later one costs less, the same, more
};

/// A later scenario against the first.
struct ScenarioDifference {
  std::size_t scenario = 0;
  std::vector<StatisticDifference> statistics;
  std::optional<DrawnDifference> drawn{};  ///< where asked for (RunOptions::curve)
};

/// Probability that `first` costs less than `second` in the same draw; ties count half.
struct CheaperPair {
  std::size_t first = 0, second = 0;
  Estimate probability{};
  Estimate difference{};  ///< of the means, second less first; without an interval for a single draw
};

/// The largest violation of a rule of dominance in the sample, 0 where there is none.
struct DominanceViolation {
  double value = 0;  ///< first order: probability; risk-averse: money
  double at = 0;     ///< first order: the sum of money; risk-averse: the probability
  double standard_error = 0;
  std::string verdict;  ///< "holds" (in these draws), "unclear" (a violation within the sampling error), "fails"
};

/// Whether everyone (first order), or everyone who dislikes risk, prefers `better`, which has the lower mean.
struct DominanceRow {
  std::size_t better = 0, worse = 0;
  DominanceViolation first_order, risk_averse;
};

/// A line's, item's or category's part in the difference between a later scenario and the first.
struct LineDifference {
  Estimate mean;
  double headline = 0;  ///< of the budgets at the headline, shared out by covariance
};

/// Matched by name. Rows without `parent` add up to the total.
struct ComparedLine {
  std::string name, label, kind, category, parent;
  std::vector<std::optional<double>> means;  ///< by scenario; missing where it has no such line
  std::vector<std::optional<LineDifference>>
      differences;  ///< by scenario from the second on; missing where neither has
                    ///< the line, or one of the two does not split its parent
};

/// A value of an input on whose two sides different scenarios are cheaper on average.
struct Flip {
  std::size_t scenario = 0;  ///< against the first
  std::string input, label, unit;
  double value = 0, percentile = 0;  ///< its place among the input's draws, as a fraction
  std::optional<double> low{}, high{};
  std::size_t below = 0, above = 0;  ///< the cheaper one on either side
  bool steps = false;                ///< few values: `value` is the first one where `above` is cheaper
  std::string only_in{};             ///< the scenario that has the input, where the other has not
};

/// What it is worth to know an input, a risk or a group before choosing.
struct InformationRow {
  std::string name, label, kind, unit;
  Estimate value;
  double share = 0;         ///< of the value of knowing everything; 0 where that is 0
  bool above_noise = true;  ///< the interval lies above 0
  bool differs = false;     ///< scenarios have different draws of it: it is known in all of them at once
};

struct PerfectInformation {
  std::size_t choice = 0;  ///< the scenario with the least mean, which one would choose without knowing more
  Estimate value;
  std::vector<InformationRow> inputs;  ///< the most worth first
};

struct CompareResult {
  std::string command = "compare";
  std::string currency;
  RunInfo run;  ///< sensitivity_draws: those that flips and the worth of inputs are made from
  std::vector<ComparedScenario> scenarios;
  std::string headline;  ///< "P80"
  std::vector<ScenarioDifference> differences;
  std::vector<CheaperPair> cheaper;  ///< each pair once
  std::vector<DominanceRow> dominance;
  double dominance_up_to = 0;  ///< the probability up to which risk-averse dominance was looked at
  std::vector<ComparedLine> lines, categories;
  std::vector<Flip> flips;
  PerfectInformation information;
  std::vector<std::string> differing_inputs;  ///< of the same name, with other values from the same random numbers
  std::vector<std::string> apart_inputs;      ///< of the same name, with random numbers of their own
  std::vector<std::string> warnings;
};

}  // namespace tcosim
