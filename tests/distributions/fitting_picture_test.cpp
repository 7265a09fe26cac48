// What charts of a fit are drawn from: densities on a fine grid, and data against quantiles.
#include "distributions/fitting/picture.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "distributions/catalogue.hpp"

namespace tcosim {
namespace {

Distribution uniform_0_to_10() {
  return Distribution{find_family("uniform"), {0, 10}, {}};
}

std::vector<double> ramp(std::size_t n) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) values.push_back(10 * (static_cast<double>(n - i) - .5) / static_cast<double>(n));
  return values;
}

TEST(FitCurves, OfAUniformAreFlatAtTheShareOfABin) {
  const std::vector<Distribution> fits{uniform_0_to_10()};
  const FitPicture picture = picture_of(ramp(100), fits, false, 20);
  const FitCurves curves = curves_of(picture, fits, 11);
  ASSERT_EQ(curves.at.size(), 11U);
  EXPECT_EQ(curves.at.front(), picture.low);
  EXPECT_NEAR(curves.at.back(), picture.high, 1e-12);
  const double bin = (picture.high - picture.low) / static_cast<double>(picture.shares.size());
  for (const double share : curves.shares[0]) EXPECT_NEAR(share, bin / 10, 1e-12);
}

TEST(FitCurves, AreFiniteWhereADensityIsNot) {
  const std::vector<Distribution> fits{Distribution{find_family("gamma"), {.5, 1}, {}}};
  const FitPicture picture{0, 4, {.7, .2, .06, .04}, {}};
  const FitCurves curves = curves_of(picture, fits, 9);
  for (const double share : curves.shares[0]) EXPECT_TRUE(std::isfinite(share)) << share;
}

TEST(QuantilePlot, OfDataAtItsOwnQuantilesIsTheDiagonal) {
  const std::vector<Distribution> fits{uniform_0_to_10()};
  const QuantilePlot plot = quantile_plot(ramp(50), fits, 400);
  ASSERT_EQ(plot.data.size(), 50U);
  for (std::size_t i = 0; i < plot.data.size(); ++i) EXPECT_NEAR(plot.data[i], plot.fits[0][i], 1e-12);
}

TEST(QuantilePlot, OfManyValuesHasFewerPointsAndTheSameDiagonal) {
  const std::vector<Distribution> fits{uniform_0_to_10()};
  const QuantilePlot plot = quantile_plot(ramp(20'000), fits, 400);
  EXPECT_LE(plot.data.size(), 400U);
  EXPECT_GE(plot.data.size(), 380U);
  EXPECT_LT(plot.data.front(), .001);
  EXPECT_GT(plot.data.back(), 9.999);
  for (std::size_t i = 0; i < plot.data.size(); ++i) {
    EXPECT_NEAR(plot.data[i], plot.fits[0][i], 1e-9);
    if (i > 0) {
      EXPECT_GT(plot.data[i], plot.data[i - 1]);
    }
  }
}

}  // namespace
}  // namespace tcosim
