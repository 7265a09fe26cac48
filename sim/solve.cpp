#include "sim/solve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <new>
#include <set>
#include <utility>

#include "sim/analysis/crossings.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/draw_columns.hpp"
#include "sim/measured_draws.hpp"
#include "sim/parallel.hpp"
#include "sim/solve_scan.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kScanDraws = 100'000;     // of the scan; the answer itself takes all
constexpr std::uint64_t kInputDraws = 1'000'000;  // of the input's own distribution, at most
constexpr double kRelativeTolerance = 1e-7;       // of the value, or of the scan's cell where that is more
constexpr double kEndTolerance = 1e-3;            // of the distance from the value, for ends of its interval
constexpr double kInfinity = std::numeric_limits<double>::infinity();

void collect_variables(const Scenario& scenario, const Formula& formula, std::set<std::uint32_t>& variables) {
  for (const Node& node : formula.nodes) {
    if (node.op == Op::variable) variables.insert(node.operands[0]);
    if (node.op == Op::input) collect_variables(scenario, scenario.inputs[node.operands[0]].formula, variables);
  }
}

bool names_other_inputs(const Formula& formula) {
  return std::ranges::any_of(formula.nodes, [](const Node& node) { return node.op == Op::input; });
}

class Solver {
 public:
  Solver(const Scenario& scenario, const SolveProblem& problem, const RunOptions& options)
      : scenario_(scenario), problem_(problem), options_(options), input_(scenario.inputs[problem.input]) {
    scan_draws_ = std::min(options.draws, kScanDraws);
  }

  Expected<SolveResult, RunError> run() {
    const auto start = std::chrono::steady_clock::now();
    describe();
    const auto today = measure(scenario_, options_.draws);
    if (!today) return Unexpected{RunError{today.error()}};
    result_.today = {0, today->value, today->interval, holds(problem_.target, today->value)};
    if (const auto error = draw_input()) return Unexpected{*error};

    tried_ = scan(scan_question());
    if (std::ranges::none_of(tried_, [](const auto& point) { return point.second.has_value(); }))
      return Unexpected{RunError{fmt::format("'{}' cannot be anything from {:.6g} to {:.6g} here: {}", input_.name,
                                             tried_.begin()->first, tried_.rbegin()->first, first_failure_)}};
    for (const auto& [low, high] : cells(tried_))
      if (holds_at(low) != holds_at(high)) result_.crossings.push_back(crossing(low, high));
    report();
    result_.run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result_;
  }

 private:
  void describe() {
    const ResultCondition& target = problem_.target;
    result_.title = scenario_.title;
    result_.file = scenario_.file;
    result_.currency = scenario_.currency;
    result_.horizon = scenario_.horizon_text;
    result_.run.draws = options_.draws;
    result_.run.sensitivity_draws = scan_draws_;
    result_.run.seed = options_.seed;
    result_.run.sampling = name(options_.sampling);
    result_.run.threads = thread_count(options_.threads);
    result_.input = input_.name;
    result_.label = input_.annotation.label;
    result_.text = input_.text;
    result_.unit = input_.unit;
    result_.target = target.text;
    const auto percentile = parse_percentile(target.quantity);
    const bool is_percentile = percentile && !measured_output(target, scenario_);
    result_.measure = is_percentile ? tcosim::name(*percentile) : target.quantity;
    result_.measure_words = measured_words(target, scenario_);
    result_.measure_unit = measured_unit(target, scenario_);
    result_.fraction = is_fraction(target);
    result_.limit = target.threshold;
    result_.upper = is_upper_limit(target);
    add_notes();
  }

  void add_notes() {
    const auto note = [&](const std::string& text) { result_.notes.push_back(text); };
    if (names_other_inputs(input_.formula)) {
      note(fmt::format("'{}' is made from other inputs in the file; here it has the value tried, whatever they are",
                       input_.name));
    }
    for (const CorrelationGroup& group : scenario_.correlation_groups) {
      const bool member = std::ranges::any_of(input_.variables, [&](std::uint32_t variable) {
        return std::ranges::find(group.variables, variable) != group.variables.end();
      });
      if (member) {
        note(
            fmt::format("'{}' is correlated with other inputs in the file; here they keep their own ranges and do not "
                        "move with the value tried",
                        input_.name));
      }
    }
    for (std::size_t i = 0; i < scenario_.levers.size(); ++i) {
      const Lever& lever = scenario_.levers[i];
      const bool scales = std::ranges::find(lever.scales, input_.name) != lever.scales.end();
      if ((scenario_.pulled >> i & 1U) != 0 && scales)
        note(fmt::format("The values of '{}' are those after the lever '{}' has scaled it", input_.name, lever.name));
    }
  }

  // Measures

  Expected<Measurement, std::string> measure(const Scenario& scenario, std::uint64_t draws) {
    std::vector<Distribution> drawn = distributions(scenario);
    if (samplers_.empty() || drawn != drawn_) {
      samplers_ = make_samplers(drawn, [&](std::size_t count, const std::function<void(std::size_t)>& body) {
        for_each_piece(count, options_.threads, [&](std::size_t i, std::size_t) { body(i); });
      });
      drawn_ = std::move(drawn);
    }
    RunOptions options = options_;
    options.draws = draws;
    const auto measurement = measure_draws(scenario, samplers_, problem_.target, options);
    if (!measurement) return Unexpected<std::string>{measurement.error().message};
    return *measurement;
  }

  /// The measure with the input at x; nothing where the scenario has no result there.
  std::optional<Measurement> at(double x, std::uint64_t draws) {
    const auto [place, is_new] = known_.try_emplace({x, draws});
    if (!is_new) return place->second;
    const auto scenario =
        problem_.at ? problem_.at(x) : Expected<Scenario, std::string>(with_input_at(scenario_, problem_.input, x));
    const auto found = scenario ? measure(*scenario, draws)
                                : Expected<Measurement, std::string>(Unexpected<std::string>{scenario.error()});
    if (found) {
      place->second = *found;
    } else if (first_failure_.empty()) {
      first_failure_ = found.error();
      failed_at_ = x;
    }
    return place->second;
  }

  [[nodiscard]] bool holds_at(const ScanPoint& point) const { return holds(problem_.target, point.second.value); }
  [[nodiscard]] std::optional<double> side(const Measurement& measurement, Edge edge) const {
    return sided(problem_.target, measurement, edge);
  }

  SignedFunction function(std::uint64_t draws, Edge edge) {
    return [this, draws, edge](double x) -> std::optional<double> {
      const auto measurement = at(x, draws);
      return measurement ? side(*measurement, edge) : std::nullopt;
    };
  }

  // The search

  /// The input's own draws, sorted; none where it is certain.
  std::optional<RunError> draw_input() {
    const std::array<std::uint32_t, 1> wanted{problem_.input};
    const std::uint64_t draws = std::min(options_.draws, kInputDraws);
    auto columns = draw_columns(scenario_, wanted, false, draws, options_.seed);
    if (!columns) return columns.error();
    own_ = std::move(std::move(columns).value()[0]);
    std::ranges::sort(own_);
    least_ = own_.front();
    centre_ = own_[rank({50}, own_.size()) - 1];
    certain_ = own_.front() == own_.back();
    if (certain_) {
      own_.clear();
      return std::nullopt;
    }
    counts_ = std::ranges::all_of(own_, [](double x) { return x == std::floor(x); });
    result_.today_p10 = own_[rank({10}, own_.size()) - 1];
    result_.today_p90 = own_[rank({90}, own_.size()) - 1];
    if (counts_) {
      result_.notes.push_back(
          fmt::format("'{}' counts whole things; the value is found as if parts of them could be had", input_.name));
    }
    return std::nullopt;
  }

  [[nodiscard]] ScanQuestion scan_question() {
    double from = std::min(centre_ / 2, centre_ * 2), to = std::max(centre_ / 2, centre_ * 2);
    if (centre_ == 0) to = 1;
    if (!certain_) {
      from = own_[rank({1, 1000}, own_.size()) - 1];
      to = own_[rank({999, 1000}, own_.size()) - 1];
    }
    if (problem_.from) from = *problem_.from;
    if (problem_.to) to = *problem_.to;
    // An end that was typed may lie beyond the range of the other one.
    if (!(from < to)) {
      const double step = std::max(std::abs(from), 1.0);
      if (!problem_.to) to = from + step;
      if (!problem_.from && problem_.to) from = to - step;
    }
    return {problem_.target,
            [this](double x) { return at(x, scan_draws_); },
            from,
            to,
            problem_.from.has_value(),
            problem_.to.has_value(),
            least_ >= 0};
  }

  // Crossings

  /// The change of sides near `start` on all draws; `left_sign` is the sign on its left.
  std::optional<SignBracket> change(Edge edge, SignedPoint start, bool left_negative, double slope, double tolerance,
                                    std::pair<double, double> ends) {
    const SignedFunction f = function(options_.draws, edge);
    const bool rightward = (start.f < 0) == left_negative;
    const double step = std::max(1.2 * std::abs(start.f) / slope, tolerance);
    const auto bracket = std::isfinite(step)
                             ? step_out(f, start, rightward ? step : -step, rightward ? ends.second : ends.first)
                             : std::nullopt;
    return bracket ? narrow(f, *bracket, tolerance) : std::nullopt;
  }

  SolveCrossing crossing(const ScanPoint& low, const ScanPoint& high) {
    const double width = high.first - low.first;
    const double tolerance = kRelativeTolerance * std::max({width, std::abs(low.first), std::abs(high.first)});
    const double slope = std::abs(high.second.value - low.second.value) / width;
    const bool left_negative = holds_at(low);
    const SignBracket cell{{low.first, *side(low.second, Edge::value)}, {high.first, *side(high.second, Edge::value)}};

    // On the draws of the scan, then on all of them
    SignBracket found = narrow(function(scan_draws_, Edge::value), cell, tolerance).value_or(cell);
    if (options_.draws > scan_draws_) {
      const double x = found.low.x;
      const auto value = function(options_.draws, Edge::value)(x);
      const auto polished = value ? change(Edge::value, {x, *value}, left_negative, slope, tolerance,
                                           {low.first - width, high.first + width})
                                  : std::nullopt;
      if (polished) {
        found = *polished;
      } else {
        result_.notes.push_back(
            fmt::format("The value near {:.6g} is from the first {} draws: on all of them the "
                        "target is met on both sides of it, or on neither",
                        x, scan_draws_));
      }
    }
    SolveCrossing crossing;
    crossing.holds_below = left_negative;
    crossing.value = (found.low.f < 0 ? found.low : found.high).x;
    crossing.tolerance = found.high.x - found.low.x;
    complete(crossing, slope, tolerance);
    return crossing;
  }

  void complete(SolveCrossing& crossing, double slope, double tolerance) {
    const double x = crossing.value, reach = 4 * (tried_.rbegin()->first - tried_.begin()->first);
    const std::pair<double, double> ends{least_ >= 0 && x >= 0 ? std::max(0.0, x - reach) : x - reach, x + reach};
    const auto here = at(x, options_.draws);
    if (!here) return;
    crossing.measure = here->value;
    crossing.measured = here->interval;
    const bool rises = crossing.holds_below == is_upper_limit(problem_.target);
    for (const Edge edge : {Edge::low, Edge::high}) {
      const auto distance = side(*here, edge);
      if (!distance) continue;
      const double near = std::max(tolerance, kEndTolerance * std::abs(*distance) / slope);
      const bool exact = here->interval.low == here->interval.high;
      const auto end = exact ? std::optional(SignBracket{{x, 0}, {x, 0}})
                             : change(edge, {x, *distance}, crossing.holds_below, slope, near, ends);
      if (!end) continue;
      const double middle = (end->low.x + end->high.x) / 2;
      // The lower end of a measure that rises with the input meets the limit above the value, its upper end below.
      if ((edge == Edge::low) == rises) {
        crossing.interval.high = std::max(x, middle);
      } else {
        crossing.interval.low = std::min(x, middle);
      }
    }
    if (own_.empty()) return;
    crossing.share_at_or_under = share_between(-kInfinity, x);
    if (!counts_) return;
    // The other neighbour first: a limit that is met at a whole number is found a tolerance before it.
    const double toward = crossing.holds_below ? 1 : -1;
    const double outer = crossing.holds_below ? std::ceil(x) : std::floor(x);
    for (int i = 0; i < 3 && !crossing.whole; ++i) {
      const auto whole = at(outer - i * toward, options_.draws);
      if (whole && holds(problem_.target, whole->value)) crossing.whole = outer - i * toward;
    }
  }

  [[nodiscard]] double share_between(double low, double high) const {
    const auto first = std::ranges::lower_bound(own_, low), last = std::ranges::upper_bound(own_, high);
    return static_cast<double>(std::max<std::ptrdiff_t>(0, last - first)) / static_cast<double>(own_.size());
  }

  // The report

  void report() {
    double least = kInfinity, greatest = -kInfinity;
    for (const auto& [x, measurement] : tried_) {
      if (!measurement) continue;
      result_.scan.push_back(
          {x, measurement->value, measurement->interval, holds(problem_.target, measurement->value)});
      least = std::min(least, measurement->value);
      greatest = std::max(greatest, measurement->value);
    }
    result_.from = result_.scan.front().input;
    result_.to = result_.scan.back().input;
    result_.flat = greatest - least <= 1e-12 * std::max(std::abs(least), std::abs(greatest));
    list_ranges();
    for (std::size_t i = 0; i < result_.crossings.size(); ++i) {
      const auto distance = [&](std::size_t j) { return std::abs(result_.crossings[j].value - centre_); };
      if (!result_.answer || distance(i) < distance(*result_.answer)) result_.answer = i;
    }
    if (!first_failure_.empty())
      result_.notes.push_back(fmt::format("There is no result at {:.6g}, nor at other values left out here: {}",
                                          failed_at_, first_failure_));
    if (own_.empty()) return;
    result_.share_that_holds = 0;
    for (const SolveRange& range : result_.holds)
      *result_.share_that_holds +=
          share_between(range.low_open ? -kInfinity : range.low, range.high_open ? kInfinity : range.high);
  }

  /// Stretches between crossings where the target holds.
  void list_ranges() {
    std::size_t next = 0;
    bool inside = false, joined = false;  // `joined`: the point before this one has a result too
    double last = 0;
    const auto close = [&](double high, bool open) {
      if (inside) {
        result_.holds.back().high = high;
        result_.holds.back().high_open = open;
      }
      inside = false;
    };
    for (const auto& [x, measurement] : tried_) {
      if (!measurement) {
        close(last, true);
        joined = false;
        continue;
      }
      const bool here = holds(problem_.target, measurement->value);
      if (here && !inside) {
        result_.holds.push_back({joined ? result_.crossings[next++].value : x, x, !joined, true});
        inside = true;
      } else if (!here && inside) {
        close(result_.crossings[next++].value, false);
      }
      last = x;
      joined = true;
    }
    close(last, true);
  }

  const Scenario& scenario_;
  const SolveProblem& problem_;
  const RunOptions& options_;
  const Input& input_;
  std::uint64_t scan_draws_ = 0;
  SolveResult result_;
  std::vector<Distribution> drawn_;
  std::vector<Sampler> samplers_;
  std::vector<double> own_;
  double least_ = 0, centre_ = 0, failed_at_ = 0;
  bool certain_ = false, counts_ = false;
  std::string first_failure_;
  std::map<std::pair<double, std::uint64_t>, std::optional<Measurement>> known_;
  Scan tried_;
};

}  // namespace

Scenario with_input_at(const Scenario& scenario, std::uint32_t input, double value) {
  Scenario changed = scenario;
  Input& fixed = changed.inputs[input];
  fixed.formula.nodes = {Node{Op::constant, value, {}}};
  fixed.variables.clear();
  fixed.declared_base = value;
  return changed;
}

bool is_certain(const Scenario& scenario, std::uint32_t input) {
  std::set<std::uint32_t> variables;
  collect_variables(scenario, scenario.inputs[input].formula, variables);
  return std::ranges::none_of(variables, [&](std::uint32_t variable) {
    const Interval bounds = support(scenario.variables[variable].distribution);
    return bounds.low < bounds.high;
  });
}

Expected<SolveResult, RunError> solve(const Scenario& scenario, const SolveProblem& problem,
                                      const RunOptions& options) {
  if (options.draws == 0) return Unexpected{RunError{"at least one draw is needed"}};
  try {
    return Solver(scenario, problem, options).run();
  } catch (const std::bad_alloc&) {
    return Unexpected{RunError{"out of memory: fewer draws need less"}};
  }
}

}  // namespace tcosim
