#include <algorithm>
#include <limits>

#include "distributions/copula_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "distributions/copula_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace tcosim::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::CappedTag<double, 8>;
using Double = hn::Vec<Doubles>;

namespace {

// Draws that all rows pass over while their columns are in the first-level cache: 50 columns of 64 are 25 kB.
[[maybe_unused]] constexpr std::size_t kTile = 64;

/// One vector of draws from `first` on; the last may be short.
HWY_INLINE Double load(const double* x, std::size_t first, std::size_t count) {
  const Doubles d;
  if (first + hn::Lanes(d) <= count) return hn::LoadU(d, x + first);
  HWY_ALIGN double rest[8] = {};
  for (std::size_t i = first; i < count; ++i) rest[i - first] = x[i];
  return hn::Load(d, rest);
}
HWY_INLINE void store(Double x, double* out, std::size_t first, std::size_t count) {
  const Doubles d;
  if (first + hn::Lanes(d) <= count) return hn::StoreU(x, d, out + first);
  HWY_ALIGN double rest[8];
  hn::Store(x, d, rest);
  for (std::size_t i = first; i < count; ++i) out[i] = rest[i - first];
}

/// NormalPlace, broadcast.
struct Placing {
  Double top, bottom, slope, middle;

  HWY_INLINE Double operator()(Double z) const { return hn::MulAdd(hn::Min(hn::Max(z, bottom), top), slope, middle); }
};
HWY_INLINE Placing placing(NormalPlace place) {
  const Doubles d;
  const double infinity = std::numeric_limits<double>::infinity();
  const bool itself = place.reach == 0;
  return {hn::Set(d, itself ? infinity : place.reach), hn::Set(d, itself ? -infinity : -place.reach),
          hn::Set(d, itself ? 1 : 0.5 / place.reach * place.scale), hn::Set(d, itself ? 0 : 1.5 * place.scale)};
}

/// Four rows of two whole vectors: eight sums in registers, so that each load serves four products.
HWY_INLINE void four_rows(const RowBlock& block, const Placing& placed, std::size_t first) {
  const Doubles d;
  const std::size_t width = hn::Lanes(d);
  Double a0 = hn::Zero(d), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, e0 = a0, e1 = a0;
  const double* HWY_RESTRICT weight = block.weights;
  for (const double* z : block.z) {
    const Double z0 = hn::LoadU(d, z + first), z1 = hn::LoadU(d, z + first + width);
    const Double wa = hn::Set(d, weight[0]), wb = hn::Set(d, weight[1]);
    const Double wc = hn::Set(d, weight[2]), we = hn::Set(d, weight[3]);
    a0 = hn::MulAdd(wa, z0, a0);
    a1 = hn::MulAdd(wa, z1, a1);
    b0 = hn::MulAdd(wb, z0, b0);
    b1 = hn::MulAdd(wb, z1, b1);
    c0 = hn::MulAdd(wc, z0, c0);
    c1 = hn::MulAdd(wc, z1, c1);
    e0 = hn::MulAdd(we, z0, e0);
    e1 = hn::MulAdd(we, z1, e1);
    weight += kRows;
  }
  const auto put = [&](double* y, Double low, Double high) HWY_ATTR {
    if (y == nullptr) return;
    hn::StoreU(placed(low), d, y + first);
    hn::StoreU(placed(high), d, y + first + width);
  };
  put(block.y[0], a0, a1);
  put(block.y[1], b0, b1);
  put(block.y[2], c0, c1);
  put(block.y[3], e0, e1);
}

/// The same of one vector, perhaps a short one.
HWY_INLINE void four_rows_of_one(const RowBlock& block, const Placing& placed, std::size_t first, std::size_t count) {
  const Doubles d;
  Double a = hn::Zero(d), b = a, c = a, e = a;
  const double* HWY_RESTRICT weight = block.weights;
  for (const double* column : block.z) {
    const Double z = load(column, first, count);
    a = hn::MulAdd(hn::Set(d, weight[0]), z, a);
    b = hn::MulAdd(hn::Set(d, weight[1]), z, b);
    c = hn::MulAdd(hn::Set(d, weight[2]), z, c);
    e = hn::MulAdd(hn::Set(d, weight[3]), z, e);
    weight += kRows;
  }
  if (block.y[0] != nullptr) store(placed(a), block.y[0], first, count);
  if (block.y[1] != nullptr) store(placed(b), block.y[1], first, count);
  if (block.y[2] != nullptr) store(placed(c), block.y[2], first, count);
  if (block.y[3] != nullptr) store(placed(e), block.y[3], first, count);
}

}  // namespace

void triangular(std::span<const RowBlock> blocks, NormalPlace place, std::size_t count) {
  const Placing placed = placing(place);
  const std::size_t width = hn::Lanes(Doubles());
  for (std::size_t tile = 0; tile < count; tile += kTile) {
    const std::size_t end = std::min(count, tile + kTile);
    for (const RowBlock& block : blocks) {
      std::size_t i = tile;
      for (; i + 2 * width <= end; i += 2 * width) four_rows(block, placed, i);
      for (; i < end; i += width) four_rows_of_one(block, placed, i, end);
    }
  }
}

void triangular_shared(std::span<const SharedColumn> columns, NormalPlace place, std::size_t count) {
  const Doubles d;
  const Placing placed = placing(place);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    Double sum = hn::Zero(d);
    for (const SharedColumn& column : columns) {
      const Double z = load(column.z, i, count);
      if (column.y != nullptr) store(placed(hn::MulAdd(hn::Set(d, column.diagonal), z, sum)), column.y, i, count);
      sum = hn::MulAdd(hn::Set(d, column.shared), z, sum);
    }
  }
}

void student_place(const double* z, const double* chi2, double scale, std::size_t count, double* place) {
  const Doubles d;
  const Double one = hn::Set(d, 1.0), half = hn::Set(d, 0.5 * scale);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    // with r = z^2 / chi2 = x^2 / freedom, q^2 = r / (1 + r) and 1 - q = (1 - q^2) / (1 + q)
    const Double deviate = load(z, i, count);
    const Double r = hn::Div(hn::Mul(deviate, deviate), hn::Max(load(chi2, i, count), hn::Set(d, 1e-300)));
    const Double rest = hn::Div(one, hn::Add(one, r));
    const Double q = hn::Sqrt(hn::Mul(r, rest));
    store(hn::Div(hn::Mul(half, rest), hn::Add(one, q)), place, i, count);
  }
}

void unfold(const double* z, const double* tail, std::size_t count, double* u) {
  const Doubles d;
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const Double held = hn::Max(load(tail, i, count), hn::Set(d, 0x1p-53));
    const auto negative = hn::Lt(load(z, i, count), hn::Zero(d));
    store(hn::IfThenElse(negative, held, hn::Sub(hn::Set(d, 1.0), held)), u, i, count);
  }
}

}  // namespace tcosim::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tcosim::kernel {
HWY_EXPORT(triangular);
HWY_EXPORT(triangular_shared);
HWY_EXPORT(student_place);
HWY_EXPORT(unfold);
void triangular(std::span<const RowBlock> blocks, NormalPlace place, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(triangular)(blocks, place, count);
}
void triangular_shared(std::span<const SharedColumn> columns, NormalPlace place, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(triangular_shared)(columns, place, count);
}
void student_place(const double* z, const double* chi2, double scale, std::size_t count, double* place) {
  HWY_DYNAMIC_DISPATCH(student_place)(z, chi2, scale, count, place);
}
void unfold(const double* z, const double* tail, std::size_t count, double* u) {
  HWY_DYNAMIC_DISPATCH(unfold)(z, tail, count, u);
}
}  // namespace tcosim::kernel
#endif
