// Scenarios that several tests of sim/ use, read through the real reader.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "scenarios/reader.hpp"

namespace tcosim::testing_support {

/// The scenario of a text that must be free of errors.
inline Scenario read(const std::string& text, const ReadOptions& options = {}) {
  ReadResult result = read_scenario_text(text, "test.yaml", options);
  for (const Diagnostic& diagnostic : result.diagnostics)
    if (diagnostic.severity == Severity::error) ADD_FAILURE() << format(diagnostic);
  return result.scenario.value_or(Scenario{});
}

/// A plain sum of two triangulars: Rose (SCEA 2004).
inline const char* const kRose = R"(
tcosim: 1
inputs:
  x1: triangular(10, 20, 100)
  x2: triangular(10, 20, 30)
costs:
  first: x1
  second: x2
)";

/// Money, months, a risk of each kind, an item list, an output, a tag.
inline const char* const kProject = R"(
tcosim: 1
currency: USD
horizon: 6 months
inputs:
  runs: 1 + poisson(3) run
  hours: pert(140, 200, 320) gpu_hour/run
  rate: lognormal(mean=2.5, sd=0.5) USD/gpu_hour
  storage: {value: 20 to 30 USD/month, base: 25}
  salary: normal(9000, 800) USD/month
  overtime: salary * uniform(0.9, 1.2)
costs:
  compute: {category: training, formula: runs * hours * rate, tags: [gpu]}
  hosting: {category: data, formula: storage}
  labor:
    category: labor
    items:
      engineer: 1.5 month * salary
      lead: {formula: 0.5 month * overtime, tags: [lead]}
risks:
  leak: {category: risk, probability: 5%, impact: 20k to 80k USD}
  retrain: {category: risk, frequency: 2 per year, impact: "uniform(1000, 3000) USD"}
  price_rise: {category: risk, probability: 30%, impact: 1000 gpu_hour * rate}
outputs:
  per_run: total / runs
contingency:
  budgets: [30k USD]
)";

}  // namespace tcosim::testing_support
