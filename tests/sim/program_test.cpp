// Compiled blocks against the slow reference: every operator, shared registers, folded constants.
#include "sim/program.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "scenario_texts.hpp"

namespace tcosim {
namespace {

using testing_support::kProject;
using testing_support::read;

struct Ready {
  Scenario scenario;
  std::vector<Sampler> samplers;
  UniformSource uniforms;
};

Ready ready(Scenario scenario, std::uint64_t draws) {
  auto samplers = make_samplers(distributions(scenario));
  auto uniforms = UniformSource::make(Sampling::monte_carlo, 1, draws, streams(scenario)).value();
  return {std::move(scenario), std::move(samplers), std::move(uniforms)};
}

/// Every line and output of some draws, by evaluate() one draw at a time.
void expect_blocks_agree(const Ready& r, std::uint64_t first, std::size_t count) {
  const Program program(r.scenario, r.samplers, Program::Wanted{});
  Block block(program);
  block.run(r.uniforms, first, count);
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<double> variables(r.scenario.variables.size()), inputs, lines(r.scenario.lines.size());
    for (std::size_t v = 0; v < variables.size(); ++v) {
      double u = 0;
      r.uniforms.fill(v, first + i, {&u, 1});
      r.samplers[v].quantiles({&u, 1}, {&variables[v], 1});
    }
    for (const Input& input : r.scenario.inputs) inputs.push_back(evaluate(input.formula, {variables, inputs, {}, 0}));
    double total = 0;
    for (std::size_t l = 0; l < lines.size(); ++l) {
      if (r.scenario.lines[l].has_items) continue;
      lines[l] = evaluate(r.scenario.lines[l].formula, {variables, inputs, lines, 0});
      total += lines[l];
      ASSERT_NEAR(block.column(program.targets().columns[l])[i], lines[l], 1e-12 * std::abs(lines[l]))
          << r.scenario.lines[l].name;
    }
    ASSERT_NEAR(block.column(*program.targets().total)[i], total, 1e-12 * std::abs(total));
    for (std::size_t o = 0; o < r.scenario.outputs.size(); ++o) {
      const double value = evaluate(r.scenario.outputs[o].formula, {variables, inputs, lines, total});
      ASSERT_NEAR(block.column(program.targets().outputs[o])[i], value, 1e-12 * std::abs(value));
    }
  }
}

TEST(Program, BlocksAgreeWithTheReference) {
  const Ready r = ready(read(kProject), 10'000);
  expect_blocks_agree(r, 0, kBlock);
  expect_blocks_agree(r, 4096, std::min<std::size_t>(kBlock, 777));
}

TEST(Program, EveryOperatorAgreesWithTheReference) {
  const Ready r = ready(read(R"(
tcosim: 1
inputs:
  a: normal(0, 2)
  b: uniform(0.5, 3)
  n: poisson(2)
costs:
  arithmetic: a + b - a * b / (1 + b)
  powers: b^2 + b^0.5 + 2^a + -b^3
  functions: abs(a) + sqrt(b) + exp(a) + ln(b) + log10(b) + sin(a) + cos(b)
  rounding: round(a) + floor(a) + ceil(a)
  extremes: min(a, b) + max(a, b, n)
  logic: if(a < b and not (n == 2) or b >= 2, a, -n) + (a <= b) + (a > b) + (n != 3)
  shared: (a * b) + (a * b) * (a * b)
  constant_only: 2 * pi + min(3, 4)
outputs:
  share: if(total > 0, n / total, 0)
)"),
                        10'000);
  expect_blocks_agree(r, 0, kBlock);
}

TEST(Program, LinesOfOtherLinesAreEvaluatedInAnyOrder) {
  const Ready r =
      ready(read("tcosim: 1\ninputs:\n  x: uniform(1, 2)\ncosts:\n  first: x\n  overhead: 0.2 * first\n"), 100);
  const Program program(r.scenario, r.samplers, Program::Wanted{});
  Block block(program);
  block.run(r.uniforms, 0, 1);
  EXPECT_DOUBLE_EQ(block.column(program.targets().columns[1])[0], 0.2 * block.column(program.targets().columns[0])[0]);
}

TEST(Program, EqualPartsAreComputedOnceAndConstantsNotAtAll) {
  const Ready r = ready(
      read("tcosim: 1\ninputs:\n  x: uniform(1, 2)\n  k: 3\ncosts:\n  y: (x * k) + (x * k)\n  c: k * 2 + 1\n"), 100);
  const Program program(r.scenario, r.samplers, Program::Wanted{});
  // draw, multiply, add; the total's add
  EXPECT_EQ(program.instructions().size(), 4U);
}

TEST(Program, UnusedInputsAreNotDrawn) {
  const Ready r = ready(read("tcosim: 1\ninputs:\n  x: uniform(1, 2)\n  idle: uniform(1, 2)\ncosts:\n  y: x\n"), 100);
  EXPECT_EQ(Program(r.scenario, r.samplers, Program::Wanted{}).instructions().size(), 1U);
  EXPECT_EQ(Program(r.scenario, r.samplers, Program::Wanted{false, {1}}).instructions().size(), 1U);
}

TEST(Program, RegistersAreUsedAgain) {
  std::string sum = "x";
  for (int i = 0; i < 60; ++i) sum = "(" + sum + " + " + std::to_string(i) + ") * x";
  const Ready r = ready(read("tcosim: 1\ninputs:\n  x: uniform(0.9, 1)\ncosts:\n  y: " + sum + "\n"), 100);
  const Program program(r.scenario, r.samplers, Program::Wanted{});
  EXPECT_EQ(program.instructions().size(), 121U);
  EXPECT_LT(program.register_count(), 66U);  // 60 constants, x and a few
}

TEST(UniformSource, RefusesStreamsThatShareAKey) {
  // Two names whose 64-bit FNV-1a hashes are both 0x4eac0c95540867e4.
  const auto source =
      UniformSource::make(Sampling::monte_carlo, 1, 10, {"8yn0iYCKYHlIj4-BwPqk", "b", "GReLUrM4wMqfg9yzV3KQ"});
  ASSERT_FALSE(source.has_value());
  EXPECT_EQ(source.error(),
            "'8yn0iYCKYHlIj4-BwPqk' and 'GReLUrM4wMqfg9yzV3KQ' would share their random numbers (their hashes "
            "collide): rename one of them");
}

TEST(UniformSource, VariablesOfOneNameHaveTheSameDraws) {
  const auto source = UniformSource::make(Sampling::monte_carlo, 1, 10, {"a", "b", "a"});
  ASSERT_TRUE(source.has_value());
  std::array<double, 10> a{}, b{}, again{};
  source->fill(0, 0, a);
  source->fill(1, 0, b);
  source->fill(2, 0, again);
  EXPECT_EQ(a, again);
  EXPECT_NE(a, b);
}

TEST(UniformSource, ReplicatesOfALatinHypercubeEachHitEveryStratum) {
  const auto source = UniformSource::make(Sampling::latin_hypercube, 1, 1600, {"x"}).value();
  EXPECT_EQ(source.draws(), 1600U);
  std::vector<double> u(1600);
  source.fill(0, 0, u);
  for (std::size_t replicate = 0; replicate < 16; ++replicate) {
    std::vector<int> hits(100);
    for (std::size_t i = 0; i < 100; ++i) ++hits[static_cast<std::size_t>(u[replicate * 100 + i] * 100)];
    EXPECT_EQ(hits, std::vector<int>(100, 1));
  }
  std::vector<double> part(250);
  source.fill(0, 70, part);
  for (std::size_t i = 0; i < part.size(); ++i) ASSERT_EQ(part[i], u[70 + i]);
}

TEST(UniformSource, SobolRoundsUpToPowersOfTwo) {
  const auto source = UniformSource::make(Sampling::sobol, 1, 1000, {"x", "y"}).value();
  EXPECT_EQ(source.draws(), 16U * 64U);
  EXPECT_FALSE(UniformSource::make(Sampling::sobol, 1, 1000, std::vector<std::string>(4000, "")).has_value());
}

}  // namespace
}  // namespace tcosim
