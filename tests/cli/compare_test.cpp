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

TEST_F(CompareProgram, MakesAColumnOfEachWith) {
  write("two.yaml", text("USD", "20 to 40") + "  dearer:\n    set: {rate: 30 to 50}\n");
  const Outcome outcome = run("compare two.yaml --with faster --with faster,dearer --with dearer --draws 5k --json -");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  ASSERT_EQ(json["scenarios"].size(), 4U);
  EXPECT_EQ(json["scenarios"][1]["name"], "two + faster");
  EXPECT_EQ(json["scenarios"][2]["name"], "two + faster, dearer");
  EXPECT_EQ(json["scenarios"][3]["name"], "two + dearer");
  // what a lever sets has a stream of its own; hours are scaled, from the same random numbers
  EXPECT_EQ(json["apart_inputs"], Json({"rate"}));
  EXPECT_EQ(json["differing_inputs"], Json({"hours"}));
}

TEST_F(CompareProgram, SaysThatTheSamplingOfAFileIsNotUsed) {
  write("lhs.yaml", text("USD", "20 to 40") + "run: {sampling: lhs}\n");
  const Outcome outcome = run("compare plan.yaml lhs.yaml --draws 5k --json -");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(Json::parse(outcome.out)["warnings"],
            Json({"The sampling that lhs asks for is for run: compare draws by Monte Carlo"}));
}

TEST_F(CompareProgram, TellsFilesOfOneNameApartByTheirFolders) {
  std::filesystem::create_directory(folder.path / "new");
  write("new/plan.yaml", text("USD", "10 to 30"));
  const Json json = Json::parse(run("compare plan.yaml new/plan.yaml plan.yaml --draws 2k --json -").out);
  EXPECT_EQ(json["scenarios"][0]["name"], "plan");
  EXPECT_EQ(json["scenarios"][1]["name"], "new/plan");
  EXPECT_EQ(json["scenarios"][2]["name"], "plan (2)");
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
  expect_error("compare plan.yaml --set rate=3 --set rate=4", "--set: 'rate' is set twice");
  expect_error("compare plan.yaml --with faster --with faster", "--with 'faster': these levers are a column already");
  expect_error("compare - - ", "standard input can be one of the scenarios only");
}

TEST_F(CompareProgram, RefusesDrawsThatMemoryCannotHold) {
  const Outcome outcome = run("compare plan.yaml other.yaml --draws 1e9");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("1000000000 draws of 2 scenarios would need 32 GB of memory"));
}

TEST_F(CompareProgram, NamesAWrongBudgetOnce) {
  const Outcome outcome = run("compare plan.yaml other.yaml --budget foo");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err.find("unknown input 'foo'"), outcome.err.rfind("unknown input 'foo'")) << outcome.err;
}

}  // namespace
}  // namespace tcosim
