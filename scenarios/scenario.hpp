// What a scenario file says, read, checked and resolved: the value that sim/ compiles.
// Names are indices, units are gone into factors, recurring money is already integrated over its months;
// what a person wrote (texts, units, notes, positions) stays beside it for reports.
// The contract is the scenario format, version 1; see scenarios/README.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "distributions/copula.hpp"
#include "distributions/distribution.hpp"
#include "distributions/hdr.hpp"
#include "scenarios/diagnostic.hpp"
#include "scenarios/formula.hpp"

namespace tcosim {

/// A percentile as a ratio of integers, since ceil(n * 0.55) is wrong in floating point: P97.5 is 975/1000.
struct Percentile {
  std::int64_t numerator = 0;
  std::int64_t denominator = 100;
  [[nodiscard]] double probability() const { return static_cast<double>(numerator) / static_cast<double>(denominator); }
  friend bool operator==(const Percentile&, const Percentile&) = default;
};

/// "P80", "P97.5"; lowest terms of ten.
[[nodiscard]] std::string name(const Percentile& percentile);

/// Reads "P80", "p97.5", "80%"; nothing when it is not strictly between 0 and 100.
[[nodiscard]] std::optional<Percentile> parse_percentile(std::string_view text);

/// What anyone may say about an input, line, risk or output.
struct Annotation {
  std::string label, note, source, owner;
  std::vector<std::string> tags;
};

/// One random variable: a call of a distribution. The stream's name is the key of its random numbers.
struct Variable {
  std::string stream;  ///< "gpu_rate", "gpu_rate#2", "risk/data_leak", "line/NAME#1"
  Distribution distribution;
  std::optional<HdrKey> hdr{};  ///< of a SIPmath library: under Monte Carlo, draw i is its trial i + 1
};

/// Variables that depend on each other; no variable is in two groups.
struct CorrelationGroup {
  std::vector<std::uint32_t> variables;  ///< indices into Scenario::variables, in the copula's order
  Copula copula;
  std::string copula_text;  ///< as people read it: "Gaussian", "t(4)", "Clayton"
};

/// What the file asked of a pair of inputs or risks.
struct RequestedCorrelation {
  std::string first, second;  ///< their names
  std::uint32_t first_variable = 0, second_variable = 0;
  double value = 0;
  bool pearson = false;  ///< of the values themselves; else the rank correlation
  bool negated = false;  ///< one of the two falls where its variable rises: the variables have the opposite sign
  Span span;
};

struct Input {
  std::string name;
  std::string text;                      ///< the value as written
  std::string unit;                      ///< as people read it: "USD/gpu_hour"; "" for plain numbers
  Formula formula;                       ///< over variables and earlier inputs; in `unit`
  std::vector<std::uint32_t> variables;  ///< the distribution calls in its own text
  std::optional<double> declared_base;   ///< in `unit`
  Annotation annotation;
  Span span;
};

enum class LineKind {
  line,  ///< a cost line, or the parent of items
  item,  ///< `parent` is set
  risk,  ///< an event; nothing in the base
};

/// "line", "item", "risk".
[[nodiscard]] std::string name(LineKind kind);

/// A row of the breakdown, in file order. Parents have no formula: they are the sum of their items.
struct Line {
  std::string name;  ///< "gpu_compute", "labor.ml_engineer", "data_leak"
  LineKind kind = LineKind::line;
  std::string category;
  std::optional<std::uint32_t> parent;
  bool has_items = false;
  Formula formula;   ///< money over the whole horizon, in Scenario::currency
  std::string text;  ///< the formula or impact as written

  bool recurring = false;
  std::string spend_text;  ///< "once", "recurs: 25 USD/month x 6 months"
  int first_month = 1, last_month = 1;
  std::vector<double> monthly_share;  ///< by month of the horizon, adds up to 1; empty without a currency

  /// Of a risk: the variable that says whether (how often) it happens, alone or with its impact inside.
  std::optional<std::uint32_t> risk_variable;
  Annotation annotation;
  Span span;
};

/// A quantity of interest that is not part of the total.
struct Output {
  std::string name;
  std::string unit;
  std::string text;
  Formula formula;  ///< may hold `total`
  Annotation annotation;
  Span span;
};

/// Inputs and risks that move with one driver, ranked as one by the sensitivity methods. No two groups share a member.
struct DriverGroup {
  std::string name;
  std::vector<std::uint32_t> inputs;  ///< indices into Scenario::inputs
  std::vector<std::uint32_t> risks;   ///< indices into Scenario::lines
  Span span;
};

/// A set of levers: bit i stands for Scenario::levers[i].
using LeverSet = std::uint64_t;
inline constexpr std::size_t kMostLevers = 64;

/// A named change of the scenario, as declared. A Scenario holds all levers of its file; those of Scenario::pulled have
/// changed its inputs and lines.
struct Lever {
  std::string name;
  std::vector<std::string> sets, scales;   ///< inputs whose value it replaces or multiplies
  std::vector<std::string> adds, removes;  ///< lines
  std::string cost_text;                   ///< "" without a cost; with one, the line of the lever's own name has it
  LeverSet needs = 0;                      ///< `requires`: without all of these it cannot be pulled
  LeverSet excludes = 0;  ///< not together with any of these; whoever sets the same input is among them
  Annotation annotation;
  Span span;
  std::vector<std::string> set_texts{}, scale_texts{};  ///< as written, parallel to `sets` and `scales`
};

enum class BaseRule { declared, mode, median, mean };

struct ContingencyPlan {
  BaseRule base = BaseRule::declared;
  std::vector<Percentile> targets{{50}, {80}, {90}};
  Percentile headline{80};
  std::vector<double> flat_percent{10, 15, 20};
  std::vector<double> budgets;  ///< in currency
};

enum class Sampling { monte_carlo, latin_hypercube, sobol };

/// As the format and the options spell it: "mc", "lhs", "sobol".
[[nodiscard]] std::string name(Sampling sampling);

struct Scenario {
  std::string file;                         ///< as the user gave it
  std::string text;                         ///< the file's content, for "how to reproduce"
  std::vector<std::string> imported_files;  ///< scenarios and SIPmath libraries, each once, paths as they were opened
  std::string title;
  std::string currency;       ///< "" when the file is free of units
  double horizon_months = 0;  ///< 0 without a horizon
  std::string horizon_text;   ///< "6 months"
  std::optional<int> start_year, start_month;

  std::vector<Variable> variables;
  std::vector<CorrelationGroup> correlation_groups;
  std::vector<RequestedCorrelation> requested_correlations;  ///< each pair that the file names, in file order
  std::vector<Input> inputs;
  std::vector<Line> lines;
  std::vector<Output> outputs;
  std::vector<DriverGroup> groups;
  std::vector<Lever> levers;  ///< in file order, whatever is pulled
  LeverSet pulled = 0;
  std::vector<std::string> categories;  ///< those that have a line, in the order of the format's list
  ContingencyPlan contingency;

  // Defaults of the `run:` section; options of the command line win.
  std::optional<std::uint64_t> draws, seed;
  std::optional<Sampling> sampling;
};

/// The distributions, and the names of the streams, of Scenario::variables in their order.
[[nodiscard]] std::vector<Distribution> distributions(const Scenario& scenario);
[[nodiscard]] std::vector<std::string> streams(const Scenario& scenario);

/// The names of the levers that are pulled, in file order.
[[nodiscard]] std::vector<std::string> pulled_levers(const Scenario& scenario);

/// Whole and part months of the horizon, counted up: 6 for "6 months", 7 for "200 days".
[[nodiscard]] int month_count(const Scenario& scenario);

/// "2026-03" for month 3 of a scenario that starts in 2026-01; "month 3" without a start.
[[nodiscard]] std::string month_name(const Scenario& scenario, int month);

/// The single-point estimate: every formula evaluated once, each input at its declared base, else with
/// its distribution calls at the mode (where stated) or the median; `mode | median | mean` use that
/// statistic alone. Risks count nothing. Spans parallel Scenario::inputs, lines, outputs.
struct BaseEstimate {
  std::vector<double> inputs, lines, outputs;
  double total = 0;
};
[[nodiscard]] BaseEstimate base_estimate(const Scenario& scenario, BaseRule rule);

/// Values that are moved away from the base; by index, empty vectors where nothing is.
struct BaseMoves {
  std::vector<std::optional<double>> variables, inputs, lines;
};

/// The base estimate with something moved, once for each set of moves. What depends on a moved variable, input or line
/// follows by its formula, inputs with a declared base too; a risk counts where its own variable is moved.
[[nodiscard]] std::vector<BaseEstimate> base_estimates(const Scenario& scenario, BaseRule rule,
                                                       const std::vector<BaseMoves>& moves);

}  // namespace tcosim
