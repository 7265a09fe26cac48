// Members of a correlation group drawn anew given the others: what comes out, with what is kept, must be the group's
// distribution again, and must know nothing of what it replaces but through what is kept.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "distributions/catalogue/gaussian.hpp"
#include "scenario_texts.hpp"
#include "sim/analysis/conditional_copula.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {
namespace {

using testing_support::read;

constexpr std::size_t kDraws = 40'000;

/// Columns of uniforms of one group.
struct Columns {
  explicit Columns(std::size_t count) : values(count * kDraws) {}
  [[nodiscard]] DrawColumns all() { return {values.data(), kDraws, kDraws}; }
  std::vector<double> values;
};

/// Joint draws of the scenario's group.
Columns joint(const Scenario& scenario, std::uint64_t seed) {
  const auto source = UniformSource::for_scenario(Sampling::monte_carlo, seed, kDraws, scenario);
  Columns columns(scenario.variables.size());
  for (std::size_t v = 0; v < scenario.variables.size(); ++v) source->fill(v, 0, columns.all()[v]);
  return columns;
}

/// The group's members, those flagged drawn anew.
Columns redrawn(const Scenario& scenario, Columns start, const std::vector<char>& anew) {
  Scenario second = scenario;
  CorrelationGroup& group = second.correlation_groups[0];
  const ConditionalCopula copula(group.copula);
  if (group.copula.kind == CopulaKind::student_t) {
    group.copula.kind = CopulaKind::gaussian;
  } else if (group.copula.kind != CopulaKind::gaussian) {
    second.correlation_groups.clear();
  }
  Columns given = start, fresh = joint(second, 99), scale(1);
  const auto own = UniformSource::make(Sampling::monte_carlo, 7, kDraws, {"scale"});
  own->fill(0, 0, scale.all()[0]);
  for (std::size_t m = 0; m < copula.size(); ++m) {
    copula.to_given(given.all()[m]);
    copula.to_fresh(fresh.all()[m]);
  }
  const bool scaled = copula.kind() == CopulaKind::student_t;
  copula.redraw(given.all(), fresh.all(), scaled ? scale.all()[0] : std::span<double>(), anew, start.all());
  return start;
}

double score(double u) {
  return families::gaussian_quantile(u);
}

/// The mean product of two columns' normal scores; its standard error is at most sqrt(3 / kDraws).
double product(std::span<const double> x, std::span<const double> y) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += score(x[i]) * score(y[i]);
  return sum / static_cast<double>(x.size());
}

double share_of_both_low(std::span<const double> x, std::span<const double> y) {
  double count = 0;
  for (std::size_t i = 0; i < x.size(); ++i) count += x[i] < .05 && y[i] < .05 ? 1 : 0;
  return count / static_cast<double>(x.size());
}

Scenario triple(const std::string& copula) {
  return read(
      "tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\n  c: normal(0, 1)\ncorrelations:\n"
      "  - {inputs: [a, b, c], matrix: [[1, 0.5, -0.3], [0.5, 1, 0.4], [-0.3, 0.4, 1]]" +
      copula + "}\ncosts:\n  y: a + b + c\n");
}

Scenario pair(const std::string& copula) {
  return read(
      "tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\ncorrelations:\n"
      "  - {inputs: [a, b], rank: 0.6, copula: " +
      copula + "}\ncosts:\n  y: a + b\n");
}

TEST(ConditionalCopula, EverySubsetDrawnAnewLeavesTheJointDistributionAsItWas) {
  // Correlations and joint tails to five standard errors of two samples: .043 of a correlation, and of a tail of .02
  // a sixth. Drawn without a look at the others, correlations would be off by .3 and more.
  for (const char* copula : {"", ", copula: t(3)"}) {
    const Scenario scenario = triple(copula);
    const std::string name = copula;
    Columns before = joint(scenario, 1);
    for (int set = 1; set < 8; ++set) {
      std::vector<char> anew;
      for (int m = 0; m < 3; ++m) anew.push_back((set >> m & 1) != 0 ? 1 : 0);
      Columns after = redrawn(scenario, before, anew);
      for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
          EXPECT_NEAR(product(after.all()[i], after.all()[j]), product(before.all()[i], before.all()[j]),
                      5 * std::sqrt(2 * 3.0 / kDraws))
              << name << ' ' << set;
          const double low = share_of_both_low(before.all()[i], before.all()[j]);
          EXPECT_NEAR(share_of_both_low(after.all()[i], after.all()[j]), low, 5 * std::sqrt(2 * low / kDraws))
              << name << ' ' << set;
        }
      }
    }
  }
}

TEST(ConditionalCopula, PairsAreDrawnAnewBothWays) {
  for (const char* copula : {"clayton", "gumbel", "frank"}) {
    const Scenario scenario = pair(copula);
    Columns before = joint(scenario, 1);
    const double both = product(before.all()[0], before.all()[1]);
    const double low = share_of_both_low(before.all()[0], before.all()[1]);
    for (const std::vector<char>& anew : {std::vector<char>{1, 0}, {0, 1}, {1, 1}}) {
      Columns after = redrawn(scenario, before, anew);
      EXPECT_NEAR(product(after.all()[0], after.all()[1]), both, 5 * std::sqrt(2 * 3.0 / kDraws)) << copula;
      EXPECT_NEAR(share_of_both_low(after.all()[0], after.all()[1]), low, 5 * std::sqrt(2 * low / kDraws)) << copula;
      for (std::size_t m = 0; m < 2; ++m)
        EXPECT_NEAR(product(after.all()[m], after.all()[m]), 1, 5 * std::sqrt(2.0 / kDraws)) << copula;
    }
  }
}

TEST(ConditionalCopula, WhatIsDrawnAnewKnowsTheOldOnlyThroughWhatIsKept) {
  // b given a and c: E[b b'] is the variance of its conditional mean, r R^-1 r with r = (.5, .4) of the copula's own
  // correlations; 1 would be the old value, 0 a value that ignores the others
  const Scenario scenario = triple("");
  Columns before = joint(scenario, 1);
  Columns after = redrawn(scenario, before, {0, 1, 0});
  const auto rho = [](double rank) { return 2 * std::sin(std::acos(-1.0) * rank / 6); };
  const double ab = rho(.5), bc = rho(.4), ac = rho(-.3);
  const double explained = (ab * ab + bc * bc - 2 * ab * bc * ac) / (1 - ac * ac);
  EXPECT_NEAR(product(before.all()[1], after.all()[1]), explained, 5 * std::sqrt(3.0 / kDraws));
  Columns all = redrawn(scenario, before, {1, 1, 1});
  EXPECT_NEAR(product(before.all()[1], all.all()[1]), 0, 5 * std::sqrt(1.0 / kDraws));
}

TEST(ConditionalCopula, MembersWithOneRandomNumberStayEqual) {
  const Copula twins{CopulaKind::gaussian, 3, {1, 0, 0, 1, 0, 0, .5, std::sqrt(.75), 0}, 0};
  const ConditionalCopula copula(twins);
  std::vector<double> given{.3, .3, .9}, fresh{.6, .6, .2}, out(3);
  copula.to_given(given);
  copula.to_fresh(fresh);
  copula.redraw({given.data(), 1, 1}, {fresh.data(), 1, 1}, {}, std::vector<char>{0, 1, 0}, {out.data(), 1, 1});
  EXPECT_NEAR(out[1], .3, 1e-9);
  copula.redraw({given.data(), 1, 1}, {fresh.data(), 1, 1}, {}, std::vector<char>{0, 0, 1}, {out.data(), 1, 1});
  EXPECT_GT(out[2], 0);
  EXPECT_LT(out[2], 1);
}

}  // namespace
}  // namespace tcosim
