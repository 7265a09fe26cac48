// Common random numbers of scenarios with levers pulled: what a lever does not touch keeps its draws.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "scenarios/variants.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kDraws = 1000;

std::string scenario_text(const std::string& correlations) {
  return "tcosim: 1\ncurrency: USD\nhorizon: 6 months\ninputs:\n  hours: pert(100, 150, 260) hour\n"
         "  rate: triangular(22, 30, 45) USD/hour\n  fee: normal(20, 2) USD/hour\n"
         "costs:\n  work: {category: labor, formula: hours * (rate + fee)}\n"
         "risks:\n  leak: {probability: 5%, impact: 2k to 8k USD}\ncorrelations:\n" +
         correlations +
         "levers:\n  fast: {set: {hours: 40 to 90}}\n  faster: {set: {hours: \"triangular(20, 30, 70)\"}}\n"
         "  cheap: {scale: {rate: 0.5 to 0.8}}\n  safe: {remove: leak}\n";
}

std::vector<double> uniforms_of(const ScenarioVariants& variants, LeverSet levers, const std::string& stream,
                                Sampling sampling) {
  const ReadResult result = variants.resolve({levers, {}});
  if (!result.scenario) throw std::runtime_error("the scenario of this test is wrong");
  const std::vector<std::string> names = streams(*result.scenario);
  const auto place = std::ranges::find(names, stream);
  const auto source = UniformSource::for_scenario(sampling, 1, kDraws, *result.scenario);
  if (place == names.end() || !source) throw std::runtime_error("no such stream");
  std::vector<double> u(source->draws());
  source->fill(static_cast<std::size_t>(place - names.begin()), 0, u);
  return u;
}

// In each the input that levers set is named first, so that the others would be made from it.
const std::vector<std::string> kCorrelations{"  - {inputs: [hours, rate, fee], rank: 0.6}\n",
                                             "  - {inputs: [hours, leak, rate, fee], rank: 0.3}\n",
                                             "  - {inputs: [hours, rate, fee], rank: 0.6, copula: t(4)}\n",
                                             "  - {inputs: [hours, rate, fee], pearson: 0.5}\n",
                                             "  - {inputs: [hours, rate], rank: 0.6, copula: clayton}\n",
                                             "  - {inputs: [hours, rate], rank: 0.6, copula: gumbel}\n",
                                             "  - {inputs: [hours, rate], rank: -0.6, copula: frank}\n"};

TEST(LeverDraws, OfThePartnersOfAReplacedInputAreTheSameBitForBit) {
  for (const std::string& correlations : kCorrelations) {
    const auto variants = ScenarioVariants::read_text(scenario_text(correlations), "test.yaml");
    for (const Sampling sampling : {Sampling::monte_carlo, Sampling::latin_hypercube}) {
      for (const char* partner : {"rate", "fee"}) {
        const std::vector<double> without = uniforms_of(variants, 0, partner, sampling);
        for (const LeverSet levers : {LeverSet{1}, LeverSet{6}})
          EXPECT_EQ(uniforms_of(variants, levers, partner, sampling), without) << correlations << levers;
      }
    }
  }
}

TEST(LeverDraws, OfThePartnersOfARemovedRiskAreTheSameBitForBit) {
  const auto variants =
      ScenarioVariants::read_text(scenario_text("  - {inputs: [leak, hours, rate, fee], rank: 0.3}\n"), "test.yaml");
  for (const char* partner : {"rate", "fee"}) {
    EXPECT_EQ(uniforms_of(variants, 8, partner, Sampling::monte_carlo),
              uniforms_of(variants, 0, partner, Sampling::monte_carlo))
        << partner;
  }
}

}  // namespace
}  // namespace tcosim
