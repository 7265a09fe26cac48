#include "sim/details/bar_draws.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "sim/draw_columns.hpp"
#include "sim/inspect.hpp"
#include "sim/parallel.hpp"
#include "sim/program.hpp"
#include "sim/sensitivity/subjects.hpp"
#include "sim/tornado.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kLeastDraws = 2'000, kMostValues = 4'000'000;  // of all inputs together

/// The registers that the bars need, in the order of the columns: inputs, drivers, what risks cost.
Program::Wanted wanted_of(const Scenario& scenario, const std::vector<const Subject*>& bars) {
  Program::Wanted wanted{false, std::vector<std::uint32_t>(scenario.inputs.size())};
  std::iota(wanted.inputs.begin(), wanted.inputs.end(), 0U);
  for (const Subject* bar : bars) {
    if (bar->kind == Subject::Kind::input) continue;
    wanted.variables.push_back(bar->variables[0]);
    if (bar->kind == Subject::Kind::risk) wanted.sums.push_back({bar->lines[0]});
  }
  return wanted;
}

}  // namespace

std::uint64_t detail_draws(const Scenario& scenario, std::uint64_t run_draws) {
  const std::uint64_t inputs = std::max<std::uint64_t>(1, scenario.inputs.size());
  return std::min({run_draws, inspected_draws(scenario), std::max(kLeastDraws, kMostValues / inputs)});
}

std::span<const double> BarColumns::driver(const BarDraws& bar) const {
  return bar.is_input ? inputs[bar.column] : bar.driver;
}

std::span<const double> BarColumns::values(const BarDraws& bar) const {
  return bar.money.empty() ? driver(bar) : bar.money;
}

BarColumns draw_bars(const Scenario& scenario, std::span<const Sampler> samplers, const UniformSource& uniforms,
                     std::span<const SensitivityRow> tornado, std::uint64_t draws, int threads) {
  // Subjects have the names of the tornado's bars
  const std::vector<Subject> all = subjects(scenario, RankBy::inputs);
  std::vector<const Subject*> bars;
  for (const SensitivityRow& row : tornado) {
    const auto subject = std::ranges::find(all, row.name, &Subject::name);
    if (subject != all.end() && bars.size() < kMostBars) bars.push_back(&*subject);
  }

  const Program program(scenario, samplers, wanted_of(scenario, bars));
  std::vector<Register> registers;
  for (const auto* kind : {&program.targets().inputs, &program.targets().variables, &program.targets().sums})
    registers.insert(registers.end(), kind->begin(), kind->end());
  std::vector<std::vector<double>> columns = draw_registers(program, uniforms, registers, draws, threads);

  BarColumns result;
  result.draws = draws;
  auto variable = columns.begin() + static_cast<std::ptrdiff_t>(scenario.inputs.size());
  auto money = variable + static_cast<std::ptrdiff_t>(program.targets().variables.size());
  for (const Subject* bar : bars) {
    BarDraws drawn{bar->name, bar->label, bar->unit, 0, bar->kind == Subject::Kind::input, {}, {}, {}};
    if (drawn.is_input) drawn.column = bar->inputs[0];
    if (!drawn.is_input) drawn.driver = std::move(*variable++);
    if (bar->kind == Subject::Kind::risk) drawn.money = std::move(*money++);
    result.bars.push_back(std::move(drawn));
  }
  columns.resize(scenario.inputs.size());
  result.inputs = std::move(columns);
  for_each_piece(result.bars.size(), threads,
                 [&](std::size_t i, std::size_t) { result.bars[i].ranks = fine_ranks(result.driver(result.bars[i])); });
  return result;
}

}  // namespace tcosim
