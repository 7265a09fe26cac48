// Every instruction set that this machine has, not only the best one, against the scalar twins.
#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "distributions/catalogue.hpp"
#include "distributions/cell_table.hpp"
#include "distributions/quantile_table.hpp"
#include "distributions/stream.hpp"

namespace tcosim {
namespace {

/// Runs `body` once with each instruction set alone.
template <class Body>
void for_each_target(Body body) {
  const std::int64_t all = hwy::SupportedTargets();
  int tried = 0;
  for (std::int64_t rest = all; rest != 0; rest &= rest - 1) {
    const std::int64_t target = rest & -rest;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    SCOPED_TRACE(hwy::TargetName(target));
    body();
    ++tried;
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  EXPECT_GT(tried, 0);
}

void draw(const QuantileTable& table, Stream stream, std::span<double> x) {
  table.draws(stream, 0, x, 0, 1);
}
void draw(const CellTable& table, Stream stream, std::span<double> x) {
  table.draws(stream, 0, x);
}

TEST(Targets, UniformsAreTheSameBits) {
  const Stream stream = make_stream(7, "targets", 2);
  for_each_target([&] {
    std::vector<double> uniforms(kStreamSegment);
    fill_uniforms(stream, 5 * kStreamSegment, uniforms);
    StreamEngine engine(stream, 5 * kStreamSegment);
    for (const double u : uniforms) ASSERT_EQ(u, open_uniform(engine()));
  });
}

TEST(Targets, QuantilesAgreeWithTheScalarTwin) {
  const QuantileTable table(make("gamma", {9., 133.}));
  const Stream stream = make_stream(7, "targets");
  std::vector<double> uniforms(kStreamSegment);
  fill_uniforms(stream, 0, uniforms);
  for_each_target([&] {
    std::vector<double> x(uniforms.size()), fused(uniforms.size());
    table.quantiles(uniforms, x, 3, 2);
    table.draws(stream, 0, fused, 3, 2);
    for (std::size_t i = 0; i < x.size(); ++i) {
      ASSERT_NEAR(x[i], 3 + 2 * table.quantile(uniforms[i]), 1e-13 * x[i]);
      ASSERT_EQ(x[i], fused[i]);
    }
  });
}

/// Given uniforms, in one go and in place, and a stream's own, on every instruction set.
template <class Table>
void expect_the_twin_on_every_target(const Table& table) {
  const Stream stream = make_stream(7, "targets");
  std::vector<double> uniforms(kStreamSegment);
  fill_uniforms(stream, 0, uniforms);
  for_each_target([&] {
    std::vector<double> x(uniforms.size() - 3), drawn(uniforms.size());
    table.quantiles(std::span(uniforms).first(x.size()), x);
    draw(table, stream, drawn);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double twin = table.quantile(uniforms[i]);
      ASSERT_NEAR(x[i], twin, 1e-13 * std::abs(twin)) << uniforms[i];
      ASSERT_EQ(x[i], drawn[i]);
    }
    std::vector<double> in_place = uniforms;
    table.quantiles(in_place, in_place);
    ASSERT_EQ(in_place, drawn);
  });
}

TEST(Targets, DrawsFromHolesAgreeWithTheScalarTwin) {
  const QuantileTable table(zero_inflated(0.3, make("normal", {10., 20.})));
  ASSERT_GT(table.hole_share(), 0);
  expect_the_twin_on_every_target(table);
}

TEST(Targets, CellsAgreeWithTheScalarTwin) {
  expect_the_twin_on_every_target(CellTable(make("poisson", {3.})));
  expect_the_twin_on_every_target(CellTable(*compound(make("poisson", {0.5}), make("lognormal", {2000., 2500.}))));
}

}  // namespace
}  // namespace tcosim
