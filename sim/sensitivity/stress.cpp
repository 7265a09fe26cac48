#include "sim/sensitivity/stress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>

#include "sim/analysis/breakdown.hpp"
#include "sim/analysis/column_moments.hpp"
#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/parallel.hpp"
#include "sim/program.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kDefaultDraws = 1'000'000;
constexpr std::uint64_t kMostBefore = std::uint64_t{1} << 20, kMostKept = std::uint64_t{1} << 17;
constexpr std::uint64_t kEffort = 20;          // draws made for one asked for, at most
constexpr std::uint64_t kFewDraws = 1000;      // under so many the result is a rough one
constexpr std::uint64_t kPieceDraws = 16'384;  // of one piece of work
constexpr std::size_t kRoundPieces = 32;       // between two looks at how many are kept
// Of a dozen inputs that stay as they are, some change by two standard errors; by three hardly one does.
constexpr double kMoved = 3;

/// A condition's bounds as numbers.
struct Limits {
  double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
  bool low_open = false, high_open = false;
  [[nodiscard]] bool hold(double x) const {
    return (low_open ? x > low : x >= low) && (high_open ? x < high : x <= high);
  }
};

/// What a program computes here: what is explained, every input, every leaf, the conditions' subjects.
struct Layout {
  Program::Wanted wanted{false};
  std::vector<std::uint32_t> lines;  ///< leaves
  std::size_t conditions = 0;
  bool output = false;  ///< an output is explained, the first of the wanted ones
  enum class From { input, sum, output };
  std::vector<std::pair<From, std::size_t>> subjects;  ///< by condition: where its column is
};

std::vector<std::uint32_t> leaves_of(const Scenario& scenario, const StressCondition& condition) {
  if (condition.of == StressCondition::Of::total) return leaves(scenario);
  if (condition.of == StressCondition::Of::line) return line_groups(scenario)[condition.index].leaves;
  for (const LeafGroup& group : category_groups(scenario))
    if (group.name == condition.name) return group.leaves;
  return {};
}

Layout lay_out(const Scenario& scenario, const std::vector<StressCondition>& conditions,
               std::optional<std::uint32_t> output) {
  Layout layout;
  layout.lines = leaves(scenario);
  layout.conditions = conditions.size();
  layout.output = output.has_value();
  for (std::uint32_t i = 0; i < scenario.inputs.size(); ++i) layout.wanted.inputs.push_back(i);
  for (const std::uint32_t line : layout.lines) layout.wanted.sums.push_back({line});
  layout.wanted.sums.push_back(layout.lines);
  if (output) layout.wanted.outputs.push_back(*output);
  for (const StressCondition& condition : conditions) {
    switch (condition.of) {
      case StressCondition::Of::input:
        layout.subjects.emplace_back(Layout::From::input, condition.index);
        break;
      case StressCondition::Of::output:
        layout.subjects.emplace_back(Layout::From::output, layout.wanted.outputs.size());
        layout.wanted.outputs.push_back(condition.index);
        break;
      default:
        layout.subjects.emplace_back(Layout::From::sum, layout.wanted.sums.size());
        layout.wanted.sums.push_back(leaves_of(scenario, condition));
        break;
    }
  }
  return layout;
}

/// Registers in the order of the columns here: inputs, lines, then the conditions' subjects; and what is explained.
struct Registers {
  std::vector<Register> moving, subjects;
  Register explained = 0;
};

Registers registers_of(const Layout& layout, const ProgramTargets& targets) {
  Registers registers;
  registers.moving = targets.inputs;
  registers.moving.insert(registers.moving.end(), targets.sums.begin(),
                          targets.sums.begin() + static_cast<std::ptrdiff_t>(layout.lines.size()));
  registers.explained = layout.output ? targets.outputs[0] : targets.sums[layout.lines.size()];
  for (const auto& [from, index] : layout.subjects) {
    registers.subjects.push_back(from == Layout::From::input    ? targets.inputs[index]
                                 : from == Layout::From::output ? targets.outputs[index]
                                                                : targets.sums[index]);
  }
  return registers;
}

/// Draws that meet the limits, of one piece or of several in their order.
struct Part {
  std::uint64_t drawn = 0;
  std::vector<std::uint64_t> met;             ///< by condition
  std::vector<double> sums, squares;          ///< of the moving columns less their centres
  std::vector<double> y;                      ///< of what is explained
  std::vector<std::vector<double>> subjects;  ///< by condition, where they are kept
  bool finite = true;

  void add(Part&& later) {
    drawn += later.drawn;
    finite = finite && later.finite;
    const auto add_up = [](auto& to, const auto& from) {
      to.resize(from.size());
      for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
    };
    add_up(met, later.met);
    add_up(sums, later.sums);
    add_up(squares, later.squares);
    y.insert(y.end(), later.y.begin(), later.y.end());
    subjects.resize(later.subjects.size());
    for (std::size_t i = 0; i < subjects.size(); ++i)
      subjects[i].insert(subjects[i].end(), later.subjects[i].begin(), later.subjects[i].end());
  }
};

struct Collecting {
  const Program& program;
  const Registers& registers;
  const UniformSource& uniforms;
  std::vector<double> centres{};
  std::vector<Limits> limits{};  ///< none: every draw is kept, with its subjects
};

Part collect_piece(const Collecting& what, Block& block, std::uint64_t first, std::uint64_t draws) {
  const Registers& registers = what.registers;
  Part part;
  part.drawn = draws;
  part.met.resize(what.limits.size());
  part.sums.resize(registers.moving.size());
  part.squares.resize(registers.moving.size());
  if (what.limits.empty()) part.subjects.resize(registers.subjects.size());
  std::vector<std::size_t> kept;
  for (std::uint64_t done = 0; done < draws; done += kBlock) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, draws - done));
    block.run(what.uniforms, first + done, count);

    // Rows that meet every condition
    kept.clear();
    for (std::size_t row = 0; row < count; ++row) {
      bool all = true;
      for (std::size_t c = 0; c < what.limits.size(); ++c) {
        const bool holds = what.limits[c].hold(block.column(registers.subjects[c])[row]);
        part.met[c] += holds ? 1U : 0U;
        all = all && holds;
      }
      if (all) kept.push_back(row);
    }

    // Their values
    for (std::size_t i = 0; i < registers.moving.size(); ++i) {
      const double* column = block.column(registers.moving[i]);
      for (const std::size_t row : kept) {
        const double x = column[row] - what.centres[i];
        part.sums[i] += x;
        part.squares[i] += x * x;
      }
      part.finite = part.finite && std::isfinite(part.squares[i]);
    }
    const double* explained = block.column(registers.explained);
    for (const std::size_t row : kept) {
      part.y.push_back(explained[row]);
      part.finite = part.finite && std::isfinite(explained[row]);
    }
    for (std::size_t c = 0; c < part.subjects.size(); ++c) {
      const double* column = block.column(registers.subjects[c]);
      part.subjects[c].insert(part.subjects[c].end(), column, column + count);
    }
  }
  return part;
}

/// Draws from the first on, until `wanted` are kept or `most` are made. Ends with the piece that is enough, whatever
/// the number of threads.
Part collect(const Collecting& what, std::uint64_t wanted, std::uint64_t most, int threads) {
  std::vector<Block> blocks(static_cast<std::size_t>(thread_count(threads)), Block(what.program));
  const std::uint64_t pieces = (most + kPieceDraws - 1) / kPieceDraws;
  Part all;
  for (std::uint64_t from = 0; from < pieces && all.y.size() < wanted; from += kRoundPieces) {
    std::vector<Part> parts(std::min<std::uint64_t>(kRoundPieces, pieces - from));
    for_each_piece(parts.size(), threads, [&](std::size_t piece, std::size_t worker) {
      const std::uint64_t first = (from + piece) * kPieceDraws;
      parts[piece] = collect_piece(what, blocks[worker], first, std::min(kPieceDraws, most - first));
    });
    for (Part& part : parts)
      if (all.y.size() < wanted) all.add(std::move(part));
  }
  return all;
}

std::string shown(double value, const std::string& unit) {
  return fmt::format("{:.5g}{}{}", value, unit.empty() ? "" : " ", unit);
}

Expected<Limits, RunError> limits_of(const StressCondition& condition, std::vector<double> subject) {
  std::ranges::sort(subject);
  if (subject.front() == subject.back()) {
    return Unexpected{RunError{fmt::format("'{}': '{}' is always {}: there is no part of its range to hold it to",
                                           condition.text, condition.name, shown(subject.front(), condition.unit))}};
  }
  const auto number = [&](const StressBound& bound) {
    return bound.percentile ? subject[rank(*bound.percentile, subject.size()) - 1] : bound.value;
  };
  Limits limits;
  if (condition.low) {
    limits.low = number(*condition.low);
    limits.low_open = condition.low->open;
  }
  if (condition.high) {
    limits.high = number(*condition.high);
    limits.high_open = condition.high->open;
  }
  return limits;
}

std::string percent(double share) {
  return fmt::format("{:.3g}%", share * 100);
}

/// Why no draw is left: how likely each condition is, and where its subject lies.
std::string nothing_left(const std::vector<StressCondition>& conditions, const Part& before, const Part& after) {
  std::string why;
  for (std::size_t c = 0; c < conditions.size(); ++c) {
    const StressCondition& condition = conditions[c];
    const auto [least, greatest] = std::ranges::minmax_element(before.subjects[c]);
    why += fmt::format("{}'{}' holds in {} of them ('{}' lies between {} and {})", c == 0 ? "" : "; ", condition.text,
                       percent(static_cast<double>(after.met[c]) / static_cast<double>(after.drawn)), condition.name,
                       shown(*least, condition.unit), shown(*greatest, condition.unit));
  }
  return fmt::format("no draw of {} meets the condition{}, so the probability is under {}: {}", thousands(after.drawn),
                     conditions.size() == 1 ? "" : "s together", percent(3 / static_cast<double>(after.drawn)), why);
}

/// Mean, P50, P80, P90 before and after, with the interval after.
void summarise(std::vector<double> before, std::vector<double> after, const std::string& unit, StressResult& result) {
  const ColumnMoments old = column_moments(before), now = column_moments(after);
  result.summary.push_back({"mean", "", unit, old.mean, now.mean, old.sd});
  result.intervals.push_back(after.size() > 1 ? normal_interval(now.mean, now.standard_error) : SamplingInterval{});
  std::ranges::sort(before);
  std::ranges::sort(after);
  for (const Percentile percentile : {Percentile{50}, Percentile{80}, Percentile{90}}) {
    const Estimate stressed = percentile_estimate(after, percentile);
    result.summary.push_back(
        {name(percentile), "", unit, before[rank(percentile, before.size()) - 1], stressed.value, old.sd});
    result.intervals.push_back({stressed.low, stressed.high});
  }
}

ColumnMoments moments_of(const Part& part, std::size_t column, double centre) {
  const auto n = static_cast<double>(part.y.size());
  const double sum = part.sums[column];
  const double variance = std::max(0.0, part.squares[column] - sum * sum / n) / std::max(1.0, n - 1);
  return {centre + sum / n, std::sqrt(variance), std::sqrt(variance / n)};
}

/// Inputs by how far they moved in units of their own sd, lines by the money.
void compare_columns(const Scenario& scenario, const Layout& layout, const Collecting& what, const Part& before,
                     const Part& after, StressResult& result) {
  const auto compared = [&](std::size_t column, const std::string& name, const std::string& label,
                            const std::string& unit) {
    const ColumnMoments old = moments_of(before, column, what.centres[column]);
    const ColumnMoments now = moments_of(after, column, what.centres[column]);
    const bool moved = std::abs(now.mean - old.mean) > kMoved * now.standard_error;
    return StressedValue{name, label, unit, old.mean, now.mean, old.sd, normal_interval(now.mean, now.standard_error),
                         moved};
  };
  for (std::size_t i = 0; i < scenario.inputs.size(); ++i) {
    const Input& input = scenario.inputs[i];
    const StressedValue row = compared(i, input.name, input.annotation.label, input.unit);
    if (row.sd > 0) result.inputs.push_back(row);
  }
  for (std::size_t i = 0; i < layout.lines.size(); ++i) {
    const Line& line = scenario.lines[layout.lines[i]];
    const StressedValue row = compared(scenario.inputs.size() + i, line.name, line.annotation.label, scenario.currency);
    if (row.sd > 0) result.lines.push_back(row);
  }
  const auto moved = [](const StressedValue& row, double unit) {
    return std::pair(row.above_noise, std::abs(row.after - row.before) / unit);
  };
  std::ranges::stable_sort(result.inputs, std::greater{}, [&](const StressedValue& row) { return moved(row, row.sd); });
  std::ranges::stable_sort(result.lines, std::greater{}, [&](const StressedValue& row) { return moved(row, 1); });
}

Expected<std::vector<StressCondition>, RunError> parse_all(const Scenario& scenario,
                                                           const std::vector<std::string>& texts) {
  std::vector<StressCondition> conditions;
  for (const std::string& text : texts) {
    auto condition = parse_stress(text, scenario);
    if (!condition) return Unexpected{RunError{condition.error()}};
    conditions.push_back(std::move(condition).value());
  }
  return conditions;
}

std::vector<double> first_values(const Program& program, const Registers& registers, const UniformSource& uniforms) {
  Block block(program);
  block.run(uniforms, 0, 1);
  std::vector<double> values;
  for (const Register r : registers.moving) values.push_back(block.column(r)[0]);
  return values;
}

Expected<StressResult, RunError> stressed(const Scenario& scenario, const std::vector<StressCondition>& conditions,
                                          std::optional<std::uint32_t> output, const SensitivityOptions& options) {
  const std::uint64_t draws = options.draws.value_or(kDefaultDraws);
  const auto uniforms = UniformSource::for_scenario(Sampling::monte_carlo, options.seed, kEffort * draws, scenario);
  if (!uniforms) return Unexpected{RunError{uniforms.error()}};
  const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
  const Layout layout = lay_out(scenario, conditions, output);
  const Program program(scenario, samplers, layout.wanted);
  const Registers registers = registers_of(layout, program.targets());
  Collecting what{program, registers, *uniforms, first_values(program, registers, *uniforms)};
  const RunError not_finite{"an input, a line or what is explained is not a finite number in some draws"};

  // As it is, with the percentiles that conditions name
  const std::uint64_t before_draws = std::min(draws, kMostBefore);
  const Part before = collect(what, before_draws, before_draws, options.threads);
  if (!before.finite) return Unexpected{not_finite};
  for (std::size_t c = 0; c < conditions.size(); ++c) {
    const auto limits = limits_of(conditions[c], before.subjects[c]);
    if (!limits) return Unexpected{limits.error()};
    what.limits.push_back(*limits);
  }

  // As it is where the conditions hold
  const Part after = collect(what, kMostKept, kEffort * draws, options.threads);
  if (after.y.empty()) return Unexpected{RunError{nothing_left(conditions, before, after)}};
  if (!after.finite) return Unexpected{not_finite};

  StressResult result;
  for (const StressCondition& condition : conditions) result.conditions.push_back(condition.text);
  result.probability = static_cast<double>(after.y.size()) / static_cast<double>(after.drawn);
  result.draws = after.y.size();
  summarise(before.y, after.y, output ? scenario.outputs[*output].unit : scenario.currency, result);
  compare_columns(scenario, layout, what, before, after, result);
  if (result.draws < kFewDraws) {
    result.notes.push_back(
        fmt::format("Only {} of {} meet the condition{}: the figures after are rough (see their intervals).",
                    thousands(result.draws), count_of(after.drawn, "draw"), conditions.size() == 1 ? "" : "s"));
  }
  return result;
}

}  // namespace

Expected<StressResult, RunError> run_stress(const Scenario& scenario, const std::vector<std::string>& conditions,
                                            const SensitivityOptions& options) {
  if (conditions.empty()) return Unexpected{RunError{"a stress needs a condition, such as 'gpu_rate > P90'"}};
  const auto output = explained_output(scenario, options.of);
  if (!output) return Unexpected{RunError{output.error()}};
  const auto parsed = parse_all(scenario, conditions);
  if (!parsed) return Unexpected{parsed.error()};
  try {
    return stressed(scenario, *parsed, *output, options);
  } catch (const std::bad_alloc&) {
    return Unexpected{RunError{"out of memory: fewer draws need less"}};
  }
}

}  // namespace tcosim
