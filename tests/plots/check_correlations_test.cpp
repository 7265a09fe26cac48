// Asked against drawn correlations as `check` shows them, and the note under the tornado of a run that has some.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "plots/check_text.hpp"
#include "plots/json.hpp"
#include "plots/terminal.hpp"
#include "small_result.hpp"

namespace tcosim {
namespace {

constexpr TerminalStyle kWide{200, false, false};

CheckReport with_a_pair() {
  CheckReport report;
  report.file = "plan.yaml";
  report.correlations = {{"runs", "time", "rank", "t(4)", 0.6, 0.598, 0.594, 0.602}};
  return report;
}

TEST(CheckCorrelations, AreShownAskedAndDrawn) {
  const std::string text = render_check(with_a_pair(), TerminalStyle{});
  EXPECT_NE(text.find("Correlations"), std::string::npos);
  EXPECT_NE(text.find("runs, time"), std::string::npos);
  EXPECT_NE(text.find("+0.600"), std::string::npos);
  EXPECT_NE(text.find("+0.598"), std::string::npos);
  EXPECT_NE(text.find("+0.594 to +0.602"), std::string::npos);
  EXPECT_NE(text.find("rank, t(4)"), std::string::npos);
}

TEST(CheckCorrelations, AreNotMentionedWhereThereAreNone) {
  EXPECT_EQ(render_check(CheckReport{}, TerminalStyle{}).find("Correlations"), std::string::npos);
}

TEST(CheckCorrelations, StandInTheJson) {
  const auto json = nlohmann::json::parse(to_json(with_a_pair()));
  const auto& pair = json.at("correlations").at(0);
  EXPECT_EQ(pair.at("inputs"), (std::vector<std::string>{"runs", "time"}));
  EXPECT_EQ(pair.at("kind"), "rank");
  EXPECT_EQ(pair.at("requested"), 0.6);
  EXPECT_EQ(pair.at("achieved"), 0.598);
  EXPECT_EQ(pair.at("interval"), (std::vector<double>{0.594, 0.602}));
}

TEST(CheckCorrelations, TheTornadoSaysThatBarsOverlap) {
  Result result = tcosim::testing::small_result();
  const std::string words = "Some inputs are correlated";
  EXPECT_EQ(text::render_tornado(result, kWide).find(words), std::string::npos);
  result.correlated = true;
  EXPECT_NE(text::render_tornado(result, kWide).find(words), std::string::npos);
}

}  // namespace
}  // namespace tcosim
