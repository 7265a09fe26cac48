// Charts of a run as pictures: SVG, PNG and PDF, whatever a scenario's names are.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "charted_result.hpp"
#include "plots/charts/charts.hpp"
#include "plots/charts/parts.hpp"
#include "plots/images/image_file.hpp"
#include "plots/images/script_engine.hpp"

namespace tcosim {
namespace {

using testing::charted_result;

/// librsvg reads it, which takes well-formed XML alone.
bool is_xml(const std::string& svg) {
  return image(svg, ImageFormat::png, 0.25).has_value();
}

std::vector<std::string> drawn(const Result& result, const ImageView& view = {}) {
  const std::vector<Chart> charts = all_charts(run_charts(), result);
  auto documents = svgs(charts, view);
  EXPECT_TRUE(documents.has_value()) << (documents ? "" : documents.error());
  return documents ? *documents : std::vector<std::string>{};
}

/// Four bytes of a PNG from the left, the most significant first.
std::uint32_t png_number(const std::string& png, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(png[at + i]);
  return number;
}

TEST(RunChartImages, AreSvgWithTitleAndMethodAtEveryWidthAndTheme) {
  const std::vector<Chart> charts = all_charts(run_charts(), charted_result());
  for (const int width : {360, 960}) {
    for (const char* theme : {"light", "dark"}) {
      const std::vector<std::string> documents = drawn(charted_result(), {width, theme, true});
      ASSERT_EQ(documents.size(), charts.size());
      for (std::size_t i = 0; i < documents.size(); ++i) {
        EXPECT_TRUE(is_xml(documents[i])) << charts[i].name;
        const std::string word = charts[i].method.substr(0, charts[i].method.find_first_of(" '"));
        EXPECT_NE(documents[i].find(word), std::string::npos) << charts[i].name << " lacks " << word;
        EXPECT_EQ(documents[i].find("NaN"), std::string::npos) << charts[i].name;
      }
    }
  }
}

TEST(RunChartImages, CarryTheNamesAndFiguresOfTheResult) {
  std::string all;
  for (const std::string& document : drawn(charted_result())) all += document;
  for (const char* text : {"Working time", "team.lead", "P80 14,000", "+15% buys 43%", "+2,500", "-0.44", "mean 12,000",
                           "cost_per_request, USD/request", "2026-02"})
    EXPECT_NE(all.find(text), std::string::npos) << text;
}

TEST(RunChartImages, NamesWithMarkupStayText) {
  std::string name = "</script><img src=x onerror=\"alert('1')\">&amp; {b} \xF0\x9F\x92\xA9";
  for (char c = 1; c < 32; ++c) name += c;
  name += "\x7f\xff\xfe";
  Result result = charted_result();
  testing::rename_all(result, name);
  for (const std::string& document : drawn(result)) {
    EXPECT_TRUE(is_xml(document));
    EXPECT_EQ(document.find("<img"), std::string::npos);
    EXPECT_EQ(document.find("<script"), std::string::npos);
  }
  for (const Chart& chart : all_charts(run_charts(), result)) {
    EXPECT_EQ(to_json(chart).find("</"), std::string::npos) << chart.name;
    EXPECT_EQ(chart.name.find_first_of("/<> "), std::string::npos) << chart.name;
  }
}

TEST(RunChartImages, SurviveAwkwardResults) {
  Result plain = charted_result();
  plain.currency.clear();
  plain.run.draws = 1;
  for (CurvePoint& at : plain.curve) at = {at.confidence, 12000, {}, 2000, {}};
  plain.base.value = 12000;
  plain.total.histogram = {11900, 12100, {1}, 0, 0};
  Result negative = charted_result();
  negative.base.value = -1e9;
  negative.total.mean = -5;
  for (CurvePoint& at : negative.curve) at.budget = -at.budget;
  for (const Result& result : {plain, negative})
    for (const std::string& document : drawn(result)) EXPECT_TRUE(is_xml(document));
}

std::string svg_of(const Chart& chart) {
  const auto svg = ScriptEngine{}.svg(chart, {});
  return svg ? *svg : "";
}

/// A histogram of amounts from 0.01 to 0.02 with a mark.
std::string drawn_with_mark(double at) {
  chart::Json option{{"grid", chart::grid(30)},
                     {"xAxis", {{"type", "value"}, {"min", 0.01}, {"max", 0.02}}},
                     {"yAxis", chart::percent_axis("Share")},
                     {"series",
                      {{{"type", "line"},
                        {"data", {{0.01, 0}, {0.02, 1}}},
                        {"markLine", chart::mark_lines({{"P50", at, "@p50", false}}, 0.01, 0.02)}}}}};
  return svg_of({"marked", "Marked", "By hand.", "", 300, chart::dump(option)});
}

TEST(RunChartImages, MarksOfSmallAmountsStandWhereTheyBelong) {
  const std::string first = drawn_with_mark(0.0124), other = drawn_with_mark(0.0136);
  EXPECT_NE(first, "");
  EXPECT_NE(first, other) << "ECharts alone puts both at 0.01";
}

TEST(RunChartImages, ScattersShowTheirDraws) {
  const std::vector<Chart> charts = chart::scatter(charted_result());
  ASSERT_EQ(charts.size(), 1U);
  const std::string svg = svg_of(charts[0]);
  // Six paths as thick as a point; ECharts leaves out lines without length
  std::ptrdiff_t points = 0;
  for (std::size_t at = svg.find("<path"); at != std::string::npos; at = svg.find("<path", at + 1)) {
    const std::string path = svg.substr(at, svg.find('>', at) - at);
    if (path.find("stroke-width=\"4\"") != std::string::npos) points += std::ranges::count(path, 'L');
  }
  EXPECT_EQ(points, 50);
}

TEST(RunChartImages, FilesAreSvgPngAndPdfOfEachChart) {
  const std::vector<Chart> charts = all_charts(run_charts(), charted_result());
  const auto files = image_files(std::span(charts).first(2));
  ASSERT_TRUE(files.has_value());
  ASSERT_EQ(files->size(), 6U);
  EXPECT_EQ((*files)[0].name, "histogram.svg");
  EXPECT_TRUE((*files)[0].bytes.starts_with("<svg"));
  const std::string& png = (*files)[1].bytes;
  EXPECT_EQ((*files)[1].name, "histogram.png");
  ASSERT_TRUE(png.starts_with("\x89PNG\r\n\x1a\n"));
  EXPECT_EQ(png_number(png, 16), 1920U) << "two points for each of 960 pixels";
  EXPECT_GT(png_number(png, 20), 800U);
  EXPECT_EQ((*files)[5].name, "s-curve.pdf");
  EXPECT_TRUE((*files)[5].bytes.starts_with("%PDF-"));
  EXPECT_GT((*files)[5].bytes.size(), 2000U);
}

TEST(RunChartImages, AreTheSameBytesEachTime) {
  const std::vector<Chart> charts = all_charts(run_charts(), charted_result());
  const auto first = image_files(std::span(charts).first(3)), second = image_files(std::span(charts).first(3));
  ASSERT_TRUE(first && second);
  for (std::size_t i = 0; i < first->size(); ++i) EXPECT_EQ((*first)[i].bytes, (*second)[i].bytes) << (*first)[i].name;
}

}  // namespace
}  // namespace tcosim
