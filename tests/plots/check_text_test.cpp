#include "plots/check_text.hpp"

#include <gtest/gtest.h>

namespace tcosim {
namespace {

CheckReport small_report() {
  CheckReport report;
  report.file = "small.yaml";
  report.title = "Small plan";
  report.currency = "USD";
  report.horizon = "6 months";
  report.base = 3600;
  report.inputs = {{"gpu_rate",
                    "",
                    "lognormal(mean=2.5, sd=0.5) USD/gpu_hour",
                    "USD/gpu_hour",
                    true,
                    2.5,
                    2.5,
                    0.5,
                    1.9,
                    2.45,
                    3.15,
                    {0.1, 0.5, 1, 0.4}},
                   {"hours", "", "1440", "gpu_hour", false, 1440, 1440, 0, 1440, 1440, 1440, {}}};
  report.lines = {{"gpu", "", "line", "training", "", "hours * gpu_rate", "once", 3600},
                  {"leak", "", "risk", "risk", "", "20k to 80k USD", "probability 5%", 0}};
  report.outputs = {{"half", "USD", "total / 2", 1800}};
  report.diagnostics = {{"warning", "small.yaml", "w", "", 1, 1}, {"note", "small.yaml", "n", "", 1, 1}};
  return report;
}

TEST(CheckText, ShowsEveryInputLineAndOutput) {
  EXPECT_EQ(render_check(small_report(), {60, false, false}),
            R"(Small plan
small.yaml: 2 inputs, 1 line, 1 risk, over 6 months. No
errors, 1 warning, 1 note.

Inputs
             Base  Mean  P10   P90  Shape
  gpu_rate    2.5   2.5  1.9  3.15  :=#-
      lognormal(mean=2.5, sd=0.5) USD/gpu_hour
  hours     1,440                   certain
      1440 [gpu_hour]

Lines, USD
              Base
  gpu     3,600.00  training  once
      hours * gpu_rate
  ! leak            risk      probability 5%
      20k to 80k USD
  Total   3,600.00

Other quantities
         Base
  half  1,800  USD  total / 2
)");
}

TEST(CheckText, AddsTheUnitWhereTheTextDoesNotEndInIt) {
  const std::string text = render_check(small_report(), {100, true, false});
  EXPECT_NE(text.find("1440 [gpu_hour]"), std::string::npos);
  EXPECT_EQ(text.find("[USD/gpu_hour]"), std::string::npos);
}

TEST(CheckText, DrawsTheShape) {
  EXPECT_NE(render_check(small_report(), {100, true, false}).find("▂▅█▄"), std::string::npos);
}

TEST(CheckText, SaysWhatEachLeverDoesAndWhatIsInEachGroup) {
  CheckReport report;
  report.file = "small.yaml";
  report.groups = {{"prices", {"gpu_rate", "leak"}}};
  CheckedLever lora{"lora",
                    "LoRA",
                    true,
                    {{"hours", "40 to 90 hour"}},
                    {{"rate", "0.9"}},
                    {"review"},
                    {"storage"},
                    "500 to 2k USD",
                    {"spot"},
                    {"cloud", "other"}};
  report.levers = {lora, {"spot", "", false, {}, {{"rate", "0.5"}}, {}, {}, "", {}, {}}};
  EXPECT_EQ(render_check(report, {70, false, false}),
            R"(small.yaml: 0 inputs, 0 lines, 2 levers. No errors, 0 warnings.

Groups
  prices: gpu_rate, leak

Levers
  lora  pulled      LoRA
      sets hours to 40 to 90 hour; scales rate by 0.9; adds review;
      removes storage; costs 500 to 2k USD; requires spot; excludes
      cloud, other
  spot  not pulled
      scales rate by 0.5
)");
}

}  // namespace
}  // namespace tcosim
