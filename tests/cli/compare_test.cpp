// `tcosim compare` as users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "program.hpp"

namespace tcosim {
namespace {

using ::testing::HasSubstr;
using testing::Outcome;
using testing::read_file;
using testing::run_program;
using Json = nlohmann::json;

class CompareProgram : public ::testing::Test {
 protected:
  void SetUp() override {
    write("plan.yaml", text("USD", "20 to 40"));
    write("other.yaml", text("USD", "10 to 50"));
    write("euro.yaml", text("EUR", "10 to 50"));
  }
  static std::string text(const std::string& currency, const std::string& rate) {
    return "tcosim: 1\ncurrency: " + currency +
           "\nhorizon: 6 months\ninputs:\n  hours: pert(80, 100, 150) hour\n  rate: " + rate + " " + currency +
           "/hour\ncosts:\n  work: {category: labor, formula: hours * rate}\n  fixed: {category: data, formula: 500 " +
           currency + "}\nlevers:\n  faster:\n    scale: {hours: 0.8}\n    cost: 100 " + currency + "\n";
  }
  Outcome run(const std::string& arguments) { return run_program(arguments, folder); }
  void write(const std::string& name, const std::string& content) { std::ofstream(folder.path / name) << content; }
  testing::Folder folder;
};

TEST_F(CompareProgram, AnswersFirst) {
  const Outcome outcome = run("compare plan.yaml other.yaml --draws 20k");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, HasSubstr("is cheaper than"));
  EXPECT_THAT(outcome.out, HasSubstr("Which lines make the difference, USD"));
}

TEST_F(CompareProgram, MakesVariantsOfTheFirstFile) {
  const Outcome outcome =
      run("compare plan.yaml other.yaml --with faster --set rate=25 --set hours=90 --draws 10k --json - --budget 3k");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  ASSERT_EQ(json["scenarios"].size(), 4U);
  EXPECT_EQ(json["scenarios"][2]["name"], "plan + faster");
  EXPECT_EQ(json["scenarios"][3]["name"], "plan + rate=25, hours=90");
  EXPECT_EQ(json["scenarios"][3]["mean"], 2750.0);
  EXPECT_EQ(json["scenarios"][0]["budgets"][0]["budget"], 3000.0);
  EXPECT_EQ(json["command"], "compare");
  EXPECT_EQ(json["run"]["sensitivity_draws"], 10000);
  for (const char* key : {"differences", "cheapest", "dominance", "lines", "categories", "flips", "evpi"})
    EXPECT_TRUE(json.contains(key)) << key;
}

TEST_F(CompareProgram, GivesTheSameBytesForAnyNumberOfThreads) {
  const std::string one = run("compare plan.yaml other.yaml --draws 100k --threads 1").out;
  EXPECT_EQ(one, run("compare plan.yaml other.yaml --draws 100k --threads 2").out);
  EXPECT_EQ(one, run("compare plan.yaml other.yaml --draws 100k --threads 5").out);
}

TEST_F(CompareProgram, WritesTables) {
  ASSERT_EQ(run("compare plan.yaml other.yaml --draws 5k --csv tables --quiet").status, 0);
  for (const char* name : {"scenarios.csv", "differences.csv", "lines.csv", "flips.csv", "evpi.csv"})
    EXPECT_NE(read_file(folder.path / "tables" / name), "") << name;
}

TEST_F(CompareProgram, SaysWhatIsWrong) {
  const auto expect_error = [&](const std::string& arguments, const std::string& message) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_THAT(outcome.err, HasSubstr(message));
    EXPECT_EQ(outcome.out, "");
  };
  expect_error("compare", "no scenario file: write tcosim compare A.yaml B.yaml");
  expect_error("compare plan.yaml",
               "'plan.yaml' alone cannot be compared: name a second file, or make a variant of it with --with LEVER or "
               "--set NAME=VALUE");
  expect_error("compare plan.yaml euro.yaml", "'plan' counts in USD and 'euro' in EUR");
  expect_error("compare plan.yaml --with fastr", "has no lever 'fastr'; did you mean 'faster'?");
  expect_error("compare plan.yaml missing.yaml", "missing.yaml");
  expect_error("compare plan.yaml other.yaml --sampling sobol", "only mc is possible, not 'sobol'");
  expect_error("compare plan.yaml --set rat=3", "rat");
}

}  // namespace
}  // namespace tcosim
