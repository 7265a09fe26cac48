#include "sim/draw_columns.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "scenarios/reader.hpp"

namespace tcosim {
namespace {

Scenario scenario_of(const std::string& text) {
  ReadResult result = read_scenario_text(text, "test.yaml");
  if (!result.scenario) throw std::runtime_error(format(result.diagnostics.front()));
  return std::move(*result.scenario);
}

// The trials that ProbabilityManagement.org publishes with its example library; tables are good to 1e-10.
TEST(DrawColumns, OfAnImportedLibraryAreItsTrials) {
  const Scenario scenario = scenario_of("tcosim: 1\nimport: " TCOSIM_SOURCE_DIR
                                        "/tests/scenarios/sipmath/devtime.SIPmath\ncosts:\n  y: Products + Accounts\n");
  const std::vector<std::pair<std::string, std::vector<double>>> published{
      {"Accounts", {5.91064824323855, 3.99951401423695, 3.61593085127843}},
      {"Products", {4.81850430027545, 16.264999616127, 9.21182344011462}},
      {"Orders", {8.84993813887317, 5.73877017205265, 7.90854997496018}},
      {"Fulfillment", {6.7522436646553, 11.4933053690752, 5.97047076730257}},
      {"Marketing", {4.97377773402723, 5.26303264347232, 11.3668582781926}}};
  for (const auto& [name, trials] : published) {
    std::uint32_t index = 0;
    while (scenario.inputs.at(index).name != name) ++index;
    const auto columns = draw_columns(scenario, std::vector<std::uint32_t>{index}, false, 5000, 1);
    ASSERT_TRUE(columns) << columns.error().message;
    for (std::size_t i = 0; i < trials.size(); ++i)
      EXPECT_NEAR((*columns)[0][i] / trials[i], 1, 1e-10) << name << " " << i + 1;
  }
}

TEST(DrawColumns, LastOneIsTheTotal) {
  const Scenario scenario =
      scenario_of("tcosim: 1\ninputs:\n  a: normal(10, 2)\n  b: uniform(1, 2)\ncosts:\n  y: a + b\n");
  const auto columns = draw_columns(scenario, std::vector<std::uint32_t>{0, 1}, true, 5000, 7);
  ASSERT_TRUE(columns);
  ASSERT_EQ(columns->size(), 3U);
  for (std::size_t i = 0; i < 5000; ++i) EXPECT_EQ((*columns)[2][i], (*columns)[0][i] + (*columns)[1][i]);
}

TEST(DrawColumns, NamesAnInputThatIsNotFinite) {
  const Scenario scenario = scenario_of("tcosim: 1\ninputs:\n  a: ln(uniform(-1, 9))\ncosts:\n  y: 1 + 0 * a\n");
  const auto columns = draw_columns(scenario, std::vector<std::uint32_t>{0}, false, 5000, 1);
  ASSERT_FALSE(columns);
  EXPECT_EQ(columns.error().message, "the input 'a' is not a finite number in some draws");
}

}  // namespace
}  // namespace tcosim
