#include "sim/compare/inputs.hpp"

#include <algorithm>
#include <cmath>

#include "sim/draw_columns.hpp"
#include "sim/program.hpp"
#include "sim/sensitivity/sample.hpp"

namespace tcosim {
namespace {

/// One column a subject, each an input or a variable of the scenario.
std::vector<std::vector<double>> draw(const CompareEntry& entry, const PreparedEntry& prepared,
                                      const std::vector<Subject>& subjects, std::uint64_t draws, int threads) {
  Program::Wanted wanted{false};
  for (const Subject& subject : subjects) {
    if (subject.kind == Subject::Kind::input) wanted.inputs.push_back(subject.inputs[0]);
    if (subject.kind != Subject::Kind::input) wanted.variables.push_back(subject.variables[0]);
  }
  const Program program(entry.scenario, prepared.samplers, wanted);
  auto input = program.targets().inputs.begin();
  auto variable = program.targets().variables.begin();
  std::vector<Register> registers;
  for (const Subject& subject : subjects)
    registers.push_back(subject.kind == Subject::Kind::input ? *input++ : *variable++);

  return draw_registers(program, prepared.uniforms, registers, draws, threads);
}

/// Streams that its draws are made from: among what it is correlated with, those before it and its own.
std::vector<std::string> streams_of(const Scenario& scenario, const Subject& subject) {
  std::vector<std::string> streams;
  for (const std::uint32_t variable : subject.variables) {
    const auto group = std::ranges::find_if(scenario.correlation_groups, [&](const CorrelationGroup& g) {
      return std::ranges::find(g.variables, variable) != g.variables.end();
    });
    if (group == scenario.correlation_groups.end()) {
      streams.push_back(scenario.variables[variable].stream);
      continue;
    }
    for (const std::uint32_t member : group->variables) {
      streams.push_back(scenario.variables[member].stream);
      if (member == variable) break;
    }
  }
  return streams;
}

}  // namespace

std::uint64_t matched_draws(std::span<const CompareEntry> entries, std::uint64_t draws) {
  std::size_t columns = 0;
  for (const CompareEntry& entry : entries) columns += subjects(entry.scenario, RankBy::inputs).size();
  return sensitivity_draws(draws, columns);
}

Expected<std::vector<MatchedInput>, RunError> draw_matched_inputs(std::span<const CompareEntry> entries,
                                                                  std::span<const PreparedEntry> prepared,
                                                                  std::uint64_t draws, int threads) {
  std::vector<MatchedInput> matched;
  std::vector<std::vector<std::string>> streams;  ///< of each in the first scenario that has it
  for (std::size_t s = 0; s < entries.size(); ++s) {
    const std::vector<Subject> all = subjects(entries[s].scenario, RankBy::inputs);
    std::vector<std::vector<double>> columns = draw(entries[s], prepared[s], all, draws, threads);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!std::ranges::all_of(columns[i], [](double x) { return std::isfinite(x); }))
        return Unexpected{RunError{entries[s].name + ": '" + all[i].name + "' is not a finite number in some draws"}};
      auto found = std::ranges::find_if(
          matched, [&](const MatchedInput& other) { return other.kind == all[i].kind && other.name == all[i].name; });
      if (found == matched.end()) {
        matched.push_back({all[i].name, all[i].label, all[i].unit, all[i].kind, {}, {}});
        matched.back().column_of.resize(entries.size());
        found = matched.end() - 1;
        streams.push_back(streams_of(entries[s].scenario, all[i]));
      }
      const auto known = static_cast<std::size_t>(found - matched.begin());
      found->apart = found->apart || streams_of(entries[s].scenario, all[i]) != streams[known];
      const auto same = std::ranges::find(found->columns, columns[i]);
      found->column_of[s] = static_cast<std::size_t>(same - found->columns.begin());
      if (same == found->columns.end()) found->columns.push_back(std::move(columns[i]));
    }
  }
  return matched;
}

}  // namespace tcosim
