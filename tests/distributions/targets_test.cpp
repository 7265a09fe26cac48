// Every instruction set that this machine has, not only the best one, against the scalar twins.
#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "distributions/catalogue.hpp"
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

}  // namespace
}  // namespace tcosim
