// --html of run, compare and levers: what is written, what is refused, and that the rest of the command stays as it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/cli/program.hpp"

namespace tcosim {
namespace {

using testing::Folder;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Outcome;
using testing::read_file;
using ::testing::StartsWith;

constexpr const char* kPlan = R"(tcosim: 1
title: Two people, one server
currency: USD
horizon: 6 months
inputs:
  time: pert(1, 1.5, 3) month
  rate: 8k to 10k USD/month
costs:
  people: {category: labor, formula: time * rate}
  server: {category: infrastructure, formula: 300 USD/month}
levers:
  cheaper:
    scale:
      rate: 0.8
)";

class PageOption : public ::testing::Test {
 protected:
  PageOption() {
    write("plan.yaml", kPlan);
    write("other.yaml", kPlan);
  }

  void write(const std::string& name, const std::string& text) const { std::ofstream(folder.path / name) << text; }
  [[nodiscard]] Outcome run(const std::string& arguments) const { return run_program(arguments, folder); }
  [[nodiscard]] std::string file(const std::string& name) const { return read_file(folder.path / name); }

  Folder folder;
};

TEST_F(PageOption, OfRunWritesThePageBesideWhatIsPrinted) {
  const Outcome plain = run("run plan.yaml --draws 1k"), outcome = run("run plan.yaml --draws 1k --html page.html");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  const std::string page = file("page.html");
  EXPECT_THAT(page, StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(page, HasSubstr("Two people, one server"));
  EXPECT_THAT(page, HasSubstr("tcosim run plan.yaml --draws 1000 --seed 1 --sampling mc"));
  const auto without_time = [](const std::string& text) { return text.substr(0, text.rfind("draws")); };
  EXPECT_EQ(without_time(outcome.out), without_time(plain.out));
}

TEST_F(PageOption, OfCompareAndLeversWritesTheirPages) {
  ASSERT_EQ(run("compare plan.yaml other.yaml --draws 1k --html compare.html").status, 0);
  EXPECT_THAT(file("compare.html"), HasSubstr("id=\"chart-compare-s-curve\""));
  ASSERT_EQ(run("levers plan.yaml --draws 1k --html levers.html").status, 0);
  EXPECT_THAT(file("levers.html"), HasSubstr("id=\"chart-lever-savings\""));
}

TEST_F(PageOption, GoesWithJsonOnStandardOutputAndWithQuiet) {
  const Outcome json = run("run plan.yaml --draws 1k --json - --html page.html");
  EXPECT_EQ(json.status, 0) << json.err;
  EXPECT_EQ(nlohmann::json::parse(json.out)["command"], "run");
  EXPECT_THAT(file("page.html"), StartsWith("<!DOCTYPE html>"));

  const Outcome quiet = run("run plan.yaml --draws 1k --quiet --html quiet.html");
  EXPECT_EQ(quiet.status, 0);
  EXPECT_EQ(quiet.out + quiet.err, "");
  EXPECT_THAT(file("quiet.html"), StartsWith("<!DOCTYPE html>"));
}

TEST_F(PageOption, IsWrittenEvenWhereAConditionHolds) {
  EXPECT_EQ(run("run plan.yaml --draws 1k --quiet --html page.html --fail-if \"P80 > 1\"").status, 3);
  EXPECT_THAT(file("page.html"), StartsWith("<!DOCTYPE html>"));
}

TEST_F(PageOption, IsNoStandardOutput) {
  for (const char* command : {"run plan.yaml", "compare plan.yaml other.yaml", "levers plan.yaml"}) {
    const Outcome outcome = run(std::string(command) + " --draws 1k --html -");
    EXPECT_EQ(outcome.status, 2) << command;
    EXPECT_EQ(outcome.out, "") << command;
    EXPECT_THAT(outcome.err, HasSubstr("--html: a file is expected, such as report.html")) << command;
  }
}

TEST_F(PageOption, IsRefusedWhereNoFileCanBeBeforeAnythingIsComputed) {
  std::filesystem::create_directory(folder.path / "taken");
  for (const char* place : {"missing/page.html", "taken"}) {
    for (const char* command : {"run plan.yaml", "compare plan.yaml other.yaml", "levers plan.yaml"}) {
      const Outcome outcome = run(std::string(command) + " --draws 1k --html " + place);
      EXPECT_EQ(outcome.status, 1) << command << " to " << place;
      EXPECT_EQ(outcome.out, "") << command << " to " << place;
      EXPECT_THAT(outcome.err, HasSubstr(place)) << command;
    }
  }
}

TEST_F(PageOption, NotOfACommandWithoutPage) {
  const Outcome outcome = run("solve plan.yaml --input rate --budget 20k --html page.html");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_FALSE(std::filesystem::exists(folder.path / "page.html"));
}

TEST_F(PageOption, OfOneSourceDateIsTheSameEveryTime) {
  const std::string at = "env SOURCE_DATE_EPOCH=";
  const auto page = [&](const std::string& time, const std::string& name) {
    const std::string command = "cd '" + folder.path.string() + "' && " + at + time + " " TCOSIM_PROGRAM +
                                " run plan.yaml --draws 1k --quiet --html " + name + " 2> err.txt";
    const int state = std::system(command.c_str());
    return WIFEXITED(state) ? WEXITSTATUS(state) : -1;
  };
  ASSERT_EQ(page("1700000000", "a.html"), 0);
  ASSERT_EQ(page("1700000000", "b.html"), 0);
  EXPECT_EQ(file("a.html"), file("b.html"));
  EXPECT_THAT(file("a.html"), HasSubstr("2023-11-14"));
  ASSERT_EQ(page("0", "first.html"), 0) << file("err.txt");
  EXPECT_THAT(file("first.html"), HasSubstr("1970-01-01"));
  for (const char* wrong : {"-1", "yesterday", "1e9", "''"}) {
    EXPECT_EQ(page(wrong, "wrong.html"), 2) << wrong;
    EXPECT_THAT(file("err.txt"), HasSubstr("SOURCE_DATE_EPOCH")) << wrong;
  }
}

TEST_F(PageOption, NamesEveryImportedFileOnce) {
  std::filesystem::create_directory(folder.path / "lib");
  std::filesystem::copy(TCOSIM_SOURCE_DIR "/tests/scenarios/sipmath/devtime.SIPmath",
                        folder.path / "lib" / "devtime.SIPmath");
  write("lib/rates.yaml", "tcosim: 1\ncurrency: USD\ninputs:\n  rate: 8k to 10k USD/month\n");
  write("import.yaml", R"(tcosim: 1
title: Imports
currency: USD
horizon: 6 months
import: [lib/rates.yaml, lib/devtime.SIPmath]
costs:
  people: {category: labor, formula: 2 month * rate}
)");
  const Outcome outcome = run("run import.yaml --draws 1k --quiet --html page.html");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(file("page.html"),
              HasSubstr("It imports <code>lib/rates.yaml</code>, <code>lib/devtime.SIPmath</code>;"));
}

TEST_F(PageOption, HasEachIdOnceWithManyCharts) {
  ASSERT_EQ(
      run("run " TCOSIM_SOURCE_DIR "/scenarios/library/support_assistant.yaml --draws 1k --quiet --html page.html")
          .status,
      0);
  const std::string page = file("page.html").substr(0, file("page.html").find("<script"));
  std::set<std::string> ids;
  for (std::size_t at = page.find(" id=\""); at != std::string::npos; at = page.find(" id=\"", at + 1)) {
    const std::string id = page.substr(at + 5, page.find('"', at + 5) - at - 5);
    EXPECT_TRUE(ids.insert(id).second) << id;
  }
  EXPECT_GT(ids.size(), 50U);
}

TEST_F(PageOption, OfALibraryScenarioIsUnderTwoMegabytes) {
  std::size_t pages = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TCOSIM_SOURCE_DIR "/scenarios/library")) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string scenario = "'" + entry.path().string() + "'";
    for (const std::string command : {"run", "levers"}) {
      const bool has_levers = read_file(entry.path()).find("\nlevers:") != std::string::npos;
      if (command == "levers" && !has_levers) continue;
      const Outcome outcome = run(command + " " + scenario + " --draws 20k --quiet --html page.html");
      if (outcome.status == 2) continue;  // a file of inputs to import
      ASSERT_EQ(outcome.status, 0) << scenario << outcome.err;
      const std::size_t size = file("page.html").size();
      EXPECT_LT(size, 2'000'000U) << command << " " << scenario;
      EXPECT_GT(size, 100'000U) << command << " " << scenario;
      ++pages;
    }
  }
  EXPECT_GE(pages, 6U);
}

}  // namespace
}  // namespace tcosim
