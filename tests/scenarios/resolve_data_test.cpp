// fit() and empirical() of a data file, as a scenario calls them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "distributions/catalogue.hpp"
#include "scenarios/data_file.hpp"
#include "scenarios/reader.hpp"

namespace tcosim {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;

class DataCalls : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("resolve_data_test_" + std::to_string(::getpid()) + "_" +
                                           testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_ / "data");
    std::string table = "gpu,price,list\n";
    for (int i = 0; i < 40; ++i)
      table += "L4," + std::to_string(2 + 0.1 * std::sin(i)) + ",4\nH100," + std::to_string(8 + std::cos(i)) + ",10\n";
    write("data/prices.csv", table);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  /// A scenario whose only input is `value`.
  [[nodiscard]] ReadResult read(const std::string& value, const ReadOptions& options = {}) const {
    write("plan.yaml", "tcosim: 1\ncurrency: USD\nhorizon: 1 month\ninputs:\n  x: " + value +
                           "\ncosts:\n  c: {category: training, formula: x * 1 gpu_hour}\n");
    return read_scenario((folder_ / "plan.yaml").string(), options);
  }

  [[nodiscard]] Distribution distribution(const std::string& value) const {
    const ReadResult result = read(value);
    for (const Diagnostic& d : result.diagnostics)
      if (d.severity == Severity::error) ADD_FAILURE() << format(d);
    return result.scenario ? result.scenario->variables.at(0).distribution : make("constant", {0});
  }

  static std::vector<std::string> notes(const ReadResult& result) {
    std::vector<std::string> out;
    for (const Diagnostic& d : result.diagnostics) out.push_back(d.message);
    return out;
  }

  fs::path folder_;
};

TEST_F(DataCalls, FitOfANamedFamilyIsItsGreatestLikelihood) {
  std::vector<double> x;
  for (int i = 0; i < 40; ++i) x.push_back(std::stod(std::to_string(2 + 0.1 * std::sin(i))));
  std::sort(x.begin(), x.end());
  EXPECT_EQ(distribution(R"(fit("data/prices.csv", column="price", where="gpu=L4", family="normal") USD/gpu_hour)"),
            *find_family("normal")->fit(x));
}

TEST_F(DataCalls, AutoTakesTheBestAndSaysWhich) {
  const ReadResult result = read(R"(fit("data/prices.csv", column="price / list", where="gpu=H100") USD/gpu_hour)");
  ASSERT_TRUE(result.scenario);
  EXPECT_THAT(notes(result),
              Contains(testing::MatchesRegex("fitted to 40 values of '.*prices.csv': .*\\(.*\\), the best "
                                             "of [0-9]+ by AICc")));
}

TEST_F(DataCalls, MetalogTakesTermsAndBounds) {
  const Distribution d = distribution(
      R"(fit("data/prices.csv", column="price", where="gpu=H100", family="metalog", terms=3, low=0) USD/gpu_hour)");
  EXPECT_EQ(d.family->name, "metalog");
  EXPECT_EQ(support(d).low, 0);
}

TEST_F(DataCalls, MetalogGoesThroughQuantilesOrAllValues) {
  const auto note = [&](const std::string& points) {
    const ReadResult result =
        read(R"(fit("data/prices.csv", column="price", where="gpu=H100", family="metalog", terms=3, low=0)" + points +
             ") USD/gpu_hour");
    for (const std::string& each : notes(result)) {
      if (each.starts_with("fitted to ")) return each;
    }
    return std::string();
  };
  EXPECT_THAT(note(""), HasSubstr("by least squares on 117 quantiles of the data"));
  EXPECT_EQ(note(R"(, points="reduced")"), note(""));
  EXPECT_THAT(note(R"(, points="all")"), HasSubstr("by least squares on all 40 values"));
  EXPECT_THAT(notes(read(R"(fit("data/prices.csv", "price", family="metalog", points="some") USD/gpu_hour)")),
              Contains("the points are all or reduced, not 'some'"));
  EXPECT_THAT(notes(read(R"(fit("data/prices.csv", "price", points="all") USD/gpu_hour)")),
              Contains(HasSubstr("go with family=\"metalog\" only")));
}

// The warnings come with the fit itself, so that a call fitted once has them once.
TEST_F(DataCalls, IdenticalFitsAreMadeOnce) {
  write("data/few.csv", "v,k\n1,a\n2,a\n4,a\n3,a\n2.5,a\n3.5,a\n1.7,a\n2.2,a\n5,b\n");
  const auto notes_of = [&](const std::string& first, const std::string& second) {
    const std::string start = "(fit(\"data/few.csv\", \"v\", family=\"normal\"";
    const ReadResult result = read(start + first + ") + fit" + start.substr(4) + second + ")) USD/gpu_hour");
    EXPECT_TRUE(result.scenario) << format(result.diagnostics.at(0));
    std::array<std::ptrdiff_t, 2> counts{};
    for (const std::string& note : notes(result)) {
      counts[0] += note.starts_with("fitted to ") ? 1 : 0;
      counts[1] += note.starts_with("Only ") ? 1 : 0;
    }
    return counts;
  };
  EXPECT_EQ(notes_of("", ""), (std::array<std::ptrdiff_t, 2>{2, 1}));
  EXPECT_EQ(notes_of("", ", where=\"k=a\""), (std::array<std::ptrdiff_t, 2>{2, 2}));
}

TEST_F(DataCalls, EmpiricalIsTheValuesThemselves) {
  write("data/small.csv", "v\n3\n1\n2\n2\n");
  EXPECT_EQ(distribution(R"(empirical("data/small.csv", column="v", interpolation="step") USD/gpu_hour)"),
            empirical(std::vector<double>{3, 1, 2, 2}, true));
  EXPECT_EQ(distribution(R"(empirical("data/small.csv", "v") USD/gpu_hour)"),
            empirical(std::vector<double>{3, 1, 2, 2}, false));
}

TEST_F(DataCalls, UnitsCoverTheCallAndDistributionsTakeIt) {
  EXPECT_EQ(support(distribution(R"(truncate(empirical("data/prices.csv", "price"), high=5) USD/gpu_hour)")).high, 5);
  const Distribution scaled =
      distribution(R"(2 * fit("data/prices.csv", "price", where="gpu=L4", family="normal") USD/gpu_hour)");
  EXPECT_EQ(scaled.family->name, "normal");
}

TEST_F(DataCalls, PathsAreRelativeToTheImportedFile) {
  write("shared/rates.yaml", "tcosim: 1\ninputs:\n  rate: empirical(\"rates.csv\", \"v\") USD/gpu_hour\n");
  write("shared/rates.csv", "v\n1\n2\n3\n");
  write("plan.yaml",
        "tcosim: 1\ncurrency: USD\nhorizon: 1 month\nimport: shared/rates.yaml\n"
        "costs:\n  c: {category: training, formula: rate * 1 gpu_hour}\n");
  const ReadResult result = read_scenario((folder_ / "plan.yaml").string());
  ASSERT_TRUE(result.scenario) << format(result.diagnostics.at(0));
  EXPECT_EQ(result.scenario->variables.at(0).distribution, empirical(std::vector<double>{1, 2, 3}, false));
}

TEST_F(DataCalls, OptionsReadRelativeToTheScenario) {
  ReadOptions options;
  options.set = {{"x", R"(empirical("data/prices.csv", "price") USD/gpu_hour)"}};
  const ReadResult result = read("1 USD/gpu_hour", options);
  EXPECT_TRUE(result.scenario);
}

TEST_F(DataCalls, MistakesInTheTableNameItsLine) {
  write("data/broken.csv", "v\n1\nabc\n");
  const ReadResult result = read(R"(empirical("data/broken.csv", "v") USD/gpu_hour)");
  EXPECT_FALSE(result.scenario);
  EXPECT_THAT(notes(result), Contains(HasSubstr("broken.csv:3: 'abc' in column 'v' is not a number")));
}

}  // namespace
}  // namespace tcosim
