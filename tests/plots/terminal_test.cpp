#include "plots/terminal.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "plots/numbers.hpp"
#include "small_result.hpp"

namespace tcosim {
namespace {

using testing::small_result;

constexpr TerminalStyle kAscii60{60, false, false};
constexpr TerminalStyle kUnicode100{100, true, false};

std::size_t widest_line(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, text::text_width(line));
  return widest;
}

TEST(TitleText, NamesTheLeversThatArePulled) {
  Result result = small_result();
  EXPECT_EQ(text::render_title(result, kAscii60).find("with"), std::string::npos);
  result.with = {"lora", "active_learning"};
  const std::string title = text::render_title(result, kAscii60);
  EXPECT_NE(title.find(" | with lora, active_learning | "), std::string::npos) << title;
}

TEST(BudgetText, At60Columns) {
  EXPECT_EQ(text::render_budgets(small_result(), kAscii60),
            R"(To be 80% sure, budget 14,000 USD: the base estimate of
10,000 and a contingency of 4,000 (40.0%).

Budget, USD
  Base estimate  10,000.00  enough in 20% of the draws
  Mean           12,000.00  standard deviation 2,500

    Target  Budget  Contingency  % of base    95% interval
    P50     11,800        1,800      18.0%  1,790 to 1,810
  > P80     14,000        4,000      40.0%  3,985 to 4,015
    P90     15,500        5,500      55.0%     up to 5,530
  The interval is the sampling error of the contingency; so
  few draws leave an end of it open.
  In the worst tenth of the draws the total is 17,000 USD on
  average.
)");
}

TEST(VerdictText, SaysWhatAFlatRuleBuys) {
  EXPECT_EQ(text::render_verdicts(small_result(), kAscii60),
            R"(Chance that a sum is enough, USD
  Base estimate  10,000.00  20%  ####
  Flat 15%       11,500.00  43%  #########
  Budget         12,500.00  60%  ############
  A flat 15% buffer (11,500.00 USD) is enough in 43% of the
  draws; P80 needs 40.0%.
)");
}

TEST(VerdictText, LeavesOutFlatRulesOnABaseThatIsNotPositive) {
  Result result = small_result();
  result.base.value = 0;
  EXPECT_EQ(text::render_verdicts(result, kAscii60).find("Flat"), std::string::npos);
  result.budgets.clear();
  EXPECT_EQ(text::render_verdicts(result, kAscii60), "");
}

TEST(VerdictText, SaysThatNoBufferIsNeeded) {
  Result result = small_result();
  result.contingency[1].percent = -5;
  EXPECT_NE(text::render_verdicts(result, kUnicode100).find("P80 needs none."), std::string::npos);
}

TEST(BreakdownText, SaysOfEveryLineHowItIsSpent) {
  Result result = small_result();
  for (BreakdownRow& row : result.lines) row.spend = row.kind == "risk" ? "happens with 5%" : "";
  result.lines[1].spend = "recurs: 1,500 USD/month x 6 months";
  const std::string text = text::render_breakdown(result, kAscii60);
  EXPECT_NE(text.find("(1,500 USD/month x 6 months)."), std::string::npos) << text;
  EXPECT_NE(text.find("(happens with 5%)."), std::string::npos) << text;
}

TEST(BreakdownText, MarksRisksAndIndentsItems) {
  EXPECT_EQ(text::render_breakdown(small_result(), kUnicode100),
            R"(Where the money goes, USD
                   Mean  Share     P80  Contingency  Mean
  labor           9,000    75%  11,250        2,500  ████████████████
    team          9,000    75%  11,250        2,500  ████████████████
      lead        9,000    75%  11,250        2,500  ████████████████
  risk            3,000    25%   3,750        1,500  █████▍
    ! Data leak   3,000    25%   3,750        1,500  █████▍
  Total          12,000   100%  14,000        4,000
  ! marks a risk: it may happen or not. Percentiles do not add: the P80 of the total is not the sum
  of the lines' P80. The contingency column does add up: it shares out the P80 contingency of the
  total by covariance.
)");
}

TEST(HistogramText, MarksBaseAndBudgetsAboveTheColumns) {
  EXPECT_EQ(text::render_histogram(small_result(), kAscii60),
            R"(Distribution of the total, USD
                  | base 10,000.00
                  |      | P50 11,800
                  |      |########| P80 14,000
                  |      |########|     | P90 15,500
                  ########################
                  ########################
                  ########################
          ########################################
          ########################################
  ########################################################
  ----------------+-------------------+------------------+
               10,000              15,000           20,000
  From 6,000 to 20,000; 0.2% of the draws lie below, 0.2%
  above.
)");
}

TEST(HistogramText, NeverLetsALeaderCrossALabel) {
  Result result = small_result();
  for (double p90 = 14100; p90 < 20000; p90 += 100) {
    result.contingency[2].budget = p90;
    const std::string text = text::render_histogram(result, kAscii60);
    const std::string label = "P90 " + text::grouped(p90, 0);
    for (const char* each : {"base 10,000.00", "P50 11,800", "P80 14,000", label.c_str()})
      EXPECT_NE(text.find(each), std::string::npos) << text;
  }
}

TEST(HistogramText, OfASpikeShowsASpike) {
  Result result = small_result();
  result.total.histogram = {10000, 500000, std::vector<std::uint64_t>(100, 1), 0, 10};
  result.total.histogram.counts[0] = 100000;
  result.base.value = 12000;
  for (ContingencyRow& row : result.contingency) row.budget = 12000;
  const std::string text = text::render_histogram(result, kAscii60);
  EXPECT_NE(text.find("\n  ########"), std::string::npos) << text;
  EXPECT_EQ(text.find("\n  " + std::string(20, '#')), std::string::npos) << text;
}

TEST(TornadoText, CutsLongNamesInTheMiddle) {
  Result result = small_result();
  result.sensitivity[0].name = "input_with_a_rather_long_name_1";
  result.sensitivity[1].name = "input_with_a_rather_long_name_2";
  const std::string text = text::render_tornado(result, kAscii60);
  EXPECT_NE(text.find("name_1  "), std::string::npos) << text;
  EXPECT_NE(text.find("name_2  "), std::string::npos) << text;
}

TEST(TornadoText, NeedsTwoDrawsASlice) {
  Result result = small_result();
  result.run.sensitivity_draws = 19;
  EXPECT_NE(text::render_tornado(result, kAscii60).find("Too few draws to tell: at least 20 are needed."),
            std::string::npos);
}

TEST(TornadoText, MutesBarsUnderTheNoise) {
  EXPECT_EQ(text::render_tornado(small_result(), kUnicode100),
            R"(What drives the total: swing of its mean, USD
                                                                                        rank   share
  time   9,000 ███████████████████████████┃███████████████████████████████████ 16,000  +0.80     90%
  leak  11,500                       █████┃█████████████████                   14,000  +0.25     10%
  rate  11,990                           ░┃                                    12,010  +0.00  <0.01%
  A bar runs from the least to the greatest mean of the total over ten equal slices of the input.
  Rank is Spearman's correlation with the total, share its square over the sum of all. An input
  without influence would show a swing of about 77 at 100,000 draws; bars under 112 are muted.
)");
}

TEST(OutputText, ShowsPercentilesInTheOutputsUnit) {
  EXPECT_EQ(text::render_outputs(small_result(), kUnicode100),
            R"(Other quantities
                       Mean     P10     P50     P80     P90
  cost_per_request  0.01881  0.0121  0.0181  0.0251  0.0288  USD/request
)");
}

TEST(Report, FitsEveryWidthFrom60Columns) {
  for (int width = 60; width <= 140; ++width) {
    EXPECT_LE(widest_line(render_result(small_result(), {width, false, false})), static_cast<std::size_t>(width));
    EXPECT_LE(widest_line(render_result(small_result(), {width, true, false})), static_cast<std::size_t>(width));
  }
}

TEST(Report, FitsWithLongNamesAndGreatSums) {
  Result result = small_result();
  result.title = std::string(300, 'x');
  for (BreakdownRow& row : result.lines) row.label = std::string(200, 'y');
  for (SensitivityRow& row : result.sensitivity) {
    row.label = std::string(200, 'z');
    row.swing_low *= 1e6;
    row.swing_high *= 1e6;
  }
  result.total.mean *= 1e6;
  for (ContingencyRow& row : result.contingency) {
    row.budget *= 1e6;
    row.contingency *= 1e6;
  }
  EXPECT_LE(widest_line(render_result(result, kAscii60)), 60U);
}

TEST(Report, IsPlainAsciiWithoutUnicodeAndColour) {
  for (const char c : render_result(small_result(), kAscii60)) {
    EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << static_cast<int>(c);
  }
}

TEST(Report, LeavesNoTrailingBlanks) {
  std::istringstream lines(render_result(small_result(), kUnicode100));
  for (std::string line; std::getline(lines, line);) EXPECT_FALSE(line.ends_with(' ')) << line;
}

TEST(Report, CannotBeDrivenByNames) {
  Result result = small_result();
  result.title = "\x1b]0;owned\x07";
  result.lines[0].label = "a\nb";
  const std::string text = render_result(result, kUnicode100);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("a\\x0ab"), std::string::npos);
}

TEST(Report, OfACertainTotalSaysSo) {
  Result result = small_result();
  result.total.histogram = {12000, 12000, {100}, 0, 0};
  result.sensitivity.clear();
  EXPECT_NE(render_result(result, kAscii60).find("The total is 12,000.00 in every draw."), std::string::npos);
}

TEST(Report, WithoutCurrencyShowsNoUnit) {
  Result result = small_result();
  result.currency = "";
  EXPECT_NE(render_result(result, kAscii60).find("budget 14,000: the base"), std::string::npos);
  EXPECT_EQ(render_result(result, kAscii60).find(", USD"), std::string::npos);
}

TEST(BudgetText, OfAContingencyUnderZeroSaysHowMuchLessIsEnough) {
  Result result = small_result();
  result.contingency[1] = {"P80", 9500, -500, -5.0, {-510, -490}};
  EXPECT_NE(text::render_budgets(result, kUnicode100).find("budget 9,500 USD: 500 less than the base estimate"),
            std::string::npos);
}

TEST(BudgetText, WithoutAPercentShowsADash) {
  Result result = small_result();
  for (ContingencyRow& row : result.contingency) row.percent.reset();
  EXPECT_EQ(text::render_budgets(result, kUnicode100).find("40.0%"), std::string::npos);
  EXPECT_NE(text::render_budgets(result, kUnicode100).find("a contingency of 4,000."), std::string::npos);
}

TEST(HistogramText, LeavesOutTheThinEndsThatARareRiskStretches) {
  Result result = small_result();
  result.total.histogram = {0, 100000, std::vector<std::uint64_t>(100, 1), 0, 3};
  for (const std::size_t bin : {9U, 10U, 11U, 12U, 13U, 14U, 15U}) result.total.histogram.counts[bin] = 300;
  const std::string text = text::render_histogram(result, kUnicode100);
  EXPECT_NE(text.find("From 9,000 to 16,000; 0.4% of the draws lie below, 4% above."), std::string::npos) << text;
}

TEST(HistogramText, HangsALabelAtTheRightEdgeToTheLeft) {
  Result result = small_result();
  result.contingency = {{"P99", 19990, 9990, 99.9, {}}};
  EXPECT_NE(text::render_histogram(result, kAscii60).find("P99 19,990 |\n"), std::string::npos);
}

}  // namespace
}  // namespace tcosim
