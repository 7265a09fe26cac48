// Draws in files: the bytes of both formats, the same for any number of threads, and nothing left of what failed.
#include "sim/samples.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

#include "samples_support.hpp"
#include "scenario_texts.hpp"
#include "sim/simulate.hpp"

namespace tcosim {
namespace {

namespace fs = std::filesystem;
using samples_support::bytes_of;
using samples_support::read_npy;
using samples_support::Samples;
using testing_support::kProject;
using testing_support::read;

constexpr const char* kLinesOfAllKinds = R"(tcosim: 1
currency: USD
horizon: 6 months
inputs:
  price: normal(1000, 100) USD
costs:
  rent: {category: infrastructure, formula: price}
  team:
    category: labor
    items:
      lead: 2 * price
      others: {formula: "uniform(10, 20) USD"}
risks:
  leak: {category: risk, probability: 10%, impact: 500 to 900 USD}
)";

/// A folder of this process alone: the same test runs beside it with other blocks.
struct OwnFolder {
  fs::path path = fs::temp_directory_path() / ("tcosim_samples_" + std::to_string(getpid()));
  OwnFolder() { fs::create_directory(path); }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
  ~OwnFolder() { fs::remove_all(path); }
};

RunOptions to_file(const fs::path& file, std::uint64_t draws, int threads = 0) {
  RunOptions options;
  options.draws = draws;
  options.threads = threads;
  options.samples_file = file.string();
  return options;
}

std::string rows(SamplesFormat format, const std::vector<std::vector<double>>& columns) {
  std::vector<const double*> starts;
  for (const std::vector<double>& column : columns) starts.push_back(column.data());
  std::string bytes;
  append_rows(format, starts, columns[0].size(), bytes);
  return bytes;
}

TEST(SamplesFormat, IsByTheEndingInAnyCase) {
  EXPECT_EQ(samples_format("a/draws.npy"), SamplesFormat::npy);
  EXPECT_EQ(samples_format("DRAWS.CSV"), SamplesFormat::csv);
  EXPECT_FALSE(samples_format("draws.txt"));
  EXPECT_FALSE(samples_format(".npy"));
}

TEST(SamplesCsv, HasNumbersThatReadBackAndAlwaysLookLikeFloatingPoint) {
  EXPECT_EQ(samples_header(SamplesFormat::csv, std::vector<std::string>{"total", "team.lead"}, 3), "total,team.lead\n");
  EXPECT_EQ(rows(SamplesFormat::csv, {{0, -3, 0.1, 0.00012}, {1e15, 2.5e300, 123456789.125, -0.0}}),
            "0.0,1e+15\n-3.0,2.5e+300\n0.1,123456789.125\n1.2e-04,0.0\n");
  EXPECT_EQ(rows(SamplesFormat::csv, {{1234567890123457, -123456789012345680000.0}}),
            "1.234567890123457e+15\n-1.2345678901234568e+20\n");
}

TEST(SamplesCsv, KeepsEveryBitOfADouble) {
  std::vector<double> values;
  for (double x = 1.1e-300; x < 1e300; x *= -7.3e5 * (1 + 1e-12)) values.push_back(x / 3);
  std::istringstream text(rows(SamplesFormat::csv, {values}));
  std::size_t i = 0;
  for (std::string line; std::getline(text, line); ++i) EXPECT_EQ(std::stod(line), values[i]) << line;
  EXPECT_EQ(i, values.size());
}

TEST(SamplesNpy, HasAHeaderOfWholeLinesOf64Bytes) {
  const std::string header = samples_header(SamplesFormat::npy, std::vector<std::string>{"total", "a"}, 12);
  EXPECT_EQ(header.size() % 64, 0U);
  EXPECT_EQ(header.back(), '\n');
  EXPECT_NE(header.find("{'descr': [('total', '<f8'), ('a', '<f8'), ], 'fortran_order': False, 'shape': (12,), }"),
            std::string::npos);
}

TEST(SamplesNpy, TakesVersion2WhereTheHeaderIsLong) {
  const std::vector<std::string> names(5000, "a_line_with_a_name");
  const std::string header = samples_header(SamplesFormat::npy, names, 12);
  EXPECT_EQ(header[6], '\2');
  const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(header[i])); };
  EXPECT_EQ(12 + byte(8) + 256 * byte(9) + 65536 * byte(10), header.size());
}

TEST(Samples, HoldTheTotalAndEveryLineItemAndRisk) {
  const OwnFolder folder;
  const Scenario scenario = read(kLinesOfAllKinds);
  const fs::path file = folder.path / "draws.npy";
  const auto result = simulate(scenario, to_file(file, 50'000));
  ASSERT_TRUE(result.has_value());
  const Samples samples = read_npy(file);
  EXPECT_EQ(samples.names, (std::vector<std::string>{"total", "rent", "team", "team.lead", "team.others", "leak"}));
  const auto column = [&](const char* name) -> const std::vector<double>& { return samples.columns.at(name); };
  for (std::size_t i = 0; i < 50'000; ++i) {
    ASSERT_NEAR(column("team")[i], column("team.lead")[i] + column("team.others")[i], 1e-9);
    ASSERT_NEAR(column("total")[i], column("rent")[i] + column("team")[i] + column("leak")[i], 1e-9);
  }
  for (const BreakdownRow& line : result->lines) {
    const auto& draws = column(line.name.c_str());
    EXPECT_NEAR(std::accumulate(draws.begin(), draws.end(), 0.0) / 50'000, line.mean, 1e-9 * std::abs(line.mean));
  }
}

TEST(Samples, AreTheSameInBothFormats) {
  const OwnFolder folder;
  const Scenario scenario = read(kProject);
  ASSERT_TRUE(simulate(scenario, to_file(folder.path / "draws.npy", 5'000)).has_value());
  ASSERT_TRUE(simulate(scenario, to_file(folder.path / "draws.csv", 5'000)).has_value());
  const Samples samples = read_npy(folder.path / "draws.npy");
  std::ifstream csv(folder.path / "draws.csv");
  std::string cell;
  for (const std::string& name : samples.names) {
    std::getline(csv, cell, name == samples.names.back() ? '\n' : ',');
    EXPECT_EQ(cell, name);
  }
  for (std::size_t i = 0; i < 5'000; ++i) {
    for (const std::string& name : samples.names) {
      std::getline(csv, cell, name == samples.names.back() ? '\n' : ',');
      ASSERT_EQ(std::stod(cell), samples.columns.at(name)[i]) << name << " in row " << i;
    }
  }
  EXPECT_EQ(csv.peek(), std::ifstream::traits_type::eof());
}

TEST(Samples, AreTheSameBytesForAnyNumberOfThreads) {
  const OwnFolder folder;
  const Scenario scenario = read(kProject);
  for (const char* ending : {".npy", ".csv"}) {
    // A number of draws that is no multiple of anything, and several waves where pieces are small
    const auto with = [&](int threads) {
      const fs::path file = folder.path / (std::to_string(threads) + ending);
      EXPECT_TRUE(simulate(scenario, to_file(file, 70'001, threads)).has_value());
      return bytes_of(file);
    };
    const std::string one = with(1);
    EXPECT_EQ(with(2), one);
    EXPECT_EQ(with(5), one);
  }
}

TEST(Samples, OfAStoppedRunAreAllItsDraws) {
  const OwnFolder folder;
  RunOptions options = to_file(folder.path / "draws.npy", 5'000'000);
  options.until = 0.02;
  const auto result = simulate(read(kProject), options);
  ASSERT_TRUE(result.has_value() && result->run.until_reached);
  const Samples samples = read_npy(folder.path / "draws.npy");
  EXPECT_EQ(samples.columns.at("total").size(), result->run.draws);
}

TEST(Samples, UnderReplicatesAreThoseThatTheResultIsMadeOf) {
  const OwnFolder folder;
  for (const Sampling sampling : {Sampling::latin_hypercube, Sampling::sobol}) {
    RunOptions options = to_file(folder.path / "draws.npy", 4'096);
    options.sampling = sampling;
    const auto result = simulate(read(kProject), options);
    ASSERT_TRUE(result.has_value());
    const std::vector<double> total = read_npy(folder.path / "draws.npy").columns["total"];
    EXPECT_EQ(total.size(), result->run.draws);
    EXPECT_EQ(*std::ranges::max_element(total), result->total.max);
  }
}

TEST(Samples, ThatCannotBeWrittenLeaveNothing) {
  const OwnFolder folder;
  const fs::path file = folder.path / "draws.csv", part = folder.path / "draws.csv.part";
  fs::create_symlink("/dev/full", part);  // a disk without room
  const auto result = simulate(read(kProject), to_file(file, 20'000));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().message, "cannot write '" + file.string() + "': No space left on device");
  EXPECT_TRUE(fs::is_empty(folder.path));
}

TEST(Samples, NeedAKnownEnding) {
  const auto result = simulate(read(kProject), to_file("draws.txt", 100));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().message, "cannot write 'draws.txt': its name must end in .npy or .csv");
}

}  // namespace
}  // namespace tcosim
