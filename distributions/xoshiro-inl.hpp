// Eight lanes of xoshiro256++ for the instruction set at hand: keyed by Philox4x32-10, stepped in registers.
// Included once an instruction set by the kernels that need it (Highway's -inl convention). Internal.
#include <cstddef>
#include <cstdint>

#if defined(TCOSIM_XOSHIRO_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef TCOSIM_XOSHIRO_INL_HPP
#undef TCOSIM_XOSHIRO_INL_HPP
#else
#define TCOSIM_XOSHIRO_INL_HPP
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace tcosim::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kLanes = 8;
using Words = hn::CappedTag<std::uint64_t, kLanes>;
using Doubles = hn::RebindToFloat<Words>;
using Word = hn::Vec<Words>;
using Double = hn::Vec<Doubles>;

template <int kBits>
HWY_INLINE Word rotate_left(Word w) {
  return hn::Or(hn::ShiftLeft<kBits>(w), hn::ShiftRight<64 - kBits>(w));
}

/// The lanes of one vector.
struct Lanes {
  Word s0, s1, s2, s3;
};

/// a (below 2^32) times b.
HWY_INLINE Word product32(Word a, std::uint32_t b) {
  const Words d;
#if HWY_TARGET == HWY_SCALAR
  return hn::Set(d, hn::GetLane(a) * b);
#else
  const hn::Repartition<std::uint32_t, Words> d32;
  return hn::MulEven(hn::BitCast(d32, a), hn::BitCast(d32, hn::Set(d, b)));
#endif
}

/// Philox4x32-10 of one counter a lane: words 0, 1 and 2, 3 of the output as two words of 64 bits.
struct PhiloxPair {
  Word low, high;
};
HWY_INLINE PhiloxPair philox(Word c0, Word c1, Word c2, Word c3, Word k0, Word k1) {
  const Words d;
  const Word mask = hn::Set(d, 0xffffffff);
  for (int round = 0; round < 10; ++round) {
    const Word p0 = product32(c0, 0xD2511F53), p1 = product32(c2, 0xCD9E8D57);
    c0 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p1), c1), k0);
    c2 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p0), c3), k1);
    c1 = hn::And(p1, mask);
    c3 = hn::And(p0, mask);
    k0 = hn::And(hn::Add(k0, hn::Set(d, 0x9E3779B9)), mask);
    k1 = hn::And(hn::Add(k1, hn::Set(d, 0xBB67AE85)), mask);
  }
  return {hn::Or(hn::ShiftLeft<32>(c1), c0), hn::Or(hn::ShiftLeft<32>(c3), c2)};
}

/// The states of lanes first, first + 1, ... of a segment; see lane_state(). The all-zero state has probability
/// 2^-256 a lane and is not looked for here.
HWY_INLINE Lanes keyed_lanes(const SegmentKey& key, std::size_t first) {
  const Words d;
  const Word lane = hn::Iota(d, first);
  const Word c0 = hn::Set(d, key.segment & 0xffffffff), c1 = hn::Set(d, key.segment >> 32);
  const Word c2 = hn::Set(d, key.replicate), c3 = hn::Add(lane, lane);
  const Word k0 = hn::Set(d, key.key & 0xffffffff), k1 = hn::Set(d, key.key >> 32);
  const PhiloxPair a = philox(c0, c1, c2, c3, k0, k1);
  const PhiloxPair b = philox(c0, c1, c2, hn::Add(c3, hn::Set(d, 1)), k0, k1);
  return {a.low, a.high, b.low, b.high};
}

/// One step of every lane: uniforms in (0, 1), as open_uniform() makes them.
HWY_INLINE Double step(Lanes& s) {
  const Words d;
  const Doubles df;
  const Word word = hn::Add(rotate_left<23>(hn::Add(s.s0, s.s3)), s.s0);
  const Word shifted = hn::ShiftLeft<17>(s.s1);
  s.s2 = hn::Xor(s.s2, s.s0);
  s.s3 = hn::Xor(s.s3, s.s1);
  s.s1 = hn::Xor(s.s1, s.s2);
  s.s0 = hn::Xor(s.s0, s.s3);
  s.s2 = hn::Xor(s.s2, shifted);
  s.s3 = rotate_left<45>(s.s3);
  const Word bits = hn::Or(hn::ShiftRight<12>(word), hn::Set(d, 0x3FF0000000000000));
  return hn::Sub(hn::BitCast(df, bits), hn::Set(df, 1 - 0x1p-53));
}

/// Runs `store(step * 8 + lane, uniforms)` for every vector of lanes and every step. Vectors narrower than the
/// eight lanes go two at a time: one alone would wait for its own latency.
template <class Store>
HWY_INLINE void for_each_uniform(const SegmentKey& key, std::size_t steps, Store store) {
  const std::size_t width = hn::Lanes(Words());
  if (width == kLanes) {
    Lanes all = keyed_lanes(key, 0);
    for (std::size_t i = 0; i < steps; ++i) store(i * kLanes, step(all));
    return;
  }
  for (std::size_t lane = 0; lane < kLanes; lane += 2 * width) {
    Lanes a = keyed_lanes(key, lane), b = keyed_lanes(key, lane + width);
    for (std::size_t i = 0; i < steps; ++i) {
      store(i * kLanes + lane, step(a));
      store(i * kLanes + lane + width, step(b));
    }
  }
}

}  // namespace tcosim::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
