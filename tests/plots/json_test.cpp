#include "plots/json.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "small_result.hpp"

namespace tcosim {
namespace {

using Json = nlohmann::json;
using testing::small_result;

Json small_json() {
  return Json::parse(to_json(small_result()));
}

TEST(Json, HoldsEveryKeyOfTheContract) {
  const Json json = small_json();
  for (const char* path : {"/format",
                           "/command",
                           "/currency",
                           "/run/draws",
                           "/run/sensitivity_draws",
                           "/run/seed",
                           "/run/sampling",
                           "/run/threads",
                           "/run/seconds",
                           "/total/mean",
                           "/total/sd",
                           "/total/min",
                           "/total/max",
                           "/total/skewness",
                           "/total/percentiles/P80",
                           "/total/intervals/P80",
                           "/total/cvar/P80",
                           "/total/cvar/P90",
                           "/total/cvar/P95",
                           "/outputs/cost_per_request/percentiles/P80",
                           "/base/value",
                           "/base/confidence",
                           "/headline",
                           "/contingency/0/target",
                           "/contingency/0/budget",
                           "/contingency/0/contingency",
                           "/contingency/0/percent",
                           "/contingency/0/interval",
                           "/flat/0/percent",
                           "/flat/0/budget",
                           "/flat/0/confidence",
                           "/budgets/0/budget",
                           "/budgets/0/confidence",
                           "/budgets/0/interval",
                           "/allocation",
                           "/lines/0/name",
                           "/lines/0/kind",
                           "/lines/0/category",
                           "/lines/0/parent",
                           "/lines/0/base",
                           "/lines/0/mean",
                           "/lines/0/sd",
                           "/lines/0/P10",
                           "/lines/0/P50",
                           "/lines/0/P80",
                           "/lines/0/P90",
                           "/lines/0/share_of_mean",
                           "/lines/0/contingency",
                           "/categories/0/contingency",
                           "/tags",
                           "/sensitivity/0/name",
                           "/sensitivity/0/swing/low",
                           "/sensitivity/0/swing/high",
                           "/sensitivity/0/spearman",
                           "/sensitivity/0/contribution",
                           "/monthly/0/mean"}) {
    EXPECT_TRUE(json.contains(Json::json_pointer(path))) << path;
  }
}

TEST(Json, NamesTheLeversThatArePulled) {
  EXPECT_EQ(small_json()["with"], Json::array());
  Result result = small_result();
  result.with = {"lora", "active_learning"};
  EXPECT_EQ(Json::parse(to_json(result))["with"], (Json{"lora", "active_learning"}));
}

TEST(Json, HoldsTheValuesOfTheResult) {
  const Json json = small_json();
  EXPECT_EQ(json["format"], 1);
  EXPECT_EQ(json["command"], "run");
  EXPECT_EQ(json["headline"], "P80");
  EXPECT_EQ(json["allocation"], "covariance");
  EXPECT_EQ(json["total"]["percentiles"]["P80"], 14000.0);
  EXPECT_EQ(json["total"]["intervals"]["P80"], (Json{13985.0, 14015.0}));
  EXPECT_EQ(json["contingency"][1]["percent"], 40.0);
  EXPECT_EQ(json["lines"][1]["parent"], "team");
  EXPECT_EQ(json["lines"][2]["kind"], "risk");
  EXPECT_EQ(json["sensitivity"][0]["swing"]["low"], 9000.0);
  EXPECT_EQ(json["sensitivity"][0]["swing"]["high"], 16000.0);
}

TEST(Json, KeepsTheOrderOfTheContract) {
  const auto json = nlohmann::ordered_json::parse(to_json(small_result()));
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  EXPECT_EQ(keys,
            (std::vector<std::string>{
                "format", "command",    "title", "file",        "currency",          "horizon", "run",     "with",
                "total",  "outputs",    "base",  "headline",    "contingency",       "flat",    "budgets", "allocation",
                "lines",  "categories", "tags",  "sensitivity", "sensitivity_noise", "monthly"}));
}

TEST(Json, HoldsTheCurveWhereThereIsOne) {
  Result result = small_result();
  result.curve.clear();
  EXPECT_FALSE(Json::parse(to_json(result)).contains("curve"));
  result.curve = {{0.01, 9000.5, {}, -999.5, std::nullopt}, {0.8, 14000, {{13985}, {14015}}, 4000, 40}};
  const Json curve = Json::parse(to_json(result))["curve"];
  ASSERT_EQ(curve.size(), 2U);
  EXPECT_EQ(curve[0], (Json{{"confidence", 0.01},
                            {"budget", 9000.5},
                            {"interval", {nullptr, nullptr}},
                            {"contingency", -999.5},
                            {"percent", nullptr}}));
  EXPECT_EQ(curve[1], (Json{{"confidence", 0.8},
                            {"budget", 14000.0},
                            {"interval", {13985.0, 14015.0}},
                            {"contingency", 4000.0},
                            {"percent", 40.0}}));
}

TEST(Json, ShowsWhatIsMissingAsNull) {
  Result result = small_result();
  result.contingency[0].percent.reset();
  result.total.skewness = std::numeric_limits<double>::quiet_NaN();
  const Json json = Json::parse(to_json(result));
  EXPECT_TRUE(json["contingency"][0]["percent"].is_null());
  EXPECT_TRUE(json["contingency"][2]["interval"][0].is_null());
  EXPECT_TRUE(json["total"]["skewness"].is_null());
  EXPECT_TRUE(json["lines"][0]["parent"].is_null());
}

TEST(Json, LeavesOutMonthsWhereTimeDoesNotMatter) {
  Result result = small_result();
  result.monthly.clear();
  EXPECT_FALSE(Json::parse(to_json(result)).contains("monthly"));
}

TEST(Json, RoundTripsNumbersAndTheGreatestSeed) {
  Result result = small_result();
  result.total.mean = 0.1 + 0.2;
  result.run.seed = std::numeric_limits<std::uint64_t>::max();
  const Json json = Json::parse(to_json(result));
  EXPECT_EQ(json["total"]["mean"].get<double>(), 0.1 + 0.2);
  EXPECT_EQ(json["run"]["seed"].get<std::uint64_t>(), std::numeric_limits<std::uint64_t>::max());
}

TEST(Json, OfNamesThatAreNotUtf8IsStillJson) {
  Result result = small_result();
  result.title =
      "a\xff"
      "b\"\n";
  EXPECT_TRUE(Json::accept(to_json(result)));
}

TEST(CheckJson, HoldsInputsLinesAndDiagnostics) {
  CheckReport report;
  report.file = "small.yaml";
  report.inputs = {{"rate", "", "20 to 30 USD", "USD", true, 25, 24.7, 3, 20.9, 24.5, 28.6, {}}};
  report.lines = {{"hosting", "", "line", "data", "", "rate", "once", 25}};
  report.diagnostics = {{"warning", "small.yaml", "unused input 'x'", "", 3, 5}};
  const Json json = Json::parse(to_json(report));
  EXPECT_EQ(json["command"], "check");
  EXPECT_EQ(json["inputs"][0]["P90"], 28.6);
  EXPECT_EQ(json["lines"][0]["spend"], "once");
  EXPECT_EQ(json["diagnostics"][0]["line"], 3);
}

TEST(CheckJson, HoldsGroupsAndLevers) {
  CheckReport report;
  report.groups = {{"prices", {"gpu_rate", "leak"}}};
  report.levers = {{"lora",
                    "LoRA",
                    true,
                    {{"hours", "40 to 90 hour"}},
                    {{"rate", "0.9"}},
                    {"review"},
                    {"storage"},
                    "500 to 2k USD",
                    {"spot"},
                    {"cloud"}},
                   {"spot", "", false, {}, {}, {}, {}, "", {}, {}}};
  const Json json = Json::parse(to_json(report));
  EXPECT_EQ(json["groups"], Json::parse(R"([{"name": "prices", "members": ["gpu_rate", "leak"]}])"));
  EXPECT_EQ(json["levers"][0], Json::parse(R"({"name": "lora", "label": "LoRA", "pulled": true,
      "set": {"hours": "40 to 90 hour"}, "scale": {"rate": "0.9"}, "add": ["review"], "remove": ["storage"],
      "cost": "500 to 2k USD", "requires": ["spot"], "excludes": ["cloud"]})"));
  EXPECT_EQ(json["levers"][1]["cost"], nullptr);
  EXPECT_EQ(json["levers"][1]["set"], Json::object());
}

}  // namespace
}  // namespace tcosim
