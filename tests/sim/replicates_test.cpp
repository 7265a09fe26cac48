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
  std::vector<double> long_draws;  // each value eight times: enough draws beyond the percentile
  for (const double x : draws) long_draws.insert(long_draws.end(), 8, x);
  const auto widths = replicate_half_widths(long_draws, 3, std::vector<Percentile>{{50}, {1}});
  EXPECT_NEAR(widths[0].value(), 4.302653 * std::sqrt(7.0 / 3), 1e-5);
  EXPECT_FALSE(widths[1].has_value());
}

TEST(Replicates, ShareIsCountedByReplicate) {
  // shares at or under 2: 1, 1/2, 0: sd 1/2, over sqrt(3)
  EXPECT_NEAR(replicate_share_half_width(std::vector<double>{2, 0, 3, 1, 5, 7}, 3, 2), 4.302653 * 0.5 / std::sqrt(3.0),
              1e-6);
}

TEST(Replicates, IntervalOfAPercentileCoversInNineteenOfTwenty) {
  // 400 studies of 16 replicates of 250 uniforms; P80 is .8. The share that covers has a standard error of .011.
  int covered = 0;
  for (int study = 0; study < 400; ++study) {
    std::vector<double> draws(4000);
    fill_uniforms(make_stream(1, "study" + std::to_string(study)), 0, draws);
    // as in a run: the percentile of all draws, and the spread of the replicates' own
    const double reach = replicate_half_widths(draws, 16, std::vector<Percentile>{{80}})[0].value();
    std::ranges::nth_element(draws, draws.begin() + 3199);
    covered += std::abs(draws[3199] - 0.8) <= reach ? 1 : 0;
  }
  EXPECT_NEAR(covered / 400.0, 0.95, 5 * .011);
}

}  // namespace
}  // namespace tcosim
