#include <cstdio>

#include "scenarios/reader.hpp"
#include "sim/simulate.hpp"

int main(int count, char** arguments) {
  const tcosim::ReadResult read = tcosim::read_scenario(count > 1 ? arguments[1] : "");
  if (!read.scenario) return 2;
  tcosim::RunOptions options;
  options.draws = 10'000;
  const auto result = tcosim::simulate(*read.scenario, options);
  if (!result) return 1;
  for (const auto& row : result->contingency) {
    std::printf("base %.2f, %s %.2f\n", result->base.value, row.target.c_str(), row.budget);
  }
}
