#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "plots/picture.hpp"
#include "plots/terminal.hpp"
#include "small_result.hpp"

namespace tcosim {
namespace {

using testing::small_result;

constexpr TerminalStyle kPlain60{60, false, false};
constexpr TerminalStyle kPlain80{80, false, false};

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string row_of(const std::string& picture, const std::string& share) {
  for (const std::string& line : lines_of(picture))
    if (line.find(share + " |") != std::string::npos) return line;
  return "";
}

// A total with all its percentiles, as a run gives them.
Result normal_result(double half_width) {
  Result result = small_result();
  const double z[] = {-2.326, -1.282, -0.842, -0.524, -0.253, 0, 0.253, 0.524, 0.842, 1.282, 2.326};
  const int p[] = {1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99};
  result.total.percentiles.clear();
  for (int i = 0; i < 11; ++i) {
    const double value = 13000 + 2500 * z[i];
    result.total.percentiles.push_back(
        {"P" + std::to_string(p[i]), p[i] / 100.0, value, {value - half_width, value + half_width}});
  }
  result.total.histogram = {6000, 20000, {}, 0, 0};
  for (int bin = 0; bin < 28; ++bin) {
    const auto share = [](double x) { return 0.5 * std::erfc(-(x - 13000) / 2500 / std::sqrt(2.0)); };
    const double from = 6000 + 500 * bin;
    result.total.histogram.counts.push_back(static_cast<std::uint64_t>(1e6 * (share(from + 500) - share(from))));
  }
  result.total.histogram.below = result.total.histogram.above = 2555;
  result.base = {10500, 0.1587, "declared"};
  result.contingency = {{"P50", 13000, 2500, 23.8, {}}, {"P80", 15105, 4605, 43.9, {}}, {"P90", 16205, 5705, 54.3, {}}};
  return result;
}

TEST(SCurveText, MarksBudgetsInTheRowOfTheirChance) {
  const std::string picture = text::render_s_curve(normal_result(10), kPlain80);
  EXPECT_NE(row_of(picture, " 80%").find("P80 15,105"), std::string::npos) << picture;
  EXPECT_NE(row_of(picture, " 90%").find("P90 16,205"), std::string::npos) << picture;
  EXPECT_NE(row_of(picture, " 50%").find("P50 13,000"), std::string::npos) << picture;
  EXPECT_NE(row_of(picture, " 20%").find("base 10,500.00"), std::string::npos) << picture;
}

TEST(SCurveText, RisesFromLeftToRight) {
  const std::string picture = text::render_s_curve(normal_result(10), kPlain80);
  std::size_t right = std::string::npos;
  for (const std::string& line : lines_of(picture)) {
    const std::size_t bar = line.find("% |");
    if (bar == std::string::npos) continue;
    const std::size_t curve = line.find_last_of("'.|");
    if (curve <= bar + 2) continue;
    EXPECT_LE(curve, right) << picture;
    right = curve;
  }
  EXPECT_LT(right, 40U);
}

TEST(SCurveText, MarksTestedSumsWhereTheyHaveRoom) {
  Result result = normal_result(10);
  result.budgets = {{12500, 0.42, {}}};
  EXPECT_NE(text::render_s_curve(result, kPlain80).find("budget 12,500.00"), std::string::npos);
  for (int i = 0; i < 50; ++i) result.budgets.push_back({12500 + i * 50.0, 0.42 + i * 0.008, {}});
  const std::string crowded = text::render_s_curve(result, kPlain60);
  for (const char* label : {"P50 13,000", "P80 15,105", "P90 16,205", "base 10,500.00"})
    EXPECT_NE(crowded.find(label), std::string::npos) << label << '\n' << crowded;
}

TEST(SCurveText, ShadesTheSamplingErrorOnlyWhereItIsWiderThanACharacter) {
  EXPECT_EQ(text::render_s_curve(normal_result(10), kPlain80).find("Shaded"), std::string::npos);
  const std::string wide = text::render_s_curve(normal_result(900), kPlain80);
  EXPECT_NE(wide.find("Shaded: the 95% interval of the sampling error"), std::string::npos) << wide;
  EXPECT_NE(row_of(wide, " 70%").find("::"), std::string::npos) << wide;
}

TEST(SCurveText, SaysWhichBudgetsLieOutside) {
  Result result = normal_result(10);
  result.contingency.push_back({"P99", 250000, 239500, 2281.0, {}});
  result.base.value = 2;
  const std::string picture = text::render_s_curve(result, kPlain80);
  EXPECT_NE(picture.find("Base 2.00 lies left of the picture."), std::string::npos) << picture;
  EXPECT_NE(picture.find("P99 250,000 lies right"), std::string::npos) << picture;
}

TEST(SCurveText, IsDrawnWithBrailleDotsInUnicode) {
  const std::string picture = text::render_s_curve(normal_result(10), {80, true, false});
  EXPECT_NE(picture.find("●"), std::string::npos);
  EXPECT_NE(picture.find("\xe2\xa0"), std::string::npos);  // U+2800 to U+283F
}

TEST(SCurveText, OfACertainTotalSaysSo) {
  Result result = small_result();
  result.total.histogram = {12000, 12000, {100}, 0, 0};
  EXPECT_NE(text::render_s_curve(result, kPlain60).find("The total is 12,000.00 in every draw."), std::string::npos);
}

TEST(SCurveText, FitsEveryWidthInBothCharacterSets) {
  for (int width = 60; width <= 200; ++width) {
    for (const bool unicode : {false, true}) {
      for (const std::string& line : lines_of(text::render_s_curve(normal_result(400), {width, unicode, false})))
        EXPECT_LE(text::text_width(line), static_cast<std::size_t>(width)) << line;
    }
  }
}

TEST(Pictures, StandSideBySideOnWideTerminals) {
  const std::string wide = render_result(normal_result(10), {100, true, true, 150});
  const auto lines = lines_of(wide);
  const auto both = std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
    return line.find("Distribution of the total") != std::string::npos && line.find("How sure") != std::string::npos;
  });
  EXPECT_NE(both, lines.end()) << wide;
  for (const std::string& line : lines) EXPECT_LE(text::painted_width(line), 150U) << line;
  EXPECT_EQ(render_result(normal_result(10), {100, true, true, 130}).find("How sure"), std::string::npos);
}

TEST(Pictures, AreThoseAskedFor) {
  const auto page = [](const char* list) {
    return render_result(normal_result(10), kPlain80, parse_page_pictures(list).value());
  };
  EXPECT_EQ(page("s-curve").find("Distribution"), std::string::npos);
  EXPECT_NE(page("histogram,s-curve").find("How sure"), std::string::npos);
  EXPECT_EQ(page("none").find("What drives"), std::string::npos);
  EXPECT_EQ(parse_page_pictures("histogram,pie").error(),
            "histogram, s-curve, tornado, all or none is expected, not 'pie'");
  EXPECT_FALSE(parse_page_pictures("").has_value());
}

}  // namespace
}  // namespace tcosim
