// tcosim levers as users run it: the answer, its files, and what is refused in which words.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "program.hpp"

namespace tcosim {
namespace {

using testing::Folder;
using testing::Outcome;
using testing::read_file;
using testing::run_program;

const char* const kPlan = R"yaml(
tcosim: 1
title: Two levers
currency: USD
horizon: 6 months
inputs:
  hours: 100 to 300 gpu_hour
  price: 2 to 4 USD/gpu_hour
costs:
  compute: {category: training, formula: hours * price}
levers:
  lora:
    scale: {hours: 0.5}
    cost: 50 USD
  spot:
    scale: {price: 0.5}
    cost: 90 USD
)yaml";

Folder& with_plan(Folder& folder, const std::string& text = kPlan) {
  std::ofstream(folder.path / "plan.yaml") << text;
  return folder;
}

TEST(LeversCommand, SaysWhichToPullFirst) {
  Folder folder;
  const Outcome run = run_program("levers plan.yaml --draws 2000", with_plan(folder));
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_NE(run.out.find("Pull lora and spot: together they save "), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("Start with lora"), std::string::npos) << run.out;
}

TEST(LeversCommand, TakesAHundredThousandDrawsAndGivesTheSameForAnyThreads) {
  Folder folder;
  with_plan(folder);
  const Outcome one = run_program("levers plan.yaml --threads 1 --json -", folder);
  const Outcome three = run_program("levers plan.yaml --threads 3 --json -", folder);
  ASSERT_EQ(one.status, 0) << one.err;
  nlohmann::json first = nlohmann::json::parse(one.out), second = nlohmann::json::parse(three.out);
  EXPECT_EQ(first["run"]["draws"], 100000);
  first.erase("run");
  second.erase("run");
  EXPECT_EQ(first.dump(), second.dump());
}

TEST(LeversCommand, BudgetIsForAdoption) {
  Folder folder;
  const Outcome run = run_program("levers plan.yaml --draws 2000 --budget 60 --json -", with_plan(folder));
  ASSERT_EQ(run.status, 0) << run.err;
  const nlohmann::json json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["budget"]["budget"], 60);
  EXPECT_EQ(json["winner"]["set"]["levers"], nlohmann::json({"lora"}));
}

TEST(LeversCommand, WithPullsLeversBeforehand) {
  Folder folder;
  const Outcome run = run_program("levers plan.yaml --draws 2000 --with lora --json -", with_plan(folder));
  ASSERT_EQ(run.status, 0) << run.err;
  const nlohmann::json json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["baseline"]["levers"], nlohmann::json({"lora"}));
  EXPECT_EQ(json["levers"].size(), 1U);
}

TEST(LeversCommand, WritesTables) {
  Folder folder;
  const Outcome run = run_program("levers plan.yaml --draws 500 --quiet --csv tables", with_plan(folder));
  ASSERT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(run.out, "");
  EXPECT_NE(read_file(folder.path / "tables" / "levers.csv").find("lora,"), std::string::npos);
  EXPECT_NE(read_file(folder.path / "tables" / "sets.csv").find("winner,"), std::string::npos);
}

TEST(LeversCommand, OfAFileWithoutLeversShowsHowToWriteOne) {
  Folder folder;
  with_plan(folder, "tcosim: 1\ninputs:\n  x: uniform(1, 2)\ncosts:\n  y: x\n");
  const Outcome run = run_program("levers plan.yaml", folder);
  EXPECT_EQ(run.status, 2);
  EXPECT_NE(run.err.find("declares no levers"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("lora:"), std::string::npos) << run.err;
}

struct Refused {
  const char *arguments, *message;
};

class RefusedOptions : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedOptions, AreNamed) {
  Folder folder;
  const Outcome run = run_program(std::string("levers plan.yaml ") + GetParam().arguments, with_plan(folder));
  EXPECT_EQ(run.status, 2) << run.out;
  EXPECT_NE(run.err.find(GetParam().message), std::string::npos) << run.err;
}

INSTANTIATE_TEST_SUITE_P(LeversCommand, RefusedOptions,
                         ::testing::Values(Refused{"--objective median", "not 'median'"},
                                           Refused{"--sampling sobol", "levers draws by mc only"},
                                           Refused{"--budget 1k --budget 2k", "--budget is given twice"},
                                           Refused{"--budget -5", "cannot cost less than nothing"},
                                           Refused{"--draws 1e9", "takes at most 5000000"},
                                           Refused{"--with lora,spot", "no lever is left to study"},
                                           Refused{"--with loar", "'lora'"}));

}  // namespace
}  // namespace tcosim
