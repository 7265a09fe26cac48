// Every mistake in bad/*.yaml gives exactly the diagnostics in the .expected beside it. A new case adds two
// files and no code; with TCOSIM_WRITE_EXPECTED set, the test writes the second one, to be read and judged.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "scenarios/reader.hpp"

namespace tcosim {
namespace {

namespace fs = std::filesystem;

fs::path bad_folder() {
  return fs::path(TCOSIM_SOURCE_DIR) / "tests/scenarios/bad";
}

std::vector<std::string> bad_files() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(bad_folder()))
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

// Read from within the folder, so that messages and imports name files as a user there would.
std::string diagnostics_of(const std::string& name) {
  const fs::path before = fs::current_path();
  fs::current_path(bad_folder());
  const ReadResult result = read_scenario(name + ".yaml");
  fs::current_path(before);
  EXPECT_EQ(result.scenario.has_value(), !has_errors(result.diagnostics));
  std::string out;
  for (const Diagnostic& diagnostic : result.diagnostics)
    if (diagnostic.severity != Severity::note) out += format(diagnostic) + "\n";
  return out;
}

class GoldenErrors : public testing::TestWithParam<std::string> {};

TEST_P(GoldenErrors, AreWordForWord) {
  const std::string actual = diagnostics_of(GetParam());
  const fs::path file = bad_folder() / (GetParam() + ".expected");
  if (std::getenv("TCOSIM_WRITE_EXPECTED") != nullptr) std::ofstream(file) << actual;
  std::ifstream in(file);
  ASSERT_TRUE(in.is_open()) << "no " << file;
  std::stringstream expected;
  expected << in.rdbuf();
  EXPECT_FALSE(actual.empty()) << "nothing is found wrong with it";
  EXPECT_EQ(actual, expected.str());
}

INSTANTIATE_TEST_SUITE_P(Bad, GoldenErrors, testing::ValuesIn(bad_files()),
                         [](const testing::TestParamInfo<std::string>& bad) { return bad.param; });

TEST(GoldenErrorFolder, HoldsManyMistakes) {
  EXPECT_GE(bad_files().size(), 60U);
}

TEST(GoldenErrorFolder, HasNoExpectationWithoutItsFile) {
  for (const fs::directory_entry& entry : fs::directory_iterator(bad_folder()))
    EXPECT_TRUE(fs::exists(fs::path(entry.path()).replace_extension(".yaml"))) << entry.path();
}

}  // namespace
}  // namespace tcosim
