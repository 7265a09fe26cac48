// Known answers for small replicates, and coverage of what they claim on independent draws.
#include "sim/analysis/replicates.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <cmath>
#include <string>
#include <vector>

#include "distributions/stream.hpp"

namespace tcosim {
namespace {

TEST(Replicates, MeanErrorIsTheSpreadOfTheMeans) {
  // replicate means 1, 2, 6: sd sqrt(7), over sqrt(3)
  const std::vector<double> draws{0, 2, 1, 3, 5, 7};
  EXPECT_DOUBLE_EQ(replicate_mean_error(draws, 3), std::sqrt(7.0 / 3));
}

TEST(Replicates, HalfWidthIsStudentsTOverThePercentiles) {
  // medians (rank ceil(n/2)) 0, 1, 5: sd sqrt(7); t_2 at 97.5% is 4.302653
  const std::vector<double> draws{2, 0, 3, 1, 5, 7};
  EXPECT_NEAR(replicate_half_width(draws, 3, {50}), 4.302653 * std::sqrt(7.0 / 3), 1e-5);
}

TEST(Replicates, IntervalOfAPercentileCoversInNineteenOfTwenty) {
  // 400 studies of 16 replicates of 250 uniforms; P80 is .8. The share that covers has a standard error of .011.
  int covered = 0;
  for (int study = 0; study < 400; ++study) {
    std::vector<double> draws(4000);
    fill_uniforms(make_stream(1, "study" + std::to_string(study)), 0, draws);
    double centre = 0;
    for (int r = 0; r < 16; ++r) {
      std::vector<double> part(draws.begin() + r * 250, draws.begin() + (r + 1) * 250);
      std::ranges::nth_element(part, part.begin() + 199);
      centre += part[199] / 16;
    }
    covered += std::abs(centre - 0.8) <= replicate_half_width(draws, 16, {80}) ? 1 : 0;
  }
  EXPECT_NEAR(covered / 400.0, 0.95, 5 * .011);
}

}  // namespace
}  // namespace tcosim
