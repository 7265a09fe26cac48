// The base estimate with something moved, by hand calculation.
#include <gtest/gtest.h>

#include "tests/scenarios/read_text.hpp"

namespace tcosim {
namespace {

const char* const kMoved = R"yaml(tcosim: 1
inputs:
  rate: {value: "uniform(1, 3)", base: 2}
  hours: uniform(90, 110)
  gpu: {value: rate * hours, base: 150}
costs:
  compute: gpu
  staff:
    items:
      lead: 50
      engineer: 10 * hours
  overhead: 0.1 * staff
risks:
  leak: {probability: 10%, impact: "uniform(100, 300)"}
outputs:
  per_hour: total / hours
)yaml";

BaseMoves none(const Scenario& scenario) {
  BaseMoves moves;
  moves.variables.resize(scenario.variables.size());
  moves.inputs.resize(scenario.inputs.size());
  moves.lines.resize(scenario.lines.size());
  return moves;
}

std::size_t line(const Scenario& scenario, const std::string& name) {
  for (std::size_t i = 0; i < scenario.lines.size(); ++i)
    if (scenario.lines[i].name == name) return i;
  ADD_FAILURE() << "no line " << name;
  return 0;
}

TEST(BaseMoves, WithoutMovesAreTheBase) {
  const Scenario scenario = scenario_of(kMoved);
  const auto moved = base_estimates(scenario, BaseRule::declared, {none(scenario), {}});
  const BaseEstimate base = base_estimate(scenario, BaseRule::declared);
  EXPECT_EQ(base.total, 150 + 1050 + 105);
  for (const BaseEstimate& estimate : moved) {
    EXPECT_EQ(estimate.total, base.total);
    EXPECT_EQ(estimate.lines, base.lines);
    EXPECT_EQ(estimate.outputs, base.outputs);
  }
}

TEST(BaseMoves, AVariableTakesItsInputAndWhatFollowsFromIt) {
  // rate 3: gpu gives up its declared base of 150 for 3 * 100
  const Scenario scenario = scenario_of(kMoved);
  BaseMoves moves = none(scenario);
  moves.variables[scenario.inputs[0].variables[0]] = 3;
  const BaseEstimate moved = base_estimates(scenario, BaseRule::declared, {moves})[0];
  EXPECT_EQ(moved.inputs[0], 3);
  EXPECT_EQ(moved.total, 300 + 1050 + 105);
}

TEST(BaseMoves, AnInputTakesWhatFollowsFromIt) {
  const Scenario scenario = scenario_of(kMoved);
  BaseMoves moves = none(scenario);
  moves.inputs[1] = 80;
  const BaseEstimate moved = base_estimates(scenario, BaseRule::declared, {moves})[0];
  EXPECT_EQ(moved.total, 160 + 850 + 85);
  EXPECT_EQ(moved.outputs[0], (160.0 + 850 + 85) / 80);
}

TEST(BaseMoves, ALineTakesItsParentAndWhatIsComputedFromIt) {
  const Scenario scenario = scenario_of(kMoved);
  BaseMoves moves = none(scenario);
  moves.lines[line(scenario, "staff.lead")] = 250;
  const BaseEstimate moved = base_estimates(scenario, BaseRule::declared, {moves})[0];
  EXPECT_EQ(moved.lines[line(scenario, "staff")], 1250);
  EXPECT_EQ(moved.total, 150 + 1250 + 125);
}

TEST(BaseMoves, ARiskCountsWhereItsVariableIsMoved) {
  const Scenario scenario = scenario_of(kMoved);
  BaseMoves moves = none(scenario);
  moves.variables[*scenario.lines[line(scenario, "leak")].risk_variable] = 220;
  EXPECT_EQ(base_estimates(scenario, BaseRule::declared, {moves})[0].total, 1305 + 220);
}

}  // namespace
}  // namespace tcosim
