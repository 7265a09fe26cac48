// Vector loops against plain ones, at every length around the width of a vector.
#include "sim/block_kernels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "distributions/stream.hpp"

namespace tcosim {
namespace {

class Columns : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    a.resize(GetParam());
    b.resize(GetParam());
    fill_uniforms(make_stream(1, "a"), 0, a);
    fill_uniforms(make_stream(1, "b"), 0, b);
  }
  std::vector<double> a, b;
};

TEST_P(Columns, ArithmeticIsElementByElement) {
  std::vector<double> out(a.size());
  kernel::add(a.data(), b.data(), a.size(), out.data());
  for (std::size_t i = 0; i < a.size(); ++i) ASSERT_EQ(out[i], a[i] + b[i]);
  kernel::subtract(a.data(), b.data(), a.size(), out.data());
  for (std::size_t i = 0; i < a.size(); ++i) ASSERT_EQ(out[i], a[i] - b[i]);
  kernel::multiply(a.data(), b.data(), a.size(), out.data());
  for (std::size_t i = 0; i < a.size(); ++i) ASSERT_EQ(out[i], a[i] * b[i]);
  kernel::divide(a.data(), b.data(), a.size(), out.data());
  for (std::size_t i = 0; i < a.size(); ++i) ASSERT_EQ(out[i], a[i] / b[i]);
}

TEST_P(Columns, SumsAgreeWithAPlainLoop) {
  const auto n = static_cast<double>(a.size());
  const double tolerance = 1e-15 * n;
  kernel::Moments plain;
  double cubes = 0, above = 0;
  std::uint64_t up_to = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    plain.sum += a[i] - .4;
    plain.squares += (a[i] - .4) * (a[i] - .4);
    plain.product += (a[i] - .4) * (b[i] - .6);
    cubes += std::pow(a[i] - .4, 3);
    above += a[i] > .7 ? a[i] - .4 : 0;
    up_to += a[i] <= .7 ? 1 : 0;
  }
  const kernel::Moments found = kernel::moments(a.data(), .4, b.data(), .6, a.size());
  EXPECT_NEAR(found.sum, plain.sum, tolerance);
  EXPECT_NEAR(found.squares, plain.squares, tolerance);
  EXPECT_NEAR(found.product, plain.product, tolerance);
  const kernel::Extremes extremes = kernel::extremes(a.data(), .4, a.size());
  EXPECT_NEAR(extremes.cubes, cubes, tolerance);
  EXPECT_EQ(extremes.min, *std::ranges::min_element(a));
  EXPECT_EQ(extremes.max, *std::ranges::max_element(a));
  EXPECT_NEAR(kernel::sum_above(a.data(), a.size(), .7, .4), above, tolerance);
  EXPECT_EQ(kernel::count_up_to(a.data(), a.size(), .7), up_to);
}

INSTANTIATE_TEST_SUITE_P(Lengths, Columns, testing::Values(1, 2, 3, 7, 8, 9, 15, 16, 17, 2047, 2048));

}  // namespace
}  // namespace tcosim
