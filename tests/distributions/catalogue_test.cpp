#include "distributions/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <set>

#include "tests/distributions/sampling.hpp"

namespace tcosim {
namespace {

using testing::Case;

/// 2^-53 to 1/2, four a factor of two.
std::vector<double> tail_probabilities() {
  std::vector<double> grid;
  for (int i = -53 * 4; i <= -4; ++i) grid.push_back(std::exp2(i / 4.0));
  return grid;
}

/// |f(x) - p| / p, less what eight units in the last place of x (or of the end that it is measured from)
/// change: near an end that is not 0 the values themselves have no more digits.
double tail_error(const Distribution& d, double f, double x, double p) {
  const Interval bounds = support(d);
  double size = std::abs(x);
  for (const double end : {bounds.low, bounds.high}) size = std::max(size, std::isfinite(end) ? std::abs(end) : 0);
  const double unit = (std::nextafter(size, INFINITY) - size) * pdf(d, x);
  return std::max(std::abs(f - p) - 8 * unit, 0.0) / p;
}

/// What tolerances are measured in: the standard deviation and the mean, where heavy tails have none the distance
/// between the quartiles and the median.
double spread(const Distribution& d) {
  return std::isfinite(variance(d)) ? standard_deviation(d) : quantile_upper(d, 0.25) - quantile(d, 0.25);
}
double centre(const Distribution& d) {
  return std::isfinite(mean(d)) ? mean(d) : median(d);
}

class Continuous : public ::testing::TestWithParam<Case> {
 protected:
  const Distribution& d() const { return d_; }

 private:
  const Distribution d_ = GetParam().make_distribution();
};

INSTANTIATE_TEST_SUITE_P(Catalogue, Continuous, ::testing::ValuesIn(testing::continuous_cases()), testing::case_name);

TEST_P(Continuous, CdfAndSurvivalAddUpToOne) {
  for (const double p : tail_probabilities()) {
    for (const double x : {quantile(d(), p), quantile_upper(d(), p)}) {
      EXPECT_NEAR(cdf(d(), x) + survival(d(), x), 1, 2e-14) << x;
    }
  }
}

TEST_P(Continuous, QuantileInvertsCdfInTheLowerTail) {
  for (const double p : tail_probabilities()) {
    const double x = quantile(d(), p);
    EXPECT_LE(tail_error(d(), cdf(d(), x), x, p), 2e-13) << p;
  }
}

TEST_P(Continuous, UpperQuantileInvertsSurvivalInTheUpperTail) {
  for (const double q : tail_probabilities()) {
    const double x = quantile_upper(d(), q);
    EXPECT_LE(tail_error(d(), survival(d(), x), x, q), 2e-13) << q;
  }
}

TEST_P(Continuous, QuantilesOfBothSidesMeet) {
  for (const double p : {0.1, 0.25, 0.5, 0.6, 0.75, 0.9, 0.99}) {
    const double x = quantile(d(), p);
    EXPECT_NEAR(x, quantile_upper(d(), 1 - p), 1e-12 * (spread(d()) + std::abs(centre(d())) + std::abs(x)));
  }
}

TEST_P(Continuous, QuantileIsMonotone) {
  double last = -INFINITY;
  double last_upper = INFINITY;
  for (const double p : tail_probabilities()) {
    EXPECT_GE(quantile(d(), p), last);
    EXPECT_LE(quantile_upper(d(), p), last_upper);
    last = quantile(d(), p);
    last_upper = quantile_upper(d(), p);
  }
}

TEST_P(Continuous, QuantilesAreFiniteAndWithinTheSupport) {
  const Interval bounds = support(d());
  for (const double p : tail_probabilities()) {
    for (const double x : {quantile(d(), p), quantile_upper(d(), p)}) {
      EXPECT_TRUE(std::isfinite(x));
      EXPECT_GE(x, bounds.low);
      EXPECT_LE(x, bounds.high);
    }
  }
  EXPECT_EQ(quantile(d(), 0), bounds.low);
  EXPECT_EQ(quantile_upper(d(), 0), bounds.high);
  EXPECT_EQ(cdf(d(), bounds.low), 0);
  EXPECT_EQ(survival(d(), bounds.high), 0);
}

/// Where the integrals over the density are cut: at the kinks and at every quarter octave of both tails down to 2^-52.
/// Heavy tails hold moments far beyond that: they go on while values can be squared.
std::vector<double> stretch_ends(const Distribution& d) {
  std::vector<double> ends;
  for (const double kink : kinks(d)) ends.push_back(quantile(d, kink));
  const double far = 1e4 * (quantile_upper(d, 0.25) - quantile(d, 0.25));
  const auto go_down = [&](auto end_at) {
    const double last = std::abs(end_at(0x1p-52) - median(d)) > far ? 1000 : 52;
    for (double octave = 1; octave <= last; octave += 0.25) {
      if (const double end = end_at(std::exp2(-octave)); std::abs(end) < 1e150) ends.push_back(end);
    }
  };
  go_down([&](double p) { return quantile(d, p); });
  go_down([&](double q) { return quantile_upper(d, q); });
  std::sort(ends.begin(), ends.end());
  return ends;
}

/// Mass, mean and variance by Gauss-Kronrod over the density, in stretches between octaves of the tails. They
/// share nothing with the family's own but the density.
struct DensityMoments {
  double mass = 0, mean = 0, variance = 0;
  explicit DensityMoments(const Distribution& d) {
    const std::vector<double> ends = stretch_ends(d);
    const auto integrate = [&](auto weight) {
      double sum = 0;
      for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
        const double width = ends[i + 1] - ends[i];
        if (!(width > 0)) continue;
        sum += width * boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
                           [&](double t) {
                             const double x = ends[i] + width * t;
                             return weight(x) * pdf(d, x);
                           },
                           0, 1, 0);
      }
      return sum;
    };
    const double middle = centre(d);
    mass = integrate([](double) { return 1.0; });
    mean = middle + integrate([&](double x) { return x - middle; });
    variance = integrate([&](double x) { return (x - middle) * (x - middle); });
  }
};

// 1e-6 of the variance of the widest case, a lognormal with sd/mean 3, lies beyond the last octave.
TEST_P(Continuous, DensityHasMassOneAndTheStatedMoments) {
  if (std::isinf(pdf(d(), support(d()).high))) GTEST_SKIP() << "density without bound where values have no digits left";
  const DensityMoments m(d());
  EXPECT_NEAR(m.mass, 1, 1e-9);
  if (std::isfinite(mean(d()))) {
    EXPECT_NEAR(m.mean, mean(d()), 1e-9 * (spread(d()) + std::abs(mean(d()))));
  }
  if (std::isfinite(variance(d()))) {
    EXPECT_NEAR(m.variance / variance(d()), 1, 2e-6);
  }
}

TEST_P(Continuous, DensityIsTheSlopeOfTheCdf) {
  for (const double p : {0.01, 0.1, 0.3, 0.49, 0.7, 0.9, 0.99}) {
    const double x = quantile(d(), p);
    const double step = 1e-4 * std::min(quantile_upper(d(), 0.9 * (1 - p)) - x, x - quantile(d(), 0.9 * p));
    const double slope = (cdf(d(), x + step) - cdf(d(), x - step)) / ((x + step) - (x - step));
    EXPECT_NEAR(slope / pdf(d(), x), 1, 1e-5) << p;
  }
}

TEST_P(Continuous, DensityIsGreatestAtTheMode) {
  const double most = pdf(d(), mode(d()));
  for (const double p : tail_probabilities()) {
    EXPECT_LE(pdf(d(), quantile(d(), p)), most * (1 + 1e-9));
    EXPECT_LE(pdf(d(), quantile_upper(d(), p)), most * (1 + 1e-9));
  }
}

TEST_P(Continuous, StandardShapeScaledIsTheDistribution) {
  if (d().family->standardise == nullptr) GTEST_SKIP() << "has no standard shape";
  const Standardised s = d().family->standardise(d());
  EXPECT_GT(s.scale, 0);
  for (const double p : tail_probabilities()) {
    const double size = spread(d()) + std::abs(s.location);
    const double lower = quantile(d(), p);
    EXPECT_NEAR(s.location + s.scale * quantile(s.standard, p), lower, 1e-11 * (size + std::abs(lower)));
    const double upper = quantile_upper(d(), p);
    EXPECT_NEAR(s.location + s.scale * quantile_upper(s.standard, p), upper, 1e-11 * (size + std::abs(upper)));
  }
  if (s.standard.family->standardise == nullptr) return;
  const Standardised again = s.standard.family->standardise(s.standard);
  EXPECT_EQ(again.standard, s.standard);
  EXPECT_EQ(again.location, 0);
  EXPECT_EQ(again.scale, 1);
}

TEST_P(Continuous, KinksAscendWithinTheUnitInterval) {
  double last = 0;
  for (const double kink : kinks(d())) {
    EXPECT_GT(kink, last);
    EXPECT_LT(kink, 1);
    last = kink;
  }
}

class Discrete : public ::testing::TestWithParam<Case> {
 protected:
  const Distribution& d() const { return d_; }

 private:
  const Distribution d_ = GetParam().make_distribution();
};

INSTANTIATE_TEST_SUITE_P(Catalogue, Discrete, ::testing::ValuesIn(testing::discrete_cases()), testing::case_name);

TEST_P(Discrete, AtomsAddUpToOneAndToTheCdf) {
  double sum = 0;
  double last = -INFINITY;
  for (const Atom& atom : d().family->atoms(d())) {
    sum += atom.probability;
    EXPECT_GT(atom.value, last);
    EXPECT_NEAR(cdf(d(), atom.value), sum, 1e-11);
    EXPECT_NEAR(survival(d(), atom.value), 1 - sum, 1e-11);
    EXPECT_NEAR(pdf(d(), atom.value), atom.probability, 1e-12 * atom.probability);
    last = atom.value;
  }
  EXPECT_NEAR(sum, 1, 1e-11);
}

TEST_P(Discrete, QuantileIsTheLeastValueThatReachesTheProbability) {
  const std::vector<Atom> atoms = d().family->atoms(d());
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const double reached = cdf(d(), atoms[i].value);
    if (!(reached < 1 - 1e-13) || !(reached > 0x1p-53) || reached == (i > 0 ? cdf(d(), atoms[i - 1].value) : 0))
      continue;
    EXPECT_EQ(quantile(d(), reached), atoms[i].value);
    EXPECT_GT(quantile(d(), std::nextafter(reached, 2)), atoms[i].value);
    const double left = survival(d(), atoms[i].value);
    if (left < 0x1p-50 || left == (i > 0 ? survival(d(), atoms[i - 1].value) : 1)) continue;
    EXPECT_EQ(quantile_upper(d(), left), atoms[i].value);
    EXPECT_GT(quantile_upper(d(), std::nextafter(left, 0)), atoms[i].value);
  }
}

TEST_P(Discrete, MomentsAreThoseOfTheAtoms) {
  double m = 0;
  for (const Atom& atom : d().family->atoms(d())) m += atom.probability * atom.value;
  double v = 0;
  for (const Atom& atom : d().family->atoms(d())) v += atom.probability * (atom.value - m) * (atom.value - m);
  EXPECT_NEAR(mean(d()), m, 1e-11 * (std::abs(m) + std::sqrt(v)));
  EXPECT_NEAR(variance(d()), v, 1e-9 * v);
}

TEST_P(Discrete, ModeIsTheLikeliestValue) {
  const double most = pdf(d(), mode(d()));
  EXPECT_GT(most, 0);
  for (const Atom& atom : d().family->atoms(d())) EXPECT_LE(atom.probability, most * (1 + 1e-12));
}

TEST_P(Discrete, ValuesLieWithinTheSupport) {
  const Interval bounds = support(d());
  for (const Atom& atom : d().family->atoms(d())) {
    EXPECT_GE(atom.value, bounds.low);
    EXPECT_LE(atom.value, bounds.high);
  }
  EXPECT_EQ(cdf(d(), bounds.low - 1), 0);
  EXPECT_EQ(survival(d(), bounds.high), 0);
}

class Mixed : public ::testing::TestWithParam<Case> {
 protected:
  const Distribution& d() const { return d_; }

 private:
  const Distribution d_ = GetParam().make_distribution();
};

INSTANTIATE_TEST_SUITE_P(Catalogue, Mixed, ::testing::ValuesIn(testing::mixed_cases()), testing::case_name);

double piece_low(const Piece& piece) {
  return piece.atom ? *piece.atom : quantile(*piece.distribution, 0x1p-53);
}
double piece_high(const Piece& piece) {
  return piece.atom ? *piece.atom : quantile_upper(*piece.distribution, 0x1p-53);
}

TEST_P(Mixed, PiecesAddUpToOneAndDoNotOverlap) {
  if (d().family->kind == Kind::tabulated) GTEST_SKIP() << "one table";
  double sum = 0;
  double last = -INFINITY;
  for (const Piece& piece : d().family->pieces(d())) {
    EXPECT_NE(piece.atom.has_value(), piece.distribution.has_value());
    EXPECT_GE(piece_low(piece), last);
    last = piece_high(piece);
    sum += piece.probability;
  }
  EXPECT_NEAR(sum, 1, 1e-14);
}

TEST_P(Mixed, QuantileIsTheLeastValueThatReachesTheProbability) {
  for (int i = 1; i < 1000; ++i) {
    const double p = i / 1000.0;
    const double x = quantile(d(), p);
    EXPECT_GE(cdf(d(), x), p - 1e-12) << p;
    EXPECT_LE(cdf(d(), x - 1e-6 * standard_deviation(d())), p) << p;
    EXPECT_LE(survival(d(), quantile_upper(d(), p)), p + 1e-12) << p;
    EXPECT_NEAR(cdf(d(), x) + survival(d(), x), 1, 1e-14);
  }
}

// The midpoint rule at 2^16 probabilities, to a per mille: a wrong weight of a piece shows.
TEST_P(Mixed, MomentsAreThoseOfTheQuantile) {
  constexpr int kPoints = 1 << 16;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kPoints; ++i) {
    const double away = quantile(d(), (i + 0.5) / kPoints) - mean(d());
    sum += away;
    squares += away * away;
  }
  EXPECT_NEAR(sum / kPoints / standard_deviation(d()), 0, 2e-3);
  EXPECT_NEAR(std::sqrt(squares / kPoints) / standard_deviation(d()), 1, 0.03);
}

TEST(Catalogue, NamesAreDistinctAndFound) {
  std::set<std::string_view> names;
  for (const Family* family : catalogue()) {
    EXPECT_TRUE(names.insert(family->name).second) << family->name;
    EXPECT_EQ(find_family(family->name), family);
  }
  EXPECT_EQ(find_family("pert2"), nullptr);
  for (const char* name :
       {"constant", "uniform", "triangular", "pert", "normal", "lognormal", "beta", "gamma", "exponential", "weibull",
        "poisson", "binomial", "bernoulli", "discrete", "truncate", "scale", "shift", "zero_inflated", "compound"}) {
    EXPECT_EQ(names.count(name), 1) << name;
  }
}

TEST(Catalogue, EveryFamilyIsDocumented) {
  for (const Family* family : catalogue()) {
    EXPECT_FALSE(family->title.empty()) << family->name;
    EXPECT_FALSE(family->purpose.empty()) << family->name;
    EXPECT_FALSE(family->formula.empty()) << family->name;
    EXPECT_FALSE(family->advice.empty()) << family->name;
    EXPECT_GE(family->examples.size(), 2u) << family->name;
    ASSERT_FALSE(family->signatures.empty()) << family->name;
    for (const Signature& signature : family->signatures) {
      for (const Parameter& parameter : signature.parameters) EXPECT_FALSE(parameter.meaning.empty()) << family->name;
    }
  }
}

TEST(Catalogue, StatesTheModeWhereAParameterIsOne) {
  EXPECT_TRUE(states_mode(make("pert", {1, 2, 3})));
  EXPECT_TRUE(states_mode(make("triangular", {1, 2, 3})));
  EXPECT_TRUE(states_mode(affine(make("pert", {1, 2, 3}), 0, 2)));
  EXPECT_FALSE(states_mode(make("normal", {1, 2})));
  EXPECT_FALSE(states_mode(affine(make("normal", {1, 2}), 0, 2)));
}

}  // namespace
}  // namespace tcosim
