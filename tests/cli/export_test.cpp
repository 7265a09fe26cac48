#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "program.hpp"

namespace tcosim {
namespace {

using testing::Folder;
using ::testing::HasSubstr;
using testing::Outcome;
using testing::read_file;
using Json = nlohmann::json;

class Export : public ::testing::Test {
 protected:
  void SetUp() override {
    std::ofstream(folder.path / "plan.yaml") << R"(tcosim: 1
title: Small plan
currency: USD
horizon: 6 months
inputs:
  hours: pert(140, 200, 320) gpu_hour
  rate: lognormal(mean=2.5, sd=0.5) USD/gpu_hour
  incidents: 1 + poisson(3)
  fee: 20 USD
  effort: rate * 10 gpu_hour
correlations:
  - {inputs: [hours, rate], rank: 0.6}
costs:
  gpu: {category: training, formula: hours * rate}
  help: {category: operations, formula: incidents * fee + effort}
)";
  }
  Outcome run(const std::string& arguments) { return testing::run_program(arguments, folder); }
  Json library(const std::string& options = "") {
    const Outcome outcome = run("export plan.yaml --draws 200k --sipmath plan.SIPmath " + options);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return Json::parse(read_file(folder.path / "plan.SIPmath"));
  }
  Json checked(const std::string& file) {
    const Outcome outcome = run("check " + file + " --json -");
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return Json::parse(outcome.out);
  }
  static Json named(const Json& list, const std::string& name) {
    for (const Json& entry : list)
      if (entry["name"] == name) return entry;
    ADD_FAILURE() << "no " << name;
    return {};
  }
  Folder folder;
};

TEST_F(Export, WritesInputsAndTotalAsMetalogs) {
  const Json json = library("--entity 42");
  EXPECT_EQ(json["objectType"], "sipModel");
  EXPECT_EQ(json["libraryType"], "SIPmath_3_0");
  EXPECT_EQ(json["name"], "Small plan");
  ASSERT_EQ(json["sips"].size(), 5U) << "the fee is certain";
  EXPECT_EQ(json["sips"].back()["name"], "total");
  for (const Json& sip : json["sips"]) EXPECT_EQ(sip["function"], "Metalog_1_0");
  EXPECT_EQ(json["U01"]["rng"][0]["arguments"]["entity"], 42);
  const Json hours = named(json["sips"], "hours");
  EXPECT_EQ(hours["arguments"]["lowerBound"], 140);
  EXPECT_EQ(hours["arguments"]["upperBound"], 320);
  EXPECT_EQ(hours["metadata"]["unit"], "gpu_hour");
  EXPECT_NEAR(hours["metadata"]["mean"].get<double>(), 210, 1e-9);
  EXPECT_EQ(hours["ref"]["source"], "copula");
  EXPECT_EQ(named(json["sips"], "incidents")["rounding"], "nearest");
}

TEST_F(Export, IsValidAgainstThePublishedSchema) {
  library();
  const std::string command = "cd '" + folder.path.string() +
                              "' && /usr/bin/python3 -c \"import json, jsonschema; jsonschema.validate("
                              "json.load(open('plan.SIPmath')), json.load(open('" TCOSIM_SOURCE_DIR
                              "/tests/schema/sipmath/multi-lib-schema-2021-08-19.json')))\" 2> err.txt";
  EXPECT_EQ(std::system(command.c_str()), 0) << read_file(folder.path / "err.txt");
}

TEST_F(Export, SaysWhatTheMetalogsLose) {
  const Outcome outcome = run("export plan.yaml --draws 100k --sipmath plan.SIPmath");
  EXPECT_THAT(outcome.out, HasSubstr("of sd"));
  EXPECT_THAT(outcome.out, HasSubstr("of chance"));
  EXPECT_THAT(outcome.out, HasSubstr("Certain, so not in the library: fee."));
  EXPECT_THAT(outcome.out, HasSubstr("100,000 draws"));
  EXPECT_THAT(outcome.out, HasSubstr("import: {file: plan.SIPmath, units: {hours: gpu_hour, rate: USD/gpu_hour"));
}

// P10 and P90 of 1e5 draws have standard errors of up to 0.006 sd; metalogs were 0.005 sd off at most.
TEST_F(Export, ComesBackAsAnImportWithTheSameQuantilesAndCorrelation) {
  library();
  std::ofstream(folder.path / "back.yaml") << R"(tcosim: 1
currency: USD
horizon: 6 months
import: {file: plan.SIPmath, names: {total: before}, units: {hours: gpu_hour, rate: USD/gpu_hour, effort: USD}}
costs:
  gpu: {category: training, formula: hours * rate}
  help: {category: operations, formula: incidents * 20 USD + effort + 0 USD * before}
)";
  const Json before = checked("plan.yaml"), after = checked("back.yaml");
  for (const char* name : {"hours", "rate", "incidents", "effort"}) {
    const Json one = named(before["inputs"], name), two = named(after["inputs"], name);
    const double sd = one["sd"].get<double>(), step = std::string(name) == "incidents" ? 0 : 0.04 * sd;
    for (const char* figure : {"P10", "P50", "P90"})
      EXPECT_NEAR(two[figure].get<double>(), one[figure].get<double>(), step) << name << " " << figure;
    EXPECT_NEAR(two["mean"].get<double>(), one["mean"].get<double>(), 0.03 * sd) << name;
  }
  // The product of two correlated inputs notices their correlation: without it its sd would be a quarter less.
  const auto sd_of_gpu = [&](const std::string& file) {
    const Json result = Json::parse(run("run " + file + " --draws 200k --json -").out);
    return named(result["lines"], "gpu")["sd"].get<double>();
  };
  EXPECT_NEAR(sd_of_gpu("back.yaml") / sd_of_gpu("plan.yaml"), 1, 0.02);
}

TEST_F(Export, WantsAFile) {
  const Outcome outcome = run("export plan.yaml");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("say what to write: tcosim export FILE --sipmath LIBRARY.SIPmath"));
}

}  // namespace
}  // namespace tcosim
