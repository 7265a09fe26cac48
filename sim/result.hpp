// The outcome of a run in plain structs: the only part of sim/ that JSON, tables, charts and the command
// line see. Money is in `currency`; `percent` is in per cent, confidence, shares and contributions are
// fractions. Every number shown anywhere is made before this point.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/input_summary.hpp"

namespace tcosim {

/// A 95% interval of the sampling error; an end is missing where so few draws give no finite bound.
struct SamplingInterval {
  std::optional<double> low, high;
};

/// A number and the 95% interval of its sampling error; no ends where there is none.
struct Estimate {
  double value = 0;
  std::optional<double> low{}, high{};
};

struct PercentileValue {
  std::string name;  ///< "P80"
  double probability = 0;
  double value = 0;
  SamplingInterval interval;
};

/// Equal-width bins over [low, high]; draws outside are counted in `below` and `above`.
struct Histogram {
  double low = 0, high = 0;
  std::vector<std::uint64_t> counts;
  std::uint64_t below = 0, above = 0;
};

/// The distribution of the total, or of one output.
struct Distributed {
  std::string name;  ///< "total" or the output's name
  std::string unit;
  double mean = 0, sd = 0, min = 0, max = 0, skewness = 0;
  double mean_standard_error = 0;
  std::vector<PercentileValue> percentiles;          ///< P1, P5, P10 ... P95, P99 and the targets, ascending
  std::vector<std::pair<std::string, double>> cvar;  ///< "P80", "P90", "P95": expected shortfall
  Histogram histogram;
};

struct Base {
  double value = 0;
  double confidence = 0;  ///< P(total <= base)
  std::string rule;       ///< "declared", "mode", ...
};

struct ContingencyRow {
  std::string target;
  double budget = 0;
  double contingency = 0;
  std::optional<double> percent;  ///< of the base; missing where the base is not positive
  SamplingInterval interval;      ///< of the contingency
};

struct FlatRow {
  double percent = 0;
  double budget = 0;
  double confidence = 0;
};

struct BudgetRow {
  double budget = 0;
  double confidence = 0;
  SamplingInterval interval;
};

/// A line, category or tag.
struct BreakdownRow {
  std::string name, label;
  std::string kind;      ///< "line", "item", "risk"; "" for categories and tags
  std::string category;  ///< of lines
  std::string parent;    ///< of items
  std::string spend;     ///< of lines: "once", "recurs: 25 USD/month x 6 months", how likely a risk is; "" of parents
  double base = 0, mean = 0, sd = 0;
  double p10 = 0, p50 = 0, p80 = 0, p90 = 0;
  double share_of_mean = 0;
  double contingency = 0;  ///< allocated at the headline
};

/// One bar of the tornado: an input that has a distribution, or a risk.
struct SensitivityRow {
  std::string name, label;
  double swing_low = 0, swing_high = 0;  ///< least and greatest conditional mean of the total
  double input_low = 0, input_high = 0;  ///< P10 and P90 of the input itself, in its unit
  std::string unit;
  double spearman = 0;
  double contribution = 0;  ///< rho^2 over the sum of rho^2
  bool above_noise = true;  ///< the swing is wider than what an input without influence would show
};

struct MonthRow {
  int month = 1;
  std::string date;  ///< "2026-03", or "month 3"
  double base = 0, mean = 0;
  double cumulative_base = 0, cumulative_mean = 0;
};

/// A place on the S-curve: what to budget to be that sure.
struct CurvePoint {
  double confidence = 0;  ///< .01 ... .99
  double budget = 0;
  SamplingInterval interval{};  ///< of the budget
  double contingency = 0;
  std::optional<double> percent{};  ///< of the base; missing where the base is not positive
};

/// The headline percentile of the first draws alone.
struct ConvergenceRow {
  std::uint64_t draws = 0;
  double value = 0;
  SamplingInterval interval{};
};

/// Spearman's rank correlations, each with each; a symmetric matrix with ones on its diagonal.
struct RankCorrelations {
  std::vector<std::string> names, labels;  ///< of inputs and risks, the first bars of the tornado; "total" is the last
  std::vector<std::vector<double>> values;
  std::uint64_t draws = 0;
};

/// The total's mean where an input lies in one of equal-count slices.
struct ConditionalMean {
  double low = 0, high = 0;  ///< the slice's ends, in the input's unit
  double centre = 0;         ///< mean of the input in it
  Estimate mean{};
};

/// Some draws of an input with their totals.
struct Scatter {
  std::string name, label, unit;
  std::vector<std::pair<double, double>> draws;  ///< input, total
  std::vector<ConditionalMean> means;            ///< of many more draws than those shown; ascending
};

/// The base estimate along the percentiles of one input, everything else at its base.
struct SpiderLine {
  std::string name, label;
  std::vector<double> values;  ///< parallel to Spider::at
};
struct Spider {
  std::vector<double> at;         ///< probabilities: .05, .10 ... .95
  std::vector<SpiderLine> lines;  ///< widest first
  double base = 0;
};

/// An input as the file has it, with figures and a small picture.
struct Assumption {
  InputSummary summary;
  std::string note, source, owner;
  std::vector<std::string> tags{};
};

/// A cost line, item, risk or output as the file has it.
struct LineAssumption {
  std::string name, label;
  std::string kind;  ///< "line", "item", "risk", "output"
  std::string category, parent, spend;
  std::string text;  ///< its formula or impact as written
  std::string note, source, owner;
  std::vector<std::string> tags{};
};

/// What pictures, pages and workbooks show besides: made on request (RunOptions::details).
struct Details {
  std::vector<ConvergenceRow> convergence;  ///< by draws, the last one of all of them
  RankCorrelations rank_correlations;
  std::vector<Scatter> scatters;  ///< of the first bars of the tornado
  Spider spider;
  std::vector<Assumption> inputs;                ///< in file order
  std::vector<LineAssumption> lines;             ///< in file order, outputs last
  std::vector<CorrelationSummary> correlations;  ///< requested ones, in file order
  std::uint64_t draws = 0;                       ///< from which figures of inputs, scatters and correlations are made
};

struct RunInfo {
  std::uint64_t draws = 0, sensitivity_draws = 0, seed = 1;
  std::string sampling = "mc";
  int replicates = 1;  ///< more than one under lhs and sobol
  int threads = 1;
  double seconds = 0;
  std::optional<double> until;  ///< the relative precision at which the draws were to stop
  bool until_reached = false;   ///< whether they did, before their number ran out
};

struct Result {
  std::string command = "run";
  std::string title, file, currency;
  std::string horizon;            ///< "6 months"
  std::vector<std::string> with;  ///< levers of the file that are pulled
  RunInfo run;
  Distributed total;
  std::vector<Distributed> outputs;
  Base base;
  std::string headline;  ///< "P80"
  std::vector<ContingencyRow> contingency;
  std::vector<FlatRow> flat;
  std::vector<BudgetRow> budgets;
  std::string allocation = "covariance";
  std::vector<BreakdownRow> lines, categories, tags;
  std::vector<SensitivityRow> sensitivity;
  bool correlated = false;        ///< some inputs are: their bars and contributions overlap
  double noise_floor = 0;         ///< expected swing of an input without influence
  double noise_threshold = 0;     ///< a null input stays under it 95% of the time
  std::vector<MonthRow> monthly;  ///< empty where time does not matter
  std::vector<CurvePoint> curve;  ///< P1 to P99, where asked for (RunOptions::curve)
  std::optional<Details> details;
};

}  // namespace tcosim
