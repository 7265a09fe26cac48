// Files as a whole: what is read from each section, what options change, and files that were never scenarios.
#include "scenarios/reader.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scenarios/format.hpp"
#include "tests/scenarios/read_text.hpp"

namespace tcosim {
namespace {

namespace fs = std::filesystem;

// A folder of its own for each test, gone with it.
class Files : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("reader_test_" + std::to_string(::getpid()) + "_" +
                                           testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

 private:
  fs::path folder_;
};

const std::string kCosts = "costs:\n  gpu: {category: training, formula: 1000 USD}\n";

// The message of a text's only error.
std::string only_error(const std::string& text, const ReadOptions& options = {}) {
  const ReadResult result = read_text(text, options);
  EXPECT_FALSE(result.scenario);
  EXPECT_EQ(result.diagnostics.size(), 1U) << messages(result);
  return result.diagnostics.empty() ? "" : result.diagnostics[0].message;
}

TEST(Reader, KeepsWhatAFileSaysOfItself) {
  const Scenario scenario = scenario_of(R"yaml(tcosim: 1
title: "Support: phase two"
currency: EUR
horizon: 1 year
start: 2026-11
categories: [rent]
inputs:
  price:
    value: 2 to 3 EUR/gpu_hour
    base: 2.5
    label: GPU price
    note: spot
    source: a table
    owner: Ada
    tags: [capex, cloud]
costs:
  office: {category: rent, formula: 100 EUR/month, label: Office, tags: capex}
  gpu: {category: training, formula: 10 gpu_hour * price}
contingency:
  base: median
  targets: [P50, P97.5, P50]
  headline: P97.5
  flat: [7%, 12.5%]
  budgets: [25k EUR, 30k]
run: {draws: 2M, seed: 18446744073709551615, sampling: sobol}
)yaml");
  EXPECT_EQ(scenario.title, "Support: phase two");
  EXPECT_EQ(scenario.currency, "EUR");
  EXPECT_EQ(scenario.horizon_months, 12);
  EXPECT_EQ(scenario.horizon_text, "1 year");
  EXPECT_EQ(scenario.start_year, 2026);
  EXPECT_EQ(scenario.start_month, 11);
  EXPECT_EQ(scenario.categories, (std::vector<std::string>{"training", "rent"}));
  const Input& price = scenario.inputs.at(0);
  EXPECT_EQ(price.text, "2 to 3 EUR/gpu_hour");
  EXPECT_EQ(price.declared_base, 2.5);
  EXPECT_EQ(price.annotation.label, "GPU price");
  EXPECT_EQ(price.annotation.note, "spot");
  EXPECT_EQ(price.annotation.source, "a table");
  EXPECT_EQ(price.annotation.owner, "Ada");
  EXPECT_EQ(price.annotation.tags, (std::vector<std::string>{"capex", "cloud"}));
  EXPECT_EQ(price.span.line, 8);
  EXPECT_EQ(price.span.column, 3);
  EXPECT_EQ(scenario.lines.at(0).annotation.tags, std::vector<std::string>{"capex"});
  EXPECT_EQ(scenario.contingency.base, BaseRule::median);
  EXPECT_EQ(scenario.contingency.targets, (std::vector<Percentile>{{50, 100}, {975, 1000}}));
  EXPECT_EQ(scenario.contingency.headline, (Percentile{975, 1000}));
  EXPECT_EQ(scenario.contingency.flat_percent, (std::vector<double>{7, 12.5}));
  EXPECT_EQ(scenario.contingency.budgets, (std::vector<double>{25000, 30000}));
  EXPECT_EQ(scenario.draws, 2000000U);
  EXPECT_EQ(scenario.seed, 18446744073709551615U);
  EXPECT_EQ(scenario.sampling, Sampling::sobol);
}

TEST(Reader, ReadsEveryScalarAsItsText) {
  EXPECT_EQ(base_total(plain("costs:\n  a: 010\n  b: 1_000\n  c: \"5\"\n  d: '1e2'\n")), 10 + 1000 + 5 + 100);
  for (const char* word : {"no", "null", "~x", "yes", "on", "True"})
    EXPECT_FALSE(read_text(plain(std::string("costs:\n  a: ") + word + "\n")).scenario) << word;
  EXPECT_EQ(only_error(plain("costs:\n  a: null\n")), "unknown name 'null'");
  EXPECT_EQ(base_total(plain("inputs:\n  no: 4\n  null: 5\ncosts:\n  a: no + null\n")), 9);
}

TEST(Reader, ReadsBlockScalarsAndFoldedLines) {
  EXPECT_EQ(base_total(plain("costs:\n  a: |\n    1 +\n    2\n  b: >-\n    3\n    + 4\n  c: 5\n    + 6\n")), 21);
}

TEST(Reader, PointsIntoFoldedQuotedAndNonAsciiText) {
  const auto where = [](const std::string& text) {
    const ReadResult result = read_text(plain(text));
    return result.diagnostics.empty() ? std::pair(0, 0)
                                      : std::pair(result.diagnostics[0].span.line, result.diagnostics[0].span.column);
  };
  EXPECT_EQ(where("costs:\n  a: |\n    1 +\n    nope\n"), std::pair(5, 5));
  EXPECT_EQ(where("costs:\n  a: \"1 + nope\"\n"), std::pair(3, 11));
  EXPECT_EQ(where("costs:\n  a: '1 + nope'\n"), std::pair(3, 11));
  EXPECT_EQ(where("costs:\n  a: {label: Gebühr, formula: nope}\n"), std::pair(3, 31));
}

TEST(Reader, AcceptsWindowsLineEndsAndAByteOrderMark) {
  EXPECT_EQ(base_total("\xef\xbb\xbftcosim: 1\r\ncosts:\r\n  a: 4\r\n  b: 5\r\n"), 9);
  const ReadResult result = read_text("\xef\xbb\xbftcosim: 1\r\ncosts:\r\n  a: 4\r\n  b: nope\r\n");
  EXPECT_EQ(result.diagnostics.at(0).span.line, 4);
  EXPECT_EQ(result.diagnostics.at(0).span.column, 6);
  EXPECT_EQ(result.diagnostics.at(0).source_line, "  b: nope");
}

TEST(Reader, ReportsAllErrorsOfAFileInItsOrder) {
  const ReadResult result =
      read_text(six_months("inputs:\n  a: pert(3, 2, 1)\n  b: a + 1\n  c: 3 hous\ncosts:\n  x: {category: labor, "
                           "formula: b * c}\n  y: {category: "
                           "lab, formula: 3 hour}\n"));
  std::vector<int> lines;
  for (const Diagnostic& diagnostic : result.diagnostics) lines.push_back(diagnostic.span.line);
  EXPECT_EQ(lines, (std::vector<int>{5, 7, 10, 10}));
}

TEST(Reader, NotesCategoriesWithoutALine) {
  std::vector<std::string> notes;
  for (const Diagnostic& diagnostic : read_text(six_months(kCosts)).diagnostics) {
    EXPECT_EQ(diagnostic.severity, Severity::note);
    notes.push_back(diagnostic.message);
  }
  ASSERT_EQ(notes.size(), 7U);
  EXPECT_EQ(notes[4], "nothing under operations: monitoring, on-call, audits?");
  EXPECT_TRUE(read_text(plain("costs: {a: 1}\n")).diagnostics.empty());
}

TEST(Reader, NamesEveryKeyOfLaterVersions) {
  for (const std::string_view key : words::kLaterKeys) {
    EXPECT_EQ(only_error(six_months(kCosts) + std::string(key) + ": {a: 1}\n"),
              "'" + std::string(key) + "' is not supported yet");
  }
}

TEST(Options, SetReplacesAnInputAndItsBase) {
  const std::string text = six_months(
      "inputs:\n  t: {value: 1 to 3 hour, base: 2}\ncosts:\n  x: {category: labor, formula: t * 60 USD/hour}\n");
  EXPECT_EQ(base_total(text), 120);
  EXPECT_EQ(base_total(text, {{{"t", "3"}}, {}, {}}), 180);
  EXPECT_EQ(base_total(text, {{{"t", "3"}, {"t", "4 hour"}}, {}, {}}), 240);
  EXPECT_EQ(base_total(text, {{{"t", "30 minute"}}, {}, {}}), 30);
  EXPECT_EQ(base_total(text, {{{"t", "triangular(0, 1, 9)"}}, {}, {}}), 60);
  const Scenario scenario = scenario_of(text, {{{"t", "triangular(0, 1, 9)"}}, {}, {}});
  EXPECT_EQ(scenario.inputs[0].text, "triangular(0, 1, 9)");
  EXPECT_EQ(scenario.inputs[0].unit, "hour");
  ASSERT_EQ(scenario.variables.size(), 1U);
  EXPECT_EQ(scenario.variables[0].stream, "t");
}

TEST(Options, AreNamedInTheirErrors) {
  const std::string text = six_months("inputs:\n  rate: 2 to 3 USD\ncosts:\n  x: {category: labor, formula: rate}\n");
  const auto first = [&](const ReadOptions& options) {
    const ReadResult result = read_text(text, options);
    return result.diagnostics.empty() ? "" : format(result.diagnostics[0]);
  };
  EXPECT_EQ(first({{{"rat", "3"}}, {}, {}}), "--set rat: error: unknown input 'rat'\n  did you mean 'rate'?");
  EXPECT_EQ(first({{{"rate", "pert(3, 2, 1)"}}, {}, {}}),
            "--set rate:1:6: error: pert(3, 2, 1): the least value, 3, is above the most likely, 2\n  pert(3, 2, 1)\n  "
            "     ^");
  EXPECT_EQ(first({{{"rate", "3 hour"}}, {}, {}}),
            "--set rate:1:1: error: 'rate' is in USD, and this is in hour\n  3 hour\n  ^~~~~~");
  EXPECT_EQ(first({{}, "6", {}}),
            "--horizon:1:1: error: the horizon is a time, and '6' is a plain number\n  6\n  ^\n  write for example '6 "
            "months'");
  EXPECT_EQ(first({{}, {}, {"5 hour"}}),
            "--budget:1:1: error: a budget is a sum in USD, and '5 hour' is in hour\n  5 hour\n  ^~~~~~");
}

TEST(Options, HorizonAndBudgetsJoinTheFile) {
  const Scenario scenario = scenario_of(six_months("costs:\n  x: {category: labor, formula: 10 USD/month}\n"
                                                   "contingency: {budgets: [50 USD]}\n"),
                                        {{}, "1 year", {"60", "0.07k USD"}});
  EXPECT_EQ(scenario.horizon_months, 12);
  EXPECT_EQ(scenario.horizon_text, "1 year");
  EXPECT_EQ(base_estimate(scenario, BaseRule::declared).total, 120);
  EXPECT_EQ(scenario.contingency.budgets, (std::vector<double>{50, 60, 70}));
}

TEST(Options, ABudgetAskedForAgainIsTestedOnceAndLast) {
  const std::string text = six_months(
      "costs:\n  x: {category: labor, formula: 10 USD/month}\n"
      "contingency: {budgets: [50 USD, 60]}\n");
  EXPECT_EQ(scenario_of(text, {{}, {}, {"0.05k USD"}}).contingency.budgets, (std::vector<double>{60, 50}));
}

TEST_F(Files, ImportBringsInputsUnitsAndCategories) {
  write("lib/prices.yaml",
        "tcosim: 1\nimport: ../units.yaml\ncategories: [rent]\ninputs:\n  rate: 2 USD/node\n  other: rate * 2\n");
  write("units.yaml", "tcosim: 1\nunits: {node: 8 gpu}\ninputs:\n  base_fee: 5 USD\ncosts: {ignored: 1}\n");
  const std::string file = write("main.yaml", six_months("import: [lib/prices.yaml, units.yaml]\ncosts:\n"
                                                         "  a: {category: rent, formula: rate * 16 gpu + base_fee}\n"));
  const ReadResult result = read_scenario(file);
  ASSERT_TRUE(result.scenario) << messages(result);
  EXPECT_EQ(base_estimate(*result.scenario, BaseRule::declared).total, 9);
  EXPECT_EQ(messages(result), "");
  EXPECT_EQ(result.scenario->file, file);
}

TEST_F(Files, ALocalInputOverridesAnImportedOneIfItSaysSo) {
  write("prices.yaml", "tcosim: 1\ninputs:\n  rate: 2 USD\n");
  const auto total = [&](const std::string& rate) {
    const ReadResult result =
        read_scenario(write("main.yaml", six_months("import: prices.yaml\ninputs:\n  rate: " + rate +
                                                    "\ncosts:\n  a: {category: labor, formula: rate}\n")));
    return result.scenario ? base_estimate(*result.scenario, BaseRule::declared).total : -1;
  };
  EXPECT_EQ(total("{value: 3 USD, override: yes}"), 3);
  EXPECT_EQ(total("{value: 3 USD, override: no}"), -1);
  EXPECT_EQ(total("3 USD"), -1);
}

TEST_F(Files, ErrorsOfAnImportedFileAreReportedThere) {
  const std::string prices = write("prices.yaml", "tcosim: 1\ninputs:\n  rate: pert(3, 2, 1) USD\n");
  const ReadResult result = read_scenario(
      write("main.yaml", six_months("import: prices.yaml\ncosts:\n  a: {category: labor, formula: rate}\n")));
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(result.diagnostics[0].span.file, prices);
  EXPECT_EQ(result.diagnostics[0].span.line, 3);
}

TEST_F(Files, ImportsInACircleAreNamedInFull) {
  write("a.yaml", "tcosim: 1\nimport: b.yaml\n");
  write("b.yaml", "tcosim: 1\nimport: a.yaml\n");
  const ReadResult result = read_scenario(write("main.yaml", six_months("import: a.yaml\n" + kCosts)));
  ASSERT_EQ(result.diagnostics.size(), 1U) << messages(result);
  EXPECT_EQ(result.diagnostics[0].message, "the files import each other in a circle: " + path("a.yaml") + " -> " +
                                               path("b.yaml") + " -> " + path("a.yaml"));
}

TEST_F(Files, ThatAreNotThereOrNoFilesAreNamed) {
  write("support.yaml", six_months(kCosts));
  const auto error = [](const std::string& file) {
    const ReadResult result = read_scenario(file);
    return result.diagnostics.empty() ? "" : format(result.diagnostics[0]);
  };
  EXPECT_EQ(error(path("suport.yaml")),
            path("suport.yaml") + ": error: there is no such file\n  did you mean 'support.yaml'?");
  EXPECT_EQ(error(path("")), path("") + ": error: this is a folder, not a scenario file");
}

TEST_F(Files, OfMoreThan10MBAreRefusedUnread) {
  const std::string file = write("large.yaml", "tcosim: 1\n");
  fs::resize_file(file, 100'000'000);
  EXPECT_EQ(messages(read_scenario(file)), file + ": error: the file is larger than 10 MB, too large for a scenario\n");
  EXPECT_EQ(read_scenario("/dev/zero").diagnostics.at(0).message,
            "the file is larger than 10 MB, too large for a scenario");
  std::string comment = "#";
  comment.resize(10'000'001, '#');
  EXPECT_FALSE(read_text(comment).scenario);
}

TEST(NotText, IsNamed) {
  EXPECT_EQ(only_error(std::string("tcosim: 1\n\0costs", 16)),
            "this is not a text file: byte 11 is the control character 0x00");
  EXPECT_EQ(only_error("\x7f"
                       "ELF\x02\x01"),
            "this is not a text file: byte 1 is the control character 0x7F");
  EXPECT_EQ(only_error("tcosim: 1\ntitle: Caf\xe9\n"), "line 2, column 11: the byte 0xE9 is not valid UTF-8");
  EXPECT_EQ(only_error("title: \xed\xa0\x80\n"), "line 1, column 8: the byte 0xED is not valid UTF-8");
  EXPECT_EQ(only_error("title: \xc0\xaf\n"), "line 1, column 8: the byte 0xC0 is not valid UTF-8");
  EXPECT_EQ(only_error(std::string("\xff\xfet\0c\0", 6)), "the file is in UTF-16");
}

TEST(Depth, OfBracketsIsLimited) {
  EXPECT_EQ(only_error("a: " + std::string(50'000, '[')), "brackets nested deeper than 100 levels");
  EXPECT_EQ(only_error("a: " + std::string(50'000, '{')), "brackets nested deeper than 100 levels");
}

TEST(Depth, OfBlocksIsLimited) {
  std::string indented, dashes;
  for (int i = 0; i < 2000; ++i) indented += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  for (int i = 0; i < 40'000; ++i) dashes += "- ";
  EXPECT_FALSE(read_text(indented).scenario);
  EXPECT_FALSE(read_text(dashes).scenario);
  EXPECT_FALSE(read_text(std::string(50'000, '?') + "\n").scenario);
  std::string questions;
  for (int i = 0; i < 40'000; ++i) questions += "? ";
  EXPECT_FALSE(read_text(questions).scenario);
}

TEST(Depth, OfFormulasIsLimited) {
  const std::string deep = std::string(10'000, '(') + "1" + std::string(10'000, ')');
  EXPECT_FALSE(read_text(plain("costs:\n  a: " + deep + "\n")).scenario);
  std::string sum = "1";
  for (int i = 0; i < 40'000; ++i) sum += "+1";
  EXPECT_FALSE(read_text(plain("costs:\n  a: " + sum + "\n")).scenario);
}

TEST(Depth, OfNamesMadeOfNamesIsLimited) {
  const auto chain = [](int length) {
    std::string text = "inputs:\n";
    for (int i = 0; i < length; ++i) text += "  x" + std::to_string(i) + ": x" + std::to_string(i + 1) + " + 1\n";
    return plain(text + "  x" + std::to_string(length) + ": 1\ncosts:\n  y: x0\n");
  };
  EXPECT_EQ(base_total(chain(900)), 901);
  EXPECT_EQ(only_error(chain(5000)), "names made of names, more than 1000 deep");
}

TEST(Depth, OfLinesThatNameEachOtherIsLimited) {
  std::string forward = "costs:\n", backward = "costs:\n  x0: 1\n";
  for (int i = 0; i < 9'999; ++i) {
    forward += "  x" + std::to_string(i) + ": x" + std::to_string(i + 1) + "\n";
    backward += "  x" + std::to_string(i + 1) + ": x" + std::to_string(i) + "\n";
  }
  EXPECT_FALSE(read_text(plain(forward)).scenario);
  EXPECT_EQ(base_total(plain(backward)), 10'000);
}

TEST(Bombs, OfAliasesAreNeverExpanded) {
  std::string text = "tcosim: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 90; ++i) {
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) text += (k > 0 ? ", *a" : "*a") + std::to_string(i - 1);
    text += "]\n";
  }
  EXPECT_FALSE(read_text(text).scenario);
}

TEST(Bombs, OfOneLongLineAreRefused) {
  std::string text = "tcosim: 1\ncosts: {";
  for (int i = 0; i < 20'000; ++i) text += "x" + std::to_string(i) + ": 1, ";
  EXPECT_EQ(only_error(text + "y: 1}\n"), "this line has 208903 bytes, more than 100000");
}

TEST(Bombs, OfSubtotalsAreLimited) {
  std::string text = "tcosim: 1\ncosts:\n";
  for (int i = 0; i < 2000; ++i) {
    text += "  x" + std::to_string(i) + ": {category: labor, formula: subtotal(data)}\n  y" + std::to_string(i) +
            ": {category: data, formula: 1}\n";
  }
  EXPECT_FALSE(read_text(text).scenario);
}

TEST(Bombs, OfErrorsStopAtAThousand) {
  std::string text = "tcosim: 1\ncosts:\n";
  for (int i = 0; i < 5000; ++i) text += "  x" + std::to_string(i) + ": nope\n";
  const ReadResult result = read_text(text);
  EXPECT_FALSE(result.scenario);
  EXPECT_EQ(result.diagnostics.size(), 1000U);
}

TEST(Bombs, OfRubbishAreRefused) {
  std::uint64_t state = 1;
  std::string rubbish;
  for (int i = 0; i < 100'000; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    rubbish += static_cast<char>(state >> 56U);
  }
  EXPECT_EQ(read_text(rubbish).diagnostics.size(), 1U);
}

}  // namespace
}  // namespace tcosim
