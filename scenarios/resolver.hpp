// Declarations become a Scenario: names turn into indices, units into factors, distribution calls into
// variables. Internal to the reader; one class in five files, since its parts call each other in a circle.
// Promises that every error is reported once: whoever uses what has failed stays silent.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "distributions/distribution.hpp"
#include "scenarios/declarations.hpp"
#include "scenarios/formula_builder.hpp"
#include "scenarios/resolution_cache.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/source.hpp"
#include "scenarios/units.hpp"
#include "scenarios/when.hpp"

namespace tcosim {

/// The built-in units and those that the file declares; what is wrong with these is reported.
[[nodiscard]] UnitSystem make_units(const Declarations& declarations, Report& report);

/// A resolved subexpression: its node and unit, and its value where no chance is involved.
struct Value {
  std::uint32_t node = 0;
  Unit unit;
  std::optional<double> certain;
  bool bare_zero = false;  ///< a written 0, which fits any unit
};

/// One expression while it is being resolved.
struct Scope {
  enum class Use { setting, input, line, risk, output, parameter };
  const Expression* expression = nullptr;
  Use use = Use::setting;
  std::string what = "this";  ///< of a setting, for messages: "the horizon"
  std::string stream;         ///< of the first distribution call: "gpu_rate", "line/x#1"
  FormulaBuilder builder;
  int calls = 0;                         ///< distribution calls so far
  std::vector<std::uint32_t> variables;  ///< theirs, as indices into the scenario's
  std::optional<Syntax> uncertain_name;  ///< the first uncertain name used, if any
  Months when;                           ///< of a line
  std::optional<Formula> life;           ///< of a depreciation in it, in months
};

/// A distribution with the unit of its values.
struct DistributionValue {
  Distribution distribution;
  Unit unit;
};

class Resolver {
 public:
  /// `overrides` replaces the value of inputs (--set). Levers that are pulled must be in the declarations already.
  Resolver(const Declarations& declarations, std::map<std::string, Expression> overrides, Report& report,
           ResolutionCache& cache);

  /// The scenario, complete when nothing was reported as an error.
  [[nodiscard]] Scenario resolve();

 private:
  friend class CallBinder;
  friend class DataCall;
  friend class CorrelationResolver;
  enum class State { untouched, in_progress, done, failed };
  struct Name {
    enum class Kind { input, line, output } kind = Kind::input;
    std::size_t index = 0;
  };
  struct ResolvedInput {
    State state = State::untouched;
    std::uint32_t index = 0;  ///< in Scenario::inputs
    Unit unit;
    std::optional<double> certain;
    std::optional<Formula> own;                    ///< before levers scaled it, where any did
    bool own_certain = false;                      ///< before levers scaled it
    std::size_t own_calls = 0;                     ///< of Input::variables, those that are not of a lever's scale
    const InputChange* uncertain_scale = nullptr;  ///< of the levers' scales, the first that varies by itself
  };
  struct ResolvedLine {
    State state = State::untouched;
    std::optional<Formula> rate;  ///< of a recurring line: money per time, for its text
    std::string rate_unit;        ///< "USD/month"
    double length = 0;            ///< in months
    std::optional<Formula> life;  ///< of a depreciation: useful life in months
  };
  struct ResolvedOutput {
    State state = State::untouched;
    Unit unit;
  };

  // resolver.cpp: settings of the file, names and their order
  void read_settings();
  void read_categories();
  void read_horizon();
  void index_names();
  void check_overrides();
  void check_levers_overridden();
  void prepare(const Expression& expression, Scope::Use use);
  void require(const Name& name, const Scalar& scalar, TextRange range);
  [[nodiscard]] const std::string& name_of(const Name& name) const;
  State state_of(const Name& name) const;
  void resolve_output(std::size_t index);
  void warn_of_unused_inputs();
  void warn_of_idle_changes(const InputDeclaration& input);
  void check_base(const BaseEstimate& base);
  void warn_of_negative_inputs(const BaseEstimate& base);
  void warn_of_missing_moments();
  [[nodiscard]] const Scalar& value_of(const std::string& input) const;
  void note_empty_categories();

  // resolve_input.cpp: an input's value, its own or of --set or a lever, and what levers scale it by
  void resolve_input(std::size_t index);
  std::optional<Value> resolve_own_value(const InputDeclaration& input, Scope& scope);
  std::optional<double> resolve_declared_base(const Expression& base, const Unit& unit);
  std::optional<Value> resolve_value(const InputDeclaration& input, Scope& scope);
  std::optional<Value> resolve_override(const InputDeclaration& input, const Expression& replaced, Scope& scope);
  std::optional<Value> resolve_lever_value(const InputDeclaration& input, Scope& scope);
  bool scale_input(const InputChange& change, Value& value, std::optional<double>& base, Scope& scope,
                   ResolvedInput& resolved);
  [[nodiscard]] const std::optional<Expression>& declared_base(const InputDeclaration& input) const;
  std::optional<double> scale_at_base(const InputChange& change, const Formula& scale);
  [[nodiscard]] double at_base(const Formula& formula) const;
  [[nodiscard]] std::string text_of(const InputDeclaration& input) const;
  /// Not the file's own value: of --set, or of a lever that is pulled.
  [[nodiscard]] bool is_replaced(const InputDeclaration& input) const;

  // resolve_library.cpp: variables of SIPmath libraries
  std::optional<Value> resolve_library_variable(const LibraryVariable& variable, Scope& scope);
  void join_library_variables();

  // resolve_correlations.cpp
  void resolve_correlations();

  // resolve_groups.cpp
  void resolve_groups();
  void add_member(const Scalar& member, DriverGroup& group);
  void add_input(const Scalar& member, std::size_t index, DriverGroup& group);

  // resolve_plan.cpp: contingency and run
  void read_contingency();
  void read_run();
  std::optional<double> read_flat(const Scalar& scalar);
  std::optional<double> read_money(const Scalar& scalar);

  // resolve_expression.cpp: operators, names, units
  std::optional<Value> resolve(Scope& scope, const Syntax& syntax);
  std::optional<Value> resolve_name(Scope& scope, const Syntax& syntax);
  std::optional<Value> resolve_known_name(Scope& scope, const Syntax& syntax, const Name& name);
  void report_unknown_name(Scope& scope, const Syntax& syntax);
  std::optional<Value> resolve_unary(Scope& scope, const Syntax& syntax);
  std::optional<Value> resolve_binary(Scope& scope, const Syntax& syntax);
  std::optional<Value> resolve_with_unit(Scope& scope, const Syntax& syntax);
  std::optional<Value> resolve_power(Scope& scope, const Syntax& syntax, Value base, Value exponent);
  std::optional<Value> constant(Scope& scope, const Syntax& syntax, double value, Unit unit = {});
  std::optional<Value> apply_same_unit(Scope& scope, const Syntax& whole, Op op, Value left, Value right,
                                       const Syntax& right_syntax, const std::string& verb);
  std::optional<Value> plain(Scope& scope, const Syntax& syntax, Value value, const std::string& what);
  std::optional<Value> finish(Scope& scope, const Syntax& syntax, Value value);
  std::optional<Unit> parse_unit(const Scalar& scalar, const Syntax& with_unit);
  Value converted(Scope& scope, Value value, double factor, const Unit& unit);
  static std::string in_words(const Unit& unit);

  // resolve_call.cpp: functions; resolve_distribution.cpp: distributions
  std::optional<Value> resolve_call(Scope& scope, const Syntax& syntax);
  std::optional<Value> resolve_function(Scope& scope, const Syntax& syntax);
  std::optional<Value> resolve_subtotal(Scope& scope, const Syntax& syntax);
  void report_unknown_function(Scope& scope, const Syntax& syntax);
  std::optional<Value> resolve_choice(Scope& scope, const Syntax& syntax, std::vector<Value>& values);
  std::optional<Value> resolve_of_one(Scope& scope, const Syntax& syntax, Op op, Value value);
  std::optional<Value> draw(Scope& scope, const Syntax& syntax, DistributionValue drawn);
  std::optional<DistributionValue> bind_call(Scope& scope, const Syntax& syntax);
  std::optional<DistributionValue> bind_interval(Scope& scope, const Syntax& syntax);
  std::optional<DistributionValue> distribution_of(Scope& scope, const Syntax& syntax);
  std::optional<DistributionValue> affine_distribution(Scope& scope, const Syntax& syntax);
  std::optional<DistributionValue> not_a_distribution(Scope& scope, const Syntax& syntax);
  std::optional<Value> certain_value(Scope& scope, const Syntax& syntax);

  // resolve_data.cpp: fit() and empirical() of a data file
  std::optional<DistributionValue> resolve_data_call(Scope& scope, const Syntax& syntax);

  // resolve_depreciation.cpp
  std::optional<Value> resolve_depreciation(Scope& scope, const Syntax& syntax);
  std::optional<std::array<const Syntax*, 4>> match_depreciation(Scope& scope, const Syntax& syntax);
  std::optional<Value> depreciation_share(Scope& scope, const Syntax& syntax, Value value);

  // resolve_line.cpp: lines, items and risks
  void read_line_frames();
  void read_category(const LineDeclaration& declaration, Line& line);
  void read_when(const LineDeclaration& declaration, Line& line);
  void make_recurring(Scope& scope, const Value& value, Line& line, ResolvedLine& resolved);
  void resolve_line(std::size_t index);
  void remove_line(std::size_t index);
  bool resolve_cost(const LineDeclaration& declaration, Line& line, ResolvedLine& resolved);
  bool check_spend(const LineDeclaration& declaration, const Line& line, const Unit& unit);
  void report_not_money(const Scope& scope, const Unit& unit, const std::string& what);
  bool resolve_risk(const LineDeclaration& declaration, Line& line);
  std::optional<double> risk_probability(const Expression& expression);
  std::optional<double> risk_count(const Expression& expression, const Months& when);
  std::optional<Value> resolve_impact(Scope& scope);
  bool combine_risk(Scope& scope, const Value& impact, Line& line, bool once, double measure);
  void describe_spending(const BaseEstimate& base);

  [[nodiscard]] static bool may_use_lines(Scope::Use use) {
    return use == Scope::Use::line || use == Scope::Use::risk || use == Scope::Use::output;
  }
  [[nodiscard]] static Place at(const Scope& scope, TextRange range) { return locate(scope.expression->scalar, range); }
  [[nodiscard]] static std::string text(const Scope& scope, TextRange range);
  [[nodiscard]] bool has_currency() const { return !out_.currency.empty(); }

  const Declarations& declarations_;
  std::map<std::string, Expression> overrides_;
  Report& report_;
  Scenario out_;
  ResolutionCache& cache_;
  UnitSystem& units_;  ///< of the cache
  Unit currency_, month_;
  Calendar calendar_;
  std::vector<std::string> known_categories_;
  std::unordered_map<std::string, Name> names_;
  std::vector<ResolvedInput> inputs_;  ///< parallel to the declarations, as are the next two
  std::vector<ResolvedLine> lines_;
  std::vector<ResolvedOutput> outputs_;
  std::vector<std::optional<AffineForm>> forms_;  ///< parallel to Scenario::inputs
  std::vector<std::vector<std::size_t>> items_;   ///< of each line
  bool unknown_currency_ = false;                 ///< reported: no line is to be measured against it
  int unknown_names_ = 0;                         ///< reported: an input may be unused only because of one
  bool too_deep_ = false;                         ///< reported, once
  std::size_t subtotal_terms_ = 0;
  std::vector<std::string> path_;  ///< the names in progress, for cycles
  std::vector<char> used_;         ///< by declaration of an input: a cost, risk or output depends on it
};

}  // namespace tcosim
