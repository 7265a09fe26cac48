#include "sim/sensitivity/sample.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "distributions/catalogue/gaussian.hpp"
#include "sim/analysis/rank_correlation.hpp"
#include "sim/draw_columns.hpp"
#include "sim/parallel.hpp"
#include "sim/program.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kMostKeptDraws = std::uint64_t{1} << 17, kLeastKeptDraws = std::uint64_t{1} << 13;
constexpr std::uint64_t kMostValues = 100 * kMostKeptDraws;  // of all columns together

/// Where a subject's column comes from: registers of one program, several for a group.
struct Sources {
  Program::Wanted wanted{false};
  enum class Kind { input, variable, sum };
  std::vector<std::vector<std::pair<Kind, std::size_t>>> members;  ///< by subject
};

Sources sources_of(const Scenario& scenario, std::span<const Subject> subjects, std::optional<std::uint32_t> output) {
  Sources sources;
  const auto add_input = [&](std::uint32_t input) {
    sources.wanted.inputs.push_back(input);
    sources.members.back().emplace_back(Sources::Kind::input, sources.wanted.inputs.size() - 1);
  };
  const auto add_variable = [&](std::uint32_t variable) {
    sources.wanted.variables.push_back(variable);
    sources.members.back().emplace_back(Sources::Kind::variable, sources.wanted.variables.size() - 1);
  };
  for (const Subject& subject : subjects) {
    sources.members.emplace_back();
    switch (subject.kind) {
      case Subject::Kind::input:
      case Subject::Kind::group:
        for (const std::uint32_t input : subject.inputs)
          if (!scenario.inputs[input].variables.empty()) add_input(input);
        for (const std::uint32_t risk : subject.lines) add_variable(*scenario.lines[risk].risk_variable);
        break;
      case Subject::Kind::risk:
      case Subject::Kind::draw:
        add_variable(subject.variables[0]);
        break;
      case Subject::Kind::line:
      case Subject::Kind::category:
        sources.wanted.sums.push_back(subject.lines);
        sources.members.back().emplace_back(Sources::Kind::sum, sources.wanted.sums.size() - 1);
        break;
    }
  }
  if (output) {
    sources.wanted.outputs.push_back(*output);
  } else {
    sources.wanted.sums.push_back(leaves(scenario));
  }
  return sources;
}

struct Drawn {
  std::vector<std::vector<double>> columns;  ///< of inputs, then variables, then sums
  std::array<std::size_t, 3> starts{};       ///< of each Sources::Kind
  std::vector<double> y;

  [[nodiscard]] const std::vector<double>& column(Sources::Kind kind, std::size_t index) const {
    return columns[starts[static_cast<std::size_t>(kind)] + index];
  }
};

Drawn draw(const Program& program, const UniformSource& uniforms, std::uint64_t draws, int threads) {
  const ProgramTargets& targets = program.targets();
  std::vector<Register> registers;
  for (const std::vector<Register>* kind : {&targets.inputs, &targets.variables, &targets.sums, &targets.outputs})
    registers.insert(registers.end(), kind->begin(), kind->end());
  Drawn drawn;
  drawn.columns = draw_registers(program, uniforms, registers, draws, threads);
  drawn.starts = {0, targets.inputs.size(), targets.inputs.size() + targets.variables.size()};
  drawn.y = std::move(drawn.columns.back());  // the output, or else the last sum
  drawn.columns.pop_back();
  return drawn;
}

/// The mean of the members' normal scores, each turned so that it raises y.
std::vector<double> joint_score(const std::vector<const std::vector<double>*>& members,
                                std::span<const double> y_ranks) {
  std::vector<double> score(y_ranks.size(), 0.0);
  for (const std::vector<double>* member : members) {
    const std::vector<double> ranks = rank_shares(*member);
    double slope = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i) slope += (ranks[i] - 0.5) * (y_ranks[i] - 0.5);
    const double turn = (slope < 0 ? -1.0 : 1.0) / static_cast<double>(members.size());
    for (std::size_t i = 0; i < ranks.size(); ++i) score[i] += turn * families::gaussian_quantile(ranks[i]);
  }
  return score;
}

std::optional<std::string> not_finite(const std::vector<double>& column, const std::string& what) {
  if (std::ranges::all_of(column, [](double value) { return std::isfinite(value); })) return std::nullopt;
  return what + " is not a finite number in some draws";
}

}  // namespace

std::uint64_t sensitivity_draws(std::uint64_t draws, std::size_t subjects) {
  const std::uint64_t fitting = kMostValues / std::max<std::uint64_t>(subjects, 1);
  return std::min(draws, std::clamp(fitting, kLeastKeptDraws, kMostKeptDraws));
}

Expected<SensitivitySample, RunError> draw_sensitivity_sample(const Scenario& scenario,
                                                              std::span<const Sampler> samplers,
                                                              std::span<const Subject> subjects,
                                                              std::optional<std::uint32_t> output, std::uint64_t draws,
                                                              std::uint64_t seed, int threads) {
  const auto uniforms = UniformSource::for_scenario(Sampling::monte_carlo, seed, draws, scenario);
  if (!uniforms) return Unexpected{RunError{uniforms.error()}};
  const auto dummy = UniformSource::make(Sampling::monte_carlo, seed, draws, {"sensitivity/dummy"});
  if (!dummy) return Unexpected{RunError{dummy.error()}};
  const Sources sources = sources_of(scenario, subjects, output);
  const Program program(scenario, samplers, sources.wanted);
  Drawn drawn = draw(program, *uniforms, draws, threads);
  const std::string what = output ? "the output '" + scenario.outputs[*output].name + "'" : "the total";
  if (const auto error = not_finite(drawn.y, what)) return Unexpected{RunError{*error}};

  SensitivitySample sample;
  sample.y = std::move(drawn.y);
  sample.y_ranks = rank_shares(sample.y);
  sample.x.resize(subjects.size());
  sample.ranks.resize(subjects.size());
  std::vector<std::optional<std::string>> errors(subjects.size());
  for_each_piece(subjects.size(), threads, [&](std::size_t s, std::size_t) {
    std::vector<const std::vector<double>*> members;
    for (const auto& [kind, index] : sources.members[s]) members.push_back(&drawn.column(kind, index));
    for (const std::vector<double>* member : members)
      if (const auto error = not_finite(*member, "'" + subjects[s].name + "'")) errors[s] = error;
    if (errors[s]) return;
    sample.x[s] = subjects[s].kind == Subject::Kind::group ? joint_score(members, sample.y_ranks) : *members[0];
    sample.ranks[s] = rank_shares(sample.x[s]);
  });
  for (const auto& error : errors)
    if (error) return Unexpected{RunError{*error}};
  sample.dummy.resize(draws);
  dummy->fill(0, 0, sample.dummy);
  return sample;
}

}  // namespace tcosim
