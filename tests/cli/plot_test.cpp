// tcosim plot and --charts as users run them: pictures, their files, and what is refused in which words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "program.hpp"

namespace tcosim {
namespace {

using testing::Folder;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Outcome;
using testing::read_file;
using testing::run_program;

const char* const kPlotPlan = R"yaml(
tcosim: 1
title: Training and labels
currency: USD
horizon: 6 months
inputs:
  hours: 100 to 300 gpu_hour
  price: 2 to 4 USD/gpu_hour
  labels: 200 to 500 USD
costs:
  compute: {category: training, formula: hours * price}
  labeling: {category: data, formula: labels}
levers:
  lora:
    scale: {hours: 0.5}
    cost: 50 USD
  spot:
    scale: {price: 0.5}
    cost: 90 USD
)yaml";

/// plan.yaml with two levers, plain.yaml without any, cheap.yaml with cheaper labels.
struct Plans : Folder {
  Plans() {
    const std::string plan = kPlotPlan;
    write("plan.yaml", plan);
    write("plain.yaml", plan.substr(0, plan.find("levers:")));
    std::string cheap = plan;
    write("cheap.yaml", cheap.replace(cheap.find("200 to 500"), 10, "100 to 250"));
  }
  void write(const char* name, const std::string& text) const { std::ofstream(path / name) << text; }
  [[nodiscard]] std::string read(const char* name) const { return read_file(path / name); }
  [[nodiscard]] bool has(const char* name) const { return std::filesystem::exists(path / name); }
};

Outcome plot(const Plans& plans, const std::string& arguments) {
  return run_program("plot " + arguments + " --draws 1000", plans);
}

/// Names of the files that --charts left, without endings; each has to be there in three formats.
std::set<std::string> charts_in(const std::filesystem::path& folder) {
  std::set<std::string> charts;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) charts.insert(entry.path().stem().string());
  for (const std::string& chart : charts)
    for (const char* ending : {".svg", ".png", ".pdf"})
      EXPECT_TRUE(std::filesystem::exists(folder / (chart + ending))) << chart << ending;
  return charts;
}

TEST(PlotCommand, DrawsChartsOfARunOfLeversAndOfSeveralScenariosInThreeFormats) {
  const Plans plans;
  for (const char* what : {"plan.yaml --chart tornado", "plan.yaml --chart lever-savings",
                           "plain.yaml cheap.yaml --chart paired-difference", "plan.yaml --chart scatter-price"}) {
    for (const char* ending : {"svg", "png", "pdf"}) {
      const Outcome run = plot(plans, what + std::string(" -o a.") + ending);
      EXPECT_EQ(run.status, 0) << what << ": " << run.err;
      EXPECT_EQ(run.out, "") << "nothing but the picture";
    }
    EXPECT_TRUE(plans.read("a.svg").starts_with("<svg")) << what;
    EXPECT_TRUE(plans.read("a.png").starts_with("\x89PNG\r\n")) << what;
    EXPECT_TRUE(plans.read("a.pdf").starts_with("%PDF-")) << what;
    for (const char* name : {"a.svg", "a.png", "a.pdf"}) std::filesystem::remove(plans.path / name);
  }
}

TEST(PlotCommand, ChoosesAmongTheChartsOfInputsByName) {
  const Plans plans;
  ASSERT_EQ(plot(plans, "plan.yaml --chart scatter-labels -o a.svg").status, 0);
  EXPECT_THAT(plans.read("a.svg"), HasSubstr("labels against the total"));
  EXPECT_THAT(plot(plans, "plan.yaml --chart scatter-label -o b.svg").err, HasSubstr("did you mean 'scatter-labels'?"));
  EXPECT_FALSE(plans.has("b.svg"));
}

TEST(PlotCommand, TakesThemeAndWidth) {
  const Plans plans;
  ASSERT_EQ(plot(plans, "plan.yaml --chart histogram -o light.svg").status, 0);
  ASSERT_EQ(plot(plans, "plan.yaml --chart histogram --theme dark --width 1280 -o dark.svg").status, 0);
  EXPECT_THAT(plans.read("light.svg"), HasSubstr("width=\"960\""));
  EXPECT_THAT(plans.read("light.svg"), HasSubstr("#ffffff"));
  EXPECT_THAT(plans.read("dark.svg"), HasSubstr("width=\"1280\""));
  EXPECT_THAT(plans.read("dark.svg"), HasSubstr("#14191f"));
}

TEST(PlotCommand, WritesTheSameBytesTwiceForAnyThreads) {
  const Plans plans;
  for (const char* ending : {"svg", "png", "pdf"}) {
    const std::string name = std::string("a.") + ending, other = std::string("b.") + ending;
    ASSERT_EQ(plot(plans, "plan.yaml --chart scatter --threads 1 -o " + name).status, 0);
    ASSERT_EQ(plot(plans, "plan.yaml --chart scatter --threads 3 -o " + other).status, 0);
    EXPECT_EQ(plans.read(name.c_str()), plans.read(other.c_str())) << ending;
  }
}

TEST(PlotCommand, ListsAllChartsWithoutAFile) {
  const Plans plans;
  for (const char* arguments : {"plot --list", "plot --chart list"}) {
    const Outcome run = run_program(arguments, plans);
    EXPECT_EQ(run.status, 0) << run.err;
    for (const char* name :
         {"histogram", "s-curve", "contingency", "tornado", "breakdown", "waterfall", "spider", "rank-correlations",
          "scatter", "spend", "output", "convergence", "compare-s-curve", "paired-difference", "line-differences",
          "lever-waterfall", "lever-savings", "lever-frontier"})
      EXPECT_THAT(run.out, HasSubstr(std::string("  ") + name + " ")) << arguments;
  }
}

TEST(PlotCommand, DrawsThePointsOfAScatter) {
  const Plans plans;
  ASSERT_EQ(plot(plans, "plan.yaml --chart scatter-price -o a.svg").status, 0);
  EXPECT_THAT(plans.read("a.svg"), HasSubstr("stroke-linecap=\"round\"")) << "the points are one path and are drawn";
}

TEST(PlotCommand, RefusesWhatItCannotDraw) {
  struct Refused {
    const char *arguments, *says;
  };
  const Plans plans;
  for (const Refused& refused : std::vector<Refused>{
           {"plan.yaml --chart tornadoo -o a.png", "there is no chart 'tornadoo'; did you mean 'tornado'?"},
           {"plan.yaml --chart pie -o a.png", "there is no chart 'pie'; tcosim plot --list shows them all"},
           {"plan.yaml --chart fit -o a.png",
            "'fit' is a chart of data: tcosim fit DATA.csv --column NAME --charts DIR"},
           {"plan.yaml --chart '' -o a.png", "there is no chart ''"},
           {"plan.yaml -o a.png", "--chart is needed"},
           {"plan.yaml --chart tornado", "-o is needed: the picture's file, such as -o tornado.png"},
           {"plan.yaml --chart tornado -o a.gif", "-o 'a.gif': let the name end in .svg, .png or .pdf"},
           {"plan.yaml --chart tornado -o ''", "-o '': let the name end in"},
           {"plan.yaml --chart tornado -o a.png --theme blue", "--theme: light or dark is expected, not 'blue'"},
           {"plan.yaml --chart tornado -o a.png --width 5", "from 320 to 4000 is expected, not '5'"},
           {"plan.yaml --chart tornado -o a.png --width 9e2", "from 320 to 4000 is expected, not '9e2'"},
           {"plan.yaml --chart output -o a.png", "--chart output: there is nothing to show"},
           {"plan.yaml plain.yaml --chart tornado -o a.png", "'plain.yaml': this chart shows one scenario"},
           {"plan.yaml --chart paired-difference -o a.png", "'plan.yaml' alone cannot be compared"},
           {"plain.yaml --chart lever-savings -o a.png", "'plain.yaml' declares no levers"},
           {"plan.yaml --chart tornado -o a.png --objective mean", "--objective is for charts of levers only"},
           {"missing.yaml --chart tornado -o a.png", "missing.yaml: error: there is no such file"},
           {"--chart tornado -o a.png", "no scenario file"}}) {
    const Outcome run = plot(plans, refused.arguments);
    EXPECT_EQ(run.status, 2) << refused.arguments;
    EXPECT_THAT(run.err, HasSubstr(refused.says)) << refused.arguments;
    EXPECT_FALSE(plans.has("a.png")) << refused.arguments;
  }
}

TEST(PlotCommand, FailsBeforeItDrawsWhereThePlaceCannotBeWritten) {
  const Plans plans;
  const Outcome run = plot(plans, "plan.yaml --chart tornado -o nowhere/a.png");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("cannot write 'nowhere/a.png': there is no folder 'nowhere'"));
}

TEST(ChartsOption, OfRunWritesEveryChartThatTheScenarioHas) {
  const Plans plans;
  const Outcome run = run_program("run plan.yaml --draws 5000 --quiet --charts out", plans);
  ASSERT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(charts_in(plans.path / "out"),
            (std::set<std::string>{"breakdown", "contingency", "convergence", "histogram", "rank-correlations",
                                   "s-curve", "scatter-hours", "scatter-labels", "scatter-price", "spend", "spider",
                                   "tornado", "waterfall"}));
}

TEST(ChartsOption, OfCompareLeversAndFitWritesTheirs) {
  const Plans plans;
  std::string data = "price\n";
  for (int i = 1; i <= 40; ++i) data += std::to_string(i * i) + "\n";
  plans.write("data.csv", data);
  ASSERT_EQ(run_program("compare plain.yaml cheap.yaml --draws 1000 --charts compared", plans).status, 0);
  ASSERT_EQ(run_program("levers plan.yaml --draws 1000 --charts levers", plans).status, 0);
  ASSERT_EQ(run_program("fit data.csv --column price --bootstrap 0 --charts fitted", plans).status, 0);
  EXPECT_EQ(charts_in(plans.path / "compared"),
            (std::set<std::string>{"compare-s-curve", "line-differences", "paired-difference"}));
  EXPECT_EQ(charts_in(plans.path / "levers"),
            (std::set<std::string>{"lever-frontier", "lever-savings", "lever-waterfall"}));
  EXPECT_EQ(charts_in(plans.path / "fitted"), (std::set<std::string>{"fit", "fit-qq"}));
}

TEST(ChartsOption, IsRefusedByCommandsThatMakeNoPictures) {
  const Plans plans;
  for (const char* command : {"check plan.yaml", "sensitivity plan.yaml"}) {
    const Outcome run = run_program(std::string(command) + " --charts out", plans);
    EXPECT_EQ(run.status, 2) << command;
    EXPECT_THAT(run.err, HasSubstr("makes no pictures; run, compare and levers do")) << command;
  }
  EXPECT_FALSE(plans.has("out"));
}

TEST(ChartsOption, FailsWhereTheFolderCannotBe) {
  const Plans plans;
  plans.write("file", "");
  const Outcome run = run_program("run plan.yaml --draws 1000 --charts file", plans);
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("'file'"));
  EXPECT_EQ(run.out, "") << "nothing is computed";
}

}  // namespace
}  // namespace tcosim
