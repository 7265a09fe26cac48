#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/three_points.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 4> kParameters{
    kThreePoints[0], kThreePoints[1], Parameter{"mean", Role::location, "the mean, between the mode and the middle"},
    kThreePoints[2]};
/// The greatest weight of a mode that pert takes.
constexpr double kGreatestWeight = 1e4;

/// A beta's mean is its mode and the middle of its range, weighted lambda : 2; pert is stated by that weight.
Bound bind(std::span<const Argument> a) {
  const double low = number(a, 0);
  const double mode = number(a, 1);
  const double mean = number(a, 2);
  const double high = number(a, 3);
  if (auto error = check_order(low, mode, high)) {
    return refuse(error->parameter, error->message);
  }
  if (low == high && mean == low) return constant(low);
  const double middle = low + (high - low) / 2;
  if (mean == middle && mode == middle) {
    return refuse(2, "the mean and the most likely value are both in the middle, " + text(middle) +
                         ": that leaves the spread open, use pert");
  }
  const bool between = mode < middle ? mean > mode && mean < middle : mean < mode && mean > middle;
  if (!between) {
    return refuse(2, "the mean, " + text(mean) + ", is not between the most likely value, " + text(mode) +
                         ", and the middle of the range, " + text(middle));
  }
  const double lambda = 2 * (middle - mean) / (mean - mode);
  if (!(lambda <= kGreatestWeight)) {
    return refuse(2, "the mean, " + text(mean) + ", is too close to the most likely value, " + text(mode));
  }
  return Distribution{&kPert, {low, mode, high, lambda}, {}};
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 4> kExamples{"beta_subjective(140, 200, 215, 320)",
                                                    "beta_subjective(low=0, mode=80, mean=65, high=100)",
                                                    "beta_subjective(5, 5, 5, 5)", "beta_subjective(0, 1, 1e6, 1e9)"};

}  // namespace

constinit const Family kBetaSubjective{
    .name = "beta_subjective",
    .title = "three points and the mean, smooth",
    .purpose = "you know three points",
    .formula =
        "beta on [low, high] with the given mode and mean: pert with lambda = (low + high - 2 mean) / (mean - mode)",
    .moments = "mean as given; variance (mean - low)(high - mean)/(lambda + 3)",
    .source =
        "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 2, ch. 25: mode and mean of a beta",
    .advice =
        "When the average is known from records besides the three points. The mean must lie between the most likely "
        "value and the middle of the range; the nearer to the mode, the narrower the bell.",
    .signatures = kSignatures,
    .examples = kExamples,
    .states_mode = true,
};

}  // namespace tcosim::families
