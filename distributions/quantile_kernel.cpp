#include "distributions/kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "distributions/quantile_kernel.cpp"
#include <hwy/foreach_target.h>

#include "distributions/xoshiro-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace tcosim::kernel::HWY_NAMESPACE {

[[maybe_unused]] constexpr std::size_t kCoefficients = 8;

/// Coefficient k of every lane's segment, for k = 0 .. 7.
struct Columns {
  Double c0, c1, c2, c3, c4, c5, c6, c7;
};

#if HWY_TARGET == HWY_AVX2

struct FourColumns {
  Double c0, c1, c2, c3;
};

HWY_INLINE FourColumns transpose(Double r0, Double r1, Double r2, Double r3) {
  const Doubles d;
  const Double even01 = hn::InterleaveLower(d, r0, r1), odd01 = hn::InterleaveUpper(d, r0, r1);
  const Double even23 = hn::InterleaveLower(d, r2, r3), odd23 = hn::InterleaveUpper(d, r2, r3);
  return {hn::ConcatLowerLower(d, even23, even01), hn::ConcatLowerLower(d, odd23, odd01),
          hn::ConcatUpperUpper(d, even23, even01), hn::ConcatUpperUpper(d, odd23, odd01)};
}

/// A segment is one cache line: load it whole for each lane and transpose, which is cheaper than gathers.
HWY_INLINE Columns load_segments(const double* HWY_RESTRICT coefficients, Word index) {
  const Doubles d;
  alignas(32) std::uint64_t segment[4];
  hn::Store(index, Words(), segment);
  const double* r0 = coefficients + kCoefficients * segment[0];
  const double* r1 = coefficients + kCoefficients * segment[1];
  const double* r2 = coefficients + kCoefficients * segment[2];
  const double* r3 = coefficients + kCoefficients * segment[3];
  const FourColumns low = transpose(hn::Load(d, r0), hn::Load(d, r1), hn::Load(d, r2), hn::Load(d, r3));
  const FourColumns high =
      transpose(hn::Load(d, r0 + 4), hn::Load(d, r1 + 4), hn::Load(d, r2 + 4), hn::Load(d, r3 + 4));
  return {low.c0, low.c1, low.c2, low.c3, high.c0, high.c1, high.c2, high.c3};
}

#elif HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL

/// The same, with rows i and i + 4 side by side in a vector: the upper half comes from memory without a shuffle.
HWY_INLINE Columns load_segments(const double* HWY_RESTRICT coefficients, Word index) {
  const Doubles d;
  const hn::Half<Doubles> half;
  alignas(64) std::uint64_t segment[8];
  hn::Store(index, Words(), segment);
  const auto rows = [&](std::size_t i, std::size_t part) HWY_ATTR {
    return hn::Combine(d, hn::Load(half, coefficients + kCoefficients * segment[i + 4] + part),
                       hn::Load(half, coefficients + kCoefficients * segment[i] + part));
  };
  // blocks of 128 bits: [a b] and [c e] become [a c] and [b e] in each half
  const auto first = [](Double ab, Double ce) HWY_ATTR { return hn::OddEvenBlocks(hn::SwapAdjacentBlocks(ce), ab); };
  const auto second = [](Double ab, Double ce) HWY_ATTR { return hn::OddEvenBlocks(ce, hn::SwapAdjacentBlocks(ab)); };
  const Double l0 = rows(0, 0), l1 = rows(1, 0), l2 = rows(2, 0), l3 = rows(3, 0);
  const Double h0 = rows(0, 4), h1 = rows(1, 4), h2 = rows(2, 4), h3 = rows(3, 4);
  const Double even01 = hn::InterleaveLower(d, l0, l1), odd01 = hn::InterleaveUpper(d, l0, l1);
  const Double even23 = hn::InterleaveLower(d, l2, l3), odd23 = hn::InterleaveUpper(d, l2, l3);
  const Double even45 = hn::InterleaveLower(d, h0, h1), odd45 = hn::InterleaveUpper(d, h0, h1);
  const Double even67 = hn::InterleaveLower(d, h2, h3), odd67 = hn::InterleaveUpper(d, h2, h3);
  return {first(even01, even23), first(odd01, odd23), second(even01, even23), second(odd01, odd23),
          first(even45, even67), first(odd45, odd67), second(even45, even67), second(odd45, odd67)};
}

#else

HWY_INLINE Columns load_segments(const double* HWY_RESTRICT coefficients, Word index) {
  const Doubles d;
  const hn::RebindToSigned<Doubles> di;
  const auto offset = hn::ShiftLeft<3>(hn::BitCast(di, index));
  return {hn::GatherIndex(d, coefficients, offset),     hn::GatherIndex(d, coefficients + 1, offset),
          hn::GatherIndex(d, coefficients + 2, offset), hn::GatherIndex(d, coefficients + 3, offset),
          hn::GatherIndex(d, coefficients + 4, offset), hn::GatherIndex(d, coefficients + 5, offset),
          hn::GatherIndex(d, coefficients + 6, offset), hn::GatherIndex(d, coefficients + 7, offset)};
}

#endif

/// The table's constants, broadcast.
struct Constants {
  Double split, smallest, location, scale, middle;
  Word half, index_offset, remainder_mask, one_bits;
  int index_shift;
};

HWY_INLINE Constants broadcast(const QuantileSegments& table) {
  const Doubles d;
  const Words dw;
  const int shift = 52 - table.index_bits;
  return {hn::Set(d, table.split),
          hn::Set(d, 1.0 / static_cast<double>(std::uint64_t{1} << table.octaves)),
          hn::Set(d, table.location),
          hn::Set(d, table.scale),
          hn::Set(d, 1 + 1.0 / static_cast<double>(std::uint64_t{2} << table.index_bits)),
          hn::Set(dw, table.half),
          hn::Set(dw, static_cast<std::uint64_t>(1023 - table.octaves) << table.index_bits),
          hn::Set(dw, (std::uint64_t{1} << shift) - 1),
          hn::Set(dw, 0x3FF0000000000000),
          shift};
}

HWY_INLINE Double quantile(const Constants& k, const double* HWY_RESTRICT coefficients, Double u) {
  const Doubles d;
  const Words dw;
  // side of the split, and the distance from that side's end: exact for u >= 1/2
  const auto lower = hn::Lt(u, k.split);
  const Double tail = hn::Max(hn::IfThenElse(lower, u, hn::Sub(hn::Set(d, 1.0), u)), k.smallest);

  // segment from the exponent and the top mantissa bits, position in it from the rest
  const Word bits = hn::BitCast(dw, tail);
  const Word half = hn::IfThenZeroElse(hn::RebindMask(dw, lower), k.half);
  const Word index = hn::Add(hn::Sub(hn::ShiftRightSame(bits, k.index_shift), k.index_offset), half);
  const Double t = hn::Sub(hn::BitCast(d, hn::Or(hn::And(bits, k.remainder_mask), k.one_bits)), k.middle);

  // polynomial of degree 7
  const Columns c = load_segments(coefficients, index);
  Double x = hn::MulAdd(c.c7, t, c.c6);
  x = hn::MulAdd(x, t, c.c5);
  x = hn::MulAdd(x, t, c.c4);
  x = hn::MulAdd(x, t, c.c3);
  x = hn::MulAdd(x, t, c.c2);
  x = hn::MulAdd(x, t, c.c1);
  x = hn::MulAdd(x, t, c.c0);
  return hn::MulAdd(x, k.scale, k.location);
}

void quantiles(const QuantileSegments& table, const double* u, std::size_t count, double* x) {
  const Doubles d;
  const std::size_t width = hn::Lanes(d);
  const Constants k = broadcast(table);
  std::size_t i = 0;
  for (; i + width <= count; i += width) hn::StoreU(quantile(k, table.coefficients, hn::LoadU(d, u + i)), d, x + i);
  if (i == count) return;
  HWY_ALIGN double rest[8] = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5};
  for (std::size_t j = i; j < count; ++j) rest[j - i] = u[j];
  hn::Store(quantile(k, table.coefficients, hn::Load(d, rest)), d, rest);
  for (std::size_t j = i; j < count; ++j) x[j] = rest[j - i];
}

void keyed_quantiles(const SegmentKey& key, std::size_t steps, const QuantileSegments& table, double* HWY_RESTRICT x) {
  const Constants k = broadcast(table);
  for_each_uniform(key, steps, [&](std::size_t place, Double u) HWY_ATTR {
    hn::StoreU(quantile(k, table.coefficients, u), Doubles(), x + place);
  });
}

/// Lists the draws of one vector that are NaN; `u` are theirs. Few vectors have any.
HWY_INLINE std::size_t list_holes(Double x, Double u, std::size_t place, std::size_t count, Hole* HWY_RESTRICT holes) {
  const Doubles d;
  const auto missing = hn::IsNaN(x);
  if (HWY_LIKELY(hn::AllFalse(d, missing))) return 0;
  HWY_ALIGN double uniforms[8];
  std::uint8_t bits[8] = {};
  hn::Store(u, d, uniforms);
  hn::StoreMaskBits(d, missing, bits);
  std::size_t found = 0;
  for (std::size_t lane = 0; lane < count; ++lane) {
    if ((bits[0] >> lane & 1) != 0) holes[found++] = {uniforms[lane], place + lane};
  }
  return found;
}

/// Draws of given uniforms by `draw`, and the holes among them.
template <class Draw>
HWY_INLINE std::size_t each_with_holes(const double* u, std::size_t count, double* x, Hole* HWY_RESTRICT holes,
                                       Draw draw) {
  const Doubles d;
  const std::size_t width = hn::Lanes(d);
  std::size_t i = 0, found = 0;
  for (; i + width <= count; i += width) {
    const Double uniform = hn::LoadU(d, u + i), drawn = draw(uniform);
    hn::StoreU(drawn, d, x + i);
    found += list_holes(drawn, uniform, i, width, holes + found);
  }
  if (i == count) return found;
  HWY_ALIGN double rest[8] = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5};
  for (std::size_t j = i; j < count; ++j) rest[j - i] = u[j];
  const Double uniform = hn::Load(d, rest), drawn = draw(uniform);
  found += list_holes(drawn, uniform, i, count - i, holes + found);
  hn::Store(drawn, d, rest);
  for (std::size_t j = i; j < count; ++j) x[j] = rest[j - i];
  return found;
}

/// The same of a stream's uniforms.
template <class Draw>
HWY_INLINE std::size_t each_keyed_with_holes(const SegmentKey& key, std::size_t steps, double* HWY_RESTRICT x,
                                             Hole* HWY_RESTRICT holes, Draw draw) {
  std::size_t found = 0;
  for_each_uniform(key, steps, [&](std::size_t place, Double u) HWY_ATTR {
    const Double drawn = draw(u);
    hn::StoreU(drawn, Doubles(), x + place);
    found += list_holes(drawn, u, place, hn::Lanes(Doubles()), holes + found);
  });
  return found;
}

std::size_t quantiles_with_holes(const QuantileSegments& table, const double* u, std::size_t count, double* x,
                                 Hole* HWY_RESTRICT holes) {
  const Constants k = broadcast(table);
  return each_with_holes(u, count, x, holes, [&](Double v) HWY_ATTR { return quantile(k, table.coefficients, v); });
}

std::size_t keyed_quantiles_with_holes(const SegmentKey& key, std::size_t steps, const QuantileSegments& table,
                                       double* HWY_RESTRICT x, Hole* HWY_RESTRICT holes) {
  const Constants k = broadcast(table);
  return each_keyed_with_holes(key, steps, x, holes,
                               [&](Double u) HWY_ATTR { return quantile(k, table.coefficients, u); });
}

/// The constants of a table of cells, broadcast.
struct CellConstants {
  Double one, middle, smallest;
  Word half, index_offset;
  int index_shift;
};

HWY_INLINE CellConstants broadcast(const Cells& table) {
  const Doubles d;
  const Words dw;
  return {hn::Set(d, 1.0),
          hn::Set(d, 0.5),
          hn::Set(d, 1.0 / static_cast<double>(std::uint64_t{1} << table.octaves)),
          hn::Set(dw, table.half),
          hn::Set(dw, static_cast<std::uint64_t>(1023 - table.octaves) << table.index_bits),
          52 - table.index_bits};
}

HWY_INLINE Double cell_quantile(const CellConstants& k, const double* HWY_RESTRICT rows, Double u) {
  [[maybe_unused]] const Words dw;
  const Double tail = hn::Max(hn::Min(u, hn::Sub(k.one, u)), k.smallest);
  const Word half = hn::IfThenZeroElse(hn::RebindMask(dw, hn::Lt(u, k.middle)), k.half);
  const Word index = hn::Add(hn::Sub(hn::ShiftRightSame(hn::BitCast(dw, tail), k.index_shift), k.index_offset), half);
  const Columns c = load_segments(rows, index);
  const auto behind = hn::Gt(u, c.c0);
  const Double at = hn::IfThenElse(behind, c.c3, c.c1), slope = hn::IfThenElse(behind, c.c4, c.c2);
  return hn::MulAdd(slope, hn::Sub(u, c.c0), at);
}

std::size_t cell_quantiles(const Cells& table, const double* u, std::size_t count, double* x,
                           Hole* HWY_RESTRICT holes) {
  const CellConstants k = broadcast(table);
  return each_with_holes(u, count, x, holes, [&](Double v) HWY_ATTR { return cell_quantile(k, table.rows, v); });
}

std::size_t keyed_cell_quantiles(const SegmentKey& key, std::size_t steps, const Cells& table, double* HWY_RESTRICT x,
                                 Hole* HWY_RESTRICT holes) {
  const CellConstants k = broadcast(table);
  return each_keyed_with_holes(key, steps, x, holes,
                               [&](Double u) HWY_ATTR { return cell_quantile(k, table.rows, u); });
}

}  // namespace tcosim::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tcosim::kernel {
HWY_EXPORT(quantiles);
HWY_EXPORT(keyed_quantiles);
HWY_EXPORT(quantiles_with_holes);
HWY_EXPORT(keyed_quantiles_with_holes);
HWY_EXPORT(cell_quantiles);
HWY_EXPORT(keyed_cell_quantiles);
void quantiles(const QuantileSegments& table, const double* u, std::size_t count, double* x) {
  HWY_DYNAMIC_DISPATCH(quantiles)(table, u, count, x);
}
void keyed_quantiles(const SegmentKey& key, std::size_t steps, const QuantileSegments& table, double* x) {
  HWY_DYNAMIC_DISPATCH(keyed_quantiles)(key, steps, table, x);
}
std::size_t quantiles_with_holes(const QuantileSegments& table, const double* u, std::size_t count, double* x,
                                 Hole* holes) {
  return HWY_DYNAMIC_DISPATCH(quantiles_with_holes)(table, u, count, x, holes);
}
std::size_t keyed_quantiles_with_holes(const SegmentKey& key, std::size_t steps, const QuantileSegments& table,
                                       double* x, Hole* holes) {
  return HWY_DYNAMIC_DISPATCH(keyed_quantiles_with_holes)(key, steps, table, x, holes);
}
std::size_t cell_quantiles(const Cells& table, const double* u, std::size_t count, double* x, Hole* holes) {
  return HWY_DYNAMIC_DISPATCH(cell_quantiles)(table, u, count, x, holes);
}
std::size_t keyed_cell_quantiles(const SegmentKey& key, std::size_t steps, const Cells& table, double* x, Hole* holes) {
  return HWY_DYNAMIC_DISPATCH(keyed_cell_quantiles)(key, steps, table, x, holes);
}
}  // namespace tcosim::kernel
#endif
