#include "plots/solve_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace tcosim {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// 100 + 10 x, at most 3,000: x at or under 290; the input runs from 200 to 400.
SolveResult small_result() {
  SolveResult result;
  result.title = "Small";
  result.file = "small.yaml";
  result.currency = "USD";
  result.run.draws = 1'000'000;
  result.run.sensitivity_draws = 100'000;
  result.input = "hours";
  result.text = "uniform(200, 400) hour";
  result.unit = "hour";
  result.target = "P80 <= 3k";
  result.measure = "P80";
  result.measure_words = "the P80";
  result.measure_unit = "USD";
  result.limit = 3000;
  result.today = {0, 3700, {3690, 3710}, false};
  result.today_p10 = 220;
  result.today_p90 = 380;
  result.from = 200;
  result.to = 400;
  for (const double x : {200.0, 250.0, 300.0, 350.0, 400.0})
    result.scan.push_back({x, 100 + 10 * x, {90 + 10 * x, 110 + 10 * x}, x < 290});
  result.crossings = {{290, 1e-5, {289, 291}, 3000, {2990, 3010}, true, 0.45, std::nullopt}};
  result.holds = {{200, 290, true, false}};
  result.answer = 0;
  result.share_that_holds = 0.45;
  return result;
}

TEST(SolveText, SaysTheValueItsErrorAndTheChanceToday) {
  const std::string text = render_solve(small_result(), {100, false, false});
  EXPECT_THAT(text, HasSubstr("Which hours meets P80 <= 3k\n  hours must be at or under 290 hour.\n"));
  EXPECT_THAT(text, HasSubstr("At 290 hour the P80 is 3,000 USD."));
  EXPECT_THAT(text, HasSubstr("With its sampling error the limit lies at 289 to 291 hour (95%\n  interval)."));
  EXPECT_THAT(text, HasSubstr("the P80 is 3,700 USD: the target is not met."));
  EXPECT_THAT(text, HasSubstr("45% of its draws"));
  EXPECT_THAT(text, HasSubstr("with 100,000 draws a value, and near the limit with all 1,000,000;"));
}

TEST(SolveText, LinesFitTheWidthAndAreAsciiUnlessTold) {
  for (const int width : {60, 80, 100}) {
    std::istringstream lines(render_solve(small_result(), {width, true, false}));
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(text::text_width(line), static_cast<std::size_t>(width)) << line;
  }
  SolveResult hostile = small_result();
  hostile.label = "h\x1b[31m";
  const std::string ascii = render_solve(hostile, {});
  for (const char c : ascii) EXPECT_TRUE(c == '\n' || (c >= ' ' && c <= '~'));
}

TEST(SolveText, WithoutACrossingTheEndsAndTheNearestAreShown) {
  SolveResult none = small_result();
  none.crossings.clear();
  none.holds.clear();
  none.answer.reset();
  none.limit = 1000;
  for (SolvePoint& point : none.scan) point.holds = false;
  EXPECT_THAT(
      render_solve(none, {100, false, false}),
      HasSubstr("No value of hours from 200 to 400 hour meets the target: even at 200 hour the P80 is 2,100 USD,\n"
                "  which is 1,100 USD too much."));
  SolveResult all = none;
  all.limit = 9000;
  for (SolvePoint& point : all.scan) point.holds = true;
  EXPECT_THAT(render_solve(all, {}), HasSubstr("The target is met at every value of hours from 200 to 400 hour"));
  SolveResult flat = none;
  flat.flat = true;
  EXPECT_THAT(render_solve(flat, {}), HasSubstr("The P80 does not depend on hours"));
  EXPECT_THAT(render_solve(flat, {}), Not(HasSubstr("How the P80 moves")));
}

TEST(SolveText, SeveralStretchesAreListed) {
  SolveResult two = small_result();
  two.crossings.push_back(two.crossings[0]);
  two.crossings[1].value = 350;
  two.crossings[1].holds_below = false;
  two.holds.push_back({350, 400, false, true});
  const std::string text = render_solve(two, {});
  EXPECT_THAT(text, HasSubstr("The target is met where hours is\n    at or under 290 hour\n    at or over 350 hour\n"));
}

TEST(SolveText, AWholeNumberIsNamed) {
  SolveResult counts = small_result();
  counts.crossings[0].whole = 290;
  EXPECT_THAT(render_solve(counts, {100, false, false}), HasSubstr("In whole numbers: at most 290 hour."));
}

TEST(SolveJson, HoldsTheAnswerAndOpenEndsAreNull) {
  const auto json = nlohmann::json::parse(to_json(small_result()));
  EXPECT_EQ(json["format"], 1);
  EXPECT_EQ(json["command"], "solve");
  EXPECT_EQ(json["run"]["draws"], 1'000'000);
  EXPECT_EQ(json["value"], 290);
  EXPECT_EQ(json["interval"], nlohmann::json({289, 291}));
  EXPECT_EQ(json["confidence_of_input"], 0.45);
  EXPECT_EQ(json["measure_at_value"], 3000);
  EXPECT_TRUE(json["holds"][0]["low"].is_null());
  EXPECT_EQ(json["holds"][0]["high"], 290);
  EXPECT_EQ(json["scan"].size(), 5u);
  SolveResult none = small_result();
  none.answer.reset();
  EXPECT_TRUE(nlohmann::json::parse(to_json(none))["value"].is_null());
}

}  // namespace
}  // namespace tcosim
