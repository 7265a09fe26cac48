// `tcosim sensitivity` as users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace tcosim {
namespace {

using ::testing::HasSubstr;
using testing::Outcome;
using testing::run_program;
using Json = nlohmann::json;

class SensitivityCommand : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(run_program("new -o plan.yaml", folder).status, 0); }
  Outcome run(const std::string& arguments) { return run_program("sensitivity " + arguments, folder); }
  testing::Folder folder;
};

TEST_F(SensitivityCommand, ShowsSwingsByDefault) {
  const Outcome outcome = run("plan.yaml --draws 20k");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("What moves the total: by inputs."));
  EXPECT_THAT(outcome.out, HasSubstr("Swing: how far"));
  EXPECT_THAT(outcome.out, HasSubstr("Caution: "));
}

TEST_F(SensitivityCommand, RanksByAllMethods) {
  const Outcome outcome = run("plan.yaml --draws 20k --method all");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Ranks by method"));
  EXPECT_THAT(outcome.out, HasSubstr("What each method measures"));
  const Json json = Json::parse(run("plan.yaml --draws 20k --method all --json -").out);
  EXPECT_GE(json["ranks"]["methods"].size(), 3U);
  EXPECT_EQ(json["run"]["sensitivity_draws"], 20'000);
}

TEST_F(SensitivityCommand, TakesListsOfMethods) {
  const Json json = Json::parse(run("plan.yaml --draws 5k --method swing,spearman --method regression --json -").out);
  ASSERT_EQ(json["methods"].size(), 3U);
  EXPECT_EQ(json["methods"][2]["method"], "regression");
}

TEST_F(SensitivityCommand, GivesTheSameBytesForAnyNumberOfThreads) {
  const std::string arguments = "plan.yaml --draws 20k --method all --json - --threads ";
  Json one = Json::parse(run(arguments + "1").out), four = Json::parse(run(arguments + "4").out);
  one.erase("run");
  four.erase("run");
  EXPECT_EQ(one.dump(), four.dump());
}

TEST_F(SensitivityCommand, ListsTheMethods) {
  const Outcome outcome = run("--list");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("spearman\n"));
  EXPECT_THAT(outcome.out, HasSubstr("Source: "));
  EXPECT_GE(Json::parse(run("--list --json -").out)["methods"].size(), 3U);
}

TEST_F(SensitivityCommand, ShowsAStressAlone) {
  const Outcome outcome = run("plan.yaml --draws 20k --stress 'gpu_rate > P90'");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Stress: gpu_rate > P90"));
  EXPECT_THAT(outcome.out, ::testing::Not(HasSubstr("Swing")));
}

TEST_F(SensitivityCommand, WritesATableAMethod) {
  EXPECT_EQ(run("plan.yaml --draws 5k --method swing,spearman --csv tables --quiet").status, 0);
  EXPECT_THAT(testing::read_file(folder.path / "tables" / "swing.csv"), HasSubstr("gpu_rate,"));
  EXPECT_THAT(testing::read_file(folder.path / "tables" / "ranks.csv"),
              HasSubstr("name,label,kind,swing,spearman,remark"));
}

TEST_F(SensitivityCommand, RefusesWhatIsWrongWithStatus2) {
  const auto error_of = [&](const std::string& arguments) {
    const Outcome outcome = run("plan.yaml --draws 5k " + arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_EQ(outcome.out, "") << arguments;
    return outcome.err;
  };
  EXPECT_THAT(error_of("--method swin"), HasSubstr("there is no method 'swin'; did you mean 'swing'?"));
  EXPECT_THAT(error_of("--method swing,"), HasSubstr("--method: a name is missing in 'swing,'"));
  EXPECT_THAT(error_of("--by group"), HasSubstr("not 'group'; did you mean 'groups'?"));
  EXPECT_THAT(error_of("--of nothing"), HasSubstr("there is no output 'nothing' to explain"));
  EXPECT_THAT(error_of("--statistic P101"),
              HasSubstr("--statistic: mean or a percentile such as P80 is expected, not 'P101'"));
  EXPECT_THAT(error_of("--top many"), HasSubstr("--top: a number of rows such as 10 is expected, not 'many'"));
  EXPECT_THAT(error_of("--stress 'gpu_rat > P90'"), HasSubstr("gpu_rat"));
}

TEST_F(SensitivityCommand, RefusesAMethodThatDoesNotSuitWithItsRemedy) {
  std::ofstream(folder.path / "pair.yaml")
      << "tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\ncosts:\n  y: a + b\ncorrelations:\n"
         "  - {inputs: [a, b], rank: 0.5}\n";
  const Outcome outcome = run("pair.yaml --method sobol");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("shapley"));
}

}  // namespace
}  // namespace tcosim
