#include "sim/sensitivity/subject_moves.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>

#include <Eigen/Dense>
#include <boost/math/distributions/normal.hpp>

#include "distributions/stream.hpp"
#include "sim/analysis/percentile.hpp"

namespace tcosim::sensitivity {
namespace {

constexpr double kRare = 0.9;  // a risk that does not happen as often as this is nothing at its P10 and its P90

std::vector<double> sorted_copy(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  return sorted;
}

/// One way to stand: what is moved, and the uniforms of the variables that are.
struct Stand {
  BaseMoves moves;
  std::vector<std::pair<std::uint32_t, double>> uniforms;
};

BaseMoves no_moves(const Scenario& scenario) {
  BaseMoves moves;
  moves.variables.resize(scenario.variables.size());
  moves.inputs.resize(scenario.inputs.size());
  moves.lines.resize(scenario.lines.size());
  return moves;
}

void take(Stand& stand, const Stand& other) {
  const auto join = [](std::vector<std::optional<double>>& to, const std::vector<std::optional<double>>& from) {
    for (std::size_t i = 0; i < to.size(); ++i)
      if (from[i]) to[i] = from[i];
  };
  join(stand.moves.variables, other.moves.variables);
  join(stand.moves.inputs, other.moves.inputs);
  join(stand.moves.lines, other.moves.lines);
  stand.uniforms.insert(stand.uniforms.end(), other.uniforms.begin(), other.uniforms.end());
}

/// A variable at its quantile of a uniform.
void move_variable(const Scenario& scenario, std::uint32_t variable, double uniform, Stand& stand) {
  stand.moves.variables[variable] = quantile(scenario.variables[variable].distribution, uniform);
  stand.uniforms.emplace_back(variable, uniform);
}

double explained(const SensitivityProblem& problem, const BaseEstimate& estimate) {
  return problem.output ? estimate.outputs[*problem.output] : estimate.total;
}

/// Inputs: the formula over its own variables, the inputs in it at their base.
class InputAlone {
 public:
  InputAlone(const SensitivityProblem& problem, std::uint32_t input)
      : problem_(problem), input_(problem.scenario.inputs[input]), index_(input) {
    if (input_.variables.size() == 1) rises_ = direction();
    if (!rises_) draw();
  }

  [[nodiscard]] std::vector<Stand> at(Percentile percentile) const {
    Stand stand{no_moves(problem_.scenario), {}};
    if (rises_) {
      const std::uint32_t variable = input_.variables[0];
      const double p = percentile.probability();
      move_variable(problem_.scenario, variable, *rises_ ? p : 1 - p, stand);
      return {stand};
    }
    const Estimate place = percentile_estimate(sorted_, percentile);
    std::vector<Stand> stands;
    for (const auto& value : {std::optional(place.value), place.low, place.high}) {
      stand.moves.inputs[index_] = value;
      if (value) stands.push_back(stand);
    }
    return stands;
  }

 private:
  [[nodiscard]] double value(const std::vector<double>& variables) const {
    return evaluate(input_.formula, {variables, problem_.base.inputs, {}, 0});
  }

  /// Whether it rises with its one variable; nothing where it does neither rise nor fall throughout.
  [[nodiscard]] std::optional<bool> direction() const {
    constexpr int kSteps = 64;
    std::vector<double> variables(problem_.scenario.variables.size(), 0.0);
    const std::uint32_t own = input_.variables[0];
    bool rises = true, falls = true;
    double before = 0;
    for (int step = 0; step <= kSteps; ++step) {
      const double p = 0.001 + 0.998 * step / kSteps;
      variables[own] = quantile(problem_.scenario.variables[own].distribution, p);
      const double here = value(variables);
      if (step > 0) {
        rises = rises && here >= before;
        falls = falls && here <= before;
      }
      before = here;
    }
    if (rises) return true;
    if (falls) return false;
    return std::nullopt;
  }

  void draw() {
    constexpr std::size_t kDraws = std::size_t{1} << 15;
    std::vector<std::vector<double>> columns;
    for (const std::uint32_t own : input_.variables) {
      std::vector<double>& column = columns.emplace_back(kDraws);
      const Stream stream = make_stream(problem_.options.seed, problem_.scenario.variables[own].stream);
      for (std::size_t first = 0; first < kDraws; first += Sampler::kMostDraws)
        problem_.samplers[own].draws(stream, first, std::span(column).subspan(first, Sampler::kMostDraws));
    }
    std::vector<double> variables(problem_.scenario.variables.size(), 0.0);
    for (std::size_t i = 0; i < kDraws; ++i) {
      for (std::size_t v = 0; v < columns.size(); ++v) variables[input_.variables[v]] = columns[v][i];
      sorted_.push_back(value(variables));
    }
    std::ranges::sort(sorted_);
  }

  const SensitivityProblem& problem_;
  const Input& input_;
  std::uint32_t index_;
  std::optional<bool> rises_;
  std::vector<double> sorted_;
};

/// How likely a variable is under 0, and at 0.
struct Signs {
  double negative = 0, zero = 0;
};
Signs signs_of(const Distribution& distribution) {
  const double under = cdf(distribution, -std::numeric_limits<double>::denorm_min());
  return {under, cdf(distribution, 0.0) - under};
}

double nothing_of(const Scenario& scenario, std::uint32_t risk) {
  return signs_of(scenario.variables[*scenario.lines[risk].risk_variable].distribution).zero;
}

Stand risk_at(const SensitivityProblem& problem, std::uint32_t variable, Percentile percentile, const MoveRule& rule) {
  const Distribution& distribution = problem.scenario.variables[variable].distribution;
  const Signs signs = signs_of(distribution);
  const double p = percentile.probability();
  Stand stand{no_moves(problem.scenario), {}};
  double uniform = p;
  if (rule.rare_when_they_happen && signs.zero >= kRare) {
    // the percentile among the draws that are not 0; the end towards 0 is not happening
    const double when = p * (1 - signs.zero);
    uniform = when < signs.negative ? when : when + signs.zero;
    const bool saves = signs.negative > (1 - signs.zero) / 2;
    if (saves ? p > 0.5 : p < 0.5) uniform = signs.negative + signs.zero / 2;
  }
  move_variable(problem.scenario, variable, uniform, stand);
  return stand;
}

/// Leaves of a line or category: what its money differs from the base is shared out as the base is, evenly where that
/// is nothing.
Stand leaves_at(const SensitivityProblem& problem, const Subject& subject, double money) {
  Stand stand{no_moves(problem.scenario), {}};
  double base = 0;
  for (const std::uint32_t leaf : subject.lines) base += problem.base.lines[leaf];
  for (const std::uint32_t leaf : subject.lines) {
    const double share = base > 0 ? problem.base.lines[leaf] / base : 1 / static_cast<double>(subject.lines.size());
    stand.moves.lines[leaf] = problem.base.lines[leaf] + (money - base) * share;
  }
  return stand;
}

std::vector<std::vector<Stand>> draws_at(const SensitivityProblem& problem, std::size_t index,
                                         std::span<const Percentile> percentiles, const MoveRule& rule) {
  const Subject& subject = problem.subjects[index];
  std::vector<double> sorted = sorted_copy(problem.sample->x[index]);
  bool from_nothing = false;
  if (rule.rare_when_they_happen && is_rare(problem.scenario, subject)) {
    std::vector<double> happened;
    std::ranges::copy_if(sorted, std::back_inserter(happened), [](double value) { return value != 0; });
    from_nothing = !happened.empty();
    if (from_nothing) sorted = std::move(happened);
  }
  std::vector<std::vector<Stand>> stands;
  for (const Percentile percentile : percentiles) {
    std::vector<Stand>& here = stands.emplace_back();
    if (from_nothing && percentile.probability() < 0.5) {
      here.push_back(leaves_at(problem, subject, 0));
      continue;
    }
    const Estimate place = percentile_estimate(sorted, percentile);
    for (const auto& value : {std::optional(place.value), place.low, place.high})
      if (value) here.push_back(leaves_at(problem, subject, *value));
  }
  return stands;
}

std::vector<std::vector<Stand>> input_at(const SensitivityProblem& problem, std::uint32_t input,
                                         std::span<const Percentile> percentiles) {
  const InputAlone alone(problem, input);
  std::vector<std::vector<Stand>> stands;
  for (const Percentile percentile : percentiles) stands.push_back(alone.at(percentile));
  return stands;
}

std::vector<std::vector<Stand>> variable_at(const SensitivityProblem& problem, std::uint32_t variable,
                                            std::span<const Percentile> percentiles, const MoveRule& rule) {
  std::vector<std::vector<Stand>> stands;
  for (const Percentile percentile : percentiles) stands.push_back({risk_at(problem, variable, percentile, rule)});
  return stands;
}

std::vector<double> values_of(const SensitivityProblem& problem, const std::vector<std::vector<Stand>>& stands) {
  std::vector<BaseMoves> moves;
  for (const std::vector<Stand>& here : stands) moves.push_back(here.front().moves);
  std::vector<double> values;
  for (const BaseEstimate& estimate : base_estimates(problem.scenario, problem.scenario.contingency.base, moves))
    values.push_back(explained(problem, estimate));
  return values;
}

std::vector<std::vector<Stand>> group_at(const SensitivityProblem& problem, const Subject& group,
                                         std::span<const Percentile> percentiles, const MoveRule& rule) {
  constexpr std::array kEnds{Percentile{10}, Percentile{90}};
  std::vector<Percentile> opposite;
  for (const Percentile p : percentiles) opposite.push_back({p.denominator - p.numerator, p.denominator});
  std::vector<std::vector<Stand>> stands(percentiles.size(), {Stand{no_moves(problem.scenario), {}}});
  const auto add = [&](auto&& member_at) {
    const std::vector<double> ends = values_of(problem, member_at(std::span<const Percentile>(kEnds)));
    const std::vector<std::vector<Stand>> member =
        member_at(ends[1] < ends[0] ? std::span<const Percentile>(opposite) : percentiles);
    for (std::size_t i = 0; i < stands.size(); ++i) take(stands[i].front(), member[i].front());
  };
  for (const std::uint32_t input : group.inputs)
    if (!problem.scenario.inputs[input].variables.empty())
      add([&](std::span<const Percentile> at) { return input_at(problem, input, at); });
  for (const std::uint32_t risk : group.lines)
    add([&](std::span<const Percentile> at) {
      return variable_at(problem, *problem.scenario.lines[risk].risk_variable, at, rule);
    });
  return stands;
}

/// Members of a Gaussian copula that are not moved go to their medians given those that are: E[z_j | z_S].
void move_along(const Scenario& scenario, const CorrelationGroup& group, Stand& stand) {
  const auto size = static_cast<Eigen::Index>(group.copula.size);
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::Map<const Matrix> factor(group.copula.factor.data(), size, size);
  const Matrix correlation = factor * factor.transpose();
  const boost::math::normal normal;
  std::vector<Eigen::Index> moved, others;
  std::vector<double> scores;
  for (Eigen::Index member = 0; member < size; ++member) {
    const std::uint32_t variable = group.variables[static_cast<std::size_t>(member)];
    const auto found = std::ranges::find(stand.uniforms, variable, &std::pair<std::uint32_t, double>::first);
    if (found == stand.uniforms.end()) {
      others.push_back(member);
    } else {
      moved.push_back(member);
      scores.push_back(boost::math::quantile(normal, found->second));
    }
  }
  if (moved.empty()) return;
  const Eigen::Map<const Eigen::VectorXd> z(scores.data(), static_cast<Eigen::Index>(scores.size()));
  const Eigen::VectorXd weights = correlation(moved, moved).ldlt().solve(z);
  for (const Eigen::Index member : others) {
    double score = 0;
    for (std::size_t i = 0; i < moved.size(); ++i)
      score += correlation(member, moved[i]) * weights(static_cast<Eigen::Index>(i));
    if (score == 0) continue;
    const std::uint32_t variable = group.variables[static_cast<std::size_t>(member)];
    stand.moves.variables[variable] =
        quantile(scenario.variables[variable].distribution, boost::math::cdf(normal, score));
  }
}

std::vector<std::vector<Stand>> stands_at(const SensitivityProblem& problem, std::size_t index,
                                          std::span<const Percentile> percentiles, const MoveRule& rule) {
  const Subject& subject = problem.subjects[index];
  switch (subject.kind) {
    case Subject::Kind::input:
      return input_at(problem, subject.inputs[0], percentiles);
    case Subject::Kind::risk:
      return variable_at(problem, subject.variables[0], percentiles, rule);
    case Subject::Kind::draw:
      return variable_at(problem, subject.variables[0], percentiles, {});
    case Subject::Kind::group:
      return group_at(problem, subject, percentiles, is_rare(problem.scenario, subject) ? rule : MoveRule{});
    case Subject::Kind::line:
    case Subject::Kind::category:
      break;
  }
  return draws_at(problem, index, percentiles, rule);
}

}  // namespace

std::vector<Estimate> explained_at(const SensitivityProblem& problem, std::size_t subject,
                                   std::span<const Percentile> percentiles, const MoveRule& rule) {
  std::vector<std::vector<Stand>> stands = stands_at(problem, subject, percentiles, rule);
  std::vector<BaseMoves> moves;
  for (std::vector<Stand>& here : stands)
    for (Stand& stand : here) {
      if (rule.together)
        for (const CorrelationGroup& group : problem.scenario.correlation_groups)
          if (group.copula.kind == CopulaKind::gaussian) move_along(problem.scenario, group, stand);
      moves.push_back(std::move(stand.moves));
    }
  const std::vector<BaseEstimate> estimates =
      base_estimates(problem.scenario, problem.scenario.contingency.base, moves);
  std::vector<Estimate> result;
  std::size_t next = 0;
  for (const std::vector<Stand>& here : stands) {
    Estimate estimate{explained(problem, estimates[next]), {}, {}};
    if (here.size() == 3) {
      const auto [low, high] =
          std::minmax({explained(problem, estimates[next + 1]), explained(problem, estimates[next + 2])});
      estimate.low = low;
      estimate.high = high;
    }
    next += here.size();
    result.push_back(estimate);
  }
  return result;
}

double explained_base(const SensitivityProblem& problem) {
  return explained(problem, problem.base);
}

std::optional<double> chance_of_nothing(const Scenario& scenario, const Subject& subject) {
  const bool line = subject.kind == Subject::Kind::line && scenario.lines[subject.lines[0]].risk_variable;
  if (subject.kind != Subject::Kind::risk && !line) return std::nullopt;
  return nothing_of(scenario, subject.lines[0]);
}

bool is_rare(const Scenario& scenario, const Subject& subject) {
  if (subject.kind == Subject::Kind::group)
    return subject.inputs.empty() &&
           std::ranges::all_of(subject.lines, [&](std::uint32_t risk) { return nothing_of(scenario, risk) >= kRare; });
  return chance_of_nothing(scenario, subject).value_or(0) >= kRare;
}

}  // namespace tcosim::sensitivity
