#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "program.hpp"

namespace tcosim {
namespace {

using testing::Folder;
using ::testing::HasSubstr;
using testing::Outcome;
using testing::run_program;

const char* const kPlan = R"(tcosim: 1
currency: USD
horizon: 6 months
inputs:
  hours: uniform(100, 300) hour
  rate: uniform(9, 11) USD/hour
  days: 30 day
  fee: 100 USD
  delay: normal(fee / 1 USD, 2) hour
costs:
  gpu: {category: training, formula: hours * rate}
  fees: {category: labor, formula: fee + delay * 1 USD/hour}
  idle: {category: operations, formula: days * 0.001 USD/day}
levers:
  small:
    set:
      hours: uniform(50, 100) hour
)";

class Solve : public ::testing::Test {
 protected:
  void SetUp() override { std::ofstream(folder_.path / "plan.yaml") << kPlan; }
  Outcome run(const std::string& arguments) { return run_program("solve plan.yaml --draws 20k " + arguments, folder_); }
  Folder folder_;
};

TEST_F(Solve, GivesTheValueThatMeetsTheBudget) {
  // mean = 10 hours + 200
  const Outcome outcome = run("--input hours --target 'mean <= 2200 USD' --json -");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_NEAR(json["value"].get<double>(), 200, 1);
  EXPECT_NEAR(json["confidence_of_input"].get<double>(), 0.5, 0.02);
  EXPECT_EQ(json["unit"], "hour");
  EXPECT_THAT(run("--input hours --target 'mean <= 2200'").out, HasSubstr("hours must be at or under 199."));
}

TEST_F(Solve, ACertainInputMovesTheDistributionsThatUseIt) {
  const Outcome outcome = run("--input fee --target 'mean <= 2300' --json -");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto json = nlohmann::json::parse(outcome.out);
  // 2000 + 2 fee
  EXPECT_NEAR(json["value"].get<double>(), 150, 5);
  EXPECT_TRUE(json["confidence_of_input"].is_null());
}

TEST_F(Solve, EndsOfTheSearchHaveUnits) {
  const auto json =
      nlohmann::json::parse(run("--input days --target 'mean <= 100k' --from '48 hour' --to '40 day' --json -").out);
  EXPECT_EQ(json["searched"][0], 2);
  EXPECT_EQ(json["searched"][1], 40);
}

TEST_F(Solve, NamesWhatIsWrong) {
  const auto error = [&](const std::string& arguments) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    return outcome.err;
  };
  EXPECT_THAT(error("--target 'P80 <= 1k'"), HasSubstr("--input is missing"));
  EXPECT_THAT(error("--input hours"), HasSubstr("--target is missing"));
  EXPECT_THAT(error("--input hour --target 'P80 <= 1k'"),
              HasSubstr("--input: there is no input 'hour'; did you mean 'hours'?"));
  EXPECT_THAT(error("--input hours --target 'P80 = 1k'"),
              HasSubstr("--target 'P80 = 1k': '=' is not one of > >= < <="));
  EXPECT_THAT(error("--input hours --target 'P80 <= 1k EUR'"),
              HasSubstr("--target 'P80 <= 1k EUR': P80 is in USD, not in 'EUR'"));
  EXPECT_THAT(error("--input hours --target 'P80 <= 1k' --set hours=3"),
              HasSubstr("'hours' is set to '3' by --set; leave one of the two out"));
  EXPECT_THAT(error("--input hours --target 'P80 <= 1k' --with small"),
              HasSubstr("'hours' is set by the lever 'small' of --with; leave one of the two out"));
  EXPECT_THAT(error("--input hours --target 'P80 <= 1k' --from 5 --to 4"),
              HasSubstr("--from '5' is not below --to '4'"));
  EXPECT_THAT(error("--input hours --target 'P80 <= 1k' --to '4 USD'"),
              HasSubstr("--to '4 USD': 'hours': it is in hour, not in 'USD'"));
}

TEST_F(Solve, ATargetOutOfReachIsAnAnswer) {
  const Outcome outcome = run("--input hours --target 'P80 <= 10'");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("No value of hours from 0 to"));
}

}  // namespace
}  // namespace tcosim
