// Samplers of every family against its exact functions: u-error over the whole unit interval, order, jumps, mid-ranks,
// and shares of draws.
#include "distributions/sampler.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/distributions/sampling.hpp"

namespace tcosim {
namespace {

using testing::Case;
using testing::cut;
using testing::List;

/// Uniforms as the streams have them: dense over every octave of both tails, and equispaced; ascending.
std::vector<double> uniforms() {
  std::vector<double> u;
  const auto add = [&](double distance) {
    const double on_grid = (std::floor(distance * 0x1p52) + 0.5) * 0x1p-52;
    u.insert(u.end(), {on_grid, 1 - on_grid});
  };
  for (int octave = 1; octave <= 52; ++octave)
    for (double place = 1.0001; place < 2; place += 0.0237) add(std::ldexp(place, -octave - 1));
  for (double distance = 0.0005; distance < 0.5; distance += 0.001) add(distance);
  std::ranges::sort(u);
  return u;
}

/// What the tables do not promise in u: the last digits of u beside a kink or jump, and of a cdf made of points. A
/// truncated distribution's own quantile counts from the cut with the digits of the whole one.
double unresolved(const Distribution& d) {
  if (d.family->kind != Kind::continuous || !kinks(d).empty()) return 1e-15;
  return d.family->name == "truncate" ? 1e-18 : 0;
}

class AnySampler : public ::testing::TestWithParam<Case> {
 protected:
  const Distribution d_ = testing::in_standard_scale(GetParam().make_distribution());
  const Sampler sampler_ = make_samplers(std::vector{d_})[0];
};

INSTANTIATE_TEST_SUITE_P(Catalogue, AnySampler, ::testing::ValuesIn(testing::all_cases()), testing::case_name);

TEST_P(AnySampler, HasAUErrorWithinThePromise) {
  const std::vector<double> u = uniforms(), x = testing::quantiles(sampler_, u);
  double worst = 0, at = 0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double error = (testing::u_error(d_, u[i], x[i]) - unresolved(d_)) / std::min(u[i], 1 - u[i]);
    if (!(error <= worst)) worst = error, at = u[i];
  }
  RecordProperty("u_error", fmt::format("{:.2e}", worst));
  EXPECT_LE(worst, testing::promised_u_error(GetParam())) << "at u = " << fmt::format("{}", at);
}

TEST_P(AnySampler, NeverDecreasesInU) {
  const std::vector<double> u = uniforms(), x = testing::quantiles(sampler_, u);
  double greatest = x[0];
  for (std::size_t i = 1; i < u.size(); ++i) {
    ASSERT_GE(x[i], greatest - 1e-14 * std::abs(greatest)) << u[i];
    greatest = std::max(greatest, x[i]);
  }
}

TEST_P(AnySampler, DrawsAreTheQuantilesOfTheStream) {
  const Stream stream = make_stream(1, "draws");
  for (const auto& [first, count] : {std::pair<std::uint64_t, std::size_t>{0, 2048}, {4096, 1000}, {2, 2}, {4095, 9}}) {
    std::vector<double> u(count), x(count), drawn(count);
    fill_uniforms(stream, first, u);
    sampler_.quantiles(u, x);
    sampler_.draws(stream, first, drawn);
    ASSERT_EQ(x, drawn) << first;
  }
}

TEST_P(AnySampler, MidranksAreUOrTheMiddleOfItsAtom) {
  std::vector<double> u(2048), rank(u.size());
  fill_uniforms(make_stream(1, "ranks"), 0, u);
  const std::vector<double> x = testing::quantiles(sampler_, u);
  sampler_.midranks(u, rank);
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double above = cdf(d_, x[i]);
    const double below = cdf(d_, std::nextafter(x[i], -INFINITY));
    const bool atom = d_.family->kind != Kind::continuous && above - below > 1e-9;
    ASSERT_NEAR(rank[i], sampler_.is_constant() ? 0.5 : atom ? 0.5 * (below + above) : u[i], 1e-9) << u[i];
  }
}

}  // namespace
}  // namespace tcosim
