#include "distributions/catalogue/tabulated.hpp"

#include <gtest/gtest.h>

#include "distributions/catalogue.hpp"

namespace tcosim {
namespace {

// Half uniform on [0, 1], half on [1, 3].
Distribution two_steps() {
  return families::tabulated({0, 1, 3}, {0, 2, 4});
}

TEST(Tabulated, MomentsAreThoseOfItsStraightLines) {
  EXPECT_EQ(two_steps().parameters, (std::vector<double>{0, 1, 3, 0, 0.5, 1}));
  EXPECT_DOUBLE_EQ(mean(two_steps()), 1.25);
  EXPECT_DOUBLE_EQ(variance(two_steps()), 0.75 * 0.75 + 0.5 / 12 + 0.5 * 4 / 12);
  EXPECT_DOUBLE_EQ(mode(two_steps()), 0.5);
}

TEST(Tabulated, CdfAndQuantileInvertEachOther) {
  for (const double p : {0.0625, 0.25, 0.5, 0.75, 0.9375}) {
    EXPECT_DOUBLE_EQ(cdf(two_steps(), quantile(two_steps(), p)), p);
    EXPECT_DOUBLE_EQ(survival(two_steps(), quantile_upper(two_steps(), p)), p);
  }
  EXPECT_EQ(quantile(two_steps(), 0.75), 2);
  EXPECT_EQ(pdf(two_steps(), 2), 0.25);
}

TEST(Tabulated, FirstPointMayBeAnAtom) {
  const Distribution d = families::tabulated({2, 4}, {0.5, 1});
  EXPECT_EQ(cdf(d, 2), 0.5);
  EXPECT_EQ(quantile(d, 0.3), 2);
  EXPECT_DOUBLE_EQ(mean(d), 2.5);
}

TEST(Tabulated, TruncationCutsTheLines) {
  EXPECT_EQ(families::truncate_tabulated(two_steps(), 0.5, 2), families::tabulated({0.5, 1, 2}, {0, 0.25, 0.5}));
}

TEST(Tabulated, NegativeFactorMirrors) {
  EXPECT_EQ(affine(two_steps(), 1, -1), families::tabulated({-2, 0, 1}, {0, 0.5, 1}));
}

TEST(Tabulated, PointsThatFallTogetherBecomeOne) {
  EXPECT_EQ(affine(two_steps(), 1e20, 1), make("constant", {1e20}));
}

}  // namespace
}  // namespace tcosim
