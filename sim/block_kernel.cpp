#include "sim/block_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sim/block_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace tcosim::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::CappedTag<double, 8>;
using Double = hn::Vec<Doubles>;

template <class Operation>
HWY_INLINE void each(const double* a, const double* b, std::size_t count, double* out, Operation operation) {
  const Doubles d;
  const std::size_t width = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + width <= count; i += width) hn::StoreU(operation(hn::LoadU(d, a + i), hn::LoadU(d, b + i)), d, out + i);
  const hn::CappedTag<double, 1> one;
  for (; i < count; ++i) hn::StoreU(operation(hn::LoadU(one, a + i), hn::LoadU(one, b + i)), one, out + i);
}

void add(const double* a, const double* b, std::size_t count, double* out) {
  each(a, b, count, out, [](auto x, auto y) HWY_ATTR { return hn::Add(x, y); });
}
void subtract(const double* a, const double* b, std::size_t count, double* out) {
  each(a, b, count, out, [](auto x, auto y) HWY_ATTR { return hn::Sub(x, y); });
}
void multiply(const double* a, const double* b, std::size_t count, double* out) {
  each(a, b, count, out, [](auto x, auto y) HWY_ATTR { return hn::Mul(x, y); });
}
void divide(const double* a, const double* b, std::size_t count, double* out) {
  each(a, b, count, out, [](auto x, auto y) HWY_ATTR { return hn::Div(x, y); });
}

double total(Double lanes) {
  return hn::GetLane(hn::SumOfLanes(Doubles(), lanes));
}

Moments moments(const double* x, double centre, const double* y, double y_centre, std::size_t count) {
  const Doubles d;
  const std::size_t width = hn::Lanes(d);
  const Double vc = hn::Set(d, centre), vy = hn::Set(d, y_centre);
  Double sum = hn::Zero(d), squares = hn::Zero(d), product = hn::Zero(d);
  std::size_t i = 0;
  for (; i + width <= count; i += width) {
    const Double a = hn::Sub(hn::LoadU(d, x + i), vc), b = hn::Sub(hn::LoadU(d, y + i), vy);
    sum = hn::Add(sum, a);
    squares = hn::MulAdd(a, a, squares);
    product = hn::MulAdd(a, b, product);
  }
  Moments result{total(sum), total(squares), total(product)};
  for (; i < count; ++i) {
    const double a = x[i] - centre, b = y[i] - y_centre;
    result.sum += a;
    result.squares += a * a;
    result.product += a * b;
  }
  return result;
}

Extremes extremes(const double* x, double centre, std::size_t count) {
  const Doubles d;
  const std::size_t width = hn::Lanes(d);
  const Double vc = hn::Set(d, centre);
  Double cubes = hn::Zero(d), least = hn::Set(d, x[0]), most = least;
  std::size_t i = 0;
  for (; i + width <= count; i += width) {
    const Double v = hn::LoadU(d, x + i), a = hn::Sub(v, vc);
    cubes = hn::MulAdd(hn::Mul(a, a), a, cubes);
    least = hn::Min(least, v);
    most = hn::Max(most, v);
  }
  Extremes result{total(cubes), hn::GetLane(hn::MinOfLanes(d, least)), hn::GetLane(hn::MaxOfLanes(d, most))};
  for (; i < count; ++i) {
    const double a = x[i] - centre;
    result.cubes += a * a * a;
    result.min = x[i] < result.min ? x[i] : result.min;
    result.max = x[i] > result.max ? x[i] : result.max;
  }
  return result;
}

std::size_t tally_bracket(const double* x, std::size_t count, double low, double high, BracketCounts& counts,
                          double* inside) {
  const Doubles d;
  const std::size_t width = hn::Lanes(d);
  const Double vlow = hn::Set(d, low), vhigh = hn::Set(d, high);
  std::size_t kept = 0, i = 0;
  BracketCounts found;
  for (; i + width <= count; i += width) {
    const Double v = hn::LoadU(d, x + i);
    const auto up_to_low = hn::Le(v, vlow), up_to_high = hn::Le(v, vhigh);
    found.below += hn::CountTrue(d, hn::Lt(v, vlow));
    found.up_to_low += hn::CountTrue(d, up_to_low);
    found.up_to_high += hn::CountTrue(d, up_to_high);
    const auto between = hn::AndNot(up_to_low, hn::Lt(v, vhigh));
    if (!hn::AllFalse(d, between)) kept += hn::CompressStore(v, between, d, inside + kept);
  }
  for (; i < count; ++i) {
    found.below += x[i] < low ? 1 : 0;
    found.up_to_low += x[i] <= low ? 1 : 0;
    found.up_to_high += x[i] <= high ? 1 : 0;
    if (x[i] > low && x[i] < high) inside[kept++] = x[i];
  }
  counts.below += found.below;
  counts.up_to_low += found.up_to_low;
  counts.up_to_high += found.up_to_high;
  return kept;
}

Passed tally_between(const double* x, std::size_t count, double low, double high, double* inside) {
  const Doubles d;
  const std::size_t width = hn::Lanes(d);
  const Double vlow = hn::Set(d, low), vhigh = hn::Set(d, high);
  Passed passed;
  std::size_t i = 0;
  for (; i + width <= count; i += width) {
    const Double v = hn::LoadU(d, x + i);
    const auto up_to_low = hn::Le(v, vlow);
    passed.up_to_low += hn::CountTrue(d, up_to_low);
    const auto between = hn::AndNot(up_to_low, hn::Lt(v, vhigh));
    if (!hn::AllFalse(d, between)) passed.inside += hn::CompressStore(v, between, d, inside + passed.inside);
  }
  for (; i < count; ++i) {
    passed.up_to_low += x[i] <= low ? 1 : 0;
    if (x[i] > low && x[i] < high) inside[passed.inside++] = x[i];
  }
  return passed;
}

double sum_above(const double* x, std::size_t count, double threshold, double centre) {
  const Doubles d;
  const std::size_t width = hn::Lanes(d);
  const Double limit = hn::Set(d, threshold), vc = hn::Set(d, centre);
  Double sum = hn::Zero(d);
  std::size_t i = 0;
  for (; i + width <= count; i += width) {
    const Double v = hn::LoadU(d, x + i);
    sum = hn::Add(sum, hn::IfThenElseZero(hn::Gt(v, limit), hn::Sub(v, vc)));
  }
  double result = total(sum);
  for (; i < count; ++i) result += x[i] > threshold ? x[i] - centre : 0;
  return result;
}

std::uint64_t count_up_to(const double* x, std::size_t count, double threshold) {
  const Doubles d;
  const std::size_t width = hn::Lanes(d);
  const Double limit = hn::Set(d, threshold);
  std::uint64_t found = 0;
  std::size_t i = 0;
  for (; i + width <= count; i += width) found += hn::CountTrue(d, hn::Le(hn::LoadU(d, x + i), limit));
  for (; i < count; ++i) found += x[i] <= threshold ? 1 : 0;
  return found;
}

}  // namespace tcosim::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tcosim::kernel {
HWY_EXPORT(add);
HWY_EXPORT(subtract);
HWY_EXPORT(multiply);
HWY_EXPORT(divide);
HWY_EXPORT(moments);
HWY_EXPORT(extremes);
HWY_EXPORT(tally_bracket);
HWY_EXPORT(tally_between);
HWY_EXPORT(sum_above);
HWY_EXPORT(count_up_to);

void add(const double* a, const double* b, std::size_t count, double* out) {
  HWY_DYNAMIC_DISPATCH(add)(a, b, count, out);
}
void subtract(const double* a, const double* b, std::size_t count, double* out) {
  HWY_DYNAMIC_DISPATCH(subtract)(a, b, count, out);
}
void multiply(const double* a, const double* b, std::size_t count, double* out) {
  HWY_DYNAMIC_DISPATCH(multiply)(a, b, count, out);
}
void divide(const double* a, const double* b, std::size_t count, double* out) {
  HWY_DYNAMIC_DISPATCH(divide)(a, b, count, out);
}
Moments moments(const double* x, double centre, const double* y, double y_centre, std::size_t count) {
  return HWY_DYNAMIC_DISPATCH(moments)(x, centre, y, y_centre, count);
}
Extremes extremes(const double* x, double centre, std::size_t count) {
  return HWY_DYNAMIC_DISPATCH(extremes)(x, centre, count);
}
std::size_t tally_bracket(const double* x, std::size_t count, double low, double high, BracketCounts& counts,
                          double* inside) {
  return HWY_DYNAMIC_DISPATCH(tally_bracket)(x, count, low, high, counts, inside);
}
Passed tally_between(const double* x, std::size_t count, double low, double high, double* inside) {
  return HWY_DYNAMIC_DISPATCH(tally_between)(x, count, low, high, inside);
}
double sum_above(const double* x, std::size_t count, double threshold, double centre) {
  return HWY_DYNAMIC_DISPATCH(sum_above)(x, count, threshold, centre);
}
std::uint64_t count_up_to(const double* x, std::size_t count, double threshold) {
  return HWY_DYNAMIC_DISPATCH(count_up_to)(x, count, threshold);
}
}  // namespace tcosim::kernel
#endif
