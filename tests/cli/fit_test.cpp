#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace tcosim {
namespace {

using testing::Folder;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Outcome;
using testing::run_program;

void write_table(const Folder& folder) {
  std::ofstream file(folder.path / "d.csv");
  file << "kind,x,n\n";
  for (int i = 1; i <= 60; ++i) file << (i % 2 == 0 ? "a," : "b,") << std::exp(2 * std::sin(i)) << "," << i % 3 << "\n";
}

TEST(FitCommand, RanksDrawsAndOffersALine) {
  const Folder folder;
  write_table(folder);
  const Outcome run = run_program("fit d.csv --column x --bootstrap 9", folder);
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("d.csv: 60 values"));
  EXPECT_THAT(run.out, HasSubstr("Fits, best by AICc first"));
  EXPECT_THAT(run.out, HasSubstr("Data and fits"));
  EXPECT_THAT(run.out, HasSubstr("fit(\"d.csv\", column=\"x\", family=\""));
  EXPECT_THAT(run.out, HasSubstr("Metalogs, by least squares"));
}

TEST(FitCommand, JsonHoldsTheTable) {
  const Folder folder;
  write_table(folder);
  const Outcome run =
      run_program("fit d.csv --column x --where kind=a --family lognormal,gamma --bootstrap 19 --json -", folder);
  ASSERT_EQ(run.status, 0) << run.err;
  const auto json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["format"], 1);
  EXPECT_EQ(json["command"], "fit");
  EXPECT_EQ(json["run"]["bootstrap"], 19);
  EXPECT_EQ(json["data"]["matching"], 30);
  ASSERT_EQ(json["fits"].size(), 2u);
  EXPECT_LE(json["fits"][0]["aicc"].get<double>(), json["fits"][1]["aicc"].get<double>());
  EXPECT_GT(json["fits"][0]["anderson_darling_p"].get<double>(), 0);
  EXPECT_EQ(json["fits"][0]["parameters"], 2);
}

TEST(FitCommand, ThreadsChangeNothingButRun) {
  const Folder folder;
  write_table(folder);
  const std::string command = "fit d.csv --column x --family lognormal,gamma,normal --bootstrap 19 --json - --threads ";
  auto one = nlohmann::json::parse(run_program(command + "1", folder).out);
  auto five = nlohmann::json::parse(run_program(command + "5", folder).out);
  one.erase("run");
  five.erase("run");
  EXPECT_EQ(one, five);
}

TEST(FitCommand, WithoutAColumnTheColumnsAreListed) {
  const Folder folder;
  write_table(folder);
  const Outcome run = run_program("fit d.csv", folder);
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("d.csv: 60 rows"));
  EXPECT_THAT(run.out, ::testing::ContainsRegex("kind +text"));
  EXPECT_THAT(run.out, ::testing::ContainsRegex("x +numbers"));
}

TEST(FitCommand, MetalogAlone) {
  const Folder folder;
  write_table(folder);
  const Outcome run = run_program("fit d.csv --column x --family metalog --terms 3 --low 0", folder);
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("metalog(coefficients=["));
  EXPECT_THAT(run.out, Not(HasSubstr("Fits, best by")));
}

TEST(FitCommand, MetalogSaysItsPoints) {
  const Folder folder;
  write_table(folder);
  const std::string command = "fit d.csv --column x --family metalog --terms 3 --low 0";
  EXPECT_THAT(run_program(command, folder).out, HasSubstr("Metalogs, by least squares on 117 quantiles of the data"));
  const Outcome all = run_program(command + " --points all", folder);
  EXPECT_THAT(all.out, HasSubstr("Metalogs, by least squares on all 60 values"));
  EXPECT_THAT(all.out, HasSubstr("points=\"all\")"));
  const auto json = nlohmann::json::parse(run_program(command + " --points all --json -", folder).out);
  EXPECT_EQ(json["metalog_points"], "all 60 values");
}

TEST(FitCommand, EscapesInATableDoNotReachTheTerminal) {
  const Folder folder;
  std::ofstream(folder.path / "e.csv") << "a\x1b[2Jb,x\n1,\x1b]0;t\x07\n";
  for (const char* arguments : {"--column x", "--column y", "", "--column x --where 'x=1'"}) {
    const Outcome run = run_program(std::string("fit e.csv ") + arguments, folder);
    EXPECT_EQ((run.out + run.err).find('\x1b'), std::string::npos) << arguments;
    EXPECT_THAT(run.out + run.err, HasSubstr("\\x1b")) << arguments;
  }
}

TEST(FitCommand, MistakesAreNamedWithStatusTwo) {
  const Folder folder;
  write_table(folder);
  const auto error = [&](const std::string& arguments) {
    const Outcome run = run_program("fit " + arguments, folder);
    EXPECT_EQ(run.status, 2) << arguments;
    return run.err;
  };
  EXPECT_THAT(error("e.csv --column x"), HasSubstr("there is no file 'e.csv'"));
  EXPECT_THAT(error("d.csv --column kin"), HasSubstr("'d.csv' has no column 'kin'; did you mean 'kind'?"));
  EXPECT_THAT(error("d.csv --column kind"), HasSubstr("d.csv:2: 'b' in column 'kind' is not a number"));
  EXPECT_THAT(error("d.csv --column x --family lognormel"), HasSubstr("did you mean 'lognormal'?"));
  EXPECT_THAT(error("d.csv --column x --sort aic"), HasSubstr("--sort: aicc, bic, ad or ks is expected, not 'aic'"));
  EXPECT_THAT(error("d.csv --column x --terms 1"), HasSubstr("--terms: 2 to 16 is expected, not '1'"));
  EXPECT_THAT(error("d.csv --column x --points some"), HasSubstr("--points: all or reduced is expected, not 'some'"));
  EXPECT_THAT(error("d.csv --column x --where 'x > 7.38'"), HasSubstr("too few to fit a distribution"));
}

}  // namespace
}  // namespace tcosim
