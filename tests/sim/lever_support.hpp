// What the tests of lever studies share: small files with levers, their variants, and the rows of a result by name.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "scenarios/variants.hpp"
#include "sim/analysis/shapley_values.hpp"
#include "sim/levers/composition.hpp"
#include "sim/levers/lever_sets.hpp"
#include "sim/levers/objective.hpp"
#include "sim/levers/search.hpp"
#include "sim/levers/study.hpp"
#include "sim/levers/totals.hpp"
#include "sim/program.hpp"

namespace tcosim::lever_support {

/// The variants of a text, and how many were asked for.
struct Variants {
  ScenarioVariants file;
  int resolved = 0;

  explicit Variants(const std::string& text) : file(ScenarioVariants::read_text(text, "test.yaml")) {}
  VariantOf of() {
    return [this](LeverSet set) -> Expected<Scenario, std::string> {
      ++resolved;
      ReadResult result = file.resolve({set, {}});
      if (result.scenario && !has_errors(result.diagnostics)) return *std::move(result.scenario);
      return Unexpected{result.diagnostics.empty() ? std::string("no scenario") : result.diagnostics[0].message};
    };
  }
};

/// Every number of a set, in full.
inline void append(std::string& text, const SetSaving& set) {
  const auto add = [&](const Estimate& value) {
    text += fmt::format(" {} {} {}", value.value, value.low.value_or(-1), value.high.value_or(-1));
  };
  for (const std::string& name : set.levers) text += " " + name;
  for (const Estimate& value : {set.cost, set.gross, set.saving, set.p10, set.p90, set.probability, set.contingency,
                                set.contingency_saving, set.objective, set.objective_saving})
    add(value);
  if (set.per_cost) add(*set.per_cost);
  for (const PercentileEffect& effect : set.percentiles) add(effect.saving);
  text += "\n";
}

inline std::string all_numbers(const LeversResult& result) {
  std::string text;
  for (const LeverRow& row : result.alone) append(text, row.effect);
  for (const SetSaving& set : result.best) append(text, set);
  for (const SetSaving& set : result.frontier) append(text, set);
  append(text, result.together);
  for (const ShapleyShare& share : result.shapley.shares)
    text += fmt::format("{} {} {}\n", share.name, share.share.value, share.share.low.value_or(-1));
  return text + fmt::format("{} {}", result.fresh.objective.value, result.fresh.saving.value);
}

inline std::string model(const std::string& name) {
  return TCOSIM_SOURCE_DIR "/tests/sim/models/" + name;
}

inline LeversResult study(const std::string& text, LeversOptions options, LeverSet baseline = 0) {
  Variants variants(text);
  auto result = study_levers(variants.of(), baseline, options);
  if (!result) {
    ADD_FAILURE() << result.error().message;
    return {};
  }
  return *std::move(result);
}

inline const LeverRow& alone(const LeversResult& result, const std::string& name) {
  const auto row = std::ranges::find(result.alone, name, &LeverRow::name);
  EXPECT_NE(row, result.alone.end()) << name;
  return *row;
}

inline double share(const LeversResult& result, const std::string& name) {
  const auto row = std::ranges::find(result.shapley.shares, name, &ShapleyShare::name);
  EXPECT_NE(row, result.shapley.shares.end()) << name;
  return row->share.value;
}

/// Certain costs of 100: fewer hours save 40, a lower price 30, both together 58.
inline const std::string kTwoLevers = R"yaml(
tcosim: 1
inputs:
  hours: 10
  price: 10
costs:
  compute: hours * price
levers:
  lora:
    scale: {hours: 0.6}
  spot:
    scale: {price: 0.7}
)yaml";

/// Five levers on one bill, with a need and an exclusion, correlated inputs, an overhead on subtotals, and a line that
/// one lever adds and another removes from the sum.
inline const std::string kProject = R"yaml(
tcosim: 1
currency: USD
horizon: 6 months
inputs:
  runs: 1 + poisson(3) run
  hours: pert(140, 200, 320) gpu_hour/run
  rate: lognormal(mean=2.5, sd=0.5) USD/gpu_hour
  least: 1
  most: 1
  work: {value: "normal(1.5, 0.2) month", base: 1.4}
  salary: normal(9000, 800) USD/month
  overhead: triangular(5%, 8%, 12%)
  storage: 20 to 30 USD/month
costs:
  compute: {category: training, formula: runs * hours * rate}
  hosting: {category: data, formula: storage}
  labor:
    category: labor
    items:
      engineer: work * salary
      lead: 0.5 month * salary
  overheads: {category: infrastructure, formula: overhead * (subtotal(operations) + subtotal(training) + subtotal(labor))}
  licence: {category: operations, formula: 500 to 900 USD}
risks:
  leak: {category: risk, probability: 5%, impact: 20k to 80k USD}
correlations:
  - {inputs: [runs, work], rank: 0.6}
  - {inputs: [rate, salary], pearson: 0.3}
levers:
  lora:
    set: {hours: "pert(40, 60, 100)"}
    cost: 500 to 2k USD
  spot:
    set: {rate: "lognormal(mean=1.2, sd=0.5)"}
    scale: {runs: "triangular(1, 1.1, 1.4)"}
    cost: 1k to 2k USD
  reserved:
    scale: {rate: 0.7}
    excludes: [spot]
    cost: 1500 USD
  tooling:
    scale: {work: "triangular(0.7, 0.8, 1)"}
    add:
      tool: {category: operations, formula: 100 to 200 USD/month}
    cost: 300 to 600 USD
  no_licence:
    requires: [tooling]
    remove: [licence]
    add:
      substitute: {category: operations, formula: 50 to 90 USD}
)yaml";

// The game

}  // namespace tcosim::lever_support
