// Copulas: conditional inverses against known answers and their closed forms, blocks against the same formulas in
// plain C++, and what makes each kind itself: tail dependence, the factor's orientation, uniform margins.
#include "distributions/copula.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "distributions/correlation_matrix.hpp"
#include "distributions/stream.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kPart = 2048;

Copula gaussian(const CorrelationMatrix& matrix) {
  return {CopulaKind::gaussian, matrix.size(), cholesky(matrix).value(), 0};
}
CorrelationMatrix pair_matrix(double rho) {
  CorrelationMatrix matrix(2);
  matrix.set(0, 1, rho);
  return matrix;
}

/// Uniforms of all members, by member, from streams named 0, 1, ... and "scale".
std::vector<std::vector<double>> draw(const Copula& copula, std::size_t count) {
  const CopulaTransform transform(copula);
  std::vector<std::vector<double>> all(copula.size, std::vector<double>(count));
  std::vector<double> block(copula.size * kPart), scale(kPart);
  const std::vector<char> wanted(copula.size, 1);
  for (std::size_t first = 0; first < count; first += kPart) {
    const DrawColumns columns{block.data(), kPart, std::min(kPart, count - first)};
    for (std::size_t m = 0; m < copula.size; ++m) {
      const Stream stream = make_stream(1, std::to_string(m));
      if (m > 0 && transform.takes_normals()) {
        transform.normals(stream, first, columns[m]);
      } else {
        fill_uniforms(stream, first, columns[m]);
      }
    }
    fill_uniforms(make_stream(1, "scale"), first, std::span(scale).first(columns.count));
    transform.join(columns, wanted, std::span(scale).first(transform.takes_scale() ? columns.count : 0));
    for (std::size_t m = 0; m < copula.size; ++m)
      std::ranges::copy(columns[m], all[m].begin() + static_cast<std::ptrdiff_t>(first));
  }
  return all;
}

/// Pearson's of the uniforms is Spearman's of the draws.
double spearman(const std::vector<double>& u, const std::vector<double>& v) {
  double sum = 0;
  for (std::size_t i = 0; i < u.size(); ++i) sum += (u[i] - 0.5) * (v[i] - 0.5);
  return 12 * sum / static_cast<double>(u.size());
}

void expect_uniform(const std::vector<double>& u) {
  // Kolmogorov's distance times sqrt(n): beyond 2.35 with a chance of 3e-5
  std::vector<double> sorted = u;
  std::ranges::sort(sorted);
  double distance = 0;
  const auto n = static_cast<double>(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i)
    distance = std::max(distance, std::abs(sorted[i] - (static_cast<double>(i) + 0.5) / n));
  EXPECT_LT(distance * std::sqrt(n), 2.35);
  EXPECT_GE(sorted.front(), 0x1p-53);
  EXPECT_LE(sorted.back(), 1 - 0x1p-53);
}

/// The share of draws in which both are above `level`, over that of one.
double upper_tail(const std::vector<std::vector<double>>& u, double level) {
  double both = 0;
  for (std::size_t i = 0; i < u[0].size(); ++i) both += u[0][i] > level && u[1][i] > level ? 1 : 0;
  return both / (static_cast<double>(u[0].size()) * (1 - level));
}

TEST(ConditionalInverse, OfClaytonIsTheKnownNumber) {
  EXPECT_NEAR(clayton_second(2, 0.5, 0.5), .54639, 5e-6);
}

TEST(ConditionalInverse, IsTheInverseOfTheConditionalCdf) {
  // dC/du of each family at (u, second(u, v)) gives v back
  const auto clayton = [](double t, double u, double w) {
    return std::pow(u, -t - 1) * std::pow(std::pow(u, -t) + std::pow(w, -t) - 1, -1 / t - 1);
  };
  const auto gumbel = [](double t, double u, double w) {
    const double x = -std::log(u), y = -std::log(w), s = std::pow(std::pow(x, t) + std::pow(y, t), 1 / t);
    return std::exp(-s) * std::pow(s, 1 - t) * std::pow(x, t - 1) / u;
  };
  const auto frank = [](double t, double u, double w) {
    return std::exp(-t * u) * std::expm1(-t * w) / (std::expm1(-t) + std::expm1(-t * u) * std::expm1(-t * w));
  };
  for (const double u : {0.01, 0.3, 0.5, 0.9, 0.999}) {
    for (const double v : {0.002, 0.2, 0.5, 0.7, 0.99}) {
      for (const double t : {0.1, 1.0, 2.0, 5.0}) {
        EXPECT_NEAR(clayton(t, u, clayton_second(t, u, v)), v, 1e-9) << t << ' ' << u << ' ' << v;
        EXPECT_NEAR(gumbel(1 + t, u, gumbel_second(1 + t, u, v)), v, 1e-9) << t << ' ' << u << ' ' << v;
        EXPECT_NEAR(frank(t, u, frank_second(t, u, v)), v, 1e-9) << t << ' ' << u << ' ' << v;
        EXPECT_NEAR(frank(-t, u, frank_second(-t, u, v)), v, 1e-9) << t << ' ' << u << ' ' << v;
      }
    }
  }
}

TEST(ConditionalInverse, StaysInsideForLargeAndSmallTheta) {
  // The textbook form of Frank's passes 1 from theta 18 and overflows at 38.
  for (const double theta : {1e-12, 1e-6, 18.0, 38.0, 100.0, kMostTheta}) {
    for (const double u : {0x1p-53, 1e-9, 0.4, 0.99, 1 - 0x1p-53}) {
      for (const double v : {0x1p-53, 1e-9, 0.5, 0.99, 1 - 0x1p-53}) {
        for (const double second : {frank_second(theta, u, v), frank_second(-theta, u, v), clayton_second(theta, u, v),
                                    gumbel_second(1 + theta, u, v)}) {
          EXPECT_GE(second, 0x1p-53);
          EXPECT_LE(second, 1 - 0x1p-53);
        }
      }
    }
  }
  EXPECT_NEAR(frank_second(400, 0.3, 0.5), 0.3, 0.01);
  EXPECT_NEAR(frank_second(-400, 0.3, 0.5), 0.7, 0.01);
  EXPECT_NEAR(gumbel_second(400, 0.3, 0.5), 0.3, 0.01);
  EXPECT_NEAR(clayton_second(400, 0.3, 0.5), 0.3, 0.01);
  for (const double v : {0.1, 0.8}) {
    EXPECT_EQ(frank_second(0, 0.3, v), v);
    EXPECT_EQ(clayton_second(0, 0.3, v), v);
    EXPECT_NEAR(gumbel_second(1, 0.3, v), v, 1e-15);
    EXPECT_NEAR(frank_second(1e-12, 0.3, v), v, 1e-11);
  }
}

TEST(GaussianCopula, BlocksAreTheFormulaInPlainArithmetic) {
  CorrelationMatrix matrix(5);
  const std::vector<double> below{0.5, -0.3, 0.2, 0.7, 0.1, -0.4, 0, 0.3, 0.2, -0.1};
  for (std::size_t i = 0, next = 0; i < 5; ++i)
    for (std::size_t j = 0; j < i; ++j) matrix.set(i, j, below[next++]);
  const Copula copula = gaussian(matrix);
  const auto u = draw(copula, 3000);
  const boost::math::normal normal;
  for (std::size_t i = 0; i < u[0].size(); ++i) {
    std::vector<double> z(5);
    for (std::size_t m = 0; m < 5; ++m) {
      double own = 0;
      fill_uniforms(make_stream(1, std::to_string(m)), i, {&own, 1});
      z[m] = own < 0.5 ? quantile(normal, own) : quantile(complement(normal, 1 - own));
      double y = 0;
      for (std::size_t k = 0; k <= m; ++k) y += copula.factor[m * 5 + k] * z[k];
      ASSERT_NEAR(u[m][i], cdf(normal, y), 2e-14 * u[m][i]) << m << ' ' << i;
      if (m == 0) {
        ASSERT_EQ(u[0][i], own);
      }
    }
  }
}

TEST(GaussianCopula, BlocksOfAnyLengthHaveTheSameBits) {
  const CopulaTransform transform(gaussian(pair_matrix(0.5)));
  std::vector<double> whole(2 * kPart);
  const std::vector<char> both(2, 1);
  const auto join = [&](const DrawColumns& columns, std::size_t first) {
    fill_uniforms(make_stream(1, "0"), first, columns[0]);
    transform.normals(make_stream(1, "1"), first, columns[1]);
    transform.join(columns, both, {});
  };
  join({whole.data(), kPart, kPart}, 0);
  for (std::size_t count = 1; count < 40; ++count) {
    std::vector<double> part(2 * count);
    join({part.data(), count, count}, 100);
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(part[count + i], whole[kPart + 100 + i]) << count << ' ' << i;
  }
}

TEST(GaussianCopula, EqualCorrelationsAreTheSameByTheirOwnWay) {
  CorrelationMatrix equal(7), other(7);
  for (std::size_t i = 0; i < 7; ++i)
    for (std::size_t j = 0; j < i; ++j) equal.set(i, j, 0.35);
  other = equal;
  other.set(6, 5, 0.3500001);  // not equal any more, for the general way
  const auto u = draw(gaussian(equal), 5000), v = draw(gaussian(other), 5000);
  for (std::size_t m = 0; m < 7; ++m)
    for (std::size_t i = 0; i < u[m].size(); ++i) ASSERT_NEAR(u[m][i], v[m][i], 2e-6);
}

TEST(GaussianCopula, HasTheCorrelationsOfEachPairAndNotOfTheTransposedFactor) {
  // With the factor transposed, pair 0, 1 would have .5 .866 + ... in place of .5, and pair 1, 2 another still.
  CorrelationMatrix matrix(3);
  matrix.set(0, 1, 0.8);
  matrix.set(0, 2, -0.5);
  matrix.set(1, 2, -0.1);
  constexpr std::size_t kDraws = 400'000;
  const auto u = draw(gaussian(matrix), kDraws);
  for (std::size_t i = 0; i < 3; ++i) {
    expect_uniform(u[i]);
    for (std::size_t j = 0; j < i; ++j) {
      // standard error of Spearman's at most 1 / sqrt(n) here: .0016, so that .008 off is caught
      const double exact = 6 / M_PI * std::asin(matrix(i, j) / 2);
      EXPECT_NEAR(spearman(u[i], u[j]), exact, 5 / std::sqrt(kDraws)) << i << ' ' << j;
    }
  }
}

TEST(GaussianCopula, MembersThatAreNotWantedAreNotNeeded) {
  CorrelationMatrix matrix(4);
  matrix.set(0, 2, 0.5);
  const CopulaTransform transform(gaussian(matrix));
  EXPECT_EQ(transform.needed(std::vector<char>{0, 0, 1, 0}), (std::vector<char>{1, 0, 1, 0}));
  EXPECT_EQ(transform.needed(std::vector<char>{0, 1, 0, 0}), (std::vector<char>{0, 1, 0, 0}));
}

TEST(StudentCopula, BlocksAreTheFormulaInPlainArithmetic) {
  for (const double freedom : {2.0, 4.0, 7.5, 60.0, 1000.0}) {
    const Copula copula{CopulaKind::student_t, 2, cholesky(pair_matrix(0.5)).value(), freedom};
    const auto u = draw(copula, 600);
    const boost::math::normal normal;
    const boost::math::students_t student(freedom);
    const boost::math::chi_squared chi2(freedom);
    for (std::size_t i = 0; i < 600; ++i) {
      double own[2], scale = 0;
      for (std::size_t m = 0; m < 2; ++m) fill_uniforms(make_stream(1, std::to_string(m)), i, {&own[m], 1});
      fill_uniforms(make_stream(1, "scale"), i, {&scale, 1});
      const double stretch = std::sqrt(freedom / quantile(chi2, scale));
      const double z0 = quantile(normal, own[0]), z1 = quantile(normal, own[1]);
      ASSERT_NEAR(u[0][i], cdf(student, z0 * stretch), 1e-12 * u[0][i]) << freedom << ' ' << i;
      ASSERT_NEAR(u[1][i], cdf(student, (0.5 * z0 + std::sqrt(0.75) * z1) * stretch), 1e-12 * u[1][i]) << freedom;
    }
  }
}

TEST(StudentCopula, ExtremesComeTogetherAsOftenAsTheyShould) {
  constexpr std::size_t kDraws = 4'000'000;
  const auto u = draw({CopulaKind::student_t, 2, cholesky(pair_matrix(0.5)).value(), 4}, kDraws);
  expect_uniform(u[0]);
  expect_uniform(u[1]);
  // Limit .253170. At .999 P(both) / .001 is .27224 (by quadrature of the bivariate density): of 4e6 draws 1089 +- 33,
  // which makes 5 standard errors of .041; the Gaussian would have .065.
  EXPECT_NEAR(upper_tail(u, 0.999), .253170 + .0191, .041);
  double low = 0;
  for (std::size_t i = 0; i < kDraws; ++i) low += u[0][i] < 0.001 && u[1][i] < 0.001 ? 1 : 0;
  EXPECT_NEAR(low / (kDraws * 0.001), .253170 + .0191, .041);
}

TEST(GumbelCopula, ExtremesComeTogetherAboveAndNotBelow) {
  constexpr std::size_t kDraws = 1'000'000;
  constexpr double kTheta = 2, kLevel = 0.99;
  const auto u = draw({CopulaKind::gumbel, 2, {}, kTheta}, kDraws);
  expect_uniform(u[1]);
  // P(both > .99) = 1 - 2 .99 + .99^(2^(1/2)) = .0058870, over .01; the limit is 2 - 2^(1/2) = .585786.
  // Standard error sqrt(.005887 / 1e6) / .01 = .0077.
  const double exact = (1 - 2 * kLevel + std::pow(kLevel, std::pow(2, 1 / kTheta))) / (1 - kLevel);
  EXPECT_NEAR(exact, 2 - std::sqrt(2), .005);
  EXPECT_NEAR(upper_tail(u, kLevel), exact, 5 * .0077);
  double low = 0;
  for (std::size_t i = 0; i < kDraws; ++i) low += u[0][i] < 0.01 && u[1][i] < 0.01 ? 1 : 0;
  EXPECT_NEAR(low / (kDraws * 0.01), std::pow(.01, std::sqrt(2)) / .01, 5 * .0039);
}

TEST(ClaytonCopula, ExtremesComeTogetherBelow) {
  constexpr std::size_t kDraws = 1'000'000;
  const auto u = draw({CopulaKind::clayton, 2, {}, 2}, kDraws);
  expect_uniform(u[1]);
  double low = 0;
  for (std::size_t i = 0; i < kDraws; ++i) low += u[0][i] < 0.01 && u[1][i] < 0.01 ? 1 : 0;
  // C(.01, .01) = (2 .01^-2 - 1)^(-1/2) = .0070712; standard error .0084 of the ratio; the limit is 2^(-1/2)
  EXPECT_NEAR(low / (kDraws * 0.01), std::pow(2e4 - 1, -0.5) / .01, 5 * .0084);
}

}  // namespace
}  // namespace tcosim
